//! Carts themselves: made, read, listed, changed, dropped. Their lines are in [`items`](crate::items).

use futures_util::future::join_all;
use o2s_framework_core::carts::{AddCartItem, Cart, CartSort, CreateCart, ListCarts, UpdateCart};
use o2s_framework_core::ids::CartId;
use o2s_framework_core::sort::Sort;
use serde_json::json;

use crate::Scenario;
use crate::check::{amount, conflict, done, invalid, needs_sign_in, not_found, sound, unchanged};
use crate::shopping::{id, limit, member, metadata, pieces};
use crate::subject::Subject;

const GET: &[&str] = &["carts.get_cart", "carts.create_cart"];
const CREATE: &[&str] = &["carts.create_cart", "carts.get_cart"];
const UPDATE: &[&str] = &["carts.update_cart", "carts.create_cart", "carts.get_cart"];
const LIST: &[&str] = &["carts.list_carts", "carts.create_cart"];
const CURRENT: &[&str] = &["carts.get_current_cart", "carts.create_cart"];
const DELETE: &[&str] = &["carts.delete_cart", "carts.add_item", "carts.get_cart"];
const PREPARE: &[&str] = &["carts.prepare_checkout", "carts.add_item", "carts.create_cart"];

pub(crate) fn scenarios() -> Vec<Scenario> {
    vec![
        Scenario::new("carts::a_new_cart_is_empty_and_free", CREATE, new_cart),
        Scenario::new("carts::a_cart_reads_as_it_was_made", GET, reads_as_made),
        Scenario::new("carts::an_unknown_cart_is_not_found", &["carts.get_cart"], unknown_cart).signed_in(),
        Scenario::new("carts::hostile_ids_are_refused_before_any_call", &[], hostile_ids),
        Scenario::new("carts::the_currency_decides_the_region", CREATE, currency_decides),
        Scenario::new("carts::a_region_is_taken", CREATE, region_taken),
        Scenario::new("carts::currency_and_region_must_go_together", CREATE, mismatch),
        Scenario::new("carts::an_unknown_region_is_not_found", CREATE, unknown_region),
        Scenario::new("carts::a_new_cart_keeps_its_name_and_metadata", CREATE, name_and_metadata),
        Scenario::new("carts::a_guests_cart_is_nobodys", CREATE, guests_cart),
        Scenario::new("carts::a_customers_cart_is_the_customers", CREATE, customers_cart).signed_in(),
        Scenario::new("carts::nobody_makes_a_cart_for_somebody_else", CREATE, cart_for_another).signed_in(),
        Scenario::new("carts::a_change_keeps_the_rest", UPDATE, change_keeps_rest),
        Scenario::new("carts::metadata_is_merged", UPDATE, metadata_merged),
        Scenario::new("carts::an_empty_text_removes_notes_and_members", UPDATE, empty_removes),
        Scenario::new("carts::changes_at_once_lose_nothing", UPDATE, changes_at_once),
        Scenario::new("carts::an_empty_change_is_refused", UPDATE, empty_change),
        Scenario::new("carts::another_region_changes_prices", UPDATE, other_region),
        Scenario::new("carts::an_unknown_region_changes_nothing", UPDATE, update_to_unknown_region),
        Scenario::new("carts::changing_an_unknown_cart_is_not_found", UPDATE, update_unknown),
        Scenario::new("carts::a_saved_address_needs_a_customer", UPDATE, saved_address_of_guest),
        Scenario::new("carts::an_update_takes_address_and_shipping", UPDATE_ALL, update_takes_all).signed_in(),
        Scenario::new("carts::an_update_takes_a_payment_provider", UPDATE_PAYMENT, update_takes_payment),
        Scenario::new("carts::a_customer_lists_own_carts", LIST, list_own).signed_in(),
        Scenario::new("carts::carts_are_listed_newest_first_and_paged", LIST, list_paged).signed_in(),
        Scenario::new("carts::a_guest_cannot_list_carts", LIST, list_as_guest),
        Scenario::new("carts::carts_of_somebody_else_are_an_empty_list", LIST, list_of_another).signed_in(),
        Scenario::new("carts::the_current_cart_is_the_newest", CURRENT, current_newest).signed_in(),
        Scenario::new("carts::a_guest_has_no_current_cart", CURRENT, current_of_guest),
        Scenario::new("carts::a_customer_without_carts_has_no_current_cart", CURRENT, current_none).signed_in(),
        Scenario::new("carts::a_completed_cart_is_not_current", CURRENT_COMPLETED, current_completed).signed_in(),
        Scenario::new("carts::a_dropped_cart_is_gone", DELETE, dropped),
        Scenario::new("carts::an_unknown_cart_cannot_be_dropped", DELETE, drop_unknown),
        Scenario::new("carts::checkout_can_begin_with_items", PREPARE, prepare_full),
        Scenario::new("carts::checkout_cannot_begin_empty", PREPARE, prepare_empty),
        Scenario::new("carts::a_completed_cart_takes_no_changes", COMPLETED, completed),
        Scenario::new("carts::a_language_is_taken", CREATE, language),
    ]
}

