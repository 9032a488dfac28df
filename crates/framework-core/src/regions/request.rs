use serde::Deserialize;

use crate::paging::{Limit, MAX_LIMIT, Page};
use crate::text::Locale;

/// Which part of the shop's regions to list.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::IntoParams))]
#[cfg_attr(feature = "openapi", into_params(parameter_in = Query))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct ListRegions {
    /// The language, stronger than the context's.
    #[serde(default)]
    pub locale: Option<Locale>,
    /// How many regions, at most 1000; all if absent.
    #[serde(default)]
    pub limit: Option<Limit>,
    /// How many regions to skip.
    #[serde(default)]
    pub offset: Option<u32>,
}

impl ListRegions {
    /// The window asked for.
    pub fn page(&self) -> Page {
        Page::of(self.limit, self.offset, MAX_LIMIT)
    }
}
