//! Changes to a cart that more than one operation makes.

use o2s_framework_core::address::Address;
use o2s_framework_core::carts::UpdateCartAddresses;
use o2s_framework_core::error::{Error, Result};
use o2s_framework_core::ids::{AddressId, RegionId, ShippingOptionId};

use super::CartRecord;
use crate::regions::region;
use crate::shop::Change;
use crate::violations::violation;

/// The member of a cart's metadata that front ends read to show the choice again.
const SAME_AS_BILLING: &str = "sameAsBillingAddress";

impl CartRecord {
    /// Sets addresses, notes and e-mail, or nothing where one of them is refused. The request is sound in itself.
    pub(crate) fn set_addresses(&mut self, request: &UpdateCartAddresses, change: &Change<'_>) -> Result<()> {
        let chosen = |saved: Option<&AddressId>, given: Option<&Address>| match (saved, given) {
            (Some(id), _) => saved_address(id, change).map(Some),
            (None, given) => Ok(given.map(normalised)),
        };
        let shipping = chosen(request.shipping_address_id.as_ref(), request.shipping_address.as_ref())?;
        let billing = chosen(request.billing_address_id.as_ref(), request.billing_address.as_ref())?;

        let same = request.same_as_billing_address == Some(true);
        let (shipping, billing) = match (shipping, billing) {
            (_, billing) if same => {
                let to_both = billing.clone().or_else(|| self.billing_address.clone()).ok_or_else(|| {
                    let message = "needs a billing address: give one, the cart has none";
                    violation(SAME_AS_BILLING, message)
                })?;
                (Some(to_both), billing)
            }
            (Some(shipping), None) if self.billing_address.is_none() => (Some(shipping.clone()), Some(shipping)),
            (None, Some(billing)) if self.shipping_address.is_none() => (Some(billing.clone()), Some(billing)),
            as_given => as_given,
        };
        if let Some(country) = shipping.as_ref().map(|address| address.country.as_str())
            && !self.region.has(country)
        {
            let known: Vec<_> = self.region.countries().collect();
            return Err(Error::invalid(
                "address.country_not_in_region",
                format!("Region {} does not ship to {country}: it ships to {}", self.region.id, known.join(", ")),
            ));
        }

        if same {
            self.metadata.set_flag(SAME_AS_BILLING, true);
        } else if self.metadata.flag(SAME_AS_BILLING) == Some(true) && shipping.is_some() {
            self.metadata.set_flag(SAME_AS_BILLING, false);
        }
        self.shipping_address = shipping.or(self.shipping_address.take());
        self.billing_address = billing.or(self.billing_address.take());
        self.set_notes(request.notes.as_deref());
        self.email = request.email.clone().or(self.email.take());
        Ok(())
    }

    /// Sets the notes; an empty text removes them, none leaves them.
    pub(crate) fn set_notes(&mut self, notes: Option<&str>) {
        if let Some(notes) = notes {
            self.notes = (!notes.is_empty()).then(|| notes.to_owned());
        }
    }

    /// Takes one of the cart's shipping options. 400 `cart.empty`, `shipping_option.invalid`.
    pub(crate) fn set_shipping_option(&mut self, id: &ShippingOptionId) -> Result<()> {
        self.ensure_filled()?;
        let options = self.shipping_options();
        let option = options.iter().find(|option| option.id == id.as_str()).ok_or_else(|| {
            let known: Vec<_> = options.iter().map(|option| option.id).collect();
            Error::invalid(
                "shipping_option.invalid",
                format!("{id} is no shipping option of this cart: take one of {}", known.join(", ")),
            )
        })?;
        self.shipping_option = Some(option);
        Ok(())
    }

    /// Moves the cart to another region. What does not go along is dropped: a shipping option that is not offered
    /// there, a shipping address in a country outside. 404 `region.not_found`.
    pub(crate) fn set_region(&mut self, id: &RegionId) -> Result<()> {
        self.region = region(id)?;
        let options = self.shipping_options();
        self.shipping_option =
            self.shipping_option.filter(|chosen| options.iter().any(|option| option.id == chosen.id));
        self.shipping_address = self.shipping_address.take().filter(|address| self.region.has(&address.country));
        Ok(())
    }
}

/// A saved address of the caller. 401 `auth.required`, 404 `address.not_found`.
fn saved_address(id: &AddressId, change: &Change<'_>) -> Result<Address> {
    let caller = change.caller.ok_or_else(Error::sign_in_required)?;
    change.state.address(id, caller).map(|saved| saved.address.clone())
}

/// Countries are kept in upper case.
fn normalised(address: &Address) -> Address {
    Address { country: address.country.to_ascii_uppercase(), ..address.clone() }
}
