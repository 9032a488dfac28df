//! Returns of Medusa 2.

mod map;

use std::sync::Arc;

use async_trait::async_trait;
use o2s_framework_core::context::RequestContext;
use o2s_framework_core::error::Result;
use o2s_framework_core::ids::OrderId;
use o2s_framework_core::orders::ShippingMethod;
use o2s_framework_core::returns::{CreateReturn, Return, ReturnReason, ReturnableItem};
use o2s_framework_core::support::Support;
use o2s_medusa_client::v2::store::returns::CreateReturn as CreateWireReturn;

use super::Shop;
use super::checkout::map::shipping_option;
use super::checkout::options::Way;
use super::orders::access::{OpenOrder, SeenAs};
use super::orders::claims::change_pending;
use crate::context::call_context;
use crate::map as values;
use crate::returns::{TakesReturns, no_option};
use map::RETURN_FIELDS;

#[async_trait]
impl TakesReturns for Shop {
    type Order = OpenOrder;

    fn tells_returns(&self) -> Support {
        if self.customer_records.is_some() {
            Support::Emulated(
                "counts the pieces of the order's lines; asks the Admin API for each request of a signed-in customer",
            )
        } else {
            Support::Emulated("counts the pieces of the order's lines; each request by itself needs admin_key")
        }
    }

    async fn return_reasons(&self, cx: &RequestContext) -> Result<Arc<Vec<ReturnReason>>> {
        self.directory.return_reasons(cx).await
    }

    async fn order_to_return(&self, cx: &RequestContext, id: &OrderId) -> Result<OpenOrder> {
        self.open_order(cx, id, RETURN_FIELDS).await
    }

    fn returnable_lines(order: &OpenOrder) -> Result<Vec<ReturnableItem>> {
        map::lines(&order.wire)
    }

    // Medusa: options are told for a cart; the one that became the order will do.
    async fn return_options(&self, cx: &RequestContext, order: &OpenOrder) -> Result<Vec<ShippingMethod>> {
        let Some(cart) = &order.wire.cart else { return Ok(Vec::new()) };
        let cart = values::id(&cart.id, "order.cart.id")?;
        let currency = values::currency(order.wire.currency_code.as_deref())?;
        let options = self.priced_options(cx, &cart, None, Way::Back).await?;
        Ok(options.iter().filter_map(|option| shipping_option(option, currency)).collect())
    }

    async fn request_return(
        &self,
        cx: &RequestContext,
        order: &OpenOrder,
        request: &CreateReturn,
        option: Option<&ShippingMethod>,
    ) -> Result<Return> {
        // Medusa: a return without a shipping option is a 400.
        let option = option.ok_or_else(no_option)?;
        let endpoint = CreateWireReturn { body: map::new_return(&order.wire.id, request, option) };
        let answer = self.store.call(&call_context(cx), None, &endpoint).await.map_err(change_pending)?;
        map::requested(&answer.requested, values::currency(order.wire.currency_code.as_deref())?)
    }

    async fn requests(&self, cx: &RequestContext, id: &OrderId, order: &OpenOrder) -> Result<Option<Vec<Return>>> {
        let (SeenAs::Own, Some(records)) = (&order.seen_as, &self.customer_records) else { return Ok(None) };
        let currency = values::currency(order.wire.currency_code.as_deref())?;
        let returns = records.returns(cx, id).await?;
        returns.iter().map(|wire| map::requested(wire, currency)).collect::<Result<_>>().map(Some)
    }
}
