//! What customers send back.

use futures_util::future::join_all;
use o2s_framework_core::context::RequestContext;
use o2s_framework_core::ids::OrderId;
use o2s_framework_core::orders::{Order, ShippingMethod};
use o2s_framework_core::returns::{
    CreateReturn, ListReturnReasons, NewReturnItem, OrderReturns, Return, ReturnReason, ReturnStatus, ReturnableItem,
};
use o2s_framework_core::support::Module;

use crate::Scenario;
use crate::check::{amount, conflict, done, invalid, not_found};
use crate::probe::{Targets, call};
use crate::shopping::{id, limit, pieces};
use crate::subject::Subject;

const REASONS: &[&str] = &["returns.list_reasons"];
const OPTIONS: &[&str] = &["returns.list_return_options", "checkout.place_order", "carts.add_item"];
const CREATE: &[&str] =
    &["returns.create_return", "returns.get_order_returns", "checkout.place_order", "carts.add_item"];

pub(crate) fn scenarios() -> Vec<Scenario> {
    vec![
        Scenario::new("returns::reasons_are_listed", REASONS, reasons_listed),
        Scenario::new("returns::reasons_are_paged", REASONS, reasons_paged),
        Scenario::new("returns::the_ways_back_have_a_price", OPTIONS, ways_back).signed_in(),
        Scenario::new("returns::pieces_are_asked_to_go_back", CREATE, asked).signed_in(),
        Scenario::new("returns::what_is_asked_for_counts", CREATE, counted),
        Scenario::new("returns::what_has_come_back_counts", CREATE, received).signed_in(),
        Scenario::new("returns::each_request_is_told_by_itself", CREATE, told_by_itself).signed_in(),
        Scenario::new("returns::what_was_not_sent_does_not_come_back", CREATE, not_sent),
        Scenario::new("returns::no_more_comes_back_than_was_sent", CREATE, too_many),
        Scenario::new("returns::two_requests_at_once_take_no_piece_twice", CREATE, two_at_once).signed_in(),
        Scenario::new("returns::a_line_of_another_order_is_not_found", CREATE, foreign_line),
        Scenario::new("returns::a_reason_that_is_none_is_refused", CREATE, bad_reasons),
        Scenario::new("returns::a_way_back_that_is_none_is_refused", CREATE, bad_options),
        Scenario::new("returns::a_way_back_is_named_where_there_are_several", CREATE, unnamed_option),
        Scenario::new("returns::a_request_without_pieces_is_refused", CREATE, no_pieces),
        Scenario::new("returns::a_customers_order_is_hidden_from_everybody_else", CREATE, hidden).signed_in(),
        Scenario::new("returns::an_unknown_order_is_not_found", CREATE, unknown).signed_in(),
        Scenario::new("returns::a_bad_token_sends_nothing_back", CREATE, bad_token).signed_in(),
    ]
}

async fn reasons(s: &Subject, request: ListReturnReasons) -> (Vec<ReturnReason>, u64) {
    let page = done("listing reasons", s.modules.returns.list_reasons(&s.guest(), &request)).await;
    (page.data, page.total)
}

/// So many pieces of the only line of an order.
fn some_of(order: &Order, number: u32) -> NewReturnItem {
    NewReturnItem {
        line_item_id: order.items.data[0].id.clone(),
        quantity: pieces(number),
        reason_id: None,
        note: None,
    }
}

/// A request to send these pieces back in the known way.
fn back(s: &Subject, items: Vec<NewReturnItem>) -> CreateReturn {
    CreateReturn { shipping_option_id: Some(s.facts.returns.option.id.clone()), ..CreateReturn::of(items) }
}

async fn ask(s: &Subject, cx: &RequestContext, order: &Order, number: u32) -> Return {
    let request = back(s, vec![some_of(order, number)]);
    done("asking to send back", s.modules.returns.create_return(cx, &order.id, &request)).await
}

async fn state(s: &Subject, cx: &RequestContext, id: &OrderId) -> OrderReturns {
    let state = done("what goes back", s.modules.returns.get_order_returns(cx, id)).await;
    assert_eq!((&state.order_id, state.items.total), (id, state.items.data.len() as u64));
    state
}

/// The only line of an order, counted.
async fn line(s: &Subject, cx: &RequestContext, id: &OrderId) -> ReturnableItem {
    let mut lines = state(s, cx, id).await.items.data;
    assert_eq!(lines.len(), 1, "lines of an order of one thing");
    lines.remove(0)
}

