//! Free-form data that travels with a resource, as it is.

use std::borrow::Cow;
use std::fmt;

use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;
use serde_json::{Map, Value};

use crate::text::InvalidValue;

/// A JSON object kept as its own text: nothing in it is read, re-ordered or re-formatted on the way through.
#[derive(Clone, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema), schema(value_type = Object))]
#[serde(try_from = "Box<RawValue>")]
pub struct Metadata(Box<RawValue>);

impl Metadata {
    /// The object without members.
    pub fn empty() -> Self {
        Self::from_map(&Map::new())
    }

    /// An object of these members.
    pub fn from_map(members: &Map<String, Value>) -> Self {
        // A map of values always serialises; the fallback is the JSON text `null`, which holds no member.
        Self(serde_json::value::to_raw_value(members).unwrap_or_default())
    }

    /// Its members, decoded.
    pub fn to_map(&self) -> Map<String, Value> {
        serde_json::from_str(self.0.get()).unwrap_or_default()
    }

    /// One member decoded as `T`; none where it is absent or something else.
    pub fn get<T: DeserializeOwned>(&self, key: &str) -> Option<T> {
        let mut members: std::collections::HashMap<Cow<'_, str>, &RawValue> =
            serde_json::from_str(self.0.get()).ok()?;
        serde_json::from_str(members.remove(key)?.get()).ok()
    }

    /// Whether there is no member.
    pub fn is_empty(&self) -> bool {
        self.to_map().is_empty()
    }

    /// The JSON text.
    pub fn as_json(&self) -> &str {
        self.0.get()
    }
}

impl TryFrom<Box<RawValue>> for Metadata {
    type Error = InvalidValue;

    fn try_from(json: Box<RawValue>) -> Result<Self, InvalidValue> {
        if json.get().starts_with('{') { Ok(Self(json)) } else { Err(InvalidValue("must be an object")) }
    }
}

impl PartialEq for Metadata {
    fn eq(&self, other: &Self) -> bool {
        self.to_map() == other.to_map()
    }
}

/// Shows the size alone: what shops keep in metadata may be personal.
impl fmt::Debug for Metadata {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Metadata({} bytes)", self.0.get().len())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_keep_their_digits() {
        let text = r#"{"b":1.10,"a":123456789012345678901234567890}"#;
        let metadata: Metadata = serde_json::from_str(text).expect("an object");
        assert_eq!(serde_json::to_string(&metadata).expect("serialises"), text);
    }

    #[test]
    fn only_objects_are_metadata() {
        for text in ["[]", "null", "1", "\"{}\""] {
            assert!(serde_json::from_str::<Metadata>(text).is_err(), "{text} was taken");
        }
    }

    #[test]
    fn members_are_read_by_type() {
        let metadata: Metadata =
            serde_json::from_str(r#"{"notes":"ring twice","n":1,"esc\"aped":2}"#).expect("an object");
        assert_eq!(metadata.get::<String>("notes").as_deref(), Some("ring twice"));
        assert_eq!(metadata.get::<String>("n"), None);
        assert_eq!(metadata.get::<u8>("esc\"aped"), Some(2));
        assert_eq!(metadata.get::<String>("absent"), None);
    }
}
