//! Endpoints as values: what a call sends and what it answers, without any IO.

use std::fmt::Write as _;

use bytes::Bytes;
use http::Method;
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use serde::Serialize;

use crate::answer::Answer;

/// Whether a request may be sent again when it is not known if the first one arrived.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Repeat {
    /// A second time leaves the backend as the first did: reads, and writes of absolute values.
    Harmless,
    /// A second time does more: another cart, another row, twice the quantity.
    Harmful,
}

/// One endpoint of a backend with everything a call to it needs.
///
/// The values of this type are plain structs, such as
/// [`v2::store::carts::GetCart`](crate::v2::store::carts::GetCart). An endpoint that this crate does
/// not know (a plug-in's route) is a struct of your own that implements `Endpoint` and the marker
/// of the API it belongs to, such as [`AdminEndpoint`](crate::v2::admin::AdminEndpoint).
pub trait Endpoint: Send + Sync {
    /// The HTTP method.
    const METHOD: Method;
    /// The path with a `{name}` for each variable segment: `/store/carts/{id}`. This is what spans,
    /// metrics and errors show, never the filled path.
    const ROUTE: &'static str;
    /// Whether repeating the request is harmless; decides what may be retried.
    const REPEAT: Repeat;
    /// A successful answer; commonly the type of its JSON.
    type Response: Answer;

    /// The values of the variable segments, in the order of the route. They are checked (1 to 128
    /// bytes, no control characters, not `.` or `..`) and percent-encoded by the client.
    fn path_values(&self) -> Vec<&str> {
        Vec::new()
    }

    /// Adds the query parameters.
    fn query(&self, query: &mut Query) {
        let _ = query;
    }

    /// The JSON body; `None` sends none. See [`json_body`].
    fn body(&self) -> Result<Option<Bytes>, serde_json::Error> {
        Ok(None)
    }
}

/// The body of an endpoint that sends JSON.
pub fn json_body<T: Serialize>(body: &T) -> Result<Option<Bytes>, serde_json::Error> {
    serde_json::to_vec(body).map(|bytes| Some(Bytes::from(bytes)))
}

/// A query string in the making. Names and values are percent-encoded.
#[derive(Debug, Default)]
pub struct Query {
    text: String,
}

/// Everything but RFC 3986's unreserved characters.
pub(crate) const SEGMENT: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~');

/// As [`SEGMENT`], but the commas and stars of `fields` stay: with 100 fields they matter.
const QUERY: &AsciiSet = &SEGMENT.remove(b',').remove(b'*');

impl Query {
    /// Adds one parameter.
    pub fn set(&mut self, name: &str, value: &str) {
        if !self.text.is_empty() {
            self.text.push('&');
        }
        self.text.extend(utf8_percent_encode(name, QUERY));
        self.text.push('=');
        self.text.extend(utf8_percent_encode(value, QUERY));
    }

    /// Adds a parameter when there is a value for it.
    pub fn set_some(&mut self, name: &str, value: Option<&str>) {
        if let Some(value) = value {
            self.set(name, value);
        }
    }

    /// Adds a number when there is one.
    pub fn set_number(&mut self, name: &str, value: Option<u32>) {
        if let Some(value) = value {
            self.set(name, &value.to_string());
        }
    }

    /// Adds a truth value when there is one.
    pub fn set_bool(&mut self, name: &str, value: Option<bool>) {
        if let Some(value) = value {
            self.set(name, if value { "true" } else { "false" });
        }
    }

    /// Adds each value as `name[]=value`; an empty list adds nothing, which is "no filter".
    // Medusa: `id[]=a&id[]=b` is a list of two; `id=a,b` would be one unknown id.
    pub fn set_list<S: AsRef<str>>(&mut self, name: &str, values: &[S]) {
        let name = format!("{name}[]");
        for value in values {
            self.set(&name, value.as_ref());
        }
    }

    /// The query string without the question mark; empty when nothing was added.
    pub fn as_str(&self) -> &str {
        &self.text
    }
}

/// Longest path segment accepted, in bytes. Medusa's own ids have about 32.
const MAX_SEGMENT_BYTES: usize = 128;

/// Path and query of a call, or what is wrong with its values.
pub(crate) fn target<E: Endpoint>(endpoint: &E) -> Result<String, String> {
    let mut query = Query::default();
    endpoint.query(&mut query);
    let mut target = fill(E::ROUTE, &endpoint.path_values())?;
    if !query.text.is_empty() {
        let _ = write!(target, "?{}", query.text);
    }
    Ok(target)
}

