//! What only the seed of Medusa 1 has: currencies without decimals and with three, gift cards, prices for a while.

use libtest_mimic::Trial;
use std::sync::Arc;
use std::time::Duration;

use anyhow::{Context, Result, ensure};
use o2s_framework_core::address::Address;
use o2s_framework_core::carts::{AddCartItem, ApplyPromotion, Cart, CreateCart, PromotionType, UpdateCartAddresses};
use o2s_framework_core::checkout::{PlaceOrder, SetPayment};
use o2s_framework_core::context::RequestContext;
use o2s_framework_core::ids::RegionId;
use o2s_framework_core::money::{Currency, Price};
use o2s_framework_core::orders::GetOrder;
use o2s_framework_core::products::GetProduct;
use o2s_framework_core::regions::Region;
use o2s_framework_core::text::Quantity;
use o2s_integration_testkit::Subject;
use rust_decimal::Decimal;
use tokio::runtime::Runtime;

use crate::live_v1::LiveV1;

/// These as tests on a running Medusa 1.
pub fn trials(stage: &Arc<LiveV1>, runtime: &Arc<Runtime>) -> Vec<Trial> {
    let trial = |name: &'static str, play: fn(&LiveV1, &Runtime) -> Result<()>| {
        let (stage, runtime) = (Arc::clone(stage), Arc::clone(runtime));
        Trial::test(name, move || Ok(play(&stage, &runtime)?))
    };
    vec![
        trial("only_v1::amounts_have_the_decimals_of_their_currency", |stage, runtime| {
            runtime.block_on(decimals(stage))
        }),
        trial("only_v1::a_gift_card_takes_its_balance_off", |stage, runtime| runtime.block_on(gift_card(stage))),
        trial("only_v1::codes_that_do_not_hold_are_refused", |stage, runtime| runtime.block_on(bad_codes(stage))),
        trial("only_v1::a_price_list_lowers_the_price", |stage, runtime| runtime.block_on(sale(stage))),
        trial("only_v1::what_another_channel_sells_is_not_for_sale", |stage, runtime| {
            runtime.block_on(wholesale(stage))
        }),
    ]
}

fn guest() -> RequestContext {
    RequestContext::guest("only-v1", Duration::from_secs(60))
}

async fn subject(stage: &LiveV1, name: &'static str) -> Result<Subject> {
    stage.shop(name, false).await?.subject()
}

fn text<T: std::str::FromStr<Err: std::fmt::Debug>>(value: &str) -> T {
    value.parse().expect("a valid text")
}

fn amount(price: Option<&Price>) -> Result<Decimal> {
    Ok(price.context("no price")?.value)
}

async fn cart_with(s: &Subject, stage: &LiveV1, region: &Region, variant: &str) -> Result<Cart> {
    let request = AddCartItem {
        region_id: Some(region.id.clone()),
        currency: None,
        ..AddCartItem::to_new_cart(region.currency, text(&stage.env.variants[variant].id), Quantity::ONE)
    };
    Ok(s.modules.carts.add_item(&guest(), &request).await?)
}

/// A whole purchase in yen, which have no decimals, and one in dinars, which have three.
async fn decimals(stage: &LiveV1) -> Result<()> {
    let s = subject(stage, "only_v1_decimals").await?;
    // Unit price, standard shipping, total with 10 % of tax on each, rounded by itself.
    for (key, currency, price, shipping, total) in
        [("jp", "JPY", "3200", "800", "4400"), ("bh", "BHD", "8.125", "2.125", "11.276")]
    {
        let id: RegionId = text(&stage.env.region_ids[key]);
        let region = s.modules.regions.get_region(&guest(), &id).await?;
        ensure!(region.currency == text::<Currency>(currency), "{region:?}");
        let cart = cart_with(&s, stage, &region, "plain").await?;
        ensure!(
            cart.items.data[0].price.to_string() == format!("{price} {currency}"),
            "{:?}",
            cart.items.data[0].price
        );

        let address = Address {
            last_name: Some("Lee".to_owned()),
            country: region.countries[0].code.clone(),
            street_name: "Street".to_owned(),
            street_number: Some("1".to_owned()),
            city: "Town".to_owned(),
            postal_code: "10001".to_owned(),
            ..Address::default()
        };
        let request = UpdateCartAddresses {
            shipping_address: Some(address),
            email: Some(text("guest@shopper.example")),
            ..UpdateCartAddresses::default()
        };
        s.modules.carts.update_addresses(&guest(), &cart.id, &request).await?;
        let options = s.modules.checkout.list_shipping_options(&guest(), &cart.id).await?.data;
        let standard = options.iter().find(|option| option.name == "Standard").context("no standard shipping")?;
        let net = amount(standard.subtotal.as_ref())?.normalize().to_string();
        ensure!(net == shipping, "shipping costs {net}, not {shipping}");
        let request = o2s_framework_core::checkout::SetShippingMethod { shipping_option_id: text(&standard.id) };
        let cart = s.modules.checkout.set_shipping_method(&guest(), &cart.id, &request).await?;
        ensure!(cart.total.value.normalize() == text::<Decimal>(total), "{} is not {total}", cart.total);
        let request = SetPayment {
            provider_id: s.facts.payment.plain.clone(),
            return_url: text("https://front.example/return"),
            cancel_url: None,
            metadata: None,
        };
        s.modules.checkout.set_payment(&guest(), &cart.id, &request).await?;
        let order = s.modules.checkout.place_order(&guest(), &cart.id, &PlaceOrder::default()).await?.order;
        let read = s.modules.orders.get_order(&guest(), &order.id, &GetOrder::default()).await?;
        ensure!((&order.total, &read.total) == (&cart.total, &cart.total), "{} is not {total}", order.total);
    }
    Ok(())
}

