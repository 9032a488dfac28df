//! Calls any operation by name: for the promises that hold of all of them.

use o2s_framework_core::Modules;
use o2s_framework_core::carts::{
    AddCartItem, AddShippingMethod, ApplyPromotion, CreateCart, ListCarts, UpdateCart, UpdateCartAddresses,
    UpdateCartItem,
};
use o2s_framework_core::checkout::{PlaceOrder, SetShippingMethod};
use o2s_framework_core::context::RequestContext;
use o2s_framework_core::customers::{CreateAddress, ListAddresses, UpdateAddress};
use o2s_framework_core::error::Result;
use o2s_framework_core::ids::{
    AddressId, AssetId, CartId, LineItemId, OrderId, PaymentProviderId, PaymentSessionId, PromotionCode, RegionId,
    ResourceId, ServiceId, ShippingOptionId,
};
use o2s_framework_core::money::Currency;
use o2s_framework_core::orders::{ConfirmClaim, GetOrder, ListOrders, LookUpOrder};
use o2s_framework_core::payments::{ListProviders, UpdateSession};
use o2s_framework_core::products::{GetProduct, ListCategories, ListCollections, ListProducts, ListRelatedProducts};
use o2s_framework_core::regions::ListRegions;
use o2s_framework_core::resources::{ListAssets, ListServices, WindowQuery};
use o2s_framework_core::returns::{CreateReturn, ListReturnReasons, NewReturnItem};
use o2s_framework_core::support::Module;
use o2s_framework_core::text::Quantity;

use crate::facts::{Facts, VariantFact};
use crate::shopping;

/// What an operation is called on.
#[derive(Clone, Debug)]
pub(crate) struct Targets {
    pub(crate) cart: CartId,
    pub(crate) line: LineItemId,
    pub(crate) promotion: PromotionCode,
    pub(crate) order: OrderId,
    pub(crate) session: PaymentSessionId,
    pub(crate) address: AddressId,
    pub(crate) shipping_option: ShippingOptionId,
    pub(crate) asset: AssetId,
    pub(crate) service: ServiceId,
    pub(crate) variant: VariantFact,
    pub(crate) provider: PaymentProviderId,
    pub(crate) region: RegionId,
    pub(crate) currency: Currency,
    pub(crate) country: String,
}

impl Targets {
    /// Well-formed ids of things that no shop has, beside the shop's own catalogue and region.
    pub(crate) fn unknown(facts: &Facts) -> Self {
        Self {
            cart: shopping::id("no-such-cart"),
            line: shopping::id("no-such-line"),
            promotion: facts.promotions.percent.code.clone(),
            order: shopping::id("no-such-order"),
            session: shopping::id("no-such-session"),
            address: shopping::id("no-such-address"),
            shipping_option: shopping::id("no-such-option"),
            asset: shopping::id("no-such-asset"),
            service: shopping::id("no-such-service"),
            variant: facts.variants.plain.clone(),
            provider: facts.payment.plain.clone(),
            region: facts.home.id.clone(),
            currency: facts.home.currency,
            country: facts.home.country.clone(),
        }
    }
}

/// Calls the operation of this name and forgets its answer.
pub(crate) async fn call(
    modules: &Modules,
    cx: &RequestContext,
    module: Module,
    operation: &str,
    targets: &Targets,
) -> Result<()> {
    match module {
        Module::Products => products(modules, cx, operation, targets).await,
        Module::Regions => regions(modules, cx, operation, targets).await,
        Module::Carts => carts(modules, cx, operation, targets).await,
        Module::Checkout => checkout(modules, cx, operation, targets).await,
        Module::Customers => customers(modules, cx, operation, targets).await,
        Module::Orders => orders(modules, cx, operation, targets).await,
        Module::Returns => returns(modules, cx, operation, targets).await,
        Module::Payments => payments(modules, cx, operation, targets).await,
        Module::Resources => resources(modules, cx, operation, targets).await,
    }
}

async fn products(modules: &Modules, cx: &RequestContext, operation: &str, targets: &Targets) -> Result<()> {
    let service = &modules.products;
    match operation {
        "list_products" => drop(service.list_products(cx, &ListProducts::default()).await?),
        "get_product" => drop(service.get_product(cx, &targets.variant.product_id, &GetProduct::default()).await?),
        "list_related_products" => {
            let VariantFact { product_id, variant_id, .. } = targets.variant.clone();
            drop(service.list_related_products(cx, &ListRelatedProducts::of(product_id, variant_id)).await?);
        }
        "list_categories" => drop(service.list_categories(cx, &ListCategories::default()).await?),
        "list_collections" => drop(service.list_collections(cx, &ListCollections::default()).await?),
        unknown => panic!("there is no products.{unknown}"),
    }
    Ok(())
}

