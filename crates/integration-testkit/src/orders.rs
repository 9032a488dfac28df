//! Orders that were placed.

use std::collections::BTreeSet;

use o2s_framework_core::context::RequestContext;
use o2s_framework_core::ids::OrderId;
use o2s_framework_core::orders::{GetOrder, ListOrders, Order, OrderItemSort, OrderSort, OrderStatus, PaymentStatus};
use o2s_framework_core::paging::Paginated;
use o2s_framework_core::sort::{Direction, Sort};
use o2s_framework_core::time::{RangeEnd, Timestamp};

use crate::Scenario;
use crate::check::{amount, done, invalid, needs_sign_in, not_found, sound_order};
use crate::shopping::{id, limit};
use crate::subject::Subject;

const GET: &[&str] = &["orders.get_order", "checkout.place_order", "carts.add_item"];
const LIST: &[&str] = &["orders.list_orders", "checkout.place_order", "carts.add_item"];

pub(crate) fn scenarios() -> Vec<Scenario> {
    vec![
        Scenario::new("orders::an_order_is_read_whole", GET, read_whole).signed_in(),
        Scenario::new("orders::lines_are_paged_and_counted", GET, lines_paged),
        Scenario::new("orders::lines_are_sorted", GET, lines_sorted),
        Scenario::new("orders::an_unknown_order_is_not_found", &["orders.get_order"], unknown).signed_in(),
        Scenario::new("orders::hostile_ids_are_refused_before_any_call", &[], hostile_ids),
        Scenario::new("orders::a_new_order_is_in_the_list", LIST, in_the_list).signed_in(),
        Scenario::new("orders::the_list_is_newest_first", LIST, newest_first).signed_in(),
        Scenario::new("orders::pages_together_are_the_whole_list", LIST, paged).signed_in(),
        Scenario::new("orders::one_order_is_found_by_id", LIST, by_id).signed_in(),
        Scenario::new("orders::a_status_narrows_the_list", LIST, by_status).signed_in(),
        Scenario::new("orders::a_payment_status_narrows_the_list", LIST, by_payment_status).signed_in(),
        Scenario::new("orders::dates_narrow_the_list", LIST, by_dates).signed_in(),
        Scenario::new("orders::filters_narrow_together", LIST, together).signed_in(),
        Scenario::new("orders::the_list_is_sorted_by_every_field", LIST, sorted).signed_in(),
        Scenario::new("orders::sorted_pages_are_cut_from_the_sorted_list", LIST, sorted_pages).signed_in(),
        Scenario::new("orders::a_reversed_range_is_refused_before_any_call", LIST, reversed_range).signed_in(),
        Scenario::new("orders::orders_of_others_are_not_listed", LIST, own_alone).signed_in(),
        Scenario::new("orders::a_guest_cannot_list_orders", &["orders.list_orders"], guest_list),
    ]
}

fn all() -> ListOrders {
    ListOrders { limit: limit(1000), ..ListOrders::default() }
}

async fn list(s: &Subject, cx: &RequestContext, request: ListOrders) -> Paginated<Order> {
    let mut page = done("listing orders", s.modules.orders.list_orders(cx, &request)).await;
    page.data = page.data.into_iter().map(sound_order).collect();
    page
}

fn ids(orders: &[Order]) -> Vec<OrderId> {
    orders.iter().map(|order| order.id.clone()).collect()
}

async fn get(s: &Subject, cx: &RequestContext, id: &OrderId, request: GetOrder) -> Order {
    sound_order(done("reading an order", s.modules.orders.get_order(cx, id, &request)).await)
}

async fn read_whole(s: Subject) {
    let (jane, facts) = (s.jane(), &s.facts);
    let placed = s.order_of(&jane, 2).await.order;
    let order = get(&s, &jane, &placed.id, GetOrder::default()).await;
    assert!(order.customer_id.is_some() && order.email.is_some());
    assert!(order.shipping_address.is_some() && order.billing_address.is_some());
    assert_eq!(order.shipping_methods.len(), 1, "shipping methods");
    assert_eq!(order.shipping_methods[0].name, facts.shipping.standard.name);
    assert_ne!((order.status, order.payment_status), (OrderStatus::Unknown, PaymentStatus::Unknown));
    let (line, fact) = (&order.items.data[0], &facts.variants.plain);
    assert_eq!((&line.product_id, line.quantity), (&fact.product_id, 2));
    assert_eq!((&line.product.name, line.product.variant_id.as_ref()), (&fact.name, Some(&fact.variant_id)));
    assert_eq!(line.price.value.normalize(), fact.price.0.normalize());
    assert!(line.product.link.contains(&fact.handle), "the line links to {:?}", line.product.link);
}

