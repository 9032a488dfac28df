//! The catalogue, whichever Medusa keeps it: categories, collections, and what is shown of a product.

pub(crate) mod listing;

use std::collections::HashMap;

use o2s_framework_core::products::{Category, Collection};

/// The category of this name, handle or id; names in any case.
pub(crate) fn find_category<'a>(categories: &'a [Category], wanted: &str) -> Option<&'a Category> {
    categories.iter().find(|category| is_called(wanted, category.id.as_str(), &category.handle, &category.name))
}

/// The collection of this name, handle or id; names in any case.
pub(crate) fn find_collection<'a>(collections: &'a [Collection], wanted: &str) -> Option<&'a Collection> {
    collections
        .iter()
        .find(|collection| is_called(wanted, collection.id.as_str(), &collection.handle, &collection.name))
}

fn is_called(wanted: &str, id: &str, handle: &str, name: &str) -> bool {
    id == wanted || handle == wanted || name.to_lowercase() == wanted.to_lowercase()
}

/// Categories with their ranks among their siblings, each after the one that it is a part of.
pub(crate) fn in_tree_order(mut ranked: Vec<(i64, Category)>) -> Vec<Category> {
    ranked.sort_by(|(rank, a), (other, b)| (rank, &a.name, &a.id).cmp(&(other, &b.name, &b.id)));
    let known: Vec<_> = ranked.iter().map(|(_, category)| category.id.clone()).collect();
    let mut children: HashMap<_, Vec<Category>> = HashMap::new();
    let mut open = Vec::new();
    for (_, category) in ranked {
        match category.parent_id.clone().filter(|parent| known.contains(parent)) {
            Some(parent) => children.entry(parent).or_default().push(category),
            // One whose parent is not shown stands with the first ones.
            None => open.push(category),
        }
    }
    let mut ordered = Vec::with_capacity(known.len());
    open.reverse();
    while let Some(category) = open.pop() {
        open.extend(children.remove(&category.id).unwrap_or_default().into_iter().rev());
        ordered.push(category);
    }
    ordered
}

#[cfg(test)]
mod tests {
    use super::*;

    fn category(id: &str, parent: Option<&str>) -> Category {
        Category {
            id: id.parse().expect("an id"),
            name: id.to_uppercase(),
            handle: format!("{id}-handle"),
            description: None,
            parent_id: parent.map(|id| id.parse().expect("an id")),
        }
    }

    #[test]
    fn a_category_follows_the_one_that_it_is_a_part_of() {
        let ordered = in_tree_order(vec![
            (0, category("b", Some("a"))),
            (1, category("c", Some("a"))),
            (1, category("d", None)),
            (0, category("e", Some("b"))),
            (0, category("a", None)),
            (2, category("f", Some("hidden"))),
        ]);
        let ids: Vec<_> = ordered.iter().map(|category| category.id.as_str()).collect();
        assert_eq!(ids, ["a", "b", "e", "c", "d", "f"]);
    }

    #[test]
    fn a_category_goes_by_name_handle_and_id() {
        let all = [category("a", None), category("b", None)];
        for wanted in ["b", "b-handle", "B"] {
            assert_eq!(find_category(&all, wanted).map(|found| found.id.as_str()), Some("b"), "{wanted}");
        }
        assert!(find_category(&all, "B-HANDLE").is_none() && find_category(&all, "").is_none());
    }
}
