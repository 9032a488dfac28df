//! Medusa's carts as the contract's.

use o2s_framework_core::address::Address;
use o2s_framework_core::carts::{Cart, CartItem, Lines, Promotion, PromotionType};
use o2s_framework_core::error::Result;
use o2s_framework_core::ids::CartId;
use o2s_framework_core::metadata::Metadata;
use o2s_framework_core::money::Currency;
use o2s_framework_core::orders::{ShippingMethod, Unit};
use o2s_framework_core::payments::PaymentSession;
use o2s_medusa_client::Amount;
use o2s_medusa_client::v2::store::carts::Cart as WireCart;
use o2s_medusa_client::v2::store::line_items::LineItem;
use o2s_medusa_client::v2::store::payments::{PaymentSession as WireSession, PaymentSessionStatus as WireStatus};
use o2s_medusa_client::v2::store::promotions::{ApplicationMethodType, Promotion as WirePromotion};
use o2s_medusa_client::v2::store::shipping_methods::ShippingMethod as WireShippingMethod;
use o2s_medusa_client::v2::types::{AddressInput, Metadata as WireMetadata};
use rust_decimal::Decimal;

use super::owner::{is_guests, owner};
use crate::carts::access::{Seen, SeenLine};
use crate::carts::{NAME, NOTES, TellsCart};
use crate::map;
use crate::payments::session::payment_method;
use crate::v2::payments::session;
use crate::v2::products::line::line_product;

/// What is asked of a cart: what is mapped and what decides about the next call, and no more.
pub(crate) const CART_FIELDS: &str = "id,email,currency_code,region_id,metadata,created_at,updated_at,completed_at,\
total,tax_total,item_subtotal,shipping_subtotal,\
items.id,items.title,items.thumbnail,items.quantity,items.unit_price,items.requires_shipping,items.metadata,\
items.product_id,items.product_title,items.product_subtitle,items.product_description,items.product_handle,\
items.product_type,items.variant_id,items.variant_title,items.variant_sku,items.created_at,\
items.total,items.subtotal,items.tax_total,\
shipping_methods.id,shipping_methods.name,shipping_methods.description,shipping_methods.shipping_option_id,\
shipping_methods.total,shipping_methods.subtotal,*customer,*shipping_address,*billing_address,\
promotions.id,promotions.code,promotions.application_method.value,promotions.application_method.type,\
payment_collection.id,payment_collection.payment_sessions.id,payment_collection.payment_sessions.provider_id,\
payment_collection.payment_sessions.status,payment_collection.payment_sessions.data";

/// The metadata key under which a guest's e-mail address is kept beside the cart's own: while the two agree, the cart is
/// a guest's, whatever account the address belongs to.
pub(crate) const GUEST_EMAIL: &str = "guestEmail";
/// The metadata key of the payment session that was called off.
// Medusa: no Store endpoint deletes a session; this one is not the cart's any more.
pub(crate) const CANCELLED_SESSION: &str = "cancelledPaymentSession";
/// Keys that are ours: not shown, and refused in requests.
pub(crate) const RESERVED: [&str; 2] = [GUEST_EMAIL, CANCELLED_SESSION];

/// The e-mail address that a guest gave.
pub(crate) fn guest_email(metadata: Option<&WireMetadata>) -> Option<String> {
    map::text_member(metadata, GUEST_EMAIL)
}

/// The payment session of a cart that counts: not called off, not failed.
pub(crate) fn live_session(cart: &WireCart) -> Option<&WireSession> {
    let cancelled = map::text_member(cart.metadata.as_ref(), CANCELLED_SESSION);
    cart.payment_collection.as_ref()?.payment_sessions.iter().find(|session| {
        Some(&session.id) != cancelled.as_ref() && !matches!(session.status, Some(WireStatus::Canceled))
    })
}

/// Whether any line is shipped. A line that does not say is.
pub(crate) fn needs_shipping(cart: &WireCart) -> bool {
    cart.items.iter().any(|line| line.requires_shipping != Some(false))
}

/// What is remembered of a cart of Medusa 2.
#[derive(Clone, Debug)]
pub(crate) struct More {
    /// The id of its payment collection, where it has one.
    pub(crate) payment_collection: Option<String>,
}

impl TellsCart for WireCart {
    type More = More;

    fn id(&self) -> &str {
        &self.id
    }

