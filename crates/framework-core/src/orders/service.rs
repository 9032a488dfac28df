use async_trait::async_trait;

use super::{ConfirmClaim, GetOrder, ListOrders, LookUpOrder, Order};
use crate::context::RequestContext;
use crate::error::Result;
use crate::ids::OrderId;
use crate::paging::Paginated;
use crate::support::{Module, Operation, Support};

/// The operations of [`OrdersService`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum OrdersOperation {
    /// [`OrdersService::get_order`].
    GetOrder,
    /// [`OrdersService::list_orders`].
    ListOrders,
    /// [`OrdersService::look_up_order`].
    LookUpOrder,
    /// [`OrdersService::request_claim`].
    RequestClaim,
    /// [`OrdersService::confirm_claim`].
    ConfirmClaim,
}

impl Operation for OrdersOperation {
    const MODULE: Module = Module::Orders;
    const ALL: &'static [Self] =
        &[Self::GetOrder, Self::ListOrders, Self::LookUpOrder, Self::RequestClaim, Self::ConfirmClaim];

    fn name(self) -> &'static str {
        match self {
            Self::GetOrder => "get_order",
            Self::ListOrders => "list_orders",
            Self::LookUpOrder => "look_up_order",
            Self::RequestClaim => "request_claim",
            Self::ConfirmClaim => "confirm_claim",
        }
    }

    fn is_read(self) -> bool {
        !matches!(self, Self::RequestClaim | Self::ConfirmClaim)
    }
}

/// Orders. An order obeys the [ownership rule](crate::ownership): a guest's order is open to whoever knows its id,
/// a customer's order to that customer alone; all else is 404 `order.not_found`.
#[cfg_attr(feature = "mock", mockall::automock)]
#[async_trait]
pub trait OrdersService: Send + Sync {
    /// What this integration does with an operation.
    fn support(&self, operation: OrdersOperation) -> Support;

    /// Gets an order. 404 `order.not_found`.
    async fn get_order(&self, cx: &RequestContext, id: &OrderId, request: &GetOrder) -> Result<Order>;

    /// Lists the caller's orders. 401 `auth.required` without a token.
    async fn list_orders(&self, cx: &RequestContext, request: &ListOrders) -> Result<Paginated<Order>>;

    /// Finds an order by what its customer remembers. A guest's order, or the caller's own: somebody else's is 404
    /// `order.not_found`, as is one of which anything that was given is wrong.
    async fn look_up_order(&self, cx: &RequestContext, request: &LookUpOrder) -> Result<Order>;

    /// Asks for a guest's order to become the signed-in caller's: the shop mails a token to the order's address. 401
    /// `auth.required` without a token, 409 `order.already_claimed` for the caller's own,
    /// `order.change_pending` where another change of the order is not finished.
    async fn request_claim(&self, cx: &RequestContext, id: &OrderId) -> Result<()>;

    /// Makes an order the signed-in caller's who asked for it, by the token that was mailed. 400 `order.claim_invalid` for
    /// a token that is wrong, used up, too old, of another order or of another customer; 401 `auth.required` without a
    /// token of the caller's own.
    async fn confirm_claim(&self, cx: &RequestContext, id: &OrderId, request: &ConfirmClaim) -> Result<Order>;
}
