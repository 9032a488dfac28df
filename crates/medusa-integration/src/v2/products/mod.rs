//! Products of Medusa 2.

pub(crate) mod line;
mod map;

use std::sync::Arc;

use async_trait::async_trait;
use o2s_framework_core::context::RequestContext;
use o2s_framework_core::error::Result;
use o2s_framework_core::ids::ProductId;
use o2s_framework_core::paging::Page;
use o2s_framework_core::products::{Category, Collection};
use o2s_framework_core::regions::Region;
use o2s_medusa_client::CustomerToken;
use o2s_medusa_client::v2::store::products::{GetProduct, ListProducts, Product as WireProduct};
use o2s_medusa_client::v2::types::{Page as WirePage, PriceContext};

use super::Shop;
use crate::catalogue::selection::{Selection, Typed};
use crate::catalogue::{KnowsProducts, ProductTypes};
use crate::context::call_context;
use crate::error::{backend, is_not_found};
use map::{DETAIL_FIELDS, LIST_FIELDS};

#[async_trait]
impl KnowsProducts for Shop {
    type Product = WireProduct;

    async fn categories(&self, cx: &RequestContext) -> Result<Arc<Vec<Category>>> {
        self.directory.categories(cx).await
    }

    async fn collections(&self, cx: &RequestContext) -> Result<Arc<Vec<Collection>>> {
        self.directory.collections(cx).await
    }

    async fn product_types(&self, cx: &RequestContext) -> Result<Arc<ProductTypes>> {
        self.directory.types(cx).await
    }

    /// One call, unless something that looks like an id is a handle.
    async fn find_product(
        &self,
        cx: &RequestContext,
        token: Option<&CustomerToken>,
        region: &Region,
        id: &ProductId,
    ) -> Result<Option<WireProduct>> {
        let (call, prices) = (call_context(cx), prices(region));
        if id.as_str().starts_with("prod_") {
            let endpoint = GetProduct { id: id.as_str(), fields: Some(DETAIL_FIELDS), prices };
            match self.store.call(&call, token, &endpoint).await {
                Ok(answer) => return Ok(Some(answer.product)),
                Err(error) if is_not_found(&error) => {}
                Err(error) => return Err(backend(error)),
            }
        }
        let endpoint = ListProducts {
            fields: Some(DETAIL_FIELDS),
            page: WirePage { limit: Some(1), ..WirePage::default() },
            prices,
            handle: Some(id.as_str()),
            ..ListProducts::default()
        };
        let found = self.store.call(&call, token, &endpoint).await.map_err(backend)?;
        Ok(found.products.into_iter().next())
    }

    async fn list_products(
        &self,
        cx: &RequestContext,
        token: Option<&CustomerToken>,
        region: &Region,
        selection: &Selection,
        page: Page,
    ) -> Result<(Vec<WireProduct>, u64)> {
        self.select(cx, token, LIST_FIELDS, prices(region), selection, page).await
    }

    async fn list_types(
        &self,
        cx: &RequestContext,
        token: Option<&CustomerToken>,
        selection: &Selection,
        page: Page,
    ) -> Result<(Vec<Typed>, u64)> {
        let (products, count) = self.select(cx, token, "id,type_id", PriceContext::default(), selection, page).await?;
        let typed = products.into_iter().map(|product| Typed { id: product.id, type_id: product.type_id });
        Ok((typed.collect(), count))
    }

    async fn products_by_id(
        &self,
        cx: &RequestContext,
        token: Option<&CustomerToken>,
        region: &Region,
        ids: &[&str],
    ) -> Result<Vec<WireProduct>> {
        let endpoint = ListProducts {
            fields: Some(LIST_FIELDS),
            // Medusa: without a limit, 50 are answered, however many ids there are.
            page: WirePage { limit: u32::try_from(ids.len()).ok(), ..WirePage::default() },
            prices: prices(region),
            ids,
            ..ListProducts::default()
        };
        Ok(self.store.call(&call_context(cx), token, &endpoint).await.map_err(backend)?.products)
    }
}

fn prices(region: &Region) -> PriceContext<'_> {
    PriceContext { region_id: Some(region.id.as_str()), ..PriceContext::default() }
}

impl Shop {
    async fn select(
        &self,
        cx: &RequestContext,
        token: Option<&CustomerToken>,
        fields: &str,
        prices: PriceContext<'_>,
        selection: &Selection,
        page: Page,
    ) -> Result<(Vec<WireProduct>, u64)> {
        let category: Vec<&str> = selection.category.as_deref().into_iter().collect();
        let collection: Vec<&str> = selection.collection.as_deref().into_iter().collect();
        let types: Vec<&str> = selection.types.iter().map(String::as_str).collect();
        let endpoint = ListProducts {
            fields: Some(fields),
            page: WirePage { limit: Some(page.limit), offset: Some(page.offset), order: Some(&selection.order) },
            prices,
            category_ids: &category,
            collection_ids: &collection,
            type_ids: &types,
            ..ListProducts::default()
        };
        let found = self.store.call(&call_context(cx), token, &endpoint).await.map_err(backend)?;
        Ok((found.products, found.count))
    }
}
