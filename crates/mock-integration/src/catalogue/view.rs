//! From the tables to the contract's products.

use std::collections::BTreeMap;

use o2s_framework_core::media::Media;
use o2s_framework_core::money::{Currency, Price};
use o2s_framework_core::products::{AttributeValue, OptionGroup, Product as View, ProductVariantOption, Tag};
use o2s_framework_core::text::BasePath;
use rust_decimal::Decimal;

use super::{Attribute, Item, Label, items_of};
use crate::known::known;
use crate::language::{Language, Text, text};

/// The price of one piece; none in a currency that the shop does not know.
pub(crate) fn variant_price(item: Item, currency: Currency) -> Option<Price> {
    item.variant.price.in_currency(currency).map(|value| Price::new(value, currency))
}

/// A product, seen through one of its variants. `in_stock` says of each variant whether it can be bought now.
pub(crate) fn product_view(
    item: Item,
    language: Language,
    price: Option<Price>,
    base_path: Option<&BasePath>,
    in_stock: impl Fn(Item) -> bool,
) -> View {
    let product = item.product;
    let name = product.name.get(language);
    let summary = product.summary.get(language);
    let images: Vec<Media> = (1..=2).map(|number| picture(product.handle, number, name)).collect();
    let several = product.variants.len() > 1;
    View {
        id: known(&format!("prod_{}", product.code)),
        sku: item.sku(),
        variant_id: Some(known(&item.variant_id())),
        name: name.to_owned(),
        description: format!("{summary}\n\n{}", product.category.note.get(language)),
        short_description: Some(summary.to_owned()),
        subtitle: several.then(|| title(item)),
        location: None,
        image: images.first().cloned(),
        images: Some(images),
        price,
        link: link(item, base_path),
        kind: product.kind(),
        category: product.category.name.get(language).to_owned(),
        tags: product.labels.iter().map(|label| tag(*label, language)).collect(),
        attributes: attributes(item),
        option_groups: (!product.choices.is_empty()).then(|| option_groups(item, language)),
        variants: several.then(|| {
            items_of(product)
                .map(|sibling| ProductVariantOption {
                    id: known(&sibling.variant_id()),
                    title: title(sibling),
                    slug: sibling.variant.slug.to_owned(),
                    link: Some(link(sibling, base_path)),
                    options: Some(options(sibling)),
                    in_stock: Some(in_stock(sibling)),
                })
                .collect()
        }),
    }
}

fn title(item: Item) -> String {
    item.variant.values.join(" / ")
}

fn link(item: Item, base_path: Option<&BasePath>) -> String {
    let base = base_path.map_or("", BasePath::as_str);
    if item.product.variants.len() > 1 {
        format!("{base}/{}/{}", item.product.handle, item.variant.slug)
    } else {
        format!("{base}/{}", item.product.handle)
    }
}

/// The pictures are named, not there: `.example` is a domain that never resolves (RFC 2606).
fn picture(handle: &str, number: u32, name: &str) -> Media {
    Media {
        width: Some(1200),
        height: Some(900),
        priority: (number == 1).then_some(true),
        ..Media::new(format!("https://images.shop.example/{handle}-{number}.jpg"), name)
    }
}

fn tag(label: Label, language: Language) -> Tag {
    let (words, variant): (Text, _) = match label {
        Label::New => (text("New", "Neu", "Nowość"), "default"),
        Label::Bestseller => (text("Bestseller", "Bestseller", "Bestseller"), "secondary"),
        Label::Professional => (text("Professional", "Profi", "Dla profesjonalistów"), "outline"),
        Label::Subscription => (text("Subscription", "Abonnement", "Abonament"), "outline"),
        Label::LastPieces => (text("Last pieces", "Letzte Stücke", "Ostatnie sztuki"), "destructive"),
    };
    Tag { label: words.get(language).to_owned(), variant: variant.to_owned() }
}

fn attributes(item: Item) -> Option<BTreeMap<String, AttributeValue>> {
    let weight = (item.product.weight > 0)
        .then(|| ("weight".to_owned(), AttributeValue::Number(Decimal::from(item.product.weight))));
    let others = item.product.attributes.iter().map(|(name, value)| {
        let value = match *value {
            Attribute::Text(text) => AttributeValue::Text(text.to_owned()),
            Attribute::Number(digits, decimals) => AttributeValue::Number(Decimal::new(digits, decimals)),
        };
        ((*name).to_owned(), value)
    });
    let all: BTreeMap<_, _> = weight.into_iter().chain(others).collect();
    (!all.is_empty()).then_some(all)
}

fn options(item: Item) -> BTreeMap<String, String> {
    let choices = item.product.choices.iter().map(|choice| choice.id.to_owned());
    choices.zip(item.variant.values.iter().map(|value| (*value).to_owned())).collect()
}

fn option_groups(item: Item, language: Language) -> Vec<OptionGroup> {
    let group = |(position, choice): (usize, &super::Choice)| {
        let mut values: Vec<String> = Vec::new();
        for value in item.product.variants.iter().filter_map(|variant| variant.values.get(position)) {
            if !values.iter().any(|known| known == value) {
                values.push((*value).to_owned());
            }
        }
        OptionGroup { id: choice.id.to_owned(), title: choice.title.get(language).to_owned(), values }
    };
    item.product.choices.iter().enumerate().map(group).collect()
}

/// Whether a front end that says `title` means the group `id`: its id, or its title in any language.
pub(crate) fn is_option_group(item: Item, id: &str, title: &str) -> bool {
    item.product.choices.iter().any(|choice| choice.id == id && (choice.id == title || choice.title.is(title)))
}
