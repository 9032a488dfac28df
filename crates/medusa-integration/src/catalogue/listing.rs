//! A product as any Medusa tells it, and what the contract shows of it.

use std::collections::{BTreeMap, HashMap};

use o2s_framework_core::error::{Error, Result};
use o2s_framework_core::ids::VariantId;
use o2s_framework_core::media::Media;
use o2s_framework_core::money::Price;
use o2s_framework_core::products::{
    AttributeValue, GetProduct, OptionGroup, OptionGroupLabel, Product, ProductType, ProductVariantOption, Tag,
};
use o2s_framework_core::text::BasePath;
use rust_decimal::Decimal;

use crate::map;
use crate::slug::slug;

/// The name of the product type that is not shipped, in any case.
const VIRTUAL: &str = "VIRTUAL";

/// Whether a product of this type is not shipped.
pub(crate) fn is_virtual(type_name: Option<&str>) -> bool {
    type_name.is_some_and(|name| name.eq_ignore_ascii_case(VIRTUAL))
}

/// A product as a Medusa tells it. A text that is there may be empty, and says nothing then.
#[derive(Default)]
pub(crate) struct Listing<'a> {
    pub(crate) id: &'a str,
    pub(crate) title: Option<&'a str>,
    pub(crate) subtitle: Option<&'a str>,
    pub(crate) description: Option<&'a str>,
    pub(crate) handle: Option<&'a str>,
    pub(crate) thumbnail: Option<&'a str>,
    pub(crate) type_name: Option<&'a str>,
    pub(crate) category: Option<&'a str>,
    pub(crate) tags: Vec<&'a str>,
    /// Addresses of pictures, in the shop's order.
    pub(crate) images: Vec<&'a str>,
    /// Ids of options with their titles.
    pub(crate) options: Vec<(&'a str, &'a str)>,
    pub(crate) data: TechnicalData<'a>,
    /// In the shop's order.
    pub(crate) variants: Vec<ListedVariant<'a>>,
}

/// A variant of a product.
#[derive(Default)]
pub(crate) struct ListedVariant<'a> {
    pub(crate) id: &'a str,
    pub(crate) title: Option<&'a str>,
    pub(crate) sku: Option<&'a str>,
    /// In the region that was asked for; none where the shop has none there.
    pub(crate) price: Option<Price>,
    /// Whether it can be bought now.
    pub(crate) in_stock: bool,
    /// Ids of options with the value that the variant has for each.
    pub(crate) choices: Vec<(&'a str, &'a str)>,
    pub(crate) data: TechnicalData<'a>,
}

/// Technical data of a product or of a variant, under Medusa's names. Empty texts and zeros say nothing.
#[derive(Default)]
pub(crate) struct TechnicalData<'a> {
    pub(crate) height: Option<Decimal>,
    pub(crate) hs_code: Option<&'a str>,
    pub(crate) length: Option<Decimal>,
    pub(crate) material: Option<&'a str>,
    pub(crate) mid_code: Option<&'a str>,
    pub(crate) origin_country: Option<&'a str>,
    pub(crate) weight: Option<Decimal>,
    pub(crate) width: Option<Decimal>,
}

/// A text that says something.
fn said(text: Option<&str>) -> Option<&str> {
    text.filter(|text| !text.trim().is_empty())
}

