//! What returns have in common, whichever Medusa keeps them.

use o2s_framework_core::error::{Error, Result};
use o2s_framework_core::ids::{LineItemId, ShippingOptionId};
use o2s_framework_core::orders::ShippingMethod;
use o2s_framework_core::returns::{CreateReturn, NewReturnItem, ReturnReason, ReturnableItem};

/// Makes sure that the order has each piece that is to be sent back. 404 `order.item_not_found`, 409
/// `return.quantity_exceeded`.
pub(crate) fn ensure_returnable(request: &CreateReturn, lines: &[ReturnableItem]) -> Result<()> {
    for NewReturnItem { line_item_id, quantity, .. } in &request.items {
        let line = lines.iter().find(|line| line.line_item_id == *line_item_id);
        let line = line.ok_or_else(|| unknown_line(line_item_id))?;
        let left = line.returnable_quantity;
        if u64::from(quantity.get()) > left {
            let message = format!("Of line {line_item_id} {left} can be sent back now, not {}", quantity.get());
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
pub(crate) fn ensure_reasons(request: &CreateReturn, reasons: &[ReturnReason]) -> Result<()> {
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
pub(crate) fn choose_option<'a>(
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
