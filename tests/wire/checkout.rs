use serde_json::json;

use crate::client::{Api, Story, address};

#[tokio::test]
async fn addresses() {
    let api = Api::open();
    let cart = api.cart_with("var_ha-0500-standard", 1).await;
    let path = format!("/checkout/{cart}/addresses");
    let mut story = Story::new();
    let body = json!({"shippingAddress": address(), "email": "ada@example.com", "notes": "Ring twice"});
    story.tell("one address is used for both", api.post(&path).json(&body)).await;
    let mut abroad = address();
    abroad["country"] = "US".into();
    story.tell("outside the region", api.post(&path).json(&json!({"shippingAddress": abroad}))).await;
    let wrong = json!({
        "shippingAddress": {"country": "Germany", "city": " ", "zip": "10119", "streetName": "A"},
        "billingAddress": address(), "billingAddressId": "addr_1", "email": "ada"
    });
    story.tell("all that is wrong at once", api.post(&path).json(&wrong)).await;
    story.tell("nothing to write", api.post(&path).json(&json!({}))).await;
    story
        .tell("a saved address needs a token", api.post(&path).json(&json!({"shippingAddressId": "addr_jane-office"})))
        .await;
    let empty = api.post("/carts").json(&json!({"currency": "EUR"})).send().await.id();
    story
        .tell(
            "an empty cart",
            api.post(format!("/checkout/{empty}/addresses")).json(&json!({"shippingAddress": address()})),
        )
        .await;
    story.is("checkout_addresses");
}

#[tokio::test]
async fn shipping() {
    let api = Api::open();
    let cart = api.cart_with("var_ha-0500-standard", 1).await;
    let mut story = Story::new();
    story.tell("the options", api.get(format!("/checkout/{cart}/shipping-options")).header("x-locale", "de")).await;
    story.tell("of an unknown cart", api.get("/checkout/cart_unknown/shipping-options")).await;
    let path = format!("/checkout/{cart}/shipping-method");
    story.tell("taken", api.post(&path).json(&json!({"shippingOptionId": "so_standard"}))).await;
    story.tell("one that is none", api.post(&path).json(&json!({"shippingOptionId": "so_balloon"}))).await;
    story.tell("not named", api.post(&path).json(&json!({"shippingMethodId": "so_standard"}))).await;
    story.is("checkout_shipping");
}

#[tokio::test]
async fn payment() {
    let api = Api::open();
    let cart = api.cart_to_pay().await;
    let path = format!("/checkout/{cart}/payment");
    let back = "https://shop.example/back";
    let mut story = Story::new();
    story.tell("at once", api.post(&path).json(&json!({"providerId": "pay_invoice", "returnUrl": back}))).await;
    let redirect = json!({"providerId": "pay_redirect", "returnUrl": back, "cancelUrl": "https://shop.example/cart"});
    story.tell("by redirect", api.post(&path).json(&redirect)).await;
    story
        .tell("a provider that is none", api.post(&path).json(&json!({"providerId": "pay_gold", "returnUrl": back})))
        .await;
    story
        .tell(
            "all that is wrong at once",
            api.post(&path).json(&json!({"returnUrl": "javascript:alert(1)", "cancelUrl": "/x"})),
        )
        .await;
    story.is("checkout_payment");
}

#[tokio::test]
async fn summary() {
    let api = Api::open();
    let cart = api.cart_to_pay().await;
    let path = format!("/checkout/{cart}/summary");
    let mut story = Story::new();
    story.tell("something is missing", api.get(&path)).await;
    let payment = json!({"providerId": "pay_invoice", "returnUrl": "https://shop.example/back"});
    api.post(format!("/checkout/{cart}/payment")).json(&payment).send().await;
    story.tell("complete", api.get(&path)).await;
    story.tell("unknown", api.get("/checkout/cart_unknown/summary")).await;
    story.is("checkout_summary");
}

#[tokio::test]
async fn place_order() {
    let api = Api::open();
    let cart = api.cart_to_pay().await;
    let path = format!("/checkout/{cart}/place-order");
    let payment = json!({"providerId": "pay_invoice", "returnUrl": "https://shop.example/back"});
    let mut story = Story::new();
    story.tell("not paid yet", api.post(&path)).await;
    api.post(format!("/checkout/{cart}/payment")).json(&payment).send().await;
    story.tell("not an e-mail address", api.post(&path).json(&json!({"email": "ada"}))).await;
    let order = story.tell("placed, without a body", api.post(&path)).await.json();
    let again = api.post(&path).json(&json!({"email": "other@example.com"})).send().await.json();
    assert_eq!(again["order"]["id"], order["order"]["id"], "one cart became two orders");
    story.tell("the cart is closed", api.patch(format!("/carts/{cart}")).json(&json!({"notes": "late"}))).await;
    story.tell("unknown", api.post("/checkout/cart_unknown/place-order")).await;
    story.is("checkout_place_order");
}

#[tokio::test]
async fn payments_that_do_not_go_through() {
    let api = Api::open();
    let cart = api.cart_to_pay().await;
    let pay = async |provider: &str| {
        let body = json!({"providerId": provider, "returnUrl": "https://shop.example/back"});
        api.post(format!("/checkout/{cart}/payment")).json(&body).send().await.id()
    };
    let path = format!("/checkout/{cart}/place-order");
    let mut story = Story::new();
    pay(api.facts.providers.redirect.as_str()).await;
    story.tell("another step is needed", api.post(&path)).await;
    pay(api.facts.providers.broken.as_str()).await;
    story.tell("refused", api.post(&path)).await;
    story.is("checkout_payment_required");
}

#[tokio::test]
async fn complete() {
    let api = Api::open();
    let cart = api.cart_with("var_ha-0500-standard", 1).await;
    let path = format!("/checkout/{cart}/complete");
    let body = json!({
        "shippingAddress": address(), "shippingMethodId": "so_standard", "paymentProviderId": "pay_invoice",
        "returnUrl": "https://shop.example/back", "email": "ada@example.com"
    });
    let without = |name: &str| {
        let mut body = body.clone();
        body.as_object_mut().unwrap().remove(name);
        body
    };
    let mut story = Story::new();
    story.tell("a guest needs an e-mail address", api.post(&path).json(&without("email"))).await;
    story.tell("no shipping method", api.post(&path).json(&without("shippingMethodId"))).await;
    let wrong = json!({"paymentProviderId": 1, "email": "ada", "shippingAddress": {"country": "DEU"}});
    story.tell("all that is wrong at once", api.post(&path).json(&wrong)).await;
    story.tell("in one call", api.post(&path).json(&body)).await;
    story.is("checkout_complete");
}
