//! Relations between products, which Medusa's assets-and-services plugin keeps. Without the plugin the route is a 404.

use http::Method;
use serde::Deserialize;

use super::StoreEndpoint;
use super::products::Product;
use crate::endpoint::{Endpoint, Query, Repeat};
use crate::v2::types::Page;

/// A relation from one variant to another.
#[derive(Debug, Clone, PartialEq, Deserialize)]
pub struct Reference {
    /// The id; it has no prefix.
    pub id: String,
    /// The variant that it goes out from.
    pub source_product_variant_id: Option<String>,
    /// The variant that it leads to, which may be gone.
    pub target_product_variant_id: Option<String>,
    /// What the target is to the source.
    pub reference_type: Option<ReferenceType>,
    /// The variant that it leads to. Without an id where that variant is gone. Products that are not for sale are told
    /// as well, also by the Store API.
    #[serde(rename = "targetProduct")]
    pub target: Option<ReferenceTarget>,
}

/// The variant that a relation leads to.
#[derive(Debug, Clone, PartialEq, Deserialize)]
pub struct ReferenceTarget {
    /// The variant's id.
    pub id: Option<String>,
    /// The variant's name.
    pub title: Option<String>,
    /// Stock keeping unit.
    pub sku: Option<String>,
    /// European article number.
    pub ean: Option<String>,
    /// Its product's id.
    pub product_id: Option<String>,
    /// Its product: id, title, thumbnail and description.
    pub product: Option<Box<Product>>,
}

/// How two products relate.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum ReferenceType {
    /// A part that replaces a worn one.
    SparePart,
    /// A product that takes its place.
    Replacement,
    /// A service for it.
    CompatibleService,
    /// Something that goes with it.
    Accessory,
    /// A tool for it.
    Tool,
    /// A relation that this crate does not know.
    #[serde(untagged)]
    Unknown(String),
}

impl ReferenceType {
    /// The plugin's word for it.
    pub fn as_str(&self) -> &str {
        match self {
            Self::SparePart => "SPARE_PART",
            Self::Replacement => "REPLACEMENT",
            Self::CompatibleService => "COMPATIBLE_SERVICE",
            Self::Accessory => "ACCESSORY",
            Self::Tool => "TOOL",
            Self::Unknown(word) => word,
        }
    }
}

/// A page of relations.
#[derive(Debug, Clone, PartialEq, Deserialize)]
pub struct ReferenceList {
    /// The relations, oldest first.
    #[serde(rename = "productReferences")]
    pub references: Vec<Reference>,
    /// How many match in all.
    pub count: u64,
}

/// `GET /store/products/{product_id}/variants/{variant_id}/references`: what a variant relates to. An unknown variant
/// has no relations.
// Medusa: the product's id in the path is not looked at, and `order` in the query is ignored.
#[derive(Debug, Clone, Copy)]
pub struct ListReferences<'a> {
    /// The product's id.
    pub product_id: &'a str,
    /// The variant that the relations go out from.
    pub variant_id: &'a str,
    /// Only relations of this kind.
    pub reference_type: Option<&'a ReferenceType>,
    /// Which part of the list; 10 if not said, without an upper bound.
    pub page: Page<'a>,
}

impl ListReferences<'_> {
    pub(crate) fn write_query(&self, query: &mut Query) {
        query.set_some("referenceType", self.reference_type.map(ReferenceType::as_str));
        self.page.write(query);
    }
}

impl Endpoint for ListReferences<'_> {
    const METHOD: Method = Method::GET;
    const ROUTE: &'static str = "/store/products/{product_id}/variants/{variant_id}/references";
    const REPEAT: Repeat = Repeat::Harmless;
    type Response = ReferenceList;

    fn path_values(&self) -> Vec<&str> {
        vec![self.product_id, self.variant_id]
    }

    fn query(&self, query: &mut Query) {
        self.write_query(query);
    }
}

impl StoreEndpoint for ListReferences<'_> {}
