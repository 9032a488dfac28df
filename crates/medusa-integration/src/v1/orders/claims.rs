//! Guests' orders that become customers'.

use o2s_framework_core::context::RequestContext;
use o2s_framework_core::error::Result;
use o2s_framework_core::ids::{CustomerId, OrderId};
use o2s_framework_core::orders::{ConfirmClaim, Order};
use o2s_medusa_client::v1::store::orders::{ClaimOrders, ClaimTold, ConfirmClaim as ConfirmWireClaim, OrderClaim};
use secrecy::SecretString;

use super::access::{OWN_ORDER, OpenOrder};
use super::map;
use crate::carts::access::SeenOwner;
use crate::error::backend;
use crate::orders::{already_claimed, invalid_claim, not_found};
use crate::v1::Shop;

/// Whether a token, as it says itself, is about this order alone, for this customer. Whether it is Medusa's, Medusa
/// tells.
fn proves(told: &ClaimTold, order: &OrderId, customer: &CustomerId) -> bool {
    told.claiming_customer_id == customer.as_str() && told.orders == [order.as_str()]
}

impl Shop {
    pub(super) async fn ask_for_order(&self, cx: &RequestContext, id: &OrderId) -> Result<()> {
        let token = self.identities.required_token(cx).await?;
        // Medusa: any order can be asked for. Ours is asked for by whoever may see it.
        let open = self.open_order(cx, id, OWN_ORDER).await?;
        if open.is_own || matches!(map::owner(&open.wire), SeenOwner::Account(_)) {
            return Err(already_claimed());
        }
        let endpoint = ClaimOrders { body: OrderClaim { order_ids: vec![id.to_string()] } };
        self.call(cx, Some(&token), &endpoint).await.map_err(backend)?;
        Ok(())
    }

    // Medusa: whoever has the token may use it, as often as they like for a quarter of an hour; the orders go to whoever
    // asked for them, and have the account's e-mail address then.
    pub(super) async fn take_order(&self, cx: &RequestContext, id: &OrderId, proof: &ConfirmClaim) -> Result<Order> {
        let identity = self.identities.establish(cx).await?;
        let (customer, token) = identity.require_customer()?;
        let endpoint = ConfirmWireClaim { token: SecretString::from(proof.token.expose()) };
        if !endpoint.told().is_some_and(|told| proves(&told, id, customer)) {
            return Err(invalid_claim());
        }
        // Medusa: a token holds also after the order has become another customer's.
        self.anybodys_order(cx, id).await.map_err(|error| match error.code() {
            "order.not_found" => invalid_claim().with_source(error),
            _ => error,
        })?;
        if let Err(error) = self.call(cx, Some(token), &endpoint).await {
            // Medusa: a token that it has not signed is a 500, one that is too old too.
            let refused = error.status().is_some_and(|status| matches!(status.as_u16(), 400 | 401 | 500));
            return Err(if refused { invalid_claim().with_source(error) } else { backend(error) });
        }
        let wire = self.own_order(cx, token, id, OWN_ORDER).await?.ok_or_else(|| not_found(id))?;
        self.show_order(cx, OpenOrder { wire, is_own: true }).await
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_token_proves_one_order_to_one_customer() {
        let (order, customer) = ("order_1".parse().expect("an id"), "cus_1".parse().expect("an id"));
        let proves = |of: &str, orders: &[&str]| {
            let orders = orders.iter().map(|&id| id.to_owned()).collect();
            super::proves(&ClaimTold { claiming_customer_id: of.to_owned(), orders }, &order, &customer)
        };
        assert!(proves("cus_1", &["order_1"]));
        assert!(!proves("cus_2", &["order_1"]) && !proves("cus_1", &["order_2"]));
        assert!(!proves("cus_1", &["order_1", "order_2"]) && !proves("cus_1", &[]));
    }
}
