//! Product types.

use http::Method;
use serde::Deserialize;

use super::StoreEndpoint;
use crate::endpoint::{Endpoint, Query, Repeat};
use crate::v2::types::Page;

/// A type of products, such as "PHYSICAL".
#[derive(Debug, Clone, PartialEq, Deserialize)]
pub struct ProductType {
    /// The id, `ptyp_…`.
    pub id: String,
    /// The name.
    pub value: Option<String>,
}

/// `GET /store/product-types`: types that match.
#[derive(Debug, Clone, Copy, Default)]
pub struct ListProductTypes<'a> {
    /// The fields to answer. The default answers all products of each type with it.
    pub fields: Option<&'a str>,
    /// Which part of the list.
    pub page: Page<'a>,
    /// Only types with exactly these names.
    pub values: &'a [&'a str],
}

/// A page of types.
#[derive(Debug, Clone, PartialEq, Deserialize)]
pub struct ProductTypeList {
    /// The types.
    pub product_types: Vec<ProductType>,
    /// How many match in all.
    pub count: u64,
}

impl Endpoint for ListProductTypes<'_> {
    const METHOD: Method = Method::GET;
    const ROUTE: &'static str = "/store/product-types";
    const REPEAT: Repeat = Repeat::Harmless;
    type Response = ProductTypeList;

    fn query(&self, query: &mut Query) {
        query.set_some("fields", self.fields);
        self.page.write(query);
        query.set_list("value", self.values);
    }
}

impl StoreEndpoint for ListProductTypes<'_> {}
