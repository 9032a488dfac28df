use o2s_framework_core::carts::{ApplyPromotion, Cart, CreateCart, UpdateCart, UpdateCartAddresses};
use o2s_framework_core::checkout::{CompleteCheckout, PlaceOrder, SetShippingMethod};
use o2s_framework_core::context::RequestContext;
use o2s_framework_core::error::ErrorKind;
use o2s_framework_core::ids::PaymentProviderId;
use o2s_framework_core::money::Currency;
use o2s_framework_core::orders::{GetOrder, ListOrders, OrderStatus, PaymentStatus};
use o2s_framework_core::products::GetProduct;

use crate::{Desk, address, code, decimal, guest, open, ship_to};

fn one_shot(desk: &Desk, provider: &PaymentProviderId) -> CompleteCheckout {
    CompleteCheckout {
        shipping_address_id: None,
        shipping_address: Some(address("DE")),
        billing_address_id: None,
        billing_address: None,
        same_as_billing_address: None,
        shipping_method_id: Some(desk.facts.standard_shipping.clone()),
        payment_provider_id: provider.clone(),
        return_url: "https://front.example/back".parse().unwrap(),
        cancel_url: None,
        notes: Some("Leave it at the gate".to_owned()),
        email: "ada@muster.example".parse().ok(),
        metadata: None,
    }
}

#[tokio::test]
async fn a_guest_goes_all_the_way() {
    let desk = open();
    let cx = guest();
    let (carts, checkout) = (&desk.modules.carts, &desk.modules.checkout);
    let id = desk.filled_cart(&cx).await.id;
    assert_eq!(code(checkout.get_summary(&cx, &id).await), "checkout.incomplete");
    let addresses = UpdateCartAddresses {
        notes: Some("Ring twice".to_owned()),
        email: "ada@muster.example".parse().ok(),
        ..ship_to("DE")
    };
    checkout.set_addresses(&cx, &id, &addresses).await.unwrap();
    let options = checkout.list_shipping_options(&cx, &id).await.unwrap();
    assert_eq!(options.total, 4);
    assert!(options.data.iter().all(|option| option.total.as_ref().unwrap().currency == Currency::EUR));
    checkout.set_shipping_method(&cx, &id, &desk.standard_shipping()).await.unwrap();
    let session = checkout.set_payment(&cx, &id, &Desk::payment(&desk.facts.providers.invoice)).await.unwrap();
    let summary = checkout.get_summary(&cx, &id).await.unwrap();
    let totals = &summary.totals;
    assert_eq!(totals.total.value, decimal("66.40"));
    assert_eq!(
        totals.total.value,
        totals.subtotal.value - totals.discount.value + totals.shipping.value + totals.tax.value
    );
    assert_eq!(summary.payment_method.name, "Invoice");
    assert_eq!(summary.cart.payment_session_id.as_ref(), Some(&session.id));

    let placed = checkout.place_order(&cx, &id, &PlaceOrder::default()).await.unwrap();
    let order = &placed.order;
    assert_eq!((order.status, order.payment_status), (OrderStatus::Pending, PaymentStatus::Pending));
    assert_eq!((&order.total, &order.tax), (&summary.totals.total, &Some(summary.totals.tax.clone())));
    assert_eq!(order.customer_comment.as_deref(), Some("Ring twice"));
    assert_eq!(order.email.as_ref().unwrap().as_str(), "ada@muster.example");
    assert_eq!(order.shipping_address, summary.cart.shipping_address);
    assert_eq!(order.shipping_methods[0].name, "Standard parcel");
    assert_eq!(order.items.data[0].product_id, desk.facts.variants.plain.product_id);
    assert_eq!(order.documents.as_ref().unwrap()[0].to_be_paid, order.total);
    assert_eq!(desk.modules.orders.get_order(&cx, &order.id, &GetOrder::default()).await.unwrap(), *order);

    let again = checkout.place_order(&cx, &id, &PlaceOrder::default()).await.unwrap();
    assert_eq!(again, placed);
    assert_eq!(carts.get_cart(&cx, &id).await.unwrap().items.total, 1, "a completed cart can still be looked at");
}