const CURRENT_COMPLETED: &[&str] =
    &["carts.get_current_cart", "carts.add_item", "checkout.place_order", "checkout.set_payment"];
const COMPLETED: &[&str] =
    &["carts.add_item", "carts.update_cart", "checkout.place_order", "checkout.set_payment", "carts.update_item"];
const UPDATE_ALL: &[&str] = &["carts.update_cart", "customers.create_address", "checkout.list_shipping_options"];
const UPDATE_PAYMENT: &[&str] = &["carts.update_cart", "payments.create_session"];

async fn create(s: &Subject, request: &CreateCart) -> Cart {
    sound(done("making a cart", s.modules.carts.create_cart(&s.guest(), request)).await)
}

async fn update(s: &Subject, cart: &CartId, request: &UpdateCart) -> Cart {
    sound(done("changing a cart", s.modules.carts.update_cart(&s.guest(), cart, request)).await)
}

async fn new_cart(s: Subject) {
    let cart = create(&s, &CreateCart::new(s.facts.home.currency)).await;
    assert_eq!((cart.items.data.len(), cart.items.total), (0, 0), "lines of a new cart");
    assert!(cart.total.value.is_zero() && cart.promotions.is_none());
    assert!(cart.shipping_address.is_none() && cart.billing_address.is_none() && cart.shipping_method.is_none());
    assert!(cart.payment_method.is_none() && cart.payment_session_id.is_none());
    assert!(cart.email.is_none() && cart.notes.is_none());
}

async fn reads_as_made(s: Subject) {
    let made = create(&s, &CreateCart::new(s.facts.home.currency)).await;
    unchanged(&made, &s.cart(&s.guest(), &made.id).await);
}

async fn unknown_cart(s: Subject) {
    for name in ["cart_01NONE", "no such cart & more"] {
        let (guest, name): (_, CartId) = (s.guest(), id(name));
        not_found("reading an unknown cart", s.modules.carts.get_cart(&guest, &name), "cart.not_found").await;
        let jane = s.jane();
        not_found("reading an unknown cart", s.modules.carts.get_cart(&jane, &name), "cart.not_found").await;
    }
}

async fn hostile_ids(s: Subject) {
    let before = s.upstream_calls();
    for text in ["", ".", "..", "a/b", "../customers/me", "a?fields=*", "a#b", "a%2e%2e", "a;b", "a\\b", "a\0b", "a "] {
        assert!(text.parse::<CartId>().is_err(), "{text:?} is taken as a cart id");
    }
    assert_eq!(s.upstream_calls(), before);
}

async fn currency_decides(s: Subject) {
    for region in [&s.facts.home, &s.facts.abroad] {
        let cart = create(&s, &CreateCart::new(region.currency)).await;
        assert_eq!((cart.currency, cart.region_id.as_ref()), (region.currency, Some(&region.id)));
    }
}

async fn region_taken(s: Subject) {
    let abroad = &s.facts.abroad;
    let request = CreateCart { region_id: Some(abroad.id.clone()), ..CreateCart::new(abroad.currency) };
    let cart = create(&s, &request).await;
    assert_eq!((cart.currency, cart.region_id), (abroad.currency, Some(abroad.id.clone())));
}

async fn mismatch(s: Subject) {
    let (guest, facts) = (s.guest(), &s.facts);
    let request = CreateCart { region_id: Some(facts.home.id.clone()), ..CreateCart::new(facts.abroad.currency) };
    let call = s.modules.carts.create_cart(&guest, &request);
    invalid("a cart in a currency that its region lacks", call, "cart.currency_region_mismatch").await;
    let variant = facts.variants.plain.variant_id.clone();
    let request = AddCartItem {
        region_id: Some(facts.home.id.clone()),
        ..AddCartItem::to_new_cart(facts.abroad.currency, variant, pieces(1))
    };
    let call = s.modules.carts.add_item(&guest, &request);
    invalid("an item for a cart in a currency that its region lacks", call, "cart.currency_region_mismatch").await;
}

