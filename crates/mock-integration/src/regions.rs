//! Where the shop sells: regions, their countries and taxes.

use std::sync::Arc;

use async_trait::async_trait;
use o2s_framework_core::context::RequestContext;
use o2s_framework_core::error::{Error, Result};
use o2s_framework_core::ids::RegionId;
use o2s_framework_core::money::Currency;
use o2s_framework_core::paging::Paginated;
use o2s_framework_core::regions::{
    Country as CountryView, ListRegions, Region as View, RegionsOperation, RegionsService,
};
use o2s_framework_core::support::Support;
use rust_decimal::Decimal;

use crate::known::known;
use crate::language::{Language, Text, text};
use crate::shop::Shop;

/// A set of countries with one currency. Prices are net; tax comes on top.
#[derive(Debug)]
pub(crate) struct Region {
    pub(crate) id: &'static str,
    name: Text,
    pub(crate) currency: Currency,
    /// The first one is assumed until a shipping address is known.
    countries: &'static [Country],
}

/// A country of a region.
#[derive(Debug)]
struct Country {
    /// ISO 3166-1 alpha-2.
    code: &'static str,
    name: Text,
    /// In hundredths of a percent.
    tax: u32,
}

const fn country(code: &'static str, tax: u32, name: Text) -> Country {
    Country { code, name, tax }
}

static REGIONS: [Region; 3] = [
    Region {
        id: "reg_eu",
        name: text("Euro area", "Euroraum", "Strefa euro"),
        currency: Currency::EUR,
        countries: &[
            country("DE", 1900, text("Germany", "Deutschland", "Niemcy")),
            country("AT", 2000, text("Austria", "Österreich", "Austria")),
            country("BE", 2100, text("Belgium", "Belgien", "Belgia")),
            country("ES", 2100, text("Spain", "Spanien", "Hiszpania")),
            country("FI", 2550, text("Finland", "Finnland", "Finlandia")),
            country("FR", 2000, text("France", "Frankreich", "Francja")),
            country("IE", 2300, text("Ireland", "Irland", "Irlandia")),
            country("IT", 2200, text("Italy", "Italien", "Włochy")),
            country("LU", 1700, text("Luxembourg", "Luxemburg", "Luksemburg")),
            country("NL", 2100, text("Netherlands", "Niederlande", "Niderlandy")),
            country("PT", 2300, text("Portugal", "Portugal", "Portugalia")),
        ],
    },
    Region {
        id: "reg_us",
        name: text("United States", "Vereinigte Staaten", "Stany Zjednoczone"),
        currency: Currency::USD,
        countries: &[country("US", 725, text("United States", "Vereinigte Staaten", "Stany Zjednoczone"))],
    },
    Region {
        id: "reg_pl",
        name: text("Poland", "Polen", "Polska"),
        currency: Currency::PLN,
        countries: &[country("PL", 2300, text("Poland", "Polen", "Polska"))],
    },
];

impl Region {
    pub(crate) fn region_id(&self) -> RegionId {
        known(self.id)
    }

    pub(crate) fn countries(&self) -> impl Iterator<Item = &'static str> {
        self.countries.iter().map(|country| country.code)
    }

    pub(crate) fn has(&self, country: &str) -> bool {
        self.countries().any(|known| known == country)
    }

    /// The tax in percent in this country, or in the region's first one while none is known.
    pub(crate) fn tax_percent(&self, country: Option<&str>) -> Decimal {
        let of = |code| self.countries.iter().find(|country| country.code == code);
        let rate = country.and_then(of).or(self.countries.first()).map_or(0, |country| country.tax);
        Decimal::new(i64::from(rate), 2)
    }

    fn view(&self, language: Language) -> View {
        let mut countries: Vec<_> = self
            .countries
            .iter()
            .map(|country| CountryView { code: country.code.to_owned(), name: country.name.get(language).to_owned() })
            .collect();
        countries.sort_by(|a, b| a.code.cmp(&b.code));
        View { id: self.region_id(), name: self.name.get(language).to_owned(), currency: self.currency, countries }
    }
}

