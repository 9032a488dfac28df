use super::*;

fn wire<T: serde::de::DeserializeOwned>(json: &str) -> T {
    serde_json::from_str(json).expect("a row")
}

const ASSET: &str = r#"{"id":"01M81GEXT0E2EGXERNDARK0AXF","name":"Drill in the workshop","serial_number":"SN-J-001",
    "end_of_warranty_date":"2027-03-31T00:00:00.000Z","totals":{"currency":"eur","total_price":{"value":129.99}},
    "address":{"id":"caaddr_1","first_name":null,"address_1":"Unter den Linden","address_2":null,"city":"Berlin",
        "country_code":"de","province":"BE","postal_code":"10117","phone":"+4930123456","metadata":null},
    "product_variant":{"id":"variant_1","title":"2Ah","sku":"DRILL-2AH","product":{"id":"prod_1","title":"Drill",
        "handle":"drill","subtitle":"For daily work","description":"A drill.","thumbnail":"https://shop.example/d.png",
        "type":{"id":"ptyp_1","value":"PHYSICAL"}}}}"#;

/// M-RES-01: every part of an asset.
#[test]
fn an_asset_is_whole() {
    let asset = asset(&wire(ASSET)).expect("an asset");
    assert_eq!((asset.model.as_str(), asset.serial_no.as_str()), ("Drill in the workshop", "SN-J-001"));
    assert_eq!((asset.billing_account_id.as_str(), asset.description.as_str(), asset.status), ("", "", None));
    assert_eq!(asset.end_of_warranty.map(|end| end.to_string()).as_deref(), Some("2027-03-31T00:00:00.000Z"));
    let address = asset.address.expect("an address");
    assert_eq!((address.street_name.as_str(), address.street_number), ("Unter den Linden", None));
    assert_eq!((address.country.as_str(), address.region.as_deref()), ("DE", Some("BE")));
    let product = asset.product.expect("a product");
    assert_eq!((product.name.as_str(), product.sku.as_str(), product.link.as_str()), ("Drill", "DRILL-2AH", "/drill"));
    assert_eq!((product.kind, product.price), (ProductType::Physical, None));
    assert_eq!(product.image, Some(Media::new("https://shop.example/d.png", "Drill")));
}

#[test]
fn a_bare_asset_is_an_asset() {
    let asset =
        asset(&wire(r#"{"id":"01A","name":null,"serial_number":null,"address":{"address_1":null}}"#)).expect("one");
    assert_eq!((asset.model.as_str(), asset.serial_no.as_str()), ("01A", ""));
    assert_eq!((asset.product, asset.address, asset.end_of_warranty), (None, None, None));
    assert_eq!(super::asset(&wire(r#"{"id":"a/b"}"#)), None, "an id that could not be asked for again");
}

fn service_with(fields: &str) -> Option<Service> {
    let json = format!(r#"{{"id":"02A","created_at":"2026-01-02T00:00:00.000Z"{fields}}}"#);
    service(&wire(&json), Vec::new())
}

/// C-20: no state and no period is made up.
#[test]
fn states_and_periods_are_those_of_the_row() {
    let contract = |fields: &str| service_with(fields).expect("a service").contract;
    for (word, expected) in [
        ("ACTIVE", ContractStatus::Active),
        ("INACTIVE", ContractStatus::Inactive),
        ("EXPIRED", ContractStatus::Expired),
        ("RETIRED", ContractStatus::Unknown),
        ("active", ContractStatus::Unknown),
    ] {
        assert_eq!(contract(&format!(r#","status":"{word}""#)).status, expected, "{word}");
    }
    assert_eq!(contract(r#","status":null"#).status, ContractStatus::Unknown);
    for (word, expected) in [
        ("ONE_TIME", PaymentPeriod::OneTime),
        ("WEEKLY", PaymentPeriod::Weekly),
        ("MONTHLY", PaymentPeriod::Monthly),
        ("YEARLY", PaymentPeriod::Yearly),
        ("DAILY", PaymentPeriod::Unknown),
    ] {
        assert_eq!(contract(&format!(r#","payment_type":"{word}""#)).payment_period, Some(expected), "{word}");
    }
    assert_eq!(contract("").payment_period, None);
}

#[test]
fn a_price_that_is_not_there_is_absent() {
    let price = |totals: &str| {
        let service = service_with(&format!(r#","totals":{totals}"#)).expect("a service");
        service.contract.price.map(|price| price.to_string())
    };
    assert_eq!(price(r#"{"currency":"eur","total_price":{"value":29.990}}"#).as_deref(), Some("29.99 EUR"));
    assert_eq!(price(r#"{"currency":"EUR","total_price":{"value":0}}"#).as_deref(), Some("0 EUR"));
    for totals in [
        "null",
        "{}",
        "[]",
        "5",
        r#""free""#,
        r#"{"currency":"eur"}"#,
        r#"{"currency":"eur","total_price":{"value":null}}"#,
        r#"{"currency":"eur","total_price":29.99}"#,
        r#"{"total_price":{"value":29.99}}"#,
        r#"{"currency":"points","total_price":{"value":29.99}}"#,
    ] {
        assert_eq!(price(totals), None, "{totals}");
    }
}

#[test]
fn dates_are_as_they_are() {
    let fields = r#","start_date":"2026-01-01T00:00:00.000Z","end_date":"2026-12-31T23:59:59.999Z""#;
    let contract = service_with(fields).expect("a service").contract;
    assert_eq!(contract.start_date.to_string(), "2026-01-01T00:00:00.000Z");
    assert_eq!(contract.end_date.map(|end| end.to_string()).as_deref(), Some("2026-12-31T23:59:59.999Z"));
    let contract = service_with(r#","end_date":null"#).expect("a service").contract;
    assert_eq!((contract.start_date.to_string().as_str(), contract.end_date), ("2026-01-02T00:00:00.000Z", None));
    let nowhen: ServiceInstance = wire(r#"{"id":"02A"}"#);
    assert_eq!(service(&nowhen, Vec::new()), None);
}
