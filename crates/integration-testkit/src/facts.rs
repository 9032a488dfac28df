//! What a scenario needs to know of the shop under test.

use std::fmt;

use o2s_framework_core::ids::{
    PaymentProviderId, ProductId, PromotionCode, RegionId, ReturnReasonId, ShippingOptionId, VariantId,
};
use o2s_framework_core::money::Currency;
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

/// The shop under test: where it sells, what it sells, how it takes money.
///
/// Scenarios assert the same promises of every shop; where shops legitimately differ, a fact says how. Facts are
/// plain data, so that a recording of a shop can keep them beside its answers.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Facts {
    /// The region that applies when a request names neither region nor currency.
    pub home: RegionFacts,
    /// Another region, with another currency and other countries.
    pub abroad: RegionFacts,
    /// Variants in each state of stock.
    pub variants: VariantFacts,
    /// What the catalogue holds.
    pub catalogue: CatalogueFacts,
    /// Codes of promotions.
    pub promotions: PromotionFacts,
    /// Payment providers, all of them in both regions.
    pub payment: PaymentFacts,
    /// How the shop ships within the home region.
    pub shipping: ShippingFacts,
    /// How the shop takes goods back; nothing is asked of it where the shop does not.
    pub returns: ReturnFacts,
    /// Whether a cart without a shipping address already carries the taxes of its region.
    pub taxes_before_address: bool,
    /// Whether a cart that holds nothing but virtual products needs a shipping method all the same.
    pub virtual_goods_ship: bool,
    /// Whether product lists can be sorted by price; where not, asking for it is refused.
    pub sorts_by_price: bool,
}

/// A region of the shop.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct RegionFacts {
    /// The region's id.
    pub id: RegionId,
    /// The region's name.
    pub name: String,
    /// The currency of its prices.
    pub currency: Currency,
    /// A country of the region, ISO 3166-1 alpha-2 in upper case; no country of the other region of the facts.
    pub country: String,
    /// The tax on goods sent to that country, in percent of the net price.
    pub tax_percent: Amount,
}

/// Variants that scenarios buy.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct VariantFacts {
    /// At least a thousand pieces in stock; its product has other variants.
    pub plain: VariantFact,
    /// Like `plain`, of another product whose option groups are at least two.
    pub other: VariantFact,
    /// Exactly three pieces in stock, no back order. No scenario takes them.
    pub three_left: VariantFact,
    /// Three pieces in stock when a scenario starts that [takes them](crate::Scenario::takes_stock).
    pub last_pieces: VariantFact,
    /// None in stock, no back order.
    pub sold_out: VariantFact,
    /// None in stock, back order allowed.
    pub backorder: VariantFact,
    /// A variant of a virtual product.
    pub service: VariantFact,
}

/// One variant.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct VariantFact {
    /// Its product.
    pub product_id: ProductId,
    /// The product's handle.
    pub handle: String,
    /// The product's name.
    pub name: String,
    /// The variant.
    pub variant_id: VariantId,
    /// The variant's stock keeping unit.
    pub sku: VariantId,
    /// Net price of a piece in the home region.
    pub price: Amount,
    /// Net price of a piece in the other region.
    pub price_abroad: Amount,
}

/// What the catalogue holds.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct CatalogueFacts {
    /// How many products are for sale; more than the default page of 12.
    pub products: u64,
    /// How many of them are virtual; at least one.
    pub virtual_products: u64,
    /// A category of physical products.
    pub category: CategoryFacts,
    /// A collection.
    pub collection: CollectionFacts,
    /// The handle of a product that exists and is not for sale, where the shop has such.
    pub unpublished: Option<ProductId>,
    /// A variant to which other products relate, in any way, where the shop keeps relations.
    pub related: Option<VariantFact>,
}

/// A category of physical products.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct CategoryFacts {
    /// The category's id.
    pub id: String,
    /// The category's name.
    pub name: String,
    /// The category's name in URLs.
    pub handle: String,
    /// How many products it holds; at least three, none of them virtual.
    pub products: u64,
}

/// A collection of products.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct CollectionFacts {
    /// The collection's id.
    pub id: String,
    /// The collection's name.
    pub name: String,
    /// The collection's name in URLs.
    pub handle: String,
    /// How many products it holds; at least two, and not all of one category.
    pub products: u64,
}

/// Codes of promotions that hold in the home region.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct PromotionFacts {
    /// Takes a part off the lines.
    pub percent: PromotionFact,
    /// Takes an amount off the lines.
    pub fixed: PromotionFact,
    /// Takes the shipping off.
    pub free_shipping: PromotionCode,
}

/// One promotion.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct PromotionFact {
    /// The code that a customer types.
    pub code: PromotionCode,
    /// By how much: percent, or an amount in the home currency.
    pub value: Amount,
}

/// Payment providers.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct PaymentFacts {
    /// Authorises at once.
    pub plain: PaymentProviderId,
    /// Sends the customer to a page first and has a secret for its script in the browser. A session whose metadata gets
    /// `approved: true` stands for a customer who has come back from that page.
    pub redirect: PaymentProviderId,
    /// Refuses every payment when the order is placed.
    pub failing: PaymentProviderId,
}

/// How the shop ships to the country of the home region.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct ShippingFacts {
    /// An option with a fixed price.
    pub standard: ShippingFact,
    /// A dearer one.
    pub express: ShippingFact,
    /// One whose price is worked out for each cart, where the shop has such.
    pub calculated: Option<ShippingFact>,
    /// The name of an option whose price cannot be worked out, where the shop has such.
    pub unpriced: Option<String>,
}

/// How the shop takes goods back.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct ReturnFacts {
    /// A reason that can be given.
    pub reason: ReasonFact,
    /// A reason that has kinds, of which one has to be given instead; where the shop has such.
    pub parent_reason: Option<ReturnReasonId>,
    /// A way to send goods of the home region back.
    pub option: ShippingFact,
    /// Whether there is no other way.
    pub option_is_only: bool,
    /// Whether the shop tells whoever may see an order how many of its pieces are asked to go back.
    pub tells_requested: bool,
    /// Whether the shop tells a signed-in customer of each request for an own order by itself.
    pub tells_requests: bool,
}

/// One reason to send something back.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct ReasonFact {
    /// Its id.
    pub id: ReturnReasonId,
    /// The shop's own name for it.
    pub value: String,
    /// What is shown.
    pub label: String,
}

/// One shipping option.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct ShippingFact {
    /// Its id.
    pub id: ShippingOptionId,
    /// Its name.
    pub name: String,
    /// Its net price in the home currency.
    pub price: Amount,
}

/// A decimal that is written as text, such as `"19.99"`.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Amount(pub Decimal);

impl TryFrom<String> for Amount {
    type Error = rust_decimal::Error;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        text.parse().map(Self)
    }
}

impl From<Amount> for String {
    fn from(amount: Amount) -> Self {
        amount.to_string()
    }
}

impl fmt::Display for Amount {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.0.normalize())
    }
}

impl fmt::Debug for Amount {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}
