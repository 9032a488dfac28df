//! Variants: what is actually sold.

use http::Method;
use serde::Deserialize;

use super::StoreEndpoint;
use super::products::{CalculatedPrice, Image, Product};
use crate::amount::Amount;
use crate::endpoint::{Endpoint, Query, Repeat};
use crate::v2::types::{Metadata, Page, PriceContext, null_as_default};

/// A variant of a product.
#[derive(Debug, Clone, PartialEq, Deserialize)]
pub struct Variant {
    /// The id, `variant_…`.
    pub id: String,
    /// The name, such as "S / Black".
    pub title: Option<String>,
    /// Stock keeping unit; unique in the shop where there is one.
    pub sku: Option<String>,
    /// Barcode.
    pub barcode: Option<String>,
    /// European article number.
    pub ean: Option<String>,
    /// Universal product code.
    pub upc: Option<String>,
    /// The address of the small image.
    pub thumbnail: Option<String>,
    /// Its product's id.
    pub product_id: Option<String>,
    /// Its place among the variants.
    pub variant_rank: Option<i64>,
    /// Whether it may be sold without stock.
    pub allow_backorder: Option<bool>,
    /// Whether stock is counted at all; without, it is always available.
    pub manage_inventory: Option<bool>,
    /// What is in stock for the publishable key's sales channels; there when asked for.
    pub inventory_quantity: Option<Amount>,
    /// Weight, in the shop's unit.
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
    /// Free-form data; there when the whole variant was asked for.
    pub metadata: Option<Metadata>,
    /// The values of the product's options that make this variant.
    #[serde(default, deserialize_with = "null_as_default")]
    pub options: Vec<VariantOption>,
    /// Images.
    #[serde(default, deserialize_with = "null_as_default")]
    pub images: Vec<Image>,
    /// The price in the context of the request; there when asked for and when there is one.
    pub calculated_price: Option<CalculatedPrice>,
    /// The product, as far as asked for. Boxed, since a product holds variants.
    pub product: Option<Box<Product>>,
}

/// The value that a variant has for one option.
#[derive(Debug, Clone, PartialEq, Deserialize)]
pub struct VariantOption {
    /// The id of the value, `optval_…`.
    pub id: Option<String>,
    /// The text of the value.
    pub value: Option<String>,
    /// The option's id.
    pub option_id: Option<String>,
    /// The option; there when asked for.
    pub option: Option<OptionName>,
}

/// The option that a value belongs to.
#[derive(Debug, Clone, PartialEq, Deserialize)]
pub struct OptionName {
    /// The id, `opt_…`.
    pub id: Option<String>,
    /// The name.
    pub title: Option<String>,
}

/// `GET /store/product-variants`: variants that match.
#[derive(Debug, Clone, Copy, Default)]
pub struct ListVariants<'a> {
    /// The fields to answer. Of the product only `id` and `type_id` can be had here.
    pub fields: Option<&'a str>,
    /// Which part of the list.
    pub page: Page<'a>,
    /// For whom prices are calculated.
    pub prices: PriceContext<'a>,
    /// Only these variants.
    pub ids: &'a [&'a str],
    /// Only variants with these SKUs.
    pub skus: &'a [&'a str],
    /// Only variants of these products.
    pub product_ids: &'a [&'a str],
}

/// A page of variants.
#[derive(Debug, Clone, PartialEq, Deserialize)]
pub struct VariantList {
    /// The variants.
    pub variants: Vec<Variant>,
    /// How many match in all.
    pub count: u64,
}

impl Endpoint for ListVariants<'_> {
    const METHOD: Method = Method::GET;
    const ROUTE: &'static str = "/store/product-variants";
    const REPEAT: Repeat = Repeat::Harmless;
    type Response = VariantList;

    fn query(&self, query: &mut Query) {
        query.set_some("fields", self.fields);
        self.page.write(query);
        self.prices.write(query);
        query.set_list("id", self.ids);
        query.set_list("sku", self.skus);
        query.set_list("product_id", self.product_ids);
    }
}

impl StoreEndpoint for ListVariants<'_> {}

/// `GET /store/product-variants/{id}`: one variant, 404 when it is unknown.
#[derive(Debug, Clone, Copy, Default)]
pub struct GetVariant<'a> {
    /// The variant's id.
    pub id: &'a str,
    /// The fields to answer.
    pub fields: Option<&'a str>,
    /// For whom prices are calculated.
    pub prices: PriceContext<'a>,
}

/// One variant.
#[derive(Debug, Clone, PartialEq, Deserialize)]
pub struct VariantAnswer {
    /// The variant.
    pub variant: Variant,
}

impl Endpoint for GetVariant<'_> {
    const METHOD: Method = Method::GET;
    const ROUTE: &'static str = "/store/product-variants/{id}";
    const REPEAT: Repeat = Repeat::Harmless;
    type Response = VariantAnswer;

    fn path_values(&self) -> Vec<&str> {
        vec![self.id]
    }

    fn query(&self, query: &mut Query) {
        query.set_some("fields", self.fields);
        self.prices.write(query);
    }
}

impl StoreEndpoint for GetVariant<'_> {}
