//! Writes to one cart queue here: Medusa locks carts, and fails whoever waits too long. What a cart's last answer said is
//! remembered for a short time, so that a write need not read before.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use moka::future::Cache;
use o2s_framework_core::context::RequestContext;
use o2s_framework_core::error::{Error, ErrorKind, Result};
use o2s_framework_core::ids::CartId;
use tracing::Instrument;

use crate::carts::TellsCart;
use crate::carts::access::Seen;

/// How long a cart's last answer is taken for its present state.
const SEEN_FOR: Duration = Duration::from_secs(30);

/// How long a cart that nobody uses keeps its place in the queue; longer than any call may take.
const IDLE: Duration = Duration::from_secs(600);

/// The carts in use, with what was last seen of each.
pub(crate) struct Turns<S> {
    slots: Cache<CartId, Arc<Slot<S>>>,
}

struct Slot<S> {
    turn: Arc<tokio::sync::Mutex<()>>,
    seen: Mutex<Option<(Instant, S)>>,
}

impl<S> Slot<S> {
    fn seen(&self) -> MutexGuard<'_, Option<(Instant, S)>> {
        // The value is replaced whole, so a panic elsewhere cannot have left it half-written.
        self.seen.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl<S: Clone + Send + 'static> Turns<S> {
    pub(crate) fn new() -> Self {
        Self { slots: Cache::builder().max_capacity(100_000).time_to_idle(IDLE).build() }
    }

    async fn slot(&self, id: &CartId) -> Arc<Slot<S>> {
        let new = async { Arc::new(Slot { turn: Arc::default(), seen: Mutex::new(None) }) };
        self.slots.get_with_by_ref(id, new).await
    }

    /// Remembers what was just seen of a cart.
    pub(crate) async fn remember(&self, id: &CartId, seen: S) {
        *self.slot(id).await.seen() = Some((Instant::now(), seen));
    }

    /// Forgets what was seen of a cart.
    pub(crate) async fn forget(&self, id: &CartId) {
        *self.slot(id).await.seen() = None;
    }

    /// What was seen of a cart lately.
    pub(crate) async fn seen_lately(&self, id: &CartId) -> Option<S> {
        let slot = self.slot(id).await;
        let seen = slot.seen();
        seen.as_ref().filter(|(at, _)| at.elapsed() < SEEN_FOR).map(|(_, seen)| seen.clone())
    }
}

/// A shop whose writes to one cart queue.
pub(crate) trait Queues: Send + Sync + 'static {
    /// A cart, as an answer tells it.
    type Cart: TellsCart;

    /// The carts in use, with what is remembered of each.
    fn turns(&self) -> &Turns<Seen<<Self::Cart as TellsCart>::More>>;
}

/// Does a piece of work on a cart when its turn has come, to its end even when the caller goes away.
pub(crate) fn in_turn<Shop, T, F, W>(
    shop: &Arc<Shop>,
    cx: &RequestContext,
    id: &CartId,
    work: F,
) -> impl Future<Output = Result<T>> + Send + use<Shop, T, F, W>
where
    Shop: Queues,
    T: Send + 'static,
    F: FnOnce(Arc<Shop>, RequestContext, CartId) -> W + Send + 'static,
    W: Future<Output = Result<T>> + Send + 'static,
{
    let (shop, cx, id) = (Arc::clone(shop), cx.clone(), id.clone());
    to_its_end(async move {
        let turn = Arc::clone(&shop.turns().slot(&id).await.turn);
        let Ok(_turn) = tokio::time::timeout_at(cx.deadline.into(), turn.lock()).await else {
            return Err(busy());
        };
        work(Arc::clone(&shop), cx, id).await
    })
}

/// 503: other changes to the cart took until the deadline.
fn busy() -> Error {
    Error::new(ErrorKind::Unavailable, "cart.busy", "Too many changes to this cart at once: try again")
        .with_retry_after(Duration::from_secs(1))
}

/// Runs a piece of work to its end even when nobody waits for it any more. It begins at once, as a task of its own.
pub(crate) fn to_its_end<T, W>(work: W) -> impl Future<Output = Result<T>> + Send + use<T, W>
where
    T: Send + 'static,
    W: Future<Output = Result<T>> + Send + 'static,
{
    let task = tokio::spawn(work.in_current_span());
    async move {
        match task.await {
            Ok(outcome) => outcome,
            Err(failure) => Err(Error::internal("a task ended early").with_source(failure)),
        }
    }
}
