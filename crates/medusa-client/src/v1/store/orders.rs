//! Orders: the caller's, by id, by cart, by number and e-mail address; and those that a guest placed, claimed.
//!
//! Whoever knows an order's id may read it, with the customer in it, signed in or not.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use bytes::Bytes;
use http::Method;
use secrecy::{ExposeSecret, SecretString};
use serde::{Deserialize, Serialize};

use super::StoreEndpoint;
use super::customers::Customer;
use super::discounts::Discount;
use super::gift_cards::{GiftCard, GiftCardTransaction};
use super::line_items::LineItem;
use super::order_edits::OrderEdit;
use super::payment_sessions::Payment;
use super::products::SalesChannel;
use super::regions::{Currency, Region};
use super::returns::Return;
use super::shipping_methods::ShippingMethod;
use super::swaps::Swap;
use crate::amount::Amount;
use crate::endpoint::{Endpoint, Query, Repeat, json_body};
use crate::v1::minor_units::MinorUnits;
use crate::v1::types::{Address, DateFilter, Done, Metadata, Page, Selection, null_as_default};

/// An order.
#[derive(Debug, Clone, PartialEq, Deserialize)]
pub struct Order {
    /// The id, `order_…`.
    pub id: String,
    /// The number for people.
    pub display_id: Option<u64>,
    /// How far it is.
    pub status: Option<OrderStatus>,
    /// How far its payment is.
    pub payment_status: Option<OrderPaymentStatus>,
    /// How far its fulfilment is.
    pub fulfillment_status: Option<OrderFulfillmentStatus>,
    /// The cart that it was.
    pub cart_id: Option<String>,
    /// The e-mail address of whoever bought, lower-case.
    pub email: Option<String>,
    /// The customer's id; a guest has one too.
    pub customer_id: Option<String>,
    /// The customer. `has_account` tells a guest from somebody with an account.
    pub customer: Option<Customer>,
    /// The region's id.
    pub region_id: Option<String>,
    /// The region.
    pub region: Option<Region>,
    /// Lower-case ISO 4217 currency.
    pub currency_code: Option<String>,
    /// The currency; there when asked for.
    pub currency: Option<Currency>,
    /// The tax of the whole order in percent, of orders from before taxes were kept line by line.
    pub tax_rate: Option<Amount>,
    /// The sales channel's id.
    pub sales_channel_id: Option<String>,
    /// The sales channel; there when asked for.
    pub sales_channel: Option<SalesChannel>,
    /// The id of the shipping address.
    pub shipping_address_id: Option<String>,
    /// Where it goes.
    pub shipping_address: Option<Address>,
    /// The id of the billing address.
    pub billing_address_id: Option<String>,
    /// To whom the bill goes; there when asked for.
    pub billing_address: Option<Address>,
    /// What was bought.
    #[serde(default, deserialize_with = "null_as_default")]
    pub items: Vec<LineItem>,
    /// How it is shipped.
    #[serde(default, deserialize_with = "null_as_default")]
    pub shipping_methods: Vec<ShippingMethod>,
    /// The discounts.
    #[serde(default, deserialize_with = "null_as_default")]
    pub discounts: Vec<Discount>,
    /// The gift cards that paid.
    #[serde(default, deserialize_with = "null_as_default")]
    pub gift_cards: Vec<GiftCard>,
    /// What they paid.
    #[serde(default, deserialize_with = "null_as_default")]
    pub gift_card_transactions: Vec<GiftCardTransaction>,
    /// The payments.
    #[serde(default, deserialize_with = "null_as_default")]
    pub payments: Vec<Payment>,
    /// What was paid back.
    #[serde(default, deserialize_with = "null_as_default")]
    pub refunds: Vec<Refund>,
    /// Parcels and other ways of handing over.
    #[serde(default, deserialize_with = "null_as_default")]
    pub fulfillments: Vec<Fulfillment>,
    /// What is sent back; only [`ListOrders`] can be asked for it.
    #[serde(default, deserialize_with = "null_as_default")]
    pub returns: Vec<Return>,
    /// What is exchanged.
    #[serde(default, deserialize_with = "null_as_default")]
    pub swaps: Vec<Swap>,
    /// What the shop makes good for.
    #[serde(default, deserialize_with = "null_as_default")]
    pub claims: Vec<Claim>,
    /// Changes after the order was placed; only [`ListOrders`] can be asked for them.
    #[serde(default, deserialize_with = "null_as_default")]
    pub edits: Vec<OrderEdit>,

