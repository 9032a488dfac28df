use std::sync::Arc;

use o2s_framework_core::Modules;
use o2s_framework_core::identity::Identify;
use o2s_framework_core::products::{ProductReferences, ProductsService, VariantLookup};
use o2s_framework_core::resources::ResourcesService;
use o2s_resources_plugin::{ConfigError, ResourcesPlugin, ResourcesPluginConfig};

use super::{Plugin, Transports, medusa};
use crate::composition::Check;
use crate::config::{Config, Integration, Problems};

/// What the plugin's table leaves out is that of the Medusa that it runs in.
pub(super) fn plugin(config: &Config, transports: &mut Transports, problems: &mut Problems) -> Option<Box<dyn Plugin>> {
    const KEY: &str = "integrations.resources-plugin";
    let shared = |name: &'static str| {
        let value = config.integration_table(Integration::Medusa)?.get(name)?.as_str()?;
        Some((name, value.to_owned()))
    };
    if shared("api").is_some_and(|(_, api)| api == "v1") {
        let message = "is \"v1\", but resources-plugin runs in a Medusa 2: set modules.resources to \"none\" and leave out \
                       the table integrations.resources-plugin, or speak to a Medusa 2";
        problems.push(config.problem("integrations.medusa.api", message));
        return None;
    }
    let own = config.integration_table(Integration::ResourcesPlugin);
    let has_user = own.is_some_and(|table| table.contains_key("admin_user"));
    let admin_key = if has_user { None } else { shared("admin_key") };
    let defaults = [shared("base_url"), shared("publishable_key"), admin_key].into_iter().flatten();
    let settings =
        config.decode_integration::<ResourcesPluginConfig>(Integration::ResourcesPlugin, defaults, problems)?;
    // What stands in for a missing address is none.
    if problems.concern(&format!("{KEY}.base_url")) {
        return None;
    }
    let transport = transports.to(&settings.base_url).map_err(ConfigError::from);
    match transport.and_then(|transport| ResourcesPlugin::with_transport(&settings, transport)) {
        Ok(plugin) => Some(Box::new(plugin)),
        Err(error) => {
            problems.push(config.problem(KEY, error.to_string()));
            None
        }
    }
}

/// A Medusa with the plugin and an admin credential.
pub(super) fn sample() -> Option<Modules> {
    let shop = medusa::sample_shop()?;
    let mut settings = ResourcesPluginConfig::new("http://localhost:9000");
    settings.admin_key = Some("sk_none".to_owned().into());
    let plugin = ResourcesPlugin::new(&settings).ok()?;
    let products = shop.products_with(Some(plugin.references()));
    let resources = plugin.resources(shop.identity(), Arc::clone(&products), shop.variants());
    Some(Modules { products, resources, ..shop.modules() })
}

impl Plugin for ResourcesPlugin {
    fn references(&self) -> Arc<dyn ProductReferences> {
        Self::references(self)
    }

    fn resources(
        &self,
        customers: Arc<dyn Identify>,
        products: Arc<dyn ProductsService>,
        variants: Arc<dyn VariantLookup>,
    ) -> Arc<dyn ResourcesService> {
        Self::resources(self, customers, products, variants)
    }

    fn check(&self) -> Check {
        let plugin = self.clone();
        Arc::new(move |cx, _| {
            let plugin = plugin.clone();
            Box::pin(async move { plugin.check(&cx).await })
        })
    }
}
