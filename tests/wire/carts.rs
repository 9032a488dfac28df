use axum::http::StatusCode;
use serde_json::json;

use crate::client::{Api, Story};

#[tokio::test]
async fn create_cart() {
    let api = Api::open();
    let mut story = Story::new();
    let body = json!({"currency": "PLN", "name": "For the weekend", "metadata": {"source": "newsletter"}});
    story.tell("in a currency", api.post("/carts").json(&body)).await;
    story
        .tell(
            "in a region, signed in",
            api.post("/carts").signed_in("jane").json(&json!({"currency": "EUR", "regionId": "reg_eu"})),
        )
        .await;
    story
        .tell(
            "currency and region do not go together",
            api.post("/carts").json(&json!({"currency": "USD", "regionId": "reg_eu"})),
        )
        .await;
    story.tell("no currency", api.post("/carts").json(&json!({}))).await;
    story
        .tell(
            "all that is wrong at once",
            api.post("/carts").json(&json!({"currency": "EURO", "regionId": "a/b", "type": "ACTIVE", "metadata": 1})),
        )
        .await;
    story.tell("no body", api.post("/carts")).await;
    story.is("carts_create");
}

#[tokio::test]
async fn get_cart() {
    let api = Api::open();
    let cart = api.cart_with("var_ha-0500-standard", 1).await;
    let body = json!({"currency": "EUR"});
    let of_jane = api.post("/carts").signed_in("jane").json(&body).send().await.id();
    let mut story = Story::new();
    story.tell("a guest's cart is open to whoever knows its id", api.get(format!("/carts/{cart}"))).await;
    story.tell("a customer's cart, as the customer", api.get(format!("/carts/{of_jane}")).signed_in("jane")).await;
    story.tell("as somebody else", api.get(format!("/carts/{of_jane}")).signed_in("john")).await;
    story.tell("as nobody", api.get(format!("/carts/{of_jane}"))).await;
    story.tell("with a bad token", api.get(format!("/carts/{cart}")).header("authorization", "Bearer bad")).await;
    story.tell("unknown", api.get("/carts/cart_unknown")).await;
    story.is("carts_get");
}

#[tokio::test]
async fn list_carts() {
    let api = Api::open();
    for name in ["one", "two"] {
        let body = json!({"currency": "EUR", "name": name});
        assert_eq!(api.post("/carts").signed_in("jane").json(&body).send().await.status, StatusCode::CREATED);
    }
    let mut story = Story::new();
    story.tell("the caller's carts, newest first", api.get("/carts?limit=1").signed_in("jane")).await;
    story.tell("of somebody else", api.get("/carts?customerId=cus_john").signed_in("jane")).await;
    story.tell("as nobody", api.get("/carts")).await;
    story.tell("an order that is none", api.get("/carts?sort=name_ASC").signed_in("jane")).await;
    story.is("carts_list");
}

#[tokio::test]
async fn current_cart() {
    let api = Api::open();
    let mut story = Story::new();
    story.tell("a guest has none", api.get("/carts/current")).await;
    story.tell("nor has a customer who made none", api.get("/carts/current").signed_in("jane")).await;
    let body = json!({"currency": "EUR"});
    let made = api.post("/carts").signed_in("jane").json(&body).send().await.id();
    let current = story.tell("the newest one", api.get("/carts/current").signed_in("jane")).await;
    assert_eq!(current.id(), made);
    story.tell("with a bad token", api.get("/carts/current").header("authorization", "bad")).await;
    story.is("carts_current");
}

