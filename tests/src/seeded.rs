//! The shops of `tests/medusa`, and what their seeds put into them.

use std::collections::BTreeMap;
use std::ops::Deref;
use std::path::Path;

use o2s_framework_core::money::Currency;
use o2s_integration_testkit::facts::{
    Amount, CatalogueFacts, CategoryFacts, CollectionFacts, Facts, PaymentFacts, PromotionFact, PromotionFacts,
    ReasonFact, RegionFacts, ReturnFacts, ShippingFact, ShippingFacts, VariantFact, VariantFacts,
};
use serde::Deserialize;
use serde::de::DeserializeOwned;

/// What both shops have.
#[derive(Clone, Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
#[expect(missing_docs, reason = "the names are the file's own")]
pub struct Seed {
    pub base_url: String,
    pub publishable_key: String,
    pub publishable_key_without_channel: String,
    pub medusa_jwt_secret: String,
    pub region_ids: BTreeMap<String, String>,
    pub shipping_option_ids: BTreeMap<String, BTreeMap<String, String>>,
    pub return_shipping_option_ids: BTreeMap<String, String>,
    pub return_reason_ids: BTreeMap<String, String>,
    pub category_ids: BTreeMap<String, String>,
    pub collection_ids: BTreeMap<String, String>,
    pub payment_provider_ids: BTreeMap<String, String>,
    pub promo_codes: BTreeMap<String, String>,
    pub variants: BTreeMap<String, SeededVariant>,
    pub customers: Vec<SeededCustomer>,
    pub admin: Login,
    pub counts: Counts,
}

/// A running Medusa 2: the file that `cargo xtask medusa up` writes.
#[derive(Clone, Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
#[expect(missing_docs, reason = "the names are the file's own")]
pub struct Env {
    #[serde(flatten)]
    pub seed: Seed,
    pub admin_key: String,
    pub sso_secret: String,
    pub sso_issuer: String,
    pub sso_audience: String,
    pub stock_location_id: String,
    pub resources: Resources,
}

/// A running Medusa 1: the file that `cargo xtask medusa up --api v1` writes.
#[derive(Clone, Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
#[expect(missing_docs, reason = "the names are the file's own")]
pub struct EnvV1 {
    #[serde(flatten)]
    pub seed: Seed,
    pub admin_api_token: String,
    pub gift_card_code: String,
}

impl Deref for Env {
    type Target = Seed;

    fn deref(&self) -> &Seed {
        &self.seed
    }
}

impl Deref for EnvV1 {
    type Target = Seed;

    fn deref(&self) -> &Seed {
        &self.seed
    }
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

/// Reads the file of a running Medusa.
pub fn load<T: DeserializeOwned>(path: &Path) -> anyhow::Result<T> {
    use anyhow::Context;
    let text = std::fs::read_to_string(path).with_context(|| format!("reading {}", path.display()))?;
    serde_json::from_str(&text).with_context(|| format!("{} is not the file of this xtask", path.display()))
}

impl Env {
    /// What the suite needs to know of the shop.
    pub fn facts(&self) -> Facts {
        let source = &self.resources.references.source;
        let facts = self.seed.facts();
        Facts {
            catalogue: CatalogueFacts {
                related: Some(fact(source, "cordless-drill-18v", "Cordless Drill 18V", "129.99", "139.99")),
                ..facts.catalogue
            },
            virtual_goods_ship: true,
            ..facts
        }
    }
}

impl EnvV1 {
    /// What the suite needs to know of the shop.
    pub fn facts(&self) -> Facts {
        let facts = self.seed.facts();
        Facts { returns: ReturnFacts { tells_requested: false, ..facts.returns }, taxes_before_address: true, ..facts }
    }
}

impl Seed {
    /// What is true of both shops, or usual. Names, prices and rates are those of `tests/medusa/common` and the seeds.
    fn facts(&self) -> Facts {
        let variant = |key: &str| &self.variants[key];
        let option = |key: &str, name: &str, price: &str| ShippingFact {
            id: text(&self.shipping_option_ids["eu"][key]),
            name: name.to_owned(),
            price: amount(price),
        };
        Facts {
            home: region(&self.region_ids["eu"], "Europe", Currency::EUR, "DE", "19"),
            abroad: region(&self.region_ids["us"], "United States", Currency::USD, "US", "7.25"),
            variants: VariantFacts {
                plain: fact(variant("plain"), "claw-hammer", "Claw Hammer", "19.99", "21.99"),
                other: fact(variant("other"), "work-jacket", "Work Jacket", "79.99", "85.99"),
                three_left: fact(variant("threeLeft"), "spirit-level", "Spirit Level", "18.41", "19.81"),
                last_pieces: fact(variant("lastPieces"), "tape-measure", "Tape Measure", "11.10", "12.10"),
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
                collection: CollectionFacts {
                    id: self.collection_ids["Workshop"].clone(),
                    name: "Workshop".to_owned(),
                    handle: "workshop".to_owned(),
                    products: 9,
                },
                unpublished: Some(text("prototype-laser")),
                related: None,
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
            returns: ReturnFacts {
                reason: ReasonFact {
                    id: text(&self.return_reason_ids["damaged"]),
                    value: "damaged".to_owned(),
                    label: "Damaged".to_owned(),
                },
                parent_reason: Some(text(&self.return_reason_ids["wrong_size"])),
                option: ShippingFact {
                    id: text(&self.return_shipping_option_ids["eu"]),
                    name: "Return by post".to_owned(),
                    price: amount("3"),
                },
                option_is_only: true,
                tells_requested: true,
                tells_requests: true,
            },
            taxes_before_address: false,
            virtual_goods_ship: false,
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

fn region(id: &str, name: &str, currency: Currency, country: &str, tax_percent: &str) -> RegionFacts {
    RegionFacts {
        id: text(id),
        name: name.to_owned(),
        currency,
        country: country.to_owned(),
        tax_percent: amount(tax_percent),
    }
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
