//! What becomes of carts over Medusa 1, which would ship, move, discount and charge them as it should not.

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

use o2s_framework_core::Modules;
use o2s_framework_core::carts::{ApplyPromotion, UpdateCart};
use o2s_framework_core::checkout::{PlaceOrder, SetPayment, SetShippingMethod};
use o2s_framework_core::ids::CartId;
use o2s_medusa_integration::Api;
use serde_json::{Value, json};

use crate::script::{Answer, Call, Shop, guest, missing, ok};

const READ: &str = "GET /store/carts/cart_1";
const WRITE: &str = "POST /store/carts/cart_1";

fn id() -> CartId {
    "cart_1".parse().expect("an id")
}

/// A guest's cart with these members in place of the usual ones.
fn cart(change: &Value) -> Value {
    let address = json!({ "address_1": "Unter den Linden", "city": "Berlin", "postal_code": "10117",
        "country_code": "de", "first_name": "Ada", "last_name": "Park" });
    let mut cart = json!({
        "id": "cart_1", "type": "default", "region_id": "reg_eu", "email": "ada@example.com",
        "customer_id": null, "region": { "id": "reg_eu", "currency_code": "eur" },
        "created_at": "2026-11-22T11:14:42.354Z", "updated_at": "2026-11-22T11:14:44.449Z", "completed_at": null,
        "context": { "paymentTotal": 1000 }, "shipping_address": address, "billing_address": address,
        "items": [{ "id": "item_1", "variant_id": "variant_1", "title": "Hammer", "quantity": 1, "unit_price": 1000,
            "subtotal": 1000, "total": 1000, "tax_total": 0,
            "variant": { "id": "variant_1", "product_id": "prod_1", "product": { "id": "prod_1", "profile_id": "sp_1" } } }],
        "shipping_methods": [{ "id": "sm_1", "price": 0, "total": 0, "subtotal": 0,
            "shipping_option_id": "so_1", "shipping_option": { "id": "so_1", "name": "Standard", "profile_id": "sp_1" } }],
        "payment_sessions": [], "discounts": [], "gift_cards": [], "subtotal": 1000, "total": 1000, "tax_total": 0,
        "shipping_total": 0, "discount_total": 0, "gift_card_total": 0, "gift_card_tax_total": 0,
    });
    for (name, value) in change.as_object().cloned().unwrap_or_default() {
        cart[name] = value;
    }
    json!({ "cart": cart })
}

/// A shop that answers calls on the cart so, and knows no product types.
fn shop(script: impl Fn(&Call) -> Option<Answer> + Send + Sync + 'static) -> (Arc<Shop>, Modules) {
    let shop = Shop::new(move |call| match (script(call), call.what.as_str()) {
        (Some(answer), _) => Some(answer),
        (None, "GET /store/product-types") => {
            Some(ok(json!({ "product_types": [], "count": 0, "offset": 0, "limit": 100 })))
        }
        (None, "GET /store/products") => Some(ok(json!({ "products": [], "count": 0, "offset": 0, "limit": 1 }))),
        (None, "GET /store/regions" | "GET /store/customers/me") => None,
        (None, _) => Some(missing("It")),
    });
    let medusa = shop.configured(|config| {
        config.api = Api::V1;
        config.publishable_key = None;
    });
    (shop, medusa.modules())
}

/// A cart is shipped by what its list of options has: not by the way back, nor by what is for the shop's own people.
#[tokio::test]
async fn a_cart_is_shipped_by_its_own_options() {
    let option = |id: &str, back: bool, staff: bool| json!({ "id": id, "name": id, "amount": 0, "price_incl_tax": 0, "is_return": back, "admin_only": staff });
    let options = json!({ "shipping_options": [option("so_1", false, false), option("so_back", true, false), option("so_staff", false, true)] });
    let (shop, modules) = shop(move |call| match call.what.as_str() {
        READ | "POST /store/carts/cart_1/shipping-methods" => Some(ok(cart(&json!({})))),
        "GET /store/shipping-options/cart_1" => Some(ok(options.clone())),
        _ => None,
    });
    for (option, fits) in [("so_back", false), ("so_staff", false), ("so_none", false), ("so_1", true)] {
        let request = SetShippingMethod { shipping_option_id: option.parse().expect("an id") };
        let chosen = modules.checkout.set_shipping_method(&guest(), &id(), &request).await;
        assert_eq!(
            chosen.map(drop).map_err(|error| error.code()),
            if fits { Ok(()) } else { Err("shipping_option.invalid") }
        );
    }
    assert_eq!(shop.called().iter().filter(|call| call.ends_with("/shipping-methods")).count(), 1);
}

