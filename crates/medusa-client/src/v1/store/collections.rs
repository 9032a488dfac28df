//! Product collections.

use http::Method;
use serde::Deserialize;

use super::StoreEndpoint;
use crate::endpoint::{Endpoint, Query, Repeat};
use crate::v1::types::{DateFilter, Metadata, Page};

/// A collection of products.
#[derive(Debug, Clone, PartialEq, Deserialize)]
pub struct Collection {
    /// The id, `pcol_…`.
    pub id: String,
    /// The name.
    pub title: Option<String>,
    /// The part of an address that names it.
    pub handle: Option<String>,
    /// Creation, RFC 3339.
    pub created_at: Option<String>,
    /// Last change, RFC 3339.
    pub updated_at: Option<String>,
    /// Free-form data.
    pub metadata: Option<Metadata>,
}

/// `GET /store/collections`: collections that match, newest first. Their products are found with
/// [`ListProducts`](super::products::ListProducts).
// Medusa: `fields` and `expand` are refused here.
#[derive(Debug, Clone, Copy, Default)]
pub struct ListCollections<'a> {
    /// Which part of the list; the default limit is 10.
    pub page: Page,
    /// Only those with one of these handles.
    pub handles: &'a [&'a str],
    /// When they were made.
    pub created_at: DateFilter,
    /// When they were changed last.
    pub updated_at: DateFilter,
}

/// A page of collections.
#[derive(Debug, Clone, PartialEq, Deserialize)]
pub struct CollectionList {
    /// The collections.
    pub collections: Vec<Collection>,
    /// How many match in all.
    pub count: u64,
    /// How many were skipped.
    pub offset: u64,
    /// How many there are at most in a page.
    pub limit: u64,
}

impl Endpoint for ListCollections<'_> {
    const METHOD: Method = Method::GET;
    const ROUTE: &'static str = "/store/collections";
    const REPEAT: Repeat = Repeat::Harmless;
    type Response = CollectionList;

    fn query(&self, query: &mut Query) {
        self.page.write(query);
        query.set_list("handle", self.handles);
        self.created_at.write("created_at", query);
        self.updated_at.write("updated_at", query);
    }
}

impl StoreEndpoint for ListCollections<'_> {}

/// `GET /store/collections/{id}`: one collection, 404 when it is unknown.
#[derive(Debug, Clone, Copy, Default)]
pub struct GetCollection<'a> {
    /// The collection's id.
    pub id: &'a str,
}

/// One collection.
#[derive(Debug, Clone, PartialEq, Deserialize)]
pub struct CollectionAnswer {
    /// The collection.
    pub collection: Collection,
}

impl Endpoint for GetCollection<'_> {
    const METHOD: Method = Method::GET;
    const ROUTE: &'static str = "/store/collections/{id}";
    const REPEAT: Repeat = Repeat::Harmless;
    type Response = CollectionAnswer;

    fn path_values(&self) -> Vec<&str> {
        vec![self.id]
    }
}

impl StoreEndpoint for GetCollection<'_> {}
