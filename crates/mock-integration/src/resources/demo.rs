//! What the customers own when the shop opens.

use chrono::NaiveTime;
use o2s_framework_core::resources::AssetStatus::{self, Active, Inactive, Retired};
use o2s_framework_core::resources::ContractStatus;
use o2s_framework_core::time::Timestamp;

use super::{AssetRecord, ServiceRecord, demo_id, main_account};
use crate::catalogue::find_item;
use crate::customers::{DemoCustomer, demo_customer};
use crate::shop::days_later;

/// Owner, SKU, manufacturer, serial number, status, days of warranty left (less than none: it has ended).
type AssetRow = (&'static str, &'static str, &'static str, &'static str, AssetStatus, Option<i64>);

static ASSETS: &[AssetRow] = &[
    ("jane", "DR-1810-KIT", "Falk & Sohn", "FS-18-004417", Active, Some(410)),
    ("jane", "DR-1810-SOLO", "Falk & Sohn", "FS-18-004502", Active, Some(95)),
    ("jane", "ID-1820-KIT", "Falk & Sohn", "FS-18-011920", Active, Some(602)),
    ("jane", "RH-0260-STANDARD", "Falk & Sohn", "FS-26-000873", Inactive, Some(-30)),
    ("jane", "AG-1250-STANDARD", "Norrland Verktyg", "NV-125-33071", Active, Some(12)),
    ("jane", "CL-0360-STANDARD", "Alpin Optik", "AO-3X-90210", Active, Some(220)),
    ("jane", "DC-0150-STANDARD", "Mitsuke", "MK-150-77412", Active, None),
    ("jane", "CS-1900-STANDARD", "Falk & Sohn", "FS-19-002264", Retired, Some(-700)),
    ("jane", "VC-3000-STANDARD", "Norrland Verktyg", "NV-30-10488", Inactive, Some(45)),
    ("jane", "SV-0500-YEARLY", "Falk & Sohn", "LIC-2041-5577", Active, None),
    ("john", "DR-1810-CASE", "Falk & Sohn", "FS-18-020018", Active, Some(330)),
    ("john", "MT-0600-STANDARD", "Alpin Optik", "AO-MM-11873", Inactive, Some(-5)),
];

/// Owner, SKU, status, the day it began (counted from today), the day it ends, which of the owner's assets it is for.
type ServiceRow = (&'static str, &'static str, ContractStatus, i64, Option<i64>, &'static [usize]);

static SERVICES: &[ServiceRow] = &[
    ("jane", "SV-0100-STANDARD", ContractStatus::Active, -120, Some(245), &[1, 2, 3]),
    ("jane", "SV-0500-MONTHLY", ContractStatus::Active, -12, Some(18), &[10]),
    ("jane", "SV-0200-5-YEARS", ContractStatus::Active, -300, Some(1525), &[6]),
    ("jane", "SV-0800-STANDARD", ContractStatus::Inactive, -60, None, &[5, 9]),
    ("jane", "SV-0300-STANDARD", ContractStatus::Expired, -500, Some(-135), &[7]),
    ("jane", "SV-0600-STANDARD", ContractStatus::Expired, -400, Some(-35), &[8]),
    ("jane", "SV-0500-YEARLY", ContractStatus::Inactive, 20, Some(385), &[]),
    ("john", "SV-0100-STANDARD", ContractStatus::Active, -200, Some(165), &[1]),
    ("john", "SV-0300-STANDARD", ContractStatus::Expired, -90, Some(-1), &[2]),
];

/// The assets, numbered for each owner. Dates count from the day the shop opens.
pub(crate) fn demo_assets(now: Timestamp) -> Vec<AssetRecord> {
    let mut assets: Vec<AssetRecord> = Vec::new();
    for (owner, sku, manufacturer, serial_no, status, warranty) in ASSETS {
        let (Some(owner), Some(item)) = (demo_customer(owner), find_item(sku)) else { continue };
        let number = assets.iter().filter(|asset| asset.owner == owner).count().saturating_add(1);
        // Every other asset stands at the owner's other address, where there is one.
        let places = owner.addresses.len().max(1);
        let place = owner.addresses.get(number.checked_rem(places).unwrap_or_default());
        assets.push(AssetRecord {
            id: demo_id("asset", owner, number),
            owner,
            billing_account: account(owner, number),
            item,
            manufacturer,
            serial_no,
            status: *status,
            address: place.map(|place| owner.address(place)),
            end_of_warranty: warranty.map(|days| day(now, days)),
        });
    }
    assets
}

/// The services, numbered for each owner. Dates count from the day the shop opens.
pub(crate) fn demo_services(now: Timestamp) -> Vec<ServiceRecord> {
    let mut services: Vec<ServiceRecord> = Vec::new();
    for (owner, sku, status, start, end, assets) in SERVICES {
        let (Some(owner), Some(item)) = (demo_customer(owner), find_item(sku)) else { continue };
        let number = services.iter().filter(|service| service.owner == owner).count().saturating_add(1);
        services.push(ServiceRecord {
            id: demo_id("srv", owner, number),
            owner,
            billing_account: account(owner, number),
            item,
            contract_id: format!("con_{}-{number}", owner.key),
            status: *status,
            start: day(now, *start),
            end: end.map(|days| day(now, days)),
            assets: assets.iter().map(|asset| demo_id("asset", owner, *asset)).collect(),
        });
    }
    services
}

/// A company has a second account for its building sites, which every third thing is billed to.
fn account(owner: &DemoCustomer, number: usize) -> String {
    if owner.company.is_some() && number.is_multiple_of(3) {
        format!("ba_{}-sites", owner.key)
    } else {
        main_account(owner)
    }
}

/// The first moment of the day so many days from now.
fn day(now: Timestamp, days: i64) -> Timestamp {
    let day = days_later(now, days).0.date_naive();
    Timestamp(day.and_time(NaiveTime::MIN).and_utc())
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;
    use crate::shop::now;

    #[test]
    fn every_row_is_there() {
        let (assets, services) = (demo_assets(now()), demo_services(now()));
        assert_eq!((assets.len(), services.len()), (ASSETS.len(), SERVICES.len()));
        let ids: HashSet<_> = assets.iter().map(|asset| &asset.id).collect();
        assert_eq!(ids.len(), assets.len());
        for service in &services {
            for asset in &service.assets {
                let asset = assets.iter().find(|known| known.id == *asset).expect("an asset");
                assert_eq!(asset.owner, service.owner);
            }
        }
    }

    #[test]
    fn there_is_one_of_each_status_and_period() {
        let services = demo_services(now());
        let statuses: HashSet<_> = services.iter().map(|service| service.status).collect();
        let periods: HashSet<_> = services.iter().filter_map(|service| service.item.variant.period).collect();
        assert_eq!((statuses.len(), periods.len()), (3, 4));
        let statuses: HashSet<_> = demo_assets(now()).iter().map(|asset| asset.status).collect();
        assert_eq!(statuses.len(), 3);
    }
}
