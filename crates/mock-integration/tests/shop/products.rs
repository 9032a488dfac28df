use o2s_framework_core::context::RequestContext;
use o2s_framework_core::error::ErrorKind;
use o2s_framework_core::ids::ProductId;
use o2s_framework_core::money::Currency;
use o2s_framework_core::paging::Limit;
use o2s_framework_core::products::{
    GetProduct, ListCategories, ListCollections, ListProducts, ListRelatedProducts, OptionGroupLabel,
    ProductReferenceType, ProductSort, ProductType,
};
use o2s_framework_core::sort::Sort;

use crate::{Desk, code, decimal, guest, open};

fn id(text: &str) -> ProductId {
    ProductId::new(text).unwrap()
}

fn everything() -> ListProducts {
    ListProducts { limit: Limit::new(1000).ok(), ..ListProducts::default() }
}

#[tokio::test]
async fn a_page_is_twelve_products_and_the_total_counts_all() {
    let desk = open();
    let page = desk.modules.products.list_products(&guest(), &ListProducts::default()).await.unwrap();
    assert_eq!((page.data.len(), page.total), (12, desk.facts.products as u64));
    let offset = u32::try_from(desk.facts.products).unwrap() - 1;
    let last = ListProducts { offset: Some(offset), ..ListProducts::default() };
    let page = desk.modules.products.list_products(&guest(), &last).await.unwrap();
    assert_eq!((page.data.len(), page.total), (1, desk.facts.products as u64));
}

#[tokio::test]
async fn every_product_can_be_got_as_it_is_listed() {
    let desk = open();
    let all = desk.modules.products.list_products(&guest(), &everything()).await.unwrap().data;
    for listed in all {
        let got = desk.modules.products.get_product(&guest(), &listed.id, &GetProduct::default()).await.unwrap();
        assert_eq!(got, listed);
        assert!(listed.price.is_some() && listed.image.is_some() && !listed.description.is_empty());
        for variant in listed.variants.unwrap_or_default() {
            for name in [variant.id.as_str(), &variant.slug] {
                let request = GetProduct { variant_id: name.parse().ok(), ..GetProduct::default() };
                let shown = desk.modules.products.get_product(&guest(), &listed.id, &request).await.unwrap();
                assert_eq!(shown.variant_id.as_ref(), Some(&variant.id));
                assert_eq!(Some(shown.link), variant.link);
            }
        }
    }
}

#[tokio::test]
async fn a_product_is_found_by_handle_and_unknown_ones_are_not() {
    let desk = open();
    let plain = &desk.facts.variants.plain;
    let products = &desk.modules.products;
    let got = products.get_product(&guest(), &plain.handle, &GetProduct::default()).await.unwrap();
    assert_eq!((&got.id, got.name.as_str()), (&plain.product_id, plain.name));
    let unknown = products.get_product(&guest(), &id("prod_none"), &GetProduct::default()).await;
    assert_eq!(code(unknown), "product.not_found");
    let request = GetProduct { variant_id: Some("no-such".parse().unwrap()), ..GetProduct::default() };
    assert_eq!(code(products.get_product(&guest(), &plain.handle, &request).await), "product.variant_not_found");
}

#[tokio::test]
async fn prices_follow_the_region_then_the_currency_then_the_default() {
    let desk = open();
    let request = GetProduct::default();
    let price = |cx: RequestContext| {
        let (products, handle, request) = (&desk.modules.products, &desk.facts.variants.plain.handle, &request);
        async move { products.get_product(&cx, handle, request).await.map(|product| product.price) }
    };
    let in_euro = price(guest()).await.unwrap().unwrap();
    assert_eq!((in_euro.value, in_euro.currency), (decimal("24.95"), Currency::EUR));
    let dollars = RequestContext { currency: Some(Currency::USD), ..guest() };
    assert_eq!(price(dollars.clone()).await.unwrap().unwrap().value, decimal("26.99"));
    let poland = RequestContext { region: Some("reg_pl".parse().unwrap()), ..dollars };
    assert_eq!(price(poland).await.unwrap().unwrap().value, decimal("108.49"));
    let yen = RequestContext { currency: Some("JPY".parse().unwrap()), ..guest() };
    assert_eq!(price(yen).await.unwrap(), None, "a price that is not there is absent");
    let nowhere = RequestContext { region: Some("reg_none".parse().unwrap()), ..guest() };
    assert_eq!(code(price(nowhere).await), "region.not_found");
}

#[tokio::test]
async fn lists_are_filtered_by_type_and_by_category_in_any_language() {
    let desk = open();
    let list = |request: ListProducts| {
        let products = &desk.modules.products;
        async move { products.list_products(&guest(), &request).await.unwrap() }
    };
    let services = list(ListProducts { kind: Some(ProductType::Virtual), ..everything() }).await;
    assert_eq!(services.total, desk.facts.virtual_products as u64);
    assert!(services.data.iter().all(|product| product.kind == ProductType::Virtual));

    let of = |category: &str| ListProducts { category: Some(category.to_owned()), ..everything() };
    let expected = list(of("workwear")).await;
    assert!(expected.total > 3 && expected.data.iter().all(|product| product.category == "Workwear"));
    for name in ["cat_workwear", "WORKWEAR", "Arbeitskleidung", "odzież robocza"] {
        assert_eq!(list(of(name)).await, expected, "{name}");
    }
    assert_eq!(list(of("no such category")).await.total, 0);
}

