//! Tokens for tests: JSON web tokens.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use jsonwebtoken::jwk::Jwk;
use jsonwebtoken::{Algorithm, EncodingKey, Header, encode};
use o2s_medusa_integration::TokenAlgorithm;
use serde_json::{Value, json};

/// The claims signed with the secret.
pub fn sign(claims: &Value, secret: &str) -> String {
    let key = EncodingKey::from_secret(secret.as_bytes());
    encode(&Header::new(Algorithm::HS256), claims, &key).expect("any secret will do")
}

/// The claims in a token that says that it needs no signature (RFC 7519, section 6).
pub fn unsigned(claims: &Value) -> String {
    let encode = |value: &Value| URL_SAFE_NO_PAD.encode(value.to_string());
    format!("{}.{}.", encode(&json!({ "alg": "none", "typ": "JWT" })), encode(claims))
}

/// The claims of a token, whoever signed it.
pub fn claims(token: &str) -> Value {
    let claims = token.split('.').nth(1).expect("a token has three parts");
    let bytes = URL_SAFE_NO_PAD.decode(claims).expect("claims are base64");
    serde_json::from_slice(&bytes).expect("claims are JSON")
}

const KEY_ID: &str = "key-1";

/// What an identity provider signs with, of which it publishes the public half.
#[derive(Debug)]
pub struct KeyPair {
    /// What it signs.
    pub algorithm: TokenAlgorithm,
    named: Algorithm,
    private: EncodingKey,
}

impl KeyPair {
    /// For RS256.
    pub fn rsa() -> Self {
        let pem = include_bytes!("../../crates/medusa-integration/tests/modules/keys/rsa.pem");
        let private = EncodingKey::from_rsa_pem(pem).expect("an RSA key");
        Self { algorithm: TokenAlgorithm::Rs256, named: Algorithm::RS256, private }
    }

    /// For ES256.
    pub fn ec() -> Self {
        let pem = include_bytes!("../../crates/medusa-integration/tests/modules/keys/ec.pem");
        let private = EncodingKey::from_ec_pem(pem).expect("a key on P-256");
        Self { algorithm: TokenAlgorithm::Es256, named: Algorithm::ES256, private }
    }

    /// The claims signed with the private key.
    pub fn sign(&self, claims: &Value) -> String {
        let header = Header { kid: Some(KEY_ID.to_owned()), ..Header::new(self.named) };
        encode(&header, claims, &self.private).expect("a key of the algorithm")
    }

    /// What the provider publishes (RFC 7517).
    pub fn published(&self) -> Value {
        let key = Jwk::from_encoding_key(&self.private, self.named).expect("a key of the algorithm");
        let mut key = serde_json::to_value(key).expect("a key is JSON");
        key["kid"] = json!(KEY_ID);
        json!({ "keys": [key] })
    }
}
