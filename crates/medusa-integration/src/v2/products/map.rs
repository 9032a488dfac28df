//! Medusa's products as the contract's.

use o2s_framework_core::error::Result;
use o2s_framework_core::money::Price;
use o2s_medusa_client::Amount;
use o2s_medusa_client::v2::store::products::{Image, Product as WireProduct};
use o2s_medusa_client::v2::store::variants::{Variant, VariantOption};
use rust_decimal::Decimal;

use crate::catalogue::TellsProduct;
use crate::catalogue::listing::{ListedVariant, Listing, TechnicalData};
use crate::map;

/// What is asked of each product of a list, with the times that related products are sorted by.
// Medusa: the place of a variant among its siblings comes with `*variants` alone, and nested objects have no id unless
// it is asked for.
pub(super) const LIST_FIELDS: &str = "id,title,subtitle,description,handle,thumbnail,created_at,updated_at,\
type.id,type.value,tags.id,tags.value,*categories,images.url,images.rank,*variants,variants.inventory_quantity,\
*variants.calculated_price,variants.options.id,variants.options.value,variants.options.option";

/// What is asked of one product: that of a list, and its technical data.
pub(super) const DETAIL_FIELDS: &str = "id,title,subtitle,description,handle,thumbnail,type.id,type.value,\
tags.id,tags.value,*categories,images.url,images.rank,*variants,variants.inventory_quantity,*variants.calculated_price,\
variants.options.id,variants.options.value,variants.options.option,options.id,options.title,\
weight,length,height,width,material,origin_country,hs_code,mid_code";

impl TellsProduct for WireProduct {
    fn id(&self) -> &str {
        &self.id
    }

    fn listing(&self) -> Result<Listing<'_>> {
        listing(self)
    }

    fn created_at(&self) -> Option<&str> {
        self.created_at.as_deref()
    }

    fn updated_at(&self) -> Option<&str> {
        self.updated_at.as_deref()
    }
}

fn listing(wire: &WireProduct) -> Result<Listing<'_>> {
    let mut variants: Vec<&Variant> = wire.variants.iter().collect();
    // Medusa: variants come in no order; the id decides between equal ranks, so that the first stays the first.
    variants.sort_by_key(|variant| (variant.variant_rank.unwrap_or(i64::MAX), &variant.id));
    let mut images: Vec<&Image> = wire.images.iter().collect();
    images.sort_by_key(|image| image.rank.unwrap_or(i64::MAX));
    let options = wire.options.iter().filter_map(|option| Some((option.id.as_str(), option.title.as_deref()?)));
    Ok(Listing {
        id: &wire.id,
        title: wire.title.as_deref(),
        subtitle: wire.subtitle.as_deref(),
        description: wire.description.as_deref(),
        handle: wire.handle.as_deref(),
        thumbnail: wire.thumbnail.as_deref(),
        type_name: wire.product_type.as_ref().and_then(|kind| kind.value.as_deref()),
        category: wire.categories.iter().find_map(|category| category.name.as_deref()),
        tags: wire.tags.iter().filter_map(|tag| tag.value.as_deref()).collect(),
        images: images.into_iter().filter_map(|image| image.url.as_deref()).collect(),
        options: options.collect(),
        data: TechnicalData {
            height: wire.height.map(Amount::value),
            hs_code: wire.hs_code.as_deref(),
            length: wire.length.map(Amount::value),
            material: wire.material.as_deref(),
            mid_code: wire.mid_code.as_deref(),
            origin_country: wire.origin_country.as_deref(),
            weight: wire.weight.map(Amount::value),
            width: wire.width.map(Amount::value),
        },
        variants: variants.into_iter().map(variant).collect::<Result<_>>()?,
    })
}

fn variant(wire: &Variant) -> Result<ListedVariant<'_>> {
    Ok(ListedVariant {
        id: &wire.id,
        title: wire.title.as_deref(),
        sku: wire.sku.as_deref(),
        price: price(wire)?,
        in_stock: wire.manage_inventory == Some(false)
            || wire.allow_backorder == Some(true)
            || wire.inventory_quantity.is_none_or(|quantity| quantity.value() > Decimal::ZERO),
        choices: wire.options.iter().filter_map(choice).collect(),
        data: TechnicalData {
            height: wire.height.map(Amount::value),
            hs_code: wire.hs_code.as_deref(),
            length: wire.length.map(Amount::value),
            material: wire.material.as_deref(),
            mid_code: wire.mid_code.as_deref(),
            origin_country: wire.origin_country.as_deref(),
            weight: wire.weight.map(Amount::value),
            width: wire.width.map(Amount::value),
        },
    })
}

/// The price of a variant in the region that was asked for; none where the shop has none there.
fn price(variant: &Variant) -> Result<Option<Price>> {
    let Some(price) = &variant.calculated_price else { return Ok(None) };
    let Some(amount) = price.calculated_amount else { return Ok(None) };
    Ok(Some(Price::new(amount.value(), map::currency(price.currency_code.as_deref())?)))
}

/// An option's id and the value that a variant has for it.
fn choice(option: &VariantOption) -> Option<(&str, &str)> {
    let nested = option.option.as_ref().and_then(|option| option.id.as_deref());
    Some((option.option_id.as_deref().or(nested)?, option.value.as_deref()?))
}

#[cfg(test)]
mod tests;
