//! Products, with their variants and prices.

use bytes::Bytes;
use http::Method;
use serde::{Deserialize, Serialize};

use super::StoreEndpoint;
use super::categories::Category;
use super::collections::Collection;
use super::product_tags::ProductTag;
use super::product_types::ProductType;
use super::shipping_options::ShippingProfile;
use super::variants::{OptionValue, Variant};
use crate::amount::Amount;
use crate::endpoint::{Endpoint, Query, Repeat, json_body};
use crate::v1::types::{DateFilter, Metadata, Page, PriceContext, Selection, null_as_default};

/// A product.
#[derive(Debug, Clone, PartialEq, Deserialize)]
pub struct Product {
    /// The id, `prod_…`.
    pub id: String,
    /// The name.
    pub title: Option<String>,
    /// A second title.
    pub subtitle: Option<String>,
    /// The description.
    pub description: Option<String>,
    /// The part of an address that names the product; unique in the shop.
    pub handle: Option<String>,
    /// The state. Lists have published products only; by its id any product is answered.
    pub status: Option<ProductStatus>,
    /// The address of the small image.
    pub thumbnail: Option<String>,
    /// Images.
    #[serde(default, deserialize_with = "null_as_default")]
    pub images: Vec<Image>,
    /// Whether it is a gift card.
    pub is_giftcard: Option<bool>,
    /// Whether discounts apply to it.
    pub discountable: Option<bool>,
    /// The options that its variants differ by.
    #[serde(default, deserialize_with = "null_as_default")]
    pub options: Vec<ProductOption>,
    /// What is sold.
    #[serde(default, deserialize_with = "null_as_default")]
    pub variants: Vec<Variant>,
    /// The collection's id.
    pub collection_id: Option<String>,
    /// The collection.
    pub collection: Option<Collection>,
    /// The type's id.
    pub type_id: Option<String>,
    /// The type.
    #[serde(rename = "type")]
    pub product_type: Option<ProductType>,
    /// Tags.
    #[serde(default, deserialize_with = "null_as_default")]
    pub tags: Vec<ProductTag>,
    /// Categories; there when asked for, where the shop has the feature `product_categories`.
    #[serde(default, deserialize_with = "null_as_default")]
    pub categories: Vec<Category>,
    /// Where it is sold; there when asked for.
    #[serde(default, deserialize_with = "null_as_default")]
    pub sales_channels: Vec<SalesChannel>,
    /// The id of the kind of goods that it is, by which it is shipped.
    pub profile_id: Option<String>,
    /// The kinds of goods that it is.
    #[serde(default, deserialize_with = "null_as_default")]
    pub profiles: Vec<ShippingProfile>,
    /// The shop's own reference.
    pub external_id: Option<String>,
    /// Weight, in the shop's unit (Medusa knows none).
    pub weight: Option<Amount>,
    /// Length, in the shop's unit.
    pub length: Option<Amount>,
    /// Height, in the shop's unit.
    pub height: Option<Amount>,
    /// Width, in the shop's unit.
    pub width: Option<Amount>,
    /// Customs tariff number.
    pub hs_code: Option<String>,
    /// Manufacturer's code for customs.
    pub mid_code: Option<String>,
    /// Country of origin, lower-case ISO 3166.
    pub origin_country: Option<String>,
    /// Material.
    pub material: Option<String>,
    /// Creation, RFC 3339.
    pub created_at: Option<String>,
    /// Last change, RFC 3339.
    pub updated_at: Option<String>,
    /// Free-form data.
    pub metadata: Option<Metadata>,
}

/// The state of a product.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ProductStatus {
    /// Not shown.
    Draft,
    /// Proposed to be shown.
    Proposed,
    /// Shown.
    Published,
    /// Not to be shown.
    Rejected,
    /// A state that this crate does not know.
    #[serde(untagged)]
    Unknown(String),
}

/// An image.
#[derive(Debug, Clone, PartialEq, Deserialize)]
pub struct Image {
    /// The id.
    pub id: Option<String>,
    /// Where it is.
    pub url: Option<String>,
    /// Free-form data.
    pub metadata: Option<Metadata>,
}

/// An option that variants differ by, such as size.
#[derive(Debug, Clone, PartialEq, Deserialize)]
pub struct ProductOption {
    /// The id, `opt_…`.
    pub id: String,
    /// The name.
    pub title: Option<String>,
    /// The product's id.
    pub product_id: Option<String>,
    /// The values there are, one for each variant.
    #[serde(default, deserialize_with = "null_as_default")]
    pub values: Vec<OptionValue>,
    /// Free-form data.
    pub metadata: Option<Metadata>,
}

/// Where products are sold.
#[derive(Debug, Clone, PartialEq, Deserialize)]
pub struct SalesChannel {
    /// The id, `sc_…`.
    pub id: String,
    /// The name.
    pub name: Option<String>,
    /// The description.
    pub description: Option<String>,
    /// Whether it was turned off.
    pub is_disabled: Option<bool>,
    /// Free-form data.
    pub metadata: Option<Metadata>,
}

