use o2s_framework_core::error::Error;
use o2s_framework_core::orders::{GetOrder, ListOrders, Order, OrderStatus, PaymentStatus};
use o2s_framework_core::paging::Paginated;
use serde_json::{Value, json};

use crate::script::{Answer, Call, Shop, guest, holder, missing, ok};

const LIST: &str = "GET /store/orders";

fn order(id: &str, customer: Option<&str>) -> Value {
    json!({ "id": id, "status": "pending", "payment_status": "authorized", "fulfillment_status": "not_fulfilled",
        "customer_id": customer, "currency_code": "eur", "cart": { "id": format!("cart_of_{id}") },
        "created_at": "2026-11-20T10:00:00.000Z", "updated_at": "2026-11-20T10:00:00.000Z",
        "total": 10, "item_subtotal": 8, "shipping_subtotal": 0, "tax_total": 2, "items": [] })
}

/// Two orders: one of Jane's, one of a guest's.
fn two_orders(call: &Call) -> Option<Answer> {
    let cart = |customer: Value| {
        ok(json!({ "cart": { "id": "cart_1", "customer": customer, "metadata": { "notes": "ring" } } }))
    };
    match call.what.as_str() {
        LIST if call.token.as_deref() == Some("forged") => {
            Some(Answer::Json(401, json!({ "message": "Unauthorized" })))
        }
        LIST if call.token.as_deref() == Some("jane") && call.values("id") == ["order_jane"] => {
            Some(ok(json!({ "orders": [order("order_jane", Some("cus_jane"))], "count": 1 })))
        }
        LIST => Some(ok(json!({ "orders": [], "count": 0 }))),
        "GET /store/orders/order_jane" => Some(ok(json!({ "order": order("order_jane", Some("cus_jane")) }))),
        "GET /store/orders/order_guest" => Some(ok(json!({ "order": order("order_guest", Some("cus_guest")) }))),
        "GET /store/orders/order_gone" => Some(ok(json!({ "order": order("order_gone", Some("cus_guest")) }))),
        "GET /store/orders/order_nobody" => Some(ok(json!({ "order": order("order_nobody", None) }))),
        "GET /store/carts/cart_of_order_jane" => Some(cart(json!({ "id": "cus_jane", "has_account": true }))),
        "GET /store/carts/cart_of_order_guest" => Some(cart(json!({ "id": "cus_guest", "has_account": false }))),
        "GET /store/carts/cart_of_order_nobody" => Some(cart(Value::Null)),
        "GET /store/customers/me" => None,
        _ => Some(missing("It")),
    }
}

async fn get(shop: &std::sync::Arc<Shop>, token: Option<&str>, id: &str) -> Result<Order, Error> {
    let cx = token.map_or_else(guest, holder);
    shop.medusa().orders().get_order(&cx, &id.parse().expect("an id"), &GetOrder::default()).await
}

/// M-ORD-15: the caller's own order is one call, and Medusa says that it is.
#[tokio::test]
async fn an_order_of_ones_own_is_one_call() {
    let shop = Shop::new(two_orders);
    let order = get(&shop, Some("jane"), "order_jane").await.expect("an order");
    assert_eq!(order.id.as_str(), "order_jane");
    let [call] = shop.calls().try_into().expect("one call");
    assert_eq!((call.what.as_str(), call.token.as_deref()), (LIST, Some("jane")));
}

/// M-ORD-12, M-ORD-13, C-40: a guest's order is open to whoever knows its id; its notes are those of the cart.
#[tokio::test]
async fn a_guests_order_is_open_to_who_knows_its_id() {
    for token in [None, Some("john")] {
        let shop = Shop::new(two_orders);
        let order = get(&shop, token, "order_guest").await.expect("an order");
        assert_eq!(order.customer_comment.as_deref(), Some("ring"));
    }
    let shop = Shop::new(two_orders);
    get(&shop, None, "order_guest").await.expect("an order");
    assert_eq!(shop.called(), ["GET /store/orders/order_guest", "GET /store/carts/cart_of_order_guest"]);
    get(&Shop::new(two_orders), None, "order_nobody").await.expect("an order");
}

/// M-ORD-14, M-ORD-16, M-ORD-17: somebody else's order is as unknown as one that is not.
#[tokio::test]
async fn somebody_elses_order_is_not_found() {
    for (token, id) in [
        (None, "order_jane"),
        (Some("john"), "order_jane"),
        (None, "order_none"),
        (Some("jane"), "order_none"),
        (None, "order_gone"),
        (Some("jane"), "order_gone"),
    ] {
        let error = get(&Shop::new(two_orders), token, id).await.expect_err(id);
        assert_eq!(error.code(), "order.not_found", "{id} by {token:?}");
    }
}

