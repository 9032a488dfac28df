//! Whatever is done to a cart, in whatever order, its amounts agree to the last digit.

use o2s_framework_core::carts::{AddCartItem, ApplyPromotion, Cart, UpdateCart, UpdateCartItem};
use o2s_framework_core::checkout::PlaceOrder;
use o2s_framework_core::ids::CartId;
use o2s_framework_core::money::Price;
use proptest::prelude::*;
use rust_decimal::Decimal;

use crate::{Desk, guest, open, quantity, ship_to};

#[derive(Clone, Debug)]
enum Step {
    Add { product: usize, variant: usize, pieces: u32 },
    Change { line: usize, pieces: u32 },
    Remove { line: usize },
    Apply(&'static str),
    TakeOff(&'static str),
    Move(&'static str),
    ShipTo(&'static str),
    Ship(&'static str),
    Pay(&'static str),
    Place,
}

const CODES: [&str; 4] = ["SAVE10", "FIVEOFF", "FREESHIP", "SUMMER24"];
const REGIONS: [&str; 3] = ["reg_eu", "reg_us", "reg_pl"];
const COUNTRIES: [&str; 6] = ["DE", "FR", "FI", "US", "PL", "JP"];
const OPTIONS: [&str; 6] = ["so_standard", "so_express", "so_pickup", "so_locker", "so_freight", "so_digital"];
const PROVIDERS: [&str; 4] = ["pay_invoice", "pay_card", "pay_redirect", "pay_broken"];

fn step() -> impl Strategy<Value = Step> {
    prop_oneof![
        4 => (0_usize..60, 0_usize..8, 1_u32..40).prop_map(|(product, variant, pieces)| Step::Add { product, variant, pieces }),
        2 => (0_usize..5, 1_u32..2000).prop_map(|(line, pieces)| Step::Change { line, pieces }),
        1 => (0_usize..5).prop_map(|line| Step::Remove { line }),
        2 => proptest::sample::select(&CODES[..]).prop_map(Step::Apply),
        1 => proptest::sample::select(&CODES[..]).prop_map(Step::TakeOff),
        1 => proptest::sample::select(&REGIONS[..]).prop_map(Step::Move),
        1 => proptest::sample::select(&COUNTRIES[..]).prop_map(Step::ShipTo),
        2 => proptest::sample::select(&OPTIONS[..]).prop_map(Step::Ship),
        1 => proptest::sample::select(&PROVIDERS[..]).prop_map(Step::Pay),
        1 => Just(Step::Place),
    ]
}

/// Does a step; many are refused, as they should be.
async fn take(desk: &Desk, products: &[Vec<String>], id: &CartId, before: &Cart, step: &Step) {
    let (cx, carts, checkout) = (guest(), &desk.modules.carts, &desk.modules.checkout);
    let line = |number: usize| before.items.data.get(number).map(|line| line.id.clone());
    match step {
        Step::Add { product, variant, pieces } => {
            let variants = &products[product % products.len()];
            let variant = variants[variant % variants.len()].parse().unwrap();
            drop(carts.add_item(&cx, &AddCartItem::to_cart(id.clone(), variant, quantity(*pieces))).await);
        }
        Step::Change { line: number, pieces } => {
            let Some(line) = line(*number) else { return };
            let change = UpdateCartItem { quantity: Some(quantity(*pieces)), ..UpdateCartItem::default() };
            drop(carts.update_item(&cx, id, &line, &change).await);
        }
        Step::Remove { line: number } => {
            let Some(line) = line(*number) else { return };
            drop(carts.remove_item(&cx, id, &line).await);
        }
        Step::Apply(code) => {
            let request = ApplyPromotion { code: code.parse().unwrap(), locale: None };
            drop(carts.apply_promotion(&cx, id, &request).await);
        }
        Step::TakeOff(code) => drop(carts.remove_promotion(&cx, id, &code.parse().unwrap()).await),
        Step::Move(region) => {
            let change = UpdateCart { region_id: region.parse().ok(), ..UpdateCart::default() };
            drop(carts.update_cart(&cx, id, &change).await);
        }
        Step::ShipTo(country) => drop(carts.update_addresses(&cx, id, &ship_to(country)).await),
        Step::Ship(option) => {
            let change = UpdateCart { shipping_method_id: option.parse().ok(), ..UpdateCart::default() };
            drop(carts.update_cart(&cx, id, &change).await);
        }
        Step::Pay(provider) => drop(checkout.set_payment(&cx, id, &Desk::payment(&provider.parse().unwrap())).await),
        Step::Place => {
            let request = PlaceOrder { email: "ada@muster.example".parse().ok() };
            if let Ok(placed) = checkout.place_order(&cx, id, &request).await {
                let order = placed.order;
                assert_eq!(
                    (&order.total, &order.subtotal, &order.tax),
                    (&before.total, &before.subtotal, &before.tax_total)
                );
            }
        }
    }
}

fn check(cart: &Cart) {
    let value = |price: &Option<Price>| price.as_ref().expect("an amount").value;
    let (subtotal, discount) = (value(&cart.subtotal), value(&cart.discount_total));
    let (shipping, tax) = (value(&cart.shipping_total), value(&cart.tax_total));
    assert_eq!(cart.total.value, subtotal - discount + shipping + tax);
    assert!(Decimal::ZERO <= discount && discount <= subtotal && shipping >= Decimal::ZERO && tax >= Decimal::ZERO);
    let lines = &cart.items.data;
    assert_eq!(lines.iter().map(|line| value(&line.subtotal)).sum::<Decimal>(), subtotal);
    assert_eq!(lines.iter().map(|line| value(&line.discount_total)).sum::<Decimal>(), discount);
    let shipping_total = cart.shipping_method.as_ref().map_or(Decimal::ZERO, |method| value(&method.total));
    assert_eq!(lines.iter().map(|line| line.total.value).sum::<Decimal>() + shipping_total, cart.total.value);
    for line in lines {
        assert_eq!(value(&line.subtotal), line.price.value * Decimal::from(line.quantity));
        assert_eq!((line.price.currency, line.total.currency), (cart.currency, cart.currency));
    }
    for amount in [cart.total.value, subtotal, discount, shipping, tax] {
        assert_eq!(cart.currency.round(amount), amount, "an amount has too many digits");
    }
    assert_eq!(cart.payment_method.is_some(), cart.payment_session_id.is_some());
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, ..ProptestConfig::default() })]

    #[test]
    fn amounts_agree_after_every_step(steps in proptest::collection::vec(step(), 1..40)) {
        let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
        runtime.block_on(async {
            let desk = open();
            let listed: o2s_framework_core::products::ListProducts = serde_json::from_str(r#"{"limit":1000}"#).unwrap();
            let products = desk.modules.products.list_products(&guest(), &listed).await.unwrap().data;
            let products: Vec<Vec<String>> = products
                .into_iter()
                .map(|product| match product.variants {
                    Some(variants) => variants.into_iter().map(|variant| variant.id.as_str().to_owned()).collect(),
                    None => vec![product.sku],
                })
                .collect();
            let mut cart = desk.filled_cart(&guest()).await;
            for step in &steps {
                take(&desk, &products, &cart.id, &cart, step).await;
                let session = cart.payment_session_id.clone();
                let after = desk.modules.carts.get_cart(&guest(), &cart.id).await.unwrap();
                check(&after);
                if session.is_some() && after.payment_session_id == session {
                    assert_eq!(after.total, cart.total, "a payment session outlived the amount it was for");
                }
                cart = after;
            }
        });
    }
}
