use axum::http::StatusCode;

use crate::client::{Answer, Api};

async fn preflight(api: &Api, origin: &str) -> Answer {
    api.call("OPTIONS", "/carts/items")
        .header("origin", origin)
        .header("access-control-request-method", "POST")
        .header("access-control-request-headers", "content-type,authorization,x-locale,x-currency")
        .send()
        .await
}

#[tokio::test]
async fn a_known_origin_may_call() {
    let api = Api::open();
    let answer = preflight(&api, "http://localhost:3000").await;
    assert_eq!(answer.status, StatusCode::NO_CONTENT);
    assert!(answer.body.is_empty());
    assert_eq!(answer.header("access-control-allow-origin"), Some("http://localhost:3000"));
    assert_eq!(answer.header("access-control-allow-credentials"), Some("true"));
    assert_eq!(answer.header("access-control-allow-methods"), Some("GET,HEAD,POST,PUT,DELETE,OPTIONS,PATCH"));
    assert_eq!(
        answer.header("access-control-allow-headers"),
        Some(
            "content-type,authorization,cookie,cache-control,pragma,expires,x-locale,x-currency,x-client-timezone,\
             x-request-id,idempotency-key"
        )
    );

    let answer = api.get("/products?limit=0").header("origin", "http://localhost:3000").send().await;
    assert_eq!(answer.header("access-control-allow-origin"), Some("http://localhost:3000"));
    let exposed = Some("x-currency,x-locale,x-request-id,idempotency-replayed,retry-after");
    assert_eq!(answer.header("access-control-expose-headers"), exposed);
    assert!(answer.headers.get_all("vary").iter().any(|value| value == "origin"));
}

#[tokio::test]
async fn a_foreign_origin_is_not_named() {
    let api = Api::open();
    let answer = preflight(&api, "https://evil.example").await;
    assert_eq!(answer.status, StatusCode::NO_CONTENT);
    assert_eq!(answer.header("access-control-allow-origin"), None);
    let answer = api.get("/products?limit=0").header("origin", "https://evil.example").send().await;
    assert_eq!(answer.status, StatusCode::OK);
    assert_eq!(answer.header("access-control-allow-origin"), None);
}

/// A page can read why it was refused.
#[tokio::test]
async fn refusals_can_be_read_by_pages() {
    let api = Api::open();
    for path in ["/nope", "/carts/cart_unknown", "/products?limit=x"] {
        let answer = api.get(path).header("origin", "http://localhost:3000").send().await;
        assert!(answer.status.is_client_error(), "{path}");
        assert_eq!(answer.header("access-control-allow-origin"), Some("http://localhost:3000"), "{path}");
    }
}
