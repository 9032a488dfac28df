//! The modules over Medusa 2.

mod carts;
mod checkout;
mod customers;
mod orders;
mod payments;
mod products;

use std::fmt;
use std::sync::Arc;

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
use o2s_framework_core::resources::AbsentResources;
use o2s_medusa_client::transport::{HttpConfig, HttpTransport, Transport};
use o2s_medusa_client::v2::StoreClient;
use o2s_medusa_client::{Backend, CallContext, PublishableKey, RetryPolicy};
use secrecy::ExposeSecret;

use crate::config::{ConfigError, MedusaConfig};
use crate::directory::Directory;
use crate::identity::Identities;
use carts::access::CartAccess;
use carts::customer_carts::CustomerCarts;

/// One Medusa shop: hands out the services of the contract. Cloning is cheap and shares all of it.
#[derive(Clone)]
pub struct Medusa {
    shop: Arc<Shop>,
}

/// What the services share.
pub(crate) struct Shop {
    store: StoreClient,
    /// The list of an established customer's carts, where the secret key for it is configured.
    customer_carts: Option<CustomerCarts>,
    pub(crate) identities: Identities,
    directory: Directory,
    carts: CartAccess,
    order_scan_limit: u32,
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
        let key = PublishableKey::new(config.publishable_key.expose_secret())?;
        let customer_carts = match &config.admin_key {
            Some(key) => Some(CustomerCarts::new(backend.clone(), key)?),
            None => None,
        };
        let store = StoreClient::new(backend.clone(), key);
        let shop = Shop {
            identities: Identities::new(config, store.clone(), backend, identity_provider)?,
            directory: Directory::new(store.clone(), config.default_currency, config.default_region_id.clone()),
            carts: CartAccess::new(),
            order_scan_limit: config.order_scan_limit,
            store,
            customer_carts,
        };
        Ok(Self { shop: Arc::new(shop) })
    }

    /// The catalogue. Related products are absent.
    pub fn products(&self) -> Arc<dyn ProductsService> {
        self.products_with(None)
    }

    /// The catalogue, with related products where something keeps the relations.
    pub fn products_with(&self, references: Option<Arc<dyn ProductReferences>>) -> Arc<dyn ProductsService> {
        Arc::new(products::Products::new(Arc::clone(&self.shop), references))
    }

    /// The catalogue for modules that know variants by id.
    pub fn variants(&self) -> Arc<dyn VariantLookup> {
        Arc::new(products::Products::new(Arc::clone(&self.shop), None))
    }

    /// Who calls, for other modules over the same shop: tokens that were seen once are remembered for all of them.
    pub fn identity(&self) -> Arc<dyn Identify> {
        Arc::clone(&self.shop) as Arc<dyn Identify>
    }

    /// Saved addresses.
    pub fn customers(&self) -> Arc<dyn CustomersService> {
        Arc::new(customers::Customers::new(Arc::clone(&self.shop)))
    }

    /// Carts, which take saved addresses from `customers`.
    pub fn carts(&self, customers: Arc<dyn CustomersService>) -> Arc<dyn CartsService> {
        Arc::new(carts::Carts::new(Arc::clone(&self.shop), customers))
    }

    /// Payments.
    pub fn payments(&self) -> Arc<dyn PaymentsService> {
        Arc::new(payments::Payments::new(Arc::clone(&self.shop)))
    }

    /// Checkout, which changes carts through `carts` and starts payments through `payments`. Orders are placed here.
    pub fn checkout(
        &self,
        carts: Arc<dyn CartsService>,
        payments: Arc<dyn PaymentsService>,
    ) -> Arc<dyn CheckoutService> {
        Arc::new(checkout::Checkout::new(Arc::clone(&self.shop), carts, payments))
    }

    /// Orders.
    pub fn orders(&self) -> Arc<dyn OrdersService> {
        Arc::new(orders::Orders::new(Arc::clone(&self.shop)))
    }

    /// All modules of the shop over Medusa alone; resources are absent.
    pub fn modules(&self) -> Modules {
        let customers = self.customers();
        let carts = self.carts(Arc::clone(&customers));
        let payments = self.payments();
        Modules {
            products: self.products(),
            checkout: self.checkout(Arc::clone(&carts), Arc::clone(&payments)),
            carts,
            customers,
            orders: self.orders(),
            payments,
            resources: Arc::new(AbsentResources {
                reason: "Medusa has no assets and services of its own: they need its assets-and-services plugin",
            }),
        }
    }

    /// Whether Medusa answers and takes the publishable key: asks for the regions.
    pub async fn check(&self, cx: &RequestContext) -> Result<()> {
        self.shop.check(cx).await
    }
}

impl fmt::Debug for Medusa {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Medusa")
    }
}

impl Shop {
    async fn check(&self, cx: &RequestContext) -> Result<()> {
        use o2s_medusa_client::v2::store::regions::ListRegions;
        let endpoint = ListRegions { fields: Some("id"), ..ListRegions::default() };
        self.store.call(&call_context(cx), None, &endpoint).await.map_err(crate::error::backend)?;
        Ok(())
    }
}

/// What a call to Medusa is told about the request.
pub(crate) fn call_context(cx: &RequestContext) -> CallContext<'_> {
    CallContext {
        deadline: cx.deadline,
        request_id: Some(&cx.request_id),
        locale: cx.locale.as_ref().map(o2s_framework_core::text::Locale::as_str),
    }
}
