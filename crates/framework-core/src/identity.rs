//! Who calls, established with a backend.

use async_trait::async_trait;

use crate::context::RequestContext;
use crate::error::Result;
use crate::ids::CustomerId;

/// Establishes callers. An integration that keeps the customers hands this to modules that are over the same backend
/// and need to know whose request they serve.
#[async_trait]
pub trait Identify: Send + Sync {
    /// The customer whose token the request shows, as the backend says: never what a token claims of itself.
    /// 401 `auth.required` without a token, 401 `auth.invalid_token` for one that the backend refuses.
    async fn require_customer(&self, cx: &RequestContext) -> Result<CustomerId>;
}
