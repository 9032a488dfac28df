//! The lines of a cart.

use std::collections::BTreeSet;

use futures_util::future::join_all;
use o2s_framework_core::carts::{AddCartItem, Cart, ListCarts, UpdateCartItem};
use o2s_framework_core::ids::{LineItemId, VariantId};
use o2s_framework_core::products::ProductType;
use o2s_framework_core::text::Quantity;
use rust_decimal::Decimal;
use serde_json::json;

use crate::Scenario;
use crate::check::{amount, conflict, done, invalid, not_found, same_money, sound, unchanged};
use crate::facts::VariantFact;
use crate::shopping::{id, member, metadata, pieces};
use crate::subject::Subject;

const ADD: &[&str] = &["carts.add_item", "carts.get_cart"];
const UPDATE: &[&str] = &["carts.update_item", "carts.add_item", "carts.get_cart"];
const REMOVE: &[&str] = &["carts.remove_item", "carts.add_item", "carts.get_cart"];

pub(crate) fn scenarios() -> Vec<Scenario> {
    vec![
        Scenario::new("items::the_first_item_makes_the_cart", ADD, makes_cart),
        Scenario::new("items::a_line_tells_what_it_is_of", ADD, line_is_whole),
        Scenario::new("items::a_variant_is_named_by_id_by_sku_or_by_id_in_sku", ADD, named_in_three_ways),
        Scenario::new("items::the_variant_id_is_stronger_than_the_sku", ADD, id_beats_sku),
        Scenario::new("items::no_variant_named_is_refused_before_any_call", ADD, no_variant),
        Scenario::new("items::a_new_cart_needs_currency_or_region", ADD, no_currency),
        Scenario::new("items::the_region_of_a_new_cart_is_taken", ADD, region_of_new_cart),
        Scenario::new("items::a_line_of_the_same_variant_grows", ADD, line_grows),
        Scenario::new("items::variants_have_lines_of_their_own", ADD, own_lines),
        Scenario::new("items::the_metadata_of_a_line_is_kept", ADD, line_metadata),
        Scenario::new("items::an_unknown_variant_is_not_found", ADD, unknown_variant),
        Scenario::new("items::no_cart_is_left_where_the_item_cannot_be_had", ORPHAN, no_orphan).signed_in(),
        Scenario::new("items::an_unknown_cart_is_not_found", ADD, unknown_cart),
        Scenario::new("items::what_is_sold_out_cannot_be_added", ADD, sold_out),
        Scenario::new("items::the_last_three_can_be_added_and_no_more", ADD, three_left),
        Scenario::new("items::back_orders_are_taken", ADD, back_order),
        Scenario::new("items::services_are_always_in_stock", ADD, services),
        Scenario::new("items::quantities_are_from_one_to_a_million", &[], quantities),
        Scenario::new("items::ten_adds_at_once_lose_nothing", ADD, ten_adds),
        Scenario::new("items::different_adds_at_once_lose_nothing", ADD, different_adds),
        Scenario::new("items::a_quantity_is_set", UPDATE, quantity_set),
        Scenario::new("items::a_quantity_beyond_the_stock_is_refused", UPDATE, quantity_beyond_stock),
        Scenario::new("items::metadata_of_a_line_is_merged", UPDATE, metadata_merged),
        Scenario::new("items::an_empty_change_of_a_line_is_refused", UPDATE, empty_change),
        Scenario::new("items::an_unknown_line_cannot_be_changed", UPDATE, update_unknown),
        Scenario::new("items::a_line_of_another_cart_cannot_be_changed", UPDATE, update_foreign),
        Scenario::new("items::a_removed_line_is_gone", REMOVE, removed),
        Scenario::new("items::the_last_line_removed_leaves_an_empty_cart", REMOVE, last_removed),
        Scenario::new("items::an_unknown_line_cannot_be_removed", REMOVE, remove_unknown),
    ]
}

const ORPHAN: &[&str] = &["carts.add_item", "carts.list_carts"];

async fn add(s: &Subject, request: &AddCartItem) -> Cart {
    sound(done("adding an item", s.modules.carts.add_item(&s.guest(), request)).await)
}

fn new_cart(s: &Subject, variant: &VariantFact, quantity: u32) -> AddCartItem {
    AddCartItem::to_new_cart(s.facts.home.currency, variant.variant_id.clone(), pieces(quantity))
}

