//! The catalogue.

use std::collections::BTreeSet;

use o2s_framework_core::context::RequestContext;
use o2s_framework_core::ids::{ProductId, RegionId, VariantId};
use o2s_framework_core::paging::Paginated;
use o2s_framework_core::products::{
    Category, Collection, GetProduct, ListCategories, ListCollections, ListProducts, OptionGroupLabel, Product,
    ProductSort, ProductType,
};
use o2s_framework_core::sort::Sort;

use crate::Scenario;
use crate::check::{amount, done, invalid, not_found};
use crate::facts::Facts;
use crate::shopping::{id, limit};
use crate::subject::Subject;

const LIST: &[&str] = &["products.list_products"];
const GET: &[&str] = &["products.get_product"];
const CATEGORIES: &[&str] = &["products.list_categories", "products.list_products"];
const COLLECTIONS: &[&str] = &["products.list_collections", "products.list_products"];

pub(crate) fn scenarios() -> Vec<Scenario> {
    vec![
        Scenario::new("products::a_list_without_wishes_is_the_first_twelve", LIST, first_twelve),
        Scenario::new("products::every_product_of_the_list_is_whole", LIST, every_product_is_whole),
        Scenario::new("products::pages_together_are_the_whole_list", LIST, pages_are_the_list),
        Scenario::new("products::a_page_of_none_tells_the_total", LIST, page_of_none),
        Scenario::new("products::a_page_beyond_the_end_is_empty", LIST, page_beyond),
        Scenario::new("products::a_category_is_named_by_name_handle_or_id", LIST, category_by_any_name),
        Scenario::new("products::pages_of_a_category_are_full_and_counted", LIST, category_pages),
        Scenario::new("products::an_unknown_category_is_an_empty_list", LIST, unknown_category),
        Scenario::new("products::a_collection_is_named_by_name_handle_or_id", LIST, collection_by_any_name),
        Scenario::new("products::an_unknown_collection_is_an_empty_list", LIST, unknown_collection),
        Scenario::new("products::collection_and_category_narrow_together", LIST, collection_and_category),
        Scenario::new("products::categories_are_listed_as_a_tree", CATEGORIES, categories_listed),
        Scenario::new("products::every_category_can_be_asked_for", CATEGORIES, categories_asked_for),
        Scenario::new("products::collections_are_listed_by_name", COLLECTIONS, collections_listed),
        Scenario::new("products::types_divide_the_catalogue", LIST, types_divide),
        Scenario::new("products::category_and_type_narrow_together", LIST, category_and_type),
        Scenario::new("products::sorted_by_name", LIST, list_sorted_by_name),
        Scenario::new("products::sorted_by_time", LIST, sorted_by_time),
        Scenario::new("products::sorted_by_price_or_refused", LIST, sorted_by_price),
        Scenario::new("products::links_start_with_the_base_path", LIST, base_path_in_lists),
        Scenario::new("products::prices_are_of_the_region", LIST, prices_of_region),
        Scenario::new("products::an_unknown_region_is_not_found", LIST, unknown_region),
        Scenario::new("products::what_is_not_for_sale_is_not_there", GET, unpublished),
        Scenario::new("products::a_product_is_found_by_id_and_by_handle", GET, by_id_and_handle),
        Scenario::new("products::an_unknown_product_is_not_found", GET, unknown_product),
        Scenario::new("products::a_product_keeps_its_exact_price", GET, exact_price),
        Scenario::new("products::the_price_of_a_product_is_of_the_region", GET, product_price_of_region),
        Scenario::new("products::a_variant_is_chosen_by_id_and_by_slug", GET, variant_by_id_and_slug),
        Scenario::new("products::an_unknown_variant_is_not_found", GET, unknown_variant),
        Scenario::new("products::a_variant_of_another_product_is_not_found", GET, foreign_variant),
        Scenario::new("products::option_groups_hold_what_variants_choose", GET, option_groups),
        Scenario::new("products::option_groups_follow_the_front_end", GET, option_group_labels),
        Scenario::new("products::stock_decides_what_can_be_bought", GET, stock_flags),
        Scenario::new("products::the_detail_page_knows_category_and_pictures", GET, detail_is_whole),
        Scenario::new("products::links_of_variants_start_with_the_base_path", GET, base_path_in_detail),
        Scenario::new("products::a_language_is_taken", GET, language),
        Scenario::new("products::a_customer_sees_the_catalogue_too", LIST, customer_sees).signed_in(),
        Scenario::new("products::hostile_ids_are_refused_before_any_call", &[], hostile_ids),
    ]
}

