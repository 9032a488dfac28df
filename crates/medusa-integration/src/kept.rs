//! What a shop rarely changes is fetched when first needed and kept for minutes.

use std::hash::Hash;
use std::sync::Arc;
use std::time::Duration;

use moka::future::Cache;
use o2s_framework_core::error::{Error, ErrorKind, Result};
use o2s_framework_core::text::Locale;

/// How long it is kept.
const TTL: Duration = Duration::from_secs(300);

/// How many languages of a part of the shop are kept.
const LANGUAGES: u64 = 100;

/// A part of the shop that is fetched whole, in each language that is asked for.
pub(crate) type ByLanguage<T> = Cache<Option<Locale>, Arc<T>>;

/// Places for a part of the shop, one for each language.
pub(crate) fn by_language<T: Send + Sync + 'static>() -> ByLanguage<T> {
    by_key(LANGUAGES)
}

/// Places for parts of the shop, each under a key of its own.
pub(crate) fn by_key<K, T>(capacity: u64) -> Cache<K, Arc<T>>
where
    K: Hash + Eq + Send + Sync + 'static,
    T: Send + Sync + 'static,
{
    Cache::builder().max_capacity(capacity).time_to_live(TTL).build()
}

/// What is kept under the key, or what the call brings; concurrent callers wait for one call.
pub(crate) async fn fetched<K, T>(
    kept: &Cache<K, Arc<T>>,
    key: K,
    fetch: impl Future<Output = Result<T>>,
) -> Result<Arc<T>>
where
    K: Hash + Eq + Send + Sync + 'static,
    T: Send + Sync + 'static,
{
    if let Some(known) = kept.get(&key).await {
        return Ok(known);
    }
    // On the heap: it is some kilobytes, and rarely needed.
    let fetched = Box::pin(kept.try_get_with(key, async { fetch.await.map(Arc::new) }));
    fetched.await.map_err(|error: Arc<Error>| shared(&error))
}

/// How much of a list one call brings.
pub(crate) const PART: u32 = 1000;

/// A whole list, part after part. `part` brings what begins at an offset, and how many there are in all.
pub(crate) async fn whole<T, E, F>(part: impl Fn(u32) -> F) -> Result<Vec<T>, E>
where
    F: Future<Output = Result<(Vec<T>, u64), E>>,
{
    let mut all = Vec::new();
    loop {
        let (some, count) = part(u32::try_from(all.len()).unwrap_or(u32::MAX)).await?;
        let got = some.len();
        all.extend(some);
        if got == 0 || all.len() as u64 >= count {
            return Ok(all);
        }
    }
}

/// An error that several callers met at once, for each of them.
fn shared(error: &Arc<Error>) -> Error {
    let copy = Error::new(error.kind(), error.code(), error.message().to_owned()).with_source(Arc::clone(error));
    match (error.kind(), error.retry_after()) {
        (ErrorKind::RateLimited | ErrorKind::Unavailable, Some(wait)) => copy.with_retry_after(wait),
        _ => copy,
    }
}
