//! Saved addresses of a customer.

use o2s_framework_core::address::Address;
use o2s_framework_core::context::RequestContext;
use o2s_framework_core::customers::{AddressChanges, CreateAddress, CustomerAddress, ListAddresses, UpdateAddress};
use o2s_framework_core::ids::AddressId;
use o2s_framework_core::paging::Paginated;

use crate::Scenario;
use crate::check::{done, invalid, needs_sign_in, not_found};
use crate::shopping::{address, id, limit, plain_address};
use crate::subject::Subject;

const CREATE: &[&str] = &["customers.create_address", "customers.list_addresses", "customers.get_address"];
const LIST: &[&str] = &["customers.list_addresses", "customers.create_address"];
const GET: &[&str] = &["customers.get_address", "customers.create_address"];
const UPDATE: &[&str] = &["customers.update_address", "customers.create_address", "customers.get_address"];
const DELETE: &[&str] = &["customers.delete_address", "customers.create_address", "customers.get_address"];
const DEFAULT: &[&str] = &["customers.set_default_address", "customers.create_address", "customers.list_addresses"];

pub(crate) fn scenarios() -> Vec<Scenario> {
    vec![
        Scenario::new("customers::every_part_of_a_saved_address_is_kept", CREATE, every_part).signed_in(),
        Scenario::new("customers::an_address_of_the_needful_parts_is_saved", CREATE, needful_parts).signed_in(),
        Scenario::new("customers::the_same_address_twice_is_two_addresses", CREATE, same_twice).signed_in(),
        Scenario::new("customers::a_bad_address_is_refused_before_any_call", CREATE, bad_address).signed_in(),
        Scenario::new("customers::addresses_are_listed_oldest_first", LIST, oldest_first).signed_in(),
        Scenario::new("customers::addresses_are_paged", LIST, paged).signed_in(),
        Scenario::new("customers::addresses_of_others_are_not_listed", LIST, own_alone).signed_in(),
        Scenario::new("customers::an_unknown_address_is_not_found", GET, unknown).signed_in(),
        Scenario::new("customers::an_address_of_somebody_else_is_not_found", FOREIGN, foreign).signed_in(),
        Scenario::new("customers::a_change_keeps_the_rest", UPDATE, change_keeps_rest).signed_in(),
        Scenario::new("customers::an_empty_text_removes_an_optional_part", UPDATE, empty_removes).signed_in(),
        Scenario::new("customers::a_required_part_cannot_be_blanked", UPDATE, required_stays).signed_in(),
        Scenario::new("customers::a_label_is_changed_and_removed", UPDATE, label_changed).signed_in(),
        Scenario::new("customers::an_empty_change_is_refused", UPDATE, empty_change).signed_in(),
        Scenario::new("customers::an_unknown_address_cannot_be_changed", UPDATE, update_unknown).signed_in(),
        Scenario::new("customers::a_deleted_address_is_gone", DELETE, deleted).signed_in(),
        Scenario::new("customers::an_unknown_address_cannot_be_deleted", DELETE, delete_unknown).signed_in(),
        Scenario::new("customers::there_is_one_default_address", DEFAULT, one_default).signed_in(),
        Scenario::new("customers::a_new_default_takes_the_flag", CREATE, new_default).signed_in(),
        Scenario::new("customers::the_flag_can_be_taken_off", UPDATE, flag_off).signed_in(),
        Scenario::new("customers::an_unknown_address_cannot_be_default", DEFAULT, default_unknown).signed_in(),
        Scenario::new("customers::guests_have_no_addresses", ALL, guests),
    ]
}

const FOREIGN: &[&str] = &[
    "customers.get_address",
    "customers.create_address",
    "customers.update_address",
    "customers.delete_address",
    "customers.set_default_address",
];
const ALL: &[&str] = &["customers.list_addresses", "customers.create_address"];

/// Saves a whole address of the caller.
pub(crate) async fn save(s: &Subject, cx: &RequestContext, country: &str) -> CustomerAddress {
    create(s, cx, &CreateAddress { label: Some("Office".to_owned()), is_default: None, address: address(country) })
        .await
}

async fn create(s: &Subject, cx: &RequestContext, request: &CreateAddress) -> CustomerAddress {
    done("saving an address", s.modules.customers.create_address(cx, request)).await
}

