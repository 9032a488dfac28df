//! Which integration serves which module.

use std::collections::BTreeMap;
use std::fmt;
use std::pin::Pin;
use std::sync::Arc;

use o2s_framework_core::Modules;
use o2s_framework_core::context::RequestContext;
use o2s_framework_core::error::Result;
use o2s_framework_core::resources::AbsentResources;
use o2s_framework_core::support::Module;

use crate::config::{Config, Integration, Problems, leader};
use crate::integrations::{self, Source, Transports};

/// What is said of resources where no integration has them.
const NO_RESOURCES: &str = "no integration of this shop has assets and services; set modules.resources to one that has";

/// Modules that are asked for together, and what is said where they are not: checkout works on carts and payment
/// sessions of its own backend, carts on its regions, returns on its orders.
const TOGETHER: [(&[Module], &str); 2] = [
    (
        &[Module::Carts, Module::Checkout, Module::Payments, Module::Regions],
        "carts, checkout, payments and regions come from one integration",
    ),
    (&[Module::Orders, Module::Returns], "orders and returns come from one integration"),
];

/// The answer of a backend.
pub(crate) type Answer = Pin<Box<dyn Future<Output = Result<()>> + Send>>;

/// What a backend is asked.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Question {
    /// Whether requests can be sent there; asked often.
    Ready,
    /// Whether it takes all that is configured.
    Whole,
}

/// How to ask a backend.
pub(crate) type Check = Arc<dyn Fn(RequestContext, Question) -> Answer + Send + Sync>;

/// A backend that can be asked whether it is there.
#[derive(Clone)]
pub struct Backend {
    name: &'static str,
    modules: Vec<&'static str>,
    check: Check,
}

impl Backend {
    /// A backend: its name, the modules that come from it, and how to ask. The question is given two seconds.
    pub fn new<F, A>(name: &'static str, modules: Vec<&'static str>, check: F) -> Self
    where
        F: Fn(RequestContext) -> A + Send + Sync + 'static,
        A: Future<Output = Result<()>> + Send + 'static,
    {
        Self { name, modules, check: Arc::new(move |cx, _| Box::pin(check(cx))) }
    }

    /// Its name.
    pub(crate) fn name(&self) -> &'static str {
        self.name
    }

    /// The modules that come from it.
    pub(crate) fn modules(&self) -> &[&'static str] {
        &self.modules
    }

    /// Asks it.
    pub(crate) async fn check(&self, cx: RequestContext, question: Question) -> Result<()> {
        (self.check)(cx, question).await
    }
}

impl fmt::Debug for Backend {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Backend").field("name", &self.name).field("modules", &self.modules).finish_non_exhaustive()
    }
}

/// A shop, and the backends behind it.
#[derive(Clone, Debug)]
pub struct Composition {
    /// The shop.
    pub modules: Modules,
    /// What `/health/ready` asks.
    pub backends: Vec<Backend>,
}

/// A shop put together by hand, with no backend to ask.
impl From<Modules> for Composition {
    fn from(modules: Modules) -> Self {
        Self { modules, backends: Vec::new() }
    }
}

/// Makes the shop that a configuration asks for. Fails with everything that stands against it; asks no backend.
pub fn compose(config: &Config) -> Result<Composition, Problems> {
    let mut problems = Problems::default();
    match compose_into(config, &mut problems) {
        Some(composition) => problems.or(composition),
        None => Err(problems),
    }
}

