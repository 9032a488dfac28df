//! Medusa's regions, categories and reasons as the contract's.

use o2s_framework_core::error::Result;
use o2s_framework_core::products::Category;
use o2s_framework_core::returns::ReturnReason;
use o2s_medusa_client::v2::store::categories::Category as WireCategory;
use o2s_medusa_client::v2::store::regions::Region as WireRegion;
use o2s_medusa_client::v2::store::return_reasons::ReturnReason as WireReason;

use crate::catalogue::{self, ToldCategory};
use crate::regions::{self, AllRegions};
use crate::returns;

/// The regions, by id.
pub(super) fn regions(wire: &[WireRegion]) -> Result<AllRegions> {
    regions::by_id(wire.iter().map(|wire| {
        let countries = wire.countries.iter().map(|country| (country.iso_2.as_ref(), country.display_name.as_ref()));
        regions::region(&wire.id, wire.name.as_ref(), wire.currency_code.as_deref(), countries)
    }))
}

/// The categories, in the order of their tree.
pub(super) fn categories(wire: Vec<WireCategory>) -> Result<Vec<Category>> {
    catalogue::categories(wire.into_iter().map(|wire| ToldCategory {
        id: wire.id,
        name: wire.name,
        handle: wire.handle,
        description: wire.description,
        rank: wire.rank,
        parent: wire.parent_category_id,
    }))
}

/// A reason to return something.
pub(crate) fn return_reason(wire: &WireReason) -> Result<ReturnReason> {
    let parent = wire.parent_return_reason_id.as_deref();
    returns::reason(&wire.id, wire.value.as_ref(), wire.label.as_ref(), wire.description.as_ref(), parent)
}
