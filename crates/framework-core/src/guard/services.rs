//! The guard in front of each method of each service.

use async_trait::async_trait;

use super::{Guarded, guard};
use crate::carts::{
    AddCartItem, AddShippingMethod, ApplyPromotion, Cart, CartsOperation, CartsService, CreateCart, ListCarts,
    UpdateCart, UpdateCartAddresses, UpdateCartItem,
};
use crate::checkout::{
    CheckoutOperation, CheckoutService, CheckoutSummary, CompleteCheckout, PlaceOrder, PlacedOrder, SetPayment,
    SetShippingMethod,
};
use crate::context::RequestContext;
use crate::customers::{
    CreateAddress, CustomerAddress, CustomersOperation, CustomersService, ListAddresses, UpdateAddress,
};
use crate::error::Result;
use crate::ids::{
    AddressId, AssetId, CartId, LineItemId, OrderId, PaymentSessionId, ProductId, PromotionCode, RegionId, ResourceId,
    ServiceId,
};
use crate::orders::{
    ConfirmClaim, GetOrder, ListOrders, LookUpOrder, Order, OrdersOperation, OrdersService, ShippingMethod,
};
use crate::paging::Paginated;
use crate::payments::{
    CreateSession, ListProviders, PaymentProvider, PaymentSession, PaymentsOperation, PaymentsService, UpdateSession,
};
use crate::products::{
    Category, Collection, GetProduct, ListCategories, ListCollections, ListProducts, ListRelatedProducts, Product,
    ProductsOperation, ProductsService,
};
use crate::regions::{ListRegions, Region, RegionsOperation, RegionsService};
use crate::resources::{Asset, ListAssets, ListServices, ResourcesOperation, ResourcesService, Service, WindowQuery};
use crate::returns::{
    CreateReturn, ListReturnReasons, OrderReturns, Return, ReturnReason, ReturnsOperation, ReturnsService,
};
use crate::support::Support;

#[async_trait]
impl ProductsService for Guarded<dyn ProductsService> {
    fn support(&self, operation: ProductsOperation) -> Support {
        self.inner.support(operation)
    }

    async fn list_products(&self, cx: &RequestContext, request: &ListProducts) -> Result<Paginated<Product>> {
        let operation = ProductsOperation::ListProducts;
        guard(&*self.timer, cx, operation, self.inner.support(operation), self.inner.list_products(cx, request)).await
    }

    async fn get_product(&self, cx: &RequestContext, id: &ProductId, request: &GetProduct) -> Result<Product> {
        let operation = ProductsOperation::GetProduct;
        guard(&*self.timer, cx, operation, self.inner.support(operation), self.inner.get_product(cx, id, request)).await
    }

    async fn list_related_products(
        &self,
        cx: &RequestContext,
        request: &ListRelatedProducts,
    ) -> Result<Paginated<Product>> {
        let operation = ProductsOperation::ListRelatedProducts;
        guard(&*self.timer, cx, operation, self.inner.support(operation), self.inner.list_related_products(cx, request))
            .await
    }

    async fn list_categories(&self, cx: &RequestContext, request: &ListCategories) -> Result<Paginated<Category>> {
        let operation = ProductsOperation::ListCategories;
        guard(&*self.timer, cx, operation, self.inner.support(operation), self.inner.list_categories(cx, request)).await
    }

    async fn list_collections(&self, cx: &RequestContext, request: &ListCollections) -> Result<Paginated<Collection>> {
        let operation = ProductsOperation::ListCollections;
        guard(&*self.timer, cx, operation, self.inner.support(operation), self.inner.list_collections(cx, request))
            .await
    }
}

#[async_trait]
impl RegionsService for Guarded<dyn RegionsService> {
    fn support(&self, operation: RegionsOperation) -> Support {
        self.inner.support(operation)
    }

    async fn list_regions(&self, cx: &RequestContext, request: &ListRegions) -> Result<Paginated<Region>> {
        let operation = RegionsOperation::ListRegions;
        guard(&*self.timer, cx, operation, self.inner.support(operation), self.inner.list_regions(cx, request)).await
    }

    async fn get_region(&self, cx: &RequestContext, id: &RegionId) -> Result<Region> {
        let operation = RegionsOperation::GetRegion;
        guard(&*self.timer, cx, operation, self.inner.support(operation), self.inner.get_region(cx, id)).await
    }
}

