//! What holds on every route.

use axum::http::StatusCode;
use futures_util::FutureExt as _;
use o2s_api_harmonizer::Settings;
use serde_json::json;
use tower::ServiceExt as _;

use crate::client::{Api, Story};

#[tokio::test]
async fn language_and_currency_are_checked_and_echoed() {
    let api = Api::open();
    let mut story = Story::new();
    let call = api.get("/products?limit=0").header("x-locale", "de").header("x-currency", "USD");
    story.tell("both known", call).await;
    story.tell("both empty", api.get("/products?limit=0").header("x-locale", "").header("x-currency", "")).await;
    story.tell("an unknown language", api.get("/products").header("x-locale", "fr")).await;
    story.tell("the exact spelling counts", api.get("/products").header("x-locale", "EN")).await;
    story.tell("an unknown currency", api.get("/products").header("x-currency", "GBP")).await;
    story.tell("whatever the route", api.get("/nope").header("x-locale", "fr")).await;
    story.is("context_headers");
}

#[tokio::test]
async fn the_language_of_the_request_is_stronger_than_that_of_the_header() {
    let api = Api::open();
    let name = async |path: &str, header: &'static str| {
        let answer = api.get(path).header("x-locale", header).send().await;
        answer.json()["data"][0]["name"].as_str().unwrap().to_owned()
    };
    let list = "/products?category=hand-tools&limit=1";
    let (english, german) = (name(list, "en").await, name(list, "de").await);
    assert_ne!(english, german);
    assert_eq!(name(&format!("{list}&locale=de"), "en").await, german);
    assert_eq!(name(&format!("{list}&locale="), "de").await, german);
}

#[tokio::test]
async fn who_calls() {
    let api = Api::open();
    let token = api.token("jane");
    let status = async |values: &[&str]| {
        let call = values.iter().fold(api.get("/orders?limit=0"), |call, value| call.header("authorization", *value));
        call.send().await.status
    };
    assert_eq!(status(&[&format!("Bearer {token}")]).await, StatusCode::OK);
    assert_eq!(status(&[&format!("bearer {token}")]).await, StatusCode::OK);
    assert_eq!(status(&[&token]).await, StatusCode::OK);
    assert_eq!(status(&[&format!("Bearer {token}"), &format!("Bearer {token}")]).await, StatusCode::UNAUTHORIZED);
    // Present but useless is never a silent guest, not even where guests are welcome.
    for value in ["Basic YTpi", "Bearer", "Bearer undefined", "Bearer a b"] {
        let answer = api.get("/products?limit=0").header("authorization", value).send().await;
        assert_eq!(
            (answer.status, answer.code()),
            (StatusCode::UNAUTHORIZED, "auth.invalid_token".to_owned()),
            "{value}"
        );
    }
}

#[tokio::test]
async fn request_ids_are_taken_or_made() {
    let api = Api::open();
    let answer = api.get("/nope").send().await;
    assert_eq!(answer.header("x-request-id"), Some("wire-test"));
    assert_eq!(answer.json()["requestId"], "wire-test");
}

