use crate::client::{Api, Story};

#[tokio::test]
async fn list_orders() {
    let api = Api::open();
    let mut story = Story::new();
    story.tell("the newest", api.get("/orders?limit=1").signed_in("jane")).await;
    let filtered = "/orders?status=completed&paymentStatus=Captured&sort=total_DESC&limit=1";
    story.tell("filtered in any case, sorted", api.get(filtered).signed_in("jane")).await;
    story.tell("none in that time", api.get("/orders?dateFrom=2100-01-01").signed_in("jane")).await;
    story.tell("as nobody", api.get("/orders")).await;
    let wrong = "/orders?status=done&dateFrom=yesterday&limit=5000&page=1";
    story.tell("all that is wrong at once", api.get(wrong).signed_in("jane")).await;
    let reversed = "/orders?dateFrom=2026-02-01&dateTo=2026-01-01";
    story.tell("ends before it begins", api.get(reversed).signed_in("jane")).await;
    story.is("orders_list");
}

#[tokio::test]
async fn get_order() {
    let api = Api::open();
    let jane = api.facts.customers.iter().find(|customer| customer.name == "jane").unwrap();
    let path = format!("/orders/{}", jane.order);
    let mut story = Story::new();
    story.tell("the owner", api.get(&path).signed_in("jane")).await;
    story.tell("one line of it", api.get(format!("{path}?limit=1&sort=name_DESC")).signed_in("jane")).await;
    story.tell("somebody else", api.get(&path).signed_in("john")).await;
    story.tell("nobody", api.get(&path)).await;
    story.tell("unknown", api.get("/orders/order_unknown")).await;
    story.tell("an order that is none", api.get(format!("{path}?sort=weight_ASC"))).await;
    story.is("orders_get");
}
