//! Carts, their lines, discounts, gift cards and shipping.

use o2s_medusa_client::v1::MinorShare;
use o2s_medusa_client::v1::store::carts::{
    AddressChoice, CalculateTaxes, CartType, CartUpdate, Code, CreateCart, GetCart, NewCart, NewCartItem, UpdateCart,
};
use o2s_medusa_client::v1::store::discounts::{DiscountAllocation, DiscountRuleType, RemoveDiscount};
use o2s_medusa_client::v1::store::gift_cards::GetGiftCard;
use o2s_medusa_client::v1::store::line_items::{
    AddLineItem, DeleteLineItem, LineItemInput, LineItemUpdate, UpdateLineItem,
};
use o2s_medusa_client::v1::store::shipping_methods::{AddShippingMethod, ShippingMethodInput};
use o2s_medusa_client::v1::store::shipping_options::{
    ListCartShippingOptions, ListShippingOptions, PriceType, ShippingProfileType, ShippingRequirementType,
};
use o2s_medusa_client::v1::types::Selection;
use serde_json::json;

use crate::shop::{as_guest, linden, metadata, minor};

const CART: &str = "cart_01M81FD4KT9X5DJRG6SDG95FH8";
const EUROPE: &str = "reg_01M81FD1QDWMKY0071M0Y6GR6S";

fn update(body: CartUpdate) -> UpdateCart<'static> {
    UpdateCart { id: CART, body }
}

fn only(code: &str) -> Vec<Code> {
    vec![Code { code: code.to_owned() }]
}

#[tokio::test]
async fn a_cart_begins_with_a_region_and_a_country() {
    let body =
        NewCart { region_id: Some(EUROPE.to_owned()), country_code: Some("de".to_owned()), ..Default::default() };
    let cart = as_guest("carts-create", &CreateCart { body }).await.unwrap().cart;
    assert_eq!(cart.id, CART);
    assert_eq!(cart.cart_type, Some(CartType::Default));
    assert_eq!(cart.shipping_address.unwrap().country_code.as_deref(), Some("de"));
    let region = cart.region.unwrap();
    assert_eq!((region.currency_code.as_deref(), region.payment_providers[0].id.as_str()), (Some("eur"), "manual"));
    assert_eq!((cart.total, cart.email, cart.customer_id), (minor(0), None, None));
}

#[tokio::test]
async fn a_cart_may_begin_with_lines() {
    let item = NewCartItem { variant_id: "variant_01M81FD205VV4B67YAEZFVD8V6".to_owned(), quantity: 2 };
    let body = NewCart {
        region_id: Some("reg_01M81FD1R1WF0SRPRE0AJB6BF1".to_owned()),
        items: vec![item],
        context: Some(metadata(&json!({"source": "lab"}))),
        ..Default::default()
    };
    let cart = as_guest("carts-create-with-items", &CreateCart { body }).await.unwrap().cart;
    assert_eq!((cart.items[0].unit_price, cart.total), (minor(2145), minor(4290)));
    assert_eq!(cart.context.unwrap()["source"], "lab");
}

#[tokio::test]
async fn a_cart_is_read() {
    let cart = as_guest("carts-get", &GetCart { id: CART, ..Default::default() }).await.unwrap().cart;
    assert_eq!(cart.id, CART);
    assert_eq!(cart.sales_channel.unwrap().is_disabled, Some(false));
    assert_eq!(cart.completed_at, None);
}

#[tokio::test]
async fn a_fixed_discount_comes_to_fractions_on_the_lines() {
    let select = Selection { fields: Some("id,email"), expand: Some("") };
    let read = GetCart { id: "cart_01M8CVF6S9TCXG6M686E3BEB6C", select };
    let cart = as_guest("carts-get-fixed-discount", &read).await.unwrap().cart;
    let shares: Vec<String> =
        cart.items.iter().map(|item| item.adjustments[0].amount.unwrap().value().to_string()).collect();
    assert_eq!(shares, ["48.53108912111964", "145.5932673633589", "505.87564351552146"]);
    assert_eq!(
        cart.items.iter().map(|item| item.discount_total).collect::<Vec<_>>(),
        [minor(49), minor(146), minor(506)]
    );
    assert_eq!(cart.discount_total, minor(700));
    assert_eq!((cart.created_at, cart.payment_sessions.len()), (None, 0), "not asked for");
}