    /// What was to be paid.
    pub total: Option<MinorUnits>,
    /// Items before discounts and tax.
    pub subtotal: Option<MinorUnits>,
    /// Discounts before tax.
    pub discount_total: Option<MinorUnits>,
    /// Shipping before tax.
    pub shipping_total: Option<MinorUnits>,
    /// Tax on items and shipping.
    pub tax_total: Option<MinorUnits>,
    /// Tax on items.
    pub item_tax_total: Option<MinorUnits>,
    /// Tax on shipping.
    pub shipping_tax_total: Option<MinorUnits>,
    /// What gift cards paid.
    pub gift_card_total: Option<MinorUnits>,
    /// The tax that gift cards paid.
    pub gift_card_tax_total: Option<MinorUnits>,
    /// What was paid.
    pub paid_total: Option<MinorUnits>,
    /// What was paid back.
    pub refunded_total: Option<MinorUnits>,
    /// What could still be paid back.
    pub refundable_amount: Option<MinorUnits>,

    /// The draft that it was.
    pub draft_order_id: Option<String>,
    /// The shop's own reference.
    pub external_id: Option<String>,
    /// When it was given up, RFC 3339.
    pub canceled_at: Option<String>,
    /// When it was placed, RFC 3339.
    pub created_at: Option<String>,
    /// Last change, RFC 3339.
    pub updated_at: Option<String>,
    /// Free-form data; in the answer of completing a cart, and in lists when asked for.
    pub metadata: Option<Metadata>,
}

/// A parcel or another way of handing over.
#[derive(Debug, Clone, PartialEq, Deserialize)]
pub struct Fulfillment {
    /// The id, `ful_…`.
    pub id: String,
    /// The order, unless it is for a swap or a claim.
    pub order_id: Option<String>,
    /// The swap that it is for.
    pub swap_id: Option<String>,
    /// The claim that it is for.
    pub claim_order_id: Option<String>,
    /// The fulfilment provider.
    pub provider_id: Option<String>,
    /// What is in it; there when asked for.
    #[serde(default, deserialize_with = "null_as_default")]
    pub items: Vec<FulfillmentItem>,
    /// Where it can be followed.
    #[serde(default, deserialize_with = "null_as_default")]
    pub tracking_links: Vec<TrackingLink>,
    /// The carrier's numbers.
    #[serde(default, deserialize_with = "null_as_default")]
    pub tracking_numbers: Vec<String>,
    /// The provider's data.
    pub data: Option<Metadata>,
    /// When it was shipped, RFC 3339.
    pub shipped_at: Option<String>,
    /// When it was given up, RFC 3339.
    pub canceled_at: Option<String>,
    /// When it was made, RFC 3339.
    pub created_at: Option<String>,
    /// Free-form data.
    pub metadata: Option<Metadata>,
}

/// How much of a line is in a parcel.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct FulfillmentItem {
    /// The line.
    pub item_id: Option<String>,
    /// How many.
    pub quantity: Option<u32>,
}

/// Where a parcel can be followed.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct TrackingLink {
    /// The address of the page.
    pub url: Option<String>,
    /// The carrier's number.
    pub tracking_number: Option<String>,
}

/// Money that was paid back.
#[derive(Debug, Clone, PartialEq, Deserialize)]
pub struct Refund {
    /// The id, `ref_…`.
    pub id: String,
    /// How much.
    pub amount: Option<MinorUnits>,
    /// Why, such as `return`, `swap`, `claim`, `discount` or `other`.
    pub reason: Option<String>,
    /// More about it.
    pub note: Option<String>,
    /// The order.
    pub order_id: Option<String>,
    /// The payment that it was taken from.
    pub payment_id: Option<String>,
    /// When, RFC 3339.
    pub created_at: Option<String>,
    /// Free-form data.
    pub metadata: Option<Metadata>,
}

