use super::*;

const SAVED: &str = r#"{"id":"cuaddr_1","customer_id":"cus_1","address_name":"Office","is_default_shipping":true,
    "is_default_billing":false,"first_name":"Jane","last_name":"Doe","company":"Co","address_1":"Weg","address_2":"5 ",
    "city":"Berlin","postal_code":"10115","country_code":"de","province":"BE","phone":"+491","created_at":"2026-11-23T17:00:00.000Z",
    "updated_at":"2026-11-23T18:00:00.000Z",
    "metadata":{"taxId":"DE1","apartment":"9","district":"Mitte","email":"jane@example.com","other":1}}"#;

fn saved(json: &str) -> CustomerAddress {
    saved_address(&serde_json::from_str(json).expect("an address")).expect("a saved address")
}

fn request<T: serde::de::DeserializeOwned>(json: &str) -> T {
    serde_json::from_str(json).expect("a request")
}

/// What is sent, as JSON.
fn sent(input: &CustomerAddressInput) -> serde_json::Value {
    serde_json::to_value(input).expect("JSON")
}

/// M-CUST-01, C-25: every part of a saved address is read back, and the label is the customer's own.
#[test]
fn a_saved_address_is_whole() {
    let saved = saved(SAVED);
    assert_eq!((saved.id.as_str(), saved.customer_id.as_str()), ("cuaddr_1", "cus_1"));
    assert_eq!((saved.label.as_deref(), saved.is_default), (Some("Office"), Some(true)));
    assert_eq!(saved.created_at.to_string(), "2026-11-23T17:00:00.000Z");
    let expected: Address = request(
        r#"{"firstName":"Jane","lastName":"Doe","companyName":"Co","taxId":"DE1","country":"DE","district":"Mitte",
            "region":"BE","streetName":"Weg","streetNumber":"5","apartment":"9","city":"Berlin","postalCode":"10115",
            "email":"jane@example.com","phone":"+491"}"#,
    );
    assert_eq!(saved.address, expected);
}

/// M-CUST-02, C-29: no label is no label, and empty texts are absent.
#[test]
fn what_is_empty_is_absent() {
    let bare = saved(
        r#"{"id":"cuaddr_1","customer_id":"cus_1","address_name":"","company":"","address_2":" ","metadata":{"taxId":null},
            "first_name":"Jane","country_code":null,"created_at":"2026-11-23T17:00:00Z","updated_at":"2026-11-23T17:00:00Z"}"#,
    );
    assert_eq!((bare.label, bare.is_default), (None, Some(false)));
    assert_eq!(bare.address, Address { first_name: Some("Jane".to_owned()), ..Address::default() });
    let nobodys: WireAddress = request(r#"{"id":"cuaddr_1"}"#);
    assert_eq!(saved_address(&nobodys).expect_err("nobody's").code(), "backend.unreadable");
}

/// M-CUST-04, M-CUST-06, C-25, C-26: every part is sent, trimmed, with label and both default flags.
#[test]
fn a_new_address_is_sent_whole() {
    let request: CreateAddress = request(
        r#"{"label":" Office ","isDefault":true,"address":{"firstName":" Jane ","lastName":"Doe","companyName":"Co","taxId":"DE1",
            "country":"DE","district":"Mitte","region":"BE","streetName":"Weg","streetNumber":"5","apartment":"9",
            "city":"Berlin","postalCode":"10115","email":"jane@example.com","phone":"+491"}}"#,
    );
    assert_eq!(
        sent(&new_address(&request)),
        serde_json::json!({"address_name":"Office","is_default_shipping":true,"is_default_billing":true,"first_name":"Jane",
            "last_name":"Doe","company":"Co","address_1":"Weg","address_2":"5","city":"Berlin","postal_code":"10115",
            "country_code":"de","province":"BE","phone":"+491",
            "metadata":{"taxId":"DE1","apartment":"9","district":"Mitte","email":"jane@example.com"}})
    );
}

/// M-CUST-05: what is blank is not sent.
#[test]
fn blanks_of_a_new_address_are_left_out() {
    let request: CreateAddress = request(
        r#"{"label":" ","isDefault":false,"address":{"country":"PL","streetName":"A","streetNumber":"","apartment":"4",
            "companyName":" ","city":"B","postalCode":"1"}}"#,
    );
    assert_eq!(
        sent(&new_address(&request)),
        serde_json::json!({"address_1":"A","city":"B","postal_code":"1","country_code":"pl","metadata":{"apartment":"4"}})
    );
}

/// C-27: a change sends what it names and nothing else; an empty text takes a part away.
#[test]
fn a_change_sends_what_it_names() {
    let change = |json: &str| sent(&changed_address(&request(json)));
    assert_eq!(change(r#"{"address":{"city":" Bonn "}}"#), serde_json::json!({"city":"Bonn"}));
    assert_eq!(
        change(r#"{"address":{"companyName":"","taxId":"","country":"AT","email":"j@example.com"}}"#),
        serde_json::json!({"company":"","country_code":"at","metadata":{"taxId":"","email":"j@example.com"}})
    );
    assert_eq!(change(r#"{"label":""}"#), serde_json::json!({"address_name":""}));
    assert_eq!(
        change(r#"{"isDefault":false}"#),
        serde_json::json!({"is_default_shipping":false,"is_default_billing":false})
    );
    assert_eq!(
        change(r#"{"isDefault":true}"#),
        serde_json::json!({"is_default_shipping":true,"is_default_billing":true})
    );
}

/// M-CUST-17, C-26: of equal addresses the new one is the newest, and another one saved meanwhile is not taken for it.
#[test]
fn the_new_address_is_the_newest_that_is_alike() {
    let address = |id: &str, city: &str, time: &str| -> WireAddress {
        request(&format!(
            r#"{{"id":"{id}","address_1":"A","city":"{city}","postal_code":"1","country_code":"pl","company":null,
                "province":"","metadata":null,"created_at":"2026-11-23T{time}Z"}}"#
        ))
    };
    let sent = new_address(&request(r#"{"address":{"country":"PL","streetName":"A","city":"B","postalCode":"1"}}"#));
    let addresses = [
        address("cuaddr_new", "B", "17:00:02.000"),
        address("cuaddr_old", "B", "17:00:01.000"),
        address("cuaddr_other", "C", "17:00:03.000"),
    ];
    assert_eq!(newest_like(&addresses, &sent).map(|address| address.id.as_str()), Some("cuaddr_new"));
    assert_eq!(newest_like(&addresses[2..], &sent), None);
}
