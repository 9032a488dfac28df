//! Payments of Medusa 2: a session lives in the payment collection of its cart.

use std::sync::Arc;

use async_trait::async_trait;
use o2s_framework_core::context::RequestContext;
use o2s_framework_core::error::Result;
use o2s_framework_core::ids::{CartId, PaymentProviderId, RegionId};
use o2s_framework_core::metadata::Metadata;
use o2s_framework_core::payments::{PaymentProvider, PaymentSession, PaymentSessionStatus};
use o2s_framework_core::support::Support;
use o2s_medusa_client::v2::store::carts::{Cart as WireCart, CartUpdate, UpdateCart};
use o2s_medusa_client::v2::store::payments::{
    CreatePaymentCollection, CreatePaymentSession, NewPaymentCollection, NewPaymentSession,
    PaymentSession as WireSession, PaymentSessionStatus as WireStatus,
};
use o2s_medusa_client::v2::types::Metadata as WireMetadata;
use serde_json::Value;

use super::Shop;
use super::carts::errors::cart_error;
use super::carts::map::{CANCELLED_SESSION, CART_FIELDS, live_session};
use crate::carts::access::{OpenCart, settle};
use crate::context::call_context;
use crate::error::incomplete;
use crate::payments::{PaymentTerms, TakesPayments, session as shown};

/// What is asked of a payment collection. A session's `context` would bring the customer with all addresses.
const COLLECTION_FIELDS: &str =
    "id,payment_sessions.id,payment_sessions.provider_id,payment_sessions.status,payment_sessions.data";

#[async_trait]
impl TakesPayments for Shop {
    const CHANGES: Support =
        Support::Emulated("replaces the session by one with the same provider and the changed data: it gets a new id");
    const CANCELS: Support = Support::Emulated(
        "marks the session as called off in the cart: Medusa drops it at the next payment or change of the total",
    );

    async fn providers(&self, cx: &RequestContext, region: &RegionId) -> Result<Arc<Vec<PaymentProvider>>> {
        self.directory.providers(cx, region).await
    }

    async fn start_payment(
        &self,
        cx: &RequestContext,
        id: &CartId,
        open: &OpenCart<WireCart>,
        provider: &PaymentProviderId,
        terms: &PaymentTerms,
    ) -> Result<PaymentSession> {
        self.start_session(cx, id, open, provider, session_data(terms)).await
    }

    async fn change_payment(
        &self,
        cx: &RequestContext,
        id: &CartId,
        open: &OpenCart<WireCart>,
        session: &PaymentSession,
        terms: &PaymentTerms,
    ) -> Result<PaymentSession> {
        // Medusa: the data of a session is what it was started with, under what the provider added.
        let live = open.read.as_ref().and_then(live_session).ok_or_else(|| incomplete("payment_session"))?;
        let mut data = live.data.clone().unwrap_or_default();
        data.extend(session_data(terms));
        self.start_session(cx, id, open, &session.provider_id, data).await
    }

    async fn cancel_payment(
        &self,
        cx: &RequestContext,
        id: &CartId,
        open: &OpenCart<WireCart>,
        _: &PaymentSession,
    ) -> Result<()> {
        let live = open.read.as_ref().and_then(live_session).ok_or_else(|| incomplete("payment_session"))?;
        let mut metadata = WireMetadata::new();
        metadata.insert(CANCELLED_SESSION.to_owned(), Value::from(live.id.as_str()));
        let body = CartUpdate { metadata: Some(metadata), ..CartUpdate::default() };
        let endpoint = UpdateCart { id: id.as_str(), fields: Some(CART_FIELDS), body };
        let answer = self.store.call(&call_context(cx), open.identity.token(), &endpoint).await;
        let cart = answer.map(|answer| answer.cart).map_err(|error| cart_error(error, id));
        settle(self, &open.identity, id, cart).await?;
        Ok(())
    }
}

/// What the provider is told: the front end's own data, and where to send the customer.
fn session_data(terms: &PaymentTerms) -> WireMetadata {
    let mut data = terms.metadata.as_ref().map(Metadata::to_map).unwrap_or_default();
    for (key, url) in [("return_url", &terms.return_url), ("cancel_url", &terms.cancel_url)] {
        if let Some(url) = url {
            data.insert(key.to_owned(), Value::from(url.as_str()));
        }
    }
    data
}

impl Shop {
    async fn start_session(
        &self,
        cx: &RequestContext,
        id: &CartId,
        open: &OpenCart<WireCart>,
        provider: &PaymentProviderId,
        data: WireMetadata,
    ) -> Result<PaymentSession> {
        let collection = match &open.seen.more.payment_collection {
            Some(collection) => collection.clone(),
            None => self.payment_collection(cx, id, open).await?,
        };
        let body = NewPaymentSession { provider_id: provider.to_string(), data: (!data.is_empty()).then_some(data) };
        let endpoint =
            CreatePaymentSession { payment_collection_id: &collection, fields: Some(COLLECTION_FIELDS), body };
        let answer = self.store.call(&call_context(cx), open.identity.token(), &endpoint).await;
        let sessions = answer.map_err(|error| cart_error(error, id))?.payment_collection.payment_sessions;
        let started = sessions.iter().find(|session| session.provider_id.as_deref() == Some(provider.as_str()));
        session(id, started.ok_or_else(|| incomplete("payment_session"))?)
    }

    async fn payment_collection(&self, cx: &RequestContext, id: &CartId, open: &OpenCart<WireCart>) -> Result<String> {
        let body = NewPaymentCollection { cart_id: id.to_string() };
        let endpoint = CreatePaymentCollection { fields: Some("id"), body };
        let answer = self.store.call(&call_context(cx), open.identity.token(), &endpoint).await;
        Ok(answer.map_err(|error| cart_error(error, id))?.payment_collection.id)
    }
}

/// A session of a cart.
pub(crate) fn session(cart: &CartId, wire: &WireSession) -> Result<PaymentSession> {
    let status = status(wire.status.as_ref());
    shown::session(cart, &wire.id, wire.provider_id.as_deref(), status, wire.data.as_ref())
}

fn status(wire: Option<&WireStatus>) -> PaymentSessionStatus {
    match wire {
        Some(WireStatus::Authorized) => PaymentSessionStatus::Authorized,
        Some(WireStatus::Captured) => PaymentSessionStatus::Captured,
        Some(WireStatus::Error) => PaymentSessionStatus::Failed,
        Some(WireStatus::Canceled) => PaymentSessionStatus::Cancelled,
        Some(WireStatus::Pending | WireStatus::RequiresMore | WireStatus::Unknown(_)) | None => {
            PaymentSessionStatus::Pending
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    // M-PAY-06 to M-PAY-09, C-8
    #[test]
    fn every_status_has_its_word() {
        let shown = |status: Value| {
            let wire = json!({"id": "p", "provider_id": "pp", "status": status});
            let wire: WireSession = serde_json::from_str(&wire.to_string()).expect("a session");
            session(&CartId::new("cart_1").expect("an id"), &wire).expect("a session").status
        };
        assert_eq!(shown(json!("authorized")), PaymentSessionStatus::Authorized);
        assert_eq!(shown(json!("captured")), PaymentSessionStatus::Captured);
        assert_eq!(shown(json!("canceled")), PaymentSessionStatus::Cancelled);
        assert_eq!(shown(json!("error")), PaymentSessionStatus::Failed);
        for pending in [json!("pending"), json!("requires_more"), json!("something_new"), json!(null)] {
            assert_eq!(shown(pending), PaymentSessionStatus::Pending);
        }
    }
}