#[tokio::test]
async fn paths_are_tolerant_and_ids_are_not() {
    let api = Api::open();
    let cart = api.cart_with("var_ha-0500-standard", 1).await;
    for path in ["/products/", "/PRODUCTS", "/Products/Claw-Hammer", "/Products/claw-hammer/"] {
        let answer = api.get(path).send().await;
        let expected = if path.contains("Claw") { StatusCode::NOT_FOUND } else { StatusCode::OK };
        assert_eq!(answer.status, expected, "{path}");
    }
    assert_eq!(api.get(format!("/CARTS/{cart}/")).send().await.status, StatusCode::OK);
    assert_eq!(api.get("/Resources/Services/Featured/?limit=0").send().await.status, StatusCode::OK);
    assert_eq!(api.get("/carts//").send().await.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn unknown_routes_and_methods_are_404() {
    let api = Api::open();
    let mut story = Story::new();
    story.tell("an unknown path", api.get("/nope?secret=1")).await;
    story.tell("a method that the path does not have", api.call("PUT", "/carts/cart_1")).await;
    story.tell("the root", api.get("/")).await;
    story.is("unknown_routes");
}

#[tokio::test]
async fn a_prefix_holds_for_every_api_route() {
    let api = Api::with(&Settings { prefix: "/api".to_owned(), ..Settings::default() });
    assert_eq!(api.get("/api/products?limit=0").send().await.status, StatusCode::OK);
    assert_eq!(api.get("/API/Products/?limit=0").send().await.status, StatusCode::OK);
    assert_eq!(api.get("/products").send().await.status, StatusCode::NOT_FOUND);
    let unknown = api.get("/api/nope").send().await;
    assert_eq!(unknown.json()["message"], "Cannot GET /api/nope");
    assert_eq!(api.get("/openapi.json").send().await.json()["servers"], json!([{"url": "/api"}]));
}

#[tokio::test]
async fn head_is_get_without_a_body() {
    let api = Api::open();
    let get = api.get("/products?limit=1").send().await;
    let head = api.call("HEAD", "/products?limit=1").send().await;
    assert_eq!(head.status, StatusCode::OK);
    assert!(head.body.is_empty());
    assert_eq!(head.header("content-type"), get.header("content-type"));
    assert_eq!(head.header("content-length"), get.header("content-length"));
    assert_eq!(api.call("HEAD", "/carts/cart_unknown").send().await.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn bodies() {
    let api = Api::with(&Settings { body_limit: 300, ..Settings::default() });
    let mut story = Story::new();
    story.tell("malformed", api.post("/carts").text("application/json", "{\"currency\": EUR}")).await;
    story.tell("cut off", api.post("/carts").text("application/json", "{\"currency\"")).await;
    story.tell("a list", api.post("/carts").text("application/json", "[\"EUR\"]")).await;
    story.tell("null", api.post("/carts").text("application/json", "null")).await;
    story
        .tell(
            "a member twice",
            api.post("/carts").text("application/json", "{\"currency\":\"EUR\",\"currency\":\"USD\"}"),
        )
        .await;
    story.tell("not JSON", api.post("/carts").text("application/x-www-form-urlencoded", "currency=EUR")).await;
    let declared = api.post("/carts").text("application/json", "{}").header("content-length", "301").send().await;
    assert_eq!(declared.status, StatusCode::PAYLOAD_TOO_LARGE);
    let long = format!("{{\"currency\":\"EUR\",\"name\":\"{}\"}}", "x".repeat(300));
    let answer = api.post("/carts").text("application/json", long).send().await;
    assert_eq!((answer.status, answer.code()), (StatusCode::PAYLOAD_TOO_LARGE, "request.too_large".to_owned()));
    assert_eq!(answer.json()["message"], "request entity too large");
    story
        .tell("empty where it may be", api.post("/checkout/cart_unknown/place-order").text("application/json", ""))
        .await;
    story.is("bodies");
}

#[tokio::test]
async fn long_answers_are_compressed_and_short_ones_are_not() {
    let api = Api::open();
    let encoded = async |path: &str, accept: &str| {
        let answer = api.get(path).header("accept-encoding", accept).send().await;
        answer.header("content-encoding").map(str::to_owned)
    };
    assert_eq!(encoded("/products?limit=5", "gzip, deflate, br").await.as_deref(), Some("br"));
    assert_eq!(encoded("/products?limit=5", "gzip").await.as_deref(), Some("gzip"));
    assert_eq!(encoded("/products?limit=5", "identity").await, None);
    assert_eq!(encoded("/products?limit=0", "gzip").await, None);
}

#[tokio::test]
async fn every_answer_is_kept_from_being_misread() {
    let api = Api::open();
    for path in ["/products?limit=0", "/nope", "/health", "/docs/"] {
        let answer = api.get(path).send().await;
        assert_eq!(answer.header("x-content-type-options"), Some("nosniff"), "{path}");
        assert_eq!(answer.header("x-frame-options"), Some("SAMEORIGIN"), "{path}");
        assert_eq!(answer.header("referrer-policy"), Some("no-referrer"), "{path}");
    }
    assert_eq!(api.get("/products?limit=0").send().await.header("cache-control"), Some("no-store"));
}

#[tokio::test]
async fn what_is_too_much_is_refused_and_health_still_answers() {
    let api = Api::with(&Settings { max_requests: 0, ..Settings::default() });
    let answer = api.get("/products").send().await;
    assert_eq!((answer.status, answer.code()), (StatusCode::SERVICE_UNAVAILABLE, "request.overload".to_owned()));
    assert_eq!(answer.header("retry-after"), Some("1"));
    assert_eq!(api.get("/health/live").send().await.status, StatusCode::OK);
}

#[tokio::test]
async fn a_client_that_hangs_up_does_not_stop_a_write() {
    let api = Api::open();
    let cart = api.cart_with("var_ha-0500-standard", 1).await;
    let path = format!("/carts/{cart}");
    let hung_up = api.patch(&path).json(&json!({"notes": "written"})).send().now_or_never();
    assert!(hung_up.is_none(), "the write was over before the client could hang up");
    let mut notes = serde_json::Value::Null;
    for _ in 0..100 {
        tokio::task::yield_now().await;
        notes = api.get(&path).send().await.json()["notes"].clone();
    }
    assert_eq!(notes, "written");
}

/// As many writes as are taken at once go on at once, whether or not their clients wait.
#[tokio::test]
async fn a_client_that_hangs_up_does_not_make_room() {
    let shop = o2s_mock_integration::Mock::new(&o2s_mock_integration::MockConfig::default());
    let settings = Settings { max_requests: 1, ..Settings::default() };
    let router = o2s_api_harmonizer::router(shop.modules(), &settings);
    let body = axum::body::Body::from_stream(futures_util::stream::pending::<Result<String, std::io::Error>>());
    let write = axum::http::Request::post("/carts").body(body).unwrap();
    let hung_up = router.clone().oneshot(write).now_or_never();
    assert!(hung_up.is_none(), "the write was over before the client could hang up");
    for _ in 0..10 {
        tokio::task::yield_now().await;
    }
    let read = axum::http::Request::get("/products").body(axum::body::Body::empty()).unwrap();
    assert_eq!(router.oneshot(read).await.unwrap().status(), StatusCode::SERVICE_UNAVAILABLE);
}

/// A program may serve the API under a path of its own.
#[tokio::test]
async fn the_router_can_be_nested() {
    let shop = o2s_mock_integration::Mock::new(&o2s_mock_integration::MockConfig::default());
    let api = o2s_api_harmonizer::router(shop.modules(), &Settings::default());
    let router = axum::Router::new().route("/", axum::routing::get(|| async { "home" })).nest("/shop", api);
    let get = async |path: &str| {
        let request = axum::http::Request::get(path).body(axum::body::Body::empty()).unwrap();
        let response = router.clone().oneshot(request).await.unwrap();
        let status = response.status();
        let body = axum::body::to_bytes(response.into_body(), 1 << 20).await.unwrap();
        (status, String::from_utf8_lossy(&body).into_owned())
    };
    assert_eq!(get("/").await, (StatusCode::OK, "home".to_owned()));
    assert_eq!(get("/shop/products?limit=0").await.0, StatusCode::OK);
    assert_eq!(get("/shop/Carts/Current/").await.0, StatusCode::OK);
    assert_eq!(get("/shop/health/ready").await.0, StatusCode::OK);
    assert_eq!(get("/shop/docs/").await.0, StatusCode::OK);
    let (status, body) = get("/shop/nope").await;
    assert!(status == StatusCode::NOT_FOUND && body.contains("Cannot GET /shop/nope"), "{body}");
}
