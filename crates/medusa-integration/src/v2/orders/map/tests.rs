use super::*;

const ORDER: &str = r#"{"id":"order_1","status":"pending","payment_status":"authorized","fulfillment_status":"not_fulfilled",
    "customer_id":"cus_1","email":"jane@example.com","currency_code":"eur","metadata":{"notes":"ring twice"},
    "created_at":"2026-11-23T17:34:14.656Z","updated_at":"2026-11-23T18:00:00.000Z",
    "total":333.1524,"item_subtotal":279.97,"shipping_subtotal":4.99,"tax_total":53.1924,
    "items":[
        {"id":"ordli_2","title":"Hammer","created_at":"2026-11-23T17:34:15.000Z","quantity":1,"unit_price":19.99,
         "total":23.36326698217666,"subtotal":19.99,"tax_total":3.73026951816266,"product_id":"prod_2",
         "product_handle":"claw-hammer","variant_id":"variant_2","variant_sku":"HAMMER"},
        {"id":"ordli_1","title":"Drill","created_at":"2026-11-23T17:34:14.000Z","quantity":2,"unit_price":129.99,
         "total":303.85103301782334,"subtotal":259.98,"tax_total":48.51403048183734,"product_id":"prod_1",
         "product_handle":"drill","variant_id":"variant_1","variant_sku":"DRILL"}],
    "shipping_methods":[{"id":"ordsm_1","name":"Standard","shipping_option_id":"so_1","total":5.9381,"subtotal":4.99}],
    "shipping_address":{"first_name":"Jane","address_1":"Weg","address_2":" 5 ","city":"Berlin","postal_code":"10115",
        "country_code":"de","company":"Co","metadata":{"taxId":"DE1"}},
    "billing_address":null,"cart":{"id":"cart_1"},"payment_collections":[{"id":"pay_col_1","status":"authorized"}]}"#;

fn wire(json: &str) -> WireOrder {
    serde_json::from_str(json).expect("an order")
}

fn changed(from: &str, to: &str) -> WireOrder {
    assert!(ORDER.contains(from), "{from}");
    wire(&ORDER.replace(from, to))
}

/// M-ORD-02, M-ORD-08, M-ORD-10, C-40: an order with its e-mail address, notes, addresses and shipping methods.
#[test]
fn an_order_is_whole() {
    let order = order(&wire(ORDER)).expect("an order");
    assert_eq!((order.id.as_str(), order.customer_id.as_ref().map(CustomerId::as_str)), ("order_1", Some("cus_1")));
    assert_eq!(order.created_at.to_string(), "2026-11-23T17:34:14.656Z");
    assert_eq!(order.updated_at.to_string(), "2026-11-23T18:00:00.000Z");
    assert_eq!((order.status, order.payment_status), (OrderStatus::Pending, PaymentStatus::Pending));
    assert_eq!(order.customer_comment.as_deref(), Some("ring twice"));
    assert_eq!(order.email.map(|email| email.to_string()).as_deref(), Some("jane@example.com"));
    let address = order.shipping_address.expect("an address");
    assert_eq!((address.country.as_str(), address.city.as_str()), ("DE", "Berlin"));
    assert_eq!((address.street_number.as_deref(), address.tax_id.as_deref()), (Some("5"), Some("DE1")));
    assert_eq!(order.billing_address, None);
    let [method] = order.shipping_methods.as_slice() else { panic!("one shipping method") };
    assert_eq!((method.id.as_str(), method.name.as_str()), ("ordsm_1", "Standard"));
    assert_eq!(method.total.as_ref().map(ToString::to_string).as_deref(), Some("5.9381 EUR"));
    assert_eq!(method.subtotal.as_ref().map(ToString::to_string).as_deref(), Some("4.99 EUR"));
}

