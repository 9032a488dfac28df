//! Carts: create, read, update.
//!
//! Every write answers the whole cart, so that no read is needed after it. A cart is read and changed by whoever knows
//! its id, signed in or not.

use bytes::Bytes;
use http::Method;
use serde::{Deserialize, Serialize};

use super::customers::Customer;
use super::discounts::Discount;
use super::gift_cards::GiftCard;
use super::line_items::LineItem;
use super::payment_sessions::{Payment, PaymentSession};
use super::products::SalesChannel;
use super::regions::Region;
use super::shipping_methods::ShippingMethod;
use super::{KeyedEndpoint, StoreEndpoint};
use crate::endpoint::{Endpoint, Query, Repeat, json_body};
use crate::v1::minor_units::MinorUnits;
use crate::v1::types::{Address, AddressInput, Metadata, Selection, null_as_default};

/// A cart. Its currency is its region's. Taxes are calculated for the shipping address as long as the region does so by
/// itself; with gift cards, the totals are what is left to pay.
#[derive(Debug, Clone, PartialEq, Deserialize)]
pub struct Cart {
    /// The id, `cart_…`.
    pub id: String,
    /// What it is for.
    #[serde(rename = "type")]
    pub cart_type: Option<CartType>,
    /// The e-mail address of whoever buys, lower-case.
    pub email: Option<String>,
    /// The customer's id; a guest with an e-mail address has one too.
    pub customer_id: Option<String>,
    /// The customer; there when asked for, and when a line was added.
    pub customer: Option<Customer>,
    /// The region's id.
    pub region_id: Option<String>,
    /// The region.
    pub region: Option<Region>,
    /// The sales channel's id.
    pub sales_channel_id: Option<String>,
    /// The sales channel.
    pub sales_channel: Option<SalesChannel>,
    /// The id of the shipping address.
    pub shipping_address_id: Option<String>,
    /// Where it goes.
    pub shipping_address: Option<Address>,
    /// The id of the billing address.
    pub billing_address_id: Option<String>,
    /// To whom the bill goes.
    pub billing_address: Option<Address>,
    /// What is in it.
    #[serde(default, deserialize_with = "null_as_default")]
    pub items: Vec<LineItem>,
    /// How it is shipped.
    #[serde(default, deserialize_with = "null_as_default")]
    pub shipping_methods: Vec<ShippingMethod>,
    /// The discounts that apply.
    #[serde(default, deserialize_with = "null_as_default")]
    pub discounts: Vec<Discount>,
    /// The gift cards that pay for it.
    #[serde(default, deserialize_with = "null_as_default")]
    pub gift_cards: Vec<GiftCard>,
    /// The payment session that was chosen.
    pub payment_session: Option<PaymentSession>,
    /// One payment session for each provider.
    #[serde(default, deserialize_with = "null_as_default")]
    pub payment_sessions: Vec<PaymentSession>,
    /// The id of the payment.
    pub payment_id: Option<String>,
    /// The payment, once it was authorised.
    pub payment: Option<Payment>,

    /// What is to be paid.
    pub total: Option<MinorUnits>,
    /// Items before discounts and tax.
    pub subtotal: Option<MinorUnits>,
    /// Discounts before tax.
    pub discount_total: Option<MinorUnits>,
    /// Shipping before tax.
    pub shipping_total: Option<MinorUnits>,
    /// Tax on items and shipping; `None` where it is not calculated yet.
    pub tax_total: Option<MinorUnits>,
    /// Tax on items.
    pub item_tax_total: Option<MinorUnits>,
    /// Tax on shipping.
    pub shipping_tax_total: Option<MinorUnits>,
    /// What gift cards pay.
    pub gift_card_total: Option<MinorUnits>,
    /// The tax that gift cards pay.
    pub gift_card_tax_total: Option<MinorUnits>,
    /// What was paid back.
    pub refunded_total: Option<MinorUnits>,
    /// What could still be paid back.
    pub refundable_amount: Option<MinorUnits>,

    /// When the payment was authorised, RFC 3339.
    pub payment_authorized_at: Option<String>,
    /// When it became an order, RFC 3339.
    pub completed_at: Option<String>,
    /// Creation, RFC 3339.
    pub created_at: Option<String>,
    /// Last change, RFC 3339.
    pub updated_at: Option<String>,
    /// What was kept with it; the server adds the address and user agent of whoever created it (`ip`, `user_agent`).
    pub context: Option<Metadata>,
    /// Free-form data, which only the shop can write.
    pub metadata: Option<Metadata>,
}

/// What a cart is for.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CartType {
    /// To buy.
    Default,
    /// To exchange something.
    Swap,
    /// An order that the shop drafts.
    DraftOrder,
    /// To be paid by a link.
    PaymentLink,
    /// To make good for something.
    Claim,
    /// A purpose that this crate does not know.
    #[serde(untagged)]
    Unknown(String),
}

/// The answer of all endpoints that change or read a cart.
#[derive(Debug, Clone, PartialEq, Deserialize)]
pub struct CartAnswer {
    /// The cart.
    pub cart: Cart,
}

/// What a new cart begins with.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct NewCart {
    /// The region; 404 when it is unknown. Without one Medusa takes whichever comes first.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub region_id: Option<String>,
    /// The sales channel; without one that of the publishable key.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sales_channel_id: Option<String>,
    /// The country to ship to, ISO 3166, two letters; one outside the region is a 400.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub country_code: Option<String>,
    /// What is in it from the beginning. Lines with free-form data are added afterwards.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub items: Vec<NewCartItem>,
    /// What to keep with it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub context: Option<Metadata>,
}