    fn seen(&self) -> Result<Seen<More>> {
        let lines = self.items.iter().map(|line| SeenLine {
            id: line.id.clone(),
            quantity: line.quantity.as_ref().and_then(|amount| amount.to_u32()),
        });
        Ok(Seen {
            owner: owner(self),
            completed: self.completed_at.is_some(),
            currency: map::currency(self.currency_code.as_deref())?,
            region_id: self.region_id.as_deref().map(|id| map::id(id, "cart.region_id")).transpose()?,
            lines: lines.collect(),
            promotions: self.promotions.iter().filter_map(|promotion| promotion.code.clone()).collect(),
            has_shipping_address: self.shipping_address.as_ref().and_then(map::address).is_some(),
            has_billing_address: self.billing_address.as_ref().and_then(map::address).is_some(),
            needs_shipping: needs_shipping(self),
            has_shipping_method: !self.shipping_methods.is_empty(),
            is_free: self.total.as_ref().is_some_and(|total| total.value() <= Decimal::ZERO),
            has_payment: live_session(self).is_some(),
            email: self.email.clone(),
            more: More { payment_collection: self.payment_collection.as_ref().map(|collection| collection.id.clone()) },
        })
    }

    fn show(&self) -> Result<Cart> {
        cart(self)
    }

    fn payment(&self) -> Result<Option<PaymentSession>> {
        let Some(live) = live_session(self) else { return Ok(None) };
        session(&map::id(&self.id, "cart.id")?, live).map(Some)
    }
}

fn cart(wire: &WireCart) -> Result<Cart> {
    let id: CartId = map::id(&wire.id, "cart.id")?;
    let currency = map::currency(wire.currency_code.as_deref())?;
    let metadata = wire.metadata.as_ref();
    let mut shown = wire.metadata.clone().unwrap_or_default();
    for key in RESERVED {
        shown.remove(key);
    }
    let mut lines: Vec<&LineItem> = wire.items.iter().collect();
    // Medusa: lines come in no order; a cart should show them as they were added.
    lines.sort_by(|a, b| (&a.created_at, &a.id).cmp(&(&b.created_at, &b.id)));
    let session = wire.payment()?;
    Ok(Cart {
        // Whose account a guest's e-mail address belongs to is not the guest's to know.
        customer_id: match wire.customer_id.as_deref().filter(|_| !is_guests(wire)) {
            Some(id) => Some(map::id(id, "cart.customer_id")?),
            None => None,
        },
        name: map::text_member(metadata, NAME),
        created_at: map::timestamp(wire.created_at.as_deref(), "cart.created_at")?,
        updated_at: map::timestamp(wire.updated_at.as_deref(), "cart.updated_at")?,
        expires_at: None,
        region_id: wire.region_id.as_deref().map(|id| map::id(id, "cart.region_id")).transpose()?,
        currency,
        items: Lines::new(lines.into_iter().map(|line| item(line, currency)).collect::<Result<_>>()?),
        subtotal: Some(map::price(wire.item_subtotal.as_ref(), currency, "cart.item_subtotal")?),
        discount_total: Some(map::discount(
            &[wire.item_subtotal, wire.shipping_subtotal, wire.tax_total].map(|part| part.map(Amount::value)),
            wire.total.map(Amount::value),
            currency,
            "cart.total",
        )?),
        tax_total: Some(map::price(wire.tax_total.as_ref(), currency, "cart.tax_total")?),
        shipping_total: Some(map::price(wire.shipping_subtotal.as_ref(), currency, "cart.shipping_subtotal")?),
        total: map::price(wire.total.as_ref(), currency, "cart.total")?,
        shipping_address: wire.shipping_address.as_ref().and_then(map::address),
        billing_address: wire.billing_address.as_ref().and_then(map::address),
        shipping_method: wire.shipping_methods.first().map(|method| shipping_method(method, currency)),
        payment_method: session.as_ref().map(payment_method),
        promotions: promotions(&wire.promotions),
        metadata: Some(Metadata::from_map(&shown)),
        notes: map::text_member(metadata, NOTES),
        email: wire.email.as_deref().and_then(|email| email.parse().ok()),
        payment_session_id: session.map(|session| session.id),
        id,
    })
}

