use serde::Deserialize;

use super::{AssetStatus, ContractStatus};
use crate::ids::BillingAccountId;
use crate::paging::{DEFAULT_LIMIT, Limit, Page};
use crate::sort::{Sort, SortField};
use crate::text::Locale;
use crate::time::{DateRange, RangeEnd, Timestamp};

/// Which assets to list. Only the caller's own are ever listed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::IntoParams))]
#[cfg_attr(feature = "openapi", into_params(parameter_in = Query))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct ListAssets {
    /// Only assets in this status.
    #[serde(default)]
    pub status: Option<AssetStatus>,
    /// Only assets of products of this kind (`PHYSICAL` or `VIRTUAL`).
    #[serde(rename = "type", default)]
    pub kind: Option<crate::products::ProductType>,
    /// Only assets of this billing account.
    #[serde(default)]
    pub billing_account_id: Option<BillingAccountId>,
    /// Only assets whose warranty ends at this time or later.
    #[serde(default)]
    pub date_from: Option<Timestamp>,
    /// Only assets whose warranty ends at this time or earlier.
    #[serde(default)]
    pub date_to: Option<RangeEnd>,
    /// The order of the list: `name`, `serialNo` or `endOfWarranty`, with `_ASC` or `_DESC`.
    #[serde(default)]
    #[cfg_attr(feature = "openapi", param(value_type = Option<String>, example = "name_ASC"))]
    pub sort: Option<Sort<AssetSort>>,
    /// The language, stronger than the context's.
    #[serde(default)]
    pub locale: Option<Locale>,
    /// How many assets, at most 1000; 10 if absent.
    #[serde(default)]
    pub limit: Option<Limit>,
    /// How many assets to skip.
    #[serde(default)]
    pub offset: Option<u32>,
}

impl ListAssets {
    /// The window asked for.
    pub fn page(&self) -> Page {
        Page::of(self.limit, self.offset, DEFAULT_LIMIT)
    }

    /// The range of the warranty's end.
    pub fn dates(&self) -> DateRange {
        DateRange { from: self.date_from, to: self.date_to }
    }
}

/// What assets can be sorted by.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum AssetSort {
    /// The product's name.
    Name,
    /// The serial number.
    SerialNo,
    /// When the warranty ends; assets without one last.
    EndOfWarranty,
}

impl SortField for AssetSort {
    const NAMES: &'static [(&'static str, Self)] =
        &[("name", Self::Name), ("serialNo", Self::SerialNo), ("endOfWarranty", Self::EndOfWarranty)];
}

/// Which services to list. Only the caller's own are ever listed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::IntoParams))]
#[cfg_attr(feature = "openapi", into_params(parameter_in = Query))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct ListServices {
    /// Only services whose contract is in this status.
    #[serde(default)]
    pub status: Option<ContractStatus>,
    /// Only services of products of this kind (`PHYSICAL` or `VIRTUAL`).
    #[serde(rename = "type", default)]
    pub kind: Option<crate::products::ProductType>,
    /// Only services of products of this category, in any case.
    #[serde(default)]
    pub category: Option<String>,
    /// Only services of this billing account.
    #[serde(default)]
    pub billing_account_id: Option<BillingAccountId>,
    /// Only services that began at this time or later.
    #[serde(default)]
    pub date_from: Option<Timestamp>,
    /// Only services that began at this time or earlier.
    #[serde(default)]
    pub date_to: Option<RangeEnd>,
    /// The order of the list: `name`, `startDate` or `endDate`, with `_ASC` or `_DESC`.
    #[serde(default)]
    #[cfg_attr(feature = "openapi", param(value_type = Option<String>, example = "startDate_DESC"))]
    pub sort: Option<Sort<ServiceSort>>,
    /// The language, stronger than the context's.
    #[serde(default)]
    pub locale: Option<Locale>,
    /// How many services, at most 1000; 10 if absent.
    #[serde(default)]
    pub limit: Option<Limit>,
    /// How many services to skip.
    #[serde(default)]
    pub offset: Option<u32>,
}

impl ListServices {
    /// The window asked for.
    pub fn page(&self) -> Page {
        Page::of(self.limit, self.offset, DEFAULT_LIMIT)
    }

    /// The range of the contract's start.
    pub fn dates(&self) -> DateRange {
        DateRange { from: self.date_from, to: self.date_to }
    }
}

/// What services can be sorted by.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum ServiceSort {
    /// The product's name.
    Name,
    /// When the contract began.
    StartDate,
    /// When the contract ends; contracts without an end last.
    EndDate,
}

impl SortField for ServiceSort {
    const NAMES: &'static [(&'static str, Self)] =
        &[("name", Self::Name), ("startDate", Self::StartDate), ("endDate", Self::EndDate)];
}

/// A window of a list without filters.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::IntoParams))]
#[cfg_attr(feature = "openapi", into_params(parameter_in = Query))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct WindowQuery {
    /// How many items, at most 1000; 10 if absent.
    #[serde(default)]
    pub limit: Option<Limit>,
    /// How many items to skip.
    #[serde(default)]
    pub offset: Option<u32>,
    /// The language, stronger than the context's.
    #[serde(default)]
    pub locale: Option<Locale>,
}

impl WindowQuery {
    /// The window asked for.
    pub fn page(&self) -> Page {
        Page::of(self.limit, self.offset, DEFAULT_LIMIT)
    }
}