#[tokio::test]
async fn a_completed_cart_takes_no_more_changes() {
    let desk = open();
    let cx = guest();
    let (carts, checkout) = (&desk.modules.carts, &desk.modules.checkout);
    let cart = desk.payable_cart(&cx).await;
    checkout.place_order(&cx, &cart.id, &PlaceOrder::default()).await.unwrap();
    let before = carts.get_cart(&cx, &cart.id).await.unwrap();
    let promotion = ApplyPromotion { code: "SAVE10".parse().unwrap(), locale: None };
    let notes = UpdateCart { notes: Some("late".to_owned()), ..UpdateCart::default() };
    let refusals = [
        code(desk.add(&cx, &cart.id, &desk.facts.variants.plain, 1).await),
        code(carts.remove_item(&cx, &cart.id, &cart.items.data[0].id).await),
        code(carts.apply_promotion(&cx, &cart.id, &promotion).await),
        code(carts.update_cart(&cx, &cart.id, &notes).await),
        code(carts.update_addresses(&cx, &cart.id, &ship_to("DE")).await),
        code(carts.delete_cart(&cx, &cart.id).await),
        code(carts.prepare_checkout(&cx, &cart.id).await),
        code(checkout.set_addresses(&cx, &cart.id, &ship_to("DE")).await),
        code(checkout.set_shipping_method(&cx, &cart.id, &desk.standard_shipping()).await),
        code(checkout.set_payment(&cx, &cart.id, &Desk::payment(&desk.facts.providers.card)).await),
        code(desk.modules.payments.cancel_session(&cx, &before.payment_session_id.clone().unwrap()).await),
    ];
    assert_eq!(refusals, ["cart.completed"; 11]);
    assert_eq!(carts.get_cart(&cx, &cart.id).await.unwrap(), before);
}

#[tokio::test]
async fn what_is_missing_is_named_in_order() {
    let desk = open();
    let cx = guest();
    let checkout = &desk.modules.checkout;
    let place = |cart: Cart| {
        let cx = cx.clone();
        async move { checkout.place_order(&cx, &cart.id, &PlaceOrder::default()).await.unwrap_err() }
    };
    let empty = desk.modules.carts.create_cart(&cx, &CreateCart::new(Currency::EUR)).await.unwrap();
    assert_eq!(code(checkout.set_addresses(&cx, &empty.id, &ship_to("DE")).await), "cart.empty");
    assert_eq!(code(checkout.set_shipping_method(&cx, &empty.id, &desk.standard_shipping()).await), "cart.empty");
    assert_eq!(place(empty).await.code(), "cart.empty");

    let cart = desk.filled_cart(&cx).await;
    let error = place(cart.clone()).await;
    assert_eq!(
        (error.code(), error.message()),
        ("checkout.incomplete", "Shipping address is required to place the order")
    );
    checkout.set_addresses(&cx, &cart.id, &ship_to("DE")).await.unwrap();
    assert_eq!(place(cart.clone()).await.message(), "Shipping method is required to place the order");
    checkout.set_shipping_method(&cx, &cart.id, &desk.standard_shipping()).await.unwrap();
    assert_eq!(place(cart.clone()).await.message(), "Payment method is required to place the order");
    checkout.set_payment(&cx, &cart.id, &Desk::payment(&desk.facts.providers.invoice)).await.unwrap();
    assert_eq!(place(cart.clone()).await.code(), "checkout.email_required");
    let email = PlaceOrder { email: "ada@muster.example".parse().ok() };
    let placed = checkout.place_order(&cx, &cart.id, &email).await.unwrap();
    assert_eq!(placed.order.email, email.email);
}