async fn list(s: &Subject, request: ListProducts) -> Paginated<Product> {
    list_as(s, &s.guest(), request).await
}

async fn list_as(s: &Subject, cx: &RequestContext, request: ListProducts) -> Paginated<Product> {
    let page = done("listing products", s.modules.products.list_products(cx, &request)).await;
    let length = page.data.len() as u64;
    assert!(length <= u64::from(request.page().limit), "{length} products on a page of {}", request.page().limit);
    let rest = page.total.saturating_sub(u64::from(request.page().offset));
    assert_eq!(
        length,
        rest.min(u64::from(request.page().limit)),
        "a page that is not full, of {} products",
        page.total
    );
    page
}

fn all() -> ListProducts {
    ListProducts { limit: limit(1000), ..ListProducts::default() }
}

fn ids(products: &[Product]) -> Vec<&ProductId> {
    products.iter().map(|product| &product.id).collect()
}

pub(crate) fn id_set(products: &[Product]) -> BTreeSet<&ProductId> {
    products.iter().map(|product| &product.id).collect()
}

/// Whether names are in order. Databases sort text by rules of their own: some heed case, spaces and hyphens.
pub(crate) fn sorted_by_name(products: &[Product]) -> bool {
    let letters = |name: &str| name.chars().filter(|c| c.is_alphanumeric()).collect::<String>().to_lowercase();
    products.is_sorted_by(|a, b| a.name <= b.name)
        || products.is_sorted_by_key(|product| product.name.to_lowercase())
        || products.is_sorted_by_key(|product| letters(&product.name))
}

async fn first_twelve(s: Subject) {
    let page = list(&s, ListProducts::default()).await;
    assert_eq!(page.data.len(), 12);
    assert_eq!(page.total, s.facts.catalogue.products, "the total counts all products");
}

async fn every_product_is_whole(s: Subject) {
    let page = list(&s, all()).await;
    assert_eq!(id_set(&page.data).len(), page.data.len(), "a product is listed twice");
    for product in &page.data {
        whole(product, &s.facts);
        assert!(product.variant_id.is_some(), "{} does not tell its variant", product.id);
    }
}

pub(crate) fn whole(product: &Product, facts: &Facts) {
    let name = &product.id;
    assert!(!product.name.is_empty() && !product.sku.is_empty(), "{name} has no name or no sku");
    assert!(product.link.starts_with('/') && !product.link.starts_with("//"), "{name} links to {}", product.link);
    let price = product.price.as_ref().unwrap_or_else(|| panic!("{name} has no price"));
    assert_eq!(price.currency, facts.home.currency, "the price of {name} is not of the default region");
    assert!(!price.value.is_zero(), "{name} is given away");
    assert!(!product.category.is_empty(), "{name} has no category");
    assert!(product.image.as_ref().is_some_and(|image| !image.url.is_empty()), "{name} has no picture");
    for tag in &product.tags {
        assert!(["default", "secondary", "destructive", "outline"].contains(&tag.variant.as_str()), "{tag:?}");
    }
}

async fn pages_are_the_list(s: Subject) {
    let by_name = |offset, length| ListProducts {
        sort: Some(Sort::ascending(ProductSort::Name)),
        limit: limit(length),
        offset: Some(offset),
        ..ListProducts::default()
    };
    let whole = list(&s, by_name(0, 1000)).await;
    let mut seen = Vec::new();
    for offset in (0..).step_by(10).take_while(|offset| u64::from(*offset) < whole.total) {
        let page = list(&s, by_name(offset, 10)).await;
        assert_eq!(page.total, whole.total, "the total changes from page to page");
        seen.extend(page.data);
    }
    assert_eq!(ids(&seen), ids(&whole.data), "pages overlap or leave gaps");
}

