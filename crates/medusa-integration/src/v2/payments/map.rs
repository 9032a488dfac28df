//! Medusa's payment providers and sessions as the contract's.

use o2s_framework_core::error::{Error, Result};
use o2s_framework_core::ids::{CartId, PaymentProviderId, PaymentSessionId};
use o2s_framework_core::metadata::Metadata;
use o2s_framework_core::payments::{PaymentProvider, PaymentSession, PaymentSessionStatus};
use o2s_medusa_client::v2::store::payments::{
    PaymentProvider as WireProvider, PaymentSession as WireSession, PaymentSessionStatus as WireStatus,
};
use o2s_medusa_client::v2::types::Metadata as WireMetadata;
use serde_json::Value;

use crate::error::incomplete;
use crate::map;

/// Words in a provider's id that tell of a page of its own. Medusa itself does not say.
const REDIRECTING: [&str; 3] = ["stripe", "paypal", "redirect"];

/// A provider. Its id is all that Medusa knows of its name and kind.
pub(crate) fn provider(wire: &WireProvider) -> Result<PaymentProvider> {
    let id: PaymentProviderId = map::id(&wire.id, "payment_provider.id")?;
    let requires_redirect = REDIRECTING.iter().any(|word| wire.id.contains(word));
    Ok(PaymentProvider {
        name: wire.id.clone(),
        kind: wire.id.clone(),
        is_enabled: wire.is_enabled.unwrap_or(true),
        requires_redirect,
        config: Some(Metadata::empty()),
        id,
    })
}

/// The id of a session: its cart's and its own, since Medusa finds a session by its cart alone.
pub(crate) fn session_id(cart: &CartId, session: &WireSession) -> Result<PaymentSessionId> {
    map::id(&format!("{cart}.{}", session.id), "payment_session.id")
}

/// The two parts of a session's id. 404 for one that is none of ours.
pub(super) fn parse_session_id(id: &PaymentSessionId) -> Result<(CartId, &str)> {
    let (cart, session) = id.as_str().rsplit_once('.').ok_or_else(|| session_not_found(id))?;
    let cart = CartId::new(cart).map_err(|_| session_not_found(id))?;
    Ok((cart, session))
}

/// 404: there is no such session, it is somebody else's, or Medusa dropped it because the total changed.
pub(super) fn session_not_found(id: &PaymentSessionId) -> Error {
    Error::not_found("payment.session_not_found", format!("Payment session {id} not found: start a new one"))
}

/// A session. What the provider sent for the browser is shown, but the secret and the redirect once only, in their
/// own fields.
pub(crate) fn session(cart: &CartId, wire: &WireSession) -> Result<PaymentSession> {
    let provider = wire.provider_id.as_deref().ok_or_else(|| incomplete("payment_session.provider_id"))?;
    let mut shown = wire.data.clone().unwrap_or_default();
    for key in ["client_secret", "clientSecret", "redirect_url", "redirectUrl"] {
        shown.remove(key);
    }
    Ok(PaymentSession {
        id: session_id(cart, wire)?,
        cart_id: cart.clone(),
        provider_id: map::id(provider, "payment_session.provider_id")?,
        status: status(wire.status.as_ref()),
        redirect_url: redirect_url(wire),
        client_secret: client_secret(wire),
        expires_at: None,
        metadata: Some(Metadata::from_map(&shown)),
    })
}

/// Where the provider wants the customer to go.
pub(crate) fn redirect_url(session: &WireSession) -> Option<String> {
    let data = session.data.as_ref()?;
    let stripe = || data.get("next_action")?.get("redirect_to_url")?.get("url")?.as_str().map(str::to_owned);
    first_text(data, &["redirect_url", "redirectUrl"]).or_else(stripe)
}

/// The secret for the provider's own script in the browser.
pub(crate) fn client_secret(session: &WireSession) -> Option<String> {
    first_text(session.data.as_ref()?, &["client_secret", "clientSecret"])
}

fn first_text(data: &WireMetadata, keys: &[&str]) -> Option<String> {
    keys.iter().find_map(|key| data.get(*key).and_then(Value::as_str)).map(str::to_owned)
}