/// As [`compose`]; what is wrong is added to what is known already.
pub(crate) fn compose_into(config: &Config, problems: &mut Problems) -> Option<Composition> {
    check_together(config, problems);
    // Every integration that is used is made first, so that the problems of all of them are told.
    let mut transports = Transports::default();
    let mut sources: BTreeMap<Integration, Box<dyn Source>> = BTreeMap::new();
    for integration in Integration::ALL {
        if !modules_of(config, integration).is_empty()
            && let Some(source) = integrations::source(integration, config, &mut transports, problems)
        {
            sources.insert(integration, source);
        }
    }
    let plugged = plugged_modules(config);
    let plugin = if plugged.is_empty() { None } else { integrations::plugin(config, &mut transports, problems) };
    let of = |module| sources.get(&config.integration(module));

    // In the order of their dependencies.
    let products = of(Module::Products)?.products(plugin.as_ref().map(|plugin| plugin.references()));
    let regions = of(Module::Regions)?.regions();
    let customers = of(Module::Customers)?.customers();
    let carts = of(Module::Carts)?.carts(Arc::clone(&customers));
    let payments = of(Module::Payments)?.payments();
    let checkout = of(Module::Checkout)?.checkout(Arc::clone(&carts), Arc::clone(&payments));
    let orders = of(Module::Orders)?.orders();
    let returns = of(Module::Returns)?.returns();
    let resources = match config.integration(Module::Resources) {
        Integration::None => Arc::new(AbsentResources { reason: NO_RESOURCES }),
        Integration::ResourcesPlugin => {
            let shop = of(Module::Products)?.customers_and_variants().or_else(|| {
                let message = "resources-plugin shows products of a Medusa: set modules.products to \"medusa\"";
                problems.push(config.problem("modules.resources", message));
                None
            });
            let (customers, variants) = shop?;
            plugin.as_ref()?.resources(customers, Arc::clone(&products), variants)
        }
        integration => of(Module::Resources)?.resources().or_else(|| {
            let message = format!("{integration} has no resources: choose \"none\", or an integration that has them");
            problems.push(config.problem("modules.resources", message));
            None
        })?,
    };
    let modules = Modules { products, regions, carts, checkout, customers, orders, returns, payments, resources };
    let backends = sources.iter().map(|(integration, source)| Backend {
        name: integration.name(),
        modules: modules_of(config, *integration),
        check: source.check(),
    });
    let plugin = plugin.map(|plugin| Backend {
        name: Integration::ResourcesPlugin.name(),
        modules: plugged,
        check: plugin.check(),
    });
    Some(Composition { modules, backends: backends.chain(plugin).collect() })
}

/// The modules that come from an integration.
pub(crate) fn modules_of(config: &Config, integration: Integration) -> Vec<&'static str> {
    Module::ALL.into_iter().filter(|module| config.integration(*module) == integration).map(Module::name).collect()
}

/// The modules that the plugin has a part in: resources where they come from it, and Medusa's products, whose relations
/// it keeps, wherever it is spoken of.
fn plugged_modules(config: &Config) -> Vec<&'static str> {
    let mut modules = modules_of(config, Integration::ResourcesPlugin);
    let is_spoken_of = !modules.is_empty() || config.mentions(Integration::ResourcesPlugin);
    if is_spoken_of && config.integration(Module::Products) == Integration::Medusa {
        modules.insert(0, Module::Products.name());
    }
    modules
}

/// What belongs together comes from one integration.
fn check_together(config: &Config, problems: &mut Problems) {
    for (modules, rule) in TOGETHER {
        let Some((first, others)) = modules.split_first() else { continue };
        let wanted = config.integration(*first);
        for module in others {
            let integration = config.integration(*module);
            if integration != wanted {
                let key = format!("modules.{module}");
                let otherwise = if leader(*module).is_some() { ", as they do without this key" } else { "" };
                let message = format!("{integration} cannot work with {first} of {wanted}: {rule}{otherwise}");
                problems.push(config.problem(&key, message));
            }
        }
    }
}

#[cfg(test)]
#[cfg(all(feature = "mock-integration", feature = "medusa-integration"))]
mod tests {
    use std::time::Duration;

    use o2s_framework_core::support::Support;

    use super::*;
    use crate::config::Environment;

    fn config(toml: &str, variables: &[(&str, &str)]) -> Config {
        let folder = tempfile::TempDir::new().unwrap();
        let path = folder.path().join("harmonizer.toml");
        std::fs::write(&path, toml).unwrap();
        Config::load(Some(&path), &Environment::from_pairs(variables.iter().copied())).unwrap()
    }

    fn problems(toml: &str, variables: &[(&str, &str)]) -> Vec<String> {
        compose(&config(toml, variables)).unwrap_err().iter().map(ToString::to_string).collect()
    }

