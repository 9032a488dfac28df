//! When a request may be sent again, and how long to wait before.

use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;

use backon::{BackoffBuilder, ExponentialBuilder};
use chrono::{DateTime, Utc};
use http::header::RETRY_AFTER;
use http::{HeaderMap, HeaderName, HeaderValue, StatusCode};
use serde::Deserialize;

use crate::endpoint::Repeat;
use crate::error::is_transient_status;
use crate::transport::{HttpResponse, TransportError, TransportErrorKind};

/// How hard a client tries. The deadline of the call bounds everything here.
#[derive(Debug, Clone)]
pub struct RetryPolicy {
    /// How often a request is sent at most, the first time included; 1 never retries.
    pub max_attempts: u32,
    /// Longest time for one attempt, so that one lost answer leaves time for another attempt.
    pub attempt_timeout: Duration,
    /// Wait before the first retry; it doubles with each, and up to as much again is added at random.
    pub min_delay: Duration,
    /// Longest such wait. A `Retry-After` of the backend may be longer.
    pub max_delay: Duration,
    /// Retries that each call adds to the budget, in percent: 10 allows one retry for ten calls.
    pub budget_percent: u32,
    /// Retries that may come at once. The budget begins full and never holds more.
    pub budget_burst: u32,
}

impl Default for RetryPolicy {
    fn default() -> Self {
        Self {
            max_attempts: 3,
            attempt_timeout: Duration::from_secs(10),
            min_delay: Duration::from_millis(50),
            max_delay: Duration::from_secs(1),
            budget_percent: 10,
            budget_burst: 10,
        }
    }
}

impl RetryPolicy {
    /// The waits before the retries of one call.
    pub(crate) fn delays(&self) -> impl Iterator<Item = Duration> + Send + use<> {
        let retries = self.max_attempts.saturating_sub(1);
        ExponentialBuilder::new()
            .with_min_delay(self.min_delay)
            .with_max_delay(self.max_delay)
            .with_max_times(usize::try_from(retries).unwrap_or(usize::MAX))
            .with_jitter()
            .build()
    }
}

/// Keeps retries a small part of the load: when a backend is down, everybody's retries together
/// must not keep it there.
#[derive(Debug)]
pub(crate) struct RetryBudget {
    /// In hundredths of a retry.
    hundredths: AtomicU32,
    capacity: u32,
    deposit: u32,
}

const ONE_RETRY: u32 = 100;

impl RetryBudget {
    pub(crate) fn new(policy: &RetryPolicy) -> Self {
        let capacity = policy.budget_burst.saturating_mul(ONE_RETRY);
        Self { hundredths: AtomicU32::new(capacity), capacity, deposit: policy.budget_percent }
    }

    /// Counts a call.
    pub(crate) fn deposit(&self) {
        // An update that always gives `Some` cannot fail.
        let _ = self.hundredths.fetch_update(Ordering::Relaxed, Ordering::Relaxed, |have| {
            Some(have.saturating_add(self.deposit).min(self.capacity))
        });
    }

    /// Takes one retry, if there is one.
    pub(crate) fn withdraw(&self) -> bool {
        self.hundredths.fetch_update(Ordering::Relaxed, Ordering::Relaxed, |have| have.checked_sub(ONE_RETRY)).is_ok()
    }
}

/// Whether a request without an answer may be sent again.
pub(crate) fn may_repeat_after_failure(repeat: Repeat, error: &TransportError) -> bool {
    match error.kind() {
        TransportErrorKind::Connect => true,
        TransportErrorKind::Timeout | TransportErrorKind::Interrupted => repeat == Repeat::Harmless,
        TransportErrorKind::Rejected | TransportErrorKind::TooLarge { .. } => false,
    }
}

/// Whether a request with this answer may be sent again.
pub(crate) fn may_repeat_after_answer(repeat: Repeat, response: &HttpResponse) -> bool {
    repeat == Repeat::Harmless && is_transient_status(response.status)
}

