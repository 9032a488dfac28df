//! Shipping, payment and summary of a checkout. Placing the order is in [`placing`](crate::placing).

use o2s_framework_core::carts::{AddCartItem, AddShippingMethod, Cart, UpdateCart};
use o2s_framework_core::checkout::{SetPayment, SetShippingMethod};
use o2s_framework_core::context::RequestContext;
use o2s_framework_core::ids::CartId;
use o2s_framework_core::payments::PaymentSessionStatus;
use rust_decimal::Decimal;
use serde_json::json;

use crate::Scenario;
use crate::check::{amount, done, invalid, not_found, same_money, sound, unchanged};
use crate::facts::ShippingFact;
use crate::shopping::{CANCEL_URL, RETURN_URL, email, id, leads_back, metadata, payment, pieces};
use crate::subject::Subject;

const OPTIONS: &[&str] = &["checkout.list_shipping_options", "carts.add_item", "checkout.set_addresses"];
const SHIP: &[&str] = &["checkout.set_shipping_method", "checkout.list_shipping_options", "carts.add_item"];
const SHIP_UNKNOWN: &[&str] = &["checkout.set_shipping_method", "carts.update_cart", "carts.add_item"];
const ADD_METHOD: &[&str] = &["carts.add_shipping_method", "checkout.list_shipping_options", "carts.add_item"];
const PAY: &[&str] = &["checkout.set_payment", "carts.add_item", "carts.get_cart"];
const SUMMARY: &[&str] = &["checkout.get_summary", "checkout.set_payment", "checkout.set_shipping_method"];
const TAXES: &[&str] = &["checkout.set_addresses", "checkout.set_shipping_method", "carts.add_item"];

pub(crate) fn scenarios() -> Vec<Scenario> {
    vec![
        Scenario::new("checkout::shipping_options_have_prices_in_the_carts_currency", OPTIONS, options_priced),
        Scenario::new("checkout::a_price_is_worked_out_for_the_cart", OPTIONS, option_calculated),
        Scenario::new("checkout::an_option_without_a_price_does_not_spoil_the_list", OPTIONS, option_unpriced),
        Scenario::new("checkout::options_of_an_unknown_cart_are_not_found", OPTIONS, options_unknown),
        Scenario::new("checkout::options_are_of_the_carts_region", OPTIONS, options_of_region),
        Scenario::new("checkout::a_shipping_option_is_taken_with_its_price", SHIP, ship),
        Scenario::new("checkout::another_option_takes_the_place_of_the_first", SHIP, ship_again),
        Scenario::new("checkout::a_calculated_option_is_taken", SHIP, ship_calculated),
        Scenario::new("checkout::an_unknown_option_is_refused", SHIP_UNKNOWN, ship_unknown),
        Scenario::new("checkout::an_empty_cart_is_not_shipped", SHIP_EMPTY, ship_empty),
        Scenario::new("checkout::carts_take_shipping_methods_too", ADD_METHOD, by_carts),
        Scenario::new("checkout::taxes_are_of_the_country", TAXES, taxes),
        Scenario::new("checkout::a_payment_is_started", PAY, pay),
        Scenario::new("checkout::a_payment_by_redirect_tells_where_to_go", PAY, pay_redirect),
        Scenario::new("checkout::an_unknown_provider_is_refused", PAY, pay_unknown),
        Scenario::new("checkout::a_payment_of_an_unknown_cart_is_not_found", PAY, pay_nothing),
        Scenario::new("checkout::another_provider_takes_the_place_of_the_first", PAY, pay_again),
        Scenario::new("checkout::a_changed_total_drops_the_payment", DROPPED, payment_dropped),
        Scenario::new("checkout::the_summary_is_what_the_customer_confirms", SUMMARY, summary),
        Scenario::new("checkout::the_summary_names_the_first_thing_that_is_missing", SUMMARY, summary_missing),
        Scenario::new("checkout::the_summary_of_an_unknown_cart_is_not_found", SUMMARY, summary_unknown),
    ]
}

const SHIP_EMPTY: &[&str] = &["checkout.set_shipping_method", "carts.add_shipping_method", "carts.create_cart"];
const DROPPED: &[&str] = &["checkout.set_payment", "checkout.get_summary", "payments.get_session", "carts.add_item"];

async fn addressed_cart(s: &Subject, cx: &RequestContext) -> Cart {
    let cart = s.cart_of(cx, &s.facts.variants.plain, 2).await;
    s.addressed(cx, &cart, &s.facts.home).await
}