#[tokio::test]
async fn categories_have_parents_before_them_and_products_below() {
    let desk = open();
    let products = &desk.modules.products;
    let all = products.list_categories(&guest(), &ListCategories::default()).await.unwrap();
    assert_eq!((all.data.len(), all.total), (10, 10));
    let mut seen = Vec::new();
    for category in &all.data {
        assert!(category.parent_id.as_ref().is_none_or(|parent| seen.contains(parent)), "{category:?}");
        seen.push(category.id.clone());
        let of = ListProducts { category: Some(category.id.to_string()), ..everything() };
        let found = products.list_products(&guest(), &of).await.unwrap();
        let has_parts = all.data.iter().any(|other| other.parent_id.as_ref() == Some(&category.id));
        assert_eq!(found.total == 0, has_parts, "{category:?}");
        assert!(found.data.iter().all(|product| product.category == category.name));
    }
    let second = ListCategories { limit: Limit::new(1).ok(), offset: Some(1), locale: "de".parse().ok() };
    let second = products.list_categories(&guest(), &second).await.unwrap();
    assert_eq!((second.data[0].name.as_str(), second.total), ("Elektrowerkzeuge", 10));
    assert_eq!(second.data[0].parent_id, Some("cat_tools".parse().unwrap()));
}

#[tokio::test]
async fn collections_go_across_categories_and_narrow_with_the_rest() {
    let desk = open();
    let products = &desk.modules.products;
    let list = |request: ListProducts| async move { products.list_products(&guest(), &request).await.unwrap() };
    let in_language = |locale: &str| ListCollections { locale: locale.parse().ok(), ..ListCollections::default() };
    for locale in ["en", "de", "pl"] {
        let all = products.list_collections(&guest(), &in_language(locale)).await.unwrap();
        assert_eq!(all.total, 4);
        assert!(all.data.is_sorted_by_key(|collection| &collection.name));
        for collection in all.data {
            let of = |name: &str| ListProducts { collection: Some(name.to_owned()), ..everything() };
            let found = list(of(collection.id.as_str())).await;
            let categories: std::collections::HashSet<_> = found.data.iter().map(|product| &product.category).collect();
            assert!(categories.len() > 1, "{collection:?}");
            for name in [&collection.handle, &collection.name, &collection.name.to_uppercase()] {
                assert_eq!(list(of(name)).await, found, "{name}");
            }
        }
    }
    let both = ListProducts {
        collection: Some("first-day-on-site".to_owned()),
        category: Some("safety".to_owned()),
        kind: Some(ProductType::Physical),
        ..everything()
    };
    assert_eq!(list(both).await.total, 3);
    let unknown = ListProducts { collection: Some("no such collection".to_owned()), ..everything() };
    assert_eq!(list(unknown).await.total, 0);
    let one = ListCollections { limit: Limit::new(1).ok(), offset: Some(3), ..ListCollections::default() };
    let one = products.list_collections(&guest(), &one).await.unwrap();
    assert_eq!((one.data.len(), one.total), (1, 4));
}

#[tokio::test]
async fn lists_are_sorted_before_they_are_cut() {
    let desk = open();
    for field in [ProductSort::Name, ProductSort::Price, ProductSort::CreatedAt, ProductSort::UpdatedAt] {
        let all = |sort| ListProducts { sort: Some(sort), ..everything() };
        let up = desk.modules.products.list_products(&guest(), &all(Sort::ascending(field))).await.unwrap();
        let names: Vec<_> = up.data.iter().map(|product| product.name.clone()).collect();
        match field {
            ProductSort::Name => assert!(names.is_sorted()),
            ProductSort::Price => assert!(up.data.is_sorted_by_key(|product| product.price.as_ref().unwrap().value)),
            ProductSort::CreatedAt | ProductSort::UpdatedAt => {}
        }
        let second = ListProducts { offset: Some(3), limit: Limit::new(2).ok(), ..all(Sort::ascending(field)) };
        let second = desk.modules.products.list_products(&guest(), &second).await.unwrap();
        assert_eq!((second.data.as_slice(), second.total), (&up.data[3..5], up.total));
        let down = desk.modules.products.list_products(&guest(), &all(Sort::descending(field))).await.unwrap();
        assert_ne!(down.data[0], up.data[0]);
    }
}

