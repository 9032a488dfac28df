//! What is sent again and what is not, on a clock that only the tests move.

use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;

use async_trait::async_trait;
use http::{HeaderMap, StatusCode};
use o2s_medusa_client::testing::{Fault, FaultTransport};
use o2s_medusa_client::transport::{HttpRequest, HttpResponse, Transport, TransportError};
use o2s_medusa_client::v2::StoreClient;
use o2s_medusa_client::v2::store::StoreEndpoint;
use o2s_medusa_client::v2::store::carts::{CreateCart, GetCart, UpdateCart};
use o2s_medusa_client::{Backend, CallContext, Error, ErrorKind, PublishableKey, RetryPolicy};
use tokio::time::Instant;

/// A backend that answers every request with the same cart, and counts them.
#[derive(Debug, Default)]
struct Shop {
    seen: AtomicU32,
}

#[async_trait]
impl Transport for Shop {
    async fn send(&self, _: HttpRequest) -> Result<HttpResponse, TransportError> {
        self.seen.fetch_add(1, Ordering::Relaxed);
        let mut headers = HeaderMap::new();
        headers.insert("content-type", "application/json".parse().unwrap());
        Ok(HttpResponse { status: StatusCode::OK, headers, body: r#"{"cart":{"id":"cart_1"}}"#.into() })
    }
}

struct Bench {
    shop: Arc<Shop>,
    faults: Arc<FaultTransport>,
    store: StoreClient,
}

fn bench_with(policy: RetryPolicy) -> Bench {
    let shop = Arc::new(Shop::default());
    let faults = Arc::new(FaultTransport::new(shop.clone()));
    let backend = Backend::new(faults.clone(), policy);
    let store = StoreClient::new(backend, PublishableKey::new("pk_test").unwrap());
    Bench { shop, faults, store }
}

fn bench() -> Bench {
    bench_with(RetryPolicy::default())
}

impl Bench {
    async fn call<E: StoreEndpoint>(&self, endpoint: &E) -> Result<(), Error> {
        let context = CallContext::within(Duration::from_secs(30));
        self.store.call(&context, None, endpoint).await.map(|_| ())
    }

    fn seen(&self) -> u32 {
        self.shop.seen.load(Ordering::Relaxed)
    }
}

const READ: GetCart<'static> = GetCart { id: "cart_1", fields: None };

fn harmless_write() -> UpdateCart<'static> {
    UpdateCart { id: "cart_1", ..Default::default() }
}

fn harmful_write() -> CreateCart<'static> {
    CreateCart::default()
}

