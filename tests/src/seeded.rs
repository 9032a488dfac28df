//! The Medusa of `tests/medusa/v2` and what its seed put into it.

use std::collections::BTreeMap;
use std::path::Path;

use o2s_framework_core::money::Currency;
use o2s_integration_testkit::facts::{
    Amount, CatalogueFacts, CategoryFacts, Facts, PaymentFacts, PromotionFact, PromotionFacts, RegionFacts,
    ShippingFact, ShippingFacts, VariantFact, VariantFacts,
};
use serde::Deserialize;

/// A running Medusa: the file that `cargo xtask medusa up` writes.
#[derive(Clone, Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
#[expect(missing_docs, reason = "the names are the file's own")]
pub struct Env {
    pub base_url: String,
    pub publishable_key: String,
    pub publishable_key_without_channel: String,
    pub admin_key: String,
    pub medusa_jwt_secret: String,
    pub sso_secret: String,
    pub sso_issuer: String,
    pub sso_audience: String,
    pub region_ids: BTreeMap<String, String>,
    pub shipping_option_ids: BTreeMap<String, BTreeMap<String, String>>,
    pub category_ids: BTreeMap<String, String>,
    pub stock_location_id: String,
    pub payment_provider_ids: BTreeMap<String, String>,
    pub promo_codes: BTreeMap<String, String>,
    pub variants: BTreeMap<String, SeededVariant>,
    pub customers: Vec<SeededCustomer>,
    pub admin: Login,
    pub resources: Resources,
    pub counts: Counts,
}

/// An account of the seed.
#[derive(Clone, Debug, Deserialize)]
#[expect(missing_docs, reason = "the names are the file's own")]
pub struct Login {
    pub email: String,
    pub password: String,
}

/// A customer of the seed: Jane, then John.
#[derive(Clone, Debug, Deserialize)]
#[expect(missing_docs, reason = "the names are the file's own")]
pub struct SeededCustomer {
    pub id: String,
    #[serde(flatten)]
    pub login: Login,
}

/// What the seed gave the assets-and-services module. Assets and services are those of the two customers, in the order of
/// their making; the odd ones are named after what is odd, and belong to nobody else's list or to Jane's.
#[derive(Clone, Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
#[expect(missing_docs, reason = "the names are the file's own")]
pub struct Resources {
    pub asset_ids: BTreeMap<String, Vec<String>>,
    pub service_ids: BTreeMap<String, Vec<String>>,
    pub services_by_state: BTreeMap<String, BTreeMap<String, String>>,
    pub odd_assets: BTreeMap<String, String>,
    pub odd_services: BTreeMap<String, String>,
    pub customer_ids: ResourceCustomers,
    pub references: References,
    pub featured: Featured,
}

/// Customers whose resources are out of the ordinary.
#[derive(Clone, Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
#[expect(missing_docs, reason = "the names are the file's own")]
pub struct ResourceCustomers {
    pub without_anything: String,
    pub deleted: String,
    pub pair: Vec<String>,
}

/// References from one variant to others, by their type.
#[derive(Clone, Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
#[expect(missing_docs, reason = "the names are the file's own")]
pub struct References {
    pub source: SeededVariant,
    pub targets: BTreeMap<String, Vec<SeededVariant>>,
    pub unknown_target: String,
}

/// The category of featured services.
#[derive(Clone, Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
#[expect(missing_docs, reason = "the names are the file's own")]
pub struct Featured {
    pub category_id: String,
    pub product_ids: Vec<String>,
    pub draft_product_id: String,
}

/// A variant of the seed.
#[derive(Clone, Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
#[expect(missing_docs, reason = "the names are the file's own")]
pub struct SeededVariant {
    pub id: String,
    pub product_id: String,
    pub sku: String,
}

/// How much the seed made.
#[derive(Clone, Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
#[expect(missing_docs, reason = "the names are the file's own")]
pub struct Counts {
    pub published_products: u64,
}

/// The SKU of the variant that scenarios may buy the last pieces of.
pub const LAST_PIECES_SKU: &str = "TAPE-MEASURE-8M";

