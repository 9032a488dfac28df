//! Which products a list is of: by category and by whether they are shipped.

use std::collections::HashMap;

use o2s_framework_core::context::RequestContext;
use o2s_framework_core::error::{Error, Result};
use o2s_framework_core::paging::Page;
use o2s_framework_core::products::{ListProducts, ProductType};
use o2s_medusa_client::CustomerToken;
use o2s_medusa_client::v2::store::products::{ListProducts as ListWireProducts, Product as WireProduct};
use o2s_medusa_client::v2::types::{Page as WirePage, PriceContext};

use super::Products;
use crate::catalogue::{find_category, find_collection};
use crate::context::call_context;
use crate::error::backend;

/// How many products are looked through for those without a type.
const SCAN_LIMIT: u64 = 5000;

/// How many of them one call answers: they are ids only.
const SCAN_PAGE: u32 = 1000;

/// How many ids one call may name.
// Medusa: there is no limit of its own, but Node takes 16 kB of request head, about 400 ids.
pub(super) const IDS_PER_CALL: usize = 250;

/// What Medusa is asked to select.
#[derive(Default)]
pub(super) struct Selection {
    /// Only products of this category.
    pub(super) category: Option<String>,
    /// Only products of this collection.
    pub(super) collection: Option<String>,
    /// Only products of these types; of all, if empty.
    pub(super) types: Vec<String>,
    /// No products of these types. Medusa has no such filter: see [`Products::page_without_types`].
    pub(super) without_types: Vec<String>,
}

impl Products {
    /// What a request selects; none where nothing can match: an unknown category or collection, a type of which there is none.
    pub(super) async fn selection(&self, cx: &RequestContext, request: &ListProducts) -> Result<Option<Selection>> {
        let mut selection = Selection::default();
        if let Some(wanted) = &request.category {
            let categories = self.shop.directory.categories(cx).await?;
            let Some(category) = find_category(&categories, wanted) else { return Ok(None) };
            selection.category = Some(category.id.to_string());
        }
        if let Some(wanted) = &request.collection {
            let collections = self.shop.directory.collections(cx).await?;
            let Some(collection) = find_collection(&collections, wanted) else { return Ok(None) };
            selection.collection = Some(collection.id.to_string());
        }
        let Some(kind) = request.kind else { return Ok(Some(selection)) };
        let types = self.shop.directory.types(cx).await?;
        match kind {
            ProductType::Virtual => selection.types.clone_from(&types.virtual_),
            ProductType::Physical if types.has_untyped_products => {
                selection.without_types.clone_from(&types.virtual_);
                return Ok(Some(selection));
            }
            ProductType::Physical => selection.types.clone_from(&types.physical),
        }
        Ok((!selection.types.is_empty()).then_some(selection))
    }

    /// A page of the products that `all` selects but those of some types, and how many there are.
    // Medusa: products can be filtered by types that they have, not by types that they lack, and no filter finds those
    // without a type. So the ids of all are looked through, and those of the page fetched.
    pub(super) async fn page_without_types(
        &self,
        cx: &RequestContext,
        token: Option<&CustomerToken>,
        all: &ListWireProducts<'_>,
        page: Page,
        types: &[String],
    ) -> Result<(Vec<WireProduct>, u64)> {
        let mut ids = Vec::new();
        let mut seen: u32 = 0;
        loop {
            let light = ListWireProducts {
                fields: Some("id,type_id"),
                page: WirePage { limit: Some(SCAN_PAGE), offset: Some(seen), ..all.page },
                prices: PriceContext::default(),
                ..*all
            };
            let answer = self.shop.store.call(&call_context(cx), token, &light).await.map_err(backend)?;
            if answer.count > SCAN_LIMIT {
                return Err(Error::invalid(
                    "product.too_many_to_filter",
                    format!("More than {SCAN_LIMIT} products match: name a category as well, or leave out the type"),
                ));
            }
            let got = answer.products.len();
            ids.extend(answer.products.into_iter().filter_map(|product| {
                let dropped = product.type_id.as_ref().is_some_and(|kind| types.contains(kind));
                (!dropped).then_some(product.id)
            }));
            seen = seen.saturating_add(u32::try_from(got).unwrap_or(u32::MAX));
            if got == 0 || u64::from(seen) >= answer.count {
                break;
            }
        }
        let cut = page.cut(ids);
        let products = self.products_of(cx, token, all, &cut.data).await?;
        Ok((products, cut.total))
    }

    /// These products, in this order.
    async fn products_of(
        &self,
        cx: &RequestContext,
        token: Option<&CustomerToken>,
        like: &ListWireProducts<'_>,
        ids: &[String],
    ) -> Result<Vec<WireProduct>> {
        let mut found = HashMap::with_capacity(ids.len());
        for chunk in ids.chunks(IDS_PER_CALL) {
            let chunk: Vec<&str> = chunk.iter().map(String::as_str).collect();
            let limit = u32::try_from(chunk.len()).unwrap_or(u32::MAX);
            let endpoint = ListWireProducts {
                fields: like.fields,
                page: WirePage { limit: Some(limit), offset: None, order: like.page.order },
                prices: like.prices,
                ids: &chunk,
                ..ListWireProducts::default()
            };
            let answer = self.shop.store.call(&call_context(cx), token, &endpoint).await.map_err(backend)?;
            found.extend(answer.products.into_iter().map(|product| (product.id.clone(), product)));
        }
        Ok(ids.iter().filter_map(|id| found.remove(id)).collect())
    }
}
