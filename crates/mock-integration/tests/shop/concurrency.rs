use std::collections::HashSet;

use o2s_framework_core::checkout::PlaceOrder;
use o2s_framework_core::orders::{GetOrder, ListOrders};
use o2s_framework_core::returns::{CreateReturn, NewReturnItem};
use tokio::task::JoinSet;

use crate::{guest, open};

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn fifty_at_once_lose_nothing() {
    let desk = std::sync::Arc::new(open());
    let cart = desk.cart_with(&guest(), &desk.facts.variants.plain, 1).await.id;
    let mut writers = JoinSet::new();
    for number in 0..50 {
        let (desk, cart) = (desk.clone(), cart.clone());
        writers.spawn(async move {
            let variants = &desk.facts.variants;
            let variant = if number % 2 == 0 { &variants.plain } else { &variants.other };
            desk.add(&guest(), &cart, variant, 1).await.map(drop)
        });
    }
    for outcome in writers.join_all().await {
        outcome.unwrap();
    }
    let cart = desk.modules.carts.get_cart(&guest(), &cart).await.unwrap();
    let quantities: Vec<_> = cart.items.data.iter().map(|line| line.quantity).collect();
    assert_eq!(quantities.iter().sum::<u64>(), 51);
    assert_eq!(quantities.len(), 2, "one line for each variant");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn twenty_at_once_place_one_order() {
    let desk = std::sync::Arc::new(open());
    let lyon = desk.signed_in("lyon");
    let cart = desk.payable_cart(&lyon).await.id;
    let mut placers = JoinSet::new();
    for _ in 0..20 {
        let (desk, lyon, cart) = (desk.clone(), lyon.clone(), cart.clone());
        placers.spawn(async move {
            desk.modules.checkout.place_order(&lyon, &cart, &PlaceOrder::default()).await.map(|placed| placed.order.id)
        });
    }
    let ids: HashSet<_> = placers.join_all().await.into_iter().map(Result::unwrap).collect();
    assert_eq!(ids.len(), 1);
    let orders = desk.modules.orders.list_orders(&lyon, &ListOrders::default()).await.unwrap();
    assert_eq!(orders.total, 5, "the four past ones and this one");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn the_last_pieces_are_sold_once() {
    let desk = std::sync::Arc::new(open());
    let mut buyers = JoinSet::new();
    for _ in 0..10 {
        let desk = desk.clone();
        buyers.spawn(async move {
            let cart = desk.payable_cart(&guest()).await.id;
            desk.add(&guest(), &cart, &desk.facts.variants.three_left, 1).await?;
            let payment = crate::Desk::payment(&desk.facts.providers.invoice);
            desk.modules.checkout.set_payment(&guest(), &cart, &payment).await?;
            desk.modules.checkout.place_order(&guest(), &cart, &PlaceOrder::default()).await
        });
    }
    let outcomes = buyers.join_all().await;
    let (sold, refused): (Vec<_>, Vec<_>) = outcomes.into_iter().partition(Result::is_ok);
    assert_eq!((sold.len(), refused.len()), (3, 7));
    assert!(refused.into_iter().all(|outcome| outcome.unwrap_err().code() == "cart.out_of_stock"));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_piece_goes_back_once() {
    let desk = std::sync::Arc::new(open());
    let order = desk.modules.orders.get_order(&guest(), &desk.facts.guest_order, &GetOrder::default()).await.unwrap();
    let item = NewReturnItem {
        line_item_id: order.items.data[0].id.clone(),
        quantity: crate::quantity(1),
        reason_id: None,
        note: None,
    };
    let request =
        CreateReturn { shipping_option_id: Some(desk.facts.return_parcel.clone()), ..CreateReturn::of(vec![item]) };
    let mut senders = JoinSet::new();
    for _ in 0..10 {
        let (desk, order, request) = (desk.clone(), order.id.clone(), request.clone());
        senders.spawn(async move { desk.modules.returns.create_return(&guest(), &order, &request).await });
    }
    let (made, refused): (Vec<_>, Vec<_>) = senders.join_all().await.into_iter().partition(Result::is_ok);
    assert_eq!((made.len(), refused.len()), (3, 7), "there are three pieces");
    assert!(refused.into_iter().all(|outcome| outcome.unwrap_err().code() == "return.quantity_exceeded"));
}
