//! Payments: providers that behave each in its own way, and sessions of carts.
//!
//! There is no bank behind them. What a customer would do on a provider's page is said through the session's metadata:
//! `{"approved": true}` is the customer's yes, `{"approved": false}` the customer's no.

use std::sync::Arc;

use async_trait::async_trait;
use o2s_framework_core::carts::PaymentMethod;
use o2s_framework_core::context::RequestContext;
use o2s_framework_core::error::{Error, ErrorKind, PaymentAction, Result};
use o2s_framework_core::ids::{CartId, PaymentProviderId, PaymentSessionId};
use o2s_framework_core::money::Currency;
use o2s_framework_core::paging::Paginated;
use o2s_framework_core::payments::{
    CreateSession, ListProviders, PaymentProvider, PaymentSession, PaymentSessionStatus, PaymentsOperation,
    PaymentsService, UpdateSession,
};
use o2s_framework_core::support::Support;
use o2s_framework_core::text::WebUrl;
use o2s_framework_core::time::Timestamp;
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use rust_decimal::Decimal;

use crate::carts::CartRecord;
use crate::customers::DemoCustomer;
use crate::known::known;
use crate::language::{Language, Text, text};
use crate::members::Members;
use crate::regions::region;
use crate::shop::{Change, Shop, State, admit, later, now};
use crate::violations::violation;

/// How long a session lives.
const SESSION_SECONDS: i64 = 30 * 60;

/// A payment provider.
#[derive(Debug)]
pub(crate) struct Provider {
    pub(crate) id: &'static str,
    name: Text,
    description: Text,
    kind: &'static str,
    way: Way,
}

/// How a provider goes about a payment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Way {
    /// Agrees at once.
    Agrees,
    /// Gives a secret for its script in the browser; agrees at once, or asks back where the session's metadata says
    /// `{"requiresAction": true}`.
    Script,
    /// Sends the customer to its own page.
    Redirects,
    /// Refuses when the order is placed.
    Refuses,
}

static PROVIDERS: [Provider; 4] = [
    Provider {
        id: "pay_invoice",
        name: text("Invoice", "Rechnung", "Faktura"),
        description: text("Pay within 14 days", "Zahlbar in 14 Tagen", "Płatność w ciągu 14 dni"),
        kind: "INVOICE",
        way: Way::Agrees,
    },
    Provider {
        id: "pay_card",
        name: text("Card", "Karte", "Karta"),
        description: text("Credit or debit card", "Kredit- oder Debitkarte", "Karta kredytowa lub debetowa"),
        kind: "CARD",
        way: Way::Script,
    },
    Provider {
        id: "pay_redirect",
        name: text("Bank transfer online", "Online-Überweisung", "Szybki przelew"),
        description: text("You go to your bank's page", "Weiter zur Seite Ihrer Bank", "Przejście na stronę banku"),
        kind: "REDIRECT",
        way: Way::Redirects,
    },
    Provider {
        id: "pay_broken",
        name: text("Declined card", "Abgelehnte Karte", "Karta odrzucona"),
        description: text("Always refuses: for testing", "Lehnt immer ab: zum Testen", "Zawsze odmawia: do testów"),
        kind: "TEST",
        way: Way::Refuses,
    },
];

impl Provider {
    /// The provider as a cart shows it.
    pub(crate) fn payment_method(&self, language: Language) -> PaymentMethod {
        PaymentMethod {
            id: known(self.id),
            name: self.name.get(language).to_owned(),
            description: Some(self.description.get(language).to_owned()),
        }
    }

    /// Whether the customer pays later, so that the order says until when.
    pub(crate) fn is_invoice(&self) -> bool {
        self.way == Way::Agrees
    }

    fn view(&self, language: Language) -> PaymentProvider {
        PaymentProvider {
            id: known(self.id),
            name: self.name.get(language).to_owned(),
            kind: self.kind.to_owned(),
            is_enabled: true,
            requires_redirect: self.way == Way::Redirects,
            config: None,
        }
    }
}

