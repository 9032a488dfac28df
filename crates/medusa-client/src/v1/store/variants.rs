//! Variants: what is actually sold.

use http::Method;
use serde::Deserialize;

use super::StoreEndpoint;
use super::products::Product;
use super::regions::TaxRate;
use crate::amount::Amount;
use crate::endpoint::{Endpoint, Query, Repeat};
use crate::v1::minor_units::MinorUnits;
use crate::v1::types::{Metadata, NumberFilter, Page, PriceContext, Selection, null_as_default};

/// A variant of a product. Prices other than `prices` are there where the request names a region, currency or cart.
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
    /// Its product's id.
    pub product_id: Option<String>,
    /// The product, as far as it was asked for. Boxed, since a product holds variants.
    pub product: Option<Box<Product>>,
    /// Its place among the variants.
    pub variant_rank: Option<i64>,
    /// How many are in stock; below 0 after back orders.
    pub inventory_quantity: Option<i64>,
    /// Whether it may be sold without stock.
    pub allow_backorder: Option<bool>,
    /// Whether stock is counted at all; without, it is always available.
    pub manage_inventory: Option<bool>,
    /// Whether it can be bought here and now; there with the inventory module.
    pub purchasable: Option<bool>,
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
    /// The values of the product's options that make this variant.
    #[serde(default, deserialize_with = "null_as_default")]
    pub options: Vec<OptionValue>,
    /// All prices, in every currency and price list.
    #[serde(default, deserialize_with = "null_as_default")]
    pub prices: Vec<Price>,

    /// The price before price lists, without tax unless the region's prices include it.
    pub original_price: Option<MinorUnits>,
    /// The price that applies, without tax unless the region's prices include it.
    pub calculated_price: Option<MinorUnits>,
    /// The price before price lists, with tax.
    pub original_price_incl_tax: Option<MinorUnits>,
    /// The price that applies, with tax.
    pub calculated_price_incl_tax: Option<MinorUnits>,
    /// The tax in `original_price_incl_tax`.
    pub original_tax: Option<MinorUnits>,
    /// The tax in `calculated_price_incl_tax`.
    pub calculated_tax: Option<MinorUnits>,
    /// Whether `original_price` includes tax; there where prices may.
    pub original_price_includes_tax: Option<bool>,
    /// Whether `calculated_price` includes tax; there where prices may.
    pub calculated_price_includes_tax: Option<bool>,
    /// Where `calculated_price` comes from.
    pub calculated_price_type: Option<CalculatedPriceType>,
    /// The taxes.
    #[serde(default, deserialize_with = "null_as_default")]
    pub tax_rates: Vec<TaxRate>,

    /// Creation, RFC 3339.
    pub created_at: Option<String>,
    /// Last change, RFC 3339.
    pub updated_at: Option<String>,
    /// Free-form data.
    pub metadata: Option<Metadata>,
}

/// Where a price comes from.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CalculatedPriceType {
    /// It is the variant's own.
    Default,
    /// It is a price list's, which lowers it for a while.
    Sale,
    /// It is a price list's, which puts its own in place.
    Override,
    /// A source that this crate does not know.
    #[serde(untagged)]
    Unknown(String),
}

/// The value that a variant has for one option of its product, such as "S".
#[derive(Debug, Clone, PartialEq, Deserialize)]
pub struct OptionValue {
    /// The id, `optval_…`.
    pub id: Option<String>,
    /// The text.
    pub value: Option<String>,
    /// The option's id.
    pub option_id: Option<String>,
    /// The variant's id.
    pub variant_id: Option<String>,
    /// Free-form data.
    pub metadata: Option<Metadata>,
}

/// A price that a variant has.
#[derive(Debug, Clone, PartialEq, Deserialize)]
pub struct Price {
    /// The id, `ma_…`.
    pub id: Option<String>,
    /// Lower-case ISO 4217 currency.
    pub currency_code: Option<String>,
    /// How much.
    pub amount: Option<MinorUnits>,
    /// From how many on it holds.
    pub min_quantity: Option<u32>,
    /// Up to how many it holds.
    pub max_quantity: Option<u32>,
    /// The region that it holds in; in all of its currency without one.
    pub region_id: Option<String>,
    /// The id of the price list.
    pub price_list_id: Option<String>,
    /// The price list.
    pub price_list: Option<PriceList>,
    /// The variant's id.
    pub variant_id: Option<String>,
}

