//! Medusa's products as the contract's.

use std::collections::{BTreeMap, HashMap};

use o2s_framework_core::error::{Error, Result};
use o2s_framework_core::ids::VariantId;
use o2s_framework_core::media::Media;
use o2s_framework_core::money::Price;
use o2s_framework_core::products::{
    AttributeValue, GetProduct, OptionGroup, OptionGroupLabel, Product, ProductType, ProductVariantOption, Tag,
};
use o2s_framework_core::text::BasePath;
use o2s_medusa_client::Amount;
use o2s_medusa_client::v2::store::products::{Image, Product as WireProduct, ProductOption};
use o2s_medusa_client::v2::store::variants::{Variant, VariantOption};
use rust_decimal::Decimal;

use super::line::VIRTUAL;
use crate::map;
use crate::slug::slug;

/// What is asked of each product of a list.
// Medusa: the place of a variant among its siblings comes with `*variants` alone, and nested objects have no id unless
// it is asked for.
pub(super) const LIST_FIELDS: &str = "id,title,subtitle,description,handle,thumbnail,type.id,type.value,\
tags.id,tags.value,*categories,images.url,images.rank,*variants,variants.inventory_quantity,*variants.calculated_price,\
variants.options.id,variants.options.value,variants.options.option";

/// What is asked of related products: that of a list, and what else they can be sorted by.
pub(super) const RELATED_FIELDS: &str = "id,title,subtitle,description,handle,thumbnail,created_at,updated_at,\
type.id,type.value,tags.id,tags.value,*categories,images.url,images.rank,*variants,variants.inventory_quantity,\
*variants.calculated_price,variants.options.id,variants.options.value,variants.options.option";

/// What is asked of one product: that of a list, and its technical data.
pub(super) const DETAIL_FIELDS: &str = "id,title,subtitle,description,handle,thumbnail,type.id,type.value,\
tags.id,tags.value,*categories,images.url,images.rank,*variants,variants.inventory_quantity,*variants.calculated_price,\
variants.options.id,variants.options.value,variants.options.option,options.id,options.title,\
weight,length,height,width,material,origin_country,hs_code,mid_code";

/// A product of a list, seen through its first variant.
pub(super) fn card(wire: &WireProduct, base_path: Option<&BasePath>) -> Result<Product> {
    let siblings = Siblings::of(wire);
    product(wire, &siblings, siblings.first(), base_path)
}

/// A product of a list, seen through this variant; none where it has no such variant.
pub(super) fn card_of(
    wire: &WireProduct,
    variant: &VariantId,
    base_path: Option<&BasePath>,
) -> Result<Option<Product>> {
    let siblings = Siblings::of(wire);
    let shown = siblings.0.iter().find(|sibling| sibling.variant.id == variant.as_str());
    shown.map(|shown| product(wire, &siblings, Some(shown), base_path)).transpose()
}

/// The id of the variant that goes by this id, slug or SKU. 404 `product.variant_not_found`.
pub(super) fn variant_id(wire: &WireProduct, wanted: &VariantId) -> Result<VariantId> {
    let siblings = Siblings::of(wire);
    let found = siblings.find(wanted).ok_or_else(|| unknown_variant(wanted, wire))?;
    map::id(&found.variant.id, "variant.id")
}

/// A product of its own page, seen through the variant that the request names. 404 `product.variant_not_found`.
pub(super) fn detail(wire: &WireProduct, request: &GetProduct) -> Result<Product> {
    let siblings = Siblings::of(wire);
    let shown = match &request.variant_id {
        Some(wanted) => Some(siblings.find(wanted).ok_or_else(|| unknown_variant(wanted, wire))?),
        None => siblings.first(),
    };
    let mut product = product(wire, &siblings, shown, request.base_path.as_ref())?;
    product.attributes = attributes(wire, shown.map(|sibling| sibling.variant));
    product.option_groups = Some(labelled(siblings.option_groups(&wire.options), &request.variant_option_groups));
    Ok(product)
}

fn unknown_variant(wanted: &VariantId, wire: &WireProduct) -> Error {
    let message = format!("Product {} has no variant {wanted}", wire.handle.as_deref().unwrap_or(&wire.id));
    Error::not_found("product.variant_not_found", message)
}