#[tokio::test]
async fn add_item() {
    let api = Api::open();
    let variants = api.facts.variants.clone();
    let mut story = Story::new();
    let new =
        json!({"variantId": variants.plain.variant_id, "quantity": 2, "currency": "EUR", "metadata": {"gift": true}});
    let cart = story.tell("a new cart, by the variant's id", api.post("/carts/items").json(&new)).await.id();
    let more = json!({"cartId": cart, "sku": variants.plain.sku, "quantity": 1});
    story.tell("the same variant by its SKU: the line grows", api.post("/carts/items").json(&more)).await;
    let sold_out = json!({"cartId": cart, "sku": variants.sold_out.sku, "quantity": 1});
    story.tell("sold out", api.post("/carts/items").json(&sold_out)).await;
    let too_many = json!({"cartId": cart, "sku": variants.three_left.sku, "quantity": 4});
    story.tell("more than there are", api.post("/carts/items").json(&too_many)).await;
    let unknown = json!({"cartId": cart, "variantId": "var_unknown", "quantity": 1});
    story.tell("an unknown variant", api.post("/carts/items").json(&unknown)).await;
    let no_cart = json!({"cartId": "cart_unknown", "variantId": variants.plain.variant_id, "quantity": 1});
    story.tell("an unknown cart", api.post("/carts/items").json(&no_cart)).await;
    story.tell("nothing named", api.post("/carts/items").json(&json!({"quantity": "2", "colour": "red"}))).await;
    story
        .tell("none of it", api.post("/carts/items").json(&json!({"sku": "A", "quantity": 0, "currency": "EUR"})))
        .await;
    story.is("carts_add_item");
}

#[tokio::test]
async fn update_cart() {
    let api = Api::open();
    let cart = api.cart_with("var_ha-0500-standard", 1).await;
    let path = format!("/carts/{cart}");
    let mut story = Story::new();
    let first = json!({"email": "ada@example.com", "notes": "Ring twice", "metadata": {"a": 1, "b": 2}});
    story.tell("notes, e-mail, metadata", api.patch(&path).json(&first)).await;
    story.tell("the rest stays", api.patch(&path).json(&json!({"name": "Mine", "metadata": {"b": "", "c": 3}}))).await;
    story.tell("nothing to change", api.patch(&path).json(&json!({"locale": "de"}))).await;
    story
        .tell("a saved address needs a token", api.patch(&path).json(&json!({"shippingAddressId": "addr_jane-office"})))
        .await;
    story.tell("not an e-mail address", api.patch(&path).json(&json!({"email": "ada", "notes": 1}))).await;
    story.tell("unknown", api.patch("/carts/cart_unknown").json(&json!({"name": "x"}))).await;
    story.is("carts_update");
}

#[tokio::test]
async fn delete_cart() {
    let api = Api::open();
    let cart = api.cart_with("var_ha-0500-standard", 1).await;
    let mut story = Story::new();
    story.tell("dropped", api.delete(format!("/carts/{cart}"))).await;
    story.tell("gone", api.delete(format!("/carts/{cart}"))).await;
    story.is("carts_delete");
}

#[tokio::test]
async fn lines() {
    let api = Api::open();
    let new = json!({"variantId": "var_ha-0500-standard", "quantity": 1, "currency": "EUR"});
    let cart = api.post("/carts/items").json(&new).send().await.json();
    let path =
        format!("/carts/{}/items/{}", cart["id"].as_str().unwrap(), cart["items"]["data"][0]["id"].as_str().unwrap());
    let mut story = Story::new();
    story.tell("another quantity", api.patch(&path).json(&json!({"quantity": 3}))).await;
    story.tell("nothing to change", api.patch(&path).json(&json!({}))).await;
    story.tell("none of it", api.patch(&path).json(&json!({"quantity": -1}))).await;
    let unknown = format!("/carts/{}/items/line_unknown", cart["id"].as_str().unwrap());
    story.tell("an unknown line", api.patch(&unknown).json(&json!({"quantity": 3}))).await;
    story.tell("removed: the cart comes back", api.delete(&path)).await;
    story.tell("gone", api.delete(&path)).await;
    story.is("carts_lines");
}

#[tokio::test]
async fn promotions() {
    let api = Api::open();
    let cart = api.cart_with("var_ha-0500-standard", 2).await;
    let path = format!("/carts/{cart}/promotions");
    let mut story = Story::new();
    story.tell("applied", api.post(&path).json(&json!({"code": "save10"}))).await;
    story.tell("one that has ended", api.post(&path).json(&json!({"code": "SUMMER24"}))).await;
    story.tell("unknown", api.post(&path).json(&json!({"code": "NOPE"}))).await;
    story.tell("no code", api.post(&path).json(&json!({"kode": "NOPE"}))).await;
    story.tell("taken off: the cart comes back", api.delete(format!("{path}/SAVE10"))).await;
    story.tell("not applied", api.delete(format!("{path}/SAVE10"))).await;
    story.is("carts_promotions");
}
