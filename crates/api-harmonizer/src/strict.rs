//! Decoding that tells everything that is wrong at once, in words for people. Bodies and configuration share it.

use std::fmt::Write as _;

use serde::de::DeserializeOwned;
use serde_json::Value;
use serde_path_to_error::{Path, Segment};

/// How many faults are looked for in one value.
const MOST_FAULTS: usize = 20;

/// How many decodings one value may cost.
const MOST_ATTEMPTS: usize = 80;

/// Values that stand in for what is missing or wrong, so that the rest can be looked at too. What is decoded with one
/// is checked and then dropped. One of them fits any required field of the contract: a code, an id or a text; a
/// number; a URL; an e-mail address; an address or another object; a list.
const STAND_INS: [&str; 6] = [
    r#""EUR""#,
    "1",
    r#""https://shop.example""#,
    r#""nobody@shop.example""#,
    r#"{"country":"DE","streetName":"-","city":"-","postalCode":"-"}"#,
    "[]",
];

/// One thing that is wrong with a value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Fault {
    /// Where: `address.city`, `items[0]`; empty for the value as a whole.
    pub(crate) field: String,
    /// What is wrong there.
    pub(crate) message: String,
    /// Whether what is wrong is that nothing is there.
    pub(crate) missing: bool,
}

/// What came of decoding.
pub(crate) struct Decoded<T> {
    /// The value. Where there are faults it is complete only by stand-ins: good for looking for more faults, no more.
    pub(crate) value: Option<T>,
    /// Everything that is wrong.
    pub(crate) faults: Vec<Fault>,
}

/// Decodes an object; after each fault the offending part is replaced or taken out, and the rest is looked at
/// again.
pub(crate) fn decode<T: DeserializeOwned>(mut value: Value) -> Decoded<T> {
    let mut faults: Vec<Fault> = Vec::new();
    // A derived decoder would take a list too, member by member.
    if !value.is_object() {
        faults.push(Fault { field: String::new(), message: "must be an object".to_owned(), missing: false });
        return Decoded { value: None, faults };
    }
    // A stand-in that may yet turn out not to fit.
    let mut trial: Option<Trial> = None;
    for _ in 0..MOST_ATTEMPTS {
        let error = match serde_path_to_error::deserialize::<_, T>(value.clone()) {
            Ok(decoded) => return Decoded { value: Some(decoded), faults },
            Err(error) => error,
        };
        let path = keys(error.path());
        let message = error.inner().to_string();
        if let Some(Trial { place, tried, required }) = trial.take_if(|trial| path.starts_with(&trial.place)) {
            let tried = tried.saturating_add(1);
            if put_stand_in(&mut value, &place, tried) {
                trial = Some(Trial { place, tried, required });
                continue;
            }
            if !required && take_out(&mut value, &place) {
                continue;
            }
            break;
        }
        let wrong = Wrong::of(path, &message);
        let fault = Fault { field: shown(&wrong.place), message: wrong.message, missing: wrong.missing };
        if !faults.iter().any(|known| known.field == fault.field) {
            faults.push(fault);
        }
        if faults.len() >= MOST_FAULTS || wrong.place.is_empty() {
            break;
        }
        if !wrong.unknown && put_stand_in(&mut value, &wrong.place, 0) {
            trial = Some(Trial { place: wrong.place, tried: 0, required: wrong.missing });
        } else if !take_out(&mut value, &wrong.place) {
            break;
        }
    }
    Decoded { value: None, faults }
}

/// A stand-in on trial: where it is, the how-manyth, and whether there must be one.
struct Trial {
    place: Vec<Key>,
    tried: usize,
    required: bool,
}

/// A decoder's message at a place that is a name, or no place at all.
pub(crate) fn fault(name: &str, message: &str) -> Fault {
    let whole = name.is_empty() || name == ".";
    let place = if whole { Vec::new() } else { vec![Key::Name(name.to_owned())] };
    let Wrong { mut place, message, missing, .. } = Wrong::of(place, message);
    // What is told about a member names the member.
    let field = match place.pop() {
        Some(Key::Name(member)) => member,
        _ => String::new(),
    };
    Fault { field, message, missing }
}

/// A step into a value.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Key {
    Name(String),
    Index(usize),
}