async fn has_option(s: &Subject, cart: &CartId, fact: &ShippingFact) {
    let options = s.shipping_options(&s.guest(), cart).await;
    let option = options.iter().find(|option| option.name == fact.name);
    let option = option.unwrap_or_else(|| panic!("no option {} in {options:?}", fact.name));
    assert_eq!(option.id, fact.id.as_str());
    for price in [&option.total, &option.subtotal] {
        assert_eq!(price.as_ref().map(|price| price.currency), Some(s.facts.home.currency), "{option:?}");
    }
    let net = amount(option.subtotal.as_ref(), "the option's price before tax");
    assert_eq!(net.normalize(), fact.price.0.normalize(), "the price of {}", fact.name);
}

async fn options_priced(s: Subject) {
    let cart = addressed_cart(&s, &s.guest()).await;
    has_option(&s, &cart.id, &s.facts.shipping.standard).await;
    has_option(&s, &cart.id, &s.facts.shipping.express).await;
}

async fn option_calculated(s: Subject) {
    let Some(fact) = &s.facts.shipping.calculated else { return };
    let cart = addressed_cart(&s, &s.guest()).await;
    has_option(&s, &cart.id, fact).await;
}

async fn option_unpriced(s: Subject) {
    let Some(name) = &s.facts.shipping.unpriced else { return };
    let cart = addressed_cart(&s, &s.guest()).await;
    let options = s.shipping_options(&s.guest(), &cart.id).await;
    assert!(!options.is_empty(), "one broken option spoils the list");
    assert!(options.iter().all(|option| option.name != *name), "{name} is offered without a price");
}

async fn options_unknown(s: Subject) {
    let (guest, cart) = (s.guest(), id("cart_01NONE"));
    let call = s.modules.checkout.list_shipping_options(&guest, &cart);
    not_found("shipping options of an unknown cart", call, "cart.not_found").await;
}

async fn options_of_region(s: Subject) {
    let (guest, facts) = (s.guest(), &s.facts);
    let variant = facts.variants.plain.variant_id.clone();
    let request = AddCartItem::to_new_cart(facts.abroad.currency, variant, pieces(1));
    let abroad = sound(done("a cart abroad", s.modules.carts.add_item(&guest, &request)).await);
    let abroad = s.addressed(&guest, &abroad, &facts.abroad).await;
    let options = s.shipping_options(&guest, &abroad.id).await;
    assert!(!options.is_empty(), "nothing is shipped abroad");
    for option in options {
        assert_eq!(option.total.map(|price| price.currency), Some(facts.abroad.currency), "{}", option.name);
        let request = SetShippingMethod { shipping_option_id: id(&option.id) };
        let call = s.modules.checkout.set_shipping_method(&guest, &abroad.id, &request);
        sound(done("taking an option abroad", call).await);
    }
}

async fn ship(s: Subject) {
    let (guest, fact) = (s.guest(), &s.facts.shipping.express);
    let cart = addressed_cart(&s, &guest).await;
    let shipped = s.shipped(&guest, &cart.id, fact).await;
    let method = shipped.shipping_method.as_ref().unwrap_or_else(|| panic!("no shipping method"));
    assert_eq!((method.id.as_str(), &method.name), (fact.id.as_str(), &fact.name));
    let shipping = amount(shipped.shipping_total.as_ref(), "shipping");
    assert_eq!(shipping.normalize(), fact.price.0.normalize());
    assert!(shipped.total.value >= cart.total.value + fact.price.0, "shipping is not in the total");
    unchanged(&shipped, &s.cart(&guest, &cart.id).await);
}

async fn ship_again(s: Subject) {
    let (guest, facts) = (s.guest(), &s.facts.shipping);
    let cart = addressed_cart(&s, &guest).await;
    s.shipped(&guest, &cart.id, &facts.express).await;
    let shipped = s.shipped(&guest, &cart.id, &facts.standard).await;
    assert_eq!(shipped.shipping_method.map(|method| method.name).as_ref(), Some(&facts.standard.name));
    let shipping = amount(shipped.shipping_total.as_ref(), "shipping");
    assert_eq!(shipping.normalize(), facts.standard.price.0.normalize(), "both options are charged");
}

async fn ship_calculated(s: Subject) {
    let Some(fact) = &s.facts.shipping.calculated else { return };
    let guest = s.guest();
    let cart = addressed_cart(&s, &guest).await;
    let shipped = s.shipped(&guest, &cart.id, fact).await;
    let shipping = amount(shipped.shipping_total.as_ref(), "shipping");
    assert_eq!(shipping.normalize(), fact.price.0.normalize());
}