/// The shop's regions as a service.
pub(crate) struct MockRegions(pub(crate) Arc<Shop>);

#[async_trait]
impl RegionsService for MockRegions {
    fn support(&self, operation: RegionsOperation) -> Support {
        match operation {
            RegionsOperation::ListRegions | RegionsOperation::GetRegion => Support::Native,
        }
    }

    async fn list_regions(&self, cx: &RequestContext, request: &ListRegions) -> Result<Paginated<View>> {
        self.0.identify(cx)?;
        let language = Language::of(request.locale.as_ref(), cx);
        Ok(request.page().cut(regions().map(|region| region.view(language)).collect()))
    }

    async fn get_region(&self, cx: &RequestContext, id: &RegionId) -> Result<View> {
        self.0.identify(cx)?;
        Ok(region(id)?.view(Language::of(None, cx)))
    }
}

/// Every region; the first one is the default.
pub(crate) fn regions() -> impl Iterator<Item = &'static Region> {
    REGIONS.iter()
}

/// The region with this id. 404 `region.not_found`.
pub(crate) fn region(id: &RegionId) -> Result<&'static Region> {
    regions()
        .find(|region| region.id == id.as_str())
        .ok_or_else(|| Error::not_found("region.not_found", format!("There is no region {id}")))
}

/// The region that sells in this currency.
pub(crate) fn region_of_currency(currency: Currency) -> Option<&'static Region> {
    regions().find(|region| region.currency == currency)
}

/// The region of a new cart. 400 `cart.currency_region_mismatch`, 404 `region.not_found`.
pub(crate) fn region_for_cart(id: Option<&RegionId>, currency: Option<Currency>) -> Result<&'static Region> {
    let mismatch = |message: String| Error::invalid("cart.currency_region_mismatch", message);
    match (id, currency) {
        (Some(id), currency) => {
            let region = region(id)?;
            match currency {
                Some(currency) if currency != region.currency => Err(mismatch(format!(
                    "Region {id} sells in {}, not in {currency}: leave the currency out or take another region",
                    region.currency
                ))),
                _ => Ok(region),
            }
        }
        (None, Some(currency)) => region_of_currency(currency)
            .ok_or_else(|| mismatch(format!("No region sells in {currency}: take EUR, USD or PLN"))),
        (None, None) => Ok(default_region()),
    }
}

/// The currency of catalogue prices: that of the context's region, else the context's, else euro.
pub(crate) fn catalogue_currency(cx: &RequestContext) -> Result<Currency> {
    match &cx.region {
        Some(id) => Ok(region(id)?.currency),
        None => Ok(cx.currency.unwrap_or(default_region().currency)),
    }
}

fn default_region() -> &'static Region {
    let [first, ..] = &REGIONS;
    first
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tax_is_that_of_the_country_or_of_the_first_one() {
        let eu = default_region();
        assert_eq!(eu.tax_percent(Some("FI")).to_string(), "25.50");
        assert_eq!(eu.tax_percent(None), eu.tax_percent(Some("DE")));
        assert_eq!(eu.tax_percent(Some("PL")), eu.tax_percent(Some("DE")));
    }

    #[test]
    fn a_cart_region_fits_its_currency() {
        let pl = RegionId::new("reg_pl").expect("an id");
        assert_eq!(region_for_cart(Some(&pl), Some(Currency::PLN)).expect("a region").id, "reg_pl");
        assert_eq!(region_for_cart(None, Some(Currency::USD)).expect("a region").id, "reg_us");
        let yen = "JPY".parse().expect("a currency");
        for refused in [region_for_cart(Some(&pl), Some(Currency::EUR)), region_for_cart(None, Some(yen))] {
            assert_eq!(refused.expect_err("refused").code(), "cart.currency_region_mismatch");
        }
    }
}