#[async_trait]
impl CartsService for Guarded<dyn CartsService> {
    fn support(&self, operation: CartsOperation) -> Support {
        self.inner.support(operation)
    }

    async fn get_cart(&self, cx: &RequestContext, id: &CartId) -> Result<Cart> {
        let operation = CartsOperation::GetCart;
        guard(&*self.timer, cx, operation, self.inner.support(operation), self.inner.get_cart(cx, id)).await
    }

    async fn list_carts(&self, cx: &RequestContext, request: &ListCarts) -> Result<Paginated<Cart>> {
        let operation = CartsOperation::ListCarts;
        guard(&*self.timer, cx, operation, self.inner.support(operation), self.inner.list_carts(cx, request)).await
    }

    async fn get_current_cart(&self, cx: &RequestContext) -> Result<Option<Cart>> {
        let operation = CartsOperation::GetCurrentCart;
        guard(&*self.timer, cx, operation, self.inner.support(operation), self.inner.get_current_cart(cx)).await
    }

    async fn create_cart(&self, cx: &RequestContext, request: &CreateCart) -> Result<Cart> {
        let operation = CartsOperation::CreateCart;
        guard(&*self.timer, cx, operation, self.inner.support(operation), self.inner.create_cart(cx, request)).await
    }

    async fn update_cart(&self, cx: &RequestContext, id: &CartId, request: &UpdateCart) -> Result<Cart> {
        let operation = CartsOperation::UpdateCart;
        guard(&*self.timer, cx, operation, self.inner.support(operation), self.inner.update_cart(cx, id, request)).await
    }

    async fn delete_cart(&self, cx: &RequestContext, id: &CartId) -> Result<()> {
        let operation = CartsOperation::DeleteCart;
        guard(&*self.timer, cx, operation, self.inner.support(operation), self.inner.delete_cart(cx, id)).await
    }

    async fn add_item(&self, cx: &RequestContext, request: &AddCartItem) -> Result<Cart> {
        let operation = CartsOperation::AddItem;
        guard(&*self.timer, cx, operation, self.inner.support(operation), self.inner.add_item(cx, request)).await
    }

    async fn update_item(
        &self,
        cx: &RequestContext,
        cart_id: &CartId,
        item_id: &LineItemId,
        request: &UpdateCartItem,
    ) -> Result<Cart> {
        let operation = CartsOperation::UpdateItem;
        guard(
            &*self.timer,
            cx,
            operation,
            self.inner.support(operation),
            self.inner.update_item(cx, cart_id, item_id, request),
        )
        .await
    }

    async fn remove_item(&self, cx: &RequestContext, cart_id: &CartId, item_id: &LineItemId) -> Result<Cart> {
        let operation = CartsOperation::RemoveItem;
        guard(&*self.timer, cx, operation, self.inner.support(operation), self.inner.remove_item(cx, cart_id, item_id))
            .await
    }

    async fn apply_promotion(&self, cx: &RequestContext, cart_id: &CartId, request: &ApplyPromotion) -> Result<Cart> {
        let operation = CartsOperation::ApplyPromotion;
        guard(
            &*self.timer,
            cx,
            operation,
            self.inner.support(operation),
            self.inner.apply_promotion(cx, cart_id, request),
        )
        .await
    }

    async fn remove_promotion(&self, cx: &RequestContext, cart_id: &CartId, code: &PromotionCode) -> Result<Cart> {
        let operation = CartsOperation::RemovePromotion;
        guard(
            &*self.timer,
            cx,
            operation,
            self.inner.support(operation),
            self.inner.remove_promotion(cx, cart_id, code),
        )
        .await
    }

    async fn prepare_checkout(&self, cx: &RequestContext, cart_id: &CartId) -> Result<Cart> {
        let operation = CartsOperation::PrepareCheckout;
        guard(&*self.timer, cx, operation, self.inner.support(operation), self.inner.prepare_checkout(cx, cart_id))
            .await
    }

    async fn update_addresses(
        &self,
        cx: &RequestContext,
        cart_id: &CartId,
        request: &UpdateCartAddresses,
    ) -> Result<Cart> {
        let operation = CartsOperation::UpdateAddresses;
        guard(
            &*self.timer,
            cx,
            operation,
            self.inner.support(operation),
            self.inner.update_addresses(cx, cart_id, request),
        )
        .await
    }

