//! What the shop sells: tables, and how to find something in them.
//!
//! The catalogue never changes while the shop runs; what does change, the stock left, is in the shop's state.

mod categories;
mod collections;
mod consumables;
mod hand_tools;
mod measuring;
mod power_tools;
mod references;
mod safety;
mod services;
mod view;
mod workshop;
mod workwear;

use o2s_framework_core::money::Currency;
use o2s_framework_core::products::ProductType;
use o2s_framework_core::resources::PaymentPeriod;
use rust_decimal::Decimal;

pub(crate) use categories::{Category, categories};
pub(crate) use collections::collections;
pub(crate) use references::{featured_services, related};
pub(crate) use view::{is_option_group, product_view, variant_price};

use categories::{CONSUMABLES, HAND_TOOLS, MEASURING, POWER_TOOLS, SAFETY, SERVICES, WORKSHOP, WORKWEAR};

use crate::language::{Text, text};

/// An amount in each currency of the shop, in minor units (cents, grosz).
#[derive(Clone, Copy, Debug)]
pub(crate) struct Amounts {
    eur: i64,
    usd: i64,
    pln: i64,
}

/// An amount in euro cents, US cents and grosz.
pub(crate) const fn amounts(eur: i64, usd: i64, pln: i64) -> Amounts {
    Amounts { eur, usd, pln }
}

impl Amounts {
    /// The amount in major units; none in a currency that the shop does not know.
    pub(crate) fn in_currency(self, currency: Currency) -> Option<Decimal> {
        let minor = match currency {
            Currency::EUR => self.eur,
            Currency::USD => self.usd,
            Currency::PLN => self.pln,
            _ => return None,
        };
        Some(Decimal::new(minor, 2))
    }
}

/// How many pieces there are when the shop opens.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Stock {
    /// So many, and no more than that can be sold.
    Pieces(u32),
    /// None, but orders are taken.
    Backorder,
    /// Not a thing that runs out.
    Unlimited,
}

/// More than a demo sells.
const PLENTY: Stock = Stock::Pieces(10_000);
const SOLD_OUT: Stock = Stock::Pieces(0);

/// A label on a product.
#[derive(Clone, Copy, Debug)]
enum Label {
    New,
    Bestseller,
    Professional,
    Subscription,
    LastPieces,
}

/// A technical datum of a product.
#[derive(Clone, Copy, Debug)]
enum Attribute {
    Text(&'static str),
    /// A number of this many units, the last so many digits of which are decimals.
    Number(i64, u32),
}

/// Something to choose.
#[derive(Clone, Copy, Debug)]
struct Choice {
    id: &'static str,
    title: Text,
}

const SIZE: Choice = Choice { id: "size", title: text("Size", "Größe", "Rozmiar") };
const COLOUR: Choice = Choice { id: "colour", title: text("Colour", "Farbe", "Kolor") };
const SCOPE: Choice = Choice { id: "scope", title: text("Scope of delivery", "Lieferumfang", "Zestaw") };
const LENGTH: Choice = Choice { id: "length", title: text("Length", "Länge", "Długość") };
const CAPACITY: Choice = Choice { id: "capacity", title: text("Capacity", "Kapazität", "Pojemność") };
const TERM: Choice = Choice { id: "term", title: text("Term", "Laufzeit", "Okres") };

/// A variant of a product.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Variant {
    /// Its name in URLs.
    pub(crate) slug: &'static str,
    /// The choice in each of the product's option groups.
    values: &'static [&'static str],
    pub(crate) price: Amounts,
    pub(crate) stock: Stock,
    /// How often it is paid; only services say.
    pub(crate) period: Option<PaymentPeriod>,
}

/// The variant of a product that has but one.
const fn only(price: Amounts, stock: Stock) -> Variant {
    variant("standard", &[], price, stock)
}

const fn variant(slug: &'static str, values: &'static [&'static str], price: Amounts, stock: Stock) -> Variant {
    Variant { slug, values, price, stock, period: None }
}

/// A product.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Product {
    /// The number in the printed catalogue, in lower case. The product's id is `prod_` and this, a variant's id
    /// `var_`, this, `-` and its slug, a variant's SKU the same in upper case without `VAR_`.
    pub(crate) code: &'static str,
    /// The name in URLs.
    pub(crate) handle: &'static str,
    pub(crate) category: &'static Category,
    pub(crate) name: Text,
    summary: Text,
    /// Weight of one piece in grams, packaging included; 0 for what is not shipped.
    pub(crate) weight: u32,
    labels: &'static [Label],
    attributes: &'static [(&'static str, Attribute)],
    choices: &'static [Choice],
    pub(crate) variants: &'static [Variant],
}

const fn product(
    code: &'static str,
    handle: &'static str,
    category: &'static Category,
    name: Text,
    summary: Text,
    weight: u32,
) -> Product {
    Product { code, handle, category, name, summary, weight, labels: &[], attributes: &[], choices: &[], variants: &[] }
}

impl Product {
    const fn labels(mut self, labels: &'static [Label]) -> Self {
        self.labels = labels;
        self
    }