async fn ship_unknown(s: Subject) {
    let guest = s.guest();
    let cart = addressed_cart(&s, &guest).await;
    for option in [id("so_01NONE"), s.facts.returns.option.id.clone()] {
        let what = format!("shipping by {option}");
        let request = SetShippingMethod { shipping_option_id: option.clone() };
        let call = s.modules.checkout.set_shipping_method(&guest, &cart.id, &request);
        invalid(&what, call, "shipping_option.invalid").await;
        let request = UpdateCart { shipping_method_id: Some(option), ..UpdateCart::default() };
        invalid(&what, s.modules.carts.update_cart(&guest, &cart.id, &request), "shipping_option.invalid").await;
    }
    unchanged(&cart, &s.cart(&guest, &cart.id).await);
    let nowhere = id("cart_01NONE");
    let request = SetShippingMethod { shipping_option_id: s.facts.shipping.standard.id.clone() };
    let call = s.modules.checkout.set_shipping_method(&guest, &nowhere, &request);
    not_found("shipping an unknown cart", call, "cart.not_found").await;
}

async fn ship_empty(s: Subject) {
    let guest = s.guest();
    let cart = s.empty_cart(&guest).await;
    let request = SetShippingMethod { shipping_option_id: id("so_1") };
    let call = s.modules.checkout.set_shipping_method(&guest, &cart.id, &request);
    invalid("shipping an empty cart", call, "cart.empty").await;
    let request = AddShippingMethod { shipping_option_id: id("so_1"), locale: None };
    let call = s.modules.carts.add_shipping_method(&guest, &cart.id, &request);
    invalid("shipping an empty cart", call, "cart.empty").await;
}

async fn by_carts(s: Subject) {
    let (guest, fact) = (s.guest(), &s.facts.shipping.standard);
    let cart = addressed_cart(&s, &guest).await;
    let request = AddShippingMethod { shipping_option_id: fact.id.clone(), locale: None };
    let call = s.modules.carts.add_shipping_method(&guest, &cart.id, &request);
    let shipped = sound(done("taking a shipping option", call).await);
    assert_eq!(shipped.shipping_method.map(|method| method.name).as_ref(), Some(&fact.name));
    let request = AddShippingMethod { shipping_option_id: id("so_01NONE"), locale: None };
    let call = s.modules.carts.add_shipping_method(&guest, &cart.id, &request);
    invalid("an unknown shipping option", call, "shipping_option.invalid").await;
}

async fn taxes(s: Subject) {
    let (guest, facts) = (s.guest(), &s.facts);
    let cart = s.cart_of(&guest, &facts.variants.plain, 1).await;
    let before = amount(cart.tax_total.as_ref(), "the tax");
    assert_eq!(!before.is_zero(), facts.taxes_before_address, "tax {before} without an address");
    let addressed = s.addressed(&guest, &cart, &facts.home).await;
    let rate = facts.home.tax_percent.0 / Decimal::ONE_HUNDRED;
    let tax = amount(addressed.tax_total.as_ref(), "the tax");
    same_money(cart.currency, tax, facts.variants.plain.price.0 * rate, "the tax on the goods");
    let shipped = s.shipped(&guest, &cart.id, &facts.shipping.standard).await;
    let with_shipping = amount(shipped.tax_total.as_ref(), "the tax") - tax;
    let expected = facts.shipping.standard.price.0 * rate;
    assert!((with_shipping - expected).abs() <= Decimal::new(1, 2), "tax {with_shipping} on shipping, not {expected}");
}

async fn pay(s: Subject) {
    let (guest, provider) = (s.guest(), &s.facts.payment.plain);
    let cart = s.cart_of(&guest, &s.facts.variants.plain, 1).await;
    let session = s.paid_by(&guest, &cart.id, provider).await;
    assert_eq!((&session.cart_id, &session.provider_id), (&cart.id, provider));
    assert_eq!(session.redirect_url, None, "this provider needs no redirect");
    let paid = s.cart(&guest, &cart.id).await;
    assert_eq!(paid.payment_session_id, Some(session.id));
    let method = paid.payment_method.unwrap_or_else(|| panic!("no payment method"));
    assert_eq!(&method.id, provider);
    assert!(!method.name.is_empty());
}

async fn pay_redirect(s: Subject) {
    let guest = s.guest();
    let cart = s.cart_of(&guest, &s.facts.variants.plain, 1).await;
    let request = SetPayment {
        cancel_url: Some(id(CANCEL_URL)),
        metadata: Some(metadata(&json!({ "orderReference": "R-1" }))),
        ..payment(&s.facts.payment.redirect)
    };
    let session = done("starting a payment", s.modules.checkout.set_payment(&guest, &cart.id, &request)).await;
    assert_eq!(session.status, PaymentSessionStatus::Pending);
    let url = session.redirect_url.unwrap_or_else(|| panic!("nowhere to go"));
    leads_back(&url, &[RETURN_URL, CANCEL_URL]);
    assert!(session.client_secret.is_some_and(|secret| !secret.is_empty()), "no secret for the browser");
}

