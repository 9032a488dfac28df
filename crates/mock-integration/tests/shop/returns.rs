use o2s_framework_core::carts::{AddCartItem, ApplyPromotion};
use o2s_framework_core::checkout::CompleteCheckout;
use o2s_framework_core::context::RequestContext;
use o2s_framework_core::error::Result;
use o2s_framework_core::ids::OrderId;
use o2s_framework_core::money::Currency;
use o2s_framework_core::orders::{GetOrder, ListOrders, Order, OrderStatus};
use o2s_framework_core::paging::Limit;
use o2s_framework_core::returns::{
    CreateReturn, ListReturnReasons, NewReturnItem, OrderReturns, Return, ReturnStatus, ReturnableItem,
};
use rust_decimal::Decimal;

use crate::{Desk, code, decimal, guest, open, quantity};

impl Desk {
    /// Pieces of one line, for a reason, by the parcel.
    fn send_back(&self, order: &Order, line: usize, pieces: u32) -> CreateReturn {
        CreateReturn {
            shipping_option_id: Some(self.facts.return_parcel.clone()),
            ..CreateReturn::of(vec![NewReturnItem {
                line_item_id: order.items.data[line].id.clone(),
                quantity: quantity(pieces),
                reason_id: Some(self.facts.return_reason.clone()),
                note: Some("Not mine.".to_owned()),
            }])
        }
    }

    async fn order(&self, cx: &RequestContext, id: &OrderId) -> Order {
        self.modules.orders.get_order(cx, id, &GetOrder::default()).await.unwrap()
    }

    async fn returns_of(&self, cx: &RequestContext, id: &OrderId) -> OrderReturns {
        self.modules.returns.get_order_returns(cx, id).await.unwrap()
    }

    /// One pair of gloves, for hardly anything.
    async fn cheap_order(&self) -> Order {
        let item = AddCartItem::to_new_cart(Currency::EUR, "var_wg-0388-8".parse().unwrap(), quantity(1));
        let cart = self.modules.carts.add_item(&guest(), &item).await.unwrap().id;
        let five_off = ApplyPromotion { code: self.facts.promotions.fixed.clone(), locale: None };
        self.modules.carts.apply_promotion(&guest(), &cart, &five_off).await.unwrap();
        let whole: CompleteCheckout = serde_json::from_value(serde_json::json!({
            "email": "ada@muster.example",
            "shippingAddress": {"streetName": "Hauptstraße", "postalCode": "12345", "city": "Teststadt", "country": "DE"},
            "shippingMethodId": self.facts.standard_shipping,
            "paymentProviderId": self.facts.providers.invoice,
            "returnUrl": "https://front.example/back",
        }))
        .unwrap();
        self.modules.checkout.complete_checkout(&guest(), &cart, &whole).await.unwrap().order
    }

    async fn create_return(&self, order: &Order, request: &CreateReturn) -> Result<Return> {
        self.modules.returns.create_return(&guest(), &order.id, request).await
    }
}

/// Returnable, requested, received.
fn counts(item: &ReturnableItem) -> (u64, Option<u64>, u64) {
    (item.returnable_quantity, item.requested_quantity, item.received_quantity)
}

#[tokio::test]
async fn reasons_have_kinds_and_words() {
    let desk = open();
    let returns = &desk.modules.returns;
    let all = returns.list_reasons(&guest(), &ListReturnReasons::default()).await.unwrap();
    assert_eq!((all.data.len(), all.total), (8, 8));
    assert!(all.data.iter().any(|reason| reason.parent_id == Some(desk.facts.return_reason.clone())));
    assert!(all.data.iter().any(|reason| reason.description.is_some()));
    let german =
        ListReturnReasons { limit: Limit::new(1).ok(), locale: "de".parse().ok(), ..ListReturnReasons::default() };
    let german = returns.list_reasons(&guest(), &german).await.unwrap();
    assert_eq!((german.data[0].label.as_str(), german.total), ("Passt nicht", 8));
    assert_eq!((&german.data[0].id, &german.data[0].value), (&all.data[0].id, &all.data[0].value));
    let bad = returns.list_reasons(&Desk::forged(), &ListReturnReasons::default()).await;
    assert_eq!(code(bad), "auth.invalid_token");
}

