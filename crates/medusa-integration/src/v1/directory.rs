//! What a shop rarely changes: regions, categories, collections, product types, reasons for returns.

pub(super) mod map;

use std::collections::HashMap;
use std::sync::Arc;

use moka::future::Cache;
use o2s_framework_core::context::RequestContext;
use o2s_framework_core::error::Result;
use o2s_framework_core::ids::RegionId;
use o2s_framework_core::payments::PaymentProvider;
use o2s_framework_core::products::{Category, Collection};
use o2s_framework_core::returns::ReturnReason;
use o2s_medusa_client::v1::StoreClient;
use o2s_medusa_client::v1::store::StoreEndpoint;
use o2s_medusa_client::v1::store::categories::ListCategories;
use o2s_medusa_client::v1::store::collections::ListCollections;
use o2s_medusa_client::v1::store::product_types::ListProductTypes;
use o2s_medusa_client::v1::store::products::ListProducts;
use o2s_medusa_client::v1::store::regions::ListRegions;
use o2s_medusa_client::v1::store::return_reasons::ListReturnReasons;
use o2s_medusa_client::v1::types::Page;

use super::{call, select};
use crate::catalogue::{ProductTypes, collections};
use crate::error::{backend, is_not_found};
use crate::kept::{PART, by_key, fetched, whole};
use crate::regions::AllRegions;

/// A part of a list that is fetched whole.
fn part(offset: u32) -> Page {
    Page { limit: Some(PART), offset: Some(offset) }
}

/// The regions, and the payment providers of each.
struct Regions {
    all: Arc<AllRegions>,
    providers: HashMap<RegionId, Arc<Vec<PaymentProvider>>>,
}

/// The categories of a shop, which may have none at all.
pub(super) struct Categories {
    pub(super) all: Arc<Vec<Category>>,
    /// Whether the shop knows categories: they are a feature that may be turned off.
    pub(super) are_known: bool,
}

/// The shop's directory.
pub(super) struct Directory {
    store: StoreClient,
    regions: Cache<(), Arc<Regions>>,
    categories: Cache<(), Arc<Categories>>,
    collections: Cache<(), Arc<Vec<Collection>>>,
    return_reasons: Cache<(), Arc<Vec<ReturnReason>>>,
    types: Cache<(), Arc<ProductTypes>>,
}

impl Directory {
    pub(super) fn new(store: StoreClient) -> Self {
        Self {
            store,
            regions: by_key(1),
            categories: by_key(1),
            collections: by_key(1),
            return_reasons: by_key(1),
            types: by_key(1),
        }
    }

    /// The regions.
    pub(super) async fn regions(&self, cx: &RequestContext) -> Result<Arc<AllRegions>> {
        let regions = fetched(&self.regions, (), self.fetch_regions(cx)).await?;
        Ok(Arc::clone(&regions.all))
    }

    /// The payment providers of a region; none of one that is unknown.
    pub(super) async fn providers(&self, cx: &RequestContext, region: &RegionId) -> Result<Arc<Vec<PaymentProvider>>> {
        let regions = fetched(&self.regions, (), self.fetch_regions(cx)).await?;
        Ok(regions.providers.get(region).cloned().unwrap_or_default())
    }

    /// The categories that are shown, in the order of their tree.
    pub(super) async fn categories(&self, cx: &RequestContext) -> Result<Arc<Categories>> {
        fetched(&self.categories, (), self.fetch_categories(cx)).await
    }

    /// The collections, by name.
    pub(super) async fn collections(&self, cx: &RequestContext) -> Result<Arc<Vec<Collection>>> {
        fetched(&self.collections, (), self.fetch_collections(cx)).await
    }

    /// The reasons that a return may give, each before its kinds.
    pub(super) async fn return_reasons(&self, cx: &RequestContext) -> Result<Arc<Vec<ReturnReason>>> {
        fetched(&self.return_reasons, (), self.fetch_return_reasons(cx)).await
    }

    /// The product types.
    pub(super) async fn types(&self, cx: &RequestContext) -> Result<Arc<ProductTypes>> {
        fetched(&self.types, (), self.fetch_types(cx)).await
    }

    async fn ask<E: StoreEndpoint>(&self, cx: &RequestContext, endpoint: &E) -> Result<E::Response> {
        call(&self.store, cx, None, endpoint).await.map_err(backend)
    }

    async fn fetch_regions(&self, cx: &RequestContext) -> Result<Regions> {
        // Medusa: with relations, a field that the list is sorted by must be there.
        let select = select("id,name,currency_code,created_at", "countries,payment_providers");
        let answer = self.ask(cx, &ListRegions { select, page: part(0), ..ListRegions::default() }).await?;
        Ok(Regions { all: Arc::new(map::regions(&answer.regions)?), providers: map::providers(&answer.regions)? })
    }

    async fn fetch_categories(&self, cx: &RequestContext) -> Result<Categories> {
        let told = whole(|offset| async move {
            let select = select("id,name,handle,description,rank,parent_category_id", "");
            let endpoint = ListCategories { select, page: part(offset), ..ListCategories::default() };
            let answer = call(&self.store, cx, None, &endpoint).await?;
            Ok((answer.product_categories, answer.count))
        });
        match told.await {
            Ok(told) => Ok(Categories { all: Arc::new(map::categories(told)?), are_known: true }),
            // Medusa: a shop without the feature has no such route.
            Err(error) if is_not_found(&error) => Ok(Categories { all: Arc::default(), are_known: false }),
            Err(error) => Err(backend(error)),
        }
    }

    async fn fetch_collections(&self, cx: &RequestContext) -> Result<Vec<Collection>> {
        let told = whole(|offset| async move {
            let answer = self.ask(cx, &ListCollections { page: part(offset), ..ListCollections::default() }).await?;
            Ok((answer.collections, answer.count))
        });
        collections(told.await?.into_iter().map(|wire| (wire.id, wire.title, wire.handle)))
    }

    async fn fetch_return_reasons(&self, cx: &RequestContext) -> Result<Vec<ReturnReason>> {
        map::return_reasons(&self.ask(cx, &ListReturnReasons).await?.return_reasons)
    }

    async fn fetch_types(&self, cx: &RequestContext) -> Result<ProductTypes> {
        let told = whole(|offset| async move {
            let answer = self.ask(cx, &ListProductTypes { page: part(offset), ..ListProductTypes::default() }).await?;
            Ok((answer.product_types, answer.count))
        });
        let mut types = ProductTypes::of(told.await?.into_iter().map(|wire| (wire.id, wire.value)));
        let Some(ids) = types.all() else { return Ok(types) };
        // Medusa: without any relation the count is that of the page.
        let page = Page { limit: Some(1), offset: None };
        let all = ListProducts { select: select("id", "collection"), page, ..ListProducts::default() };
        let with_type = ListProducts { type_ids: &ids, ..all };
        let all = self.ask(cx, &all).await?.count;
        let with_type = if ids.is_empty() { 0 } else { self.ask(cx, &with_type).await?.count };
        if with_type < all {
            types.physical = None;
        }
        Ok(types)
    }
}
