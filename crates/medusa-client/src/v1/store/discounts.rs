//! Discounts. Codes are put on a cart with [`UpdateCart`](super::carts::UpdateCart).

use http::Method;
use serde::Deserialize;

use super::StoreEndpoint;
use super::carts::CartAnswer;
use crate::endpoint::{Endpoint, Repeat};
use crate::v1::types::Metadata;

/// A discount.
#[derive(Debug, Clone, PartialEq, Deserialize)]
pub struct Discount {
    /// The id, `disc_…`.
    pub id: String,
    /// The code, in capitals.
    pub code: Option<String>,
    /// What it does.
    pub rule: Option<DiscountRule>,
    /// The id of the rule.
    pub rule_id: Option<String>,
    /// Whether it is a template from which discounts are made.
    pub is_dynamic: Option<bool>,
    /// Whether it was turned off.
    pub is_disabled: Option<bool>,
    /// The template that it was made from.
    pub parent_discount_id: Option<String>,
    /// From when it holds, RFC 3339.
    pub starts_at: Option<String>,
    /// Until when it holds, RFC 3339.
    pub ends_at: Option<String>,
    /// How long one that was made from a template holds, as an ISO 8601 duration.
    pub valid_duration: Option<String>,
    /// How often it may be used.
    pub usage_limit: Option<u64>,
    /// How often it was used.
    pub usage_count: Option<u64>,
    /// Free-form data.
    pub metadata: Option<Metadata>,
}

/// What a discount does.
#[derive(Debug, Clone, PartialEq, Deserialize)]
pub struct DiscountRule {
    /// The id, `dru_…`.
    pub id: Option<String>,
    /// The description.
    pub description: Option<String>,
    /// How it is reckoned.
    #[serde(rename = "type")]
    pub rule_type: Option<DiscountRuleType>,
    /// How much: percent, or minor units where `rule_type` is [`DiscountRuleType::Fixed`].
    pub value: Option<i64>,
    /// What it is taken off.
    pub allocation: Option<DiscountAllocation>,
    /// Free-form data.
    pub metadata: Option<Metadata>,
}

/// How a discount is reckoned.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DiscountRuleType {
    /// An amount.
    Fixed,
    /// A part of the price.
    Percentage,
    /// Shipping costs nothing.
    FreeShipping,
    /// A way that this crate does not know.
    #[serde(untagged)]
    Unknown(String),
}

/// What a discount is taken off.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DiscountAllocation {
    /// The cart as a whole.
    Total,
    /// Each item.
    Item,
    /// Something that this crate does not know.
    #[serde(untagged)]
    Unknown(String),
}

/// `DELETE /store/carts/{id}/discounts/{code}`: takes a discount off a cart.
// Medusa: a code that is not there is taken off as well, with 200.
#[derive(Debug, Clone, Copy, Default)]
pub struct RemoveDiscount<'a> {
    /// The cart's id.
    pub cart_id: &'a str,
    /// The code, as the cart answers it.
    pub code: &'a str,
}

impl Endpoint for RemoveDiscount<'_> {
    const METHOD: Method = Method::DELETE;
    const ROUTE: &'static str = "/store/carts/{id}/discounts/{code}";
    const REPEAT: Repeat = Repeat::Harmless;
    type Response = CartAnswer;

    fn path_values(&self) -> Vec<&str> {
        vec![self.cart_id, self.code]
    }
}

impl StoreEndpoint for RemoveDiscount<'_> {}
