//! What holds when Medusa fails, is slow, or is asked by somebody who should not.
//!
//! The backend is a handful of canned answers behind the transport seam, so that every request that would have left the
//! process can be looked at. Faults are injected in front of it.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, reason = "a test ends where it fails")]

use std::fmt;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use async_trait::async_trait;
use bytes::Bytes;
use http::header::{AUTHORIZATION, CONTENT_TYPE};
use http::{HeaderMap, HeaderValue, Method, StatusCode};
use o2s_framework_core::Modules;
use o2s_framework_core::carts::{AddCartItem, ListCarts, UpdateCart};
use o2s_framework_core::checkout::PlaceOrder;
use o2s_framework_core::context::{CustomerToken, RequestContext};
use o2s_framework_core::error::{Effect, Error, ErrorKind};
use o2s_framework_core::ids::CartId;
use o2s_framework_core::payments::{CreateSession, ListProviders};
use o2s_framework_core::products::{GetProduct, ListProducts};
use o2s_framework_core::text::Quantity;
use o2s_medusa_client::testing::{Fault, FaultTransport};
use o2s_medusa_client::transport::{HttpRequest, HttpResponse, Transport, TransportError};
use o2s_medusa_integration::{Medusa, MedusaConfig};
use serde_json::{Value, json};

const JANE: &str = "token-of-jane";
const PUBLISHABLE: &str = "pk_of_the_shop";
const ADMIN: &str = "sk_of_the_shop";

/// The answers of a shop with one cart, and every request that reached it.
#[derive(Default)]
struct CannedShop {
    seen: Mutex<Vec<HttpRequest>>,
    at_once: AtomicUsize,
    most_at_once: AtomicUsize,
    /// How many more times completing the cart is busy elsewhere.
    busy: AtomicUsize,
}

impl fmt::Debug for CannedShop {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("CannedShop")
    }
}

impl CannedShop {
    fn requests(&self, route: &str) -> Vec<HttpRequest> {
        self.seen.lock().unwrap().iter().filter(|request| request.route == route).cloned().collect()
    }

    fn count(&self, route: &str) -> usize {
        self.requests(route).len()
    }

    fn answer(&self, request: &HttpRequest) -> (u16, Value) {
        let token = request.headers.get(AUTHORIZATION).and_then(|value| value.to_str().ok());
        match (&request.method, request.route) {
            (&Method::GET, "/store/customers/me") if token == Some(&format!("Bearer {JANE}")) => {
                (200, json!({"customer": {"id": "cus_jane"}}))
            }
            (&Method::GET, "/store/customers/me") => (401, json!({"message": "Unauthorized"})),
            (&Method::GET, "/store/regions") => (
                200,
                json!({"regions": [{"id": "reg_eu", "currency_code": "eur", "countries": [{"iso_2": "de"}]}], "count": 1}),
            ),
            (&Method::GET, "/store/products") => (200, json!({"products": [], "count": 0})),
            (&Method::GET | &Method::POST, "/store/carts/{id}") | (&Method::POST, "/store/carts/{id}/line-items") => {
                if request.target.contains("/cart_of_jane") {
                    (200, json!({"cart": cart("cart_of_jane", true)}))
                } else {
                    (200, json!({"cart": cart("cart_1", false)}))
                }
            }
            (&Method::POST, "/store/carts/{id}/complete") => {
                let busy = self.busy.fetch_update(Ordering::SeqCst, Ordering::SeqCst, |left| left.checked_sub(1));
                if busy.is_ok() {
                    (409, json!({"type": "conflict", "message": "busy"}))
                } else {
                    (200, json!({"type": "order", "order": order()}))
                }
            }
            (&Method::GET, "/admin/customers/{id}") => (200, json!({"customer": {"id": "cus_jane", "carts": []}})),
            (method, route) => panic!("the canned shop does not know {method} {route}"),
        }
    }
}

