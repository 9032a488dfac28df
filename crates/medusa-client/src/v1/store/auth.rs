//! Signing in and out: a token for servers, a session for browsers.

use bytes::Bytes;
use http::Method;
use serde::Deserialize;

use super::StoreEndpoint;
use super::customers::{Customer, CustomerAnswer};
use crate::answer::Answer;
use crate::credentials::{CustomerToken, SessionCookie};
use crate::endpoint::{Endpoint, Repeat};
use crate::error::ErrorKind;
use crate::transport::HttpResponse;
use crate::v1::types::{Done, EmailPassword};

/// A customer who was signed in.
#[derive(Debug, Clone)]
pub struct SignedIn {
    /// The customer.
    pub customer: Customer,
    /// The session, for [`Caller::Session`](super::Caller::Session). `None` when no cookie came along: a proxy keeps
    /// it, or the shop signs in over TLS only and this connection has none.
    pub session: Option<SessionCookie>,
}

impl Answer for SignedIn {
    fn read(response: &HttpResponse) -> Result<Self, ErrorKind> {
        let CustomerAnswer { customer } = Answer::read(response)?;
        Ok(Self { customer, session: SessionCookie::set_by(&response.headers) })
    }
}

/// `POST /store/auth`: begins a session; 401 when e-mail address or password are wrong.
#[derive(Debug, Clone)]
pub struct Login {
    /// Who.
    pub body: EmailPassword,
}

impl Endpoint for Login {
    const METHOD: Method = Method::POST;
    const ROUTE: &'static str = "/store/auth";
    // A second time begins another session, which nobody uses.
    const REPEAT: Repeat = Repeat::Harmless;
    type Response = SignedIn;

    fn body(&self) -> Result<Option<Bytes>, serde_json::Error> {
        self.body.to_json()
    }
}

impl StoreEndpoint for Login {}

/// `POST /store/auth/token`: a token; 401 when e-mail address or password are wrong.
// Medusa: neither edition of the documents has this endpoint.
#[derive(Debug, Clone)]
pub struct CreateToken {
    /// Who.
    pub body: EmailPassword,
}

/// A customer's token.
#[derive(Debug, Clone, Deserialize)]
pub struct TokenAnswer {
    /// The token, for [`Caller::Token`](super::Caller::Token); a JSON web token whose `exp` says how long it is good.
    pub access_token: CustomerToken,
}

impl Endpoint for CreateToken {
    const METHOD: Method = Method::POST;
    const ROUTE: &'static str = "/store/auth/token";
    const REPEAT: Repeat = Repeat::Harmless;
    type Response = TokenAnswer;

    fn body(&self) -> Result<Option<Bytes>, serde_json::Error> {
        self.body.to_json()
    }
}

impl StoreEndpoint for CreateToken {}

/// `GET /store/auth`: who is signed in, with orders and saved addresses; 401 when nobody is.
#[derive(Debug, Clone, Copy, Default)]
pub struct GetSession;

impl Endpoint for GetSession {
    const METHOD: Method = Method::GET;
    const ROUTE: &'static str = "/store/auth";
    const REPEAT: Repeat = Repeat::Harmless;
    type Response = CustomerAnswer;
}

impl StoreEndpoint for GetSession {}

/// `DELETE /store/auth`: ends the caller's session. A token stays good.
// Medusa: without a session there is nothing to end, and that is a 200 too.
#[derive(Debug, Clone, Copy, Default)]
pub struct Logout;

impl Endpoint for Logout {
    const METHOD: Method = Method::DELETE;
    const ROUTE: &'static str = "/store/auth";
    const REPEAT: Repeat = Repeat::Harmless;
    type Response = Done;
}

impl StoreEndpoint for Logout {}

/// `GET /store/auth/{email}`: whether an e-mail address has an account.
#[derive(Debug, Clone, Copy, Default)]
pub struct EmailExists<'a> {
    /// The e-mail address, in any case.
    pub email: &'a str,
}

/// Whether there is an account.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
pub struct EmailExistsAnswer {
    /// Whether there is one.
    pub exists: bool,
}

impl Endpoint for EmailExists<'_> {
    const METHOD: Method = Method::GET;
    const ROUTE: &'static str = "/store/auth/{email}";
    const REPEAT: Repeat = Repeat::Harmless;
    type Response = EmailExistsAnswer;

    fn path_values(&self) -> Vec<&str> {
        vec![self.email]
    }
}

impl StoreEndpoint for EmailExists<'_> {}