    async fn add_shipping_method(
        &self,
        cx: &RequestContext,
        cart_id: &CartId,
        request: &AddShippingMethod,
    ) -> Result<Cart> {
        let operation = CartsOperation::AddShippingMethod;
        guard(
            &*self.timer,
            cx,
            operation,
            self.inner.support(operation),
            self.inner.add_shipping_method(cx, cart_id, request),
        )
        .await
    }
}

#[async_trait]
impl CheckoutService for Guarded<dyn CheckoutService> {
    fn support(&self, operation: CheckoutOperation) -> Support {
        self.inner.support(operation)
    }

    async fn set_addresses(
        &self,
        cx: &RequestContext,
        cart_id: &CartId,
        request: &UpdateCartAddresses,
    ) -> Result<Cart> {
        let operation = CheckoutOperation::SetAddresses;
        guard(
            &*self.timer,
            cx,
            operation,
            self.inner.support(operation),
            self.inner.set_addresses(cx, cart_id, request),
        )
        .await
    }

    async fn list_shipping_options(&self, cx: &RequestContext, cart_id: &CartId) -> Result<Paginated<ShippingMethod>> {
        let operation = CheckoutOperation::ListShippingOptions;
        guard(&*self.timer, cx, operation, self.inner.support(operation), self.inner.list_shipping_options(cx, cart_id))
            .await
    }

    async fn set_shipping_method(
        &self,
        cx: &RequestContext,
        cart_id: &CartId,
        request: &SetShippingMethod,
    ) -> Result<Cart> {
        let operation = CheckoutOperation::SetShippingMethod;
        guard(
            &*self.timer,
            cx,
            operation,
            self.inner.support(operation),
            self.inner.set_shipping_method(cx, cart_id, request),
        )
        .await
    }

    async fn set_payment(&self, cx: &RequestContext, cart_id: &CartId, request: &SetPayment) -> Result<PaymentSession> {
        let operation = CheckoutOperation::SetPayment;
        guard(&*self.timer, cx, operation, self.inner.support(operation), self.inner.set_payment(cx, cart_id, request))
            .await
    }

    async fn get_summary(&self, cx: &RequestContext, cart_id: &CartId) -> Result<CheckoutSummary> {
        let operation = CheckoutOperation::GetSummary;
        guard(&*self.timer, cx, operation, self.inner.support(operation), self.inner.get_summary(cx, cart_id)).await
    }

    async fn place_order(&self, cx: &RequestContext, cart_id: &CartId, request: &PlaceOrder) -> Result<PlacedOrder> {
        let operation = CheckoutOperation::PlaceOrder;
        guard(&*self.timer, cx, operation, self.inner.support(operation), self.inner.place_order(cx, cart_id, request))
            .await
    }

    async fn complete_checkout(
        &self,
        cx: &RequestContext,
        cart_id: &CartId,
        request: &CompleteCheckout,
    ) -> Result<PlacedOrder> {
        let operation = CheckoutOperation::CompleteCheckout;
        guard(
            &*self.timer,
            cx,
            operation,
            self.inner.support(operation),
            self.inner.complete_checkout(cx, cart_id, request),
        )
        .await
    }
}

#[async_trait]
impl CustomersService for Guarded<dyn CustomersService> {
    fn support(&self, operation: CustomersOperation) -> Support {
        self.inner.support(operation)
    }

    async fn list_addresses(&self, cx: &RequestContext, request: &ListAddresses) -> Result<Paginated<CustomerAddress>> {
        let operation = CustomersOperation::ListAddresses;
        guard(&*self.timer, cx, operation, self.inner.support(operation), self.inner.list_addresses(cx, request)).await
    }

    async fn get_address(&self, cx: &RequestContext, id: &AddressId) -> Result<CustomerAddress> {
        let operation = CustomersOperation::GetAddress;
        guard(&*self.timer, cx, operation, self.inner.support(operation), self.inner.get_address(cx, id)).await
    }

    async fn create_address(&self, cx: &RequestContext, request: &CreateAddress) -> Result<CustomerAddress> {
        let operation = CustomersOperation::CreateAddress;
        guard(&*self.timer, cx, operation, self.inner.support(operation), self.inner.create_address(cx, request)).await
    }

