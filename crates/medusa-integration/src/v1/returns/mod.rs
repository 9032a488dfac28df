//! Returns of Medusa 1.

mod map;

use std::sync::Arc;

use async_trait::async_trait;
use o2s_framework_core::context::RequestContext;
use o2s_framework_core::error::Result;
use o2s_framework_core::ids::OrderId;
use o2s_framework_core::orders::ShippingMethod;
use o2s_framework_core::returns::{CreateReturn, Return, ReturnReason, ReturnableItem};
use o2s_framework_core::support::Support;
use o2s_medusa_client::v1::store::returns::CreateReturn as CreateWireReturn;
use o2s_medusa_client::v1::store::shipping_options::ListShippingOptions;
use o2s_medusa_client::v1::types::Selection;

use super::Shop;
use super::checkout::shipping_option;
use super::orders::OpenOrder;
use crate::error::{backend, incomplete};
use crate::map as values;
use crate::returns::TakesReturns;

/// What is asked of an order of the caller's own whose goods go back.
const OWN_RETURNS: Selection<'static> = Selection {
    fields: None,
    expand: Some(
        "customer,items,items.variant,items.variant.product,returns,returns.items,returns.items.reason,\
         returns.shipping_method,returns.shipping_method.tax_lines,returns.shipping_method.shipping_option,\
         swaps,swaps.return_order,swaps.return_order.items",
    ),
};

#[async_trait]
impl TakesReturns for Shop {
    type Order = OpenOrder;

    fn tells_returns(&self) -> Support {
        Support::Emulated(
            "counts the pieces of the order's lines; what is asked for and has not come back, and each request by \
             itself, Medusa tells the customer alone whose order it is",
        )
    }

    async fn return_reasons(&self, cx: &RequestContext) -> Result<Arc<Vec<ReturnReason>>> {
        self.directory.return_reasons(cx).await
    }

    async fn order_to_return(&self, cx: &RequestContext, id: &OrderId) -> Result<OpenOrder> {
        self.open_order(cx, id, OWN_RETURNS).await
    }

    fn returnable_lines(order: &OpenOrder) -> Result<Vec<ReturnableItem>> {
        map::lines(&order.wire, order.is_own)
    }

    async fn return_options(&self, cx: &RequestContext, order: &OpenOrder) -> Result<Vec<ShippingMethod>> {
        let region = order.wire.region_id.as_deref().ok_or_else(|| incomplete("order.region_id"))?;
        let currency = values::currency(order.wire.currency_code.as_deref())?;
        let endpoint =
            ListShippingOptions { region_id: Some(region), is_return: Some(true), ..ListShippingOptions::default() };
        let options = self.call(cx, None, &endpoint).await.map_err(backend)?.shipping_options;
        let for_customers = options.iter().filter(|option| option.admin_only != Some(true));
        Ok(for_customers.filter_map(|option| shipping_option(option, currency)).collect())
    }

    async fn request_return(
        &self,
        cx: &RequestContext,
        order: &OpenOrder,
        request: &CreateReturn,
        option: Option<&ShippingMethod>,
    ) -> Result<Return> {
        let endpoint = CreateWireReturn { body: map::new_return(&order.wire.id, request, option) };
        let answer = self.call(cx, None, &endpoint).await.map_err(backend)?;
        let currency = values::currency(order.wire.currency_code.as_deref())?;
        // Medusa: how the goods are sent is not in the answer.
        map::requested(&answer.return_order, &order.wire.id, currency, option)
    }

    async fn requests(&self, _: &RequestContext, _: &OrderId, order: &OpenOrder) -> Result<Option<Vec<Return>>> {
        if order.is_own { map::requests(&order.wire).map(Some) } else { Ok(None) }
    }
}
