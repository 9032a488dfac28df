//! Product categories.

use http::Method;
use serde::Deserialize;

use super::StoreEndpoint;
use crate::endpoint::{Endpoint, Query, Repeat};
use crate::v2::types::{Metadata, Page};

/// A category of products.
#[derive(Debug, Clone, PartialEq, Deserialize)]
pub struct Category {
    /// The id, `pcat_…`.
    // Medusa: a product read without its categories answers them as `{"is_internal": false}`.
    pub id: Option<String>,
    /// The name.
    pub name: Option<String>,
    /// The part of an address that names it.
    pub handle: Option<String>,
    /// The description.
    pub description: Option<String>,
    /// Its place among its siblings.
    pub rank: Option<i64>,
    /// The category above.
    pub parent_category_id: Option<String>,
    /// Free-form data.
    pub metadata: Option<Metadata>,
}

/// `GET /store/product-categories`: active, public categories that match.
#[derive(Debug, Clone, Copy, Default)]
pub struct ListCategories<'a> {
    /// The fields to answer; the default adds parents and children.
    pub fields: Option<&'a str>,
    /// Which part of the list.
    pub page: Page<'a>,
    /// Words to search for.
    pub q: Option<&'a str>,
    /// Only these categories.
    pub ids: &'a [&'a str],
    /// Only the category with this handle.
    pub handle: Option<&'a str>,
    /// Only categories with exactly this name.
    pub name: Option<&'a str>,
    /// Only categories directly below these.
    pub parent_category_ids: &'a [&'a str],
}

/// A page of categories.
#[derive(Debug, Clone, PartialEq, Deserialize)]
pub struct CategoryList {
    /// The categories.
    pub product_categories: Vec<Category>,
    /// How many match in all.
    pub count: u64,
}

impl Endpoint for ListCategories<'_> {
    const METHOD: Method = Method::GET;
    const ROUTE: &'static str = "/store/product-categories";
    const REPEAT: Repeat = Repeat::Harmless;
    type Response = CategoryList;

    fn query(&self, query: &mut Query) {
        query.set_some("fields", self.fields);
        self.page.write(query);
        query.set_some("q", self.q);
        query.set_list("id", self.ids);
        query.set_some("handle", self.handle);
        query.set_some("name", self.name);
        query.set_list("parent_category_id", self.parent_category_ids);
    }
}

impl StoreEndpoint for ListCategories<'_> {}
