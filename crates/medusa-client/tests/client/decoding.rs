//! Answers that a real Medusa 2.21.2 gave, read through the whole client.

use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use http::StatusCode;
use o2s_medusa_client::testing::{Exchange, ReplayTransport};
use o2s_medusa_client::transport::Transport;
use o2s_medusa_client::v2::auth::{EmailPassword, Login};
use o2s_medusa_client::v2::store::{
    StoreEndpoint, addresses, carts, categories, completion, customers, line_items, orders, payments, product_types,
    products, promotions, regions, shipping_options,
};
use o2s_medusa_client::v2::{AdminClient, AuthClient, StoreClient, admin, types};
use o2s_medusa_client::{
    AdminKey, Amount, Backend, CallContext, CustomerToken, Endpoint, Error, ErrorKind, PublishableKey, Query, Repeat,
    Result, RetryPolicy,
};
use serde_json::json;

const CART: &str = "cart_01M81FEAHH16YEGKGQBC3Y66NE";

/// A backend that gives one recorded answer.
fn backend(recording: &str) -> Backend {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("tests/recordings/{recording}.json"));
    let exchange: Exchange = serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap();
    let transport: Arc<dyn Transport> = Arc::new(ReplayTransport::new(vec![exchange]));
    Backend::new(transport, RetryPolicy::default())
}

fn context() -> CallContext<'static> {
    CallContext::within(Duration::from_secs(5))
}

async fn as_guest<E: StoreEndpoint>(recording: &str, endpoint: &E) -> Result<E::Response> {
    let store = StoreClient::new(backend(recording), PublishableKey::new("pk_test").unwrap());
    store.call(&context(), None, endpoint).await
}

async fn as_customer<E: StoreEndpoint>(recording: &str, endpoint: &E) -> Result<E::Response> {
    let store = StoreClient::new(backend(recording), PublishableKey::new("pk_test").unwrap());
    let token = CustomerToken::new("token-1").unwrap();
    store.call(&context(), Some(&token), endpoint).await
}

/// A field that holds this amount.
fn amount(text: &str) -> Option<Amount> {
    serde_json::from_str(text).unwrap()
}

fn metadata(value: &serde_json::Value) -> types::Metadata {
    value.as_object().unwrap().clone()
}

#[tokio::test]
async fn products_have_variants_options_stock_and_prices() {
    let list = as_guest("products-with-prices", &products::ListProducts::default()).await.unwrap();
    assert!(list.count >= 3);
    let product = &list.products[0];
    assert_eq!(product.title.as_deref(), Some("Angle Grinder 125"));
    assert_eq!(product.product_type.as_ref().unwrap().value.as_deref(), Some("PHYSICAL"));
    assert_eq!(product.metadata, None);
    let variant = &product.variants[0];
    assert_eq!(variant.inventory_quantity, amount("100000"));
    assert_eq!(variant.options[0].option.as_ref().unwrap().title.as_deref(), Some("Disc"));
    let price = variant.calculated_price.as_ref().unwrap();
    assert_eq!(price.calculated_amount, amount("90.61"));
    assert_eq!(price.currency_code.as_deref(), Some("eur"));
    assert_eq!(price.is_calculated_price_tax_inclusive, Some(false));
}

#[tokio::test]
async fn a_product_read_without_categories_has_one_without_an_id() {
    let id = "prod_01M81FDZ34CGG248KHK81YQ8F5";
    let answer = as_guest("product-with-details", &products::GetProduct { id, ..Default::default() }).await.unwrap();
    let product = answer.product;
    assert_eq!(product.weight, amount("310"));
    assert_eq!(product.length, None);
    assert_eq!(product.images.len(), 2);
    assert_eq!(product.tags[0].value.as_deref(), Some("bestseller"));
    assert_eq!(product.metadata, Some(metadata(&json!({"seed_number": 7}))));
    assert_eq!(product.categories[0].id, None);
}