fn item(line: &LineItem, currency: Currency) -> Result<CartItem> {
    let discount = match line.tax_total {
        Some(_) => {
            let parts = [line.subtotal, line.tax_total].map(|part| part.map(Amount::value));
            Some(map::discount(&parts, line.total.map(Amount::value), currency, "item.total")?)
        }
        None => None,
    };
    let product = line_product(line, currency)?;
    Ok(CartItem {
        id: map::id(&line.id, "item.id")?,
        sku: product.sku.clone(),
        quantity: map::quantity(line.quantity.as_ref())?,
        price: map::price(line.unit_price.as_ref(), currency, "item.unit_price")?,
        subtotal: map::optional_price(line.subtotal.as_ref(), currency),
        discount_total: discount,
        total: map::price(line.total.as_ref(), currency, "item.total")?,
        unit: Some(Unit::Pcs),
        currency,
        product,
        metadata: map::metadata(line.metadata.as_ref()),
    })
}

/// A chosen shipping method: known by its option, so that a front end finds it among the options.
fn shipping_method(wire: &WireShippingMethod, currency: Currency) -> ShippingMethod {
    ShippingMethod {
        id: wire.shipping_option_id.clone().or_else(|| wire.id.clone()).unwrap_or_default(),
        name: wire.name.clone().unwrap_or_default(),
        description: map::text(wire.description.as_ref()),
        total: map::optional_price(wire.total.as_ref(), currency),
        subtotal: map::optional_price(wire.subtotal.as_ref(), currency),
    }
}

fn promotions(wire: &[WirePromotion]) -> Option<Vec<Promotion>> {
    let promotions: Vec<Promotion> = wire.iter().filter_map(promotion).collect();
    (!promotions.is_empty()).then_some(promotions)
}

/// A promotion; none for one without a code, which nobody could take off again.
fn promotion(wire: &WirePromotion) -> Option<Promotion> {
    let code = wire.code.clone()?;
    let method = wire.application_method.as_ref();
    Some(Promotion {
        id: wire.id.clone().unwrap_or_else(|| code.clone()),
        name: Some(code.clone()),
        code: code.try_into().ok()?,
        description: None,
        kind: method.and_then(|method| match method.method_type {
            Some(ApplicationMethodType::Percentage) => Some(PromotionType::Percentage),
            Some(ApplicationMethodType::Fixed) => Some(PromotionType::FixedAmount),
            Some(ApplicationMethodType::Unknown(_)) | None => None,
        }),
        value: method.and_then(|method| method.value.as_ref()).map(ToString::to_string),
    })
}

/// An address for a cart.
pub(super) fn address_input(address: &Address) -> AddressInput {
    let optional = |value: &Option<String>| map::trimmed(value.as_ref());
    let metadata = map::address_metadata(address);
    AddressInput {
        first_name: Some(optional(&address.first_name).unwrap_or_default()),
        last_name: Some(optional(&address.last_name).unwrap_or_default()),
        company: optional(&address.company_name),
        address_1: Some(address.street_name.trim().to_owned()),
        address_2: optional(&address.street_number),
        city: Some(address.city.trim().to_owned()),
        postal_code: Some(address.postal_code.trim().to_owned()),
        country_code: Some(address.country.to_lowercase()),
        province: optional(&address.region),
        phone: optional(&address.phone),
        metadata: (!metadata.is_empty()).then_some(metadata),
    }
}

#[cfg(test)]
mod tests {
    use o2s_framework_core::money::Price;
    use serde_json::{Value, json};

    use super::*;

    /// A cart as Medusa sends it, with the given members in place of its own.
    fn wire(changes: Value) -> WireCart {
        let mut cart = json!({
            "id": "cart_1", "currency_code": "eur", "region_id": "reg_1", "email": null, "metadata": null,
            "created_at": "2026-11-22T11:14:42.354Z", "updated_at": "2026-11-22T11:14:44.449Z", "completed_at": null,
            "total": 107.04645, "tax_total": 17.09145, "item_subtotal": 99.95, "shipping_subtotal": 12.5, "items": [],
            "shipping_methods": [], "customer_id": null,
        });
        if let (Value::Object(cart), Value::Object(changes)) = (&mut cart, changes) {
            cart.extend(changes);
        }
        serde_json::from_str(&cart.to_string()).expect("a cart")
    }

    fn shown(changes: Value) -> Cart {
        cart(&wire(changes)).expect("a cart that can be read")
    }

    #[test]
    fn a_promotion_that_the_shop_deleted_is_left_out() {
        let cart = shown(json!({ "promotions": [null, { "id": "promo_1", "code": "SAVE10" }] }));
        let codes: Vec<_> = cart.promotions.iter().flatten().map(|promotion| promotion.code.as_str()).collect();
        assert_eq!(codes, ["SAVE10"]);
        assert_eq!(shown(json!({ "promotions": [null] })).promotions, None);
    }

