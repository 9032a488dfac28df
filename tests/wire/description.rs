//! The description of the API says what the router does.

use std::collections::BTreeSet;

use axum::http::StatusCode;
use serde_json::Value;

use crate::client::Api;

/// Every route of the API.
const ROUTES: &[(&str, &str)] = &[
    ("get", "/carts"),
    ("post", "/carts"),
    ("get", "/carts/current"),
    ("post", "/carts/items"),
    ("get", "/carts/{id}"),
    ("patch", "/carts/{id}"),
    ("delete", "/carts/{id}"),
    ("patch", "/carts/{cartId}/items/{itemId}"),
    ("delete", "/carts/{cartId}/items/{itemId}"),
    ("post", "/carts/{cartId}/promotions"),
    ("delete", "/carts/{cartId}/promotions/{code}"),
    ("post", "/checkout/{cartId}/addresses"),
    ("post", "/checkout/{cartId}/complete"),
    ("post", "/checkout/{cartId}/payment"),
    ("post", "/checkout/{cartId}/place-order"),
    ("post", "/checkout/{cartId}/shipping-method"),
    ("get", "/checkout/{cartId}/shipping-options"),
    ("get", "/checkout/{cartId}/summary"),
    ("get", "/customers/addresses"),
    ("post", "/customers/addresses"),
    ("get", "/customers/addresses/{id}"),
    ("patch", "/customers/addresses/{id}"),
    ("delete", "/customers/addresses/{id}"),
    ("post", "/customers/addresses/{id}/default"),
    ("get", "/health"),
    ("get", "/health/live"),
    ("get", "/health/ready"),
    ("get", "/orders"),
    ("get", "/orders/{id}"),
    ("post", "/orders/{id}/claim"),
    ("post", "/orders/{id}/claim/confirm"),
    ("get", "/orders/{id}/return-options"),
    ("get", "/orders/{id}/returns"),
    ("post", "/orders/{id}/returns"),
    ("post", "/orders/lookup"),
    ("get", "/payments/providers"),
    ("post", "/payments/sessions"),
    ("get", "/payments/sessions/{id}"),
    ("patch", "/payments/sessions/{id}"),
    ("delete", "/payments/sessions/{id}"),
    ("get", "/product-categories"),
    ("get", "/product-collections"),
    ("get", "/products"),
    ("get", "/products/{id}"),
    ("get", "/products/{id}/variants/{variantId}/related-products"),
    ("get", "/regions"),
    ("get", "/regions/{id}"),
    ("get", "/resources/assets"),
    ("get", "/resources/assets/{id}"),
    ("get", "/resources/assets/{id}/compatible-services"),
    ("get", "/resources/services"),
    ("get", "/resources/services/featured"),
    ("get", "/resources/services/{id}"),
    ("post", "/resources/{id}/purchase"),
    ("get", "/return-reasons"),
];

async fn description(api: &Api) -> Value {
    let answer = api.get("/openapi.json").send().await;
    assert_eq!(answer.status, StatusCode::OK);
    answer.json()
}

#[tokio::test]
async fn it_lists_every_route_and_no_other() {
    let api = Api::open();
    let description = description(&api).await;
    let described: BTreeSet<(String, String)> = description["paths"]
        .as_object()
        .unwrap()
        .iter()
        .flat_map(|(path, item)| item.as_object().unwrap().keys().map(|method| (method.clone(), path.clone())))
        .collect();
    let expected = ROUTES.iter().map(|(method, path)| ((*method).to_owned(), (*path).to_owned())).collect();
    assert_eq!(described, expected);
}

#[tokio::test]
async fn every_route_answers() {
    let api = Api::open();
    for (method, path) in ROUTES {
        let method = match *method {
            "get" => "GET",
            "post" => "POST",
            "patch" => "PATCH",
            _ => "DELETE",
        };
        // An id that cannot be one is refused by the route itself, so the router found it.
        let answer = api.call(method, path.replace(['{', '}'], "%3B")).send().await;
        assert_ne!(answer.header("x-request-id"), None);
        if answer.status == StatusCode::NOT_FOUND {
            assert_ne!(answer.code(), "route.not_found", "{method} {path}");
        }
    }
}

#[tokio::test]
async fn it_is_sound() {
    let api = Api::open();
    let description = description(&api).await;
    assert_eq!(description["openapi"], "3.1.0");
    let text = description.to_string();
    let references: BTreeSet<&str> = text.split("\"#/").skip(1).map(|rest| rest.split('"').next().unwrap()).collect();
    assert!(references.len() > 50);
    for reference in references {
        assert!(description.pointer(&format!("/{reference}")).is_some(), "nothing is at {reference}");
    }
    let mut names = BTreeSet::new();
    for (path, item) in description["paths"].as_object().unwrap() {
        for (method, operation) in item.as_object().unwrap() {
            let name = operation["operationId"].as_str().unwrap();
            assert!(names.insert(name), "{name} names two operations");
            assert!(operation["summary"].is_string(), "{method} {path} says nothing of itself");
            let parameters = operation["parameters"].as_array().cloned().unwrap_or_default();
            for part in path.split('/').filter(|part| part.starts_with('{')) {
                let name = part.trim_matches(['{', '}']);
                let described = parameters.iter().any(|it| it["name"] == name && it["in"] == "path");
                assert!(described, "{method} {path} does not describe {name}");
            }
        }
    }
}

#[tokio::test]
async fn the_page_is_inside_the_program() {
    let api = Api::open();
    let redirect = api.get("/docs").send().await;
    assert_eq!((redirect.status, redirect.header("location")), (StatusCode::SEE_OTHER, Some("/docs/")));
    let page = api.get("/docs/").send().await;
    assert_eq!(page.status, StatusCode::OK);
    assert!(page.text().contains("swagger-ui-bundle.js") && !page.text().contains("http"), "{}", page.text());
    let script = api.get("/docs/swagger-ui-bundle.js").send().await;
    assert!(script.status.is_success() && script.body.len() > 100_000);
    assert!(api.get("/docs/swagger-initializer.js").send().await.text().contains("../openapi.json"));
}
