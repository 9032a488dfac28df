//! What a demo or a test needs to know of the shop: ids that lead somewhere.

use o2s_framework_core::ids::{
    AssetId, CustomerId, OrderId, PaymentProviderId, ProductId, PromotionCode, RegionId, ReturnReasonId, ServiceId,
    ShippingOptionId, VariantId,
};
use o2s_framework_core::money::Currency;
use o2s_framework_core::products::ProductType;
use o2s_framework_core::text::Email;
use rust_decimal::Decimal;

use crate::catalogue::{Item, find_item, products};
use crate::customers::demo_customers;
use crate::known::known;
use crate::regions::regions;

/// What a demo or a test needs to know of the shop. Everything here is the same in every shop, whatever its seed.
#[derive(Clone, Debug)]
pub struct Facts {
    /// The regions; the first one is the default.
    pub regions: Vec<RegionFacts>,
    /// Variants, each for one purpose.
    pub variants: VariantFacts,
    /// Codes of promotions.
    pub promotions: PromotionFacts,
    /// Payment providers; each serves every region.
    pub providers: ProviderFacts,
    /// A shipping option that every region has for goods, at a flat price.
    pub standard_shipping: ShippingOptionId,
    /// A shipping option whose price goes by weight; every region has it for goods.
    pub calculated_shipping: ShippingOptionId,
    /// An option to send goods back that every region has, at a flat price.
    pub return_parcel: ShippingOptionId,
    /// A reason to send something back.
    pub return_reason: ReturnReasonId,
    /// An order that Jane has placed without signing in: three pieces of [`VariantFacts::plain`] and one of
    /// [`VariantFacts::digital`], sent to her office.
    pub guest_order: OrderId,
    /// The customers that tokens can be minted for.
    pub customers: Vec<CustomerFacts>,
    /// How many products there are.
    pub products: usize,
    /// How many of them are virtual.
    pub virtual_products: usize,
}

/// A region.
#[derive(Clone, Debug)]
pub struct RegionFacts {
    /// Its id.
    pub id: RegionId,
    /// Its currency.
    pub currency: Currency,
    /// Its countries, ISO 3166-1 alpha-2; tax is that of the first one until a shipping address is known.
    pub countries: Vec<&'static str>,
}

/// Variants, each for one purpose.
#[derive(Clone, Debug)]
pub struct VariantFacts {
    /// The only variant of its product, with more pieces than a demo sells.
    pub plain: VariantFact,
    /// One of several variants of its product, with more pieces than a demo sells.
    pub other: VariantFact,
    /// Three pieces are left.
    pub three_left: VariantFact,
    /// None is left; one of several variants of its product.
    pub sold_out: VariantFact,
    /// None is there, but orders are taken; one of several variants of its product.
    pub backorder: VariantFact,
    /// A service: nothing is shipped.
    pub digital: VariantFact,
}

/// A variant.
#[derive(Clone, Debug)]
pub struct VariantFact {
    /// The product's id.
    pub product_id: ProductId,
    /// The product's name in URLs.
    pub handle: ProductId,
    /// The product's English name.
    pub name: &'static str,
    /// The handle of the product's category.
    pub category: &'static str,
    /// The variant's id.
    pub variant_id: VariantId,
    /// The variant's SKU.
    pub sku: VariantId,
    /// The variant's name in URLs.
    pub slug: VariantId,
    /// The price of one piece before tax in each currency, in major units.
    pub prices: Vec<(Currency, Decimal)>,
}

/// Codes of promotions.
#[derive(Clone, Debug)]
pub struct PromotionFacts {
    /// 10 % off the goods.
    pub percent: PromotionCode,
    /// A fixed amount off the goods: 5 EUR, 5 USD or 20 PLN.
    pub fixed: PromotionCode,
    /// Free shipping.
    pub free_shipping: PromotionCode,
    /// Has ended.
    pub expired: PromotionCode,
}

/// Payment providers.
#[derive(Clone, Debug)]
pub struct ProviderFacts {
    /// Agrees at once.
    pub invoice: PaymentProviderId,
    /// Gives a client secret; agrees at once unless the session's metadata says `{"requiresAction": true}`.
    pub card: PaymentProviderId,
    /// Redirects, and agrees once the session's metadata says `{"approved": true}`.
    pub redirect: PaymentProviderId,
    /// Refuses when the order is placed.
    pub broken: PaymentProviderId,
}

/// A customer.
#[derive(Clone, Debug)]
pub struct CustomerFacts {
    /// What [`Mock::mint_token`](crate::Mock::mint_token) calls the customer.
    pub name: &'static str,
    /// The customer's id.
    pub id: CustomerId,
    /// The customer's e-mail address.
    pub email: Email,
    /// The region that the customer lives in.
    pub region: RegionId,
    /// An order of the customer's.
    pub order: OrderId,
    /// An asset of the customer's, where there is one.
    pub asset: Option<AssetId>,
    /// A service of the customer's, where there is one.
    pub service: Option<ServiceId>,
}

impl Facts {
    pub(crate) fn new() -> Self {
        Self {
            regions: regions()
                .map(|region| RegionFacts {
                    id: region.region_id(),
                    currency: region.currency,
                    countries: region.countries().collect(),
                })
                .collect(),
            variants: VariantFacts {
                plain: variant("HA-0500-STANDARD"),
                other: variant("TM-0500-5-M"),
                three_left: variant("CW-0017-17-MM"),
                sold_out: variant("WT-3100-L-GREY"),
                backorder: variant("WT-3100-XL-BLACK"),
                digital: variant("SV-0100-STANDARD"),
            },
            promotions: PromotionFacts {
                percent: known("SAVE10"),
                fixed: known("FIVEOFF"),
                free_shipping: known("FREESHIP"),
                expired: known("SUMMER24"),
            },
            providers: ProviderFacts {
                invoice: known("pay_invoice"),
                card: known("pay_card"),
                redirect: known("pay_redirect"),
                broken: known("pay_broken"),
            },
            standard_shipping: known("so_standard"),
            calculated_shipping: known("so_freight"),
            return_parcel: known("so_return_parcel"),
            return_reason: known("rr_wrong_size"),
            guest_order: known("order_guest-001"),
            customers: demo_customers()
                .map(|customer| CustomerFacts {
                    name: customer.key,
                    id: customer.customer_id(),
                    email: customer.email_address(),
                    region: known(customer.region),
                    order: known(&format!("order_{}-001", customer.key)),
                    asset: (customer.key != "lyon").then(|| known(&format!("asset_{}-1", customer.key))),
                    service: (customer.key != "lyon").then(|| known(&format!("srv_{}-1", customer.key))),
                })
                .collect(),
            products: products().count(),
            virtual_products: products().filter(|product| product.kind() == ProductType::Virtual).count(),
        }
    }
}

#[expect(clippy::expect_used, reason = "the SKUs above are in the tables, which a test walks through")]
fn variant(sku: &str) -> VariantFact {
    let Item { product, variant } = find_item(sku).expect("a SKU of the catalogue");
    let item = Item { product, variant };
    VariantFact {
        product_id: known(&format!("prod_{}", product.code)),
        handle: known(product.handle),
        name: product.name.get(crate::language::Language::English),
        category: product.category.handle,
        variant_id: known(&item.variant_id()),
        sku: known(&item.sku()),
        slug: known(variant.slug),
        prices: regions()
            .filter_map(|region| Some((region.currency, variant.price.in_currency(region.currency)?)))
            .collect(),
    }
}
