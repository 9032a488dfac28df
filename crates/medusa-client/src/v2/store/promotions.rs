//! Promotions of a cart.

use bytes::Bytes;
use http::Method;
use serde::{Deserialize, Serialize};

use super::StoreEndpoint;
use super::carts::CartAnswer;
use crate::amount::Amount;
use crate::endpoint::{Endpoint, Query, Repeat, json_body};

/// A promotion that applies.
#[derive(Debug, Clone, PartialEq, Deserialize)]
pub struct Promotion {
    /// The id, `promo_…`.
    pub id: Option<String>,
    /// The code.
    pub code: Option<String>,
    /// Whether it applies without anybody entering the code.
    pub is_automatic: Option<bool>,
    /// Whether its value includes tax.
    pub is_tax_inclusive: Option<bool>,
    /// What it takes off.
    pub application_method: Option<ApplicationMethod>,
}

/// What a promotion takes off.
#[derive(Debug, Clone, PartialEq, Deserialize)]
pub struct ApplicationMethod {
    /// Percent, or an amount in major units of `currency_code`.
    pub value: Option<Amount>,
    /// Which of the two.
    #[serde(rename = "type")]
    pub method_type: Option<ApplicationMethodType>,
    /// Lower-case ISO 4217 currency of a fixed amount.
    pub currency_code: Option<String>,
}

/// How the value of a promotion is meant.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ApplicationMethodType {
    /// In percent.
    Percentage,
    /// An amount of money.
    Fixed,
    /// A way that this crate does not know.
    #[serde(untagged)]
    Unknown(String),
}

/// Codes to add or to remove.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct PromotionCodes {
    /// The codes.
    pub promo_codes: Vec<String>,
}

/// `POST /store/carts/{id}/promotions`: applies codes. An unknown code is a 400; one that does not
/// apply yet (free shipping before there is a shipping method) is dropped without an error.
// Medusa: an empty list removes all codes.
#[derive(Debug, Clone, Default)]
pub struct AddPromotions<'a> {
    /// The cart's id.
    pub cart_id: &'a str,
    /// The fields to answer.
    pub fields: Option<&'a str>,
    /// The codes.
    pub body: PromotionCodes,
}

impl Endpoint for AddPromotions<'_> {
    const METHOD: Method = Method::POST;
    const ROUTE: &'static str = "/store/carts/{id}/promotions";
    const REPEAT: Repeat = Repeat::Harmless;
    type Response = CartAnswer;

    fn path_values(&self) -> Vec<&str> {
        vec![self.cart_id]
    }

    fn query(&self, query: &mut Query) {
        query.set_some("fields", self.fields);
    }

    fn body(&self) -> Result<Option<Bytes>, serde_json::Error> {
        json_body(&self.body)
    }
}

impl StoreEndpoint for AddPromotions<'_> {}

/// `DELETE /store/carts/{id}/promotions`: takes codes off the cart. Answers the cart.
#[derive(Debug, Clone, Default)]
pub struct RemovePromotions<'a> {
    /// The cart's id.
    pub cart_id: &'a str,
    /// The fields to answer.
    pub fields: Option<&'a str>,
    /// The codes.
    pub body: PromotionCodes,
}

impl Endpoint for RemovePromotions<'_> {
    const METHOD: Method = Method::DELETE;
    const ROUTE: &'static str = "/store/carts/{id}/promotions";
    const REPEAT: Repeat = Repeat::Harmless;
    type Response = CartAnswer;

    fn path_values(&self) -> Vec<&str> {
        vec![self.cart_id]
    }

    fn query(&self, query: &mut Query) {
        query.set_some("fields", self.fields);
    }

    fn body(&self) -> Result<Option<Bytes>, serde_json::Error> {
        json_body(&self.body)
    }
}

impl StoreEndpoint for RemovePromotions<'_> {}
