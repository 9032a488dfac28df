use serde::Deserialize;

use super::{ProductReferenceType, ProductType};
use crate::ids::{ProductId, VariantId};
use crate::paging::{DEFAULT_LIMIT, Limit, MAX_LIMIT, Page};
use crate::sort::{Sort, SortField};
use crate::text::{BasePath, Locale};

/// Which products to list.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::IntoParams))]
#[cfg_attr(feature = "openapi", into_params(parameter_in = Query))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct ListProducts {
    /// Only products that are shipped, or only those that are not.
    #[serde(rename = "type", default)]
    pub kind: Option<ProductType>,
    /// Only products of this category: its name, handle or id.
    #[serde(default)]
    pub category: Option<String>,
    /// Only products of this collection: its name, handle or id.
    #[serde(default)]
    pub collection: Option<String>,
    /// The order of the list: `name`, `createdAt` or `updatedAt` (`price` where the integration can), with `_ASC` or
    /// `_DESC`.
    #[serde(default)]
    #[cfg_attr(feature = "openapi", param(value_type = Option<String>, example = "name_ASC"))]
    pub sort: Option<Sort<ProductSort>>,
    /// The language, stronger than the context's.
    #[serde(default)]
    pub locale: Option<Locale>,
    /// What the links of the products start with.
    #[serde(default)]
    pub base_path: Option<BasePath>,
    /// How many products, at most 1000; 12 if absent.
    #[serde(default)]
    pub limit: Option<Limit>,
    /// How many products to skip.
    #[serde(default)]
    pub offset: Option<u32>,
}

impl ListProducts {
    /// The window asked for; 12 products long where the request does not say.
    pub fn page(&self) -> Page {
        Page::of(self.limit, self.offset, 12)
    }
}

/// What products can be sorted by.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum ProductSort {
    /// The name.
    Name,
    /// The price of one piece.
    Price,
    /// When the product was made.
    CreatedAt,
    /// When the product was last changed.
    UpdatedAt,
}

impl SortField for ProductSort {
    const NAMES: &'static [(&'static str, Self)] =
        &[("name", Self::Name), ("price", Self::Price), ("createdAt", Self::CreatedAt), ("updatedAt", Self::UpdatedAt)];
}

/// How to show one product.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::IntoParams))]
#[cfg_attr(feature = "openapi", into_params(parameter_in = Query))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct GetProduct {
    /// The variant to show, by id or by slug; the first one if absent. An unknown one is 404 `product.variant_not_found`.
    #[serde(default)]
    pub variant_id: Option<VariantId>,
    /// The language, stronger than the context's.
    #[serde(default)]
    pub locale: Option<Locale>,
    /// What the links start with.
    #[serde(default)]
    pub base_path: Option<BasePath>,
    /// The order of the option groups, and their titles; groups that are not named follow in the shop's order.
    #[serde(skip)]
    pub variant_option_groups: Vec<OptionGroupLabel>,
}

/// Gives an option group a title of the front end's own.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct OptionGroupLabel {
    /// The title of the group in the shop.
    #[serde(rename = "medusaTitle")]
    pub title: String,
    /// The title to show.
    pub label: String,
}

/// Which related products to list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ListRelatedProducts {
    /// The product.
    pub id: ProductId,
    /// The variant of the product.
    pub variant_id: VariantId,
    /// Only products that relate in this way.
    pub kind: Option<ProductReferenceType>,
    /// The order of the list, as in the list of products.
    pub sort: Option<Sort<ProductSort>>,
    /// The language, stronger than the context's.
    pub locale: Option<Locale>,
    /// What the links of the products start with.
    pub base_path: Option<BasePath>,
    /// How many products, at most 1000; 10 if absent.
    pub limit: Option<Limit>,
    /// How many products to skip.
    pub offset: Option<u32>,
}

impl ListRelatedProducts {
    /// All that relates to a variant, first page.
    pub fn of(id: ProductId, variant_id: VariantId) -> Self {
        Self { id, variant_id, kind: None, sort: None, locale: None, base_path: None, limit: None, offset: None }
    }

    /// The window asked for.
    pub fn page(&self) -> Page {
        Page::of(self.limit, self.offset, DEFAULT_LIMIT)
    }
}

/// Which part of the shop's categories to list.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::IntoParams))]
#[cfg_attr(feature = "openapi", into_params(parameter_in = Query))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct ListCategories {
    /// The language, stronger than the context's.
    #[serde(default)]
    pub locale: Option<Locale>,
    /// How many categories, at most 1000; all if absent.
    #[serde(default)]
    pub limit: Option<Limit>,
    /// How many categories to skip.
    #[serde(default)]
    pub offset: Option<u32>,
}

impl ListCategories {
    /// The window asked for.
    pub fn page(&self) -> Page {
        Page::of(self.limit, self.offset, MAX_LIMIT)
    }
}

/// Which part of the shop's collections to list.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::IntoParams))]
#[cfg_attr(feature = "openapi", into_params(parameter_in = Query))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct ListCollections {
    /// The language, stronger than the context's.
    #[serde(default)]
    pub locale: Option<Locale>,
    /// How many collections, at most 1000; all if absent.
    #[serde(default)]
    pub limit: Option<Limit>,
    /// How many collections to skip.
    #[serde(default)]
    pub offset: Option<u32>,
}

impl ListCollections {
    /// The window asked for.
    pub fn page(&self) -> Page {
        Page::of(self.limit, self.offset, MAX_LIMIT)
    }
}