async fn page_of_none(s: Subject) {
    let page = list(&s, ListProducts { limit: limit(0), ..ListProducts::default() }).await;
    assert_eq!((page.data.len(), page.total), (0, s.facts.catalogue.products));
}

async fn page_beyond(s: Subject) {
    let page = list(&s, ListProducts { offset: Some(100_000), ..ListProducts::default() }).await;
    assert_eq!((page.data.len(), page.total), (0, s.facts.catalogue.products));
}

async fn category_by_any_name(s: Subject) {
    let category = s.facts.catalogue.category.clone();
    let mut seen = Vec::new();
    for name in [category.name.clone(), category.handle.clone(), category.id.clone()] {
        let page = list(&s, ListProducts { category: Some(name.clone()), ..all() }).await;
        assert_eq!(page.total, category.products, "products of category {name}");
        assert!(page.data.iter().all(|product| product.category == category.name), "another category in {name}");
        seen.push(page.data);
    }
    assert_eq!(id_set(&seen[0]), id_set(&seen[1]));
    assert_eq!(id_set(&seen[0]), id_set(&seen[2]));
}

async fn category_pages(s: Subject) {
    let category = &s.facts.catalogue.category;
    let request = ListProducts { category: Some(category.handle.clone()), limit: limit(2), ..ListProducts::default() };
    let page = list(&s, request).await;
    assert_eq!((page.data.len(), page.total), (2, category.products));
}

async fn unknown_category(s: Subject) {
    for name in ["no-such-category", "No such category, at all?"] {
        let page = list(&s, ListProducts { category: Some(name.to_owned()), ..all() }).await;
        assert_eq!((page.data.len(), page.total), (0, 0), "products of category {name:?}");
    }
}

fn in_collection(name: &str) -> ListProducts {
    ListProducts { collection: Some(name.to_owned()), ..all() }
}

async fn collection_by_any_name(s: Subject) {
    let collection = &s.facts.catalogue.collection;
    let by_handle = list(&s, in_collection(&collection.handle)).await;
    assert_eq!(by_handle.total, collection.products, "products of the collection");
    for name in [&collection.name, &collection.id] {
        assert_eq!(id_set(&list(&s, in_collection(name)).await.data), id_set(&by_handle.data), "by {name}");
    }
}

async fn unknown_collection(s: Subject) {
    let page = list(&s, in_collection("no such collection & more")).await;
    assert_eq!((page.data.len(), page.total), (0, 0));
}

async fn collection_and_category(s: Subject) {
    let catalogue = &s.facts.catalogue;
    let collected = list(&s, in_collection(&catalogue.collection.handle)).await;
    let categorised = list(&s, ListProducts { category: Some(catalogue.category.handle.clone()), ..all() }).await;
    let both = ListProducts {
        category: Some(catalogue.category.handle.clone()),
        ..in_collection(&catalogue.collection.handle)
    };
    let both = list(&s, both).await;
    let common: BTreeSet<_> = id_set(&collected.data).intersection(&id_set(&categorised.data)).copied().collect();
    assert_eq!(id_set(&both.data), common);
    assert!(both.total < collected.total, "the collection is of one category");
}

async fn categories(s: &Subject, request: ListCategories) -> Vec<Category> {
    done("listing categories", s.modules.products.list_categories(&s.guest(), &request)).await.data
}

