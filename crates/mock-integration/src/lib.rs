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
mod returns;
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
use o2s_framework_core::ids::{OrderId, ReturnId};
use o2s_framework_core::orders::{ClaimToken, OrdersService};
use o2s_framework_core::payments::PaymentsService;
use o2s_framework_core::products::ProductsService;
use o2s_framework_core::regions::RegionsService;
use o2s_framework_core::resources::ResourcesService;
use o2s_framework_core::returns::ReturnsService;

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

/// An id that leads nowhere in the shop.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the shop has no {kind} {id}")]
pub struct UnknownId {
    kind: &'static str,
    id: String,
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

    /// Where the shop sells.
    pub fn regions(&self) -> Arc<dyn RegionsService> {
        Arc::new(regions::MockRegions(Arc::clone(&self.shop)))
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

    /// What goes back of orders.
    pub fn returns(&self) -> Arc<dyn ReturnsService> {
        Arc::new(returns::MockReturns(Arc::clone(&self.shop)))
    }

    /// Payment providers and sessions.
    pub fn payments(&self) -> Arc<dyn PaymentsService> {
        Arc::new(payments::MockPayments(Arc::clone(&self.shop)))
    }

    /// Assets and services.
    pub fn resources(&self) -> Arc<dyn ResourcesService> {
        Arc::new(resources::MockResources(Arc::clone(&self.shop)))
    }

    /// All modules.
    pub fn modules(&self) -> Modules {
        Modules {
            products: self.products(),
            regions: self.regions(),
            carts: self.carts(),
            checkout: self.checkout(),
            customers: self.customers(),
            orders: self.orders(),
            returns: self.returns(),
            payments: self.payments(),
            resources: self.resources(),
        }
    }

    /// A token of a demo customer (`jane`, `john` or `lyon`, or the customer's id), good from now on for `lifetime`.
    pub fn mint_token(&self, customer: &str, lifetime: Duration) -> Result<CustomerToken, UnknownCustomer> {
        Ok(self.shop.tokens.mint(known_customer(customer)?, shop::now().0, lifetime))
    }

    /// The token that a shop would mail to a demo customer who asks for a guest's order to become the customer's: this
    /// shop sends no mail. Good from now on for `lifetime`, once, and only where the customer has asked for the order.
    pub fn mint_claim_token(
        &self,
        order: &OrderId,
        customer: &str,
        lifetime: Duration,
    ) -> Result<ClaimToken, UnknownCustomer> {
        Ok(self.shop.tokens.mint_claim(order, known_customer(customer)?, shop::now().0, lifetime))
    }

    /// Plays the warehouse: an order is sent to its customer, so that its goods can be sent back. What was sent before
    /// stays as it is.
    pub fn deliver(&self, order: &OrderId) -> Result<(), UnknownId> {
        let mut state = self.shop.state_mut();
        let found = state.orders_mut().find(|known| known.id == *order);
        found.map(|order| order.send(shop::now())).ok_or_else(|| UnknownId { kind: "order", id: order.to_string() })
    }

    /// Plays the warehouse: everything of a return arrives, unless it was called off.
    pub fn receive_return(&self, id: &ReturnId) -> Result<(), UnknownId> {
        let mut state = self.shop.state_mut();
        let found = state.orders_mut().flat_map(|order| &mut order.returns).find(|known| known.id == *id);
        found.map(|made| made.receive(shop::now())).ok_or_else(|| UnknownId { kind: "return", id: id.to_string() })
    }

    /// Ids that lead somewhere.
    pub fn facts(&self) -> Facts {
        Facts::new()
    }
}

fn known_customer(name: &str) -> Result<&'static customers::DemoCustomer, UnknownCustomer> {
    customers::demo_customer(name).ok_or_else(|| UnknownCustomer {
        name: name.to_owned(),
        known: customers::demo_customers().map(|customer| customer.key).collect::<Vec<_>>().join(", "),
    })
}
