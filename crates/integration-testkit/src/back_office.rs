//! What the people of a shop do, as far as scenarios need it done.

use async_trait::async_trait;
use o2s_framework_core::context::CustomerToken;
use o2s_framework_core::ids::{OrderId, ReturnId};

/// The shop's people. A shop that can take goods back, or hand orders over, has some: they send goods, take them in, and
/// write mails.
#[async_trait]
pub trait BackOffice: Send + Sync {
    /// Sends everything of an order to its customer.
    async fn send(&self, order: &OrderId);

    /// Takes everything of a return in.
    async fn receive(&self, order: &OrderId, goods: &ReturnId);

    /// The token of the mail that told of this customer's claim on an order.
    async fn claim_token(&self, order: &OrderId, customer: &CustomerToken) -> String;
}