impl Listing<'_> {
    /// The product in a list, seen through its first variant.
    pub(crate) fn card(&self, base_path: Option<&BasePath>) -> Result<Product> {
        let siblings = Siblings::of(self);
        self.show(&siblings, siblings.first(), base_path)
    }

    /// The product in a list, seen through this variant; none where it has no such variant.
    pub(crate) fn card_of(&self, variant: &VariantId, base_path: Option<&BasePath>) -> Result<Option<Product>> {
        let siblings = Siblings::of(self);
        let shown = siblings.0.iter().find(|sibling| sibling.variant.id == variant.as_str());
        shown.map(|shown| self.show(&siblings, Some(shown), base_path)).transpose()
    }

    /// The id of the variant that goes by this id, slug or SKU. 404 `product.variant_not_found`.
    pub(crate) fn variant_id(&self, wanted: &VariantId) -> Result<VariantId> {
        let siblings = Siblings::of(self);
        let found = siblings.find(wanted).ok_or_else(|| self.unknown_variant(wanted))?;
        map::id(found.variant.id, "variant.id")
    }

    /// The product on a page of its own, seen through the variant that the request names. 404
    /// `product.variant_not_found`.
    pub(crate) fn detail(&self, request: &GetProduct) -> Result<Product> {
        let siblings = Siblings::of(self);
        let shown = match &request.variant_id {
            Some(wanted) => Some(siblings.find(wanted).ok_or_else(|| self.unknown_variant(wanted))?),
            None => siblings.first(),
        };
        let mut product = self.show(&siblings, shown, request.base_path.as_ref())?;
        product.attributes = self.attributes(shown.map(|sibling| sibling.variant));
        product.option_groups = Some(labelled(siblings.option_groups(&self.options), &request.variant_option_groups));
        Ok(product)
    }

    fn unknown_variant(&self, wanted: &VariantId) -> Error {
        let message = format!("Product {} has no variant {wanted}", self.handle.unwrap_or(self.id));
        Error::not_found("product.variant_not_found", message)
    }

    /// What a list and a page have in common. A product without variants is shown all the same, without a price.
    fn show(
        &self,
        siblings: &Siblings<'_>,
        shown: Option<&Sibling<'_>>,
        base_path: Option<&BasePath>,
    ) -> Result<Product> {
        let name = self.title.unwrap_or_default().to_owned();
        let page = format!("{}/{}", base_path.map_or("", BasePath::as_str), said(self.handle).unwrap_or(self.id));
        let images: Vec<Media> =
            self.images.iter().filter_map(|url| Some(Media::new(said(Some(url))?, name.clone()))).collect();
        let first_image = images.first().cloned();
        let variant = shown.map(|sibling| sibling.variant);
        Ok(Product {
            id: map::id(self.id, "product.id")?,
            sku: variant.map_or(self.id, |variant| said(variant.sku).unwrap_or(variant.id)).to_owned(),
            variant_id: variant.map(|variant| map::id(variant.id, "variant.id")).transpose()?,
            description: self.description.unwrap_or_default().to_owned(),
            short_description: said(self.subtitle).map(str::to_owned),
            subtitle: None,
            location: None,
            image: said(self.thumbnail).map(|url| Media::new(url, name.clone())).or(first_image),
            images: (!images.is_empty()).then_some(images),
            price: variant.and_then(|variant| variant.price.clone()),
            link: match shown {
                Some(sibling) if siblings.0.len() > 1 || sibling.is_named => format!("{page}/{}", sibling.slug),
                _ => page.clone(),
            },
            kind: if is_virtual(self.type_name) { ProductType::Virtual } else { ProductType::Physical },
            category: self.category.unwrap_or_default().to_owned(),
            tags: self.tags.iter().filter_map(|label| said(Some(label))).map(tag).collect(),
            attributes: None,
            option_groups: None,
            variants: siblings.choices(&page)?,
            name,
        })
    }

    /// The variant's own technical data, else the product's.
    fn attributes(&self, variant: Option<&ListedVariant<'_>>) -> Option<BTreeMap<String, AttributeValue>> {
        let none = TechnicalData::default();
        let (own, whole) = (variant.map_or(&none, |variant| &variant.data), &self.data);
        let text = |own, whole| said(own).or(said(whole)).map(|text| AttributeValue::Text(text.to_owned()));
        let number = |own: Option<Decimal>, whole: Option<Decimal>| {
            own.into_iter().chain(whole).find(|value| !value.is_zero()).map(AttributeValue::Number)
        };
        let attributes = [
            ("height", number(own.height, whole.height)),
            ("hs_code", text(own.hs_code, whole.hs_code)),
            ("length", number(own.length, whole.length)),
            ("material", text(own.material, whole.material)),
            ("mid_code", text(own.mid_code, whole.mid_code)),
            ("origin_country", text(own.origin_country, whole.origin_country)),
            ("weight", number(own.weight, whole.weight)),
            ("width", number(own.width, whole.width)),
        ];
        let told: BTreeMap<String, AttributeValue> =
            attributes.into_iter().filter_map(|(name, value)| Some((name.to_owned(), value?))).collect();
        (!told.is_empty()).then_some(told)
    }
}

