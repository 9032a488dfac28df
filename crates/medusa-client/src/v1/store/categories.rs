//! Product categories. A shop without the feature `product_categories` answers these with 404.

use http::Method;
use serde::Deserialize;

use super::StoreEndpoint;
use super::products::Product;
use crate::endpoint::{Endpoint, Query, Repeat};
use crate::v1::types::{Metadata, Page, Selection, null_as_default};

/// A category of products.
#[derive(Debug, Clone, PartialEq, Deserialize)]
pub struct Category {
    /// The id, `pcat_…`.
    pub id: String,
    /// The name.
    pub name: Option<String>,
    /// The part of an address that names it.
    pub handle: Option<String>,
    /// The description.
    pub description: Option<String>,
    /// Its place among its siblings.
    pub rank: Option<i64>,
    /// The id of the category above; `None` for the topmost.
    pub parent_category_id: Option<String>,
    /// The category above.
    pub parent_category: Option<Box<Category>>,
    /// The categories below.
    #[serde(default, deserialize_with = "null_as_default")]
    pub category_children: Vec<Category>,
    /// The products; there when asked for.
    #[serde(default, deserialize_with = "null_as_default")]
    pub products: Vec<Product>,
    /// Creation, RFC 3339.
    pub created_at: Option<String>,
    /// Last change, RFC 3339.
    pub updated_at: Option<String>,
    /// Free-form data.
    pub metadata: Option<Metadata>,
}

/// Which categories to answer by the one above.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ParentCategory<'a> {
    /// The topmost ones.
    None,
    /// Those directly below this one.
    Id(&'a str),
}

/// `GET /store/product-categories`: active, public categories that match, by their rank.
#[derive(Debug, Clone, Copy, Default)]
pub struct ListCategories<'a> {
    /// What to answer. `expand` may name `parent_category`, `category_children` (both are the default) and `products`.
    // Medusa: with any relation, and without both `rank` and `handle` among the fields, it answers 500.
    pub select: Selection<'a>,
    /// Which part of the list; the default limit is 100.
    pub page: Page,
    /// Words to search for: in name and handle.
    pub q: Option<&'a str>,
    /// Only the category with this handle.
    pub handle: Option<&'a str>,
    /// Only those below this one.
    pub parent_category: Option<ParentCategory<'a>>,
    /// Whether children come with their children, and so on.
    pub include_descendants_tree: Option<bool>,
}

/// A page of categories.
#[derive(Debug, Clone, PartialEq, Deserialize)]
pub struct CategoryList {
    /// The categories.
    pub product_categories: Vec<Category>,
    /// How many match in all.
    pub count: u64,
    /// How many were skipped.
    pub offset: u64,
    /// How many there are at most in a page.
    pub limit: u64,
}

impl Endpoint for ListCategories<'_> {
    const METHOD: Method = Method::GET;
    const ROUTE: &'static str = "/store/product-categories";
    const REPEAT: Repeat = Repeat::Harmless;
    type Response = CategoryList;

    fn query(&self, query: &mut Query) {
        self.select.write(query);
        self.page.write(query);
        query.set_some("q", self.q);
        query.set_some("handle", self.handle);
        match self.parent_category {
            None => {}
            Some(ParentCategory::None) => query.set("parent_category_id", "null"),
            Some(ParentCategory::Id(id)) => query.set("parent_category_id", id),
        }
        query.set_bool("include_descendants_tree", self.include_descendants_tree);
    }
}

impl StoreEndpoint for ListCategories<'_> {}

/// `GET /store/product-categories/{id}`: one category with all that is below it; 404 when it is unknown, not active or
/// not public.
#[derive(Debug, Clone, Copy, Default)]
pub struct GetCategory<'a> {
    /// The category's id.
    pub id: &'a str,
    /// What to answer, as in [`ListCategories`].
    pub select: Selection<'a>,
}

/// One category.
#[derive(Debug, Clone, PartialEq, Deserialize)]
pub struct CategoryAnswer {
    /// The category.
    pub product_category: Category,
}

impl Endpoint for GetCategory<'_> {
    const METHOD: Method = Method::GET;
    const ROUTE: &'static str = "/store/product-categories/{id}";
    const REPEAT: Repeat = Repeat::Harmless;
    type Response = CategoryAnswer;

    fn path_values(&self) -> Vec<&str> {
        vec![self.id]
    }

    fn query(&self, query: &mut Query) {
        self.select.write(query);
    }
}

impl StoreEndpoint for GetCategory<'_> {}
