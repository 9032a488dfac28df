use async_trait::async_trait;

use super::{CreateReturn, ListReturnReasons, OrderReturns, Return, ReturnReason};
use crate::context::RequestContext;
use crate::error::Result;
use crate::ids::OrderId;
use crate::orders::ShippingMethod;
use crate::paging::Paginated;
use crate::support::{Module, Operation, Support};

/// The operations of [`ReturnsService`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum ReturnsOperation {
    /// [`ReturnsService::list_reasons`].
    ListReasons,
    /// [`ReturnsService::list_return_options`].
    ListReturnOptions,
    /// [`ReturnsService::create_return`].
    CreateReturn,
    /// [`ReturnsService::get_order_returns`].
    GetOrderReturns,
}

impl Operation for ReturnsOperation {
    const MODULE: Module = Module::Returns;
    const ALL: &'static [Self] =
        &[Self::ListReasons, Self::ListReturnOptions, Self::CreateReturn, Self::GetOrderReturns];

    fn name(self) -> &'static str {
        match self {
            Self::ListReasons => "list_reasons",
            Self::ListReturnOptions => "list_return_options",
            Self::CreateReturn => "create_return",
            Self::GetOrderReturns => "get_order_returns",
        }
    }

    fn is_read(self) -> bool {
        !matches!(self, Self::CreateReturn)
    }
}

/// Returns. What concerns an order obeys the order's [ownership rule](crate::ownership): a guest's order is open to
/// whoever knows its id, a customer's to that customer alone; all else is 404 `order.not_found`.
#[cfg_attr(feature = "mock", mockall::automock)]
#[async_trait]
pub trait ReturnsService: Send + Sync {
    /// What this integration does with an operation.
    fn support(&self, operation: ReturnsOperation) -> Support;

    /// Lists the reasons that a return may give. Open to everybody.
    async fn list_reasons(&self, cx: &RequestContext, request: &ListReturnReasons) -> Result<Paginated<ReturnReason>>;

    /// Lists the ways in which goods of an order can be sent back, with what they cost the customer.
    async fn list_return_options(&self, cx: &RequestContext, order_id: &OrderId) -> Result<Paginated<ShippingMethod>>;

    /// Asks to send goods of an order back. 400 `return.reason_invalid`, `return.option_invalid`, and
    /// `return.option_required` where the shop has several ways to send goods back and the request names none; 404
    /// `order.item_not_found`; 409 `return.quantity_exceeded` for more pieces than can be sent back now,
    /// `return.no_option` where the shop has no way to send goods back, `order.change_pending` where another change of
    /// the order is not finished.
    async fn create_return(&self, cx: &RequestContext, order_id: &OrderId, request: &CreateReturn) -> Result<Return>;

    /// Tells what of an order goes back, came back, and still can.
    async fn get_order_returns(&self, cx: &RequestContext, order_id: &OrderId) -> Result<OrderReturns>;
}