/// Goods that no chosen way is for are not shipped.
#[tokio::test]
async fn every_kind_of_goods_needs_a_way() {
    let other = json!([{ "id": "sm_1", "price": 0, "shipping_option_id": "so_mail",
        "shipping_option": { "id": "so_mail", "name": "By e-mail", "profile_id": "sp_gift_cards" } }]);
    let (_, modules) = shop(move |call| (call.what == READ).then(|| ok(cart(&json!({ "shipping_methods": other })))));
    let error = modules.checkout.place_order(&guest(), &id(), &PlaceOrder::default()).await.expect_err("not shipped");
    assert_eq!((error.code(), error.message()), ("checkout.incomplete", "Shipping method is required"));
    let error = modules.checkout.get_summary(&guest(), &id()).await.expect_err("not shipped");
    assert_eq!(error.code(), "checkout.incomplete");
}

/// A cart that moves keeps its address where the region serves its country, and loses it where it does not.
#[tokio::test]
async fn an_address_moves_with_its_cart_or_is_gone() {
    for (region, sent) in [("reg_eu", json!({ "country_code": "de" })), ("reg_us", Value::Null)] {
        let (shop, modules) = shop(|call| [READ, WRITE].contains(&call.what.as_str()).then(|| ok(cart(&json!({})))));
        let change = UpdateCart { region_id: Some(region.parse().expect("an id")), ..UpdateCart::default() };
        modules.carts.update_cart(&guest(), &id(), &change).await.expect("a cart");
        let write = shop.calls().pop().expect("a call");
        assert_eq!((write.what.as_str(), write.body.get("shipping_address")), (WRITE, Some(&sent)), "{region}");
    }
    let address =
        json!({ "address_1": "Unter den Linden", "city": "Berlin", "last_name": "Park", "country_code": null });
    let (_, modules) =
        shop(move |call| (call.what == READ).then(|| ok(cart(&json!({ "shipping_address": address.clone() })))));
    let error = modules.checkout.place_order(&guest(), &id(), &PlaceOrder::default()).await.expect_err("no country");
    assert_eq!(error.code(), "checkout.incomplete");
}

/// Carts of swaps, with lines that are given back, are no carts to shop with.
#[tokio::test]
async fn a_cart_of_a_swap_is_none() {
    for kind in ["swap", "claim", "draft_order", "payment_link", "of_the_future"] {
        let (shop, modules) = shop(move |call| (call.what == READ).then(|| ok(cart(&json!({ "type": kind })))));
        let change = UpdateCart { notes: Some("ring".to_owned()), ..UpdateCart::default() };
        let refusals = [
            modules.carts.get_cart(&guest(), &id()).await.map(drop),
            modules.carts.update_cart(&guest(), &id(), &change).await.map(drop),
            modules.checkout.place_order(&guest(), &id(), &PlaceOrder::default()).await.map(drop),
        ];
        for refusal in refusals {
            assert_eq!(refusal.expect_err(kind).code(), "cart.not_found", "{kind}");
        }
        assert!(shop.called().iter().all(|call| call == READ), "{kind}: {:?}", shop.called());
    }
}

fn discount(code: &str, kind: &str) -> Value {
    json!({ "id": format!("disc_{code}"), "code": code, "rule": { "id": "r", "type": kind, "value": 10 } })
}

async fn codes_sent(applied: &Value, refused_first: bool) -> Vec<Value> {
    let (before, after) = (applied.clone(), json!([discount("NEW", "percentage")]));
    let (shop, modules) = shop(move |call| match call.what.as_str() {
        READ => Some(ok(cart(&json!({ "discounts": before })))),
        WRITE if refused_first && call.body["discounts"].as_array().is_some_and(|codes| codes.len() > 1) => {
            Some(Answer::Json(400, json!({ "type": "not_allowed", "message": "Discount FREESHIP has been disabled" })))
        }
        WRITE => Some(ok(cart(&json!({ "discounts": after })))),
        _ => None,
    });
    let request = ApplyPromotion { code: "NEW".parse().expect("a code"), locale: None };
    modules.carts.apply_promotion(&guest(), &id(), &request).await.expect("a cart");
    shop.calls().into_iter().filter(|call| call.what == WRITE).map(|call| call.body["discounts"].clone()).collect()
}

/// Another discount takes the place of the one there is, one of free shipping stays beside it, and one that does not hold
/// any more spoils neither.
#[tokio::test]
async fn another_discount_takes_the_place_of_the_first() {
    let both = json!([{ "code": "FREESHIP" }, { "code": "NEW" }]);
    let applied = json!([discount("OLD", "percentage"), discount("FREESHIP", "free_shipping")]);
    assert_eq!(codes_sent(&applied, false).await, std::slice::from_ref(&both));
    assert_eq!(codes_sent(&applied, true).await, [both, json!([{ "code": "NEW" }])]);
    assert_eq!(codes_sent(&json!([discount("OLD", "fixed")]), false).await, [json!([{ "code": "NEW" }])]);
}

