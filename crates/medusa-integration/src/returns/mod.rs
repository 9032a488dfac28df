//! Returns, whichever Medusa takes them.

use std::sync::Arc;

use async_trait::async_trait;
use o2s_framework_core::carts::Lines;
use o2s_framework_core::context::RequestContext;
use o2s_framework_core::error::{Error, Result};
use o2s_framework_core::ids::{LineItemId, OrderId, ShippingOptionId};
use o2s_framework_core::orders::ShippingMethod;
use o2s_framework_core::paging::Paginated;
use o2s_framework_core::returns::{
    CreateReturn, ListReturnReasons, NewReturnItem, OrderReturns, Return, ReturnReason, ReturnableItem,
    ReturnsOperation, ReturnsService,
};
use o2s_framework_core::support::Support;

use crate::map;
use crate::regions::KnowsRegions;
use crate::turns::{Queue, to_its_end};

/// A shop that takes goods back.
#[async_trait]
pub(crate) trait TakesReturns: KnowsRegions + 'static {
    /// An order that the caller may see, with what its returns need.
    type Order: Send + Sync;

    /// How the returns of an order are told.
    fn tells_returns(&self) -> Support;

    /// The reasons that a return may give, the oldest first; kept for minutes.
    async fn return_reasons(&self, cx: &RequestContext) -> Result<Arc<Vec<ReturnReason>>>;

    /// An order, if the ownership rule lets the caller see it. 404 `order.not_found`.
    async fn order_to_return(&self, cx: &RequestContext, id: &OrderId) -> Result<Self::Order>;

    /// The lines of an order, counted for returns.
    fn returnable_lines(order: &Self::Order) -> Result<Vec<ReturnableItem>>;

    /// The ways in which goods of an order can be sent back.
    async fn return_options(&self, cx: &RequestContext, order: &Self::Order) -> Result<Vec<ShippingMethod>>;

    /// Asks the shop to take goods back that it will take, by an option that holds. 409 `return.no_option` where it takes
    /// none back without one.
    async fn request_return(
        &self,
        cx: &RequestContext,
        order: &Self::Order,
        request: &CreateReturn,
        option: Option<&ShippingMethod>,
    ) -> Result<Return>;

    /// Each request by itself; none where the shop does not tell the caller.
    async fn requests(&self, cx: &RequestContext, id: &OrderId, order: &Self::Order) -> Result<Option<Vec<Return>>>;
}

/// [`ReturnsService`] over a shop. Requests for one order queue: Medusa would take each of two that ask at once for the
/// same pieces.
pub(crate) struct Returns<S> {
    shop: Arc<S>,
    queue: Arc<Queue<OrderId>>,
}

impl<S: TakesReturns> Returns<S> {
    pub(crate) fn new(shop: Arc<S>) -> Self {
        Self { shop, queue: Arc::new(Queue::of_returns()) }
    }
}

async fn request_return<S: TakesReturns>(
    shop: &S,
    cx: &RequestContext,
    order_id: &OrderId,
    request: &CreateReturn,
) -> Result<Return> {
    let order = shop.order_to_return(cx, order_id).await?;
    ensure_returnable(request, &S::returnable_lines(&order)?)?;
    let (reasons, options) = tokio::try_join!(shop.return_reasons(cx), shop.return_options(cx, &order))?;
    ensure_reasons(request, &reasons)?;
    let option = choose_option(request.shipping_option_id.as_ref(), &options)?;
    let mut requested = shop.request_return(cx, &order, request, option).await?;
    tell_reasons(&mut requested, request, &reasons);
    Ok(requested)
}

/// Tells the reasons of a new return in full.
// Medusa: 2 answers no more of a reason than its id.
fn tell_reasons(requested: &mut Return, request: &CreateReturn, reasons: &[ReturnReason]) {
    for item in &mut requested.items.data {
        let given = request.items.iter().find(|given| given.line_item_id == item.line_item_id);
        let id = given.and_then(|given| given.reason_id.as_ref());
        if let Some(reason) = reasons.iter().find(|reason| Some(&reason.id) == id) {
            item.reason = Some(reason.clone());
        }
    }
}

#[async_trait]
impl<S: TakesReturns> ReturnsService for Returns<S> {
    fn support(&self, operation: ReturnsOperation) -> Support {
        match operation {
            ReturnsOperation::ListReasons | ReturnsOperation::ListReturnOptions | ReturnsOperation::CreateReturn => {
                Support::Native
            }
            ReturnsOperation::GetOrderReturns => self.shop.tells_returns(),
        }
    }

    async fn list_reasons(&self, cx: &RequestContext, request: &ListReturnReasons) -> Result<Paginated<ReturnReason>> {
        let cx = cx.clone().with_locale(request.locale.clone());
        let reasons = self.shop.return_reasons(&cx);
        let (_, reasons) = self.shop.identities().establish_beside(&cx, reasons).await?;
        Ok(request.page().cut(reasons?.to_vec()))
    }

