//! Writes to one thing queue here, where Medusa would fail one of two at once, or do both. What a cart's last answer said is
//! remembered for a short time, so that a write need not read before.

use std::hash::Hash;
use std::sync::Arc;
use std::time::Duration;

use moka::future::Cache;
use o2s_framework_core::context::RequestContext;
use o2s_framework_core::error::{Error, ErrorKind, Result};
use o2s_framework_core::ids::CartId;
use tokio::sync::{Mutex, OwnedMutexGuard};
use tracing::Instrument;

use crate::carts::TellsCart;
use crate::carts::access::Seen;

/// How many things are remembered, or have a queue.
const CAPACITY: u64 = 100_000;

/// How long a cart's last answer is taken for its present state.
const SEEN_FOR: Duration = Duration::from_secs(30);

/// How long a thing that nobody works on keeps its queue; longer than any call may take.
const IDLE: Duration = Duration::from_secs(600);

/// Who may work on a thing: one after the other.
pub(crate) struct Queue<K> {
    turns: Cache<K, Arc<Mutex<()>>>,
    /// The code and the message of the error for whoever waits in vain.
    busy: (&'static str, &'static str),
}

impl<K: Clone + Hash + Eq + Send + Sync + 'static> Queue<K> {
    fn new(code: &'static str, message: &'static str) -> Self {
        Self { turns: Cache::builder().max_capacity(CAPACITY).time_to_idle(IDLE).build(), busy: (code, message) }
    }

    /// For changes of a cart: 503 `cart.busy`.
    fn of_carts() -> Self {
        Self::new("cart.busy", "Too many changes to this cart at once: try again")
    }

    /// For changes of a customer's addresses: 503 `address.busy`.
    pub(crate) fn of_addresses() -> Self {
        Self::new("address.busy", "Too many changes to these addresses at once: try again")
    }

    /// For returns of an order: 503 `return.busy`.
    pub(crate) fn of_returns() -> Self {
        Self::new("return.busy", "Too many returns of this order at once: try again")
    }

    /// Waits for the turn at a thing, which lasts as long as what is answered. 503 where the deadline comes first.
    pub(crate) async fn turn(&self, cx: &RequestContext, key: &K) -> Result<OwnedMutexGuard<()>> {
        let turn = self.turns.get_with_by_ref(key, async { Arc::default() }).await;
        tokio::time::timeout_at(cx.deadline.into(), turn.lock_owned()).await.map_err(|_| {
            let (code, message) = self.busy;
            Error::new(ErrorKind::Unavailable, code, message).with_retry_after(Duration::from_secs(1))
        })
    }
}

/// The carts in use, with what was last seen of each.
pub(crate) struct Turns<S> {
    queue: Queue<CartId>,
    seen: Cache<CartId, S>,
}

impl<S: Clone + Send + Sync + 'static> Turns<S> {
    pub(crate) fn new() -> Self {
        let seen = Cache::builder().max_capacity(CAPACITY).time_to_live(SEEN_FOR).build();
        Self { queue: Queue::of_carts(), seen }
    }

    /// Remembers what was just seen of a cart.
    pub(crate) async fn remember(&self, id: &CartId, seen: S) {
        self.seen.insert(id.clone(), seen).await;
    }

    /// Forgets what was seen of a cart.
    pub(crate) async fn forget(&self, id: &CartId) {
        self.seen.invalidate(id).await;
    }

    /// What was seen of a cart lately.
    pub(crate) async fn seen_lately(&self, id: &CartId) -> Option<S> {
        self.seen.get(id).await
    }
}

/// A shop whose writes to one cart queue.
pub(crate) trait Queues: Send + Sync + 'static {
    /// A cart, as an answer tells it.
    type Cart: TellsCart;

    /// The carts in use, with what is remembered of each.
    fn turns(&self) -> &Turns<Seen<<Self::Cart as TellsCart>::More>>;
}

/// Does a piece of work on a cart when its turn has come, to its end even when the caller goes away. 503 `cart.busy`.
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
        let _turn = shop.turns().queue.turn(&cx, &id).await?;
        work(Arc::clone(&shop), cx, id).await
    })
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
