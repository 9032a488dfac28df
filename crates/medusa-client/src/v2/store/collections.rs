//! Collections of products.

use http::Method;
use serde::Deserialize;

use super::StoreEndpoint;
use crate::endpoint::{Endpoint, Query, Repeat};
use crate::v2::types::{Metadata, Page};

/// Products that the shop shows together.
#[derive(Debug, Clone, PartialEq, Deserialize)]
pub struct Collection {
    /// The id, `pcol_…`.
    pub id: String,
    /// The name.
    pub title: Option<String>,
    /// The part of an address that names it.
    pub handle: Option<String>,
    /// Free-form data.
    pub metadata: Option<Metadata>,
}

/// `GET /store/collections`: collections that match.
#[derive(Debug, Clone, Copy, Default)]
pub struct ListCollections<'a> {
    /// The fields to answer.
    pub fields: Option<&'a str>,
    /// Which part of the list; 10 if not said, the newest first.
    pub page: Page<'a>,
    /// Words to search for.
    pub q: Option<&'a str>,
    /// Only these collections.
    pub ids: &'a [&'a str],
    /// Only the collection with this handle.
    pub handle: Option<&'a str>,
}

/// A page of collections.
#[derive(Debug, Clone, PartialEq, Deserialize)]
pub struct CollectionList {
    /// The collections.
    pub collections: Vec<Collection>,
    /// How many match in all.
    pub count: u64,
}

impl Endpoint for ListCollections<'_> {
    const METHOD: Method = Method::GET;
    const ROUTE: &'static str = "/store/collections";
    const REPEAT: Repeat = Repeat::Harmless;
    type Response = CollectionList;

    fn query(&self, query: &mut Query) {
        query.set_some("fields", self.fields);
        self.page.write(query);
        query.set_some("q", self.q);
        query.set_list("id", self.ids);
        query.set_some("handle", self.handle);
    }
}

impl StoreEndpoint for ListCollections<'_> {}
