//! Assets, services and related products over Medusa's assets-and-services plugin.
//!
//! The plugin is reached over Medusa's Admin API, whose credential opens the whole shop. So the rule of this crate: a
//! caller is established with Medusa first, everything is asked for under that customer's id, and each row that is
//! shown says by itself that it is the customer's (`ownership.rs` decides; what does not say is not shown).
//!
//! [`ResourcesPlugin`] knows no catalogue and no customers. They are handed in, commonly by the Medusa integration, and
//! what it knows of related products it hands out:
//!
//! ```no_run
//! use o2s_medusa_integration::{Medusa, MedusaConfig};
//! use o2s_resources_plugin::{ResourcesPlugin, ResourcesPluginConfig};
//!
//! # fn main() -> Result<(), Box<dyn std::error::Error>> {
//! let medusa = Medusa::new(&MedusaConfig::new("http://localhost:9000", "pk_123"))?;
//! let mut config = ResourcesPluginConfig::new("http://localhost:9000");
//! config.admin_key = Some("sk_123".to_owned().into());
//! let plugin = ResourcesPlugin::new(&config)?;
//!
//! let products = medusa.products_with(Some(plugin.references()));
//! let resources = plugin.resources(medusa.identity(), products.clone(), medusa.variants());
//! # drop(resources); Ok(()) }
//! ```

mod config;
mod error;
mod map;
mod ownership;
mod plugin;
mod references;
mod resources;
mod selection;

pub use config::{AdminLogin, ConfigError, RelatedProducts, ResourcesPluginConfig};
pub use plugin::ResourcesPlugin;
