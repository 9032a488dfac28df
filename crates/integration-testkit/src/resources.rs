//! Assets and services of a customer.

use std::collections::BTreeSet;

use o2s_framework_core::context::RequestContext;
use o2s_framework_core::error::ErrorKind;
use o2s_framework_core::ids::{AssetId, BillingAccountId, ServiceId};
use o2s_framework_core::paging::Paginated;
use o2s_framework_core::products::ProductType;
use o2s_framework_core::resources::{
    Asset, AssetSort, AssetStatus, ContractStatus, ListAssets, ListServices, Service, ServiceSort, WindowQuery,
};
use o2s_framework_core::sort::Sort;
use o2s_framework_core::time::RangeEnd;

use crate::Scenario;
use crate::check::{done, needs_sign_in, not_found, refused};
use crate::shopping::{id, limit};
use crate::subject::Subject;

const ASSETS: &[&str] = &["resources.list_assets"];
const ASSET: &[&str] = &["resources.get_asset", "resources.list_assets"];
const SERVICES: &[&str] = &["resources.list_services"];
const SERVICE: &[&str] = &["resources.get_service", "resources.list_services"];
const COMPATIBLE: &[&str] = &["resources.list_compatible_services", "resources.list_assets"];
const FEATURED: &[&str] = &["resources.list_featured_services"];
const BUY_SERVICE: &[&str] = &["resources.purchase_service", "resources.list_services"];
const BUY_RESOURCE: &[&str] = &["resources.purchase_resource", "resources.list_services"];

pub(crate) fn scenarios() -> Vec<Scenario> {
    [
        Scenario::new("resources::assets_are_listed_whole", ASSETS, assets_whole),
        Scenario::new("resources::assets_are_paged", ASSETS, assets_paged),
        Scenario::new("resources::assets_are_filtered", ASSETS, assets_filtered),
        Scenario::new("resources::assets_are_sorted", ASSETS, assets_sorted),
        Scenario::new("resources::an_asset_is_read", ASSET, asset_read),
        Scenario::new("resources::an_asset_of_somebody_else_is_not_found", ASSET, asset_foreign),
        Scenario::new("resources::services_are_listed_whole", SERVICES, services_whole),
        Scenario::new("resources::services_are_paged", SERVICES, services_paged),
        Scenario::new("resources::services_are_filtered", SERVICES, services_filtered),
        Scenario::new("resources::services_are_sorted", SERVICES, services_sorted),
        Scenario::new("resources::a_service_is_read", SERVICE, service_read),
        Scenario::new("resources::a_service_of_somebody_else_is_not_found", SERVICE, service_foreign),
        Scenario::new("resources::services_for_an_asset_are_virtual_products", COMPATIBLE, compatible),
        Scenario::new("resources::services_for_an_unknown_asset_are_not_found", COMPATIBLE, compatible_unknown),
        Scenario::new("resources::featured_services_are_open_to_everybody", FEATURED, featured),
        Scenario::new("resources::guests_own_nothing", OWNED, guests),
        Scenario::new("resources::an_unknown_service_cannot_be_bought", BUY_SERVICE, buy_unknown_service),
        Scenario::new("resources::an_own_service_can_be_activated", BUY_SERVICE, activate_own),
        Scenario::new("resources::an_unknown_resource_cannot_be_bought", BUY_RESOURCE, buy_unknown_resource),
    ]
    .map(Scenario::signed_in)
    .into()
}

const OWNED: &[&str] = &[
    "resources.list_assets",
    "resources.get_asset",
    "resources.list_services",
    "resources.get_service",
    "resources.list_compatible_services",
];

fn all_assets() -> ListAssets {
    ListAssets { limit: limit(1000), ..ListAssets::default() }
}

fn all_services() -> ListServices {
    ListServices { limit: limit(1000), ..ListServices::default() }
}

async fn assets(s: &Subject, cx: &RequestContext, request: &ListAssets) -> Paginated<Asset> {
    done("listing assets", s.modules.resources.list_assets(cx, request)).await
}

async fn services(s: &Subject, cx: &RequestContext, request: &ListServices) -> Paginated<Service> {
    done("listing services", s.modules.resources.list_services(cx, request)).await
}

fn asset_ids(assets: &[Asset]) -> Vec<AssetId> {
    assets.iter().map(|asset| asset.id.clone()).collect()
}

fn service_ids(services: &[Service]) -> Vec<ServiceId> {
    services.iter().map(|service| service.id.clone()).collect()
}

