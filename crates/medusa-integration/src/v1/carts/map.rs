//! Medusa's carts as the contract's.

use std::sync::Arc;

use o2s_framework_core::address::Address;
use o2s_framework_core::carts::{Cart, CartItem, Lines, Promotion, PromotionType};
use o2s_framework_core::error::Result;
use o2s_framework_core::ids::{CartId, PromotionCode};
use o2s_framework_core::metadata::Metadata;
use o2s_framework_core::money::Currency;
use o2s_framework_core::orders::{ShippingMethod, Unit};
use o2s_framework_core::payments::PaymentSession;
use o2s_medusa_client::v1::MinorUnits;
use o2s_medusa_client::v1::store::carts::{AddressChoice, Cart as WireCart};
use o2s_medusa_client::v1::store::discounts::{Discount, DiscountRuleType};
use o2s_medusa_client::v1::store::gift_cards::GiftCard;
use o2s_medusa_client::v1::store::line_items::LineItem;
use o2s_medusa_client::v1::store::payment_sessions::PaymentSession as WireSession;
use o2s_medusa_client::v1::store::shipping_methods::ShippingMethod as WireShippingMethod;
use o2s_medusa_client::v1::types::AddressInput;

use crate::carts::access::{Seen, SeenLine, SeenOwner};
use crate::carts::{NAME, NOTES, TellsCart};
use crate::catalogue::ProductTypes;
use crate::map;
use crate::payments::session::payment_method;
use crate::v1::money::{major, optional_price, price};
use crate::v1::payments::session;
use crate::v1::products::line::{is_virtual, line_product, product_of};

/// What of others is asked with a cart: that of the answer of a write, and the customer.
pub(super) const CART_RELATIONS: &str = "customer,region,items,items.variant,items.adjustments,shipping_address,\
billing_address,shipping_methods,shipping_methods.shipping_option,payment_sessions,discounts,discounts.rule,gift_cards";

/// The key of the e-mail address that a signed-in customer gave, where Medusa keeps the account's.
pub(super) const CONTACT_EMAIL: &str = "contactEmail";
/// The key of where a payment provider sends the customer back to, as providers know it.
pub(crate) const RETURN_URL: &str = "return_url";
/// The key of where a provider sends a customer who gives up.
pub(crate) const CANCEL_URL: &str = "cancel_url";
/// The key of the total that the payment was started for: while it is the cart's, the payment counts.
// Medusa: a session follows the total. A payment of another total than the customer saw is not the customer's.
pub(crate) const PAYMENT_TOTAL: &str = "paymentTotal";
/// Keys of a cart's data that are ours or Medusa's: not shown, and refused in requests.
// Medusa: it keeps the address and the browser of whoever makes a cart there, and fails on the names that JavaScript has for
// itself.
pub(super) const RESERVED: [&str; 7] =
    [RETURN_URL, CANCEL_URL, PAYMENT_TOTAL, "ip", "user_agent", "constructor", "__proto__"];

/// A cart with what an answer leaves out.
pub(crate) struct KnownCart {
    // On the heap: it is some kilobytes, and goes from hand to hand.
    pub(crate) wire: Box<WireCart>,
    pub(crate) owner: SeenOwner,
    /// Which types of products are not shipped.
    pub(crate) types: Arc<ProductTypes>,
}

/// What is remembered of a cart of Medusa 1.
#[derive(Clone, Debug)]
pub(crate) struct More {
    pub(super) customer_id: Option<String>,
    pub(crate) total: MinorUnits,
    /// The options that it is shipped by.
    pub(super) shipping_options: Vec<String>,
    /// The country that it goes to.
    pub(super) country: Option<String>,
    /// The codes of its discounts, but those of free shipping.
    pub(crate) discounts: Vec<String>,
    /// The codes of its discounts that make shipping free.
    pub(crate) free_shipping: Vec<String>,
    /// The codes of its gift cards.
    pub(crate) gift_cards: Vec<String>,
    /// The payment providers with a session, and whether the provider knows of it.
    pub(crate) sessions: Vec<(String, bool)>,
}

/// Whose a cart is, as far as its answer says.
// Medusa: only a read tells the customer, and with it whether there is an account.
pub(super) fn owner(cart: &WireCart) -> Option<SeenOwner> {
    match (&cart.customer_id, &cart.customer) {
        (None, _) => Some(SeenOwner::Nobody),
        (Some(id), Some(customer)) if *id == customer.id => Some(SeenOwner::customer(id, customer.has_account)),
        (Some(_), _) => None,
    }
}