/// A discount of free shipping has a place of its own: the one that was there comes back beside it.
#[tokio::test]
async fn free_shipping_takes_nobodys_place() {
    let old = json!([discount("OLD", "percentage")]);
    let (shop, modules) = shop(move |call| match call.what.as_str() {
        READ => Some(ok(cart(&json!({ "discounts": old })))),
        WRITE => Some(ok(cart(&json!({ "discounts": [discount("NEW", "free_shipping")] })))),
        _ => None,
    });
    let request = ApplyPromotion { code: "NEW".parse().expect("a code"), locale: None };
    modules.carts.apply_promotion(&guest(), &id(), &request).await.expect("a cart");
    let sent: Vec<_> = shop.calls().into_iter().filter(|call| call.what == WRITE).map(|call| call.body).collect();
    let codes: Vec<_> = sent.iter().map(|body| &body["discounts"]).collect();
    assert_eq!(codes, [&json!([{ "code": "NEW" }]), &json!([{ "code": "OLD" }, { "code": "NEW" }])]);
}

/// A shop that fails is no refusal of a code: nothing is tried that would take the other codes off.
#[tokio::test]
async fn a_failure_takes_no_code_off() {
    let applied = json!([discount("FREESHIP", "free_shipping")]);
    let (shop, modules) = shop(move |call| match call.what.as_str() {
        READ => Some(ok(cart(&json!({ "discounts": applied })))),
        WRITE => Some(Answer::Json(500, json!({ "type": "unknown_error", "message": "An unknown error occurred." }))),
        _ => None,
    });
    let request = ApplyPromotion { code: "NEW".parse().expect("a code"), locale: None };
    let error = modules.carts.apply_promotion(&guest(), &id(), &request).await.expect_err("a failure");
    assert_eq!(error.code(), "backend.error");
    assert_eq!(shop.called().iter().filter(|call| *call == WRITE).count(), 1);
}

/// What a gift card pays of the tax is not in the cart's tax, as it is not in the order's: the parts add up.
#[tokio::test]
async fn a_gift_card_pays_its_part_of_the_tax() {
    let paid = json!({ "subtotal": 3998, "shipping_total": 499, "tax_total": 855, "gift_card_total": 1000,
        "gift_card_tax_total": 190, "total": 4162 });
    let (_, modules) = shop(move |call| (call.what == READ).then(|| ok(cart(&paid))));
    let cart = modules.carts.get_cart(&guest(), &id()).await.expect("a cart");
    let shown = [cart.discount_total, cart.tax_total].map(|price| price.map(|price| price.to_string()));
    assert_eq!(shown, [Some("10 EUR".to_owned()), Some("6.65 EUR".to_owned())]);
}

/// A cart that costs nothing and lacks stock can be changed again: its codes are off while Medusa forgets its taxes.
#[tokio::test]
async fn a_free_cart_that_lacks_stock_can_be_changed_again() {
    let free = json!({ "total": 0, "gift_cards": [{ "id": "gc_1", "code": "GIFT", "balance": 0 }] });
    let (shop, modules) = shop(move |call| match call.what.as_str() {
        WRITE if call.body["gift_cards"] == json!([]) => Some(ok(cart(&json!({ "total": 1000 })))),
        READ | WRITE => Some(ok(cart(&free))),
        "POST /store/carts/cart_1/complete" => Some(Answer::Json(
            409,
            json!({ "code": "insufficient_inventory", "type": "not_allowed", "message": "not enough" }),
        )),
        _ => None,
    });
    let error = modules.checkout.place_order(&guest(), &id(), &PlaceOrder::default()).await.expect_err("no stock");
    assert_eq!(error.code(), "cart.out_of_stock");
    let writes: Vec<_> = shop.calls().into_iter().filter(|call| call.what.starts_with("POST")).collect();
    let told: Vec<_> = writes.iter().map(|call| (call.what.as_str(), &call.body["gift_cards"])).collect();
    assert_eq!(told[1], (WRITE, &json!([])));
    assert!(told[2].0.ends_with("/complete"));
    assert_eq!(told[3], (WRITE, &json!([{ "code": "GIFT" }])), "the card is back, whatever came of it");
}

/// A payment of a cart whose total never holds still is given up.
#[tokio::test]
async fn a_payment_does_not_chase_a_total_for_ever() {
    let total = Arc::new(AtomicI64::new(1000));
    let (shop, modules) = shop(move |call| match call.what.as_str() {
        READ | WRITE => Some(ok(cart(&json!({ "total": total.fetch_add(1, Ordering::SeqCst) })))),
        "GET /store/regions" => Some(ok(json!({ "count": 1, "offset": 0, "limit": 1, "regions": [{ "id": "reg_eu",
            "currency_code": "eur", "countries": [], "payment_providers": [{ "id": "manual", "is_installed": true }] }] }))),
        _ => None,
    });
    let request = SetPayment {
        provider_id: "manual".parse().expect("an id"),
        return_url: "https://shop.example/return".parse().expect("an address"),
        cancel_url: None,
        metadata: None,
    };
    let error = modules.checkout.set_payment(&guest(), &id(), &request).await.expect_err("never the same");
    assert_eq!(error.code(), "backend.conflict");
    let writes: Vec<_> = shop.calls().into_iter().filter(|call| call.what == WRITE).collect();
    assert_eq!(writes.len(), 3);
    assert_eq!(writes[0].body["context"]["cancel_url"], "", "an earlier payment's way back is not this one's");
}
