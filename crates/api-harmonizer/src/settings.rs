//! What the HTTP side needs to know, whatever it was configured with.

use std::time::Duration;

use o2s_framework_core::ids::RegionId;
use o2s_framework_core::money::Currency;
use o2s_framework_core::text::Locale;

use crate::config::{Server, Shop};

/// Settings of the [`router`](crate::router). [`Settings::default`] serves English, German and Polish,
/// euros, dollars and złoty, and local front ends.
#[derive(Clone, Debug)]
pub struct Settings {
    /// What the path of every API route starts with, such as `/api`; empty for none. Health and documentation stay at
    /// the root; `/health` answers under the prefix too.
    pub prefix: String,
    /// The origins whose pages may call the API from a browser, such as `https://shop.example`.
    pub cors_origins: Vec<String>,
    /// The languages that `x-locale` may name.
    pub locales: Vec<Locale>,
    /// The language of requests that name none.
    pub default_locale: Locale,
    /// The currencies that `x-currency` may name.
    pub currencies: Vec<Currency>,
    /// The currency of requests that name none.
    pub default_currency: Currency,
    /// The region of requests in the default currency; if none, the integration chooses one by the currency.
    pub default_region: Option<RegionId>,
    /// How long a request may take, from its last header to the answer.
    pub request_timeout: Duration,
    /// The longest request body taken, in bytes.
    pub body_limit: usize,
    /// How many API requests are answered at the same time; more are refused with 503.
    pub max_requests: usize,
}

impl Settings {
    /// The settings that these tables say.
    pub(crate) fn of(server: &Server, shop: &Shop) -> Self {
        Self {
            prefix: server.prefix.clone(),
            cors_origins: server.cors_origins.clone(),
            locales: shop.locales.clone(),
            default_locale: shop.default_locale.clone(),
            currencies: shop.currencies.clone(),
            default_currency: shop.default_currency,
            default_region: shop.default_region.clone(),
            request_timeout: server.request_timeout,
            body_limit: server.body_limit,
            max_requests: server.max_requests,
        }
    }
}

impl Default for Settings {
    fn default() -> Self {
        Self::of(&Server::default(), &Shop::default())
    }
}
