use o2s_framework_core::customers::{AddressChanges, CreateAddress, CustomerAddress, ListAddresses, UpdateAddress};
use o2s_framework_core::ids::AddressId;
use o2s_framework_core::paging::Limit;

use crate::{Desk, address, code, guest, open};

fn defaults(addresses: &[CustomerAddress]) -> Vec<&str> {
    addresses.iter().filter(|saved| saved.is_default == Some(true)).map(|saved| saved.id.as_str()).collect()
}

async fn all(desk: &Desk, customer: &str) -> Vec<CustomerAddress> {
    let cx = desk.signed_in(customer);
    desk.modules.customers.list_addresses(&cx, &ListAddresses::default()).await.unwrap().data
}

fn new_address(is_default: bool) -> CreateAddress {
    CreateAddress { label: Some("New".to_owned()), is_default: Some(is_default), address: address("de") }
}

#[tokio::test]
async fn addresses_are_saved_changed_in_part_and_dropped() {
    let desk = open();
    let (cx, customers) = (desk.signed_in("jane"), &desk.modules.customers);
    let mut request = new_address(false);
    request.address.company_name = Some("Brandt Bau".to_owned());
    request.address.tax_id = Some("DE1".to_owned());
    request.address.apartment = Some("4".to_owned());
    let saved = customers.create_address(&cx, &request).await.unwrap();
    assert_eq!((saved.address.country.as_str(), saved.customer_id.as_str()), ("DE", "cus_jane"));
    assert_eq!(customers.get_address(&cx, &saved.id).await.unwrap(), saved);
    assert_eq!(all(&desk, "jane").await.last().unwrap(), &saved, "oldest first");

    let move_house = UpdateAddress {
        address: Some(AddressChanges { city: Some("Bonn".to_owned()), ..AddressChanges::default() }),
        ..UpdateAddress::default()
    };
    let moved = customers.update_address(&cx, &saved.id, &move_house).await.unwrap();
    assert_eq!(moved.address.city, "Bonn");
    assert_eq!(
        (&moved.label, &moved.address.tax_id, &moved.address.apartment, &moved.address.company_name),
        (&saved.label, &saved.address.tax_id, &saved.address.apartment, &saved.address.company_name)
    );
    let unlabel = UpdateAddress { label: Some(String::new()), ..UpdateAddress::default() };
    assert_eq!(customers.update_address(&cx, &saved.id, &unlabel).await.unwrap().label, None);
    assert_eq!(code(customers.update_address(&cx, &saved.id, &UpdateAddress::default()).await), "request.invalid");

    customers.delete_address(&cx, &saved.id).await.unwrap();
    assert_eq!(code(customers.get_address(&cx, &saved.id).await), "address.not_found");
    assert_eq!(code(customers.delete_address(&cx, &saved.id).await), "address.not_found");
    assert_eq!(all(&desk, "jane").await.len(), 2);
}

#[tokio::test]
async fn there_is_one_default_and_it_moves() {
    let desk = open();
    let (cx, customers) = (desk.signed_in("jane"), &desk.modules.customers);
    assert_eq!(defaults(&all(&desk, "jane").await), ["addr_jane-office"]);
    let saved = customers.create_address(&cx, &new_address(true)).await.unwrap();
    assert_eq!(defaults(&all(&desk, "jane").await), [saved.id.as_str()]);
    let site: AddressId = "addr_jane-site".parse().unwrap();
    customers.set_default_address(&cx, &site).await.unwrap();
    assert_eq!(defaults(&all(&desk, "jane").await), ["addr_jane-site"]);
    let back = UpdateAddress { is_default: Some(true), ..UpdateAddress::default() };
    customers.update_address(&cx, &saved.id, &back).await.unwrap();
    assert_eq!(defaults(&all(&desk, "jane").await), [saved.id.as_str()]);
    let none = UpdateAddress { is_default: Some(false), ..UpdateAddress::default() };
    customers.update_address(&cx, &saved.id, &none).await.unwrap();
    assert_eq!(defaults(&all(&desk, "jane").await), [""; 0]);
    assert_eq!(defaults(&all(&desk, "john").await), ["addr_john-home"], "everybody has a default of their own");
}

#[tokio::test]
async fn pages_are_cut_and_totals_are_whole() {
    let desk = open();
    let cx = desk.signed_in("jane");
    let second = ListAddresses { limit: Limit::new(1).ok(), offset: Some(1) };
    let page = desk.modules.customers.list_addresses(&cx, &second).await.unwrap();
    assert_eq!((page.data.len(), page.total, page.data[0].id.as_str()), (1, 2, "addr_jane-site"));
}

#[tokio::test]
async fn a_bad_address_is_refused_with_every_violation() {
    let desk = open();
    let cx = desk.signed_in("jane");
    let mut request = new_address(false);
    request.address.country = "Germany".to_owned();
    request.address.city = String::new();
    let error = desk.modules.customers.create_address(&cx, &request).await.unwrap_err();
    let fields: Vec<_> = error.violation_list().iter().map(|violation| violation.field.as_str()).collect();
    assert_eq!(fields, ["address.city", "address.country"]);
}

#[tokio::test]
async fn the_addresses_of_somebody_else_are_not_there() {
    let desk = open();
    let customers = &desk.modules.customers;
    let of_jane: AddressId = "addr_jane-office".parse().unwrap();
    let label = UpdateAddress { label: Some("Mine".to_owned()), ..UpdateAddress::default() };
    for (cx, expected) in [
        (desk.signed_in("john"), "address.not_found"),
        (guest(), "auth.required"),
        (Desk::forged(), "auth.invalid_token"),
    ] {
        let refusals = [
            code(customers.get_address(&cx, &of_jane).await),
            code(customers.update_address(&cx, &of_jane, &label).await),
            code(customers.delete_address(&cx, &of_jane).await),
            code(customers.set_default_address(&cx, &of_jane).await),
        ];
        assert_eq!(refusals, [expected; 4]);
    }
    for (cx, expected) in [(guest(), "auth.required"), (Desk::forged(), "auth.invalid_token")] {
        assert_eq!(code(customers.list_addresses(&cx, &ListAddresses::default()).await), expected);
        assert_eq!(code(customers.create_address(&cx, &new_address(true)).await), expected);
    }
    assert_eq!(all(&desk, "jane").await.len(), 2);
}
