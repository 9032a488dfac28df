//! The signed-in customer's saved addresses. All of these need a token.

use bytes::Bytes;
use http::Method;
use serde::{Deserialize, Serialize};

use super::StoreEndpoint;
use super::customers::{Customer, CustomerAnswer};
use crate::endpoint::{Endpoint, Query, Repeat, json_body};
use crate::v2::types::{Deleted, Metadata, Page};

/// A saved address.
#[derive(Debug, Clone, PartialEq, Deserialize)]
pub struct CustomerAddress {
    /// The id, `cuaddr_…`.
    pub id: String,
    /// The customer's word for it, such as "Office".
    pub address_name: Option<String>,
    /// Whether it is the first choice for shipping.
    pub is_default_shipping: Option<bool>,
    /// Whether it is the first choice for the bill.
    pub is_default_billing: Option<bool>,
    /// The customer's id.
    pub customer_id: Option<String>,
    /// Given name.
    pub first_name: Option<String>,
    /// Family name.
    pub last_name: Option<String>,
    /// Company.
    pub company: Option<String>,
    /// First line, commonly the street.
    pub address_1: Option<String>,
    /// Second line.
    pub address_2: Option<String>,
    /// Town.
    pub city: Option<String>,
    /// Postal code.
    pub postal_code: Option<String>,
    /// Lower-case ISO 3166 country.
    pub country_code: Option<String>,
    /// Province or state.
    pub province: Option<String>,
    /// Telephone number.
    pub phone: Option<String>,
    /// Free-form data.
    pub metadata: Option<Metadata>,
    /// Creation, RFC 3339.
    pub created_at: Option<String>,
    /// Last change, RFC 3339.
    pub updated_at: Option<String>,
}

/// An address to save, or what changes in one. What is `None` is not sent.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct CustomerAddressInput {
    /// The customer's word for it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub address_name: Option<String>,
    /// Whether it is the first choice for shipping; the flag of another address goes away.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub is_default_shipping: Option<bool>,
    /// Whether it is the first choice for the bill; the flag of another address goes away.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub is_default_billing: Option<bool>,
    /// Given name.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub first_name: Option<String>,
    /// Family name.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub last_name: Option<String>,
    /// Company.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub company: Option<String>,
    /// First line, commonly the street.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub address_1: Option<String>,
    /// Second line.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub address_2: Option<String>,
    /// Town.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub city: Option<String>,
    /// Postal code.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub postal_code: Option<String>,
    /// Lower-case ISO 3166 country.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub country_code: Option<String>,
    /// Province or state.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub province: Option<String>,
    /// Telephone number.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub phone: Option<String>,
    /// Free-form data.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub metadata: Option<Metadata>,
}

/// `GET /store/customers/me/addresses`: saved addresses.
#[derive(Debug, Clone, Copy, Default)]
pub struct ListAddresses<'a> {
    /// The fields to answer.
    pub fields: Option<&'a str>,
    /// Which part of the list.
    pub page: Page<'a>,
}

/// A page of addresses.
#[derive(Debug, Clone, PartialEq, Deserialize)]
pub struct AddressList {
    /// The addresses.
    pub addresses: Vec<CustomerAddress>,
    /// How many there are in all.
    pub count: u64,
}

impl Endpoint for ListAddresses<'_> {
    const METHOD: Method = Method::GET;
    const ROUTE: &'static str = "/store/customers/me/addresses";
    const REPEAT: Repeat = Repeat::Harmless;
    type Response = AddressList;

    fn query(&self, query: &mut Query) {
        query.set_some("fields", self.fields);
        self.page.write(query);
    }
}

impl StoreEndpoint for ListAddresses<'_> {}

/// `GET /store/customers/me/addresses/{address_id}`: one address; 404 when it is not the customer's.
#[derive(Debug, Clone, Copy, Default)]
pub struct GetAddress<'a> {
    /// The address's id.
    pub id: &'a str,
    /// The fields to answer.
    pub fields: Option<&'a str>,
}

/// One address.
#[derive(Debug, Clone, PartialEq, Deserialize)]
pub struct AddressAnswer {
    /// The address.
    pub address: CustomerAddress,
}

impl Endpoint for GetAddress<'_> {
    const METHOD: Method = Method::GET;
    const ROUTE: &'static str = "/store/customers/me/addresses/{address_id}";
    const REPEAT: Repeat = Repeat::Harmless;
    type Response = AddressAnswer;

    fn path_values(&self) -> Vec<&str> {
        vec![self.id]
    }

    fn query(&self, query: &mut Query) {
        query.set_some("fields", self.fields);
    }
}

impl StoreEndpoint for GetAddress<'_> {}

/// `POST /store/customers/me/addresses`: saves an address. Answers the customer with all addresses:
/// the new one is the one whose id was not there before.
#[derive(Debug, Clone, Default)]
pub struct CreateAddress<'a> {
    /// The fields of the *customer* to answer.
    pub fields: Option<&'a str>,
    /// The address.
    pub body: CustomerAddressInput,
}

impl Endpoint for CreateAddress<'_> {
    const METHOD: Method = Method::POST;
    const ROUTE: &'static str = "/store/customers/me/addresses";
    const REPEAT: Repeat = Repeat::Harmful;
    type Response = CustomerAnswer;

    fn query(&self, query: &mut Query) {
        query.set_some("fields", self.fields);
    }

    fn body(&self) -> Result<Option<Bytes>, serde_json::Error> {
        json_body(&self.body)
    }
}

impl StoreEndpoint for CreateAddress<'_> {}

/// `POST /store/customers/me/addresses/{address_id}`: changes an address. Answers the customer.
#[derive(Debug, Clone, Default)]
pub struct UpdateAddress<'a> {
    /// The address's id.
    pub id: &'a str,
    /// The fields of the *customer* to answer.
    pub fields: Option<&'a str>,
    /// What changes.
    pub body: CustomerAddressInput,
}

impl Endpoint for UpdateAddress<'_> {
    const METHOD: Method = Method::POST;
    const ROUTE: &'static str = "/store/customers/me/addresses/{address_id}";
    const REPEAT: Repeat = Repeat::Harmless;
    type Response = CustomerAnswer;

    fn path_values(&self) -> Vec<&str> {
        vec![self.id]
    }

    fn query(&self, query: &mut Query) {
        query.set_some("fields", self.fields);
    }

    fn body(&self) -> Result<Option<Bytes>, serde_json::Error> {
        json_body(&self.body)
    }
}

impl StoreEndpoint for UpdateAddress<'_> {}

/// `DELETE /store/customers/me/addresses/{address_id}`: deletes an address; the customer is in
/// `parent`.
///
/// A second time is a 404. When an attempt was lost and repeated, an error 404 with
/// [`may_have_acted`](crate::Error::may_have_acted) means that the address is gone.
#[derive(Debug, Clone, Copy, Default)]
pub struct DeleteAddress<'a> {
    /// The address's id.
    pub id: &'a str,
    /// The fields of the *customer* to answer.
    pub fields: Option<&'a str>,
}

impl Endpoint for DeleteAddress<'_> {
    const METHOD: Method = Method::DELETE;
    const ROUTE: &'static str = "/store/customers/me/addresses/{address_id}";
    const REPEAT: Repeat = Repeat::Harmless;
    type Response = Deleted<Customer>;

    fn path_values(&self) -> Vec<&str> {
        vec![self.id]
    }

    fn query(&self, query: &mut Query) {
        query.set_some("fields", self.fields);
    }
}

impl StoreEndpoint for DeleteAddress<'_> {}