async fn categories_listed(s: Subject) {
    let all = categories(&s, ListCategories::default()).await;
    let mut known = BTreeSet::new();
    for category in &all {
        assert!(!category.name.is_empty() && !category.handle.is_empty(), "{} has no name", category.id);
        let parent = category.parent_id.as_ref();
        assert!(parent.is_none_or(|parent| known.contains(parent)), "{} stands before its parent", category.id);
        assert!(known.insert(&category.id), "{} is listed twice", category.id);
    }
    let fact = &s.facts.catalogue.category;
    let found = all.iter().find(|category| category.id.as_str() == fact.id);
    assert_eq!(found.map(|found| (&found.name, &found.handle)), Some((&fact.name, &fact.handle)));
    let page = ListCategories { limit: limit(2), offset: Some(1), ..ListCategories::default() };
    assert_eq!(categories(&s, page).await, all[1..3], "a page of categories");
}

async fn categories_asked_for(s: Subject) {
    for category in categories(&s, ListCategories::default()).await {
        for name in [category.id.as_str(), &category.handle] {
            let wanted = ListProducts { category: Some(name.to_owned()), limit: limit(0), ..ListProducts::default() };
            let total = list(&s, wanted).await.total;
            let fact = &s.facts.catalogue.category;
            assert!(category.id.as_str() != fact.id || total == fact.products, "{total} products by {name}");
        }
    }
}

async fn collections(s: &Subject, request: ListCollections) -> Vec<Collection> {
    done("listing collections", s.modules.products.list_collections(&s.guest(), &request)).await.data
}

async fn collections_listed(s: Subject) {
    let all = collections(&s, ListCollections::default()).await;
    assert!(all.is_sorted_by_key(|collection| collection.name.to_lowercase()), "not by name: {all:?}");
    let ids: BTreeSet<_> = all.iter().map(|collection| &collection.id).collect();
    assert_eq!(ids.len(), all.len(), "a collection is listed twice");
    let fact = &s.facts.catalogue.collection;
    let found = all.iter().find(|collection| collection.id.as_str() == fact.id);
    assert_eq!(found.map(|found| (&found.name, &found.handle)), Some((&fact.name, &fact.handle)));
    let page = ListCollections { limit: limit(1), offset: Some(1), ..ListCollections::default() };
    assert_eq!(collections(&s, page).await, all[1..2], "a page of collections");
}

async fn types_divide(s: Subject) {
    let catalogue = &s.facts.catalogue;
    for (kind, expected) in [
        (ProductType::Virtual, catalogue.virtual_products),
        (ProductType::Physical, catalogue.products - catalogue.virtual_products),
    ] {
        let page = list(&s, ListProducts { kind: Some(kind), ..all() }).await;
        assert_eq!(page.total, expected, "products of type {kind:?}");
        assert!(page.data.iter().all(|product| product.kind == kind), "another type among {kind:?}");
    }
}

async fn category_and_type(s: Subject) {
    let category = &s.facts.catalogue.category;
    for (kind, expected) in [(ProductType::Virtual, 0), (ProductType::Physical, category.products)] {
        let request = ListProducts { kind: Some(kind), category: Some(category.name.clone()), ..all() };
        assert_eq!(list(&s, request).await.total, expected, "products of type {kind:?} in {}", category.name);
    }
}

async fn list_sorted_by_name(s: Subject) {
    let up = list(&s, ListProducts { sort: Some(Sort::ascending(ProductSort::Name)), ..all() }).await;
    let down = list(&s, ListProducts { sort: Some(Sort::descending(ProductSort::Name)), ..all() }).await;
    assert!(sorted_by_name(&up.data), "not sorted by name: {:?}", names(&up.data));
    let mut reversed = names(&down.data);
    reversed.reverse();
    assert_eq!(reversed, names(&up.data), "descending is not the reverse of ascending");
}

fn names(products: &[Product]) -> Vec<&str> {
    products.iter().map(|product| product.name.as_str()).collect()
}

async fn sorted_by_time(s: Subject) {
    for field in [ProductSort::CreatedAt, ProductSort::UpdatedAt] {
        for sort in [Sort::ascending(field), Sort::descending(field)] {
            let page = list(&s, ListProducts { sort: Some(sort), ..all() }).await;
            assert_eq!(page.total, s.facts.catalogue.products, "{sort:?}");
            assert_eq!(id_set(&page.data).len() as u64, page.total, "{sort:?} loses products");
        }
    }
}

