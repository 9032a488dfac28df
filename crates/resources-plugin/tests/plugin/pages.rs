//! Lists and single rows: calls, filters, orders, totals, and rows that are not as they should be.

use o2s_framework_core::error::ErrorKind;
use o2s_framework_core::paging::Limit;
use o2s_framework_core::products::ProductType;
use o2s_framework_core::resources::{
    Asset, AssetSort, AssetStatus, ContractStatus, ListAssets, ListServices, PaymentPeriod, Service, ServiceSort,
    WindowQuery,
};
use o2s_framework_core::sort::Sort;
use serde_json::json;

use crate::shop::{AssetRow, Shop, guest, holder};

fn asset_ids(assets: &[Asset]) -> Vec<&str> {
    assets.iter().map(|asset| asset.id.as_str()).collect()
}

fn service_ids(services: &[Service]) -> Vec<&str> {
    services.iter().map(|service| service.id.as_str()).collect()
}

/// Promise: a page is two calls, whatever its length, once it is known who asks.
#[tokio::test]
async fn a_page_is_two_calls() {
    let shop = Shop::new();
    for number in 0..500 {
        shop.state().assets.push(AssetRow {
            id: format!("01MORE{number:04}"),
            owners: vec!["cus_jane".to_owned()],
            variant: Some(["var_2ah", "var_4ah", "var_saw"][number % 3]),
            warranty: None,
        });
    }
    let (_, resources) = shop.modules();
    let whole = ListAssets { limit: Limit::new(1000).ok(), ..ListAssets::default() };
    let page = resources.list_assets(&holder("jane"), &whole).await.unwrap();
    assert_eq!((page.data.len(), page.total), (503, 503));
    let page = ["GET /admin/customers/cus_jane", "GET /store/products"];
    assert_eq!(shop.calls(), [&["GET /store/customers/me"][..], &page].concat());

    resources.list_assets(&holder("jane"), &ListAssets::default()).await.unwrap();
    assert_eq!(shop.calls(), page);
    resources.list_services(&holder("jane"), &ListServices::default()).await.unwrap();
    assert_eq!(shop.calls(), page);
    let request = ListServices { category: Some("services".to_owned()), ..ListServices::default() };
    resources.list_services(&holder("jane"), &request).await.unwrap();
    assert_eq!(shop.calls(), page, "filters that need the catalogue cost no more");
    resources.get_service(&holder("jane"), &"02JANE1".parse_id()).await.unwrap();
    assert_eq!(shop.calls(), page);
    resources.get_asset(&holder("jane"), &"01JANE1".parse_id()).await.unwrap();
    assert_eq!(shop.calls(), ["GET /admin/assets/01JANE1", "GET /store/products"]);
}

/// Promise: who owns more than one answer holds is told so, and can still ask for single assets.
#[tokio::test]
async fn too_many_to_list_is_told() {
    let shop = Shop::new();
    shop.state().longest_answer = Some(800);
    let (_, resources) = shop.modules();
    let error = resources.list_assets(&holder("jane"), &ListAssets::default()).await.unwrap_err();
    assert_eq!((error.kind(), error.code()), (ErrorKind::Invalid, "asset.too_many_to_list"));
    let error = resources.list_services(&holder("jane"), &ListServices::default()).await.unwrap_err();
    assert_eq!((error.kind(), error.code()), (ErrorKind::Invalid, "service.too_many_to_list"));
    let asset = resources.get_asset(&holder("jane"), &"01JANE1".parse_id()).await.unwrap();
    assert_eq!(asset.id.as_str(), "01JANE1");
}

/// An id out of a text.
trait ParseId {
    fn parse_id<T: TryFrom<String, Error: std::fmt::Debug>>(&self) -> T;
}

impl ParseId for str {
    fn parse_id<T: TryFrom<String, Error: std::fmt::Debug>>(&self) -> T {
        T::try_from(self.to_owned()).unwrap()
    }
}