#[tokio::test]
async fn ways_to_send_back_are_those_of_the_region_with_tax() {
    let desk = open();
    let options = async |cx: &RequestContext, order: &str| {
        let listed = desk.modules.returns.list_return_options(cx, &order.parse().unwrap()).await.unwrap().data;
        let told = listed.into_iter().map(|option| {
            let [net, gross] = [option.subtotal, option.total].map(|price| price.unwrap().to_string());
            (option.id, net, gross)
        });
        told.collect::<Vec<_>>()
    };
    let row = |id: &str, net: &str, gross: &str| (id.to_owned(), net.to_owned(), gross.to_owned());
    assert_eq!(
        options(&guest(), "order_guest-001").await,
        [row("so_return_parcel", "4.9 EUR", "5.83 EUR"), row("so_return_shop", "0 EUR", "0 EUR")]
    );
    assert_eq!(
        options(&desk.signed_in("john"), "order_john-001").await,
        [row("so_return_parcel", "6.95 USD", "7.45 USD")]
    );
    assert_eq!(options(&desk.signed_in("lyon"), "order_lyon-001").await.len(), 3);
}

#[tokio::test]
async fn goods_that_were_sent_can_go_back() {
    let desk = open();
    let id = &desk.facts.guest_order;
    let order = desk.order(&guest(), id).await;
    let before = desk.returns_of(&guest(), id).await;
    assert_eq!((counts(&before.items.data[0]), counts(&before.items.data[1])), ((3, Some(0), 0), (0, Some(0), 0)));
    assert_eq!(before.returns, Some(Vec::new()));

    let made = desk.create_return(&order, &desk.send_back(&order, 0, 2)).await.unwrap();
    assert_eq!((made.status, &made.order_id, made.items.total), (ReturnStatus::Requested, id, 1));
    let item = &made.items.data[0];
    assert_eq!((&item.line_item_id, item.quantity, item.received_quantity), (&order.items.data[0].id, 2, 0));
    assert_eq!(item.reason.as_ref().unwrap().id, desk.facts.return_reason);
    assert_eq!(item.note.as_deref(), Some("Not mine."));
    let method = made.shipping_method.as_ref().unwrap();
    assert_eq!((method.id.as_str(), method.total.as_ref().unwrap().value), ("so_return_parcel", decimal("5.83")));

    let asked = desk.returns_of(&guest(), id).await;
    assert_eq!(counts(&asked.items.data[0]), (1, Some(2), 0));
    assert_eq!(asked.returns, Some(vec![made.clone()]));
    let second = desk.create_return(&order, &desk.send_back(&order, 0, 1)).await.unwrap();
    desk.mock.receive_return(&made.id).unwrap();
    let arrived = desk.returns_of(&guest(), id).await;
    assert_eq!(counts(&arrived.items.data[0]), (0, Some(1), 2));
    let returns = arrived.returns.unwrap();
    assert_eq!(returns.iter().map(|made| &made.id).collect::<Vec<_>>(), [&second.id, &made.id], "newest first");
    assert_eq!((returns[1].status, returns[1].items.data[0].received_quantity), (ReturnStatus::Received, 2));
}

