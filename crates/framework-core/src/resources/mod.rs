//! What a customer owns: assets (product instances) and service instances (subscriptions, contracts).

mod absent;
mod model;
mod request;
mod service;

pub use absent::AbsentResources;
pub use model::{Asset, AssetStatus, Contract, ContractStatus, PaymentPeriod, Service};
pub use request::{AssetSort, ListAssets, ListServices, ServiceSort, WindowQuery};
#[cfg(feature = "mock")]
pub use service::MockResourcesService;
pub use service::{ResourcesOperation, ResourcesService};
