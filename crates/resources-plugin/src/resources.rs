//! Assets and services over the plugin.

use std::collections::HashSet;
use std::sync::Arc;

use async_trait::async_trait;
use o2s_framework_core::context::RequestContext;
use o2s_framework_core::error::{Error, Result};
use o2s_framework_core::identity::Identify;
use o2s_framework_core::ids::{AssetId, CustomerId, ResourceId, ServiceId};
use o2s_framework_core::paging::{Limit, Paginated};
use o2s_framework_core::products::{
    ListProducts, Product, ProductReferenceType, ProductReferences, ProductsService, VariantLookup, VariantRef,
};
use o2s_framework_core::resources::{
    Asset, ListAssets, ListServices, ResourcesOperation, ResourcesService, Service, WindowQuery,
};
use o2s_framework_core::support::Support;
use o2s_medusa_client::v2::AdminClient;
use o2s_medusa_client::v2::admin::customers::{AdminCustomer, GetCustomer};
use o2s_medusa_client::v2::admin::resources::GetAsset;

use crate::error::{backend, is_not_found, is_too_large};
use crate::map::{self, ASSET_FIELDS, SERVICE_FIELDS};
use crate::ownership::is_shown;
use crate::plugin::call_context;
use crate::references::References;
use crate::selection;

const NO_PURCHASE: &str =
    "Medusa's assets-and-services plugin starts no service by itself: sell the service through a cart";
const NEEDS_CREDENTIAL: &str = "needs the Admin API: set admin_key or admin_user of integrations.resources-plugin";

/// Assets and services of the customers of one shop.
pub(crate) struct Resources {
    pub(crate) admin: Option<AdminClient>,
    pub(crate) references: References,
    pub(crate) featured_category: Arc<str>,
    pub(crate) identity: Arc<dyn Identify>,
    pub(crate) products: Arc<dyn ProductsService>,
    pub(crate) variants: Arc<dyn VariantLookup>,
}

impl Resources {
    /// The Admin client and the established caller. No client without a credential; no caller without a good token,
    /// and then nothing is asked of the Admin API.
    async fn admit(&self, cx: &RequestContext, operation: ResourcesOperation) -> Result<(&AdminClient, CustomerId)> {
        let admin = self.admin.as_ref().ok_or_else(|| Error::unsupported(operation, NEEDS_CREDENTIAL))?;
        let customer = self.identity.require_customer(cx).await?;
        Ok((admin, customer))
    }

    /// The customer with what is asked for, or the error `too_many`. A customer who is gone meanwhile owns nothing.
    async fn customer_with(
        &self,
        cx: &RequestContext,
        admin: &AdminClient,
        customer: &CustomerId,
        fields: &'static str,
        too_many: fn() -> Error,
    ) -> Result<Option<AdminCustomer>> {
        let endpoint = GetCustomer { id: customer.as_str(), fields: Some(fields) };
        match admin.call(&call_context(cx), &endpoint).await {
            Ok(answer) => Ok(Some(answer.customer).filter(|answer| answer.id == customer.as_str())),
            Err(error) if is_not_found(&error) => Ok(None),
            Err(error) if is_too_large(&error) => Err(too_many().with_source(error)),
            Err(error) => Err(backend(error)),
        }
    }

    /// All services of the established customer, each with those of its assets that are the customer's as well.
    async fn services_of(
        &self,
        cx: &RequestContext,
        admin: &AdminClient,
        customer: &CustomerId,
    ) -> Result<Vec<Service>> {
        let rows = self.customer_with(cx, admin, customer, SERVICE_FIELDS, too_many_services).await?;
        let rows = rows.map(|answer| answer.service_instances).unwrap_or_default();
        let services = rows.iter().filter(|row| is_shown(&row.owners, customer)).filter_map(|row| {
            // Medusa: a service may be linked to an asset of somebody else.
            let mut assets: Vec<Asset> =
                row.assets.iter().filter(|asset| is_shown(&asset.owners, customer)).filter_map(map::asset).collect();
            assets.sort_by(|a, b| a.id.cmp(&b.id));
            map::service(row, assets)
        });
        Ok(services.collect())
    }

