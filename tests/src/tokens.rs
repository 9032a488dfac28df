//! Tokens for tests: JSON web tokens signed with HMAC-SHA-256.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use hmac::{Hmac, KeyInit, Mac};
use serde_json::{Value, json};
use sha2::Sha256;

/// The claims signed with the secret.
pub fn sign(claims: &Value, secret: &str) -> String {
    let signed = before_the_signature("HS256", claims);
    let mut mac = Hmac::<Sha256>::new_from_slice(secret.as_bytes()).expect("a key of any length will do");
    mac.update(signed.as_bytes());
    format!("{signed}.{}", URL_SAFE_NO_PAD.encode(mac.finalize().into_bytes()))
}

/// The claims in a token that says that it needs no signature (RFC 7519, section 6).
pub fn unsigned(claims: &Value) -> String {
    format!("{}.", before_the_signature("none", claims))
}

fn before_the_signature(algorithm: &str, claims: &Value) -> String {
    let encode = |value: &Value| URL_SAFE_NO_PAD.encode(value.to_string());
    format!("{}.{}", encode(&json!({ "alg": algorithm, "typ": "JWT" })), encode(claims))
}

/// The claims of a token, whoever signed it.
pub fn claims(token: &str) -> Value {
    let claims = token.split('.').nth(1).expect("a token has three parts");
    let bytes = URL_SAFE_NO_PAD.decode(claims).expect("claims are base64");
    serde_json::from_slice(&bytes).expect("claims are JSON")
}
