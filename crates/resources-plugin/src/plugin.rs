//! The plugin of one shop, and what it hands out.

use std::fmt;
use std::sync::Arc;

use o2s_framework_core::context::RequestContext;
use o2s_framework_core::error::{Error, Result};
use o2s_framework_core::identity::Identify;
use o2s_framework_core::products::{ProductReferences, ProductsService, VariantLookup};
use o2s_framework_core::resources::ResourcesService;
use o2s_framework_core::text::Locale;
use o2s_medusa_client::transport::{HttpConfig, HttpTransport, Transport};
use o2s_medusa_client::v2::admin::AdminUser;
use o2s_medusa_client::v2::admin::resources::ListServiceInstances;
use o2s_medusa_client::v2::types::Page;
use o2s_medusa_client::v2::{AdminClient, StoreClient};
use o2s_medusa_client::{AdminKey, Backend, CallContext, PublishableKey, RetryPolicy};
use secrecy::ExposeSecret;

use crate::config::{ConfigError, RelatedProducts, ResourcesPluginConfig};
use crate::error::backend;
use crate::references::References;
use crate::resources::Resources;

/// Medusa's assets-and-services plugin in one shop. Cloning is cheap and shares its connections.
#[derive(Clone)]
pub struct ResourcesPlugin {
    /// Absent without an admin credential: then there are related products only.
    admin: Option<AdminClient>,
    references: References,
    featured_category: Arc<str>,
}

impl ResourcesPlugin {
    /// A shop over HTTP. Connects when it is first asked.
    pub fn new(config: &ResourcesPluginConfig) -> std::result::Result<Self, ConfigError> {
        let transport = HttpTransport::new(&config.base_url, &HttpConfig::default())?;
        Self::with_transport(config, Arc::new(transport))
    }

    /// A shop behind a transport of the caller's own; the configured address is not used.
    pub fn with_transport(
        config: &ResourcesPluginConfig,
        transport: Arc<dyn Transport>,
    ) -> std::result::Result<Self, ConfigError> {
        let backend = Backend::new(transport, RetryPolicy::default());
        let admin = match (&config.admin_key, &config.admin_user) {
            (Some(_), Some(_)) => return Err(ConfigError::TwoCredentials),
            (Some(key), None) => Some(AdminClient::new(backend.clone(), AdminKey::new(key.expose_secret())?)),
            (None, Some(user)) => {
                let user = AdminUser { email: user.email.clone(), password: user.password.clone() };
                Some(AdminClient::signed_in(backend.clone(), user))
            }
            (None, None) => None,
        };
        let references = match config.related_products {
            RelatedProducts::Admin => References::Admin(admin.clone().ok_or(ConfigError::NoCredential)?),
            RelatedProducts::Store => {
                let key = config.publishable_key.as_ref().ok_or(ConfigError::NoPublishableKey)?;
                References::Store(StoreClient::new(backend, PublishableKey::new(key.expose_secret())?))
            }
        };
        Ok(Self { admin, references, featured_category: config.featured_category.as_str().into() })
    }

    /// The relations between products, for the catalogue.
    pub fn references(&self) -> Arc<dyn ProductReferences> {
        Arc::new(self.references.clone())
    }

    /// Assets and services of the customers that `identity` establishes. They are shown with their products from
    /// `variants`; the featured services are a category of `products`. All three must be of the same Medusa.
    pub fn resources(
        &self,
        identity: Arc<dyn Identify>,
        products: Arc<dyn ProductsService>,
        variants: Arc<dyn VariantLookup>,
    ) -> Arc<dyn ResourcesService> {
        Arc::new(Resources {
            admin: self.admin.clone(),
            references: self.references.clone(),
            featured_category: Arc::clone(&self.featured_category),
            identity,
            products,
            variants,
        })
    }

    /// Whether the plugin answers and takes the credential. 502 `backend.misconfigured` where it does not.
    pub async fn check(&self, cx: &RequestContext) -> Result<()> {
        let Some(admin) = &self.admin else { return self.references.check(cx).await };
        // Medusa: for a customer without services the plugin answers without reading any row.
        let nobodys = ListServiceInstances {
            customer_id: "readiness",
            page: Page { limit: Some(1), ..Page::default() },
            ..ListServiceInstances::default()
        };
        let answer = admin.call(&call_context(cx), &nobodys).await.map_err(backend)?;
        if answer.count == 0 {
            return Ok(());
        }
        Err(Error::backend("backend.misconfigured", "The shop's plugin does not tell services by customer"))
    }
}

impl fmt::Debug for ResourcesPlugin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("ResourcesPlugin")
    }
}

/// What a call to Medusa is told about the request.
pub(crate) fn call_context(cx: &RequestContext) -> CallContext<'_> {
    CallContext {
        deadline: cx.deadline,
        request_id: Some(&cx.request_id),
        locale: cx.locale.as_ref().map(Locale::as_str),
    }
}
