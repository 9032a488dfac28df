//! Which products a list is of: by category, by collection and by whether they are shipped.

use std::collections::HashMap;

use o2s_framework_core::context::RequestContext;
use o2s_framework_core::error::{Error, Result};
use o2s_framework_core::paging::Page;
use o2s_framework_core::products::{ListProducts, ProductType};
use o2s_framework_core::regions::Region;
use o2s_medusa_client::CustomerToken;

use super::service::Products;
use super::{KnowsProducts, TellsProduct, find_category, find_collection};

/// How many products are looked through for those without a type.
const SCAN_LIMIT: u64 = 5000;

/// How many of them one call answers: they are ids only.
const SCAN_PAGE: u32 = 1000;

/// How many ids one call may name.
// Medusa: there is no limit of its own, but Node takes 16 kB of request head, about 400 ids.
pub(super) const IDS_PER_CALL: usize = 250;

/// What Medusa is asked to select.
#[derive(Default)]
pub(crate) struct Selection {
    /// Medusa's name of the sort order.
    pub(crate) order: String,
    /// Only products of this category.
    pub(crate) category: Option<String>,
    /// Only products of this collection.
    pub(crate) collection: Option<String>,
    /// Only products of these types; of all, if empty.
    pub(crate) types: Vec<String>,
    /// No products of these types. Medusa has no such filter: see [`Products::page_without_types`].
    pub(super) without_types: Vec<String>,
}

/// A product and its type, as a list of all tells them.
pub(crate) struct Typed {
    pub(crate) id: String,
    pub(crate) type_id: Option<String>,
}

impl<S: KnowsProducts> Products<S> {
    /// What a request selects; none where nothing can match: an unknown category or collection, a type of which there is none.
    pub(super) async fn selection(
        &self,
        cx: &RequestContext,
        request: &ListProducts,
        order: &str,
    ) -> Result<Option<Selection>> {
        let mut selection = Selection { order: order.to_owned(), ..Selection::default() };
        if let Some(wanted) = &request.category {
            let categories = self.shop.categories(cx).await?;
            let Some(category) = find_category(&categories, wanted) else { return Ok(None) };
            selection.category = Some(category.id.to_string());
        }
        if let Some(wanted) = &request.collection {
            let collections = self.shop.collections(cx).await?;
            let Some(collection) = find_collection(&collections, wanted) else { return Ok(None) };
            selection.collection = Some(collection.id.to_string());
        }
        let Some(kind) = request.kind else { return Ok(Some(selection)) };
        let types = self.shop.product_types(cx).await?;
        match (kind, &types.physical) {
            (ProductType::Virtual, _) => selection.types.clone_from(&types.virtual_),
            (ProductType::Physical, Some(physical)) => selection.types.clone_from(physical),
            (ProductType::Physical, None) => {
                selection.without_types.clone_from(&types.virtual_);
                return Ok(Some(selection));
            }
        }
        Ok((!selection.types.is_empty()).then_some(selection))
    }

    /// A page of the selected products but those of some types, and how many there are.
    // Medusa: products can be filtered by types that they have, not by types that they lack, and no filter finds those
    // without a type. So the ids of all are looked through, and those of the page fetched.
    pub(super) async fn page_without_types(
        &self,
        cx: &RequestContext,
        token: Option<&CustomerToken>,
        region: &Region,
        selection: &Selection,
        page: Page,
    ) -> Result<(Vec<S::Product>, u64)> {
        let mut ids = Vec::new();
        let mut seen: u32 = 0;
        loop {
            let window = Page { limit: SCAN_PAGE, offset: seen };
            let (products, count) = self.shop.list_types(cx, token, selection, window).await?;
            if count > SCAN_LIMIT {
                return Err(Error::invalid(
                    "product.too_many_to_filter",
                    format!("More than {SCAN_LIMIT} products match: name a category as well, or leave out the type"),
                ));
            }
            let got = products.len();
            ids.extend(products.into_iter().filter_map(|product| {
                let dropped = product.type_id.as_ref().is_some_and(|kind| selection.without_types.contains(kind));
                (!dropped).then_some(product.id)
            }));
            seen = seen.saturating_add(u32::try_from(got).unwrap_or(u32::MAX));
            if got == 0 || u64::from(seen) >= count {
                break;
            }
        }
        let cut = page.cut(ids);
        let mut found = HashMap::with_capacity(cut.data.len());
        for chunk in cut.data.chunks(IDS_PER_CALL) {
            let chunk: Vec<&str> = chunk.iter().map(String::as_str).collect();
            for product in self.shop.products_by_id(cx, token, region, &chunk).await? {
                found.insert(product.id().to_owned(), product);
            }
        }
        Ok((cut.data.iter().filter_map(|id| found.remove(id)).collect(), cut.total))
    }
}
