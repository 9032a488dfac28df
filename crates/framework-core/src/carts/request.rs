use serde::Deserialize;

use crate::address::Address;
use crate::error::Violation;
use crate::ids::{
    AddressId, CartId, CustomerId, PaymentProviderId, PromotionCode, RegionId, ShippingOptionId, VariantId,
};
use crate::metadata::Metadata;
use crate::money::Currency;
use crate::paging::{DEFAULT_LIMIT, Limit, Page};
use crate::sort::{Sort, SortField};
use crate::text::{Email, Locale, Quantity};

/// Which carts to list. Only the caller's own are ever listed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::IntoParams))]
#[cfg_attr(feature = "openapi", into_params(parameter_in = Query))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct ListCarts {
    /// Only carts of this customer; anybody but the caller gives an empty list.
    #[serde(default)]
    pub customer_id: Option<CustomerId>,
    /// The order of the list: `createdAt` or `updatedAt`, with `_ASC` or `_DESC`; newest first if absent.
    #[serde(default)]
    #[cfg_attr(feature = "openapi", param(value_type = Option<String>, example = "createdAt_DESC"))]
    pub sort: Option<Sort<CartSort>>,
    /// The language, stronger than the context's.
    #[serde(default)]
    pub locale: Option<Locale>,
    /// How many carts, at most 1000; 10 if absent.
    #[serde(default)]
    pub limit: Option<Limit>,
    /// How many carts to skip.
    #[serde(default)]
    pub offset: Option<u32>,
}

impl ListCarts {
    /// The window asked for.
    pub fn page(&self) -> Page {
        Page::of(self.limit, self.offset, DEFAULT_LIMIT)
    }
}

/// What carts can be sorted by.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum CartSort {
    /// When the cart was made.
    CreatedAt,
    /// When the cart was last changed.
    UpdatedAt,
}

impl SortField for CartSort {
    const NAMES: &'static [(&'static str, Self)] = &[("createdAt", Self::CreatedAt), ("updatedAt", Self::UpdatedAt)];
}

/// A new, empty cart.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct CreateCart {
    /// The currency of all prices; must be the region's where both are given.
    pub currency: Currency,
    /// The customer; only the caller may be named. A signed-in caller's cart is the caller's in any case.
    #[serde(default)]
    pub customer_id: Option<CustomerId>,
    /// A name for the cart.
    #[serde(default)]
    pub name: Option<String>,
    /// The region; if absent, the default one of the currency.
    #[serde(default)]
    pub region_id: Option<RegionId>,
    /// Free-form data.
    #[serde(default)]
    pub metadata: Option<Metadata>,
    /// The language, stronger than the context's.
    #[serde(default)]
    pub locale: Option<Locale>,
}

impl CreateCart {
    /// An empty cart in a currency.
    pub fn new(currency: Currency) -> Self {
        Self { currency, customer_id: None, name: None, region_id: None, metadata: None, locale: None }
    }
}

/// What to change of a cart; what is absent stays. At least one change is needed.
#[derive(Clone, Debug, Default, PartialEq, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct UpdateCart {
    /// A name for the cart.
    #[serde(default)]
    pub name: Option<String>,
    /// Another region: prices, taxes and shipping change with it.
    #[serde(default)]
    pub region_id: Option<RegionId>,
    /// Where the confirmation goes.
    #[serde(default)]
    pub email: Option<Email>,
    /// A saved address of the caller to ship to.
    #[serde(default)]
    pub shipping_address_id: Option<AddressId>,
    /// A saved address of the caller to bill to.
    #[serde(default)]
    pub billing_address_id: Option<AddressId>,
    /// A shipping option to take.
    #[serde(default)]
    pub shipping_method_id: Option<ShippingOptionId>,
    /// A payment provider to take.
    #[serde(default)]
    pub payment_method_id: Option<PaymentProviderId>,
    /// What the shop should know; an empty text removes it.
    #[serde(default)]
    pub notes: Option<String>,
    /// Members to set; others stay, an empty text removes a member.
    #[serde(default)]
    pub metadata: Option<Metadata>,
    /// The language, stronger than the context's.
    #[serde(default)]
    pub locale: Option<Locale>,
}

impl UpdateCart {
    /// Whether there is nothing to change.
    pub fn is_empty(&self) -> bool {
        self.name.is_none()
            && self.region_id.is_none()
            && self.email.is_none()
            && self.shipping_address_id.is_none()
            && self.billing_address_id.is_none()
            && self.shipping_method_id.is_none()
            && self.payment_method_id.is_none()
            && self.notes.is_none()
            && self.metadata.is_none()
    }
}

