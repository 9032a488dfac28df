//! Which shop, with which credential.

use std::fmt;

use secrecy::SecretString;
use serde::Deserialize;

/// How to reach the plugin of a Medusa shop.
///
/// Assets and services need an admin credential: [`admin_key`](Self::admin_key) or [`admin_user`](Self::admin_user). A
/// key costs the server about 28 ms of CPU with each call, a user's token 4.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ResourcesPluginConfig {
    /// Where Medusa listens, such as `http://localhost:9000`.
    pub base_url: String,
    /// The publishable API key; needed where related products come by the Store route.
    #[serde(default)]
    pub publishable_key: Option<SecretString>,
    /// The secret API key.
    #[serde(default)]
    pub admin_key: Option<SecretString>,
    /// An admin user, in place of the key.
    #[serde(default)]
    pub admin_user: Option<AdminLogin>,
    /// By which route relations between products are asked for.
    #[serde(default)]
    pub related_products: RelatedProducts,
    /// The category of the services that are shown first: its handle, name or id.
    #[serde(default = "featured_category")]
    pub featured_category: String,
}

/// An admin user's e-mail address and password.
#[derive(Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AdminLogin {
    /// The e-mail address.
    pub email: String,
    /// The password.
    pub password: SecretString,
}

impl fmt::Debug for AdminLogin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("AdminLogin").finish_non_exhaustive()
    }
}

/// A route to the relations between products.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum RelatedProducts {
    /// The Admin API.
    #[default]
    Admin,
    /// The Store API: needs no admin credential, and is quicker.
    Store,
}

fn featured_category() -> String {
    "featured-services".to_owned()
}

impl ResourcesPluginConfig {
    /// A shop at an address, without credentials and with the defaults for the rest.
    pub fn new(base_url: impl Into<String>) -> Self {
        Self {
            base_url: base_url.into(),
            publishable_key: None,
            admin_key: None,
            admin_user: None,
            related_products: RelatedProducts::default(),
            featured_category: featured_category(),
        }
    }
}

/// Why a shop cannot be reached as configured.
#[derive(Debug, thiserror::Error)]
pub enum ConfigError {
    /// The address or a credential cannot be used.
    #[error(transparent)]
    Setup(#[from] o2s_medusa_client::SetupError),
    /// Two admin credentials.
    #[error("has both admin_key and admin_user: leave one of them out")]
    TwoCredentials,
    /// The Store route needs a publishable key.
    #[error("related_products = \"store\" needs publishable_key")]
    NoPublishableKey,
    /// The Admin route needs an admin credential.
    #[error("related_products = \"admin\" needs admin_key or admin_user; with \"store\" related products need neither")]
    NoCredential,
}