fn tag(label: &str) -> Tag {
    Tag { label: label.to_owned(), variant: "default".to_owned() }
}

/// The variants of a product, in the shop's order.
struct Siblings<'a>(Vec<Sibling<'a>>);

/// A variant among its siblings.
struct Sibling<'a> {
    variant: &'a ListedVariant<'a>,
    /// Its name in URLs, unlike that of any sibling.
    slug: String,
    /// Whether the slug is more than the variant's id.
    is_named: bool,
}

impl<'a> Siblings<'a> {
    fn of(listing: &'a Listing<'a>) -> Self {
        let slugs: Vec<String> =
            listing.variants.iter().map(|variant| variant.sku.map(slug).unwrap_or_default()).collect();
        let mut uses: HashMap<&str, usize> = HashMap::new();
        for slug in &slugs {
            let count = uses.entry(slug).or_default();
            *count = count.saturating_add(1);
        }
        let unique: Vec<bool> =
            slugs.iter().map(|slug| !slug.is_empty() && uses.get(slug.as_str()) == Some(&1)).collect();
        let siblings = listing.variants.iter().zip(slugs).zip(unique).map(|((variant, slug), is_named)| Sibling {
            variant,
            slug: if is_named { slug } else { variant.id.to_owned() },
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
        let by_title = |variant: &ListedVariant<'_>| {
            variant.sku.is_none_or(str::is_empty) && variant.title.is_some_and(|title| slug(title) == wanted)
        };
        let mut found = self.0.iter().find(|sibling| sibling.variant.id == wanted);
        found = found.or_else(|| self.0.iter().find(|sibling| sibling.slug == wanted));
        found = found.or_else(|| self.0.iter().find(|sibling| sibling.variant.sku == Some(wanted)));
        found.or_else(|| self.0.iter().find(|sibling| by_title(sibling.variant)))
    }

    /// What can be chosen, in the order in which it appears.
    fn option_groups(&self, options: &[(&str, &str)]) -> Vec<OptionGroup> {
        let mut groups: Vec<OptionGroup> = Vec::new();
        for (id, value) in self.0.iter().flat_map(|sibling| &sibling.variant.choices) {
            match groups.iter_mut().find(|group| group.id == *id) {
                Some(group) if group.values.iter().any(|known| known == value) => {}
                Some(group) => group.values.push((*value).to_owned()),
                None => {
                    let title = options.iter().find(|(option, _)| option == id);
                    groups.push(OptionGroup {
                        id: (*id).to_owned(),
                        title: title.and_then(|(_, title)| said(Some(title))).unwrap_or(id).to_owned(),
                        values: vec![(*value).to_owned()],
                    });
                }
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
            let title = if variant.choices.is_empty() {
                said(variant.title).unwrap_or(variant.id).to_owned()
            } else {
                variant.choices.iter().map(|(_, value)| *value).collect::<Vec<_>>().join(" / ")
            };
            let options: BTreeMap<String, String> =
                variant.choices.iter().map(|(id, value)| ((*id).to_owned(), (*value).to_owned())).collect();
            Ok(ProductVariantOption {
                id: map::id(variant.id, "variant.id")?,
                title,
                slug: sibling.slug.clone(),
                link: Some(format!("{page}/{}", sibling.slug)),
                options: (!options.is_empty()).then_some(options),
                in_stock: Some(variant.in_stock),
            })
        });
        choices.collect::<Result<_>>().map(Some)
    }
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