/// M-ORD-03: the totals add up to the last digit, whatever Medusa's own arithmetic left behind.
#[test]
fn totals_add_up() {
    let order = order(&wire(ORDER)).expect("an order");
    let value =
        |price: &Option<o2s_framework_core::money::Price>| price.as_ref().map(|price| price.value).expect("a price");
    assert_eq!(value(&order.subtotal).to_string(), "279.97");
    assert_eq!(value(&order.discount_total).normalize().to_string(), "5");
    assert_eq!(order.shipping_total, order.shipping_subtotal);
    let sum = value(&order.subtotal) - value(&order.discount_total) + value(&order.shipping_total) + value(&order.tax);
    assert_eq!(sum, order.total.value);
}

/// C-37: a line names its product, not its variant, and has link, unit and discount.
#[test]
fn lines_come_as_they_were_added() {
    let order = order(&wire(ORDER)).expect("an order");
    assert_eq!(order.items.total, 2);
    let [drill, hammer] = order.items.data.as_slice() else { panic!("two lines") };
    assert_eq!((drill.id.as_str(), drill.product_id.as_str(), drill.quantity), ("ordli_1", "prod_1", 2));
    assert_eq!(drill.product.variant_id.as_ref().map(AsRef::as_ref), Some("variant_1"));
    assert_eq!((drill.product.link.as_str(), drill.unit), ("/drill/drill", Some(Unit::Pcs)));
    assert_eq!(drill.discount_total.as_ref().map(ToString::to_string).as_deref(), Some("4.642997464014 EUR"));
    assert_eq!(hammer.product.sku, "HAMMER");
}

