//! What a shop rarely changes: regions, categories, product types. Fetched when first needed, kept for minutes.

use std::hash::Hash;
use std::sync::Arc;
use std::time::Duration;

use moka::future::Cache;
use o2s_framework_core::context::RequestContext;
use o2s_framework_core::error::{Error, ErrorKind, Result};
use o2s_framework_core::ids::{PaymentProviderId, RegionId};
use o2s_framework_core::money::Currency;
use o2s_medusa_client::v2::StoreClient;
use o2s_medusa_client::v2::store::categories::ListCategories;
use o2s_medusa_client::v2::store::payments::ListPaymentProviders;
use o2s_medusa_client::v2::store::product_types::ListProductTypes;
use o2s_medusa_client::v2::store::products::ListProducts;
use o2s_medusa_client::v2::store::regions::ListRegions;
use o2s_medusa_client::v2::types::Page;

use crate::error::backend;
use crate::map;
use crate::v2::call_context;

/// How long the shop's directory is kept.
const TTL: Duration = Duration::from_secs(300);

/// More than any shop has; Medusa has no limit of its own.
const ALL: Page<'static> = Page { limit: Some(1000), offset: None, order: None };

/// A region of the shop.
#[derive(Clone, Debug)]
pub(crate) struct Region {
    pub(crate) id: RegionId,
    pub(crate) currency: Currency,
    /// Lower-case ISO 3166-1 alpha-2 codes.
    pub(crate) countries: Vec<String>,
}

/// A category of the catalogue.
#[derive(Clone, Debug)]
pub(crate) struct Category {
    pub(crate) id: String,
    pub(crate) name: String,
    pub(crate) handle: String,
}

/// The product types by whether their products are shipped.
#[derive(Clone, Debug)]
pub(crate) struct ProductTypes {
    pub(crate) physical: Vec<String>,
    pub(crate) virtual_: Vec<String>,
    /// Whether there are products without a type: they are shipped, and no filter of Medusa's finds them.
    pub(crate) has_untyped_products: bool,
}

/// A fetched part of the directory; the one key of each cache.
type Slot<T> = Cache<(), Arc<T>>;

/// The shop's directory.
pub(crate) struct Directory {
    store: StoreClient,
    default_currency: Currency,
    default_region: Option<RegionId>,
    regions: Slot<Vec<Region>>,
    categories: Slot<Vec<Category>>,
    types: Slot<ProductTypes>,
    providers: Cache<RegionId, Arc<Vec<PaymentProviderId>>>,
}

