//! Payments, whichever Medusa takes them: a session lives with its cart.

pub(crate) mod session;

use std::sync::Arc;

use async_trait::async_trait;
use o2s_framework_core::context::RequestContext;
use o2s_framework_core::error::{Error, ErrorKind, PaymentAction, Result, Violation};
use o2s_framework_core::ids::{CartId, PaymentProviderId, PaymentSessionId, RegionId};
use o2s_framework_core::metadata::Metadata;
use o2s_framework_core::paging::Paginated;
use o2s_framework_core::payments::{
    CreateSession, ListProviders, PaymentProvider, PaymentSession, PaymentsOperation, PaymentsService, UpdateSession,
};
use o2s_framework_core::support::Support;
use o2s_framework_core::text::WebUrl;

use crate::carts::access::{OpenCart, open_cart, read_cart, remember};
use crate::carts::{KeepsCarts, TellsCart};
use crate::turns::in_turn;
use session::{cart_of, session_not_found};

/// A shop that takes payments for its carts.
#[async_trait]
pub(crate) trait TakesPayments: KeepsCarts {
    /// How a session is changed.
    const CHANGES: Support;

    /// How a session is called off.
    const CANCELS: Support;

    /// The payment providers of a region; kept for minutes.
    async fn providers(&self, cx: &RequestContext, region: &RegionId) -> Result<Arc<Vec<PaymentProvider>>>;

    /// Starts a session for a cart; it takes the place of an earlier one. 400 `payment.provider_invalid`.
    async fn start_payment(
        &self,
        cx: &RequestContext,
        id: &CartId,
        open: &OpenCart<Self::Cart>,
        provider: &PaymentProviderId,
        terms: &PaymentTerms,
    ) -> Result<PaymentSession>;

    /// Changes the session of a cart.
    async fn change_payment(
        &self,
        cx: &RequestContext,
        id: &CartId,
        open: &OpenCart<Self::Cart>,
        session: &PaymentSession,
        terms: &PaymentTerms,
    ) -> Result<PaymentSession>;

    /// Calls the session of a cart off.
    async fn cancel_payment(
        &self,
        cx: &RequestContext,
        id: &CartId,
        open: &OpenCart<Self::Cart>,
        session: &PaymentSession,
    ) -> Result<()>;
}

/// What a provider is told: where to send the customer, and the front end's own data.
#[derive(Default)]
pub(crate) struct PaymentTerms {
    pub(crate) return_url: Option<WebUrl>,
    pub(crate) cancel_url: Option<WebUrl>,
    pub(crate) metadata: Option<Metadata>,
}

/// [`PaymentsService`] over a shop.
pub(crate) struct Payments<S> {
    shop: Arc<S>,
}

impl<S: TakesPayments> Payments<S> {
    pub(crate) fn new(shop: Arc<S>) -> Self {
        Self { shop }
    }

    /// The cart that a session's id names. A bad token is told before anything about the id.
    async fn cart_of(&self, cx: &RequestContext, id: &PaymentSessionId) -> Result<CartId> {
        match cart_of(id) {
            Ok(cart) => Ok(cart),
            Err(unknown) => {
                self.shop.identities().establish(cx).await?;
                Err(unknown)
            }
        }
    }
}

#[async_trait]
impl<S: TakesPayments> PaymentsService for Payments<S> {
    fn support(&self, operation: PaymentsOperation) -> Support {
        match operation {
            PaymentsOperation::ListProviders | PaymentsOperation::CreateSession => Support::Native,
            PaymentsOperation::GetSession => Support::Emulated("reads the session with its cart"),
            PaymentsOperation::UpdateSession => S::CHANGES,
            PaymentsOperation::CancelSession => S::CANCELS,
        }
    }

