//! The integrations that are compiled in: the one place that names them.

#[cfg(feature = "medusa-integration")]
mod medusa;
#[cfg(feature = "mock-integration")]
mod mock;
#[cfg(feature = "resources-plugin")]
mod resources_plugin;
#[cfg(feature = "medusa-integration")]
mod transports;

use std::sync::Arc;

use o2s_framework_core::Modules;
use o2s_framework_core::carts::CartsService;
use o2s_framework_core::checkout::CheckoutService;
use o2s_framework_core::customers::CustomersService;
use o2s_framework_core::identity::Identify;
use o2s_framework_core::orders::OrdersService;
use o2s_framework_core::payments::PaymentsService;
use o2s_framework_core::products::{ProductReferences, ProductsService, VariantLookup};
use o2s_framework_core::regions::RegionsService;
use o2s_framework_core::resources::ResourcesService;
use o2s_framework_core::returns::ReturnsService;

use crate::composition::Check;
use crate::config::{Config, Integration, Problems};

#[cfg(feature = "mock-integration")]
pub(crate) use mock::{demo, mint, mint_claim};
#[cfg(not(feature = "mock-integration"))]
pub(crate) use no_mock::{demo, mint, mint_claim};
#[cfg(feature = "medusa-integration")]
pub(crate) use transports::Transports;

/// Where modules come from. What a module depends on is handed in: it may come from elsewhere.
pub(crate) trait Source {
    /// Products; related ones by `references`, where the integration does not keep them itself.
    fn products(&self, references: Option<Arc<dyn ProductReferences>>) -> Arc<dyn ProductsService>;
    fn regions(&self) -> Arc<dyn RegionsService>;
    fn customers(&self) -> Arc<dyn CustomersService>;
    fn carts(&self, customers: Arc<dyn CustomersService>) -> Arc<dyn CartsService>;
    fn payments(&self) -> Arc<dyn PaymentsService>;
    fn checkout(&self, carts: Arc<dyn CartsService>, payments: Arc<dyn PaymentsService>) -> Arc<dyn CheckoutService>;
    fn orders(&self) -> Arc<dyn OrdersService>;
    fn returns(&self) -> Arc<dyn ReturnsService>;
    /// Assets and services, where the integration has them.
    fn resources(&self) -> Option<Arc<dyn ResourcesService>>;
    /// What the resources of the same shop are shown with, where the integration has that.
    fn customers_and_variants(&self) -> Option<(Arc<dyn Identify>, Arc<dyn VariantLookup>)>;
    /// How to ask the backend.
    fn check(&self) -> Check;
}

/// Where resources and the relations between products come from, beside a shop that has neither.
pub(crate) trait Plugin {
    fn references(&self) -> Arc<dyn ProductReferences>;
    fn resources(
        &self,
        customers: Arc<dyn Identify>,
        products: Arc<dyn ProductsService>,
        variants: Arc<dyn VariantLookup>,
    ) -> Arc<dyn ResourcesService>;
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
        #[cfg(feature = "resources-plugin")]
        resources_plugin::sample().map(|modules| ("Medusa 2 + plugin", modules)),
        #[cfg(feature = "medusa-integration")]
        medusa::sample_v1().map(|modules| ("Medusa 1", modules)),
    ];
    samples.into_iter().flatten().collect()
}

/// The integration as configured; asks no backend. None where that cannot be, which is then among the problems.
#[cfg_attr(
    not(feature = "medusa-integration"),
    expect(unused_variables, reason = "not every integration has a backend, and a program may have none at all")
)]
pub(crate) fn source(
    integration: Integration,
    config: &Config,
    transports: &mut Transports,
    problems: &mut Problems,
) -> Option<Box<dyn Source>> {
    match integration {
        #[cfg(feature = "mock-integration")]
        Integration::Mock => mock::source(config, problems),
        #[cfg(feature = "medusa-integration")]
        Integration::Medusa => medusa::source(config, transports, problems),
        // It has resources alone: see [`plugin`].
        Integration::ResourcesPlugin | Integration::None => None,
        #[cfg(not(all(feature = "mock-integration", feature = "medusa-integration")))]
        integration => {
            problems.push(left_out(integration, &format!("{integration}-integration")));
            None
        }
    }
}

/// The plugin as configured; asks no backend. None where that cannot be, which is then among the problems.
#[cfg(feature = "resources-plugin")]
pub(crate) fn plugin(config: &Config, transports: &mut Transports, problems: &mut Problems) -> Option<Box<dyn Plugin>> {
    resources_plugin::plugin(config, transports, problems)
}

#[cfg(not(feature = "resources-plugin"))]
pub(crate) fn plugin(_: &Config, _: &mut Transports, problems: &mut Problems) -> Option<Box<dyn Plugin>> {
    problems.push(left_out(Integration::ResourcesPlugin, "resources-plugin"));
    None
}

/// What is said of an integration that is not compiled in.
#[cfg(not(all(feature = "mock-integration", feature = "medusa-integration", feature = "resources-plugin")))]
fn left_out(integration: Integration, feature: &str) -> crate::config::Problem {
    let message = format!(
        "is not in this program: build it with the feature {feature}, or choose another integration for the modules"
    );
    crate::config::Problem::new(format!("integrations.{integration}"), message)
}

/// A program without Medusa has no backends.
#[cfg(not(feature = "medusa-integration"))]
#[derive(Default)]
pub(crate) struct Transports {}

/// A program without the shop in memory has no demo customers.
#[cfg(not(feature = "mock-integration"))]
mod no_mock {
    use std::time::Duration;

    use o2s_framework_core::ids::OrderId;

    use super::Demo;
    use crate::config::Config;

    const NONE: &str = "only the shop in memory has demo customers: build with the feature mock-integration";

    pub(crate) fn mint(_: &Config, _: &str, _: Duration) -> Result<String, String> {
        Err(NONE.to_owned())
    }

    pub(crate) fn mint_claim(_: &Config, _: &OrderId, _: &str, _: Duration) -> Result<String, String> {
        Err(NONE.to_owned())
    }

    pub(crate) fn demo(_: &Config) -> Option<Demo> {
        None
    }
}
