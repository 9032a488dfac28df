use o2s_api_harmonizer::{Settings, router};
use o2s_framework_core::Modules;
use o2s_framework_core::resources::AbsentResources;
use o2s_mock_integration::{Mock, MockConfig};
use tower::ServiceExt as _;

use crate::client::{Api, Story};

#[tokio::test]
async fn services() {
    let api = Api::open();
    let mut story = Story::new();
    story
        .tell("a page", api.get("/resources/services?status=ACTIVE&sort=startDate_DESC&limit=1").signed_in("jane"))
        .await;
    story.tell("as nobody", api.get("/resources/services")).await;
    story.tell("an unknown status", api.get("/resources/services?status=GONE").signed_in("jane")).await;
    story.tell("one", api.get("/resources/services/srv_jane-1").signed_in("jane")).await;
    story.tell("of somebody else", api.get("/resources/services/srv_jane-1").signed_in("john")).await;
    story.tell("unknown", api.get("/resources/services/srv_unknown").signed_in("jane")).await;
    story.tell("what the shop shows first", api.get("/resources/services/featured?limit=1")).await;
    story.tell("with a parameter that is none", api.get("/resources/services/featured?sort=name_ASC")).await;
    story.is("resources_services");
}

#[tokio::test]
async fn assets() {
    let api = Api::open();
    let mut story = Story::new();
    story.tell("a page", api.get("/resources/assets?status=ACTIVE&sort=name_ASC&limit=1").signed_in("jane")).await;
    story.tell("as nobody", api.get("/resources/assets")).await;
    story.tell("one", api.get("/resources/assets/asset_jane-1").signed_in("jane")).await;
    story.tell("of somebody else", api.get("/resources/assets/asset_jane-1").signed_in("john")).await;
    let compatible = "/resources/assets/asset_jane-1/compatible-services?limit=1";
    story.tell("services for it", api.get(compatible).signed_in("jane")).await;
    story.tell("services for it, as nobody", api.get(compatible)).await;
    story.is("resources_assets");
}

#[tokio::test]
async fn purchase() {
    let api = Api::open();
    let digital = api.facts.variants.digital.variant_id.clone();
    let mut story = Story::new();
    story.tell("a service", api.post(format!("/resources/{digital}/purchase")).signed_in("jane")).await;
    story.tell("as nobody", api.post(format!("/resources/{digital}/purchase"))).await;
    story.tell("unknown", api.post("/resources/res_unknown/purchase").signed_in("jane")).await;
    story.is("resources_purchase");
}

/// A shop without resources says so, and why.
#[tokio::test]
async fn absent() {
    let shop = Mock::new(&MockConfig::default()).modules();
    let resources = std::sync::Arc::new(AbsentResources { reason: "this shop sells goods alone" });
    let router = router(Modules { resources, ..shop }, &Settings::default());
    let request = axum::http::Request::get("/resources/services/featured").body(axum::body::Body::empty()).unwrap();
    let response = router.oneshot(request).await.unwrap();
    assert_eq!(response.status(), 501);
    let body = axum::body::to_bytes(response.into_body(), 1 << 16).await.unwrap();
    let body: serde_json::Value = serde_json::from_slice(&body).unwrap();
    assert_eq!(body["code"], "operation.unsupported");
    assert_eq!(body["message"], "resources.list_featured_services is not available here: this shop sells goods alone");
}
