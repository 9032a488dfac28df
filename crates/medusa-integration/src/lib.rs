//! The commerce modules over Medusa.
//!
//! [`Medusa`] stands for one shop. It hands out the services of the contract, which share its connections, its knowledge
//! of the shop (regions, categories, types) and of who calls:
//!
//! ```no_run
//! use o2s_medusa_integration::{Medusa, MedusaConfig};
//!
//! # fn main() -> Result<(), Box<dyn std::error::Error>> {
//! let medusa = Medusa::new(&MedusaConfig::new("http://localhost:9000", "pk_123"))?;
//! let products = medusa.products();
//! # drop(products); Ok(()) }
//! ```
//!
//! A folder for each module holds its service and, in `map.rs`, the pure functions between what Medusa sends and what
//! the contract promises.

mod carts;
mod catalogue;
mod checkout;
mod config;
mod context;
mod error;
mod identity;
mod kept;
mod map;
mod medusa;
mod orders;
mod payments;
mod regions;
mod returns;
mod slug;
mod turns;
mod v1;
mod v2;

pub use config::{Api, ConfigError, EmailVerified, IdentityConfig, IdentityMode, MedusaConfig, TokenAlgorithm};
pub use medusa::Medusa;
