//! Filters and orders of lists. Medusa can neither filter nor sort a customer's rows, so all of them are at hand here.

use std::cmp::Ordering;

use o2s_framework_core::error::{Error, Result, Violation};
use o2s_framework_core::products::Product;
use o2s_framework_core::resources::{Asset, AssetSort, ListAssets, ListServices, Service, ServiceSort};
use o2s_framework_core::sort::{Direction, Sort, SortField};
use o2s_framework_core::time::DateRange;

/// Refuses a range that ends before it begins.
pub(crate) fn ensure_range(dates: DateRange) -> Result<()> {
    if dates.is_reversed() {
        return Err(Error::violations(vec![Violation::new("dateTo", "must not be before dateFrom")]));
    }
    Ok(())
}

/// Whether a list of assets is cut by what only the catalogue knows.
pub(crate) fn assets_need_products(request: &ListAssets) -> bool {
    request.kind.is_some() || request.sort.is_some_and(|sort| sort.field == AssetSort::Name)
}

/// Whether a list of services is cut by what only the catalogue knows.
pub(crate) fn services_need_products(request: &ListServices) -> bool {
    request.kind.is_some()
        || request.category.is_some()
        || request.sort.is_some_and(|sort| sort.field == ServiceSort::Name)
}

/// Leaves the assets that a request wants, in its order.
pub(crate) fn select_assets(assets: &mut Vec<Asset>, request: &ListAssets) {
    let dates = request.dates();
    assets.retain(|asset| {
        request.status.is_none_or(|status| asset.status == Some(status))
            && request.kind.is_none_or(|kind| asset.product.as_ref().is_some_and(|product| product.kind == kind))
            && request.billing_account_id.as_ref().is_none_or(|id| id.as_str() == asset.billing_account_id)
            && (dates.is_open() || asset.end_of_warranty.is_some_and(|end| dates.contains(end)))
    });
    // By id, which is by age: Medusa's order is that of its table of links and may change with every write.
    assets.sort_by(|a, b| a.id.cmp(&b.id));
    let Some(sort) = request.sort else { return };
    assets.sort_by(|a, b| match sort.field {
        AssetSort::Name => compare(name(a.product.as_ref(), &a.model), name(b.product.as_ref(), &b.model), sort),
        AssetSort::SerialNo => compare(Some(&a.serial_no), Some(&b.serial_no), sort),
        AssetSort::EndOfWarranty => compare(a.end_of_warranty, b.end_of_warranty, sort),
    });
}

/// Leaves the services that a request wants, in its order.
pub(crate) fn select_services(services: &mut Vec<Service>, request: &ListServices) {
    let dates = request.dates();
    let category = request.category.as_ref().map(|category| category.to_lowercase());
    services.retain(|service| {
        let is_product = |wanted: &dyn Fn(&Product) -> bool| service.product.as_ref().is_some_and(wanted);
        request.status.is_none_or(|status| service.contract.status == status)
            && request.kind.is_none_or(|kind| is_product(&|product| product.kind == kind))
            && category.as_ref().is_none_or(|name| is_product(&|product| product.category.to_lowercase() == *name))
            && request.billing_account_id.as_ref().is_none_or(|id| id.as_str() == service.billing_account_id)
            && dates.contains(service.contract.start_date)
    });
    services.sort_by(|a, b| a.id.cmp(&b.id));
    let Some(sort) = request.sort else { return };
    services.sort_by(|a, b| match sort.field {
        ServiceSort::Name => compare(name(a.product.as_ref(), ""), name(b.product.as_ref(), ""), sort),
        ServiceSort::StartDate => compare(Some(a.contract.start_date), Some(b.contract.start_date), sort),
        ServiceSort::EndDate => compare(a.contract.end_date, b.contract.end_date, sort),
    });
}

fn name(product: Option<&Product>, otherwise: &str) -> Option<String> {
    let name = product.map_or(otherwise, |product| product.name.as_str());
    (!name.is_empty()).then(|| name.to_lowercase())
}

/// What is absent comes last, whichever way the list is turned; equal ones keep their order.
fn compare<T: Ord, F: SortField>(a: Option<T>, b: Option<T>, sort: Sort<F>) -> Ordering {
    match (a, b) {
        (Some(a), Some(b)) if sort.direction == Direction::Descending => b.cmp(&a),
        (Some(a), Some(b)) => a.cmp(&b),
        (a, b) => b.is_some().cmp(&a.is_some()),
    }
}