#[tokio::test]
async fn categories_types_regions_and_providers_are_lists() {
    let categories = as_guest("categories", &categories::ListCategories::default()).await.unwrap();
    assert_eq!(categories.count, 6);
    assert_eq!(categories.product_categories[0].handle.as_deref(), Some("power-tools"));

    let types = as_guest("product-types", &product_types::ListProductTypes::default()).await.unwrap();
    assert_eq!(types.product_types[0].value.as_deref(), Some("PHYSICAL"));

    let regions = as_guest("regions", &regions::ListRegions::default()).await.unwrap();
    assert_eq!(regions.count, 2);
    assert_eq!(regions.regions[0].countries[0].iso_2.as_deref(), Some("fr"));

    let id = "reg_01M81FDYY0CTN4NAMV7DTMHVQ9";
    let region = as_guest("region", &regions::GetRegion { id, fields: None }).await.unwrap().region;
    assert_eq!(region.currency_code.as_deref(), Some("eur"));

    let providers = payments::ListPaymentProviders { region_id: id, ..Default::default() };
    let providers = as_guest("payment-providers", &providers).await.unwrap();
    assert_eq!(providers.payment_providers[0].id, "pp_system_default");
}

#[tokio::test]
async fn a_cart_has_exact_totals_promotions_and_a_payment_session() {
    let cart = as_guest("cart-with-payment", &carts::GetCart { id: CART, fields: None }).await.unwrap().cart;
    assert_eq!(cart.total, amount("107.04645"));
    assert_eq!(cart.completed_at, None);
    assert_eq!(cart.items[0].quantity.unwrap().to_u32(), Some(5));
    assert_eq!(cart.items[0].adjustments[0].amount, amount("9.995"));
    let method = cart.promotions[0].application_method.as_ref().unwrap();
    assert_eq!(method.method_type, Some(promotions::ApplicationMethodType::Percentage));
    assert_eq!(method.value, amount("10"));
    let collection = cart.payment_collection.unwrap();
    assert_eq!(collection.status, Some(payments::PaymentCollectionStatus::NotPaid));
    assert_eq!(collection.payment_sessions[0].status, Some(payments::PaymentSessionStatus::Pending));
    assert_eq!(collection.payment_sessions[0].amount, amount("107.04645"));
}

#[tokio::test]
async fn an_address_is_sent_and_comes_back() {
    let address = types::AddressInput {
        first_name: Some("Max".to_owned()),
        last_name: Some("Muster".to_owned()),
        company: Some("Muster AG".to_owned()),
        address_1: Some("Hauptstrasse".to_owned()),
        address_2: Some("12".to_owned()),
        city: Some("Berlin".to_owned()),
        postal_code: Some("10115".to_owned()),
        country_code: Some("de".to_owned()),
        province: Some("BE".to_owned()),
        phone: Some("+4930111222".to_owned()),
        metadata: Some(metadata(&json!({"taxId": "DE999999999", "apartment": "7"}))),
    };
    let body = carts::CartUpdate {
        email: Some("guest@example.com".to_owned()),
        shipping_address: Some(address.clone()),
        billing_address: Some(address),
        metadata: Some(metadata(&json!({"notes": "Ring twice"}))),
        ..Default::default()
    };
    let update = carts::UpdateCart { id: CART, fields: None, body };
    let cart = as_guest("cart-with-addresses", &update).await.unwrap().cart;
    let address = cart.shipping_address.unwrap();
    assert_eq!(address.city.as_deref(), Some("Berlin"));
    assert_eq!(address.country_code.as_deref(), Some("de"));
}

#[tokio::test]
async fn a_deleted_line_answers_the_cart() {
    let delete = line_items::DeleteLineItem { cart_id: CART, line_id: "cali_01M81FEB6ETS0VJ24Y4X3Q0ZPK", fields: None };
    let answer = as_guest("line-item-delete", &delete).await.unwrap();
    assert!(answer.deleted);
    let cart = answer.parent.unwrap();
    assert_eq!(cart.id, CART);
    assert_eq!(cart.total, amount("99.95"));
    assert_eq!(cart.tax_total, amount("0"));
}

#[tokio::test]
async fn shipping_options_have_prices() {
    let list = as_guest("shipping-options", &shipping_options::ListShippingOptions { cart_id: CART, is_return: false })
        .await
        .unwrap();
    let option = &list.shipping_options[0];
    assert_eq!(option.price_type, Some(shipping_options::PriceType::Flat));
    assert_eq!(option.amount, amount("4.99"));
    assert_eq!(option.option_type.as_ref().unwrap().code.as_deref(), Some("standard"));
    assert_eq!(option.insufficient_inventory, Some(false));
}

