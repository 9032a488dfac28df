//! Medusa's saved addresses as the contract's, and back.

use o2s_framework_core::address::Address;
use o2s_framework_core::customers::{AddressChanges, CreateAddress, CustomerAddress, UpdateAddress};
use o2s_framework_core::error::Result;
use o2s_framework_core::text::Email;
use o2s_medusa_client::v2::store::addresses::{CustomerAddress as WireAddress, CustomerAddressInput};
use o2s_medusa_client::v2::types::Metadata;

use crate::error::incomplete;
use crate::map;

/// What is asked of an address.
pub(super) const ADDRESS_FIELDS: &str = "id,customer_id,address_name,is_default_shipping,is_default_billing,first_name,\
last_name,company,address_1,address_2,city,postal_code,country_code,province,phone,metadata,created_at,updated_at";

/// What is asked of the customer that every write answers.
pub(super) const CUSTOMER_FIELDS: &str = "id,*addresses";

/// A saved address. All parts that an address has come back as they were saved.
pub(super) fn saved_address(wire: &WireAddress) -> Result<CustomerAddress> {
    let customer = wire.customer_id.as_deref().ok_or_else(|| incomplete("address.customer_id"))?;
    let metadata = wire.metadata.as_ref();
    Ok(CustomerAddress {
        id: map::id(&wire.id, "address.id")?,
        customer_id: map::id(customer, "address.customer_id")?,
        label: map::text(wire.address_name.as_ref()),
        is_default: Some(wire.is_default_shipping == Some(true) || wire.is_default_billing == Some(true)),
        address: Address {
            first_name: map::text(wire.first_name.as_ref()),
            last_name: map::text(wire.last_name.as_ref()),
            company_name: map::text(wire.company.as_ref()),
            tax_id: map::text_member(metadata, "taxId"),
            country: wire.country_code.as_deref().unwrap_or_default().to_uppercase(),
            district: map::text_member(metadata, "district"),
            region: map::text(wire.province.as_ref()),
            street_name: wire.address_1.clone().unwrap_or_default(),
            street_number: map::text(wire.address_2.as_ref()).map(|number| number.trim().to_owned()),
            apartment: map::text_member(metadata, "apartment"),
            city: wire.city.clone().unwrap_or_default(),
            postal_code: wire.postal_code.clone().unwrap_or_default(),
            email: map::text_member(metadata, "email").and_then(|email| email.parse().ok()),
            phone: map::text(wire.phone.as_ref()),
        },
        created_at: map::timestamp(wire.created_at.as_deref(), "address.created_at")?,
        updated_at: map::timestamp(wire.updated_at.as_deref(), "address.updated_at")?,
    })
}

/// A new address for Medusa: what is blank is left out.
pub(super) fn new_address(request: &CreateAddress) -> CustomerAddressInput {
    let address = &request.address;
    let optional = |value: &Option<String>| map::trimmed(value.as_ref()).filter(|text| !text.is_empty());
    let metadata: Metadata = map::members([
        ("taxId", optional(&address.tax_id)),
        ("apartment", optional(&address.apartment)),
        ("district", optional(&address.district)),
        ("email", address.email.as_ref().map(Email::to_string)),
    ]);
    CustomerAddressInput {
        address_name: optional(&request.label),
        // Both at once: Medusa takes the flags from the address that had them.
        is_default_shipping: request.is_default.filter(|is_default| *is_default),
        is_default_billing: request.is_default.filter(|is_default| *is_default),
        first_name: optional(&address.first_name),
        last_name: optional(&address.last_name),
        company: optional(&address.company_name),
        address_1: Some(address.street_name.trim().to_owned()),
        address_2: optional(&address.street_number),
        city: Some(address.city.trim().to_owned()),
        postal_code: Some(address.postal_code.trim().to_owned()),
        country_code: Some(address.country.to_lowercase()),
        province: optional(&address.region),
        phone: optional(&address.phone),
        metadata: (!metadata.is_empty()).then_some(metadata),
    }
}

/// The changes of an address for Medusa: what the request names and nothing else. An empty text removes a part.
// Medusa: fields that are not sent stay; metadata is merged, and an empty text removes its key.
pub(super) fn changed_address(request: &UpdateAddress) -> CustomerAddressInput {
    let none = AddressChanges::default();
    let changes = request.address.as_ref().unwrap_or(&none);
    let metadata = map::changed_address_metadata(changes);
    CustomerAddressInput {
        address_name: map::trimmed(request.label.as_ref()),
        is_default_shipping: request.is_default,
        is_default_billing: request.is_default,
        first_name: map::trimmed(changes.first_name.as_ref()),
        last_name: map::trimmed(changes.last_name.as_ref()),
        company: map::trimmed(changes.company_name.as_ref()),
        address_1: map::trimmed(changes.street_name.as_ref()),
        address_2: map::trimmed(changes.street_number.as_ref()),
        city: map::trimmed(changes.city.as_ref()),
        postal_code: map::trimmed(changes.postal_code.as_ref()),
        country_code: changes.country.as_ref().map(|country| country.to_lowercase()),
        province: map::trimmed(changes.region.as_ref()),
        phone: map::trimmed(changes.phone.as_ref()),
        metadata: (!metadata.is_empty()).then_some(metadata),
    }
}

/// The address that was just saved: the newest that holds what was sent.
// Medusa: a new address is answered among all of the customer's, without a word which it is. Another address may have
// been saved at the same moment, and an equal one may have been there before.
pub(super) fn newest_like<'a>(addresses: &'a [WireAddress], sent: &CustomerAddressInput) -> Option<&'a WireAddress> {
    addresses
        .iter()
        .filter(|address| holds(address, sent))
        .max_by(|a, b| (&a.created_at, &a.id).cmp(&(&b.created_at, &b.id)))
}

fn holds(address: &WireAddress, sent: &CustomerAddressInput) -> bool {
    let same = |there: &Option<String>, sent: &Option<String>| {
        there.as_deref().unwrap_or_default() == sent.as_deref().unwrap_or_default()
    };
    let empty = Metadata::new();
    same(&address.address_name, &sent.address_name)
        && same(&address.first_name, &sent.first_name)
        && same(&address.last_name, &sent.last_name)
        && same(&address.company, &sent.company)
        && same(&address.address_1, &sent.address_1)
        && same(&address.address_2, &sent.address_2)
        && same(&address.city, &sent.city)
        && same(&address.postal_code, &sent.postal_code)
        && same(&address.country_code, &sent.country_code)
        && same(&address.province, &sent.province)
        && same(&address.phone, &sent.phone)
        && address.metadata.as_ref().unwrap_or(&empty) == sent.metadata.as_ref().unwrap_or(&empty)
}

#[cfg(test)]
mod tests;
