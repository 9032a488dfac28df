use async_trait::async_trait;

use super::{ListRegions, Region};
use crate::context::RequestContext;
use crate::error::Result;
use crate::ids::RegionId;
use crate::paging::Paginated;
use crate::support::{Module, Operation, Support};

/// The operations of [`RegionsService`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum RegionsOperation {
    /// [`RegionsService::list_regions`].
    ListRegions,
    /// [`RegionsService::get_region`].
    GetRegion,
}

impl Operation for RegionsOperation {
    const MODULE: Module = Module::Regions;
    const ALL: &'static [Self] = &[Self::ListRegions, Self::GetRegion];

    fn name(self) -> &'static str {
        match self {
            Self::ListRegions => "list_regions",
            Self::GetRegion => "get_region",
        }
    }

    fn is_read(self) -> bool {
        true
    }
}

/// The regions of the shop, for a front end that lets its visitors choose. Open to everybody.
#[cfg_attr(feature = "mock", mockall::automock)]
#[async_trait]
pub trait RegionsService: Send + Sync {
    /// What this integration does with an operation.
    fn support(&self, operation: RegionsOperation) -> Support;

    /// Lists the regions, always in the same order.
    async fn list_regions(&self, cx: &RequestContext, request: &ListRegions) -> Result<Paginated<Region>>;

    /// Gets a region. 404 `region.not_found`.
    async fn get_region(&self, cx: &RequestContext, id: &RegionId) -> Result<Region>;
}