fn keys(path: &Path) -> Vec<Key> {
    path.iter()
        .filter_map(|segment| match segment {
            Segment::Map { key } => Some(Key::Name(key.clone())),
            Segment::Seq { index } => Some(Key::Index(*index)),
            Segment::Enum { .. } | Segment::Unknown => None,
        })
        .collect()
}

fn shown(path: &[Key]) -> String {
    let mut text = String::new();
    for key in path {
        match key {
            Key::Name(name) if text.is_empty() => text.push_str(name),
            Key::Name(name) => {
                text.push('.');
                text.push_str(name);
            }
            Key::Index(index) => {
                let _ = write!(text, "[{index}]");
            }
        }
    }
    text
}

/// The part of the value that holds what `path` leads to, and the last step to it.
fn holder<'v, 'k>(value: &'v mut Value, path: &'k [Key]) -> Option<(&'v mut Value, &'k Key)> {
    let (last, way) = path.split_last()?;
    let mut part = value;
    for key in way {
        part = match key {
            Key::Name(name) => part.get_mut(name.as_str())?,
            Key::Index(index) => part.get_mut(*index)?,
        };
    }
    Some((part, last))
}

fn take_out(value: &mut Value, path: &[Key]) -> bool {
    match holder(value, path) {
        Some((Value::Object(members), Key::Name(name))) => members.remove(name).is_some(),
        Some((Value::Array(items), Key::Index(index))) if *index < items.len() => {
            items.remove(*index);
            true
        }
        _ => false,
    }
}

fn put_stand_in(value: &mut Value, path: &[Key], which: usize) -> bool {
    let stand_in = STAND_INS.get(which).and_then(|json| serde_json::from_str(json).ok());
    match (holder(value, path), stand_in) {
        (Some((Value::Object(members), Key::Name(name))), Some(stand_in)) => {
            members.insert(name.clone(), stand_in);
            true
        }
        _ => false,
    }
}

/// What a decoder's message says, and about which place.
struct Wrong {
    place: Vec<Key>,
    message: String,
    missing: bool,
    unknown: bool,
}

impl Wrong {
    /// serde says what is wrong in one text alone; its forms are stable and few.
    fn of(mut place: Vec<Key>, message: &str) -> Self {
        let last_is = |place: &[Key], name: &str| matches!(place.last(), Some(Key::Name(last)) if last == name);
        if let Some(name) = between(message, "unknown field `") {
            if !last_is(&place, name) {
                place.push(Key::Name(name.to_owned()));
            }
            let known = after_expected(message);
            return Self { place, message: not_known(name, &known), missing: false, unknown: true };
        }
        if let Some(name) = between(message, "missing field `") {
            if !last_is(&place, name) {
                place.push(Key::Name(name.to_owned()));
            }
            return Self { place, message: "is required".to_owned(), missing: true, unknown: false };
        }
        if let Some(name) = between(message, "duplicate field `") {
            if !last_is(&place, name) {
                place.push(Key::Name(name.to_owned()));
            }
            return Self { place, message: "is given more than once".to_owned(), missing: false, unknown: false };
        }
        Self { place, message: plain(message), missing: false, unknown: false }
    }
}

fn between<'a>(message: &'a str, opening: &str) -> Option<&'a str> {
    Some(message.strip_prefix(opening)?.split_once('`')?.0)
}

/// The names in back quotes after the word `expected`.
fn after_expected(message: &str) -> Vec<&str> {
    let listed = message.split_once("expected").map_or("", |(_, listed)| listed);
    listed.split('`').skip(1).step_by(2).collect()
}

/// What to say of a name that nobody knows.
pub(crate) fn not_known(name: &str, known: &[&str]) -> String {
    match (nearest(name, known), known) {
        (Some(near), _) => format!("is not known here; did you mean {near}?"),
        (None, []) => "is not known here".to_owned(),
        (None, known) => format!("is not known here; known are {}", known.join(", ")),
    }
}

/// The known name that was probably meant.
pub(crate) fn nearest<'a>(name: &str, known: &[&'a str]) -> Option<&'a str> {
    let name = name.to_ascii_lowercase();
    known
        .iter()
        .map(|candidate| (strsim::jaro_winkler(&name, &candidate.to_ascii_lowercase()), *candidate))
        .filter(|(likeness, _)| *likeness > 0.85)
        .max_by(|(one, _), (other, _)| one.total_cmp(other))
        .map(|(_, candidate)| candidate)
}