async fn get(s: &Subject, cx: &RequestContext, id: &AddressId) -> CustomerAddress {
    done("getting an address", s.modules.customers.get_address(cx, id)).await
}

async fn list(s: &Subject, cx: &RequestContext) -> Paginated<CustomerAddress> {
    let request = ListAddresses { limit: limit(1000), offset: None };
    done("listing addresses", s.modules.customers.list_addresses(cx, &request)).await
}

async fn update(s: &Subject, cx: &RequestContext, id: &AddressId, request: &UpdateAddress) -> CustomerAddress {
    done("changing an address", s.modules.customers.update_address(cx, id, request)).await
}

async fn every_part(s: Subject) {
    let jane = s.jane();
    let saved = save(&s, &jane, &s.facts.home.country).await;
    assert_eq!(saved.label.as_deref(), Some("Office"));
    assert_eq!(saved.address, address(&s.facts.home.country));
    assert_ne!(saved.is_default, Some(true), "nobody asked for a default address");
    assert!(saved.updated_at >= saved.created_at);
    assert_eq!(get(&s, &jane, &saved.id).await, saved, "read by id");
    let listed = list(&s, &jane).await.data.into_iter().find(|listed| listed.id == saved.id);
    assert_eq!(listed, Some(saved), "in the list");
}

async fn needful_parts(s: Subject) {
    let jane = s.jane();
    let plain = plain_address(&s.facts.abroad.country);
    let request = CreateAddress { label: None, is_default: None, address: plain.clone() };
    let saved = create(&s, &jane, &request).await;
    assert_eq!((saved.address, saved.label), (plain, None));
}

async fn same_twice(s: Subject) {
    let jane = s.jane();
    let before = list(&s, &jane).await.total;
    let (first, second) = (save(&s, &jane, &s.facts.home.country).await, save(&s, &jane, &s.facts.home.country).await);
    assert_ne!(first.id, second.id, "the second answer is about the first address");
    assert_eq!(list(&s, &jane).await.total, before + 2);
}

async fn bad_address(s: Subject) {
    let (jane, before) = (s.jane(), s.upstream_calls());
    let bad = Address { street_name: String::new(), country: "Germany".to_owned(), ..address("DE") };
    let request = CreateAddress { label: None, is_default: None, address: bad };
    let call = s.modules.customers.create_address(&jane, &request);
    let error = invalid("saving a bad address", call, "request.invalid").await;
    let fields: Vec<_> = error.violation_list().iter().map(|violation| violation.field.as_str()).collect();
    assert_eq!(fields, ["address.streetName", "address.country"], "{error}");
    assert_eq!(s.upstream_calls(), before, "the backend was called");
}

async fn oldest_first(s: Subject) {
    let jane = s.jane();
    let mut made = Vec::new();
    for _ in 0..3 {
        made.push(save(&s, &jane, &s.facts.home.country).await.id);
    }
    let listed = list(&s, &jane).await;
    assert!(listed.data.is_sorted_by_key(|address| address.created_at), "not by time");
    let ids: Vec<_> = listed.data.iter().map(|address| address.id.clone()).collect();
    assert_eq!(ids[ids.len() - 3..], made, "the newest are last");
}

async fn paged(s: Subject) {
    let jane = s.jane();
    for _ in 0..3 {
        save(&s, &jane, &s.facts.home.country).await;
    }
    let whole = list(&s, &jane).await;
    assert_eq!(whole.total, whole.data.len() as u64);
    let mut seen = Vec::new();
    for offset in 0..u32::try_from(whole.data.len()).unwrap_or(u32::MAX) {
        let request = ListAddresses { limit: limit(1), offset: Some(offset) };
        let page = done("a page of addresses", s.modules.customers.list_addresses(&jane, &request)).await;
        assert_eq!((page.data.len(), page.total), (1, whole.total));
        seen.extend(page.data);
    }
    assert_eq!(seen, whole.data, "pages overlap or leave gaps");
}

async fn own_alone(s: Subject) {
    let (jane, john) = (s.jane(), s.john());
    let johns = save(&s, &john, &s.facts.home.country).await;
    let janes = save(&s, &jane, &s.facts.home.country).await;
    let listed = list(&s, &jane).await.data;
    assert!(listed.iter().all(|address| address.customer_id == janes.customer_id));
    assert!(listed.iter().all(|address| address.id != johns.id), "John's address in Jane's list");
    assert_ne!(johns.customer_id, janes.customer_id);
}