/// A line of a new cart.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct NewCartItem {
    /// The variant.
    pub variant_id: String,
    /// How many; at least 1.
    pub quantity: u32,
}

/// `POST /store/carts`: a new cart; a customer's when one calls.
#[derive(Debug, Clone, Default)]
pub struct CreateCart {
    /// What it begins with.
    pub body: NewCart,
}

impl Endpoint for CreateCart {
    const METHOD: Method = Method::POST;
    const ROUTE: &'static str = "/store/carts";
    const REPEAT: Repeat = Repeat::Harmful;
    type Response = CartAnswer;

    fn body(&self) -> Result<Option<Bytes>, serde_json::Error> {
        json_body(&self.body)
    }
}

impl StoreEndpoint for CreateCart {}

/// `GET /store/carts/{id}`: a cart, for whoever knows its id. 404 when it is unknown.
///
/// **It writes when a customer calls**: whoever's cart it was, a guest's or another customer's, it is the caller's from then
/// on, and has the caller's e-mail address. To look at a cart, call as [`Caller::Guest`](super::Caller::Guest).
#[derive(Debug, Clone, Copy, Default)]
pub struct GetCart<'a> {
    /// The cart's id.
    pub id: &'a str,
    /// What to answer. Whatever is asked for, items, region, discounts, gift cards and shipping methods are there.
    pub select: Selection<'a>,
}

impl Endpoint for GetCart<'_> {
    const METHOD: Method = Method::GET;
    const ROUTE: &'static str = "/store/carts/{id}";
    const REPEAT: Repeat = Repeat::Harmless;
    type Response = CartAnswer;

    fn path_values(&self) -> Vec<&str> {
        vec![self.id]
    }

    fn query(&self, query: &mut Query) {
        self.select.write(query);
    }
}

impl StoreEndpoint for GetCart<'_> {}

/// An address of a cart or a bill: one of the customer's saved ones, or its lines.
// Medusa: a saved address is not copied. Lines that are sent later change it where it is, for the customer too.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(untagged)]
pub enum AddressChoice {
    /// The id of a saved address.
    Saved(String),
    /// The lines. They change the address that is there; what is `None` stays as it was.
    Lines(Box<AddressInput>),
    /// No address any more; a customer's billing address can be taken away so.
    None,
}

impl From<AddressInput> for AddressChoice {
    fn from(lines: AddressInput) -> Self {
        Self::Lines(Box::new(lines))
    }
}

/// A discount or gift card, by its code.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Code {
    /// The code. Discounts take it in any case.
    pub code: String,
}

/// What changes in a cart. What is `None` is not sent and stays.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct CartUpdate {
    /// Another region; prices change to its currency. An address in a country outside of it loses the country.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub region_id: Option<String>,
    /// The country to ship to, ISO 3166, two letters.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub country_code: Option<String>,
    /// The e-mail address; for a guest this makes a customer without an account.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub email: Option<String>,
    /// Another sales channel; lines that it does not sell are dropped.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sales_channel_id: Option<String>,
    /// To whom the bill goes.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub billing_address: Option<AddressChoice>,
    /// Where it goes; a country outside the region is a 400.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub shipping_address: Option<AddressChoice>,
    /// All gift cards that shall pay; an empty list removes those that are there. 404 when one is unknown.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub gift_cards: Option<Vec<Code>>,
    /// All discounts that shall apply; an empty list removes those that are there. 404 when one is unknown, 400 when one
    /// cannot apply.
    // Medusa: of several the last one is kept, and one of free shipping beside it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub discounts: Option<Vec<Code>>,
    /// The customer.
    // Medusa: anybody may name any customer here, and is answered the customer's e-mail address.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub customer_id: Option<String>,
    /// What to keep with it, merged into what is there.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub context: Option<Metadata>,
}

/// `POST /store/carts/{id}`: changes a cart.
// Medusa: a cart that is unknown is a 500.
#[derive(Debug, Clone, Default)]
pub struct UpdateCart<'a> {
    /// The cart's id.
    pub id: &'a str,
    /// What changes.
    pub body: CartUpdate,
}

impl Endpoint for UpdateCart<'_> {
    const METHOD: Method = Method::POST;
    const ROUTE: &'static str = "/store/carts/{id}";
    const REPEAT: Repeat = Repeat::Harmless;
    type Response = CartAnswer;

    fn path_values(&self) -> Vec<&str> {
        vec![self.id]
    }

    fn body(&self) -> Result<Option<Bytes>, serde_json::Error> {
        json_body(&self.body)
    }
}

impl StoreEndpoint for UpdateCart<'_> {}

/// `POST /store/carts/{id}/taxes`: calculates taxes where the region does not do so by itself.
#[derive(Debug, Clone, Copy, Default)]
pub struct CalculateTaxes<'a> {
    /// The cart's id.
    pub id: &'a str,
}

impl Endpoint for CalculateTaxes<'_> {
    const METHOD: Method = Method::POST;
    const ROUTE: &'static str = "/store/carts/{id}/taxes";
    const REPEAT: Repeat = Repeat::Harmless;
    type Response = CartAnswer;

    fn path_values(&self) -> Vec<&str> {
        vec![self.id]
    }
}

impl StoreEndpoint for CalculateTaxes<'_> {}
impl KeyedEndpoint for CalculateTaxes<'_> {}
