use o2s_framework_core::error::ErrorKind;
use o2s_framework_core::products::{GetProduct, ListCategories, ListCollections, ListProducts, ListRelatedProducts};
use o2s_medusa_integration::Api;
use serde_json::{Value, json};

use crate::script::{Answer, Call, Shop, guest, holder, missing, ok};

const LIST: &str = "GET /store/products";

/// Six products by title: a to f; c is virtual, e has no type.
const CATALOGUE: [(&str, Option<&str>); 6] = [
    ("prod_a", Some("ptyp_physical")),
    ("prod_b", Some("ptyp_physical")),
    ("prod_c", Some("ptyp_virtual")),
    ("prod_d", Some("ptyp_physical")),
    ("prod_e", None),
    ("prod_f", Some("ptyp_physical")),
];

fn product(id: &str, kind: Option<&str>) -> Value {
    json!({ "id": id, "title": id, "handle": format!("{id}-handle"), "type_id": kind, "variants": [] })
}

/// Medusa's own filters over the catalogue.
fn list(call: &Call) -> Answer {
    let (types, ids) = (call.values("type_id"), call.values("id"));
    let found: Vec<Value> = CATALOGUE
        .iter()
        .filter(|(_, kind)| types.is_empty() || kind.is_some_and(|kind| types.contains(&kind)))
        .filter(|(id, _)| ids.is_empty() || ids.contains(id))
        .filter(|(id, _)| call.value("handle").is_none_or(|handle| handle == format!("{id}-handle")))
        .map(|(id, kind)| product(id, *kind))
        .collect();
    let count = found.len();
    let offset = call.value("offset").map_or(0, |_| call.number("offset"));
    let page: Vec<Value> = found.into_iter().skip(offset).take(call.number("limit")).collect();
    ok(json!({ "products": page, "count": count }))
}

fn types(with_virtual: bool) -> Answer {
    let mut types = vec![json!({ "id": "ptyp_physical", "value": "PHYSICAL" })];
    if with_virtual {
        types.push(json!({ "id": "ptyp_virtual", "value": "Virtual" }));
    }
    ok(json!({ "product_types": types, "count": types.len() }))
}

fn catalogue(call: &Call) -> Option<Answer> {
    match call.what.as_str() {
        LIST => Some(list(call)),
        "GET /store/product-types" => Some(types(true)),
        "GET /store/product-categories" => Some(ok(json!({ "count": 1, "product_categories": [
            { "id": "pcat_1", "name": "Hand Tools", "handle": "hand-tools" },
        ] }))),
        path => {
            let id = path.strip_prefix("GET /store/products/")?;
            let found = CATALOGUE.iter().find(|(known, _)| *known == id);
            Some(found.map_or_else(|| missing("Product"), |(id, kind)| ok(json!({ "product": product(id, *kind) }))))
        }
    }
}

fn asks(query: Value) -> ListProducts {
    serde_json::from_value(query).expect("a request")
}

fn names(page: &o2s_framework_core::paging::Paginated<o2s_framework_core::products::Product>) -> Vec<&str> {
    page.data.iter().map(|product| product.name.as_str()).collect()
}

/// M-PROD-14, C-12, P-7: one call, cut, sorted and priced by Medusa.
#[tokio::test]
async fn a_page_of_products_is_one_call() {
    let shop = Shop::new(catalogue);
    let request = asks(json!({ "limit": 2, "offset": 1 }));
    let page = shop.medusa().products().list_products(&guest(), &request).await.expect("a page");
    assert_eq!((names(&page), page.total), (vec!["prod_b", "prod_c"], 6));
    let [call] = shop.calls().try_into().expect("one call");
    assert_eq!((call.value("order"), call.value("region_id")), (Some("title"), Some("reg_eu")));
    assert_eq!((call.number("limit"), call.number("offset")), (2, 1));
}

/// C-12: category and sort order are Medusa's to apply, before it cuts the page.
#[tokio::test]
async fn category_and_sort_are_pushed_down() {
    let shop = Shop::new(catalogue);
    let products = shop.medusa().products();
    for (sort, order) in [
        ("name_DESC", "-title"),
        ("name_ASC", "title"),
        ("createdAt_ASC", "created_at"),
        ("createdAt_DESC", "-created_at"),
        ("updatedAt_ASC", "updated_at"),
        ("updatedAt_DESC", "-updated_at"),
    ] {
        let request = asks(json!({ "category": "hand tools", "sort": sort }));
        products.list_products(&guest(), &request).await.expect("a page");
        let call = shop.calls().pop().expect("a call");
        assert_eq!((call.values("category_id"), call.value("order")), (vec!["pcat_1"], Some(order)));
    }
}

/// C-11's rule for products: what cannot be sorted by is refused, before any traffic.
#[tokio::test]
async fn sorting_by_price_is_refused() {
    let shop = Shop::closed();
    let request = asks(json!({ "sort": "price_ASC" }));
    let error = shop.medusa().products().list_products(&guest(), &request).await.expect_err("refused");
    assert_eq!((error.kind(), error.violation_list()[0].field.as_str()), (ErrorKind::Invalid, "sort"));
    assert!(shop.called().is_empty());
}