async fn regions(modules: &Modules, cx: &RequestContext, operation: &str, targets: &Targets) -> Result<()> {
    let service = &modules.regions;
    match operation {
        "list_regions" => drop(service.list_regions(cx, &ListRegions::default()).await?),
        "get_region" => drop(service.get_region(cx, &targets.region).await?),
        unknown => panic!("there is no regions.{unknown}"),
    }
    Ok(())
}

async fn carts(modules: &Modules, cx: &RequestContext, operation: &str, targets: &Targets) -> Result<()> {
    let service = &modules.carts;
    let cart = &targets.cart;
    match operation {
        "get_cart" => drop(service.get_cart(cx, cart).await?),
        "list_carts" => drop(service.list_carts(cx, &ListCarts::default()).await?),
        "get_current_cart" => drop(service.get_current_cart(cx).await?),
        "create_cart" => drop(service.create_cart(cx, &CreateCart::new(targets.currency)).await?),
        "update_cart" => {
            let request = UpdateCart { notes: Some("from a stranger".to_owned()), ..UpdateCart::default() };
            drop(service.update_cart(cx, cart, &request).await?);
        }
        "delete_cart" => service.delete_cart(cx, cart).await?,
        "add_item" => {
            let request = AddCartItem::to_cart(cart.clone(), targets.variant.variant_id.clone(), Quantity::ONE);
            drop(service.add_item(cx, &request).await?);
        }
        "update_item" => {
            let request = UpdateCartItem { quantity: Some(shopping::pieces(7)), ..UpdateCartItem::default() };
            drop(service.update_item(cx, cart, &targets.line, &request).await?);
        }
        "remove_item" => drop(service.remove_item(cx, cart, &targets.line).await?),
        "apply_promotion" => {
            let request = ApplyPromotion { code: targets.promotion.clone(), locale: None };
            drop(service.apply_promotion(cx, cart, &request).await?);
        }
        "remove_promotion" => drop(service.remove_promotion(cx, cart, &targets.promotion).await?),
        "prepare_checkout" => drop(service.prepare_checkout(cx, cart).await?),
        "update_addresses" => drop(service.update_addresses(cx, cart, &addresses(targets)).await?),
        "add_shipping_method" => {
            let request = AddShippingMethod { shipping_option_id: targets.shipping_option.clone(), locale: None };
            drop(service.add_shipping_method(cx, cart, &request).await?);
        }
        unknown => panic!("there is no carts.{unknown}"),
    }
    Ok(())
}

fn addresses(targets: &Targets) -> UpdateCartAddresses {
    UpdateCartAddresses {
        shipping_address: Some(shopping::address(&targets.country)),
        ..UpdateCartAddresses::default()
    }
}

async fn checkout(modules: &Modules, cx: &RequestContext, operation: &str, targets: &Targets) -> Result<()> {
    let service = &modules.checkout;
    let cart = &targets.cart;
    match operation {
        "set_addresses" => drop(service.set_addresses(cx, cart, &addresses(targets)).await?),
        "list_shipping_options" => drop(service.list_shipping_options(cx, cart).await?),
        "set_shipping_method" => {
            let request = SetShippingMethod { shipping_option_id: targets.shipping_option.clone() };
            drop(service.set_shipping_method(cx, cart, &request).await?);
        }
        "set_payment" => drop(service.set_payment(cx, cart, &shopping::payment(&targets.provider)).await?),
        "get_summary" => drop(service.get_summary(cx, cart).await?),
        "place_order" => drop(service.place_order(cx, cart, &PlaceOrder::default()).await?),
        "complete_checkout" => {
            let request = shopping::whole_checkout(&targets.provider, &targets.country);
            drop(service.complete_checkout(cx, cart, &request).await?);
        }
        unknown => panic!("there is no checkout.{unknown}"),
    }
    Ok(())
}

