use std::fmt;
use std::net::SocketAddr;
use std::time::Duration;

use o2s_framework_core::ids::RegionId;
use o2s_framework_core::money::Currency;
use o2s_framework_core::support::Module;
use o2s_framework_core::text::Locale;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::strict;

/// `[server]`: address, prefix, limits.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Server {
    /// The address to listen on; `PORT` replaces its port.
    pub bind: SocketAddr,
    /// What the path of every API route starts with, such as `/api`; none by default.
    #[serde(deserialize_with = "prefix")]
    pub prefix: String,
    /// The origins whose pages may call the API from a browser.
    #[serde(deserialize_with = "origins")]
    pub cors_origins: Vec<String>,
    /// How long a request may take: `30s`, `1m 30s`.
    #[serde(with = "duration")]
    pub request_timeout: Duration,
    /// How long a connection may go without the whole head of a request: idle, or sending it slowly.
    #[serde(with = "duration")]
    pub idle_timeout: Duration,
    /// How long running requests may go on after a signal to stop.
    #[serde(with = "duration")]
    pub shutdown_grace: Duration,
    /// The longest request body taken, in bytes.
    pub body_limit: usize,
    /// How many API requests are answered at the same time; more are refused with 503.
    pub max_requests: usize,
}

impl Default for Server {
    fn default() -> Self {
        Self {
            bind: SocketAddr::from(([127, 0, 0, 1], 3001)),
            prefix: String::new(),
            cors_origins: vec!["http://localhost:3000".to_owned()],
            request_timeout: Duration::from_secs(30),
            // Proxies commonly keep a connection for a minute; theirs has to end first.
            idle_timeout: Duration::from_secs(75),
            shutdown_grace: Duration::from_secs(10),
            body_limit: 100 * 1024,
            max_requests: 1024,
        }
    }
}

/// `[shop]`: what the shop speaks and sells in.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Shop {
    /// The languages that `x-locale` may name.
    pub locales: Vec<Locale>,
    /// The language of requests that name none; one of `locales`.
    pub default_locale: Locale,
    /// The currencies that `x-currency` may name.
    pub currencies: Vec<Currency>,
    /// The currency of requests that name none; one of `currencies`.
    pub default_currency: Currency,
    /// The region of requests in the default currency; if absent, the integration chooses one by the currency.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub default_region: Option<RegionId>,
}

impl Default for Shop {
    #[expect(clippy::expect_used, reason = "three constants that are language tags, which the tests read")]
    fn default() -> Self {
        let [en, de, pl] = ["en", "de", "pl"].map(|tag| tag.parse::<Locale>().expect("a language tag"));
        Self {
            locales: vec![en.clone(), de, pl],
            default_locale: en,
            currencies: vec![Currency::EUR, Currency::USD, Currency::PLN],
            default_currency: Currency::EUR,
            default_region: None,
        }
    }
}

/// `[log]`: what is logged, and how.
#[derive(Clone, Copy, Debug, Default, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Log {
    /// How much.
    pub level: LogLevel,
    /// In which form.
    pub format: LogFormat,
}

/// How much is logged. Libraries underneath log warnings only.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum LogLevel {
    /// Nothing.
    Off,
    /// What failed on our side or behind it.
    Error,
    /// What looks wrong.
    Warn,
    /// Every request with its status.
    #[default]
    Info,
    /// Why requests were refused, and calls of the backend.
    #[serde(alias = "verbose")]
    Debug,
    /// Everything.
    Trace,
}

/// The form of log lines.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum LogFormat {
    /// For people.
    #[default]
    Text,
    /// For programs: an object on each line.
    Json,
}

/// `[modules]`: the names of integrations, as written.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(super) struct ModuleNames {
    pub(super) default: Option<String>,
    products: Option<String>,
    regions: Option<String>,
    carts: Option<String>,
    checkout: Option<String>,
    customers: Option<String>,
    orders: Option<String>,
    returns: Option<String>,
    payments: Option<String>,
    resources: Option<String>,
}