    async fn list_providers(&self, cx: &RequestContext, request: &ListProviders) -> Result<Paginated<PaymentProvider>> {
        let cx = cx.clone().with_locale(request.locale.clone());
        let providers = async {
            // Medusa: an unknown region has no providers, without an error.
            self.shop.region(&cx, &request.region_id).await?;
            self.shop.providers(&cx, &request.region_id).await
        };
        let (_, providers) = self.shop.identities().establish_beside(&cx, providers).await?;
        Ok(Paginated::whole(providers?.to_vec()))
    }

    async fn create_session(&self, cx: &RequestContext, request: &CreateSession) -> Result<PaymentSession> {
        let provider = request.provider_id.clone();
        let terms = PaymentTerms {
            return_url: Some(request.return_url.clone()),
            cancel_url: request.cancel_url.clone(),
            metadata: request.metadata.clone(),
        };
        in_turn(&self.shop, cx, &request.cart_id, |shop, cx, id| async move {
            let open = open_cart(&*shop, &cx, &id).await?;
            open.refuse_completed(&id)?;
            // The cart's session is another one now, whatever the answer.
            shop.turns().forget(&id).await;
            shop.start_payment(&cx, &id, &open, &provider, &terms).await
        })
        .await
    }

    async fn get_session(&self, cx: &RequestContext, id: &PaymentSessionId) -> Result<PaymentSession> {
        let cart = self.cart_of(cx, id).await?;
        read_session(&*self.shop, cx, &cart, id).await.map(|(_, session)| session)
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
        let cart = self.cart_of(cx, id).await?;
        let id = id.clone();
        let terms = PaymentTerms {
            return_url: request.return_url.clone(),
            cancel_url: request.cancel_url.clone(),
            metadata: request.metadata.clone(),
        };
        in_turn(&self.shop, cx, &cart, |shop, cx, cart| async move {
            let (open, session) = read_session(&*shop, &cx, &cart, &id).await?;
            open.refuse_completed(&cart)?;
            shop.turns().forget(&cart).await;
            shop.change_payment(&cx, &cart, &open, &session, &terms).await
        })
        .await
    }

    async fn cancel_session(&self, cx: &RequestContext, id: &PaymentSessionId) -> Result<()> {
        let cart = self.cart_of(cx, id).await?;
        let id = id.clone();
        in_turn(&self.shop, cx, &cart, |shop, cx, cart| async move {
            let (open, session) = read_session(&*shop, &cx, &cart, &id).await?;
            open.refuse_completed(&cart)?;
            shop.turns().forget(&cart).await;
            shop.cancel_payment(&cx, &cart, &open, &session).await
        })
        .await
    }
}

/// The session of a cart that has this id. 404 `payment.session_not_found` where it is not the cart's any more.
async fn read_session<S: TakesPayments>(
    shop: &S,
    cx: &RequestContext,
    cart_id: &CartId,
    id: &PaymentSessionId,
) -> Result<(OpenCart<S::Cart>, PaymentSession)> {
    let (identity, cart) = read_cart(shop, cx, cart_id).await.map_err(|error| {
        if error.code() == "cart.not_found" { session_not_found(id).with_source(error) } else { error }
    })?;
    let live = cart.payment()?.filter(|live| live.id == *id).ok_or_else(|| session_not_found(id))?;
    let seen = remember(shop, cart_id, &cart).await?;
    Ok((OpenCart { identity, seen, read: Some(cart) }, live))
}

/// 402: the provider wants something of the customer first.
pub(crate) fn action_required(redirect_url: Option<String>, client_secret: Option<String>) -> Error {
    Error::new(
        ErrorKind::PaymentRequired,
        "payment.action_required",
        "The payment needs another step: send the customer there, then place the order again",
    )
    .with_payment_action(PaymentAction { redirect_url, client_secret })
}

/// 402: the provider refused.
pub(crate) fn payment_failed() -> Error {
    Error::new(
        ErrorKind::PaymentRequired,
        "payment.failed",
        "The payment was not accepted: choose another way to pay, or try again",
    )
}
