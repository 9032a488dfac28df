//! The addresses of a cart: given, saved, or one for both.

use o2s_framework_core::address::Address;
use o2s_framework_core::carts::{Cart, CreateCart, UpdateCartAddresses};
use o2s_framework_core::context::RequestContext;
use o2s_framework_core::ids::CartId;
use serde_json::json;

use crate::Scenario;
use crate::check::{done, invalid, needs_sign_in, not_found, sound, unchanged};
use crate::customers;
use crate::shopping::{address, email, id, member, metadata, plain_address};
use crate::subject::Subject;

const UPDATE: &[&str] = &["carts.update_addresses", "carts.add_item", "carts.get_cart"];
const SAVED: &[&str] = &["carts.update_addresses", "carts.add_item", "customers.create_address"];
const SET: &[&str] = &["checkout.set_addresses", "carts.add_item", "carts.get_cart"];

pub(crate) fn scenarios() -> Vec<Scenario> {
    vec![
        Scenario::new("cart_addresses::every_part_of_an_address_is_kept", UPDATE, every_part),
        Scenario::new("cart_addresses::one_address_is_used_for_both", UPDATE, one_for_both),
        Scenario::new("cart_addresses::one_side_leaves_the_other", UPDATE, other_side_stays),
        Scenario::new("cart_addresses::shipping_can_follow_billing", UPDATE, same_as_billing),
        Scenario::new("cart_addresses::shipping_can_follow_the_billing_address_of_the_cart", UPDATE, same_as_carts),
        Scenario::new("cart_addresses::following_billing_needs_a_billing_address", UPDATE, same_as_nothing),
        Scenario::new("cart_addresses::country_codes_are_taken_in_any_case", UPDATE, country_in_any_case),
        Scenario::new("cart_addresses::a_foreign_country_is_refused_before_any_write", UPDATE, foreign_country),
        Scenario::new("cart_addresses::a_bad_address_is_refused_before_any_call", UPDATE, bad_address),
        Scenario::new("cart_addresses::nothing_to_write_is_refused", UPDATE, nothing),
        Scenario::new("cart_addresses::notes_and_email_come_along", UPDATE, notes_and_email),
        Scenario::new("cart_addresses::metadata_is_kept", UPDATE_METADATA, metadata_kept),
        Scenario::new("cart_addresses::a_saved_address_is_taken_whole", SAVED, saved).signed_in(),
        Scenario::new("cart_addresses::saved_addresses_for_both_sides", SAVED, saved_for_both).signed_in(),
        Scenario::new("cart_addresses::a_guest_has_no_saved_addresses", UPDATE, saved_of_guest),
        Scenario::new("cart_addresses::a_saved_address_of_somebody_else_is_not_found", SAVED, saved_of_another)
            .signed_in(),
        Scenario::new("cart_addresses::an_id_and_an_address_for_one_side_are_refused", UPDATE, both_given),
        Scenario::new("cart_addresses::an_unknown_cart_is_not_found", UPDATE, unknown_cart),
        Scenario::new("cart_addresses::checkout_sets_addresses_too", SET, by_checkout),
        Scenario::new("cart_addresses::checkout_of_an_empty_cart_takes_no_address", SET_EMPTY, by_checkout_empty),
    ]
}

const UPDATE_METADATA: &[&str] = &["carts.update_addresses", "carts.create_cart"];
const SET_EMPTY: &[&str] = &["checkout.set_addresses", "carts.create_cart", "carts.get_cart"];

fn none() -> UpdateCartAddresses {
    UpdateCartAddresses::default()
}

async fn set(s: &Subject, cx: &RequestContext, cart: &CartId, request: &UpdateCartAddresses) -> Cart {
    sound(done("setting addresses", s.modules.carts.update_addresses(cx, cart, request)).await)
}

async fn a_cart(s: &Subject, cx: &RequestContext) -> Cart {
    s.cart_of(cx, &s.facts.variants.plain, 1).await
}

