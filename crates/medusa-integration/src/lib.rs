//! The commerce modules over Medusa.
//!
//! [`Medusa`] stands for one shop. It hands out the services of the contract, which share its connections, its knowledge
//! of the shop (regions, categories, types) and of who calls:
//!
//! ```no_run
//! use o2s_medusa_integration::{Medusa, MedusaConfig};
//!
//! # fn main() -> Result<(), Box<dyn std::error::Error>> {
//! let shop = Medusa::new(&MedusaConfig::new("http://localhost:9000", "pk_123"))?;
//! let older_shop = Medusa::new(&MedusaConfig::medusa_1("http://localhost:9001"))?;
//! # drop((shop.products(), older_shop.products())); Ok(()) }
//! ```
//!
//! A folder for each module holds its service: the rules, which are the same whichever Medusa it is, over a trait of
//! what the shop can do. `v1` and `v2` implement these traits: the calls and, in `map.rs`, the pure functions between
//! what that Medusa sends and what the contract promises.

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

pub use config::{
    Api, ConfigError, EmailVerified, ExistingAccounts, IdentityConfig, IdentityMode, MedusaConfig, TokenAlgorithm,
};
pub use medusa::Medusa;