async fn sorted_by_price(s: Subject) {
    let request = ListProducts { sort: Some(Sort::ascending(ProductSort::Price)), ..all() };
    if s.facts.sorts_by_price {
        let page = list(&s, request).await;
        let prices: Vec<_> = page.data.iter().map(|product| amount(product.price.as_ref(), "a price")).collect();
        assert!(prices.is_sorted(), "not sorted by price: {prices:?}");
    } else {
        let before = s.upstream_calls();
        let guest = s.guest();
        let error =
            invalid("sorting by price", s.modules.products.list_products(&guest, &request), "request.invalid").await;
        assert!(error.violation_list().iter().any(|violation| violation.field == "sort"), "{error}");
        assert_eq!(s.upstream_calls(), before, "the backend was called for a sort order that it does not have");
    }
}

async fn base_path_in_lists(s: Subject) {
    let request = ListProducts { base_path: Some(id("/de/produkte")), ..ListProducts::default() };
    for product in list(&s, request).await.data {
        assert!(product.link.starts_with("/de/produkte/"), "{} links to {}", product.id, product.link);
    }
}

async fn prices_of_region(s: Subject) {
    let Facts { home, abroad, .. } = &*s.facts;
    let guest = s.guest();
    let in_region = |region: &RegionId| RequestContext { region: Some(region.clone()), ..guest.clone() };
    let in_currency = |currency| RequestContext { currency: Some(currency), ..guest.clone() };
    let both = RequestContext { region: Some(home.id.clone()), ..in_currency(abroad.currency) };
    for (cx, expected, what) in [
        (guest.clone(), home.currency, "no wish"),
        (in_region(&home.id), home.currency, "the home region"),
        (in_region(&abroad.id), abroad.currency, "the other region"),
        (in_currency(home.currency), home.currency, "the home currency"),
        (in_currency(abroad.currency), abroad.currency, "the other currency"),
        (both, home.currency, "a region, and the currency of another"),
    ] {
        let page = list_as(&s, &cx, ListProducts { limit: limit(5), ..ListProducts::default() }).await;
        for product in page.data {
            let price = product.price.unwrap_or_else(|| panic!("{} has no price for {what}", product.id));
            assert_eq!(price.currency, expected, "the currency for {what}");
        }
    }
}

async fn unknown_region(s: Subject) {
    let cx = RequestContext { region: Some(id("reg_none")), ..s.guest() };
    let request = ListProducts::default();
    not_found("listing for an unknown region", s.modules.products.list_products(&cx, &request), "region.not_found")
        .await;
}

async fn get(s: &Subject, product: &ProductId, request: GetProduct) -> Product {
    done("getting a product", s.modules.products.get_product(&s.guest(), product, &request)).await
}

async fn unpublished(s: Subject) {
    let Some(handle) = &s.facts.catalogue.unpublished else { return };
    let (guest, request) = (s.guest(), GetProduct::default());
    let call = s.modules.products.get_product(&guest, handle, &request);
    not_found("getting an unpublished product", call, "product.not_found").await;
    let page = list(&s, all()).await;
    assert!(page.data.iter().all(|product| !product.link.contains(handle.as_str())), "{handle} is listed");
}

async fn by_id_and_handle(s: Subject) {
    let fact = &s.facts.variants.plain;
    let by_id = get(&s, &fact.product_id, GetProduct::default()).await;
    whole(&by_id, &s.facts);
    assert_eq!((&by_id.id, &by_id.name), (&fact.product_id, &fact.name));
    let by_handle = get(&s, &id(&fact.handle), GetProduct::default()).await;
    assert_eq!((by_handle.id, by_handle.name), (by_id.id, by_id.name));
}

async fn unknown_product(s: Subject) {
    let (guest, request) = (s.guest(), GetProduct::default());
    for name in ["prod_01NONE", "no-such-handle", "no such handle & more"] {
        let name: ProductId = id(name);
        let call = s.modules.products.get_product(&guest, &name, &request);
        not_found(&format!("getting product {name}"), call, "product.not_found").await;
    }
}

