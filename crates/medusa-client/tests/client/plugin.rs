//! Answers that the assets-and-services plugin 1.0.1 gave in a real Medusa 2.21.2, read through the whole client.

use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use o2s_medusa_client::testing::{Exchange, ReplayTransport};
use o2s_medusa_client::v2::admin::resources::{
    Asset, GetAsset, GetServiceInstance, LinkedCustomer, ListAssets, ListCompatibleServices, ListFeaturedServices,
    ListServiceInstances, PaymentType, ServiceStatus,
};
use o2s_medusa_client::v2::admin::{AdminEndpoint, customers, references as admin_references};
use o2s_medusa_client::v2::store::references::{ListReferences, ReferenceType};
use o2s_medusa_client::v2::types::Page;
use o2s_medusa_client::v2::{AdminClient, StoreClient};
use o2s_medusa_client::{AdminKey, Backend, CallContext, Error, PublishableKey, Result, RetryPolicy};

const JANE: &str = "cus_01M81FXKDKSPJB8T411DR8WHK1";
const DRILL: &str = "variant_01M81FXK2XS8Q1SNM0XFWV482B";

fn backend(recording: &str) -> Backend {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("tests/recordings/{recording}.json"));
    let exchange: Exchange = serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap();
    Backend::new(Arc::new(ReplayTransport::new(vec![exchange])), RetryPolicy::default())
}

fn context() -> CallContext<'static> {
    CallContext::within(Duration::from_secs(5))
}

async fn ask<E: AdminEndpoint>(recording: &str, endpoint: &E) -> Result<E::Response> {
    AdminClient::new(backend(recording), AdminKey::new("sk_test").unwrap()).call(&context(), endpoint).await
}

async fn asset(recording: &str, id: &str) -> Asset {
    ask(recording, &GetAsset { id }).await.unwrap().asset
}

fn owners(owners: &[LinkedCustomer]) -> Vec<&str> {
    owners.iter().filter_map(|owner| owner.id.as_deref()).collect()
}

fn page(limit: u32) -> Page<'static> {
    Page { limit: Some(limit), ..Page::default() }
}

#[tokio::test]
async fn an_asset_has_an_owner_a_place_and_a_product() {
    let asset = asset("plugin-asset", "01M81GEXT0E2EGXERNDARK0AXF").await;
    assert_eq!(asset.name.as_deref(), Some("Drill in the workshop"));
    assert_eq!(asset.serial_number.as_deref(), Some("SN-J-001"));
    assert_eq!(asset.end_of_warranty_date.as_deref(), Some("2027-03-31T00:00:00.000Z"));
    assert_eq!(owners(&asset.owners), [JANE]);
    assert_eq!(asset.address.unwrap().city.as_deref(), Some("Berlin"));
    let totals = asset.totals.unwrap();
    assert_eq!(totals.total_price.unwrap().value.unwrap().to_string(), "129.99");
    let variant = asset.product_variant.unwrap();
    assert_eq!((variant.id.as_str(), variant.sku.as_deref()), (DRILL, Some("CORDLESS-DRILL-18V-2AH")));
    assert_eq!(variant.product.unwrap().handle.as_deref(), Some("cordless-drill-18v"));
}

#[tokio::test]
async fn owners_are_one_or_several_or_none() {
    let of_two = asset("plugin-asset-of-two", "01M81GEYKKDXV9P7S2R86306VC").await;
    assert_eq!(owners(&of_two.owners), [JANE, "cus_01M81FXKFSPEJ13A8J5NNS29X3"]);
    let of_nobody = asset("plugin-asset-of-nobody", "01M81GF2CCM5AH0RVZTE88YVMB").await;
    assert_eq!(of_nobody.owners, []);
    let without_variant = asset("plugin-asset-without-variant", "01M81GF2AB2X8HW8N7ZDR55CKQ").await;
    assert_eq!((without_variant.product_variant, without_variant.totals), (None, None));
}

#[tokio::test]
async fn an_unknown_asset_is_told_without_a_type() {
    let error: Error = ask("plugin-asset-unknown", &GetAsset { id: "nope" }).await.unwrap_err();
    assert_eq!(error.status().map(|status| status.as_u16()), Some(404));
    assert_eq!((error.api_type(), error.api_message()), (None, Some("Asset not found")));
}

