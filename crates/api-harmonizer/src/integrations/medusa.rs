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
use o2s_medusa_integration::{Api, ConfigError, Medusa, MedusaConfig};

use super::{Source, Transports};
use crate::composition::{Check, Question};
use crate::config::{Config, Integration, Problems};

pub(super) fn source(config: &Config, transports: &mut Transports, problems: &mut Problems) -> Option<Box<dyn Source>> {
    let region = config.shop.default_region.as_ref().map(|region| ("default_region_id", region.to_string()));
    let defaults = [("default_currency", config.shop.default_currency.to_string())].into_iter().chain(region);
    let settings = config.decode_integration::<MedusaConfig>(Integration::Medusa, defaults, problems)?;
    let key = "integrations.medusa.publishable_key";
    let may_be_v1 = problems.concern("integrations.medusa.api");
    if settings.api == Api::V2 && settings.publishable_key.is_none() && !problems.concern(key) && !may_be_v1 {
        problems.push(config.problem(key, "is required for Medusa 2"));
    }
    // What stands in for a missing address, key or version is none.
    if problems.concern("integrations.medusa.base_url") || problems.concern(key) || may_be_v1 {
        return None;
    }
    let transport = transports.to(&settings.base_url).map_err(ConfigError::from);
    match transport.and_then(|transport| Medusa::with_transport(&settings, transport)) {
        Ok(medusa) => Some(Box::new(Shop(Arc::new(medusa)))),
        Err(ConfigError::Setting { key, reason }) => {
            problems.push(config.problem(&format!("integrations.medusa.{key}"), reason));
            None
        }
        Err(error @ ConfigError::Setup(_)) => {
            problems.push(config.problem("integrations.medusa", error.to_string()));
            None
        }
    }
}

/// With an admin key, which some operations need.
pub(super) fn sample() -> Option<Modules> {
    Some(sample_shop()?.modules())
}

/// Of Medusa 1, which needs nothing but an address.
pub(super) fn sample_v1() -> Option<Modules> {
    Some(Medusa::new(&MedusaConfig::medusa_1("http://localhost:9000")).ok()?.modules())
}

/// The shop of the sample.
pub(super) fn sample_shop() -> Option<Medusa> {
    let mut settings = MedusaConfig::new("http://localhost:9000", "pk_none");
    settings.admin_key = Some("sk_none".to_owned().into());
    Medusa::new(&settings).ok()
}

struct Shop(Arc<Medusa>);

impl Source for Shop {
    fn products(&self, references: Option<Arc<dyn ProductReferences>>) -> Arc<dyn ProductsService> {
        self.0.products_with(references)
    }

    fn regions(&self) -> Arc<dyn RegionsService> {
        self.0.regions()
    }

    fn customers(&self) -> Arc<dyn CustomersService> {
        self.0.customers()
    }

    fn carts(&self, customers: Arc<dyn CustomersService>) -> Arc<dyn CartsService> {
        self.0.carts(customers)
    }

    fn payments(&self) -> Arc<dyn PaymentsService> {
        self.0.payments()
    }

    fn checkout(&self, carts: Arc<dyn CartsService>, payments: Arc<dyn PaymentsService>) -> Arc<dyn CheckoutService> {
        self.0.checkout(carts, payments)
    }

    fn orders(&self) -> Arc<dyn OrdersService> {
        self.0.orders()
    }

    fn returns(&self) -> Arc<dyn ReturnsService> {
        self.0.returns()
    }

    fn resources(&self) -> Option<Arc<dyn ResourcesService>> {
        None
    }

    fn customers_and_variants(&self) -> Option<(Arc<dyn Identify>, Arc<dyn VariantLookup>)> {
        Some((self.0.identity(), self.0.variants()))
    }

    fn check(&self) -> Check {
        let medusa = Arc::clone(&self.0);
        Arc::new(move |cx, question| {
            let medusa = Arc::clone(&medusa);
            Box::pin(async move {
                medusa.check(&cx).await?;
                match question {
                    Question::Ready => Ok(()),
                    Question::Whole => medusa.check_admin_key(&cx).await,
                }
            })
        })
    }
}
