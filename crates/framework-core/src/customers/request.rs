use serde::Deserialize;

use crate::address::Address;
use crate::error::Violation;
use crate::paging::{DEFAULT_LIMIT, Limit, Page};
use crate::text::Email;

/// Which part of the caller's addresses to list.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::IntoParams))]
#[cfg_attr(feature = "openapi", into_params(parameter_in = Query))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct ListAddresses {
    /// How many addresses, at most 1000; 10 if absent.
    #[serde(default)]
    pub limit: Option<Limit>,
    /// How many addresses to skip.
    #[serde(default)]
    pub offset: Option<u32>,
}

impl ListAddresses {
    /// The window asked for.
    pub fn page(&self) -> Page {
        Page::of(self.limit, self.offset, DEFAULT_LIMIT)
    }
}

/// A new address.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct CreateAddress {
    /// What the customer calls it.
    #[serde(default)]
    pub label: Option<String>,
    /// Make it the default: the flag moves here from the one that has it.
    #[serde(default)]
    pub is_default: Option<bool>,
    /// The address.
    pub address: Address,
}

/// What to change of an address; what is absent stays. At least one change is needed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct UpdateAddress {
    /// What the customer calls it; an empty text removes the label.
    #[serde(default)]
    pub label: Option<String>,
    /// Make it the default, or no longer the default.
    #[serde(default)]
    pub is_default: Option<bool>,
    /// Parts of the address to change.
    #[serde(default)]
    pub address: Option<AddressChanges>,
}

/// Parts of an address to change; what is absent stays, an empty text removes an optional part.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields, default)]
#[expect(missing_docs, reason = "the parts of an `Address`, documented there")]
pub struct AddressChanges {
    pub first_name: Option<String>,
    pub last_name: Option<String>,
    pub company_name: Option<String>,
    pub tax_id: Option<String>,
    pub country: Option<String>,
    pub district: Option<String>,
    pub region: Option<String>,
    pub street_name: Option<String>,
    pub street_number: Option<String>,
    pub apartment: Option<String>,
    pub city: Option<String>,
    pub postal_code: Option<String>,
    pub email: Option<Email>,
    pub phone: Option<String>,
}

impl AddressChanges {
    /// The address with the changes made.
    pub fn apply_to(&self, address: &Address) -> Address {
        fn required(change: Option<&String>, current: &str) -> String {
            change.map_or_else(|| current.to_owned(), Clone::clone)
        }
        fn optional(change: Option<&String>, current: Option<&String>) -> Option<String> {
            change.or(current).filter(|text| !text.is_empty()).cloned()
        }
        Address {
            first_name: optional(self.first_name.as_ref(), address.first_name.as_ref()),
            last_name: optional(self.last_name.as_ref(), address.last_name.as_ref()),
            company_name: optional(self.company_name.as_ref(), address.company_name.as_ref()),
            tax_id: optional(self.tax_id.as_ref(), address.tax_id.as_ref()),
            country: required(self.country.as_ref(), &address.country),
            district: optional(self.district.as_ref(), address.district.as_ref()),
            region: optional(self.region.as_ref(), address.region.as_ref()),
            street_name: required(self.street_name.as_ref(), &address.street_name),
            street_number: optional(self.street_number.as_ref(), address.street_number.as_ref()),
            apartment: optional(self.apartment.as_ref(), address.apartment.as_ref()),
            city: required(self.city.as_ref(), &address.city),
            postal_code: required(self.postal_code.as_ref(), &address.postal_code),
            email: self.email.clone().or_else(|| address.email.clone()),
            phone: optional(self.phone.as_ref(), address.phone.as_ref()),
        }
    }

    /// What is wrong with the changes by themselves: a required part made blank, a bad country, a part too long.
    pub fn violations(&self, field: &str) -> Vec<Violation> {
        let sound = Address {
            country: "DE".to_owned(),
            street_name: "-".to_owned(),
            city: "-".to_owned(),
            postal_code: "-".to_owned(),
            ..Address::default()
        };
        self.apply_to(&sound).violations(field)
    }
}

impl UpdateAddress {
    /// What is wrong with the request, whatever the backend: no change, or changes that no address may have.
    pub fn violations(&self) -> Vec<Violation> {
        if *self == Self::default() {
            return vec![Violation::new("address", "give something to change: label, isDefault or address")];
        }
        self.address.as_ref().map_or_else(Vec::new, |changes| changes.violations("address"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_change_keeps_the_rest() {
        let address = Address {
            first_name: Some("Jane".to_owned()),
            tax_id: Some("DE1".to_owned()),
            country: "DE".to_owned(),
            street_name: "A".to_owned(),
            city: "Berlin".to_owned(),
            postal_code: "1".to_owned(),
            ..Address::default()
        };
        let changes: AddressChanges = serde_json::from_str(r#"{"city":"Bonn","taxId":""}"#).expect("changes");
        let moved = changes.apply_to(&address);
        assert_eq!(moved, Address { city: "Bonn".to_owned(), tax_id: None, ..address });
    }

    #[test]
    fn a_required_part_cannot_be_blanked() {
        let request: UpdateAddress = serde_json::from_str(r#"{"address":{"city":" "}}"#).expect("a request");
        assert_eq!(request.violations(), [Violation::new("address.city", "must not be blank")]);
        assert_eq!(UpdateAddress::default().violations().len(), 1);
    }
}
