//! Regions: where the shop sells, and in which currency.

mod model;
mod request;
mod service;

pub use model::{Country, Region};
pub use request::ListRegions;
#[cfg(feature = "mock")]
pub use service::MockRegionsService;
pub use service::{RegionsOperation, RegionsService};