fn status(status: u16) -> Fault {
    Fault::json(StatusCode::from_u16(status).unwrap(), r#"{"type":"unknown_error","message":"no"}"#)
}

/// What became of a call whose first attempt went wrong.
#[derive(Debug, PartialEq)]
enum Became {
    /// A second attempt succeeded.
    Answered,
    /// An error after one attempt; whether the backend may have acted.
    Failed { may_have_acted: bool },
}

async fn after<E: StoreEndpoint>(fault: Fault, endpoint: &E) -> Became {
    let bench = bench();
    bench.faults.inject_next(fault, 1);
    match bench.call(endpoint).await {
        Ok(()) => Became::Answered,
        Err(error) => {
            assert_eq!(error.attempts(), 1, "{error:?}");
            Became::Failed { may_have_acted: error.may_have_acted() }
        }
    }
}

#[tokio::test(start_paused = true)]
async fn what_is_sent_again_depends_on_the_fault_and_on_the_request() {
    const NO: Became = Became::Failed { may_have_acted: false };
    const UNKNOWN: Became = Became::Failed { may_have_acted: true };
    use Became::Answered;
    // The fault; then what becomes of a read, a harmless write and a harmful write.
    let table = [
        (Fault::Refuse, [Answered, Answered, Answered]),
        (Fault::ResetBefore, [Answered, Answered, UNKNOWN]),
        (Fault::ResetAfter, [Answered, Answered, UNKNOWN]),
        (Fault::Hang, [Answered, Answered, UNKNOWN]),
        (Fault::HangAfter, [Answered, Answered, UNKNOWN]),
        (status(429), [Answered, Answered, NO]),
        (status(502), [Answered, Answered, UNKNOWN]),
        (status(503), [Answered, Answered, UNKNOWN]),
        (Fault::html(StatusCode::GATEWAY_TIMEOUT), [Answered, Answered, UNKNOWN]),
        (status(500), [NO, UNKNOWN, UNKNOWN]),
        (status(400), [NO, NO, NO]),
        (status(401), [NO, NO, NO]),
        (status(404), [NO, NO, NO]),
        (status(409), [NO, NO, NO]),
        (Fault::html(StatusCode::FOUND), [NO, NO, NO]),
        (Fault::html(StatusCode::OK), [NO, UNKNOWN, UNKNOWN]),
        (Fault::Truncate(10), [NO, UNKNOWN, UNKNOWN]),
    ];
    for (fault, [read, harmless, harmful]) in table {
        assert_eq!(after(fault.clone(), &READ).await, read, "a read after {fault:?}");
        assert_eq!(after(fault.clone(), &harmless_write()).await, harmless, "a harmless write after {fault:?}");
        assert_eq!(after(fault.clone(), &harmful_write()).await, harmful, "a harmful write after {fault:?}");
    }
}

#[tokio::test(start_paused = true)]
async fn attempts_are_counted_and_end() {
    let bench = bench();
    bench.faults.inject_next(Fault::Refuse, 100);
    let error = bench.call(&READ).await.unwrap_err();
    assert_eq!(error.kind(), &ErrorKind::Connect);
    assert_eq!(error.attempts(), 3);
    assert!(error.is_transient());
    assert!(error.to_string().ends_with("(after 3 attempts)"), "{error}");
    assert_eq!(bench.seen(), 0);
}

#[tokio::test(start_paused = true)]
async fn an_early_attempt_that_may_have_acted_is_not_forgotten() {
    let bench = bench();
    bench.faults.inject_next(Fault::ResetAfter, 1);
    bench.faults.inject_next(status(404), 1);
    let error = bench.call(&harmless_write()).await.unwrap_err();
    assert_eq!(error.status(), Some(StatusCode::NOT_FOUND));
    assert_eq!(error.attempts(), 2);
    assert!(error.may_have_acted());
}

#[tokio::test(start_paused = true)]
async fn the_deadline_ends_everything() {
    let bench = bench();
    bench.faults.inject_next(Fault::Hang, 100);
    let begin = Instant::now();
    let context = CallContext::within(Duration::from_millis(2500));
    let error = bench.store.call(&context, None, &READ).await.unwrap_err();
    assert_eq!(error.kind(), &ErrorKind::Timeout);
    assert_eq!(begin.elapsed().as_millis(), 2500);

    let late = CallContext::within(Duration::ZERO);
    let error = bench.store.call(&late, None, &harmful_write()).await.unwrap_err();
    assert_eq!(error.kind(), &ErrorKind::Timeout);
    assert_eq!((error.attempts(), error.may_have_acted()), (0, false));
}

#[tokio::test(start_paused = true)]
async fn one_lost_answer_leaves_time_for_another_attempt() {
    let bench = bench_with(RetryPolicy { attempt_timeout: Duration::from_secs(1), ..RetryPolicy::default() });
    bench.faults.inject_next(Fault::Hang, 1);
    let begin = Instant::now();
    bench.call(&READ).await.unwrap();
    let taken = begin.elapsed();
    assert!(taken >= Duration::from_secs(1) && taken < Duration::from_secs(2), "{taken:?}");
}

fn busy(seconds: u32) -> Fault {
    Fault::Answer {
        status: StatusCode::SERVICE_UNAVAILABLE,
        content_type: "text/plain",
        body: "busy",
        retry_after: Some(seconds),
    }
}

#[tokio::test(start_paused = true)]
async fn retry_after_is_honoured_as_far_as_the_deadline_allows() {
    let bench = bench();
    bench.faults.inject_next(busy(7), 1);
    let begin = Instant::now();
    bench.call(&READ).await.unwrap();
    let taken = begin.elapsed();
    assert!(taken >= Duration::from_secs(7) && taken < Duration::from_secs(8), "{taken:?}");

    bench.faults.inject_next(busy(60), 1);
    let begin = Instant::now();
    let error = bench.call(&READ).await.unwrap_err();
    assert_eq!(begin.elapsed(), Duration::ZERO, "nobody waits for what cannot come in time");
    assert_eq!(error.retry_after(), Some(Duration::from_secs(60)));
    assert_eq!(error.status(), Some(StatusCode::SERVICE_UNAVAILABLE));
}

#[tokio::test(start_paused = true)]
async fn a_backend_that_is_down_is_not_flooded() {
    let bench = bench_with(RetryPolicy { budget_burst: 5, budget_percent: 10, ..RetryPolicy::default() });
    bench.faults.inject_next(Fault::Refuse, 1000);
    let mut attempts = 0;
    for _ in 0..100 {
        attempts += bench.call(&READ).await.unwrap_err().attempts();
    }
    // 100 first attempts, 5 retries of the burst, 10 that the calls earned (the budget begins full,
    // so the first deposit is lost).
    assert!((114..=115).contains(&attempts), "{attempts} attempts for 100 calls");
}

#[tokio::test(start_paused = true)]
async fn faults_are_picked_by_request() {
    let bench = bench();
    bench.faults.inject(status(400), 1, |request| request.route == "/store/carts");
    bench.call(&READ).await.unwrap();
    assert!(bench.call(&harmful_write()).await.is_err());
    bench.call(&harmful_write()).await.unwrap();
    assert_eq!(bench.seen(), 2);
}

#[tokio::test(start_paused = true)]
async fn a_slow_backend_is_waited_for() {
    let bench = bench();
    bench.faults.inject_next(Fault::Delay(Duration::from_secs(5)), 1);
    let begin = Instant::now();
    bench.call(&harmful_write()).await.unwrap();
    assert_eq!(begin.elapsed().as_secs(), 5);
    assert_eq!(bench.seen(), 1);
}
