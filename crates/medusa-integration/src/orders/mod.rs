//! Orders, whichever Medusa keeps them.

pub(crate) mod scan;

use std::sync::Arc;

use async_trait::async_trait;
use o2s_framework_core::context::RequestContext;
use o2s_framework_core::error::{Error, Result};
use o2s_framework_core::ids::OrderId;
use o2s_framework_core::orders::{
    ConfirmClaim, GetOrder, ListOrders, LookUpOrder, Order, OrderStatus, OrdersOperation, OrdersService,
};
use o2s_framework_core::paging::{Page, Paginated};
use o2s_framework_core::support::Support;
use o2s_medusa_client::CustomerToken;

use crate::regions::KnowsRegions;
use scan::{Window, scan};

/// Medusa's states that hold the orders in a state; and whether all orders in them are in that state. All, if empty.
// Medusa: an order that was sent is still `pending`; only its fulfilment says so.
pub(crate) fn statuses(status: Option<OrderStatus>) -> (&'static [&'static str], bool) {
    match status {
        None => (&[], true),
        Some(OrderStatus::Completed) => (&["completed"], true),
        Some(OrderStatus::Archived) => (&["archived"], true),
        Some(OrderStatus::Cancelled) => (&["canceled"], true),
        Some(OrderStatus::RequiresAction) => (&["requires_action"], true),
        Some(OrderStatus::Pending | OrderStatus::Shipped) => (&["pending"], false),
        Some(OrderStatus::Unknown) => (&[], false),
    }
}

/// A shop that keeps orders.
#[async_trait]
pub(crate) trait KeepsOrders: KnowsRegions + 'static {
    /// How a single order is read.
    const READS: Support;

    /// How orders are listed.
    const LISTS: Support;

    /// Whether an order can be found by its number.
    const LOOKS_UP: Support;

    /// What of a request its calls can say.
    type Selection: Send + Sync;

    /// How many of a customer's orders are looked through.
    fn order_scan_limit(&self) -> u32;

    /// An order, if the ownership rule lets the caller see it. 404 `order.not_found`.
    async fn order(&self, cx: &RequestContext, id: &OrderId) -> Result<Order>;

    /// How a list is made.
    fn plan(request: &ListOrders) -> Plan<Self::Selection>;

    /// A part of the selected orders of the customer whose token it is.
    async fn window(
        &self,
        cx: &RequestContext,
        token: &CustomerToken,
        selection: &Self::Selection,
        page: Page,
    ) -> Result<Window>;

    /// The guest's order that a request describes. 404 `order.not_found`.
    async fn look_up_order(&self, cx: &RequestContext, request: &LookUpOrder) -> Result<Order>;

    /// Lets the shop mail a token that proves whose a guest's order is.
    async fn request_claim(&self, cx: &RequestContext, id: &OrderId) -> Result<()>;

    /// Makes a guest's order the caller's, who has the token from the mail. 400 `order.claim_invalid`.
    async fn confirm_claim(&self, cx: &RequestContext, id: &OrderId, proof: &ConfirmClaim) -> Result<Order>;
}

/// How a list is made.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Plan<Q> {
    /// Medusa filters, sorts and cuts.
    Page(Q),
    /// We look through the selected orders, which come newest first.
    Scan(Q),
}

/// [`OrdersService`] over a shop.
pub(crate) struct Orders<S> {
    shop: Arc<S>,
}

impl<S: KeepsOrders> Orders<S> {
    pub(crate) fn new(shop: Arc<S>) -> Self {
        Self { shop }
    }
}

#[async_trait]
impl<S: KeepsOrders> OrdersService for Orders<S> {
    fn support(&self, operation: OrdersOperation) -> Support {
        match operation {
            OrdersOperation::GetOrder => S::READS,
            OrdersOperation::ListOrders => S::LISTS,
            OrdersOperation::LookUpOrder => S::LOOKS_UP,
            OrdersOperation::RequestClaim | OrdersOperation::ConfirmClaim => Support::Native,
        }
    }

    async fn get_order(&self, cx: &RequestContext, id: &OrderId, request: &GetOrder) -> Result<Order> {
        let cx = cx.clone().with_locale(request.locale.clone());
        Ok(request.select_lines(self.shop.order(&cx, id).await?))
    }

    async fn list_orders(&self, cx: &RequestContext, request: &ListOrders) -> Result<Paginated<Order>> {
        let cx = cx.clone().with_locale(request.locale.clone());
        // Medusa: the list needs a good token, and holds the caller's own orders; no other call is needed to know who.
        let token = self.shop.identities().required_token(&cx).await?;
        let violations = request.violations();
        if !violations.is_empty() {
            return Err(Error::violations(violations));
        }
        if let Some(wanted) = &request.customer_id {
            let identity = self.shop.identities().establish(&cx).await?;
            if identity.customer_id() != Some(wanted) {
                return Ok(Paginated::empty());
            }
        }
        match S::plan(request) {
            Plan::Page(selection) => {
                let Window { orders, count } = self.shop.window(&cx, &token, &selection, request.page()).await?;
                Ok(Paginated { data: orders, total: count })
            }
            Plan::Scan(selection) => {
                let (shop, cx, token, selection) = (&*self.shop, &cx, &token, &selection);
                scan(request, shop.order_scan_limit(), |page| shop.window(cx, token, selection, page)).await
            }
        }
    }

    async fn look_up_order(&self, cx: &RequestContext, request: &LookUpOrder) -> Result<Order> {
        if let Support::Absent(reason) = S::LOOKS_UP {
            return Err(Error::unsupported(OrdersOperation::LookUpOrder, reason));
        }
        let violations = request.violations();
        if !violations.is_empty() {
            return Err(Error::violations(violations));
        }
        let cx = cx.clone().with_locale(request.locale.clone());
        self.shop.look_up_order(&cx, request).await
    }

    async fn request_claim(&self, cx: &RequestContext, id: &OrderId) -> Result<()> {
        self.shop.request_claim(cx, id).await
    }

    async fn confirm_claim(&self, cx: &RequestContext, id: &OrderId, request: &ConfirmClaim) -> Result<Order> {
        self.shop.confirm_claim(cx, id, request).await
    }
}

/// 404: there is no such order, or it is somebody else's.
pub(crate) fn not_found(id: &OrderId) -> Error {
    Error::not_found("order.not_found", format!("Order {id} not found"))
}

/// 409: the order is the caller's already.
pub(crate) fn already_claimed() -> Error {
    Error::conflict("order.already_claimed", "This order is yours already")
}

/// 400: the token proves nothing, whatever is wrong with it: an answer of its own would tell which orders there are.
pub(crate) fn invalid_claim() -> Error {
    Error::invalid("order.claim_invalid", "This token does not prove that the order is yours: ask for a new one")
}
