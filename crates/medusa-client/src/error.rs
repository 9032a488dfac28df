//! What can go wrong, in one type.

use std::fmt;
use std::time::Duration;

use http::{Method, StatusCode};

/// The result of a call.
pub type Result<T, E = Error> = std::result::Result<T, E>;

/// A call that did not end in a readable, successful answer.
///
/// `Display` is one line for logs: method, route template and what happened. Long words with digits
/// (ids, keys, tokens) and e-mail addresses in it are masked; query values never appear. The
/// unmasked words of the backend are in [`Error::api_message`].
pub struct Error {
    inner: Box<Inner>,
}

struct Inner {
    kind: ErrorKind,
    method: Method,
    route: &'static str,
    attempts: u32,
    may_have_acted: bool,
    retry_after: Option<Duration>,
    source: Option<BoxedSource>,
}

pub(crate) type BoxedSource = Box<dyn std::error::Error + Send + Sync>;

/// What went wrong.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ErrorKind {
    /// The request could not be made from what was given; nothing was sent.
    InvalidRequest {
        /// What is wrong with it.
        reason: String,
    },
    /// No connection to the backend; nothing was sent.
    Connect,
    /// No complete answer within the time that was left.
    Timeout,
    /// The connection broke, or the answer ended early, after sending had begun.
    Interrupted,
    /// The backend answered with an error of its own.
    Api {
        /// The HTTP status.
        status: StatusCode,
        /// Medusa's `type`, such as `not_found`, `invalid_data`, `not_allowed`. Some answers
        /// (401 `{"message": "Unauthorized"}`, or that word alone) have none.
        error_type: Option<String>,
        /// Medusa's `code`, such as `insufficient_inventory`; rarely there.
        code: Option<String>,
        /// Medusa's `message`, as it was sent; several are joined with `; `.
        message: String,
    },
    /// Something else than Medusa's JSON or its words for a status: a proxy's HTML page, another text, a redirect.
    UnexpectedAnswer {
        /// The HTTP status.
        status: StatusCode,
        /// The first 200 characters, on one line and masked.
        excerpt: String,
    },
    /// A successful answer whose JSON is not what the endpoint promises.
    Decode {
        /// The HTTP status.
        status: StatusCode,
        /// Where in the answer, such as `cart.items[0].total`.
        path: String,
        /// What was found instead of what was expected, on one line and masked.
        reason: String,
    },
    /// The answer is larger than the transport accepts.
    TooLarge {
        /// The limit in bytes.
        limit: usize,
    },
}

/// What to do about a failed request: part of every [`Error`], filled in by the client.
pub(crate) struct Circumstances {
    pub(crate) method: Method,
    pub(crate) route: &'static str,
    pub(crate) attempts: u32,
    pub(crate) may_have_acted: bool,
    pub(crate) retry_after: Option<Duration>,
}

impl Error {
    pub(crate) fn new(kind: ErrorKind, circumstances: Circumstances, source: Option<BoxedSource>) -> Self {
        let Circumstances { method, route, attempts, may_have_acted, retry_after } = circumstances;
        Self { inner: Box::new(Inner { kind, method, route, attempts, may_have_acted, retry_after, source }) }
    }

    /// A request refused before anything was sent.
    pub(crate) fn invalid_request(method: Method, route: &'static str, reason: impl Into<String>) -> Self {
        Self::new(
            ErrorKind::InvalidRequest { reason: reason.into() },
            Circumstances { method, route, attempts: 0, may_have_acted: false, retry_after: None },
            None,
        )
    }

    /// What went wrong.
    pub fn kind(&self) -> &ErrorKind {
        &self.inner.kind
    }

    /// The method of the request.
    pub fn method(&self) -> &Method {
        &self.inner.method
    }

    /// The route template of the request, such as `/store/carts/{id}`.
    pub fn route(&self) -> &'static str {
        self.inner.route
    }

    /// How often the request was given to the transport; 0 when it was refused before.
    pub fn attempts(&self) -> u32 {
        self.inner.attempts
    }

    /// Whether the backend may have carried the request out, in this attempt or an earlier one.
    /// Always `false` for reads. When `true`, look before repeating the request.
    pub fn may_have_acted(&self) -> bool {
        self.inner.may_have_acted
    }

    /// Whether the same request may well succeed a little later: no connection, no answer in time,
    /// 429, 502, 503, 504. The retries that the client itself may make are used up by then.
    pub fn is_transient(&self) -> bool {
        match &self.inner.kind {
            ErrorKind::Connect | ErrorKind::Timeout | ErrorKind::Interrupted => true,
            ErrorKind::Api { status, .. } | ErrorKind::UnexpectedAnswer { status, .. } => is_transient_status(*status),
            ErrorKind::InvalidRequest { .. } | ErrorKind::Decode { .. } | ErrorKind::TooLarge { .. } => false,
        }
    }

    /// How long the backend asked to wait (`Retry-After`), when it did.
    pub fn retry_after(&self) -> Option<Duration> {
        self.inner.retry_after
    }

    /// The HTTP status, when there was an answer.
    pub fn status(&self) -> Option<StatusCode> {
        match &self.inner.kind {
            ErrorKind::Api { status, .. }
            | ErrorKind::UnexpectedAnswer { status, .. }
            | ErrorKind::Decode { status, .. } => Some(*status),
            ErrorKind::InvalidRequest { .. }
            | ErrorKind::Connect
            | ErrorKind::Timeout
            | ErrorKind::Interrupted
            | ErrorKind::TooLarge { .. } => None,
        }
    }

    /// Medusa's `type`, such as `not_found`.
    pub fn api_type(&self) -> Option<&str> {
        match &self.inner.kind {
            ErrorKind::Api { error_type, .. } => error_type.as_deref(),
            _ => None,
        }
    }

    /// Medusa's `code`, such as `insufficient_inventory`.
    pub fn api_code(&self) -> Option<&str> {
        match &self.inner.kind {
            ErrorKind::Api { code, .. } => code.as_deref(),
            _ => None,
        }
    }

    /// Medusa's `message`, unmasked: it may hold ids and e-mail addresses.
    pub fn api_message(&self) -> Option<&str> {
        match &self.inner.kind {
            ErrorKind::Api { message, .. } => Some(message),
            _ => None,
        }
    }
}

