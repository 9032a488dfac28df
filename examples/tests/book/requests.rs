//! The requests of the README and the book: sent to the shop in memory, in order, and answered as the page shows.
//!
//! A block of the language `console` is a transcript. `$ NAME=…` stands for what the reader copies out of the answer
//! before: here it is taken from there. What the page shows of an answer must be in the answer, in this order; `…`
//! stands for what was left out.

use std::collections::BTreeMap;
use std::time::Duration;

use axum::Router;
use axum::body::Body;
use axum::http::{Request, StatusCode};
use http_body_util::BodyExt as _;
use o2s_api_harmonizer::{Settings, router};
use o2s_mock_integration::{Mock, MockConfig};
use serde_json::Value;
use tower::ServiceExt as _;

use super::pages::{Block, page};

/// Where the transcripts send their requests.
const HOST: &str = "localhost:3001";

struct Reader {
    shop: Mock,
    api: Router,
    variables: BTreeMap<String, String>,
    last: Value,
}

impl Reader {
    fn new() -> Self {
        let shop = Mock::new(&MockConfig::default());
        let api = router(shop.modules(), &Settings::default());
        Self { shop, api, variables: BTreeMap::new(), last: Value::Null }
    }

    /// Reads a transcript and does as it says.
    async fn follow(&mut self, block: &Block) {
        let text = block.text.replace("\\\n", " ");
        for step in text.split("$ ").skip(1) {
            let (command, shown) = step.split_once('\n').unwrap_or((step, ""));
            let place = format!("{}: {command}", block.place);
            if let Some(rest) = command.strip_prefix("curl ") {
                let (status, body) = self.send(rest, &place).await;
                assert!(status.is_success(), "{place}: {status} {body}");
                self.last = serde_json::from_str(&body).unwrap_or(Value::Null);
                let mut rest = body.as_str();
                for part in shown.split(['…', '\n']).map(str::trim).filter(|part| !part.is_empty()) {
                    let part = self.filled(part);
                    let Some((_, after)) = rest.split_once(&part) else {
                        panic!("{place}: {part:?} does not come next in the answer {body}");
                    };
                    rest = after;
                }
            } else if let Some((name, _)) = command.split_once('=') {
                let value = self.copied(name).unwrap_or_else(|| panic!("{place}: nothing to copy in {}", self.last));
                self.variables.insert(name.to_owned(), value);
            } else {
                panic!("{place}: only curl and variables can be followed");
            }
        }
    }

    /// What a reader copies for this variable.
    fn copied(&self, name: &str) -> Option<String> {
        let pointer = match name {
            "TOKEN" => {
                let token = self.shop.mint_token("jane", Duration::from_secs(60)).ok()?;
                return Some(token.expose().to_owned());
            }
            "CLAIM" => {
                let token =
                    self.shop.mint_claim_token(&"order_guest-001".parse().ok()?, "jane", Duration::from_secs(60));
                return Some(token.ok()?.expose().to_owned());
            }
            "CART" | "FOUND" => "/id",
            "ORDER" => "/order/id",
            _ => return None,
        };
        self.last.pointer(pointer)?.as_str().map(str::to_owned)
    }

    fn filled(&self, text: &str) -> String {
        self.variables.iter().fold(text.to_owned(), |text, (name, value)| text.replace(&format!("${name}"), value))
    }

    /// Sends what curl would send.
    async fn send(&self, arguments: &str, place: &str) -> (StatusCode, String) {
        let mut request = Request::builder();
        let (mut method, mut url, mut body) = (None, None, None);
        let mut words = shell_words(&self.filled(arguments)).into_iter();
        while let Some(word) = words.next() {
            let mut value = || words.next().unwrap_or_else(|| panic!("{place}: {word} has no value"));
            match word.as_str() {
                "-X" => method = Some(value()),
                "-d" => body = Some(value()),
                "-H" => {
                    let header = value();
                    let (name, value) =
                        header.split_once(": ").unwrap_or_else(|| panic!("{place}: no header {header}"));
                    request = request.header(name, value);
                }
                _ => url = Some(word),
            }
        }
        let url = url.unwrap_or_else(|| panic!("{place}: no address"));
        let path =
            url.trim_start_matches("http://").strip_prefix(HOST).unwrap_or_else(|| panic!("{place}: not {HOST}"));
        let method = method.unwrap_or_else(|| if body.is_some() { "POST".to_owned() } else { "GET".to_owned() });
        let request = request.method(method.as_str()).uri(path).body(Body::from(body.unwrap_or_default()));
        let answer = self.api.clone().oneshot(request.expect("a request")).await.expect("an answer");
        let status = answer.status();
        let body = answer.into_body().collect().await.expect("a body").to_bytes();
        (status, String::from_utf8(body.to_vec()).expect("text"))
    }
}

/// Words as a shell takes them: quotes of both kinds, no more.
fn shell_words(text: &str) -> Vec<String> {
    let (mut words, mut word, mut quote) = (Vec::new(), None::<String>, None);
    for c in text.chars() {
        match (quote, c) {
            (Some(open), _) if c == open => quote = None,
            (None, '\'' | '"') => {
                quote = Some(c);
                word.get_or_insert_default();
            }
            (None, _) if c.is_whitespace() => words.extend(word.take()),
            (_, _) => word.get_or_insert_default().push(c),
        }
    }
    words.extend(word);
    words
}

#[tokio::test]
async fn every_transcript_can_be_followed() {
    for name in ["README.md", "docs/guide/getting-started.md", "docs/guide/front-ends.md"] {
        let blocks = page(name).blocks("console");
        assert!(!blocks.is_empty(), "{name} lost its transcript");
        let mut reader = Reader::new();
        for block in &blocks {
            reader.follow(block).await;
        }
    }
}
