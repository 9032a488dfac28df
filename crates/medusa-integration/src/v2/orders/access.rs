//! Who may see which order. Every operation on an order passes here first.

use o2s_framework_core::context::RequestContext;
use o2s_framework_core::error::Result;
use o2s_framework_core::ids::OrderId;
use o2s_framework_core::ownership::access;
use o2s_medusa_client::CustomerToken;
use o2s_medusa_client::v2::store::carts::{Cart as WireCart, GetCart};
use o2s_medusa_client::v2::store::orders::{GetOrder, ListOrders, Order as WireOrder};
use o2s_medusa_client::v2::types::Page;

use super::map::{self, OWNER_FIELDS};
use crate::context::call_context;
use crate::error::{backend, is_not_found};
use crate::orders::not_found;
use crate::v2::Shop;

/// An order that the caller may see.
pub(crate) struct OpenOrder {
    pub(crate) wire: WireOrder,
    /// Whose it is.
    pub(crate) seen_as: SeenAs,
}

/// How the caller comes to see an order.
pub(crate) enum SeenAs {
    /// It is among the signed-in customer's own.
    Own,
    /// It is a guest's, and the caller knows its id. With the cart that it was, where that is still there.
    Guests(Option<Box<WireCart>>),
}

impl Shop {
    /// An order with these fields, if the ownership rule lets the caller see it. 404 `order.not_found`.
    pub(crate) async fn open_order(&self, cx: &RequestContext, id: &OrderId, fields: &str) -> Result<OpenOrder> {
        if let Some(token) = self.identities.token(cx).await?
            && let Some(wire) = self.own_order(cx, &token, id, fields).await?
        {
            return Ok(OpenOrder { wire, seen_as: SeenAs::Own });
        }
        self.guests_order(cx, id, fields).await
    }

    /// The order of this id if it is the caller's own: the list of a customer's orders holds no others.
    pub(super) async fn own_order(
        &self,
        cx: &RequestContext,
        token: &CustomerToken,
        id: &OrderId,
        fields: &str,
    ) -> Result<Option<WireOrder>> {
        let endpoint = ListOrders {
            fields: Some(fields),
            page: Page { limit: Some(1), ..Page::default() },
            ids: &[id.as_str()],
            ..ListOrders::default()
        };
        let answer = self.store.call(&call_context(cx), Some(token), &endpoint).await.map_err(backend)?;
        Ok(answer.orders.into_iter().next())
    }

    // Medusa: whoever knows an order's id can read it; whose it is, the cart that it was tells.
    async fn guests_order(&self, cx: &RequestContext, id: &OrderId, fields: &str) -> Result<OpenOrder> {
        let call = call_context(cx);
        let endpoint = GetOrder { id: id.as_str(), fields: Some(fields) };
        let read = async {
            let wire = match self.store.call(&call, None, &endpoint).await {
                Ok(answer) => answer.order,
                Err(error) if is_not_found(&error) => return Err(not_found(id).with_source(error)),
                Err(error) => return Err(backend(error)),
            };
            let cart = match &wire.cart {
                Some(cart) => self.cart_of_order(cx, &cart.id).await?,
                None => None,
            };
            Ok((wire, cart))
        };
        let (identity, read) = self.identities.establish_beside(cx, read).await?;
        let (wire, cart) = read?;
        let customer = map::customer_id(&wire)?;
        access(map::owner(customer.as_ref(), cart.as_ref()), identity.visitor()).or_hide(|| not_found(id))?;
        Ok(OpenOrder { wire, seen_as: SeenAs::Guests(cart.map(Box::new)) })
    }

    async fn cart_of_order(&self, cx: &RequestContext, id: &str) -> Result<Option<WireCart>> {
        let endpoint = GetCart { id, fields: Some(OWNER_FIELDS) };
        match self.store.call(&call_context(cx), None, &endpoint).await {
            Ok(answer) => Ok(Some(answer.cart)),
            Err(error) if is_not_found(&error) => Ok(None),
            Err(error) => Err(backend(error)),
        }
    }
}