async fn unknown_region(s: Subject) {
    let guest = s.guest();
    let request = CreateCart { region_id: Some(id("reg_none")), ..CreateCart::new(s.facts.home.currency) };
    not_found("a cart in an unknown region", s.modules.carts.create_cart(&guest, &request), "region.not_found").await;
}

async fn name_and_metadata(s: Subject) {
    let request = CreateCart {
        name: Some("Baustelle Süd".to_owned()),
        metadata: Some(metadata(&json!({ "costCentre": "4711", "nested": { "deep": [1, "zwei"] } }))),
        ..CreateCart::new(s.facts.home.currency)
    };
    let made = create(&s, &request).await;
    for cart in [&made, &s.cart(&s.guest(), &made.id).await] {
        assert_eq!(cart.name.as_deref(), Some("Baustelle Süd"), "the name");
        assert_eq!(member(cart.metadata.as_ref(), "costCentre"), Some(json!("4711")));
        assert_eq!(member(cart.metadata.as_ref(), "nested"), Some(json!({ "deep": [1, "zwei"] })));
    }
}

async fn guests_cart(s: Subject) {
    let cart = create(&s, &CreateCart::new(s.facts.home.currency)).await;
    assert_eq!(cart.customer_id, None, "the customer of a guest's cart");
}

async fn customers_cart(s: Subject) {
    let jane = s.jane();
    let (first, second) = (s.empty_cart(&jane).await, s.cart_of(&jane, &s.facts.variants.plain, 1).await);
    assert!(first.customer_id.is_some(), "a customer's cart names no customer");
    assert_eq!(first.customer_id, second.customer_id, "two carts of one customer");
    let johns = s.empty_cart(&s.john()).await;
    assert_ne!(first.customer_id, johns.customer_id, "carts of two customers");
}

async fn cart_for_another(s: Subject) {
    let (jane, john, guest) = (s.jane(), s.john(), s.guest());
    let own = s.empty_cart(&jane).await;
    let request = CreateCart { customer_id: own.customer_id.clone(), ..CreateCart::new(s.facts.home.currency) };
    let cart = sound(done("a cart for oneself", s.modules.carts.create_cart(&jane, &request)).await);
    assert_eq!(cart.customer_id, own.customer_id);
    for (cx, who) in [(john, "John"), (guest, "a guest")] {
        let error = match s.modules.carts.create_cart(&cx, &request).await {
            Ok(cart) => panic!("{who} made a cart for Jane: {}", cart.id),
            Err(error) => error,
        };
        let named = error.violation_list().iter().any(|violation| violation.field == "customerId");
        assert!(error.code() == "request.invalid" && named, "{who} was refused in another way: {error}");
    }
}

async fn change_keeps_rest(s: Subject) {
    let guest = s.guest();
    let cart = s.cart_of(&guest, &s.facts.variants.plain, 2).await;
    let named = update(&s, &cart.id, &UpdateCart { name: Some("Mine".to_owned()), ..UpdateCart::default() }).await;
    assert_eq!(named.name.as_deref(), Some("Mine"));
    let request = UpdateCart {
        notes: Some("Please ring twice".to_owned()),
        email: Some(id("somebody@shopper.example")),
        ..UpdateCart::default()
    };
    let noted = update(&s, &cart.id, &request).await;
    assert_eq!(noted.notes.as_deref(), Some("Please ring twice"));
    assert_eq!(noted.email.as_ref().map(ToString::to_string).as_deref(), Some("somebody@shopper.example"));
    assert_eq!(noted.name.as_deref(), Some("Mine"), "the name is lost");
    assert_eq!(noted.items, cart.items, "the lines changed");
    unchanged(&noted, &s.cart(&guest, &cart.id).await);
}

async fn metadata_merged(s: Subject) {
    let made = create(
        &s,
        &CreateCart {
            metadata: Some(metadata(&json!({ "keep": "kept", "change": 1 }))),
            ..CreateCart::new(s.facts.home.currency)
        },
    )
    .await;
    let request =
        UpdateCart { metadata: Some(metadata(&json!({ "change": 2, "add": true }))), ..UpdateCart::default() };
    update(&s, &made.id, &request).await;
    let noted = update(&s, &made.id, &UpdateCart { notes: Some("hello".to_owned()), ..UpdateCart::default() }).await;
    let metadata = noted.metadata.as_ref();
    assert_eq!(member(metadata, "keep"), Some(json!("kept")), "a member that was not named is lost");
    assert_eq!(member(metadata, "change"), Some(json!(2)));
    assert_eq!(member(metadata, "add"), Some(json!(true)));
    assert_eq!(noted.notes.as_deref(), Some("hello"));
}