async fn reasons_listed(s: Subject) {
    let (reasons, total) = reasons(&s, ListReturnReasons::default()).await;
    assert_eq!(total, reasons.len() as u64, "the list without a limit is whole");
    let fact = &s.facts.returns.reason;
    let reason = reasons.iter().find(|reason| reason.id == fact.id);
    let reason = reason.unwrap_or_else(|| panic!("{} is not listed", fact.id));
    assert_eq!((&reason.value, &reason.label), (&fact.value, &fact.label));
    for reason in &reasons {
        assert!(!reason.label.is_empty(), "{} has no words", reason.id);
        let parent = reason.parent_id.as_ref();
        assert!(parent.is_none_or(|parent| reasons.iter().any(|reason| reason.id == *parent)), "{reason:?}");
    }
    if let Some(parent) = &s.facts.returns.parent_reason {
        assert!(reasons.iter().any(|reason| reason.parent_id.as_ref() == Some(parent)), "{parent} has no kinds");
    }
}

async fn reasons_paged(s: Subject) {
    let (all, total) = reasons(&s, ListReturnReasons::default()).await;
    let mut seen = Vec::new();
    for offset in 0..u32::try_from(total).unwrap_or(u32::MAX) {
        let request = ListReturnReasons { limit: limit(1), offset: Some(offset), ..ListReturnReasons::default() };
        let (page, counted) = reasons(&s, request).await;
        assert_eq!((page.len(), counted), (1, total), "one of all reasons");
        seen.extend(page);
    }
    assert_eq!(seen, all);
}

async fn options(s: &Subject, cx: &RequestContext, id: &OrderId) -> Vec<ShippingMethod> {
    let page = done("the ways back", s.modules.returns.list_return_options(cx, id)).await;
    assert_eq!(page.total, page.data.len() as u64);
    page.data
}

async fn ways_back(s: Subject) {
    for cx in [s.guest(), s.jane()] {
        let order = s.order_of(&cx, 1).await.order;
        let options = options(&s, &cx, &order.id).await;
        let fact = &s.facts.returns.option;
        let option = options.iter().find(|option| option.id == fact.id.as_str());
        let option = option.unwrap_or_else(|| panic!("{} is no way back: {options:?}", fact.id));
        assert_eq!((&option.name, options.len() == 1), (&fact.name, s.facts.returns.option_is_only));
        let price = amount(option.subtotal.as_ref(), "the price of the way back");
        assert_eq!(price.normalize(), fact.price.0.normalize());
        assert_eq!(option.subtotal.as_ref().map(|price| price.currency), Some(order.currency));
    }
}

async fn asked(s: Subject) {
    let facts = &s.facts.returns;
    for cx in [s.guest(), s.jane()] {
        let order = s.sent_order_of(&cx, 3).await;
        let item = NewReturnItem {
            reason_id: Some(facts.reason.id.clone()),
            note: Some("Größe passt nicht".to_owned()),
            ..some_of(&order, 2)
        };
        let request = back(&s, vec![item.clone()]);
        let asked = done("asking to send back", s.modules.returns.create_return(&cx, &order.id, &request)).await;
        assert_eq!((&asked.order_id, asked.status), (&order.id, ReturnStatus::Requested));
        assert_eq!((asked.items.total, asked.items.data.len()), (1, 1));
        let back = &asked.items.data[0];
        assert_eq!((&back.line_item_id, back.quantity, back.received_quantity), (&item.line_item_id, 2, 0));
        assert_eq!(back.reason.as_ref().map(|reason| &reason.id), item.reason_id.as_ref());
        assert_eq!(back.note, item.note);
        let method = asked.shipping_method.as_ref().unwrap_or_else(|| panic!("no way back"));
        assert_eq!((method.id.as_str(), &method.name), (facts.option.id.as_str(), &facts.option.name));
        assert!(asked.refund_total.as_ref().is_none_or(|refund| refund.currency == order.currency));
        assert!(asked.updated_at >= asked.created_at);
    }
}