async fn assets_whole(s: Subject) {
    let page = assets(&s, &s.jane(), &all_assets()).await;
    assert_eq!(page.total, page.data.len() as u64);
    assert!(page.data.len() >= 3, "Jane owns fewer than three assets");
    for asset in &page.data {
        assert!(!asset.serial_no.is_empty() && !asset.model.is_empty(), "{asset:?}");
        assert!(asset.product.as_ref().is_none_or(|product| !product.name.is_empty()), "{asset:?}");
    }
    let johns = assets(&s, &s.john(), &all_assets()).await.data;
    let shared = asset_ids(&johns).into_iter().filter(|id| asset_ids(&page.data).contains(id)).count();
    assert_eq!(shared, 0, "assets of two customers");
}

async fn assets_paged(s: Subject) {
    let jane = s.jane();
    let whole = assets(&s, &jane, &all_assets()).await;
    let page = assets(&s, &jane, &ListAssets { limit: limit(2), offset: Some(1), ..ListAssets::default() }).await;
    assert_eq!((asset_ids(&page.data), page.total), (asset_ids(&whole.data)[1..3].to_vec(), whole.total));
}

/// Asserts that the filtered list is what the filter leaves of the whole list.
async fn assets_narrow(s: &Subject, whole: &[Asset], request: ListAssets, keep: impl Fn(&Asset) -> bool) {
    let expected: BTreeSet<_> = whole.iter().filter(|asset| keep(asset)).map(|asset| asset.id.clone()).collect();
    let page = assets(s, &s.jane(), &request).await;
    assert_eq!(asset_ids(&page.data).into_iter().collect::<BTreeSet<_>>(), expected, "{request:?}");
    assert_eq!(page.total, expected.len() as u64, "the total of {request:?}");
}

async fn assets_filtered(s: Subject) {
    let whole = assets(&s, &s.jane(), &all_assets()).await.data;
    for status in [AssetStatus::Active, AssetStatus::Inactive, AssetStatus::Retired] {
        let request = ListAssets { status: Some(status), ..all_assets() };
        assets_narrow(&s, &whole, request, |asset| asset.status == Some(status)).await;
    }
    for kind in [ProductType::Physical, ProductType::Virtual] {
        let request = ListAssets { kind: Some(kind), ..all_assets() };
        assets_narrow(&s, &whole, request, |asset| asset.product.as_ref().is_some_and(|p| p.kind == kind)).await;
    }
    let accounts: BTreeSet<_> = whole.iter().map(|asset| asset.billing_account_id.clone()).collect();
    for account in accounts.iter().map(String::as_str).chain(["no-such-account"]) {
        let Ok(billing_account_id) = BillingAccountId::new(account) else { continue };
        let request = ListAssets { billing_account_id: Some(billing_account_id), ..all_assets() };
        assets_narrow(&s, &whole, request, |asset| asset.billing_account_id == account).await;
    }
    if let Some(end) = whole.iter().find_map(|asset| asset.end_of_warranty) {
        let request = ListAssets { date_from: Some(end), ..all_assets() };
        assets_narrow(&s, &whole, request, |asset| asset.end_of_warranty.is_some_and(|other| other >= end)).await;
        let request = ListAssets { date_to: Some(RangeEnd(end)), ..all_assets() };
        assets_narrow(&s, &whole, request, |asset| asset.end_of_warranty.is_some_and(|other| other <= end)).await;
    }
}

async fn assets_sorted(s: Subject) {
    let jane = s.jane();
    let sorted = async |sort| assets(&s, &jane, &ListAssets { sort: Some(sort), ..all_assets() }).await.data;
    let by_serial = sorted(Sort::ascending(AssetSort::SerialNo)).await;
    assert!(by_serial.is_sorted_by_key(|asset| asset.serial_no.clone()), "by serial number");
    let by_warranty = sorted(Sort::descending(AssetSort::EndOfWarranty)).await;
    let ends: Vec<_> = by_warranty.iter().map(|asset| asset.end_of_warranty).collect();
    let known = ends.iter().take_while(|end| end.is_some()).count();
    assert!(ends[known..].iter().all(Option::is_none), "assets without warranty are last: {ends:?}");
    assert!(ends[..known].is_sorted_by(|a, b| a >= b), "by end of warranty: {ends:?}");
}

async fn asset_read(s: Subject) {
    let jane = s.jane();
    let listed = assets(&s, &jane, &all_assets()).await.data.remove(0);
    let read = done("reading an asset", s.modules.resources.get_asset(&jane, &listed.id)).await;
    assert_eq!((read.id, read.serial_no, read.model), (listed.id, listed.serial_no, listed.model));
    let nothing = id("no-such-asset");
    not_found("an unknown asset", s.modules.resources.get_asset(&jane, &nothing), "asset.not_found").await;
}

