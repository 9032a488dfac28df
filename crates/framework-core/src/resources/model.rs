use serde::{Deserialize, Serialize};

use crate::address::Address;
use crate::ids::{AssetId, ServiceId};
use crate::money::Price;
use crate::paging::Paginated;
use crate::products::Product;
use crate::time::Timestamp;

/// A product instance that a customer owns.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase", tag = "__typename")]
pub struct Asset {
    /// The asset's id.
    pub id: AssetId,
    /// The billing account; empty where the backend has none.
    pub billing_account_id: String,
    /// What it is an instance of; absent where the product is gone.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub product: Option<Product>,
    /// Manufacturer.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub manufacturer: Option<String>,
    /// Model.
    pub model: String,
    /// Serial number.
    pub serial_no: String,
    /// Description; empty where the backend has none.
    pub description: String,
    /// Whether it is in use.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub status: Option<AssetStatus>,
    /// Where it stands.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub address: Option<Address>,
    /// Until when the warranty holds.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub end_of_warranty: Option<Timestamp>,
    /// Services for it, where they were asked for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub compatible_services: Option<Paginated<Product>>,
}

/// Whether an asset is in use.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "UPPERCASE")]
pub enum AssetStatus {
    /// In use.
    Active,
    /// Not in use.
    Inactive,
    /// Taken out of use.
    Retired,
}

/// A subscription or contract of a customer.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase", tag = "__typename")]
pub struct Service {
    /// The service instance's id.
    pub id: ServiceId,
    /// The billing account; empty where the backend has none.
    pub billing_account_id: String,
    /// What was subscribed to; absent where the product is gone.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub product: Option<Product>,
    /// The terms.
    pub contract: Contract,
    /// The assets it is for.
    pub assets: Vec<Asset>,
}

/// The terms of a service instance.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct Contract {
    /// The contract's id.
    pub id: String,
    /// Its kind, as the shop calls it.
    #[serde(rename = "type", skip_serializing_if = "Option::is_none")]
    pub kind: Option<String>,
    /// Whether it holds.
    pub status: ContractStatus,
    /// From when.
    pub start_date: Timestamp,
    /// Until when; absent where it has no end.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub end_date: Option<Timestamp>,
    /// How often it is paid.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub payment_period: Option<PaymentPeriod>,
    /// The price of one period; absent where the backend has none.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub price: Option<Price>,
}

/// Whether a contract holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "UPPERCASE")]
pub enum ContractStatus {
    /// It holds.
    Active,
    /// It has ended.
    Expired,
    /// It does not hold now.
    Inactive,
    /// The backend says something that this list does not have.
    Unknown,
}

/// How often a contract is paid.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum PaymentPeriod {
    /// Once.
    OneTime,
    /// Every week.
    Weekly,
    /// Every month.
    Monthly,
    /// Every year.
    Yearly,
    /// The backend says something that this list does not have.
    Unknown,
}