#[tokio::test]
async fn what_was_paid_is_given_back_to_the_last_cent() {
    let desk = open();
    let jane = desk.signed_in("jane");
    let completed = ListOrders { status: Some(OrderStatus::Completed), ..ListOrders::default() };
    let orders = desk.modules.orders.list_orders(&jane, &completed).await.unwrap().data;
    let mut discounted = 0;
    for order in orders {
        let known = desk.returns_of(&jane, &order.id).await;
        for (line, returnable) in order.items.data.iter().zip(&known.items.data) {
            if returnable.returnable_quantity < line.quantity {
                continue;
            }
            discounted += usize::from(line.discount_total.as_ref().unwrap().value > Decimal::ZERO);
            let mut refunded = Decimal::ZERO;
            for _ in 0..line.quantity {
                // For nothing, so that what is given back is what the piece cost.
                let item =
                    NewReturnItem { line_item_id: line.id.clone(), quantity: quantity(1), reason_id: None, note: None };
                let request = CreateReturn {
                    shipping_option_id: Some("so_return_shop".parse().unwrap()),
                    ..CreateReturn::of(vec![item])
                };
                let made = desk.modules.returns.create_return(&jane, &order.id, &request).await.unwrap();
                refunded += made.refund_total.unwrap().value;
            }
            assert_eq!(Some(refunded), line.total.as_ref().map(|total| total.value), "{}", order.id);
        }
    }
    assert!(discounted > 0, "no line had a discount");
}

#[tokio::test]
async fn sending_back_costs_and_never_more_than_is_given_back() {
    let desk = open();
    let order = desk.guest_order().await;
    desk.mock.deliver(&order.id).unwrap();
    // Two hammers at 24.95 and 19 % tax: 59.38 in all. The label is 5.83.
    let both = desk.create_return(&order, &desk.send_back(&order, 0, 2)).await.unwrap();
    assert_eq!(both.refund_total.unwrap().to_string(), "53.55 EUR");
    let order = desk.cheap_order().await;
    desk.mock.deliver(&order.id).unwrap();
    assert!(order.items.data[0].total.as_ref().unwrap().value < decimal("5.83"), "cheaper than the label");
    let cheap = desk.create_return(&order, &desk.send_back(&order, 0, 1)).await.unwrap();
    assert_eq!(cheap.refund_total.unwrap().value, Decimal::ZERO);
}

#[tokio::test]
async fn what_was_not_sent_and_what_is_no_thing_stays() {
    let desk = open();
    let placed = desk.guest_order().await;
    assert_eq!(counts(&desk.returns_of(&guest(), &placed.id).await.items.data[0]), (0, Some(0), 0));
    let refused = desk.create_return(&placed, &desk.send_back(&placed, 0, 1)).await;
    assert_eq!(code(refused), "return.quantity_exceeded");
    desk.mock.deliver(&placed.id).unwrap();
    let sent = desk.order(&guest(), &placed.id).await;
    assert_eq!(sent.status, OrderStatus::Shipped);
    assert!(desk.create_return(&placed, &desk.send_back(&placed, 0, 1)).await.is_ok());

    let order = desk.order(&guest(), &desk.facts.guest_order).await;
    let service = desk.create_return(&order, &desk.send_back(&order, 1, 1)).await;
    assert_eq!(code(service), "return.quantity_exceeded");
    assert!(desk.mock.deliver(&"order_none".parse().unwrap()).is_err());
    assert!(desk.mock.receive_return(&"return_none".parse().unwrap()).is_err());
}

#[tokio::test]
async fn what_cannot_be_returned_so_is_refused_and_changes_nothing() {
    let desk = open();
    let order = desk.order(&guest(), &desk.facts.guest_order).await;
    let good = || desk.send_back(&order, 0, 1);
    let with_item = |change: &dyn Fn(&mut NewReturnItem)| {
        let mut request = good();
        change(&mut request.items[0]);
        request
    };
    let mut twice = good();
    twice.items.push(twice.items[0].clone());
    let refused = [
        (CreateReturn::of(Vec::new()), "request.invalid"),
        (twice, "request.invalid"),
        (with_item(&|item| item.line_item_id = "line_none".parse().unwrap()), "order.item_not_found"),
        (with_item(&|item| item.reason_id = "rr_none".parse().ok()), "return.reason_invalid"),
        (with_item(&|item| item.quantity = quantity(4)), "return.quantity_exceeded"),
        (CreateReturn { shipping_option_id: None, ..good() }, "return.option_required"),
        (CreateReturn { shipping_option_id: "so_standard".parse().ok(), ..good() }, "return.option_invalid"),
        // Poland has it.
        (CreateReturn { shipping_option_id: "so_return_locker".parse().ok(), ..good() }, "return.option_invalid"),
    ];
    for (request, expected) in refused {
        assert_eq!(code(desk.create_return(&order, &request).await), expected, "{request:?}");
    }
    assert_eq!(counts(&desk.returns_of(&guest(), &order.id).await.items.data[0]), (3, Some(0), 0));
}

