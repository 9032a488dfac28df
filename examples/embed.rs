//! The shop's HTTP API inside an axum app of your own.
//!
//! `cargo run -p o2s-examples --example embed`, then open <http://127.0.0.1:3002/shop/products?limit=3>.

#![allow(clippy::print_stdout, reason = "a program that talks to the person at the terminal")]

use axum::Router;
use axum::routing::get;
use o2s_api_harmonizer::{Settings, router};
use o2s_mock_integration::{Mock, MockConfig};

#[tokio::main]
async fn main() -> anyhow::Result<()> {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:3002").await?;
    println!("http://{}/shop/products?limit=3", listener.local_addr()?);
    axum::serve(listener, app()).await?;
    Ok(())
}

/// Your routes, and the shop's under `/shop`.
fn app() -> Router {
    let shop = Mock::new(&MockConfig::default());
    let settings = Settings { cors_origins: vec!["https://shop.example".to_owned()], ..Settings::default() };
    Router::new().route("/hello", get(|| async { "hello" })).nest("/shop", router(shop.modules(), &settings))
}

#[cfg(test)]
mod tests {
    use axum::body::Body;
    use axum::http::{Request, StatusCode};
    use http_body_util::BodyExt as _;
    use serde_json::Value;
    use tower::ServiceExt as _;

    use super::*;

    async fn got(path: &str) -> anyhow::Result<(StatusCode, Vec<u8>)> {
        let answer = app().oneshot(Request::get(path).body(Body::empty())?).await?;
        Ok((answer.status(), answer.into_body().collect().await?.to_bytes().to_vec()))
    }

    #[tokio::test]
    async fn the_shop_is_beside_your_own_routes() -> anyhow::Result<()> {
        assert_eq!(got("/hello").await?, (StatusCode::OK, b"hello".to_vec()));
        let (status, body) = got("/shop/products?limit=3").await?;
        let products: Value = serde_json::from_slice(&body)?;
        assert_eq!((status, products["data"].as_array().map(Vec::len)), (StatusCode::OK, Some(3)));
        assert_eq!(got("/shop/nothing-here").await?.0, StatusCode::NOT_FOUND);
        assert_eq!(got("/products").await?.0, StatusCode::NOT_FOUND);
        Ok(())
    }
}
