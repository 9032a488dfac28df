//! What the Store API does not tell a customer: the carts, the returns, the open claims of orders. The Admin API is asked for
//! it, which is the one thing here that needs the secret key; only for a customer whom Medusa has established, and only about
//! the carts, orders and claims of that customer.

use chrono::{DateTime, Utc};
use o2s_framework_core::context::RequestContext;
use o2s_framework_core::error::{Error, Result};
use o2s_framework_core::ids::{CartId, CustomerId, OrderId};
use o2s_medusa_client::v2::AdminClient;
use o2s_medusa_client::v2::admin::customers::GetCustomer;
use o2s_medusa_client::v2::admin::order_changes::ListOpenTransfers;
use o2s_medusa_client::v2::admin::returns::ListReturns;
use o2s_medusa_client::v2::store::returns::Return as WireReturn;
use o2s_medusa_client::v2::types::Page;
use o2s_medusa_client::{AdminKey, Backend};
use secrecy::{ExposeSecret, SecretString};

use super::carts::owner::is_guests;
use crate::config::ConfigError;
use crate::context::call_context;
use crate::error::{backend, is_not_found};
use crate::map;

// Medusa: completed carts stay in the list, and `*carts` would bring the lines of all of them.
const CART_FIELDS: &str = "id,carts.id,carts.created_at,carts.updated_at,carts.completed_at,carts.email,carts.metadata";

const RETURN_FIELDS: &str = "id,order_id,status,refund_amount,created_at,updated_at,items.item_id,items.quantity,\
items.received_quantity,items.damaged_quantity,items.note,items.reason.id,items.reason.value,items.reason.label,\
items.reason.description,items.reason.parent_return_reason_id,shipping_methods.name,shipping_methods.description,\
shipping_methods.shipping_option_id,shipping_methods.amount";

/// The one holder of the secret key.
pub(super) struct CustomerRecords {
    admin: AdminClient,
}

/// A cart of a customer.
pub(super) struct CustomerCart {
    pub(super) id: CartId,
    pub(super) created_at: DateTime<Utc>,
    pub(super) updated_at: DateTime<Utc>,
}

impl CustomerRecords {
    pub(super) fn new(backend: Backend, key: &SecretString) -> Result<Self, ConfigError> {
        Ok(Self { admin: AdminClient::new(backend, AdminKey::new(key.expose_secret())?) })
    }

    /// Whether the key is accepted. 502 `backend.misconfigured`.
    pub(super) async fn check(&self, cx: &RequestContext) -> Result<()> {
        let endpoint = GetCustomer { id: "cus_of_nobody", fields: Some("id") };
        match self.admin.call(&call_context(cx), &endpoint).await {
            Err(error) if !is_not_found(&error) => Err(admin_error(error)),
            Ok(_) | Err(_) => Ok(()),
        }
    }

    /// The carts of an established customer that are not completed.
    pub(super) async fn open_carts(&self, cx: &RequestContext, customer: &CustomerId) -> Result<Vec<CustomerCart>> {
        let endpoint = GetCustomer { id: customer.as_str(), fields: Some(CART_FIELDS) };
        let answer = self.admin.call(&call_context(cx), &endpoint).await.map_err(admin_error)?;
        let open = answer.customer.carts.iter().filter(|cart| cart.completed_at.is_none() && !is_guests(cart));
        open.map(|cart| {
            Ok(CustomerCart {
                id: map::id(&cart.id, "cart.id")?,
                created_at: map::timestamp(cart.created_at.as_deref(), "cart.created_at")?.0,
                updated_at: map::timestamp(cart.updated_at.as_deref(), "cart.updated_at")?.0,
            })
        })
        .collect()
    }

    /// Whether an established customer asked for an order, and the request is open.
    pub(super) async fn has_asked_for(
        &self,
        cx: &RequestContext,
        customer: &CustomerId,
        order: &OrderId,
    ) -> Result<bool> {
        let endpoint = ListOpenTransfers { order_id: order.as_str() };
        let answer = self.admin.call(&call_context(cx), &endpoint).await.map_err(admin_error)?;
        let mut actions = answer.order_changes.iter().flat_map(|change| &change.actions);
        Ok(actions.any(|action| {
            action.action.as_deref() == Some("TRANSFER_CUSTOMER")
                && action.reference_id.as_deref() == Some(customer.as_str())
        }))
    }

    /// The returns of an order that Medusa has listed among an established customer's own, the newest first.
    pub(super) async fn returns(&self, cx: &RequestContext, order: &OrderId) -> Result<Vec<WireReturn>> {
        let endpoint = ListReturns {
            order_id: order.as_str(),
            fields: Some(RETURN_FIELDS),
            page: Page { limit: Some(1000), offset: None, order: Some("-created_at") },
        };
        let answer = self.admin.call(&call_context(cx), &endpoint).await.map_err(admin_error)?;
        Ok(answer.returns.into_iter().filter(|found| found.order_id.as_deref() == Some(order.as_str())).collect())
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
