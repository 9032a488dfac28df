//! Customers: register, read and change oneself.

use std::fmt;

use bytes::Bytes;
use http::Method;
use secrecy::{ExposeSecret, SecretString};
use serde::{Deserialize, Serialize};

use super::StoreEndpoint;
use super::auth::SignedIn;
use super::carts::AddressChoice;
use super::orders::Order;
use crate::endpoint::{Endpoint, Repeat, json_body};
use crate::v1::types::{Address, Metadata, null_as_default};

/// A customer: somebody with an account, or a guest that an e-mail address on a cart made.
#[derive(Debug, Clone, PartialEq, Deserialize)]
pub struct Customer {
    /// The id, `cus_…`.
    pub id: String,
    /// The e-mail address, lower-case.
    pub email: Option<String>,
    /// Given name.
    pub first_name: Option<String>,
    /// Family name.
    pub last_name: Option<String>,
    /// Telephone number.
    pub phone: Option<String>,
    /// Whether there is an account.
    pub has_account: Option<bool>,
    /// Creation, RFC 3339.
    pub created_at: Option<String>,
    /// Last change, RFC 3339.
    pub updated_at: Option<String>,
    /// Free-form data.
    pub metadata: Option<Metadata>,
    /// The id of the billing address.
    pub billing_address_id: Option<String>,
    /// The billing address.
    pub billing_address: Option<Address>,
    /// Saved addresses.
    #[serde(default, deserialize_with = "null_as_default")]
    pub shipping_addresses: Vec<Address>,
    /// Orders; there in the answers of [`auth`](super::auth).
    #[serde(default, deserialize_with = "null_as_default")]
    pub orders: Vec<Order>,
}

/// One customer.
#[derive(Debug, Clone, PartialEq, Deserialize)]
pub struct CustomerAnswer {
    /// The customer.
    pub customer: Customer,
}

/// A new customer.
#[derive(Clone)]
pub struct NewCustomer {
    /// The e-mail address.
    pub email: String,
    /// The password.
    pub password: SecretString,
    /// Given name.
    pub first_name: Option<String>,
    /// Family name.
    pub last_name: Option<String>,
    /// Telephone number.
    pub phone: Option<String>,
}

impl fmt::Debug for NewCustomer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("NewCustomer").finish_non_exhaustive()
    }
}

/// `POST /store/customers`: registers a customer and signs in; 422 `duplicate_error` when the e-mail address has an
/// account. Orders that a guest of that address placed stay the guest's until they are claimed, see
/// [`ClaimOrders`](super::orders::ClaimOrders).
#[derive(Debug, Clone)]
pub struct CreateCustomer {
    /// Who it is.
    pub body: NewCustomer,
}

impl Endpoint for CreateCustomer {
    const METHOD: Method = Method::POST;
    const ROUTE: &'static str = "/store/customers";
    // Medusa: a second time makes no second customer but is answered with 422, which would hide that the first time
    // worked.
    const REPEAT: Repeat = Repeat::Harmful;
    type Response = SignedIn;

    fn body(&self) -> Result<Option<Bytes>, serde_json::Error> {
        #[derive(Serialize)]
        struct Body<'a> {
            email: &'a str,
            password: &'a str,
            #[serde(skip_serializing_if = "Option::is_none")]
            first_name: Option<&'a str>,
            #[serde(skip_serializing_if = "Option::is_none")]
            last_name: Option<&'a str>,
            #[serde(skip_serializing_if = "Option::is_none")]
            phone: Option<&'a str>,
        }
        let NewCustomer { email, password, first_name, last_name, phone } = &self.body;
        json_body(&Body {
            email,
            password: password.expose_secret(),
            first_name: first_name.as_deref(),
            last_name: last_name.as_deref(),
            phone: phone.as_deref(),
        })
    }
}

impl StoreEndpoint for CreateCustomer {}

/// `GET /store/customers/me`: who the caller is; 401 for a guest.
#[derive(Debug, Clone, Copy, Default)]
pub struct GetMe;

