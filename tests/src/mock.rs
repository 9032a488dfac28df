//! The suite on the shop in memory: a fresh one for each scenario.

use std::sync::Arc;
use std::time::Duration;

use async_trait::async_trait;
use o2s_framework_core::context::RequestContext;
use o2s_framework_core::ids::{RegionId, VariantId};
use o2s_framework_core::money::Currency;
use o2s_framework_core::products::GetProduct;
use o2s_integration_testkit::facts::{
    Amount, CatalogueFacts, CategoryFacts, Facts, PaymentFacts, PromotionFact, PromotionFacts, RegionFacts,
    ShippingFact, ShippingFacts, VariantFact, VariantFacts,
};
use o2s_integration_testkit::{Scenario, Subject, SubjectFactory, Tokens};
use o2s_mock_integration::{Mock, MockConfig};
use rust_decimal::Decimal;
use secrecy::SecretString;

use crate::suite::Stage;

const HOUR: Duration = Duration::from_secs(3600);

/// The shop in memory as a stage.
#[derive(Debug)]
pub struct MockStage {
    facts: Arc<Facts>,
}

impl MockStage {
    /// Looks the catalogue over.
    pub async fn new() -> Self {
        Self { facts: Arc::new(facts(&Mock::new(&MockConfig::default())).await) }
    }
}

impl Stage for MockStage {}

#[async_trait]
impl SubjectFactory for MockStage {
    async fn subject(&self, _: &Scenario) -> Subject {
        let mock = Mock::new(&MockConfig::default());
        let stranger = Mock::new(&MockConfig {
            jwt_secret: SecretString::from("a secret of somebody else"),
            ..MockConfig::default()
        });
        let tokens = Tokens {
            jane: mock.mint_token("jane", HOUR).expect("Jane is a customer"),
            john: mock.mint_token("john", HOUR).expect("John is a customer"),
            forged: stranger.mint_token("jane", HOUR).expect("Jane is a customer"),
            expired: mock.mint_token("jane", Duration::ZERO).expect("Jane is a customer"),
        };
        // There is no backend to call.
        Subject::new(mock.modules(), Arc::clone(&self.facts), tokens).counting(|| 0)
    }
}

fn text<T: std::str::FromStr<Err: std::fmt::Debug>>(value: &str) -> T {
    value.parse().expect("a valid text of the catalogue")
}

fn amount(value: &str) -> Amount {
    Amount(text(value))
}

async fn facts(mock: &Mock) -> Facts {
    let known = mock.facts();
    let home = region(&known.regions[0].id, Currency::EUR, "DE", "19");
    let abroad = region(&known.regions[1].id, Currency::USD, "US", "7.25");
    let variant = async |of: &o2s_mock_integration::VariantFact| {
        look_up(mock, of.handle.as_str(), &of.variant_id, of.prices[0].1, of.prices[1].1).await
    };
    let cents = |cents| Decimal::new(cents, 2);
    let jacket = look_up(mock, "softshell-jacket", &text("m-navy"), cents(9490), cents(9990)).await;
    let drill = look_up(mock, "cordless-drill-18v", &first(mock, "cordless-drill-18v").await, cents(0), cents(0)).await;
    Facts {
        home,
        abroad,
        variants: VariantFacts {
            plain: variant(&known.variants.plain).await,
            other: jacket,
            three_left: variant(&known.variants.three_left).await,
            last_pieces: variant(&known.variants.three_left).await,
            sold_out: variant(&known.variants.sold_out).await,
            backorder: variant(&known.variants.backorder).await,
            service: variant(&known.variants.digital).await,
        },
        catalogue: CatalogueFacts {
            products: known.products as u64,
            virtual_products: known.virtual_products as u64,
            category: CategoryFacts {
                id: "cat_hand-tools".to_owned(),
                name: "Hand tools".to_owned(),
                handle: "hand-tools".to_owned(),
                products: 7,
            },
            unpublished: None,
            related: Some(drill),
        },
        promotions: PromotionFacts {
            percent: PromotionFact { code: known.promotions.percent, value: amount("10") },
            fixed: PromotionFact { code: known.promotions.fixed, value: amount("5") },
            free_shipping: known.promotions.free_shipping,
        },
        payment: PaymentFacts {
            plain: known.providers.invoice,
            redirect: known.providers.redirect,
            failing: known.providers.broken,
        },
        shipping: ShippingFacts {
            standard: shipping("so_standard", "Standard parcel", "5.90"),
            express: shipping("so_express", "Express", "14.90"),
            // 9.90 and 0.45 for each of the two kilograms that two hammers have.
            calculated: Some(shipping("so_freight", "Freight", "10.80")),
            unpriced: None,
        },
        taxes_before_address: true,
        virtual_goods_ship: false,
        sorts_by_price: true,
    }
}

fn region(id: &RegionId, currency: Currency, country: &str, tax_percent: &str) -> RegionFacts {
    RegionFacts { id: id.clone(), currency, country: country.to_owned(), tax_percent: amount(tax_percent) }
}

fn shipping(id: &str, name: &str, price: &str) -> ShippingFact {
    ShippingFact { id: text(id), name: name.to_owned(), price: amount(price) }
}

fn guest() -> RequestContext {
    RequestContext::guest("facts", HOUR)
}

async fn first(mock: &Mock, handle: &str) -> VariantId {
    let product = mock.products().get_product(&guest(), &text(handle), &GetProduct::default()).await;
    product.expect("a product of the catalogue").variant_id.expect("a product of the mock tells its variant")
}

async fn look_up(mock: &Mock, handle: &str, variant: &VariantId, price: Decimal, price_abroad: Decimal) -> VariantFact {
    let request = GetProduct { variant_id: Some(variant.clone()), ..GetProduct::default() };
    let product = mock.products().get_product(&guest(), &text(handle), &request).await.expect("a known variant");
    VariantFact {
        product_id: product.id,
        handle: handle.to_owned(),
        name: product.name,
        variant_id: product.variant_id.expect("the variant that was asked for"),
        sku: text(&product.sku),
        price: Amount(price),
        price_abroad: Amount(price_abroad),
    }
}
