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
    /// The publishable API key: decides which sales channels are seen. Needed for Medusa 2; without one a Medusa 1 shows
    /// its default channel.
    #[serde(default)]
    pub publishable_key: Option<SecretString>,
    /// The secret API key of a Medusa 2. Needed for lists of a customer's carts, for returns one by one, to know who asked
    /// for an order, and for identities in mode exchange; used for nothing else.
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
    /// Whose tokens customers bring.
    #[serde(default)]
    pub identity: IdentityConfig,
}

/// Whose tokens customers bring, and what becomes of them.
#[derive(Clone, Debug, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct IdentityConfig {
    /// What becomes of a token. Without [`IdentityMode::Exchange`] nothing else here may be set.
    pub mode: IdentityMode,
    /// What the identity provider signs with. A token that says anything else is refused.
    pub algorithm: Option<TokenAlgorithm>,
    /// The secret shared with the identity provider, for HS256.
    pub secret: Option<SecretString>,
    /// Where the identity provider publishes its keys, for RS256 and ES256. `https`, but on this machine.
    pub jwks_url: Option<String>,
    /// What a token's `iss` must be. Needed with `jwks_url`.
    pub issuer: Option<String>,
    /// What a token's `aud` must be or hold. Needed with `jwks_url`.
    pub audience: Option<String>,
    /// What is thought of a token that does not say whether its e-mail address is verified.
    pub email_verified: EmailVerified,
    /// What becomes of an account that is there already under the verified e-mail address of a newcomer.
    pub existing_accounts: ExistingAccounts,
    /// Medusa's own secret for tokens (`JWT_SECRET` there).
    pub medusa_jwt_secret: Option<SecretString>,
    /// What the logins of persons follow from; Medusa's secret for tokens if absent. For when that one changes: logins that
    /// were made with it stay those of their persons.
    pub login_secret: Option<SecretString>,
    /// How long a token that is made for Medusa lives, in seconds: 120 to 86400.
    pub token_lifetime_seconds: u64,
}

impl Default for IdentityConfig {
    fn default() -> Self {
        Self {
            mode: IdentityMode::Forward,
            algorithm: None,
            secret: None,
            jwks_url: None,
            issuer: None,
            audience: None,
            email_verified: EmailVerified::Claimed,
            existing_accounts: ExistingAccounts::Refused,
            medusa_jwt_secret: None,
            login_secret: None,
            token_lifetime_seconds: TOKEN_LIFETIME,
        }
    }
}

impl IdentityConfig {
    /// Whether nothing is set that belongs to an exchange.
    pub(crate) fn is_plain(&self) -> bool {
        self.algorithm.is_none()
            && self.secret.is_none()
            && self.jwks_url.is_none()
            && self.issuer.is_none()
            && self.audience.is_none()
            && self.medusa_jwt_secret.is_none()
            && self.login_secret.is_none()
            && self.email_verified == EmailVerified::Claimed
            && self.existing_accounts == ExistingAccounts::Refused
            && self.token_lifetime_seconds == TOKEN_LIFETIME
    }

    pub(crate) fn token_lifetime(&self) -> Result<Duration, ConfigError> {
        match self.token_lifetime_seconds {
            seconds @ 120..=86_400 => Ok(Duration::from_secs(seconds)),
            _ => Err(ConfigError::of("identity.token_lifetime_seconds", "must be 120 to 86400")),
        }
    }
}

/// What becomes of a customer's token.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum IdentityMode {
    /// It goes to Medusa as it is: one of Medusa's own, or one that a plugin in Medusa takes.
    #[default]
    Forward,
    /// It is an identity provider's, checked here and exchanged for one of Medusa's.
    Exchange,
}

/// What becomes of an account that is there already under the verified e-mail address of a newcomer.
// Medusa: anybody can make an account with any address and a password, and its Store API answers them both from then on.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum ExistingAccounts {
    /// It is somebody else's, as far as the shop knows: the newcomer cannot sign in.
    #[default]
    Refused,
    /// It is the newcomer's. Only for shops where nobody can make an account with an address that is not theirs.
    Trusted,
}

/// What tokens are signed with (RFC 7518).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "UPPERCASE")]
pub enum TokenAlgorithm {
    /// HMAC with SHA-256: a secret that both sides have.
    Hs256,
    /// RSA with SHA-256: published keys.
    Rs256,
    /// ECDSA on P-256 with SHA-256: published keys.
    Es256,
}

/// Whether a token's e-mail address is taken for verified where `email_verified` is not in it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum EmailVerified {
    /// No: the token must say so.
    #[default]
    Claimed,
    /// Yes: this provider verifies every address. A token that says the contrary is refused all the same.
    Assumed,
}

/// A version of Medusa's API.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Api {
    /// Medusa 1, as of 1.20.
    V1,
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

/// Ten minutes.
const TOKEN_LIFETIME: u64 = 600;

fn default_identity_ttl() -> u64 {
    60
}

impl MedusaConfig {
    /// A Medusa 2 at an address, with a publishable key and the defaults for the rest.
    pub fn new(base_url: impl Into<String>, publishable_key: impl Into<String>) -> Self {
        let publishable_key = SecretString::from(publishable_key.into());
        Self { api: Api::V2, publishable_key: Some(publishable_key), ..Self::medusa_1(base_url) }
    }

    /// A Medusa 1 at an address, seen through its default sales channel, with the defaults for the rest.
    pub fn medusa_1(base_url: impl Into<String>) -> Self {
        Self {
            base_url: base_url.into(),
            api: Api::V1,
            publishable_key: None,
            admin_key: None,
            default_currency: default_currency(),
            default_region_id: None,
            order_scan_limit: default_order_scan_limit(),
            identity_ttl_seconds: default_identity_ttl(),
            identity: IdentityConfig::default(),
        }
    }

    pub(crate) fn identity_ttl(&self) -> Duration {
        Duration::from_secs(self.identity_ttl_seconds)
    }
}

/// Why a shop cannot be reached as configured.
#[derive(Debug, thiserror::Error)]
pub enum ConfigError {
    /// The address or a key cannot be used.
    #[error(transparent)]
    Setup(#[from] o2s_medusa_client::SetupError),
    /// Settings do not go together.
    #[error("{key}: {reason}")]
    Setting {
        /// Which setting, from the integration's own table on.
        key: String,
        /// What is wrong with it.
        reason: String,
    },
}

impl ConfigError {
    pub(crate) fn of(key: impl Into<String>, reason: impl Into<String>) -> Self {
        Self::Setting { key: key.into(), reason: reason.into() }
    }
}