async fn customers(modules: &Modules, cx: &RequestContext, operation: &str, targets: &Targets) -> Result<()> {
    let service = &modules.customers;
    let address = &targets.address;
    match operation {
        "list_addresses" => drop(service.list_addresses(cx, &ListAddresses::default()).await?),
        "get_address" => drop(service.get_address(cx, address).await?),
        "create_address" => {
            let request = CreateAddress { label: None, is_default: None, address: shopping::address(&targets.country) };
            drop(service.create_address(cx, &request).await?);
        }
        "update_address" => {
            let request = UpdateAddress { label: Some("taken".to_owned()), ..UpdateAddress::default() };
            drop(service.update_address(cx, address, &request).await?);
        }
        "delete_address" => service.delete_address(cx, address).await?,
        "set_default_address" => drop(service.set_default_address(cx, address).await?),
        unknown => panic!("there is no customers.{unknown}"),
    }
    Ok(())
}

async fn orders(modules: &Modules, cx: &RequestContext, operation: &str, targets: &Targets) -> Result<()> {
    let service = &modules.orders;
    match operation {
        "get_order" => drop(service.get_order(cx, &targets.order, &GetOrder::default()).await?),
        "list_orders" => drop(service.list_orders(cx, &ListOrders::default()).await?),
        "look_up_order" => {
            let request = LookUpOrder {
                display_id: shopping::id("4711"),
                email: shopping::email(),
                postal_code: "10115".to_owned(),
                locale: None,
            };
            drop(service.look_up_order(cx, &request).await?);
        }
        "request_claim" => service.request_claim(cx, &targets.order).await?,
        "confirm_claim" => {
            let request = ConfirmClaim { token: shopping::claim("no-such-token") };
            drop(service.confirm_claim(cx, &targets.order, &request).await?);
        }
        unknown => panic!("there is no orders.{unknown}"),
    }
    Ok(())
}

async fn returns(modules: &Modules, cx: &RequestContext, operation: &str, targets: &Targets) -> Result<()> {
    let (service, order) = (&modules.returns, &targets.order);
    match operation {
        "list_reasons" => drop(service.list_reasons(cx, &ListReturnReasons::default()).await?),
        "list_return_options" => drop(service.list_return_options(cx, order).await?),
        "create_return" => {
            let line_item_id = targets.line.clone();
            let item = NewReturnItem { line_item_id, quantity: Quantity::ONE, reason_id: None, note: None };
            drop(service.create_return(cx, order, &CreateReturn::of(vec![item])).await?);
        }
        "get_order_returns" => drop(service.get_order_returns(cx, order).await?),
        unknown => panic!("there is no returns.{unknown}"),
    }
    Ok(())
}

async fn payments(modules: &Modules, cx: &RequestContext, operation: &str, targets: &Targets) -> Result<()> {
    let service = &modules.payments;
    let session = &targets.session;
    match operation {
        "list_providers" => {
            let request = ListProviders { region_id: targets.region.clone(), locale: None };
            drop(service.list_providers(cx, &request).await?);
        }
        "create_session" => {
            drop(service.create_session(cx, &shopping::session(&targets.cart, &targets.provider)).await?);
        }
        "get_session" => drop(service.get_session(cx, session).await?),
        "update_session" => {
            let request = UpdateSession {
                metadata: Some(shopping::metadata(&serde_json::json!({ "taken": "yes" }))),
                ..UpdateSession::default()
            };
            drop(service.update_session(cx, session, &request).await?);
        }
        "cancel_session" => service.cancel_session(cx, session).await?,
        unknown => panic!("there is no payments.{unknown}"),
    }
    Ok(())
}

async fn resources(modules: &Modules, cx: &RequestContext, operation: &str, targets: &Targets) -> Result<()> {
    let service = &modules.resources;
    match operation {
        "purchase_resource" => {
            let id: ResourceId = shopping::id(targets.asset.as_str());
            service.purchase_resource(cx, &id).await?;
        }
        "purchase_service" => service.purchase_service(cx, &targets.service).await?,
        "list_services" => drop(service.list_services(cx, &ListServices::default()).await?),
        "get_service" => drop(service.get_service(cx, &targets.service).await?),
        "list_assets" => drop(service.list_assets(cx, &ListAssets::default()).await?),
        "get_asset" => drop(service.get_asset(cx, &targets.asset).await?),
        "list_compatible_services" => {
            drop(service.list_compatible_services(cx, &targets.asset, &WindowQuery::default()).await?);
        }
        "list_featured_services" => drop(service.list_featured_services(cx, &WindowQuery::default()).await?),
        unknown => panic!("there is no resources.{unknown}"),
    }
    Ok(())
}
