//! The modules over Medusa 2.

mod carts;
mod checkout;
mod customer_records;
mod customers;
mod directory;
mod orders;
mod payments;
mod products;
mod returns;

use std::sync::Arc;

use async_trait::async_trait;
use o2s_framework_core::carts::CartsService;
use o2s_framework_core::checkout::CheckoutService;
use o2s_framework_core::context::RequestContext;
use o2s_framework_core::customers::CustomersService;
use o2s_framework_core::error::Result;
use o2s_framework_core::identity::Identify;
use o2s_framework_core::ids::CustomerId;
use o2s_framework_core::orders::OrdersService;
use o2s_framework_core::payments::PaymentsService;
use o2s_framework_core::products::{ProductReferences, ProductsService, VariantLookup};
use o2s_framework_core::regions::RegionsService;
use o2s_framework_core::returns::ReturnsService;
use o2s_medusa_client::transport::Transport;
use o2s_medusa_client::v2::StoreClient;
use o2s_medusa_client::v2::store::customers::GetMe;
use o2s_medusa_client::v2::store::regions::ListRegions;
use o2s_medusa_client::{Backend, CustomerToken, PublishableKey};
use secrecy::ExposeSecret;

use crate::config::{ConfigError, IdentityMode, MedusaConfig};
use crate::context::call_context;
use crate::error::backend;
use crate::identity::{Identities, KnowsCustomers};
use crate::map;
use crate::medusa;
use crate::regions::{AllRegions, KnowsRegions, RegionDefaults, Regions};
use crate::turns::Turns;
use carts::access::Seen;
use customer_records::CustomerRecords;
use directory::Directory;

/// What the services share.
pub(crate) struct Shop {
    store: StoreClient,
    /// What of an established customer only the Admin API tells, where the secret key for it is configured.
    customer_records: Option<CustomerRecords>,
    identities: Identities,
    directory: Directory,
    turns: Turns<Seen>,
    order_scan_limit: u32,
}

impl Shop {
    /// A shop behind a backend. `identity_provider` leads to an identity provider's keys; without one it is made from the
    /// configured address.
    pub(crate) fn new(
        config: &MedusaConfig,
        backend: Backend,
        identity_provider: Option<Arc<dyn Transport>>,
    ) -> Result<Self, ConfigError> {
        let key = PublishableKey::new(config.publishable_key.expose_secret())?;
        let store = StoreClient::new(backend.clone(), key);
        let customer_records = match &config.admin_key {
            Some(key) => Some(CustomerRecords::new(backend.clone(), key)?),
            None => None,
        };
        let identities = match config.identity.mode {
            IdentityMode::Forward => Identities::forward(config, Arc::new(store.clone()))?,
            IdentityMode::Exchange => Identities::exchange(config, store.clone(), backend, identity_provider)?,
        };
        let defaults = RegionDefaults { currency: config.default_currency, region: config.default_region_id.clone() };
        Ok(Self {
            directory: Directory::new(store.clone(), defaults),
            turns: Turns::new(),
            order_scan_limit: config.order_scan_limit,
            store,
            customer_records,
            identities,
        })
    }
}

#[async_trait]
impl medusa::Shop for Shop {
    fn products(self: Arc<Self>, references: Option<Arc<dyn ProductReferences>>) -> Arc<dyn ProductsService> {
        Arc::new(products::Products::new(self, references))
    }

    fn variants(self: Arc<Self>) -> Arc<dyn VariantLookup> {
        Arc::new(products::Products::new(self, None))
    }

    fn regions(self: Arc<Self>) -> Arc<dyn RegionsService> {
        Arc::new(Regions::new(self))
    }

    fn customers(self: Arc<Self>) -> Arc<dyn CustomersService> {
        Arc::new(customers::Customers::new(self))
    }

    fn carts(self: Arc<Self>, customers: Arc<dyn CustomersService>) -> Arc<dyn CartsService> {
        Arc::new(carts::Carts::new(self, customers))
    }

    fn payments(self: Arc<Self>) -> Arc<dyn PaymentsService> {
        Arc::new(payments::Payments::new(self))
    }

    fn checkout(
        self: Arc<Self>,
        carts: Arc<dyn CartsService>,
        payments: Arc<dyn PaymentsService>,
    ) -> Arc<dyn CheckoutService> {
        Arc::new(checkout::Checkout::new(self, carts, payments))
    }

    fn orders(self: Arc<Self>) -> Arc<dyn OrdersService> {
        Arc::new(orders::Orders::new(self))
    }

    fn returns(self: Arc<Self>) -> Arc<dyn ReturnsService> {
        Arc::new(returns::Returns::new(self))
    }

    async fn check(&self, cx: &RequestContext) -> Result<()> {
        let endpoint = ListRegions { fields: Some("id"), ..ListRegions::default() };
        self.store.call(&call_context(cx), None, &endpoint).await.map_err(backend)?;
        Ok(())
    }
}

/// For other modules over the same shop.
#[async_trait]
impl Identify for Shop {
    async fn require_customer(&self, cx: &RequestContext) -> Result<CustomerId> {
        let identity = self.identities.establish(cx).await?;
        identity.require_customer().map(|(id, _)| id.clone())
    }
}

#[async_trait]
impl KnowsRegions for Shop {
    fn identities(&self) -> &Identities {
        &self.identities
    }

    async fn regions(&self, cx: &RequestContext) -> Result<Arc<AllRegions>> {
        self.directory.regions(cx).await
    }
}

#[async_trait]
impl KnowsCustomers for StoreClient {
    // Medusa: a bad token is ignored on routes that are open to guests; only `customers/me` tells.
    async fn customer_of(&self, cx: &RequestContext, token: &CustomerToken) -> Result<CustomerId> {
        let me = self.call(&call_context(cx), Some(token), &GetMe { fields: Some("id") }).await.map_err(backend)?;
        map::id(&me.customer.id, "customer.id")
    }
}
