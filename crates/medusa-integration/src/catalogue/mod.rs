//! The catalogue, whichever Medusa keeps it: categories, collections, and what is shown of a product.

pub(crate) mod listing;
mod related;
pub(crate) mod selection;
pub(crate) mod service;

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use async_trait::async_trait;
use o2s_framework_core::context::RequestContext;
use o2s_framework_core::error::Result;
use o2s_framework_core::ids::ProductId;
use o2s_framework_core::paging::Page;
use o2s_framework_core::products::{Category, Collection};
use o2s_framework_core::regions::Region;
use o2s_medusa_client::CustomerToken;

use crate::map;
use crate::regions::KnowsRegions;
use listing::{Listing, is_virtual};
use selection::{IDS_PER_CALL, Selection, Typed};

/// A shop that can be asked for its products. Prices are those of the region, and of the customer whose token it is.
#[async_trait]
pub(crate) trait KnowsProducts: KnowsRegions + 'static {
    /// A product, as an answer tells it.
    type Product: TellsProduct;

    /// The categories that are shown, in the order of their tree; kept for minutes.
    async fn categories(&self, cx: &RequestContext) -> Result<Arc<Vec<Category>>>;

    /// The collections, by name; kept for minutes.
    async fn collections(&self, cx: &RequestContext) -> Result<Arc<Vec<Collection>>>;

    /// The product types; kept for minutes.
    async fn product_types(&self, cx: &RequestContext) -> Result<Arc<ProductTypes>>;

    /// The product of this id or handle, with all that its page shows; none where none is for sale.
    async fn find_product(
        &self,
        cx: &RequestContext,
        token: Option<&CustomerToken>,
        region: &Region,
        id: &ProductId,
    ) -> Result<Option<Self::Product>>;

    /// A page of the selected products, with what a list shows, and how many there are in all. Types that are not
    /// wanted are not looked at.
    async fn list_products(
        &self,
        cx: &RequestContext,
        token: Option<&CustomerToken>,
        region: &Region,
        selection: &Selection,
        page: Page,
    ) -> Result<(Vec<Self::Product>, u64)>;

    /// As [`Self::list_products`], with no more than the type of each.
    async fn list_types(
        &self,
        cx: &RequestContext,
        token: Option<&CustomerToken>,
        selection: &Selection,
        page: Page,
    ) -> Result<(Vec<Typed>, u64)>;

    /// Those of these products that are for sale, with what a list shows, in any order.
    async fn products_by_id(
        &self,
        cx: &RequestContext,
        token: Option<&CustomerToken>,
        region: &Region,
        ids: &[&str],
    ) -> Result<Vec<Self::Product>>;
}

/// A product, as an answer tells it.
pub(crate) trait TellsProduct: Send + Sync {
    /// Its id.
    fn id(&self) -> &str;

    /// What is shown of it.
    fn listing(&self) -> Result<Listing<'_>>;

    /// When it was made, RFC 3339.
    fn created_at(&self) -> Option<&str>;

    /// When it was changed, RFC 3339.
    fn updated_at(&self) -> Option<&str>;
}

/// The product types by whether their products are shipped.
#[derive(Clone, Debug)]
pub(crate) struct ProductTypes {
    pub(crate) virtual_: Vec<String>,
    /// Those that are shipped; none where they do not tell which products are: some have no type, and no filter of Medusa's
    /// finds them, or there are too many types to name.
    pub(crate) physical: Option<Vec<String>>,
}

impl ProductTypes {
    /// A shop's types, by id and name.
    pub(crate) fn of(types: impl Iterator<Item = (String, Option<String>)>) -> Self {
        let (virtual_, physical): (Vec<_>, Vec<_>) = types.partition(|(_, name)| is_virtual(name.as_deref()));
        let ids =
            |types: Vec<(String, Option<String>)>| -> Vec<String> { types.into_iter().map(|(id, _)| id).collect() };
        let can_be_named = virtual_.len() + physical.len() <= IDS_PER_CALL;
        Self { virtual_: ids(virtual_), physical: can_be_named.then(|| ids(physical)) }
    }

    /// All types; none where there are too many to name.
    pub(crate) fn all(&self) -> Option<Vec<&str>> {
        let physical = self.physical.as_ref()?;
        Some(physical.iter().chain(&self.virtual_).map(String::as_str).collect())
    }
}

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

/// A category as a Medusa tells it.
pub(crate) struct ToldCategory {
    pub(crate) id: Option<String>,
    pub(crate) name: Option<String>,
    pub(crate) handle: Option<String>,
    pub(crate) description: Option<String>,
    /// Its place among its siblings.
    pub(crate) rank: Option<i64>,
    pub(crate) parent: Option<String>,
}

/// The categories, in the order of their tree. One without an id, name or handle cannot be asked for and is left out.
pub(crate) fn categories(told: impl Iterator<Item = ToldCategory>) -> Result<Vec<Category>> {
    let complete =
        told.filter_map(|told| Some((told.rank, told.id?, told.name?, told.handle?, told.description, told.parent)));
    let ranked = complete.map(|(rank, id, name, handle, description, parent)| {
        let category = Category {
            id: map::id(&id, "category.id")?,
            name,
            handle,
            description: map::text(description.as_ref()),
            parent_id: parent.map(|id| map::id(&id, "category.parent_category_id")).transpose()?,
        };
        Ok((rank.unwrap_or(i64::MAX), category))
    });
    Ok(in_tree_order(ranked.collect::<Result<_>>()?))
}

/// The collections, told by id, name and handle, by name.
pub(crate) fn collections(
    told: impl Iterator<Item = (String, Option<String>, Option<String>)>,
) -> Result<Vec<Collection>> {
    let collection = |(id, name, handle): (String, Option<String>, Option<String>)| {
        let (name, handle) = (name.unwrap_or_default(), handle.unwrap_or_default());
        Ok(Collection { id: map::id(&id, "collection.id")?, name, handle })
    };
    let mut collections: Vec<Collection> = told.map(collection).collect::<Result<_>>()?;
    collections.sort_by(|a, b| (&a.name, &a.id).cmp(&(&b.name, &b.id)));
    Ok(collections)
}

/// Categories with their ranks among their siblings, each after the one that it is a part of.
fn in_tree_order(mut ranked: Vec<(i64, Category)>) -> Vec<Category> {
    ranked.sort_by(|(rank, a), (other, b)| (rank, &a.name, &a.id).cmp(&(other, &b.name, &b.id)));
    let known: HashSet<_> = ranked.iter().map(|(_, category)| category.id.clone()).collect();
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
