//! Orders of Medusa 1.

mod access;
mod claims;
pub(super) mod map;
mod selection;

use async_trait::async_trait;
use o2s_framework_core::context::RequestContext;
use o2s_framework_core::error::Result;
use o2s_framework_core::ids::OrderId;
use o2s_framework_core::orders::{ConfirmClaim, ListOrders, LookUpOrder, Order};
use o2s_framework_core::paging::Page;
use o2s_framework_core::support::Support;
use o2s_medusa_client::CustomerToken;
use o2s_medusa_client::v1::store::orders::ListOrders as ListWireOrders;

use super::{Shop, wire_page};
use crate::error::backend;
use crate::orders::scan::Window;
use crate::orders::{KeepsOrders, Plan};
pub(super) use access::{OWN_ORDER, OpenOrder};
use selection::Selection;

#[async_trait]
impl KeepsOrders for Shop {
    const READS: Support = Support::Emulated(
        "reads the cart as well that the order was, for the customer's comment and what lines say of their products",
    );
    const LISTS: Support = Support::Emulated(
        "Medusa filters by all but the state SHIPPED and lists the newest first; for the rest the customer's newest \
         orders are looked through, up to the configured order_scan_limit",
    );
    const LOOKS_UP: Support =
        Support::Emulated("asks Medusa by number and e-mail address, and compares the postal code");

    type Selection = Selection;

    fn order_scan_limit(&self) -> u32 {
        self.order_scan_limit
    }

    async fn order(&self, cx: &RequestContext, id: &OrderId) -> Result<Order> {
        let open = self.open_order(cx, id, OWN_ORDER).await?;
        self.show_order(cx, open).await
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
        let endpoint = ListWireOrders { select: OWN_ORDER, page: wire_page(page), ..selection.asked() };
        let answer = self.call(cx, Some(token), &endpoint).await.map_err(backend)?;
        let types = self.directory.types(cx).await?;
        let orders = answer.orders.iter().take(page.limit as usize);
        let orders = orders.map(|wire| map::own_order(wire, &types)).collect::<Result<_>>()?;
        Ok(Window { orders, count: answer.count })
    }

    async fn look_up_order(&self, cx: &RequestContext, request: &LookUpOrder) -> Result<Order> {
        let open = self.find_order(cx, request).await?;
        self.show_order(cx, open).await
    }

    async fn request_claim(&self, cx: &RequestContext, id: &OrderId) -> Result<()> {
        self.ask_for_order(cx, id).await
    }

    async fn confirm_claim(&self, cx: &RequestContext, id: &OrderId, proof: &ConfirmClaim) -> Result<Order> {
        self.take_order(cx, id, proof).await
    }
}