    const MEDUSA: [(&str, &str); 2] =
        [("MEDUSAJS_BASE_URL", "http://localhost:9000"), ("MEDUSAJS_PUBLISHABLE_API_KEY", "pk_1")];

    #[test]
    fn modules_come_from_where_they_are_configured() {
        let toml = "[modules]\nproducts = \"medusa\"\nresources = \"none\"";
        let shop = compose(&config(toml, &MEDUSA)).unwrap();
        let backends: Vec<_> =
            shop.backends.iter().map(|backend| (backend.name(), backend.modules().to_vec())).collect();
        assert_eq!(
            backends,
            [
                ("mock", vec!["regions", "carts", "checkout", "customers", "orders", "returns", "payments"]),
                ("medusa", vec!["products"])
            ]
        );
        let mut resources = shop.modules.support().into_iter().filter(|(module, _, _)| *module == Module::Resources);
        assert!(resources.all(|(_, _, support)| support == Support::Absent(NO_RESOURCES)));
    }

    #[test]
    fn an_existing_deployment_needs_no_file() {
        let shop = compose(&config("", &MEDUSA)).unwrap();
        assert_eq!(shop.backends.len(), 1);
        assert_eq!(shop.backends[0].modules().len(), 8);
    }

    #[test]
    fn what_cannot_be_composed_is_told_with_what_to_do() {
        let toml = "[modules]\ncarts = \"medusa\"\nresources = \"medusa\"\n[integrations.mock]\nsead = 1";
        assert_eq!(
            problems(toml, &[]),
            [
                "modules.checkout: mock cannot work with carts of medusa: carts, checkout, payments and regions come from one \
                 integration",
                "modules.payments: mock cannot work with carts of medusa: carts, checkout, payments and regions come from one \
                 integration",
                "integrations.mock.sead: is not known here; did you mean seed?",
                "integrations.medusa.base_url: is required",
                "integrations.medusa.publishable_key: is required for Medusa 2",
            ]
        );
        let toml = "[modules]\nresources = \"medusa\"";
        assert_eq!(
            problems(toml, &MEDUSA),
            ["modules.resources: medusa has no resources: choose \"none\", or an integration that has them"]
        );
    }

    #[test]
    fn regions_go_with_carts_and_returns_with_orders() {
        let toml = "[modules]\ncarts = \"medusa\"\ncheckout = \"medusa\"\npayments = \"medusa\"";
        let shop = compose(&config(toml, &MEDUSA)).unwrap();
        assert_eq!(shop.backends[1].modules(), ["regions", "carts", "checkout", "payments"]);
        let toml = "[modules]\norders = \"medusa\"";
        let shop = compose(&config(toml, &MEDUSA)).unwrap();
        assert_eq!(shop.backends[1].modules(), ["orders", "returns"]);
        let toml = "[modules]\nregions = \"medusa\"\nreturns = \"medusa\"";
        assert_eq!(
            problems(toml, &MEDUSA),
            [
                "modules.regions: medusa cannot work with carts of mock: carts, checkout, payments and regions come from one \
                 integration, as they do without this key",
                "modules.returns: medusa cannot work with orders of mock: orders and returns come from one integration, as they \
                 do without this key",
            ]
        );
    }

    #[cfg(feature = "resources-plugin")]
    #[test]
    fn the_plugin_takes_what_its_medusa_has() {
        let toml = "[modules]\nresources = \"resources-plugin\"\ndefault = \"medusa\"";
        let admin = ("MEDUSAJS_ADMIN_API_KEY", "sk_1");
        let shop = compose(&config(toml, &[MEDUSA[0], MEDUSA[1], admin])).unwrap();
        assert_eq!(shop.backends[1].name(), "resources-plugin");
        assert_eq!(shop.backends[1].modules(), ["products", "resources"]);
        let supported = |name: &str| {
            let support = shop.modules.support().into_iter().find(|(_, operation, _)| *operation == name);
            support.is_some_and(|(_, _, support)| support.is_available())
        };
        assert!(supported("list_related_products") && supported("list_assets") && supported("get_service"));
        assert!(!supported("purchase_service"));
    }

