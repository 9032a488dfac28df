//! What a provider and a session are shown as: all that Medusa knows of them is an id, and the provider's own data.

use o2s_framework_core::carts::PaymentMethod;
use o2s_framework_core::error::{Error, Result};
use o2s_framework_core::ids::{CartId, PaymentProviderId, PaymentSessionId};
use o2s_framework_core::metadata::Metadata;
use o2s_framework_core::payments::{PaymentProvider, PaymentSession, PaymentSessionStatus};
use o2s_medusa_client::types::Metadata as WireMetadata;
use serde_json::Value;

use crate::error::incomplete;
use crate::map;

/// Words in a provider's id that tell of a page of its own. Medusa itself does not say.
const REDIRECTING: [&str; 3] = ["stripe", "paypal", "redirect"];

/// A provider. Its id is all that Medusa knows of its name and kind.
pub(crate) fn provider(id: &str, is_enabled: Option<bool>) -> Result<PaymentProvider> {
    Ok(PaymentProvider {
        id: map::id::<PaymentProviderId>(id, "payment_provider.id")?,
        name: id.to_owned(),
        kind: id.to_owned(),
        is_enabled: is_enabled.unwrap_or(true),
        requires_redirect: REDIRECTING.iter().any(|word| id.contains(word)),
        config: Some(Metadata::empty()),
    })
}

/// The id of a session: its cart's and its own, since Medusa finds a session by its cart alone.
fn session_id(cart: &CartId, session: &str) -> Result<PaymentSessionId> {
    map::id(&format!("{cart}.{session}"), "payment_session.id")
}

/// The cart that a session's id names. 404 for an id that is none of ours.
pub(super) fn cart_of(id: &PaymentSessionId) -> Result<CartId> {
    let (cart, _) = id.as_str().rsplit_once('.').ok_or_else(|| session_not_found(id))?;
    CartId::new(cart).map_err(|_| session_not_found(id))
}

/// 404: there is no such session, it is somebody else's, or it counts no more because the total changed.
pub(super) fn session_not_found(id: &PaymentSessionId) -> Error {
    Error::not_found("payment.session_not_found", format!("Payment session {id} not found: start a new one"))
}

/// A session. What the provider sent for the browser is shown, but the secret and the redirect once only, in their
/// own fields.
pub(crate) fn session(
    cart: &CartId,
    id: &str,
    provider: Option<&str>,
    status: PaymentSessionStatus,
    data: Option<&WireMetadata>,
) -> Result<PaymentSession> {
    let provider = provider.ok_or_else(|| incomplete("payment_session.provider_id"))?;
    let mut shown = data.cloned().unwrap_or_default();
    for key in ["client_secret", "clientSecret", "redirect_url", "redirectUrl"] {
        shown.remove(key);
    }
    Ok(PaymentSession {
        id: session_id(cart, id)?,
        cart_id: cart.clone(),
        provider_id: map::id(provider, "payment_session.provider_id")?,
        status,
        redirect_url: redirect_url(data),
        client_secret: client_secret(data),
        expires_at: None,
        metadata: Some(Metadata::from_map(&shown)),
    })
}

/// How a session pays.
pub(crate) fn payment_method(session: &PaymentSession) -> PaymentMethod {
    PaymentMethod { id: session.provider_id.clone(), name: session.provider_id.to_string(), description: None }
}

/// Where the provider wants the customer to go.
pub(crate) fn redirect_url(data: Option<&WireMetadata>) -> Option<String> {
    let data = data?;
    let stripe = || data.get("next_action")?.get("redirect_to_url")?.get("url")?.as_str().map(str::to_owned);
    first_text(data, &["redirect_url", "redirectUrl"]).or_else(stripe)
}

/// The secret for the provider's own script in the browser.
pub(crate) fn client_secret(data: Option<&WireMetadata>) -> Option<String> {
    first_text(data?, &["client_secret", "clientSecret"])
}

fn first_text(data: &WireMetadata, keys: &[&str]) -> Option<String> {
    keys.iter().find_map(|key| data.get(*key).and_then(Value::as_str)).map(str::to_owned)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn cart() -> CartId {
        CartId::new("cart_1").expect("an id")
    }

    fn data(data: &Value) -> WireMetadata {
        data.as_object().expect("an object").clone()
    }

    // M-PAY-01, M-PAY-02, M-PAY-03, C-46
    #[test]
    fn providers_are_known_by_their_ids() {
        let shown = |id: &str, enabled: bool| provider(id, Some(enabled)).expect("a provider");
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
        let data = data(&json!({
            "redirect_url": "https://pay.example/1", "client_secret": "cs_1", "return_url": "https://x.example",
        }));
        let shown = session(&cart(), "payses_1", Some("pp_x"), PaymentSessionStatus::Authorized, Some(&data));
        let shown = shown.expect("a session");
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
        let data = data(&json!({"next_action": {"redirect_to_url": {"url": "https://hooks.example/3ds"}}}));
        assert_eq!(redirect_url(Some(&data)).as_deref(), Some("https://hooks.example/3ds"));
    }

    #[test]
    fn a_session_id_names_its_cart() {
        let id = session_id(&cart(), "payses_9").expect("an id");
        assert_eq!((id.as_str(), cart_of(&id).ok()), ("cart_1.payses_9", Some(cart())));
        let foreign = PaymentSessionId::new("payses_9").expect("an id");
        assert_eq!(cart_of(&foreign).expect_err("not ours").code(), "payment.session_not_found");
    }
}