/// Every provider; each serves every region.
pub(crate) fn providers() -> impl Iterator<Item = &'static Provider> {
    PROVIDERS.iter()
}

/// A payment session of a cart.
#[derive(Clone)]
pub(crate) struct SessionRecord {
    pub(crate) id: PaymentSessionId,
    pub(crate) provider: &'static Provider,
    status: PaymentSessionStatus,
    /// What it pays; a session for another amount than the cart costs is dropped.
    pub(crate) amount: (Decimal, Currency),
    return_url: Option<WebUrl>,
    cancel_url: Option<WebUrl>,
    metadata: Members,
    client_secret: Option<String>,
    expires_at: Timestamp,
}

impl SessionRecord {
    pub(crate) fn is_live(&self, now: Timestamp) -> bool {
        now < self.expires_at
    }

    /// Asks the provider for the amount. 402 `payment.action_required`, `payment.failed`.
    pub(crate) fn authorise(&mut self) -> Result<()> {
        if self.provider.way == Way::Refuses {
            self.status = PaymentSessionStatus::Failed;
        }
        match self.status {
            PaymentSessionStatus::Authorized | PaymentSessionStatus::Captured => Ok(()),
            PaymentSessionStatus::Pending => Err(Error::new(
                ErrorKind::PaymentRequired,
                "payment.action_required",
                "The customer has to confirm the payment before the order can be placed",
            )
            .with_payment_action(PaymentAction {
                redirect_url: self.redirect_url(),
                client_secret: self.client_secret.clone(),
            })),
            PaymentSessionStatus::Failed | PaymentSessionStatus::Cancelled => Err(Error::new(
                ErrorKind::PaymentRequired,
                "payment.failed",
                "The payment was refused: choose another way to pay",
            )),
        }
    }

    /// Takes new addresses to return to and new metadata; see the [module](self) for what the metadata can say.
    fn update(&mut self, return_url: Option<&WebUrl>, cancel_url: Option<&WebUrl>, metadata: &Members) -> Result<()> {
        self.return_url = return_url.cloned().or(self.return_url.take());
        self.cancel_url = cancel_url.cloned().or(self.cancel_url.take());
        self.metadata.merge(metadata.view().as_ref())?;
        if self.status == PaymentSessionStatus::Pending && self.provider.way != Way::Refuses {
            self.status = match metadata.flag("approved") {
                Some(true) => PaymentSessionStatus::Authorized,
                Some(false) => PaymentSessionStatus::Failed,
                None => PaymentSessionStatus::Pending,
            };
        }
        Ok(())
    }

    /// The provider's page is named, not there: `.example` is a domain that never resolves (RFC 2606).
    fn redirect_url(&self) -> Option<String> {
        if self.provider.way != Way::Redirects {
            return None;
        }
        let urls = [("returnUrl", &self.return_url), ("cancelUrl", &self.cancel_url)];
        let query: Vec<String> = urls
            .into_iter()
            .filter_map(|(name, url)| {
                Some(format!("{name}={}", utf8_percent_encode(url.as_ref()?.as_str(), NON_ALPHANUMERIC)))
            })
            .collect();
        let mark = if query.is_empty() { "" } else { "?" };
        Some(format!("https://pay.shop.example/sessions/{}{mark}{}", self.id, query.join("&")))
    }

    fn view(&self, cart_id: &CartId) -> PaymentSession {
        PaymentSession {
            id: self.id.clone(),
            cart_id: cart_id.clone(),
            provider_id: known(self.provider.id),
            status: self.status,
            redirect_url: self.redirect_url(),
            client_secret: self.client_secret.clone(),
            expires_at: Some(self.expires_at),
            metadata: self.metadata.view(),
        }
    }
}