impl ModuleNames {
    /// What is written for a module.
    pub(super) fn of(&self, module: Module) -> Option<&String> {
        match module {
            Module::Products => self.products.as_ref(),
            Module::Regions => self.regions.as_ref(),
            Module::Carts => self.carts.as_ref(),
            Module::Checkout => self.checkout.as_ref(),
            Module::Customers => self.customers.as_ref(),
            Module::Orders => self.orders.as_ref(),
            Module::Returns => self.returns.as_ref(),
            Module::Payments => self.payments.as_ref(),
            Module::Resources => self.resources.as_ref(),
        }
    }
}

/// The module that a module comes from the same integration as, where nothing is written for it.
pub(crate) fn leader(module: Module) -> Option<Module> {
    match module {
        Module::Regions => Some(Module::Carts),
        Module::Returns => Some(Module::Orders),
        Module::Products
        | Module::Carts
        | Module::Checkout
        | Module::Customers
        | Module::Orders
        | Module::Payments
        | Module::Resources => None,
    }
}

/// An integration that a module may come from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Integration {
    /// The shop in memory.
    Mock,
    /// Medusa's Store API.
    Medusa,
    /// Medusa's assets-and-services plugin. Only for resources.
    ResourcesPlugin,
    /// None: the shop does not have the module. Only for resources.
    None,
}

impl Integration {
    /// Every integration, compiled in or not.
    pub(crate) const ALL: [Self; 4] = [Self::Mock, Self::Medusa, Self::ResourcesPlugin, Self::None];

    /// The name in configuration.
    pub fn name(self) -> &'static str {
        match self {
            Self::Mock => "mock",
            Self::Medusa => "medusa",
            Self::ResourcesPlugin => "resources-plugin",
            Self::None => "none",
        }
    }

    /// The integration of this name; what to say where there is none.
    pub(super) fn from_name(name: &str) -> Result<Self, String> {
        let names = Self::ALL.map(Self::name);
        Self::ALL
            .into_iter()
            .find(|integration| integration.name() == name)
            .ok_or_else(|| format!("{name:?} is no integration; {}", suggestion(name, &names)))
    }
}

impl fmt::Display for Integration {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// What to write instead.
pub(super) fn suggestion(name: &str, known: &[&str]) -> String {
    strict::nearest(name, known)
        .map_or_else(|| format!("known are {}", known.join(", ")), |near| format!("did you mean {near:?}?"))
}

/// `api`, `/api` and `/api/` are the same prefix.
fn prefix<'de, D: Deserializer<'de>>(deserializer: D) -> Result<String, D::Error> {
    let text = String::deserialize(deserializer)?;
    let path = text.trim_matches('/');
    if path.is_empty() {
        return Ok(String::new());
    }
    let sound = path.split('/').all(|segment| {
        !segment.is_empty() && segment.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_' | b'.'))
    });
    let relative = path.split('/').any(|segment| segment.chars().all(|c| c == '.'));
    if sound && !relative {
        Ok(format!("/{path}"))
    } else {
        Err(serde::de::Error::custom("must be a path such as /api: letters, digits and - _ . between slashes"))
    }
}

fn origins<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<String>, D::Error> {
    Vec::<String>::deserialize(deserializer)?
        .iter()
        .map(|text| origin(text).map_err(serde::de::Error::custom))
        .collect()
}

/// An origin as browsers send it: scheme, host and port, no path.
fn origin(text: &str) -> Result<String, String> {
    let wrong = || format!("{text:?} must be an origin such as https://shop.example or http://localhost:3000");
    let url = url::Url::parse(text).map_err(|_| wrong())?;
    let bare = url.path() == "/" && url.query().is_none() && url.fragment().is_none() && url.username().is_empty();
    if bare && matches!(url.scheme(), "http" | "https") { Ok(url.origin().ascii_serialization()) } else { Err(wrong()) }
}

/// Durations as people write them.
mod duration {
    use super::{Deserialize, Deserializer, Duration, Serializer};

    pub(super) fn serialize<S: Serializer>(duration: &Duration, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(&humantime::format_duration(*duration))
    }

    pub(super) fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Duration, D::Error> {
        let text = String::deserialize(deserializer)?;
        match humantime::parse_duration(&text) {
            Ok(duration) if duration <= Duration::from_secs(3600) => Ok(duration),
            _ => Err(serde::de::Error::custom("must be a time up to 1h such as 30s, 500ms or 1m 30s")),
        }
    }
}