/// Prices that hold for a while or for some.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct PriceList {
    /// The id, `pl_…`.
    pub id: String,
    /// The name.
    pub name: Option<String>,
    /// The description.
    pub description: Option<String>,
    /// Whether it lowers prices or puts others in their place.
    #[serde(rename = "type")]
    pub list_type: Option<CalculatedPriceType>,
    /// Whether it holds: `active` or `draft`.
    pub status: Option<String>,
    /// From when it holds, RFC 3339.
    pub starts_at: Option<String>,
    /// Until when it holds, RFC 3339.
    pub ends_at: Option<String>,
    /// Whether its prices include tax.
    pub includes_tax: Option<bool>,
}

/// `GET /store/variants`: variants that match, newest first.
// Medusa: variants of one product have the same age, and come in any order.
#[derive(Debug, Clone, Copy, Default)]
pub struct ListVariants<'a> {
    /// What to answer. `expand` may name `prices`, `options` and `product` (the default), and `inventory_items`. Prices
    /// are there in any case.
    pub select: Selection<'a>,
    /// Which part of the list; the default limit is 100.
    pub page: Page,
    /// For whom prices are calculated.
    pub prices: PriceContext<'a>,
    /// Whose stock is counted; one that the publishable key does not have is a 400.
    pub sales_channel_id: Option<&'a str>,
    /// Only these variants.
    pub ids: &'a [&'a str],
    /// Only variants with exactly these names.
    pub titles: &'a [&'a str],
    /// How many are in stock.
    pub inventory_quantity: NumberFilter,
}

/// A page of variants; how many match in all is not told.
#[derive(Debug, Clone, PartialEq, Deserialize)]
pub struct VariantList {
    /// The variants.
    pub variants: Vec<Variant>,
}

impl Endpoint for ListVariants<'_> {
    const METHOD: Method = Method::GET;
    const ROUTE: &'static str = "/store/variants";
    const REPEAT: Repeat = Repeat::Harmless;
    type Response = VariantList;

    fn query(&self, query: &mut Query) {
        self.select.write(query);
        self.page.write(query);
        self.prices.write(query);
        query.set_some("sales_channel_id", self.sales_channel_id);
        query.set_list("id", self.ids);
        query.set_list("title", self.titles);
        self.inventory_quantity.write("inventory_quantity", query);
    }
}

impl StoreEndpoint for ListVariants<'_> {}

/// `GET /store/variants/{id}`: one variant; 404 when it is unknown, 400 when the publishable key does not sell it.
#[derive(Debug, Clone, Copy, Default)]
pub struct GetVariant<'a> {
    /// The variant's id.
    pub id: &'a str,
    /// What to answer, as in [`ListVariants`].
    pub select: Selection<'a>,
    /// For whom prices are calculated.
    pub prices: PriceContext<'a>,
    /// Whose stock is counted.
    pub sales_channel_id: Option<&'a str>,
}

/// One variant.
#[derive(Debug, Clone, PartialEq, Deserialize)]
pub struct VariantAnswer {
    /// The variant.
    pub variant: Variant,
}

impl Endpoint for GetVariant<'_> {
    const METHOD: Method = Method::GET;
    const ROUTE: &'static str = "/store/variants/{id}";
    const REPEAT: Repeat = Repeat::Harmless;
    type Response = VariantAnswer;

    fn path_values(&self) -> Vec<&str> {
        vec![self.id]
    }

    fn query(&self, query: &mut Query) {
        self.select.write(query);
        self.prices.write(query);
        query.set_some("sales_channel_id", self.sales_channel_id);
    }
}

impl StoreEndpoint for GetVariant<'_> {}
