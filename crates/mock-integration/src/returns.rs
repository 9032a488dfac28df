//! Returns: goods of orders that come back.
//!
//! What goods cost is given back when they come back, discount and tax included, less what sending them back costs with
//! tax, and never less than nothing. A line that goes back in several returns gives back what it cost to the last digit.

mod demo;
mod reasons;

use std::sync::Arc;

use async_trait::async_trait;
use o2s_framework_core::carts::Lines;
use o2s_framework_core::context::RequestContext;
use o2s_framework_core::error::{Error, Result};
use o2s_framework_core::ids::{LineItemId, OrderId, ReturnId, ShippingOptionId};
use o2s_framework_core::money::Price;
use o2s_framework_core::orders::ShippingMethod;
use o2s_framework_core::paging::Paginated;
use o2s_framework_core::products::ProductType;
use o2s_framework_core::returns::{
    CreateReturn, ListReturnReasons, NewReturnItem, OrderReturns, Return, ReturnItem, ReturnReason, ReturnStatus,
    ReturnableItem, ReturnsOperation, ReturnsService,
};
use o2s_framework_core::support::Support;
use o2s_framework_core::time::Timestamp;
use rust_decimal::Decimal;

pub(crate) use demo::past_return;

use crate::language::Language;
use crate::orders::{OrderLine, OrderRecord};
use crate::shipping::{ShippingOption, return_options_of};
use crate::shop::{Shop, now};
use crate::violations::ensure_none;
use reasons::{Reason, find_reason, reasons};

/// Goods that come back.
#[derive(Clone, Debug)]
pub(crate) struct ReturnRecord {
    pub(crate) id: ReturnId,
    pub(crate) status: ReturnStatus,
    pub(crate) created_at: Timestamp,
    pub(crate) updated_at: Timestamp,
    lines: Vec<ReturnLine>,
    option: &'static ShippingOption,
    /// What is given back for it.
    refund: Decimal,
}

/// Pieces of a line that come back.
#[derive(Clone, Debug)]
struct ReturnLine {
    line: LineItemId,
    quantity: u32,
    received: u32,
    reason: Option<&'static Reason>,
    note: Option<String>,
}

impl ReturnRecord {
    /// All of it has arrived; what was called off does not come.
    pub(crate) fn receive(&mut self, now: Timestamp) {
        if self.status != ReturnStatus::Cancelled {
            for line in &mut self.lines {
                line.received = line.quantity;
            }
            self.status = ReturnStatus::Received;
            self.updated_at = now;
        }
    }

    fn view(&self, order: &OrderRecord, language: Language) -> Return {
        let items = self.lines.iter().map(|line| ReturnItem {
            line_item_id: line.line.clone(),
            quantity: u64::from(line.quantity),
            received_quantity: u64::from(line.received),
            reason: line.reason.map(|reason| reason.view(language)),
            note: line.note.clone(),
        });
        Return {
            id: self.id.clone(),
            order_id: order.id.clone(),
            status: self.status,
            created_at: self.created_at,
            updated_at: self.updated_at,
            items: Lines::new(items.collect()),
            refund_total: Some(Price::new(self.refund, order.currency())),
            shipping_method: Some(order.return_method(self.option, language)),
        }
    }
}

impl OrderRecord {
    /// The parts of returns that a line has, but for those that were called off.
    fn returned<'a>(&'a self, line: &'a OrderLine) -> impl Iterator<Item = &'a ReturnLine> {
        let returns = self.returns.iter().filter(|made| made.status != ReturnStatus::Cancelled);
        returns.flat_map(|made| &made.lines).filter(|part| part.line == line.id)
    }

    /// How many pieces of a line are in returns.
    fn in_returns(&self, line: &OrderLine) -> u32 {
        self.returned(line).fold(0, |sum, part| sum.saturating_add(part.quantity))
    }

    /// How many pieces of a line can be sent back now: goods that were sent, and are in no return.
    fn returnable(&self, line: &OrderLine) -> u32 {
        if self.is_sent() && line.item.product.kind() == ProductType::Physical {
            line.quantity.saturating_sub(self.in_returns(line))
        } else {
            0
        }
    }

    /// What sending back costs: before tax, and with it.
    fn return_price(&self, option: &ShippingOption) -> (Decimal, Decimal) {
        let net = option.price(self.currency(), 0).unwrap_or_default();
        let country = self.shipping_address.as_ref().map(|address| address.country.as_str());
        let tax = self.currency().round(net * self.region.tax_percent(country) / Decimal::ONE_HUNDRED);
        (net, net + tax)
    }

    fn return_method(&self, option: &ShippingOption, language: Language) -> ShippingMethod {
        let (net, gross) = self.return_price(option);
        let price = |value| Some(Price::new(value, self.currency()));
        ShippingMethod { total: price(gross), subtotal: price(net), ..option.view(language) }
    }

    /// What so many more pieces of a line cost: the part of the line's total that they complete. Rounding what all
    /// pieces so far have cost, and not each part, makes the parts add up to the whole.
    fn cost_of(&self, id: &LineItemId, quantity: u32) -> Decimal {
        let mut lines = self.lines.iter().zip(&self.totals.lines);
        let Some((line, costs)) = lines.find(|(line, _)| line.id == *id) else { return Decimal::ZERO };
        let upto = |pieces: u32| {
            let part = costs.total * Decimal::from(pieces) / Decimal::from(line.quantity.max(1));
            self.currency().round(part)
        };
        let before = self.in_returns(line);
        upto(before.saturating_add(quantity)) - upto(before)
    }

