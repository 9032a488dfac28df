//! Return reasons, returns, swaps.

use o2s_medusa_client::v1::store::carts::{CartType, GetCart};
use o2s_medusa_client::v1::store::return_reasons::{GetReturnReason, ListReturnReasons};
use o2s_medusa_client::v1::store::returns::{CreateReturn, NewReturn, ReturnItemInput, ReturnShipping, ReturnStatus};
use o2s_medusa_client::v1::store::swaps::{
    AdditionalItem, CreateSwap, GetSwapOfCart, NewSwap, SwapFulfillmentStatus, SwapPaymentStatus,
};

use crate::shop::{as_guest, minor};

const ORDER: &str = "order_01M81FDA6P2F809Y82WJXJEKY0";
const OPTION: &str = "so_01M81FD1SYHBSBMYB6AGDW8E6X";
const SWAP_CART: &str = "cart_01M81FDBSDV8TDAHYD0EJFXXBH";

#[tokio::test]
async fn reasons_have_reasons_below_them() {
    let list = as_guest("return-reasons-list", &ListReturnReasons).await.unwrap();
    let reason = &list.return_reasons[0];
    assert_eq!((reason.value.as_deref(), reason.label.as_deref()), (Some("wrong_size"), Some("Wrong size")));
    assert_eq!(reason.return_reason_children[0].value.as_deref(), Some("too_small"));

    let one = as_guest("return-reasons-get", &GetReturnReason { id: &reason.id }).await.unwrap().return_reason;
    assert_eq!(one.description.as_deref(), Some("Does not fit"));
    assert_eq!(one.return_reason_children[0].parent_return_reason_id.as_deref(), Some(reason.id.as_str()));
}

#[tokio::test]
async fn lines_of_an_order_are_sent_back() {
    let item = ReturnItemInput {
        item_id: "item_01M81FDA09N1HH0BKS2W9S2MBC".to_owned(),
        quantity: 1,
        reason_id: Some("rr_01M81FD39MMKQ21FNTXYX3K3FF".to_owned()),
        note: Some("too small".to_owned()),
    };
    let body = NewReturn {
        order_id: ORDER.to_owned(),
        items: vec![item],
        return_shipping: Some(ReturnShipping { option_id: OPTION.to_owned() }),
    };
    let back = as_guest("returns-create", &CreateReturn { body }).await.unwrap().return_order;
    assert_eq!((back.status, back.refund_amount), (Some(ReturnStatus::Requested), minor(1980)));
    assert_eq!((back.order_id.as_deref(), back.items[0].quantity), (Some(ORDER), Some(1)));
    assert_eq!(back.items[0].note.as_deref(), Some("too small"));
    assert_eq!(back.items[0].reason.as_ref().unwrap().value.as_deref(), Some("too_small"));
}

#[tokio::test]
async fn lines_of_an_order_are_exchanged() {
    let item = ReturnItemInput {
        item_id: "item_01M81FDA09PH3PGG616CHDGRC4".to_owned(),
        quantity: 1,
        note: Some("wrong colour".to_owned()),
        ..Default::default()
    };
    let instead = AdditionalItem { variant_id: "variant_01M81FD2R8Q6MT6ZT0VD015MN7".to_owned(), quantity: 1 };
    let body = NewSwap {
        order_id: ORDER.to_owned(),
        return_items: vec![item],
        additional_items: vec![instead],
        return_shipping_option: Some(OPTION.to_owned()),
    };
    let swap = as_guest("swaps-create", &CreateSwap { body }).await.unwrap().swap;
    assert_eq!(swap.fulfillment_status, Some(SwapFulfillmentStatus::NotFulfilled));
    assert_eq!((swap.payment_status, swap.difference_due), (Some(SwapPaymentStatus::NotPaid), None));
    assert_eq!(swap.additional_items[0].title.as_deref(), Some("Cascade Mug"));
    assert_eq!(swap.return_order.unwrap().refund_amount, minor(840));
    assert_eq!(swap.cart_id.as_deref(), Some(SWAP_CART));
    assert_eq!(swap.order.unwrap().id, ORDER);

    let by_cart = as_guest("swaps-by-cart", &GetSwapOfCart { cart_id: SWAP_CART }).await.unwrap().swap;
    assert_eq!(by_cart.id, swap.id);
}

#[tokio::test]
async fn the_cart_of_a_swap_counts_what_comes_back() {
    let cart = as_guest("swap-cart-get", &GetCart { id: SWAP_CART, ..Default::default() }).await.unwrap().cart;
    assert_eq!(cart.cart_type, Some(CartType::Swap));
    let back = cart.items.iter().find(|item| item.title.as_deref() == Some("Aurora Mug")).unwrap();
    assert_eq!(back.is_return, Some(true));
    assert_eq!((back.unit_price, back.total), (minor(-1000), minor(-1200)));
    assert_eq!(cart.total, minor(600));
}