#[tokio::test]
async fn stock_is_taken_by_orders_and_checked_when_they_are_placed() {
    let desk = open();
    let cx = guest();
    let three_left = &desk.facts.variants.three_left;
    let mut carts = Vec::new();
    for _ in 0..2 {
        carts.push(desk.cart_with(&cx, three_left, 2).await.id);
    }
    let invoice = one_shot(&desk, &desk.facts.providers.invoice);
    let checkout = &desk.modules.checkout;
    checkout.complete_checkout(&cx, &carts[0], &invoice).await.unwrap();
    let before = desk.modules.carts.get_cart(&cx, &carts[1]).await.unwrap();
    let error = checkout.complete_checkout(&cx, &carts[1], &invoice).await.unwrap_err();
    assert_eq!((error.kind(), error.code()), (ErrorKind::Conflict, "cart.out_of_stock"));
    assert_eq!(desk.modules.carts.get_cart(&cx, &carts[1]).await.unwrap(), before, "nothing was written");

    let last = desk.cart_with(&cx, three_left, 1).await.id;
    checkout.complete_checkout(&cx, &last, &invoice).await.unwrap();
    let product = desk.modules.products.get_product(&cx, &three_left.handle, &GetProduct::default()).await.unwrap();
    let variant = product.variants.unwrap().into_iter().find(|variant| variant.id == three_left.variant_id);
    assert_eq!(variant.unwrap().in_stock, Some(false));
}

#[tokio::test]
async fn everything_in_one_call() {
    let desk = open();
    let cx = guest();
    let id = desk.filled_cart(&cx).await.id;
    let request = one_shot(&desk, &desk.facts.providers.card);
    let placed = desk.modules.checkout.complete_checkout(&cx, &id, &request).await.unwrap();
    assert_eq!(placed.order.customer_comment, request.notes);
    assert_eq!(placed.order.billing_address, request.shipping_address);
    let again = desk.modules.checkout.complete_checkout(&cx, &id, &request).await.unwrap();
    assert_eq!(again, placed);
}

#[tokio::test]
async fn one_call_writes_nothing_where_anything_in_it_is_wrong() {
    let desk = open();
    let cx = guest();
    let before = desk.filled_cart(&cx).await;
    let good = one_shot(&desk, &desk.facts.providers.invoice);
    let wrong = [
        (CompleteCheckout { shipping_address: Some(address("US")), ..good.clone() }, "address.country_not_in_region"),
        (CompleteCheckout { shipping_method_id: "so_none".parse().ok(), ..good.clone() }, "shipping_option.invalid"),
        (
            CompleteCheckout { payment_provider_id: "pay_none".parse().unwrap(), ..good.clone() },
            "payment.provider_invalid",
        ),
        (CompleteCheckout { shipping_method_id: None, ..good.clone() }, "checkout.incomplete"),
        (CompleteCheckout { shipping_address: None, ..good.clone() }, "checkout.incomplete"),
        (CompleteCheckout { email: None, ..good.clone() }, "checkout.email_required"),
        (CompleteCheckout { shipping_address_id: "addr_x".parse().ok(), ..good.clone() }, "request.invalid"),
        (
            CompleteCheckout { shipping_address: None, shipping_address_id: "addr_x".parse().ok(), ..good },
            "auth.required",
        ),
    ];
    for (request, expected) in wrong {
        assert_eq!(code(desk.modules.checkout.complete_checkout(&cx, &before.id, &request).await), expected);
        assert_eq!(desk.modules.carts.get_cart(&cx, &before.id).await.unwrap(), before, "{expected}");
    }
}

#[tokio::test]
async fn a_customer_s_order_is_in_the_list_with_the_customer_s_email() {
    let desk = open();
    let jane = desk.signed_in("jane");
    let id = desk.filled_cart(&jane).await.id;
    let request = CompleteCheckout {
        shipping_address: None,
        shipping_address_id: "addr_jane-site".parse().ok(),
        email: None,
        ..one_shot(&desk, &desk.facts.providers.invoice)
    };
    let order = desk.modules.checkout.complete_checkout(&jane, &id, &request).await.unwrap().order;
    assert_eq!(order.email.as_ref().unwrap().as_str(), "jane@brandt-bau.example");
    assert_eq!(order.shipping_address.as_ref().unwrap().city, "Hamburg");
    let newest = desk.modules.orders.list_orders(&jane, &ListOrders::default()).await.unwrap();
    assert_eq!(newest.data[0], order);
    assert_eq!(code(desk.modules.orders.get_order(&guest(), &order.id, &GetOrder::default()).await), "order.not_found");
    assert_eq!(desk.modules.carts.get_current_cart(&jane).await.unwrap(), None, "a completed cart is not current");
}

