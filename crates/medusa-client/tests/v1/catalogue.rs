//! Products and what orders them, regions.

use o2s_medusa_client::v1::store::categories::{GetCategory, ListCategories, ParentCategory};
use o2s_medusa_client::v1::store::collections::{GetCollection, ListCollections};
use o2s_medusa_client::v1::store::product_tags::ListProductTags;
use o2s_medusa_client::v1::store::product_types::ListProductTypes;
use o2s_medusa_client::v1::store::products::{GetProduct, ListProducts, ProductSearch, ProductStatus, SearchProducts};
use o2s_medusa_client::v1::store::regions::{GetRegion, ListRegions};
use o2s_medusa_client::v1::store::variants::{CalculatedPriceType, GetVariant, ListVariants};
use o2s_medusa_client::v1::types::{DateFilter, NumberFilter, Page, PriceContext, Selection};

use crate::shop::{as_guest, minor};

const EUROPE: &str = "reg_01M81FD1QDWMKY0071M0Y6GR6S";
const CLOTHING: &str = "pcat_01M81FD1WMS4ZMKHMW9MDDXZ2Y";
const BARE: Selection<'static> = Selection { fields: Some("id,title"), expand: Some("") };

fn in_europe() -> PriceContext<'static> {
    PriceContext { region_id: Some(EUROPE), ..Default::default() }
}

fn first(limit: u32) -> Page {
    Page { limit: Some(limit), offset: None }
}

#[tokio::test]
async fn products_have_variants_options_and_prices() {
    let prices = PriceContext { currency_code: Some("eur"), ..in_europe() };
    let list = ListProducts { page: first(3), prices, ..Default::default() };
    let list = as_guest("products-list-priced", &list).await.unwrap();
    assert_eq!((list.products.len(), list.count, list.offset, list.limit), (3, 28, 0, 3));
    let card = &list.products[0];
    assert_eq!((card.title.as_deref(), card.is_giftcard), (Some("Gift Card"), Some(true)));
    assert_eq!(card.status, Some(ProductStatus::Published));
    assert_eq!(card.options[0].values[0].value.as_deref(), Some("25"));
    let variant = &card.variants[0];
    assert_eq!(variant.options[0].option_id.as_deref(), Some(card.options[0].id.as_str()));
    assert_eq!((variant.calculated_price, variant.calculated_price_incl_tax), (minor(2500), minor(3000)));
    assert_eq!((variant.original_tax, variant.manage_inventory), (minor(500), Some(false)));
    assert_eq!(variant.tax_rates[0].rate.map(|rate| rate.to_string()).as_deref(), Some("20"));
}

#[tokio::test]
async fn products_are_found_by_words_ids_tags_types_channels_and_categories() {
    let found = as_guest("products-list-q-sku", &ListProducts { q: Some("SCARCE"), ..Default::default() }).await;
    assert_eq!(found.unwrap().products[0].variants[0].sku.as_deref(), Some("SCARCE"));

    let ids = ["prod_01M81FD1ZPTE8QEPWT5SPGM6VZ", "prod_01M81FD36JCXY7TEEMEJ34CAAV"];
    let select = Selection { fields: Some("id,title,handle"), ..BARE };
    let found = as_guest("products-list-id-array", &ListProducts { select, ids: &ids, ..Default::default() }).await;
    assert_eq!(found.unwrap().products[1].handle.as_deref(), Some("aurora-t-shirt"));

    let tagged = ListProducts { select: BARE, tag_ids: &["ptag_01M81FD25RJTK7ZRGG7KNS1XFM"], ..Default::default() };
    let found = as_guest("products-list-tag", &tagged).await.unwrap();
    assert!(found.products.iter().all(|product| product.title.as_deref().is_some_and(|title| title.ends_with("Mug"))));

    let below = ListProducts {
        select: BARE,
        category_ids: &[CLOTHING],
        include_category_children: Some(true),
        ..Default::default()
    };
    let found = as_guest("products-list-category-children", &below).await.unwrap();
    assert_eq!(found.products.len(), 12);

    let mugs = ListProducts {
        select: Selection { expand: Some("categories"), ..Default::default() },
        page: first(2),
        category_ids: &["pcat_01M81FD1YF33PD6W7P78Z4YG2P"],
        ..Default::default()
    };
    let found = as_guest("products-list-category", &mugs).await.unwrap();
    assert_eq!(found.products[0].categories[0].handle.as_deref(), Some("mugs"));
    assert_eq!(found.products[0].weight.map(|weight| weight.to_string()).as_deref(), Some("400"));
}

