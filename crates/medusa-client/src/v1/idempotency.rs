//! Keys under which the server keeps its answers.

use std::fmt;

use bytes::Bytes;
use http::{HeaderValue, Method};

use crate::answer::Answer;
use crate::endpoint::{Endpoint, target};
use crate::error::{Error, ErrorKind, Result};
use crate::retry::IDEMPOTENCY_KEY;
use crate::transport::HttpResponse;

/// The key under which the server keeps the answer to one call.
///
/// The server makes it, and the answer brings it: [`StoreClient::call_keyed`](super::StoreClient::call_keyed). Sending it
/// with the same call again ([`StoreClient::replay`](super::StoreClient::replay)) brings the stored answer and does
/// nothing.
///
/// It goes with the call that it was made for (method, path, body) and with no other; the client refuses everything else
/// without sending it. This is because the server looks at the key alone:
///
/// - With a key of another cart it answers the other cart's order, or its lines, and does nothing to this one.
/// - A key that it does not know, such as one made up here or by another server, it throws away: the call is carried out
///   once more.
///
/// So a key cannot be made from a text, and does not show one. A stored refusal is stored for good too, which is why a
/// failed call brings no key: a cart that lacked stock must be completed without one. And a stored answer is what was
/// true then, told to whoever holds the key.
#[derive(Clone, PartialEq, Eq)]
pub struct IdempotencyKey {
    value: HeaderValue,
    call: Call,
}

impl fmt::Debug for IdempotencyKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("IdempotencyKey").finish_non_exhaustive()
    }
}

impl IdempotencyKey {
    /// The header, if this is the call that the key was made for.
    pub(super) fn header_for<E: Endpoint>(&self, endpoint: &E) -> Result<HeaderValue> {
        if Call::of(endpoint)? == self.call {
            Ok(self.value.clone())
        } else {
            Err(Error::invalid_request(E::METHOD, E::ROUTE, "the idempotency key was made for another call"))
        }
    }
}

/// What a key is bound to.
#[derive(Clone, PartialEq, Eq)]
struct Call {
    method: Method,
    target: String,
    body: Option<Bytes>,
}

impl Call {
    fn of<E: Endpoint>(endpoint: &E) -> Result<Self> {
        let refuse = |reason| Error::invalid_request(E::METHOD, E::ROUTE, reason);
        let target = target(endpoint).map_err(refuse)?;
        let body = endpoint.body().map_err(|error| refuse(error.to_string()))?;
        Ok(Self { method: E::METHOD, target, body })
    }
}

/// An answer, and the key to have it again.
#[derive(Debug, Clone, PartialEq)]
pub struct Keyed<T> {
    /// The answer.
    pub answer: T,
    /// The key; `None` where something between here and the server takes the header away.
    pub key: Option<IdempotencyKey>,
}

impl<T> Keyed<T> {
    pub(super) fn new<E: Endpoint>(answer: WithKey<T>, endpoint: &E) -> Result<Self> {
        let WithKey { answer, key } = answer;
        let key = key.map(|value| Ok(IdempotencyKey { value, call: Call::of(endpoint)? })).transpose()?;
        Ok(Self { answer, key })
    }
}

/// An answer with the key from its header.
pub(super) struct WithKey<T> {
    answer: T,
    key: Option<HeaderValue>,
}

impl<T: Answer> Answer for WithKey<T> {
    fn read(response: &HttpResponse) -> Result<Self, ErrorKind> {
        let key = response.headers.get(IDEMPOTENCY_KEY).cloned().map(|mut key| {
            key.set_sensitive(true);
            key
        });
        Ok(Self { answer: T::read(response)?, key })
    }
}