    // M-CARTS-01, M-CARTS-02
    #[test]
    fn an_empty_cart() {
        let cart = shown(json!({}));
        assert_eq!((cart.id.as_str(), cart.currency.as_str(), cart.customer_id.as_ref()), ("cart_1", "EUR", None));
        assert_eq!((cart.items.total, cart.promotions.as_ref(), cart.shipping_address.as_ref()), (0, None, None));
        assert_eq!(cart.created_at.to_string(), "2026-11-22T11:14:42.354Z");
        let owned = shown(json!({"customer_id": "cus_1", "customer": {"id": "cus_1", "has_account": true}}));
        assert_eq!(owned.customer_id.map(|id| id.to_string()).as_deref(), Some("cus_1"));
    }

    // the totals add up to the last digit, with tax on shipping and on discounts, and with credit.
    #[test]
    fn the_totals_add_up() {
        for changes in
            [json!({}), json!({"total": 97.04645}), json!({"tax_total": 0.950_000_000_000_000_1, "total": 113.40})]
        {
            let cart = shown(changes);
            let value = |price: &Option<Price>| price.as_ref().expect("a price").value;
            let sum = value(&cart.subtotal) - value(&cart.discount_total)
                + value(&cart.shipping_total)
                + value(&cart.tax_total);
            assert_eq!(sum, cart.total.value);
        }
    }

    // M-CARTS-03, C-36: what Medusa leaves out is Medusa's fault, and never 0.
    #[test]
    fn an_answer_without_its_parts_is_the_backends_fault() {
        for missing in ["currency_code", "total", "item_subtotal", "tax_total", "shipping_subtotal", "created_at"] {
            let error = cart(&wire(json!({ missing: null }))).expect_err(missing);
            assert_eq!(error.code(), "backend.unreadable", "{missing}");
        }
    }

    // M-CARTS-04, M-CARTS-05
    #[test]
    fn addresses_keep_every_part() {
        let address = json!({
            "first_name": "Jane", "last_name": "Doe", "company": "Doe GmbH", "address_1": "Unter den Linden",
            "address_2": " 1 ", "city": "Berlin", "postal_code": "10117", "province": "BE", "country_code": "de",
            "phone": "+49", "metadata": {"taxId": "DE1", "apartment": "4", "district": "Mitte", "email": "j@example.com"},
        });
        let cart = shown(json!({"shipping_address": address.clone(), "billing_address": address}));
        let address = cart.shipping_address.expect("an address");
        assert_eq!(cart.billing_address.as_ref(), Some(&address));
        let shown = serde_json::to_value(&address).expect("serialises");
        assert_eq!(
            shown,
            json!({
                "firstName": "Jane", "lastName": "Doe", "companyName": "Doe GmbH", "taxId": "DE1", "country": "DE",
                "district": "Mitte", "region": "BE", "streetName": "Unter den Linden", "streetNumber": "1",
                "apartment": "4", "city": "Berlin", "postalCode": "10117", "email": "j@example.com", "phone": "+49",
            })
        );
        // C-25: what comes out goes in again.
        let again = serde_json::to_value(address_input(&address)).expect("serialises");
        assert_eq!(
            again["metadata"],
            json!({"taxId": "DE1", "apartment": "4", "district": "Mitte", "email": "j@example.com"})
        );
        assert_eq!(
            (&again["address_2"], &again["country_code"], &again["company"]),
            (&json!("1"), &json!("de"), &json!("Doe GmbH"))
        );
    }

    #[test]
    fn a_placeholder_of_a_country_is_no_address() {
        assert_eq!(shown(json!({"shipping_address": {"id": "a", "country_code": "us"}})).shipping_address, None);
    }

