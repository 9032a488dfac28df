//! Products, with their variants and prices.

use http::Method;
use serde::Deserialize;

use super::StoreEndpoint;
use super::categories::Category;
use super::product_types::ProductType;
use super::variants::Variant;
use crate::amount::Amount;
use crate::endpoint::{Endpoint, Query, Repeat};
use crate::v2::types::{Metadata, Page, PriceContext, null_as_default};

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
    /// The state; the Store API shows published products only.
    pub status: Option<ProductStatus>,
    /// The address of the small image.
    pub thumbnail: Option<String>,
    /// Whether it is a gift card.
    pub is_giftcard: Option<bool>,
    /// Whether promotions apply to it.
    pub discountable: Option<bool>,
    /// The collection's id.
    pub collection_id: Option<String>,
    /// The type's id.
    pub type_id: Option<String>,
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
    /// The type.
    #[serde(rename = "type")]
    pub product_type: Option<ProductType>,
    /// The collection.
    pub collection: Option<Collection>,
    /// Tags.
    #[serde(default, deserialize_with = "null_as_default")]
    pub tags: Vec<Tag>,
    /// Categories. Without asking for them, reading one product answers entries without an id.
    #[serde(default, deserialize_with = "null_as_default")]
    pub categories: Vec<Category>,
    /// Images.
    #[serde(default, deserialize_with = "null_as_default")]
    pub images: Vec<Image>,
    /// Options such as size and colour.
    #[serde(default, deserialize_with = "null_as_default")]
    pub options: Vec<ProductOption>,
    /// Variants, in no particular order.
    #[serde(default, deserialize_with = "null_as_default")]
    pub variants: Vec<Variant>,
}

/// The state of a product.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ProductStatus {
    /// Not finished.
    Draft,
    /// Offered for publication.
    Proposed,
    /// For sale.
    Published,
    /// Turned down.
    Rejected,
    /// A state that this crate does not know.
    #[serde(untagged)]
    Unknown(String),
}

/// A collection of products.
#[derive(Debug, Clone, PartialEq, Deserialize)]
pub struct Collection {
    /// The id, `pcol_…`.
    pub id: String,
    /// The name.
    pub title: Option<String>,
    /// The part of an address that names it.
    pub handle: Option<String>,
}

/// A tag.
#[derive(Debug, Clone, PartialEq, Deserialize)]
pub struct Tag {
    /// The id, `ptag_…`.
    pub id: String,
    /// The text.
    pub value: Option<String>,
}

/// An image.
#[derive(Debug, Clone, PartialEq, Deserialize)]
pub struct Image {
    /// The id.
    pub id: Option<String>,
    /// Where it is.
    pub url: Option<String>,
    /// Its place among the images, counted from 0.
    pub rank: Option<i64>,
}

/// An option that variants differ by, such as size.
#[derive(Debug, Clone, PartialEq, Deserialize)]
pub struct ProductOption {
    /// The id, `opt_…`.
    pub id: String,
    /// The name.
    pub title: Option<String>,
    /// Whether it belongs to this product alone.
    pub is_exclusive: Option<bool>,
    /// The values there are.
    #[serde(default, deserialize_with = "null_as_default")]
    pub values: Vec<OptionValue>,
}

/// One value of an option, such as "S".
#[derive(Debug, Clone, PartialEq, Deserialize)]
pub struct OptionValue {
    /// The id, `optval_…`.
    pub id: String,
    /// The text.
    pub value: Option<String>,
}