/// An order of three lines.
async fn three_lines(s: &Subject, cx: &RequestContext) -> Order {
    let (variants, payment) = (&s.facts.variants, &s.facts.payment.plain);
    let cart = s.cart_of(cx, &variants.plain, 3).await;
    let cart = s.add(cx, &cart, &variants.other, 1).await;
    let cart = s.add(cx, &cart, &variants.backorder, 2).await;
    let cart = s.made_ready(cx, &cart, payment).await;
    s.place(cx, &cart.id).await.order
}

async fn lines_paged(s: Subject) {
    let guest = s.guest();
    let order = three_lines(&s, &guest).await;
    let whole = get(&s, &guest, &order.id, GetOrder::default()).await;
    let mut seen = Vec::new();
    for offset in 0..3 {
        let request = GetOrder { limit: limit(1), offset: Some(offset), ..GetOrder::default() };
        let page = get(&s, &guest, &order.id, request).await;
        assert_eq!((page.items.data.len(), page.items.total), (1, 3), "one of three lines");
        assert_eq!(page.total, whole.total);
        seen.extend(page.items.data);
    }
    assert_eq!(seen, whole.items.data);
}

async fn lines_sorted(s: Subject) {
    let guest = s.guest();
    let order = three_lines(&s, &guest).await;
    for field in [OrderItemSort::Name, OrderItemSort::Quantity, OrderItemSort::Price, OrderItemSort::Total] {
        let lines = async |sort| {
            get(&s, &guest, &order.id, GetOrder { sort: Some(sort), ..GetOrder::default() }).await.items.data
        };
        let up = lines(Sort::ascending(field)).await;
        let sorted = match field {
            OrderItemSort::Name => up.is_sorted_by_key(|line| line.product.name.clone()),
            OrderItemSort::Quantity => up.is_sorted_by_key(|line| line.quantity),
            OrderItemSort::Price => up.is_sorted_by_key(|line| line.price.value),
            OrderItemSort::Total => up.is_sorted_by_key(|line| amount(line.total.as_ref(), "a line's total")),
        };
        assert!(sorted, "not sorted by {field:?}: {up:?}");
        let down = lines(Sort::descending(field)).await;
        assert_eq!(down.into_iter().rev().collect::<Vec<_>>(), up, "by {field:?}, downwards");
    }
}

async fn unknown(s: Subject) {
    for cx in [s.guest(), s.jane()] {
        for name in ["order_01NONE", "no such order & more"] {
            let (name, request) = (id(name), GetOrder::default());
            let call = s.modules.orders.get_order(&cx, &name, &request);
            not_found("an unknown order", call, "order.not_found").await;
        }
    }
}

async fn hostile_ids(s: Subject) {
    let before = s.upstream_calls();
    for text in ["", "..", "order/1", "../customers/me", "a?b", "a#b", "a%2Fb", "a;b", "a\\b", "a\tb\n"] {
        assert!(text.parse::<OrderId>().is_err(), "{text:?} is taken as an order id");
    }
    assert_eq!(s.upstream_calls(), before);
}

async fn in_the_list(s: Subject) {
    let jane = s.jane();
    let before = list(&s, &jane, all()).await;
    let placed = s.order_of(&jane, 2).await.order;
    let after = list(&s, &jane, all()).await;
    assert_eq!(after.total, before.total + 1);
    let listed = after.data.iter().find(|order| order.id == placed.id);
    let listed = listed.unwrap_or_else(|| panic!("the new order is not in the list"));
    assert_eq!((&listed.total, listed.status, listed.created_at), (&placed.total, placed.status, placed.created_at));
    assert_eq!((listed.payment_status, listed.items.total), (placed.payment_status, 1));
    assert_eq!(listed.customer_id, placed.customer_id, "whose order it is");
    assert_eq!(listed.items.data[0].quantity, 2);
}

/// Jane's orders, at least three of them.
async fn some(s: &Subject, cx: &RequestContext) -> Paginated<Order> {
    for quantity in [1, 3, 2] {
        s.order_of(cx, quantity).await;
    }
    let page = list(s, cx, all()).await;
    assert_eq!(page.total, page.data.len() as u64, "the whole list");
    page
}