async fn makes_cart(s: Subject) {
    let cart = s.cart_of(&s.guest(), &s.facts.variants.plain, 2).await;
    assert_eq!(cart.items.data.len(), 1);
    assert_eq!(cart.items.data[0].quantity, 2);
    assert_eq!((cart.currency, cart.region_id.as_ref()), (s.facts.home.currency, Some(&s.facts.home.id)));
    unchanged(&cart, &s.cart(&s.guest(), &cart.id).await);
}

async fn line_is_whole(s: Subject) {
    let fact = &s.facts.variants.plain;
    let cart = s.cart_of(&s.guest(), fact, 3).await;
    let line = &cart.items.data[0];
    assert_eq!(line.sku, fact.sku.as_str());
    assert_eq!(line.price.value.normalize(), fact.price.0.normalize(), "the price of a piece");
    let product = &line.product;
    assert_eq!((&product.id, product.variant_id.as_ref()), (&fact.product_id, Some(&fact.variant_id)));
    assert_eq!((&product.name, &*product.sku, product.kind), (&fact.name, fact.sku.as_str(), ProductType::Physical));
    assert!(product.link.contains(&fact.handle), "the line links to {:?}", product.link);
    assert!(product.image.is_some(), "the line has no picture");
    let subtotal = amount(cart.subtotal.as_ref(), "the subtotal");
    assert_eq!(subtotal.normalize(), (fact.price.0 * Decimal::from(3)).normalize());
    if !s.facts.taxes_before_address {
        assert_eq!((&line.total, &cart.total.value), (&cart.total, &subtotal), "taxes without an address");
    }
}

async fn named_in_three_ways(s: Subject) {
    let fact = &s.facts.variants.other;
    let base = AddCartItem { variant_id: None, ..new_cart(&s, fact, 1) };
    for (request, how) in [
        (new_cart(&s, fact, 1), "by id"),
        (AddCartItem { sku: Some(fact.variant_id.clone()), ..base.clone() }, "by id in sku"),
        (AddCartItem { sku: Some(fact.sku.clone()), ..base }, "by sku"),
    ] {
        let cart = add(&s, &request).await;
        assert_eq!(cart.items.data[0].product.variant_id.as_ref(), Some(&fact.variant_id), "a variant named {how}");
        let again = add(&s, &AddCartItem { cart_id: Some(cart.id), currency: None, ..request }).await;
        assert_eq!((again.items.data.len(), again.items.data[0].quantity), (1, 2), "twice, named {how}");
    }
}

async fn id_beats_sku(s: Subject) {
    let facts = &s.facts.variants;
    let request = AddCartItem { sku: Some(facts.other.sku.clone()), ..new_cart(&s, &facts.plain, 1) };
    let cart = add(&s, &request).await;
    assert_eq!(cart.items.data[0].product.variant_id.as_ref(), Some(&facts.plain.variant_id));
}

async fn no_variant(s: Subject) {
    let (guest, before) = (s.guest(), s.upstream_calls());
    let request = AddCartItem { variant_id: None, ..new_cart(&s, &s.facts.variants.plain, 1) };
    let error = invalid("adding nothing", s.modules.carts.add_item(&guest, &request), "request.invalid").await;
    assert!(error.violation_list().iter().any(|violation| violation.field == "variantId"), "{error}");
    assert_eq!(s.upstream_calls(), before, "the backend was called");
}

async fn no_currency(s: Subject) {
    let (guest, before) = (s.guest(), s.upstream_calls());
    let request = AddCartItem { currency: None, ..new_cart(&s, &s.facts.variants.plain, 1) };
    let error = invalid("adding to nowhere", s.modules.carts.add_item(&guest, &request), "request.invalid").await;
    assert!(error.violation_list().iter().any(|violation| violation.field == "currency"), "{error}");
    assert_eq!(s.upstream_calls(), before, "the backend was called");
}

async fn region_of_new_cart(s: Subject) {
    let (abroad, fact) = (&s.facts.abroad, &s.facts.variants.plain);
    let request = AddCartItem { region_id: Some(abroad.id.clone()), currency: None, ..new_cart(&s, fact, 1) };
    let cart = add(&s, &request).await;
    assert_eq!((cart.region_id.as_ref(), cart.currency), (Some(&abroad.id), abroad.currency));
    assert_eq!(cart.items.data[0].price.value.normalize(), fact.price_abroad.0.normalize());
}

