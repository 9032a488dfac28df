use std::fmt;

use serde::Serialize;

use crate::ids::{CartId, PaymentProviderId, PaymentSessionId};
use crate::metadata::Metadata;
use crate::time::Timestamp;

/// A way to pay in a region.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct PaymentProvider {
    /// The provider's id.
    pub id: PaymentProviderId,
    /// Its name.
    pub name: String,
    /// Its kind, as the backend calls it.
    #[serde(rename = "type")]
    pub kind: String,
    /// Whether it can be chosen.
    pub is_enabled: bool,
    /// Whether the customer leaves for the provider's page.
    pub requires_redirect: bool,
    /// What a browser needs to know of the provider; never a secret.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub config: Option<Metadata>,
}

/// A payment under way.
#[derive(Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct PaymentSession {
    /// The session's id.
    pub id: PaymentSessionId,
    /// The cart it pays.
    pub cart_id: CartId,
    /// The provider.
    pub provider_id: PaymentProviderId,
    /// How far it is.
    pub status: PaymentSessionStatus,
    /// Where to send the customer.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub redirect_url: Option<String>,
    /// The secret for the provider's own script in the browser.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub client_secret: Option<String>,
    /// When it will be dropped.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub expires_at: Option<Timestamp>,
    /// The provider's own data.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub metadata: Option<Metadata>,
}

/// Leaves the client secret, the redirect and the provider's data out.
impl fmt::Debug for PaymentSession {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("PaymentSession")
            .field("id", &self.id)
            .field("cart_id", &self.cart_id)
            .field("provider_id", &self.provider_id)
            .field("status", &self.status)
            .finish_non_exhaustive()
    }
}

/// How far a payment session is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "UPPERCASE")]
pub enum PaymentSessionStatus {
    /// Waits for the customer or the provider.
    Pending,
    /// The provider holds the amount.
    Authorized,
    /// The shop has the amount.
    Captured,
    /// The provider refused.
    Failed,
    /// Called off.
    Cancelled,
}
