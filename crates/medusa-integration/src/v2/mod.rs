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
use o2s_framework_core::context::RequestContext;
use o2s_framework_core::customers::CustomersService;
use o2s_framework_core::error::{Error, Result};
use o2s_framework_core::ids::CustomerId;
use o2s_medusa_client::transport::Transport;
use o2s_medusa_client::v2::StoreClient;
use o2s_medusa_client::v2::store::customers::GetMe;
use o2s_medusa_client::v2::store::regions::ListRegions;
use o2s_medusa_client::v2::types::Page;
use o2s_medusa_client::{Backend, CustomerToken, PublishableKey};
use secrecy::ExposeSecret;

use crate::carts::access::Seen;
use crate::config::{ConfigError, IdentityMode, MedusaConfig};
use crate::context::call_context;
use crate::error::{backend, is_not_found, refuses_with};
use crate::identity::{Identities, KnowsCustomers};
use crate::kept::PART;
use crate::map;
use crate::medusa::Api;
use crate::regions::{AllRegions, KnowsRegions, RegionDefaults};
use crate::turns::{Queue, Turns};
use carts::map::More;
use customer_records::CustomerRecords;
use directory::Directory;

/// What the services share.
pub(crate) struct Shop {
    store: StoreClient,
    /// What of an established customer only the Admin API tells, where the secret key for it is configured.
    customer_records: Option<CustomerRecords>,
    identities: Arc<Identities>,
    region_defaults: RegionDefaults,
    directory: Directory,
    turns: Turns<Seen<More>>,
    address_turns: Queue<[u8; 32]>,
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
        let key = config.publishable_key.as_ref();
        let key = key.ok_or_else(|| ConfigError::of("publishable_key", "is required for Medusa 2"))?;
        let key = PublishableKey::new(key.expose_secret())?;
        let store = StoreClient::new(backend.clone(), key);
        let customer_records = match &config.admin_key {
            Some(key) => Some(CustomerRecords::new(backend.clone(), key)?),
            None => None,
        };
        let identities = match config.identity.mode {
            IdentityMode::Forward => Identities::forward(config, Arc::new(store.clone()))?,
            IdentityMode::Exchange => Identities::exchange(config, store.clone(), backend, identity_provider)?,
        };
        let region_defaults =
            RegionDefaults { currency: config.default_currency, region: config.default_region_id.clone() };
        Ok(Self {
            directory: Directory::new(store.clone()),
            turns: Turns::new(),
            address_turns: Queue::of_addresses(),
            order_scan_limit: config.order_scan_limit,
            store,
            customer_records,
            identities: Arc::new(identities),
            region_defaults,
        })
    }
}

#[async_trait]
impl Api for Shop {
    fn customers(self: Arc<Self>) -> Arc<dyn CustomersService> {
        Arc::new(customers::Customers::new(self))
    }

    /// Medusa takes the publishable key as well, or refuses.
    async fn check(&self, cx: &RequestContext) -> Result<()> {
        // Medusa: 1 knows no filter by currency, and takes any key.
        let currency = self.region_defaults.currency.as_str().to_lowercase();
        let page = Page { limit: Some(PART), ..Page::default() };
        let endpoint = ListRegions { fields: Some("id"), page, currency_code: Some(&currency) };
        let answer = self.store.call(&call_context(cx), None, &endpoint).await.map_err(|error| {
            if refuses_with(&error, "should not exist") {
                let message = "The shop speaks Medusa 1's API: set api = \"v1\"";
                Error::backend("backend.misconfigured", message).with_source(error)
            } else {
                backend(error)
            }
        })?;
        self.region_defaults.ensure_among(answer.regions.iter().map(|region| region.id.as_str()))
    }

    async fn check_admin_key(&self, cx: &RequestContext) -> Result<()> {
        match &self.customer_records {
            Some(records) => records.check(cx).await,
            None => Ok(()),
        }
    }
}

#[async_trait]
impl KnowsRegions for Shop {
    fn identities(&self) -> &Arc<Identities> {
        &self.identities
    }

    fn region_defaults(&self) -> &RegionDefaults {
        &self.region_defaults
    }

    async fn regions(&self, cx: &RequestContext) -> Result<Arc<AllRegions>> {
        self.directory.regions(cx).await
    }
}

#[async_trait]
impl KnowsCustomers for StoreClient {
    // Medusa: a bad token is ignored on routes that are open to guests; only `customers/me` tells.
    async fn customer_of(&self, cx: &RequestContext, token: &CustomerToken) -> Result<CustomerId> {
        match self.call(&call_context(cx), Some(token), &GetMe { fields: Some("id") }).await {
            Ok(me) => map::id(&me.customer.id, "customer.id"),
            // Medusa: a token outlives its customer.
            Err(error) if is_not_found(&error) => Err(Error::invalid_token().with_source(error)),
            Err(error) => Err(backend(error)),
        }
    }
}