#[tokio::test]
async fn an_unknown_category_is_an_empty_list() {
    let shop = Shop::new(catalogue);
    let request = asks(json!({ "category": "Garden" }));
    let page = shop.medusa().products().list_products(&guest(), &request).await.expect("a page");
    assert_eq!((page.data.len(), page.total), (0, 0));
    assert!(shop.called().is_empty());
}

/// C-12: VIRTUAL is a filter of Medusa's; without any such type nothing can match.
#[tokio::test]
async fn virtual_products_are_filtered_by_type() {
    let shop = Shop::new(catalogue);
    let request = asks(json!({ "type": "VIRTUAL" }));
    let page = shop.medusa().products().list_products(&guest(), &request).await.expect("a page");
    assert_eq!((names(&page), page.total, shop.called().len()), (vec!["prod_c"], 1, 1));

    let without = Shop::new(|call| match call.what.as_str() {
        "GET /store/product-types" => Some(types(false)),
        _ => catalogue(call),
    });
    let page = without.medusa().products().list_products(&guest(), &request).await.expect("a page");
    assert_eq!((page.total, without.called().len()), (0, 0));
}

/// C-12: a product without a type is shipped, and no filter of Medusa's finds it: pages and total are right all the same.
#[tokio::test]
async fn physical_products_include_those_without_a_type() {
    let shop = Shop::new(catalogue);
    let products = shop.medusa().products();
    let request = asks(json!({ "type": "PHYSICAL", "limit": 3, "offset": 1 }));
    let page = products.list_products(&guest(), &request).await.expect("a page");
    assert_eq!((names(&page), page.total), (vec!["prod_b", "prod_d", "prod_e"], 5));
    let [ids, found] = shop.calls().try_into().expect("two calls");
    assert_eq!((ids.value("fields"), ids.value("region_id")), (Some("id,type_id"), None));
    assert_eq!(found.values("id"), ["prod_b", "prod_d", "prod_e"]);
    assert_eq!(found.value("region_id"), Some("reg_eu"));
}

#[tokio::test]
async fn too_many_products_without_a_type_are_refused() {
    let shop = Shop::new(|call| match (call.what.as_str(), call.value("fields")) {
        (LIST, Some("id,type_id")) => Some(ok(json!({ "products": [], "count": 5001 }))),
        _ => catalogue(call),
    });
    let request = asks(json!({ "type": "PHYSICAL" }));
    let error = shop.medusa().products().list_products(&guest(), &request).await.expect_err("refused");
    assert_eq!(error.code(), "product.too_many_to_filter");
}

/// C-14: one call by id, one by handle; a handle that looks like an id costs a second.
#[tokio::test]
async fn a_product_is_one_call() {
    for (id, calls) in [
        ("prod_a", vec!["GET /store/products/prod_a"]),
        ("prod_b-handle", vec!["GET /store/products/prod_b-handle", LIST]),
    ] {
        let shop = Shop::new(catalogue);
        let id = id.parse().expect("an id");
        shop.medusa().products().get_product(&guest(), &id, &GetProduct::default()).await.expect("a product");
        assert_eq!(shop.called(), calls);
        assert!(shop.calls().iter().all(|call| call.value("region_id") == Some("reg_eu")));
    }
    let shop = Shop::new(|call| match call.what.as_str() {
        LIST => Some(ok(json!({ "products": [product("prod_a", None)], "count": 1 }))),
        _ => None,
    });
    let id = "work-jacket".parse().expect("a handle");
    shop.medusa().products().get_product(&guest(), &id, &GetProduct::default()).await.expect("a product");
    let [call] = shop.calls().try_into().expect("one call");
    assert_eq!((call.what.as_str(), call.value("handle")), (LIST, Some("work-jacket")));
}

/// M-PROD-15.
#[tokio::test]
async fn an_unknown_product_is_not_found() {
    let shop = Shop::new(catalogue);
    for id in ["prod_none", "none"] {
        let id = id.parse().expect("an id");
        let call = shop.medusa().products().get_product(&guest(), &id, &GetProduct::default()).await;
        assert_eq!(call.expect_err("not found").code(), "product.not_found");
    }
}

/// A bad token is a 401 even where the product is not found, and where Medusa would take it for a guest's.
#[tokio::test]
async fn a_bad_token_is_told_first() {
    let shop = Shop::new(catalogue);
    let products = shop.medusa().products();
    let id = "prod_none".parse().expect("an id");
    let error = products.get_product(&holder("forged"), &id, &GetProduct::default()).await.expect_err("refused");
    assert_eq!(error.code(), "auth.invalid_token");
    let error = products.list_products(&holder("forged"), &asks(json!({}))).await.expect_err("refused");
    assert_eq!(error.code(), "auth.invalid_token");
}

