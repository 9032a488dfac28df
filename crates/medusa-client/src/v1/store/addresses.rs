//! The caller's saved addresses, which [`GetMe`](super::customers::GetMe) answers. All of these are 401 for a guest, and
//! answer the customer with all addresses.

use bytes::Bytes;
use http::Method;
use serde::Serialize;

use super::StoreEndpoint;
use super::customers::CustomerAnswer;
use crate::endpoint::{Endpoint, Repeat, json_body};
use crate::v1::types::{AddressInput, Metadata};

/// An address to save. What is `None` is not sent.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct NewAddress {
    /// Given name.
    pub first_name: String,
    /// Family name.
    pub last_name: String,
    /// First line, commonly the street.
    pub address_1: String,
    /// Town.
    pub city: String,
    /// Postal code.
    pub postal_code: String,
    /// ISO 3166 country of two letters.
    pub country_code: String,
    /// Company.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub company: Option<String>,
    /// Second line.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub address_2: Option<String>,
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

/// What is sent to save an address.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct AddressBody {
    /// The address.
    pub address: NewAddress,
}

/// `POST /store/customers/me/addresses`: saves an address.
#[derive(Debug, Clone, Default)]
pub struct CreateAddress {
    /// The address.
    pub body: AddressBody,
}

impl Endpoint for CreateAddress {
    const METHOD: Method = Method::POST;
    const ROUTE: &'static str = "/store/customers/me/addresses";
    const REPEAT: Repeat = Repeat::Harmful;
    type Response = CustomerAnswer;

    fn body(&self) -> Result<Option<Bytes>, serde_json::Error> {
        json_body(&self.body)
    }
}

impl StoreEndpoint for CreateAddress {}

/// `POST /store/customers/me/addresses/{address_id}`: changes an address; what is not given stays.
// Medusa: an address that is not the customer's is a 400.
#[derive(Debug, Clone, Default)]
pub struct UpdateAddress<'a> {
    /// The address's id.
    pub id: &'a str,
    /// What changes.
    pub body: AddressInput,
}

impl Endpoint for UpdateAddress<'_> {
    const METHOD: Method = Method::POST;
    const ROUTE: &'static str = "/store/customers/me/addresses/{address_id}";
    const REPEAT: Repeat = Repeat::Harmless;
    type Response = CustomerAnswer;

    fn path_values(&self) -> Vec<&str> {
        vec![self.id]
    }

    fn body(&self) -> Result<Option<Bytes>, serde_json::Error> {
        json_body(&self.body)
    }
}

impl StoreEndpoint for UpdateAddress<'_> {}

/// `DELETE /store/customers/me/addresses/{address_id}`: deletes an address.
// Medusa: one that is not there is deleted as well, with 200.
#[derive(Debug, Clone, Copy, Default)]
pub struct DeleteAddress<'a> {
    /// The address's id.
    pub id: &'a str,
}

impl Endpoint for DeleteAddress<'_> {
    const METHOD: Method = Method::DELETE;
    const ROUTE: &'static str = "/store/customers/me/addresses/{address_id}";
    const REPEAT: Repeat = Repeat::Harmless;
    type Response = CustomerAnswer;

    fn path_values(&self) -> Vec<&str> {
        vec![self.id]
    }
}

impl StoreEndpoint for DeleteAddress<'_> {}

/// `POST /store/customers/{id}/addresses`: where the edition of 2021 has [`CreateAddress`]. Medusa 1.20 has no such
/// route and answers with Express's page, 404.
#[deprecated(note = "moved to `CreateAddress`, POST /store/customers/me/addresses")]
#[derive(Debug, Clone, Default)]
pub struct LegacyCreateAddress<'a> {
    /// The customer's id.
    pub customer_id: &'a str,
    /// The address.
    pub body: AddressBody,
}

#[allow(deprecated, reason = "it is deprecated for callers")]
impl Endpoint for LegacyCreateAddress<'_> {
    const METHOD: Method = Method::POST;
    const ROUTE: &'static str = "/store/customers/{id}/addresses";
    const REPEAT: Repeat = Repeat::Harmful;
    type Response = CustomerAnswer;

    fn path_values(&self) -> Vec<&str> {
        vec![self.customer_id]
    }

    fn body(&self) -> Result<Option<Bytes>, serde_json::Error> {
        json_body(&self.body)
    }
}

#[allow(deprecated, reason = "it is deprecated for callers")]
impl StoreEndpoint for LegacyCreateAddress<'_> {}

/// `DELETE /store/customers/{id}/addresses/{address_id}`: where the edition of 2021 has [`DeleteAddress`]. Medusa 1.20
/// has no such route and answers with Express's page, 404.
#[deprecated(note = "moved to `DeleteAddress`, DELETE /store/customers/me/addresses/{address_id}")]
#[derive(Debug, Clone, Copy, Default)]
pub struct LegacyDeleteAddress<'a> {
    /// The customer's id.
    pub customer_id: &'a str,
    /// The address's id.
    pub id: &'a str,
}

#[allow(deprecated, reason = "it is deprecated for callers")]
impl Endpoint for LegacyDeleteAddress<'_> {
    const METHOD: Method = Method::DELETE;
    const ROUTE: &'static str = "/store/customers/{id}/addresses/{address_id}";
    const REPEAT: Repeat = Repeat::Harmless;
    type Response = CustomerAnswer;

    fn path_values(&self) -> Vec<&str> {
        vec![self.customer_id, self.id]
    }
}

#[allow(deprecated, reason = "it is deprecated for callers")]
impl StoreEndpoint for LegacyDeleteAddress<'_> {}
