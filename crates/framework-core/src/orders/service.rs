use async_trait::async_trait;

use super::{GetOrder, ListOrders, Order};
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
}

impl Operation for OrdersOperation {
    const MODULE: Module = Module::Orders;
    const ALL: &'static [Self] = &[Self::GetOrder, Self::ListOrders];

    fn name(self) -> &'static str {
        match self {
            Self::GetOrder => "get_order",
            Self::ListOrders => "list_orders",
        }
    }

    fn is_read(self) -> bool {
        true
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
}
