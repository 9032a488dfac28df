//! The carts of the signed-in customer: found by the customer's records, then read like any other.

use futures_util::{StreamExt, TryStreamExt, stream};
use o2s_framework_core::carts::{Cart, CartSort, CartsOperation, ListCarts};
use o2s_framework_core::context::RequestContext;
use o2s_framework_core::error::{Error, ErrorKind, Result};
use o2s_framework_core::paging::Paginated;
use o2s_framework_core::sort::{Direction, Sort};

use super::NEEDS_ADMIN_KEY;
use crate::carts::TellsCart;
use crate::carts::access::read_cart;
use crate::v2::Shop;
use crate::v2::customer_records::{CustomerCart, CustomerRecords};

/// How many carts of a page are read side by side.
const SIDE_BY_SIDE: usize = 4;

impl Shop {
    pub(super) async fn listed(&self, cx: &RequestContext, request: &ListCarts) -> Result<Paginated<Cart>> {
        let records = self.records(CartsOperation::ListCarts)?;
        let identity = self.identities.establish(cx).await?;
        let (customer, _) = identity.require_customer()?;
        if request.customer_id.as_ref().is_some_and(|wanted| wanted != customer) {
            return Ok(Paginated::empty());
        }
        let mut carts = records.open_carts(cx, customer).await?;
        let sort = request.sort.unwrap_or_else(|| Sort::descending(CartSort::CreatedAt));
        carts.sort_by(|a, b| {
            let order = match sort.field {
                CartSort::CreatedAt => (a.created_at, &a.id).cmp(&(b.created_at, &b.id)),
                CartSort::UpdatedAt => (a.updated_at, &a.id).cmp(&(b.updated_at, &b.id)),
            };
            if sort.direction == Direction::Descending { order.reverse() } else { order }
        });
        let page = request.page().cut(carts);
        let read = |listed: CustomerCart| async move { read_cart(self, cx, &listed.id).await?.1.show() };
        let data = stream::iter(page.data).map(read).buffered(SIDE_BY_SIDE).try_collect().await?;
        Ok(Paginated { data, total: page.total })
    }

    pub(super) async fn newest(&self, cx: &RequestContext) -> Result<Option<Cart>> {
        let records = self.records(CartsOperation::GetCurrentCart)?;
        let identity = self.identities.establish(cx).await?;
        let Some(customer) = identity.customer_id() else { return Ok(None) };
        let carts = records.open_carts(cx, customer).await?;
        let Some(newest) = carts.into_iter().max_by(|a, b| (a.created_at, &a.id).cmp(&(b.created_at, &b.id))) else {
            return Ok(None);
        };
        match read_cart(self, cx, &newest.id).await {
            Ok((_, cart)) => cart.show().map(Some),
            Err(error) if error.kind() == ErrorKind::NotFound => Ok(None),
            Err(error) => Err(error),
        }
    }

    fn records(&self, operation: CartsOperation) -> Result<&CustomerRecords> {
        self.customer_records.as_ref().ok_or_else(|| Error::unsupported(operation, NEEDS_ADMIN_KEY))
    }
}