impl CartRecord {
    /// Starts a payment of what the cart costs; an earlier session goes. 400 `payment.provider_invalid`.
    pub(crate) fn start_session(&mut self, provider: &PaymentProviderId, change: &Change<'_>) -> Result<()> {
        self.start_session_with(provider, None, None, Members::default(), change)
    }

    /// The same with addresses to return to and metadata for the provider.
    pub(crate) fn start_session_with(
        &mut self,
        provider: &PaymentProviderId,
        return_url: Option<&WebUrl>,
        cancel_url: Option<&WebUrl>,
        metadata: Members,
        change: &Change<'_>,
    ) -> Result<()> {
        let provider = find_provider(provider)?;
        let asks_back = metadata.flag("requiresAction") == Some(true);
        let status = match provider.way {
            Way::Agrees => PaymentSessionStatus::Authorized,
            Way::Script if !asks_back => PaymentSessionStatus::Authorized,
            Way::Script | Way::Redirects | Way::Refuses => PaymentSessionStatus::Pending,
        };
        let has_secret = matches!(provider.way, Way::Script | Way::Redirects);
        self.session = Some(SessionRecord {
            id: change.ids.next("payses"),
            provider,
            status,
            amount: (self.totals().total, self.region.currency),
            return_url: return_url.cloned(),
            cancel_url: cancel_url.cloned(),
            metadata,
            client_secret: has_secret.then(|| change.ids.next_text("secret")),
            expires_at: later(change.now, SESSION_SECONDS),
        });
        Ok(())
    }

    /// Goes on with a live session of the same provider, so that the customer's yes is not lost; else starts one.
    pub(crate) fn continue_session(
        &mut self,
        provider: &PaymentProviderId,
        return_url: &WebUrl,
        cancel_url: Option<&WebUrl>,
        metadata: Members,
        change: &Change<'_>,
    ) -> Result<()> {
        let due = (self.totals().total, self.region.currency);
        let goes_on = |session: &SessionRecord| {
            session.provider.id == provider.as_str()
                && session.is_live(change.now)
                && session.amount == due
                && matches!(session.status, PaymentSessionStatus::Pending | PaymentSessionStatus::Authorized)
        };
        match self.session.as_mut().filter(|session| goes_on(session)) {
            Some(session) => session.update(Some(return_url), cancel_url, &metadata),
            None => self.start_session_with(provider, Some(return_url), cancel_url, metadata, change),
        }
    }

    /// The live payment session as the contract shows it.
    pub(crate) fn session_view(&self, now: Timestamp) -> Option<PaymentSession> {
        self.live_session(now).map(|session| session.view(&self.id))
    }
}

fn find_provider(id: &PaymentProviderId) -> Result<&'static Provider> {
    providers().find(|provider| provider.id == id.as_str()).ok_or_else(|| {
        let known: Vec<_> = providers().map(|provider| provider.id).collect();
        Error::invalid(
            "payment.provider_invalid",
            format!("{id} is no payment provider here: take one of {}", known.join(", ")),
        )
    })
}

/// Payments of the shop.
pub(crate) struct MockPayments(pub(crate) Arc<Shop>);

#[async_trait]
impl PaymentsService for MockPayments {
    fn support(&self, operation: PaymentsOperation) -> Support {
        match operation {
            PaymentsOperation::ListProviders
            | PaymentsOperation::CreateSession
            | PaymentsOperation::GetSession
            | PaymentsOperation::UpdateSession
            | PaymentsOperation::CancelSession => Support::Native,
        }
    }

    async fn list_providers(&self, cx: &RequestContext, request: &ListProviders) -> Result<Paginated<PaymentProvider>> {
        self.0.identify(cx)?;
        region(&request.region_id)?;
        let language = Language::of(request.locale.as_ref(), cx);
        Ok(Paginated::whole(providers().map(|provider| provider.view(language)).collect()))
    }

    async fn create_session(&self, cx: &RequestContext, request: &CreateSession) -> Result<PaymentSession> {
        self.0.pay_cart(cx, &request.cart_id, |cart, change| {
            cart.start_session_with(
                &request.provider_id,
                Some(&request.return_url),
                request.cancel_url.as_ref(),
                Members::of(request.metadata.as_ref())?,
                change,
            )
        })
    }

