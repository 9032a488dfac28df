//! What is told of a configuration that does not fit the shop.

use o2s_framework_core::error::Error;
use o2s_framework_core::products::ListProducts;
use o2s_medusa_integration::Api;
use serde_json::json;

use crate::script::{Answer, Shop, guest};

/// A default region that the shop does not have, or that sells in another currency than the default one, is told by the
/// check, and no price is shown as if it held.
#[tokio::test]
async fn a_default_region_must_sell_in_the_default_currency() {
    for api in [Api::V1, Api::V2] {
        for (region, fits) in [("reg_eu", true), ("reg_us", false), ("reg_none", false)] {
            let shop = Shop::new(|call| match call.what.as_str() {
                "GET /store/products" => Some(Answer::Json(200, json!({ "products": [], "count": 0 }))),
                _ => None,
            });
            let medusa = shop.configured(|config| {
                config.api = api;
                config.default_region_id = Some(region.parse().expect("an id"));
            });
            let checked = medusa.check(&guest()).await;
            assert_eq!(checked.is_ok(), fits, "{api:?} {region}");
            let Err(error) = checked else { continue };
            assert_eq!(error.code(), "backend.misconfigured");
            assert!(error.message().contains(region) && error.message().contains("EUR"), "{}", error.message());
            let listed = medusa.products().list_products(&guest(), &ListProducts::default()).await;
            assert_eq!(listed.expect_err("no region").code(), "backend.misconfigured", "{api:?} {region}");
        }
    }
}

/// A key that Medusa refuses is told, and none is asked about where none is configured.
#[tokio::test]
async fn an_admin_key_is_tried() {
    for (status, accepted) in [(404, true), (200, true), (401, false), (403, false)] {
        let shop = Shop::new(move |call| {
            let customer = json!({ "customer": { "id": "cus_1" }, "type": "not_found", "message": "none" });
            call.what.starts_with("GET /admin/customers/").then_some(Answer::Json(status, customer))
        });
        let checked = shop.configured(|config| config.admin_key = Some("sk_1".into())).check_admin_key(&guest()).await;
        assert_eq!(checked.as_ref().map_err(Error::code).err(), (!accepted).then_some("backend.misconfigured"));
        assert_eq!(shop.called().len(), 1, "{status}");
    }
    let shop = Shop::closed();
    shop.medusa().check_admin_key(&guest()).await.expect("no key");
    assert!(shop.called().is_empty());
}
