//! From cart to order: addresses, shipping, payment, placing.

mod model;
mod request;
mod service;

pub use model::{CheckoutSummary, CheckoutTotals, PlacedOrder};
pub use request::{CompleteCheckout, PlaceOrder, SetPayment, SetShippingMethod};
#[cfg(feature = "mock")]
pub use service::MockCheckoutService;
pub use service::{CheckoutOperation, CheckoutService};