async fn gift_card(stage: &LiveV1) -> Result<()> {
    let s = subject(stage, "only_v1_gift_card").await?;
    let request = AddCartItem::to_new_cart(Currency::EUR, s.facts.variants.plain.variant_id.clone(), Quantity::ONE);
    let cart = s.modules.carts.add_item(&guest(), &request).await?;
    let code = ApplyPromotion { code: text(&stage.env.gift_card_code), locale: None };
    let paid = s.modules.carts.apply_promotion(&guest(), &cart.id, &code).await?;
    let cards = paid.promotions.as_deref().unwrap_or_default();
    ensure!(cards.len() == 1 && cards[0].kind == Some(PromotionType::FixedAmount), "{cards:?}");
    ensure!(cards[0].value.as_deref() == Some("50"), "{cards:?}");
    ensure!(paid.total.value < cart.total.value, "the gift card pays nothing: {}", paid.total);
    let sum = amount(paid.subtotal.as_ref())? - amount(paid.discount_total.as_ref())?
        + amount(paid.shipping_total.as_ref())?
        + amount(paid.tax_total.as_ref())?;
    ensure!(sum == paid.total.value, "{sum} is not {}", paid.total);
    let without = s.modules.carts.remove_promotion(&guest(), &cart.id, &cards[0].code).await?;
    ensure!((without.total, without.promotions) == (cart.total, None), "the gift card stays");
    Ok(())
}

async fn bad_codes(stage: &LiveV1) -> Result<()> {
    let s = subject(stage, "only_v1_codes").await?;
    let request = AddCartItem::to_new_cart(Currency::EUR, s.facts.variants.plain.variant_id.clone(), Quantity::ONE);
    let cart = s.modules.carts.add_item(&guest(), &request).await?;
    for key in ["expired", "disabled", "usOnly"] {
        let code = ApplyPromotion { code: text(&stage.env.promo_codes[key]), locale: None };
        let refused = s.modules.carts.apply_promotion(&guest(), &cart.id, &code).await;
        let code = refused.err().map(|error| error.code());
        ensure!(code == Some("promotion.invalid"), "{key}: {code:?}");
    }
    Ok(())
}

async fn sale(stage: &LiveV1) -> Result<()> {
    let s = subject(stage, "only_v1_sale").await?;
    let variant = &stage.env.variants["sale"];
    let request = GetProduct { variant_id: Some(text(&variant.id)), ..GetProduct::default() };
    let product = s.modules.products.get_product(&guest(), &text(&variant.product_id), &request).await?;
    ensure!(product.price.map(|price| price.to_string()).as_deref() == Some("17.8 EUR"), "the price on the page");
    let request = AddCartItem::to_new_cart(Currency::EUR, text(&variant.id), Quantity::ONE);
    let cart = s.modules.carts.add_item(&guest(), &request).await?;
    ensure!(cart.items.data[0].price.to_string() == "17.8 EUR", "the price in the cart");
    Ok(())
}

async fn wholesale(stage: &LiveV1) -> Result<()> {
    let s = subject(stage, "only_v1_wholesale").await?;
    let variant = &stage.env.variants["wholesale"];
    let products = &s.modules.products;
    let page = products.get_product(&guest(), &text(&variant.product_id), &GetProduct::default()).await;
    ensure!(page.err().map(|error| error.code()) == Some("product.not_found"), "it has a page");
    let cart = s.modules.carts.create_cart(&guest(), &CreateCart::new(Currency::EUR)).await?;
    let request = AddCartItem::to_cart(cart.id, text(&variant.id), Quantity::ONE);
    let code = s.modules.carts.add_item(&guest(), &request).await.err().map(|error| error.code());
    ensure!(code == Some("product.variant_not_found"), "{code:?}");
    Ok(())
}