async fn empty_removes(s: Subject) {
    let made = create(&s, &CreateCart::new(s.facts.home.currency)).await;
    let request = UpdateCart {
        notes: Some("for now".to_owned()),
        metadata: Some(metadata(&json!({ "gone": "soon", "stays": "here" }))),
        ..UpdateCart::default()
    };
    update(&s, &made.id, &request).await;
    let request = UpdateCart {
        notes: Some(String::new()),
        metadata: Some(metadata(&json!({ "gone": "" }))),
        ..UpdateCart::default()
    };
    let cleared = update(&s, &made.id, &request).await;
    assert_eq!(cleared.notes, None, "the notes");
    assert_eq!(member(cleared.metadata.as_ref(), "gone"), None, "the removed member");
    assert_eq!(member(cleared.metadata.as_ref(), "stays"), Some(json!("here")));
}

async fn changes_at_once(s: Subject) {
    let guest = s.guest();
    let cart = s.cart_of(&guest, &s.facts.variants.plain, 1).await;
    let keys = ["a", "b", "c", "d", "e"];
    let change = async |key: &str| {
        let request =
            UpdateCart { metadata: Some(metadata(&json!({ key: format!("set by {key}") }))), ..UpdateCart::default() };
        update(&s, &cart.id, &request).await;
    };
    join_all(keys.map(change)).await;
    let left = s.cart(&guest, &cart.id).await;
    for key in keys {
        assert_eq!(member(left.metadata.as_ref(), key), Some(json!(format!("set by {key}"))), "a change was lost");
    }
}

async fn empty_change(s: Subject) {
    let guest = s.guest();
    let cart = s.empty_cart(&guest).await;
    let request = UpdateCart::default();
    let call = s.modules.carts.update_cart(&guest, &cart.id, &request);
    invalid("a change of nothing", call, "request.invalid").await;
}

async fn other_region(s: Subject) {
    let (guest, facts) = (s.guest(), &s.facts);
    let cart = s.cart_of(&guest, &facts.variants.plain, 2).await;
    assert_eq!(cart.items.data[0].price.value.normalize(), facts.variants.plain.price.0.normalize());
    let request = UpdateCart { region_id: Some(facts.abroad.id.clone()), ..UpdateCart::default() };
    let moved = update(&s, &cart.id, &request).await;
    assert_eq!((moved.region_id, moved.currency), (Some(facts.abroad.id.clone()), facts.abroad.currency));
    assert_eq!(moved.items.data[0].price.value.normalize(), facts.variants.plain.price_abroad.0.normalize());
}

async fn update_to_unknown_region(s: Subject) {
    let guest = s.guest();
    let cart = s.cart_of(&guest, &s.facts.variants.plain, 1).await;
    let request =
        UpdateCart { region_id: Some(id("reg_none")), notes: Some("lost".to_owned()), ..UpdateCart::default() };
    let call = s.modules.carts.update_cart(&guest, &cart.id, &request);
    not_found("moving a cart to an unknown region", call, "region.not_found").await;
    unchanged(&cart, &s.cart(&guest, &cart.id).await);
}

async fn update_unknown(s: Subject) {
    let guest = s.guest();
    let (cart, request) = (id("cart_01NONE"), UpdateCart { name: Some("x".to_owned()), ..UpdateCart::default() });
    let call = s.modules.carts.update_cart(&guest, &cart, &request);
    not_found("changing an unknown cart", call, "cart.not_found").await;
}

async fn saved_address_of_guest(s: Subject) {
    let guest = s.guest();
    let cart = s.empty_cart(&guest).await;
    let request = UpdateCart { shipping_address_id: Some(id("addr_1")), ..UpdateCart::default() };
    needs_sign_in("a guest's saved address", s.modules.carts.update_cart(&guest, &cart.id, &request)).await;
}