/// The payment session of a cart that counts: chosen, and started for the present total.
pub(crate) fn live_session(cart: &WireCart) -> Option<&WireSession> {
    let started_for = cart.context.as_ref()?.get(PAYMENT_TOTAL)?.as_i64()?;
    if cart.total? != MinorUnits(started_for) {
        return None;
    }
    cart.payment_sessions.iter().find(|session| session.is_selected == Some(true))
}

impl KnownCart {
    /// Whether this code is among the cart's discounts and gift cards.
    // Medusa: codes are kept in capitals, and taken in any case.
    pub(super) fn has_code(&self, code: &PromotionCode) -> bool {
        codes(&self.wire).iter().any(|applied| applied.eq_ignore_ascii_case(code.as_str()))
    }

    fn currency(&self) -> Result<Currency> {
        map::currency(self.wire.region.as_ref().and_then(|region| region.currency_code.as_deref()))
    }
}

/// The codes of discounts that make shipping free.
pub(super) fn free_shipping(cart: &WireCart) -> Vec<String> {
    discount_codes(cart, is_free_shipping)
}

fn discounts(cart: &WireCart) -> Vec<String> {
    discount_codes(cart, |discount| !is_free_shipping(discount))
}

fn discount_codes(cart: &WireCart, wanted: impl Fn(&Discount) -> bool) -> Vec<String> {
    cart.discounts.iter().filter(|discount| wanted(discount)).filter_map(|found| found.code.clone()).collect()
}

fn is_free_shipping(discount: &Discount) -> bool {
    discount.rule.as_ref().is_some_and(|rule| rule.rule_type == Some(DiscountRuleType::FreeShipping))
}

fn gift_cards(cart: &WireCart) -> Vec<String> {
    cart.gift_cards.iter().filter_map(|card| card.code.clone()).collect()
}

/// The codes of a cart's discounts, and those of its gift cards.
pub(crate) fn applied_codes(cart: &WireCart) -> (Vec<String>, Vec<String>) {
    (discounts(cart).into_iter().chain(free_shipping(cart)).collect(), gift_cards(cart))
}

fn codes(cart: &WireCart) -> Vec<String> {
    let (mut codes, gift_cards) = applied_codes(cart);
    codes.extend(gift_cards);
    codes
}

impl TellsCart for KnownCart {
    type More = More;

    fn id(&self) -> &str {
        &self.wire.id
    }

    fn seen(&self) -> Result<Seen<More>> {
        let wire = &self.wire;
        let total = wire.total.ok_or_else(|| crate::error::incomplete("cart.total"))?;
        let session = |session: &WireSession| {
            Some((
                session.provider_id.clone()?,
                session.is_selected == Some(true) && session.is_initiated == Some(true),
            ))
        };
        Ok(Seen {
            owner: self.owner.clone(),
            completed: wire.completed_at.is_some(),
            currency: self.currency()?,
            region_id: wire.region_id.as_deref().map(|id| map::id(id, "cart.region_id")).transpose()?,
            lines: wire.items.iter().map(|line| SeenLine { id: line.id.clone(), quantity: line.quantity }).collect(),
            promotions: codes(wire),
            // Medusa: a cart that moves to another region keeps its address, without a country.
            has_shipping_address: wire
                .shipping_address
                .as_ref()
                .and_then(map::address)
                .is_some_and(|address| !address.country.is_empty()),
            has_billing_address: wire.billing_address.as_ref().and_then(map::address).is_some(),
            needs_shipping: wire.items.iter().any(|line| !is_virtual(product_of(line), &self.types)),
            has_shipping_method: self.is_shipped_whole(),
            is_free: total <= MinorUnits(0),
            has_payment: live_session(wire).is_some(),
            email: wire.email.clone(),
            more: More {
                customer_id: wire.customer_id.clone(),
                total,
                shipping_options: wire
                    .shipping_methods
                    .iter()
                    .filter_map(|wire| wire.shipping_option_id.clone())
                    .collect(),
                country: wire.shipping_address.as_ref().and_then(|address| map::text(address.country_code.as_ref())),
                discounts: discounts(wire),
                free_shipping: free_shipping(wire),
                gift_cards: gift_cards(wire),
                sessions: wire.payment_sessions.iter().filter_map(session).collect(),
            },
        })
    }