    /// Puts the catalogue's products, with their prices, in place of what the rows know: one call, however many there
    /// are. What the catalogue does not show stays as the row knows it.
    async fn show_products(&self, cx: &RequestContext, products: Vec<&mut Option<Product>>) -> Result<()> {
        let wanted: HashSet<VariantRef> =
            products.iter().filter_map(|product| map::variant_of(product.as_ref()?)).collect();
        let wanted: Vec<VariantRef> = wanted.into_iter().collect();
        let found = self.variants.find_variants(cx, &wanted).await?;
        for slot in products {
            let id = slot.as_ref().and_then(|product| product.variant_id.as_ref());
            if let Some(product) = id.and_then(|id| found.get(id)) {
                *slot = Some(product.clone());
            }
        }
        Ok(())
    }

    async fn show_assets(&self, cx: &RequestContext, assets: &mut [Asset]) -> Result<()> {
        self.show_products(cx, assets.iter_mut().map(|asset| &mut asset.product).collect()).await
    }

    async fn show_services(&self, cx: &RequestContext, services: &mut [Service]) -> Result<()> {
        let products = services.iter_mut().flat_map(|service| {
            let assets = service.assets.iter_mut().map(|asset| &mut asset.product);
            std::iter::once(&mut service.product).chain(assets)
        });
        self.show_products(cx, products.collect()).await
    }

    /// An asset of the established customer, with its product as the row knows it. 404 `asset.not_found`.
    async fn asset_of(
        &self,
        cx: &RequestContext,
        admin: &AdminClient,
        customer: &CustomerId,
        id: &AssetId,
    ) -> Result<Asset> {
        if !is_row_id(id.as_str()) {
            return Err(no_such_asset(id));
        }
        let answer = match admin.call(&call_context(cx), &GetAsset { id: id.as_str() }).await {
            Ok(answer) => answer,
            Err(error) if is_not_found(&error) => return Err(no_such_asset(id).with_source(error)),
            Err(error) => return Err(backend(error)),
        };
        if answer.asset.id != id.as_str() || !is_shown(&answer.asset.owners, customer) {
            return Err(no_such_asset(id));
        }
        map::asset(&answer.asset).ok_or_else(|| no_such_asset(id))
    }
}

#[async_trait]
impl ResourcesService for Resources {
    fn support(&self, operation: ResourcesOperation) -> Support {
        match operation {
            ResourcesOperation::PurchaseResource | ResourcesOperation::PurchaseService => Support::Absent(NO_PURCHASE),
            ResourcesOperation::ListServices
            | ResourcesOperation::GetService
            | ResourcesOperation::ListAssets
            | ResourcesOperation::GetAsset
            | ResourcesOperation::ListCompatibleServices
                if self.admin.is_none() =>
            {
                Support::Absent(NEEDS_CREDENTIAL)
            }
            ResourcesOperation::ListServices
            | ResourcesOperation::GetService
            | ResourcesOperation::ListAssets
            | ResourcesOperation::GetAsset
            | ResourcesOperation::ListCompatibleServices
            | ResourcesOperation::ListFeaturedServices => Support::Native,
        }
    }

    async fn purchase_resource(&self, _: &RequestContext, _: &ResourceId) -> Result<()> {
        Err(Error::unsupported(ResourcesOperation::PurchaseResource, NO_PURCHASE))
    }

    async fn purchase_service(&self, _: &RequestContext, _: &ServiceId) -> Result<()> {
        Err(Error::unsupported(ResourcesOperation::PurchaseService, NO_PURCHASE))
    }

    async fn list_services(&self, cx: &RequestContext, request: &ListServices) -> Result<Paginated<Service>> {
        let cx = &cx.clone().with_locale(request.locale.clone());
        let (admin, customer) = self.admit(cx, ResourcesOperation::ListServices).await?;
        selection::ensure_range(request.dates())?;
        let mut services = self.services_of(cx, admin, &customer).await?;
        let all_at_once = selection::services_need_products(request);
        if all_at_once {
            self.show_services(cx, &mut services).await?;
        }
        selection::select_services(&mut services, request);
        let mut page = request.page().cut(services);
        if !all_at_once {
            self.show_services(cx, &mut page.data).await?;
        }
        Ok(page)
    }

