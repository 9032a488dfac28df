//! Products that relate to a variant.

use o2s_framework_core::paging::Paginated;
use o2s_framework_core::products::{ListRelatedProducts, Product, ProductReferenceType, ProductSort, ProductType};
use o2s_framework_core::sort::Sort;

use crate::Scenario;
use crate::check::{done, not_found};
use crate::facts::VariantFact;
use crate::products::{id_set, sorted_by_name, whole};
use crate::shopping::{id, limit};
use crate::subject::Subject;

const RELATED: &[&str] = &["products.list_related_products"];

pub(crate) fn scenarios() -> Vec<Scenario> {
    vec![
        Scenario::new("related::products_are_products", RELATED, related),
        Scenario::new("related::products_are_told_apart_by_kind", RELATED, related_by_kind),
        Scenario::new("related::products_are_paged", RELATED, related_paged),
        Scenario::new("related::relations_of_an_unknown_product_are_not_found", RELATED, related_to_nothing),
    ]
}

fn relations(fact: &VariantFact) -> ListRelatedProducts {
    ListRelatedProducts {
        limit: limit(1000),
        ..ListRelatedProducts::of(fact.product_id.clone(), fact.variant_id.clone())
    }
}

async fn list_related(s: &Subject, request: ListRelatedProducts) -> Paginated<Product> {
    done("listing related products", s.modules.products.list_related_products(&s.guest(), &request)).await
}

async fn related(s: Subject) {
    let Some(fact) = &s.facts.catalogue.related else { panic!("the facts name no variant with relations") };
    let page = list_related(&s, relations(fact)).await;
    assert!(!page.data.is_empty() && page.total == page.data.len() as u64, "{} of {}", page.data.len(), page.total);
    for product in &page.data {
        whole(product, &s.facts);
        assert_ne!(product.id, fact.product_id, "a product relates to itself");
    }
}

async fn related_by_kind(s: Subject) {
    let Some(fact) = &s.facts.catalogue.related else { panic!("the facts name no variant with relations") };
    let whole = list_related(&s, relations(fact)).await;
    let mut sum = 0;
    for kind in [
        ProductReferenceType::SparePart,
        ProductReferenceType::Replacement,
        ProductReferenceType::CompatibleService,
        ProductReferenceType::Accessory,
        ProductReferenceType::Tool,
    ] {
        let page = list_related(&s, ListRelatedProducts { kind: Some(kind), ..relations(fact) }).await;
        assert!(id_set(&page.data).is_subset(&id_set(&whole.data)), "{kind:?} holds what the whole list lacks");
        if kind == ProductReferenceType::CompatibleService {
            assert!(page.data.iter().all(|product| product.kind == ProductType::Virtual), "a service that ships");
        }
        sum += page.total;
    }
    assert_eq!(sum, whole.total, "the kinds together are the whole list");
}

async fn related_paged(s: Subject) {
    let Some(fact) = &s.facts.catalogue.related else { panic!("the facts name no variant with relations") };
    let whole = list_related(&s, relations(fact)).await;
    let sorted = ListRelatedProducts { sort: Some(Sort::ascending(ProductSort::Name)), ..relations(fact) };
    let by_name = list_related(&s, sorted.clone()).await;
    assert!(sorted_by_name(&by_name.data), "not sorted by name");
    let page = list_related(&s, ListRelatedProducts { limit: limit(1), offset: Some(1), ..sorted }).await;
    assert_eq!(page.total, whole.total);
    assert_eq!(page.data.first(), by_name.data.get(1), "the second product");
}

async fn related_to_nothing(s: Subject) {
    let guest = s.guest();
    let facts = &s.facts.variants;
    let nowhere = ListRelatedProducts::of(id("prod_01NONE"), facts.plain.variant_id.clone());
    let call = s.modules.products.list_related_products(&guest, &nowhere);
    not_found("relations of an unknown product", call, "product.not_found").await;
    let amiss = ListRelatedProducts::of(facts.plain.product_id.clone(), id("variant_01NONE"));
    let call = s.modules.products.list_related_products(&guest, &amiss);
    not_found("relations of an unknown variant", call, "product.variant_not_found").await;
}
