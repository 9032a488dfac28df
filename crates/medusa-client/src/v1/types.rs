//! What several areas of the API share.

use chrono::{DateTime, SecondsFormat, Utc};

use crate::answer::{Answer, unexpected};
use crate::endpoint::Query;
use crate::error::ErrorKind;
use crate::transport::HttpResponse;

pub(crate) use crate::types::null_as_default;
pub use crate::types::{Address, AddressInput, EmailPassword, Metadata};

/// What a read answers. Names are separated by commas: `fields: Some("id,email"), expand: Some("items,region")`.
///
/// The id is always answered, totals of carts and orders too. A name that does not exist is a 400 where the server has a
/// list of allowed names, and a 500 elsewhere.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Selection<'a> {
    /// The fields to answer. `None` is the default of the endpoint.
    pub fields: Option<&'a str>,
    /// The relations to answer, such as `items.variant`. `None` is the default of the endpoint, which is generous;
    /// `Some("")` is none at all, and several times as quick.
    pub expand: Option<&'a str>,
}

impl Selection<'_> {
    pub(super) fn write(&self, query: &mut Query) {
        query.set_some("fields", self.fields);
        query.set_some("expand", self.expand);
    }
}

/// Which part of a list to answer.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Page {
    /// At most this many entries. The default differs by list and is said there.
    // Medusa: 0 is no limit.
    pub limit: Option<u32>,
    /// Skip this many entries.
    pub offset: Option<u32>,
}

impl Page {
    pub(super) fn write(&self, query: &mut Query) {
        query.set_number("limit", self.limit);
        query.set_number("offset", self.offset);
    }
}

/// For whom prices are calculated. Without any of these, only `prices` is there; with a region or a cart, taxes too.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct PriceContext<'a> {
    /// The region, which decides currency and tax; 404 when it is unknown.
    pub region_id: Option<&'a str>,
    /// Lower-case ISO 4217 currency.
    pub currency_code: Option<&'a str>,
    /// A cart whose region is taken.
    pub cart_id: Option<&'a str>,
}

impl PriceContext<'_> {
    pub(super) fn write(&self, query: &mut Query) {
        query.set_some("region_id", self.region_id);
        query.set_some("currency_code", self.currency_code);
        query.set_some("cart_id", self.cart_id);
    }
}

/// Only what happened in a span of time. All bounds that are given hold; none filters nothing.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct DateFilter {
    /// After this moment.
    pub gt: Option<DateTime<Utc>>,
    /// At or after this moment.
    pub gte: Option<DateTime<Utc>>,
    /// Before this moment.
    pub lt: Option<DateTime<Utc>>,
    /// At or before this moment.
    pub lte: Option<DateTime<Utc>>,
}

impl DateFilter {
    pub(super) fn write(&self, name: &str, query: &mut Query) {
        for (operator, moment) in [("gt", self.gt), ("gte", self.gte), ("lt", self.lt), ("lte", self.lte)] {
            if let Some(moment) = moment {
                query.set(&format!("{name}[{operator}]"), &moment.to_rfc3339_opts(SecondsFormat::AutoSi, true));
            }
        }
    }
}

/// Only numbers in a range. All bounds that are given hold; none filters nothing.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct NumberFilter {
    /// Above this number.
    pub gt: Option<u32>,
    /// This number or more.
    pub gte: Option<u32>,
    /// Below this number.
    pub lt: Option<u32>,
    /// This number or less.
    pub lte: Option<u32>,
}

impl NumberFilter {
    pub(super) fn write(&self, name: &str, query: &mut Query) {
        for (operator, number) in [("gt", self.gt), ("gte", self.gte), ("lt", self.lt), ("lte", self.lte)] {
            query.set_number(&format!("{name}[{operator}]"), number);
        }
    }
}

/// The answer of an endpoint that only says that it is done: the text `OK`, or nothing with 204.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Done;

impl Answer for Done {
    fn read(response: &HttpResponse) -> Result<Self, ErrorKind> {
        if response.body.is_empty() || response.body == "OK" { Ok(Self) } else { Err(unexpected(response)) }
    }
}