    async fn get_service(&self, cx: &RequestContext, id: &ServiceId) -> Result<Service> {
        let (admin, customer) = self.admit(cx, ResourcesOperation::GetService).await?;
        // Medusa: the plugin's own route does not say whose the assets of a service are. Asked by way of the customer,
        // one call tells all.
        let services = self.services_of(cx, admin, &customer).await?;
        let mut service = services.into_iter().find(|service| service.id == *id).ok_or_else(|| no_such_service(id))?;
        self.show_services(cx, std::slice::from_mut(&mut service)).await?;
        Ok(service)
    }

    async fn list_assets(&self, cx: &RequestContext, request: &ListAssets) -> Result<Paginated<Asset>> {
        let cx = &cx.clone().with_locale(request.locale.clone());
        let (admin, customer) = self.admit(cx, ResourcesOperation::ListAssets).await?;
        selection::ensure_range(request.dates())?;
        let rows = self.customer_with(cx, admin, &customer, ASSET_FIELDS, too_many_assets).await?;
        let rows = rows.map(|answer| answer.assets).unwrap_or_default();
        let mut assets: Vec<Asset> =
            rows.iter().filter(|row| is_shown(&row.owners, &customer)).filter_map(map::asset).collect();
        let all_at_once = selection::assets_need_products(request);
        if all_at_once {
            self.show_assets(cx, &mut assets).await?;
        }
        selection::select_assets(&mut assets, request);
        let mut page = request.page().cut(assets);
        if !all_at_once {
            self.show_assets(cx, &mut page.data).await?;
        }
        Ok(page)
    }

    async fn get_asset(&self, cx: &RequestContext, id: &AssetId) -> Result<Asset> {
        let (admin, customer) = self.admit(cx, ResourcesOperation::GetAsset).await?;
        let mut asset = self.asset_of(cx, admin, &customer, id).await?;
        self.show_assets(cx, std::slice::from_mut(&mut asset)).await?;
        Ok(asset)
    }

    async fn list_compatible_services(
        &self,
        cx: &RequestContext,
        id: &AssetId,
        request: &WindowQuery,
    ) -> Result<Paginated<Product>> {
        let cx = &cx.clone().with_locale(request.locale.clone());
        let (admin, customer) = self.admit(cx, ResourcesOperation::ListCompatibleServices).await?;
        let asset = self.asset_of(cx, admin, &customer, id).await?;
        // An asset whose product is gone goes with nothing.
        let Some(variant) = asset.product.as_ref().and_then(map::variant_of) else { return Ok(Paginated::empty()) };
        let kind = Some(ProductReferenceType::CompatibleService);
        let targets = self.references.list_references(cx, &variant, kind).await?;
        let mut found = self.variants.find_variants(cx, &targets).await?;
        let services = targets.iter().filter_map(|target| found.remove(&target.variant_id)).collect();
        Ok(request.page().cut(services))
    }

    async fn list_featured_services(&self, cx: &RequestContext, request: &WindowQuery) -> Result<Paginated<Product>> {
        // Medusa: the plugin's own route shows products that are not for sale, and no prices. They are the products of
        // a category, which the catalogue lists without the admin credential.
        let page = request.page();
        let products = ListProducts {
            category: Some(self.featured_category.to_string()),
            limit: Limit::new(page.limit).ok(),
            offset: Some(page.offset),
            locale: request.locale.clone(),
            ..ListProducts::default()
        };
        self.products.list_products(cx, &products).await
    }
}

/// Whether a text can be the id of a row: what cannot be one is not sent to the Admin API.
// Medusa: ids of assets are ULIDs; an empty one or one with a slash would be another route.
fn is_row_id(text: &str) -> bool {
    (1..=64).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_')
}

fn no_such_asset(id: &AssetId) -> Error {
    Error::not_found("asset.not_found", format!("Asset {id} not found"))
}

fn no_such_service(id: &ServiceId) -> Error {
    Error::not_found("service.not_found", format!("Service {id} not found"))
}

fn too_many_assets() -> Error {
    Error::invalid("asset.too_many_to_list", "There are too many assets to list: ask for each by its id")
}

fn too_many_services() -> Error {
    Error::invalid("service.too_many_to_list", "There are too many services to list")
}
