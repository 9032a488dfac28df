//! Returns: what a customer sends back of an order, and what has become of it.

mod model;
mod request;
mod service;

pub use model::{OrderReturns, Return, ReturnItem, ReturnReason, ReturnStatus, ReturnableItem};
pub use request::{CreateReturn, ListReturnReasons, NewReturnItem};
#[cfg(feature = "mock")]
pub use service::MockReturnsService;
pub use service::{ReturnsOperation, ReturnsService};
