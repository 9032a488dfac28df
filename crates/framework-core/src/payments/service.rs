use async_trait::async_trait;

use super::{CreateSession, ListProviders, PaymentProvider, PaymentSession, UpdateSession};
use crate::context::RequestContext;
use crate::error::Result;
use crate::ids::PaymentSessionId;
use crate::paging::Paginated;
use crate::support::{Module, Operation, Support};

/// The operations of [`PaymentsService`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum PaymentsOperation {
    /// [`PaymentsService::list_providers`].
    ListProviders,
    /// [`PaymentsService::create_session`].
    CreateSession,
    /// [`PaymentsService::get_session`].
    GetSession,
    /// [`PaymentsService::update_session`].
    UpdateSession,
    /// [`PaymentsService::cancel_session`].
    CancelSession,
}

impl Operation for PaymentsOperation {
    const MODULE: Module = Module::Payments;
    const ALL: &'static [Self] =
        &[Self::ListProviders, Self::CreateSession, Self::GetSession, Self::UpdateSession, Self::CancelSession];

    fn name(self) -> &'static str {
        match self {
            Self::ListProviders => "list_providers",
            Self::CreateSession => "create_session",
            Self::GetSession => "get_session",
            Self::UpdateSession => "update_session",
            Self::CancelSession => "cancel_session",
        }
    }

    fn is_read(self) -> bool {
        matches!(self, Self::ListProviders | Self::GetSession)
    }
}

/// Payments. A session belongs to a cart and obeys the cart's [ownership rule](crate::ownership): a session of somebody
/// else's cart, one that is unknown, and one that the backend dropped (because the cart's total changed) are 404
/// `payment.session_not_found`.
#[cfg_attr(feature = "mock", mockall::automock)]
#[async_trait]
pub trait PaymentsService: Send + Sync {
    /// What this integration does with an operation.
    fn support(&self, operation: PaymentsOperation) -> Support;

    /// Lists the payment providers of a region. 404 `region.not_found`.
    async fn list_providers(&self, cx: &RequestContext, request: &ListProviders) -> Result<Paginated<PaymentProvider>>;

    /// Starts a session; it takes the place of an earlier one of the cart. 400 `payment.provider_invalid`, 404
    /// `cart.not_found`, 409 `payment.not_needed` where there is nothing to pay and the shop takes no payment for that.
    async fn create_session(&self, cx: &RequestContext, request: &CreateSession) -> Result<PaymentSession>;

    /// Gets a session.
    async fn get_session(&self, cx: &RequestContext, id: &PaymentSessionId) -> Result<PaymentSession>;

    /// Changes what the request names and leaves the rest. The session may get another id.
    async fn update_session(
        &self,
        cx: &RequestContext,
        id: &PaymentSessionId,
        request: &UpdateSession,
    ) -> Result<PaymentSession>;

    /// Calls a session off.
    async fn cancel_session(&self, cx: &RequestContext, id: &PaymentSessionId) -> Result<()>;
}
