use serde_json::json;

use crate::client::{Api, Story, address};

const PATH: &str = "/customers/addresses";

#[tokio::test]
async fn list_addresses() {
    let api = Api::open();
    let mut story = Story::new();
    story.tell("a page", api.get("/customers/addresses?limit=1").signed_in("jane")).await;
    story.tell("as nobody", api.get(PATH)).await;
    story.tell("with a bad token", api.get(PATH).header("authorization", "Bearer bad")).await;
    story.tell("an unknown parameter", api.get("/customers/addresses?page=1").signed_in("jane")).await;
    story.is("customers_list");
}

#[tokio::test]
async fn an_address_lives() {
    let api = Api::open();
    let mut story = Story::new();
    let new = json!({"label": "Home", "address": address()});
    let id = story.tell("saved", api.post(PATH).signed_in("jane").json(&new)).await.id();
    let path = format!("{PATH}/{id}");
    story.tell("read", api.get(&path).signed_in("jane")).await;
    let change = json!({"label": "Nest", "address": {"streetNumber": "2"}});
    story.tell("changed: the rest stays", api.patch(&path).signed_in("jane").json(&change)).await;
    story.tell("made the default", api.post(format!("{path}/default")).signed_in("jane")).await;
    story.tell("of somebody else", api.get(&path).signed_in("john")).await;
    story.tell("dropped", api.delete(&path).signed_in("jane")).await;
    story.tell("gone", api.get(&path).signed_in("jane")).await;
    story.tell("gone for a change", api.patch(&path).signed_in("jane").json(&change)).await;
    story.tell("gone for the default", api.post(format!("{path}/default")).signed_in("jane")).await;
    story.tell("gone for good", api.delete(&path).signed_in("jane")).await;
    story.is("customers_address");
}

#[tokio::test]
async fn refusals() {
    let api = Api::open();
    let path = format!("{PATH}/addr_jane-office");
    let mut story = Story::new();
    story.tell("create as nobody", api.post(PATH).json(&json!({"address": address()}))).await;
    let wrong = json!({"isDefault": "yes", "address": {"country": "XXL", "city": "", "street": "A"}});
    story.tell("create with all wrong", api.post(PATH).signed_in("jane").json(&wrong)).await;
    story.tell("change nothing", api.patch(&path).signed_in("jane").json(&json!({}))).await;
    story
        .tell("blank a required part", api.patch(&path).signed_in("jane").json(&json!({"address": {"city": " "}})))
        .await;
    story.tell("change as nobody", api.patch(&path).json(&json!({"label": "x"}))).await;
    story.tell("drop as nobody", api.delete(&path)).await;
    story.tell("the default as nobody", api.post(format!("{path}/default"))).await;
    story.tell("read as nobody", api.get(&path)).await;
    story.is("customers_refusals");
}
