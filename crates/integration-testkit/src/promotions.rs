//! Promotions of a cart.

use o2s_framework_core::carts::{ApplyPromotion, Cart, PromotionType};
use o2s_framework_core::context::RequestContext;
use o2s_framework_core::ids::{CartId, PromotionCode};
use rust_decimal::Decimal;

use crate::Scenario;
use crate::check::{amount, done, invalid, not_found, same_money, sound, unchanged};
use crate::shopping::id;
use crate::subject::Subject;

const APPLY: &[&str] = &["carts.apply_promotion", "carts.add_item", "carts.get_cart"];
const REMOVE: &[&str] = &["carts.remove_promotion", "carts.apply_promotion", "carts.add_item", "carts.get_cart"];
const SHIPPED: &[&str] = &["carts.apply_promotion", "carts.add_item", "checkout.set_shipping_method"];

pub(crate) fn scenarios() -> Vec<Scenario> {
    vec![
        Scenario::new("promotions::a_percentage_is_taken_off", APPLY, percentage),
        Scenario::new("promotions::an_amount_is_taken_off", APPLY, fixed),
        Scenario::new("promotions::shipping_is_taken_off", SHIPPED, free_shipping),
        Scenario::new("promotions::an_applied_promotion_is_told", APPLY, told),
        Scenario::new("promotions::applying_twice_changes_nothing", APPLY, twice),
        Scenario::new("promotions::an_unknown_code_is_refused", APPLY, unknown_code),
        Scenario::new("promotions::an_unknown_cart_is_not_found", REMOVE, unknown_cart),
        Scenario::new("promotions::a_removed_promotion_gives_the_price_back", REMOVE, removed),
        Scenario::new("promotions::what_is_not_applied_cannot_be_removed", REMOVE, not_applied),
        Scenario::new("promotions::discounts_follow_the_lines", APPLY_UPDATE, follows_lines),
        Scenario::new("promotions::discount_and_tax_add_up", SHIPPED, with_taxes),
    ]
}

const APPLY_UPDATE: &[&str] = &["carts.apply_promotion", "carts.add_item", "carts.update_item"];

async fn apply(s: &Subject, cx: &RequestContext, cart: &CartId, code: &PromotionCode) -> Cart {
    let request = ApplyPromotion { code: code.clone(), locale: None };
    sound(done("applying a promotion", s.modules.carts.apply_promotion(cx, cart, &request)).await)
}

fn discount(cart: &Cart) -> Decimal {
    amount(cart.discount_total.as_ref(), "the discount")
}

async fn percentage(s: Subject) {
    let (guest, promotion) = (s.guest(), &s.facts.promotions.percent);
    let cart = s.cart_of(&guest, &s.facts.variants.plain, 3).await;
    let reduced = apply(&s, &guest, &cart.id, &promotion.code).await;
    let subtotal = amount(cart.subtotal.as_ref(), "the subtotal");
    let expected = subtotal * promotion.value.0 / Decimal::ONE_HUNDRED;
    same_money(cart.currency, discount(&reduced), expected, "the discount");
    assert_eq!(reduced.subtotal, cart.subtotal, "the subtotal is before discounts");
    let line = &reduced.items.data[0];
    same_money(cart.currency, amount(line.discount_total.as_ref(), "the line's discount"), expected, "on the line");
}

async fn fixed(s: Subject) {
    let (guest, promotion) = (s.guest(), &s.facts.promotions.fixed);
    let cart = s.cart_of(&guest, &s.facts.variants.plain, 2).await;
    let cart = s.add(&guest, &cart, &s.facts.variants.other, 1).await;
    let reduced = apply(&s, &guest, &cart.id, &promotion.code).await;
    same_money(cart.currency, discount(&reduced), promotion.value.0, "the discount");
}

async fn free_shipping(s: Subject) {
    let guest = s.guest();
    let cart = s.cart_of(&guest, &s.facts.variants.plain, 1).await;
    let unshipped = s.addressed(&guest, &cart, &s.facts.home).await;
    let shipped = s.shipped(&guest, &cart.id, &s.facts.shipping.standard).await;
    assert!(shipped.total.value > unshipped.total.value, "shipping costs nothing");
    let reduced = apply(&s, &guest, &cart.id, &s.facts.promotions.free_shipping).await;
    same_money(cart.currency, reduced.total.value, unshipped.total.value, "the total without shipping");
}

async fn told(s: Subject) {
    let (guest, facts) = (s.guest(), &s.facts.promotions);
    for (promotion, kind) in [(&facts.percent, PromotionType::Percentage), (&facts.fixed, PromotionType::FixedAmount)] {
        let cart = s.cart_of(&guest, &s.facts.variants.plain, 1).await;
        let reduced = apply(&s, &guest, &cart.id, &promotion.code).await;
        let [applied] = reduced.promotions.as_deref().unwrap_or_default() else {
            panic!("not one promotion: {:?}", reduced.promotions)
        };
        assert_eq!((&applied.code, applied.kind), (&promotion.code, Some(kind)));
        assert!(!applied.id.is_empty());
        let value: Option<Decimal> = applied.value.as_ref().and_then(|value| value.parse().ok());
        assert_eq!(value.map(|value| value.normalize()), Some(promotion.value.0.normalize()), "{applied:?}");
    }
}

