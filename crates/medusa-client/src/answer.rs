//! What an answer says: what the endpoint promises, or why not.

use http::HeaderMap;
use http::header::CONTENT_TYPE;
use serde::de::DeserializeOwned;
use serde_json::{Map, Value};

use crate::error::{ErrorKind, one_line};
use crate::transport::HttpResponse;

/// What an endpoint answers: any type that can be read from JSON, and the few that are read from plain text or from a
/// header.
pub trait Answer: Sized + Send {
    /// Reads a successful answer. The error is what the call ends with: [`ErrorKind::Decode`] or
    /// [`ErrorKind::UnexpectedAnswer`].
    fn read(response: &HttpResponse) -> Result<Self, ErrorKind>;
}

impl<T: DeserializeOwned + Send> Answer for T {
    fn read(response: &HttpResponse) -> Result<Self, ErrorKind> {
        let error = match serde_json::from_slice(&response.body) {
            Ok(value) => return Ok(value),
            Err(error) => error,
        };
        if !is_json(&response.headers) {
            return Err(unexpected(response));
        }
        let mut deserializer = serde_json::Deserializer::from_slice(&response.body);
        // Finding the path costs time, so it is looked for only once the answer is known to be bad.
        let path = serde_path_to_error::deserialize::<_, T>(&mut deserializer)
            .err()
            .map_or_else(|| "its end".to_owned(), |error| error.path().to_string());
        Err(ErrorKind::Decode { status: response.status, path, reason: one_line(&error.to_string()) })
    }
}

/// What an unsuccessful answer says.
pub(crate) fn refusal(response: &HttpResponse) -> ErrorKind {
    let Ok(mut answer) = serde_json::from_slice::<Map<String, Value>>(&response.body) else {
        return words_of_the_status(response).unwrap_or_else(|| unexpected(response));
    };
    if !answer.contains_key("type")
        && let Some(Value::Array(errors)) = answer.remove("errors")
        && let Some(first) = first_of(errors)
    {
        answer = first;
    }
    let mut text = |name: &str| match answer.remove(name) {
        Some(Value::String(text)) => Some(text),
        _ => None,
    };
    let (error_type, code, message) = (text("type"), text("code"), text("message"));
    if error_type.is_none() && message.is_none() {
        return unexpected(response);
    }
    ErrorKind::Api { status: response.status, error_type, code, message: message.unwrap_or_default() }
}

/// The first of several errors, with the messages of all.
// Medusa 1: stock that is gone when a cart is completed is `{"errors": [{"type", "code", "message"}]}`, one for each
// line. What the publishable key does not cover is `{"errors": ["…"], "message": "… contains errors …"}`.
fn first_of(errors: Vec<Value>) -> Option<Map<String, Value>> {
    let mut first: Option<Map<String, Value>> = None;
    let mut messages = Vec::new();
    for error in errors {
        let error = match error {
            Value::Object(error) => error,
            Value::String(message) => Map::from_iter([("message".to_owned(), Value::String(message))]),
            _ => continue,
        };
        if let Some(Value::String(message)) = error.get("message") {
            messages.push(message.clone());
        }
        first.get_or_insert(error);
    }
    let mut first = first?;
    first.insert("message".to_owned(), Value::String(messages.join("; ")));
    Some(first)
}

/// A refusal in Express's own words for its status, such as the text `Unauthorized` with 401.
// Medusa 1: every 401 of a route for customers, and the 404 of an order that is looked up.
fn words_of_the_status(response: &HttpResponse) -> Option<ErrorKind> {
    let status = response.status;
    let words = status.canonical_reason().filter(|_| status.is_client_error())?;
    (response.body == words).then(|| ErrorKind::Api { status, error_type: None, code: None, message: words.to_owned() })
}

/// An answer that is not Medusa's: a proxy's page, Express's own HTML 404, another text.
pub(crate) fn unexpected(response: &HttpResponse) -> ErrorKind {
    ErrorKind::UnexpectedAnswer { status: response.status, excerpt: one_line(&String::from_utf8_lossy(&response.body)) }
}

fn is_json(headers: &HeaderMap) -> bool {
    headers
        .get(CONTENT_TYPE)
        .and_then(|value| value.to_str().ok())
        .is_some_and(|value| value.trim_start().starts_with("application/json"))
}
