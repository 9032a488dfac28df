//! Payments over Medusa 2: a session lives in the payment collection of its cart.

pub(crate) mod map;

use std::sync::Arc;

use async_trait::async_trait;
use o2s_framework_core::context::RequestContext;
use o2s_framework_core::error::{Error, Result, Violation};
use o2s_framework_core::ids::{CartId, PaymentProviderId, PaymentSessionId};
use o2s_framework_core::metadata::Metadata;
use o2s_framework_core::paging::Paginated;
use o2s_framework_core::payments::{
    CreateSession, ListProviders, PaymentProvider, PaymentSession, PaymentsOperation, PaymentsService, UpdateSession,
};
use o2s_framework_core::support::Support;
use o2s_framework_core::text::WebUrl;
use o2s_medusa_client::v2::store::carts::{CartUpdate, UpdateCart};
use o2s_medusa_client::v2::store::payments::{
    CreatePaymentCollection, CreatePaymentSession, ListPaymentProviders, NewPaymentCollection, NewPaymentSession,
    PaymentSession as WireSession,
};
use o2s_medusa_client::v2::types::{Metadata as WireMetadata, Page};
use serde_json::Value;

use super::Shop;
use super::carts::access::OpenCart;
use super::carts::errors::cart_error;
use super::carts::map::{CANCELLED_SESSION, CART_FIELDS, live_session};
use crate::context::call_context;
use crate::error::{backend, incomplete};
use crate::identity::Identity;
use crate::turns::in_turn;

/// What is asked of a payment collection. A session's `context` would bring the customer with all addresses.
const COLLECTION_FIELDS: &str =
    "id,payment_sessions.id,payment_sessions.provider_id,payment_sessions.status,payment_sessions.data";

/// [`PaymentsService`] over Medusa 2.
pub(super) struct Payments {
    shop: Arc<Shop>,
}

impl Payments {
    pub(super) fn new(shop: Arc<Shop>) -> Self {
        Self { shop }
    }

    /// The cart and the session that an id names. A bad token is told before anything about the id.
    async fn parts_of(&self, cx: &RequestContext, id: &PaymentSessionId) -> Result<(CartId, String)> {
        match map::parse_session_id(id) {
            Ok((cart, session)) => Ok((cart, session.to_owned())),
            Err(unknown) => {
                self.shop.identities.establish(cx).await?;
                Err(unknown)
            }
        }
    }
}

#[async_trait]
impl PaymentsService for Payments {
    fn support(&self, operation: PaymentsOperation) -> Support {
        match operation {
            PaymentsOperation::ListProviders | PaymentsOperation::CreateSession => Support::Native,
            PaymentsOperation::GetSession => Support::Emulated("reads the session with its cart"),
            PaymentsOperation::UpdateSession => Support::Emulated(
                "replaces the session by one with the same provider and the changed data: it gets a new id",
            ),
            PaymentsOperation::CancelSession => Support::Emulated(
                "marks the session as called off in the cart: Medusa drops it at the next payment or change of the total",
            ),
        }
    }

    async fn list_providers(&self, cx: &RequestContext, request: &ListProviders) -> Result<Paginated<PaymentProvider>> {
        let cx = cx.clone().with_locale(request.locale.clone());
        let call = call_context(&cx);
        let page = Page { limit: Some(1000), ..Page::default() };
        let endpoint = ListPaymentProviders { region_id: request.region_id.as_str(), fields: None, page };
        let providers = async { self.shop.store.call(&call, None, &endpoint).await.map_err(backend) };
        // Medusa: an unknown region has no providers, without an error.
        let region = self.shop.directory.region(&cx, &request.region_id);
        let asked = async { tokio::join!(region, providers) };
        let (_, (region, providers)) = self.shop.identities.establish_beside(&cx, asked).await?;
        region?;
        let providers = providers?.payment_providers;
        Ok(Paginated::whole(providers.iter().map(map::provider).collect::<Result<_>>()?))
    }

    async fn create_session(&self, cx: &RequestContext, request: &CreateSession) -> Result<PaymentSession> {
        let data = session_data(request.metadata.as_ref(), Some(&request.return_url), request.cancel_url.as_ref());
        let provider = request.provider_id.clone();
        in_turn(&self.shop, cx, &request.cart_id, |shop, cx, id| async move {
            let open = shop.open_cart(&cx, &id).await?;
            open.refuse_completed(&id)?;
            shop.start_payment(&cx, &id, &open, &provider, data).await
        })
        .await
    }

    async fn get_session(&self, cx: &RequestContext, id: &PaymentSessionId) -> Result<PaymentSession> {
        let (cart_id, session) = self.parts_of(cx, id).await?;
        let (_, session) = self.shop.read_session(cx, &cart_id, &session, id).await?;
        map::session(&cart_id, &session)
    }

    async fn update_session(
        &self,
        cx: &RequestContext,
        id: &PaymentSessionId,
        request: &UpdateSession,
    ) -> Result<PaymentSession> {
        if request.is_empty() {
            return Err(Error::violations(vec![Violation::new("body", "give something to change")]));
        }
        let (cart_id, session) = self.parts_of(cx, id).await?;
        let id = id.clone();
        let changes = session_data(request.metadata.as_ref(), request.return_url.as_ref(), request.cancel_url.as_ref());
        in_turn(&self.shop, cx, &cart_id, |shop, cx, cart_id| async move {
            shop.replace_session(&cx, &cart_id, &session, &id, changes).await
        })
        .await
    }