async fn line_grows(s: Subject) {
    let (guest, fact) = (s.guest(), &s.facts.variants.plain);
    let cart = s.cart_of(&guest, fact, 1).await;
    let grown = s.add(&guest, &cart, fact, 2).await;
    assert_eq!((grown.items.data.len(), grown.items.data[0].quantity), (1, 3));
    assert_eq!(grown.items.data[0].id, cart.items.data[0].id, "the line is another one");
}

async fn own_lines(s: Subject) {
    let (guest, facts) = (s.guest(), &s.facts.variants);
    let cart = s.cart_of(&guest, &facts.plain, 1).await;
    let both = s.add(&guest, &cart, &facts.other, 4).await;
    let mut seen: Vec<_> =
        both.items.data.iter().map(|line| (line.product.variant_id.clone(), line.quantity)).collect();
    let mut expected = vec![(Some(facts.plain.variant_id.clone()), 1), (Some(facts.other.variant_id.clone()), 4)];
    seen.sort();
    expected.sort();
    assert_eq!(seen, expected);
}

async fn line_metadata(s: Subject) {
    let request = AddCartItem {
        metadata: Some(metadata(&json!({ "engraving": "für Ada", "count": 2 }))),
        ..new_cart(&s, &s.facts.variants.plain, 1)
    };
    let cart = add(&s, &request).await;
    for cart in [&cart, &s.cart(&s.guest(), &cart.id).await] {
        let kept = cart.items.data[0].metadata.as_ref();
        assert_eq!(member(kept, "engraving"), Some(json!("für Ada")));
        assert_eq!(member(kept, "count"), Some(json!(2)));
        assert_eq!(member(cart.metadata.as_ref(), "engraving"), None, "the line's metadata is on the cart too");
    }
}

async fn unknown_variant(s: Subject) {
    let guest = s.guest();
    let cart = s.cart_of(&guest, &s.facts.variants.plain, 1).await;
    for name in ["variant_01NONE", "NO-SUCH-SKU"] {
        let variant: VariantId = id(name);
        for (cart_id, currency) in [(Some(cart.id.clone()), None), (None, Some(s.facts.home.currency))] {
            let base = new_cart(&s, &s.facts.variants.plain, 1);
            let by_id = AddCartItem { variant_id: Some(variant.clone()), cart_id, currency, ..base };
            let by_sku = AddCartItem { variant_id: None, sku: Some(variant.clone()), ..by_id.clone() };
            for request in [by_id, by_sku] {
                let call = s.modules.carts.add_item(&guest, &request);
                not_found(&format!("adding {name}"), call, "product.variant_not_found").await;
            }
        }
    }
    unchanged(&cart, &s.cart(&guest, &cart.id).await);
}

async fn no_orphan(s: Subject) {
    let jane = s.jane();
    let before = done("listing carts", s.modules.carts.list_carts(&jane, &ListCarts::default())).await.total;
    let request = new_cart(&s, &s.facts.variants.sold_out, 1);
    conflict("adding what is sold out", s.modules.carts.add_item(&jane, &request), "cart.out_of_stock").await;
    let request = AddCartItem { variant_id: Some(id("variant_01NONE")), ..request };
    let call = s.modules.carts.add_item(&jane, &request);
    not_found("adding an unknown variant", call, "product.variant_not_found").await;
    let after = done("listing carts", s.modules.carts.list_carts(&jane, &ListCarts::default())).await.total;
    assert_eq!(after, before, "an empty cart was left behind");
}

async fn unknown_cart(s: Subject) {
    let guest = s.guest();
    let variant = s.facts.variants.plain.variant_id.clone();
    let request = AddCartItem::to_cart(id("cart_01NONE"), variant, pieces(1));
    not_found("adding to an unknown cart", s.modules.carts.add_item(&guest, &request), "cart.not_found").await;
}

async fn sold_out(s: Subject) {
    let (guest, facts) = (s.guest(), &s.facts.variants);
    let request = new_cart(&s, &facts.sold_out, 1);
    conflict("a new cart of what is sold out", s.modules.carts.add_item(&guest, &request), "cart.out_of_stock").await;
    let cart = s.cart_of(&guest, &facts.plain, 1).await;
    let request = AddCartItem::to_cart(cart.id.clone(), facts.sold_out.variant_id.clone(), pieces(1));
    conflict("adding what is sold out", s.modules.carts.add_item(&guest, &request), "cart.out_of_stock").await;
    unchanged(&cart, &s.cart(&guest, &cart.id).await);
}

