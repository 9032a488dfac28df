//! Identifiers: one type for each kind, checked when made.
//!
//! An id travels into URL paths of backends, so anything that could change a path is refused before
//! any traffic: `/ \ ? # % ;`, `..`, control characters, surrounding white space, more than
//! [`MAX_ID_LENGTH`] bytes, nothing at all.

use std::fmt;

/// The longest id accepted, in bytes.
pub const MAX_ID_LENGTH: usize = 128;

/// Why a text is not an id.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct InvalidId(&'static str);

/// Checks that a text can stand as one segment of a path and mean itself there.
fn check(text: &str) -> Result<(), InvalidId> {
    if text.is_empty() {
        return Err(InvalidId("must not be empty"));
    }
    if text.len() > MAX_ID_LENGTH {
        return Err(InvalidId("must not be longer than 128 bytes"));
    }
    if text == "." || text.contains("..") {
        return Err(InvalidId("must not be a relative path"));
    }
    if text.trim() != text {
        return Err(InvalidId("must not start or end with white space"));
    }
    if text.chars().any(|c| c.is_control() || matches!(c, '/' | '\\' | '?' | '#' | '%' | ';')) {
        return Err(InvalidId("must not contain control characters or any of / \\ ? # % ;"));
    }
    Ok(())
}

macro_rules! ids {
    ($($(#[$doc:meta])* $name:ident;)*) => {$(
        $(#[$doc])*
        #[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, serde::Serialize, serde::Deserialize)]
        #[cfg_attr(feature = "openapi", derive(utoipa::ToSchema), schema(value_type = String, max_length = 128))]
        #[serde(try_from = "String")]
        pub struct $name(String);

        impl $name {
            /// Takes a text as an id; see the [module](self) for what is refused.
            pub fn new(text: impl Into<String>) -> Result<Self, InvalidId> {
                Self::try_from(text.into())
            }

            /// The id as text.
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl TryFrom<String> for $name {
            type Error = InvalidId;

            fn try_from(text: String) -> Result<Self, InvalidId> {
                check(&text)?;
                Ok(Self(text))
            }
        }

        impl std::str::FromStr for $name {
            type Err = InvalidId;

            fn from_str(text: &str) -> Result<Self, InvalidId> {
                Self::new(text)
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }

        impl AsRef<str> for $name {
            fn as_ref(&self) -> &str {
                &self.0
            }
        }
    )*};
}

ids! {
    /// A cart.
    CartId;
    /// A line of a cart or of an order.
    LineItemId;
    /// A product, by its id or by its handle.
    ProductId;
    /// A product variant, by its id or by its slug.
    VariantId;
    /// A category of products.
    CategoryId;
    /// A collection of products.
    CollectionId;
    /// A customer.
    CustomerId;
    /// A saved address of a customer.
    AddressId;
    /// An order.
    OrderId;
    /// The number of an order, as its customer reads it on the confirmation.
    DisplayId;
    /// A return.
    ReturnId;
    /// A reason to return something.
    ReturnReasonId;
    /// A region: a set of countries with one currency.
    RegionId;
    /// A shipping option that a cart may choose.
    ShippingOptionId;
    /// A payment provider.
    PaymentProviderId;
    /// A payment session of a cart.
    PaymentSessionId;
    /// The code of a promotion, as a customer types it.
    PromotionCode;
    /// An asset: a product instance that a customer owns.
    AssetId;
    /// A service instance: a subscription or contract of a customer.
    ServiceId;
    /// An asset or a service, where either will do.
    ResourceId;
    /// A billing account.
    BillingAccountId;
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn refuses_whatever_could_change_a_path() {
        for text in ["", ".", "..", "a/../b", "a/b", "a\\b", "a?b", "a#b", "a%2Fb", "a;b", " a", "a\n", "a\u{0}b"] {
            assert!(CartId::new(text).is_err(), "{text:?} was taken");
        }
        assert!(CartId::new("x".repeat(129)).is_err());
    }

    #[test]
    fn takes_ids_handles_skus_and_codes() {
        for text in [
            "cart_01M81FDYY0CTN4NAMV7DTMHVQ9",
            "cordless-drill-18v",
            "SKU_1.A",
            "ŁÓDŹ-12",
            "SAVE 10",
            "pp_stripe_stripe",
        ] {
            assert_eq!(CartId::new(text).map(|id| id.as_str().to_owned()), Ok(text.to_owned()));
        }
    }

    proptest! {
        #[test]
        fn an_id_never_holds_a_path_separator(text in ".{0,40}") {
            if let Ok(id) = ProductId::new(text.as_str()) {
                prop_assert!(!id.as_str().contains(['/', '\\', '?', '#', '%', ';']));
                prop_assert!(!id.as_str().contains(".."));
                prop_assert_eq!(id.as_str(), text);
            }
        }
    }
}
