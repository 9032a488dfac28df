//! Products of Medusa 1.

pub(super) mod line;
mod map;

use std::sync::Arc;

use async_trait::async_trait;
use o2s_framework_core::context::RequestContext;
use o2s_framework_core::error::Result;
use o2s_framework_core::ids::ProductId;
use o2s_framework_core::money::Currency;
use o2s_framework_core::paging::Page;
use o2s_framework_core::products::{Category, Collection};
use o2s_framework_core::regions::Region;
use o2s_medusa_client::CustomerToken;
use o2s_medusa_client::v1::store::products::{ListProducts, Product as WireProduct};
use o2s_medusa_client::v1::types::{Page as WirePage, PriceContext};

use super::{Shop, select, wire_page};
use crate::catalogue::selection::{Selection, Typed};
use crate::catalogue::{KnowsProducts, ProductTypes};
use crate::error::backend;
use map::{DETAIL_FIELDS, DETAIL_RELATIONS, LIST_FIELDS, LIST_RELATIONS};

/// A product, with the currency that its prices are in.
pub(crate) struct Priced {
    wire: WireProduct,
    currency: Currency,
}

#[async_trait]
impl KnowsProducts for Shop {
    type Product = Priced;

    async fn categories(&self, cx: &RequestContext) -> Result<Arc<Vec<Category>>> {
        Ok(Arc::clone(&self.directory.categories(cx).await?.all))
    }

    async fn collections(&self, cx: &RequestContext) -> Result<Arc<Vec<Collection>>> {
        self.directory.collections(cx).await
    }

    async fn product_types(&self, cx: &RequestContext) -> Result<Arc<ProductTypes>> {
        self.directory.types(cx).await
    }

    // Medusa: by its id a product is answered whatever its state, a draft too; a list has published ones only.
    async fn find_product(
        &self,
        cx: &RequestContext,
        token: Option<&CustomerToken>,
        region: &Region,
        id: &ProductId,
    ) -> Result<Option<Priced>> {
        let relations = self.relations(cx, DETAIL_RELATIONS).await?;
        let by_id = [id.as_str()];
        let ids = ListProducts { ids: &by_id, ..ListProducts::default() };
        let handle = ListProducts { handle: Some(id.as_str()), ..ListProducts::default() };
        let ways: &[ListProducts<'_>] = if id.as_str().starts_with("prod_") { &[ids, handle] } else { &[handle] };
        for way in ways {
            let endpoint = ListProducts {
                select: select(DETAIL_FIELDS, &relations),
                page: WirePage { limit: Some(1), offset: None },
                prices: prices(region),
                ..*way
            };
            let found = self.call(cx, token, &endpoint).await.map_err(backend)?.products;
            if let Some(wire) = found.into_iter().next() {
                return Ok(Some(Priced { wire, currency: region.currency }));
            }
        }
        Ok(None)
    }

    async fn list_products(
        &self,
        cx: &RequestContext,
        token: Option<&CustomerToken>,
        region: &Region,
        selection: &Selection,
        page: Page,
    ) -> Result<(Vec<Priced>, u64)> {
        let relations = self.relations(cx, LIST_RELATIONS).await?;
        let like =
            ListProducts { select: select(LIST_FIELDS, &relations), prices: prices(region), ..ListProducts::default() };
        let (products, count) = self.select_products(cx, token, &like, selection, page).await?;
        let priced = products.into_iter().map(|wire| Priced { wire, currency: region.currency });
        Ok((priced.collect(), count))
    }

    async fn list_types(
        &self,
        cx: &RequestContext,
        token: Option<&CustomerToken>,
        selection: &Selection,
        page: Page,
    ) -> Result<(Vec<Typed>, u64)> {
        // Medusa: without any relation the count is that of the page.
        let like = ListProducts {
            select: select("id,type_id,title,created_at,updated_at", "collection"),
            ..ListProducts::default()
        };
        let (products, count) = self.select_products(cx, token, &like, selection, page).await?;
        let typed = products.into_iter().map(|product| Typed { id: product.id, type_id: product.type_id });
        Ok((typed.collect(), count))
    }

    async fn products_by_id(
        &self,
        cx: &RequestContext,
        token: Option<&CustomerToken>,
        region: &Region,
        ids: &[&str],
    ) -> Result<Vec<Priced>> {
        let relations = self.relations(cx, LIST_RELATIONS).await?;
        let endpoint = ListProducts {
            select: select(LIST_FIELDS, &relations),
            // Medusa: without a limit, 100 are answered, however many ids there are.
            page: WirePage { limit: u32::try_from(ids.len()).ok(), offset: None },
            prices: prices(region),
            ids,
            ..ListProducts::default()
        };
        let products = self.call(cx, token, &endpoint).await.map_err(backend)?.products;
        Ok(products.into_iter().map(|wire| Priced { wire, currency: region.currency }).collect())
    }
}

fn prices(region: &Region) -> PriceContext<'_> {
    PriceContext { region_id: Some(region.id.as_str()), ..PriceContext::default() }
}

impl Shop {
    /// These relations of products, and their categories where the shop knows any.
    async fn relations(&self, cx: &RequestContext, relations: &str) -> Result<String> {
        let categories = if self.directory.categories(cx).await?.are_known { ",categories" } else { "" };
        Ok(format!("{relations}{categories}"))
    }

    async fn select_products(
        &self,
        cx: &RequestContext,
        token: Option<&CustomerToken>,
        like: &ListProducts<'_>,
        selection: &Selection,
        page: Page,
    ) -> Result<(Vec<WireProduct>, u64)> {
        let category: Vec<&str> = selection.category.as_deref().into_iter().collect();
        let collection: Vec<&str> = selection.collection.as_deref().into_iter().collect();
        let types: Vec<&str> = selection.types.iter().map(String::as_str).collect();
        let endpoint = ListProducts {
            page: wire_page(page),
            order: Some(&selection.order),
            category_ids: &category,
            collection_ids: &collection,
            type_ids: &types,
            ..*like
        };
        let mut found = self.call(cx, token, &endpoint).await.map_err(backend)?;
        found.products.truncate(page.limit as usize);
        Ok((found.products, found.count))
    }
}
