//! Guests' orders that become customers'.

use o2s_framework_core::context::RequestContext;
use o2s_framework_core::error::{Error, Result};
use o2s_framework_core::ids::OrderId;
use o2s_framework_core::orders::{ConfirmClaim, Order};
use o2s_medusa_client::v2::store::order_transfers::{AcceptTransfer, CancelTransfer, RequestTransfer};

use super::access::SeenAs;
use super::map::{self, ORDER_FIELDS};
use crate::context::call_context;
use crate::error::{backend, refuses_with};
use crate::orders::{already_claimed, invalid_claim};
use crate::v2::Shop;

/// What Medusa says while another change of the order is not finished.
const CHANGE_PENDING: &str = "already has an existing active order change";

/// 409: another change of the order is not finished, such as a claim that waits for its token.
pub(crate) fn change_pending(error: o2s_medusa_client::Error) -> Error {
    if refuses_with(&error, CHANGE_PENDING) {
        Error::conflict("order.change_pending", "Another change of this order waits to be finished").with_source(error)
    } else {
        backend(error)
    }
}

impl Shop {
    pub(super) async fn request_transfer(&self, cx: &RequestContext, id: &OrderId) -> Result<()> {
        let token = self.identities.required_token(cx).await?;
        // Medusa: any order can be asked for. Ours is asked for by whoever may see it.
        let open = self.open_order(cx, id, "id,customer_id,cart.id").await?;
        if matches!(open.seen_as, SeenAs::Own) {
            return Err(already_claimed());
        }
        let endpoint = RequestTransfer { id: id.as_str(), fields: Some("id") };
        let Err(error) = self.store.call(&call_context(cx), Some(&token), &endpoint).await else { return Ok(()) };
        // What waits may be the caller's own request, whose token is lost: it is taken back, and a new token mailed.
        let own = CancelTransfer { id: id.as_str(), fields: Some("id") };
        if !refuses_with(&error, CHANGE_PENDING) {
            return Err(backend(error));
        }
        match self.store.call(&call_context(cx), Some(&token), &own).await {
            Ok(_) => {}
            // Medusa: it is no request, or somebody else's.
            Err(refusal) if refusal.status().is_some_and(|status| status.as_u16() == 400) => {
                return Err(change_pending(error));
            }
            Err(failure) => return Err(backend(failure)),
        }
        self.store.call(&call_context(cx), Some(&token), &endpoint).await.map_err(change_pending)?;
        Ok(())
    }

    pub(super) async fn accept_transfer(
        &self,
        cx: &RequestContext,
        id: &OrderId,
        proof: &ConfirmClaim,
    ) -> Result<Order> {
        let identity = self.identities.establish(cx).await?;
        let (customer, token) = identity.require_customer()?;
        // Medusa: whoever has the token may accept it; the order goes to whoever asked for it. Who that is, the Admin API
        // tells beforehand, and the order afterwards.
        if let Some(records) = &self.customer_records
            && !records.has_asked_for(cx, customer, id).await?
        {
            return Err(invalid_claim());
        }
        let endpoint = AcceptTransfer { id: id.as_str(), fields: Some(ORDER_FIELDS), token: proof.token.expose() };
        let answer = self.store.call(&call_context(cx), Some(token), &endpoint).await;
        let order = map::order(&answer.map_err(claim_error)?.order)?;
        if order.customer_id.as_ref() == Some(customer) { Ok(order) } else { Err(invalid_claim()) }
    }
}

/// One answer whatever is wrong with token or order, so that it does not tell which orders there are.
fn claim_error(error: o2s_medusa_client::Error) -> Error {
    let is_refusal = error.status().is_some_and(|status| matches!(status.as_u16(), 400 | 404 | 422));
    // The key is none of the caller's.
    let is_of_the_key = error.api_message().is_some_and(|message| message.to_lowercase().contains("publishable"));
    if is_refusal && !is_of_the_key { invalid_claim().with_source(error) } else { backend(error) }
}