#[tokio::test]
async fn the_count_is_that_of_the_page_unless_a_relation_is_asked_for() {
    let newest = ListProducts {
        select: Selection { fields: Some("id,title,created_at"), expand: Some("") },
        page: first(3),
        order: Some("-created_at"),
        ..Default::default()
    };
    assert_eq!(as_guest("products-list-order-desc", &newest).await.unwrap().count, 3);

    let select = Selection { fields: Some("id"), expand: Some("collection") };
    let list = ListProducts { select, page: first(1), ..Default::default() };
    assert_eq!(as_guest("products-list-no-key", &list).await.unwrap().count, 28);
}

#[tokio::test]
async fn a_product_is_read_as_far_as_asked_for() {
    let id = "prod_01M81FD1ZPTE8QEPWT5SPGM6VZ";
    let select = Selection { fields: Some("title,handle"), expand: Some("") };
    let bare = as_guest("products-get-expand-none", &GetProduct { id, select, ..Default::default() }).await.unwrap();
    assert_eq!((bare.product.handle.as_deref(), bare.product.variants.len()), (Some("aurora-t-shirt"), 0));

    let id = "prod_01M81FD2R12GHZJBB2K438YRBY";
    let sale = GetProduct { id, prices: in_europe(), ..Default::default() };
    let product = as_guest("products-get-sale", &sale).await.unwrap().product;
    assert_eq!(product.collection.unwrap().handle.as_deref(), Some("basics"));
    assert_eq!(product.product_type.unwrap().value.as_deref(), Some("Homeware"));
    assert_eq!(product.tags.iter().filter_map(|tag| tag.value.as_deref()).collect::<Vec<_>>(), ["ceramic", "cascade"]);
    assert_eq!(product.profiles[0].name.as_deref(), Some("Default Shipping Profile"));
    let variant = &product.variants[0];
    assert_eq!(variant.calculated_price_type, Some(CalculatedPriceType::Sale));
    assert_eq!((variant.original_price, variant.calculated_price), (minor(1500), minor(1200)));
    let lowered = variant.prices.iter().find_map(|price| price.price_list.as_ref()).unwrap();
    assert_eq!((lowered.name.as_deref(), lowered.status.as_deref()), (Some("Mug sale"), Some("active")));
}

#[tokio::test]
async fn a_search_needs_a_plugin_and_no_publishable_key() {
    let body = ProductSearch { q: Some("aurora".to_owned()), offset: Some(0), limit: Some(5), filter: None };
    assert_eq!(as_guest("products-search", &SearchProducts { body }).await.unwrap().hits, [] as [serde_json::Value; 0]);

    let body = ProductSearch { q: Some("aurora".to_owned()), ..Default::default() };
    let error = as_guest("products-search-with-key", &SearchProducts { body }).await.unwrap_err();
    assert_eq!(error.api_message(), Some("Product with id: search was not found"));
}

#[tokio::test]
async fn variants_are_read_and_listed() {
    let id = "variant_01M81FD205VV4B67YAEZFVD8V6";
    let read = GetVariant { id, prices: in_europe(), ..Default::default() };
    let variant = as_guest("variants-get", &read).await.unwrap().variant;
    assert_eq!(variant.product.unwrap().title.as_deref(), Some("Aurora T-Shirt"));
    assert_eq!((variant.variant_rank, variant.inventory_quantity), (Some(4), Some(10000)));
    assert_eq!((variant.calculated_price, variant.calculated_price_incl_tax), (minor(1950), minor(2340)));

    let prices = PriceContext { currency_code: Some("eur"), ..Default::default() };
    let sale = GetVariant { id: "variant_01M81FD2R8Q6MT6ZT0VD015MN7", prices, ..Default::default() };
    let variant = as_guest("variants-get-sale", &sale).await.unwrap().variant;
    assert_eq!((variant.calculated_price, variant.calculated_price_incl_tax), (minor(1200), None), "no region, no tax");

    let list = as_guest("variants-list", &ListVariants { page: first(3), ..Default::default() }).await.unwrap();
    assert_eq!(list.variants.len(), 3);
    assert_eq!(list.variants[0].calculated_price, None);
    assert_eq!(list.variants[0].prices.len(), 2);

    let scarce = ListVariants {
        select: Selection { fields: Some("id,sku,inventory_quantity"), expand: Some("") },
        page: first(1),
        inventory_quantity: NumberFilter { gte: Some(1), lt: Some(90), ..Default::default() },
        ..Default::default()
    };
    let list = as_guest("variants-list-stock", &scarce).await.unwrap();
    assert_eq!((list.variants[0].sku.as_deref(), list.variants[0].inventory_quantity), (Some("SCARCE"), Some(2)));
}