async fn asset_foreign(s: Subject) {
    let (jane, john) = (s.jane(), s.john());
    let johns = assets(&s, &john, &all_assets()).await.data;
    assert!(!johns.is_empty(), "John owns nothing");
    for asset in johns {
        let call = s.modules.resources.get_asset(&jane, &asset.id);
        not_found("an asset of somebody else", call, "asset.not_found").await;
    }
}

async fn services_whole(s: Subject) {
    let page = services(&s, &s.jane(), &all_services()).await;
    assert_eq!(page.total, page.data.len() as u64);
    assert!(page.data.len() >= 3, "Jane has fewer than three services");
    for service in &page.data {
        assert!(!service.contract.id.is_empty(), "{service:?}");
        assert!(service.contract.end_date.is_none_or(|end| end >= service.contract.start_date), "{service:?}");
    }
    let johns = services(&s, &s.john(), &all_services()).await.data;
    let shared = service_ids(&johns).into_iter().filter(|id| service_ids(&page.data).contains(id)).count();
    assert_eq!(shared, 0, "services of two customers");
}

async fn services_paged(s: Subject) {
    let jane = s.jane();
    let whole = services(&s, &jane, &all_services()).await;
    let page = services(&s, &jane, &ListServices { limit: limit(2), offset: Some(1), ..all_services() }).await;
    assert_eq!((service_ids(&page.data), page.total), (service_ids(&whole.data)[1..3].to_vec(), whole.total));
}

async fn services_narrow(s: &Subject, whole: &[Service], request: ListServices, keep: impl Fn(&Service) -> bool) {
    let expected: BTreeSet<_> =
        whole.iter().filter(|service| keep(service)).map(|service| service.id.clone()).collect();
    let page = services(s, &s.jane(), &request).await;
    assert_eq!(service_ids(&page.data).into_iter().collect::<BTreeSet<_>>(), expected, "{request:?}");
    assert_eq!(page.total, expected.len() as u64, "the total of {request:?}");
}

async fn services_filtered(s: Subject) {
    let whole = services(&s, &s.jane(), &all_services()).await.data;
    for status in [ContractStatus::Active, ContractStatus::Expired, ContractStatus::Inactive] {
        let request = ListServices { status: Some(status), ..all_services() };
        services_narrow(&s, &whole, request, |service| service.contract.status == status).await;
    }
    let start = whole[0].contract.start_date;
    let request = ListServices { date_from: Some(start), ..all_services() };
    services_narrow(&s, &whole, request, |service| service.contract.start_date >= start).await;
    let request = ListServices { date_to: Some(RangeEnd(start)), ..all_services() };
    services_narrow(&s, &whole, request, |service| service.contract.start_date <= start).await;
    let categories: BTreeSet<_> =
        whole.iter().filter_map(|service| service.product.as_ref()).map(|product| product.category.clone()).collect();
    for category in categories.into_iter().filter(|category| !category.is_empty()) {
        let request = ListServices { category: Some(category.to_uppercase()), ..all_services() };
        let of_category = |service: &Service| service.product.as_ref().is_some_and(|p| p.category == category);
        services_narrow(&s, &whole, request, of_category).await;
    }
}

async fn services_sorted(s: Subject) {
    let jane = s.jane();
    let sorted = async |sort| services(&s, &jane, &ListServices { sort: Some(sort), ..all_services() }).await.data;
    let by_start = sorted(Sort::ascending(ServiceSort::StartDate)).await;
    assert!(by_start.is_sorted_by_key(|service| service.contract.start_date), "by start");
    let by_end = sorted(Sort::ascending(ServiceSort::EndDate)).await;
    let ends: Vec<_> = by_end.iter().map(|service| service.contract.end_date).collect();
    let known = ends.iter().take_while(|end| end.is_some()).count();
    assert!(ends[known..].iter().all(Option::is_none), "contracts without an end are last: {ends:?}");
    assert!(ends[..known].is_sorted(), "by end: {ends:?}");
}

async fn service_read(s: Subject) {
    let jane = s.jane();
    let listed = services(&s, &jane, &all_services()).await.data.remove(0);
    let read = done("reading a service", s.modules.resources.get_service(&jane, &listed.id)).await;
    assert_eq!((read.id, read.contract), (listed.id, listed.contract));
    let nothing = id("no-such-service");
    not_found("an unknown service", s.modules.resources.get_service(&jane, &nothing), "service.not_found").await;
}