impl Env {
    /// Reads the file.
    pub fn load(path: &Path) -> anyhow::Result<Self> {
        use anyhow::Context;
        let text = std::fs::read_to_string(path).with_context(|| format!("reading {}", path.display()))?;
        serde_json::from_str(&text).with_context(|| format!("{} is not the file of this xtask", path.display()))
    }

    /// What the suite needs to know of the seeded shop. Names, prices and rates are the seed's own
    /// (`tests/medusa/v2/src/scripts`).
    pub fn facts(&self, last_pieces: &SeededVariant) -> Facts {
        let variant = |key: &str| &self.variants[key];
        let option = |key: &str, name: &str, price: &str| ShippingFact {
            id: text(&self.shipping_option_ids["eu"][key]),
            name: name.to_owned(),
            price: amount(price),
        };
        Facts {
            home: region(&self.region_ids["eu"], Currency::EUR, "DE", "19"),
            abroad: region(&self.region_ids["us"], Currency::USD, "US", "7.25"),
            variants: VariantFacts {
                plain: fact(variant("plain"), "claw-hammer", "Claw Hammer", "19.99", "21.99"),
                other: fact(variant("other"), "work-jacket", "Work Jacket", "79.99", "85.99"),
                three_left: fact(variant("threeLeft"), "spirit-level", "Spirit Level", "18.41", "19.81"),
                last_pieces: fact(last_pieces, "tape-measure", "Tape Measure", "11.10", "12.10"),
                sold_out: fact(variant("outOfStock"), "spirit-level", "Spirit Level", "19.52", "20.92"),
                backorder: fact(variant("backorder"), "saw-blade", "Saw Blade", "15.75", "16.95"),
                service: fact(variant("service"), "extended-warranty", "Extended Warranty", "29.99", "32.99"),
            },
            catalogue: CatalogueFacts {
                products: self.counts.published_products,
                virtual_products: 3,
                category: CategoryFacts {
                    id: self.category_ids["Hand Tools"].clone(),
                    name: "Hand Tools".to_owned(),
                    handle: "hand-tools".to_owned(),
                    products: 6,
                },
                unpublished: Some(text("prototype-laser")),
                related: Some(fact(
                    &self.resources.references.source,
                    "cordless-drill-18v",
                    "Cordless Drill 18V",
                    "129.99",
                    "139.99",
                )),
            },
            promotions: PromotionFacts {
                percent: PromotionFact { code: text(&self.promo_codes["percent10"]), value: amount("10") },
                fixed: PromotionFact { code: text(&self.promo_codes["fixed5eur"]), value: amount("5") },
                free_shipping: text(&self.promo_codes["freeShipping"]),
            },
            payment: PaymentFacts {
                plain: text(&self.payment_provider_ids["plain"]),
                redirect: text(&self.payment_provider_ids["redirect"]),
                failing: text(&self.payment_provider_ids["failing"]),
            },
            shipping: ShippingFacts {
                standard: option("standard", "Standard", "4.99"),
                express: option("express", "Express", "12.5"),
                calculated: Some(option("courier", "Courier", "7.5")),
                unpriced: Some("Broken Courier".to_owned()),
            },
            taxes_before_address: false,
            virtual_goods_ship: true,
            sorts_by_price: false,
        }
    }
}

fn text<T: std::str::FromStr<Err: std::fmt::Debug>>(value: &str) -> T {
    value.parse().expect("a valid text of the seed")
}

fn amount(value: &str) -> Amount {
    Amount(text(value))
}

fn region(id: &str, currency: Currency, country: &str, tax_percent: &str) -> RegionFacts {
    RegionFacts { id: text(id), currency, country: country.to_owned(), tax_percent: amount(tax_percent) }
}

fn fact(variant: &SeededVariant, handle: &str, name: &str, price: &str, price_abroad: &str) -> VariantFact {
    VariantFact {
        product_id: text(&variant.product_id),
        handle: handle.to_owned(),
        name: name.to_owned(),
        variant_id: text(&variant.id),
        sku: text(&variant.sku),
        price: amount(price),
        price_abroad: amount(price_abroad),
    }
}