async fn pay_unknown(s: Subject) {
    let guest = s.guest();
    let cart = s.cart_of(&guest, &s.facts.variants.plain, 1).await;
    let request = payment(&id("pp_none"));
    let call = s.modules.checkout.set_payment(&guest, &cart.id, &request);
    invalid("an unknown payment provider", call, "payment.provider_invalid").await;
    unchanged(&cart, &s.cart(&guest, &cart.id).await);
}

async fn pay_nothing(s: Subject) {
    let (guest, cart) = (s.guest(), id("cart_01NONE"));
    let request = payment(&s.facts.payment.plain);
    let call = s.modules.checkout.set_payment(&guest, &cart, &request);
    not_found("paying an unknown cart", call, "cart.not_found").await;
}

async fn pay_again(s: Subject) {
    let (guest, facts) = (s.guest(), &s.facts.payment);
    let cart = s.cart_of(&guest, &s.facts.variants.plain, 1).await;
    let first = s.paid_by(&guest, &cart.id, &facts.redirect).await;
    let second = s.paid_by(&guest, &cart.id, &facts.plain).await;
    assert_ne!(first.id, second.id);
    let paid = s.cart(&guest, &cart.id).await;
    assert_eq!(paid.payment_session_id, Some(second.id));
    assert_eq!(paid.payment_method.map(|method| method.id).as_ref(), Some(&facts.plain));
    if s.can(&["payments.get_session"]) {
        let call = s.modules.payments.get_session(&guest, &first.id);
        not_found("the session that was replaced", call, "payment.session_not_found").await;
    }
}

async fn payment_dropped(s: Subject) {
    let guest = s.guest();
    let cart = s.ready_cart(&guest, &s.facts.payment.plain).await;
    let session = cart.payment_session_id.clone().unwrap_or_else(|| panic!("no payment session"));
    let grown = s.add(&guest, &cart, &s.facts.variants.other, 1).await;
    for seen in [&grown, &s.cart(&guest, &cart.id).await] {
        assert_eq!((&seen.payment_method, &seen.payment_session_id), (&None, &None), "a payment of the old total");
    }
    let call = s.modules.payments.get_session(&guest, &session);
    not_found("the session of the old total", call, "payment.session_not_found").await;
    let error = invalid("the summary", s.modules.checkout.get_summary(&guest, &cart.id), "checkout.incomplete").await;
    assert!(error.message().contains("Payment"), "{error}");
    s.paid_by(&guest, &cart.id, &s.facts.payment.plain).await;
    done("the summary", s.modules.checkout.get_summary(&guest, &cart.id)).await;
}

async fn summary(s: Subject) {
    let (guest, facts) = (s.guest(), &s.facts);
    let cart = s.ready_cart(&guest, &facts.payment.plain).await;
    let summary = done("the summary", s.modules.checkout.get_summary(&guest, &cart.id)).await;
    unchanged(&cart, &sound(summary.cart.clone()));
    assert_eq!(Some(&summary.shipping_address), cart.shipping_address.as_ref());
    assert_eq!(Some(&summary.billing_address), cart.billing_address.as_ref());
    assert_eq!(Some(&summary.shipping_method), cart.shipping_method.as_ref());
    assert_eq!(Some(&summary.payment_method), cart.payment_method.as_ref());
    let totals = summary.totals;
    assert_eq!((&totals.total, Some(&totals.subtotal)), (&cart.total, cart.subtotal.as_ref()));
    assert_eq!((Some(&totals.shipping), Some(&totals.tax)), (cart.shipping_total.as_ref(), cart.tax_total.as_ref()));
    assert_eq!((Some(&totals.discount), summary.email), (cart.discount_total.as_ref(), Some(email())));
}

async fn summary_missing(s: Subject) {
    let (guest, facts) = (s.guest(), &s.facts);
    let cart = s.cart_of(&guest, &facts.variants.plain, 1).await;
    let missing = async |what: &str| {
        let call = s.modules.checkout.get_summary(&guest, &cart.id);
        let error = invalid("the summary", call, "checkout.incomplete").await;
        assert_eq!(error.message(), format!("{what} is required for checkout summary"));
    };
    missing("Shipping address").await;
    s.addressed(&guest, &cart, &facts.home).await;
    missing("Shipping method").await;
    s.shipped(&guest, &cart.id, &facts.shipping.standard).await;
    missing("Payment method").await;
    s.paid_by(&guest, &cart.id, &facts.payment.plain).await;
    done("the summary", s.modules.checkout.get_summary(&guest, &cart.id)).await;
}

async fn summary_unknown(s: Subject) {
    let (guest, cart) = (s.guest(), id("cart_01NONE"));
    let call = s.modules.checkout.get_summary(&guest, &cart);
    not_found("the summary of an unknown cart", call, "cart.not_found").await;
}
