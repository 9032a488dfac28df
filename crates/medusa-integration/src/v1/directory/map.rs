//! Medusa's regions, categories and reasons as the contract's.

use std::collections::HashMap;
use std::sync::Arc;

use o2s_framework_core::error::Result;
use o2s_framework_core::ids::RegionId;
use o2s_framework_core::payments::PaymentProvider;
use o2s_framework_core::products::Category;
use o2s_framework_core::returns::ReturnReason;
use o2s_medusa_client::v1::store::categories::Category as WireCategory;
use o2s_medusa_client::v1::store::regions::Region as WireRegion;
use o2s_medusa_client::v1::store::return_reasons::ReturnReason as WireReason;

use crate::catalogue::{self, ToldCategory};
use crate::map;
use crate::payments::session::provider;
use crate::regions::{self, AllRegions};
use crate::returns;

/// The regions, by id.
pub(super) fn regions(wire: &[WireRegion]) -> Result<AllRegions> {
    regions::by_id(wire.iter().map(|wire| {
        let countries = wire.countries.iter().map(|country| (country.iso_2.as_ref(), country.display_name.as_ref()));
        regions::region(&wire.id, wire.name.as_ref(), wire.currency_code.as_deref(), countries)
    }))
}

/// The payment providers of each region, by id.
pub(super) fn providers(wire: &[WireRegion]) -> Result<HashMap<RegionId, Arc<Vec<PaymentProvider>>>> {
    let of_region = |wire: &WireRegion| {
        let mut providers: Vec<PaymentProvider> =
            wire.payment_providers.iter().map(|wire| provider(&wire.id, wire.is_installed)).collect::<Result<_>>()?;
        providers.sort_by(|a, b| a.id.cmp(&b.id));
        Ok((map::id(&wire.id, "region.id")?, Arc::new(providers)))
    };
    wire.iter().map(of_region).collect()
}

/// The categories, in the order of their tree.
pub(super) fn categories(wire: Vec<WireCategory>) -> Result<Vec<Category>> {
    catalogue::categories(wire.into_iter().map(|wire| ToldCategory {
        id: Some(wire.id),
        name: wire.name,
        handle: wire.handle,
        description: wire.description,
        rank: wire.rank,
        parent: wire.parent_category_id,
    }))
}

/// The reasons to return something, each before its kinds.
// Medusa: the list has the topmost reasons, and the kinds of each within.
pub(super) fn return_reasons(wire: &[WireReason]) -> Result<Vec<ReturnReason>> {
    let mut reasons = Vec::new();
    let mut open: Vec<&WireReason> = wire.iter().rev().collect();
    while let Some(reason) = open.pop() {
        reasons.push(return_reason(reason)?);
        open.extend(reason.return_reason_children.iter().rev());
    }
    Ok(reasons)
}

/// A reason to return something.
pub(crate) fn return_reason(wire: &WireReason) -> Result<ReturnReason> {
    let parent = wire.parent_return_reason_id.as_deref();
    returns::reason(&wire.id, wire.value.as_ref(), wire.label.as_ref(), wire.description.as_ref(), parent)
}
