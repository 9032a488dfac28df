use async_trait::async_trait;

use super::{Asset, ListAssets, ListServices, ResourcesOperation, ResourcesService, Service, WindowQuery};
use crate::context::RequestContext;
use crate::error::{Error, Result};
use crate::ids::{AssetId, ResourceId, ServiceId};
use crate::paging::Paginated;
use crate::products::Product;
use crate::support::Support;

/// The resources of a shop that has none: every operation is absent, for one reason.
#[derive(Clone, Copy, Debug)]
pub struct AbsentResources {
    /// Why there are none, and what would bring them.
    pub reason: &'static str,
}

impl AbsentResources {
    fn refuse<T>(&self, operation: ResourcesOperation) -> Result<T> {
        Err(Error::unsupported(operation, self.reason))
    }
}

#[async_trait]
impl ResourcesService for AbsentResources {
    fn support(&self, _: ResourcesOperation) -> Support {
        Support::Absent(self.reason)
    }

    async fn purchase_resource(&self, _: &RequestContext, _: &ResourceId) -> Result<()> {
        self.refuse(ResourcesOperation::PurchaseResource)
    }

    async fn purchase_service(&self, _: &RequestContext, _: &ServiceId) -> Result<()> {
        self.refuse(ResourcesOperation::PurchaseService)
    }

    async fn list_services(&self, _: &RequestContext, _: &ListServices) -> Result<Paginated<Service>> {
        self.refuse(ResourcesOperation::ListServices)
    }

    async fn get_service(&self, _: &RequestContext, _: &ServiceId) -> Result<Service> {
        self.refuse(ResourcesOperation::GetService)
    }

    async fn list_assets(&self, _: &RequestContext, _: &ListAssets) -> Result<Paginated<Asset>> {
        self.refuse(ResourcesOperation::ListAssets)
    }

    async fn get_asset(&self, _: &RequestContext, _: &AssetId) -> Result<Asset> {
        self.refuse(ResourcesOperation::GetAsset)
    }

    async fn list_compatible_services(
        &self,
        _: &RequestContext,
        _: &AssetId,
        _: &WindowQuery,
    ) -> Result<Paginated<Product>> {
        self.refuse(ResourcesOperation::ListCompatibleServices)
    }

    async fn list_featured_services(&self, _: &RequestContext, _: &WindowQuery) -> Result<Paginated<Product>> {
        self.refuse(ResourcesOperation::ListFeaturedServices)
    }
}
