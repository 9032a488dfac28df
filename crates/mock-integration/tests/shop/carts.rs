use o2s_framework_core::carts::{
    AddCartItem, AddShippingMethod, ApplyPromotion, CartSort, CreateCart, ListCarts, PromotionType, UpdateCart,
    UpdateCartAddresses, UpdateCartItem,
};
use o2s_framework_core::error::ErrorKind;
use o2s_framework_core::ids::VariantId;
use o2s_framework_core::metadata::Metadata;
use o2s_framework_core::money::Currency;
use o2s_framework_core::sort::Sort;
use rust_decimal::Decimal;

use crate::{Desk, address, code, decimal, guest, open, quantity, ship_to};

fn metadata(json: &str) -> Metadata {
    serde_json::from_str(json).unwrap()
}

fn promotion(code: &str) -> ApplyPromotion {
    ApplyPromotion { code: code.parse().unwrap(), locale: None }
}

#[tokio::test]
async fn an_item_is_named_by_variant_id_by_variant_id_in_sku_or_by_sku() {
    let desk = open();
    let plain = &desk.facts.variants.plain;
    let named = |variant_id: Option<&VariantId>, sku: Option<&VariantId>| AddCartItem {
        variant_id: variant_id.cloned(),
        sku: sku.cloned(),
        ..AddCartItem::to_new_cart(Currency::EUR, plain.variant_id.clone(), quantity(1))
    };
    for item in [
        named(Some(&plain.variant_id), None),
        named(None, Some(&plain.variant_id)),
        named(None, Some(&plain.sku)),
        named(Some(&plain.variant_id), Some(&"ignored".parse().unwrap())),
    ] {
        let cart = desk.modules.carts.add_item(&guest(), &item).await.unwrap();
        assert_eq!(cart.items.data[0].sku, plain.sku.as_str());
        assert_eq!(cart.items.data[0].product.id, plain.product_id);
    }
    assert_eq!(code(desk.modules.carts.add_item(&guest(), &named(None, None)).await), "request.invalid");
}

#[tokio::test]
async fn a_new_cart_has_region_totals_and_an_unguessable_id() {
    let desk = open();
    let cart = desk.filled_cart(&guest()).await;
    assert_eq!(cart.region_id, Some("reg_eu".parse().unwrap()));
    assert_eq!(cart.id.as_str().len(), "cart_".len() + 32);
    assert_eq!((cart.customer_id, cart.email), (None, None));
    // 2 x 24.95 with German tax until an address is known.
    let value = |price: Option<o2s_framework_core::money::Price>| price.unwrap().value;
    assert_eq!(value(cart.subtotal), decimal("49.90"));
    assert_eq!(value(cart.tax_total), decimal("9.48"));
    assert_eq!((value(cart.discount_total), value(cart.shipping_total)), (Decimal::ZERO, Decimal::ZERO));
    assert_eq!(cart.total.value, decimal("59.38"));
}

#[tokio::test]
async fn no_cart_is_left_where_the_item_cannot_be_had() {
    let desk = open();
    let jane = desk.signed_in("jane");
    let sold_out = &desk.facts.variants.sold_out.variant_id;
    for (variant, expected) in
        [(sold_out, "cart.out_of_stock"), (&"none".parse().unwrap(), "product.variant_not_found")]
    {
        let item = AddCartItem::to_new_cart(Currency::EUR, variant.clone(), quantity(1));
        assert_eq!(code(desk.modules.carts.add_item(&jane, &item).await), expected);
    }
    assert_eq!(desk.modules.carts.list_carts(&jane, &ListCarts::default()).await.unwrap().total, 0);
}

#[tokio::test]
async fn stock_holds_for_the_whole_line() {
    let desk = open();
    let variants = &desk.facts.variants;
    let cart = desk.cart_with(&guest(), &variants.three_left, 2).await;
    let cart = desk.add(&guest(), &cart.id, &variants.three_left, 1).await.unwrap();
    let error = desk.add(&guest(), &cart.id, &variants.three_left, 1).await.unwrap_err();
    assert_eq!((error.kind(), error.code()), (ErrorKind::Conflict, "cart.out_of_stock"));
    let four = UpdateCartItem { quantity: Some(quantity(4)), ..UpdateCartItem::default() };
    let line = &cart.items.data[0].id;
    assert_eq!(code(desk.modules.carts.update_item(&guest(), &cart.id, line, &four).await), "cart.out_of_stock");
    assert_eq!(desk.modules.carts.get_cart(&guest(), &cart.id).await.unwrap(), cart);
    for open_ended in [&variants.backorder, &variants.digital] {
        assert_eq!(desk.cart_with(&guest(), open_ended, 5000).await.items.data[0].quantity, 5000);
    }
}

