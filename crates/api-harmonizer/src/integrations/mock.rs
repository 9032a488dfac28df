use std::sync::Arc;
use std::time::Duration;

use o2s_framework_core::Modules;
use o2s_framework_core::carts::CartsService;
use o2s_framework_core::checkout::CheckoutService;
use o2s_framework_core::customers::CustomersService;
use o2s_framework_core::identity::Identify;
use o2s_framework_core::ids::OrderId;
use o2s_framework_core::orders::OrdersService;
use o2s_framework_core::payments::PaymentsService;
use o2s_framework_core::products::{ProductReferences, ProductsService, VariantLookup};
use o2s_framework_core::regions::RegionsService;
use o2s_framework_core::resources::ResourcesService;
use o2s_framework_core::returns::ReturnsService;
use o2s_framework_core::support::Module;
use o2s_mock_integration::{Mock, MockConfig};

use super::{Demo, Source};
use crate::composition::Check;
use crate::config::{Config, Integration, Problems};

pub(super) fn source(config: &Config, problems: &mut Problems) -> Option<Box<dyn Source>> {
    Some(Box::new(mock(config, problems)?))
}

pub(super) fn sample() -> Modules {
    Mock::new(&MockConfig::default()).modules()
}

fn mock(config: &Config, problems: &mut Problems) -> Option<Mock> {
    let settings: MockConfig = config.decode_integration(Integration::Mock, [], problems)?;
    Some(Mock::new(&settings))
}

/// The shop in memory is one whole: its carts know its customers, its checkout its carts and payments.
impl Source for Mock {
    fn products(&self, _: Option<Arc<dyn ProductReferences>>) -> Arc<dyn ProductsService> {
        Mock::products(self)
    }

    fn regions(&self) -> Arc<dyn RegionsService> {
        Mock::regions(self)
    }

    fn customers(&self) -> Arc<dyn CustomersService> {
        Mock::customers(self)
    }

    fn carts(&self, _: Arc<dyn CustomersService>) -> Arc<dyn CartsService> {
        Mock::carts(self)
    }

    fn payments(&self) -> Arc<dyn PaymentsService> {
        Mock::payments(self)
    }

    fn checkout(&self, _: Arc<dyn CartsService>, _: Arc<dyn PaymentsService>) -> Arc<dyn CheckoutService> {
        Mock::checkout(self)
    }

    fn orders(&self) -> Arc<dyn OrdersService> {
        Mock::orders(self)
    }

    fn returns(&self) -> Arc<dyn ReturnsService> {
        Mock::returns(self)
    }

    fn resources(&self) -> Option<Arc<dyn ResourcesService>> {
        Some(Mock::resources(self))
    }

    fn customers_and_variants(&self) -> Option<(Arc<dyn Identify>, Arc<dyn VariantLookup>)> {
        None
    }

    fn check(&self) -> Check {
        Arc::new(|_, _| Box::pin(async { Ok(()) }))
    }
}

/// A token of a demo customer, which every shop in memory with this configuration takes.
pub(crate) fn mint(config: &Config, customer: &str, lifetime: Duration) -> Result<String, String> {
    let token = minting(config)?.mint_token(customer, lifetime).map_err(|error| error.to_string())?;
    Ok(token.expose().to_owned())
}

/// A token to claim an order with, which every shop in memory with this configuration takes from a customer who has
/// asked it for the order.
pub(crate) fn mint_claim(
    config: &Config,
    order: &OrderId,
    customer: &str,
    lifetime: Duration,
) -> Result<String, String> {
    let token = minting(config)?.mint_claim_token(order, customer, lifetime).map_err(|error| error.to_string())?;
    Ok(token.expose().to_owned())
}

/// A shop to mint tokens with, where any module is the shop in memory: nothing else takes them.
fn minting(config: &Config) -> Result<Mock, String> {
    if !Module::ALL.into_iter().any(|module| config.integration(module) == Integration::Mock) {
        return Err(
            "no module is the shop in memory, and nothing else takes its tokens: sign in at the shop".to_owned()
        );
    }
    let mut problems = Problems::default();
    mock(config, &mut problems).ok_or_else(|| problems.to_string())
}

/// What a newcomer can try, where the modules that it calls are the shop in memory.
pub(crate) fn demo(config: &Config) -> Option<Demo> {
    let called = [Module::Products, Module::Carts, Module::Orders];
    if called.iter().any(|module| config.integration(*module) != Integration::Mock) {
        return None;
    }
    let variant = Mock::new(&MockConfig::default()).facts().variants.plain;
    let sold_in = |currency| variant.prices.iter().any(|(other, _)| *other == currency);
    let wanted = config.shop.default_currency;
    let currency = if sold_in(wanted) { wanted } else { variant.prices.first()?.0 };
    Some(Demo { sku: variant.sku.to_string(), currency: currency.to_string() })
}
