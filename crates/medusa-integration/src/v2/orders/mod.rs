//! Orders over Medusa 2.

pub(crate) mod map;
mod scan;

use std::sync::Arc;

use async_trait::async_trait;
use o2s_framework_core::context::RequestContext;
use o2s_framework_core::error::{Error, Result};
use o2s_framework_core::ids::OrderId;
use o2s_framework_core::orders::{GetOrder, ListOrders, Order, OrdersOperation, OrdersService};
use o2s_framework_core::ownership::access;
use o2s_framework_core::paging::Paginated;
use o2s_framework_core::support::Support;
use o2s_medusa_client::CustomerToken;
use o2s_medusa_client::v2::store::carts::{Cart as WireCart, GetCart};
use o2s_medusa_client::v2::store::orders::{GetOrder as GetWireOrder, ListOrders as ListWireOrders};
use o2s_medusa_client::v2::types::Page as WirePage;

use crate::error::{backend, is_not_found};
use crate::v2::carts::access::is_guests;
use crate::v2::carts::map::NOTES;
use crate::v2::{Shop, call_context};
use map::{ORDER_FIELDS, OWNER_FIELDS};
use scan::Plan;

/// The orders of a Medusa 2.
pub(super) struct Orders {
    shop: Arc<Shop>,
}

impl Orders {
    pub(super) fn new(shop: Arc<Shop>) -> Self {
        Self { shop }
    }

    /// The order of this id if it is the caller's own: the list of a customer's orders holds no others.
    async fn own_order(&self, cx: &RequestContext, token: &CustomerToken, id: &OrderId) -> Result<Option<Order>> {
        let endpoint = ListWireOrders {
            fields: Some(ORDER_FIELDS),
            page: WirePage { limit: Some(1), ..WirePage::default() },
            ids: &[id.as_str()],
            ..ListWireOrders::default()
        };
        let answer = self.shop.store.call(&call_context(cx), Some(token), &endpoint).await.map_err(backend)?;
        answer.orders.first().map(map::order).transpose()
    }

    /// The order of this id if the ownership rule lets the caller see it.
    // Medusa: whoever knows an order's id can read it; whose it is, the cart that it was tells.
    async fn anyones_order(&self, cx: &RequestContext, id: &OrderId) -> Result<Order> {
        let call = call_context(cx);
        let endpoint = GetWireOrder { id: id.as_str(), fields: Some(ORDER_FIELDS) };
        let read = async {
            let wire = match self.shop.store.call(&call, None, &endpoint).await {
                Ok(answer) => answer.order,
                Err(error) if is_not_found(&error) => return Err(not_found(id).with_source(error)),
                Err(error) => return Err(backend(error)),
            };
            let cart = match &wire.cart {
                Some(cart) => self.cart_of(cx, &cart.id).await?,
                None => None,
            };
            Ok((map::order(&wire)?, cart))
        };
        let (identity, read) = self.shop.identities.establish_beside(cx, read).await?;
        let (mut order, cart) = read?;
        let owner = map::owner(order.customer_id.as_ref(), cart.as_ref());
        access(owner, identity.visitor()).or_hide(|| not_found(id))?;
        if cart.as_ref().is_some_and(is_guests) {
            // Whose account a guest's e-mail address belongs to is not the guest's to know.
            order.customer_id = None;
        }
        if order.customer_comment.is_none() {
            let metadata = cart.as_ref().and_then(|cart| cart.metadata.as_ref());
            order.customer_comment = crate::map::text_member(metadata, NOTES);
        }
        Ok(order)
    }

    async fn cart_of(&self, cx: &RequestContext, id: &str) -> Result<Option<WireCart>> {
        let endpoint = GetCart { id, fields: Some(OWNER_FIELDS) };
        match self.shop.store.call(&call_context(cx), None, &endpoint).await {
            Ok(answer) => Ok(Some(answer.cart)),
            Err(error) if is_not_found(&error) => Ok(None),
            Err(error) => Err(backend(error)),
        }
    }
}

#[async_trait]
impl OrdersService for Orders {
    fn support(&self, operation: OrdersOperation) -> Support {
        match operation {
            OrdersOperation::GetOrder => Support::Native,
            OrdersOperation::ListOrders => Support::Emulated(
                "Medusa filters by id and status and sorts by time; for the rest the customer's newest orders are looked \
                 through, up to the configured order_scan_limit",
            ),
        }
    }

    async fn get_order(&self, cx: &RequestContext, id: &OrderId, request: &GetOrder) -> Result<Order> {
        let cx = cx.clone().with_locale(request.locale.clone());
        if let Some(token) = self.shop.identities.token(&cx).await?
            && let Some(order) = self.own_order(&cx, &token, id).await?
        {
            return Ok(request.select_lines(order));
        }
        let order = self.anyones_order(&cx, id).await?;
        Ok(request.select_lines(order))
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
}

fn not_found(id: &OrderId) -> Error {
    Error::not_found("order.not_found", format!("Order {id} not found"))
}
