//! How fast answers of Medusa become the contract's models: decoding and mapping, without a network.
//!
//! `cargo bench -p o2s-medusa-integration`. The answers in `answers/` were recorded from a Medusa 2 with the fields that
//! the integration asks for.
#![allow(missing_docs, reason = "divan's attribute makes public items")]
#![allow(clippy::expect_used, reason = "a benchmark ends where it fails")]

use std::sync::Arc;
use std::time::Duration;

use async_trait::async_trait;
use bytes::Bytes;
use divan::counter::BytesCount;
use divan::{AllocProfiler, Bencher};
use http::header::CONTENT_TYPE;
use http::{HeaderMap, HeaderValue, StatusCode};
use o2s_framework_core::Modules;
use o2s_framework_core::context::{CustomerToken, RequestContext};
use o2s_framework_core::orders::GetOrder;
use o2s_framework_core::paging::Limit;
use o2s_framework_core::products::ListProducts;
use o2s_medusa_client::transport::{HttpRequest, HttpResponse, Transport, TransportError};
use o2s_medusa_integration::{Medusa, MedusaConfig};
use tokio::runtime::{Builder, Runtime};

#[global_allocator]
static ALLOCATIONS: AllocProfiler = AllocProfiler::system();

const PRODUCTS: &[u8] = include_bytes!("answers/products.json");
const CART: &[u8] = include_bytes!("answers/cart.json");
const ORDER: &[u8] = include_bytes!("answers/order.json");
const REGIONS: &[u8] = br#"{"regions":[{"id":"reg_eu","currency_code":"eur","countries":[{"iso_2":"de"}]}],"count":1}"#;
const ME: &[u8] = br#"{"customer":{"id":"cus_1"}}"#;

/// Answers at once.
#[derive(Debug)]
struct Recorded;

#[async_trait]
impl Transport for Recorded {
    async fn send(&self, request: HttpRequest) -> Result<HttpResponse, TransportError> {
        let body = match request.route {
            "/store/products" => PRODUCTS,
            "/store/carts/{id}" => CART,
            "/store/orders" => ORDER,
            "/store/regions" => REGIONS,
            _ => ME,
        };
        let mut headers = HeaderMap::new();
        headers.insert(CONTENT_TYPE, HeaderValue::from_static("application/json; charset=utf-8"));
        Ok(HttpResponse { status: StatusCode::OK, headers, body: Bytes::from_static(body) })
    }
}

fn shop() -> (Runtime, Modules) {
    let config = MedusaConfig::new("http://shop.example", "pk_recorded");
    let medusa = Medusa::with_transport(&config, Arc::new(Recorded)).expect("a shop");
    (Builder::new_current_thread().enable_all().build().expect("a runtime"), medusa.modules())
}

fn context() -> RequestContext {
    RequestContext::guest("request-1", Duration::from_secs(60))
}

/// The first id in a recorded answer that begins so.
fn id_in(answer: &[u8], prefix: &str) -> String {
    let text = std::str::from_utf8(answer).expect("text");
    let start = text.find(prefix).expect("an id");
    text[start..].chars().take_while(|c| c.is_ascii_alphanumeric() || *c == '_').collect()
}

#[divan::bench]
fn products_20(bencher: Bencher<'_, '_>) {
    let (runtime, shop) = shop();
    let cx = context();
    let request = ListProducts { limit: Limit::new(20).ok(), ..ListProducts::default() };
    bencher
        .counter(BytesCount::of_slice(PRODUCTS))
        .bench_local(|| runtime.block_on(shop.products.list_products(&cx, &request)).expect("products"));
}

#[divan::bench]
fn cart(bencher: Bencher<'_, '_>) {
    let (runtime, shop) = shop();
    // The recorded cart is a customer's, known by the answer itself.
    let id = id_in(CART, "cart_").parse().expect("an id");
    let cx = context().with_token(CustomerToken::new("recorded"));
    bencher
        .counter(BytesCount::of_slice(CART))
        .bench_local(|| runtime.block_on(shop.carts.get_cart(&cx, &id)).expect("a cart"));
}

#[divan::bench]
fn order(bencher: Bencher<'_, '_>) {
    let (runtime, shop) = shop();
    let id = id_in(ORDER, "order_").parse().expect("an id");
    let cx = context().with_token(CustomerToken::new("recorded"));
    let request = GetOrder::default();
    bencher
        .counter(BytesCount::of_slice(ORDER))
        .bench_local(|| runtime.block_on(shop.orders.get_order(&cx, &id, &request)).expect("an order"));
}

fn main() {
    divan::main();
}
