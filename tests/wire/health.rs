use std::sync::atomic::{AtomicBool, Ordering};

use axum::http::StatusCode;
use o2s_api_harmonizer::{Backend, Composition, Settings, router};
use o2s_framework_core::error::{Error, ErrorKind};
use o2s_mock_integration::{Mock, MockConfig};
use serde_json::{Value, json};
use tower::ServiceExt as _;

use crate::client::Api;

#[tokio::test]
async fn a_live_server_says_so_whatever_the_headers() {
    let api = Api::with(&Settings { prefix: "/api".to_owned(), ..Settings::default() });
    for path in ["/health", "/health/live", "/health/ready", "/api/health", "/api/health/live"] {
        let answer = api.get(path).header("x-locale", "xx").header("authorization", "Basic x").send().await;
        assert_eq!(answer.status, StatusCode::OK, "{path}");
        assert_eq!(answer.json(), json!({"status": "ok", "info": {}, "error": {}, "details": {}}));
        assert_eq!(answer.header("cache-control"), Some("no-cache, no-store, must-revalidate"));
    }
}

#[tokio::test]
async fn readiness_asks_the_backends_and_says_which_is_down() {
    static UP: AtomicBool = AtomicBool::new(true);
    let good = Backend::new("good", vec!["products"], |_| async { Ok(()) });
    let other = Backend::new("other", vec!["carts", "orders"], |_| async {
        if UP.load(Ordering::Relaxed) {
            Ok(())
        } else {
            Err(Error::new(ErrorKind::Unavailable, "backend.unavailable", "connection refused at 10.0.0.7"))
        }
    });
    let shop = Composition { modules: Mock::new(&MockConfig::default()).modules(), backends: vec![good, other] };
    let router = router(shop, &Settings::default());
    let ready = async || -> (StatusCode, Value) {
        let request = axum::http::Request::get("/health/ready").body(axum::body::Body::empty()).unwrap();
        let response = router.clone().oneshot(request).await.unwrap();
        let status = response.status();
        let body = axum::body::to_bytes(response.into_body(), 1 << 16).await.unwrap();
        (status, serde_json::from_slice(&body).unwrap())
    };

    let (status, body) = ready().await;
    assert_eq!((status, &body["status"]), (StatusCode::OK, &json!("ok")));
    assert_eq!(body["info"]["other"], json!({"status": "up", "modules": ["carts", "orders"]}));

    UP.store(false, Ordering::Relaxed);
    let (status, body) = ready().await;
    assert_eq!((status, &body["status"]), (StatusCode::SERVICE_UNAVAILABLE, &json!("error")));
    assert_eq!(body["info"], json!({"good": {"status": "up", "modules": ["products"]}}));
    assert_eq!(
        body["error"],
        json!({"other": {"status": "down", "modules": ["carts", "orders"], "message": "backend.unavailable"}})
    );
}
