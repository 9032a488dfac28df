//! What a client sees when something behind the host fails.

use std::sync::Arc;
use std::time::Duration;

use async_trait::async_trait;
use axum::Router;
use axum::body::Body;
use axum::http::{Request, StatusCode};
use o2s_api_harmonizer::{Settings, router};
use o2s_framework_core::Modules;
use o2s_framework_core::context::RequestContext;
use o2s_framework_core::error::{Error, ErrorKind, Result};
use o2s_framework_core::ids::ProductId;
use o2s_framework_core::paging::Paginated;
use o2s_framework_core::products::{
    Category, Collection, GetProduct, ListCategories, ListCollections, ListProducts, ListRelatedProducts,
    MockProductsService, Product, ProductsOperation, ProductsService,
};
use o2s_framework_core::support::Support;
use o2s_mock_integration::{Mock, MockConfig};
use serde_json::Value;
use tower::ServiceExt as _;

/// The API with a catalogue of which one thing is expected.
fn api(expect: impl FnOnce(&mut MockProductsService), settings: &Settings) -> Router {
    let mut products = MockProductsService::new();
    products.expect_support().returning(|_| Support::Native);
    expect(&mut products);
    let shop = Mock::new(&MockConfig::default()).modules();
    router(Modules { products: Arc::new(products), ..shop }, settings)
}

async fn answer(router: Router) -> (StatusCode, Value) {
    let request = Request::get("/products").header("x-request-id", "wire-test").body(Body::empty()).unwrap();
    let response = router.oneshot(request).await.unwrap();
    let status = response.status();
    let body = axum::body::to_bytes(response.into_body(), 1 << 16).await.unwrap();
    (status, serde_json::from_slice(&body).unwrap())
}

#[tokio::test]
async fn what_happens_behind_the_scenes_is_not_told() {
    let table = [
        (ErrorKind::Internal, 500, "Something went wrong on our side"),
        (ErrorKind::Backend, 502, "The shop's backend failed"),
        (ErrorKind::Unavailable, 503, "The shop cannot be reached now: try again later"),
        (ErrorKind::Timeout, 504, "The shop took too long to answer"),
    ];
    for (kind, status, message) in table {
        let failing = |products: &mut MockProductsService| {
            products.expect_list_products().returning(move |_, _| {
                Err(Error::new(kind, "backend.error", "password of db.internal is hush")
                    .with_context("sql", "select 1"))
            });
        };
        let (answered, body) = answer(api(failing, &Settings::default())).await;
        assert_eq!((answered.as_u16(), body["message"].as_str().unwrap()), (status, message));
        assert_eq!((&body["code"], &body["requestId"]), (&"backend.error".into(), &"wire-test".into()));
        assert!(!body.to_string().contains("hush") && !body.to_string().contains("select"), "{body}");
    }
}

#[tokio::test]
async fn a_panic_is_500_and_the_next_request_is_answered() {
    let panicking = |products: &mut MockProductsService| {
        products.expect_list_products().times(2).returning(|_, _| panic!("a fault of ours"));
    };
    let router = api(panicking, &Settings::default());
    for _ in 0..2 {
        let (status, body) = answer(router.clone()).await;
        assert_eq!((status, &body["code"]), (StatusCode::INTERNAL_SERVER_ERROR, &"internal".into()));
    }
}

/// A catalogue that never answers.
struct Asleep;

#[async_trait]
impl ProductsService for Asleep {
    fn support(&self, _: ProductsOperation) -> Support {
        Support::Native
    }

    async fn list_products(&self, _: &RequestContext, _: &ListProducts) -> Result<Paginated<Product>> {
        std::future::pending().await
    }

    async fn get_product(&self, _: &RequestContext, _: &ProductId, _: &GetProduct) -> Result<Product> {
        std::future::pending().await
    }

    async fn list_related_products(&self, _: &RequestContext, _: &ListRelatedProducts) -> Result<Paginated<Product>> {
        std::future::pending().await
    }

    async fn list_categories(&self, _: &RequestContext, _: &ListCategories) -> Result<Paginated<Category>> {
        std::future::pending().await
    }

    async fn list_collections(&self, _: &RequestContext, _: &ListCollections) -> Result<Paginated<Collection>> {
        std::future::pending().await
    }
}

#[tokio::test(start_paused = true)]
async fn nothing_is_waited_for_longer_than_configured() {
    let settings = Settings { request_timeout: Duration::from_secs(3), ..Settings::default() };
    let shop = Mock::new(&MockConfig::default()).modules();
    let begun = tokio::time::Instant::now();
    let (status, body) = answer(router(Modules { products: Arc::new(Asleep), ..shop }, &settings)).await;
    assert_eq!((status, &body["code"]), (StatusCode::GATEWAY_TIMEOUT, &"request.timeout".into()));
    assert!(begun.elapsed() <= Duration::from_secs(4));
}