/// What a list and a page have in common. A product without variants is shown all the same, without a price.
fn product(
    wire: &WireProduct,
    siblings: &Siblings<'_>,
    shown: Option<&Sibling<'_>>,
    base_path: Option<&BasePath>,
) -> Result<Product> {
    let name = wire.title.clone().unwrap_or_default();
    let page = format!(
        "{}/{}",
        base_path.map_or("", BasePath::as_str),
        map::text(wire.handle.as_ref()).unwrap_or_else(|| wire.id.clone())
    );
    let images = images(&wire.images, &name);
    let first_image = images.first().cloned();
    let shown_variant = shown.map(|sibling| sibling.variant);
    Ok(Product {
        id: map::id(&wire.id, "product.id")?,
        sku: shown_variant.map_or_else(|| wire.id.clone(), sku),
        variant_id: shown_variant.map(|variant| map::id(&variant.id, "variant.id")).transpose()?,
        description: wire.description.clone().unwrap_or_default(),
        short_description: map::text(wire.subtitle.as_ref()),
        subtitle: None,
        location: None,
        image: map::text(wire.thumbnail.as_ref()).map(|url| Media::new(url, name.clone())).or(first_image),
        images: (!images.is_empty()).then_some(images),
        price: shown_variant.map(price).transpose()?.flatten(),
        link: match shown {
            Some(sibling) if siblings.0.len() > 1 || sibling.is_named => format!("{page}/{}", sibling.slug),
            _ => page.clone(),
        },
        kind: kind(wire),
        category: wire.categories.iter().find_map(|category| category.name.clone()).unwrap_or_default(),
        tags: tags(wire),
        attributes: None,
        option_groups: None,
        variants: siblings.choices(&page)?,
        name,
    })
}

/// The price of a variant in the region that was asked for; none where the shop has none there.
fn price(variant: &Variant) -> Result<Option<Price>> {
    let Some(price) = &variant.calculated_price else { return Ok(None) };
    let Some(amount) = price.calculated_amount else { return Ok(None) };
    Ok(Some(Price::new(amount.value(), map::currency(price.currency_code.as_deref())?)))
}

fn sku(variant: &Variant) -> String {
    map::text(variant.sku.as_ref()).unwrap_or_else(|| variant.id.clone())
}

fn kind(wire: &WireProduct) -> ProductType {
    let value = wire.product_type.as_ref().and_then(|kind| kind.value.as_deref());
    if value.is_some_and(|value| value.eq_ignore_ascii_case(VIRTUAL)) {
        ProductType::Virtual
    } else {
        ProductType::Physical
    }
}

fn tags(wire: &WireProduct) -> Vec<Tag> {
    let labels = wire.tags.iter().filter_map(|tag| map::text(tag.value.as_ref()));
    labels.map(|label| Tag { label, variant: "default".to_owned() }).collect()
}

fn images(wire: &[Image], alt: &str) -> Vec<Media> {
    let mut ranked: Vec<&Image> = wire.iter().collect();
    ranked.sort_by_key(|image| image.rank.unwrap_or(i64::MAX));
    ranked.into_iter().filter_map(|image| Some(Media::new(map::text(image.url.as_ref())?, alt))).collect()
}

/// Whether a variant can be bought now.
fn in_stock(variant: &Variant) -> bool {
    variant.manage_inventory == Some(false)
        || variant.allow_backorder == Some(true)
        || variant.inventory_quantity.is_none_or(|quantity| quantity.value() > Decimal::ZERO)
}

/// Technical data under Medusa's names: the variant's own, else the product's. Empty texts and zeros say nothing.
fn attributes(wire: &WireProduct, variant: Option<&Variant>) -> Option<BTreeMap<String, AttributeValue>> {
    let text = |own: fn(&Variant) -> Option<&String>, whole: Option<&String>| {
        let text = map::text(variant.and_then(own)).or_else(|| map::text(whole));
        text.map(AttributeValue::Text)
    };
    let number = |own: fn(&Variant) -> Option<Amount>, whole: Option<Amount>| {
        let mut values = variant.and_then(own).into_iter().chain(whole).map(Amount::value);
        values.find(|value| !value.is_zero()).map(AttributeValue::Number)
    };
    let attributes = [
        ("height", number(|v| v.height, wire.height)),
        ("hs_code", text(|v| v.hs_code.as_ref(), wire.hs_code.as_ref())),
        ("length", number(|v| v.length, wire.length)),
        ("material", text(|v| v.material.as_ref(), wire.material.as_ref())),
        ("mid_code", text(|v| v.mid_code.as_ref(), wire.mid_code.as_ref())),
        ("origin_country", text(|v| v.origin_country.as_ref(), wire.origin_country.as_ref())),
        ("weight", number(|v| v.weight, wire.weight)),
        ("width", number(|v| v.width, wire.width)),
    ];
    let told: BTreeMap<String, AttributeValue> =
        attributes.into_iter().filter_map(|(name, value)| Some((name.to_owned(), value?))).collect();
    (!told.is_empty()).then_some(told)
}

/// The variants of a product, in the shop's order.
struct Siblings<'a>(Vec<Sibling<'a>>);

/// A variant among its siblings.
struct Sibling<'a> {
    variant: &'a Variant,
    /// Its name in URLs, unlike that of any sibling.
    slug: String,
    /// Whether the slug is more than the variant's id.
    is_named: bool,
}