    async fn update_address(
        &self,
        cx: &RequestContext,
        id: &AddressId,
        request: &UpdateAddress,
    ) -> Result<CustomerAddress> {
        let operation = CustomersOperation::UpdateAddress;
        guard(&*self.timer, cx, operation, self.inner.support(operation), self.inner.update_address(cx, id, request))
            .await
    }

    async fn delete_address(&self, cx: &RequestContext, id: &AddressId) -> Result<()> {
        let operation = CustomersOperation::DeleteAddress;
        guard(&*self.timer, cx, operation, self.inner.support(operation), self.inner.delete_address(cx, id)).await
    }

    async fn set_default_address(&self, cx: &RequestContext, id: &AddressId) -> Result<CustomerAddress> {
        let operation = CustomersOperation::SetDefaultAddress;
        guard(&*self.timer, cx, operation, self.inner.support(operation), self.inner.set_default_address(cx, id)).await
    }
}

#[async_trait]
impl OrdersService for Guarded<dyn OrdersService> {
    fn support(&self, operation: OrdersOperation) -> Support {
        self.inner.support(operation)
    }

    async fn get_order(&self, cx: &RequestContext, id: &OrderId, request: &GetOrder) -> Result<Order> {
        let operation = OrdersOperation::GetOrder;
        guard(&*self.timer, cx, operation, self.inner.support(operation), self.inner.get_order(cx, id, request)).await
    }

    async fn list_orders(&self, cx: &RequestContext, request: &ListOrders) -> Result<Paginated<Order>> {
        let operation = OrdersOperation::ListOrders;
        guard(&*self.timer, cx, operation, self.inner.support(operation), self.inner.list_orders(cx, request)).await
    }

    async fn look_up_order(&self, cx: &RequestContext, request: &LookUpOrder) -> Result<Order> {
        let operation = OrdersOperation::LookUpOrder;
        guard(&*self.timer, cx, operation, self.inner.support(operation), self.inner.look_up_order(cx, request)).await
    }

    async fn request_claim(&self, cx: &RequestContext, id: &OrderId) -> Result<()> {
        let operation = OrdersOperation::RequestClaim;
        guard(&*self.timer, cx, operation, self.inner.support(operation), self.inner.request_claim(cx, id)).await
    }

    async fn confirm_claim(&self, cx: &RequestContext, id: &OrderId, request: &ConfirmClaim) -> Result<Order> {
        let operation = OrdersOperation::ConfirmClaim;
        guard(&*self.timer, cx, operation, self.inner.support(operation), self.inner.confirm_claim(cx, id, request))
            .await
    }
}

#[async_trait]
impl ReturnsService for Guarded<dyn ReturnsService> {
    fn support(&self, operation: ReturnsOperation) -> Support {
        self.inner.support(operation)
    }

    async fn list_reasons(&self, cx: &RequestContext, request: &ListReturnReasons) -> Result<Paginated<ReturnReason>> {
        let operation = ReturnsOperation::ListReasons;
        guard(&*self.timer, cx, operation, self.inner.support(operation), self.inner.list_reasons(cx, request)).await
    }

    async fn list_return_options(&self, cx: &RequestContext, order_id: &OrderId) -> Result<Paginated<ShippingMethod>> {
        let operation = ReturnsOperation::ListReturnOptions;
        guard(&*self.timer, cx, operation, self.inner.support(operation), self.inner.list_return_options(cx, order_id))
            .await
    }

    async fn create_return(&self, cx: &RequestContext, order_id: &OrderId, request: &CreateReturn) -> Result<Return> {
        let operation = ReturnsOperation::CreateReturn;
        guard(
            &*self.timer,
            cx,
            operation,
            self.inner.support(operation),
            self.inner.create_return(cx, order_id, request),
        )
        .await
    }

    async fn get_order_returns(&self, cx: &RequestContext, order_id: &OrderId) -> Result<OrderReturns> {
        let operation = ReturnsOperation::GetOrderReturns;
        guard(&*self.timer, cx, operation, self.inner.support(operation), self.inner.get_order_returns(cx, order_id))
            .await
    }
}

