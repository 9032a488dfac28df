//! What holds over Medusa 1, which answers anybody who asks and makes a cart that of whoever reads it with a token.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use o2s_framework_core::Modules;
use o2s_framework_core::carts::{AddCartItem, UpdateCart};
use o2s_framework_core::checkout::{PlaceOrder, PlacedOrder};
use o2s_framework_core::context::RequestContext;
use o2s_framework_core::error::{Effect, Error, ErrorKind};
use o2s_framework_core::ids::CartId;
use o2s_framework_core::orders::GetOrder;
use o2s_framework_core::text::Quantity;
use o2s_medusa_integration::{Api, Medusa};
use serde_json::{Value, json};

use crate::script::{Answer, Call, Shop, guest, holder, missing, ok};

const CART: &str = "POST /store/carts/cart_guest";
const COMPLETE: &str = "POST /store/carts/cart_guest/complete";

fn medusa_1(shop: &Arc<Shop>) -> Medusa {
    shop.configured(|config| {
        config.api = Api::V1;
        config.publishable_key = None;
    })
}

fn modules(shop: &Arc<Shop>) -> Modules {
    medusa_1(shop).modules()
}

fn id(text: &str) -> CartId {
    text.parse().expect("an id")
}

/// A cart that can be placed: of Jane's account, or of a customer without one.
fn cart(of: &str) -> Value {
    let address = json!({ "address_1": "Unter den Linden", "city": "Berlin", "postal_code": "10117",
        "country_code": "de", "first_name": "Jane", "last_name": "Doe" });
    json!({ "cart": {
        "id": format!("cart_{of}"), "type": "default", "region_id": "reg_eu", "email": format!("{of}@example.com"),
        "customer_id": format!("cus_{of}"), "customer": { "id": format!("cus_{of}"), "has_account": of == "jane" },
        "region": { "id": "reg_eu", "currency_code": "eur", "countries": [{ "iso_2": "de" }] },
        "created_at": "2026-11-22T11:14:42.354Z", "updated_at": "2026-11-22T11:14:44.449Z", "completed_at": null,
        "context": { "paymentTotal": 1000 }, "shipping_address": address, "billing_address": address,
        "items": [{ "id": "item_1", "variant_id": "variant_1", "title": "Hammer", "quantity": 1, "unit_price": 1000,
            "subtotal": 1000, "total": 1000, "original_total": 1000, "tax_total": 0, "discount_total": 0,
            "variant": { "id": "variant_1", "product_id": "prod_1", "product": { "id": "prod_1" } } }],
        "shipping_methods": [{ "id": "sm_1", "price": 0, "total": 0, "subtotal": 0, "tax_total": 0,
            "shipping_option_id": "so_1", "shipping_option": { "id": "so_1", "name": "Standard" } }],
        "payment_session": { "id": "ps_1", "provider_id": "manual", "status": "pending", "data": {} },
        "payment_sessions": [{ "id": "ps_1", "provider_id": "manual", "is_selected": true, "status": "pending", "data": {} }],
        "discounts": [], "gift_cards": [],
        "subtotal": 1000, "total": 1000, "item_tax_total": 0, "tax_total": 0, "shipping_total": 0, "discount_total": 0,
        "gift_card_total": 0, "gift_card_tax_total": 0,
    } })
}

fn order(of: &str) -> Value {
    json!({ "id": format!("order_{of}"), "display_id": 7, "status": "pending", "payment_status": "awaiting",
        "fulfillment_status": "not_fulfilled", "currency_code": "eur", "email": format!("{of}@example.com"),
        "customer_id": format!("cus_{of}"), "customer": { "id": format!("cus_{of}"), "has_account": of == "jane" },
        "cart_id": format!("cart_{of}"), "region_id": "reg_eu",
        "created_at": "2026-11-22T11:14:46.000Z", "updated_at": "2026-11-22T11:14:46.000Z", "items": [],
        "shipping_methods": [], "subtotal": 1000, "total": 1000, "tax_total": 0, "shipping_total": 0,
        "discount_total": 0, "gift_card_total": 0 })
}