/// Statuses with which a server or a proxy says "not now".
pub(crate) fn is_transient_status(status: StatusCode) -> bool {
    matches!(
        status,
        StatusCode::TOO_MANY_REQUESTS
            | StatusCode::BAD_GATEWAY
            | StatusCode::SERVICE_UNAVAILABLE
            | StatusCode::GATEWAY_TIMEOUT
    )
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Inner { kind, method, route, attempts, .. } = &*self.inner;
        write!(f, "{method} {route}: ")?;
        match kind {
            ErrorKind::InvalidRequest { reason } => write!(f, "not sent: {}", one_line(reason))?,
            ErrorKind::Connect => f.write_str("cannot connect to the backend")?,
            ErrorKind::Timeout => f.write_str("no complete answer in time")?,
            ErrorKind::Interrupted => f.write_str("the connection broke before the answer was complete")?,
            ErrorKind::Api { status, error_type, code, message } => {
                write!(f, "the backend answered {}", status.as_u16())?;
                if let Some(error_type) = error_type {
                    write!(f, " {}", one_line(error_type))?;
                }
                if let Some(code) = code {
                    write!(f, " ({})", one_line(code))?;
                }
                write!(f, ": {}", one_line(message))?;
            }
            ErrorKind::UnexpectedAnswer { status, excerpt } => {
                write!(f, "the answer {} is not Medusa's: {excerpt}", status.as_u16())?;
            }
            ErrorKind::Decode { status, path, reason } => {
                write!(f, "the answer {} cannot be read at {path}: {reason}", status.as_u16())?;
            }
            ErrorKind::TooLarge { limit } => write!(f, "the answer is larger than {limit} bytes")?,
        }
        if *attempts > 1 {
            write!(f, " (after {attempts} attempts)")?;
        }
        Ok(())
    }
}

impl fmt::Debug for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Error")
            .field("summary", &format_args!("{self}"))
            .field("may_have_acted", &self.inner.may_have_acted)
            .field("source", &self.inner.source)
            .finish()
    }
}

impl std::error::Error for Error {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        self.inner.source.as_deref().map(|source| source as &(dyn std::error::Error + 'static))
    }
}

/// The longest text of a backend that is shown in a log line.
const EXCERPT_CHARS: usize = 200;

/// The start of a backend's text, fit for a log: one line, without control characters, and with
/// every word masked that could be an id, a key, a token or an e-mail address.
pub(crate) fn one_line(text: &str) -> String {
    let mut line = String::new();
    let mut word = String::new();
    // Twice the length is read, since masking makes the text shorter.
    for character in text.chars().take(EXCERPT_CHARS * 2) {
        if character.is_whitespace() || character.is_control() || "'\"`,;:()<>[]{}".contains(character) {
            push_word(&mut line, &mut word);
            if !character.is_whitespace() && !character.is_control() {
                line.push(character);
            } else if !line.ends_with(' ') {
                line.push(' ');
            }
        } else {
            word.push(character);
        }
    }
    push_word(&mut line, &mut word);
    if let Some((end, _)) = line.char_indices().nth(EXCERPT_CHARS) {
        line.truncate(end);
    }
    line.truncate(line.trim_end().len());
    line
}

fn push_word(line: &mut String, word: &mut String) {
    let is_long_with_digits = word.len() >= 16 && word.bytes().any(|byte| byte.is_ascii_digit());
    if is_long_with_digits || word.contains('@') {
        line.push('…');
    } else {
        line.push_str(word);
    }
    word.clear();
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_log_line_masks_what_identifies_somebody() {
        for (text, expected) in [
            ("Cart with id: cart_01M81FEAHH16YEGKGQBC3Y66NE was not found", "Cart with id: … was not found"),
            ("Customer jane@example.com\n already has an account", "Customer … already has an account"),
            ("eyJhbGciOiJIUzI1NiJ9.eyJhY3Rvcl9pZCI6ImN1c18wMU04In0.c2ln", "…"),
            ("Order field x is not valid", "Order field x is not valid"),
            ("<html>\n<title>502</title>", "<html> <title>502</title>"),
            ("", ""),
        ] {
            assert_eq!(one_line(text), expected);
        }
        assert!(one_line(&"word ".repeat(1000)).chars().count() <= EXCERPT_CHARS);
    }

    #[test]
    fn display_and_debug_hold_no_backend_ids() {
        let error = Error::new(
            ErrorKind::Api {
                status: StatusCode::NOT_FOUND,
                error_type: Some("not_found".to_owned()),
                code: None,
                message: "Cart with id: cart_01M81FEAHH16YEGKGQBC3Y66NE was not found".to_owned(),
            },
            Circumstances {
                method: Method::GET,
                route: "/store/carts/{id}",
                attempts: 2,
                may_have_acted: false,
                retry_after: None,
            },
            None,
        );
        assert_eq!(
            error.to_string(),
            "GET /store/carts/{id}: the backend answered 404 not_found: \
             Cart with id: … was not found (after 2 attempts)"
        );
        assert!(!format!("{error:?}").contains("01M81FEA"));
        assert_eq!(error.api_type(), Some("not_found"));
        assert!(error.api_message().is_some_and(|message| message.contains("01M81FEA")));
    }
}
