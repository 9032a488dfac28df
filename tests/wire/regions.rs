use crate::client::{Api, Story};

#[tokio::test]
async fn list_regions() {
    let api = Api::open();
    let mut story = Story::new();
    story.tell("all of them", api.get("/regions")).await;
    story.tell("a page, in another language", api.get("/regions?limit=1&offset=2&locale=pl")).await;
    story.tell("all that is wrong at once", api.get("/regions?limit=many&currency=EUR&locale=d")).await;
    story.tell("a token that is none", api.get("/regions").header("authorization", "Bearer x.y.z")).await;
    story.is("regions_list");
}

#[tokio::test]
async fn get_region() {
    let api = Api::open();
    let mut story = Story::new();
    story.tell("in the language of the header", api.get("/regions/reg_us").header("x-locale", "de")).await;
    story.tell("unknown", api.get("/regions/reg_moon")).await;
    story.tell("an id that could change a path", api.get("/regions/a%2Fb")).await;
    story.tell("an unknown parameter", api.get("/regions/reg_us?locale=de")).await;
    story.is("regions_get");
}
