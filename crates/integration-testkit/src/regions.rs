//! Where the shop sells.

use std::collections::BTreeSet;

use o2s_framework_core::ids::RegionId;
use o2s_framework_core::regions::{ListRegions, Region};

use crate::Scenario;
use crate::check::{done, not_found};
use crate::shopping::{id, limit};
use crate::subject::Subject;

const LIST: &[&str] = &["regions.list_regions"];
const GET: &[&str] = &["regions.get_region"];

pub(crate) fn scenarios() -> Vec<Scenario> {
    vec![
        Scenario::new("regions::a_front_end_can_choose_among_them", LIST, choose),
        Scenario::new("regions::pages_together_are_the_whole_list", LIST, paged),
        Scenario::new("regions::a_region_is_read_as_it_is_listed", BOTH, read_as_listed),
        Scenario::new("regions::an_unknown_region_is_not_found", GET, unknown),
        Scenario::new("regions::a_customer_sees_them_too", LIST, customer_sees).signed_in(),
    ]
}

const BOTH: &[&str] = &["regions.list_regions", "regions.get_region"];

async fn list(s: &Subject, request: ListRegions) -> (Vec<Region>, u64) {
    let page = done("listing regions", s.modules.regions.list_regions(&s.guest(), &request)).await;
    (page.data, page.total)
}

async fn choose(s: Subject) {
    let (regions, total) = list(&s, ListRegions::default()).await;
    assert_eq!(total, regions.len() as u64, "the list without a limit is whole");
    let ids: BTreeSet<&RegionId> = regions.iter().map(|region| &region.id).collect();
    assert_eq!(ids.len(), regions.len(), "a region is listed twice");
    for region in &regions {
        let name = &region.id;
        assert!(!region.name.is_empty() && !region.countries.is_empty(), "{name} has no name or no country");
        let codes: Vec<&str> = region.countries.iter().map(|country| country.code.as_str()).collect();
        assert!(codes.is_sorted_by(|a, b| a < b), "countries of {name} are not in the order of their codes: {codes:?}");
        let upper = |code: &str| code.len() == 2 && code.bytes().all(|b| b.is_ascii_uppercase());
        assert!(codes.iter().all(|code| upper(code)), "countries of {name}: {codes:?}");
        assert!(region.countries.iter().all(|country| !country.name.is_empty()), "a country of {name} has no name");
    }
    for fact in [&s.facts.home, &s.facts.abroad] {
        let region = regions.iter().find(|region| region.id == fact.id);
        let region = region.unwrap_or_else(|| panic!("{} is not listed", fact.id));
        assert_eq!((&region.name, region.currency), (&fact.name, fact.currency));
        assert!(region.countries.iter().any(|country| country.code == fact.country), "{} is not in it", fact.country);
    }
    assert_eq!(list(&s, ListRegions::default()).await.0, regions, "the list is in another order");
}

async fn paged(s: Subject) {
    let (all, total) = list(&s, ListRegions::default()).await;
    let mut seen = Vec::new();
    for offset in 0..u32::try_from(total).unwrap_or(u32::MAX) {
        let request = ListRegions { limit: limit(1), offset: Some(offset), ..ListRegions::default() };
        let (page, counted) = list(&s, request).await;
        assert_eq!((page.len(), counted), (1, total), "one of all regions");
        seen.extend(page);
    }
    assert_eq!(seen, all);
}

async fn read_as_listed(s: Subject) {
    let (all, _) = list(&s, ListRegions::default()).await;
    for listed in all {
        let read = done("reading a region", s.modules.regions.get_region(&s.guest(), &listed.id)).await;
        assert_eq!(read, listed);
    }
}

async fn unknown(s: Subject) {
    for name in ["reg_none", "no such region & more"] {
        let (guest, name) = (s.guest(), id(name));
        not_found("an unknown region", s.modules.regions.get_region(&guest, &name), "region.not_found").await;
    }
}

async fn customer_sees(s: Subject) {
    let of_jane = done("listing regions", s.modules.regions.list_regions(&s.jane(), &ListRegions::default())).await;
    assert_eq!(of_jane.data, list(&s, ListRegions::default()).await.0);
}
