use std::collections::HashSet;

use o2s_framework_core::error::Result;
use o2s_framework_core::paging::Limit;
use o2s_framework_core::products::ProductType;
use o2s_framework_core::resources::{
    AssetSort, AssetStatus, ContractStatus, ListAssets, ListServices, PaymentPeriod, Service, ServiceSort, WindowQuery,
};
use o2s_framework_core::sort::Sort;

use crate::{Desk, code, guest, open};

async fn services(desk: &Desk, customer: &str, request: ListServices) -> Vec<Service> {
    desk.modules.resources.list_services(&desk.signed_in(customer), &request).await.unwrap().data
}

#[tokio::test]
async fn a_customer_sees_nothing_but_the_customer_s_own() {
    let desk = open();
    let resources = &desk.modules.resources;
    for (customer, assets, services) in [("jane", 10, 7), ("john", 2, 2), ("lyon", 0, 0)] {
        let cx = desk.signed_in(customer);
        assert_eq!(resources.list_assets(&cx, &ListAssets::default()).await.unwrap().total, assets);
        assert_eq!(resources.list_services(&cx, &ListServices::default()).await.unwrap().total, services);
    }
    let (asset, service) = ("asset_jane-1".parse().unwrap(), "srv_jane-1".parse().unwrap());
    for (cx, [on_asset, on_service]) in [
        (desk.signed_in("john"), ["asset.not_found", "service.not_found"]),
        (guest(), ["auth.required"; 2]),
        (Desk::forged(), ["auth.invalid_token"; 2]),
    ] {
        assert_eq!(code(resources.get_asset(&cx, &asset).await), on_asset);
        let compatible = resources.list_compatible_services(&cx, &asset, &WindowQuery::default()).await;
        assert_eq!(code(compatible), on_asset);
        assert_eq!(code(resources.purchase_resource(&cx, &"asset_jane-4".parse().unwrap()).await), on_asset);
        assert_eq!(code(resources.get_service(&cx, &service).await), on_service);
        assert_eq!(code(resources.purchase_service(&cx, &service).await), on_service);
    }
    let jane = desk.signed_in("jane");
    assert_eq!(resources.get_asset(&jane, &asset).await.unwrap().serial_no, "FS-18-004417");
    let maintenance = resources.get_service(&jane, &service).await.unwrap();
    assert_eq!(maintenance.assets.len(), 3);
    assert_eq!(maintenance.contract.price.unwrap().currency.as_str(), "EUR");
}

#[tokio::test]
async fn assets_are_filtered_sorted_and_cut() {
    let desk = open();
    let cx = desk.signed_in("jane");
    let list = |request: ListAssets| {
        let (resources, cx) = (&desk.modules.resources, &cx);
        async move { resources.list_assets(cx, &request).await.unwrap() }
    };
    for (status, total) in [(AssetStatus::Active, 7), (AssetStatus::Inactive, 2), (AssetStatus::Retired, 1)] {
        assert_eq!(list(ListAssets { status: Some(status), ..ListAssets::default() }).await.total, total);
    }
    let virtual_only = ListAssets { kind: Some(ProductType::Virtual), ..ListAssets::default() };
    assert_eq!(list(virtual_only).await.total, 1);
    let sites = ListAssets { billing_account_id: "ba_jane-sites".parse().ok(), ..ListAssets::default() };
    assert_eq!(list(sites).await.total, 3);
    let by_warranty = ListAssets { sort: Some(Sort::descending(AssetSort::EndOfWarranty)), ..ListAssets::default() };
    let ends: Vec<_> = list(by_warranty).await.data.into_iter().map(|asset| asset.end_of_warranty).collect();
    assert!(ends[8].is_none() && ends[9].is_none(), "assets without a warranty come last");
    assert!(ends[..8].is_sorted_by(|a, b| a >= b));
    let ended = ListAssets { date_to: ends[7].map(|end| end.to_string().parse().unwrap()), ..ListAssets::default() };
    assert_eq!(list(ended).await.total, 1, "the range is of the warranty's end");
    let page = ListAssets {
        sort: Some(Sort::ascending(AssetSort::SerialNo)),
        limit: Limit::new(2).ok(),
        offset: Some(9),
        ..ListAssets::default()
    };
    let page = list(page).await;
    assert_eq!((page.data.len(), page.total, page.data[0].serial_no.as_str()), (1, 10, "NV-30-10488"));
}