async fn newest_first(s: Subject) {
    let jane = s.jane();
    let whole = some(&s, &jane).await;
    assert!(whole.data.is_sorted_by(|a, b| a.created_at >= b.created_at), "not newest first");
    let default = list(&s, &jane, ListOrders::default()).await;
    let expected = whole.data.len().min(10);
    assert_eq!(ids(&default.data), ids(&whole.data)[..expected], "ten, newest first");
    assert_eq!(default.total, whole.total);
}

async fn paged(s: Subject) {
    let jane = s.jane();
    let whole = some(&s, &jane).await;
    let mut seen = Vec::new();
    for offset in (0..).step_by(2).take_while(|offset| u64::from(*offset) < whole.total) {
        let page = list(&s, &jane, ListOrders { limit: limit(2), offset: Some(offset), ..all() }).await;
        assert_eq!(page.total, whole.total, "the total changes from page to page");
        seen.extend(page.data);
    }
    assert_eq!(ids(&seen), ids(&whole.data), "pages overlap or leave gaps");
    let none = list(&s, &jane, ListOrders { limit: limit(0), ..all() }).await;
    assert_eq!((none.data.len(), none.total), (0, whole.total));
    let beyond = list(&s, &jane, ListOrders { offset: Some(100_000), ..all() }).await;
    assert_eq!((beyond.data.len(), beyond.total), (0, whole.total));
}

async fn by_id(s: Subject) {
    let (jane, john) = (s.jane(), s.john());
    let (janes, johns) = (s.order_of(&jane, 1).await.order, s.order_of(&john, 1).await.order);
    let one = list(&s, &jane, ListOrders { id: Some(janes.id.clone()), ..all() }).await;
    assert_eq!((ids(&one.data), one.total), (vec![janes.id], 1));
    for other in [johns.id, id("order_01NONE")] {
        let none = list(&s, &jane, ListOrders { id: Some(other), ..all() }).await;
        assert_eq!((none.data.len(), none.total), (0, 0));
    }
}

/// Asserts that the filtered list is what the filter leaves of the whole list.
async fn narrows(s: &Subject, whole: &[Order], request: ListOrders, keep: impl Fn(&Order) -> bool) {
    let jane = s.jane();
    let expected: Vec<_> = whole.iter().filter(|order| keep(order)).map(|order| order.id.clone()).collect();
    let page = list(s, &jane, request.clone()).await;
    assert_eq!(ids(&page.data), expected, "{request:?}");
    assert_eq!(page.total, expected.len() as u64, "the total of {request:?}");
    let short = ListOrders { limit: limit(1), ..request };
    assert_eq!(list(s, &jane, short.clone()).await.total, expected.len() as u64, "the total of {short:?}");
}

async fn by_status(s: Subject) {
    let whole = some(&s, &s.jane()).await.data;
    for status in [
        OrderStatus::Pending,
        OrderStatus::Completed,
        OrderStatus::Shipped,
        OrderStatus::Cancelled,
        OrderStatus::Archived,
        OrderStatus::RequiresAction,
        OrderStatus::Unknown,
    ] {
        narrows(&s, &whole, ListOrders { status: Some(status), ..all() }, |order| order.status == status).await;
    }
}

async fn by_payment_status(s: Subject) {
    let whole = some(&s, &s.jane()).await.data;
    for status in [
        PaymentStatus::Pending,
        PaymentStatus::Paid,
        PaymentStatus::Failed,
        PaymentStatus::Refunded,
        PaymentStatus::NotPaid,
        PaymentStatus::Captured,
        PaymentStatus::PartiallyRefunded,
        PaymentStatus::RequiresAction,
    ] {
        let request = ListOrders { payment_status: Some(status), ..all() };
        narrows(&s, &whole, request, |order| order.payment_status == status).await;
    }
}

async fn by_dates(s: Subject) {
    let whole = some(&s, &s.jane()).await.data;
    let middle = whole[1].created_at;
    let early: Timestamp = id("2000-01-01");
    narrows(&s, &whole, ListOrders { date_from: Some(middle), ..all() }, |order| order.created_at >= middle).await;
    let until = ListOrders { date_to: Some(RangeEnd(middle)), ..all() };
    narrows(&s, &whole, until, |order| order.created_at <= middle).await;
    let exactly = ListOrders { date_from: Some(middle), date_to: Some(RangeEnd(middle)), ..all() };
    narrows(&s, &whole, exactly, |order| order.created_at == middle).await;
    narrows(&s, &whole, ListOrders { date_to: Some(RangeEnd(early)), ..all() }, |_| false).await;
    narrows(&s, &whole, ListOrders { date_from: Some(early), ..all() }, |_| true).await;
    let day: RangeEnd = id(whole[0].created_at.to_string().split('T').next().unwrap_or_default());
    narrows(&s, &whole, ListOrders { date_to: Some(day), ..all() }, |order| order.created_at <= day.0).await;
}