    #[cfg(feature = "resources-plugin")]
    #[test]
    fn related_products_alone_need_no_admin_key() {
        let toml = "[integrations.resources-plugin]\nrelated_products = \"store\"";
        let shop = compose(&config(toml, &MEDUSA)).unwrap();
        assert_eq!(shop.backends[1].modules(), ["products"]);
        let toml = "[integrations.resources-plugin]\nrelated_products = \"admin\"";
        assert_eq!(
            problems(toml, &MEDUSA),
            [
                "integrations.resources-plugin: related_products = \"admin\" needs admin_key or admin_user; with \"store\" \
              related products need neither"
            ]
        );
    }

    #[cfg(feature = "resources-plugin")]
    #[test]
    fn the_plugin_needs_a_medusa_beside_it() {
        let toml = "[modules]\nresources = \"resources-plugin\"\n[integrations.resources-plugin]\nbase_url = \
                    \"http://localhost:9000\"\nadmin_key = \"sk_1\"";
        assert_eq!(
            problems(toml, &[]),
            ["modules.resources: resources-plugin shows products of a Medusa: set modules.products to \"medusa\""]
        );
        let toml = "[modules]\nproducts = \"resources-plugin\"";
        let folder = tempfile::TempDir::new().unwrap();
        let path = folder.path().join("harmonizer.toml");
        std::fs::write(&path, toml).unwrap();
        let problems = Config::load(Some(&path), &Environment::default()).unwrap_err();
        let told: Vec<_> = problems.iter().map(ToString::to_string).collect();
        assert_eq!(
            told,
            ["modules.products: the plugin has resources alone: choose another integration here, and \
              \"resources-plugin\" for resources"]
        );
    }

    #[cfg(feature = "resources-plugin")]
    #[tokio::test]
    async fn integrations_of_one_backend_share_its_connections() {
        use std::sync::atomic::{AtomicUsize, Ordering};
        use std::time::Duration;

        use axum::Json;
        use axum::serve::ListenerExt;
        use serde_json::json;

        // The same address, spelled otherwise; another one.
        for (plugins, expected) in [("/", 1), ("/below", 2)] {
            let connections = Arc::new(AtomicUsize::new(0));
            let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
            let address = format!("http://{}", listener.local_addr().unwrap());
            let counter = Arc::clone(&connections);
            let listener = listener.tap_io(move |_| {
                counter.fetch_add(1, Ordering::SeqCst);
            });
            let nothing = async || Json(json!({ "regions": [], "serviceInstances": [], "count": 0 }));
            let server = tokio::spawn(axum::serve(listener, axum::Router::new().fallback(nothing)).into_future());

            let toml = format!(
                "[modules]\ndefault = \"medusa\"\nresources = \"resources-plugin\"\n[integrations.resources-plugin]\n\
                 base_url = \"{address}{plugins}\"\nadmin_key = \"sk_1\""
            );
            let shop = compose(&config(&toml, &[("MEDUSAJS_BASE_URL", &address), MEDUSA[1]])).unwrap();
            let names: Vec<_> = shop.backends.iter().map(Backend::name).collect();
            assert_eq!(names, ["medusa", "resources-plugin"]);
            for backend in shop.backends.iter().chain(&shop.backends) {
                backend.check(RequestContext::guest("check", Duration::from_secs(5)), Question::Whole).await.unwrap();
            }
            assert_eq!(connections.load(Ordering::SeqCst), expected, "the plugin at {plugins}");
            server.abort();
        }
    }

    #[cfg(feature = "resources-plugin")]
    #[test]
    fn an_address_that_leads_nowhere_is_told_of_everybody_who_has_it() {
        let toml = "[modules]\ndefault = \"medusa\"\nresources = \"resources-plugin\"";
        let variables = [("MEDUSAJS_BASE_URL", "ftp://shop"), MEDUSA[1], ("MEDUSAJS_ADMIN_API_KEY", "sk_1")];
        let told = "the base address of the backend cannot be used: it must begin with http:// or https://";
        assert_eq!(
            problems(toml, &variables),
            [format!("integrations.medusa: {told}"), format!("integrations.resources-plugin: {told}")]
        );
    }