async fn every_part(s: Subject) {
    let (guest, country) = (s.guest(), &s.facts.home.country);
    let cart = a_cart(&s, &guest).await;
    let (shipping, billing) = (address(country), plain_address(country));
    let request = UpdateCartAddresses {
        shipping_address: Some(shipping.clone()),
        billing_address: Some(billing.clone()),
        ..none()
    };
    let set = set(&s, &guest, &cart.id, &request).await;
    for cart in [&set, &s.cart(&guest, &cart.id).await] {
        assert_eq!(cart.shipping_address.as_ref(), Some(&shipping), "the shipping address");
        assert_eq!(cart.billing_address.as_ref(), Some(&billing), "the billing address");
    }
}

async fn one_for_both(s: Subject) {
    let (guest, only) = (s.guest(), address(&s.facts.home.country));
    for request in [
        UpdateCartAddresses { shipping_address: Some(only.clone()), ..none() },
        UpdateCartAddresses { billing_address: Some(only.clone()), ..none() },
    ] {
        let cart = a_cart(&s, &guest).await;
        let set = set(&s, &guest, &cart.id, &request).await;
        assert_eq!((set.shipping_address, set.billing_address), (Some(only.clone()), Some(only.clone())));
    }
}

async fn other_side_stays(s: Subject) {
    let (guest, country) = (s.guest(), &s.facts.home.country);
    let cart = a_cart(&s, &guest).await;
    let (first, second) = (address(country), plain_address(country));
    set(&s, &guest, &cart.id, &UpdateCartAddresses { billing_address: Some(first.clone()), ..none() }).await;
    let request = UpdateCartAddresses { shipping_address: Some(second.clone()), ..none() };
    let both = set(&s, &guest, &cart.id, &request).await;
    assert_eq!((both.shipping_address, both.billing_address), (Some(second), Some(first)));
}

async fn same_as_billing(s: Subject) {
    let (guest, country) = (s.guest(), &s.facts.home.country);
    let cart = a_cart(&s, &guest).await;
    let request = UpdateCartAddresses { shipping_address: Some(plain_address(country)), ..none() };
    set(&s, &guest, &cart.id, &request).await;
    let billing = address(country);
    let request =
        UpdateCartAddresses { billing_address: Some(billing.clone()), same_as_billing_address: Some(true), ..none() };
    let same = set(&s, &guest, &cart.id, &request).await;
    assert_eq!((same.shipping_address, same.billing_address), (Some(billing.clone()), Some(billing)));
}

async fn same_as_carts(s: Subject) {
    let (guest, country) = (s.guest(), &s.facts.home.country);
    let cart = a_cart(&s, &guest).await;
    let billing = address(country);
    let request = UpdateCartAddresses {
        shipping_address: Some(plain_address(country)),
        billing_address: Some(billing.clone()),
        ..none()
    };
    set(&s, &guest, &cart.id, &request).await;
    let request = UpdateCartAddresses { same_as_billing_address: Some(true), ..none() };
    let same = set(&s, &guest, &cart.id, &request).await;
    assert_eq!((same.shipping_address, same.billing_address), (Some(billing.clone()), Some(billing)));
    assert_eq!(member(same.metadata.as_ref(), "sameAsBillingAddress"), Some(json!(true)), "front ends read this");
}

async fn same_as_nothing(s: Subject) {
    let guest = s.guest();
    let cart = a_cart(&s, &guest).await;
    let request = UpdateCartAddresses { same_as_billing_address: Some(true), ..none() };
    let call = s.modules.carts.update_addresses(&guest, &cart.id, &request);
    invalid("following a billing address that is not there", call, "request.invalid").await;
    unchanged(&cart, &s.cart(&guest, &cart.id).await);
}

async fn country_in_any_case(s: Subject) {
    let guest = s.guest();
    let cart = a_cart(&s, &guest).await;
    let lower = address(&s.facts.home.country.to_lowercase());
    let set = set(&s, &guest, &cart.id, &UpdateCartAddresses { shipping_address: Some(lower), ..none() }).await;
    assert_eq!(set.shipping_address.map(|address| address.country).as_ref(), Some(&s.facts.home.country));
}

