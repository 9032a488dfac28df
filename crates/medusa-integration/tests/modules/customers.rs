use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};

use o2s_framework_core::customers::{CreateAddress, ListAddresses, UpdateAddress};
use o2s_framework_core::ids::AddressId;
use o2s_framework_core::regions::ListRegions;
use o2s_medusa_integration::Api;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};

use crate::script::{Answer, Call, Shop, guest, holder, missing, ok};

const ADDRESSES: &str = "/store/customers/me/addresses";

fn address(id: &str, city: &str, created: &str) -> Value {
    json!({ "id": id, "customer_id": "cus_jane", "address_1": "Weg", "city": city, "postal_code": "1",
        "country_code": "de", "created_at": created, "updated_at": created })
}

/// Jane's two addresses, the newer one first.
fn book(call: &Call) -> Option<Answer> {
    let one = address("cuaddr_1", "Berlin", "2026-11-01T00:00:00.000Z");
    let two = address("cuaddr_2", "Berlin", "2026-11-02T00:00:00.000Z");
    if call.token.as_deref() != Some("jane") {
        return Some(Answer::Json(401, json!({ "message": "Unauthorized" })));
    }
    let (method, path) = call.what.split_once(' ')?;
    match (method, path.strip_prefix(ADDRESSES)?) {
        ("GET", "") => Some(ok(json!({ "addresses": [one, two], "count": 7 }))),
        ("POST", "" | "/cuaddr_1") => Some(ok(json!({ "customer": { "id": "cus_jane", "addresses": [two, one] } }))),
        ("GET", "/cuaddr_1") => Some(ok(json!({ "address": one }))),
        ("DELETE", "/cuaddr_1") => Some(ok(json!({ "id": "cus_jane", "deleted": true }))),
        // An address that another caller has just dropped.
        ("POST", "/cuaddr_3") => Some(ok(json!({ "customer": { "id": "cus_jane", "addresses": [two] } }))),
        _ => Some(missing("Address")),
    }
}

fn request<T: DeserializeOwned>(json: Value) -> T {
    serde_json::from_value(json).expect("a request")
}

fn id(text: &str) -> AddressId {
    text.parse().expect("an id")
}

fn new_address() -> CreateAddress {
    request(
        json!({ "isDefault": true, "address": { "country": "DE", "streetName": "Weg", "city": "Berlin", "postalCode": "1" } }),
    )
}

/// C-26 to C-28, P-2: every operation is one call with the caller's token; none asks who it is first.
#[tokio::test]
async fn every_operation_is_one_call() {
    let shop = Shop::new(book);
    let customers = shop.medusa().customers();
    let jane = holder("jane");
    let change: UpdateAddress = request(json!({ "address": { "city": "Bonn" } }));

    let page: ListAddresses = request(json!({ "limit": 2, "offset": 5 }));
    let page = customers.list_addresses(&jane, &page).await.expect("a page");
    assert_eq!((page.data[0].id.as_str(), page.data[1].id.as_str(), page.total), ("cuaddr_1", "cuaddr_2", 7));
    let got = customers.get_address(&jane, &id("cuaddr_1")).await.expect("an address");
    assert_eq!(got.id.as_str(), "cuaddr_1");
    let created = customers.create_address(&jane, &new_address()).await.expect("an address");
    assert_eq!(created.id.as_str(), "cuaddr_2", "the newest of two that are alike");
    let changed = customers.update_address(&jane, &id("cuaddr_1"), &change).await.expect("an address");
    assert_eq!(changed.id.as_str(), "cuaddr_1");
    let default = customers.set_default_address(&jane, &id("cuaddr_1")).await.expect("an address");
    assert_eq!(default.id.as_str(), "cuaddr_1");
    customers.delete_address(&jane, &id("cuaddr_1")).await.expect("gone");

    let calls = shop.calls();
    let called: Vec<_> = calls.iter().map(|call| call.what.replace(ADDRESSES, "")).collect();
    assert_eq!(called, ["GET ", "GET /cuaddr_1", "POST ", "POST /cuaddr_1", "POST /cuaddr_1", "DELETE /cuaddr_1"]);
    assert!(calls.iter().all(|call| call.token.as_deref() == Some("jane")));
    // M-CUST-03, C-28: Medusa cuts the page, oldest first.
    assert_eq!((calls[0].number("limit"), calls[0].number("offset")), (2, 5));
    assert_eq!(calls[0].value("order"), Some("created_at"));
    // C-26, M-CUST-18: the default flags go along with the new address.
    assert_eq!(calls[2].body["is_default_shipping"], json!(true));
    assert_eq!(calls[2].body["is_default_billing"], json!(true));
    // C-27, M-CUST-22: a change sends what it names.
    assert_eq!(calls[3].body, json!({ "city": "Bonn" }));
    // M-CUST-31.
    assert_eq!(calls[4].body, json!({ "is_default_shipping": true, "is_default_billing": true }));
}

/// M-CUST-07, 11, 15, 20, 25, 29: nobody without a token, and no traffic either.
#[tokio::test]
async fn a_guest_has_no_addresses() {
    let shop = Shop::closed();
    let (customers, guest, one) = (shop.medusa().customers(), guest(), id("cuaddr_1"));
    let errors = [
        customers.list_addresses(&guest, &ListAddresses::default()).await.map(drop),
        customers.get_address(&guest, &one).await.map(drop),
        customers.create_address(&guest, &new_address()).await.map(drop),
        customers.update_address(&guest, &one, &UpdateAddress::default()).await.map(drop),
        customers.delete_address(&guest, &one).await,
        customers.set_default_address(&guest, &one).await.map(drop),
    ];
    assert!(errors.into_iter().all(|error| error.expect_err("refused").code() == "auth.required"));
    assert!(shop.called().is_empty());
}