async fn service_foreign(s: Subject) {
    let (jane, john) = (s.jane(), s.john());
    let johns = services(&s, &john, &all_services()).await.data;
    assert!(!johns.is_empty(), "John has no service");
    for service in johns {
        let call = s.modules.resources.get_service(&jane, &service.id);
        not_found("a service of somebody else", call, "service.not_found").await;
    }
}

async fn compatible(s: Subject) {
    let jane = s.jane();
    let mut found = 0;
    for asset in assets(&s, &jane, &all_assets()).await.data {
        let everything = WindowQuery { limit: limit(1000), ..WindowQuery::default() };
        let call = s.modules.resources.list_compatible_services(&jane, &asset.id, &everything);
        let page = done("services for an asset", call).await;
        assert_eq!(page.total, page.data.len() as u64);
        assert!(page.data.iter().all(|product| product.kind == ProductType::Virtual), "a service that ships");
        found += page.data.len();
    }
    assert!(found > 0, "no asset has a service");
}

async fn compatible_unknown(s: Subject) {
    let (jane, nothing, window) = (s.jane(), id("no-such-asset"), WindowQuery::default());
    let call = s.modules.resources.list_compatible_services(&jane, &nothing, &window);
    not_found("services for an unknown asset", call, "asset.not_found").await;
}

async fn featured(s: Subject) {
    for cx in [s.guest(), s.jane()] {
        let everything = WindowQuery { limit: limit(1000), ..WindowQuery::default() };
        let call = s.modules.resources.list_featured_services(&cx, &everything);
        let whole = done("featured services", call).await;
        assert!(!whole.data.is_empty() && whole.total == whole.data.len() as u64);
        assert!(whole.data.iter().all(|product| product.price.is_some()), "a service without a price");
        let first = WindowQuery { limit: limit(1), ..WindowQuery::default() };
        let page = done("one featured service", s.modules.resources.list_featured_services(&cx, &first)).await;
        assert_eq!((page.data.first(), page.total), (whole.data.first(), whole.total));
    }
}

async fn guests(s: Subject) {
    let (guest, before) = (s.guest(), s.upstream_calls());
    let resources = &s.modules.resources;
    let (asset, service, window) = (id("asset-1"), id("service-1"), WindowQuery::default());
    needs_sign_in("listing assets", resources.list_assets(&guest, &ListAssets::default())).await;
    needs_sign_in("reading an asset", resources.get_asset(&guest, &asset)).await;
    needs_sign_in("listing services", resources.list_services(&guest, &ListServices::default())).await;
    needs_sign_in("reading a service", resources.get_service(&guest, &service)).await;
    needs_sign_in("services for an asset", resources.list_compatible_services(&guest, &asset, &window)).await;
    assert_eq!(s.upstream_calls(), before, "the backend was called");
}

async fn buy_unknown_service(s: Subject) {
    let (guest, jane, nothing) = (s.guest(), s.jane(), id("no-such-service"));
    needs_sign_in("buying as a guest", s.modules.resources.purchase_service(&guest, &nothing)).await;
    let call = s.modules.resources.purchase_service(&jane, &nothing);
    not_found("buying an unknown service", call, "service.not_found").await;
}

async fn activate_own(s: Subject) {
    let jane = s.jane();
    let request = ListServices { status: Some(ContractStatus::Inactive), ..all_services() };
    for service in services(&s, &jane, &request).await.data {
        done("activating a service", s.modules.resources.purchase_service(&jane, &service.id)).await;
        let read = done("reading it", s.modules.resources.get_service(&jane, &service.id)).await;
        assert_eq!(read.contract.status, ContractStatus::Active, "{}", service.id);
    }
    for johns in services(&s, &s.john(), &all_services()).await.data {
        let call = s.modules.resources.purchase_service(&jane, &johns.id);
        not_found("activating a service of somebody else", call, "service.not_found").await;
    }
}

async fn buy_unknown_resource(s: Subject) {
    let (guest, jane, nothing) = (s.guest(), s.jane(), id("no-such-resource"));
    needs_sign_in("buying as a guest", s.modules.resources.purchase_resource(&guest, &nothing)).await;
    let error = s.modules.resources.purchase_resource(&jane, &nothing).await.err();
    let error = error.unwrap_or_else(|| panic!("an unknown resource was bought"));
    assert_eq!(error.kind(), ErrorKind::NotFound, "{error}");
    let call = s.modules.resources.purchase_resource(&jane, &nothing);
    refused("buying it again", call, ErrorKind::NotFound, error.code()).await;
}