async fn counted(s: Subject) {
    let guest = s.guest();
    let order = s.sent_order_of(&guest, 3).await;
    let before = line(&s, &guest, &order.id).await;
    assert_eq!((before.quantity, before.returnable_quantity, before.received_quantity), (3, 3, 0));
    assert_eq!(before.requested_quantity, s.facts.returns.tells_requested.then_some(0));
    ask(&s, &guest, &order, 1).await;
    let after = line(&s, &guest, &order.id).await;
    assert_eq!((after.quantity, after.received_quantity), (3, 0));
    if s.facts.returns.tells_requested {
        assert_eq!((after.requested_quantity, after.returnable_quantity), (Some(1), 2));
    } else {
        assert_eq!(after.requested_quantity, None, "pieces that are asked for");
    }
}

async fn received(s: Subject) {
    let jane = s.jane();
    let order = s.sent_order_of(&jane, 3).await;
    let asked = ask(&s, &jane, &order, 2).await;
    s.people().receive(&order.id, &asked.id).await;
    let line = line(&s, &jane, &order.id).await;
    assert_eq!((line.received_quantity, line.returnable_quantity), (2, 1));
    let facts = &s.facts.returns;
    assert_eq!(line.requested_quantity, (facts.tells_requested || facts.tells_requests).then_some(0));
    let request = back(&s, vec![some_of(&order, 2)]);
    let again = s.modules.returns.create_return(&jane, &order.id, &request);
    conflict("what came back comes back again", again, "return.quantity_exceeded").await;
    ask(&s, &jane, &order, 1).await;
}

async fn told_by_itself(s: Subject) {
    let jane = s.jane();
    let order = s.sent_order_of(&jane, 3).await;
    let first = ask(&s, &jane, &order, 1).await;
    s.people().receive(&order.id, &first.id).await;
    let second = ask(&s, &jane, &order, 2).await;
    let told = state(&s, &jane, &order.id).await.returns;
    if !s.facts.returns.tells_requests {
        assert_eq!(told, None, "requests by themselves");
        return;
    }
    let told = told.unwrap_or_else(|| panic!("no requests by themselves"));
    assert_eq!(told[0].items, second.items, "told otherwise than it was answered");
    assert_eq!(told[0].shipping_method, second.shipping_method, "told otherwise than it was answered");
    let shown: Vec<_> = told.iter().map(|back| (&back.id, back.status, back.items.data[0].quantity)).collect();
    assert_eq!(shown, [(&second.id, ReturnStatus::Requested, 2), (&first.id, ReturnStatus::Received, 1)]);
    assert_eq!(told[1].items.data[0].received_quantity, 1);
    assert_eq!((&told[0].order_id, &told[1].order_id), (&order.id, &order.id));
}

async fn not_sent(s: Subject) {
    let guest = s.guest();
    let order = s.order_of(&guest, 1).await.order;
    assert_eq!(line(&s, &guest, &order.id).await.returnable_quantity, 0);
    let request = back(&s, vec![some_of(&order, 1)]);
    let call = s.modules.returns.create_return(&guest, &order.id, &request);
    conflict("what was not sent comes back", call, "return.quantity_exceeded").await;
}

async fn too_many(s: Subject) {
    let guest = s.guest();
    let order = s.sent_order_of(&guest, 2).await;
    let request = back(&s, vec![some_of(&order, 3)]);
    let call = s.modules.returns.create_return(&guest, &order.id, &request);
    conflict("three of two come back", call, "return.quantity_exceeded").await;
    assert_eq!(line(&s, &guest, &order.id).await.returnable_quantity, 2, "a refused request counts");
}

async fn two_at_once(s: Subject) {
    let jane = s.jane();
    let order = s.sent_order_of(&jane, 3).await;
    let request = back(&s, vec![some_of(&order, 2)]);
    let (taken, mut refused): (Vec<_>, Vec<_>) =
        join_all((0..2).map(|_| s.modules.returns.create_return(&jane, &order.id, &request)))
            .await
            .into_iter()
            .partition(Result::is_ok);
    assert_eq!((taken.len(), refused.len()), (1, 1), "two that ask for two of three");
    let refused = refused.remove(0);
    conflict("two of the one piece that is left", async { refused }, "return.quantity_exceeded").await;
    assert_eq!(line(&s, &jane, &order.id).await.returnable_quantity, 1);
}

async fn foreign_line(s: Subject) {
    let guest = s.guest();
    let (order, other) = (s.sent_order_of(&guest, 1).await, s.sent_order_of(&guest, 1).await);
    for item in [some_of(&other, 1), NewReturnItem { line_item_id: id("line_none"), ..some_of(&order, 1) }] {
        let request = back(&s, vec![item]);
        let call = s.modules.returns.create_return(&guest, &order.id, &request);
        not_found("a line of another order", call, "order.item_not_found").await;
    }
}