/// C-19: two assets of one product are of two variants.
#[tokio::test]
async fn rows_are_paired_by_variant() {
    let (_, resources) = Shop::new().modules();
    let page = resources.list_assets(&holder("jane"), &ListAssets::default()).await.unwrap();
    assert_eq!((asset_ids(&page.data), page.total), (vec!["01JANE1", "01JANE2", "01JANE3"], 3));
    let products: Vec<_> = page.data.iter().map(|asset| asset.product.as_ref().unwrap()).collect();
    assert_eq!(
        products.iter().map(|product| product.sku.as_str()).collect::<Vec<_>>(),
        ["DRILL-2AH", "DRILL-4AH", "PROTO"]
    );
    let prices: Vec<_> = products.iter().map(|product| product.price.as_ref().map(ToString::to_string)).collect();
    assert_eq!(prices, [Some("129.99 EUR".to_owned()), Some("159.5 EUR".to_owned()), None]);
    assert_eq!(products[2].name, "Prototype", "what is not for sale is shown as the row knows it");
    let first = &page.data[0];
    assert_eq!((first.model.as_str(), first.serial_no.as_str()), ("Asset 01JANE1", "SN-01JANE1"));
    assert_eq!(first.end_of_warranty.map(|end| end.to_string()).as_deref(), Some("2027-03-31T00:00:00.000Z"));
    assert_eq!(first.address.as_ref().map(|address| address.country.as_str()), Some("DE"));

    let mut dollars = holder("jane");
    dollars.region = Some("reg_us".parse_id());
    let page = resources.list_assets(&dollars, &ListAssets::default()).await.unwrap();
    let price = page.data[0].product.as_ref().unwrap().price.as_ref().unwrap();
    assert_eq!(price.to_string(), "129.99 USD", "prices are of the region of the request");
}

#[tokio::test]
async fn assets_are_filtered_sorted_and_paged() {
    let (_, resources) = Shop::new().modules();
    let list = async |request: ListAssets| {
        let page = resources.list_assets(&holder("jane"), &request).await.unwrap();
        (asset_ids(&page.data).into_iter().map(|id| id[6..].to_owned()).collect::<String>(), page.total)
    };
    let found = |ids: &str, total| (ids.to_owned(), total);
    let all = ListAssets::default;
    assert_eq!(list(ListAssets { limit: Limit::new(1).ok(), offset: Some(1), ..all() }).await, found("2", 3));
    assert_eq!(list(ListAssets { offset: Some(u32::MAX), ..all() }).await, found("", 3));
    assert_eq!(list(ListAssets { limit: Limit::new(0).ok(), ..all() }).await, found("", 3));
    assert_eq!(list(ListAssets { status: Some(AssetStatus::Active), ..all() }).await, found("", 0));
    assert_eq!(list(ListAssets { kind: Some(ProductType::Physical), ..all() }).await, found("123", 3));
    assert_eq!(list(ListAssets { kind: Some(ProductType::Virtual), ..all() }).await, found("", 0));
    assert_eq!(list(ListAssets { billing_account_id: Some("ba_1".parse_id()), ..all() }).await, found("", 0));
    let from = "2026-06-01".parse().ok();
    assert_eq!(list(ListAssets { date_from: from, ..all() }).await, found("1", 1));
    let to = "2026-05-01".parse().ok();
    assert_eq!(list(ListAssets { date_to: to, ..all() }).await, found("3", 1));
    let sort = |sort| ListAssets { sort: Some(sort), ..all() };
    assert_eq!(list(sort(Sort::descending(AssetSort::SerialNo))).await, found("321", 3));
    assert_eq!(list(sort(Sort::ascending(AssetSort::EndOfWarranty))).await, found("312", 3));
    assert_eq!(list(sort(Sort::descending(AssetSort::EndOfWarranty))).await, found("132", 3));
    assert_eq!(list(sort(Sort::descending(AssetSort::Name))).await, found("312", 3));

    let reversed = ListAssets { date_from: from, date_to: to, ..all() };
    let error = resources.list_assets(&holder("jane"), &reversed).await.unwrap_err();
    assert_eq!(error.violation_list()[0].field, "dateTo");
}

#[tokio::test]
async fn services_tell_their_contract_and_the_callers_own_assets() {
    let (_, resources) = Shop::new().modules();
    let page = resources.list_services(&holder("jane"), &ListServices::default()).await.unwrap();
    assert_eq!((service_ids(&page.data), page.total), (vec!["02JANE1", "02JANE2"], 2));
    let service = &page.data[0];
    let contract = &service.contract;
    assert_eq!((contract.status, contract.payment_period), (ContractStatus::Active, Some(PaymentPeriod::Yearly)));
    assert_eq!(contract.price.as_ref().unwrap().to_string(), "29.99 EUR");
    assert_eq!(contract.end_date.unwrap().to_string(), "2026-12-31T23:59:59.999Z");
    assert_eq!(service.product.as_ref().unwrap().kind, ProductType::Virtual);
    assert_eq!(asset_ids(&service.assets), ["01JANE1", "01JANE2"], "John's asset is not told");
    assert_eq!(service.assets[1].product.as_ref().unwrap().sku, "DRILL-4AH");
    let odd = &page.data[1].contract;
    assert_eq!((odd.status, odd.payment_period), (ContractStatus::Unknown, Some(PaymentPeriod::Unknown)));

    let one = resources.get_service(&holder("jane"), &service.id).await.unwrap();
    assert_eq!(&one, service);
}

