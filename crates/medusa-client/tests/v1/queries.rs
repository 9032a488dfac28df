//! How filters, selections and pages are written.

use o2s_medusa_client::v1::store::carts::GetCart;
use o2s_medusa_client::v1::store::categories::{ListCategories, ParentCategory};
use o2s_medusa_client::v1::store::collections::ListCollections;
use o2s_medusa_client::v1::store::orders::{ListOrders, LookUpOrder};
use o2s_medusa_client::v1::store::product_tags::ListProductTags;
use o2s_medusa_client::v1::store::products::{GetProduct, ListProducts};
use o2s_medusa_client::v1::store::shipping_options::ListShippingOptions;
use o2s_medusa_client::v1::store::variants::ListVariants;
use o2s_medusa_client::v1::types::{DateFilter, NumberFilter, Page, PriceContext, Selection};
use o2s_medusa_client::{Endpoint, Query};

/// The query of an endpoint, decoded.
fn query<E: Endpoint>(endpoint: &E) -> String {
    let mut query = Query::default();
    endpoint.query(&mut query);
    let pairs = url::form_urlencoded::parse(query.as_str().as_bytes());
    pairs.map(|(name, value)| format!("{name}={value}")).collect::<Vec<_>>().join("&")
}

fn dates() -> DateFilter {
    let time = |text: &str| text.parse().ok();
    DateFilter {
        gt: time("2026-01-02T03:04:05Z"),
        gte: time("2026-01-02T03:04:05.678Z"),
        lt: time("2026-01-02T03:04:05+02:00"),
        lte: None,
    }
}

#[test]
fn nothing_is_asked_for_by_default() {
    assert_eq!(query(&GetCart::default()), "");
    assert_eq!(query(&ListProducts::default()), "");
    assert_eq!(query(&ListOrders::default()), "");
    assert_eq!(query(&ListVariants::default()), "");
    assert_eq!(query(&ListCategories::default()), "");
    assert_eq!(query(&ListShippingOptions::default()), "");
}

#[test]
fn an_empty_selection_is_not_the_same_as_none() {
    let select = Selection { fields: Some("id"), expand: Some("") };
    assert_eq!(query(&GetCart { id: "cart_1", select }), "fields=id&expand=");
    let select = Selection { fields: None, expand: Some("items.variant,region") };
    assert_eq!(query(&GetCart { id: "cart_1", select }), "expand=items.variant,region");
}

#[test]
fn dates_are_compared_in_brackets_and_in_utc() {
    let list = ListCollections {
        page: Page { limit: Some(0), offset: Some(20) },
        handles: &["winter", "a&b"],
        created_at: dates(),
        updated_at: DateFilter { lte: "2026-12-31T00:00:00Z".parse().ok(), ..Default::default() },
    };
    assert_eq!(
        query(&list),
        "limit=0&offset=20&handle[]=winter&handle[]=a&b\
         &created_at[gt]=2026-01-02T03:04:05Z&created_at[gte]=2026-01-02T03:04:05.678Z\
         &created_at[lt]=2026-01-02T01:04:05Z&updated_at[lte]=2026-12-31T00:00:00Z"
    );
}

#[test]
fn products_are_filtered_by_the_servers_names() {
    let list = ListProducts {
        prices: PriceContext { region_id: Some("reg_1"), currency_code: Some("eur"), cart_id: Some("cart_1") },
        order: Some("-title"),
        q: Some("blue shirt"),
        ids: &["prod_1", "prod_2"],
        sales_channel_ids: &["sc_1"],
        collection_ids: &["pcol_1"],
        type_ids: &["ptyp_1"],
        tag_ids: &["ptag_1"],
        category_ids: &["pcat_1"],
        include_category_children: Some(false),
        title: Some("Shirt"),
        description: Some("A shirt"),
        handle: Some("shirt"),
        is_giftcard: Some(true),
        ..Default::default()
    };
    assert_eq!(
        query(&list),
        "order=-title&region_id=reg_1&currency_code=eur&cart_id=cart_1&q=blue shirt&id[]=prod_1&id[]=prod_2\
         &sales_channel_id[]=sc_1&collection_id[]=pcol_1&type_id[]=ptyp_1&tags[]=ptag_1&category_id[]=pcat_1\
         &include_category_children=false&title=Shirt&description=A shirt&handle=shirt&is_giftcard=true"
    );
    let read = GetProduct { id: "prod_1", sales_channel_id: Some("sc_1"), ..Default::default() };
    assert_eq!(query(&read), "sales_channel_id=sc_1");
}

#[test]
fn variants_tags_and_categories_are_filtered_by_the_servers_names() {
    let list = ListVariants {
        sales_channel_id: Some("sc_1"),
        ids: &["variant_1"],
        titles: &["S"],
        inventory_quantity: NumberFilter { gt: Some(1), gte: Some(2), lt: Some(3), lte: Some(4) },
        ..Default::default()
    };
    assert_eq!(
        query(&list),
        "sales_channel_id=sc_1&id[]=variant_1&title[]=S&inventory_quantity[gt]=1&inventory_quantity[gte]=2\
         &inventory_quantity[lt]=3&inventory_quantity[lte]=4"
    );
    let list = ListProductTags {
        order: Some("value"),
        q: Some("a"),
        ids: &["ptag_1"],
        values: &["delta"],
        discount_condition_id: Some("discon_1"),
        ..Default::default()
    };
    assert_eq!(query(&list), "order=value&q=a&id[]=ptag_1&value[]=delta&discount_condition_id=discon_1");

    let list = ListCategories { q: Some("mug"), parent_category: Some(ParentCategory::None), ..Default::default() };
    assert_eq!(query(&list), "q=mug&parent_category_id=null");
    let list = ListCategories { parent_category: Some(ParentCategory::Id("pcat_1")), ..Default::default() };
    assert_eq!(query(&list), "parent_category_id=pcat_1");
    let list = ListShippingOptions { product_ids: &["prod_1", "prod_2"], ..Default::default() };
    assert_eq!(query(&list), "product_ids=prod_1,prod_2");
}

#[test]
fn orders_are_filtered_by_the_servers_names() {
    let list = ListOrders {
        q: Some("ada"),
        id: Some("order_1"),
        statuses: &["pending", "completed"],
        fulfillment_statuses: &["shipped"],
        payment_statuses: &["captured"],
        display_id: Some(7),
        cart_id: Some("cart_1"),
        email: Some("ada@lab.test"),
        region_id: Some("reg_1"),
        currency_code: Some("eur"),
        tax_rate: Some("20"),
        canceled_at: DateFilter { gt: "2026-01-01T00:00:00Z".parse().ok(), ..Default::default() },
        ..Default::default()
    };
    assert_eq!(
        query(&list),
        "q=ada&id=order_1&status[]=pending&status[]=completed&fulfillment_status[]=shipped&payment_status[]=captured\
         &display_id=7&cart_id=cart_1&email=ada@lab.test&region_id=reg_1&currency_code=eur&tax_rate=20\
         &canceled_at[gt]=2026-01-01T00:00:00Z"
    );
    let look = LookUpOrder { display_id: 7, email: "ada+1@lab.test", ..Default::default() };
    assert_eq!(query(&look), "display_id=7&email=ada+1@lab.test");
}
