//! Payment sessions, completing carts, payment collections.

use o2s_medusa_client::v1::MinorUnits;
use o2s_medusa_client::v1::store::completion::{CompleteCart, Completion};
use o2s_medusa_client::v1::store::orders::{OrderPaymentStatus, OrderStatus};
use o2s_medusa_client::v1::store::payment_collections::{
    AuthorizeSession, AuthorizeSessions, GetPaymentCollection, PaymentCollectionStatus, PaymentCollectionType,
    RefreshSession, SessionBatch, SessionIds, SessionInput, SetSession, SetSessions,
};
use o2s_medusa_client::v1::store::payment_sessions::{
    CreatePaymentSessions, DeletePaymentSession, PaymentSessionStatus, PaymentSessionUpdate, ProviderChoice,
    RefreshPaymentSession, SelectPaymentSession, UpdatePaymentSession,
};
use o2s_medusa_client::v1::store::swaps::SwapPaymentStatus;
use serde_json::json;

use crate::shop::{as_customer, as_guest, metadata, minor};

const CART: &str = "cart_01M81FD4KT9X5DJRG6SDG95FH8";
const COLLECTION: &str = "paycol_01M81FDJECG5M4E17SETFBHSGC";
const PROVIDER: &str = "manual";

fn manual() -> ProviderChoice {
    ProviderChoice { provider_id: PROVIDER.to_owned() }
}

#[tokio::test]
async fn sessions_are_made_chosen_changed_refreshed_and_dropped() {
    let cart = as_guest("payment-sessions-create", &CreatePaymentSessions { cart_id: CART }).await.unwrap().cart;
    let session = &cart.payment_sessions[0];
    assert_eq!((session.provider_id.as_deref(), session.amount), (Some(PROVIDER), minor(12330)));
    assert_eq!(session.status, Some(PaymentSessionStatus::Pending));
    assert_eq!(cart.payment_session.as_ref(), Some(session), "the only one is chosen");

    let select = SelectPaymentSession { cart_id: CART, body: manual() };
    let cart = as_guest("payment-session-set", &select).await.unwrap().cart;
    assert_eq!(cart.payment_sessions[0].is_selected, Some(true));

    let body = PaymentSessionUpdate { data: metadata(&json!({"card": "4242"})) };
    let change = UpdatePaymentSession { cart_id: CART, provider_id: PROVIDER, body };
    let cart = as_guest("payment-session-update", &change).await.unwrap().cart;
    assert_eq!(cart.payment_session.unwrap().data, Some(metadata(&json!({"status": "pending"}))));

    let refresh = RefreshPaymentSession { cart_id: CART, provider_id: PROVIDER };
    let cart = as_guest("payment-session-refresh", &refresh).await.unwrap().cart;
    assert_eq!((cart.payment_sessions[0].is_selected, cart.payment_session), (None, None));

    let drop = DeletePaymentSession { cart_id: CART, provider_id: PROVIDER };
    let cart = as_guest("payment-session-delete", &drop).await.unwrap().cart;
    assert_eq!(cart.payment_sessions, []);
}

#[tokio::test]
async fn a_completed_cart_is_an_order() {
    let complete = CompleteCart { cart_id: "cart_01M8CVF48478W39QP87493PHC4" };
    let Completion::Order(order) = as_guest("carts-complete", &complete).await.unwrap() else { panic!() };
    assert_eq!((order.display_id, order.status), (Some(9), Some(OrderStatus::Pending)));
    assert_eq!(order.payment_status, Some(OrderPaymentStatus::Awaiting));
    assert_eq!(order.cart_id.as_deref(), Some(complete.cart_id));
    assert_eq!((order.items.len(), order.total), (2, minor(8697)));
    assert_eq!(order.payments[0].amount, order.total);
}

#[tokio::test]
async fn a_cart_whose_payment_needs_another_step_stays_a_cart() {
    let complete = CompleteCart { cart_id: "cart_01M8CVFCDYZM09BK6E6VSE1S1P" };
    let completion = as_guest("carts-complete-needs-another-step", &complete).await.unwrap();
    let Completion::Cart { cart, payment_status } = completion else { panic!("{completion:?}") };
    assert_eq!(payment_status, Some(PaymentSessionStatus::RequiresMore));
    let session = cart.payment_session.unwrap();
    assert_eq!(session.data.unwrap()["redirect_url"], "https://pay.example/step_1");
    assert_eq!((cart.completed_at, cart.total), (None, None));
}

#[tokio::test]
async fn the_cart_of_a_swap_settles_the_swap() {
    let complete = CompleteCart { cart_id: "cart_01M8CVFB731HHS1Y8Q373R5K7H" };
    let completion = as_guest("carts-complete-swap", &complete).await.unwrap();
    let Completion::Swap(swap) = completion else { panic!("{completion:?}") };
    assert_eq!((swap.payment_status, swap.allow_backorder), (Some(SwapPaymentStatus::Awaiting), Some(true)));
    assert!(swap.confirmed_at.is_some());
}

#[tokio::test]
async fn a_payment_collection_is_read_and_paid() {
    let read = GetPaymentCollection { id: COLLECTION, ..Default::default() };
    let collection = as_guest("payment-collections-get", &read).await.unwrap().payment_collection;
    assert_eq!(collection.collection_type, Some(PaymentCollectionType::OrderEdit));
    assert_eq!((collection.status, collection.amount), (Some(PaymentCollectionStatus::NotPaid), minor(4680)));

    let one = SetSession { payment_collection_id: COLLECTION, body: manual() };
    let collection = as_customer("payment-collections-session", &one).await.unwrap().payment_collection;
    let session_id = collection.payment_sessions[0].id.as_str();
    assert_eq!(collection.payment_sessions[0].amount, minor(4680));

    let refresh = RefreshSession { payment_collection_id: COLLECTION, session_id };
    let session = as_customer("payment-collections-session-refresh", &refresh).await.unwrap().payment_session;
    assert_ne!(session.id, session_id);

    let part = |amount| SessionInput { provider_id: PROVIDER.to_owned(), amount: MinorUnits(amount), session_id: None };
    let body = SessionBatch { sessions: vec![part(4580), part(100)] };
    let several = SetSessions { payment_collection_id: COLLECTION, body };
    let collection = as_customer("payment-collections-sessions-batch", &several).await.unwrap().payment_collection;
    let [first, second] = &collection.payment_sessions[..] else { panic!() };

    let authorize = AuthorizeSession { payment_collection_id: COLLECTION, session_id: &first.id };
    let session = as_customer("payment-collections-session-authorize", &authorize).await.unwrap().payment_session;
    assert_eq!(session.status, Some(PaymentSessionStatus::Authorized));
    assert!(session.payment_authorized_at.is_some());

    let body = SessionIds { session_ids: vec![second.id.clone()] };
    let rest = AuthorizeSessions { payment_collection_id: COLLECTION, body };
    let collection = as_customer("payment-collections-batch-authorize", &rest).await.unwrap().payment_collection;
    assert_eq!(collection.status, Some(PaymentCollectionStatus::Authorized));
    assert_eq!((collection.authorized_amount, collection.payments.len()), (minor(4680), 2));
}