    fn show(&self) -> Result<Cart> {
        let wire = &self.wire;
        let id: CartId = map::id(&wire.id, "cart.id")?;
        let currency = self.currency()?;
        let data = wire.context.as_ref();
        let mut shown = wire.context.clone().unwrap_or_default();
        // An empty text stands for what was taken away: Medusa removes no key.
        shown.retain(|key, value| !RESERVED.contains(&key.as_str()) && value.as_str() != Some(""));
        let mut lines: Vec<&LineItem> = wire.items.iter().collect();
        // Medusa: lines come in no order; a cart should show them as they were added.
        lines.sort_by(|a, b| (&a.created_at, &a.id).cmp(&(&b.created_at, &b.id)));
        let amount = |amount: Option<MinorUnits>| major(amount, currency);
        let tax = tax(wire);
        let session = self.payment()?;
        Ok(Cart {
            customer_id: match &self.owner {
                SeenOwner::Account(id) => Some(id.clone()),
                SeenOwner::Nobody | SeenOwner::Guest | SeenOwner::Unknown => None,
            },
            name: map::text_member(data, NAME),
            created_at: map::timestamp(wire.created_at.as_deref(), "cart.created_at")?,
            updated_at: map::timestamp(wire.updated_at.as_deref(), "cart.updated_at")?,
            expires_at: None,
            region_id: wire.region_id.as_deref().map(|id| map::id(id, "cart.region_id")).transpose()?,
            currency,
            items: Lines::new(lines.into_iter().map(|line| self.item(line, currency)).collect::<Result<_>>()?),
            subtotal: Some(price(wire.subtotal, currency, "cart.subtotal")?),
            // Medusa: the total is what gift cards leave to be paid; they count as a discount here.
            discount_total: Some(map::discount(
                &[amount(wire.subtotal), amount(wire.shipping_total), amount(tax)],
                amount(wire.total),
                currency,
                "cart.total",
            )?),
            tax_total: Some(price(tax, currency, "cart.tax_total")?),
            shipping_total: Some(price(wire.shipping_total, currency, "cart.shipping_total")?),
            total: price(wire.total, currency, "cart.total")?,
            shipping_address: wire.shipping_address.as_ref().and_then(map::address),
            billing_address: wire.billing_address.as_ref().and_then(map::address),
            shipping_method: wire
                .shipping_methods
                .first()
                .filter(|_| self.is_shipped_whole())
                .map(|method| shipping_method(method, currency)),
            payment_method: session.as_ref().map(payment_method),
            promotions: promotions(wire, currency),
            metadata: Some(Metadata::from_map(&shown)),
            notes: map::text_member(data, NOTES),
            email: wire.email.as_deref().and_then(|email| email.parse().ok()),
            payment_session_id: session.map(|session| session.id),
            id,
        })
    }

    fn payment(&self) -> Result<Option<PaymentSession>> {
        let Some(live) = live_session(&self.wire) else { return Ok(None) };
        session(&map::id(&self.wire.id, "cart.id")?, live).map(Some)
    }
}

impl KnownCart {
    /// Whether all goods have a way to be shipped.
    fn is_shipped_whole(&self) -> bool {
        let wire = &self.wire;
        let goes = |line: &LineItem| is_shipped(line, wire) || is_virtual(product_of(line), &self.types);
        !wire.shipping_methods.is_empty() && wire.items.iter().all(goes)
    }

    fn item(&self, line: &LineItem, currency: Currency) -> Result<CartItem> {
        let product = line_product(line, product_of(line), &self.types, currency)?;
        let amount = |amount: Option<MinorUnits>| major(amount, currency);
        let parts = [amount(line.subtotal), amount(line.tax_total.or(Some(MinorUnits(0))))];
        Ok(CartItem {
            id: map::id(&line.id, "item.id")?,
            sku: product.sku.clone(),
            quantity: line.quantity.map(u64::from).ok_or_else(|| crate::error::incomplete("item.quantity"))?,
            price: price(line.unit_price, currency, "item.unit_price")?,
            subtotal: optional_price(line.subtotal, currency),
            discount_total: Some(map::discount(&parts, amount(line.total), currency, "item.total")?),
            total: price(line.total, currency, "item.total")?,
            unit: Some(Unit::Pcs),
            currency,
            product,
            metadata: map::metadata(line.metadata.as_ref()),
        })
    }
}

/// The tax of a cart, as the order will have it.
// Medusa: none where the region's taxes are not worked out by themselves; and that which gift cards pay is in a cart's, and
// not in an order's.
fn tax(cart: &WireCart) -> Option<MinorUnits> {
    let (all, paid) = (cart.tax_total.unwrap_or_default(), cart.gift_card_tax_total.unwrap_or_default());
    all.0.checked_sub(paid.0).map(|tax| MinorUnits(tax.max(0)))
}

