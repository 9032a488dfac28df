//! The free-form data that front ends keep on carts, lines and payment sessions.

use std::collections::BTreeMap;

use o2s_framework_core::error::Result;
use o2s_framework_core::metadata::Metadata;
use serde_json::value::{RawValue, to_raw_value};

use crate::violations::violation;

/// The most that one cart, line or session keeps, in bytes of JSON.
const MAX_LENGTH: usize = 64 * 1024;

/// The members of an object, each as its own text: numbers keep their digits.
#[derive(Clone, Debug, Default)]
pub(crate) struct Members(BTreeMap<String, Box<RawValue>>);

impl Members {
    /// The members of an optional object. 400 where they are more than can be kept.
    pub(crate) fn of(metadata: Option<&Metadata>) -> Result<Self> {
        let mut members = Self::default();
        members.merge(metadata)?;
        Ok(members)
    }

    /// Sets members and leaves the others; an empty text removes one. 400 where they are more than can be kept.
    pub(crate) fn merge(&mut self, changes: Option<&Metadata>) -> Result<()> {
        let Some(changes) = changes else { return Ok(()) };
        // An object always decodes into its members.
        let changes: BTreeMap<String, Box<RawValue>> = serde_json::from_str(changes.as_json()).unwrap_or_default();
        for (key, value) in changes {
            if value.get() == "\"\"" {
                self.0.remove(&key);
            } else {
                self.0.insert(key, value);
            }
        }
        let length: usize = self.0.iter().map(|(key, value)| key.len().saturating_add(value.get().len())).sum();
        if length > MAX_LENGTH {
            return Err(violation("metadata", "must not grow beyond 64 KiB in all"));
        }
        Ok(())
    }

    /// Sets one member to yes or no.
    pub(crate) fn set_flag(&mut self, key: &str, value: bool) {
        if let Ok(value) = to_raw_value(&value) {
            self.0.insert(key.to_owned(), value);
        }
    }

    /// A member that says yes or no.
    pub(crate) fn flag(&self, key: &str) -> Option<bool> {
        serde_json::from_str(self.0.get(key)?.get()).ok()
    }

    /// The members as the contract's object; none where there is no member.
    pub(crate) fn view(&self) -> Option<Metadata> {
        if self.0.is_empty() {
            return None;
        }
        Metadata::try_from(to_raw_value(&self.0).ok()?).ok()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn object(json: &str) -> Metadata {
        serde_json::from_str(json).expect("an object")
    }

    #[test]
    fn members_are_merged_and_removed() {
        let mut members = Members::of(Some(&object(r#"{"a":1.10,"b":"x"}"#))).expect("taken");
        members.merge(Some(&object(r#"{"b":"","c":[1]}"#))).expect("taken");
        assert_eq!(members.view().expect("members").as_json(), r#"{"a":1.10,"c":[1]}"#);
        members.merge(Some(&object(r#"{"a":"","c":""}"#))).expect("taken");
        assert_eq!(members.view(), None);
    }

    #[test]
    fn members_do_not_grow_for_ever() {
        let mut members = Members::default();
        let long = "x".repeat(40_000);
        members.merge(Some(&object(&format!(r#"{{"a":"{long}"}}"#)))).expect("taken");
        let error = members.merge(Some(&object(&format!(r#"{{"b":"{long}"}}"#)))).expect_err("too much");
        assert_eq!(error.code(), "request.invalid");
    }
}