async fn update_takes_all(s: Subject) {
    let (jane, facts) = (s.jane(), &s.facts);
    let saved = crate::customers::save(&s, &jane, &facts.home.country).await;
    let cart = s.cart_of(&jane, &facts.variants.plain, 1).await;
    let request = UpdateCart {
        shipping_address_id: Some(saved.id.clone()),
        billing_address_id: Some(saved.id),
        ..UpdateCart::default()
    };
    let addressed = sound(done("taking a saved address", s.modules.carts.update_cart(&jane, &cart.id, &request)).await);
    assert_eq!(addressed.shipping_address.as_ref(), Some(&saved.address));
    assert_eq!(addressed.billing_address.as_ref(), Some(&saved.address));
    let option = facts.shipping.express.id.clone();
    let request = UpdateCart { shipping_method_id: Some(option.clone()), ..UpdateCart::default() };
    let shipped = sound(done("taking a shipping option", s.modules.carts.update_cart(&jane, &cart.id, &request)).await);
    assert_eq!(shipped.shipping_method.map(|method| method.id).as_deref(), Some(option.as_str()));
    assert_eq!(
        amount(shipped.shipping_total.as_ref(), "shipping").normalize(),
        facts.shipping.express.price.0.normalize()
    );
}

async fn update_takes_payment(s: Subject) {
    let (guest, provider) = (s.guest(), &s.facts.payment.plain);
    let cart = s.cart_of(&guest, &s.facts.variants.plain, 1).await;
    let request = UpdateCart { payment_method_id: Some(provider.clone()), ..UpdateCart::default() };
    let paid = update(&s, &cart.id, &request).await;
    assert_eq!(paid.payment_method.map(|method| method.id).as_ref(), Some(provider));
    let request = UpdateCart { payment_method_id: Some(id("pp_none")), ..UpdateCart::default() };
    let call = s.modules.carts.update_cart(&guest, &cart.id, &request);
    invalid("an unknown payment provider", call, "payment.provider_invalid").await;
}

async fn list_own(s: Subject) {
    let (jane, john) = (s.jane(), s.john());
    let (first, second) = (s.empty_cart(&jane).await, s.cart_of(&jane, &s.facts.variants.plain, 1).await);
    let johns = s.empty_cart(&john).await;
    let page = done("listing carts", s.modules.carts.list_carts(&jane, &ListCarts::default())).await;
    let ids: Vec<_> = page.data.iter().map(|cart| cart.id.clone()).collect();
    assert!(ids.contains(&first.id) && ids.contains(&second.id), "a cart is missing: {ids:?}");
    assert!(!ids.contains(&johns.id), "a cart of somebody else is listed");
    for cart in page.data {
        assert_eq!(sound(cart).customer_id, first.customer_id);
    }
    let own = ListCarts { customer_id: first.customer_id, ..ListCarts::default() };
    assert_eq!(done("listing own carts", s.modules.carts.list_carts(&jane, &own)).await.total, page.total);
}

async fn list_paged(s: Subject) {
    let jane = s.jane();
    let mut made = Vec::new();
    for _ in 0..3 {
        made.push(s.empty_cart(&jane).await.id);
    }
    made.reverse();
    let list = async |request: ListCarts| done("listing carts", s.modules.carts.list_carts(&jane, &request)).await;
    let whole = list(ListCarts { limit: limit(1000), ..ListCarts::default() }).await;
    let ids: Vec<_> = whole.data.iter().map(|cart| cart.id.clone()).collect();
    assert_eq!(ids.get(..3), Some(&*made), "newest first");
    assert_eq!(whole.total, ids.len() as u64);
    let page = list(ListCarts { limit: limit(1), offset: Some(1), ..ListCarts::default() }).await;
    assert_eq!((page.data[0].id.clone(), page.data.len(), page.total), (ids[1].clone(), 1, whole.total));
    let oldest =
        ListCarts { sort: Some(Sort::ascending(CartSort::CreatedAt)), limit: limit(1000), ..ListCarts::default() };
    let upwards: Vec<_> = list(oldest).await.data.into_iter().map(|cart| cart.id).rev().collect();
    assert_eq!(upwards, ids, "oldest first is not the reverse of newest first");
}

async fn list_as_guest(s: Subject) {
    let guest = s.guest();
    needs_sign_in("listing carts as a guest", s.modules.carts.list_carts(&guest, &ListCarts::default())).await;
}

async fn list_of_another(s: Subject) {
    let johns = s.empty_cart(&s.john()).await;
    let request = ListCarts { customer_id: johns.customer_id, ..ListCarts::default() };
    let page = done("listing carts of another", s.modules.carts.list_carts(&s.jane(), &request)).await;
    assert_eq!((page.data.len(), page.total), (0, 0), "carts of somebody else");
}