async fn unknown(s: Subject) {
    let (jane, nothing) = (s.jane(), id("addr_01NONE"));
    not_found("an unknown address", s.modules.customers.get_address(&jane, &nothing), "address.not_found").await;
}

async fn foreign(s: Subject) {
    let (jane, john) = (s.jane(), s.john());
    let johns = save(&s, &john, &s.facts.home.country).await;
    let (customers, code) = (&s.modules.customers, "address.not_found");
    not_found("reading it", customers.get_address(&jane, &johns.id), code).await;
    let request = UpdateAddress { label: Some("mine".to_owned()), ..UpdateAddress::default() };
    not_found("changing it", customers.update_address(&jane, &johns.id, &request), code).await;
    not_found("making it the default", customers.set_default_address(&jane, &johns.id), code).await;
    not_found("deleting it", customers.delete_address(&jane, &johns.id), code).await;
    assert_eq!(get(&s, &john, &johns.id).await, johns, "John's address changed");
}

async fn change_keeps_rest(s: Subject) {
    let jane = s.jane();
    let saved = save(&s, &jane, &s.facts.home.country).await;
    let changes = AddressChanges { city: Some("Bonn".to_owned()), ..AddressChanges::default() };
    let request = UpdateAddress { address: Some(changes), ..UpdateAddress::default() };
    let moved = update(&s, &jane, &saved.id, &request).await;
    let expected = Address { city: "Bonn".to_owned(), ..saved.address.clone() };
    assert_eq!((&moved.address, &moved.label), (&expected, &saved.label), "company, tax id, apartment and the rest");
    let changes = AddressChanges { tax_id: Some("DE2".to_owned()), ..AddressChanges::default() };
    let request = UpdateAddress { address: Some(changes), ..UpdateAddress::default() };
    let taxed = update(&s, &jane, &saved.id, &request).await;
    assert_eq!(taxed.address, Address { tax_id: Some("DE2".to_owned()), ..expected });
    assert_eq!(get(&s, &jane, &saved.id).await, taxed);
}

async fn empty_removes(s: Subject) {
    let jane = s.jane();
    let saved = save(&s, &jane, &s.facts.home.country).await;
    let gone = || Some(String::new());
    let changes = AddressChanges {
        company_name: gone(),
        tax_id: gone(),
        apartment: gone(),
        phone: gone(),
        street_number: gone(),
        ..AddressChanges::default()
    };
    let request = UpdateAddress { address: Some(changes), ..UpdateAddress::default() };
    let shorter = update(&s, &jane, &saved.id, &request).await;
    let expected = Address {
        company_name: None,
        tax_id: None,
        apartment: None,
        phone: None,
        street_number: None,
        ..saved.address
    };
    assert_eq!(shorter.address, expected);
}

async fn required_stays(s: Subject) {
    let jane = s.jane();
    let saved = save(&s, &jane, &s.facts.home.country).await;
    let changes = AddressChanges { city: Some(" ".to_owned()), ..AddressChanges::default() };
    let request = UpdateAddress { address: Some(changes), ..UpdateAddress::default() };
    let before = s.upstream_calls();
    let call = s.modules.customers.update_address(&jane, &saved.id, &request);
    invalid("blanking the city", call, "request.invalid").await;
    assert_eq!(s.upstream_calls(), before, "the backend was called");
    assert_eq!(get(&s, &jane, &saved.id).await, saved);
}

async fn label_changed(s: Subject) {
    let jane = s.jane();
    let saved = save(&s, &jane, &s.facts.home.country).await;
    for (label, expected) in [("Workshop", Some("Workshop")), ("", None)] {
        let request = UpdateAddress { label: Some(label.to_owned()), ..UpdateAddress::default() };
        let changed = update(&s, &jane, &saved.id, &request).await;
        assert_eq!((changed.label.as_deref(), &changed.address), (expected, &saved.address));
    }
}

async fn empty_change(s: Subject) {
    let jane = s.jane();
    let saved = save(&s, &jane, &s.facts.home.country).await;
    let (before, request) = (s.upstream_calls(), UpdateAddress::default());
    let call = s.modules.customers.update_address(&jane, &saved.id, &request);
    invalid("a change of nothing", call, "request.invalid").await;
    assert_eq!(s.upstream_calls(), before, "the backend was called");
}

