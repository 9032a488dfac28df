//! The modules over Medusa 1.

mod carts;
mod checkout;
mod customers;
mod directory;
mod money;
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
use o2s_framework_core::paging::Page;
use o2s_medusa_client::v1::store::StoreEndpoint;
use o2s_medusa_client::v1::store::customers::GetMe;
use o2s_medusa_client::v1::store::regions::ListRegions;
use o2s_medusa_client::v1::types::{Page as WirePage, Selection};
use o2s_medusa_client::v1::{Caller, StoreClient};
use o2s_medusa_client::{Backend, CallContext, CustomerToken, Error as ClientError, PublishableKey};
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
use directory::Directory;

/// What the services share.
pub(crate) struct Shop {
    store: StoreClient,
    identities: Arc<Identities>,
    region_defaults: RegionDefaults,
    directory: Directory,
    turns: Turns<Seen<More>>,
    address_turns: Queue<CustomerId>,
    order_scan_limit: u32,
}

impl Shop {
    /// A shop behind a backend.
    pub(crate) fn new(config: &MedusaConfig, backend: Backend) -> Result<Self, ConfigError> {
        if config.identity.mode == IdentityMode::Exchange {
            return Err(ConfigError::of("identity.mode", "exchange needs Medusa 2"));
        }
        if config.admin_key.is_some() {
            return Err(ConfigError::of("admin_key", "is for Medusa 2: the modules over Medusa 1 need none"));
        }
        let key = match &config.publishable_key {
            Some(key) => Some(PublishableKey::new(key.expose_secret())?),
            None => None,
        };
        let store = StoreClient::new(backend, key);
        Ok(Self {
            identities: Arc::new(Identities::forward(config, Arc::new(store.clone()))?),
            region_defaults: RegionDefaults {
                currency: config.default_currency,
                region: config.default_region_id.clone(),
            },
            directory: Directory::new(store.clone()),
            turns: Turns::new(),
            address_turns: Queue::of_addresses(),
            order_scan_limit: config.order_scan_limit,
            store,
        })
    }

    /// Makes a call for a customer, or for nobody in particular.
    async fn call<E: StoreEndpoint>(
        &self,
        cx: &RequestContext,
        token: Option<&CustomerToken>,
        endpoint: &E,
    ) -> Result<E::Response, ClientError> {
        call(&self.store, cx, token, endpoint).await
    }
}

/// Makes a call for a customer, or for nobody in particular.
// Medusa: it knows no languages.
async fn call<E: StoreEndpoint>(
    store: &StoreClient,
    cx: &RequestContext,
    token: Option<&CustomerToken>,
    endpoint: &E,
) -> Result<E::Response, ClientError> {
    let context = CallContext { locale: None, ..call_context(cx) };
    store.call(&context, token.map_or(Caller::Guest, Caller::Token), endpoint).await
}

/// A part of a list, which is to be cut to the page's length.
// Medusa: a limit of 0 is none.
fn wire_page(page: Page) -> WirePage {
    WirePage { limit: Some(page.limit.max(1)), offset: Some(page.offset) }
}

/// What of a list is asked for: these fields of each, with these relations.
fn select<'a>(fields: &'a str, expand: &'a str) -> Selection<'a> {
    Selection { fields: Some(fields), expand: Some(expand) }
}

#[async_trait]
impl Api for Shop {
    fn customers(self: Arc<Self>) -> Arc<dyn CustomersService> {
        Arc::new(customers::Customers::new(self))
    }

    async fn check(&self, cx: &RequestContext) -> Result<()> {
        // Medusa: 2 knows no `expand`, and asks for a key first.
        let select = select("id,currency_code,created_at", "countries");
        let endpoint =
            ListRegions { select, page: WirePage { limit: Some(PART), offset: None }, ..ListRegions::default() };
        let answer = self.call(cx, None, &endpoint).await.map_err(|error| {
            if refuses_with(&error, "Unrecognized fields") || refuses_with(&error, "key required") {
                let message = "The shop speaks Medusa 2's API: leave out api = \"v1\"";
                Error::backend("backend.misconfigured", message).with_source(error)
            } else {
                backend(error)
            }
        })?;
        let default = self.region_defaults.currency;
        let sells =
            |code: &Option<String>| code.as_deref().is_some_and(|code| default.as_str().eq_ignore_ascii_case(code));
        let in_currency = answer.regions.iter().filter(|region| sells(&region.currency_code));
        self.region_defaults.ensure_among(in_currency.map(|region| region.id.as_str()))
    }

    // No credential of an admin is used.
    async fn check_admin_key(&self, _: &RequestContext) -> Result<()> {
        Ok(())
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
        match call(self, cx, Some(token), &GetMe).await {
            Ok(me) => map::id(&me.customer.id, "customer.id"),
            // Medusa: a token outlives its customer.
            Err(error) if is_not_found(&error) => Err(Error::invalid_token().with_source(error)),
            Err(error) => Err(backend(error)),
        }
    }
}
