//! The modules of a shop, composed.

use std::fmt;
use std::sync::Arc;

use crate::carts::CartsService;
use crate::checkout::CheckoutService;
use crate::customers::CustomersService;
use crate::guard::{Guarded, Timer};
use crate::orders::OrdersService;
use crate::payments::PaymentsService;
use crate::products::ProductsService;
use crate::regions::RegionsService;
use crate::resources::ResourcesService;
use crate::returns::ReturnsService;
use crate::support::{Module, Operation, Support};

/// A shop: one service for each module, from whatever integration.
#[derive(Clone)]
#[expect(missing_docs, reason = "each field is the service of the module it is named after")]
pub struct Modules {
    pub products: Arc<dyn ProductsService>,
    pub regions: Arc<dyn RegionsService>,
    pub carts: Arc<dyn CartsService>,
    pub checkout: Arc<dyn CheckoutService>,
    pub customers: Arc<dyn CustomersService>,
    pub orders: Arc<dyn OrdersService>,
    pub returns: Arc<dyn ReturnsService>,
    pub payments: Arc<dyn PaymentsService>,
    pub resources: Arc<dyn ResourcesService>,
}

impl Modules {
    /// The same shop with every service [guarded](crate::guard).
    #[must_use]
    pub fn guarded(self, timer: &Arc<dyn Timer>) -> Self {
        Self {
            products: Arc::new(Guarded::new(self.products, Arc::clone(timer))),
            regions: Arc::new(Guarded::new(self.regions, Arc::clone(timer))),
            carts: Arc::new(Guarded::new(self.carts, Arc::clone(timer))),
            checkout: Arc::new(Guarded::new(self.checkout, Arc::clone(timer))),
            customers: Arc::new(Guarded::new(self.customers, Arc::clone(timer))),
            orders: Arc::new(Guarded::new(self.orders, Arc::clone(timer))),
            returns: Arc::new(Guarded::new(self.returns, Arc::clone(timer))),
            payments: Arc::new(Guarded::new(self.payments, Arc::clone(timer))),
            resources: Arc::new(Guarded::new(self.resources, Arc::clone(timer))),
        }
    }

    /// What the shop does with each operation of the contract: module, name, support.
    pub fn support(&self) -> Vec<(Module, &'static str, Support)> {
        fn rows<O: Operation>(support: impl Fn(O) -> Support) -> impl Iterator<Item = (Module, &'static str, Support)> {
            O::ALL.iter().map(move |operation| (O::MODULE, operation.name(), support(*operation)))
        }
        rows(|operation| self.products.support(operation))
            .chain(rows(|operation| self.regions.support(operation)))
            .chain(rows(|operation| self.carts.support(operation)))
            .chain(rows(|operation| self.checkout.support(operation)))
            .chain(rows(|operation| self.customers.support(operation)))
            .chain(rows(|operation| self.orders.support(operation)))
            .chain(rows(|operation| self.returns.support(operation)))
            .chain(rows(|operation| self.payments.support(operation)))
            .chain(rows(|operation| self.resources.support(operation)))
            .collect()
    }
}

impl fmt::Debug for Modules {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Modules")
    }
}
