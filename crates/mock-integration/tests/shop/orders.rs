use std::collections::HashSet;

use o2s_framework_core::orders::{GetOrder, ListOrders, Order, OrderItemSort, OrderSort, OrderStatus, PaymentStatus};
use o2s_framework_core::paging::{Limit, Paginated};
use o2s_framework_core::sort::Sort;
use o2s_mock_integration::{Mock, MockConfig};

use crate::{Desk, code, guest, open};

fn everything() -> ListOrders {
    ListOrders { limit: Limit::new(1000).ok(), ..ListOrders::default() }
}

async fn orders_of(desk: &Desk, customer: &str, request: ListOrders) -> Paginated<Order> {
    desk.modules.orders.list_orders(&desk.signed_in(customer), &request).await.unwrap()
}

#[tokio::test]
async fn past_orders_are_there_newest_first() {
    let desk = open();
    let page = orders_of(&desk, "jane", ListOrders::default()).await;
    assert_eq!((page.data.len(), page.total), (10, 28));
    assert!(page.data.is_sorted_by(|a, b| a.created_at >= b.created_at));
    assert_eq!(page.data[0].id.as_str(), "order_jane-001");
    for order in orders_of(&desk, "jane", everything()).await.data {
        let value = |price: &Option<o2s_framework_core::money::Price>| price.as_ref().unwrap().value;
        assert_eq!(
            order.total.value,
            value(&order.subtotal) - value(&order.discount_total) + value(&order.shipping_total) + value(&order.tax),
            "{}",
            order.id
        );
        let one_currency = order.items.data.iter().all(|line| line.price.currency == order.currency);
        assert!(one_currency && order.shipping_methods.len() == 1);
    }
    assert_eq!(orders_of(&desk, "john", everything()).await.total, 13);
    assert_eq!(orders_of(&desk, "lyon", everything()).await.total, 4);
}

#[tokio::test]
async fn filters_hold_and_totals_count_what_they_leave() {
    let desk = open();
    let all = orders_of(&desk, "jane", everything()).await.data;
    let statuses: HashSet<OrderStatus> = all.iter().map(|order| order.status).collect();
    assert_eq!(statuses.len(), 6);
    for status in statuses {
        let found = orders_of(&desk, "jane", ListOrders { status: Some(status), ..everything() }).await;
        assert_eq!(found.total, all.iter().filter(|order| order.status == status).count() as u64);
        assert!(found.data.iter().all(|order| order.status == status));
    }
    let payments: HashSet<PaymentStatus> = all.iter().map(|order| order.payment_status).collect();
    assert_eq!(payments.len(), 8);
    for status in payments {
        let found = orders_of(&desk, "jane", ListOrders { payment_status: Some(status), ..everything() }).await;
        assert!(found.total > 0 && found.data.iter().all(|order| order.payment_status == status));
    }
    let (newer, older) = (&all[3], &all[6]);
    let between = ListOrders {
        date_from: Some(older.created_at),
        date_to: newer.created_at.to_string().parse().ok(),
        ..everything()
    };
    let found = orders_of(&desk, "jane", between).await;
    assert_eq!(found.data, &all[3..=6], "both ends belong to the range");
    let one = orders_of(&desk, "jane", ListOrders { id: Some(newer.id.clone()), ..everything() }).await;
    assert_eq!((one.total, &one.data[0]), (1, newer));
    let of_john = ListOrders { customer_id: "cus_john".parse().ok(), ..everything() };
    assert_eq!(orders_of(&desk, "jane", of_john).await.total, 0);
    let reversed =
        ListOrders { date_from: "2026-02-01".parse().ok(), date_to: "2026-01-01".parse().ok(), ..everything() };
    let cx = desk.signed_in("jane");
    assert_eq!(code(desk.modules.orders.list_orders(&cx, &reversed).await), "request.invalid");
}