    #[test]
    fn medusa_1_needs_an_address_alone() {
        let of = |address, more| {
            format!("[modules]\ndefault = \"medusa\"\n[integrations.medusa]\n{address}api = \"v1\"\n{more}")
        };
        let shop = compose(&config(&of("base_url = \"http://localhost:9001\"\n", ""), &[])).unwrap();
        assert_eq!(shop.backends[0].modules().len(), 8);
        assert!(compose(&config("", &[MEDUSA[0], ("MEDUSAJS_API", "v1")])).is_ok());
        assert_eq!(problems(&of("", ""), &[]), ["integrations.medusa.base_url: is required"]);
        assert_eq!(
            problems(&of("", "admin_key = \"sk_1\""), &MEDUSA),
            ["integrations.medusa.admin_key: is for Medusa 2: the modules over Medusa 1 need none"]
        );
        assert_eq!(
            problems(&of("", "[integrations.medusa.identity]\nmode = \"exchange\""), &MEDUSA),
            ["integrations.medusa.identity.mode: exchange needs Medusa 2"]
        );
        assert_eq!(
            problems("[integrations.medusa]\napi = \"v3\"", &MEDUSA[..1]),
            ["integrations.medusa.api: must be one of v1, v2"]
        );
    }

    #[cfg(feature = "resources-plugin")]
    #[test]
    fn the_plugin_is_not_for_medusa_1() {
        let told = "integrations.medusa.api: is \"v1\", but resources-plugin runs in a Medusa 2: set modules.resources \
                    to \"none\" and leave out the table integrations.resources-plugin, or speak to a Medusa 2";
        let v1 = "[integrations.medusa]\napi = \"v1\"";
        for toml in [
            format!("[modules]\ndefault = \"medusa\"\nresources = \"resources-plugin\"\n{v1}"),
            format!("[integrations.resources-plugin]\nrelated_products = \"store\"\n{v1}"),
        ] {
            assert_eq!(problems(&toml, &MEDUSA), [told]);
        }
    }

    #[test]
    fn an_identity_that_cannot_be_established_is_told() {
        let told = |identity: &str| {
            problems(
                &format!("[integrations.medusa]\nadmin_key = \"sk_1\"\n[integrations.medusa.identity]\n{identity}"),
                &MEDUSA,
            )
        };
        assert_eq!(
            told("mode = \"exchange\"\nalgorithm = \"HS256\"\nsecret = \"s\""),
            ["integrations.medusa.identity.medusa_jwt_secret: is required in mode exchange"]
        );
        assert_eq!(told("mode = \"guess\""), ["integrations.medusa.identity.mode: must be one of forward, exchange"]);
        assert_eq!(
            told("isuer = \"x\""),
            ["integrations.medusa.identity.isuer: is not known here; did you mean issuer?"]
        );
    }

    #[test]
    fn tokens_are_made_for_the_shop_in_memory_alone() {
        let mint = |config: &Config| integrations::mint(config, "jane", Duration::from_secs(60));
        assert!(mint(&config("", &[])).is_ok());
        assert!(mint(&config("[modules]\nproducts = \"medusa\"\ncustomers = \"mock\"", &MEDUSA)).is_ok());
        assert!(mint(&config("", &MEDUSA)).unwrap_err().contains("no module is the shop in memory"));
    }

    #[test]
    fn what_the_shop_says_holds_for_its_backend() {
        let variables = [MEDUSA[0], MEDUSA[1], ("DEFAULT_CURRENCY", "USD"), ("DEFAULT_REGION_ID", "reg_1")];
        assert!(compose(&config("", &variables)).is_ok());
        let wrong = "[integrations.medusa]\ndefault_currency = \"dollars\"\npublishable_key = 5";
        assert_eq!(
            problems(wrong, &variables[..1]),
            [
                "integrations.medusa.default_currency: must be an ISO 4217 currency code such as EUR",
                "integrations.medusa.publishable_key: must be a string",
            ]
        );
    }
}