#[tokio::test]
async fn services_are_filtered_and_sorted() {
    let desk = open();
    let of = |request| services(&desk, "jane", request);
    let all = of(ListServices::default()).await;
    let periods: HashSet<PaymentPeriod> = all.iter().filter_map(|service| service.contract.payment_period).collect();
    assert_eq!(periods.len(), 4);
    for status in [ContractStatus::Active, ContractStatus::Inactive, ContractStatus::Expired] {
        let found = of(ListServices { status: Some(status), ..ListServices::default() }).await;
        assert!(!found.is_empty() && found.iter().all(|service| service.contract.status == status));
    }
    assert_eq!(of(ListServices { category: Some("usługi".to_owned()), ..ListServices::default() }).await.len(), 7);
    assert_eq!(of(ListServices { category: Some("tools".to_owned()), ..ListServices::default() }).await.len(), 0);
    let physical = ListServices { kind: Some(ProductType::Physical), ..ListServices::default() };
    assert_eq!(of(physical).await.len(), 0);
    let by_start =
        of(ListServices { sort: Some(Sort::ascending(ServiceSort::StartDate)), ..ListServices::default() }).await;
    assert!(by_start.is_sorted_by_key(|service| service.contract.start_date));
    let from = by_start[4].contract.start_date;
    assert_eq!(of(ListServices { date_from: Some(from), ..ListServices::default() }).await.len(), 3);
    let by_end =
        of(ListServices { sort: Some(Sort::descending(ServiceSort::EndDate)), ..ListServices::default() }).await;
    assert!(by_end.last().unwrap().contract.end_date.is_none());
    let reversed = ListServices {
        date_from: "2026-02-01".parse().ok(),
        date_to: "2026-01-01".parse().ok(),
        ..ListServices::default()
    };
    let refused = desk.modules.resources.list_services(&desk.signed_in("jane"), &reversed).await;
    assert_eq!(code(refused), "request.invalid");
}

#[tokio::test]
async fn a_service_is_bought_once_and_revived() {
    let desk = open();
    let resources = &desk.modules.resources;
    let lyon = desk.signed_in("lyon");
    let buy = |id: &str| {
        let (lyon, id) = (&lyon, id.parse().unwrap());
        async move { resources.purchase_service(lyon, &id).await }
    };
    for _ in 0..2 {
        buy("SV-0100-STANDARD").await.unwrap();
    }
    let bought = services(&desk, "lyon", ListServices::default()).await;
    assert_eq!(bought.len(), 1, "buying again what runs changes nothing");
    assert_eq!(bought[0].contract.status, ContractStatus::Active);
    assert_eq!(bought[0].contract.price.as_ref().unwrap().currency.as_str(), "PLN");
    assert_eq!(code(buy("HA-0500-STANDARD").await), "request.invalid");
    assert_eq!(code(buy("none").await), "service.not_found");

    let jane = desk.signed_in("jane");
    let expired: o2s_framework_core::ids::ServiceId = "srv_jane-6".parse().unwrap();
    resources.purchase_service(&jane, &expired).await.unwrap();
    let revived = resources.get_service(&jane, &expired).await.unwrap().contract;
    assert_eq!(revived.status, ContractStatus::Active);
    assert!(revived.end_date.unwrap() > revived.start_date);
}

#[tokio::test]
async fn an_idle_asset_is_brought_back_and_a_retired_one_is_not() {
    let desk = open();
    let resources = &desk.modules.resources;
    let jane = desk.signed_in("jane");
    let purchase = |id: &str| {
        let (jane, id) = (&jane, id.parse().unwrap());
        async move { resources.purchase_resource(jane, &id).await }
    };
    purchase("asset_jane-4").await.unwrap();
    let asset = resources.get_asset(&jane, &"asset_jane-4".parse().unwrap()).await.unwrap();
    assert_eq!(asset.status, Some(AssetStatus::Active));
    assert_eq!(code(purchase("asset_jane-8").await), "request.invalid");
    assert_eq!(code(purchase("none").await), "asset.not_found");
    purchase("srv_jane-4").await.unwrap();
    let service = resources.get_service(&jane, &"srv_jane-4".parse().unwrap()).await.unwrap();
    assert_eq!(service.contract.status, ContractStatus::Active);
}

#[tokio::test]
async fn services_are_found_for_an_asset_and_shown_to_everybody() -> Result<()> {
    let desk = open();
    let resources = &desk.modules.resources;
    let window = WindowQuery { limit: Limit::new(2).ok(), ..WindowQuery::default() };
    let for_drill =
        resources.list_compatible_services(&desk.signed_in("jane"), &"asset_jane-1".parse().unwrap(), &window).await?;
    assert_eq!((for_drill.data.len(), for_drill.total), (2, 3));
    let featured = resources.list_featured_services(&guest(), &window).await?;
    assert_eq!((featured.data.len(), featured.total), (2, 4));
    assert!(featured.data.iter().all(|product| product.kind == ProductType::Virtual));
    assert_eq!(code(resources.list_featured_services(&Desk::forged(), &window).await), "auth.invalid_token");
    Ok(())
}