/// A shop with a cart of Jane's and one of a guest's, and an order of each.
fn shop_that_completes(complete: impl Fn(usize) -> Answer + Send + Sync + 'static) -> Arc<Shop> {
    let asked = AtomicUsize::new(0);
    Shop::new(move |call| match call.what.as_str() {
        "GET /store/carts/cart_jane" | "POST /store/carts/cart_jane" => Some(ok(cart("jane"))),
        "GET /store/carts/cart_guest" | CART => Some(ok(cart("guest"))),
        COMPLETE => Some(complete(asked.fetch_add(1, Ordering::SeqCst))),
        "DELETE /store/carts/cart_guest/payment-sessions/manual" => Some(ok(cart("guest"))),
        "GET /store/orders/order_jane" => Some(ok(json!({ "order": order("jane") }))),
        "GET /store/orders/order_guest" => Some(ok(json!({ "order": order("guest") }))),
        "GET /store/customers/me/orders" => {
            let hers = call.token.as_deref() == Some("jane") && call.value("id") == Some("order_jane");
            Some(ok(json!({ "orders": if hers { vec![order("jane")] } else { vec![] }, "count": u8::from(hers),
                "offset": 0, "limit": 1 })))
        }
        "GET /store/product-types" => Some(ok(json!({ "product_types": [], "count": 0, "offset": 0, "limit": 100 }))),
        "GET /store/products" => Some(ok(json!({ "products": [], "count": 0, "offset": 0, "limit": 1 }))),
        "GET /store/customers/me" | "GET /store/regions" => None,
        _ => Some(missing("It")),
    })
}

fn placed() -> Answer {
    ok(json!({ "type": "order", "data": order("guest") }))
}

fn refused(status: u16, body: Value) -> Answer {
    Answer::Json(status, body)
}

async fn place(shop: &Arc<Shop>) -> Result<PlacedOrder, Error> {
    modules(shop).checkout.place_order(&guest(), &id("cart_guest"), &PlaceOrder::default()).await
}

fn completions(shop: &Shop) -> usize {
    shop.called().iter().filter(|what| *what == COMPLETE).count()
}

/// S-15: somebody else's cart is as unknown as one that is not there, and is not touched. It is read as nobody: with a
/// token Medusa would make it the reader's.
#[tokio::test]
async fn a_cart_of_somebody_elses_is_not_touched() {
    let strangers: [(&str, RequestContext); 2] = [("a guest", guest()), ("john", holder("john"))];
    for (who, cx) in &strangers {
        let shop = shop_that_completes(|_| placed());
        let modules = modules(&shop);
        let hammer = AddCartItem::to_cart(id("cart_jane"), "variant_1".parse().expect("an id"), Quantity::ONE);
        let update = UpdateCart { name: Some("mine".parse().expect("a name")), ..UpdateCart::default() };
        let refusals = [
            modules.carts.get_cart(cx, &id("cart_jane")).await.map(drop),
            modules.carts.add_item(cx, &hammer).await.map(drop),
            modules.carts.update_cart(cx, &id("cart_jane"), &update).await.map(drop),
            modules.checkout.place_order(cx, &id("cart_jane"), &PlaceOrder::default()).await.map(drop),
        ];
        for refusal in refusals {
            assert_eq!(refusal.expect_err(who).code(), "cart.not_found", "{who}");
        }
        let carts: Vec<Call> = shop.calls().into_iter().filter(|call| call.what.contains("/carts/")).collect();
        assert!(!carts.is_empty());
        for call in carts {
            assert_eq!((call.what.as_str(), call.token), ("GET /store/carts/cart_jane", None), "{who}");
        }
    }
}

/// S-15: Medusa answers anybody an order; here it is its owner's, or that of whoever knows the id of a guest's.
#[tokio::test]
async fn an_order_is_shown_to_its_owner() {
    let shop = shop_that_completes(|_| placed());
    let orders = modules(&shop).orders;
    let get = async |cx: RequestContext, order: &str| {
        orders.get_order(&cx, &order.parse().expect("an id"), &GetOrder::default()).await
    };
    get(holder("jane"), "order_jane").await.expect("her own");
    get(guest(), "order_guest").await.expect("a guest's");
    for stranger in [guest(), holder("john")] {
        assert_eq!(get(stranger, "order_jane").await.expect_err("refused").code(), "order.not_found");
    }
    assert_eq!(get(holder("forged"), "order_guest").await.expect_err("refused").code(), "auth.invalid_token");
    for call in shop.calls().iter().filter(|call| call.what.starts_with("GET /store/orders/")) {
        assert_eq!(call.token, None, "{}", call.what);
    }
}