async fn update_unknown(s: Subject) {
    let (jane, nothing) = (s.jane(), id("addr_01NONE"));
    let request = UpdateAddress { label: Some("x".to_owned()), ..UpdateAddress::default() };
    let call = s.modules.customers.update_address(&jane, &nothing, &request);
    not_found("changing an unknown address", call, "address.not_found").await;
}

async fn deleted(s: Subject) {
    let jane = s.jane();
    let saved = save(&s, &jane, &s.facts.home.country).await;
    let before = list(&s, &jane).await.total;
    done("deleting an address", s.modules.customers.delete_address(&jane, &saved.id)).await;
    let call = s.modules.customers.get_address(&jane, &saved.id);
    not_found("reading a deleted address", call, "address.not_found").await;
    assert_eq!(list(&s, &jane).await.total, before - 1);
}

async fn delete_unknown(s: Subject) {
    let (jane, nothing) = (s.jane(), id("addr_01NONE"));
    let call = s.modules.customers.delete_address(&jane, &nothing);
    not_found("deleting an unknown address", call, "address.not_found").await;
}

async fn defaults(s: &Subject, cx: &RequestContext) -> Vec<AddressId> {
    let listed = list(s, cx).await.data;
    listed.into_iter().filter(|address| address.is_default == Some(true)).map(|address| address.id).collect()
}

async fn one_default(s: Subject) {
    let jane = s.jane();
    let (first, second) = (save(&s, &jane, &s.facts.home.country).await, save(&s, &jane, &s.facts.home.country).await);
    for address in [&first, &second, &first] {
        let set = done("choosing a default", s.modules.customers.set_default_address(&jane, &address.id)).await;
        assert_eq!((set.id.clone(), set.is_default, &set.address), (address.id.clone(), Some(true), &address.address));
        assert_eq!(defaults(&s, &jane).await, std::slice::from_ref(&address.id), "the default addresses");
    }
}

async fn new_default(s: Subject) {
    let jane = s.jane();
    for _ in 0..2 {
        let request = CreateAddress { label: None, is_default: Some(true), address: address(&s.facts.home.country) };
        let saved = create(&s, &jane, &request).await;
        assert_eq!(saved.is_default, Some(true));
        assert_eq!(defaults(&s, &jane).await, [saved.id], "the default addresses");
    }
}

async fn flag_off(s: Subject) {
    let jane = s.jane();
    let saved = save(&s, &jane, &s.facts.home.country).await;
    for flag in [true, false] {
        let request = UpdateAddress { is_default: Some(flag), ..UpdateAddress::default() };
        let changed = update(&s, &jane, &saved.id, &request).await;
        assert_eq!((changed.is_default == Some(true), &changed.address), (flag, &saved.address));
        assert_eq!(get(&s, &jane, &saved.id).await.is_default == Some(true), flag);
    }
}

async fn default_unknown(s: Subject) {
    let (jane, nothing) = (s.jane(), id("addr_01NONE"));
    let call = s.modules.customers.set_default_address(&jane, &nothing);
    not_found("choosing an unknown address", call, "address.not_found").await;
}

async fn guests(s: Subject) {
    let (guest, before) = (s.guest(), s.upstream_calls());
    let customers = &s.modules.customers;
    let (some, everything) = (id("addr_1"), ListAddresses::default());
    needs_sign_in("listing addresses", customers.list_addresses(&guest, &everything)).await;
    needs_sign_in("getting an address", customers.get_address(&guest, &some)).await;
    let request = CreateAddress { label: None, is_default: None, address: address(&s.facts.home.country) };
    needs_sign_in("saving an address", customers.create_address(&guest, &request)).await;
    let request = UpdateAddress { label: Some("x".to_owned()), ..UpdateAddress::default() };
    needs_sign_in("changing an address", customers.update_address(&guest, &some, &request)).await;
    needs_sign_in("deleting an address", customers.delete_address(&guest, &some)).await;
    needs_sign_in("choosing an address", customers.set_default_address(&guest, &some)).await;
    assert_eq!(s.upstream_calls(), before, "the backend was called");
}
