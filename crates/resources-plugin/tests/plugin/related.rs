//! Related products: the catalogue's products by the plugin's relations.

use o2s_framework_core::ids::{ProductId, VariantId};
use o2s_framework_core::paging::Limit;
use o2s_framework_core::products::{ListRelatedProducts, ProductReferenceType, ProductSort};
use o2s_framework_core::sort::Sort;
use o2s_resources_plugin::RelatedProducts;

use crate::shop::{Shop, guest, holder};

fn of(product: &str, variant: &str) -> ListRelatedProducts {
    ListRelatedProducts::of(ProductId::new(product).unwrap(), VariantId::new(variant).unwrap())
}

fn drill() -> ListRelatedProducts {
    of("prod_drill", "var_2ah")
}

async fn listed(request: ListRelatedProducts) -> (Vec<String>, u64) {
    let (products, _) = Shop::new().modules();
    let page = products.list_related_products(&guest(), &request).await.unwrap();
    (page.data.into_iter().map(|product| product.sku).collect(), page.total)
}

fn skus(skus: &[&str], total: u64) -> (Vec<String>, u64) {
    (skus.iter().map(|sku| (*sku).to_owned()).collect(), total)
}

#[tokio::test]
async fn kind_window_and_order_work() {
    // Neither drafts, nor what is gone, nor other variants of the product itself.
    assert_eq!(listed(drill()).await, skus(&["BATTERY", "SAW", "TUNING", "CARE-1Y"], 4));
    let of_kind = |kind| ListRelatedProducts { kind: Some(kind), ..drill() };
    assert_eq!(listed(of_kind(ProductReferenceType::SparePart)).await, skus(&["BATTERY"], 1));
    assert_eq!(listed(of_kind(ProductReferenceType::Replacement)).await, skus(&[], 0));
    assert_eq!(listed(of_kind(ProductReferenceType::Accessory)).await, skus(&["SAW"], 1));
    assert_eq!(listed(of_kind(ProductReferenceType::Tool)).await, skus(&[], 0));
    let window = ListRelatedProducts { limit: Limit::new(2).ok(), offset: Some(1), ..drill() };
    assert_eq!(listed(window).await, skus(&["SAW", "TUNING"], 4));
    let sorted = |sort| ListRelatedProducts { sort: Some(sort), ..drill() };
    assert_eq!(
        listed(sorted(Sort::ascending(ProductSort::Name))).await,
        skus(&["BATTERY", "CARE-1Y", "SAW", "TUNING"], 4)
    );
    assert_eq!(
        listed(sorted(Sort::descending(ProductSort::Price))).await,
        skus(&["SAW", "BATTERY", "CARE-1Y", "TUNING"], 4)
    );
    assert_eq!(
        listed(sorted(Sort::ascending(ProductSort::CreatedAt))).await,
        skus(&["SAW", "TUNING", "BATTERY", "CARE-1Y"], 4)
    );
}

/// M-PROD-20, C-16: names, links and prices are the catalogue's.
#[tokio::test]
async fn related_products_are_products() {
    let (products, _) = Shop::new().modules();
    let mut dollars = guest();
    dollars.currency = "USD".parse().ok();
    let request = ListRelatedProducts { base_path: "/shop".to_owned().try_into().ok(), ..drill() };
    let page = products.list_related_products(&dollars, &request).await.unwrap();
    let battery = &page.data[0];
    assert_eq!((battery.name.as_str(), battery.link.as_str()), ("Battery", "/shop/battery/battery"));
    assert_eq!(battery.price.as_ref().unwrap().to_string(), "49 USD");
}

#[tokio::test]
async fn a_product_goes_by_its_handle_and_a_variant_by_its_slug() {
    assert_eq!(listed(of("drill", "drill-2ah")).await.1, 4);
    assert_eq!(listed(of("prod_drill", "var_4ah")).await, skus(&[], 0));
}

#[tokio::test]
async fn what_is_not_there_is_told() {
    let (products, _) = Shop::new().modules();
    for (request, code) in [
        (of("prod_none", "var_2ah"), "product.not_found"),
        (of("prod_draft", "var_draft"), "product.not_found"),
        (of("prod_drill", "var_saw"), "product.variant_not_found"),
    ] {
        assert_eq!(products.list_related_products(&guest(), &request).await.unwrap_err().code(), code);
    }
    let error = products.list_related_products(&holder("nobody"), &drill()).await.unwrap_err();
    assert_eq!(error.code(), "auth.invalid_token");
}

#[tokio::test]
async fn the_store_route_needs_no_admin_credential() {
    let shop = Shop::new();
    let (products, _) = shop.configured(|config| {
        config.related_products = RelatedProducts::Store;
        config.publishable_key = Some("pk_test".to_owned().into());
    });
    assert_eq!(products.list_related_products(&guest(), &drill()).await.unwrap().total, 4);
    assert_eq!(
        shop.calls(),
        [
            "GET /store/products/prod_drill",
            "GET /store/products/prod_drill/variants/var_2ah/references",
            "GET /store/products"
        ]
    );
}
