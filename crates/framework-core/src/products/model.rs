use std::collections::BTreeMap;

use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use crate::ids::{CategoryId, CollectionId, ProductId, VariantId};
use crate::media::Media;
use crate::money::{Price, serialize_decimal};

/// A product, seen through one of its variants (the first, or the one asked for).
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct Product {
    /// The product's id.
    pub id: ProductId,
    /// The variant's stock keeping unit; the variant's id where the backend has no SKU for it.
    pub sku: String,
    /// The variant that `sku`, `price` and `attributes` are of.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub variant_id: Option<VariantId>,
    /// The name.
    pub name: String,
    /// The description: plain text, HTML or Markdown, as the shop keeps it.
    pub description: String,
    /// One or two sentences.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub short_description: Option<String>,
    /// A line under the name.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub subtitle: Option<String>,
    /// Where the product is.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub location: Option<String>,
    /// The main picture.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub image: Option<Media>,
    /// All pictures.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub images: Option<Vec<Media>>,
    /// The price of one piece in the region of the request; absent where the shop has none there.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub price: Option<Price>,
    /// The path of the product's page.
    pub link: String,
    /// Whether it is shipped.
    #[serde(rename = "type")]
    pub kind: ProductType,
    /// The category, as the shop names it; empty where there is none.
    pub category: String,
    /// Labels.
    pub tags: Vec<Tag>,
    /// Technical data by the backend's own names, such as `weight`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub attributes: Option<BTreeMap<String, AttributeValue>>,
    /// What can be chosen, such as size and colour.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub option_groups: Option<Vec<OptionGroup>>,
    /// All variants, where there is more than one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub variants: Option<Vec<ProductVariantOption>>,
}

/// Whether a product is shipped.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "UPPERCASE")]
pub enum ProductType {
    /// Shipped.
    Physical,
    /// Not shipped: a service, a licence, a warranty.
    Virtual,
}

/// A label of a product.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Tag {
    /// The text.
    pub label: String,
    /// The look: `default`, `secondary`, `destructive` or `outline`.
    pub variant: String,
}

/// A technical datum: a text or a number.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(untagged)]
pub enum AttributeValue {
    /// A text.
    Text(String),
    /// A number.
    Number(#[serde(serialize_with = "serialize_decimal")] Decimal),
}

/// Something to choose, with its choices.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct OptionGroup {
    /// The key of the group in the `options` of each of a product's `variants`.
    pub id: String,
    /// What is chosen, such as `Size`.
    pub title: String,
    /// The choices, in the shop's order.
    pub values: Vec<String>,
}

/// A variant, as far as choosing one needs it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct ProductVariantOption {
    /// The variant's id.
    pub id: VariantId,
    /// The variant's title, such as `S / Black`.
    pub title: String,
    /// The variant's name in URLs.
    pub slug: String,
    /// The path of the variant's page.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub link: Option<String>,
    /// The choice in each option group.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub options: Option<BTreeMap<String, String>>,
    /// Whether it can be bought now.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub in_stock: Option<bool>,
}

/// How a related product relates.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum ProductReferenceType {
    /// A part that replaces a worn one.
    SparePart,
    /// A product that takes its place.
    Replacement,
    /// A service for it.
    CompatibleService,
    /// Something that goes with it.
    Accessory,
    /// A tool to use or to mend it with.
    Tool,
}

/// A category of the catalogue.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct Category {
    /// The category's id.
    pub id: CategoryId,
    /// The name.
    pub name: String,
    /// The name in URLs.
    pub handle: String,
    /// What is in it, in words.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
    /// The category that this one is a part of.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub parent_id: Option<CategoryId>,
}

/// Products that the shop shows together.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Collection {
    /// The collection's id.
    pub id: CollectionId,
    /// The name.
    pub name: String,
    /// The name in URLs.
    pub handle: String,
}
