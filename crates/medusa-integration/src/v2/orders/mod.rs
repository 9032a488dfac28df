//! Orders over Medusa 2.

pub(crate) mod access;
pub(crate) mod claims;
pub(crate) mod map;
mod scan;

use std::sync::Arc;

use async_trait::async_trait;
use o2s_framework_core::context::RequestContext;
use o2s_framework_core::error::{Error, Result};
use o2s_framework_core::ids::OrderId;
use o2s_framework_core::orders::{
    ConfirmClaim, GetOrder, ListOrders, LookUpOrder, Order, OrdersOperation, OrdersService,
};
use o2s_framework_core::paging::Paginated;
use o2s_framework_core::support::Support;

use super::Shop;
use map::ORDER_FIELDS;
use scan::Plan;

const NO_LOOK_UP: &str = "Medusa 2's Store API finds no order by its number";

/// The orders of a Medusa 2.
pub(super) struct Orders {
    shop: Arc<Shop>,
}

impl Orders {
    pub(super) fn new(shop: Arc<Shop>) -> Self {
        Self { shop }
    }
}

#[async_trait]
impl OrdersService for Orders {
    fn support(&self, operation: OrdersOperation) -> Support {
        match operation {
            OrdersOperation::GetOrder | OrdersOperation::RequestClaim | OrdersOperation::ConfirmClaim => {
                Support::Native
            }
            OrdersOperation::ListOrders => Support::Emulated(
                "Medusa filters by id and status and sorts by time; for the rest the customer's newest orders are looked \
                 through, up to the configured order_scan_limit",
            ),
            OrdersOperation::LookUpOrder => Support::Absent(NO_LOOK_UP),
        }
    }

    async fn get_order(&self, cx: &RequestContext, id: &OrderId, request: &GetOrder) -> Result<Order> {
        let cx = cx.clone().with_locale(request.locale.clone());
        let open = self.shop.open_order(&cx, id, ORDER_FIELDS).await?;
        Ok(request.select_lines(map::open_order(&open)?))
    }

    async fn list_orders(&self, cx: &RequestContext, request: &ListOrders) -> Result<Paginated<Order>> {
        let cx = cx.clone().with_locale(request.locale.clone());
        // Medusa: the list needs a good token, and holds the caller's own orders; no other call is needed to know who.
        let token = self.shop.identities.required_token(&cx).await?;
        let violations = request.violations();
        if !violations.is_empty() {
            return Err(Error::violations(violations));
        }
        if let Some(wanted) = &request.customer_id {
            let identity = self.shop.identities.establish(&cx).await?;
            if identity.customer_id() != Some(wanted) {
                return Ok(Paginated::empty());
            }
        }
        match Plan::of(request) {
            Plan::Page { order, statuses } => self.page(&cx, &token, request, order, statuses).await,
            Plan::Scan { statuses } => self.scan(&cx, &token, request, statuses).await,
        }
    }

    async fn look_up_order(&self, _: &RequestContext, _: &LookUpOrder) -> Result<Order> {
        Err(Error::unsupported(OrdersOperation::LookUpOrder, NO_LOOK_UP))
    }

    async fn request_claim(&self, cx: &RequestContext, id: &OrderId) -> Result<()> {
        self.shop.request_claim(cx, id).await
    }

    async fn confirm_claim(&self, cx: &RequestContext, id: &OrderId, request: &ConfirmClaim) -> Result<Order> {
        self.shop.confirm_claim(cx, id, request).await
    }
}
