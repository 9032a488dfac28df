//! Which shop, and with which keys.

use std::time::Duration;

use o2s_framework_core::ids::RegionId;
use o2s_framework_core::money::Currency;
use secrecy::SecretString;
use serde::Deserialize;

/// How to reach a Medusa shop.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct MedusaConfig {
    /// Where Medusa listens, such as `http://localhost:9000`.
    pub base_url: String,
    /// Which of Medusa's APIs it speaks.
    #[serde(default)]
    pub api: Api,
    /// The publishable API key: decides which sales channels are seen.
    pub publishable_key: SecretString,
    /// The secret API key. Needed for the list of a customer's carts alone, and used for nothing else.
    #[serde(default)]
    pub admin_key: Option<SecretString>,
    /// The currency of prices and carts where a request names neither region nor currency.
    #[serde(default = "default_currency")]
    pub default_currency: Currency,
    /// The region of prices and carts where a request names neither region nor currency.
    #[serde(default)]
    pub default_region_id: Option<RegionId>,
    /// How many of a customer's orders are looked through for what Medusa cannot filter or sort by.
    #[serde(default = "default_order_scan_limit")]
    pub order_scan_limit: u32,
    /// How long a customer's token is remembered as good, in seconds.
    #[serde(default = "default_identity_ttl")]
    pub identity_ttl_seconds: u64,
}

/// A version of Medusa's API.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Api {
    /// Medusa 2.
    #[default]
    V2,
}

fn default_currency() -> Currency {
    Currency::EUR
}

fn default_order_scan_limit() -> u32 {
    1000
}

fn default_identity_ttl() -> u64 {
    60
}

impl MedusaConfig {
    /// A shop at an address, with a publishable key and the defaults for the rest.
    pub fn new(base_url: impl Into<String>, publishable_key: impl Into<String>) -> Self {
        Self {
            base_url: base_url.into(),
            api: Api::V2,
            publishable_key: SecretString::from(publishable_key.into()),
            admin_key: None,
            default_currency: default_currency(),
            default_region_id: None,
            order_scan_limit: default_order_scan_limit(),
            identity_ttl_seconds: default_identity_ttl(),
        }
    }

    pub(crate) fn identity_ttl(&self) -> Duration {
        Duration::from_secs(self.identity_ttl_seconds)
    }
}

/// Why a shop cannot be reached as configured.
#[derive(Debug, thiserror::Error)]
#[error("{0}")]
pub struct ConfigError(#[from] o2s_medusa_client::SetupError);
