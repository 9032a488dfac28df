//! The Storefront API: what a shop's visitors and customers may do.

pub mod addresses;
pub mod auth;
pub mod carts;
pub mod categories;
pub mod collections;
pub mod completion;
pub mod customers;
pub mod discounts;
pub mod gift_cards;
pub mod line_items;
pub mod order_edits;
pub mod orders;
pub mod passwords;
pub mod payment_collections;
pub mod payment_sessions;
pub mod product_tags;
pub mod product_types;
pub mod products;
pub mod regions;
pub mod return_reasons;
pub mod returns;
pub mod shipping_methods;
pub mod shipping_options;
pub mod swaps;
pub mod variants;

use http::header::{AUTHORIZATION, COOKIE};
use http::{HeaderName, HeaderValue};

use super::idempotency::{IdempotencyKey, Keyed};
use crate::backend::{Backend, CallContext};
use crate::credentials::{CustomerToken, PublishableKey, SessionCookie};
use crate::endpoint::Endpoint;
use crate::error::Result;
use crate::retry::IDEMPOTENCY_KEY;

/// An endpoint of the Storefront API.
pub trait StoreEndpoint: Endpoint {}

/// An endpoint whose answers the server keeps under a key: adding a line, making payment sessions, calculating taxes,
/// completing a cart, returns and swaps.
pub trait KeyedEndpoint: StoreEndpoint {}

/// Who makes a call.
// Medusa: what is no longer good is ignored on routes that guests may use too; routes for customers answer 401.
#[derive(Debug, Clone, Copy, Default)]
pub enum Caller<'a> {
    /// Nobody in particular. No cookie is ever sent, although the server sets one with each answer: a cookie that two
    /// callers share would sign both in when one of them signs in.
    #[default]
    Guest,
    /// The customer to whom a token belongs, see [`CreateToken`](auth::CreateToken). It is good for 30 days, and signing
    /// out does not end it.
    Token(&'a CustomerToken),
    /// The customer whose session it is, see [`Login`](auth::Login).
    Session(&'a SessionCookie),
}

impl Caller<'_> {
    fn credential(self) -> Option<(HeaderName, Option<HeaderValue>)> {
        match self {
            Self::Guest => None,
            Self::Token(token) => Some((AUTHORIZATION, token.header())),
            Self::Session(session) => Some((COOKIE, session.header())),
        }
    }
}

/// Calls the Storefront API of one backend. Cloning is cheap.
#[derive(Debug, Clone)]
pub struct StoreClient {
    backend: Backend,
    publishable_key: Option<PublishableKey>,
}

impl StoreClient {
    /// A client with the key of the sales channels it sells through; without one it sells through the shop's default
    /// channel.
    // Medusa: a key that the shop does not know is not refused, and shows the products of all channels.
    pub fn new(backend: Backend, publishable_key: Option<PublishableKey>) -> Self {
        Self { backend, publishable_key }
    }

    /// Makes one call.
    pub async fn call<E: StoreEndpoint>(
        &self,
        context: &CallContext<'_>,
        caller: Caller<'_>,
        endpoint: &E,
    ) -> Result<E::Response> {
        // On the heap: callers hold several calls side by side, and each is some kilobytes.
        Box::pin(self.backend.call(context, self.credentials(caller), endpoint)).await
    }

    /// Makes one call, and keeps the key to have its answer again.
    pub async fn call_keyed<E: KeyedEndpoint>(
        &self,
        context: &CallContext<'_>,
        caller: Caller<'_>,
        endpoint: &E,
    ) -> Result<Keyed<E::Response>> {
        let answer = Box::pin(self.backend.call_for(context, self.credentials(caller), endpoint)).await?;
        Keyed::new(answer, endpoint)
    }

    /// Has the answer to a call again, as it was then; nothing is done. The key is refused, and nothing sent, when it was
    /// made for another call than this one.
    ///
    /// Should the server have forgotten the key, the call is carried out as a new one; the key of the answer then differs
    /// from the one that was sent.
    pub async fn replay<E: KeyedEndpoint>(
        &self,
        context: &CallContext<'_>,
        caller: Caller<'_>,
        endpoint: &E,
        key: &IdempotencyKey,
    ) -> Result<Keyed<E::Response>> {
        let mut headers = self.credentials(caller);
        headers.push((IDEMPOTENCY_KEY, Some(key.header_for(endpoint)?)));
        let answer = Box::pin(self.backend.call_for(context, headers, endpoint)).await?;
        Keyed::new(answer, endpoint)
    }

    fn credentials(&self, caller: Caller<'_>) -> Vec<(HeaderName, Option<HeaderValue>)> {
        let key = self.publishable_key.as_ref().map(|key| (PublishableKey::HEADER, key.header()));
        key.into_iter().chain(caller.credential()).collect()
    }
}
