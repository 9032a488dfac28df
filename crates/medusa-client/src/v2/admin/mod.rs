//! The Admin API, as far as a storefront needs it.

pub mod customers;

use http::header::AUTHORIZATION;

use crate::backend::{Backend, CallContext};
use crate::credentials::AdminKey;
use crate::endpoint::Endpoint;
use crate::error::Result;

/// An endpoint of the Admin API. No Store or Auth endpoint is one, so none can carry the admin key.
///
/// ```compile_fail,E0277
/// # async fn f(admin: o2s_medusa_client::v2::AdminClient) {
/// use o2s_medusa_client::CallContext;
/// use o2s_medusa_client::v2::store::carts::GetCart;
///
/// let context = CallContext::within(std::time::Duration::from_secs(5));
/// admin.call(&context, &GetCart { id: "cart_1", fields: None }).await;
/// # }
/// ```
pub trait AdminEndpoint: Endpoint {}

/// Calls the Admin API of one backend. Cloning is cheap.
#[derive(Debug, Clone)]
pub struct AdminClient {
    backend: Backend,
    key: AdminKey,
}

impl AdminClient {
    /// A client with a secret API key.
    pub fn new(backend: Backend, key: AdminKey) -> Self {
        Self { backend, key }
    }

    /// Makes one call.
    pub async fn call<E: AdminEndpoint>(&self, context: &CallContext<'_>, endpoint: &E) -> Result<E::Response> {
        let credentials = vec![(AUTHORIZATION, self.key.header())];
        // On the heap: callers hold several calls side by side, and each is some kilobytes.
        Box::pin(self.backend.call(context, credentials, endpoint)).await
    }
}
