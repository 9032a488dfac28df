//! Regions: a currency, and the countries that are sold to in it.

use http::Method;
use serde::Deserialize;

use super::StoreEndpoint;
use crate::endpoint::{Endpoint, Query, Repeat};
use crate::v2::types::{Metadata, Page, null_as_default};

/// A region.
#[derive(Debug, Clone, PartialEq, Deserialize)]
pub struct Region {
    /// The id, `reg_…`.
    pub id: String,
    /// The name.
    pub name: Option<String>,
    /// Lower-case ISO 4217 currency.
    pub currency_code: Option<String>,
    /// Whether taxes are calculated without being asked for.
    pub automatic_taxes: Option<bool>,
    /// The countries.
    #[serde(default, deserialize_with = "null_as_default")]
    pub countries: Vec<Country>,
    /// Free-form data.
    pub metadata: Option<Metadata>,
}

/// A country of a region.
#[derive(Debug, Clone, PartialEq, Deserialize)]
pub struct Country {
    /// Lower-case ISO 3166 code of two letters.
    pub iso_2: Option<String>,
    /// The name for people.
    pub display_name: Option<String>,
}

/// `GET /store/regions`: regions that match, in no particular order unless one is asked for.
#[derive(Debug, Clone, Copy, Default)]
pub struct ListRegions<'a> {
    /// The fields to answer.
    pub fields: Option<&'a str>,
    /// Which part of the list.
    pub page: Page<'a>,
    /// Only regions with this lower-case currency.
    pub currency_code: Option<&'a str>,
}

/// A page of regions.
#[derive(Debug, Clone, PartialEq, Deserialize)]
pub struct RegionList {
    /// The regions.
    pub regions: Vec<Region>,
    /// How many match in all.
    pub count: u64,
}

impl Endpoint for ListRegions<'_> {
    const METHOD: Method = Method::GET;
    const ROUTE: &'static str = "/store/regions";
    const REPEAT: Repeat = Repeat::Harmless;
    type Response = RegionList;

    fn query(&self, query: &mut Query) {
        query.set_some("fields", self.fields);
        self.page.write(query);
        query.set_some("currency_code", self.currency_code);
    }
}

impl StoreEndpoint for ListRegions<'_> {}

/// `GET /store/regions/{id}`: one region, 404 when it is unknown.
#[derive(Debug, Clone, Copy, Default)]
pub struct GetRegion<'a> {
    /// The region's id.
    pub id: &'a str,
    /// The fields to answer.
    pub fields: Option<&'a str>,
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
        query.set_some("fields", self.fields);
    }
}

impl StoreEndpoint for GetRegion<'_> {}