/// of two calls that complete a cart at once Medusa answers one that its payment exists already; both get the order.
#[tokio::test(start_paused = true)]
async fn a_cart_that_is_being_completed_is_asked_for_again() {
    let busy = || {
        refused(422, json!({ "type": "duplicate_error", "message": "Payment with cart_id cart_guest already exists." }))
    };
    let shop = shop_that_completes(move |asked| if asked < 2 { busy() } else { placed() });
    assert_eq!(place(&shop).await.expect("an order").order.id.as_str(), "order_guest");
    assert_eq!(completions(&shop), 3);
    let shop = shop_that_completes(move |_| busy());
    let error = place(&shop).await.expect_err("never done");
    assert!(completions(&shop) > 1);
    assert_eq!((error.kind(), error.code()), (ErrorKind::Conflict, "backend.conflict"));
}

/// Of two carts that bring the e-mail address of a new guest at once Medusa refuses one. Both get it.
#[tokio::test]
async fn a_new_guests_address_is_taken_by_every_cart() {
    let message = "Customer with email, has_account ada@example.com, f already exists.";
    let asked = AtomicUsize::new(0);
    let shop = Shop::new(move |call| match call.what.as_str() {
        CART if asked.fetch_add(1, Ordering::SeqCst) == 0 => {
            Some(refused(422, json!({ "type": "duplicate_error", "message": message })))
        }
        "GET /store/carts/cart_guest" | CART => Some(ok(cart("guest"))),
        "GET /store/product-types" => Some(ok(json!({ "product_types": [], "count": 0, "offset": 0, "limit": 100 }))),
        "GET /store/products" => Some(ok(json!({ "products": [], "count": 0, "offset": 0, "limit": 1 }))),
        _ => None,
    });
    let change = UpdateCart { email: Some("ada@example.com".parse().expect("an address")), ..UpdateCart::default() };
    modules(&shop).carts.update_cart(&guest(), &id("cart_guest"), &change).await.expect("a cart");
    assert_eq!(shop.called(), ["GET /store/carts/cart_guest", CART, CART]);
}

/// where the answer of completing is lost, the order is found by completing again, or the outcome is called unknown.
#[tokio::test(start_paused = true)]
async fn a_lost_answer_is_not_taken_for_a_refusal() {
    let shop = shop_that_completes(|asked| if asked == 0 { Answer::Lost } else { placed() });
    match place(&shop).await {
        Ok(placed) => assert_eq!(placed.order.id.as_str(), "order_guest"),
        Err(error) => assert_eq!(error.effect(), Effect::Unknown),
    }
    let shop = shop_that_completes(|_| Answer::Lost);
    let error = place(&shop).await.expect_err("no answer");
    assert_eq!((error.kind(), error.effect()), (ErrorKind::Unavailable, Effect::Unknown));
}

/// A cart that lacks stock keeps a payment that was called off and taxes that hold its lines: both are taken off, so
/// that it can be changed.
#[tokio::test]
async fn a_cart_that_lacks_stock_can_be_changed_again() {
    let lack = || {
        refused(
            409,
            json!({ "code": "insufficient_inventory", "type": "not_allowed", "message": "Variant with id: variant_1 does not have the required inventory" }),
        )
    };
    let no_session = || {
        refused(
            400,
            json!({ "type": "invalid_argument", "message": "You cannot complete a cart without a payment session." }),
        )
    };
    let shop = shop_that_completes(move |asked| if asked == 0 { lack() } else { no_session() });
    let error = place(&shop).await.expect_err("no stock");
    assert_eq!((error.kind(), error.code()), (ErrorKind::Conflict, "cart.out_of_stock"));
    assert_eq!(
        shop.called(),
        ["GET /store/carts/cart_guest", COMPLETE, "DELETE /store/carts/cart_guest/payment-sessions/manual", COMPLETE]
    );
}

/// A payment that needs another step is a 402 that says which; one that is refused, a 402 that says so.
#[tokio::test]
async fn a_payment_that_is_not_through_makes_no_order() {
    let answer = |status: &str, data: Value| {
        let mut cart = cart("guest")["cart"].clone();
        cart["payment_session"]["status"] = json!(status);
        cart["payment_session"]["data"] = data.clone();
        cart["payment_sessions"][0]["status"] = json!(status);
        cart["payment_sessions"][0]["data"] = data;
        json!({ "type": "cart", "data": cart, "payment_status": status, "error": "Payment not authorized" })
    };
    let redirect = answer("requires_more", json!({ "redirect_url": "https://bank.example/3ds" }));
    let shop = shop_that_completes(move |_| ok(redirect.clone()));
    let error = place(&shop).await.expect_err("not yet");
    assert_eq!((error.kind(), error.code()), (ErrorKind::PaymentRequired, "payment.action_required"));
    let refused = answer("error", json!({}));
    let shop = shop_that_completes(move |_| ok(refused.clone()));
    let error = place(&shop).await.expect_err("refused");
    assert_eq!((error.kind(), error.code()), (ErrorKind::PaymentRequired, "payment.failed"));
}

