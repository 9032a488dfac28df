//! Payment providers and sessions.

mod model;
mod request;
mod service;

pub use model::{PaymentProvider, PaymentSession, PaymentSessionStatus};
pub use request::{CreateSession, ListProviders, UpdateSession};
#[cfg(feature = "mock")]
pub use service::MockPaymentsService;
pub use service::{PaymentsOperation, PaymentsService};
