//! Medusa's regions, categories, collections and reasons as the contract's.

use std::sync::Arc;

use o2s_framework_core::error::Result;
use o2s_framework_core::products::{Category, Collection};
use o2s_framework_core::regions::{Country, Region};
use o2s_framework_core::returns::ReturnReason;
use o2s_medusa_client::v2::store::categories::Category as WireCategory;
use o2s_medusa_client::v2::store::collections::Collection as WireCollection;
use o2s_medusa_client::v2::store::regions::{Country as WireCountry, Region as WireRegion};
use o2s_medusa_client::v2::store::return_reasons::ReturnReason as WireReason;

use crate::catalogue::in_tree_order;
use crate::map;
use crate::regions::AllRegions;

/// The regions, by id.
pub(super) fn regions(wire: &[WireRegion]) -> Result<AllRegions> {
    let mut regions: AllRegions = wire.iter().map(|wire| region(wire).map(Arc::new)).collect::<Result<_>>()?;
    regions.sort_by(|a, b| a.id.cmp(&b.id));
    Ok(regions)
}

fn region(wire: &WireRegion) -> Result<Region> {
    let id = map::id(&wire.id, "region.id")?;
    let mut countries: Vec<Country> = wire.countries.iter().filter_map(country).collect();
    countries.sort_by(|a, b| a.code.cmp(&b.code));
    Ok(Region {
        name: map::text(wire.name.as_ref()).unwrap_or_else(|| wire.id.clone()),
        currency: map::currency(wire.currency_code.as_deref())?,
        countries,
        id,
    })
}

fn country(wire: &WireCountry) -> Option<Country> {
    let code = wire.iso_2.as_ref()?.to_uppercase();
    Some(Country { name: map::text(wire.display_name.as_ref()).unwrap_or_else(|| code.clone()), code })
}

/// The categories, in the order of their tree. One without an id, name or handle cannot be asked for and is left out.
pub(super) fn categories(wire: Vec<WireCategory>) -> Result<Vec<Category>> {
    let complete = wire.into_iter().filter_map(|wire| {
        Some((wire.rank, wire.id?, wire.name?, wire.handle?, wire.description, wire.parent_category_id))
    });
    let ranked = complete.map(|(rank, id, name, handle, description, parent)| {
        let category = Category {
            id: map::id(&id, "category.id")?,
            name,
            handle,
            description: map::text(description.as_ref()),
            parent_id: parent.map(|id| map::id(&id, "category.parent_category_id")).transpose()?,
        };
        Ok((rank.unwrap_or(i64::MAX), category))
    });
    Ok(in_tree_order(ranked.collect::<Result<_>>()?))
}

/// A collection.
pub(super) fn collection(wire: WireCollection) -> Result<Collection> {
    Ok(Collection {
        id: map::id(&wire.id, "collection.id")?,
        name: wire.title.unwrap_or_default(),
        handle: wire.handle.unwrap_or_default(),
    })
}

/// A reason to return something.
pub(crate) fn return_reason(wire: &WireReason) -> Result<ReturnReason> {
    let value = wire.value.clone().unwrap_or_default();
    let parent = wire.parent_return_reason_id.as_deref();
    Ok(ReturnReason {
        id: map::id(&wire.id, "return_reason.id")?,
        label: map::text(wire.label.as_ref()).unwrap_or_else(|| value.clone()),
        value,
        description: map::text(wire.description.as_ref()),
        parent_id: parent.map(|id| map::id(id, "return_reason.parent_return_reason_id")).transpose()?,
    })
}