async fn three_left(s: Subject) {
    let (guest, fact) = (s.guest(), &s.facts.variants.three_left);
    let call = new_cart(&s, fact, 4);
    conflict("adding four of three", s.modules.carts.add_item(&guest, &call), "cart.out_of_stock").await;
    let cart = s.cart_of(&guest, fact, 2).await;
    let cart = s.add(&guest, &cart, fact, 1).await;
    assert_eq!(cart.items.data[0].quantity, 3);
    let one_more = AddCartItem::to_cart(cart.id.clone(), fact.variant_id.clone(), pieces(1));
    conflict("adding the fourth of three", s.modules.carts.add_item(&guest, &one_more), "cart.out_of_stock").await;
    unchanged(&cart, &s.cart(&guest, &cart.id).await);
}

async fn back_order(s: Subject) {
    let cart = s.cart_of(&s.guest(), &s.facts.variants.backorder, 25).await;
    assert_eq!(cart.items.data[0].quantity, 25);
}

async fn services(s: Subject) {
    let cart = s.cart_of(&s.guest(), &s.facts.variants.service, 5000).await;
    assert_eq!(cart.items.data[0].quantity, 5000);
    assert_eq!(cart.items.data[0].product.variant_id.as_ref(), Some(&s.facts.variants.service.variant_id));
}

async fn quantities(s: Subject) {
    let before = s.upstream_calls();
    assert!(Quantity::new(0).is_err() && Quantity::new(1_000_001).is_err() && Quantity::try_from(-1).is_err());
    assert!(Quantity::new(1).is_ok() && Quantity::new(1_000_000).is_ok());
    assert_eq!(s.upstream_calls(), before);
}

async fn ten_adds(s: Subject) {
    let (guest, fact) = (s.guest(), &s.facts.variants.plain);
    let cart = s.cart_of(&guest, fact, 1).await;
    let answers = join_all((0..10).map(|_| s.add(&guest, &cart, fact, 1))).await;
    let mut seen: Vec<_> = answers.iter().map(|cart| cart.items.data[0].quantity).collect();
    seen.sort_unstable();
    assert_eq!(seen, (2..=11).collect::<Vec<_>>(), "each add sees the ones before it");
    assert_eq!(s.cart(&guest, &cart.id).await.items.data[0].quantity, 11, "an add was lost or doubled");
}

async fn different_adds(s: Subject) {
    let (guest, facts) = (s.guest(), &s.facts.variants);
    let cart = s.cart_of(&guest, &facts.plain, 1).await;
    let variants = [&facts.other, &facts.backorder, &facts.service, &facts.three_left];
    join_all(variants.map(|variant| s.add(&guest, &cart, variant, 1))).await;
    let lines: BTreeSet<_> =
        s.cart(&guest, &cart.id).await.items.data.iter().map(|line| line.product.variant_id.clone()).collect();
    assert_eq!(lines.len(), 5, "a line was lost");
}

async fn quantity_set(s: Subject) {
    let (guest, fact) = (s.guest(), &s.facts.variants.plain);
    let cart = s.cart_of(&guest, fact, 5).await;
    for quantity in [1, 7] {
        let changed = s.set_quantity(&guest, &cart, quantity).await;
        assert_eq!(changed.items.data[0].quantity, u64::from(quantity));
        let subtotal = amount(changed.subtotal.as_ref(), "the subtotal");
        same_money(changed.currency, subtotal, fact.price.0 * Decimal::from(quantity), "the subtotal");
    }
}

async fn quantity_beyond_stock(s: Subject) {
    let guest = s.guest();
    let cart = s.cart_of(&guest, &s.facts.variants.three_left, 3).await;
    let request = UpdateCartItem { quantity: Some(pieces(4)), ..UpdateCartItem::default() };
    let line = &cart.items.data[0].id;
    let call = s.modules.carts.update_item(&guest, &cart.id, line, &request);
    conflict("four of three", call, "cart.out_of_stock").await;
    unchanged(&cart, &s.cart(&guest, &cart.id).await);
}

