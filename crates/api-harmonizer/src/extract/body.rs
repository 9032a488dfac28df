use axum::body::Bytes;
use axum::http::HeaderMap;
use axum::http::header::{CONTENT_LENGTH, CONTENT_TYPE};
use http_body_util::LengthLimitError;
use o2s_framework_core::carts::{
    AddCartItem, ApplyPromotion, CreateCart, UpdateCart, UpdateCartAddresses, UpdateCartItem,
};
use o2s_framework_core::checkout::{CompleteCheckout, PlaceOrder, SetPayment, SetShippingMethod};
use o2s_framework_core::customers::{CreateAddress, UpdateAddress};
use o2s_framework_core::error::Violation;
use o2s_framework_core::orders::{ConfirmClaim, LookUpOrder};
use o2s_framework_core::payments::{CreateSession, UpdateSession};
use o2s_framework_core::returns::CreateReturn;
use serde::de::DeserializeOwned;

use super::add;
use crate::error::ApiError;
use crate::settings::Settings;
use crate::strict;

/// The body of a request.
pub(crate) trait BodyPart: Sized {
    /// Reads the body; none where it is wrong, which is then told among the violations.
    fn take(
        headers: &HeaderMap,
        body: axum::body::Body,
        settings: &Settings,
        violations: &mut Vec<Violation>,
    ) -> impl Future<Output = Result<Option<Self>, ApiError>> + Send;
}

/// A route that takes no body; what is sent is not read.
pub(crate) struct NoBody;

/// A body of JSON.
pub(crate) struct Body<T>(pub(crate) T);

/// A request type of the contract that is sent as a body.
pub(crate) trait RequestBody: DeserializeOwned + Send {
    /// What is wrong with a body whose parts are good one by one.
    fn check(&self) -> Vec<Violation> {
        Vec::new()
    }

    /// What an empty body means; none where there must be one.
    fn when_empty() -> Option<Self> {
        None
    }
}

impl RequestBody for CreateCart {}
impl RequestBody for ApplyPromotion {}
impl RequestBody for SetShippingMethod {}
impl RequestBody for SetPayment {}
impl RequestBody for CreateSession {}
impl RequestBody for ConfirmClaim {}

impl RequestBody for UpdateCart {
    fn check(&self) -> Vec<Violation> {
        nothing_to_change(self.is_empty(), "name, regionId, email, notes, metadata, an address, shipping or payment")
    }
}

impl RequestBody for AddCartItem {
    fn check(&self) -> Vec<Violation> {
        self.violations()
    }
}

impl RequestBody for UpdateCartItem {
    fn check(&self) -> Vec<Violation> {
        nothing_to_change(self.quantity.is_none() && self.metadata.is_none(), "quantity or metadata")
    }
}

impl RequestBody for UpdateCartAddresses {
    fn check(&self) -> Vec<Violation> {
        self.violations()
    }
}

impl RequestBody for PlaceOrder {
    fn when_empty() -> Option<Self> {
        Some(Self::default())
    }
}

impl RequestBody for CompleteCheckout {
    fn check(&self) -> Vec<Violation> {
        self.violations()
    }
}

impl RequestBody for CreateAddress {
    fn check(&self) -> Vec<Violation> {
        self.address.violations("address")
    }
}

impl RequestBody for UpdateAddress {
    fn check(&self) -> Vec<Violation> {
        self.violations()
    }
}

impl RequestBody for LookUpOrder {
    fn check(&self) -> Vec<Violation> {
        self.violations()
    }
}

impl RequestBody for CreateReturn {
    fn check(&self) -> Vec<Violation> {
        self.violations()
    }
}

impl RequestBody for UpdateSession {
    fn check(&self) -> Vec<Violation> {
        nothing_to_change(self.is_empty(), "returnUrl, cancelUrl or metadata")
    }
}

fn nothing_to_change(is_empty: bool, what: &str) -> Vec<Violation> {
    if is_empty { vec![Violation::new("body", format!("give something to change: {what}"))] } else { Vec::new() }
}