async fn current_newest(s: Subject) {
    let jane = s.jane();
    s.empty_cart(&jane).await;
    let newest = s.cart_of(&jane, &s.facts.variants.plain, 1).await;
    let current = done("the current cart", s.modules.carts.get_current_cart(&jane)).await;
    let current = sound(current.unwrap_or_else(|| panic!("no current cart")));
    unchanged(&newest, &current);
}

async fn current_of_guest(s: Subject) {
    s.empty_cart(&s.guest()).await;
    let current = done("the current cart of a guest", s.modules.carts.get_current_cart(&s.guest())).await;
    assert!(current.is_none(), "a guest has a current cart");
}

async fn current_none(s: Subject) {
    let current = done("the current cart", s.modules.carts.get_current_cart(&s.john())).await;
    assert!(current.is_none(), "John starts without a cart");
}

async fn current_completed(s: Subject) {
    let john = s.john();
    let cart = s.ready_cart(&john, &s.facts.payment.plain).await;
    s.place(&john, &cart.id).await;
    let current = done("the current cart", s.modules.carts.get_current_cart(&john)).await;
    assert!(current.is_none(), "a completed cart is current");
    if s.can(&["carts.list_carts"]) {
        let page = done("listing carts", s.modules.carts.list_carts(&john, &ListCarts::default())).await;
        assert!(page.data.iter().all(|listed| listed.id != cart.id), "a completed cart is listed");
    }
}

async fn dropped(s: Subject) {
    let guest = s.guest();
    let cart = s.cart_of(&guest, &s.facts.variants.plain, 1).await;
    done("dropping a cart", s.modules.carts.delete_cart(&guest, &cart.id)).await;
    not_found("reading a dropped cart", s.modules.carts.get_cart(&guest, &cart.id), "cart.not_found").await;
    not_found("dropping it again", s.modules.carts.delete_cart(&guest, &cart.id), "cart.not_found").await;
}

async fn drop_unknown(s: Subject) {
    let (guest, cart) = (s.guest(), id("cart_01NONE"));
    not_found("dropping an unknown cart", s.modules.carts.delete_cart(&guest, &cart), "cart.not_found").await;
}

async fn prepare_full(s: Subject) {
    let guest = s.guest();
    let cart = s.cart_of(&guest, &s.facts.variants.plain, 2).await;
    let prepared = done("beginning checkout", s.modules.carts.prepare_checkout(&guest, &cart.id)).await;
    unchanged(&cart, &sound(prepared));
}

async fn prepare_empty(s: Subject) {
    let guest = s.guest();
    let cart = s.empty_cart(&guest).await;
    invalid("beginning checkout", s.modules.carts.prepare_checkout(&guest, &cart.id), "cart.empty").await;
    let unknown = id("cart_01NONE");
    not_found("checkout of no cart", s.modules.carts.prepare_checkout(&guest, &unknown), "cart.not_found").await;
}

async fn completed(s: Subject) {
    let (guest, facts) = (s.guest(), &s.facts);
    let cart = s.ready_cart(&guest, &facts.payment.plain).await;
    s.place(&guest, &cart.id).await;
    let carts = &s.modules.carts;
    let add = AddCartItem::to_cart(cart.id.clone(), facts.variants.other.variant_id.clone(), pieces(1));
    conflict("adding to a completed cart", carts.add_item(&guest, &add), "cart.completed").await;
    let notes = UpdateCart { notes: Some("too late".to_owned()), ..UpdateCart::default() };
    conflict("changing a completed cart", carts.update_cart(&guest, &cart.id, &notes), "cart.completed").await;
    let line = &cart.items.data[0].id;
    conflict("removing from it", carts.remove_item(&guest, &cart.id, line), "cart.completed").await;
    let again = crate::shopping::payment(&facts.payment.plain);
    let call = s.modules.checkout.set_payment(&guest, &cart.id, &again);
    conflict("paying a completed cart", call, "cart.completed").await;
    let read = done("reading a completed cart", carts.get_cart(&guest, &cart.id)).await;
    assert_eq!((read.id, read.total), (cart.id, cart.total), "a completed cart");
}

async fn language(s: Subject) {
    let request = CreateCart { locale: Some(id("de-DE")), ..CreateCart::new(s.facts.home.currency) };
    create(&s, &request).await;
    let add = AddCartItem {
        locale: Some(id("pl")),
        ..AddCartItem::to_new_cart(s.facts.home.currency, s.facts.variants.plain.variant_id.clone(), pieces(1))
    };
    sound(done("adding an item in Polish", s.modules.carts.add_item(&s.guest(), &add)).await);
}