/// An item for a cart: the named one, or a new one.
///
/// The variant is named by `variant_id`, or in `sku` by its id or its real SKU; one of the two is needed.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct AddCartItem {
    /// The cart; a new one is made if absent.
    #[serde(default)]
    pub cart_id: Option<CartId>,
    /// The variant's SKU or id.
    #[serde(default)]
    pub sku: Option<VariantId>,
    /// The variant's id; stronger than `sku`.
    #[serde(default)]
    pub variant_id: Option<VariantId>,
    /// How many pieces.
    pub quantity: Quantity,
    /// The currency of a new cart; needed for one unless the region is given.
    #[serde(default)]
    pub currency: Option<Currency>,
    /// The region of a new cart.
    #[serde(default)]
    pub region_id: Option<RegionId>,
    /// Free-form data of the line.
    #[serde(default)]
    pub metadata: Option<Metadata>,
    /// The language, stronger than the context's.
    #[serde(default)]
    pub locale: Option<Locale>,
}

impl AddCartItem {
    /// A variant for an existing cart.
    pub fn to_cart(cart_id: CartId, variant_id: VariantId, quantity: Quantity) -> Self {
        Self { cart_id: Some(cart_id), ..Self::of(variant_id, quantity) }
    }

    /// A variant for a new cart in a currency.
    pub fn to_new_cart(currency: Currency, variant_id: VariantId, quantity: Quantity) -> Self {
        Self { currency: Some(currency), ..Self::of(variant_id, quantity) }
    }

    fn of(variant_id: VariantId, quantity: Quantity) -> Self {
        Self {
            cart_id: None,
            sku: None,
            variant_id: Some(variant_id),
            quantity,
            currency: None,
            region_id: None,
            metadata: None,
            locale: None,
        }
    }

    /// What keeps the item from being added, whatever the backend: no variant named, or a new cart without
    /// currency and region.
    pub fn violations(&self) -> Vec<Violation> {
        let mut found = Vec::new();
        if self.variant_id.is_none() && self.sku.is_none() {
            found.push(Violation::new("variantId", "name the variant in variantId, or its SKU in sku"));
        }
        if self.cart_id.is_none() && self.currency.is_none() && self.region_id.is_none() {
            found.push(Violation::new("currency", "needed to make a new cart, unless regionId is given"));
        }
        found
    }
}

/// What to change of a line. At least one change is needed.
#[derive(Clone, Debug, Default, PartialEq, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct UpdateCartItem {
    /// How many pieces from now on. To remove the line, delete it.
    #[serde(default)]
    pub quantity: Option<Quantity>,
    /// Members to set; others stay.
    #[serde(default)]
    pub metadata: Option<Metadata>,
    /// The language, stronger than the context's.
    #[serde(default)]
    pub locale: Option<Locale>,
}

/// A promotion to apply.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct ApplyPromotion {
    /// The code, as the customer types it.
    pub code: PromotionCode,
    /// The language, stronger than the context's.
    #[serde(default)]
    pub locale: Option<Locale>,
}

/// The addresses of a cart. One address given is used for both, unless the cart already has the other.
#[derive(Clone, Debug, Default, PartialEq, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct UpdateCartAddresses {
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
    /// Ship to the billing address: the one given here, else the one the cart has.
    #[serde(default)]
    pub same_as_billing_address: Option<bool>,
    /// What the shop should know; an empty text removes it.
    #[serde(default)]
    pub notes: Option<String>,
    /// Where the confirmation goes.
    #[serde(default)]
    pub email: Option<Email>,
    /// The language, stronger than the context's.
    #[serde(default)]
    pub locale: Option<Locale>,
}

impl UpdateCartAddresses {
    /// What keeps the addresses from being written, whatever the backend: nothing to write, both an id and an
    /// address for one side, incomplete addresses.
    pub fn violations(&self) -> Vec<Violation> {
        let mut found = Vec::new();
        let sides = [
            ("shippingAddress", &self.shipping_address_id, &self.shipping_address),
            ("billingAddress", &self.billing_address_id, &self.billing_address),
        ];
        for (field, id, address) in sides {
            if id.is_some() && address.is_some() {
                found.push(Violation::new(field, format!("give either {field} or {field}Id")));
            }
            found.extend(address.iter().flat_map(|address| address.violations(field)));
        }
        let same = self.same_as_billing_address == Some(true);
        if same && (self.shipping_address.is_some() || self.shipping_address_id.is_some()) {
            found.push(Violation::new("sameAsBillingAddress", "cannot go with a shipping address of its own"));
        }
        let has_address = sides.iter().any(|(_, id, address)| id.is_some() || address.is_some());
        if !has_address && !same && self.notes.is_none() && self.email.is_none() {
            found.push(Violation::new("shippingAddress", "give an address, notes or an e-mail address"));
        }
        found
    }
}

/// A shipping option for a cart.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct AddShippingMethod {
    /// One of the cart's shipping options.
    pub shipping_option_id: ShippingOptionId,
    /// The language, stronger than the context's.
    #[serde(default)]
    pub locale: Option<Locale>,
}
