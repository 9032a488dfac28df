//! Product tags.

use http::Method;
use serde::Deserialize;

use super::StoreEndpoint;
use crate::endpoint::{Endpoint, Query, Repeat};
use crate::v1::types::{DateFilter, Metadata, Page};

/// A tag.
#[derive(Debug, Clone, PartialEq, Deserialize)]
pub struct ProductTag {
    /// The id, `ptag_…`.
    pub id: String,
    /// The text.
    pub value: Option<String>,
    /// Creation, RFC 3339.
    pub created_at: Option<String>,
    /// Last change, RFC 3339.
    pub updated_at: Option<String>,
    /// Free-form data; with a product only.
    pub metadata: Option<Metadata>,
}

/// `GET /store/product-tags`: tags that match, newest first unless another order is asked for.
#[derive(Debug, Clone, Copy, Default)]
pub struct ListProductTags<'a> {
    /// Which part of the list; the default limit is 20.
    pub page: Page,
    /// One field to sort by, with `-` in front for descending: `id`, `value`, `created_at` or `updated_at`.
    pub order: Option<&'a str>,
    /// Words to search for.
    pub q: Option<&'a str>,
    /// Only these tags.
    pub ids: &'a [&'a str],
    /// Only those with exactly these texts.
    pub values: &'a [&'a str],
    /// Only those that this condition of a discount names.
    pub discount_condition_id: Option<&'a str>,
    /// When they were made.
    pub created_at: DateFilter,
    /// When they were changed last.
    pub updated_at: DateFilter,
}

/// A page of tags.
#[derive(Debug, Clone, PartialEq, Deserialize)]
pub struct ProductTagList {
    /// The tags.
    pub product_tags: Vec<ProductTag>,
    /// How many match in all.
    pub count: u64,
    /// How many were skipped.
    pub offset: u64,
    /// How many there are at most in a page.
    pub limit: u64,
}

impl Endpoint for ListProductTags<'_> {
    const METHOD: Method = Method::GET;
    const ROUTE: &'static str = "/store/product-tags";
    const REPEAT: Repeat = Repeat::Harmless;
    type Response = ProductTagList;

    fn query(&self, query: &mut Query) {
        self.page.write(query);
        query.set_some("order", self.order);
        query.set_some("q", self.q);
        query.set_list("id", self.ids);
        query.set_list("value", self.values);
        query.set_some("discount_condition_id", self.discount_condition_id);
        self.created_at.write("created_at", query);
        self.updated_at.write("updated_at", query);
    }
}

impl StoreEndpoint for ListProductTags<'_> {}