/// Whether a line goes by a chosen shipping method, as far as can be told. Gift cards come by mail, whatever is chosen.
// Medusa: each method is for the goods of one profile, and goods without one are ordered all the same. `has_shipping` is
// false again with a customer's next change.
fn is_shipped(line: &LineItem, cart: &WireCart) -> bool {
    let Some(profile) = product_of(line).and_then(|product| product.profile_id.as_ref()) else { return true };
    let mut profiles = cart.shipping_methods.iter().map(|method| method.shipping_option.as_ref()?.profile_id.as_ref());
    line.is_giftcard == Some(true) || profiles.any(|known| known.is_none_or(|known| known == profile))
}

/// A chosen shipping method: known by its option, so that a front end finds it among the options.
fn shipping_method(wire: &WireShippingMethod, currency: Currency) -> ShippingMethod {
    ShippingMethod {
        id: wire.shipping_option_id.clone().or_else(|| wire.id.clone()).unwrap_or_default(),
        ..method(wire, currency)
    }
}

/// A shipping method of a cart or an order, by its own id.
pub(crate) fn method(wire: &WireShippingMethod, currency: Currency) -> ShippingMethod {
    let name = wire.shipping_option.as_ref().and_then(|option| option.name.clone());
    ShippingMethod {
        id: wire.id.clone().unwrap_or_default(),
        name: name.unwrap_or_default(),
        description: None,
        total: optional_price(wire.total.or(wire.price), currency),
        subtotal: optional_price(wire.subtotal.or(wire.price), currency),
    }
}

fn promotions(cart: &WireCart, currency: Currency) -> Option<Vec<Promotion>> {
    let discounts = cart.discounts.iter().filter_map(|discount| promotion(discount, currency));
    let cards = cart.gift_cards.iter().filter_map(|card| gift_card(card, currency));
    let promotions: Vec<Promotion> = discounts.chain(cards).collect();
    (!promotions.is_empty()).then_some(promotions)
}

/// A discount; none for one without a code, which nobody could take off again.
fn promotion(wire: &Discount, currency: Currency) -> Option<Promotion> {
    let code = wire.code.clone()?;
    let rule = wire.rule.as_ref();
    let value = rule.and_then(|rule| rule.value);
    let (kind, value) = match rule.and_then(|rule| rule.rule_type.as_ref()) {
        Some(DiscountRuleType::Percentage) => (Some(PromotionType::Percentage), value.map(|value| value.to_string())),
        Some(DiscountRuleType::Fixed) => {
            (Some(PromotionType::FixedAmount), shown_amount(value.map(MinorUnits), currency))
        }
        Some(DiscountRuleType::FreeShipping) => (Some(PromotionType::FreeShipping), None),
        Some(DiscountRuleType::Unknown(_)) | None => (None, None),
    };
    Some(Promotion {
        id: wire.id.clone(),
        name: Some(code.clone()),
        code: code.try_into().ok()?,
        description: rule.and_then(|rule| map::text(rule.description.as_ref())),
        kind,
        value,
    })
}

/// A gift card, which is worth what is left of it.
fn gift_card(wire: &GiftCard, currency: Currency) -> Option<Promotion> {
    let code = wire.code.clone()?;
    Some(Promotion {
        id: wire.id.clone(),
        name: Some(code.clone()),
        code: code.try_into().ok()?,
        description: None,
        kind: Some(PromotionType::FixedAmount),
        value: shown_amount(wire.balance, currency),
    })
}

fn shown_amount(amount: Option<MinorUnits>, currency: Currency) -> Option<String> {
    major(amount, currency).map(|amount| amount.normalize().to_string())
}

/// An address with all its parts: what it does not have is sent as empty.
// Medusa: it changes the parts that are sent of the address that is there.
pub(super) fn address_input(address: &Address) -> AddressChoice {
    let optional = |value: &Option<String>| Some(value.as_deref().unwrap_or_default().trim().to_owned());
    AddressInput {
        first_name: optional(&address.first_name),
        last_name: optional(&address.last_name),
        company: optional(&address.company_name),
        address_1: Some(address.street_name.trim().to_owned()),
        address_2: optional(&address.street_number),
        city: Some(address.city.trim().to_owned()),
        postal_code: Some(address.postal_code.trim().to_owned()),
        country_code: Some(address.country.to_lowercase()),
        province: optional(&address.region),
        phone: optional(&address.phone),
        metadata: Some(map::address_metadata(address)),
    }
    .into()
}