impl Endpoint for GetMe {
    const METHOD: Method = Method::GET;
    const ROUTE: &'static str = "/store/customers/me";
    const REPEAT: Repeat = Repeat::Harmless;
    type Response = CustomerAnswer;
}

impl StoreEndpoint for GetMe {}

/// What changes in a customer. What is `None` is not sent and stays.
#[derive(Clone, Default)]
pub struct CustomerUpdate {
    /// Another e-mail address.
    pub email: Option<String>,
    /// Another password. Sessions and tokens that are there stay good.
    pub password: Option<SecretString>,
    /// Given name.
    pub first_name: Option<String>,
    /// Family name.
    pub last_name: Option<String>,
    /// Telephone number.
    pub phone: Option<String>,
    /// The billing address: a saved one, or what changes in the one that is there.
    pub billing_address: Option<AddressChoice>,
    /// Free-form data to merge into what is there; an empty string removes a key.
    pub metadata: Option<Metadata>,
}

impl fmt::Debug for CustomerUpdate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("CustomerUpdate").finish_non_exhaustive()
    }
}

/// `POST /store/customers/me`: changes the caller; 401 for a guest.
#[derive(Debug, Clone, Default)]
pub struct UpdateMe {
    /// What changes.
    pub body: CustomerUpdate,
}

impl Endpoint for UpdateMe {
    const METHOD: Method = Method::POST;
    const ROUTE: &'static str = "/store/customers/me";
    const REPEAT: Repeat = Repeat::Harmless;
    type Response = CustomerAnswer;

    fn body(&self) -> Result<Option<Bytes>, serde_json::Error> {
        #[derive(Serialize)]
        struct Body<'a> {
            #[serde(skip_serializing_if = "Option::is_none")]
            email: Option<&'a str>,
            #[serde(skip_serializing_if = "Option::is_none")]
            password: Option<&'a str>,
            #[serde(skip_serializing_if = "Option::is_none")]
            first_name: Option<&'a str>,
            #[serde(skip_serializing_if = "Option::is_none")]
            last_name: Option<&'a str>,
            #[serde(skip_serializing_if = "Option::is_none")]
            phone: Option<&'a str>,
            #[serde(skip_serializing_if = "Option::is_none")]
            billing_address: Option<&'a AddressChoice>,
            #[serde(skip_serializing_if = "Option::is_none")]
            metadata: Option<&'a Metadata>,
        }
        let CustomerUpdate { email, password, first_name, last_name, phone, billing_address, metadata } = &self.body;
        json_body(&Body {
            email: email.as_deref(),
            password: password.as_ref().map(ExposeSecret::expose_secret),
            first_name: first_name.as_deref(),
            last_name: last_name.as_deref(),
            phone: phone.as_deref(),
            billing_address: billing_address.as_ref(),
            metadata: metadata.as_ref(),
        })
    }
}

impl StoreEndpoint for UpdateMe {}

/// `GET /store/customers/me/payment-methods`: what the payment providers keep of the caller, such as cards; 401 for a
/// guest. The documents call it deprecated.
#[derive(Debug, Clone, Copy, Default)]
pub struct ListPaymentMethods;

/// What payment providers keep.
#[derive(Debug, Clone, PartialEq, Deserialize)]
pub struct PaymentMethodList {
    /// The saved methods.
    pub payment_methods: Vec<PaymentMethod>,
}

/// A saved way of paying.
#[derive(Debug, Clone, PartialEq, Deserialize)]
pub struct PaymentMethod {
    /// The provider.
    pub provider_id: Option<String>,
    /// The provider's data.
    pub data: Option<Metadata>,
}

impl Endpoint for ListPaymentMethods {
    const METHOD: Method = Method::GET;
    const ROUTE: &'static str = "/store/customers/me/payment-methods";
    const REPEAT: Repeat = Repeat::Harmless;
    type Response = PaymentMethodList;
}

impl StoreEndpoint for ListPaymentMethods {}
