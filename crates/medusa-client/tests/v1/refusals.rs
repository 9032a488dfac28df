//! What Medusa 1 says when it says no, in all its forms.

use std::sync::Arc;

use http::StatusCode;
use o2s_medusa_client::testing::{Exchange, ReplayTransport};
use o2s_medusa_client::v1::Caller;
use o2s_medusa_client::v1::store::auth::{GetSession, Login};
use o2s_medusa_client::v1::store::carts::{CartUpdate, Code, GetCart, UpdateCart};
use o2s_medusa_client::v1::store::completion::{CompleteCart, Completion};
use o2s_medusa_client::v1::store::customers::GetMe;
use o2s_medusa_client::v1::store::line_items::{AddLineItem, LineItemInput};
use o2s_medusa_client::v1::store::orders::LookUpOrder;
use o2s_medusa_client::v1::store::products::{GetProduct, ListProducts};
use o2s_medusa_client::v1::store::regions::GetRegion;
use o2s_medusa_client::v1::store::{StoreEndpoint, auth};
use o2s_medusa_client::v1::types::{EmailPassword, Selection};
use o2s_medusa_client::{CustomerToken, Endpoint, Error, ErrorKind, Query, Repeat};
use serde_json::json;

use crate::shop::{as_guest, client, context, shop};

/// Status, type, code and message of a refusal.
fn said(error: &Error) -> (u16, Option<&str>, Option<&str>, Option<&str>) {
    (error.status().unwrap().as_u16(), error.api_type(), error.api_code(), error.api_message())
}

#[tokio::test]
async fn json_has_type_code_and_message() {
    let error = as_guest("carts-get-unknown", &GetCart { id: "cart_unknown", ..Default::default() }).await.unwrap_err();
    assert_eq!(said(&error), (404, Some("not_found"), None, Some("Cart with cart_unknown was not found")));
    let error =
        as_guest("regions-get-unknown", &GetRegion { id: "reg_unknown", ..Default::default() }).await.unwrap_err();
    assert_eq!(said(&error), (404, Some("not_found"), None, Some("Region with reg_unknown was not found")));
    let unknown = GetProduct { id: "prod_unknown", ..Default::default() };
    let error = as_guest("products-get-unknown", &unknown).await.unwrap_err();
    assert_eq!(error.route(), "/store/products/{id}");

    let body = CartUpdate { discounts: Some(vec![Code { code: "NOSUCHCODE".to_owned() }]), ..Default::default() };
    let update = UpdateCart { id: "cart_01M81FD4KT9X5DJRG6SDG95FH8", body };
    let error = as_guest("discount-add-unknown", &update).await.unwrap_err();
    assert_eq!(said(&error), (404, Some("not_found"), None, Some("Discounts with code [NOSUCHCODE] was not found")));

    let select = Selection { expand: Some("nonsense"), ..Default::default() };
    let error = as_guest("products-list-bad-expand", &ListProducts { select, ..Default::default() }).await.unwrap_err();
    assert_eq!(said(&error), (400, Some("invalid_data"), None, Some("Requested fields [nonsense] are not valid")));
}

#[tokio::test]
async fn a_line_beyond_the_stock_is_refused_with_a_code() {
    let add = |variant_id: &str, quantity| AddLineItem {
        cart_id: "cart_01M81FD4KT9X5DJRG6SDG95FH8",
        body: LineItemInput { variant_id: variant_id.to_owned(), quantity, metadata: None },
    };
    let beyond = add("variant_01M81FD32GAR66TNE5THK9XNKQ", 3);
    let error = as_guest("line-items-add-beyond-inventory", &beyond).await.unwrap_err();
    assert_eq!((error.api_type(), error.api_code()), (Some("not_allowed"), Some("insufficient_inventory")));
    assert!(!error.may_have_acted());

    let late = add("variant_01M81FD205VV4B67YAEZFVD8V6", 1);
    let error = as_guest("line-items-add-to-completed-cart", &late).await.unwrap_err();
    assert_eq!(said(&error), (404, Some("not_found"), None, Some("null")));
}

#[tokio::test]
async fn stock_that_is_gone_is_told_line_by_line() {
    let complete = CompleteCart { cart_id: "cart_01M8CVF5TY6B78A4FAHMFZ7VZ8" };
    let error = as_guest("carts-complete-out-of-stock", &complete).await.unwrap_err();
    assert_eq!(error.status(), Some(StatusCode::CONFLICT));
    assert_eq!((error.api_type(), error.api_code()), (Some("not_allowed"), Some("insufficient_inventory")));
    let messages: Vec<&str> = error.api_message().unwrap().split("; ").collect();
    assert_eq!(messages.len(), 2, "{messages:?}");
    assert!(messages.iter().all(|message| message.ends_with("does not have the required inventory")), "{messages:?}");
    assert_ne!(messages[0], messages[1]);
}

#[tokio::test]
async fn what_the_publishable_key_does_not_cover_says_so() {
    let id = "prod_01M81FD34X8VWPEKQBYTADEZSD";
    let error = as_guest("products-get-foreign-channel", &GetProduct { id, ..Default::default() }).await.unwrap_err();
    let message = error.api_message().unwrap();
    assert!(message.contains("is not associated with sales channels"), "{message}");
    assert_eq!((error.status(), error.api_type()), (Some(StatusCode::BAD_REQUEST), None));

    let list = ListProducts { sales_channel_ids: &["sc_01M81FD1NXB1717XEXNVNGF00A"], ..Default::default() };
    let error = as_guest("products-list-foreign-channel", &list).await.unwrap_err();
    assert!(error.api_message().unwrap().starts_with("Provided sales channel id param"), "{error}");
}

