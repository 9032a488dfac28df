//! The integrations that are compiled in: the one place that names them.

#[cfg(feature = "medusa-integration")]
mod medusa;
#[cfg(feature = "mock-integration")]
mod mock;

use std::sync::Arc;

use o2s_framework_core::Modules;
use o2s_framework_core::carts::CartsService;
use o2s_framework_core::checkout::CheckoutService;
use o2s_framework_core::customers::CustomersService;
use o2s_framework_core::orders::OrdersService;
use o2s_framework_core::payments::PaymentsService;
use o2s_framework_core::products::ProductsService;
use o2s_framework_core::resources::ResourcesService;

use crate::composition::Check;
use crate::config::{Config, Integration, Problems};

#[cfg(feature = "mock-integration")]
pub(crate) use mock::{demo, mint};
#[cfg(not(feature = "mock-integration"))]
pub(crate) use no_mock::{demo, mint};

/// Where modules come from. What a module depends on is handed in: it may come from elsewhere.
pub(crate) trait Source {
    fn products(&self) -> Arc<dyn ProductsService>;
    fn customers(&self) -> Arc<dyn CustomersService>;
    fn carts(&self, customers: Arc<dyn CustomersService>) -> Arc<dyn CartsService>;
    fn payments(&self) -> Arc<dyn PaymentsService>;
    fn checkout(&self, carts: Arc<dyn CartsService>, payments: Arc<dyn PaymentsService>) -> Arc<dyn CheckoutService>;
    fn orders(&self) -> Arc<dyn OrdersService>;
    /// Assets and services, where the integration has them.
    fn resources(&self) -> Option<Arc<dyn ResourcesService>>;
    /// How to ask the backend.
    fn check(&self) -> Check;
}

/// What a newcomer can try at once.
pub(crate) struct Demo {
    /// A variant that can be bought.
    pub(crate) sku: String,
    /// The currency to buy it in.
    pub(crate) currency: String,
}

/// The integrations of this program, in the order of the support matrix, each with a shop of it: with all that can be
/// configured, for its support alone, never to be called.
pub(crate) fn samples() -> Vec<(&'static str, Modules)> {
    let samples: Vec<Option<(&'static str, Modules)>> = vec![
        #[cfg(feature = "mock-integration")]
        Some(("mock", mock::sample())),
        #[cfg(feature = "medusa-integration")]
        medusa::sample().map(|modules| ("Medusa 2", modules)),
    ];
    samples.into_iter().flatten().collect()
}

/// The integration as configured; asks no backend. None where that cannot be, which is then among the problems.
#[cfg_attr(
    not(any(feature = "mock-integration", feature = "medusa-integration")),
    expect(unused_variables, reason = "a program without integrations reads no integration's configuration")
)]
pub(crate) fn source(integration: Integration, config: &Config, problems: &mut Problems) -> Option<Box<dyn Source>> {
    match integration {
        #[cfg(feature = "mock-integration")]
        Integration::Mock => mock::source(config, problems),
        #[cfg(feature = "medusa-integration")]
        Integration::Medusa => medusa::source(config, problems),
        Integration::None => None,
        #[cfg(not(all(feature = "mock-integration", feature = "medusa-integration")))]
        integration => {
            let message = format!(
                "is not in this program: build it with the feature {integration}-integration, or choose another \
                 integration for the modules"
            );
            problems.push(crate::config::Problem::new(format!("integrations.{integration}"), message));
            None
        }
    }
}

/// A program without the shop in memory has no demo customers.
#[cfg(not(feature = "mock-integration"))]
mod no_mock {
    use std::time::Duration;

    use super::Demo;
    use crate::config::Config;

    pub(crate) fn mint(_: &Config, _: &str, _: Duration) -> Result<String, String> {
        Err("only the shop in memory has demo customers: build with the feature mock-integration".to_owned())
    }

    pub(crate) fn demo(_: &Config) -> Option<Demo> {
        None
    }
}
