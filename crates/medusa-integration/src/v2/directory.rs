//! What a shop rarely changes: regions, categories, collections, product types, reasons for returns.

pub(super) mod map;

use std::sync::Arc;

use moka::future::Cache;
use o2s_framework_core::context::RequestContext;
use o2s_framework_core::error::Result;
use o2s_framework_core::ids::RegionId;
use o2s_framework_core::payments::PaymentProvider;
use o2s_framework_core::products::{Category, Collection};
use o2s_framework_core::returns::ReturnReason;
use o2s_medusa_client::CallContext;
use o2s_medusa_client::v2::StoreClient;
use o2s_medusa_client::v2::store::categories::ListCategories;
use o2s_medusa_client::v2::store::collections::ListCollections;
use o2s_medusa_client::v2::store::payments::ListPaymentProviders;
use o2s_medusa_client::v2::store::product_types::ListProductTypes;
use o2s_medusa_client::v2::store::products::ListProducts;
use o2s_medusa_client::v2::store::regions::ListRegions;
use o2s_medusa_client::v2::store::return_reasons::ListReturnReasons;
use o2s_medusa_client::v2::types::Page;

use crate::catalogue::{ProductTypes, collections};
use crate::context::call_context;
use crate::error::backend;
use crate::kept::{ByLanguage, PART, by_key, by_language, fetched, whole};
use crate::payments::session::provider;
use crate::regions::AllRegions;

/// A part of a list that is fetched whole, in an order that holds from part to part.
fn part(offset: u32) -> Page<'static> {
    Page { limit: Some(PART), offset: Some(offset), order: Some("id") }
}

/// A list that is as short as countries are few.
const ALL: Page<'static> = Page { limit: Some(PART), offset: None, order: None };

/// The shop's directory.
pub(crate) struct Directory {
    store: StoreClient,
    regions: ByLanguage<AllRegions>,
    categories: ByLanguage<Vec<Category>>,
    collections: ByLanguage<Vec<Collection>>,
    return_reasons: ByLanguage<Vec<ReturnReason>>,
    types: Cache<(), Arc<ProductTypes>>,
    providers: Cache<RegionId, Arc<Vec<PaymentProvider>>>,
}

impl Directory {
    pub(crate) fn new(store: StoreClient) -> Self {
        Self {
            store,
            regions: by_language(),
            categories: by_language(),
            collections: by_language(),
            return_reasons: by_language(),
            types: by_key(1),
            providers: by_key(1000),
        }
    }

    /// The payment providers of a region.
    pub(crate) async fn providers(&self, cx: &RequestContext, region: &RegionId) -> Result<Arc<Vec<PaymentProvider>>> {
        fetched(&self.providers, region.clone(), self.fetch_providers(cx, region)).await
    }

    async fn fetch_providers(&self, cx: &RequestContext, region: &RegionId) -> Result<Vec<PaymentProvider>> {
        let endpoint = ListPaymentProviders { region_id: region.as_str(), fields: Some("id,is_enabled"), page: ALL };
        let answer = self.store.call(&call_context(cx), None, &endpoint).await.map_err(backend)?;
        answer.payment_providers.iter().map(|wire| provider(&wire.id, wire.is_enabled)).collect()
    }

    /// The regions.
    pub(crate) async fn regions(&self, cx: &RequestContext) -> Result<Arc<AllRegions>> {
        fetched(&self.regions, cx.locale.clone(), self.fetch_regions(cx)).await
    }

    /// The categories that are shown, in the order of their tree.
    pub(crate) async fn categories(&self, cx: &RequestContext) -> Result<Arc<Vec<Category>>> {
        fetched(&self.categories, cx.locale.clone(), self.fetch_categories(cx)).await
    }

    /// The collections, by name.
    pub(crate) async fn collections(&self, cx: &RequestContext) -> Result<Arc<Vec<Collection>>> {
        fetched(&self.collections, cx.locale.clone(), self.fetch_collections(cx)).await
    }

    /// The reasons that a return may give, the oldest first.
    pub(crate) async fn return_reasons(&self, cx: &RequestContext) -> Result<Arc<Vec<ReturnReason>>> {
        fetched(&self.return_reasons, cx.locale.clone(), self.fetch_return_reasons(cx)).await
    }

    /// The product types.
    pub(crate) async fn types(&self, cx: &RequestContext) -> Result<Arc<ProductTypes>> {
        fetched(&self.types, (), self.fetch_types(cx)).await
    }

    async fn fetch_regions(&self, cx: &RequestContext) -> Result<AllRegions> {
        let fields = "id,name,currency_code,countries.iso_2,countries.display_name";
        let endpoint = ListRegions { fields: Some(fields), page: ALL, ..ListRegions::default() };
        let answer = self.store.call(&call_context(cx), None, &endpoint).await.map_err(backend)?;
        map::regions(&answer.regions)
    }

    async fn fetch_categories(&self, cx: &RequestContext) -> Result<Vec<Category>> {
        let fields = Some("id,name,handle,description,rank,parent_category_id");
        let told = whole(|offset| async move {
            let endpoint = ListCategories { fields, page: part(offset), ..ListCategories::default() };
            let answer = self.store.call(&call_context(cx), None, &endpoint).await?;
            Ok((answer.product_categories, answer.count))
        });
        map::categories(told.await.map_err(backend)?)
    }

    async fn fetch_collections(&self, cx: &RequestContext) -> Result<Vec<Collection>> {
        let told = whole(|offset| async move {
            let fields = Some("id,title,handle");
            let endpoint = ListCollections { fields, page: part(offset), ..ListCollections::default() };
            let answer = self.store.call(&call_context(cx), None, &endpoint).await?;
            Ok((answer.collections, answer.count))
        });
        let told = told.await.map_err(backend)?;
        collections(told.into_iter().map(|wire| (wire.id, wire.title, wire.handle)))
    }

    async fn fetch_return_reasons(&self, cx: &RequestContext) -> Result<Vec<ReturnReason>> {
        let fields = "id,value,label,description,parent_return_reason_id";
        let page = Page { order: Some("created_at"), ..ALL };
        let endpoint = ListReturnReasons { fields: Some(fields), page };
        let answer = self.store.call(&call_context(cx), None, &endpoint).await.map_err(backend)?;
        answer.return_reasons.iter().map(map::return_reason).collect()
    }

    async fn fetch_types(&self, cx: &RequestContext) -> Result<ProductTypes> {
        // Their names are the shop's own words, which no language may change.
        let call = &CallContext { locale: None, ..call_context(cx) };
        let told = whole(|offset| async move {
            let fields = Some("id,value");
            let endpoint = ListProductTypes { fields, page: part(offset), ..ListProductTypes::default() };
            let answer = self.store.call(call, None, &endpoint).await?;
            Ok((answer.product_types, answer.count))
        });
        let told = told.await.map_err(backend)?;
        let mut types = ProductTypes::of(told.into_iter().map(|wire| (wire.id, wire.value)));
        let Some(ids) = types.all() else { return Ok(types) };
        let count_only = Page { limit: Some(0), ..Page::default() };
        let all = ListProducts { fields: Some("id"), page: count_only, ..ListProducts::default() };
        let with_type = ListProducts { type_ids: &ids, ..all };
        let all = self.store.call(call, None, &all).await.map_err(backend)?.count;
        let with_type =
            if ids.is_empty() { 0 } else { self.store.call(call, None, &with_type).await.map_err(backend)?.count };
        if with_type < all {
            types.physical = None;
        }
        Ok(types)
    }
}
