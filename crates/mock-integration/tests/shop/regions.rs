use o2s_framework_core::money::Currency;
use o2s_framework_core::paging::Limit;
use o2s_framework_core::regions::ListRegions;

use crate::{Desk, code, guest, open};

#[tokio::test]
async fn regions_say_where_they_sell_and_in_which_currency() {
    let desk = open();
    let all = desk.modules.regions.list_regions(&guest(), &ListRegions::default()).await.unwrap();
    assert_eq!(all.total, 3);
    for (region, known) in all.data.iter().zip(&desk.facts.regions) {
        assert_eq!((&region.id, region.currency), (&known.id, known.currency));
        let codes: Vec<_> = region.countries.iter().map(|country| country.code.as_str()).collect();
        assert!(codes.is_sorted());
        assert!(known.countries.iter().all(|country| codes.contains(country)) && codes.len() == known.countries.len());
        assert_eq!(desk.modules.regions.get_region(&guest(), &region.id).await.unwrap(), *region);
    }
    let last = ListRegions { limit: Limit::new(1).ok(), offset: Some(2), ..ListRegions::default() };
    let last = desk.modules.regions.list_regions(&guest(), &last).await.unwrap();
    assert_eq!((last.data.as_slice(), last.total), (&all.data[2..], 3));
    assert_eq!(last.data[0].currency, Currency::PLN);
}

#[tokio::test]
async fn names_follow_the_language() {
    let desk = open();
    let regions = &desk.modules.regions;
    let request = ListRegions { locale: "de".parse().ok(), ..ListRegions::default() };
    let german = regions.list_regions(&guest(), &request).await.unwrap().data;
    let names: Vec<_> = german[0].countries.iter().map(|country| country.name.as_str()).collect();
    assert_eq!((german[0].name.as_str(), names[0], names[2]), ("Euroraum", "Österreich", "Deutschland"));
    let polish = guest().with_locale("pl".parse().ok());
    assert_eq!(regions.get_region(&polish, &"reg_pl".parse().unwrap()).await.unwrap().name, "Polska");
}

#[tokio::test]
async fn regions_are_open_to_everybody_with_a_good_token_or_none() {
    let desk = open();
    let regions = &desk.modules.regions;
    assert!(regions.list_regions(&desk.signed_in("jane"), &ListRegions::default()).await.is_ok());
    let forged = Desk::forged();
    assert_eq!(code(regions.list_regions(&forged, &ListRegions::default()).await), "auth.invalid_token");
    assert_eq!(code(regions.get_region(&forged, &"reg_eu".parse().unwrap()).await), "auth.invalid_token");
    assert_eq!(code(regions.get_region(&guest(), &"reg_none".parse().unwrap()).await), "region.not_found");
}