impl Directory {
    pub(crate) fn new(store: StoreClient, default_currency: Currency, default_region: Option<RegionId>) -> Self {
        fn slot<T: Send + Sync + 'static>() -> Slot<T> {
            Cache::builder().max_capacity(1).time_to_live(TTL).build()
        }
        Self {
            store,
            default_currency,
            default_region,
            regions: slot(),
            categories: slot(),
            types: slot(),
            providers: Cache::builder().max_capacity(1000).time_to_live(TTL).build(),
        }
    }

    /// The region that prices and new carts are for: the named one, else the one of the named currency, else those of
    /// the context, else the default one. 404 `region.not_found`; 400 `cart.currency_region_mismatch` where region and
    /// currency are both named and do not go together; 400 `region.no_such_currency` where no region has the currency.
    pub(crate) async fn region_for(
        &self,
        cx: &RequestContext,
        region: Option<&RegionId>,
        currency: Option<Currency>,
    ) -> Result<Region> {
        let regions = self.regions(cx).await?;
        let named = region.or(if currency.is_none() { cx.region.as_ref() } else { None });
        if let Some(id) = named {
            let found = regions.iter().find(|region| region.id == *id).ok_or_else(|| unknown_region(id))?;
            return match currency {
                Some(currency) if currency != found.currency => Err(Error::invalid(
                    "cart.currency_region_mismatch",
                    format!("The region sells in {}, not in {currency}", found.currency),
                )),
                _ => Ok(found.clone()),
            };
        }
        let wanted = currency.or(cx.currency);
        let default = self.default_region.as_ref().and_then(|id| regions.iter().find(|region| region.id == *id));
        if let Some(default) = default.filter(|region| wanted.is_none_or(|currency| currency == region.currency)) {
            return Ok(default.clone());
        }
        let currency = wanted.unwrap_or(self.default_currency);
        if let Some(found) = regions.iter().find(|region| region.currency == currency) {
            return Ok(found.clone());
        }
        match (wanted, regions.first()) {
            (None, Some(first)) => Ok(first.clone()),
            (None, None) => Err(Error::backend("backend.misconfigured", "The shop has no region")),
            (Some(currency), _) => {
                Err(Error::invalid("region.no_such_currency", format!("The shop does not sell in {currency}")))
            }
        }
    }

    /// A region by its id. 404 `region.not_found`.
    pub(crate) async fn region(&self, cx: &RequestContext, id: &RegionId) -> Result<Region> {
        let regions = self.regions(cx).await?;
        regions.iter().find(|region| region.id == *id).cloned().ok_or_else(|| unknown_region(id))
    }

    /// The category of this name, handle or id; names in any case.
    pub(crate) async fn category(&self, cx: &RequestContext, wanted: &str) -> Result<Option<Category>> {
        let categories = self.categories(cx).await?;
        let found = categories.iter().find(|category| {
            category.id == wanted || category.handle == wanted || category.name.to_lowercase() == wanted.to_lowercase()
        });
        Ok(found.cloned())
    }

    /// The payment providers of a region.
    pub(crate) async fn providers(
        &self,
        cx: &RequestContext,
        region: &RegionId,
    ) -> Result<Arc<Vec<PaymentProviderId>>> {
        fetched(&self.providers, region.clone(), self.fetch_providers(cx, region)).await
    }

    async fn fetch_providers(&self, cx: &RequestContext, region: &RegionId) -> Result<Vec<PaymentProviderId>> {
        let endpoint = ListPaymentProviders { region_id: region.as_str(), fields: Some("id"), page: ALL };
        let answer = self.store.call(&call_context(cx), None, &endpoint).await.map_err(backend)?;
        answer.payment_providers.iter().map(|provider| map::id(&provider.id, "payment_provider.id")).collect()
    }

    async fn regions(&self, cx: &RequestContext) -> Result<Arc<Vec<Region>>> {
        fetched(&self.regions, (), self.fetch_regions(cx)).await
    }

    async fn categories(&self, cx: &RequestContext) -> Result<Arc<Vec<Category>>> {
        fetched(&self.categories, (), self.fetch_categories(cx)).await
    }

    /// The product types.
    pub(crate) async fn types(&self, cx: &RequestContext) -> Result<Arc<ProductTypes>> {
        fetched(&self.types, (), self.fetch_types(cx)).await
    }

    async fn fetch_regions(&self, cx: &RequestContext) -> Result<Vec<Region>> {
        let endpoint =
            ListRegions { fields: Some("id,currency_code,countries.iso_2"), page: ALL, ..ListRegions::default() };
        let answer = self.store.call(&call_context(cx), None, &endpoint).await.map_err(backend)?;
        let mut regions = Vec::with_capacity(answer.regions.len());
        for region in &answer.regions {
            regions.push(Region {
                id: map::id(&region.id, "region.id")?,
                currency: map::currency(region.currency_code.as_deref())?,
                countries: region.countries.iter().filter_map(|country| country.iso_2.clone()).collect(),
            });
        }
        // Medusa: regions come in no order; without one, the first region of a currency would be another at each start.
        regions.sort_by(|a, b| a.id.cmp(&b.id));
        Ok(regions)
    }

    async fn fetch_categories(&self, cx: &RequestContext) -> Result<Vec<Category>> {
        let endpoint = ListCategories { fields: Some("id,name,handle"), page: ALL, ..ListCategories::default() };
        let answer = self.store.call(&call_context(cx), None, &endpoint).await.map_err(backend)?;
        let categories = answer.product_categories.into_iter().filter_map(|category| {
            Some(Category { id: category.id?, name: category.name?, handle: category.handle.unwrap_or_default() })
        });
        Ok(categories.collect())
    }

    async fn fetch_types(&self, cx: &RequestContext) -> Result<ProductTypes> {
        let call = call_context(cx);
        let endpoint = ListProductTypes { fields: Some("id,value"), page: ALL, ..ListProductTypes::default() };
        let answer = self.store.call(&call, None, &endpoint).await.map_err(backend)?;
        let (virtual_, physical): (Vec<_>, Vec<_>) = answer
            .product_types
            .into_iter()
            .partition(|kind| kind.value.as_deref().is_some_and(|value| value.eq_ignore_ascii_case("VIRTUAL")));
        let virtual_: Vec<String> = virtual_.into_iter().map(|kind| kind.id).collect();
        let physical: Vec<String> = physical.into_iter().map(|kind| kind.id).collect();

        let ids: Vec<&str> = physical.iter().chain(&virtual_).map(String::as_str).collect();
        let count_only = Page { limit: Some(0), ..Page::default() };
        let all = ListProducts { fields: Some("id"), page: count_only, ..ListProducts::default() };
        let typed = ListProducts { type_ids: &ids, ..all };
        let all = self.store.call(&call, None, &all).await.map_err(backend)?.count;
        let typed = if ids.is_empty() { 0 } else { self.store.call(&call, None, &typed).await.map_err(backend)?.count };
        Ok(ProductTypes { physical, virtual_, has_untyped_products: typed < all })
    }
}

fn unknown_region(id: &RegionId) -> Error {
    Error::not_found("region.not_found", format!("There is no region {id}"))
}

/// What is kept under the key, or what the call brings; concurrent callers wait for one call.
pub(crate) async fn fetched<K, T>(
    kept: &Cache<K, Arc<T>>,
    key: K,
    fetch: impl Future<Output = Result<T>>,
) -> Result<Arc<T>>
where
    K: Hash + Eq + Send + Sync + 'static,
    T: Send + Sync + 'static,
{
    kept.try_get_with(key, async { fetch.await.map(Arc::new) }).await.map_err(|error: Arc<Error>| shared(&error))
}

/// An error that several callers met at once, for each of them.
fn shared(error: &Arc<Error>) -> Error {
    let copy = Error::new(error.kind(), error.code(), error.message().to_owned()).with_source(Arc::clone(error));
    match (error.kind(), error.retry_after()) {
        (ErrorKind::RateLimited | ErrorKind::Unavailable, Some(wait)) => copy.with_retry_after(wait),
        _ => copy,
    }
}
