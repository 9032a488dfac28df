//! How the shop is set up.

use secrecy::SecretString;
use serde::Deserialize;

/// How the shop is set up. Nothing is required: `MockConfig::default()` is a working shop.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct MockConfig {
    /// What the past orders are drawn from: the same seed gives the same orders. 1 if absent.
    pub seed: u64,
    /// The secret that tokens of customers and of claims are signed and checked with (HS256). `secret` if absent, which
    /// is no secret: give one of your own wherever strangers can reach the shop.
    pub jwt_secret: SecretString,
    /// Draws the ids of carts, lines, payment sessions, orders and returns from the seed too, so that a test sees the
    /// same ids in every run. False if absent: ids are then drawn from the system and cannot be guessed, which is what
    /// protects the carts of guests.
    pub deterministic_ids: bool,
}

impl Default for MockConfig {
    fn default() -> Self {
        Self { seed: 1, jwt_secret: SecretString::from("secret"), deterministic_ids: false }
    }
}
