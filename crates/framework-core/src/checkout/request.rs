use serde::Deserialize;

use crate::address::Address;
use crate::carts::UpdateCartAddresses;
use crate::error::Violation;
use crate::ids::{AddressId, PaymentProviderId, ShippingOptionId};
use crate::metadata::Metadata;
use crate::text::{Email, WebUrl};

/// A shipping option for the cart.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct SetShippingMethod {
    /// One of the cart's shipping options.
    pub shipping_option_id: ShippingOptionId,
}

/// How the cart is to be paid.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct SetPayment {
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

/// Places the order. Needs nothing but, for a guest whose cart has none, an e-mail address.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct PlaceOrder {
    /// Where the confirmation goes.
    #[serde(default)]
    pub email: Option<Email>,
}

/// The whole checkout in one call: addresses, shipping, payment, order.
///
/// What the cart already has need not be given again. Everything is checked before the first write.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct CompleteCheckout {
    /// A saved address of the caller to ship to; needs a token.
    #[serde(default)]
    pub shipping_address_id: Option<AddressId>,
    /// An address to ship to.
    #[serde(default)]
    pub shipping_address: Option<Address>,
    /// A saved address of the caller to bill to; needs a token.
    #[serde(default)]
    pub billing_address_id: Option<AddressId>,
    /// An address to bill to.
    #[serde(default)]
    pub billing_address: Option<Address>,
    /// Ship to the billing address.
    #[serde(default)]
    pub same_as_billing_address: Option<bool>,
    /// The shipping option; needed unless the cart has one.
    #[serde(default)]
    pub shipping_method_id: Option<ShippingOptionId>,
    /// The payment provider.
    pub payment_provider_id: PaymentProviderId,
    /// Where the provider sends the customer back to.
    pub return_url: WebUrl,
    /// Where the provider sends a customer who gives up.
    #[serde(default)]
    pub cancel_url: Option<WebUrl>,
    /// What the shop should know.
    #[serde(default)]
    pub notes: Option<String>,
    /// Where the confirmation goes.
    #[serde(default)]
    pub email: Option<Email>,
    /// Free-form data for the payment provider.
    #[serde(default)]
    pub metadata: Option<Metadata>,
}

impl CompleteCheckout {
    /// The part that concerns addresses, notes and e-mail.
    pub fn addresses(&self) -> UpdateCartAddresses {
        UpdateCartAddresses {
            shipping_address_id: self.shipping_address_id.clone(),
            shipping_address: self.shipping_address.clone(),
            billing_address_id: self.billing_address_id.clone(),
            billing_address: self.billing_address.clone(),
            same_as_billing_address: self.same_as_billing_address,
            notes: self.notes.clone(),
            email: self.email.clone(),
            locale: None,
        }
    }

    /// The part that concerns payment.
    pub fn payment(&self) -> SetPayment {
        SetPayment {
            provider_id: self.payment_provider_id.clone(),
            return_url: self.return_url.clone(),
            cancel_url: self.cancel_url.clone(),
            metadata: self.metadata.clone(),
        }
    }

    /// Whether the request says anything about addresses, notes or e-mail.
    pub fn has_addresses(&self) -> bool {
        self.addresses() != UpdateCartAddresses::default()
    }

    /// What is wrong with the request, whatever the backend and the cart.
    pub fn violations(&self) -> Vec<Violation> {
        if self.has_addresses() { self.addresses().violations() } else { Vec::new() }
    }
}