/// what Medusa says when it fails stays in the logs, whether it is JSON, plain text or a page.
#[tokio::test(start_paused = true)]
async fn a_failing_shop_is_not_blamed_on_the_caller() {
    let failing = |status, body: Value| Shop::new(move |_| Some(Answer::Json(status, body.clone())));
    for (status, kind, code) in [
        (500, ErrorKind::Backend, "backend.error"),
        (502, ErrorKind::Unavailable, "backend.unavailable"),
        (429, ErrorKind::RateLimited, "backend.rate_limited"),
        (200, ErrorKind::Backend, "backend.unreadable"),
    ] {
        for body in [json!("secret detail"), json!({ "type": "unknown_error", "message": "secret detail" })] {
            let shop = failing(status, body);
            let error = modules(&shop).carts.get_cart(&guest(), &id("cart_guest")).await.expect_err("a failure");
            assert_eq!((error.kind(), error.code()), (kind, code), "{status}");
            assert!(!error.message().contains("secret detail"), "{status}");
        }
    }
}

/// An SKU is searched for in a bounded number of products.
#[tokio::test]
async fn an_sku_is_looked_for_within_a_bound() {
    let products = |count: u64| {
        Shop::new(move |call| match call.what.as_str() {
            "GET /store/products" if call.value("q").is_some() => {
                let variants =
                    json!([{ "id": "variant_1", "sku": "HAMMER-1" }, { "id": "variant_10", "sku": "HAMMER" }]);
                let is_there = call.number("offset") == 200;
                let variants = if is_there { variants } else { json!([{ "id": "variant_2", "sku": "HAMMER-2" }]) };
                let product = json!({ "id": "prod_1", "title": "Hammer", "variants": variants });
                Some(ok(json!({ "products": [product], "count": count, "offset": 0, "limit": 100 })))
            }
            "POST /store/carts" => Some(ok(cart("guest"))),
            _ => shop_that_completes(|_| placed()).answer(call),
        })
    };
    let add = async |shop: &Arc<Shop>, sku: &str| {
        let sku = sku.parse().expect("an SKU");
        let request = AddCartItem::to_new_cart("EUR".parse().expect("a currency"), sku, Quantity::ONE);
        modules(shop)
            .carts
            .add_item(&guest(), &AddCartItem { sku: request.variant_id, variant_id: None, ..request })
            .await
    };
    let searches = |shop: &Shop| shop.called().iter().filter(|what| *what == "GET /store/products").count();
    let shop = products(5000);
    add(&shop, "HAMMER").await.expect("a cart");
    assert_eq!(searches(&shop), 3);
    let shop = products(5000);
    assert_eq!(add(&shop, "HAMM").await.expect_err("too many").code(), "product.too_many_to_filter");
    assert_eq!(searches(&shop), 10);
    let shop = products(150);
    assert_eq!(add(&shop, "HAMM").await.expect_err("none").code(), "product.variant_not_found");
    assert_eq!(searches(&shop), 2);
}

/// a check tells the Medusa that was configured from the other one.
#[tokio::test]
async fn the_other_medusa_is_told() {
    let refusal = |text: &'static str| {
        let body = json!({ "type": "invalid_data", "message": text });
        Shop::new(move |_| Some(Answer::Json(400, body.clone())))
    };
    let fine = Shop::new(|_| None);
    medusa_1(&fine).check(&guest()).await.expect("Medusa 1");
    fine.medusa().check(&guest()).await.expect("Medusa 2");
    for text in ["Publishable API key required in the request header", "Invalid request: Unrecognized fields: 'expand'"]
    {
        let error = medusa_1(&refusal(text)).check(&guest()).await.expect_err("Medusa 2");
        assert_eq!(error.code(), "backend.misconfigured");
        assert!(error.message().contains("speaks Medusa 2's API"), "{text}: {}", error.message());
    }
    let error =
        refusal("property currency_code should not exist").medusa().check(&guest()).await.expect_err("Medusa 1");
    assert_eq!(error.code(), "backend.misconfigured");
    assert!(error.message().contains("speaks Medusa 1's API"), "{}", error.message());
    let error = refusal("A valid publishable key is required").medusa().check(&guest()).await.expect_err("a wrong key");
    assert!(error.message().contains("configured key"), "{}", error.message());
}