async fn twice(s: Subject) {
    let (guest, code) = (s.guest(), &s.facts.promotions.percent.code);
    let cart = s.cart_of(&guest, &s.facts.variants.plain, 1).await;
    let once = apply(&s, &guest, &cart.id, code).await;
    unchanged(&once, &apply(&s, &guest, &cart.id, code).await);
}

async fn unknown_code(s: Subject) {
    let guest = s.guest();
    let cart = s.cart_of(&guest, &s.facts.variants.plain, 1).await;
    for code in ["NO-SUCH-CODE", "SAVE 1000 & more"] {
        let request = ApplyPromotion { code: id(code), locale: None };
        let call = s.modules.carts.apply_promotion(&guest, &cart.id, &request);
        invalid(&format!("applying {code}"), call, "promotion.invalid").await;
    }
    unchanged(&cart, &s.cart(&guest, &cart.id).await);
}

async fn unknown_cart(s: Subject) {
    let (guest, cart, code) = (s.guest(), id("cart_01NONE"), &s.facts.promotions.percent.code);
    let request = ApplyPromotion { code: code.clone(), locale: None };
    let call = s.modules.carts.apply_promotion(&guest, &cart, &request);
    not_found("a promotion for an unknown cart", call, "cart.not_found").await;
    let call = s.modules.carts.remove_promotion(&guest, &cart, code);
    not_found("no promotion of an unknown cart", call, "cart.not_found").await;
}

async fn removed(s: Subject) {
    let (guest, code) = (s.guest(), &s.facts.promotions.percent.code);
    let cart = s.cart_of(&guest, &s.facts.variants.plain, 1).await;
    apply(&s, &guest, &cart.id, code).await;
    let restored = done("removing a promotion", s.modules.carts.remove_promotion(&guest, &cart.id, code)).await;
    let restored = sound(restored);
    assert_eq!((restored.promotions, restored.total), (None, cart.total));
    let call = s.modules.carts.remove_promotion(&guest, &cart.id, code);
    not_found("removing it again", call, "promotion.not_applied").await;
}

async fn not_applied(s: Subject) {
    let (guest, facts) = (s.guest(), &s.facts.promotions);
    let cart = s.cart_of(&guest, &s.facts.variants.plain, 1).await;
    let reduced = apply(&s, &guest, &cart.id, &facts.percent.code).await;
    for code in [&id("NO-SUCH-CODE"), &facts.fixed.code] {
        let call = s.modules.carts.remove_promotion(&guest, &cart.id, code);
        not_found(&format!("removing {code}"), call, "promotion.not_applied").await;
    }
    unchanged(&reduced, &s.cart(&guest, &cart.id).await);
}

async fn follows_lines(s: Subject) {
    let (guest, promotion) = (s.guest(), &s.facts.promotions.percent);
    let cart = s.cart_of(&guest, &s.facts.variants.plain, 1).await;
    apply(&s, &guest, &cart.id, &promotion.code).await;
    for quantity in [4, 2] {
        let changed = s.set_quantity(&guest, &cart, quantity).await;
        let subtotal = amount(changed.subtotal.as_ref(), "the subtotal");
        let expected = subtotal * promotion.value.0 / Decimal::ONE_HUNDRED;
        same_money(cart.currency, discount(&changed), expected, &format!("the discount of {quantity}"));
    }
}

async fn with_taxes(s: Subject) {
    let (guest, facts) = (s.guest(), &s.facts);
    let cart = s.cart_of(&guest, &facts.variants.plain, 3).await;
    s.addressed(&guest, &cart, &facts.home).await;
    s.shipped(&guest, &cart.id, &facts.shipping.express).await;
    for code in [&facts.promotions.percent.code, &facts.promotions.fixed.code] {
        let reduced = apply(&s, &guest, &cart.id, code).await;
        let net = amount(reduced.subtotal.as_ref(), "the subtotal") - discount(&reduced)
            + amount(reduced.shipping_total.as_ref(), "shipping");
        let tax = amount(reduced.tax_total.as_ref(), "the tax");
        let expected = net * facts.home.tax_percent.0 / Decimal::ONE_HUNDRED;
        // Each line and the shipping may be rounded by itself, by half a cent at most.
        let slack = Decimal::new(5, 3) * Decimal::from(reduced.items.data.len() + 1);
        assert!((tax - expected).abs() <= slack, "tax {tax} on {net} is not {expected}");
    }
}
