//! The signed-in customer.

use bytes::Bytes;
use http::Method;
use serde::{Deserialize, Serialize};

use super::StoreEndpoint;
use super::addresses::CustomerAddress;
use crate::endpoint::{Endpoint, Query, Repeat, json_body};
use crate::v2::types::{Metadata, null_as_default};

/// A customer: somebody with an account, or a guest that an e-mail address on a cart made.
#[derive(Debug, Clone, PartialEq, Deserialize)]
pub struct Customer {
    /// The id, `cus_…`.
    pub id: String,
    /// The e-mail address.
    pub email: Option<String>,
    /// The company.
    pub company_name: Option<String>,
    /// Given name.
    pub first_name: Option<String>,
    /// Family name.
    pub last_name: Option<String>,
    /// Telephone number.
    pub phone: Option<String>,
    /// Whether there is an account; `None` when it was not asked for.
    pub has_account: Option<bool>,
    /// Creation, RFC 3339.
    pub created_at: Option<String>,
    /// Last change, RFC 3339.
    pub updated_at: Option<String>,
    /// Free-form data.
    pub metadata: Option<Metadata>,
    /// Saved addresses.
    #[serde(default, deserialize_with = "null_as_default")]
    pub addresses: Vec<CustomerAddress>,
}

/// One customer.
#[derive(Debug, Clone, PartialEq, Deserialize)]
pub struct CustomerAnswer {
    /// The customer.
    pub customer: Customer,
}

/// A new customer.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct NewCustomer {
    /// The e-mail address that was registered.
    pub email: String,
    /// The company.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub company_name: Option<String>,
    /// Given name.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub first_name: Option<String>,
    /// Family name.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub last_name: Option<String>,
    /// Telephone number.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub phone: Option<String>,
    /// Free-form data.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub metadata: Option<Metadata>,
}

/// `POST /store/customers`: makes the customer of a registered login. The token is the one that
/// [`Register`](crate::v2::auth::Register) answered; afterwards log in, or refresh it, for one that
/// names the customer.
#[derive(Debug, Clone, Default)]
pub struct CreateCustomer<'a> {
    /// The fields to answer.
    pub fields: Option<&'a str>,
    /// Who it is.
    pub body: NewCustomer,
}

impl Endpoint for CreateCustomer<'_> {
    const METHOD: Method = Method::POST;
    const ROUTE: &'static str = "/store/customers";
    // Medusa: a second time makes no second customer but is answered with 422, which would hide
    // that the first time worked.
    const REPEAT: Repeat = Repeat::Harmful;
    type Response = CustomerAnswer;

    fn query(&self, query: &mut Query) {
        query.set_some("fields", self.fields);
    }

    fn body(&self) -> Result<Option<Bytes>, serde_json::Error> {
        json_body(&self.body)
    }
}

impl StoreEndpoint for CreateCustomer<'_> {}

/// `GET /store/customers/me`: who the token belongs to; 401 when it is not good. Needs a token.
#[derive(Debug, Clone, Copy, Default)]
pub struct GetMe<'a> {
    /// The fields to answer.
    pub fields: Option<&'a str>,
}

impl Endpoint for GetMe<'_> {
    const METHOD: Method = Method::GET;
    const ROUTE: &'static str = "/store/customers/me";
    const REPEAT: Repeat = Repeat::Harmless;
    type Response = CustomerAnswer;

    fn query(&self, query: &mut Query) {
        query.set_some("fields", self.fields);
    }
}

impl StoreEndpoint for GetMe<'_> {}

/// What changes in a customer. What is `None` is not sent and stays. The e-mail address cannot be
/// changed.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct CustomerUpdate {
    /// The company.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub company_name: Option<String>,
    /// Given name.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub first_name: Option<String>,
    /// Family name.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub last_name: Option<String>,
    /// Telephone number.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub phone: Option<String>,
    /// Free-form data to merge into what is there.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub metadata: Option<Metadata>,
}

/// `POST /store/customers/me`: changes the signed-in customer. Needs a token.
#[derive(Debug, Clone, Default)]
pub struct UpdateMe<'a> {
    /// The fields to answer.
    pub fields: Option<&'a str>,
    /// What changes.
    pub body: CustomerUpdate,
}

impl Endpoint for UpdateMe<'_> {
    const METHOD: Method = Method::POST;
    const ROUTE: &'static str = "/store/customers/me";
    const REPEAT: Repeat = Repeat::Harmless;
    type Response = CustomerAnswer;

    fn query(&self, query: &mut Query) {
        query.set_some("fields", self.fields);
    }

    fn body(&self) -> Result<Option<Bytes>, serde_json::Error> {
        json_body(&self.body)
    }
}

impl StoreEndpoint for UpdateMe<'_> {}
