//! Where the shop sells: regions, their countries and taxes.

use o2s_framework_core::context::RequestContext;
use o2s_framework_core::error::{Error, Result};
use o2s_framework_core::ids::RegionId;
use o2s_framework_core::money::Currency;
use rust_decimal::Decimal;

use crate::known::known;

/// A set of countries with one currency. Prices are net; tax comes on top.
#[derive(Debug)]
pub(crate) struct Region {
    pub(crate) id: &'static str,
    pub(crate) currency: Currency,
    /// Country (ISO 3166-1 alpha-2) and its tax in hundredths of a percent. The first one is assumed until a
    /// shipping address is known.
    countries: &'static [(&'static str, u32)],
}

static REGIONS: [Region; 3] = [
    Region {
        id: "reg_eu",
        currency: Currency::EUR,
        countries: &[
            ("DE", 1900),
            ("AT", 2000),
            ("BE", 2100),
            ("ES", 2100),
            ("FI", 2550),
            ("FR", 2000),
            ("IE", 2300),
            ("IT", 2200),
            ("LU", 1700),
            ("NL", 2100),
            ("PT", 2300),
        ],
    },
    Region { id: "reg_us", currency: Currency::USD, countries: &[("US", 725)] },
    Region { id: "reg_pl", currency: Currency::PLN, countries: &[("PL", 2300)] },
];

impl Region {
    pub(crate) fn region_id(&self) -> RegionId {
        known(self.id)
    }

    pub(crate) fn countries(&self) -> impl Iterator<Item = &'static str> {
        self.countries.iter().map(|(country, _)| *country)
    }

    pub(crate) fn has(&self, country: &str) -> bool {
        self.countries().any(|known| known == country)
    }

    /// The tax in percent in this country, or in the region's first one while none is known.
    pub(crate) fn tax_percent(&self, country: Option<&str>) -> Decimal {
        let of = |country| self.countries.iter().find(|(known, _)| *known == country);
        let rate = country.and_then(of).or(self.countries.first()).map_or(0, |(_, rate)| *rate);
        Decimal::new(i64::from(rate), 2)
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
