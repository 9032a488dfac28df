//! Payments of Medusa 1: a cart has a session for each provider of its region, of which one is chosen.

use std::sync::Arc;

use async_trait::async_trait;
use o2s_framework_core::context::RequestContext;
use o2s_framework_core::error::{Error, Result};
use o2s_framework_core::ids::{CartId, PaymentProviderId, RegionId};
use o2s_framework_core::metadata::Metadata;
use o2s_framework_core::payments::{PaymentProvider, PaymentSession, PaymentSessionStatus};
use o2s_framework_core::support::Support;
use o2s_medusa_client::v1::MinorUnits;
use o2s_medusa_client::v1::store::carts::{CartUpdate, UpdateCart};
use o2s_medusa_client::v1::store::payment_sessions::{
    CreatePaymentSessions, DeletePaymentSession, PaymentSession as WireSession, PaymentSessionStatus as WireStatus,
    PaymentSessionUpdate, ProviderChoice, RefreshPaymentSession, SelectPaymentSession, UpdatePaymentSession,
};
use o2s_medusa_client::v1::types::Metadata as WireMetadata;
use serde_json::Value;

use super::Shop;
use super::carts::map::{CANCEL_URL, KnownCart, PAYMENT_TOTAL, RETURN_URL};
use crate::carts::TellsCart;
use crate::carts::access::OpenCart;
use crate::carts::errors::invalid_provider;
use crate::error::incomplete;
use crate::payments::{PaymentTerms, TakesPayments, session as shown};

/// How often the total is written down, where somebody else changes the cart meanwhile.
const ROUNDS: usize = 3;

#[async_trait]
impl TakesPayments for Shop {
    const CHANGES: Support = Support::Native;
    const CANCELS: Support = Support::Native;

    async fn providers(&self, cx: &RequestContext, region: &RegionId) -> Result<Arc<Vec<PaymentProvider>>> {
        self.directory.providers(cx, region).await
    }

    /// The ways back are in the cart's data before the provider learns of the payment, which is when it is chosen.
    async fn start_payment(
        &self,
        cx: &RequestContext,
        id: &CartId,
        open: &OpenCart<KnownCart>,
        provider: &PaymentProviderId,
        terms: &PaymentTerms,
    ) -> Result<PaymentSession> {
        let region = open.seen.region_id.as_ref().ok_or_else(|| incomplete("cart.region_id"))?;
        if !self.providers(cx, region).await?.iter().any(|known| known.id == *provider) {
            return Err(invalid_provider());
        }
        let cart = self.note_payment(cx, id, open, terms).await?;
        let sessions = cart.seen()?.more.sessions;
        match sessions.iter().find(|(known, _)| known == provider.as_str()) {
            // A session of the same provider that is under way makes room for a new one.
            Some((_, true)) => {
                let endpoint = RefreshPaymentSession { cart_id: id.as_str(), provider_id: provider.as_str() };
                self.send(cx, id, open, &endpoint).await?;
            }
            Some((_, false)) => {}
            None => {
                self.send(cx, id, open, &CreatePaymentSessions { cart_id: id.as_str() }).await?;
            }
        }
        let body = ProviderChoice { provider_id: provider.to_string() };
        let mut cart = self.send(cx, id, open, &SelectPaymentSession { cart_id: id.as_str(), body }).await?;
        if let Some(data) = &terms.metadata {
            cart = self.tell_provider(cx, id, open, provider, data).await?;
        }
        cart.payment()?.ok_or_else(|| incomplete("payment_session"))
    }

    // Medusa: each change of a cart is told to the provider of its session, and with it the ways back.
    async fn change_payment(
        &self,
        cx: &RequestContext,
        id: &CartId,
        open: &OpenCart<KnownCart>,
        session: &PaymentSession,
        terms: &PaymentTerms,
    ) -> Result<PaymentSession> {
        let mut cart = None;
        if terms.return_url.is_some() || terms.cancel_url.is_some() {
            cart = Some(self.write_data(cx, id, open, ways_back(terms)).await?);
        }
        if let Some(data) = &terms.metadata {
            cart = Some(self.tell_provider(cx, id, open, &session.provider_id, data).await?);
        }
        match cart {
            Some(cart) => cart.payment()?.ok_or_else(|| incomplete("payment_session")),
            None => Ok(session.clone()),
        }
    }