    async fn cancel_session(&self, cx: &RequestContext, id: &PaymentSessionId) -> Result<()> {
        let (cart_id, session) = self.parts_of(cx, id).await?;
        let id = id.clone();
        in_turn(&self.shop, cx, &cart_id, |shop, cx, cart_id| async move {
            shop.cancel_session(&cx, &cart_id, &session, &id).await
        })
        .await
    }
}

/// What the provider is told: the front end's own data, and where to send the customer.
fn session_data(metadata: Option<&Metadata>, return_url: Option<&WebUrl>, cancel_url: Option<&WebUrl>) -> WireMetadata {
    let mut data = metadata.map(Metadata::to_map).unwrap_or_default();
    for (key, url) in [("return_url", return_url), ("cancel_url", cancel_url)] {
        if let Some(url) = url {
            data.insert(key.to_owned(), Value::from(url.as_str()));
        }
    }
    data
}

impl Shop {
    /// Starts a session for a cart; it takes the place of an earlier one.
    pub(crate) async fn start_payment(
        &self,
        cx: &RequestContext,
        id: &CartId,
        open: &OpenCart,
        provider: &PaymentProviderId,
        data: WireMetadata,
    ) -> Result<PaymentSession> {
        let collection = match &open.seen.payment_collection {
            Some(collection) => collection.clone(),
            None => self.payment_collection(cx, id, &open.identity).await?,
        };
        let body = NewPaymentSession { provider_id: provider.to_string(), data: (!data.is_empty()).then_some(data) };
        let endpoint =
            CreatePaymentSession { payment_collection_id: &collection, fields: Some(COLLECTION_FIELDS), body };
        // The cart's session is another one now, whatever the answer.
        self.turns.forget(id).await;
        let answer = self.store.call(&call_context(cx), open.identity.token(), &endpoint).await;
        let sessions = answer.map_err(|error| cart_error(error, id))?.payment_collection.payment_sessions;
        let started = sessions.iter().find(|session| session.provider_id.as_deref() == Some(provider.as_str()));
        map::session(id, started.ok_or_else(|| incomplete("payment_session"))?)
    }

    async fn payment_collection(&self, cx: &RequestContext, id: &CartId, identity: &Identity) -> Result<String> {
        let body = NewPaymentCollection { cart_id: id.to_string() };
        let endpoint = CreatePaymentCollection { fields: Some("id"), body };
        let answer = self.store.call(&call_context(cx), identity.token(), &endpoint).await;
        Ok(answer.map_err(|error| cart_error(error, id))?.payment_collection.id)
    }

    /// The session of a cart that has this id. 404 `payment.session_not_found` where it is not the cart's any more.
    async fn read_session(
        &self,
        cx: &RequestContext,
        cart_id: &CartId,
        session: &str,
        id: &PaymentSessionId,
    ) -> Result<(OpenCart, WireSession)> {
        let (identity, cart) = self.read_cart(cx, cart_id).await.map_err(|error| {
            if error.code() == "cart.not_found" { map::session_not_found(id).with_source(error) } else { error }
        })?;
        let live = live_session(&cart).filter(|live| live.id == session).cloned();
        let live = live.ok_or_else(|| map::session_not_found(id))?;
        let seen = self.remember(cart_id, &cart).await?;
        Ok((OpenCart { identity, seen, read: Some(cart) }, live))
    }

    async fn replace_session(
        &self,
        cx: &RequestContext,
        cart_id: &CartId,
        session: &str,
        id: &PaymentSessionId,
        changes: WireMetadata,
    ) -> Result<PaymentSession> {
        let (open, live) = self.read_session(cx, cart_id, session, id).await?;
        open.refuse_completed(cart_id)?;
        let provider = live.provider_id.as_deref().ok_or_else(|| incomplete("payment_session.provider_id"))?;
        let provider = crate::map::id(provider, "payment_session.provider_id")?;
        // Medusa: the data of a session is what it was started with, under what the provider added.
        let mut data = live.data.unwrap_or_default();
        data.extend(changes);
        self.start_payment(cx, cart_id, &open, &provider, data).await
    }

    async fn cancel_session(
        &self,
        cx: &RequestContext,
        cart_id: &CartId,
        session: &str,
        id: &PaymentSessionId,
    ) -> Result<()> {
        let (open, _) = self.read_session(cx, cart_id, session, id).await?;
        open.refuse_completed(cart_id)?;
        let mut metadata = WireMetadata::new();
        metadata.insert(CANCELLED_SESSION.to_owned(), Value::from(session));
        let body = CartUpdate { metadata: Some(metadata), ..CartUpdate::default() };
        let endpoint = UpdateCart { id: cart_id.as_str(), fields: Some(CART_FIELDS), body };
        let answer = self.store.call(&call_context(cx), open.identity.token(), &endpoint).await;
        let cart = answer.map_err(|error| cart_error(error, cart_id))?.cart;
        self.settle(&open.identity, cart_id, cart).await?;
        Ok(())
    }
}
