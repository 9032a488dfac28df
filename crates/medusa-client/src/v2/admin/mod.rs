//! The Admin API, as far as a storefront needs it.

pub mod customers;
pub mod order_changes;
pub mod references;
pub mod resources;
pub mod returns;
mod session;

use std::sync::Arc;

use http::HeaderValue;
use http::header::AUTHORIZATION;

use crate::backend::{Backend, CallContext};
use crate::credentials::AdminKey;
use crate::endpoint::Endpoint;
use crate::error::Result;
use session::Session;

pub use session::AdminUser;

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
    credential: Credential,
}

#[derive(Debug, Clone)]
enum Credential {
    Key(AdminKey),
    User(Arc<Session>),
}

impl AdminClient {
    /// A client with a secret API key.
    // Medusa: checking a key costs the server about 28 ms of CPU with each call (scrypt); a user's token costs 4.
    pub fn new(backend: Backend, key: AdminKey) -> Self {
        Self { backend, credential: Credential::Key(key) }
    }

    /// A client of an admin user, who is signed in with the first call, and again before the token ends or when it is
    /// refused.
    pub fn signed_in(backend: Backend, user: AdminUser) -> Self {
        Self { backend, credential: Credential::User(Arc::new(Session::new(user))) }
    }

    /// Makes one call.
    pub async fn call<E: AdminEndpoint>(&self, context: &CallContext<'_>, endpoint: &E) -> Result<E::Response> {
        let session = match &self.credential {
            Credential::Key(key) => return self.send(context, key.header(), endpoint).await,
            Credential::User(session) => session,
        };
        let bearer = session.bearer(&self.backend, context).await?;
        match self.send(context, bearer.header(), endpoint).await {
            // A refusal is made before anything is done, so that writes may be sent again as well.
            Err(error) if error.status().is_some_and(|status| status.as_u16() == 401) => {
                session.forget(&bearer).await;
                let bearer = session.bearer(&self.backend, context).await?;
                self.send(context, bearer.header(), endpoint).await
            }
            done => done,
        }
    }

    async fn send<E: AdminEndpoint>(
        &self,
        context: &CallContext<'_>,
        credential: Option<HeaderValue>,
        endpoint: &E,
    ) -> Result<E::Response> {
        // On the heap: callers hold several calls side by side, and each is some kilobytes.
        Box::pin(self.backend.call(context, vec![(AUTHORIZATION, credential)], endpoint)).await
    }
}