fn of_variant(variant: &VariantId) -> GetProduct {
    GetProduct { variant_id: Some(variant.clone()), ..GetProduct::default() }
}

async fn exact_price(s: Subject) {
    let facts = &s.facts.variants;
    for fact in [&facts.plain, &facts.other, &facts.service] {
        let product = get(&s, &fact.product_id, of_variant(&fact.variant_id)).await;
        let price = amount(product.price.as_ref(), "the price");
        assert_eq!(price.normalize(), fact.price.0.normalize(), "the price of {}", fact.sku);
    }
}

async fn product_price_of_region(s: Subject) {
    let fact = &s.facts.variants.plain;
    let abroad = &s.facts.abroad;
    for cx in [
        RequestContext { region: Some(abroad.id.clone()), ..s.guest() },
        RequestContext { currency: Some(abroad.currency), ..s.guest() },
    ] {
        let request = of_variant(&fact.variant_id);
        let call = s.modules.products.get_product(&cx, &fact.product_id, &request);
        let price = done("getting a product abroad", call).await.price;
        let price = price.unwrap_or_else(|| panic!("{} has no price abroad", fact.sku));
        assert_eq!((price.value.normalize(), price.currency), (fact.price_abroad.0.normalize(), abroad.currency));
    }
}

async fn variant_by_id_and_slug(s: Subject) {
    let fact = &s.facts.variants.other;
    let product = get(&s, &fact.product_id, GetProduct::default()).await;
    let variants = product.variants.unwrap_or_else(|| panic!("{} has no list of variants", fact.handle));
    assert!(variants.len() > 1, "a list of one variant");
    let slugs: BTreeSet<_> = variants.iter().map(|variant| &variant.slug).collect();
    assert_eq!(slugs.len(), variants.len(), "two variants share a slug");
    let last = &variants[variants.len() - 1];
    let by_id = get(&s, &fact.product_id, of_variant(&last.id)).await;
    assert_eq!(by_id.variant_id.as_ref(), Some(&last.id), "chosen by id");
    assert_eq!(last.link.as_ref(), Some(&by_id.link), "a variant's page is the one its link names");
    let by_slug = get(&s, &id(&fact.handle), of_variant(&id(&last.slug))).await;
    assert_eq!(by_slug, by_id, "chosen by slug");
    let by_fact = get(&s, &fact.product_id, of_variant(&fact.variant_id)).await;
    assert_eq!(by_fact.sku, fact.sku.as_str());
}

async fn unknown_variant(s: Subject) {
    let (guest, fact) = (s.guest(), &s.facts.variants.plain);
    for name in ["variant_01NONE", "no-such-slug"] {
        let request = of_variant(&id(name));
        let call = s.modules.products.get_product(&guest, &fact.product_id, &request);
        not_found(&format!("getting variant {name}"), call, "product.variant_not_found").await;
    }
}

async fn foreign_variant(s: Subject) {
    let (guest, facts) = (s.guest(), &s.facts.variants);
    let request = of_variant(&facts.other.variant_id);
    let call = s.modules.products.get_product(&guest, &facts.plain.product_id, &request);
    not_found("getting a variant of another product", call, "product.variant_not_found").await;
}

async fn option_groups(s: Subject) {
    let product = get(&s, &s.facts.variants.other.product_id, GetProduct::default()).await;
    let groups = product.option_groups.unwrap_or_default();
    assert!(groups.len() >= 2, "fewer than two option groups: {groups:?}");
    for variant in product.variants.unwrap_or_default() {
        let options = variant.options.unwrap_or_default();
        assert_eq!(options.len(), groups.len(), "{} does not choose in every group", variant.id);
        for group in &groups {
            let choice = options.get(&group.id);
            assert!(choice.is_some_and(|choice| group.values.contains(choice)), "{choice:?} is not in {group:?}");
            let distinct: BTreeSet<_> = group.values.iter().collect();
            assert_eq!(distinct.len(), group.values.len(), "a choice twice in {group:?}");
        }
    }
}

