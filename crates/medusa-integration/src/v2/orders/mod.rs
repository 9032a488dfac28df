//! Orders of Medusa 2.

pub(crate) mod access;
pub(crate) mod claims;
pub(crate) mod map;
mod selection;

use async_trait::async_trait;
use o2s_framework_core::context::RequestContext;
use o2s_framework_core::error::{Error, Result};
use o2s_framework_core::ids::OrderId;
use o2s_framework_core::orders::{ConfirmClaim, ListOrders, LookUpOrder, Order, OrdersOperation};
use o2s_framework_core::paging::Page;
use o2s_framework_core::support::Support;
use o2s_medusa_client::CustomerToken;
use o2s_medusa_client::v2::store::orders::ListOrders as ListWireOrders;
use o2s_medusa_client::v2::types::Page as WirePage;

use super::Shop;
use crate::context::call_context;
use crate::error::backend;
use crate::orders::scan::Window;
use crate::orders::{KeepsOrders, Plan};
use map::ORDER_FIELDS;
use selection::Selection;

const NO_LOOK_UP: &str = "Medusa 2's Store API finds no order by its number";

#[async_trait]
impl KeepsOrders for Shop {
    const READS: Support = Support::Native;
    const LISTS: Support = Support::Emulated(
        "Medusa filters by id and status and sorts by time; for the rest the customer's newest orders are looked \
         through, up to the configured order_scan_limit",
    );
    const LOOKS_UP: Support = Support::Absent(NO_LOOK_UP);

    type Selection = Selection;

    fn order_scan_limit(&self) -> u32 {
        self.order_scan_limit
    }

    async fn order(&self, cx: &RequestContext, id: &OrderId) -> Result<Order> {
        map::open_order(&self.open_order(cx, id, ORDER_FIELDS).await?)
    }

    fn plan(request: &ListOrders) -> Plan<Selection> {
        Selection::plan(request)
    }

    async fn window(
        &self,
        cx: &RequestContext,
        token: &CustomerToken,
        selection: &Selection,
        page: Page,
    ) -> Result<Window> {
        let ids: Vec<&str> = selection.id.iter().map(AsRef::as_ref).collect();
        let endpoint = ListWireOrders {
            fields: Some(ORDER_FIELDS),
            page: WirePage { limit: Some(page.limit), offset: Some(page.offset), order: Some(selection.order) },
            ids: &ids,
            statuses: selection.statuses,
        };
        let answer = self.store.call(&call_context(cx), Some(token), &endpoint).await.map_err(backend)?;
        let orders = answer.orders.iter().map(map::order).collect::<Result<_>>()?;
        Ok(Window { orders, count: answer.count })
    }

    async fn look_up_order(&self, _: &RequestContext, _: &LookUpOrder) -> Result<Order> {
        Err(Error::unsupported(OrdersOperation::LookUpOrder, NO_LOOK_UP))
    }

    async fn request_claim(&self, cx: &RequestContext, id: &OrderId) -> Result<()> {
        self.request_transfer(cx, id).await
    }

    async fn confirm_claim(&self, cx: &RequestContext, id: &OrderId, proof: &ConfirmClaim) -> Result<Order> {
        self.accept_transfer(cx, id, proof).await
    }
}