    // M-CARTS-06, C-37
    #[test]
    fn lines_show_what_was_added_in_the_order_it_was_added() {
        let line = |id: &str, at: &str| {
            json!({
                "id": id, "created_at": at, "quantity": 2, "unit_price": 49.975, "total": 106.95, "subtotal": 99.95,
                "tax_total": 17, "title": "Hammer", "product_id": "prod_1",
                "product_title": "Claw Hammer", "product_handle": "claw-hammer", "variant_id": "variant_1",
                "variant_sku": "HAMMER-1", "requires_shipping": true, "metadata": {"gift": true},
            })
        };
        let cart = shown(json!({"items": [line("b", "2026-11-22T11:00:01Z"), line("a", "2026-11-22T11:00:00Z")]}));
        let ids: Vec<_> = cart.items.data.iter().map(|item| item.id.as_str()).collect();
        assert_eq!((ids, cart.items.total), (vec!["a", "b"], 2));
        let item = &cart.items.data[0];
        assert_eq!(
            (item.sku.as_str(), item.quantity, item.price.to_string()),
            ("HAMMER-1", 2, "49.975 EUR".to_owned())
        );
        assert_eq!(item.discount_total.as_ref().map(ToString::to_string).as_deref(), Some("10 EUR"));
        assert_eq!(item.product.variant_id.as_ref().map(AsRef::as_ref), Some("variant_1"));
        assert_eq!(item.product.name, "Claw Hammer");
        assert_eq!(item.metadata.as_ref().and_then(|data| data.get::<bool>("gift")), Some(true));
    }

    // M-CARTS-07
    #[test]
    fn a_shipping_method_is_known_by_its_option() {
        let method = |option: Value| {
            let cart = shown(
                json!({"shipping_methods": [{"id": "casm_1", "shipping_option_id": option, "name": "Express", "total": 14.875, "subtotal": 12.5}]}),
            );
            cart.shipping_method.expect("a method")
        };
        assert_eq!(method(json!("so_1")).id, "so_1");
        assert_eq!(method(Value::Null).id, "casm_1");
        assert_eq!(method(json!("so_1")).subtotal.map(|price| price.to_string()).as_deref(), Some("12.5 EUR"));
    }

    // M-CARTS-08, C-6, C-38: the payment method is the live session's, and gone with it.
    #[test]
    fn the_payment_method_is_that_of_the_live_session() {
        let with = |metadata: Value, status: &str| {
            shown(json!({
                "metadata": metadata,
                "payment_collection": {"id": "pay_col_1", "payment_sessions": [{"id": "payses_1", "provider_id": "pp_system_default", "status": status}]},
            }))
        };
        let cart = with(json!({}), "pending");
        assert_eq!(cart.payment_method.map(|method| method.id.to_string()).as_deref(), Some("pp_system_default"));
        assert_eq!(cart.payment_session_id.map(|id| id.to_string()).as_deref(), Some("cart_1.payses_1"));
        assert_eq!(with(json!({"cancelledPaymentSession": "payses_1"}), "pending").payment_method, None);
        assert_eq!(with(json!({}), "canceled").payment_session_id, None);
        assert_eq!(shown(json!({"payment_collection": {"id": "p", "payment_sessions": []}})).payment_method, None);
    }

    // M-CARTS-09
    #[test]
    fn promotions_say_how_they_reduce() {
        let cart = shown(json!({"promotions": [
            {"id": "promo_1", "code": "SAVE10", "application_method": {"type": "percentage", "value": 10}},
            {"id": "promo_2", "code": "FIVEOFF", "application_method": {"type": "fixed", "value": 5.50}},
            {"id": "promo_3", "code": null},
        ]}));
        let promotions = cart.promotions.expect("promotions");
        let told: Vec<_> = promotions.iter().map(|p| (p.code.as_str(), p.kind, p.value.as_deref())).collect();
        assert_eq!(
            told,
            [
                ("SAVE10", Some(PromotionType::Percentage), Some("10")),
                ("FIVEOFF", Some(PromotionType::FixedAmount), Some("5.5")),
            ]
        );
    }

    #[test]
    fn what_is_kept_for_ourselves_is_not_shown() {
        let cart = shown(
            json!({"email": "g@example.com", "metadata": {"guestEmail": "g@example.com", "cancelledPaymentSession": "x", "notes": "ring", "name": "Mine", "k": 1}}),
        );
        assert_eq!((cart.notes.as_deref(), cart.name.as_deref()), (Some("ring"), Some("Mine")));
        let metadata = cart.metadata.expect("metadata").to_map();
        assert_eq!(metadata.keys().collect::<Vec<_>>(), ["k", "name", "notes"]);
        assert_eq!(cart.email.map(|email| email.to_string()).as_deref(), Some("g@example.com"));
    }

    #[test]
    fn only_goods_need_shipping() {
        let needs = |lines: Value| needs_shipping(&wire(json!({ "items": lines })));
        assert!(needs(json!([{"id": "a", "requires_shipping": false}, {"id": "b", "requires_shipping": true}])));
        assert!(needs(json!([{"id": "a"}])), "a line that does not say is shipped");
        assert!(!needs(json!([{"id": "a", "requires_shipping": false}])));
    }
}
