//! Medusa's saved addresses as the contract's, and back.

use o2s_framework_core::customers::{AddressChanges, CreateAddress, CustomerAddress, UpdateAddress};
use o2s_framework_core::error::Result;
use o2s_medusa_client::v1::store::addresses::NewAddress;
use o2s_medusa_client::v1::store::customers::Customer;
use o2s_medusa_client::v1::types::{Address as WireAddress, AddressInput, Metadata};

use crate::error::incomplete;
use crate::map;

/// The key of an address's label, for which Medusa has no field.
const LABEL: &str = "label";

/// A saved address. All parts that an address has come back as they were saved.
pub(super) fn saved_address(customer: &Customer, wire: &WireAddress) -> Result<CustomerAddress> {
    let id = wire.id.as_deref().ok_or_else(|| incomplete("address.id"))?;
    Ok(CustomerAddress {
        id: map::id(id, "address.id")?,
        customer_id: map::id(&customer.id, "customer.id")?,
        label: map::text_member(wire.metadata.as_ref(), LABEL),
        is_default: Some(customer.billing_address_id.as_deref() == Some(id)),
        address: map::address_parts(wire),
        created_at: map::timestamp(wire.created_at.as_deref(), "address.created_at")?,
        updated_at: map::timestamp(wire.updated_at.as_deref(), "address.updated_at")?,
    })
}

/// A customer's saved addresses, the oldest first.
pub(super) fn in_order(customer: &Customer) -> Vec<&WireAddress> {
    let mut addresses: Vec<&WireAddress> = customer.shipping_addresses.iter().collect();
    addresses.sort_by(|a, b| (&a.created_at, &a.id).cmp(&(&b.created_at, &b.id)));
    addresses
}

/// A new address for Medusa: what is blank is left out.
pub(super) fn new_address(request: &CreateAddress) -> NewAddress {
    let address = &request.address;
    let optional = |value: &Option<String>| map::trimmed(value.as_ref()).filter(|text| !text.is_empty());
    let mut metadata = map::address_metadata(address);
    if let Some(label) = optional(&request.label) {
        metadata.insert(LABEL.to_owned(), label.into());
    }
    NewAddress {
        first_name: optional(&address.first_name).unwrap_or_default(),
        last_name: optional(&address.last_name).unwrap_or_default(),
        address_1: address.street_name.trim().to_owned(),
        city: address.city.trim().to_owned(),
        postal_code: address.postal_code.trim().to_owned(),
        country_code: address.country.to_lowercase(),
        company: optional(&address.company_name),
        address_2: optional(&address.street_number),
        province: optional(&address.region),
        phone: optional(&address.phone),
        metadata: Some(metadata),
    }
}

/// The data of an address that a request changes; an empty text removes a part.
pub(super) fn changed_metadata(request: &UpdateAddress) -> Metadata {
    let none = AddressChanges::default();
    let changes = request.address.as_ref().unwrap_or(&none);
    let mut metadata = map::changed_address_metadata(changes);
    metadata.extend(map::members([(LABEL, map::trimmed(request.label.as_ref()))]));
    metadata
}

/// The changes of an address for Medusa: what the request names and nothing else, but all of its data if any of that. An
/// empty text removes a part.
pub(super) fn changed_address(request: &UpdateAddress, metadata: Option<Metadata>) -> AddressInput {
    let none = AddressChanges::default();
    let changes = request.address.as_ref().unwrap_or(&none);
    AddressInput {
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
        metadata,
    }
}

/// The address that was just saved: the newest that was not known and holds what was sent. Another may have been saved at
/// the same moment.
pub(super) fn newest_like<'a>(
    customer: &'a Customer,
    known: &[WireAddress],
    sent: &NewAddress,
) -> Option<&'a WireAddress> {
    let is_known = |address: &WireAddress| known.iter().any(|known| known.id == address.id);
    in_order(customer).into_iter().rev().find(|address| !is_known(address) && holds(address, sent))
}

fn holds(address: &WireAddress, sent: &NewAddress) -> bool {
    let same = |there: &Option<String>, sent: &str| there.as_deref().unwrap_or_default() == sent;
    let optional = |there: &Option<String>, sent: &Option<String>| same(there, sent.as_deref().unwrap_or_default());
    let empty = Metadata::new();
    same(&address.first_name, &sent.first_name)
        && same(&address.last_name, &sent.last_name)
        && same(&address.address_1, &sent.address_1)
        && same(&address.city, &sent.city)
        && same(&address.postal_code, &sent.postal_code)
        && same(&address.country_code, &sent.country_code)
        && optional(&address.company, &sent.company)
        && optional(&address.address_2, &sent.address_2)
        && optional(&address.province, &sent.province)
        && optional(&address.phone, &sent.phone)
        && address.metadata.as_ref().unwrap_or(&empty) == sent.metadata.as_ref().unwrap_or(&empty)
}

#[cfg(test)]
mod tests {
    use o2s_framework_core::address::Address;
    use serde_json::json;

    use super::*;

    fn request() -> CreateAddress {
        CreateAddress {
            label: Some("Office".to_owned()),
            is_default: None,
            address: Address {
                last_name: Some("Doe".to_owned()),
                tax_id: Some("DE1".to_owned()),
                country: "DE".to_owned(),
                street_name: "Unter den Linden".to_owned(),
                city: "Berlin".to_owned(),
                postal_code: "10117".to_owned(),
                ..Address::default()
            },
        }
    }

    fn customer(billing: &str) -> Customer {
        let address = |id: &str, at: &str| {
            json!({
                "id": id, "created_at": at, "updated_at": at, "first_name": "", "last_name": "Doe",
                "address_1": "Unter den Linden", "city": "Berlin", "postal_code": "10117", "country_code": "de",
                "company": null, "metadata": {"label": "Office", "taxId": "DE1"},
            })
        };
        let customer = json!({"id": "cus_1", "billing_address_id": billing, "shipping_addresses": [
            address("addr_2", "2026-11-22T11:00:01Z"), address("addr_1", "2026-11-22T11:00:00Z"),
        ]});
        serde_json::from_str(&customer.to_string()).expect("a customer")
    }

    #[test]
    fn a_saved_address_comes_back_as_it_was_saved() {
        let customer = customer("addr_1");
        let newest = newest_like(&customer, &[], &new_address(&request())).expect("it is there");
        let saved = saved_address(&customer, newest).expect("a saved address");
        assert_eq!((saved.id.as_str(), saved.is_default), ("addr_2", Some(false)));
        assert_eq!((saved.label.as_deref(), saved.address), (Some("Office"), request().address));
        let default = saved_address(&customer, in_order(&customer)[0]).expect("a saved address");
        assert_eq!((default.id.as_str(), default.is_default), ("addr_1", Some(true)));
    }

    #[test]
    fn another_address_is_not_taken_for_the_new_one() {
        let other = CreateAddress { label: Some("Home".to_owned()), ..request() };
        assert!(newest_like(&customer("addr_1"), &[], &new_address(&other)).is_none());
        let known = customer("addr_1").shipping_addresses;
        assert!(newest_like(&customer("addr_1"), &known, &new_address(&request())).is_none());
    }
}
