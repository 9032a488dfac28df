//! The carts of a customer, by the Admin API: the one thing here that needs the secret key. It is asked only for a
//! customer whom Medusa has established, and only for the ids of that customer's carts.

use chrono::{DateTime, Utc};
use futures_util::{StreamExt, TryStreamExt, stream};
use o2s_framework_core::carts::{Cart, CartSort, CartsOperation, ListCarts};
use o2s_framework_core::context::RequestContext;
use o2s_framework_core::error::{Error, ErrorKind, Result};
use o2s_framework_core::ids::{CartId, CustomerId};
use o2s_framework_core::paging::Paginated;
use o2s_framework_core::sort::{Direction, Sort};
use o2s_medusa_client::v2::AdminClient;
use o2s_medusa_client::v2::admin::customers::GetCustomer;
use o2s_medusa_client::{AdminKey, Backend};
use secrecy::{ExposeSecret, SecretString};

use super::access::is_guests;
use super::{NEEDS_ADMIN_KEY, map};
use crate::config::ConfigError;
use crate::error::backend;
use crate::map as values;
use crate::v2::{Shop, call_context};

/// How many carts of a page are read side by side.
const SIDE_BY_SIDE: usize = 4;

// Medusa: completed carts stay in the list, and `*carts` would bring the lines of all of them.
const FIELDS: &str = "id,carts.id,carts.created_at,carts.updated_at,carts.completed_at,carts.email,carts.metadata";

/// The one holder of the secret key: tells the carts of a customer, and nothing else.
pub(crate) struct CustomerCarts {
    admin: AdminClient,
}

struct Listed {
    id: CartId,
    created_at: DateTime<Utc>,
    updated_at: DateTime<Utc>,
}

impl CustomerCarts {
    pub(crate) fn new(backend: Backend, key: &SecretString) -> Result<Self, ConfigError> {
        Ok(Self { admin: AdminClient::new(backend, AdminKey::new(key.expose_secret())?) })
    }

    /// The carts of an established customer that are not completed.
    async fn open_carts_of(&self, cx: &RequestContext, customer: &CustomerId) -> Result<Vec<Listed>> {
        let endpoint = GetCustomer { id: customer.as_str(), fields: Some(FIELDS) };
        let answer = self.admin.call(&call_context(cx), &endpoint).await.map_err(admin_error)?;
        let open = answer.customer.carts.iter().filter(|cart| cart.completed_at.is_none() && !is_guests(cart));
        open.map(|cart| {
            Ok(Listed {
                id: values::id(&cart.id, "cart.id")?,
                created_at: values::timestamp(cart.created_at.as_deref(), "cart.created_at")?.0,
                updated_at: values::timestamp(cart.updated_at.as_deref(), "cart.updated_at")?.0,
            })
        })
        .collect()
    }
}

impl Shop {
    pub(super) async fn list_carts(&self, cx: &RequestContext, request: &ListCarts) -> Result<Paginated<Cart>> {
        let carts_of = self.customer_carts(CartsOperation::ListCarts)?;
        let identity = self.identities.establish(cx).await?;
        let (customer, _) = identity.require_customer()?;
        if request.customer_id.as_ref().is_some_and(|wanted| wanted != customer) {
            return Ok(Paginated::empty());
        }
        let mut carts = carts_of.open_carts_of(cx, customer).await?;
        let sort = request.sort.unwrap_or_else(|| Sort::descending(CartSort::CreatedAt));
        carts.sort_by(|a, b| {
            let order = match sort.field {
                CartSort::CreatedAt => (a.created_at, &a.id).cmp(&(b.created_at, &b.id)),
                CartSort::UpdatedAt => (a.updated_at, &a.id).cmp(&(b.updated_at, &b.id)),
            };
            if sort.direction == Direction::Descending { order.reverse() } else { order }
        });
        let page = request.page().cut(carts);
        let read = |listed: Listed| async move {
            let (_, cart) = self.read_cart(cx, &listed.id).await?;
            map::cart(&cart)
        };
        let data = stream::iter(page.data).map(read).buffered(SIDE_BY_SIDE).try_collect().await?;
        Ok(Paginated { data, total: page.total })
    }

    pub(super) async fn current_cart(&self, cx: &RequestContext) -> Result<Option<Cart>> {
        let carts_of = self.customer_carts(CartsOperation::GetCurrentCart)?;
        let identity = self.identities.establish(cx).await?;
        let Some(customer) = identity.customer_id() else { return Ok(None) };
        let carts = carts_of.open_carts_of(cx, customer).await?;
        let Some(newest) = carts.into_iter().max_by(|a, b| (a.created_at, &a.id).cmp(&(b.created_at, &b.id))) else {
            return Ok(None);
        };
        match self.read_cart(cx, &newest.id).await {
            Ok((_, cart)) => map::cart(&cart).map(Some),
            Err(error) if error.kind() == ErrorKind::NotFound => Ok(None),
            Err(error) => Err(error),
        }
    }

    fn customer_carts(&self, operation: CartsOperation) -> Result<&CustomerCarts> {
        self.customer_carts.as_ref().ok_or_else(|| Error::unsupported(operation, NEEDS_ADMIN_KEY))
    }
}

/// A refusal of the Admin API is never the caller's fault.
fn admin_error(error: o2s_medusa_client::Error) -> Error {
    match error.status().map(|status| status.as_u16()) {
        Some(401 | 403) => Error::backend("backend.misconfigured", "The shop does not accept the configured admin key")
            .with_source(error),
        _ => backend(error),
    }
}