/// A decoder's message in words that do not need Rust to be understood.
fn plain(message: &str) -> String {
    // A place in the text says nothing here: the field is named.
    let message = message.rsplit_once(" at line ").map_or(message, |(text, _)| text);
    if message.starts_with("unknown variant") {
        return format!("must be one of {}", after_expected(message).join(", "));
    }
    let found = message.strip_prefix("invalid type: ").or_else(|| message.strip_prefix("invalid value: "));
    let Some((found, expected)) = found.and_then(|rest| rest.rsplit_once(", expected ")) else {
        return message.to_owned();
    };
    let expected = match expected {
        "u8" | "u16" | "u32" | "u64" | "usize" => "a whole number from 0",
        "i8" | "i16" | "i32" | "i64" => "a whole number",
        "a boolean" => "true or false",
        "a map" | "any valid JSON value" => "an object",
        other if other.starts_with("struct ") => "an object",
        other if other.starts_with("a sequence") => "a list",
        other => other,
    };
    format!("must be {expected}, not {}", found.replace('`', ""))
}

#[cfg(test)]
mod tests {
    use o2s_framework_core::carts::{AddCartItem, UpdateCartAddresses};
    use o2s_framework_core::checkout::CompleteCheckout;
    use o2s_framework_core::customers::CreateAddress;
    use serde_json::json;

    use super::*;

    fn faults<T: DeserializeOwned>(value: Value) -> Vec<String> {
        decode::<T>(value).faults.into_iter().map(|fault| format!("{}: {}", fault.field, fault.message)).collect()
    }

    #[test]
    fn a_good_value_has_no_faults() {
        let decoded = decode::<AddCartItem>(json!({"sku": "A", "quantity": 2, "metadata": {"a": 1.10}}));
        assert!(decoded.faults.is_empty() && decoded.value.is_some());
    }

    #[test]
    fn every_fault_is_told() {
        assert_eq!(
            faults::<AddCartItem>(
                json!({"quantitty": 1, "currency": "EURO", "cartId": 7, "metadata": [], "sku": "a/b"})
            ),
            [
                "cartId: must be a string, not integer 7",
                "currency: must be an ISO 4217 currency code such as EUR",
                "metadata: must be an object",
                "quantitty: is not known here; did you mean quantity?",
                "sku: must not contain control characters or any of / \\ ? # % ;",
                "quantity: is required",
            ]
        );
    }

    #[test]
    fn what_is_missing_does_not_hide_the_rest() {
        assert_eq!(
            faults::<CompleteCheckout>(json!({"email": "jane"})),
            ["email: must be an e-mail address", "paymentProviderId: is required", "returnUrl: is required"]
        );
        assert_eq!(
            faults::<CreateAddress>(json!({"label": 1})),
            ["label: must be a string, not integer 1", "address: is required"]
        );
    }

    #[test]
    fn a_wrong_required_value_is_told_once() {
        assert_eq!(
            faults::<AddCartItem>(json!({"quantity": "2", "sku": "A"})),
            ["quantity: must be a whole number, not string \"2\""]
        );
        assert_eq!(faults::<AddCartItem>(json!({"quantity": 0, "sku": "A"})), ["quantity: must be at least 1"]);
    }

    #[test]
    fn faults_within_have_their_path() {
        let address =
            json!({"shippingAddress": {"country": 1, "streetName": "A", "city": "B", "postalCode": "1", "zip": "1"}});
        assert_eq!(
            faults::<UpdateCartAddresses>(address),
            [
                "shippingAddress.country: must be a string, not integer 1",
                "shippingAddress.zip: is not known here; known are firstName, lastName, companyName, taxId, country, district, region, streetName, streetNumber, apartment, city, postalCode, email, phone",
            ]
        );
    }

    #[test]
    fn the_whole_may_be_wrong() {
        assert_eq!(faults::<AddCartItem>(json!([1])), [": must be an object"]);
        assert_eq!(faults::<AddCartItem>(json!("x")), [": must be an object"]);
    }
}