/// What the shop makes good for: something that was wrong with an order.
#[derive(Debug, Clone, PartialEq, Deserialize)]
pub struct Claim {
    /// The id, `claim_…`.
    pub id: String,
    /// How it is made good.
    #[serde(rename = "type")]
    pub claim_type: Option<ClaimType>,
    /// How far paying back is: `na`, `not_refunded` or `refunded`.
    pub payment_status: Option<String>,
    /// How far sending something else is, in the words of [`OrderFulfillmentStatus`].
    pub fulfillment_status: Option<OrderFulfillmentStatus>,
    /// The order.
    pub order_id: Option<String>,
    /// How much is paid back.
    pub refund_amount: Option<MinorUnits>,
    /// What was wrong; there when asked for.
    #[serde(default, deserialize_with = "null_as_default")]
    pub claim_items: Vec<ClaimItem>,
    /// What is sent instead; there when asked for.
    #[serde(default, deserialize_with = "null_as_default")]
    pub additional_items: Vec<LineItem>,
    /// What is sent back; there when asked for.
    pub return_order: Option<Return>,
    /// When it was given up, RFC 3339.
    pub canceled_at: Option<String>,
    /// When it was made, RFC 3339.
    pub created_at: Option<String>,
    /// Free-form data.
    pub metadata: Option<Metadata>,
}

/// How something is made good.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ClaimType {
    /// By paying back.
    Refund,
    /// By sending something else.
    Replace,
    /// In a way that this crate does not know.
    #[serde(untagged)]
    Unknown(String),
}

/// A line that something was wrong with.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct ClaimItem {
    /// The line.
    pub item_id: Option<String>,
    /// How many of it.
    pub quantity: Option<u32>,
    /// What was wrong: `missing_item`, `wrong_item`, `production_failure` or `other`.
    pub reason: Option<String>,
    /// More about it.
    pub note: Option<String>,
}

/// How far an order is.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum OrderStatus {
    /// Placed.
    Pending,
    /// Done.
    Completed,
    /// Put away.
    Archived,
    /// Given up.
    Canceled,
    /// Somebody has to do something.
    RequiresAction,
    /// A state that this crate does not know.
    #[serde(untagged)]
    Unknown(String),
}

/// How far the payment of an order is.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum OrderPaymentStatus {
    /// Nothing was paid.
    NotPaid,
    /// Authorised, not captured.
    Awaiting,
    /// Captured.
    Captured,
    /// A part was paid back.
    PartiallyRefunded,
    /// All was paid back.
    Refunded,
    /// It was given up.
    Canceled,
    /// Somebody has to do something.
    RequiresAction,
    /// A state that this crate does not know.
    #[serde(untagged)]
    Unknown(String),
}

/// How far the fulfilment of an order is.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum OrderFulfillmentStatus {
    /// Nothing was packed.
    NotFulfilled,
    /// A part was packed.
    PartiallyFulfilled,
    /// All was packed.
    Fulfilled,
    /// A part was shipped.
    PartiallyShipped,
    /// All was shipped.
    Shipped,
    /// A part came back.
    PartiallyReturned,
    /// All came back.
    Returned,
    /// It was given up.
    Canceled,
    /// Somebody has to do something.
    RequiresAction,
    /// A state that this crate does not know.
    #[serde(untagged)]
    Unknown(String),
}

/// `GET /store/customers/me/orders`: the caller's orders, newest first; 401 for a guest.
#[derive(Debug, Clone, Copy, Default)]
pub struct ListOrders<'a> {
    /// What to answer. Anything may be asked for here, also `returns.items.reason`, `swaps`, `claims`, `refunds`, `edits`.
    pub select: Selection<'a>,
    /// Which part of the list; the default limit is 10.
    pub page: Page,
    /// Words to search for: in number, e-mail address, names and telephone number.
    pub q: Option<&'a str>,
    /// Only the order with this id.
    pub id: Option<&'a str>,
    /// Only orders in these states, in Medusa's spelling; another word is a 400.
    pub statuses: &'a [&'a str],
    /// Only orders whose fulfilment is in these states, in Medusa's spelling.
    pub fulfillment_statuses: &'a [&'a str],
    /// Only orders whose payment is in these states, in Medusa's spelling.
    pub payment_statuses: &'a [&'a str],
    /// Only the order with this number.
    pub display_id: Option<u32>,
    /// Only the order that this cart became.
    pub cart_id: Option<&'a str>,
    /// Only orders with this e-mail address.
    pub email: Option<&'a str>,
    /// Only orders of this region.
    pub region_id: Option<&'a str>,
    /// Only orders in this lower-case currency.
    pub currency_code: Option<&'a str>,
    /// Only orders with this tax in percent, of the old kind; see [`Order::tax_rate`].
    pub tax_rate: Option<&'a str>,
    /// When they were placed.
    pub created_at: DateFilter,
    /// When they were changed last.
    pub updated_at: DateFilter,
    /// When they were given up.
    pub canceled_at: DateFilter,
}