/// M-CUST-08, 10, 12, 16, 21, 26, 30, C-1: Medusa's own 401 is a bad token.
#[tokio::test]
async fn a_bad_token_is_told() {
    let shop = Shop::new(book);
    let (customers, forged, one) = (shop.medusa().customers(), holder("forged"), id("cuaddr_1"));
    let change: UpdateAddress = request(json!({ "label": "Home" }));
    let errors = [
        customers.list_addresses(&forged, &ListAddresses::default()).await.map(drop),
        customers.get_address(&forged, &one).await.map(drop),
        customers.create_address(&forged, &new_address()).await.map(drop),
        customers.update_address(&forged, &one, &change).await.map(drop),
        customers.delete_address(&forged, &one).await,
        customers.set_default_address(&forged, &one).await.map(drop),
    ];
    assert!(errors.into_iter().all(|error| error.expect_err("refused").code() == "auth.invalid_token"));
}

/// M-CUST-14, 23, 24, 28, 32, 33, C-1: an unknown address is a 404 that names it.
#[tokio::test]
async fn an_unknown_address_is_not_found() {
    let shop = Shop::new(book);
    let (customers, jane) = (shop.medusa().customers(), holder("jane"));
    let change: UpdateAddress = request(json!({ "label": "Home" }));
    for name in ["cuaddr_9", "cuaddr_3"] {
        let unknown = id(name);
        let errors = [
            customers.get_address(&jane, &unknown).await.map(drop),
            customers.update_address(&jane, &unknown, &change).await.map(drop),
            customers.delete_address(&jane, &unknown).await,
            customers.set_default_address(&jane, &unknown).await.map(drop),
        ];
        for error in errors {
            let error = error.expect_err("not found");
            assert_eq!(error.code(), "address.not_found");
            assert!(error.message().contains(name), "{}", error.message());
        }
    }
}

/// M-CUST-19, C-36: a new address that is not in the answer is the backend's fault.
#[tokio::test]
async fn a_new_address_must_be_in_the_answer() {
    let shop = Shop::new(book);
    let address: CreateAddress =
        request(json!({ "address": { "country": "DE", "streetName": "Weg", "city": "Bonn", "postalCode": "1" } }));
    let error = shop.medusa().customers().create_address(&holder("jane"), &address).await.expect_err("not there");
    assert_eq!(error.code(), "backend.unreadable");
}

#[tokio::test]
async fn bad_addresses_are_refused_without_traffic() {
    let shop = Shop::closed();
    let (customers, jane) = (shop.medusa().customers(), holder("jane"));
    let address: CreateAddress =
        request(json!({ "address": { "country": "Germany", "streetName": "", "city": "B", "postalCode": "1" } }));
    let error = customers.create_address(&jane, &address).await.expect_err("refused");
    let fields: Vec<_> = error.violation_list().iter().map(|violation| violation.field.as_str()).collect();
    assert_eq!(fields, ["address.streetName", "address.country"]);
    let error = customers.update_address(&jane, &id("cuaddr_1"), &UpdateAddress::default()).await.expect_err("refused");
    assert_eq!(error.code(), "request.invalid");
    assert!(shop.called().is_empty());
}

/// a deletion whose answer was lost is one all the same when Medusa no longer has the address.
#[tokio::test]
async fn a_lost_deletion_is_a_deletion() {
    let attempts = AtomicUsize::new(0);
    let shop = Shop::new(move |_| match attempts.fetch_add(1, Ordering::Relaxed) {
        0 => Some(Answer::Lost),
        _ => Some(missing("Address")),
    });
    shop.medusa().customers().delete_address(&holder("jane"), &id("cuaddr_1")).await.expect("gone");
    assert_eq!(shop.called().len(), 2);
}

/// Medusa's tokens outlive their customers: such a token is a bad one, not a missing thing.
#[tokio::test]
async fn a_token_of_a_deleted_customer_is_told() {
    for api in [Api::V1, Api::V2] {
        let shop = Shop::new(|call| (call.what == "GET /store/customers/me").then(|| missing("Customer")));
        let medusa = shop.configured(|config| config.api = api);
        let error = medusa.regions().list_regions(&holder("jane"), &ListRegions::default()).await.expect_err("nobody");
        assert_eq!(error.code(), "auth.invalid_token", "{api:?}");
    }
}

/// Medusa 1 replaces all of an address's data with what is sent: changes at once read and write one after the other.
#[tokio::test]
async fn changes_of_one_address_at_once_all_count() {
    let data = Arc::new(Mutex::new(json!({})));
    let kept = Arc::clone(&data);
    let shop = Shop::new(move |call| {
        if call.what == "POST /store/customers/me/addresses/addr_1" {
            *kept.lock().unwrap() = call.body["metadata"].clone();
        }
        let mut address = address("addr_1", "Berlin", "2026-11-22T11:14:42.354Z");
        address["metadata"] = kept.lock().unwrap().clone();
        let customer = json!({ "id": "cus_jane", "has_account": true, "shipping_addresses": [address] });
        call.what.contains("/store/customers/me").then(|| ok(json!({ "customer": customer })))
    });
    let customers = shop.configured(|config| config.api = Api::V1).customers();
    let change = |json: Value| {
        let (customers, request) = (Arc::clone(&customers), request::<UpdateAddress>(json));
        async move { customers.update_address(&holder("jane"), &id("addr_1"), &request).await }
    };
    let (label, tax_id) =
        tokio::join!(change(json!({ "label": "Home" })), change(json!({ "address": { "taxId": "DE1" } })));
    assert!(label.is_ok() && tax_id.is_ok());
    assert_eq!(*data.lock().unwrap(), json!({ "label": "Home", "taxId": "DE1" }));
}