#[tokio::test]
async fn paying_begins_with_a_collection_and_a_session() {
    let body = payments::NewPaymentCollection { cart_id: CART.to_owned() };
    let create = payments::CreatePaymentCollection { fields: None, body };
    let collection = as_guest("payment-collection", &create).await.unwrap().payment_collection;
    assert_eq!(collection.payment_sessions, []);

    let body = payments::NewPaymentSession { provider_id: "pp_system_default".to_owned(), data: None };
    let create = payments::CreatePaymentSession { payment_collection_id: &collection.id, fields: None, body };
    let collection = as_guest("payment-session", &create).await.unwrap().payment_collection;
    assert_eq!(collection.payment_sessions[0].provider_id.as_deref(), Some("pp_system_default"));
}

#[tokio::test]
async fn a_completed_cart_is_an_order() {
    let complete = completion::CompleteCart { cart_id: CART, fields: None };
    let answer = as_guest("complete", &complete).await.unwrap();
    assert_eq!(answer.outcome, completion::CompletionOutcome::Order);
    assert_eq!(answer.cart, None);
    let order = answer.order.unwrap();
    assert_eq!(order.total, amount("107.04645"));
    assert_eq!(order.status, Some(orders::OrderStatus::Pending));
    assert_eq!(order.payment_status, None);
    assert_eq!(order.items[0].detail.as_ref().unwrap().quantity, amount("5"));
}

#[tokio::test]
async fn orders_are_read_and_listed() {
    let id = "order_01M81FEEQKQRDZCZG9SPDCAT1G";
    let order = as_guest("order", &orders::GetOrder { id, fields: None }).await.unwrap().order;
    assert_eq!(order.display_id, Some(1));
    assert_eq!(order.email.as_deref(), Some("guest@example.com"));

    let list = as_customer("orders", &orders::ListOrders::default()).await.unwrap();
    assert_eq!(list.count, 1);
    let order = &list.orders[0];
    assert_eq!(order.total, amount("330.018975"));
    assert_eq!(order.payment_status, Some(orders::OrderPaymentStatus::Authorized));
    assert_eq!(order.fulfillment_status, Some(orders::OrderFulfillmentStatus::NotFulfilled));
    assert_eq!(order.items[0].quantity, amount("3"));
}

#[tokio::test]
async fn a_customer_has_addresses() {
    let me = as_customer("me", &customers::GetMe::default()).await.unwrap().customer;
    assert_eq!(me.has_account, Some(true));
    assert_eq!(me.addresses[0].address_name.as_deref(), Some("Office"));

    let list = as_customer("addresses", &addresses::ListAddresses::default()).await.unwrap();
    assert_eq!(list.addresses[0].is_default_billing, Some(true));

    let id = "cuaddr_01M81FEFH1NDP3J1DZCVQ6DF8B";
    let address = as_customer("address", &addresses::GetAddress { id, fields: None }).await.unwrap().address;
    assert_eq!(address.metadata, Some(metadata(&json!({"taxId": "DE999999999", "apartment": "7"}))));

    let body = addresses::CustomerAddressInput {
        address_name: Some("Home".to_owned()),
        is_default_shipping: Some(true),
        first_name: Some("Max".to_owned()),
        last_name: Some("Muster".to_owned()),
        company: Some("Muster AG".to_owned()),
        address_1: Some("Hauptstrasse".to_owned()),
        address_2: Some("12".to_owned()),
        city: Some("Berlin".to_owned()),
        postal_code: Some("10115".to_owned()),
        country_code: Some("de".to_owned()),
        province: Some("BE".to_owned()),
        phone: Some("+4930111222".to_owned()),
        metadata: Some(metadata(&json!({"taxId": "DE999999999", "apartment": "7"}))),
        ..Default::default()
    };
    let answer = as_customer("address-create", &addresses::CreateAddress { fields: None, body }).await.unwrap();
    assert_eq!(answer.customer.addresses[0].id, id);

    let gone = as_customer("address-delete", &addresses::DeleteAddress { id, fields: None }).await.unwrap();
    assert!(gone.deleted);
    assert_eq!(gone.parent.unwrap().addresses, []);
}