/// A page of orders.
#[derive(Debug, Clone, PartialEq, Deserialize)]
pub struct OrderList {
    /// The orders.
    pub orders: Vec<Order>,
    /// How many match in all.
    pub count: u64,
    /// How many were skipped.
    pub offset: u64,
    /// How many there are at most in a page.
    pub limit: u64,
}

impl Endpoint for ListOrders<'_> {
    const METHOD: Method = Method::GET;
    const ROUTE: &'static str = "/store/customers/me/orders";
    const REPEAT: Repeat = Repeat::Harmless;
    type Response = OrderList;

    fn query(&self, query: &mut Query) {
        self.select.write(query);
        self.page.write(query);
        query.set_some("q", self.q);
        query.set_some("id", self.id);
        query.set_list("status", self.statuses);
        query.set_list("fulfillment_status", self.fulfillment_statuses);
        query.set_list("payment_status", self.payment_statuses);
        query.set_number("display_id", self.display_id);
        query.set_some("cart_id", self.cart_id);
        query.set_some("email", self.email);
        query.set_some("region_id", self.region_id);
        query.set_some("currency_code", self.currency_code);
        query.set_some("tax_rate", self.tax_rate);
        self.created_at.write("created_at", query);
        self.updated_at.write("updated_at", query);
        self.canceled_at.write("canceled_at", query);
    }
}

impl StoreEndpoint for ListOrders<'_> {}

/// One order.
#[derive(Debug, Clone, PartialEq, Deserialize)]
pub struct OrderAnswer {
    /// The order.
    pub order: Order,
}

/// `GET /store/orders/{id}`: an order, for whoever knows its id. 404 when it is unknown.
#[derive(Debug, Clone, Copy, Default)]
pub struct GetOrder<'a> {
    /// The order's id.
    pub id: &'a str,
    /// What to answer. `expand` may name what is the default, and `billing_address`; for anything else see
    /// [`ListOrders`]. `metadata` and `updated_at` cannot be had.
    pub select: Selection<'a>,
}

impl Endpoint for GetOrder<'_> {
    const METHOD: Method = Method::GET;
    const ROUTE: &'static str = "/store/orders/{id}";
    const REPEAT: Repeat = Repeat::Harmless;
    type Response = OrderAnswer;

    fn path_values(&self) -> Vec<&str> {
        vec![self.id]
    }

    fn query(&self, query: &mut Query) {
        self.select.write(query);
    }
}

impl StoreEndpoint for GetOrder<'_> {}

/// `GET /store/orders/cart/{cart_id}`: the order that a cart became, for whoever knows the cart's id. 404 when there is
/// none.
#[derive(Debug, Clone, Copy, Default)]
pub struct GetOrderOfCart<'a> {
    /// The cart's id.
    pub cart_id: &'a str,
    /// What to answer, as in [`GetOrder`].
    pub select: Selection<'a>,
}

impl Endpoint for GetOrderOfCart<'_> {
    const METHOD: Method = Method::GET;
    const ROUTE: &'static str = "/store/orders/cart/{cart_id}";
    const REPEAT: Repeat = Repeat::Harmless;
    type Response = OrderAnswer;

    fn path_values(&self) -> Vec<&str> {
        vec![self.cart_id]
    }

    fn query(&self, query: &mut Query) {
        self.select.write(query);
    }
}

impl StoreEndpoint for GetOrderOfCart<'_> {}