async fn foreign_country(s: Subject) {
    let (guest, facts) = (s.guest(), &s.facts);
    let cart = a_cart(&s, &guest).await;
    let (own, foreign) = (address(&facts.home.country), address(&facts.abroad.country));
    let cases = [
        UpdateCartAddresses { shipping_address: Some(foreign.clone()), ..none() },
        UpdateCartAddresses {
            shipping_address: Some(foreign),
            billing_address: Some(own),
            notes: Some("must not be written".to_owned()),
            ..none()
        },
    ];
    for request in cases {
        let call = s.modules.carts.update_addresses(&guest, &cart.id, &request);
        invalid("shipping to a country outside the region", call, "address.country_not_in_region").await;
        unchanged(&cart, &s.cart(&guest, &cart.id).await);
    }
}

async fn bad_address(s: Subject) {
    let guest = s.guest();
    let cart = a_cart(&s, &guest).await;
    let before = s.upstream_calls();
    let bad = Address { city: " ".to_owned(), country: "Germany".to_owned(), ..address("DE") };
    let request = UpdateCartAddresses { shipping_address: Some(bad), ..none() };
    let call = s.modules.carts.update_addresses(&guest, &cart.id, &request);
    let error = invalid("an address without city", call, "request.invalid").await;
    let fields: Vec<_> = error.violation_list().iter().map(|violation| violation.field.as_str()).collect();
    assert_eq!(fields, ["shippingAddress.city", "shippingAddress.country"], "{error}");
    assert_eq!(s.upstream_calls(), before, "the backend was called");
}

async fn nothing(s: Subject) {
    let guest = s.guest();
    let cart = a_cart(&s, &guest).await;
    let request = none();
    let call = s.modules.carts.update_addresses(&guest, &cart.id, &request);
    invalid("setting nothing", call, "request.invalid").await;
}

async fn notes_and_email(s: Subject) {
    let guest = s.guest();
    let cart = a_cart(&s, &guest).await;
    let request = UpdateCartAddresses {
        shipping_address: Some(address(&s.facts.home.country)),
        notes: Some("Gate 3".to_owned()),
        email: Some(email()),
        ..none()
    };
    let with = set(&s, &guest, &cart.id, &request).await;
    assert_eq!((with.notes.as_deref(), with.email.as_ref()), (Some("Gate 3"), Some(&email())));
    let request = UpdateCartAddresses { notes: Some("Gate 4".to_owned()), ..none() };
    let noted = set(&s, &guest, &cart.id, &request).await;
    assert_eq!((noted.notes.as_deref(), noted.shipping_address), (Some("Gate 4"), with.shipping_address));
    let cleared = set(&s, &guest, &cart.id, &UpdateCartAddresses { notes: Some(String::new()), ..none() }).await;
    assert_eq!((cleared.notes, cleared.email), (None, Some(email())));
}

async fn metadata_kept(s: Subject) {
    let guest = s.guest();
    let request = CreateCart {
        metadata: Some(metadata(&json!({ "project": "bridge" }))),
        ..CreateCart::new(s.facts.home.currency)
    };
    let cart = sound(done("making a cart", s.modules.carts.create_cart(&guest, &request)).await);
    let request = UpdateCartAddresses {
        shipping_address: Some(address(&s.facts.home.country)),
        notes: Some("hello".to_owned()),
        ..none()
    };
    let set = set(&s, &guest, &cart.id, &request).await;
    assert_eq!(member(set.metadata.as_ref(), "project"), Some(json!("bridge")), "metadata is lost");
}

async fn saved(s: Subject) {
    let jane = s.jane();
    let saved = customers::save(&s, &jane, &s.facts.home.country).await;
    let cart = a_cart(&s, &jane).await;
    let request = UpdateCartAddresses { shipping_address_id: Some(saved.id), ..none() };
    let set = set(&s, &jane, &cart.id, &request).await;
    assert_eq!(set.shipping_address, Some(saved.address.clone()), "company, tax id, apartment and the rest");
    assert_eq!(set.billing_address, Some(saved.address), "one address is used for both");
}

