use async_trait::async_trait;

use super::{Asset, ListAssets, ListServices, Service, WindowQuery};
use crate::context::RequestContext;
use crate::error::Result;
use crate::ids::{AssetId, ResourceId, ServiceId};
use crate::paging::Paginated;
use crate::products::Product;
use crate::support::{Module, Operation, Support};

/// The operations of [`ResourcesService`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum ResourcesOperation {
    /// [`ResourcesService::purchase_resource`].
    PurchaseResource,
    /// [`ResourcesService::purchase_service`].
    PurchaseService,
    /// [`ResourcesService::list_services`].
    ListServices,
    /// [`ResourcesService::get_service`].
    GetService,
    /// [`ResourcesService::list_assets`].
    ListAssets,
    /// [`ResourcesService::get_asset`].
    GetAsset,
    /// [`ResourcesService::list_compatible_services`].
    ListCompatibleServices,
    /// [`ResourcesService::list_featured_services`].
    ListFeaturedServices,
}

impl Operation for ResourcesOperation {
    const MODULE: Module = Module::Resources;
    const ALL: &'static [Self] = &[
        Self::PurchaseResource,
        Self::PurchaseService,
        Self::ListServices,
        Self::GetService,
        Self::ListAssets,
        Self::GetAsset,
        Self::ListCompatibleServices,
        Self::ListFeaturedServices,
    ];

    fn name(self) -> &'static str {
        match self {
            Self::PurchaseResource => "purchase_resource",
            Self::PurchaseService => "purchase_service",
            Self::ListServices => "list_services",
            Self::GetService => "get_service",
            Self::ListAssets => "list_assets",
            Self::GetAsset => "get_asset",
            Self::ListCompatibleServices => "list_compatible_services",
            Self::ListFeaturedServices => "list_featured_services",
        }
    }

    fn is_read(self) -> bool {
        !matches!(self, Self::PurchaseResource | Self::PurchaseService)
    }
}

/// Assets and service instances. All but the featured services need a token (401 `auth.required`, `auth.invalid_token`);
/// what is somebody else's, or does not say whose it is, is 404 `asset.not_found` or `service.not_found`.
#[cfg_attr(feature = "mock", mockall::automock)]
#[async_trait]
pub trait ResourcesService: Send + Sync {
    /// What this integration does with an operation.
    fn support(&self, operation: ResourcesOperation) -> Support;

    /// Buys or activates an asset or a service.
    async fn purchase_resource(&self, cx: &RequestContext, id: &ResourceId) -> Result<()>;

    /// Buys or activates a service.
    async fn purchase_service(&self, cx: &RequestContext, id: &ServiceId) -> Result<()>;

    /// Lists the caller's service instances.
    async fn list_services(&self, cx: &RequestContext, request: &ListServices) -> Result<Paginated<Service>>;

    /// Gets a service instance of the caller.
    async fn get_service(&self, cx: &RequestContext, id: &ServiceId) -> Result<Service>;

    /// Lists the caller's assets.
    async fn list_assets(&self, cx: &RequestContext, request: &ListAssets) -> Result<Paginated<Asset>>;

    /// Gets an asset of the caller.
    async fn get_asset(&self, cx: &RequestContext, id: &AssetId) -> Result<Asset>;

    /// Lists the services that can be bought for an asset of the caller.
    async fn list_compatible_services(
        &self,
        cx: &RequestContext,
        id: &AssetId,
        request: &WindowQuery,
    ) -> Result<Paginated<Product>>;

    /// Lists the services that the shop shows first. Open to everybody.
    async fn list_featured_services(&self, cx: &RequestContext, request: &WindowQuery) -> Result<Paginated<Product>>;
}