impl BodyPart for NoBody {
    async fn take(
        _: &HeaderMap,
        _: axum::body::Body,
        _: &Settings,
        _: &mut Vec<Violation>,
    ) -> Result<Option<Self>, ApiError> {
        Ok(Some(Self))
    }
}

impl<T: RequestBody> BodyPart for Body<T> {
    async fn take(
        headers: &HeaderMap,
        body: axum::body::Body,
        settings: &Settings,
        violations: &mut Vec<Violation>,
    ) -> Result<Option<Self>, ApiError> {
        let bytes = read_body(headers, body, settings).await?;
        if bytes.is_empty() {
            if let Some(value) = T::when_empty() {
                return Ok(Some(Self(value)));
            }
            add(violations, Violation::new("body", "is required: send an object of JSON"));
            return Ok(None);
        }
        if !is_json(headers) {
            return Err(ApiError::not_json());
        }
        decode(&bytes, violations).map(|value| value.map(Self))
    }
}

/// Reads a body within the limits of length and time.
pub(crate) async fn read_body(
    headers: &HeaderMap,
    body: axum::body::Body,
    settings: &Settings,
) -> Result<Bytes, ApiError> {
    let declared = headers.get(CONTENT_LENGTH).and_then(|length| length.to_str().ok()?.parse::<usize>().ok());
    if declared.is_some_and(|length| length > settings.body_limit) {
        return Err(ApiError::body_too_large());
    }
    let read = axum::body::to_bytes(body, settings.body_limit);
    match tokio::time::timeout(settings.request_timeout, read).await {
        Ok(Ok(bytes)) => Ok(bytes),
        Ok(Err(error)) if is_too_large(&error) => Err(ApiError::body_too_large()),
        Ok(Err(_)) => Err(ApiError::unreadable("body", "The body broke off")),
        Err(_) => Err(ApiError::body_too_slow()),
    }
}

fn is_too_large(error: &axum::Error) -> bool {
    let mut source = std::error::Error::source(error);
    while let Some(error) = source {
        if error.is::<LengthLimitError>() {
            return true;
        }
        source = error.source();
    }
    false
}

/// `application/json`, with whatever parameters, or a type that is JSON by its suffix.
fn is_json(headers: &HeaderMap) -> bool {
    let Some(value) = headers.get(CONTENT_TYPE) else { return true };
    let Ok(text) = value.to_str() else { return false };
    let essence = text.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
    essence == "application/json" || (essence.starts_with("application/") && essence.ends_with("+json"))
}

/// Whether a text of JSON spells the character U+0000, which no database keeps.
fn has_nul(bytes: &[u8]) -> bool {
    let mut rest = bytes;
    while let Some(at) = rest.iter().position(|b| *b == b'\\') {
        let escape = rest.get(at.saturating_add(1)..).unwrap_or_default();
        if escape.starts_with(b"u0000") {
            return true;
        }
        // What is escaped may be a backslash, which begins nothing.
        rest = escape.get(1..).unwrap_or_default();
    }
    false
}

