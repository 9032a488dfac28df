//! Customers, their addresses and passwords; where the edition of 2021 had them.

use http::StatusCode;
use o2s_medusa_client::v1::store::addresses::{AddressBody, CreateAddress, DeleteAddress, NewAddress, UpdateAddress};
use o2s_medusa_client::v1::store::customers::{
    CreateCustomer, CustomerUpdate, ListPaymentMethods, NewCustomer, UpdateMe,
};
use o2s_medusa_client::v1::store::passwords::{ForgottenPassword, NewPassword, RequestPasswordReset, ResetPassword};
#[allow(deprecated, reason = "they are tested all the same")]
use o2s_medusa_client::v1::store::{
    addresses::{LegacyCreateAddress, LegacyDeleteAddress},
    passwords::LegacyResetPassword,
};
use o2s_medusa_client::v1::types::{AddressInput, Done};
use serde_json::json;

use crate::shop::{as_customer, as_guest, linden, metadata};

const GRACE: &str = "grace-1795346046008@lab.test";
const ADDRESS: &str = "addr_01M81FD73A5HWF7JZS8N0RG57Y";

fn grace(phone: Option<&str>) -> CreateCustomer {
    CreateCustomer {
        body: NewCustomer {
            email: GRACE.to_owned(),
            password: "any".to_owned().into(),
            first_name: Some("Grace".to_owned()),
            last_name: Some("Hopper".to_owned()),
            phone: phone.map(ToOwned::to_owned),
        },
    }
}

fn new_password(email: &str, token: &str) -> NewPassword {
    NewPassword { email: email.to_owned(), token: token.to_owned().into(), password: "any".to_owned().into() }
}

fn saved(extra: &serde_json::Value) -> AddressBody {
    let AddressInput {
        first_name,
        last_name,
        company,
        address_1,
        address_2,
        city,
        country_code,
        province,
        postal_code,
        phone,
        metadata,
    } = linden(extra);
    let address = NewAddress {
        first_name: first_name.unwrap(),
        last_name: last_name.unwrap(),
        address_1: address_1.unwrap(),
        city: city.unwrap(),
        postal_code: postal_code.unwrap(),
        country_code: country_code.unwrap(),
        company,
        address_2,
        province,
        phone,
        metadata,
    };
    AddressBody { address }
}

#[tokio::test]
async fn a_customer_registers_and_is_signed_in() {
    let answer = as_guest("customers-create", &grace(Some("+15550100"))).await.unwrap();
    assert_eq!(answer.customer.email.as_deref(), Some(GRACE));
    assert_eq!((answer.customer.has_account, answer.customer.shipping_addresses), (Some(true), vec![]));
    assert_eq!(answer.session.unwrap().expose(), "connect.sid=s%3Asession-1");

    let error = as_guest("customers-create-duplicate", &grace(None)).await.unwrap_err();
    assert_eq!(error.status(), Some(StatusCode::UNPROCESSABLE_ENTITY));
    assert_eq!((error.api_type(), error.api_code()), (Some("duplicate_error"), Some("invalid_request_error")));
}

#[tokio::test]
async fn a_customer_changes() {
    let body = CustomerUpdate { billing_address: Some(linden(&json!({})).into()), ..Default::default() };
    let customer = as_customer("customers-update-billing-address", &UpdateMe { body }).await.unwrap().customer;
    assert_eq!(customer.first_name.as_deref(), Some("Amazing"));
    assert_eq!(customer.billing_address.unwrap().id, customer.billing_address_id);
    assert_eq!(customer.metadata, Some(metadata(&json!({"rank": "admiral"}))));
}

#[tokio::test]
async fn addresses_are_saved_changed_and_deleted() {
    let save = CreateAddress { body: saved(&json!({"floor": 2})) };
    let customer = as_customer("customers-address-add", &save).await.unwrap().customer;
    assert_eq!(customer.shipping_addresses[0].id.as_deref(), Some(ADDRESS));
    assert_eq!(customer.shipping_addresses[0].metadata, Some(metadata(&json!({"floor": 2}))));

    let body =
        AddressInput { city: Some("Potsdam".to_owned()), postal_code: Some("14467".to_owned()), ..Default::default() };
    let customer =
        as_customer("customers-address-update", &UpdateAddress { id: ADDRESS, body }).await.unwrap().customer;
    let address = &customer.shipping_addresses[0];
    assert_eq!((address.city.as_deref(), address.address_2.as_deref()), (Some("Potsdam"), Some("2. OG")));

    let customer = as_customer("customers-address-delete", &DeleteAddress { id: ADDRESS }).await.unwrap().customer;
    assert_eq!(customer.shipping_addresses, []);
}

#[tokio::test]
async fn payment_methods_are_listed() {
    let list = as_customer("customers-payment-methods", &ListPaymentMethods).await.unwrap();
    assert_eq!(list.payment_methods, []);
}

#[tokio::test]
async fn a_forgotten_password_is_reset() {
    let forgotten = RequestPasswordReset { body: ForgottenPassword { email: GRACE.to_owned() } };
    assert_eq!(as_guest("customers-password-token", &forgotten).await.unwrap(), Done);

    let reset = ResetPassword { body: new_password(GRACE, "token-1") };
    let customer = as_guest("customers-password-reset", &reset).await.unwrap().customer;
    assert_eq!(customer.email.as_deref(), Some(GRACE));
}

#[tokio::test]
#[allow(deprecated, reason = "they are tested all the same")]
async fn what_moved_since_2021_is_refused_with_a_status() {
    let customer_id = "cus_01M81FD39TGT0Y6EWK3GZT8TCK";
    let create = LegacyCreateAddress { customer_id, body: saved(&json!({})) };
    let error = as_customer("legacy-customers-id-addresses", &create).await.unwrap_err();
    assert_eq!((error.status(), error.api_message()), (Some(StatusCode::NOT_FOUND), None));
    assert!(error.to_string().contains("Cannot POST"), "{error}");

    let delete = LegacyDeleteAddress { customer_id, id: "addr_01M81FD3A740SY0AZ0WVYD9RF1" };
    let error = as_customer("legacy-customers-id-address-delete", &delete).await.unwrap_err();
    assert_eq!((error.status(), error.api_message()), (Some(StatusCode::NOT_FOUND), None));

    let reset = LegacyResetPassword { body: new_password(GRACE, "x") };
    let error = as_guest("legacy-customers-reset-password", &reset).await.unwrap_err();
    assert_eq!((error.status(), error.api_message()), (Some(StatusCode::UNAUTHORIZED), Some("Unauthorized")));
}
