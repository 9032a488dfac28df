//! The Store API: what a shop's visitors and customers may do.

pub mod addresses;
pub mod carts;
pub mod categories;
pub mod collections;
pub mod completion;
pub mod customers;
pub mod line_items;
pub mod order_transfers;
pub mod orders;
pub mod payments;
pub mod product_types;
pub mod products;
pub mod promotions;
pub mod references;
pub mod regions;
pub mod return_reasons;
pub mod returns;
pub mod shipping_methods;
pub mod shipping_options;
pub mod variants;

use http::header::AUTHORIZATION;

use crate::backend::{Backend, CallContext};
use crate::credentials::{CustomerToken, PublishableKey};
use crate::endpoint::Endpoint;
use crate::error::Result;

/// An endpoint of the Store API: called with a publishable key and, where there is a signed-in
/// customer, with the customer's token.
pub trait StoreEndpoint: Endpoint {}

/// Calls the Store API of one backend. Cloning is cheap.
#[derive(Debug, Clone)]
pub struct StoreClient {
    backend: Backend,
    publishable_key: PublishableKey,
}

impl StoreClient {
    /// A client with the key of the sales channels it sells through.
    pub fn new(backend: Backend, publishable_key: PublishableKey) -> Self {
        Self { backend, publishable_key }
    }

    /// Makes one call, as a guest or as the customer whose token is given.
    // Medusa: a token that is no longer good is ignored on routes that guests may use too. Only
    // the routes below `customers/me` and the order list answer 401.
    pub async fn call<E: StoreEndpoint>(
        &self,
        context: &CallContext<'_>,
        token: Option<&CustomerToken>,
        endpoint: &E,
    ) -> Result<E::Response> {
        let mut credentials = vec![(PublishableKey::HEADER, self.publishable_key.header())];
        if let Some(token) = token {
            credentials.push((AUTHORIZATION, token.header()));
        }
        // On the heap: callers hold several calls side by side, and each is some kilobytes.
        Box::pin(self.backend.call(context, credentials, endpoint)).await
    }
}