fn cart(id: &str, janes: bool) -> Value {
    let address = json!({"address_1": "Unter den Linden", "city": "Berlin", "postal_code": "10117", "country_code": "de", "last_name": "Doe"});
    let owner = if janes { json!({"id": "cus_jane", "has_account": true}) } else { Value::Null };
    json!({
        "id": id, "currency_code": "eur", "region_id": "reg_eu", "email": "guest@example.com", "metadata": null,
        "created_at": "2026-11-22T11:14:42.354Z", "updated_at": "2026-11-22T11:14:44.449Z", "completed_at": null,
        "total": 10, "tax_total": 0, "discount_total": 0, "item_subtotal": 10, "shipping_subtotal": 0,
        "items": [{"id": "cali_1", "quantity": 1, "unit_price": 10, "total": 10, "product_id": "prod_1", "title": "Hammer"}],
        "shipping_methods": [{"id": "casm_1", "shipping_option_id": "so_1", "name": "Standard"}],
        "shipping_address": address, "billing_address": address,
        "customer_id": if janes { json!("cus_jane") } else { Value::Null }, "customer": owner,
        "payment_collection": {"id": "pay_col_1", "payment_sessions": [{"id": "payses_1", "provider_id": "pp_x", "status": "pending", "data": {}}]},
    })
}

fn order() -> Value {
    json!({
        "id": "order_1", "status": "pending", "currency_code": "eur", "email": "guest@example.com",
        "created_at": "2026-11-22T11:14:46.000Z", "updated_at": "2026-11-22T11:14:46.000Z",
        "total": 10, "tax_total": 0, "discount_total": 0, "item_subtotal": 10, "shipping_subtotal": 0, "items": [],
    })
}

#[async_trait]
impl Transport for CannedShop {
    async fn send(&self, request: HttpRequest) -> Result<HttpResponse, TransportError> {
        let now = self.at_once.fetch_add(1, Ordering::SeqCst) + 1;
        if request.method == Method::POST {
            self.most_at_once.fetch_max(now, Ordering::SeqCst);
        }
        // Others get their turn, as they would while bytes travel.
        tokio::task::yield_now().await;
        let (status, body) = self.answer(&request);
        self.seen.lock().unwrap().push(request);
        self.at_once.fetch_sub(1, Ordering::SeqCst);
        let mut headers = HeaderMap::new();
        headers.insert(CONTENT_TYPE, HeaderValue::from_static("application/json"));
        Ok(HttpResponse { status: StatusCode::from_u16(status).unwrap(), headers, body: Bytes::from(body.to_string()) })
    }
}

/// A shop, what reaches it, and what may go wrong on the way.
struct Stage {
    modules: Modules,
    shop: Arc<CannedShop>,
    faults: Arc<FaultTransport>,
}

fn stage() -> Stage {
    let shop = Arc::new(CannedShop::default());
    let faults = Arc::new(FaultTransport::new(Arc::clone(&shop) as Arc<dyn Transport>));
    let mut config = MedusaConfig::new("http://shop.example", PUBLISHABLE);
    config.admin_key = Some(ADMIN.into());
    let medusa = Medusa::with_transport(&config, Arc::clone(&faults) as Arc<dyn Transport>).expect("a shop");
    Stage { modules: medusa.modules(), shop, faults }
}

fn guest() -> RequestContext {
    RequestContext::guest("request-1", Duration::from_secs(10))
}

fn with_token(token: &str) -> RequestContext {
    guest().with_token(CustomerToken::new(token))
}

fn id(text: &str) -> CartId {
    CartId::new(text).unwrap()
}

fn hammer() -> AddCartItem {
    AddCartItem::to_cart(id("cart_1"), "variant_1".parse().unwrap(), Quantity::ONE)
}