/// P-4, P-8: prices may be the customer's own, so the token goes along; who it is, is asked once.
#[tokio::test]
async fn the_token_goes_along_and_is_checked_once() {
    let shop = Shop::new(catalogue);
    let products = shop.medusa().products();
    let id = "prod_a".parse().expect("an id");
    for _ in 0..2 {
        products.get_product(&holder("jane"), &id, &GetProduct::default()).await.expect("a product");
    }
    let calls = shop.calls();
    assert_eq!(calls.iter().filter(|call| call.what == "GET /store/customers/me").count(), 1);
    let reads: Vec<_> = calls.iter().filter(|call| call.what == "GET /store/products/prod_a").collect();
    assert_eq!(reads.len(), 2);
    assert!(reads.iter().all(|call| call.token.as_deref() == Some("jane")));
}

/// C-13, C-49: the currency of the request chooses the region, and the language of the request goes along.
#[tokio::test]
async fn currency_and_language_of_the_request_count() {
    let shop = Shop::new(catalogue);
    let mut cx = guest();
    cx.currency = "USD".parse().ok();
    cx.locale = "en".parse().ok();
    let request = asks(json!({ "locale": "de-DE" }));
    shop.medusa().products().list_products(&cx, &request).await.expect("a page");
    let [call] = shop.calls().try_into().expect("one call");
    assert_eq!((call.value("region_id"), call.locale.as_deref()), (Some("reg_us"), Some("de-DE")));
}

/// M-PROD-20, C-16: without the plugin there are no related products, which is said without traffic.
#[tokio::test]
async fn related_products_need_the_plugin() {
    let shop = Shop::closed();
    let request = ListRelatedProducts::of("prod_a".parse().expect("an id"), "variant_a".parse().expect("an id"));
    let error = shop.medusa().products().list_related_products(&guest(), &request).await.expect_err("refused");
    assert_eq!(error.code(), "operation.unsupported");
    assert!(shop.called().is_empty());
}

/// A part of a long list, as Medusa cuts it.
fn part(call: &Call, name: &str, all: &[Value]) -> Answer {
    let (limit, offset) = (call.number("limit"), call.number("offset"));
    let some: Vec<&Value> = all.iter().skip(offset).take(limit).collect();
    ok(json!({ name: some, "count": all.len(), "offset": offset, "limit": limit }))
}

/// However many categories and collections a shop has, all are known.
#[tokio::test]
async fn long_lists_are_whole() {
    let categories: Vec<Value> = (0..2300)
        .map(|n| json!({ "id": format!("pcat_{n}"), "name": format!("C {n}"), "handle": format!("c-{n}") }))
        .collect();
    let collections: Vec<Value> = (0..1001)
        .map(|n| json!({ "id": format!("pcol_{n}"), "title": format!("L {n}"), "handle": format!("l-{n}") }))
        .collect();
    let shop = Shop::new(move |call| match call.what.as_str() {
        "GET /store/product-categories" => Some(part(call, "product_categories", &categories)),
        "GET /store/collections" => Some(part(call, "collections", &collections)),
        _ => catalogue(call),
    });
    for api in [Api::V2, Api::V1] {
        let medusa = shop.configured(|config| config.api = api);
        let products = medusa.products();
        let all = products.list_categories(&guest(), &ListCategories::default()).await.expect("categories");
        assert_eq!(all.total, 2300, "{api:?}");
        let all = products.list_collections(&guest(), &ListCollections::default()).await.expect("collections");
        assert_eq!(all.total, 1001, "{api:?}");
    }
    let request = asks(json!({ "category": "c-2299", "collection": "l-1000" }));
    shop.medusa().products().list_products(&guest(), &request).await.expect("a page");
    let call = shop.calls().pop().expect("a call");
    assert_eq!((call.values("category_id"), call.values("collection_id")), (vec!["pcat_2299"], vec!["pcol_1000"]));
}

/// C-12: types that are too many for one request are not named in one.
#[tokio::test]
async fn very_many_types_are_not_named_at_once() {
    let mut types: Vec<Value> =
        (0..400).map(|n| json!({ "id": format!("ptyp_{n}"), "value": format!("T {n}") })).collect();
    types.extend([
        json!({ "id": "ptyp_physical", "value": "Tool" }),
        json!({ "id": "ptyp_virtual", "value": "virtual" }),
    ]);
    let shop = Shop::new(move |call| match call.what.as_str() {
        "GET /store/product-types" => Some(part(call, "product_types", &types)),
        LIST => {
            assert!(call.values("type_id").len() <= 250, "more than Node takes");
            Some(list(call))
        }
        _ => catalogue(call),
    });
    let products = shop.medusa().products();
    for (kind, total) in [("PHYSICAL", 5), ("VIRTUAL", 1)] {
        let page = products.list_products(&guest(), &asks(json!({ "type": kind }))).await.expect("a page");
        assert_eq!(page.total, total, "{kind}");
    }
}
