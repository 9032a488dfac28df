//! What the APIs of Medusa 1 and Medusa 2 share.

use std::fmt;

use bytes::Bytes;
use secrecy::{ExposeSecret, SecretString};
use serde::{Deserialize, Deserializer, Serialize};

use crate::endpoint::json_body;

/// Free-form data that a shop attaches to its objects.
pub type Metadata = serde_json::Map<String, serde_json::Value>;

/// Reads `null` as the empty value, for lists that a backend may leave out either way.
pub(crate) fn null_as_default<'de, D, T>(deserializer: D) -> Result<T, D::Error>
where
    D: Deserializer<'de>,
    T: Deserialize<'de> + Default,
{
    Option::deserialize(deserializer).map(Option::unwrap_or_default)
}

/// Reads a list of linked things. `null` stands for one that is gone.
// Medusa 2: a promotion that is deleted stays in its carts as `null`.
pub(crate) fn without_gone<'de, D, T>(deserializer: D) -> Result<Vec<T>, D::Error>
where
    D: Deserializer<'de>,
    T: Deserialize<'de>,
{
    let linked: Option<Vec<Option<T>>> = Option::deserialize(deserializer)?;
    Ok(linked.unwrap_or_default().into_iter().flatten().collect())
}

/// A postal address on a cart or an order, or a saved one of Medusa 1.
#[derive(Debug, Clone, Default, PartialEq, Deserialize)]
pub struct Address {
    /// The id. Medusa 2 makes a copy for each cart and order; in Medusa 1 a cart may share a saved address.
    pub id: Option<String>,
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
    /// Free-form data. Medusa 2 answers it only when the whole address was asked for (`*shipping_address`).
    pub metadata: Option<Metadata>,
    /// Creation, RFC 3339.
    pub created_at: Option<String>,
    /// Last change, RFC 3339.
    pub updated_at: Option<String>,
}

/// A postal address to be put on a cart. What is `None` is not sent.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct AddressInput {
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
    /// Lower-case ISO 3166 country; one outside the cart's region is a 400.
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

/// E-mail address and password.
#[derive(Clone)]
pub struct EmailPassword {
    /// The e-mail address.
    pub email: String,
    /// The password.
    pub password: SecretString,
}

impl fmt::Debug for EmailPassword {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("EmailPassword").finish_non_exhaustive()
    }
}

impl EmailPassword {
    pub(crate) fn to_json(&self) -> std::result::Result<Option<Bytes>, serde_json::Error> {
        #[derive(Serialize)]
        struct Body<'a> {
            email: &'a str,
            password: &'a str,
        }
        json_body(&Body { email: &self.email, password: self.password.expose_secret() })
    }
}