async fn bad_reasons(s: Subject) {
    let guest = s.guest();
    let order = s.sent_order_of(&guest, 1).await;
    for reason in [Some(id("rr_none")), s.facts.returns.parent_reason.clone()].into_iter().flatten() {
        let item = NewReturnItem { reason_id: Some(reason), ..some_of(&order, 1) };
        let request = back(&s, vec![item]);
        let call = s.modules.returns.create_return(&guest, &order.id, &request);
        invalid("a reason that cannot be given", call, "return.reason_invalid").await;
    }
    assert_eq!(line(&s, &guest, &order.id).await.returnable_quantity, 1, "a refused request counts");
}

async fn bad_options(s: Subject) {
    let guest = s.guest();
    let order = s.sent_order_of(&guest, 1).await;
    for option in [id("so_none"), s.facts.shipping.standard.id.clone()] {
        let option = Some(option);
        let request = CreateReturn { shipping_option_id: option, ..CreateReturn::of(vec![some_of(&order, 1)]) };
        let call = s.modules.returns.create_return(&guest, &order.id, &request);
        invalid("a way back that is none", call, "return.option_invalid").await;
    }
    assert_eq!(line(&s, &guest, &order.id).await.returnable_quantity, 1, "a refused request counts");
}

async fn unnamed_option(s: Subject) {
    let guest = s.guest();
    let order = s.sent_order_of(&guest, 1).await;
    let request = CreateReturn::of(vec![some_of(&order, 1)]);
    let call = s.modules.returns.create_return(&guest, &order.id, &request);
    if s.facts.returns.option_is_only {
        let asked = done("asking to send back in the only way", call).await;
        let option = asked.shipping_method.map(|method| method.id);
        assert_eq!(option.as_deref(), Some(s.facts.returns.option.id.as_str()));
    } else {
        invalid("asking to send back in no way", call, "return.option_required").await;
    }
}

async fn no_pieces(s: Subject) {
    let guest = s.guest();
    let order = s.sent_order_of(&guest, 2).await;
    for items in [Vec::new(), vec![some_of(&order, 1), some_of(&order, 1)]] {
        let (before, request) = (s.upstream_calls(), back(&s, items));
        let call = s.modules.returns.create_return(&guest, &order.id, &request);
        invalid("no pieces, or a line twice", call, "request.invalid").await;
        assert_eq!(s.upstream_calls(), before, "the backend was asked");
    }
}

/// The operations on an order's returns.
const ON_ORDER: &[&str] = &["list_return_options", "get_order_returns", "create_return"];

async fn hidden(s: Subject) {
    let jane = s.jane();
    let order = s.sent_order_of(&jane, 1).await;
    let line_id = order.items.data[0].id.clone();
    let targets = Targets { order: order.id.clone(), line: line_id, ..Targets::unknown(&s.facts) };
    for (cx, who) in [(s.guest(), "a guest"), (s.john(), "another customer")] {
        for name in ON_ORDER {
            not_found(who, call(&s.modules, &cx, Module::Returns, name, &targets), "order.not_found").await;
        }
    }
    assert_eq!(line(&s, &jane, &order.id).await.returnable_quantity, 1, "a stranger's request counts");
}

async fn unknown(s: Subject) {
    let targets = Targets::unknown(&s.facts);
    for cx in [s.guest(), s.jane()] {
        for name in ON_ORDER {
            not_found(name, call(&s.modules, &cx, Module::Returns, name, &targets), "order.not_found").await;
        }
    }
}

async fn bad_token(s: Subject) {
    for owner in [s.guest(), s.jane()] {
        let order = s.sent_order_of(&owner, 1).await;
        let line_id = order.items.data[0].id.clone();
        let targets = Targets { order: order.id.clone(), line: line_id, ..Targets::unknown(&s.facts) };
        for (token, cx) in s.impostors() {
            for name in ON_ORDER {
                match call(&s.modules, &cx, Module::Returns, name, &targets).await {
                    Ok(()) => panic!("returns.{name} was done with {token}"),
                    Err(error) => assert_eq!(error.code(), "auth.invalid_token", "returns.{name} with {token}"),
                }
            }
        }
        assert_eq!(line(&s, &owner, &order.id).await.returnable_quantity, 1, "a bad token's request counts");
    }
}