    async fn cancel_payment(
        &self,
        cx: &RequestContext,
        id: &CartId,
        open: &OpenCart<KnownCart>,
        session: &PaymentSession,
    ) -> Result<()> {
        let endpoint = DeletePaymentSession { cart_id: id.as_str(), provider_id: session.provider_id.as_str() };
        self.send(cx, id, open, &endpoint).await?;
        Ok(())
    }
}

/// 409: a cart that costs nothing takes no payment.
fn not_needed() -> Error {
    Error::conflict("payment.not_needed", "There is nothing to pay: place the order without a payment")
}

/// Where to send the customer, as providers look for it in the data of a cart.
fn ways_back(terms: &PaymentTerms) -> WireMetadata {
    let mut data = WireMetadata::new();
    for (key, url) in [(RETURN_URL, &terms.return_url), (CANCEL_URL, &terms.cancel_url)] {
        if let Some(url) = url {
            data.insert(key.to_owned(), Value::from(url.as_str()));
        }
    }
    data
}

impl Shop {
    /// Writes into a cart where to send the customer, and what the payment is for: the total at this moment.
    async fn note_payment(
        &self,
        cx: &RequestContext,
        id: &CartId,
        open: &OpenCart<KnownCart>,
        terms: &PaymentTerms,
    ) -> Result<KnownCart> {
        let mut total = open.seen.more.total;
        for _ in 0..ROUNDS {
            let mut data = ways_back(terms);
            // A way that is not given is none, also where an earlier payment had one.
            data.entry(CANCEL_URL).or_insert_with(|| Value::from(""));
            data.insert(PAYMENT_TOTAL.to_owned(), Value::from(total.0));
            let cart = self.write_data(cx, id, open, data).await?;
            let present = cart.seen()?.more.total;
            if present <= MinorUnits(0) {
                return Err(not_needed());
            }
            if present == total {
                return Ok(cart);
            }
            // Somebody else changed the cart since it was seen.
            total = present;
        }
        Err(Error::conflict("backend.conflict", "The cart is being changed at the same time: try again"))
    }

    async fn write_data(
        &self,
        cx: &RequestContext,
        id: &CartId,
        open: &OpenCart<KnownCart>,
        data: WireMetadata,
    ) -> Result<KnownCart> {
        let body = CartUpdate { context: Some(data), ..CartUpdate::default() };
        self.send(cx, id, open, &UpdateCart { id: id.as_str(), body }).await
    }

    /// Hands a front end's own data to the provider of a session.
    async fn tell_provider(
        &self,
        cx: &RequestContext,
        id: &CartId,
        open: &OpenCart<KnownCart>,
        provider: &PaymentProviderId,
        data: &Metadata,
    ) -> Result<KnownCart> {
        let body = PaymentSessionUpdate { data: data.to_map() };
        let endpoint = UpdatePaymentSession { cart_id: id.as_str(), provider_id: provider.as_str(), body };
        self.send(cx, id, open, &endpoint).await
    }
}

/// A session of a cart.
pub(super) fn session(cart: &CartId, wire: &WireSession) -> Result<PaymentSession> {
    let status = match &wire.status {
        Some(WireStatus::Authorized) => PaymentSessionStatus::Authorized,
        Some(WireStatus::Error) => PaymentSessionStatus::Failed,
        Some(WireStatus::Canceled) => PaymentSessionStatus::Cancelled,
        Some(WireStatus::Pending | WireStatus::RequiresMore | WireStatus::Unknown(_)) | None => {
            PaymentSessionStatus::Pending
        }
    };
    shown::session(cart, &wire.id, wire.provider_id.as_deref(), status, wire.data.as_ref())
}