    const fn attributes(mut self, attributes: &'static [(&'static str, Attribute)]) -> Self {
        self.attributes = attributes;
        self
    }

    const fn choices(mut self, choices: &'static [Choice]) -> Self {
        self.choices = choices;
        self
    }

    const fn variants(mut self, variants: &'static [Variant]) -> Self {
        self.variants = variants;
        self
    }

    /// Whether it is shipped: what weighs nothing is not.
    pub(crate) fn kind(&self) -> ProductType {
        if self.weight == 0 { ProductType::Virtual } else { ProductType::Physical }
    }
}

/// A variant together with its product. The tables live as long as the program, so this is a light thing to keep.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Item {
    pub(crate) product: &'static Product,
    pub(crate) variant: &'static Variant,
}

impl PartialEq for Item {
    fn eq(&self, other: &Self) -> bool {
        self.key() == other.key()
    }
}

impl Item {
    /// What tells it from every other item.
    pub(crate) fn key(self) -> (&'static str, &'static str) {
        (self.product.code, self.variant.slug)
    }

    pub(crate) fn variant_id(self) -> String {
        format!("var_{}-{}", self.product.code, self.variant.slug)
    }

    pub(crate) fn sku(self) -> String {
        format!("{}-{}", self.product.code, self.variant.slug).to_ascii_uppercase()
    }

    /// Whether `name` is the variant's id, SKU (in any case) or slug.
    fn is(self, name: &str) -> bool {
        name == self.variant.slug || self.is_exactly(name)
    }

    /// Whether `name` is the variant's id or SKU (in any case).
    fn is_exactly(self, name: &str) -> bool {
        let (code, slug) = self.key();
        let plain = name.strip_prefix("var_").unwrap_or(name);
        let (head, tail) = plain.split_at_checked(code.len()).unwrap_or_default();
        head.eq_ignore_ascii_case(code) && tail.strip_prefix('-').is_some_and(|tail| tail.eq_ignore_ascii_case(slug))
    }
}

/// Every product, oldest first.
pub(crate) fn products() -> impl Iterator<Item = &'static Product> {
    power_tools::PRODUCTS
        .iter()
        .chain(hand_tools::PRODUCTS)
        .chain(measuring::PRODUCTS)
        .chain(workwear::PRODUCTS)
        .chain(safety::PRODUCTS)
        .chain(workshop::PRODUCTS)
        .chain(consumables::PRODUCTS)
        .chain(services::PRODUCTS)
}

/// Every variant of a product, in the shop's order.
pub(crate) fn items_of(product: &'static Product) -> impl Iterator<Item = Item> {
    product.variants.iter().map(move |variant| Item { product, variant })
}

/// Every variant of the shop.
pub(crate) fn items() -> impl Iterator<Item = Item> {
    products().flat_map(items_of)
}

/// The product with this id or handle.
pub(crate) fn find_product(id: &str) -> Option<&'static Product> {
    products().find(|product| product.handle == id || id.strip_prefix("prod_") == Some(product.code))
}

/// The variant of a product with this id, SKU or slug.
pub(crate) fn find_variant(product: &'static Product, name: &str) -> Option<Item> {
    items_of(product).find(|item| item.is(name))
}

/// The variant of the shop with this id or SKU.
pub(crate) fn find_item(name: &str) -> Option<Item> {
    items().find(|item| item.is_exactly(name))
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use o2s_framework_core::ids::{ProductId, VariantId};

    use super::*;

    #[test]
    fn the_catalogue_is_sound() {
        let mut seen = HashSet::new();
        for product in products() {
            assert!(seen.insert(product.code), "{} is there twice", product.code);
            assert!(seen.insert(product.handle), "{} is there twice", product.handle);
            assert!(ProductId::new(product.handle).is_ok());
            assert!(!product.variants.is_empty(), "{} has no variant", product.code);
            assert_eq!(product.code, product.code.to_ascii_lowercase());
            let mut slugs = HashSet::new();
            for item in items_of(product) {
                assert!(slugs.insert(item.variant.slug), "{} twice in {}", item.variant.slug, product.code);
                assert_eq!(item.variant.values.len(), product.choices.len(), "{}", item.sku());
                assert!(VariantId::new(item.variant_id()).is_ok() && VariantId::new(item.sku()).is_ok());
                assert_eq!(find_item(&item.variant_id()), Some(item));
                assert_eq!(find_item(&item.sku()), Some(item));
                assert_eq!(find_item(&item.sku().to_lowercase()), Some(item));
                for amount in [item.variant.price.eur, item.variant.price.usd, item.variant.price.pln] {
                    assert!(amount > 0, "{} is for free", item.sku());
                }
                assert_eq!(item.variant.stock == Stock::Unlimited, product.kind() == ProductType::Virtual);
            }
        }
    }

    #[test]
    fn there_is_something_of_everything() {
        assert!(products().count() >= 40, "{} products", products().count());
        assert!(products().map(|p| p.category.handle).collect::<HashSet<_>>().len() >= 6);
        assert!(products().filter(|p| p.kind() == ProductType::Virtual).count() >= 6);
        for stock in [SOLD_OUT, Stock::Pieces(3), Stock::Backorder, Stock::Unlimited, PLENTY] {
            assert!(items().any(|item| item.variant.stock == stock), "nothing is {stock:?}");
        }
    }

    #[test]
    fn an_unknown_name_finds_nothing() {
        for name in ["", "var_", "dr-1810", "dr-1810-", "prod_dr-1810", "DR-1810-ÄÖÜ", "standard"] {
            assert_eq!(find_item(name), None, "{name}");
        }
    }
}