/// How a request may be sent again that gave way to another one, as the answer says. Whether a repetition would be
/// harmful does not matter then.
#[derive(Debug, PartialEq)]
pub(crate) enum Collision {
    /// Nothing was done.
    Untouched,
    /// What was done is kept under this key, and gone on with.
    Under(HeaderValue),
}

/// The key under which Medusa 1 keeps what a request did.
pub(crate) const IDEMPOTENCY_KEY: HeaderName = HeaderName::from_static("idempotency-key");

/// Whether a request gave way to another one.
// Medusa 1: calls whose answers it keeps run in steps, each a transaction that gives way to others. The first of them
// makes the key. A refusal for want of stock is a 409 with a key too; it has another code.
pub(crate) fn collision(response: &HttpResponse) -> Option<Collision> {
    #[derive(Deserialize)]
    struct Body {
        code: String,
    }
    if response.status != StatusCode::CONFLICT {
        return None;
    }
    if response.body.starts_with(b"Failed to create idempotency key") {
        return Some(Collision::Untouched);
    }
    let Body { code } = serde_json::from_slice(&response.body).ok()?;
    let mut key = response.headers.get(IDEMPOTENCY_KEY).filter(|_| code == "invalid_state_error")?.clone();
    key.set_sensitive(true);
    Some(Collision::Under(key))
}

/// What `Retry-After` asks for: seconds, or a date that is compared with this machine's clock.
pub(crate) fn retry_after(headers: &HeaderMap) -> Option<Duration> {
    let text = headers.get(RETRY_AFTER)?.to_str().ok()?.trim();
    if let Ok(seconds) = text.parse() {
        return Some(Duration::from_secs(seconds));
    }
    let date = DateTime::parse_from_rfc2822(text).ok()?;
    let wait = date.signed_duration_since(Utc::now());
    Some(wait.to_std().unwrap_or_default())
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test that cannot make its header should stop there")]
mod tests {
    use super::*;

    #[test]
    fn the_budget_is_spent_and_earned() {
        let budget = RetryBudget::new(&RetryPolicy { budget_burst: 2, budget_percent: 10, ..RetryPolicy::default() });
        assert!(budget.withdraw());
        assert!(budget.withdraw());
        assert!(!budget.withdraw(), "the burst is used up");
        for _ in 0..9 {
            budget.deposit();
        }
        assert!(!budget.withdraw(), "nine calls do not earn a retry");
        budget.deposit();
        assert!(budget.withdraw());
        for _ in 0..1000 {
            budget.deposit();
        }
        assert!(budget.withdraw() && budget.withdraw() && !budget.withdraw());
    }

    #[test]
    fn delays_grow_within_their_bounds() {
        let policy = RetryPolicy {
            max_attempts: 6,
            min_delay: Duration::from_millis(100),
            max_delay: Duration::from_millis(400),
            ..RetryPolicy::default()
        };
        let delays: Vec<u128> = policy.delays().map(|delay| delay.as_millis()).collect();
        assert_eq!(delays.len(), 5);
        for (delay, base) in delays.iter().zip([100, 200, 400, 400, 400]) {
            assert!((base..=2 * base).contains(delay), "{delays:?}");
        }
    }

    #[test]
    fn retry_after_is_seconds_or_a_date() {
        let read = |text: &str| {
            let mut headers = HeaderMap::new();
            headers.insert(RETRY_AFTER, text.parse().unwrap());
            retry_after(&headers)
        };
        assert_eq!(read("2"), Some(Duration::from_secs(2)));
        assert_eq!(read("Sun, 06 Nov 1994 08:49:37 GMT"), Some(Duration::ZERO));
        let later = (Utc::now() + chrono::TimeDelta::seconds(100)).to_rfc2822();
        assert!(read(&later).unwrap() > Duration::from_secs(90));
        assert_eq!(read("soon"), None);
        assert_eq!(read("-1"), None);
        assert_eq!(retry_after(&HeaderMap::new()), None);
    }
}
