use serde::Serialize;

use crate::address::Address;
use crate::ids::{AddressId, CustomerId};
use crate::time::Timestamp;

/// A saved address of a customer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct CustomerAddress {
    /// The address's id.
    pub id: AddressId,
    /// Whose it is.
    pub customer_id: CustomerId,
    /// What the customer calls it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub label: Option<String>,
    /// Whether it is the one to ship to, or to bill to, unless another is chosen.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub is_default: Option<bool>,
    /// The address.
    pub address: Address,
    /// When it was saved.
    pub created_at: Timestamp,
    /// When it was last changed.
    pub updated_at: Timestamp,
}
