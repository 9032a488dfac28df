//! Shipping options with their prices: for the way to the customer, and for the way back.

use futures_util::future::join_all;
use o2s_framework_core::context::RequestContext;
use o2s_framework_core::error::Result;
use o2s_framework_core::ids::CartId;
use o2s_medusa_client::CustomerToken;
use o2s_medusa_client::v2::store::shipping_options::{
    CalculateShippingOption, ListShippingOptions, PriceType, ShippingCalculation, ShippingOption,
};

use crate::context::call_context;
use crate::v2::Shop;
use crate::v2::carts::errors::cart_error;

/// Which way the goods go.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Way {
    ToCustomer,
    Back,
}

impl Shop {
    /// The options for a cart, or for the order that it became.
    pub(crate) async fn priced_options(
        &self,
        cx: &RequestContext,
        cart_id: &CartId,
        token: Option<&CustomerToken>,
        way: Way,
    ) -> Result<Vec<ShippingOption>> {
        let endpoint = ListShippingOptions { cart_id: cart_id.as_str(), is_return: way == Way::Back };
        let answer = self.store.call(&call_context(cx), token, &endpoint).await;
        let options = answer.map_err(|error| cart_error(error, cart_id))?.shipping_options;
        Ok(join_all(options.into_iter().map(|option| self.calculated(cx, cart_id, option))).await)
    }

    /// The calculated price of an option, or none: one option that cannot be priced does not spoil the others.
    async fn calculated(&self, cx: &RequestContext, cart_id: &CartId, option: ShippingOption) -> ShippingOption {
        if option.price_type != Some(PriceType::Calculated) {
            return option;
        }
        let body = ShippingCalculation { cart_id: cart_id.to_string(), ..ShippingCalculation::default() };
        let endpoint = CalculateShippingOption { id: &option.id, fields: None, body };
        match self.store.call(&call_context(cx), None, &endpoint).await {
            Ok(answer) => ShippingOption { option_type: option.option_type, ..answer.shipping_option },
            Err(error) => {
                tracing::warn!(option = option.id, %error, "left a shipping option out that has no price");
                option
            }
        }
    }
}