#[tokio::test]
async fn addresses_are_put_on_a_cart() {
    let body = CartUpdate {
        shipping_address: Some(linden(&json!({"floor": 2})).into()),
        billing_address: Some(linden(&json!({})).into()),
        ..Default::default()
    };
    let cart = as_guest("carts-update-addresses", &update(body)).await.unwrap().cart;
    assert_eq!(cart.email.as_deref(), Some("guest@lab.test"));
    let shipping = cart.shipping_address.unwrap();
    assert_eq!(shipping.postal_code.as_deref(), Some("10117"));
    assert_eq!(shipping.metadata, Some(metadata(&json!({"floor": 2}))));
    assert_ne!(shipping.id, cart.billing_address.unwrap().id);
}

#[test]
fn a_saved_address_is_named_by_its_id() {
    let body = CartUpdate { shipping_address: Some(AddressChoice::Saved("addr_1".to_owned())), ..Default::default() };
    assert_eq!(serde_json::to_value(body).unwrap(), json!({"shipping_address": "addr_1"}));
}

#[tokio::test]
async fn a_discount_is_put_on_and_taken_off() {
    let body = CartUpdate { discounts: Some(only("SAVE10")), ..Default::default() };
    let cart = as_guest("discount-add", &update(body)).await.unwrap().cart;
    assert_eq!((cart.subtotal, cart.discount_total, cart.total), (minor(9750), minor(975), minor(10530)));
    let discount = &cart.discounts[0];
    assert_eq!(discount.code.as_deref(), Some("SAVE10"));
    let rule = discount.rule.as_ref().unwrap();
    assert_eq!((rule.rule_type.clone(), rule.value), (Some(DiscountRuleType::Percentage), Some(10)));
    assert_eq!(rule.allocation, Some(DiscountAllocation::Total));
    let adjustment = &cart.items[0].adjustments[0];
    assert_eq!(adjustment.discount_id.as_deref(), Some(discount.id.as_str()));
    assert_eq!(adjustment.amount.and_then(|share| share.to_major(2)), Some("9.75".parse().unwrap()));

    let lower = CartUpdate { discounts: Some(only("save10")), ..Default::default() };
    let cart = as_guest("discount-add-lowercase", &update(lower)).await.unwrap().cart;
    assert_eq!(cart.discounts[0].code.as_deref(), Some("SAVE10"));

    let cart = as_guest("discount-remove", &RemoveDiscount { cart_id: CART, code: "SAVE10" }).await.unwrap().cart;
    assert_eq!((cart.discounts.len(), cart.total), (0, minor(11700)));
}

#[tokio::test]
async fn a_gift_card_is_looked_at_and_pays() {
    let code = "YOMO-AK2F-2B3S-QAZY";
    let gift_card = as_guest("gift-cards-get", &GetGiftCard { code }).await.unwrap().gift_card;
    assert_eq!((gift_card.value, gift_card.balance), (minor(5000), minor(5000)));
    assert_eq!(gift_card.region.unwrap().currency_code.as_deref(), Some("eur"));

    let body = CartUpdate { gift_cards: Some(only(code)), ..Default::default() };
    let cart = as_guest("carts-add-gift-card", &update(body)).await.unwrap().cart;
    assert_eq!(cart.gift_cards[0].code.as_deref(), Some(code));
    assert_eq!(cart.gift_cards[0].tax_rate.map(|rate| rate.to_string()).as_deref(), Some("20"));
    assert_eq!((cart.gift_card_total, cart.gift_card_tax_total, cart.total), (minor(5000), minor(1000), minor(4530)));
}