impl<'a> Siblings<'a> {
    fn of(wire: &'a WireProduct) -> Self {
        let mut variants: Vec<&Variant> = wire.variants.iter().collect();
        // Medusa: variants come in no order; the id decides between equal ranks, so that the first stays the first.
        variants.sort_by(|a, b| {
            let rank = |variant: &Variant| variant.variant_rank.unwrap_or(i64::MAX);
            rank(a).cmp(&rank(b)).then_with(|| a.id.cmp(&b.id))
        });
        let slugs: Vec<String> =
            variants.iter().map(|variant| variant.sku.as_deref().map(slug).unwrap_or_default()).collect();
        let mut uses: HashMap<&str, usize> = HashMap::new();
        for slug in &slugs {
            let count = uses.entry(slug).or_default();
            *count = count.saturating_add(1);
        }
        let unique: Vec<bool> =
            slugs.iter().map(|slug| !slug.is_empty() && uses.get(slug.as_str()) == Some(&1)).collect();
        let siblings = variants.into_iter().zip(slugs).zip(unique).map(|((variant, slug), is_named)| Sibling {
            variant,
            slug: if is_named { slug } else { variant.id.clone() },
            is_named,
        });
        Self(siblings.collect())
    }

    fn first(&self) -> Option<&Sibling<'a>> {
        self.0.first()
    }

    /// The variant of this id, slug or SKU; one without SKU goes by its title's slug as well.
    fn find(&self, wanted: &VariantId) -> Option<&Sibling<'a>> {
        let wanted = wanted.as_str();
        let by_title = |variant: &Variant| {
            variant.sku.as_deref().is_none_or(str::is_empty)
                && variant.title.as_deref().is_some_and(|title| slug(title) == wanted)
        };
        let mut found = self.0.iter().find(|sibling| sibling.variant.id == wanted);
        found = found.or_else(|| self.0.iter().find(|sibling| sibling.slug == wanted));
        found = found.or_else(|| self.0.iter().find(|sibling| sibling.variant.sku.as_deref() == Some(wanted)));
        found.or_else(|| self.0.iter().find(|sibling| by_title(sibling.variant)))
    }

    /// What can be chosen, in the order in which it appears.
    fn option_groups(&self, options: &[ProductOption]) -> Vec<OptionGroup> {
        let mut groups: Vec<OptionGroup> = Vec::new();
        for option in self.0.iter().flat_map(|sibling| &sibling.variant.options) {
            let Some((id, value)) = choice(option) else { continue };
            let title =
                options.iter().find(|option| option.id == id).and_then(|option| map::text(option.title.as_ref()));
            match groups.iter_mut().find(|group| group.id == id) {
                Some(group) if group.values.iter().any(|known| known == value) => {}
                Some(group) => group.values.push(value.to_owned()),
                None => groups.push(OptionGroup {
                    id: id.to_owned(),
                    title: title.unwrap_or_else(|| id.to_owned()),
                    values: vec![value.to_owned()],
                }),
            }
        }
        groups
    }

    /// All variants to choose from; none where there is nothing to choose.
    fn choices(&self, page: &str) -> Result<Option<Vec<ProductVariantOption>>> {
        if self.0.len() < 2 {
            return Ok(None);
        }
        let choices = self.0.iter().map(|sibling| {
            let variant = sibling.variant;
            let values: Vec<(&str, &str)> = variant.options.iter().filter_map(choice).collect();
            let title = if values.is_empty() {
                map::text(variant.title.as_ref()).unwrap_or_else(|| variant.id.clone())
            } else {
                values.iter().map(|(_, value)| *value).collect::<Vec<_>>().join(" / ")
            };
            let options: BTreeMap<String, String> =
                values.into_iter().map(|(id, value)| (id.to_owned(), value.to_owned())).collect();
            Ok(ProductVariantOption {
                id: map::id(&variant.id, "variant.id")?,
                title,
                slug: sibling.slug.clone(),
                link: Some(format!("{page}/{}", sibling.slug)),
                options: (!options.is_empty()).then_some(options),
                in_stock: Some(in_stock(variant)),
            })
        });
        choices.collect::<Result<_>>().map(Some)
    }
}

/// An option's id and the value that a variant has for it.
fn choice(option: &VariantOption) -> Option<(&str, &str)> {
    let nested = option.option.as_ref().and_then(|option| option.id.as_deref());
    Some((option.option_id.as_deref().or(nested)?, option.value.as_deref()?))
}

/// The groups in the order and with the titles of a front end; those that it does not name follow as they were.
fn labelled(groups: Vec<OptionGroup>, labels: &[OptionGroupLabel]) -> Vec<OptionGroup> {
    let place = |group: &OptionGroup| labels.iter().position(|label| label.title == group.title);
    let mut placed: Vec<(Option<usize>, OptionGroup)> =
        groups.into_iter().map(|group| (place(&group), group)).collect();
    placed.sort_by_key(|(place, _)| place.unwrap_or(usize::MAX));
    let titled = placed.into_iter().map(|(place, group)| match place.and_then(|place| labels.get(place)) {
        Some(label) => OptionGroup { title: label.label.clone(), ..group },
        None => group,
    });
    titled.collect()
}

#[cfg(test)]
mod tests;
