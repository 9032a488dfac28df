//! Orders, claims, edits.

use o2s_medusa_client::v1::store::order_edits::{
    CompleteOrderEdit, DeclineOrderEdit, GetOrderEdit, OrderEditChangeType, OrderEditDecline, OrderEditStatus,
};
use o2s_medusa_client::v1::store::orders::{
    ClaimOrders, ConfirmClaim, GetOrder, GetOrderOfCart, ListOrders, LookUpOrder, OrderClaim, OrderFulfillmentStatus,
    OrderStatus,
};
use o2s_medusa_client::v1::store::returns::ReturnStatus;
use o2s_medusa_client::v1::types::{DateFilter, Done, Page, Selection};

use crate::shop::{as_customer, as_guest, minor};

const ORDER: &str = "order_01M81FD5SBRF6HC51XZN2HS23Q";

#[tokio::test]
async fn an_order_is_found_by_id_by_cart_and_by_number() {
    let order = as_guest("orders-get", &GetOrder { id: ORDER, ..Default::default() }).await.unwrap().order;
    assert_eq!((order.display_id, order.total), (Some(1), minor(12330)));
    assert_eq!(order.fulfillment_status, Some(OrderFulfillmentStatus::NotFulfilled));
    assert_eq!(order.shipping_address.as_ref().unwrap().postal_code.as_deref(), Some("10117"));
    assert_eq!(order.customer.as_ref().unwrap().has_account, Some(false));
    assert_eq!((order.items[0].refundable, order.payments[0].provider_id.as_deref()), (minor(10530), Some("manual")));
    assert_eq!(order.discounts[0].code.as_deref(), Some("SAVE10"));

    let by_cart = GetOrderOfCart { cart_id: "cart_01M81FD4KT9X5DJRG6SDG95FH8", ..Default::default() };
    assert_eq!(as_guest("orders-by-cart", &by_cart).await.unwrap().order.id, ORDER);

    let by_number = LookUpOrder { display_id: 1, email: "guest@lab.test", ..Default::default() };
    assert_eq!(as_guest("orders-lookup", &by_number).await.unwrap().order.id, ORDER);
}

#[tokio::test]
async fn a_customer_lists_orders() {
    let page = Page { limit: Some(5), offset: Some(0) };
    let list = as_customer("customers-orders-list", &ListOrders { page, ..Default::default() }).await.unwrap();
    assert_eq!((list.count, list.offset, list.limit), (1, 0, 5));
    assert_eq!(list.orders[0].status, Some(OrderStatus::Pending));

    let select = Selection { fields: Some("id,display_id,status,total"), expand: Some("") };
    let pending = ListOrders { select, statuses: &["pending"], ..Default::default() };
    let list = as_customer("customers-orders-list-filtered", &pending).await.unwrap();
    assert_eq!((list.orders[0].display_id, list.orders[0].email.as_deref()), (Some(1), None));
}

#[tokio::test]
async fn a_list_of_orders_tells_what_is_sent_back() {
    let from = "2026-11-22T00:00:00Z".parse().ok();
    let list = ListOrders {
        select: Selection {
            fields: Some("id,display_id"),
            expand: Some("returns,returns.items,returns.items.reason,returns.shipping_method"),
        },
        page: Page { limit: Some(1), offset: Some(0) },
        id: Some("order_01M8CVF8EKWAPRKD7TP9RVNAA4"),
        fulfillment_statuses: &["shipped", "partially_returned"],
        payment_statuses: &["captured"],
        created_at: DateFilter { gte: from, ..Default::default() },
        ..Default::default()
    };
    let list = as_customer("customers-orders-list-returns", &list).await.unwrap();
    let back = &list.orders[0].returns[0];
    assert_eq!((back.status.clone(), back.refund_amount), (Some(ReturnStatus::Requested), minor(2339)));
    assert_eq!(back.items[0].reason.as_ref().unwrap().label.as_deref(), Some("Too small"));
    assert_eq!(back.shipping_method.as_ref().unwrap().price, minor(300));
}

#[tokio::test]
async fn a_guests_order_is_claimed() {
    let claim = ClaimOrders { body: OrderClaim { order_ids: vec![ORDER.to_owned()] } };
    assert_eq!(as_customer("orders-claim-token", &claim).await.unwrap(), Done);
    let confirm = ConfirmClaim { token: "token-1".to_owned().into() };
    assert_eq!(as_guest("orders-claim-confirm", &confirm).await.unwrap(), Done);
}

#[tokio::test]
async fn an_edit_is_read_declined_or_confirmed() {
    let id = "oe_01M81FDHZBEE28NRXRRQMAPPPG";
    let edit = as_guest("order-edits-get", &GetOrderEdit { id, ..Default::default() }).await.unwrap().order_edit;
    assert_eq!((edit.status, edit.difference_due), (Some(OrderEditStatus::Requested), minor(2340)));
    assert_eq!(edit.changes[0].change_type, Some(OrderEditChangeType::ItemAdd));
    assert_eq!(edit.changes[0].line_item.as_ref().unwrap().unit_price, minor(1950));
    assert_eq!(edit.payment_collection.unwrap().amount, edit.difference_due);

    let body = OrderEditDecline { declined_reason: Some("changed my mind".to_owned()) };
    let edit = as_guest("order-edits-decline", &DeclineOrderEdit { id, body }).await.unwrap().order_edit;
    assert_eq!(edit.status, Some(OrderEditStatus::Declined));
    assert_eq!(edit.declined_reason.as_deref(), Some("changed my mind"));

    let complete = CompleteOrderEdit { id: "oe_01M81FDJA39QJ3HPZ4SGCHJQ18" };
    let edit = as_guest("order-edits-complete", &complete).await.unwrap().order_edit;
    assert_eq!(edit.status, Some(OrderEditStatus::Confirmed));
}
