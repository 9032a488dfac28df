//! The Auth API: how a customer comes by a token.
//!
//! Neither a publishable nor an admin key is sent here. To register: [`Register`], then
//! [`CreateCustomer`](super::store::customers::CreateCustomer) with the token of its answer, then
//! [`RefreshToken`] or [`Login`] for a token that names the customer.

use bytes::Bytes;
use http::Method;
use http::header::AUTHORIZATION;
use serde::Deserialize;

use crate::backend::{Backend, CallContext};
use crate::credentials::CustomerToken;
use crate::endpoint::{Endpoint, Repeat};
use crate::error::Result;

pub use crate::types::EmailPassword;

/// An endpoint of the Auth API: called without a key, some with a token.
pub trait AuthEndpoint: Endpoint {}

/// Calls the Auth API of one backend. Cloning is cheap.
#[derive(Debug, Clone)]
pub struct AuthClient {
    backend: Backend,
}

impl AuthClient {
    /// A client of this backend.
    pub fn new(backend: Backend) -> Self {
        Self { backend }
    }

    /// Makes one call, with a token where the endpoint needs one.
    pub async fn call<E: AuthEndpoint>(
        &self,
        context: &CallContext<'_>,
        token: Option<&CustomerToken>,
        endpoint: &E,
    ) -> Result<E::Response> {
        let credentials = token.map(|token| (AUTHORIZATION, token.header())).into_iter().collect();
        // On the heap: callers hold several calls side by side, and each is some kilobytes.
        Box::pin(self.backend.call(context, credentials, endpoint)).await
    }
}

/// What a login came to.
#[derive(Debug, Clone, Deserialize)]
pub struct LoginAnswer {
    /// The token. With `mfa_required` or `verification_required` it opens nothing yet.
    pub token: Option<CustomerToken>,
    /// Where to send the customer, when the provider logs in on pages of its own.
    pub location: Option<String>,
    /// Whether a second factor is asked for.
    #[serde(default)]
    pub mfa_required: bool,
    /// Whether the e-mail address must be verified first.
    #[serde(default)]
    pub verification_required: bool,
}

/// `POST /auth/customer/emailpass`: logs in; 401 when e-mail address or password are wrong.
#[derive(Debug, Clone)]
pub struct Login {
    /// Who.
    pub body: EmailPassword,
}

impl Endpoint for Login {
    const METHOD: Method = Method::POST;
    const ROUTE: &'static str = "/auth/customer/emailpass";
    const REPEAT: Repeat = Repeat::Harmless;
    type Response = LoginAnswer;

    fn body(&self) -> std::result::Result<Option<Bytes>, serde_json::Error> {
        self.body.to_json()
    }
}

impl AuthEndpoint for Login {}

/// `POST /auth/customer/emailpass/register`: registers a login; 401 when the address is taken. The
/// token of the answer is good for creating the customer and for nothing else.
#[derive(Debug, Clone)]
pub struct Register {
    /// Who.
    pub body: EmailPassword,
}

impl Endpoint for Register {
    const METHOD: Method = Method::POST;
    const ROUTE: &'static str = "/auth/customer/emailpass/register";
    // Medusa: a second time is answered with 401 "taken", which would hide that the first time
    // worked.
    const REPEAT: Repeat = Repeat::Harmful;
    type Response = LoginAnswer;

    fn body(&self) -> std::result::Result<Option<Bytes>, serde_json::Error> {
        self.body.to_json()
    }
}

impl AuthEndpoint for Register {}

/// `POST /auth/token/refresh`: a new token for one that is still good; 401 when it is not.
#[derive(Debug, Clone, Copy, Default)]
pub struct RefreshToken;

impl Endpoint for RefreshToken {
    const METHOD: Method = Method::POST;
    const ROUTE: &'static str = "/auth/token/refresh";
    const REPEAT: Repeat = Repeat::Harmless;
    type Response = LoginAnswer;
}

impl AuthEndpoint for RefreshToken {}
