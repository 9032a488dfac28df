#![doc = include_str!("../README.md")]

mod carts;
mod catalogue;
mod checkout;
mod config;
mod customers;
mod facts;
mod ids;
mod known;
mod language;
mod members;
mod orders;
mod payments;
mod pricing;
mod products;
mod promotions;
mod regions;
mod resources;
mod seed;
mod shipping;
mod shop;
mod tokens;
mod violations;

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use o2s_framework_core::Modules;
use o2s_framework_core::carts::CartsService;
use o2s_framework_core::checkout::CheckoutService;
use o2s_framework_core::context::CustomerToken;
use o2s_framework_core::customers::CustomersService;
use o2s_framework_core::orders::OrdersService;
use o2s_framework_core::payments::PaymentsService;
use o2s_framework_core::products::ProductsService;
use o2s_framework_core::resources::ResourcesService;

pub use config::MockConfig;
pub use facts::{CustomerFacts, Facts, PromotionFacts, ProviderFacts, RegionFacts, VariantFact, VariantFacts};

use shop::Shop;

/// The shop. All services of one value work on the same state; a clone is the same shop.
#[derive(Clone)]
pub struct Mock {
    shop: Arc<Shop>,
}

/// Shows nothing of what is in it: carts are personal, and payment sessions hold secrets.
impl fmt::Debug for Mock {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Mock")
    }
}

/// A name that is no customer of the shop's.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the shop has no customer {name}: it knows {known}")]
pub struct UnknownCustomer {
    name: String,
    known: String,
}

impl Mock {
    /// Opens a shop: full shelves, saved addresses, past orders, no carts.
    pub fn new(config: &MockConfig) -> Self {
        Self { shop: Arc::new(Shop::new(config)) }
    }

    /// The catalogue.
    pub fn products(&self) -> Arc<dyn ProductsService> {
        Arc::new(products::MockProducts(Arc::clone(&self.shop)))
    }

    /// Carts.
    pub fn carts(&self) -> Arc<dyn CartsService> {
        Arc::new(carts::MockCarts(Arc::clone(&self.shop)))
    }

    /// From cart to order.
    pub fn checkout(&self) -> Arc<dyn CheckoutService> {
        Arc::new(checkout::MockCheckout(Arc::clone(&self.shop)))
    }

    /// Saved addresses.
    pub fn customers(&self) -> Arc<dyn CustomersService> {
        Arc::new(customers::MockCustomers(Arc::clone(&self.shop)))
    }

    /// Orders.
    pub fn orders(&self) -> Arc<dyn OrdersService> {
        Arc::new(orders::MockOrders(Arc::clone(&self.shop)))
    }

    /// Payment providers and sessions.
    pub fn payments(&self) -> Arc<dyn PaymentsService> {
        Arc::new(payments::MockPayments(Arc::clone(&self.shop)))
    }

    /// Assets and services.
    pub fn resources(&self) -> Arc<dyn ResourcesService> {
        Arc::new(resources::MockResources(Arc::clone(&self.shop)))
    }

    /// All seven modules.
    pub fn modules(&self) -> Modules {
        Modules {
            products: self.products(),
            carts: self.carts(),
            checkout: self.checkout(),
            customers: self.customers(),
            orders: self.orders(),
            payments: self.payments(),
            resources: self.resources(),
        }
    }

    /// A token of a demo customer (`jane`, `john` or `lyon`, or the customer's id), good from now on for `lifetime`.
    pub fn mint_token(&self, customer: &str, lifetime: Duration) -> Result<CustomerToken, UnknownCustomer> {
        let known = customers::demo_customer(customer).ok_or_else(|| UnknownCustomer {
            name: customer.to_owned(),
            known: customers::demo_customers().map(|customer| customer.key).collect::<Vec<_>>().join(", "),
        })?;
        Ok(self.shop.tokens.mint(known, shop::now().0, lifetime))
    }

    /// Ids that lead somewhere.
    pub fn facts(&self) -> Facts {
        Facts::new()
    }
}