#[tokio::test]
async fn assets_are_listed_by_ids() {
    let text =
        std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/recordings/plugin-assets.json"));
    let recorded: serde_json::Value = serde_json::from_str(&text.unwrap()).unwrap();
    let rows = recorded["response"]["body"]["assets"].as_array().unwrap();
    let ids: Vec<&str> = rows.iter().map(|row| row["id"].as_str().unwrap()).collect();
    let list = ask("plugin-assets", &ListAssets { ids: &ids, page: page(10), ..ListAssets::default() }).await.unwrap();
    assert_eq!((list.assets.len(), list.count), (ids.len(), 3));
    assert!(list.assets.iter().all(|asset| asset.owners.len() == 1));
}

#[tokio::test]
async fn a_services_state_and_period_are_words() {
    let endpoint = ListServiceInstances { customer_id: JANE, page: page(3), ..ListServiceInstances::default() };
    let list = ask("plugin-services", &endpoint).await.unwrap();
    assert_eq!((list.service_instances.len(), list.count), (3, 15));
    let first = &list.service_instances[0];
    assert_eq!((&first.status, &first.payment_type), (&Some(ServiceStatus::Active), &Some(PaymentType::Yearly)));
    assert_eq!(owners(&first.owners), [JANE]);
    assert_eq!(first.assets.len(), 2);
    assert!(first.assets.iter().all(|asset| asset.owners.is_empty()), "this list does not say whose they are");

    let service = ask("plugin-service", &GetServiceInstance { id: "01M81GF48Z9766W5PKNRDTHM4R" }).await.unwrap();
    let service = service.service_instance;
    assert_eq!(service.assets[0].serial_number.as_deref(), Some("SN-N-007"), "an asset of somebody else");
    assert_eq!(service.assets[0].owners, []);
}

/// Rows that were deleted leave holes in the lists of their customer.
#[tokio::test]
async fn a_customer_brings_what_is_owned() {
    let get = customers::GetCustomer { id: JANE, fields: None };
    let customer = ask("plugin-customer-assets", &get).await.unwrap().customer;
    let serials: Vec<_> = customer.assets.iter().filter_map(|asset| asset.serial_number.as_deref()).collect();
    assert_eq!(serials, ["SN-J-001", "SN-J-002"]);
    let customer = ask("plugin-customer-services", &get).await.unwrap().customer;
    assert_eq!(customer.service_instances.len(), 1);
    assert_eq!(customer.service_instances[0].assets.len(), 2);
}

#[tokio::test]
async fn relations_are_the_same_by_both_routes() {
    let spare_parts = ListReferences {
        product_id: "prod_1",
        variant_id: DRILL,
        reference_type: Some(&ReferenceType::SparePart),
        page: page(10),
    };
    let list = ask("plugin-references", &admin_references::ListReferences(spare_parts)).await.unwrap();
    let store = StoreClient::new(backend("plugin-references-store"), PublishableKey::new("pk_test").unwrap());
    let all = ListReferences { reference_type: None, page: Page::default(), ..spare_parts };
    assert_eq!(store.call(&context(), None, &all).await.unwrap(), list);

    let first = &list.references[0];
    assert_eq!(first.reference_type, Some(ReferenceType::SparePart));
    let target = first.target.as_ref().unwrap();
    assert_eq!(target.product_id.as_deref(), Some("prod_01M81FXJXTPM8R0A8E42KPSBD2"));
    let gone = list.references.iter().find(|reference| reference.target.as_ref().unwrap().id.is_none()).unwrap();
    assert!(gone.target_product_variant_id.is_some());
}

#[tokio::test]
async fn services_for_an_asset_and_featured_ones_are_variants() {
    let asset_id = "01M81GEXT0E2EGXERNDARK0AXF";
    let list = ask("plugin-compatible-services", &ListCompatibleServices { asset_id, page: page(10) }).await.unwrap();
    assert_eq!((list.compatible_services.len(), list.count), (3, 4));
    assert!(list.compatible_services.iter().all(|variant| variant.product.is_some()));

    let list = ask("plugin-featured-services", &ListFeaturedServices).await.unwrap();
    assert_eq!(list.featured_services.len() as u64, list.count);
    assert!(list.featured_services.iter().all(|variant| variant.product.is_none() && variant.product_id.is_some()));
}