#[tokio::test]
async fn the_only_way_back_needs_no_name() {
    let desk = open();
    let john = desk.signed_in("john");
    let sent = ListOrders { status: Some(OrderStatus::Shipped), ..ListOrders::default() };
    let orders = desk.modules.orders.list_orders(&john, &sent).await.unwrap().data;
    let mut line = None;
    for order in orders {
        let known = desk.returns_of(&john, &order.id).await;
        let found = known.items.data.into_iter().find(|item| item.returnable_quantity > 0);
        line = line.or(found.map(|item| (order.id, item.line_item_id)));
    }
    let (order, line_item_id) = line.expect("something that John can send back");
    let item = NewReturnItem { line_item_id, quantity: quantity(1), reason_id: None, note: None };
    let made = desk.modules.returns.create_return(&john, &order, &CreateReturn::of(vec![item])).await.unwrap();
    assert_eq!(made.shipping_method.unwrap().id, "so_return_parcel");
}

#[tokio::test]
async fn returns_obey_the_ownership_of_the_order() {
    let desk = open();
    let returns = &desk.modules.returns;
    let jane = desk.signed_in("jane");
    let id: OrderId = "order_jane-003".parse().unwrap();
    let order = desk.order(&jane, &id).await;
    let request = desk.send_back(&order, 0, 1);
    assert!(returns.get_order_returns(&jane, &id).await.is_ok());
    for (cx, expected) in [
        (guest(), "order.not_found"),
        (desk.signed_in("john"), "order.not_found"),
        (Desk::forged(), "auth.invalid_token"),
    ] {
        assert_eq!(code(returns.get_order_returns(&cx, &id).await), expected);
        assert_eq!(code(returns.list_return_options(&cx, &id).await), expected);
        assert_eq!(code(returns.create_return(&cx, &id, &request).await), expected);
    }
    let unknown = "order_none".parse().unwrap();
    assert_eq!(code(returns.get_order_returns(&jane, &unknown).await), "order.not_found");
}

#[tokio::test]
async fn past_returns_are_in_every_state() {
    let desk = open();
    let jane = desk.signed_in("jane");
    let everything = ListOrders { limit: Limit::new(1000).ok(), ..ListOrders::default() };
    let mut found = Vec::new();
    for order in desk.modules.orders.list_orders(&jane, &everything).await.unwrap().data {
        let known = desk.returns_of(&jane, &order.id).await;
        let pieces = |item: &ReturnableItem| {
            item.returnable_quantity + item.requested_quantity.unwrap() + item.received_quantity
        };
        assert!(known.items.data.iter().all(|item| pieces(item) <= item.quantity), "{}", order.id);
        found.extend(known.returns.unwrap());
    }
    for status in [
        ReturnStatus::Requested,
        ReturnStatus::PartiallyReceived,
        ReturnStatus::Received,
        ReturnStatus::RequiresAction,
        ReturnStatus::Cancelled,
    ] {
        assert!(found.iter().any(|made| made.status == status), "none is {status:?}");
    }
    let cancelled = found.iter().find(|made| made.status == ReturnStatus::Cancelled).unwrap();
    assert_eq!(cancelled.refund_total.as_ref().unwrap().value, Decimal::ZERO);
    let order = desk.returns_of(&jane, &cancelled.order_id).await;
    let line = order.items.data.iter().find(|item| item.line_item_id == cancelled.items.data[0].line_item_id).unwrap();
    assert_eq!(counts(line), (line.quantity, Some(0), 0), "what was called off can be sent back");
    desk.mock.receive_return(&cancelled.id).unwrap();
    assert_eq!(desk.returns_of(&jane, &cancelled.order_id).await, order, "and does not arrive");
}