/// `GET /store/products`: published products that match, newest first unless another order is asked for.
#[derive(Debug, Clone, Copy, Default)]
pub struct ListProducts<'a> {
    /// What to answer. `expand` may name what is the default (`variants`, `variants.prices`, `variants.options`,
    /// `options`, `options.values`, `images`, `tags`, `collection`, `type`, `profiles`), `categories` and
    /// `sales_channels`. Prices are calculated when both `variants` and `variants.prices` are there.
    pub select: Selection<'a>,
    /// Which part of the list; the default limit is 100.
    pub page: Page,
    /// One field to sort by, with `-` in front for descending; another than a field of the product is a 400.
    pub order: Option<&'a str>,
    /// For whom prices are calculated.
    pub prices: PriceContext<'a>,
    /// Words to search for: in title and description, in the title and SKU of variants, in the collection's title.
    pub q: Option<&'a str>,
    /// Only these products.
    pub ids: &'a [&'a str],
    /// Only those of these sales channels; one that the publishable key does not have is a 400.
    pub sales_channel_ids: &'a [&'a str],
    /// Only those of these collections.
    pub collection_ids: &'a [&'a str],
    /// Only those of these types.
    pub type_ids: &'a [&'a str],
    /// Only those with these tags.
    pub tag_ids: &'a [&'a str],
    /// Only those of these categories.
    pub category_ids: &'a [&'a str],
    /// Whether those of the categories below count as well.
    pub include_category_children: Option<bool>,
    /// Only those with exactly this name.
    pub title: Option<&'a str>,
    /// Only those with exactly this description.
    pub description: Option<&'a str>,
    /// Only the product with this handle.
    pub handle: Option<&'a str>,
    /// Only gift cards, or only what is none.
    pub is_giftcard: Option<bool>,
    /// When they were made.
    pub created_at: DateFilter,
    /// When they were changed last.
    pub updated_at: DateFilter,
}

/// A page of products.
#[derive(Debug, Clone, PartialEq, Deserialize)]
pub struct ProductList {
    /// The products.
    pub products: Vec<Product>,
    /// How many match in all.
    // Medusa: without any relation (`expand` empty) and without `q` it is the size of this page. The cheapest way to
    // have both is `expand: Some("collection")`.
    pub count: u64,
    /// How many were skipped.
    pub offset: u64,
    /// How many there are at most in a page.
    pub limit: u64,
}

impl Endpoint for ListProducts<'_> {
    const METHOD: Method = Method::GET;
    const ROUTE: &'static str = "/store/products";
    const REPEAT: Repeat = Repeat::Harmless;
    type Response = ProductList;

    fn query(&self, query: &mut Query) {
        self.select.write(query);
        self.page.write(query);
        query.set_some("order", self.order);
        self.prices.write(query);
        query.set_some("q", self.q);
        query.set_list("id", self.ids);
        query.set_list("sales_channel_id", self.sales_channel_ids);
        query.set_list("collection_id", self.collection_ids);
        query.set_list("type_id", self.type_ids);
        query.set_list("tags", self.tag_ids);
        query.set_list("category_id", self.category_ids);
        query.set_bool("include_category_children", self.include_category_children);
        query.set_some("title", self.title);
        query.set_some("description", self.description);
        query.set_some("handle", self.handle);
        query.set_bool("is_giftcard", self.is_giftcard);
        self.created_at.write("created_at", query);
        self.updated_at.write("updated_at", query);
    }
}

impl StoreEndpoint for ListProducts<'_> {}

/// `GET /store/products/{id}`: one product, whatever its status; 404 when it is unknown, 400 when the publishable key
/// does not sell it.
#[derive(Debug, Clone, Copy, Default)]
pub struct GetProduct<'a> {
    /// The product's id.
    pub id: &'a str,
    /// What to answer, as in [`ListProducts`].
    pub select: Selection<'a>,
    /// For whom prices are calculated.
    pub prices: PriceContext<'a>,
    /// Whose stock is counted.
    pub sales_channel_id: Option<&'a str>,
}

/// One product.
#[derive(Debug, Clone, PartialEq, Deserialize)]
pub struct ProductAnswer {
    /// The product.
    pub product: Product,
}

impl Endpoint for GetProduct<'_> {
    const METHOD: Method = Method::GET;
    const ROUTE: &'static str = "/store/products/{id}";
    const REPEAT: Repeat = Repeat::Harmless;
    type Response = ProductAnswer;

    fn path_values(&self) -> Vec<&str> {
        vec![self.id]
    }

    fn query(&self, query: &mut Query) {
        self.select.write(query);
        self.prices.write(query);
        query.set_some("sales_channel_id", self.sales_channel_id);
    }
}

impl StoreEndpoint for GetProduct<'_> {}

/// What to search for.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct ProductSearch {
    /// Words.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub q: Option<String>,
    /// Skip this many hits.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub offset: Option<u32>,
    /// At most this many hits.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub limit: Option<u32>,
    /// A filter in the words of the shop's search plugin.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub filter: Option<serde_json::Value>,
}

/// `POST /store/products/search`: searches with the shop's search plugin. Without one there are no hits; see
/// [`ListProducts::q`].
// Medusa: with a publishable key the server takes `search` for the id of a product, and answers 404.
#[derive(Debug, Clone, Default)]
pub struct SearchProducts {
    /// What to search for.
    pub body: ProductSearch,
}

/// What a search found.
#[derive(Debug, Clone, PartialEq, Deserialize)]
pub struct SearchAnswer {
    /// The hits, in the shape of the search plugin.
    #[serde(default, deserialize_with = "null_as_default")]
    pub hits: Vec<serde_json::Value>,
}

impl Endpoint for SearchProducts {
    const METHOD: Method = Method::POST;
    const ROUTE: &'static str = "/store/products/search";
    // It reads.
    const REPEAT: Repeat = Repeat::Harmless;
    type Response = SearchAnswer;

    fn body(&self) -> Result<Option<Bytes>, serde_json::Error> {
        json_body(&self.body)
    }
}

impl StoreEndpoint for SearchProducts {}