/// `GET /store/orders`: the order with this number and e-mail address; 404 when there is none.
///
/// Numbers can be guessed and e-mail addresses are known, so compare something else that only the buyer knows, such as
/// the postal code of the answer.
// Medusa: `shipping_address[postal_code]` is taken and ignored, so it is not offered: any code finds the order.
#[derive(Debug, Clone, Copy, Default)]
pub struct LookUpOrder<'a> {
    /// The order's number.
    pub display_id: u32,
    /// Its e-mail address, lower-case.
    pub email: &'a str,
    /// What to answer, as in [`GetOrder`].
    pub select: Selection<'a>,
}

impl Endpoint for LookUpOrder<'_> {
    const METHOD: Method = Method::GET;
    const ROUTE: &'static str = "/store/orders";
    const REPEAT: Repeat = Repeat::Harmless;
    type Response = OrderAnswer;

    fn query(&self, query: &mut Query) {
        query.set_number("display_id", Some(self.display_id));
        query.set("email", self.email);
        self.select.write(query);
    }
}

impl StoreEndpoint for LookUpOrder<'_> {}

/// Which orders the caller says are the caller's own.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct OrderClaim {
    /// The orders.
    pub order_ids: Vec<String>,
}

/// `POST /store/orders/batch/customer/token`: asks for orders that were placed as a guest. The shop mails a token to the
/// e-mail address of each order; with it the claim is confirmed. 401 for a guest. Orders that are the caller's already
/// are passed over.
#[derive(Debug, Clone, Default)]
pub struct ClaimOrders {
    /// The orders.
    pub body: OrderClaim,
}

impl Endpoint for ClaimOrders {
    const METHOD: Method = Method::POST;
    const ROUTE: &'static str = "/store/orders/batch/customer/token";
    // A second time sends a second mail.
    const REPEAT: Repeat = Repeat::Harmful;
    type Response = Done;

    fn body(&self) -> Result<Option<Bytes>, serde_json::Error> {
        json_body(&self.body)
    }
}

impl StoreEndpoint for ClaimOrders {}

/// `POST /store/orders/customer/confirm`: makes the orders of a claim the claiming customer's. Whoever has the token may
/// do it, signed in or not; it is good for 15 minutes, also more than once.
#[derive(Debug, Clone)]
pub struct ConfirmClaim {
    /// The token from the mail; what cannot be one is a 400.
    pub token: SecretString,
}

impl Endpoint for ConfirmClaim {
    const METHOD: Method = Method::POST;
    const ROUTE: &'static str = "/store/orders/customer/confirm";
    const REPEAT: Repeat = Repeat::Harmless;
    type Response = Done;

    fn body(&self) -> Result<Option<Bytes>, serde_json::Error> {
        #[derive(Serialize)]
        struct Body<'a> {
            token: &'a str,
        }
        json_body(&Body { token: self.token.expose_secret() })
    }
}

impl StoreEndpoint for ConfirmClaim {}

/// What a claim's token says. Whether the shop has signed it, the shop alone can tell.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct ClaimTold {
    /// The customer who asked.
    pub claiming_customer_id: String,
    /// The orders that were asked for.
    pub orders: Vec<String>,
}

impl ConfirmClaim {
    /// Reads the token; nothing where it is none.
    #[must_use]
    pub fn told(&self) -> Option<ClaimTold> {
        let payload = self.token.expose_secret().split('.').nth(1)?;
        serde_json::from_slice(&URL_SAFE_NO_PAD.decode(payload).ok()?).ok()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(token: String) -> Option<ClaimTold> {
        ConfirmClaim { token: token.into() }.told()
    }

    #[test]
    fn a_claims_token_tells_whose_it_is() {
        let claims = r#"{"claimingCustomerId":"cus_1","orders":["order_1"],"iat":1,"exp":2}"#;
        let expected = ClaimTold { claiming_customer_id: "cus_1".to_owned(), orders: vec!["order_1".to_owned()] };
        assert_eq!(told(format!("x.{}.y", URL_SAFE_NO_PAD.encode(claims))), Some(expected));
    }

    #[test]
    fn what_is_no_token_tells_nothing() {
        let lacking = format!("x.{}.y", URL_SAFE_NO_PAD.encode(r#"{"claimingCustomerId":"cus_1"}"#));
        for token in ["no token", "a.!.c", "", &lacking] {
            assert_eq!(told(token.to_owned()), None, "{token}");
        }
    }
}