/// A bad token is a 401, whether or not the order exists.
#[tokio::test]
async fn a_bad_token_is_told_first() {
    for id in ["order_jane", "order_guest", "order_none"] {
        let error = get(&Shop::new(two_orders), Some("forged"), id).await.expect_err("refused");
        assert_eq!(error.code(), "auth.invalid_token", "{id}");
    }
}

/// M-ORD-18.
#[tokio::test]
async fn a_list_needs_a_token() {
    let shop = Shop::closed();
    let error = shop.medusa().orders().list_orders(&guest(), &ListOrders::default()).await.expect_err("refused");
    assert_eq!(error.code(), "auth.required");
    assert!(shop.called().is_empty());
    let error = list(&Shop::new(two_orders), "forged", json!({})).await.expect_err("refused");
    assert_eq!(error.code(), "auth.invalid_token");
}

async fn list(shop: &std::sync::Arc<Shop>, token: &str, query: Value) -> Result<Paginated<Order>, Error> {
    let request: ListOrders = serde_json::from_value(query).expect("a request");
    shop.configured(|config| config.order_scan_limit = 300).orders().list_orders(&holder(token), &request).await
}

/// `count` orders, newest first, an hour apart. Of three in a row the first is shipped, the second captured; totals
/// rise and fall.
fn history(count: usize) -> impl Fn(&Call) -> Option<Answer> {
    move |call| {
        if call.what != LIST {
            return None;
        }
        let newest = "2026-11-20T23:00:00Z".parse::<chrono::DateTime<chrono::Utc>>().expect("a time");
        let all = (0..count).map(|n| {
            let hours = i64::try_from(n).expect("a small number");
            let created = (newest - chrono::TimeDelta::hours(hours)).to_rfc3339();
            let mut order = order(&format!("order_{n:04}"), Some("cus_jane"));
            order["created_at"] = json!(created);
            if n % 3 == 0 {
                order["fulfillment_status"] = json!("shipped");
            }
            if n % 3 == 1 {
                order["payment_status"] = json!("captured");
            }
            order["total"] = json!((n * 7) % 10 + 10);
            order
        });
        let page: Vec<Value> = all.skip(call.number("offset")).take(call.number("limit")).collect();
        Some(ok(json!({ "orders": page, "count": count })))
    }
}

fn ids(page: &Paginated<Order>) -> Vec<&str> {
    page.data.iter().map(|order| order.id.as_str()).collect()
}

/// M-ORD-01, M-ORD-19: what Medusa can do is one call, with its own order, total and page.
#[tokio::test]
async fn a_plain_list_is_one_call() {
    let shop = Shop::new(history(250));
    let page = list(&shop, "jane", json!({ "limit": 2, "offset": 10 })).await.expect("a page");
    assert_eq!((ids(&page), page.total), (vec!["order_0010", "order_0011"], 250));
    let [call] = shop.calls().try_into().expect("one call");
    assert_eq!((call.number("limit"), call.number("offset"), call.value("order")), (2, 10, Some("-created_at")));
}

/// M-ORD-20, M-ORD-21, C-11: states, ids and times of day go to Medusa in its own words.
#[tokio::test]
async fn what_medusa_can_filter_is_pushed_down() {
    for (query, status, order) in [
        (json!({ "status": "completed" }), vec!["completed"], "-created_at"),
        (json!({ "status": "CANCELLED" }), vec!["canceled"], "-created_at"),
        (json!({ "status": "Archived", "sort": "updatedAt_ASC" }), vec!["archived"], "updated_at"),
        (json!({ "status": "requires_action", "sort": "updatedAt_DESC" }), vec!["requires_action"], "-updated_at"),
        (json!({ "sort": "createdAt_ASC" }), vec![], "created_at"),
        (json!({ "status": "PENDING" }), vec!["pending"], "-created_at"),
        (json!({ "status": "SHIPPED" }), vec!["pending"], "-created_at"),
    ] {
        let shop = Shop::new(history(1));
        list(&shop, "jane", query.clone()).await.expect("a page");
        let [call] = shop.calls().try_into().expect("one call");
        assert_eq!((call.values("status"), call.value("order")), (status, Some(order)), "{query}");
    }
    let shop = Shop::new(history(1));
    list(&shop, "jane", json!({ "id": "order_0000" })).await.expect("a page");
    assert_eq!(shop.calls()[0].values("id"), ["order_0000"]);
}