// R-1: each failure of the backend has its own kind, and none is blamed on the caller.
#[tokio::test(start_paused = true)]
async fn a_failing_backend_is_told_as_what_it_is() {
    let cases = [
        (Fault::Refuse, ErrorKind::Unavailable, "backend.unavailable"),
        (Fault::ResetBefore, ErrorKind::Unavailable, "backend.unavailable"),
        (Fault::html(StatusCode::BAD_GATEWAY), ErrorKind::Unavailable, "backend.unavailable"),
        (Fault::html(StatusCode::OK), ErrorKind::Backend, "backend.unreadable"),
        // A page of a proxy says nothing of the caller or of the cart.
        (Fault::html(StatusCode::NOT_FOUND), ErrorKind::Backend, "backend.unreadable"),
        (Fault::html(StatusCode::UNAUTHORIZED), ErrorKind::Backend, "backend.unreadable"),
        (Fault::html(StatusCode::BAD_REQUEST), ErrorKind::Backend, "backend.unreadable"),
        (Fault::Truncate(20), ErrorKind::Backend, "backend.unreadable"),
        (Fault::json(StatusCode::OK, r#"{"cart":{"id":"cart_1"}}"#), ErrorKind::Backend, "backend.unreadable"),
        (
            Fault::json(StatusCode::INTERNAL_SERVER_ERROR, r#"{"type":"unknown_error","message":"secret detail"}"#),
            ErrorKind::Backend,
            "backend.error",
        ),
        (Fault::json(StatusCode::TOO_MANY_REQUESTS, "{}"), ErrorKind::RateLimited, "backend.rate_limited"),
        (
            Fault::json(
                StatusCode::BAD_REQUEST,
                r#"{"type":"not_allowed","message":"A valid publishable key is required"}"#,
            ),
            ErrorKind::Backend,
            "backend.misconfigured",
        ),
        // Last, for it moves the clock.
        (Fault::Hang, ErrorKind::Timeout, "backend.timeout"),
    ];
    for (fault, kind, code) in cases {
        let stage = stage();
        let told = format!("{fault:?}");
        stage.faults.inject_next(fault, u32::MAX);
        let error = stage.modules.carts.get_cart(&guest(), &id("cart_1")).await.expect_err(&told);
        assert_eq!((error.kind(), error.code()), (kind, code), "{told}: {error:?}");
        assert!(!error.message().contains("secret detail"), "{told}");
        assert_eq!(error.effect(), Effect::None, "{told}: a read changes nothing");
    }
}

// M-ERR-01 to M-ERR-05, M-CUST-10: what Medusa refuses keeps its status, and of the texts only that of a bad request,
// which speaks of the caller's own values.
#[tokio::test]
async fn every_refusal_of_medusa_has_its_kind() {
    let refusal = |status, body| Fault::json(StatusCode::from_u16(status).unwrap(), body);
    let cases = [
        (
            refusal(400, r#"{"type":"invalid_data","message":"quantity is odd"}"#),
            ErrorKind::Invalid,
            "backend.refused",
            "quantity is odd",
        ),
        (
            refusal(401, r#"{"message":"Unauthorized"}"#),
            ErrorKind::Unauthenticated,
            "auth.invalid_token",
            "The token is invalid",
        ),
        (
            refusal(403, r#"{"type":"forbidden","message":"inner"}"#),
            ErrorKind::Forbidden,
            "backend.forbidden",
            "does not allow",
        ),
        (
            refusal(404, r#"{"type":"not_found","message":"inner"}"#),
            ErrorKind::NotFound,
            "cart.not_found",
            "cart_1 not found",
        ),
        (
            refusal(409, r#"{"type":"conflict","message":"inner"}"#),
            ErrorKind::Conflict,
            "backend.conflict",
            "try again",
        ),
        (
            refusal(422, r#"{"type":"duplicate_error","message":"taken"}"#),
            ErrorKind::Invalid,
            "backend.refused",
            "taken",
        ),
        (
            refusal(500, r#"{"type":"unknown_error","message":"inner"}"#),
            ErrorKind::Backend,
            "backend.error",
            "failed to answer",
        ),
    ];
    for (fault, kind, code, text) in cases {
        let stage = stage();
        let told = format!("{fault:?}");
        stage.faults.inject_next(fault, u32::MAX);
        let error = stage.modules.carts.get_cart(&guest(), &id("cart_1")).await.expect_err(&told);
        assert_eq!((error.kind(), error.code()), (kind, code), "{told}");
        assert!(error.message().contains(text) && !error.message().contains("inner"), "{told}: {}", error.message());
    }
}

// R-1: a read survives a passing fault; a write that may have arrived is not sent twice.
#[tokio::test(start_paused = true)]
async fn reads_are_repeated_and_writes_that_may_have_arrived_are_not() {
    let stage = stage();
    stage.faults.inject_next(Fault::html(StatusCode::SERVICE_UNAVAILABLE), 1);
    stage.modules.carts.get_cart(&guest(), &id("cart_1")).await.expect("the second attempt");

    stage.faults.inject(Fault::ResetAfter, 1, |request| request.method == Method::POST);
    let error = stage.modules.carts.add_item(&guest(), &hammer()).await.expect_err("the answer was lost");
    assert_eq!((error.kind(), error.effect()), (ErrorKind::Unavailable, Effect::Unknown));
    assert_eq!(stage.shop.count("/store/carts/{id}/line-items"), 1);

    stage.faults.inject(Fault::Refuse, 1, |request| request.method == Method::POST);
    stage.modules.carts.add_item(&guest(), &hammer()).await.expect("nothing had been sent");
}

// R-4: a lost answer of completion is settled by completing again, and so is a completion that runs elsewhere.
#[tokio::test(start_paused = true)]
async fn an_unknown_outcome_of_placing_is_settled_by_placing_again() {
    for fault in [Fault::ResetAfter, Fault::Truncate(10), Fault::html(StatusCode::GATEWAY_TIMEOUT)] {
        let stage = stage();
        let told = format!("{fault:?}");
        stage.faults.inject(fault, 1, |request| request.route.ends_with("/complete"));
        match stage.modules.checkout.place_order(&guest(), &id("cart_1"), &PlaceOrder::default()).await {
            Ok(placed) => assert_eq!(placed.order.id.as_str(), "order_1", "{told}"),
            Err(error) => assert_eq!(error.effect(), Effect::Unknown, "{told}: {error:?}"),
        }
    }
    let stage = stage();
    stage.shop.busy.store(2, Ordering::SeqCst);
    let placed = stage.modules.checkout.place_order(&guest(), &id("cart_1"), &PlaceOrder::default()).await;
    assert_eq!(placed.expect("an order").order.id.as_str(), "order_1");
    assert_eq!(stage.shop.count("/store/carts/{id}/complete"), 3);
}

// Of two carts that bring the e-mail address of a new guest at once Medusa refuses one. Both get it.
#[tokio::test]
async fn a_new_guests_address_is_taken_by_every_cart() {
    let stage = stage();
    let refusal = r#"{"type":"invalid_data","message":"Customer with email: ada@example.com, has_account: false, already exists."}"#;
    stage.faults.inject(Fault::json(StatusCode::BAD_REQUEST, refusal), 1, |request| request.method == Method::POST);
    let change = UpdateCart { email: Some("ada@example.com".parse().unwrap()), ..UpdateCart::default() };
    stage.modules.carts.update_cart(&guest(), &id("cart_1"), &change).await.expect("a cart");
    stage.faults.inject(Fault::json(StatusCode::BAD_REQUEST, refusal), 2, |request| request.method == Method::POST);
    let error = stage.modules.carts.update_cart(&guest(), &id("cart_1"), &change).await.expect_err("always refused");
    assert_eq!(error.code(), "backend.refused");
}

#[tokio::test(start_paused = true)]
async fn nobody_waits_longer_than_the_deadline() {
    let stage = stage();
    stage.faults.inject_next(Fault::Hang, u32::MAX);
    let begun = tokio::time::Instant::now();
    let cx = RequestContext::guest("request-1", Duration::from_secs(2));
    stage.modules.carts.get_cart(&cx, &id("cart_1")).await.expect_err("no answer");
    assert!(begun.elapsed() < Duration::from_millis(2100), "waited {:?}", begun.elapsed());
}

// A client that hangs up does not stop the write.
#[tokio::test]
async fn a_write_goes_on_when_its_caller_goes_away() {
    let stage = stage();
    stage.modules.carts.get_cart(&guest(), &id("cart_1")).await.expect("a cart");
    let carts = Arc::clone(&stage.modules.carts);
    let caller = tokio::spawn(async move { carts.add_item(&guest(), &hammer()).await });
    tokio::task::yield_now().await;
    caller.abort();
    assert!(caller.await.expect_err("aborted").is_cancelled());
    while stage.shop.count("/store/carts/{id}/line-items") == 0 {
        tokio::task::yield_now().await;
    }
}

// R-11: writes to one cart are sent one after the other.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn writes_to_one_cart_queue() {
    let stage = stage();
    stage.modules.carts.get_cart(&guest(), &id("cart_1")).await.expect("a cart");
    let adds = (0..20).map(|_| {
        let carts = Arc::clone(&stage.modules.carts);
        tokio::spawn(async move { carts.add_item(&guest(), &hammer()).await })
    });
    for add in adds.collect::<Vec<_>>() {
        add.await.expect("no panic").expect("an item");
    }
    assert_eq!(stage.shop.count("/store/carts/{id}/line-items"), 20);
    assert_eq!(stage.shop.most_at_once.load(Ordering::SeqCst), 1);
}

// P-4: who calls is asked once.
#[tokio::test]
async fn a_token_is_remembered_and_its_cart_too() {
    let stage = stage();
    let cx = with_token(JANE);
    let change = UpdateCart { notes: Some("ring".to_owned()), ..UpdateCart::default() };
    for _ in 0..3 {
        stage.modules.carts.update_cart(&cx, &id("cart_of_jane"), &change).await.expect("a cart");
    }
    assert_eq!(stage.shop.count("/store/customers/me"), 1);
    let cart_calls = stage.shop.requests("/store/carts/{id}");
    assert_eq!(cart_calls.iter().filter(|request| request.method == Method::GET).count(), 1);
    assert_eq!(cart_calls.iter().filter(|request| request.method == Method::POST).count(), 3);
}

// M-PAY-12 differently, C-47: providers that cannot be asked for are an error, not an empty list.
#[tokio::test(start_paused = true)]
async fn providers_that_cannot_be_asked_for_are_an_error() {
    let stage = stage();
    stage.faults.inject(Fault::Refuse, u32::MAX, |request| request.route == "/store/payment-providers");
    let request = ListProviders { region_id: "reg_eu".parse().unwrap(), locale: None };
    let error = stage.modules.payments.list_providers(&guest(), &request).await.expect_err("no list");
    assert_eq!(error.code(), "backend.unavailable");
}

// M-PAY-14 differently, M-PAY-15, C-48: the session of another provider is never answered for the one asked for.
#[tokio::test]
async fn a_session_of_another_provider_is_never_answered() {
    for answer in [
        r#"{"payment_collection":{"id":"pay_col_1","payment_sessions":[]}}"#,
        r#"{"payment_collection":{"id":"pay_col_1","payment_sessions":[{"id":"payses_2","provider_id":"pp_other","status":"pending"}]}}"#,
    ] {
        let stage = stage();
        stage
            .faults
            .inject(Fault::json(StatusCode::OK, answer), 1, |request| request.route.ends_with("/payment-sessions"));
        let request = CreateSession {
            cart_id: id("cart_1"),
            provider_id: "pp_wanted".parse().unwrap(),
            return_url: "https://front.example/back".parse().unwrap(),
            cancel_url: None,
            metadata: None,
        };
        let error = stage.modules.payments.create_session(&guest(), &request).await.expect_err("no session");
        assert_eq!(error.code(), "backend.unreadable");
    }
}

// S-4: a cart of somebody else is not there, and is not touched.
#[tokio::test]
async fn a_strangers_write_never_reaches_the_cart() {
    let stage = stage();
    let change = UpdateCart { notes: Some("mine".to_owned()), ..UpdateCart::default() };
    for _ in 0..2 {
        let error =
            stage.modules.carts.update_cart(&guest(), &id("cart_of_jane"), &change).await.expect_err("a stranger");
        assert_eq!((error.kind(), error.code()), (ErrorKind::NotFound, "cart.not_found"));
        let error = stage.modules.carts.update_cart(&with_token("forged"), &id("cart_of_jane"), &change).await;
        assert_eq!(error.expect_err("a bad token").code(), "auth.invalid_token");
    }
    assert!(stage.shop.requests("/store/carts/{id}").iter().all(|request| request.method == Method::GET));
}

#[tokio::test]
async fn a_bad_token_is_never_taken_for_a_guests() {
    let stage = stage();
    let cx = with_token("forged");
    let refused = |error: Option<Error>| error.expect("refused").code();
    assert_eq!(
        refused(stage.modules.products.list_products(&cx, &ListProducts::default()).await.err()),
        "auth.invalid_token"
    );
    let product = "prod_1".parse().unwrap();
    stage.faults.inject(Fault::json(StatusCode::NOT_FOUND, r#"{"type":"not_found","message":"no"}"#), 9, |request| {
        request.route == "/store/products/{id}"
    });
    let found = stage.modules.products.get_product(&cx, &product, &GetProduct::default()).await;
    assert_eq!(refused(found.err()), "auth.invalid_token");
    assert_eq!(refused(stage.modules.carts.get_cart(&cx, &id("cart_1")).await.err()), "auth.invalid_token");
    assert_eq!(refused(stage.modules.carts.add_item(&cx, &hammer()).await.err()), "auth.invalid_token");
    let placed = stage.modules.checkout.place_order(&cx, &id("cart_1"), &PlaceOrder::default()).await;
    assert_eq!(refused(placed.err()), "auth.invalid_token");
    // A token that no header can carry is refused without a call.
    let before = stage.shop.seen.lock().unwrap().len();
    assert_eq!(
        refused(stage.modules.carts.list_carts(&with_token("a\nb"), &ListCarts::default()).await.err()),
        "auth.invalid_token"
    );
    assert_eq!(stage.shop.seen.lock().unwrap().len(), before);
}

// S-1, S-3: the secret key opens the one Admin call, for an established customer, and nothing else.
#[tokio::test]
async fn the_admin_key_goes_to_the_admin_api_alone() {
    let stage = stage();
    let carts = &stage.modules.carts;
    for stranger in [guest(), with_token("forged")] {
        carts.list_carts(&stranger, &ListCarts::default()).await.expect_err("nobody's list");
    }
    assert_eq!(stage.shop.count("/admin/customers/{id}"), 0, "no Admin call before Medusa has said who asks");

    carts.list_carts(&with_token(JANE), &ListCarts::default()).await.expect("a list");
    carts.get_cart(&with_token(JANE), &id("cart_of_jane")).await.expect("a cart");
    carts.add_item(&guest(), &hammer()).await.expect("an item");
    let admin = format!("Basic {}", base64(&format!("{ADMIN}:")));
    for request in stage.shop.seen.lock().unwrap().iter() {
        let authorization =
            request.headers.get(AUTHORIZATION).and_then(|value| value.to_str().ok()).unwrap_or_default();
        assert_eq!(authorization == admin, request.route.starts_with("/admin/"), "{}", request.route);
        let everything = format!("{}{:?}", request.target, request.body);
        assert!(!everything.contains(ADMIN) && !everything.contains(JANE), "a secret in {}", request.route);
    }
}

fn base64(text: &str) -> String {
    use ::base64::Engine as _;
    ::base64::engine::general_purpose::STANDARD.encode(text)
}