async fn together(s: Subject) {
    let whole = some(&s, &s.jane()).await.data;
    let from = whole[1].created_at;
    let request = ListOrders { status: Some(OrderStatus::Pending), date_from: Some(from), ..all() };
    narrows(&s, &whole, request, |order| order.status == OrderStatus::Pending && order.created_at >= from).await;
    let request = ListOrders { customer_id: whole[0].customer_id.clone(), ..all() };
    narrows(&s, &whole, request, |_| true).await;
}

fn by_field(field: OrderSort, a: &Order, b: &Order) -> std::cmp::Ordering {
    match field {
        OrderSort::CreatedAt => a.created_at.cmp(&b.created_at),
        OrderSort::UpdatedAt => a.updated_at.cmp(&b.updated_at),
        OrderSort::Total => (a.currency, a.total.value).cmp(&(b.currency, b.total.value)),
        OrderSort::Status => wire_name(&a.status).cmp(&wire_name(&b.status)),
        OrderSort::PaymentStatus => wire_name(&a.payment_status).cmp(&wire_name(&b.payment_status)),
    }
}

/// The name of a status as it is on the wire.
fn wire_name(status: &impl serde::Serialize) -> String {
    serde_json::to_string(status).unwrap_or_else(|error| panic!("no name: {error}"))
}

async fn sorted(s: Subject) {
    let jane = s.jane();
    let whole = some(&s, &jane).await.data;
    for field in
        [OrderSort::CreatedAt, OrderSort::UpdatedAt, OrderSort::Total, OrderSort::Status, OrderSort::PaymentStatus]
    {
        for direction in [Direction::Ascending, Direction::Descending] {
            let page = list(&s, &jane, ListOrders { sort: Some(Sort { field, direction }), ..all() }).await;
            let in_order = page.data.is_sorted_by(|a, b| match direction {
                Direction::Ascending => by_field(field, a, b).is_le(),
                Direction::Descending => by_field(field, a, b).is_ge(),
            });
            assert!(in_order, "not sorted by {field:?}, {direction:?}");
            let set = |orders: &[Order]| ids(orders).into_iter().collect::<BTreeSet<_>>();
            assert_eq!(set(&page.data), set(&whole), "sorting by {field:?} changes what is listed");
        }
    }
}

async fn sorted_pages(s: Subject) {
    let jane = s.jane();
    some(&s, &jane).await;
    for sort in [Sort::ascending(OrderSort::CreatedAt), Sort::descending(OrderSort::Total)] {
        let request = ListOrders { sort: Some(sort), ..all() };
        let whole = list(&s, &jane, request.clone()).await;
        let page = list(&s, &jane, ListOrders { limit: limit(2), offset: Some(1), ..request }).await;
        assert_eq!(ids(&page.data), ids(&whole.data)[1..3], "the second and third by {sort:?}");
        assert_eq!(page.total, whole.total);
    }
}

async fn reversed_range(s: Subject) {
    let (jane, before) = (s.jane(), s.upstream_calls());
    let request = ListOrders { date_from: Some(id("2026-02-01")), date_to: Some(id("2026-01-31")), ..all() };
    let call = s.modules.orders.list_orders(&jane, &request);
    let error = invalid("a range that ends before it begins", call, "request.invalid").await;
    assert!(error.violation_list().iter().any(|violation| violation.field == "dateTo"), "{error}");
    assert_eq!(s.upstream_calls(), before, "the backend was called");
}

async fn own_alone(s: Subject) {
    let (jane, john) = (s.jane(), s.john());
    let (janes, johns) = (s.order_of(&jane, 1).await.order, s.order_of(&john, 1).await.order);
    let listed = list(&s, &jane, all()).await.data;
    assert!(listed.iter().all(|order| order.customer_id == janes.customer_id && order.id != johns.id));
    let request = ListOrders { customer_id: johns.customer_id, ..all() };
    let none = list(&s, &jane, request).await;
    assert_eq!((none.data.len(), none.total), (0, 0), "orders of somebody else");
}

async fn guest_list(s: Subject) {
    let (guest, before) = (s.guest(), s.upstream_calls());
    needs_sign_in("listing orders", s.modules.orders.list_orders(&guest, &ListOrders::default())).await;
    assert_eq!(s.upstream_calls(), before, "the backend was called");
}
