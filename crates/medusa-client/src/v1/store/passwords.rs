//! Forgotten passwords.

use std::fmt;

use bytes::Bytes;
use http::Method;
use secrecy::{ExposeSecret, SecretString};
use serde::Serialize;

use super::StoreEndpoint;
use super::customers::CustomerAnswer;
use crate::endpoint::{Endpoint, Repeat, json_body};
use crate::v1::types::Done;

/// Whose password is forgotten.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct ForgottenPassword {
    /// The e-mail address.
    pub email: String,
}

/// `POST /store/customers/password-token`: lets the shop mail a token with which the password can be reset. Done for
/// e-mail addresses without an account as well, where no mail is sent.
#[derive(Debug, Clone, Default)]
pub struct RequestPasswordReset {
    /// Whose password.
    pub body: ForgottenPassword,
}

impl Endpoint for RequestPasswordReset {
    const METHOD: Method = Method::POST;
    const ROUTE: &'static str = "/store/customers/password-token";
    // A second time sends a second mail.
    const REPEAT: Repeat = Repeat::Harmful;
    type Response = Done;

    fn body(&self) -> Result<Option<Bytes>, serde_json::Error> {
        json_body(&self.body)
    }
}

impl StoreEndpoint for RequestPasswordReset {}

/// A new password, with the token that allows it.
#[derive(Clone)]
pub struct NewPassword {
    /// The e-mail address.
    pub email: String,
    /// The token from the mail.
    pub token: SecretString,
    /// The new password.
    pub password: SecretString,
}

impl fmt::Debug for NewPassword {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("NewPassword").finish_non_exhaustive()
    }
}

impl NewPassword {
    fn to_json(&self) -> Result<Option<Bytes>, serde_json::Error> {
        #[derive(Serialize)]
        struct Body<'a> {
            email: &'a str,
            token: &'a str,
            password: &'a str,
        }
        json_body(&Body {
            email: &self.email,
            token: self.token.expose_secret(),
            password: self.password.expose_secret(),
        })
    }
}

/// `POST /store/customers/password-reset`: sets a new password. It does not sign in.
// Medusa: 401 for an address without an account; a token that is used, expired or made up is a 500.
#[derive(Debug, Clone)]
pub struct ResetPassword {
    /// The password and the token.
    pub body: NewPassword,
}

impl Endpoint for ResetPassword {
    const METHOD: Method = Method::POST;
    const ROUTE: &'static str = "/store/customers/password-reset";
    // Medusa: the token holds for one reset; a second time is a 500, which would hide that the first time worked.
    const REPEAT: Repeat = Repeat::Harmful;
    type Response = CustomerAnswer;

    fn body(&self) -> Result<Option<Bytes>, serde_json::Error> {
        self.body.to_json()
    }
}

impl StoreEndpoint for ResetPassword {}

/// `POST /store/customers/reset-password`: where the edition of 2021 has [`ResetPassword`]. Medusa 1.20 answers 401.
#[deprecated(note = "moved to `ResetPassword`, POST /store/customers/password-reset")]
#[derive(Debug, Clone)]
pub struct LegacyResetPassword {
    /// The password and the token.
    pub body: NewPassword,
}

#[allow(deprecated, reason = "it is deprecated for callers")]
impl Endpoint for LegacyResetPassword {
    const METHOD: Method = Method::POST;
    const ROUTE: &'static str = "/store/customers/reset-password";
    const REPEAT: Repeat = Repeat::Harmful;
    type Response = CustomerAnswer;

    fn body(&self) -> Result<Option<Bytes>, serde_json::Error> {
        self.body.to_json()
    }
}

#[allow(deprecated, reason = "it is deprecated for callers")]
impl StoreEndpoint for LegacyResetPassword {}