/// M-ORD-04, M-ORD-05, C-9: every state of Medusa's has its word, and one that nobody knows is UNKNOWN.
#[test]
fn states() {
    for (status, fulfillment, expected) in [
        ("pending", "not_fulfilled", OrderStatus::Pending),
        ("pending", "partially_fulfilled", OrderStatus::Pending),
        ("pending", "fulfilled", OrderStatus::Pending),
        ("pending", "canceled", OrderStatus::Pending),
        ("pending", "beamed", OrderStatus::Pending),
        ("pending", "partially_shipped", OrderStatus::Shipped),
        ("pending", "shipped", OrderStatus::Shipped),
        ("pending", "partially_delivered", OrderStatus::Shipped),
        ("pending", "delivered", OrderStatus::Shipped),
        ("completed", "delivered", OrderStatus::Completed),
        ("archived", "shipped", OrderStatus::Archived),
        ("canceled", "not_fulfilled", OrderStatus::Cancelled),
        ("requires_action", "not_fulfilled", OrderStatus::RequiresAction),
        ("draft", "not_fulfilled", OrderStatus::Unknown),
        ("frozen", "not_fulfilled", OrderStatus::Unknown),
    ] {
        let json = format!(r#"{{"id":"order_1","status":"{status}","fulfillment_status":"{fulfillment}"}}"#);
        assert_eq!(super::status(&wire(&json)), expected, "{status}, {fulfillment}");
    }
    assert_eq!(super::status(&wire(r#"{"id":"order_1","status":"pending"}"#)), OrderStatus::Pending);
}

/// M-ORD-06, C-9: authorised is not yet paid, but not unknown either.
#[test]
fn payment_states() {
    for (status, expected) in [
        ("not_paid", PaymentStatus::NotPaid),
        ("awaiting", PaymentStatus::Pending),
        ("authorized", PaymentStatus::Pending),
        ("partially_authorized", PaymentStatus::Pending),
        ("partially_captured", PaymentStatus::Pending),
        ("captured", PaymentStatus::Captured),
        ("refunded", PaymentStatus::Refunded),
        ("partially_refunded", PaymentStatus::PartiallyRefunded),
        ("requires_action", PaymentStatus::RequiresAction),
        ("canceled", PaymentStatus::Failed),
        ("bartered", PaymentStatus::Unknown),
    ] {
        let json = format!(r#"{{"id":"order_1","payment_status":"{status}"}}"#);
        assert_eq!(payment_status(&wire(&json)), expected, "{status}");
    }
}

/// C-10: the answer of completing a cart has no payment status; its payment collection tells.
#[test]
fn the_collection_tells_where_there_is_no_payment_status() {
    for (status, expected) in [
        (r#""not_paid""#, PaymentStatus::NotPaid),
        (r#""awaiting""#, PaymentStatus::Pending),
        (r#""authorized""#, PaymentStatus::Pending),
        (r#""partially_captured""#, PaymentStatus::Pending),
        (r#""completed""#, PaymentStatus::Captured),
        (r#""canceled""#, PaymentStatus::Failed),
        (r#""failed""#, PaymentStatus::Failed),
        (r#""bartered""#, PaymentStatus::Unknown),
        ("null", PaymentStatus::Unknown),
    ] {
        let json = format!(
            r#"{{"id":"order_1","payment_status":null,"payment_collections":[{{"id":"c","status":{status}}}]}}"#
        );
        assert_eq!(payment_status(&wire(&json)), expected, "{status}");
    }
    assert_eq!(payment_status(&wire(r#"{"id":"order_1"}"#)), PaymentStatus::Unknown);
}

/// M-ORD-07, M-ORD-09.
#[test]
fn what_is_not_there_is_absent() {
    let no_customer = changed(r#""customer_id":"cus_1""#, r#""customer_id":"""#);
    assert_eq!(order(&no_customer).expect("an order").customer_id, None);
    let bare = changed(r#""metadata":{"notes":"ring twice"}"#, r#""metadata":null"#);
    assert_eq!(order(&bare).expect("an order").customer_comment, None);
    let no_email = changed(r#""email":"jane@example.com""#, r#""email":null"#);
    assert_eq!(order(&no_email).expect("an order").email, None);
}

/// C-36, R-7: what an order must have and has not is the backend's fault, not the caller's.
#[test]
fn an_incomplete_order_cannot_be_read() {
    for part in
        [r#""total":333.1524,"#, r#""item_subtotal":279.97,"#, r#""tax_total":53.1924,"#, r#""currency_code":"eur","#]
    {
        let error = order(&changed(part, "")).expect_err(part);
        assert_eq!(error.code(), "backend.unreadable", "{part}");
    }
    let error = order(&changed("2026-11-23T17:34:14.656Z", "yesterday")).expect_err("no time");
    assert_eq!(error.code(), "backend.unreadable");
    let error = order(&changed(r#""quantity":2"#, r#""quantity":2.5"#)).expect_err("half a drill");
    assert_eq!(error.code(), "backend.unreadable");
}

#[test]
fn the_cart_tells_whose_an_order_is() {
    let jane = CustomerId::new("cus_1").expect("an id");
    let cart = |customer: &str| -> WireCart {
        serde_json::from_str(&format!(r#"{{"id":"cart_1","customer":{customer}}}"#)).expect("a cart")
    };
    let account = cart(r#"{"id":"cus_1","has_account":true}"#);
    let guest = cart(r#"{"id":"cus_1","has_account":false}"#);
    let unsaid = cart(r#"{"id":"cus_1"}"#);
    let handed_over = cart(r#"{"id":"cus_2","has_account":false}"#);
    assert_eq!(owner(Some(&jane), Some(&account)), Owner::Account(&jane));
    assert_eq!(owner(Some(&jane), Some(&guest)), Owner::Guest);
    assert_eq!(owner(Some(&jane), Some(&unsaid)), Owner::Unknown);
    assert_eq!(owner(Some(&jane), Some(&handed_over)), Owner::Unknown);
    assert_eq!(owner(Some(&jane), Some(&cart("null"))), Owner::Unknown);
    assert_eq!(owner(Some(&jane), None), Owner::Unknown);
    assert_eq!(owner(None, None), Owner::Nobody);
}