    /// A return that has just been asked for, of pieces that can be sent back.
    fn new_return(
        &self,
        id: ReturnId,
        lines: Vec<ReturnLine>,
        option: &'static ShippingOption,
        now: Timestamp,
    ) -> ReturnRecord {
        let goods: Decimal = lines.iter().map(|line| self.cost_of(&line.line, line.quantity)).sum();
        let (_, cost) = self.return_price(option);
        let refund = (goods - cost).max(Decimal::ZERO);
        ReturnRecord { id, status: ReturnStatus::Requested, created_at: now, updated_at: now, lines, option, refund }
    }

    fn requested_return(&self, request: &CreateReturn, id: ReturnId, now: Timestamp) -> Result<ReturnRecord> {
        let wanted = request.items.iter().map(|item| Ok((self.line(&item.line_item_id)?, item)));
        let wanted = wanted.collect::<Result<Vec<_>>>()?;
        let parts = wanted.iter().map(|(_, item)| return_line(item)).collect::<Result<Vec<_>>>()?;
        let option = self.return_option(request.shipping_option_id.as_ref())?;
        for (line, item) in wanted {
            let left = self.returnable(line);
            if item.quantity.get() > left {
                let message = match left {
                    0 => format!("Nothing of line {} can be sent back now", line.id),
                    _ => format!("Only {left} of line {} can be sent back now, not {}", line.id, item.quantity.get()),
                };
                return Err(Error::conflict("return.quantity_exceeded", message));
            }
        }
        Ok(self.new_return(id, parts, option, now))
    }

    fn line(&self, id: &LineItemId) -> Result<&OrderLine> {
        self.lines
            .iter()
            .find(|line| line.id == *id)
            .ok_or_else(|| Error::not_found("order.item_not_found", format!("The order has no line {id}")))
    }

    /// The option of this id; the only one where none is named.
    fn return_option(&self, id: Option<&ShippingOptionId>) -> Result<&'static ShippingOption> {
        let mut options = return_options_of(self.region);
        let Some(id) = id else {
            return match (options.next(), options.next()) {
                (Some(only), None) => Ok(only),
                _ => Err(Error::invalid(
                    "return.option_required",
                    "There are several ways to send goods back: name one of the order's return options",
                )),
            };
        };
        options.find(|option| option.id == id.as_str()).ok_or_else(|| {
            Error::invalid("return.option_invalid", format!("{id} is none of the order's return options"))
        })
    }
}

fn return_line(item: &NewReturnItem) -> Result<ReturnLine> {
    let reason = match &item.reason_id {
        None => None,
        Some(id) => Some(find_reason(id.as_str()).ok_or_else(|| {
            Error::invalid("return.reason_invalid", format!("{id} is none of the shop's return reasons"))
        })?),
    };
    Ok(ReturnLine {
        line: item.line_item_id.clone(),
        quantity: item.quantity.get(),
        received: 0,
        reason,
        note: item.note.clone(),
    })
}

/// Returns of the shop's orders.
pub(crate) struct MockReturns(pub(crate) Arc<Shop>);

#[async_trait]
impl ReturnsService for MockReturns {
    fn support(&self, operation: ReturnsOperation) -> Support {
        match operation {
            ReturnsOperation::ListReasons
            | ReturnsOperation::ListReturnOptions
            | ReturnsOperation::CreateReturn
            | ReturnsOperation::GetOrderReturns => Support::Native,
        }
    }

    async fn list_reasons(&self, cx: &RequestContext, request: &ListReturnReasons) -> Result<Paginated<ReturnReason>> {
        self.0.identify(cx)?;
        let language = Language::of(request.locale.as_ref(), cx);
        Ok(request.page().cut(reasons().map(|reason| reason.view(language)).collect()))
    }

    async fn list_return_options(&self, cx: &RequestContext, order_id: &OrderId) -> Result<Paginated<ShippingMethod>> {
        let caller = self.0.identify(cx)?;
        let language = Language::of(None, cx);
        let state = self.0.state();
        let order = state.order(order_id, caller)?;
        let options = return_options_of(order.region).map(|option| order.return_method(option, language));
        Ok(Paginated::whole(options.collect()))
    }

    async fn create_return(&self, cx: &RequestContext, order_id: &OrderId, request: &CreateReturn) -> Result<Return> {
        let caller = self.0.identify(cx)?;
        ensure_none(request.violations())?;
        let mut state = self.0.state_mut();
        let order = state.order_mut(order_id, caller)?;
        let made = order.requested_return(request, self.0.ids.next("return"), now())?;
        let view = made.view(order, Language::of(request.locale.as_ref(), cx));
        order.returns.push(made);
        Ok(view)
    }

    async fn get_order_returns(&self, cx: &RequestContext, order_id: &OrderId) -> Result<OrderReturns> {
        let caller = self.0.identify(cx)?;
        let language = Language::of(None, cx);
        let state = self.0.state();
        let order = state.order(order_id, caller)?;
        let items = order.lines.iter().map(|line| {
            let received = order.returned(line).fold(0, |sum: u32, part| sum.saturating_add(part.received));
            ReturnableItem {
                line_item_id: line.id.clone(),
                quantity: u64::from(line.quantity),
                returnable_quantity: u64::from(order.returnable(line)),
                requested_quantity: Some(u64::from(order.in_returns(line).saturating_sub(received))),
                received_quantity: u64::from(received),
            }
        });
        Ok(OrderReturns {
            order_id: order.id.clone(),
            items: Lines::new(items.collect()),
            returns: Some(order.returns.iter().rev().map(|made| made.view(order, language)).collect()),
        })
    }
}