async fn option_group_labels(s: Subject) {
    let product = &s.facts.variants.other.product_id;
    let titles = |product: &Product| -> Vec<String> {
        product.option_groups.iter().flatten().map(|group| group.title.clone()).collect()
    };
    let own = titles(&get(&s, product, GetProduct::default()).await);
    let last = own[own.len() - 1].clone();
    let labels = vec![OptionGroupLabel { title: last.clone(), label: "Ihre Wahl".to_owned() }];
    let told = titles(&get(&s, product, GetProduct { variant_option_groups: labels, ..GetProduct::default() }).await);
    let rest = own.into_iter().filter(|title| *title != last);
    assert_eq!(told, std::iter::once("Ihre Wahl".to_owned()).chain(rest).collect::<Vec<_>>());
}

async fn stock_flags(s: Subject) {
    let facts = &s.facts.variants;
    for (fact, expected) in [
        (&facts.plain, true),
        (&facts.three_left, true),
        (&facts.sold_out, false),
        (&facts.backorder, true),
        (&facts.service, true),
    ] {
        let product = get(&s, &fact.product_id, GetProduct::default()).await;
        let Some(variants) = product.variants else { continue };
        let variant = variants.iter().find(|variant| variant.id == fact.variant_id);
        let variant = variant.unwrap_or_else(|| panic!("{} is not among the variants of {}", fact.sku, fact.handle));
        assert_eq!(variant.in_stock, Some(expected), "whether {} can be bought", fact.sku);
    }
}

async fn detail_is_whole(s: Subject) {
    let product = get(&s, &s.facts.variants.plain.product_id, GetProduct::default()).await;
    assert!(!product.category.is_empty(), "no category");
    assert!(product.images.as_ref().is_some_and(|images| !images.is_empty()), "no pictures");
    assert!(product.attributes.as_ref().is_some_and(|attributes| !attributes.is_empty()), "no technical data");
    assert!(!product.description.is_empty(), "no description");
    assert_eq!(product.kind, ProductType::Physical);
    let service = get(&s, &s.facts.variants.service.product_id, GetProduct::default()).await;
    assert_eq!(service.kind, ProductType::Virtual);
}

async fn base_path_in_detail(s: Subject) {
    let request = GetProduct { base_path: Some(id("/shop")), ..GetProduct::default() };
    let product = get(&s, &s.facts.variants.other.product_id, request).await;
    assert!(product.link.starts_with("/shop/"), "{}", product.link);
    for variant in product.variants.unwrap_or_default() {
        assert!(variant.link.as_ref().is_some_and(|link| link.starts_with("/shop/")), "{:?}", variant.link);
    }
}

async fn language(s: Subject) {
    let fact = &s.facts.variants.plain;
    for locale in ["en", "de-DE", "pl"] {
        let request = GetProduct { locale: Some(id(locale)), ..GetProduct::default() };
        let product = get(&s, &fact.product_id, request).await;
        assert_eq!(product.id, fact.product_id, "in {locale}");
        let cx = s.guest().with_locale(Some(id(locale)));
        assert_eq!(list_as(&s, &cx, ListProducts::default()).await.total, s.facts.catalogue.products, "in {locale}");
    }
}

async fn customer_sees(s: Subject) {
    let page = list_as(&s, &s.jane(), ListProducts::default()).await;
    assert_eq!(page.total, s.facts.catalogue.products);
}

async fn hostile_ids(s: Subject) {
    let before = s.upstream_calls();
    for text in ["", "..", "a/b", "../admin/users", "a?b", "a#b", "a%2Fb", "a;b", "a\\b", "a\nb", " a"] {
        assert!(text.parse::<ProductId>().is_err(), "{text:?} is taken as a product id");
        assert!(text.parse::<VariantId>().is_err(), "{text:?} is taken as a variant id");
        assert!(text.parse::<RegionId>().is_err(), "{text:?} is taken as a region id");
    }
    assert!("x".repeat(129).parse::<ProductId>().is_err(), "an id of 129 bytes is taken");
    assert_eq!(s.upstream_calls(), before);
}