/// The price of a variant for the context of the request.
#[derive(Debug, Clone, PartialEq, Deserialize)]
pub struct CalculatedPrice {
    /// Lower-case ISO 4217 currency.
    pub currency_code: Option<String>,
    /// The price that applies, in major units; with or without tax as the flag says.
    pub calculated_amount: Option<Amount>,
    /// With tax; needs a country in the context.
    pub calculated_amount_with_tax: Option<Amount>,
    /// Without tax; needs a country in the context.
    pub calculated_amount_without_tax: Option<Amount>,
    /// The price without price lists, in major units.
    pub original_amount: Option<Amount>,
    /// With tax; needs a country in the context.
    pub original_amount_with_tax: Option<Amount>,
    /// Without tax; needs a country in the context.
    pub original_amount_without_tax: Option<Amount>,
    /// Whether `calculated_amount` comes from a price list.
    pub is_calculated_price_price_list: Option<bool>,
    /// Whether `calculated_amount` includes tax.
    pub is_calculated_price_tax_inclusive: Option<bool>,
    /// Whether `original_amount` includes tax.
    pub is_original_price_tax_inclusive: Option<bool>,
    /// Where `calculated_amount` comes from.
    pub calculated_price: Option<PriceSource>,
}

/// Where a calculated price comes from.
#[derive(Debug, Clone, PartialEq, Deserialize)]
pub struct PriceSource {
    /// The id of the price.
    pub id: Option<String>,
    /// The price list, when there is one.
    pub price_list_id: Option<String>,
    /// The kind of price list, such as `sale` or `override`.
    pub price_list_type: Option<String>,
}

/// `GET /store/products`: products that match.
#[derive(Debug, Clone, Copy, Default)]
pub struct ListProducts<'a> {
    /// The fields to answer.
    pub fields: Option<&'a str>,
    /// Which part of the list. A total is answered with each page.
    pub page: Page<'a>,
    /// For whom prices are calculated.
    pub prices: PriceContext<'a>,
    /// Words to search for.
    pub q: Option<&'a str>,
    /// Only these products.
    pub ids: &'a [&'a str],
    /// Only the product with this handle.
    pub handle: Option<&'a str>,
    /// Only products of these categories.
    pub category_ids: &'a [&'a str],
    /// Only products of these collections.
    pub collection_ids: &'a [&'a str],
    /// Only products of these types.
    pub type_ids: &'a [&'a str],
    /// Only products with these tags.
    pub tag_ids: &'a [&'a str],
    /// Only products that have one of these variants; all their variants are listed all the same.
    pub variant_ids: &'a [&'a str],
    /// Only products that have a variant with one of these SKUs; all their variants are listed.
    pub variant_skus: &'a [&'a str],
}

/// A page of products.
#[derive(Debug, Clone, PartialEq, Deserialize)]
pub struct ProductList {
    /// The products.
    pub products: Vec<Product>,
    /// How many match in all.
    pub count: u64,
}

impl Endpoint for ListProducts<'_> {
    const METHOD: Method = Method::GET;
    const ROUTE: &'static str = "/store/products";
    const REPEAT: Repeat = Repeat::Harmless;
    type Response = ProductList;

    fn query(&self, query: &mut Query) {
        query.set_some("fields", self.fields);
        self.page.write(query);
        self.prices.write(query);
        query.set_some("q", self.q);
        query.set_list("id", self.ids);
        query.set_some("handle", self.handle);
        query.set_list("category_id", self.category_ids);
        query.set_list("collection_id", self.collection_ids);
        query.set_list("type_id", self.type_ids);
        query.set_list("tag_id", self.tag_ids);
        query.set_list("variants[id]", self.variant_ids);
        query.set_list("variants[sku]", self.variant_skus);
    }
}

impl StoreEndpoint for ListProducts<'_> {}

/// `GET /store/products/{id}`: one product, 404 when it is unknown or not for sale here.
#[derive(Debug, Clone, Copy, Default)]
pub struct GetProduct<'a> {
    /// The product's id; a handle is not taken here.
    pub id: &'a str,
    /// The fields to answer.
    pub fields: Option<&'a str>,
    /// For whom prices are calculated.
    pub prices: PriceContext<'a>,
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
        query.set_some("fields", self.fields);
        self.prices.write(query);
    }
}

impl StoreEndpoint for GetProduct<'_> {}
