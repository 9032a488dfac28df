//! The suite on the shop in memory: a fresh one for each scenario.

use std::sync::Arc;
use std::time::Duration;

use async_trait::async_trait;
use o2s_framework_core::context::{CustomerToken, RequestContext};
use o2s_framework_core::ids::{OrderId, RegionId, ReturnId, ReturnReasonId, VariantId};
use o2s_framework_core::money::Currency;
use o2s_framework_core::products::GetProduct;
use o2s_framework_core::returns::ListReturnReasons;
use o2s_integration_testkit::facts::{
    Amount, CatalogueFacts, CategoryFacts, CollectionFacts, Facts, PaymentFacts, PromotionFact, PromotionFacts,
    ReasonFact, RegionFacts, ReturnFacts, ShippingFact, ShippingFacts, VariantFact, VariantFacts,
};
use o2s_integration_testkit::{BackOffice, Scenario, Subject, SubjectFactory, Tokens};
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
        let subject = Subject::new(mock.modules(), Arc::clone(&self.facts), tokens);
        // There is no backend to call.
        subject.staffed(Arc::new(People(mock))).counting(|| 0)
    }
}

/// The people of the shop in memory, of which Jane alone claims orders.
struct People(Mock);

#[async_trait]
impl BackOffice for People {
    async fn send(&self, order: &OrderId) {
        self.0.deliver(order).expect("an order of the mock");
    }

    async fn receive(&self, _: &OrderId, goods: &ReturnId) {
        self.0.receive_return(goods).expect("a return of the mock");
    }

    async fn claim_token(&self, order: &OrderId, _: &CustomerToken) -> String {
        let token = self.0.mint_claim_token(order, "jane", HOUR).expect("Jane is a customer");
        token.expose().to_owned()
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
    let home = region(mock, &known.regions[0].id, Currency::EUR, "DE", "19").await;
    let abroad = region(mock, &known.regions[1].id, Currency::USD, "US", "7.25").await;
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
            collection: CollectionFacts {
                id: "col_first-day-on-site".to_owned(),
                name: "First day on site".to_owned(),
                handle: "first-day-on-site".to_owned(),
                products: 8,
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
        returns: ReturnFacts {
            reason: reason(mock, &known.return_reason).await,
            parent_reason: None,
            option: shipping(known.return_parcel.as_str(), "Parcel with our label", "4.90"),
            option_is_only: false,
            tells_requested: true,
            tells_requests: true,
        },
        taxes_before_address: true,
        virtual_goods_ship: false,
        sorts_by_price: true,
    }
}

async fn region(mock: &Mock, id: &RegionId, currency: Currency, country: &str, tax_percent: &str) -> RegionFacts {
    let name = mock.regions().get_region(&guest(), id).await.expect("a region of the mock").name;
    RegionFacts { id: id.clone(), name, currency, country: country.to_owned(), tax_percent: amount(tax_percent) }
}

async fn reason(mock: &Mock, id: &ReturnReasonId) -> ReasonFact {
    let reasons = mock.returns().list_reasons(&guest(), &ListReturnReasons::default()).await.expect("reasons").data;
    let reason = reasons.into_iter().find(|reason| reason.id == *id).expect("a reason of the mock");
    ReasonFact { id: reason.id, value: reason.value, label: reason.label }
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