async fn metadata_merged(s: Subject) {
    let guest = s.guest();
    let request = AddCartItem {
        metadata: Some(metadata(&json!({ "keep": 1, "change": "a" }))),
        ..new_cart(&s, &s.facts.variants.plain, 4)
    };
    let cart = add(&s, &request).await;
    let line = &cart.items.data[0].id;
    let request = UpdateCartItem { metadata: Some(metadata(&json!({ "change": "b" }))), ..UpdateCartItem::default() };
    let changed = done("changing metadata", s.modules.carts.update_item(&guest, &cart.id, line, &request)).await;
    let changed = &sound(changed).items.data[0];
    assert_eq!(changed.quantity, 4, "metadata changed the quantity");
    assert_eq!(member(changed.metadata.as_ref(), "keep"), Some(json!(1)), "a member that was not named is lost");
    assert_eq!(member(changed.metadata.as_ref(), "change"), Some(json!("b")));
}

async fn empty_change(s: Subject) {
    let guest = s.guest();
    let cart = s.cart_of(&guest, &s.facts.variants.plain, 1).await;
    let (line, request) = (&cart.items.data[0].id, UpdateCartItem::default());
    let call = s.modules.carts.update_item(&guest, &cart.id, line, &request);
    invalid("a change of nothing", call, "request.invalid").await;
}

async fn update_unknown(s: Subject) {
    let guest = s.guest();
    let cart = s.cart_of(&guest, &s.facts.variants.plain, 1).await;
    let request = UpdateCartItem { quantity: Some(pieces(2)), ..UpdateCartItem::default() };
    let (nothing, nowhere): (LineItemId, _) = (id("line_01NONE"), id("cart_01NONE"));
    let call = s.modules.carts.update_item(&guest, &cart.id, &nothing, &request);
    not_found("changing an unknown line", call, "cart.item_not_found").await;
    let call = s.modules.carts.update_item(&guest, &nowhere, &cart.items.data[0].id, &request);
    not_found("changing a line of an unknown cart", call, "cart.not_found").await;
}

async fn update_foreign(s: Subject) {
    let (guest, fact) = (s.guest(), &s.facts.variants.plain);
    let (first, second) = (s.cart_of(&guest, fact, 1).await, s.cart_of(&guest, fact, 1).await);
    let request = UpdateCartItem { quantity: Some(pieces(9)), ..UpdateCartItem::default() };
    let call = s.modules.carts.update_item(&guest, &first.id, &second.items.data[0].id, &request);
    not_found("changing a line of another cart", call, "cart.item_not_found").await;
    let call = s.modules.carts.remove_item(&guest, &first.id, &second.items.data[0].id);
    not_found("removing a line of another cart", call, "cart.item_not_found").await;
    unchanged(&second, &s.cart(&guest, &second.id).await);
}

async fn removed(s: Subject) {
    let (guest, facts) = (s.guest(), &s.facts.variants);
    let cart = s.cart_of(&guest, &facts.plain, 1).await;
    let both = s.add(&guest, &cart, &facts.other, 2).await;
    let line = &cart.items.data[0].id;
    let left = sound(done("removing a line", s.modules.carts.remove_item(&guest, &cart.id, line)).await);
    assert_eq!((both.items.data.len(), left.items.data.len()), (2, 1));
    assert_eq!(left.items.data[0].product.variant_id.as_ref(), Some(&facts.other.variant_id));
    unchanged(&left, &s.cart(&guest, &cart.id).await);
}

async fn last_removed(s: Subject) {
    let guest = s.guest();
    let cart = s.cart_of(&guest, &s.facts.variants.plain, 1).await;
    let call = s.modules.carts.remove_item(&guest, &cart.id, &cart.items.data[0].id);
    let left = sound(done("removing the last line", call).await);
    assert!(left.items.data.is_empty() && left.total.value.is_zero());
}

async fn remove_unknown(s: Subject) {
    let guest = s.guest();
    let cart = s.cart_of(&guest, &s.facts.variants.plain, 1).await;
    let (nothing, nowhere) = (id("line_01NONE"), id("cart_01NONE"));
    let call = s.modules.carts.remove_item(&guest, &cart.id, &nothing);
    not_found("removing an unknown line", call, "cart.item_not_found").await;
    let call = s.modules.carts.remove_item(&guest, &nowhere, &cart.items.data[0].id);
    not_found("removing a line of an unknown cart", call, "cart.not_found").await;
    unchanged(&cart, &s.cart(&guest, &cart.id).await);
}