#[tokio::test]
async fn a_cart_started_before_signing_in_becomes_the_customer_s_order() {
    let desk = open();
    let john = RequestContext { currency: Some(Currency::EUR), ..desk.signed_in("john") };
    let cart = desk.payable_cart(&guest()).await;
    let order = desk.modules.checkout.place_order(&john, &cart.id, &PlaceOrder::default()).await.unwrap().order;
    assert_eq!(order.customer_id.unwrap().as_str(), "cus_john");
    assert_eq!(
        code(desk.modules.checkout.place_order(&guest(), &cart.id, &PlaceOrder::default()).await),
        "cart.not_found"
    );
}

#[tokio::test]
async fn a_cart_of_services_needs_no_shipping() {
    let desk = open();
    let cx = guest();
    let checkout = &desk.modules.checkout;
    let cart = desk.cart_with(&cx, &desk.facts.variants.digital, 1).await;
    assert_eq!(cart.shipping_method.as_ref().unwrap().id, "so_digital");
    let options = checkout.list_shipping_options(&cx, &cart.id).await.unwrap();
    assert_eq!((options.total, options.data[0].id.as_str()), (1, "so_digital"));
    let refused = checkout.set_shipping_method(&cx, &cart.id, &desk.standard_shipping()).await;
    assert_eq!(code(refused), "shipping_option.invalid");
    let request = CompleteCheckout { shipping_method_id: None, ..one_shot(&desk, &desk.facts.providers.invoice) };
    let order = checkout.complete_checkout(&cx, &cart.id, &request).await.unwrap().order;
    assert_eq!(order.shipping_total.unwrap().value, decimal("0"));

    let mixed = desk.cart_with(&cx, &desk.facts.variants.digital, 1).await;
    let mixed = desk.add(&cx, &mixed.id, &desk.facts.variants.plain, 1).await.unwrap();
    assert_eq!(mixed.shipping_method, None, "goods need a way to be shipped");
}

#[tokio::test]
async fn shipping_costs_what_the_list_says_in_the_cart_s_currency() {
    let desk = open();
    let cx = guest();
    let checkout = &desk.modules.checkout;
    let cart = desk.filled_cart(&cx).await;
    for region in &desk.facts.regions {
        let to = UpdateCart { region_id: Some(region.id.clone()), ..UpdateCart::default() };
        desk.modules.carts.update_cart(&cx, &cart.id, &to).await.unwrap();
        let options = checkout.list_shipping_options(&cx, &cart.id).await.unwrap();
        assert!(options.total >= 3);
        for option in options.data {
            let request = SetShippingMethod { shipping_option_id: option.id.parse().unwrap() };
            let chosen = checkout.set_shipping_method(&cx, &cart.id, &request).await.unwrap();
            assert_eq!(chosen.shipping_method.as_ref(), Some(&option));
            assert_eq!(chosen.shipping_total, option.subtotal);
            assert_eq!(option.total.unwrap().currency, region.currency);
        }
    }
    let freight = SetShippingMethod { shipping_option_id: desk.facts.calculated_shipping.clone() };
    let light = checkout.set_shipping_method(&cx, &cart.id, &freight).await.unwrap().shipping_total;
    let heavy = desk.add(&cx, &cart.id, &desk.facts.variants.plain, 98).await.unwrap().shipping_total;
    assert!(heavy.unwrap().value > light.unwrap().value, "freight goes by weight");
    assert_eq!(code(checkout.list_shipping_options(&cx, &"cart_none".parse().unwrap()).await), "cart.not_found");
}
