//! Orders: what was bought, and how far it is.

mod model;
mod request;
mod service;

pub use model::{Order, OrderDocument, OrderItem, OrderStatus, PaymentStatus, ShippingMethod, Unit};
pub use request::{ClaimToken, ConfirmClaim, GetOrder, ListOrders, LookUpOrder, OrderItemSort, OrderSort};
#[cfg(feature = "mock")]
pub use service::MockOrdersService;
pub use service::{OrdersOperation, OrdersService};