#[tokio::test]
async fn words_for_a_status_are_a_refusal() {
    let body = EmailPassword { email: "ada@lab.test".to_owned(), password: "wrong".to_owned().into() };
    let error = as_guest("auth-login-wrong-password", &Login { body }).await.unwrap_err();
    assert_eq!(said(&error), (401, None, None, Some("Unauthorized")));
    assert_eq!(error.to_string(), "POST /store/auth: the backend answered 401: Unauthorized");

    let error = as_guest("customers-me-unauthenticated", &GetMe).await.unwrap_err();
    assert_eq!(said(&error), (401, None, None, Some("Unauthorized")));

    let nonsense = CustomerToken::new("nonsense").unwrap();
    let store = shop(&["auth-get-session-bad-bearer"]);
    let error = store.call(&context(), Caller::Token(&nonsense), &GetSession).await.unwrap_err();
    assert_eq!(said(&error), (401, None, None, Some("Unauthorized")));

    let wrong = LookUpOrder { display_id: 1, email: "other@lab.test", ..Default::default() };
    let error = as_guest("orders-lookup-wrong-email", &wrong).await.unwrap_err();
    assert_eq!(said(&error), (404, None, None, Some("Not Found")));
}

/// A route that Medusa does not have.
struct NoSuchThing;

impl Endpoint for NoSuchThing {
    const METHOD: http::Method = http::Method::GET;
    const ROUTE: &'static str = "/store/no-such-thing";
    const REPEAT: Repeat = Repeat::Harmless;
    type Response = serde_json::Value;
}

impl StoreEndpoint for NoSuchThing {}

/// A parameter that Medusa does not have.
struct Nonsense;

impl Endpoint for Nonsense {
    const METHOD: http::Method = http::Method::GET;
    const ROUTE: &'static str = "/store/products";
    const REPEAT: Repeat = Repeat::Harmless;
    type Response = serde_json::Value;

    fn query(&self, query: &mut Query) {
        query.set("nonsense", "1");
    }
}

impl StoreEndpoint for Nonsense {}

#[tokio::test]
async fn a_page_keeps_its_status() {
    let error = as_guest("unknown-path", &NoSuchThing).await.unwrap_err();
    let ErrorKind::UnexpectedAnswer { status, excerpt } = error.kind() else { panic!("{error:?}") };
    assert_eq!(*status, StatusCode::NOT_FOUND);
    assert!(excerpt.contains("Cannot GET"), "{excerpt}");
    assert!(!error.is_transient());
}

#[tokio::test]
async fn unknown_names_are_refused() {
    let error = as_guest("products-list-unknown-param", &Nonsense).await.unwrap_err();
    assert_eq!(said(&error), (400, Some("invalid_data"), None, Some("property nonsense should not exist")));
}

/// What an endpoint makes of an answer that was made up here.
async fn made_up<E: StoreEndpoint>(
    endpoint: &E,
    path: &str,
    status: u16,
    body: serde_json::Value,
) -> Result<E::Response, Error> {
    let content_type = if body.is_string() { "text/plain" } else { "application/json" };
    let exchange: Exchange = serde_json::from_value(json!({
        "request": {"method": E::METHOD.as_str(), "path": path},
        "response": {"status": status, "headers": {"content-type": content_type}, "body": body},
    }))
    .unwrap();
    client(Arc::new(ReplayTransport::new(vec![exchange]))).call(&context(), Caller::Guest, endpoint).await
}

#[tokio::test]
async fn only_the_words_of_the_very_status_are_a_refusal() {
    for (status, text, is_refusal) in [
        (401, "Unauthorized", true),
        (404, "Not Found", true),
        (404, "Unauthorized", false),
        (404, "404 page not found", false),
        (401, "", false),
        (500, "Internal Server Error", false),
    ] {
        let error = made_up(&GetMe, "/store/customers/me", status, json!(text)).await.unwrap_err();
        assert_eq!(error.api_message().is_some(), is_refusal, "{status} {text}");
        assert_eq!(error.status().unwrap().as_u16(), status);
    }
}

#[tokio::test]
async fn a_success_in_other_words_is_not_understood() {
    let error = made_up(&auth::Logout, "/store/auth", 200, json!("<html>signed out</html>")).await.unwrap_err();
    assert!(matches!(error.kind(), ErrorKind::UnexpectedAnswer { .. }), "{error:?}");
    assert!(error.may_have_acted());
}

#[tokio::test]
async fn an_outcome_from_the_future_keeps_its_name() {
    let complete = CompleteCart { cart_id: "cart_1" };
    let path = "/store/carts/cart_1/complete";
    let answer = made_up(&complete, path, 200, json!({"type": "barter", "data": {"id": "barter_1"}})).await.unwrap();
    assert_eq!(answer, Completion::Unknown("barter".to_owned()));

    let body = json!({"data": {"id": "order_1", "items": [{"id": "item_1", "unit_price": 9.5}]}, "type": "order"});
    let error = made_up(&complete, path, 200, body).await.unwrap_err();
    let ErrorKind::Decode { path, .. } = error.kind() else { panic!("{error:?}") };
    assert_eq!(path, "data.items[0].unit_price");
}