    async fn get_session(&self, cx: &RequestContext, id: &PaymentSessionId) -> Result<PaymentSession> {
        let caller = self.0.identify(cx)?;
        let (state, now) = (self.0.state(), now());
        state.cart_with_session(id, caller, now)?.session_view(now).ok_or_else(|| no_such_session(id))
    }

    async fn update_session(
        &self,
        cx: &RequestContext,
        id: &PaymentSessionId,
        request: &UpdateSession,
    ) -> Result<PaymentSession> {
        if request.is_empty() {
            return Err(violation("body", "give something to change: returnUrl, cancelUrl or metadata"));
        }
        let metadata = Members::of(request.metadata.as_ref())?;
        self.0.change_session(cx, id, |cart| {
            let session = cart.session.as_mut().ok_or_else(|| no_such_session(id))?;
            session.update(request.return_url.as_ref(), request.cancel_url.as_ref(), &metadata)?;
            cart.session_view(now()).ok_or_else(|| no_such_session(id))
        })
    }

    async fn cancel_session(&self, cx: &RequestContext, id: &PaymentSessionId) -> Result<()> {
        self.0.change_session(cx, id, |cart| {
            cart.session = None;
            Ok(())
        })
    }
}

impl Shop {
    /// Starts a payment session on a cart and answers the session.
    pub(crate) fn pay_cart(
        &self,
        cx: &RequestContext,
        id: &CartId,
        start: impl FnOnce(&mut CartRecord, &Change<'_>) -> Result<()>,
    ) -> Result<PaymentSession> {
        let mut started = None;
        self.change_cart(cx, id, Language::of(None, cx), |cart, change| {
            start(cart, change)?;
            started = cart.session_view(change.now);
            Ok(())
        })?;
        started.ok_or_else(|| Error::internal("a payment session was over as soon as it began"))
    }

    /// Changes the cart of a session of the caller's. 409 `cart.completed`.
    fn change_session<T>(
        &self,
        cx: &RequestContext,
        id: &PaymentSessionId,
        change: impl FnOnce(&mut CartRecord) -> Result<T>,
    ) -> Result<T> {
        let caller = self.identify(cx)?;
        let now = now();
        let mut state = self.state_mut();
        let mut cart = state.cart_with_session(id, caller, now)?.clone();
        cart.ensure_open()?;
        let answer = change(&mut cart)?;
        state.keep_cart(cart, now);
        Ok(answer)
    }
}

impl State {
    /// The cart that a live session is of, if the caller may touch it. 404 `payment.session_not_found`.
    fn cart_with_session(
        &self,
        id: &PaymentSessionId,
        caller: Option<&'static DemoCustomer>,
        now: Timestamp,
    ) -> Result<&CartRecord> {
        let cart = self
            .cart_of_session(id)
            .filter(|cart| cart.live_session(now).is_some())
            .ok_or_else(|| no_such_session(id))?;
        admit(cart.customer, caller, || no_such_session(id))?;
        Ok(cart)
    }
}

fn no_such_session(id: &PaymentSessionId) -> Error {
    Error::not_found("payment.session_not_found", format!("There is no payment session {id}: start one for the cart"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_session_ends_by_itself() {
        let began = now();
        let session = SessionRecord {
            id: known("payses_1"),
            provider: &PROVIDERS[0],
            status: PaymentSessionStatus::Authorized,
            amount: (Decimal::ONE, Currency::EUR),
            return_url: None,
            cancel_url: None,
            metadata: Members::default(),
            client_secret: None,
            expires_at: later(began, SESSION_SECONDS),
        };
        assert!(session.is_live(later(began, SESSION_SECONDS - 1)));
        assert!(!session.is_live(later(began, SESSION_SECONDS)));
    }
}
