//! Who may see which order. Every operation on an order passes here first.

use o2s_framework_core::context::RequestContext;
use o2s_framework_core::error::{Error, Result};
use o2s_framework_core::ids::OrderId;
use o2s_framework_core::orders::{LookUpOrder, Order};
use o2s_framework_core::ownership::access;
use o2s_medusa_client::CustomerToken;
use o2s_medusa_client::v1::store::carts::{Cart as WireCart, GetCart};
use o2s_medusa_client::v1::store::orders::LookUpOrder as LookUpWireOrder;
use o2s_medusa_client::v1::store::orders::{GetOrder, ListOrders, Order as WireOrder};
use o2s_medusa_client::v1::types::{Page, Selection};

use super::map;
use crate::error::{backend, is_not_found};
use crate::orders::not_found;
use crate::v1::{Shop, select};

/// What is asked of an order of the caller's own, alone and in a list.
pub(crate) const OWN_ORDER: Selection<'static> = Selection {
    fields: None,
    expand: Some(
        "customer,items,items.variant,items.variant.product,shipping_address,billing_address,shipping_methods,\
         shipping_methods.shipping_option",
    ),
};

/// What is asked of an order that is known by its id or number alone.
// Medusa: there are lists of what may be asked for. Products and the time of the last change are not on them.
const ANYBODYS_ORDER: Selection<'static> = Selection {
    fields: None,
    expand: Some(
        "customer,items,items.variant,shipping_address,billing_address,shipping_methods,\
         shipping_methods.shipping_option,fulfillments,payments",
    ),
};

/// An order that the caller may see.
pub(crate) struct OpenOrder {
    pub(crate) wire: WireOrder,
    /// Whether it is among the signed-in customer's own.
    pub(crate) is_own: bool,
}

impl Shop {
    /// An order, if the ownership rule lets the caller see it; one of the caller's own with these relations. 404
    /// `order.not_found`.
    pub(crate) async fn open_order(&self, cx: &RequestContext, id: &OrderId, own: Selection<'_>) -> Result<OpenOrder> {
        if let Some(token) = self.identities.token(cx).await?
            && let Some(wire) = self.own_order(cx, &token, id, own).await?
        {
            return Ok(OpenOrder { wire, is_own: true });
        }
        self.anybodys_order(cx, id).await
    }

    /// An order that is read as nobody, if the ownership rule lets the caller see it. 404 `order.not_found`.
    pub(super) async fn anybodys_order(&self, cx: &RequestContext, id: &OrderId) -> Result<OpenOrder> {
        let endpoint = GetOrder { id: id.as_str(), select: ANYBODYS_ORDER };
        let read = async {
            match self.call(cx, None, &endpoint).await {
                Ok(answer) => Ok(answer.order),
                Err(error) if is_not_found(&error) => Err(not_found(id).with_source(error)),
                Err(error) => Err(backend(error)),
            }
        };
        // Medusa: whoever knows an order's id can read it.
        let (identity, wire) = self.identities.establish_beside(cx, read).await?;
        let wire = wire?;
        access(map::owner(&wire).as_owner(), identity.visitor()).or_hide(|| not_found(id))?;
        Ok(OpenOrder { wire, is_own: false })
    }

    /// The order of this id if it is the caller's own: the list of a customer's orders holds no others.
    pub(super) async fn own_order(
        &self,
        cx: &RequestContext,
        token: &CustomerToken,
        id: &OrderId,
        select: Selection<'_>,
    ) -> Result<Option<WireOrder>> {
        let page = Page { limit: Some(1), offset: None };
        let endpoint = ListOrders { select, page, id: Some(id.as_str()), ..ListOrders::default() };
        let answer = self.call(cx, Some(token), &endpoint).await.map_err(backend)?;
        Ok(answer.orders.into_iter().next())
    }

    /// The order that a request describes, if the ownership rule lets the caller see it.
    // Medusa: the postal code is taken and ignored, so it is compared here.
    pub(super) async fn find_order(&self, cx: &RequestContext, request: &LookUpOrder) -> Result<OpenOrder> {
        let email = request.email.as_str().to_lowercase();
        let read = async {
            let Ok(display_id) = request.display_id.as_str().parse() else { return Ok(None) };
            let endpoint = LookUpWireOrder { display_id, email: &email, select: ANYBODYS_ORDER };
            match self.call(cx, None, &endpoint).await {
                Ok(answer) => Ok(Some(answer.order)),
                Err(error) if is_not_found(&error) => Ok(None),
                Err(error) => Err(backend(error)),
            }
        };
        let (identity, found) = self.identities.establish_beside(cx, read).await?;
        let wire = found?.filter(|wire| goes_to(wire, &request.postal_code)).ok_or_else(unknown_order)?;
        access(map::owner(&wire).as_owner(), identity.visitor()).or_hide(unknown_order)?;
        Ok(OpenOrder { wire, is_own: false })
    }

    /// An order as its viewer may see it, with what the cart that it was tells.
    pub(super) async fn show_order(&self, cx: &RequestContext, open: OpenOrder) -> Result<Order> {
        let cart = async {
            match &open.wire.cart_id {
                Some(id) => self.cart_of_order(cx, id).await,
                None => Ok(None),
            }
        };
        let (cart, types) = tokio::try_join!(cart, self.directory.types(cx))?;
        map::order(&open.wire, cart.as_ref(), &types)
    }

    async fn cart_of_order(&self, cx: &RequestContext, id: &str) -> Result<Option<WireCart>> {
        // Medusa: lines, variants and products come whatever is asked for.
        match self.call(cx, None, &GetCart { id, select: select("id,context", "") }).await {
            Ok(answer) => Ok(Some(answer.cart)),
            Err(error) if is_not_found(&error) => Ok(None),
            Err(error) => Err(backend(error)),
        }
    }
}

/// Whether an order goes to this postal code, however it is spaced.
fn goes_to(wire: &WireOrder, postal_code: &str) -> bool {
    let plain = |code: &str| code.split_whitespace().collect::<String>().to_lowercase();
    let address = wire.shipping_address.as_ref();
    address.and_then(|address| address.postal_code.as_deref()).is_some_and(|code| plain(code) == plain(postal_code))
}

/// 404, whatever of the description is wrong.
fn unknown_order() -> Error {
    Error::not_found("order.not_found", "There is no order with this number, e-mail address and postal code")
}
