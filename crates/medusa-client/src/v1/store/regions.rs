//! Regions: where the shop sells, in which currency, and how it is paid.

use http::Method;
use serde::Deserialize;

use super::StoreEndpoint;
use crate::amount::Amount;
use crate::endpoint::{Endpoint, Query, Repeat};
use crate::v1::types::{DateFilter, Metadata, Page, Selection, null_as_default};

/// A region.
#[derive(Debug, Clone, PartialEq, Deserialize)]
pub struct Region {
    /// The id, `reg_…`.
    pub id: String,
    /// The name.
    pub name: Option<String>,
    /// Lower-case ISO 4217 currency.
    pub currency_code: Option<String>,
    /// The currency.
    pub currency: Option<Currency>,
    /// The tax that holds where no other does, in percent.
    pub tax_rate: Option<Amount>,
    /// The shop's word for that tax.
    pub tax_code: Option<String>,
    /// Other taxes; only where a cart's or order's region tells them.
    #[serde(default, deserialize_with = "null_as_default")]
    pub tax_rates: Vec<TaxRate>,
    /// Whether gift cards are taxed.
    pub gift_cards_taxable: Option<bool>,
    /// Whether carts calculate taxes by themselves; if not, see [`CalculateTaxes`](super::carts::CalculateTaxes).
    pub automatic_taxes: Option<bool>,
    /// Who calculates taxes, where it is not the shop.
    pub tax_provider_id: Option<String>,
    /// Whether prices include tax.
    pub includes_tax: Option<bool>,
    /// The countries.
    #[serde(default, deserialize_with = "null_as_default")]
    pub countries: Vec<Country>,
    /// The payment providers.
    #[serde(default, deserialize_with = "null_as_default")]
    pub payment_providers: Vec<Provider>,
    /// The fulfilment providers.
    #[serde(default, deserialize_with = "null_as_default")]
    pub fulfillment_providers: Vec<Provider>,
    /// Creation, RFC 3339.
    pub created_at: Option<String>,
    /// Last change, RFC 3339.
    pub updated_at: Option<String>,
    /// Free-form data.
    pub metadata: Option<Metadata>,
}

/// A country.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Country {
    /// Lower-case ISO 3166 code of two letters.
    pub iso_2: Option<String>,
    /// Lower-case ISO 3166 code of three letters.
    pub iso_3: Option<String>,
    /// ISO 3166 number.
    pub num_code: Option<u32>,
    /// The name in capitals.
    pub name: Option<String>,
    /// The name for people.
    pub display_name: Option<String>,
    /// The region that it belongs to.
    pub region_id: Option<String>,
}

/// A currency.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Currency {
    /// Lower-case ISO 4217 code.
    pub code: Option<String>,
    /// The sign, such as `€`.
    pub symbol: Option<String>,
    /// The sign where the currency is at home.
    pub symbol_native: Option<String>,
    /// The name.
    pub name: Option<String>,
    /// Whether prices in it include tax.
    pub includes_tax: Option<bool>,
}

/// A payment or fulfilment provider.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Provider {
    /// The id, such as `manual` or `stripe`.
    pub id: String,
    /// Whether it can be used.
    pub is_installed: Option<bool>,
}

/// A tax.
#[derive(Debug, Clone, PartialEq, Deserialize)]
pub struct TaxRate {
    /// The rate in percent.
    pub rate: Option<Amount>,
    /// The name.
    pub name: Option<String>,
    /// The shop's word for it.
    pub code: Option<String>,
}

/// `GET /store/regions`: regions that match, newest first unless another order is asked for.
#[derive(Debug, Clone, Copy, Default)]
pub struct ListRegions<'a> {
    /// What to answer. `expand` may name `countries`, `payment_providers`, `fulfillment_providers` and `currency`, which
    /// is the default.
    pub select: Selection<'a>,
    /// Which part of the list; the default limit is 100.
    pub page: Page,
    /// One field to sort by, with `-` in front for descending.
    // Medusa: with relations, one that `fields` leaves out is a 500.
    pub order: Option<&'a str>,
    /// When they were made.
    pub created_at: DateFilter,
    /// When they were changed last.
    pub updated_at: DateFilter,
}

/// A page of regions.
#[derive(Debug, Clone, PartialEq, Deserialize)]
pub struct RegionList {
    /// The regions.
    pub regions: Vec<Region>,
    /// How many match in all.
    pub count: u64,
    /// How many were skipped.
    pub offset: u64,
    /// How many there are at most in a page.
    pub limit: u64,
}

impl Endpoint for ListRegions<'_> {
    const METHOD: Method = Method::GET;
    const ROUTE: &'static str = "/store/regions";
    const REPEAT: Repeat = Repeat::Harmless;
    type Response = RegionList;

    fn query(&self, query: &mut Query) {
        self.select.write(query);
        self.page.write(query);
        query.set_some("order", self.order);
        self.created_at.write("created_at", query);
        self.updated_at.write("updated_at", query);
    }
}

impl StoreEndpoint for ListRegions<'_> {}

/// `GET /store/regions/{id}`: one region, 404 when it is unknown.
#[derive(Debug, Clone, Copy, Default)]
pub struct GetRegion<'a> {
    /// The region's id.
    pub id: &'a str,
    /// What to answer, as in [`ListRegions`].
    pub select: Selection<'a>,
}

/// One region.
#[derive(Debug, Clone, PartialEq, Deserialize)]
pub struct RegionAnswer {
    /// The region.
    pub region: Region,
}

impl Endpoint for GetRegion<'_> {
    const METHOD: Method = Method::GET;
    const ROUTE: &'static str = "/store/regions/{id}";
    const REPEAT: Repeat = Repeat::Harmless;
    type Response = RegionAnswer;

    fn path_values(&self) -> Vec<&str> {
        vec![self.id]
    }

    fn query(&self, query: &mut Query) {
        self.select.write(query);
    }
}

impl StoreEndpoint for GetRegion<'_> {}
