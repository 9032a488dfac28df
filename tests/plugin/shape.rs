//! What two answers have in common when they tell of different shops.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use libtest_mimic::{Failed, Trial};
use serde_json::{Value, json};

/// What a value is. Texts with a form of their own are kinds of their own.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Kind {
    Bool,
    Number,
    List,
    Object,
    /// `2026-01-01T00:00:00.000Z`
    Date,
    /// An id without a prefix.
    Ulid,
    /// An id with a prefix, which is here.
    Id(String),
    Text,
}

impl fmt::Display for Kind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Id(prefix) => write!(f, "{prefix}_…"),
            other => write!(f, "{other:?}"),
        }
    }
}

fn is_ulid(text: &str) -> bool {
    text.len() == 26 && text.bytes().all(|byte| byte.is_ascii_digit() || byte.is_ascii_uppercase())
}

fn is_date(text: &str) -> bool {
    let form = "0000-00-00T00:00:00.000Z";
    text.len() == form.len()
        && text.chars().zip(form.chars()).all(|(c, form)| if form == '0' { c.is_ascii_digit() } else { c == form })
}

/// `None` for null.
fn kind(value: &Value) -> Option<Kind> {
    Some(match value {
        Value::Null => return None,
        Value::Bool(_) => Kind::Bool,
        Value::Number(_) => Kind::Number,
        Value::Array(_) => Kind::List,
        Value::Object(_) => Kind::Object,
        Value::String(text) if is_date(text) => Kind::Date,
        Value::String(text) if is_ulid(text) => Kind::Ulid,
        Value::String(text) => match text.rsplit_once('_') {
            Some((prefix, rest)) if is_ulid(rest) => Kind::Id(prefix.to_owned()),
            _ => Kind::Text,
        },
    })
}

/// How the shape of `ours` differs from the recorded one; empty when it does not.
///
/// The rows of a list are taken together: a key that some rows have is a key of the list. Null fits everything, since
/// which rows have gaps is the seed's business; a key that is not there is not null.
pub(crate) fn differences(recorded: &Value, ours: &Value) -> Vec<String> {
    let mut found = Vec::new();
    compare("", &[recorded], &[ours], &mut found);
    found
}

fn compare(path: &str, recorded: &[&Value], ours: &[&Value], found: &mut Vec<String>) {
    let kinds = |values: &[&Value]| values.iter().filter_map(|value| kind(value)).collect::<BTreeSet<_>>();
    let (recorded_kinds, our_kinds) = (kinds(recorded), kinds(ours));
    if recorded_kinds.is_empty() || our_kinds.is_empty() {
        return;
    }
    if recorded_kinds != our_kinds && !recorded_kinds.contains(&Kind::Text) {
        let shown = |kinds: BTreeSet<Kind>| kinds.iter().map(Kind::to_string).collect::<Vec<_>>().join(" or ");
        found.push(format!("{path}: {} recorded, {} here", shown(recorded_kinds), shown(our_kinds)));
        return;
    }
    if recorded_kinds.contains(&Kind::Object) && !path.ends_with(".metadata") {
        let (recorded, ours) = (fields(recorded), fields(ours));
        found.extend(
            recorded.keys().filter(|key| !ours.contains_key(*key)).map(|key| format!("{path}.{key} is missing")),
        );
        found.extend(ours.keys().filter(|key| !recorded.contains_key(*key)).map(|key| format!("{path}.{key} is new")));
        for (key, recorded) in &recorded {
            let Some(ours) = ours.get(key) else { continue };
            // An asset of two customers is in every whole list of ours, and was made after the recorded ones.
            let several = *key == "customer" && path.contains("[]");
            let ours = if several { ours.iter().flat_map(|value| rows_or_self(value)).collect() } else { ours.clone() };
            compare(&format!("{path}.{key}"), recorded, &ours, found);
        }
    }
    if recorded_kinds.contains(&Kind::List) {
        let (recorded, ours) = (rows(recorded), rows(ours));
        if recorded.is_empty() != ours.is_empty() {
            found.push(format!("{path}: {} rows recorded, {} here", recorded.len(), ours.len()));
        }
        compare(&format!("{path}[]"), &recorded, &ours, found);
    }
}

fn fields<'a>(values: &[&'a Value]) -> BTreeMap<&'a str, Vec<&'a Value>> {
    let mut fields = BTreeMap::<_, Vec<_>>::new();
    for (key, value) in values.iter().filter_map(|value| value.as_object()).flatten() {
        fields.entry(key.as_str()).or_default().push(value);
    }
    fields
}

fn rows<'a>(values: &[&'a Value]) -> Vec<&'a Value> {
    values.iter().filter_map(|value| value.as_array()).flatten().collect()
}

fn rows_or_self(value: &Value) -> Vec<&Value> {
    value.as_array().map_or_else(|| vec![value], |rows| rows.iter().collect())
}

/// What this comparison sees and what it does not; they need no server.
pub(crate) fn trials() -> Vec<Trial> {
    let id = "01M81GEXT0E2EGXERNDARK0AXF";
    let cases = [
        ("other values of the same kinds fit", json!({"a": 1, "b": "x"}), json!({"a": 2, "b": "y"}), None),
        ("a missing key is told", json!({"a": 1}), json!({}), Some(".a is missing")),
        ("a new key is told", json!({}), json!({"a": null}), Some(".a is new")),
        (
            "another kind is told",
            json!({"a": {"b": 1}}),
            json!({"a": {"b": "1"}}),
            Some(".a.b: Number recorded, Text here"),
        ),
        ("null fits", json!({"a": null}), json!({"a": {"b": 1}}), None),
        ("rows are taken together", json!([{"a": 1}, {"b": 1}]), json!([{"a": 1, "b": 1}]), None),
        ("a key that no row has is told", json!([{"a": 1}, {"b": 1}]), json!([{"a": 1}]), Some("[].b is missing")),
        ("an empty list is told", json!({"a": [1]}), json!({"a": []}), Some(".a: 1 rows recorded, 0 here")),
        (
            "a date is no mere text",
            json!(["2026-01-01T00:00:00.000Z"]),
            json!(["soon"]),
            Some("[]: Date recorded, Text here"),
        ),
        (
            "an id without prefix has none",
            json!([id]),
            json!([format!("asset_{id}")]),
            Some("[]: Ulid recorded, asset_… here"),
        ),
    ];
    let trial = |(name, recorded, ours, told): (&str, Value, Value, Option<&str>)| {
        let name = format!("shape::{}", name.replace(' ', "_"));
        let told: Vec<_> = told.into_iter().map(str::to_owned).collect();
        Trial::test(name, move || {
            let found = differences(&recorded, &ours);
            if found == told { Ok(()) } else { Err(Failed::from(format!("{found:?} was told"))) }
        })
    };
    cases.into_iter().map(trial).collect()
}
