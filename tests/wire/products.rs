use crate::client::{Api, Story};

#[tokio::test]
async fn list_products() {
    let api = Api::open();
    let mut story = Story::new();
    story.tell("a page in the shop's own order", api.get("/products?limit=1")).await;
    story
        .tell(
            "filtered, sorted, in another language",
            api.get("/products?type=VIRTUAL&sort=name_ASC&limit=1&locale=pl"),
        )
        .await;
    story.tell("a category that nothing is in", api.get("/products?category=unicorns")).await;
    story.tell("a collection within a category", api.get("/products?collection=winter-work&category=safety")).await;
    story.tell("the total alone", api.get("/products?limit=0")).await;
    story.tell("prices in another currency", api.get("/products?limit=1&offset=3").header("x-currency", "PLN")).await;
    story
        .tell("all that is wrong at once", api.get("/products?limit=many&sort=size_UP&type=GAS&page=2&basePath=//evil"))
        .await;
    story.tell("a token that is none", api.get("/products").header("authorization", "Bearer x.y.z")).await;
    story.is("products_list");
}

#[tokio::test]
async fn get_product() {
    let api = Api::open();
    let other = &api.facts.variants.other;
    let mut story = Story::new();
    story.tell("by id", api.get(format!("/products/{}", api.facts.variants.plain.product_id))).await;
    let one_variant = format!("/products/{}?variantId={}&basePath=/shop&locale=de", other.handle, other.slug);
    story.tell("by handle, one variant by its slug", api.get(one_variant)).await;
    story.tell("unknown", api.get("/products/prod_unknown")).await;
    story.tell("unknown variant", api.get(format!("/products/{}?variantId=nope", other.handle))).await;
    story.tell("an id that could change a path", api.get("/products/a%2Fb")).await;
    story.tell("an unknown parameter", api.get("/products/claw-hammer?variant=x")).await;
    story.is("products_get");
}

#[tokio::test]
async fn list_related_products() {
    let api = Api::open();
    let drill = "/products/cordless-drill-18v/variants/solo/related-products";
    let mut story = Story::new();
    story.tell("a page", api.get(format!("{drill}?limit=1&sort=name_ASC"))).await;
    story.tell("of one kind", api.get(format!("{drill}?type=COMPATIBLE_SERVICE&limit=1&basePath=/p"))).await;
    story.tell("an unknown kind", api.get(format!("{drill}?type=TOY"))).await;
    story.tell("an unknown variant", api.get("/products/cordless-drill-18v/variants/nope/related-products")).await;
    story.is("products_related");
}

#[tokio::test]
async fn list_categories() {
    let api = Api::open();
    let mut story = Story::new();
    story.tell("all of them", api.get("/product-categories")).await;
    story.tell("a page, in another language", api.get("/product-categories?limit=1&offset=1&locale=de")).await;
    story.tell("all that is wrong at once", api.get("/product-categories?limit=many&sort=name_ASC&locale=d")).await;
    let bad = api.get("/product-categories").header("authorization", "Bearer x.y.z");
    story.tell("a token that is none", bad).await;
    story.is("products_categories");
}

#[tokio::test]
async fn list_collections() {
    let api = Api::open();
    let mut story = Story::new();
    story.tell("all of them", api.get("/product-collections")).await;
    story
        .tell("a page, in the language of the header", api.get("/product-collections?limit=1").header("x-locale", "pl"))
        .await;
    story.tell("all that is wrong at once", api.get("/product-collections?limit=2000&offset=-1&category=tools")).await;
    let bad = api.get("/product-collections").header("authorization", "Bearer x.y.z");
    story.tell("a token that is none", bad).await;
    story.is("products_collections");
}