#[tokio::test]
async fn texts_follow_the_language_and_ids_do_not() {
    let desk = open();
    let handle = &desk.facts.variants.plain.handle;
    let in_language = |locale: &str| GetProduct { locale: locale.parse().ok(), ..GetProduct::default() };
    let get = |request: GetProduct| {
        let products = &desk.modules.products;
        async move { products.get_product(&guest(), handle, &request).await.unwrap() }
    };
    let (english, german, polish) =
        (get(in_language("en")).await, get(in_language("de-AT")).await, get(in_language("pl")).await);
    assert_eq!([&*english.name, &*german.name, &*polish.name], ["Claw hammer", "Klauenhammer", "Młotek ciesielski"]);
    assert_eq!((german.id, german.sku, german.link), (polish.id, polish.sku, polish.link));
    assert_eq!(get(in_language("fr")).await, english);
    let cx = guest().with_locale("de".parse().ok());
    let by_context = desk.modules.products.get_product(&cx, handle, &GetProduct::default()).await.unwrap();
    assert_eq!(by_context.name, "Klauenhammer");
}

#[tokio::test]
async fn variants_say_what_is_chosen_and_whether_it_is_there() {
    let desk = open();
    let sold_out = &desk.facts.variants.sold_out;
    let request = GetProduct { base_path: "/shop/products".parse().ok(), ..GetProduct::default() };
    let product = desk.modules.products.get_product(&guest(), &sold_out.handle, &request).await.unwrap();
    let groups = product.option_groups.unwrap();
    assert_eq!(groups.iter().map(|group| group.id.as_str()).collect::<Vec<_>>(), ["size", "colour"]);
    assert_eq!(groups[0].values, ["S", "M", "L", "XL"]);
    assert_eq!(product.link, "/shop/products/work-trousers/s-black");
    let variants = product.variants.unwrap();
    let in_stock = |slug: &str| variants.iter().find(|variant| variant.slug == slug).unwrap().in_stock;
    assert_eq!(in_stock("l-grey"), Some(false));
    assert_eq!(in_stock("xl-black"), Some(true), "what can be ordered can be bought");
    let options = variants[0].options.as_ref().unwrap();
    assert_eq!((options["size"].as_str(), options["colour"].as_str()), ("S", "Black"));
}

#[tokio::test]
async fn a_front_end_may_order_and_name_the_option_groups() {
    let desk = open();
    let label = |title: &str, label: &str| OptionGroupLabel { title: title.to_owned(), label: label.to_owned() };
    let request = GetProduct {
        variant_option_groups: vec![label("Colour", "Shade"), label("Unknown", "Never")],
        ..GetProduct::default()
    };
    let product =
        desk.modules.products.get_product(&guest(), &desk.facts.variants.sold_out.handle, &request).await.unwrap();
    let titles: Vec<_> = product.option_groups.unwrap().into_iter().map(|group| group.title).collect();
    assert_eq!(titles, ["Shade", "Size"]);
}

#[tokio::test]
async fn related_products_are_those_of_the_table() {
    let desk = open();
    let of = || ListRelatedProducts::of(id("cordless-drill-18v"), "kit".parse().unwrap());
    let list = |request: ListRelatedProducts| {
        let products = &desk.modules.products;
        async move { products.list_related_products(&guest(), &request).await }
    };
    let all = list(of()).await.unwrap();
    let parts = list(ListRelatedProducts { kind: Some(ProductReferenceType::SparePart), ..of() }).await.unwrap();
    let services =
        list(ListRelatedProducts { kind: Some(ProductReferenceType::CompatibleService), ..of() }).await.unwrap();
    assert_eq!((all.total, parts.total, services.total), (7, 3, 3));
    assert!(services.data.iter().all(|product| product.kind == ProductType::Virtual));

    let cheapest =
        ListRelatedProducts { sort: Some(Sort::ascending(ProductSort::Price)), limit: Limit::new(1).ok(), ..of() };
    let cheapest = list(cheapest).await.unwrap();
    assert_eq!((cheapest.data.len(), cheapest.total), (1, 7));
    assert_eq!(list(of()).await.unwrap(), all, "sorting one list leaves the others alone");

    let unknown = ListRelatedProducts { variant_id: "none".parse().unwrap(), ..of() };
    assert_eq!(code(list(unknown).await), "product.variant_not_found");
    assert_eq!(code(list(ListRelatedProducts { id: id("none"), ..of() }).await), "product.not_found");
}

#[tokio::test]
async fn a_bad_token_is_no_guest_in_the_catalogue_either() {
    let desk = open();
    let cx = Desk::forged();
    let products = &desk.modules.products;
    let list = products.list_products(&cx, &ListProducts::default()).await.unwrap_err();
    assert_eq!((list.kind(), list.code()), (ErrorKind::Unauthenticated, "auth.invalid_token"));
    let get = products.get_product(&cx, &desk.facts.variants.plain.handle, &GetProduct::default()).await;
    assert_eq!(code(get), "auth.invalid_token");
    let related = ListRelatedProducts::of(id("cordless-drill-18v"), "kit".parse().unwrap());
    assert_eq!(code(products.list_related_products(&cx, &related).await), "auth.invalid_token");
    assert_eq!(code(products.list_categories(&cx, &ListCategories::default()).await), "auth.invalid_token");
    assert_eq!(code(products.list_collections(&cx, &ListCollections::default()).await), "auth.invalid_token");
    assert!(products.list_products(&desk.signed_in("jane"), &ListProducts::default()).await.is_ok());
}