#[tokio::test]
async fn lists_are_sorted_by_every_field_both_ways() {
    let desk = open();
    let sorted = |sort| orders_of(&desk, "jane", ListOrders { sort: Some(sort), ..everything() });
    let name = |order: &Order, field| match field {
        OrderSort::CreatedAt => order.created_at.to_string(),
        OrderSort::UpdatedAt => order.updated_at.to_string(),
        OrderSort::Total => format!("{:020.2}", order.total.value),
        OrderSort::Status => serde_json::to_string(&order.status).unwrap(),
        OrderSort::PaymentStatus => serde_json::to_string(&order.payment_status).unwrap(),
    };
    for field in
        [OrderSort::CreatedAt, OrderSort::UpdatedAt, OrderSort::Total, OrderSort::Status, OrderSort::PaymentStatus]
    {
        let up = sorted(Sort::ascending(field)).await.data;
        assert!(up.is_sorted_by_key(|order| name(order, field)), "{field:?}");
        let down = sorted(Sort::descending(field)).await.data;
        assert!(down.is_sorted_by(|a, b| name(a, field) >= name(b, field)), "{field:?}");
    }
}

#[tokio::test]
async fn lines_are_sorted_and_cut_for_one_reader_alone() {
    let desk = open();
    let cx = desk.signed_in("jane");
    let all = orders_of(&desk, "jane", everything()).await.data;
    let order = all.iter().max_by_key(|order| order.items.total).unwrap();
    assert!(order.items.total >= 3);
    let request = GetOrder {
        sort: Some(Sort::descending(OrderItemSort::Price)),
        limit: Limit::new(2).ok(),
        ..GetOrder::default()
    };
    let cut = desk.modules.orders.get_order(&cx, &order.id, &request).await.unwrap();
    assert_eq!((cut.items.data.len(), cut.items.total), (2, order.items.total));
    assert!(cut.items.data[0].price.value >= cut.items.data[1].price.value);
    let whole = desk.modules.orders.get_order(&cx, &order.id, &GetOrder::default()).await.unwrap();
    assert_eq!(whole, *order, "and nothing of it stays");
    let german = GetOrder { locale: "de".parse().ok(), ..GetOrder::default() };
    let german = desk.modules.orders.get_order(&cx, &order.id, &german).await.unwrap();
    assert_ne!(german.items.data[0].product.name, whole.items.data[0].product.name);
    assert_eq!(german.total, whole.total);
}

#[tokio::test]
async fn some_orders_have_documents() {
    let desk = open();
    let all = orders_of(&desk, "jane", everything()).await.data;
    let documents: Vec<_> = all.iter().flat_map(|order| order.documents.iter().flatten()).collect();
    assert!(documents.iter().any(|document| document.kind == "CREDIT_NOTE"));
    assert!(documents.iter().any(|document| document.to_be_paid.value > rust_decimal::Decimal::ZERO));
    assert!(all.iter().any(|order| order.documents.is_none()));
}

#[tokio::test]
async fn the_orders_of_somebody_else_are_not_there() {
    let desk = open();
    let id = "order_jane-001".parse().unwrap();
    let get = |cx| {
        let (orders, id) = (&desk.modules.orders, &id);
        async move { orders.get_order(&cx, id, &GetOrder::default()).await }
    };
    assert!(get(desk.signed_in("jane")).await.is_ok());
    assert_eq!(code(get(desk.signed_in("john")).await), "order.not_found");
    assert_eq!(code(get(guest()).await), "order.not_found");
    assert_eq!(code(get(Desk::forged()).await), "auth.invalid_token");
    let list = |cx| {
        let orders = &desk.modules.orders;
        async move { orders.list_orders(&cx, &ListOrders::default()).await }
    };
    assert_eq!(code(list(guest()).await), "auth.required");
    assert_eq!(code(list(Desk::forged()).await), "auth.invalid_token");
}

#[tokio::test]
async fn the_seed_decides_the_past() {
    let totals = |seed| async move {
        let mock = Mock::new(&MockConfig { seed, ..MockConfig::default() });
        let cx = guest().with_token(mock.mint_token("jane", crate::HOUR).unwrap());
        let orders = mock.orders().list_orders(&cx, &everything()).await.unwrap().data;
        orders.into_iter().map(|order| (order.id, order.total.value)).collect::<Vec<_>>()
    };
    assert_eq!(totals(7).await, totals(7).await);
    assert_ne!(totals(7).await, totals(8).await);
}
