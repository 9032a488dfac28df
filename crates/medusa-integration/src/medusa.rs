//! One shop, whichever version of Medusa's API it speaks.

use std::fmt;
use std::sync::Arc;

use async_trait::async_trait;
use o2s_framework_core::Modules;
use o2s_framework_core::carts::CartsService;
use o2s_framework_core::checkout::CheckoutService;
use o2s_framework_core::context::RequestContext;
use o2s_framework_core::customers::CustomersService;
use o2s_framework_core::error::Result;
use o2s_framework_core::identity::Identify;
use o2s_framework_core::orders::OrdersService;
use o2s_framework_core::payments::PaymentsService;
use o2s_framework_core::products::{ProductReferences, ProductsService, VariantLookup};
use o2s_framework_core::regions::RegionsService;
use o2s_framework_core::resources::AbsentResources;
use o2s_framework_core::returns::ReturnsService;
use o2s_medusa_client::transport::{HttpConfig, HttpTransport, Transport};
use o2s_medusa_client::{Backend, RetryPolicy};

use crate::carts::Carts;
use crate::catalogue::KnowsProducts;
use crate::catalogue::service::Products;
use crate::checkout::{Checkout, PlacesOrders};
use crate::config::{self, ConfigError, MedusaConfig};
use crate::orders::{KeepsOrders, Orders};
use crate::payments::Payments;
use crate::regions::Regions;
use crate::returns::{Returns, TakesReturns};
use crate::{v1, v2};

/// One Medusa shop: hands out the services of the contract. Cloning is cheap and shares all of it.
#[derive(Clone)]
pub struct Medusa {
    shop: Arc<dyn Shop>,
}

/// A version of Medusa's API: a shop that can do all that the modules ask of one.
#[async_trait]
pub(crate) trait Api: KnowsProducts + PlacesOrders + KeepsOrders + TakesReturns {
    /// The saved addresses of its customers.
    fn customers(self: Arc<Self>) -> Arc<dyn CustomersService>;

    /// Whether it answers and has the default region.
    async fn check(&self, cx: &RequestContext) -> Result<()>;

    /// Whether it takes the admin key, if there is one.
    async fn check_admin_key(&self, cx: &RequestContext) -> Result<()>;
}

/// The modules over a shop, whichever version it is.
#[async_trait]
trait Shop: Send + Sync {
    fn identity(&self) -> Arc<dyn Identify>;
    fn products(self: Arc<Self>, references: Option<Arc<dyn ProductReferences>>) -> Arc<dyn ProductsService>;
    fn variants(self: Arc<Self>) -> Arc<dyn VariantLookup>;
    fn regions(self: Arc<Self>) -> Arc<dyn RegionsService>;
    fn customers(self: Arc<Self>) -> Arc<dyn CustomersService>;
    fn carts(self: Arc<Self>, customers: Arc<dyn CustomersService>) -> Arc<dyn CartsService>;
    fn payments(self: Arc<Self>) -> Arc<dyn PaymentsService>;
    fn checkout(
        self: Arc<Self>,
        carts: Arc<dyn CartsService>,
        payments: Arc<dyn PaymentsService>,
    ) -> Arc<dyn CheckoutService>;
    fn orders(self: Arc<Self>) -> Arc<dyn OrdersService>;
    fn returns(self: Arc<Self>) -> Arc<dyn ReturnsService>;
    async fn check(&self, cx: &RequestContext) -> Result<()>;
    async fn check_admin_key(&self, cx: &RequestContext) -> Result<()>;
}

#[async_trait]
impl<S: Api> Shop for S {
    fn identity(&self) -> Arc<dyn Identify> {
        Arc::clone(self.identities()) as Arc<dyn Identify>
    }

    fn products(self: Arc<Self>, references: Option<Arc<dyn ProductReferences>>) -> Arc<dyn ProductsService> {
        Arc::new(Products::new(self, references))
    }

    fn variants(self: Arc<Self>) -> Arc<dyn VariantLookup> {
        Arc::new(Products::new(self, None))
    }

    fn regions(self: Arc<Self>) -> Arc<dyn RegionsService> {
        Arc::new(Regions::new(self))
    }

    fn customers(self: Arc<Self>) -> Arc<dyn CustomersService> {
        Api::customers(self)
    }

    fn carts(self: Arc<Self>, customers: Arc<dyn CustomersService>) -> Arc<dyn CartsService> {
        Arc::new(Carts::new(self, customers))
    }

    fn payments(self: Arc<Self>) -> Arc<dyn PaymentsService> {
        Arc::new(Payments::new(self))
    }

    fn checkout(
        self: Arc<Self>,
        carts: Arc<dyn CartsService>,
        payments: Arc<dyn PaymentsService>,
    ) -> Arc<dyn CheckoutService> {
        Arc::new(Checkout::new(self, carts, payments))
    }

    fn orders(self: Arc<Self>) -> Arc<dyn OrdersService> {
        Arc::new(Orders::new(self))
    }

    fn returns(self: Arc<Self>) -> Arc<dyn ReturnsService> {
        Arc::new(Returns::new(self))
    }