#[tokio::test]
async fn lines_are_added_changed_and_removed() {
    let body = LineItemInput {
        variant_id: "variant_01M81FD205VV4B67YAEZFVD8V6".to_owned(),
        quantity: 2,
        metadata: Some(metadata(&json!({"engraving": "AL"}))),
    };
    let cart = as_guest("line-items-add", &AddLineItem { cart_id: CART, body }).await.unwrap().cart;
    let line = &cart.items[0];
    assert_eq!((line.title.as_deref(), line.description.as_deref()), (Some("Aurora T-Shirt"), Some("L / Black")));
    assert_eq!((line.quantity, line.unit_price, line.total), (Some(2), minor(1950), minor(4680)));
    assert_eq!(line.tax_lines[0].rate.map(|rate| rate.to_string()).as_deref(), Some("20"));
    assert_eq!(line.variant.as_ref().unwrap().sku.as_deref(), Some("AURORA-T-SHIRT-L-BLACK"));
    assert_eq!(line.metadata, Some(metadata(&json!({"engraving": "AL"}))));
    assert_eq!((cart.subtotal, cart.tax_total), (minor(3900), minor(780)));

    let change = UpdateLineItem {
        cart_id: CART,
        line_id: "item_01M81FD4S8Z8JQGZ3SJH63YQG4",
        body: LineItemUpdate { quantity: 5, metadata: None },
    };
    let cart = as_guest("line-items-update", &change).await.unwrap().cart;
    assert_eq!((cart.items[0].quantity, cart.items.len(), cart.total), (Some(5), 2, minor(16500)));

    let remove = DeleteLineItem { cart_id: CART, line_id: "item_01M81FD4TMDMYVS8QPAZ9F1GA3" };
    let cart = as_guest("line-items-delete", &remove).await.unwrap().cart;
    assert_eq!((cart.items.len(), cart.total), (1, minor(11700)));
}

#[tokio::test]
async fn taxes_are_calculated() {
    let cart = as_guest("carts-calculate-taxes", &CalculateTaxes { id: CART }).await.unwrap().cart;
    assert_eq!((cart.item_tax_total, cart.tax_total, cart.total), (minor(1755), minor(1755), minor(10530)));
}

#[tokio::test]
async fn shipping_options_have_prices_and_requirements() {
    let list = ListShippingOptions { region_id: Some(EUROPE), ..Default::default() };
    let options = as_guest("shipping-options-list", &list).await.unwrap().shipping_options;
    let standard = &options[0];
    assert_eq!((standard.amount, standard.price_incl_tax, standard.tax_amount), (minor(500), minor(600), minor(100)));
    assert_eq!(standard.price_type, Some(PriceType::FlatRate));
    assert_eq!(standard.tax_rates[0].rate.map(|rate| rate.to_string()).as_deref(), Some("20"));
    let free = options.iter().find(|option| option.name.as_deref() == Some("Free over 100")).unwrap();
    assert_eq!(free.requirements[0].requirement_type, Some(ShippingRequirementType::MinSubtotal));
    assert_eq!(free.requirements[0].amount, minor(10000));

    let back = ListShippingOptions { is_return: Some(true), ..list };
    let options = as_guest("shipping-options-list-returns", &back).await.unwrap().shipping_options;
    assert_eq!(options.iter().map(|option| option.is_return).collect::<Vec<_>>(), [Some(true)]);
}

#[tokio::test]
async fn a_cart_has_shipping_options_of_which_one_is_chosen() {
    let options = as_guest("shipping-options-for-cart", &ListCartShippingOptions { cart_id: CART }).await.unwrap();
    let option = &options.shipping_options[0];
    assert_eq!((option.name.as_deref(), option.price_incl_tax), (Some("Standard"), minor(600)));
    assert_eq!(option.profile.as_ref().unwrap().profile_type, Some(ShippingProfileType::Default));

    let data = Some(metadata(&json!({"note": "ring twice"})));
    let body = ShippingMethodInput { option_id: "so_01M81FD1RPVY7VDFE1DN72BKK7".to_owned(), data: data.clone() };
    let cart = as_guest("shipping-method-add", &AddShippingMethod { cart_id: CART, body }).await.unwrap().cart;
    let method = &cart.shipping_methods[0];
    assert_eq!((method.price, method.total, method.tax_total), (minor(500), minor(600), minor(100)));
    assert_eq!(method.shipping_option.as_ref().unwrap().name.as_deref(), Some("Standard"));
    assert_eq!(method.data, data);
    assert_eq!((cart.shipping_total, cart.total), (minor(500), minor(11130)));
}

#[test]
fn a_share_is_no_whole_amount() {
    let share: MinorShare = serde_json::from_str("0.5").unwrap();
    assert_eq!(share.to_major(2), Some("0.005".parse().unwrap()));
}