/// Puts the values into a route template.
fn fill(route: &str, values: &[&str]) -> Result<String, String> {
    let mut values = values.iter();
    let mut path = String::with_capacity(route.len() + 64);
    for segment in route.split('/').skip(1) {
        path.push('/');
        let Some(name) = segment.strip_prefix('{').and_then(|rest| rest.strip_suffix('}')) else {
            path.push_str(segment);
            continue;
        };
        let value = values.next().ok_or_else(|| format!("the route's {{{name}}} has no value"))?;
        check_segment(name, value)?;
        path.extend(utf8_percent_encode(value, SEGMENT));
    }
    if values.next().is_some() {
        return Err("there are more path values than the route has places".to_owned());
    }
    Ok(path)
}

fn check_segment(name: &str, value: &str) -> Result<(), String> {
    let reason = if value.is_empty() {
        "is empty"
    } else if value == "." || value == ".." {
        // URL parsers resolve these, encoded or not: the request would go somewhere else.
        "is a dot segment"
    } else if value.len() > MAX_SEGMENT_BYTES {
        "is longer than 128 bytes"
    } else if value.chars().any(char::is_control) {
        "holds a control character"
    } else {
        return Ok(());
    };
    Err(format!("the path value {{{name}}} {reason}"))
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test whose path is refused should stop there")]
mod tests {
    use percent_encoding::percent_decode_str;
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn routes_are_filled_in_order() {
        assert_eq!(fill("/store/regions", &[]).unwrap(), "/store/regions");
        assert_eq!(
            fill("/store/carts/{id}/line-items/{line_id}", &["cart_1", "cali 2/3"]).unwrap(),
            "/store/carts/cart_1/line-items/cali%202%2F3"
        );
    }

    #[test]
    fn values_that_could_change_the_path_are_refused() {
        for value in ["", ".", "..", "a\nb", "a\0", "\u{85}", &"x".repeat(129)] {
            let error = fill("/store/carts/{id}", &[value]).unwrap_err();
            assert!(error.starts_with("the path value {id} "), "{error}");
        }
        assert!(fill("/store/carts/{id}", &[]).is_err());
        assert!(fill("/store/carts", &["x"]).is_err());
    }

    #[test]
    fn queries_are_encoded() {
        let mut query = Query::default();
        query.set("fields", "+metadata,*items");
        query.set_some("region_id", None);
        query.set_number("limit", Some(0));
        query.set_bool("is_return", Some(true));
        query.set_list("id", &["a&b", "c=d"]);
        query.set_list::<&str>("type_id", &[]);
        assert_eq!(query.as_str(), "fields=%2Bmetadata,*items&limit=0&is_return=true&id%5B%5D=a%26b&id%5B%5D=c%3Dd");
    }

    proptest! {
        /// Whatever the value, the path keeps its shape and the value comes out again.
        #[test]
        fn a_value_stays_in_its_segment(value in "\\PC{1,40}") {
            prop_assume!(value != "." && value != ".." && value.len() <= MAX_SEGMENT_BYTES);
            let path = fill("/store/carts/{id}/complete", &[&value]).unwrap();
            let url = url::Url::parse(&format!("http://shop.test{path}?q=1")).unwrap();
            let segments: Vec<&str> = url.path_segments().unwrap().collect();
            prop_assert_eq!(segments.len(), 4, "{}", url);
            prop_assert_eq!(segments[3], "complete");
            let decoded = percent_decode_str(segments[2]).decode_utf8().unwrap();
            prop_assert_eq!(decoded.as_ref(), value.as_str());
            prop_assert_eq!(url.query(), Some("q=1"));
        }

        #[test]
        fn a_query_value_comes_out_again(value in "\\PC{0,40}") {
            let mut query = Query::default();
            query.set("q", &value);
            query.set("limit", "1");
            let url = url::Url::parse(&format!("http://shop.test/store?{}", query.as_str())).unwrap();
            let pairs: Vec<(String, String)> = url.query_pairs().into_owned().collect();
            prop_assert_eq!(pairs, [("q".to_owned(), value), ("limit".to_owned(), "1".to_owned())]);
        }
    }
}
