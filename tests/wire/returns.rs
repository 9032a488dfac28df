use serde_json::json;

use crate::client::{Api, Story};

#[tokio::test]
async fn list_reasons() {
    let api = Api::open();
    let mut story = Story::new();
    story.tell("all of them", api.get("/return-reasons")).await;
    story.tell("a page, in another language", api.get("/return-reasons?limit=1&offset=4&locale=de")).await;
    story.tell("all that is wrong at once", api.get("/return-reasons?limit=many&parentId=x")).await;
    story.tell("a token that is none", api.get("/return-reasons").header("authorization", "Bearer x.y.z")).await;
    story.is("returns_reasons");
}

#[tokio::test]
async fn list_return_options() {
    let api = Api::open();
    let mut story = Story::new();
    let path = format!("/orders/{}/return-options", api.facts.guest_order);
    story.tell("of a guest's order", api.get(&path).header("x-locale", "de")).await;
    story.tell("of somebody else's", api.get("/orders/order_jane-003/return-options")).await;
    story.tell("of an unknown order", api.get("/orders/order_unknown/return-options")).await;
    story.tell("a parameter that is none", api.get(format!("{path}?limit=1"))).await;
    story.is("returns_options");
}

#[tokio::test]
async fn goods_go_back() {
    let api = Api::open();
    let path = format!("/orders/{}/returns", api.facts.guest_order);
    let item = |line: &str, quantity: u32| json!({"lineItemId": line, "quantity": quantity});
    let hammers = "line_guest-001-1";
    let mut story = Story::new();
    story.tell("what can go back", api.get(&path)).await;
    let some = json!({
        "items": [{"lineItemId": hammers, "quantity": 2, "reasonId": "rr_wrong_size", "note": "Too heavy."}],
        "shippingOptionId": "so_return_parcel", "locale": "pl"
    });
    story.tell("some of it", api.post(&path).json(&some)).await;
    story.tell("what goes back, and what still can", api.get(&path)).await;
    story.tell("more than is left", api.post(&path).json(&some)).await;
    let service = json!({"items": [item("line_guest-001-2", 1)], "shippingOptionId": "so_return_shop"});
    story.tell("what is no thing", api.post(&path).json(&service)).await;
    let no_way = json!({"items": [item(hammers, 1)]});
    story.tell("no way named where there are several", api.post(&path).json(&no_way)).await;
    let other_way = json!({"items": [item(hammers, 1)], "shippingOptionId": "so_standard"});
    story.tell("a way that is none", api.post(&path).json(&other_way)).await;
    let reason = json!({"items": [{"lineItemId": hammers, "quantity": 1, "reasonId": "rr_bored"}], "shippingOptionId": "so_return_shop"});
    story.tell("a reason that is none", api.post(&path).json(&reason)).await;
    let line = json!({"items": [item("line_unknown", 1)], "shippingOptionId": "so_return_shop"});
    story.tell("a line that is none", api.post(&path).json(&line)).await;
    let wrong = json!({
        "items": [item(hammers, 0), item("a/b", 1), item(hammers, 1)],
        "refundTotal": 1000, "shippingOptionId": 7
    });
    story.tell("all that is wrong at once", api.post(&path).json(&wrong)).await;
    let twice = json!({"items": [item(hammers, 1), item(hammers, 1)]});
    story.tell("a line twice", api.post(&path).json(&twice)).await;
    story.tell("nothing", api.post(&path).json(&json!({"items": []}))).await;
    story.tell("no items", api.post(&path).json(&json!({}))).await;
    story.tell("no body", api.post(&path)).await;
    story.is("returns_create");
}

#[tokio::test]
async fn returns_of_a_customers_order() {
    let api = Api::open();
    let path = "/orders/order_jane-007/returns";
    let mut story = Story::new();
    story.tell("the owner", api.get(path).signed_in("jane")).await;
    story.tell("somebody else", api.get(path).signed_in("john")).await;
    story.tell("nobody", api.get(path)).await;
    let some =
        json!({"items": [{"lineItemId": "line_jane-007-1", "quantity": 1}], "shippingOptionId": "so_return_shop"});
    story.tell("sent back by somebody else", api.post(path).signed_in("john").json(&some)).await;
    story.tell("an unknown order", api.get("/orders/order_unknown/returns").signed_in("jane")).await;
    story.tell("a parameter that is none", api.get(format!("{path}?limit=1")).signed_in("jane")).await;
    story.is("returns_get");
}