fn status(wire: Option<&WireStatus>) -> PaymentSessionStatus {
    match wire {
        Some(WireStatus::Authorized) => PaymentSessionStatus::Authorized,
        Some(WireStatus::Captured) => PaymentSessionStatus::Captured,
        Some(WireStatus::Error) => PaymentSessionStatus::Failed,
        Some(WireStatus::Canceled) => PaymentSessionStatus::Cancelled,
        Some(WireStatus::Pending | WireStatus::RequiresMore | WireStatus::Unknown(_)) | None => {
            PaymentSessionStatus::Pending
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn wire(session: &serde_json::Value) -> WireSession {
        serde_json::from_str(&session.to_string()).expect("a session")
    }

    fn cart() -> CartId {
        CartId::new("cart_1").expect("an id")
    }

    // M-PAY-01, M-PAY-02, M-PAY-03, C-46
    #[test]
    fn providers_are_known_by_their_ids() {
        let shown = |id: &str, enabled: bool| {
            let wire: WireProvider =
                serde_json::from_str(&json!({"id": id, "is_enabled": enabled}).to_string()).expect("a provider");
            provider(&wire).expect("a provider")
        };
        let stripe = shown("pp_stripe_stripe", true);
        assert_eq!(
            (stripe.id.as_str(), stripe.name.as_str(), stripe.kind.as_str()),
            ("pp_stripe_stripe", "pp_stripe_stripe", "pp_stripe_stripe")
        );
        assert!(stripe.requires_redirect && stripe.is_enabled);
        assert!(shown("pp_paypal_paypal", true).requires_redirect);
        assert!(!shown("pp_system_default", true).requires_redirect);
        assert!(!shown("pp_system_default", false).is_enabled);
    }

    // M-PAY-05, C-4
    #[test]
    fn a_session_brings_redirect_and_secret() {
        let wire = wire(&json!({
            "id": "payses_1", "provider_id": "pp_x", "status": "authorized",
            "data": {"redirect_url": "https://pay.example/1", "client_secret": "cs_1", "return_url": "https://x.example"},
        }));
        let shown = session(&cart(), &wire).expect("a session");
        assert_eq!(
            (shown.id.as_str(), shown.cart_id.as_str(), shown.provider_id.as_str()),
            ("cart_1.payses_1", "cart_1", "pp_x")
        );
        assert_eq!(
            (shown.redirect_url.as_deref(), shown.client_secret.as_deref()),
            (Some("https://pay.example/1"), Some("cs_1"))
        );
        // S-11: told once, in their own fields.
        let metadata = shown.metadata.expect("metadata").to_map();
        assert_eq!(metadata.keys().collect::<Vec<_>>(), ["return_url"]);
    }

    #[test]
    fn a_redirect_may_be_a_next_action() {
        let wire = wire(
            &json!({"id": "p", "data": {"next_action": {"redirect_to_url": {"url": "https://hooks.example/3ds"}}}}),
        );
        assert_eq!(redirect_url(&wire).as_deref(), Some("https://hooks.example/3ds"));
    }

    // M-PAY-06 to M-PAY-09, C-8
    #[test]
    fn every_status_has_its_word() {
        let shown = |status: serde_json::Value| {
            session(&cart(), &wire(&json!({"id": "p", "provider_id": "pp", "status": status})))
                .expect("a session")
                .status
        };
        assert_eq!(shown(json!("authorized")), PaymentSessionStatus::Authorized);
        assert_eq!(shown(json!("captured")), PaymentSessionStatus::Captured);
        assert_eq!(shown(json!("canceled")), PaymentSessionStatus::Cancelled);
        assert_eq!(shown(json!("error")), PaymentSessionStatus::Failed);
        for pending in [json!("pending"), json!("requires_more"), json!("something_new"), json!(null)] {
            assert_eq!(shown(pending), PaymentSessionStatus::Pending);
        }
    }

    #[test]
    fn a_session_id_names_its_cart() {
        let id = session_id(&cart(), &wire(&json!({"id": "payses_9"}))).expect("an id");
        assert_eq!(
            parse_session_id(&id).map(|(cart, session)| (cart.to_string(), session)).ok(),
            Some(("cart_1".to_owned(), "payses_9"))
        );
        let foreign = PaymentSessionId::new("payses_9").expect("an id");
        assert_eq!(parse_session_id(&foreign).expect_err("not ours").code(), "payment.session_not_found");
    }
}