/// Decodes a body. A good one is decoded once, from its bytes; a bad one is taken apart to tell all that is wrong.
fn decode<T: RequestBody>(bytes: &[u8], violations: &mut Vec<Violation>) -> Result<Option<T>, ApiError> {
    if has_nul(bytes) {
        add(violations, Violation::new("body", "must not hold the character U+0000"));
        return Ok(None);
    }
    let is_object = bytes.iter().find(|b| !b.is_ascii_whitespace()) == Some(&b'{');
    let first = match serde_json::from_slice::<T>(bytes) {
        Ok(value) if is_object => {
            for violation in value.check() {
                add(violations, violation);
            }
            return Ok(Some(value));
        }
        Ok(_) => None,
        Err(error) => Some(error),
    };
    let value = serde_json::from_slice(bytes)
        .map_err(|error| ApiError::unreadable("body", format!("The body is not JSON: {error}")))?;
    let strict::Decoded { value, faults } = strict::decode::<T>(value);
    if let (true, Some(error)) = (faults.is_empty(), first) {
        // A tree of values forgives what the text did not: members that are there twice.
        let strict::Fault { field, message, .. } = strict::fault("body", &error.to_string());
        add(violations, Violation::new(field, message));
    }
    for strict::Fault { field, message, .. } in faults {
        let field = if field.is_empty() { "body".to_owned() } else { field };
        add(violations, Violation::new(field, message));
    }
    for violation in value.iter().flat_map(RequestBody::check) {
        add(violations, violation);
    }
    Ok(None)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn refused<T: RequestBody>(json: &str) -> Vec<String> {
        let mut violations = Vec::new();
        decode::<T>(json.as_bytes(), &mut violations).unwrap();
        violations.into_iter().map(|violation| format!("{}: {}", violation.field, violation.message)).collect()
    }

    #[test]
    fn no_text_holds_what_no_database_keeps() {
        let told = refused::<AddCartItem>(r#"{"variantId": "v_1", "quantity": 1, "metadata": {"note": "a\u0000b"}}"#);
        assert_eq!(told, ["body: must not hold the character U+0000"]);
        for fine in [r#"{"note": "a\\u0000"}"#, r#"{"note": "a\u00011"}"#] {
            assert!(!has_nul(fine.as_bytes()), "{fine}");
        }
        assert!(has_nul(br#"{"note": "\\\u0000"}"#));
    }

    #[test]
    fn types_and_rules_are_told_together() {
        assert_eq!(
            refused::<AddCartItem>(r#"{"quantity": "2"}"#),
            [
                "quantity: must be a whole number, not string \"2\"",
                "variantId: name the variant in variantId, or its SKU in sku",
                "currency: needed to make a new cart, unless regionId is given",
            ]
        );
    }

    #[test]
    fn a_stand_in_is_never_complained_of() {
        assert_eq!(refused::<CreateAddress>("{}"), ["address: is required"]);
        assert_eq!(
            refused::<CreateSession>("{}"),
            ["cartId: is required", "providerId: is required", "returnUrl: is required"]
        );
        assert_eq!(
            refused::<LookUpOrder>("{}"),
            ["displayId: is required", "email: is required", "postalCode: is required"]
        );
        assert_eq!(refused::<ConfirmClaim>("{}"), ["token: is required"]);
        assert_eq!(
            refused::<CreateReturn>(r#"{"locale": 1}"#),
            ["locale: must be a string, not integer 1", "items: is required"]
        );
    }

    #[test]
    fn what_is_wrong_is_not_called_absent_too() {
        assert_eq!(refused::<UpdateCart>(r#"{"email": "ada"}"#), ["email: must be an e-mail address"]);
        assert_eq!(refused::<UpdateCart>(r#"{"metadata": []}"#), ["metadata: must be an object"]);
        assert_eq!(refused::<UpdateAddress>(r#"{"label": 1}"#), ["label: must be a string, not integer 1"]);
        assert_eq!(refused::<UpdateCartItem>(r#"{"quantity": 0}"#), ["quantity: must be at least 1"]);
        assert_eq!(refused::<UpdateCartAddresses>(r#"{"email": 1}"#), ["email: must be a string, not integer 1"]);
    }

    #[test]
    fn the_same_member_twice_is_refused() {
        assert_eq!(
            refused::<CreateCart>(r#"{"currency":"EUR","currency":"USD"}"#),
            ["currency: is given more than once"]
        );
    }

    #[test]
    fn a_list_is_no_object() {
        assert_eq!(refused::<UpdateCart>("[\"a\"]"), ["body: must be an object"]);
        assert_eq!(refused::<UpdateCart>("\"a\""), ["body: must be an object"]);
        assert_eq!(refused::<UpdateCart>("null"), ["body: must be an object"]);
        assert_eq!(refused::<UpdateCart>("{}").len(), 1);
    }

    #[test]
    fn json_has_many_names() {
        let is = |value: &'static str| {
            is_json(&HeaderMap::from_iter([(CONTENT_TYPE, axum::http::HeaderValue::from_static(value))]))
        };
        assert!(is("application/json") && is("Application/JSON; charset=utf-8") && is("application/merge-patch+json"));
        assert!(!is("text/plain") && !is("application/x-www-form-urlencoded"));
        assert!(is_json(&HeaderMap::new()));
    }
}
