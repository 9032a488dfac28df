//! Returns over Medusa 2.

mod map;

use std::sync::Arc;

use async_trait::async_trait;
use o2s_framework_core::context::RequestContext;
use o2s_framework_core::error::{Error, Result};
use o2s_framework_core::ids::OrderId;
use o2s_framework_core::money::Currency;
use o2s_framework_core::orders::ShippingMethod;
use o2s_framework_core::paging::Paginated;
use o2s_framework_core::returns::{
    CreateReturn, ListReturnReasons, OrderReturns, Return, ReturnReason, ReturnsOperation, ReturnsService,
};
use o2s_framework_core::support::Support;
use o2s_medusa_client::v2::store::orders::Order as WireOrder;
use o2s_medusa_client::v2::store::returns::CreateReturn as CreateWireReturn;

use super::Shop;
use super::checkout::map::shipping_option;
use super::checkout::options::Way;
use super::orders::access::SeenAs;
use super::orders::claims::change_pending;
use crate::context::call_context;
use crate::map as values;
use crate::returns::{choose_option, ensure_reasons, ensure_returnable};
use crate::turns::to_its_end;
use map::RETURN_FIELDS;

/// [`ReturnsService`] over Medusa 2.
#[derive(Clone)]
pub(super) struct Returns {
    shop: Arc<Shop>,
}

impl Returns {
    pub(super) fn new(shop: Arc<Shop>) -> Self {
        Self { shop }
    }

    /// The ways in which goods of an order can be sent back.
    // Medusa: options are told for a cart; the one that became the order will do.
    async fn options(&self, cx: &RequestContext, order: &WireOrder, currency: Currency) -> Result<Vec<ShippingMethod>> {
        let Some(cart) = &order.cart else { return Ok(Vec::new()) };
        let cart = values::id(&cart.id, "order.cart.id")?;
        let options = self.shop.shipping_options(cx, &cart, None, Way::Back).await?;
        Ok(options.iter().filter_map(|option| shipping_option(option, currency)).collect())
    }

    async fn request(&self, cx: &RequestContext, order_id: &OrderId, request: &CreateReturn) -> Result<Return> {
        let order = self.shop.open_order(cx, order_id, RETURN_FIELDS).await?.wire;
        let currency = values::currency(order.currency_code.as_deref())?;
        ensure_returnable(request, &map::lines(&order)?)?;
        let options = self.options(cx, &order, currency);
        let (reasons, options) = tokio::try_join!(self.shop.directory.return_reasons(cx), options)?;
        ensure_reasons(request, &reasons)?;
        let option = choose_option(request.shipping_option_id.as_ref(), &options)?;
        // Medusa: a return without a shipping option is a 400.
        let option = option.ok_or_else(|| {
            Error::conflict("return.no_option", "The shop has no way to send goods of this order back: ask it for one")
        })?;
        let endpoint = CreateWireReturn { body: map::new_return(order_id, request, option) };
        let answer = self.shop.store.call(&call_context(cx), None, &endpoint).await.map_err(change_pending)?;
        map::requested(&answer.requested, currency)
    }
}

#[async_trait]
impl ReturnsService for Returns {
    fn support(&self, operation: ReturnsOperation) -> Support {
        match operation {
            ReturnsOperation::ListReasons | ReturnsOperation::ListReturnOptions | ReturnsOperation::CreateReturn => {
                Support::Native
            }
            ReturnsOperation::GetOrderReturns if self.shop.customer_records.is_some() => Support::Emulated(
                "counts the pieces of the order's lines; asks the Admin API for each request of a signed-in customer",
            ),
            ReturnsOperation::GetOrderReturns => {
                Support::Emulated("counts the pieces of the order's lines; each request by itself needs admin_key")
            }
        }
    }

    async fn list_reasons(&self, cx: &RequestContext, request: &ListReturnReasons) -> Result<Paginated<ReturnReason>> {
        let cx = cx.clone().with_locale(request.locale.clone());
        let reasons = self.shop.directory.return_reasons(&cx);
        let (_, reasons) = self.shop.identities.establish_beside(&cx, reasons).await?;
        Ok(request.page().cut(reasons?.to_vec()))
    }

    async fn list_return_options(&self, cx: &RequestContext, order_id: &OrderId) -> Result<Paginated<ShippingMethod>> {
        let order = self.shop.open_order(cx, order_id, RETURN_FIELDS).await?.wire;
        let currency = values::currency(order.currency_code.as_deref())?;
        self.options(cx, &order, currency).await.map(Paginated::whole)
    }

    async fn create_return(&self, cx: &RequestContext, order_id: &OrderId, request: &CreateReturn) -> Result<Return> {
        let violations = request.violations();
        if !violations.is_empty() {
            return Err(Error::violations(violations));
        }
        let cx = cx.clone().with_locale(request.locale.clone());
        let (returns, order_id, request) = (self.clone(), order_id.clone(), request.clone());
        to_its_end(async move { returns.request(&cx, &order_id, &request).await }).await
    }

    async fn get_order_returns(&self, cx: &RequestContext, order_id: &OrderId) -> Result<OrderReturns> {
        let open = self.shop.open_order(cx, order_id, RETURN_FIELDS).await?;
        let currency = values::currency(open.wire.currency_code.as_deref())?;
        let returns = match (&open.seen_as, &self.shop.customer_records) {
            (SeenAs::Own, Some(records)) => {
                let returns = records.returns(cx, order_id).await?;
                Some(returns.iter().map(|wire| map::requested(wire, currency)).collect::<Result<_>>()?)
            }
            _ => None,
        };
        map::order_returns(order_id, &open.wire, returns)
    }
}