#[tokio::test]
async fn services_are_filtered_and_sorted() {
    let shop = Shop::new();
    shop.state().services[1].start = "2025-01-01T00:00:00.000Z".to_owned();
    shop.state().services[1].end = None;
    let (_, resources) = shop.modules();
    let list = async |request: ListServices| {
        let page = resources.list_services(&holder("jane"), &request).await.unwrap();
        assert_eq!(page.total, page.data.len() as u64);
        service_ids(&page.data).into_iter().map(|id| id[6..].to_owned()).collect::<String>()
    };
    let all = ListServices::default;
    assert_eq!(list(ListServices { status: Some(ContractStatus::Active), ..all() }).await, "1");
    assert_eq!(list(ListServices { status: Some(ContractStatus::Unknown), ..all() }).await, "2");
    assert_eq!(list(ListServices { status: Some(ContractStatus::Expired), ..all() }).await, "");
    assert_eq!(list(ListServices { kind: Some(ProductType::Virtual), ..all() }).await, "12");
    assert_eq!(list(ListServices { category: Some("SERVICES".to_owned()), ..all() }).await, "12");
    assert_eq!(list(ListServices { category: Some("Tools".to_owned()), ..all() }).await, "");
    assert_eq!(list(ListServices { date_from: "2026-01-01".parse().ok(), ..all() }).await, "1");
    assert_eq!(list(ListServices { date_to: "2025-12-31".parse().ok(), ..all() }).await, "2");
    let sort = |sort| ListServices { sort: Some(sort), ..all() };
    assert_eq!(list(sort(Sort::ascending(ServiceSort::StartDate))).await, "21");
    assert_eq!(list(sort(Sort::ascending(ServiceSort::EndDate))).await, "12");
    assert_eq!(list(sort(Sort::descending(ServiceSort::EndDate))).await, "12");
}

/// A row that is not as it should be spoils neither page nor total.
#[tokio::test]
async fn odd_rows_do_not_spoil_the_page() {
    let shop = Shop::new();
    {
        let mut state = shop.state();
        state.dangling.insert("cus_jane".to_owned(), 3);
        state.assets[0].variant = None;
        state.services[0].variant = Some("var_gone");
        state.services[0].totals = json!("none");
        state.services[0].assets.push("01GONE".to_owned());
        state.services[1].totals = json!(null);
    }
    let (_, resources) = shop.modules();
    let assets = resources.list_assets(&holder("jane"), &ListAssets::default()).await.unwrap();
    assert_eq!((assets.data.len(), assets.total), (3, 3));
    assert_eq!(assets.data[0].product, None);
    let services = resources.list_services(&holder("jane"), &ListServices::default()).await.unwrap();
    assert_eq!((services.data.len(), services.total), (2, 2));
    assert_eq!((&services.data[0].product, &services.data[0].contract.price), (&None, &None));
    assert_eq!(services.data[1].contract.price, None, "a price that is not there is absent, not 0");

    let nothing = resources.list_assets(&holder("mary"), &ListAssets::default()).await.unwrap();
    assert_eq!((nothing.data.len(), nothing.total), (0, 0), "C-17: owning nothing is an empty list");
    let window = WindowQuery::default();
    let none = resources.list_compatible_services(&holder("jane"), &"01JANE1".parse_id(), &window).await.unwrap();
    assert_eq!(none.total, 0, "an asset whose product is gone goes with nothing");
}

#[tokio::test]
async fn featured_services_need_no_admin_key_and_no_token() {
    let shop = Shop::new();
    let (_, resources) = shop.configured(|config| {
        config.related_products = o2s_resources_plugin::RelatedProducts::Store;
        config.publishable_key = Some("pk_test".to_owned().into());
    });
    let window = WindowQuery { limit: Limit::new(1).ok(), ..WindowQuery::default() };
    let page = resources.list_featured_services(&guest(), &window).await.unwrap();
    assert_eq!((page.data.len(), page.total), (1, 2));
    assert!(page.data[0].price.is_some());
    assert_eq!(shop.calls(), ["GET /store/products"]);
    let error = resources.list_featured_services(&holder("nobody"), &window).await.unwrap_err();
    assert_eq!(error.code(), "auth.invalid_token");
}

#[tokio::test]
async fn services_for_an_asset_have_prices_and_are_for_sale() {
    let shop = Shop::new();
    let (_, resources) = shop.modules();
    let window = WindowQuery::default();
    let page = resources.list_compatible_services(&holder("jane"), &"01JANE1".parse_id(), &window).await.unwrap();
    let found: Vec<_> = page.data.iter().map(|product| (product.sku.as_str(), product.price.is_some())).collect();
    assert_eq!((found, page.total), (vec![("TUNING", true), ("CARE-1Y", true)], 2));
    let calls = shop.calls();
    assert_eq!(
        calls[1..],
        [
            "GET /admin/assets/01JANE1",
            "GET /admin/products/prod_drill/variants/var_2ah/references",
            "GET /store/products"
        ]
    );
}