    async fn check(&self, cx: &RequestContext) -> Result<()> {
        Api::check(self, cx).await
    }

    async fn check_admin_key(&self, cx: &RequestContext) -> Result<()> {
        Api::check_admin_key(self, cx).await
    }
}

impl Medusa {
    /// A shop over HTTP. Connects when it is first asked.
    pub fn new(config: &MedusaConfig) -> Result<Self, ConfigError> {
        let transport = HttpTransport::new(&config.base_url, &HttpConfig::default())?;
        Self::with_transport(config, Arc::new(transport))
    }

    /// A shop behind a transport of the caller's own; the configured address is not used.
    pub fn with_transport(config: &MedusaConfig, transport: Arc<dyn Transport>) -> Result<Self, ConfigError> {
        Self::build(config, transport, None)
    }

    /// As [`Self::with_transport`], with a transport to the identity provider too: its keys are fetched through it, at
    /// the path of the configured `identity.jwks_url`.
    pub fn with_transports(
        config: &MedusaConfig,
        shop: Arc<dyn Transport>,
        identity_provider: Arc<dyn Transport>,
    ) -> Result<Self, ConfigError> {
        Self::build(config, shop, Some(identity_provider))
    }

    fn build(
        config: &MedusaConfig,
        transport: Arc<dyn Transport>,
        identity_provider: Option<Arc<dyn Transport>>,
    ) -> Result<Self, ConfigError> {
        let backend = Backend::new(transport, RetryPolicy::default());
        let shop: Arc<dyn Shop> = match config.api {
            config::Api::V1 => Arc::new(v1::Shop::new(config, backend)?),
            config::Api::V2 => Arc::new(v2::Shop::new(config, backend, identity_provider)?),
        };
        Ok(Self { shop })
    }

    /// The catalogue. Related products are absent.
    pub fn products(&self) -> Arc<dyn ProductsService> {
        Arc::clone(&self.shop).products(None)
    }

    /// The catalogue, with related products where something keeps the relations.
    pub fn products_with(&self, references: Option<Arc<dyn ProductReferences>>) -> Arc<dyn ProductsService> {
        Arc::clone(&self.shop).products(references)
    }

    /// The catalogue for modules that know variants by id.
    pub fn variants(&self) -> Arc<dyn VariantLookup> {
        Arc::clone(&self.shop).variants()
    }

    /// Who calls, for other modules over the same shop: tokens that were seen once are remembered for all of them.
    pub fn identity(&self) -> Arc<dyn Identify> {
        self.shop.identity()
    }

    /// Regions.
    pub fn regions(&self) -> Arc<dyn RegionsService> {
        Arc::clone(&self.shop).regions()
    }

    /// Saved addresses.
    pub fn customers(&self) -> Arc<dyn CustomersService> {
        Arc::clone(&self.shop).customers()
    }

    /// Carts, which take saved addresses from `customers`.
    pub fn carts(&self, customers: Arc<dyn CustomersService>) -> Arc<dyn CartsService> {
        Arc::clone(&self.shop).carts(customers)
    }

    /// Payments.
    pub fn payments(&self) -> Arc<dyn PaymentsService> {
        Arc::clone(&self.shop).payments()
    }

    /// Checkout, which changes carts through `carts` and starts payments through `payments`. Orders are placed here.
    pub fn checkout(
        &self,
        carts: Arc<dyn CartsService>,
        payments: Arc<dyn PaymentsService>,
    ) -> Arc<dyn CheckoutService> {
        Arc::clone(&self.shop).checkout(carts, payments)
    }

    /// Orders.
    pub fn orders(&self) -> Arc<dyn OrdersService> {
        Arc::clone(&self.shop).orders()
    }

    /// Returns.
    pub fn returns(&self) -> Arc<dyn ReturnsService> {
        Arc::clone(&self.shop).returns()
    }

    /// All modules of the shop over Medusa alone; resources are absent.
    pub fn modules(&self) -> Modules {
        let customers = self.customers();
        let carts = self.carts(Arc::clone(&customers));
        let payments = self.payments();
        Modules {
            products: self.products(),
            regions: self.regions(),
            checkout: self.checkout(Arc::clone(&carts), Arc::clone(&payments)),
            carts,
            customers,
            orders: self.orders(),
            returns: self.returns(),
            payments,
            resources: Arc::new(AbsentResources {
                reason: "Medusa has no assets and services of its own: they need its assets-and-services plugin",
            }),
        }
    }

    /// Whether Medusa answers, takes the publishable key and has the default region: asks for the regions. 502
    /// `backend.misconfigured`.
    pub async fn check(&self, cx: &RequestContext) -> Result<()> {
        self.shop.check(cx).await
    }

    /// Whether Medusa takes the admin key; asks nobody where none is configured. 502 `backend.misconfigured`.
    pub async fn check_admin_key(&self, cx: &RequestContext) -> Result<()> {
        self.shop.check_admin_key(cx).await
    }
}

impl fmt::Debug for Medusa {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Medusa")
    }
}