fn jane() -> EmailPassword {
    EmailPassword { email: "jane@example.com".to_owned(), password: "any".to_owned().into() }
}

#[tokio::test]
async fn a_login_answers_a_token_or_says_why_not() {
    let auth = AuthClient::new(backend("login"));
    let answer = auth.call(&context(), None, &Login { body: jane() }).await.unwrap();
    assert_eq!(answer.token.unwrap().expose(), "token-1");
    assert!(!answer.mfa_required);

    let auth = AuthClient::new(backend("login-wrong-password"));
    let error = auth.call(&context(), None, &Login { body: jane() }).await.unwrap_err();
    assert_eq!(error.status(), Some(StatusCode::UNAUTHORIZED));
    assert_eq!(error.api_type(), Some("unauthorized"));
}

#[tokio::test]
async fn the_admin_api_knows_customers() {
    let admin = AdminClient::new(backend("admin-customer"), AdminKey::new("sk_test").unwrap());
    let id = "cus_01M81FDZMA4C6AG4HKKSHDPK5R";
    let answer = admin.call(&context(), &admin::customers::GetCustomer { id, fields: None }).await.unwrap();
    assert_eq!(answer.customer.has_account, Some(true));
    assert_eq!(answer.customer.carts, []);
}

#[tokio::test]
async fn errors_keep_type_code_and_message() {
    let body = line_items::LineItemInput {
        variant_id: "variant_01M81FDZ8YYZWQZCPER7DZEWBF".to_owned(),
        quantity: 1,
        metadata: None,
    };
    let add = line_items::AddLineItem { cart_id: "cart_01M81FEHBF69WGR7QP3XFCHJKZ", fields: None, body };
    let error = as_guest("out-of-stock", &add).await.unwrap_err();
    assert_eq!(error.status(), Some(StatusCode::BAD_REQUEST));
    assert_eq!(error.api_type(), Some("not_allowed"));
    assert_eq!(error.api_code(), Some("insufficient_inventory"));
    assert_eq!(error.api_message(), Some("Some variant does not have the required inventory"));
    assert!(!error.may_have_acted());
    assert!(!error.is_transient());

    let error = as_guest("cart-unknown", &carts::GetCart { id: "cart_unknown", fields: None }).await.unwrap_err();
    assert_eq!(error.status(), Some(StatusCode::NOT_FOUND));
    assert_eq!(error.api_type(), Some("not_found"));
    assert_eq!(error.route(), "/store/carts/{id}");

    let error = as_guest("me-unauthenticated", &customers::GetMe::default()).await.unwrap_err();
    assert_eq!(error.status(), Some(StatusCode::UNAUTHORIZED));
    assert_eq!(error.api_type(), None);
    assert_eq!(error.api_message(), Some("Unauthorized"));
}

/// An endpoint that the crate does not have, as a plug-in would add it.
struct Own<'a>(&'a str);

impl Endpoint for Own<'_> {
    const METHOD: http::Method = http::Method::GET;
    const ROUTE: &'static str = "/store/{name}";
    const REPEAT: Repeat = Repeat::Harmless;
    type Response = serde_json::Value;

    fn path_values(&self) -> Vec<&str> {
        vec![self.0]
    }

    fn query(&self, query: &mut Query) {
        query.set_some("fields", None);
    }
}

impl StoreEndpoint for Own<'_> {}

#[tokio::test]
async fn an_html_page_is_not_an_answer() {
    let error: Error = as_guest("unknown-route", &Own("no-such-route")).await.unwrap_err();
    let ErrorKind::UnexpectedAnswer { status, excerpt } = error.kind() else { panic!("{error:?}") };
    assert_eq!(*status, StatusCode::NOT_FOUND);
    assert!(excerpt.starts_with("<!DOCTYPE html>"), "{excerpt}");
    assert!(!excerpt.contains('\n'));
}

#[tokio::test]
async fn a_refused_path_value_is_never_sent() {
    for id in ["", ".", "..", "a\nb"] {
        let error = as_guest("cart-unknown", &carts::GetCart { id, fields: None }).await.unwrap_err();
        assert!(matches!(error.kind(), ErrorKind::InvalidRequest { .. }), "{error:?}");
        assert_eq!(error.attempts(), 0);
    }
}