async fn saved_for_both(s: Subject) {
    let jane = s.jane();
    let saved = customers::save(&s, &jane, &s.facts.home.country).await;
    let cart = a_cart(&s, &jane).await;
    let billing = plain_address(&s.facts.home.country);
    let request = UpdateCartAddresses {
        shipping_address_id: Some(saved.id.clone()),
        billing_address: Some(billing.clone()),
        ..none()
    };
    let mixed = set(&s, &jane, &cart.id, &request).await;
    assert_eq!((mixed.shipping_address, mixed.billing_address), (Some(saved.address.clone()), Some(billing)));
    let request = UpdateCartAddresses { billing_address_id: Some(saved.id), ..none() };
    let billed = set(&s, &jane, &cart.id, &request).await;
    assert_eq!(billed.billing_address, Some(saved.address));
}

async fn saved_of_guest(s: Subject) {
    let guest = s.guest();
    let cart = a_cart(&s, &guest).await;
    let request = UpdateCartAddresses { shipping_address_id: Some(id("addr_1")), ..none() };
    needs_sign_in("a guest's saved address", s.modules.carts.update_addresses(&guest, &cart.id, &request)).await;
    unchanged(&cart, &s.cart(&guest, &cart.id).await);
}

async fn saved_of_another(s: Subject) {
    let (jane, john) = (s.jane(), s.john());
    let johns = customers::save(&s, &john, &s.facts.home.country).await;
    let cart = a_cart(&s, &jane).await;
    for address in [johns.id, id("addr_01NONE")] {
        let request = UpdateCartAddresses { shipping_address_id: Some(address), ..none() };
        let call = s.modules.carts.update_addresses(&jane, &cart.id, &request);
        not_found("an address that is not Jane's", call, "address.not_found").await;
    }
    unchanged(&cart, &s.cart(&jane, &cart.id).await);
}

async fn both_given(s: Subject) {
    let guest = s.guest();
    let cart = a_cart(&s, &guest).await;
    let before = s.upstream_calls();
    let request = UpdateCartAddresses {
        shipping_address: Some(address(&s.facts.home.country)),
        shipping_address_id: Some(id("addr_1")),
        ..none()
    };
    let call = s.modules.carts.update_addresses(&guest, &cart.id, &request);
    invalid("two addresses for one side", call, "request.invalid").await;
    assert_eq!(s.upstream_calls(), before, "the backend was called");
}

async fn unknown_cart(s: Subject) {
    let (guest, cart) = (s.guest(), id("cart_01NONE"));
    let request = UpdateCartAddresses { shipping_address: Some(address(&s.facts.home.country)), ..none() };
    let call = s.modules.carts.update_addresses(&guest, &cart, &request);
    not_found("an address for an unknown cart", call, "cart.not_found").await;
}

async fn by_checkout(s: Subject) {
    let (guest, facts) = (s.guest(), &s.facts);
    let cart = a_cart(&s, &guest).await;
    let set = s.addressed(&guest, &cart, &facts.home).await;
    let expected = Some(address(&facts.home.country));
    assert_eq!((&set.shipping_address, &set.billing_address, &set.email), (&expected, &expected, &Some(email())));
    let request = UpdateCartAddresses { shipping_address: Some(address(&facts.abroad.country)), ..none() };
    let call = s.modules.checkout.set_addresses(&guest, &cart.id, &request);
    invalid("shipping to a country outside the region", call, "address.country_not_in_region").await;
    unchanged(&set, &s.cart(&guest, &cart.id).await);
}

async fn by_checkout_empty(s: Subject) {
    let guest = s.guest();
    let cart = s.empty_cart(&guest).await;
    let request = UpdateCartAddresses { shipping_address: Some(address(&s.facts.home.country)), ..none() };
    let call = s.modules.checkout.set_addresses(&guest, &cart.id, &request);
    invalid("checkout of an empty cart", call, "cart.empty").await;
    unchanged(&cart, &s.cart(&guest, &cart.id).await);
}