#[async_trait]
impl PaymentsService for Guarded<dyn PaymentsService> {
    fn support(&self, operation: PaymentsOperation) -> Support {
        self.inner.support(operation)
    }

    async fn list_providers(&self, cx: &RequestContext, request: &ListProviders) -> Result<Paginated<PaymentProvider>> {
        let operation = PaymentsOperation::ListProviders;
        guard(&*self.timer, cx, operation, self.inner.support(operation), self.inner.list_providers(cx, request)).await
    }

    async fn create_session(&self, cx: &RequestContext, request: &CreateSession) -> Result<PaymentSession> {
        let operation = PaymentsOperation::CreateSession;
        guard(&*self.timer, cx, operation, self.inner.support(operation), self.inner.create_session(cx, request)).await
    }

    async fn get_session(&self, cx: &RequestContext, id: &PaymentSessionId) -> Result<PaymentSession> {
        let operation = PaymentsOperation::GetSession;
        guard(&*self.timer, cx, operation, self.inner.support(operation), self.inner.get_session(cx, id)).await
    }

    async fn update_session(
        &self,
        cx: &RequestContext,
        id: &PaymentSessionId,
        request: &UpdateSession,
    ) -> Result<PaymentSession> {
        let operation = PaymentsOperation::UpdateSession;
        guard(&*self.timer, cx, operation, self.inner.support(operation), self.inner.update_session(cx, id, request))
            .await
    }

    async fn cancel_session(&self, cx: &RequestContext, id: &PaymentSessionId) -> Result<()> {
        let operation = PaymentsOperation::CancelSession;
        guard(&*self.timer, cx, operation, self.inner.support(operation), self.inner.cancel_session(cx, id)).await
    }
}

#[async_trait]
impl ResourcesService for Guarded<dyn ResourcesService> {
    fn support(&self, operation: ResourcesOperation) -> Support {
        self.inner.support(operation)
    }

    async fn purchase_resource(&self, cx: &RequestContext, id: &ResourceId) -> Result<()> {
        let operation = ResourcesOperation::PurchaseResource;
        guard(&*self.timer, cx, operation, self.inner.support(operation), self.inner.purchase_resource(cx, id)).await
    }

    async fn purchase_service(&self, cx: &RequestContext, id: &ServiceId) -> Result<()> {
        let operation = ResourcesOperation::PurchaseService;
        guard(&*self.timer, cx, operation, self.inner.support(operation), self.inner.purchase_service(cx, id)).await
    }

    async fn list_services(&self, cx: &RequestContext, request: &ListServices) -> Result<Paginated<Service>> {
        let operation = ResourcesOperation::ListServices;
        guard(&*self.timer, cx, operation, self.inner.support(operation), self.inner.list_services(cx, request)).await
    }

    async fn get_service(&self, cx: &RequestContext, id: &ServiceId) -> Result<Service> {
        let operation = ResourcesOperation::GetService;
        guard(&*self.timer, cx, operation, self.inner.support(operation), self.inner.get_service(cx, id)).await
    }

    async fn list_assets(&self, cx: &RequestContext, request: &ListAssets) -> Result<Paginated<Asset>> {
        let operation = ResourcesOperation::ListAssets;
        guard(&*self.timer, cx, operation, self.inner.support(operation), self.inner.list_assets(cx, request)).await
    }

    async fn get_asset(&self, cx: &RequestContext, id: &AssetId) -> Result<Asset> {
        let operation = ResourcesOperation::GetAsset;
        guard(&*self.timer, cx, operation, self.inner.support(operation), self.inner.get_asset(cx, id)).await
    }

    async fn list_compatible_services(
        &self,
        cx: &RequestContext,
        id: &AssetId,
        request: &WindowQuery,
    ) -> Result<Paginated<Product>> {
        let operation = ResourcesOperation::ListCompatibleServices;
        guard(
            &*self.timer,
            cx,
            operation,
            self.inner.support(operation),
            self.inner.list_compatible_services(cx, id, request),
        )
        .await
    }

    async fn list_featured_services(&self, cx: &RequestContext, request: &WindowQuery) -> Result<Paginated<Product>> {
        let operation = ResourcesOperation::ListFeaturedServices;
        guard(
            &*self.timer,
            cx,
            operation,
            self.inner.support(operation),
            self.inner.list_featured_services(cx, request),
        )
        .await
    }
}