    async fn list_return_options(&self, cx: &RequestContext, order_id: &OrderId) -> Result<Paginated<ShippingMethod>> {
        let order = self.shop.order_to_return(cx, order_id).await?;
        self.shop.return_options(cx, &order).await.map(Paginated::whole)
    }

    async fn create_return(&self, cx: &RequestContext, order_id: &OrderId, request: &CreateReturn) -> Result<Return> {
        let violations = request.violations();
        if !violations.is_empty() {
            return Err(Error::violations(violations));
        }
        let cx = cx.clone().with_locale(request.locale.clone());
        let (shop, queue) = (Arc::clone(&self.shop), Arc::clone(&self.queue));
        let (order_id, request) = (order_id.clone(), request.clone());
        to_its_end(async move {
            let _turn = queue.turn(&cx, &order_id).await?;
            request_return(&*shop, &cx, &order_id, &request).await
        })
        .await
    }

    async fn get_order_returns(&self, cx: &RequestContext, order_id: &OrderId) -> Result<OrderReturns> {
        let order = self.shop.order_to_return(cx, order_id).await?;
        let returns = self.shop.requests(cx, order_id, &order).await?;
        let items = Lines::new(S::returnable_lines(&order)?);
        Ok(OrderReturns { order_id: order_id.clone(), items, returns })
    }
}

/// A reason to return something.
pub(crate) fn reason(
    id: &str,
    value: Option<&String>,
    label: Option<&String>,
    description: Option<&String>,
    parent: Option<&str>,
) -> Result<ReturnReason> {
    let value = value.cloned().unwrap_or_default();
    Ok(ReturnReason {
        id: map::id(id, "return_reason.id")?,
        label: map::text(label).unwrap_or_else(|| value.clone()),
        value,
        description: map::text(description),
        parent_id: parent.map(|id| map::id(id, "return_reason.parent_return_reason_id")).transpose()?,
    })
}

/// 409: the shop has no way to take goods back.
pub(crate) fn no_option() -> Error {
    Error::conflict("return.no_option", "The shop has no way to send goods of this order back: ask it for one")
}

/// Makes sure that the order has each piece that is to be sent back. 404 `order.item_not_found`, 409
/// `return.quantity_exceeded`.
fn ensure_returnable(request: &CreateReturn, lines: &[ReturnableItem]) -> Result<()> {
    for NewReturnItem { line_item_id, quantity, .. } in &request.items {
        let line = lines.iter().find(|line| line.line_item_id == *line_item_id);
        let line = line.ok_or_else(|| unknown_line(line_item_id))?;
        let left = line.returnable_quantity;
        if u64::from(quantity.get()) > left {
            let message = match left {
                0 => format!("Nothing of line {line_item_id} can be sent back now"),
                _ => format!("Only {left} of line {line_item_id} can be sent back now, not {}", quantity.get()),
            };
            return Err(Error::conflict("return.quantity_exceeded", message));
        }
    }
    Ok(())
}

fn unknown_line(id: &LineItemId) -> Error {
    Error::not_found("order.item_not_found", format!("The order has no line {id}"))
}

/// Makes sure that each reason is one that can be given. 400 `return.reason_invalid`.
// Medusa: a reason that has kinds of its own is refused.
fn ensure_reasons(request: &CreateReturn, reasons: &[ReturnReason]) -> Result<()> {
    for id in request.items.iter().filter_map(|item| item.reason_id.as_ref()) {
        let message = if !reasons.iter().any(|reason| reason.id == *id) {
            format!("The shop has no reason {id} to return something")
        } else if reasons.iter().any(|reason| reason.parent_id.as_ref() == Some(id)) {
            format!("Reason {id} has kinds: give one of them")
        } else {
            continue;
        };
        return Err(Error::invalid("return.reason_invalid", message));
    }
    Ok(())
}

/// The option that is named, or the only one there is; none where the shop has none. 400 `return.option_invalid`,
/// `return.option_required`.
fn choose_option<'a>(
    wanted: Option<&ShippingOptionId>,
    options: &'a [ShippingMethod],
) -> Result<Option<&'a ShippingMethod>> {
    match (wanted, options) {
        (None, []) => Ok(None),
        (None, [only]) => Ok(Some(only)),
        (None, _) => {
            Err(Error::invalid("return.option_required", "There are several ways to send goods back: choose one"))
        }
        (Some(wanted), _) => match options.iter().find(|option| option.id == wanted.as_str()) {
            Some(found) => Ok(Some(found)),
            None => Err(Error::invalid("return.option_invalid", "Goods of this order cannot be sent back in this way")),
        },
    }
}