/// C-11: what Medusa cannot filter is looked for in all of the customer's orders; page and total are right.
#[tokio::test]
async fn the_rest_is_looked_for() {
    let shop = Shop::new(history(250));
    let page =
        list(&shop, "jane", json!({ "paymentStatus": "captured", "limit": 2, "offset": 1 })).await.expect("a page");
    assert_eq!((ids(&page), page.total), (vec!["order_0004", "order_0007"], 83));
    assert!(page.data.iter().all(|order| order.payment_status == PaymentStatus::Captured));
    assert_eq!(shop.called().len(), 3);

    let page = list(&Shop::new(history(30)), "jane", json!({ "status": "SHIPPED" })).await.expect("a page");
    assert_eq!((page.total, page.data[0].status), (10, OrderStatus::Shipped));
    let page = list(&Shop::new(history(30)), "jane", json!({ "status": "PENDING" })).await.expect("a page");
    assert_eq!((page.total, page.data[0].status), (20, OrderStatus::Pending));
    let page = list(&Shop::new(history(30)), "jane", json!({ "paymentStatus": "PAID" })).await.expect("a page");
    assert_eq!(page.total, 0);
}

/// C-11: a range of dates stops looking where it begins; both of its days belong to it.
#[tokio::test]
async fn a_range_of_dates_stops_where_it_begins() {
    let shop = Shop::new(history(1000));
    let range = json!({ "dateFrom": "2026-11-18", "dateTo": "2026-11-19", "limit": 100 });
    let page = list(&shop, "jane", range).await.expect("a page");
    assert_eq!((page.total, ids(&page)[0], ids(&page)[47]), (48, "order_0024", "order_0071"));
    assert_eq!(shop.called().len(), 1);
}

/// C-11: no wrong totals: where there are more orders than may be looked through, the request is refused and told why.
#[tokio::test]
async fn too_many_orders_to_look_through_are_refused() {
    let shop = Shop::new(history(301));
    let error = list(&shop, "jane", json!({ "sort": "total_ASC" })).await.expect_err("refused");
    assert_eq!((error.code(), shop.called().len()), ("order.too_many_to_filter", 1));
    assert!(error.message().contains("300"), "{}", error.message());

    let shop = Shop::new(history(1000));
    let error = list(&shop, "jane", json!({ "dateFrom": "2020-01-01" })).await.expect_err("refused");
    assert_eq!((error.code(), shop.called().len()), ("order.too_many_to_filter", 3));

    let all = list(&Shop::new(history(300)), "jane", json!({ "sort": "total_ASC" })).await.expect("a page");
    assert_eq!(all.total, 300);
}

/// C-11: sorting by what Medusa cannot sort by; between equals the newest comes first.
#[tokio::test]
async fn sorting_by_the_rest() {
    for (sort, expected) in [
        ("total_ASC", ["order_0000", "order_0003", "order_0006"]),
        ("total_DESC", ["order_0007", "order_0004", "order_0001"]),
        ("status_ASC", ["order_0001", "order_0002", "order_0004"]),
        ("status_DESC", ["order_0000", "order_0003", "order_0006"]),
        ("paymentStatus_ASC", ["order_0001", "order_0004", "order_0007"]),
        ("paymentStatus_DESC", ["order_0000", "order_0002", "order_0003"]),
    ] {
        let page = list(&Shop::new(history(9)), "jane", json!({ "sort": sort, "limit": 3 })).await.expect("a page");
        assert_eq!(ids(&page), expected, "{sort}");
    }
}

/// Only the caller's own orders are ever listed.
#[tokio::test]
async fn another_customers_orders_are_an_empty_list() {
    let shop = Shop::new(history(3));
    let page = list(&shop, "jane", json!({ "customerId": "cus_john" })).await.expect("a page");
    assert_eq!((page.total, shop.called()), (0, vec!["GET /store/customers/me".to_owned()]));
    let page = list(&shop, "jane", json!({ "customerId": "cus_jane" })).await.expect("a page");
    assert_eq!(page.total, 3);
}

#[tokio::test]
async fn a_reversed_range_is_refused_without_traffic() {
    let shop = Shop::closed();
    let range = json!({ "dateFrom": "2026-11-02", "dateTo": "2026-11-01" });
    let error = list(&shop, "jane", range).await.expect_err("refused");
    assert_eq!((error.code(), error.violation_list()[0].field.as_str()), ("request.invalid", "dateTo"));
    assert!(shop.called().is_empty());
}