#[tokio::test]
async fn a_line_holds_no_more_than_a_million() {
    let desk = open();
    let backorder = &desk.facts.variants.backorder;
    let cart = desk.cart_with(&guest(), backorder, 1_000_000).await;
    assert_eq!(code(desk.add(&guest(), &cart.id, backorder, 1).await), "request.invalid");
}

#[tokio::test]
async fn lines_grow_change_and_go() {
    let desk = open();
    let carts = &desk.modules.carts;
    let cart = desk.filled_cart(&guest()).await;
    let cart = desk.add(&guest(), &cart.id, &desk.facts.variants.plain, 1).await.unwrap();
    assert_eq!((cart.items.total, cart.items.data[0].quantity), (1, 3));
    let line = cart.items.data[0].id.clone();
    let change = UpdateCartItem { quantity: Some(quantity(5)), metadata: Some(metadata(r#"{"a":1}"#)), locale: None };
    let cart = carts.update_item(&guest(), &cart.id, &line, &change).await.unwrap();
    let more = UpdateCartItem { metadata: Some(metadata(r#"{"b":2}"#)), ..UpdateCartItem::default() };
    let cart = carts.update_item(&guest(), &cart.id, &line, &more).await.unwrap();
    assert_eq!(cart.items.data[0].quantity, 5);
    assert_eq!(cart.items.data[0].metadata, Some(metadata(r#"{"a":1,"b":2}"#)));
    let nothing = carts.update_item(&guest(), &cart.id, &line, &UpdateCartItem::default()).await;
    assert_eq!(code(nothing), "request.invalid");
    let emptied = carts.remove_item(&guest(), &cart.id, &line).await.unwrap();
    assert_eq!((emptied.items.total, emptied.total.value), (0, Decimal::ZERO));
    assert_eq!(code(carts.remove_item(&guest(), &cart.id, &line).await), "cart.item_not_found");
    assert_eq!(code(carts.update_item(&guest(), &cart.id, &line, &change).await), "cart.item_not_found");
}

#[tokio::test]
async fn currency_and_region_must_go_together() {
    let desk = open();
    let create = |currency: &str, region: Option<&str>| {
        let request = CreateCart {
            region_id: region.map(|region| region.parse().unwrap()),
            ..CreateCart::new(currency.parse().unwrap())
        };
        let carts = &desk.modules.carts;
        async move { carts.create_cart(&guest(), &request).await }
    };
    for (currency, region) in [("EUR", "reg_eu"), ("USD", "reg_us"), ("PLN", "reg_pl")] {
        assert_eq!(create(currency, None).await.unwrap().region_id.unwrap().as_str(), region);
        assert_eq!(create(currency, Some(region)).await.unwrap().currency.as_str(), currency);
    }
    assert_eq!(code(create("EUR", Some("reg_us")).await), "cart.currency_region_mismatch");
    assert_eq!(code(create("GBP", None).await), "cart.currency_region_mismatch");
    assert_eq!(code(create("EUR", Some("reg_none")).await), "region.not_found");
}

#[tokio::test]
async fn a_cart_is_made_for_nobody_but_the_caller() {
    let desk = open();
    let named = CreateCart { customer_id: Some("cus_jane".parse().unwrap()), ..CreateCart::new(Currency::EUR) };
    for stranger in [guest(), desk.signed_in("john")] {
        assert_eq!(code(desk.modules.carts.create_cart(&stranger, &named).await), "request.invalid");
    }
    let cart = desk.modules.carts.create_cart(&desk.signed_in("jane"), &named).await.unwrap();
    assert_eq!(cart.customer_id.unwrap().as_str(), "cus_jane");
    assert_eq!(cart.email.unwrap().as_str(), "jane@brandt-bau.example");
}

#[tokio::test]
async fn metadata_is_merged_and_notes_are_kept_apart() {
    let desk = open();
    let carts = &desk.modules.carts;
    let request = CreateCart { metadata: Some(metadata(r#"{"a":1,"b":"x"}"#)), ..CreateCart::new(Currency::EUR) };
    let cart = carts.create_cart(&guest(), &request).await.unwrap();
    let change = UpdateCart {
        metadata: Some(metadata(r#"{"b":"","c":1.10}"#)),
        notes: Some("Ring twice".to_owned()),
        name: Some("Mine".to_owned()),
        ..UpdateCart::default()
    };
    let cart = carts.update_cart(&guest(), &cart.id, &change).await.unwrap();
    assert_eq!(cart.metadata.as_ref().unwrap().as_json(), r#"{"a":1,"c":1.10}"#);
    assert_eq!((cart.notes.as_deref(), cart.name.as_deref()), (Some("Ring twice"), Some("Mine")));
    let clear = UpdateCart { notes: Some(String::new()), ..UpdateCart::default() };
    let cart = carts.update_cart(&guest(), &cart.id, &clear).await.unwrap();
    assert_eq!((cart.notes, cart.name.as_deref()), (None, Some("Mine")));
    assert_eq!(code(carts.update_cart(&guest(), &cart.id, &UpdateCart::default()).await), "request.invalid");
}

#[tokio::test]
async fn promotions_hold_once_in_any_case_and_go_again() {
    let desk = open();
    let carts = &desk.modules.carts;
    let cart = desk.filled_cart(&guest()).await;
    let once = carts.apply_promotion(&guest(), &cart.id, &promotion("save10")).await.unwrap();
    assert_eq!(once.discount_total.as_ref().unwrap().value, decimal("4.99"));
    assert_eq!(once.promotions.as_ref().unwrap()[0].kind, Some(PromotionType::Percentage));
    let twice = carts.apply_promotion(&guest(), &cart.id, &promotion("SAVE10")).await.unwrap();
    assert_eq!((&twice.promotions, &twice.total), (&once.promotions, &once.total));
    let both = carts.apply_promotion(&guest(), &cart.id, &promotion("FIVEOFF")).await.unwrap();
    assert_eq!(both.discount_total.unwrap().value, decimal("9.99"));
    carts.remove_promotion(&guest(), &cart.id, &"Save10".parse().unwrap()).await.unwrap();
    let none = carts.remove_promotion(&guest(), &cart.id, &"FIVEOFF".parse().unwrap()).await.unwrap();
    assert_eq!((none.promotions, none.total), (None, cart.total));
    let gone = carts.remove_promotion(&guest(), &cart.id, &"SAVE10".parse().unwrap()).await.unwrap_err();
    assert_eq!((gone.kind(), gone.code()), (ErrorKind::NotFound, "promotion.not_applied"));
    for refused in ["NOSUCH", "SUMMER24"] {
        assert_eq!(code(carts.apply_promotion(&guest(), &cart.id, &promotion(refused)).await), "promotion.invalid");
    }
}

#[tokio::test]
async fn free_shipping_holds_whatever_comes_first() {
    let desk = open();
    let carts = &desk.modules.carts;
    let express = AddShippingMethod { shipping_option_id: "so_express".parse().unwrap(), locale: None };
    let cart = desk.filled_cart(&guest()).await;
    let shipped = carts.add_shipping_method(&guest(), &cart.id, &express).await.unwrap();
    assert_eq!(shipped.shipping_total.unwrap().value, decimal("14.90"));
    assert_eq!(shipped.shipping_method.unwrap().total.unwrap().value, decimal("17.73"));
    let free = carts.apply_promotion(&guest(), &cart.id, &promotion("FREESHIP")).await.unwrap();
    assert_eq!(free.shipping_total.unwrap().value, Decimal::ZERO);
    let again = carts.add_shipping_method(&guest(), &cart.id, &express).await.unwrap();
    assert_eq!((again.shipping_total.unwrap().value, again.total), (Decimal::ZERO, cart.total));
}

#[tokio::test]
async fn one_address_serves_both_sides_until_there_is_another() {
    let desk = open();
    let carts = &desk.modules.carts;
    let id = desk.filled_cart(&guest()).await.id;
    let cart = carts.update_addresses(&guest(), &id, &ship_to("fr")).await.unwrap();
    assert_eq!(cart.shipping_address.as_ref().unwrap().country, "FR");
    assert_eq!(cart.billing_address, cart.shipping_address);
    assert_eq!(cart.tax_total.unwrap().value, decimal("9.98"), "20 % in France");
    let cart = carts.update_addresses(&guest(), &id, &ship_to("IT")).await.unwrap();
    assert_eq!(cart.shipping_address.unwrap().country, "IT");
    assert_eq!(cart.billing_address.unwrap().country, "FR");
}

#[tokio::test]
async fn the_billing_address_given_is_the_one_shipped_to() {
    let desk = open();
    let carts = &desk.modules.carts;
    let id = desk.filled_cart(&guest()).await.id;
    let same = UpdateCartAddresses { same_as_billing_address: Some(true), ..UpdateCartAddresses::default() };
    assert_eq!(code(carts.update_addresses(&guest(), &id, &same).await), "request.invalid");
    carts.update_addresses(&guest(), &id, &ship_to("FR")).await.unwrap();
    let given = UpdateCartAddresses { billing_address: Some(address("NL")), ..same.clone() };
    let cart = carts.update_addresses(&guest(), &id, &given).await.unwrap();
    assert_eq!(cart.shipping_address.as_ref().unwrap().country, "NL");
    assert_eq!(cart.billing_address, cart.shipping_address);
    assert_eq!(cart.metadata.unwrap().get("sameAsBillingAddress"), Some(true));
    let cart = carts.update_addresses(&guest(), &id, &ship_to("DE")).await.unwrap();
    assert_eq!(cart.metadata.unwrap().get("sameAsBillingAddress"), Some(false));
    assert_eq!(carts.update_addresses(&guest(), &id, &same).await.unwrap().shipping_address.unwrap().country, "NL");
}

#[tokio::test]
async fn a_refused_address_changes_nothing() {
    let desk = open();
    let carts = &desk.modules.carts;
    let before = desk.shippable_cart(&guest()).await;
    let outside = UpdateCartAddresses { notes: Some("never kept".to_owned()), ..ship_to("US") };
    assert_eq!(code(carts.update_addresses(&guest(), &before.id, &outside).await), "address.country_not_in_region");
    let saved =
        UpdateCartAddresses { shipping_address_id: "addr_jane-office".parse().ok(), ..UpdateCartAddresses::default() };
    assert_eq!(code(carts.update_addresses(&guest(), &before.id, &saved).await), "auth.required");
    let john = desk.signed_in("john");
    assert_eq!(code(carts.update_addresses(&john, &before.id, &saved).await), "address.not_found");
    let blank = UpdateCartAddresses { shipping_address: Some(address("")), ..UpdateCartAddresses::default() };
    assert_eq!(code(carts.update_addresses(&guest(), &before.id, &blank).await), "request.invalid");
    assert_eq!(carts.get_cart(&guest(), &before.id).await.unwrap(), before);
}

#[tokio::test]
async fn saved_addresses_of_the_caller_are_used() {
    let desk = open();
    let jane = desk.signed_in("jane");
    let cart = desk.filled_cart(&jane).await;
    let change = UpdateCart {
        shipping_address_id: "addr_jane-site".parse().ok(),
        billing_address_id: "addr_jane-office".parse().ok(),
        ..UpdateCart::default()
    };
    let cart = desk.modules.carts.update_cart(&jane, &cart.id, &change).await.unwrap();
    assert_eq!(cart.shipping_address.unwrap().city, "Hamburg");
    let billing = cart.billing_address.unwrap();
    assert_eq!(
        (billing.company_name.as_deref(), billing.tax_id.as_deref()),
        (Some("Brandt Bau GmbH"), Some("DE123456789"))
    );
}

#[tokio::test]
async fn a_cart_moves_to_another_region_with_what_holds_there() {
    let desk = open();
    let carts = &desk.modules.carts;
    let id = desk.shippable_cart(&guest()).await.id;
    let pickup = UpdateCart { shipping_method_id: "so_pickup".parse().ok(), ..UpdateCart::default() };
    carts.update_cart(&guest(), &id, &pickup).await.unwrap();
    let to = |region: &str| UpdateCart { region_id: region.parse().ok(), ..UpdateCart::default() };
    let cart = carts.update_cart(&guest(), &id, &to("reg_us")).await.unwrap();
    assert_eq!((cart.currency, cart.subtotal.unwrap().value), (Currency::USD, decimal("53.98")));
    assert_eq!((cart.shipping_method, cart.shipping_address), (None, None));
    assert!(cart.billing_address.is_some());
    assert!(cart.items.data.iter().all(|line| line.price.currency == Currency::USD));
    assert_eq!(code(carts.update_cart(&guest(), &id, &to("reg_none")).await), "region.not_found");
}

#[tokio::test]
async fn shipping_is_one_of_the_region_s_options() {
    let desk = open();
    let carts = &desk.modules.carts;
    let cart = desk.filled_cart(&guest()).await;
    let option = |id: &str| AddShippingMethod { shipping_option_id: id.parse().unwrap(), locale: None };
    for id in ["so_none", "so_locker", "so_digital"] {
        let refused = carts.add_shipping_method(&guest(), &cart.id, &option(id)).await;
        assert_eq!(code(refused), "shipping_option.invalid", "{id}");
    }
    let empty = carts.create_cart(&guest(), &CreateCart::new(Currency::EUR)).await.unwrap();
    assert_eq!(code(carts.add_shipping_method(&guest(), &empty.id, &option("so_standard")).await), "cart.empty");
    assert_eq!(code(carts.prepare_checkout(&guest(), &empty.id).await), "cart.empty");
    assert_eq!(carts.prepare_checkout(&guest(), &cart.id).await.unwrap(), cart);
}

#[tokio::test]
async fn a_customer_s_carts_are_listed_and_the_newest_is_current() {
    let desk = open();
    let carts = &desk.modules.carts;
    let jane = desk.signed_in("jane");
    assert_eq!(carts.get_current_cart(&jane).await.unwrap(), None);
    assert_eq!(carts.get_current_cart(&guest()).await.unwrap(), None);
    let first = desk.filled_cart(&jane).await;
    let second = desk.filled_cart(&jane).await;
    desk.filled_cart(&desk.signed_in("john")).await;
    let ids = |page: o2s_framework_core::paging::Paginated<o2s_framework_core::carts::Cart>| {
        page.data.into_iter().map(|cart| cart.id).collect::<Vec<_>>()
    };
    let newest_first = carts.list_carts(&jane, &ListCarts::default()).await.unwrap();
    assert_eq!(ids(newest_first), [second.id.clone(), first.id.clone()]);
    let oldest_first = ListCarts { sort: Some(Sort::ascending(CartSort::CreatedAt)), ..ListCarts::default() };
    let oldest_first = carts.list_carts(&jane, &oldest_first).await.unwrap();
    assert_eq!(ids(oldest_first), [first.id.clone(), second.id.clone()]);
    let of_john = ListCarts { customer_id: "cus_john".parse().ok(), ..ListCarts::default() };
    assert_eq!(carts.list_carts(&jane, &of_john).await.unwrap().total, 0);
    assert_eq!(carts.get_current_cart(&jane).await.unwrap().unwrap().id, second.id);

    carts.delete_cart(&jane, &second.id).await.unwrap();
    assert_eq!(code(carts.get_cart(&jane, &second.id).await), "cart.not_found");
    assert_eq!(code(carts.delete_cart(&jane, &second.id).await), "cart.not_found");
    assert_eq!(carts.get_current_cart(&jane).await.unwrap().unwrap().id, first.id);
    assert_eq!(code(carts.list_carts(&guest(), &ListCarts::default()).await), "auth.required");
}

#[tokio::test]
async fn ids_repeat_only_where_a_test_asks_for_it() {
    use o2s_mock_integration::{Mock, MockConfig};
    let id = |deterministic_ids| async move {
        let mock = Mock::new(&MockConfig { deterministic_ids, ..MockConfig::default() });
        mock.carts().create_cart(&guest(), &CreateCart::new(Currency::EUR)).await.unwrap().id
    };
    assert_eq!(id(true).await, id(true).await);
    assert_ne!(id(false).await, id(false).await);
}

#[tokio::test]
async fn product_names_in_a_cart_follow_the_language() {
    let desk = open();
    let cart = desk.filled_cart(&guest()).await;
    let german = guest().with_locale("de".parse().ok());
    let seen = desk.modules.carts.get_cart(&german, &cart.id).await.unwrap();
    assert_eq!(seen.items.data[0].product.name, "Klauenhammer");
    assert_eq!((seen.total, seen.items.data[0].id.clone()), (cart.total, cart.items.data[0].id.clone()));
    assert_eq!(code(desk.modules.carts.get_cart(&Desk::forged(), &cart.id).await), "auth.invalid_token");
}
