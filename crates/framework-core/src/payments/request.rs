use serde::Deserialize;

use crate::ids::{CartId, PaymentProviderId, RegionId};
use crate::metadata::Metadata;
use crate::text::{Locale, WebUrl};

/// Where the payment providers are wanted for.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::IntoParams))]
#[cfg_attr(feature = "openapi", into_params(parameter_in = Query))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct ListProviders {
    /// The region.
    pub region_id: RegionId,
    /// The language, stronger than the context's.
    #[serde(default)]
    pub locale: Option<Locale>,
}

/// A new payment session for a cart.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct CreateSession {
    /// The cart to pay.
    pub cart_id: CartId,
    /// One of the region's payment providers.
    pub provider_id: PaymentProviderId,
    /// Where the provider sends the customer back to.
    pub return_url: WebUrl,
    /// Where the provider sends a customer who gives up.
    #[serde(default)]
    pub cancel_url: Option<WebUrl>,
    /// Free-form data for the provider.
    #[serde(default)]
    pub metadata: Option<Metadata>,
}

/// What to change of a payment session. At least one change is needed.
#[derive(Clone, Debug, Default, PartialEq, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct UpdateSession {
    /// Where the provider sends the customer back to.
    #[serde(default)]
    pub return_url: Option<WebUrl>,
    /// Where the provider sends a customer who gives up.
    #[serde(default)]
    pub cancel_url: Option<WebUrl>,
    /// Members to set in the provider's data.
    #[serde(default)]
    pub metadata: Option<Metadata>,
}

impl UpdateSession {
    /// Whether there is nothing to change.
    pub fn is_empty(&self) -> bool {
        self.return_url.is_none() && self.cancel_url.is_none() && self.metadata.is_none()
    }
}