#[tokio::test]
async fn collections_are_read_and_listed() {
    let list = as_guest("collections-list", &ListCollections { page: first(10), ..Default::default() }).await.unwrap();
    assert_eq!((list.collections[0].title.as_deref(), list.count, list.limit), (Some("Basics"), 3, 10));

    let winter = ListCollections { handles: &["winter"], ..Default::default() };
    assert_eq!(
        as_guest("collections-list-handle", &winter).await.unwrap().collections[0].title.as_deref(),
        Some("Winter")
    );

    let id = "pcol_01M81FD1VQSVY8FF7H1K7323GB";
    let collection = as_guest("collections-get", &GetCollection { id }).await.unwrap().collection;
    assert_eq!(collection.handle.as_deref(), Some("summer"));
}

#[tokio::test]
async fn categories_are_a_tree() {
    let list = as_guest("categories-list", &ListCategories::default()).await.unwrap();
    assert_eq!((list.product_categories.len(), list.count), (7, 7));
    let mugs = ListCategories { handle: Some("mugs"), ..Default::default() };
    let mugs = as_guest("categories-list-handle", &mugs).await.unwrap().product_categories.remove(0);
    assert_eq!(mugs.parent_category.unwrap().name.as_deref(), Some("Accessories"));

    let topmost = ListCategories {
        parent_category: Some(ParentCategory::None),
        include_descendants_tree: Some(true),
        ..Default::default()
    };
    let list = as_guest("categories-list-tree", &topmost).await.unwrap();
    assert_eq!((list.product_categories[0].id.as_str(), list.count), (CLOTHING, 2));
    let children: Vec<_> =
        list.product_categories[0].category_children.iter().filter_map(|child| child.handle.as_deref()).collect();
    assert_eq!(children, ["shirts", "sweatshirts", "trousers"]);

    let read = GetCategory { id: CLOTHING, ..Default::default() };
    let category = as_guest("categories-get", &read).await.unwrap().product_category;
    assert_eq!((category.rank, category.parent_category_id), (Some(0), None));
    assert_eq!(category.category_children[2].name.as_deref(), Some("Trousers"));
}

#[tokio::test]
async fn tags_and_types_are_listed() {
    let tags = as_guest("tags-list", &ListProductTags { page: first(5), ..Default::default() }).await.unwrap();
    assert_eq!((tags.product_tags[0].value.as_deref(), tags.count, tags.limit), (Some("delta"), 9, 5));

    let types = as_guest("types-list", &ListProductTypes::default()).await.unwrap();
    assert_eq!((types.product_types.len(), types.limit), (3, 20));
    let types = as_guest("types-list-q", &ListProductTypes { q: Some("home"), ..Default::default() }).await.unwrap();
    assert_eq!(types.product_types[0].value.as_deref(), Some("Homeware"));
}

#[tokio::test]
async fn regions_have_countries_currencies_and_providers() {
    let page = Page { limit: Some(1), offset: Some(1) };
    let list = as_guest("regions-list-paged", &ListRegions { page, ..Default::default() }).await.unwrap();
    assert_eq!((list.count, list.offset, list.limit), (2, 1, 1));
    let europe = &list.regions[0];
    assert_eq!(europe.currency.as_ref().unwrap().symbol.as_deref(), Some("€"));
    assert_eq!(europe.countries[0].iso_2.as_deref(), Some("de"));
    assert_eq!(europe.tax_rate.map(|rate| rate.to_string()).as_deref(), Some("20"));
    assert_eq!(europe.automatic_taxes, Some(true));

    let region = as_guest("regions-get", &GetRegion { id: EUROPE, ..Default::default() }).await.unwrap().region;
    assert_eq!((region.id.as_str(), region.payment_providers[0].id.as_str()), (EUROPE, "manual"));
    assert_eq!(region.fulfillment_providers[0].is_installed, Some(true));
}

#[tokio::test]
async fn lists_are_filtered_by_date_and_answered_bare() {
    let (from, to) = ("2026-11-22T00:00:00Z".parse().ok(), "2030-01-01T00:00:00.5Z".parse().ok());
    let list = ListRegions {
        select: Selection { fields: Some("id,name"), expand: Some("") },
        order: Some("-name"),
        created_at: DateFilter { gt: from, lte: to, ..Default::default() },
        updated_at: DateFilter { gte: from, lt: to, ..Default::default() },
        ..Default::default()
    };
    let list = as_guest("regions-list-dates", &list).await.unwrap();
    assert_eq!(
        list.regions.iter().map(|region| region.name.as_deref()).collect::<Vec<_>>(),
        [Some("North America"), Some("Europe")]
    );
    assert_eq!(list.regions[0].countries, []);
}
