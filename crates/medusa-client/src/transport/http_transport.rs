//! The real transport, over reqwest and rustls.

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use async_trait::async_trait;
use bytes::{Bytes, BytesMut};
use rustls::ClientConfig;
use rustls::RootCertStore;
use rustls::crypto::ring;
use rustls_platform_verifier::BuilderVerifierExt;
use url::Url;

use super::{HttpRequest, HttpResponse, SetupError, Transport, TransportError, TransportErrorKind};

/// Settings of an [`HttpTransport`]. The defaults fit a Medusa server as it comes.
#[derive(Debug, Clone)]
pub struct HttpConfig {
    /// Longest time for name look-up, TCP and TLS handshake together.
    pub connect_timeout: Duration,
    /// How long an unused connection is kept. Node closes idle connections after 5 s; a client that
    /// keeps them longer writes into closed ones.
    pub pool_idle_timeout: Duration,
    /// How many unused connections are kept.
    pub pool_max_idle: usize,
    /// Largest answer that is read, in bytes.
    pub max_response_bytes: usize,
    /// The `user-agent` header.
    pub user_agent: String,
}

impl Default for HttpConfig {
    fn default() -> Self {
        Self {
            connect_timeout: Duration::from_secs(2),
            pool_idle_timeout: Duration::from_secs(4),
            pool_max_idle: 64,
            max_response_bytes: 8 * 1024 * 1024,
            user_agent: concat!("o2s-medusa-client/", env!("CARGO_PKG_VERSION")).to_owned(),
        }
    }
}

/// How often a busy HTTP/2 connection is asked whether it is alive, and how long it may take to say.
const HTTP2_PING: Duration = Duration::from_secs(5);

/// HTTP/1.1 or, where TLS negotiates it, HTTP/2, to one backend over one connection pool.
///
/// Certificates are checked against the system's store (on Linux also `SSL_CERT_FILE`), so private
/// authorities that the system trusts are trusted here. Redirects are never followed: a Medusa
/// server sends none on these APIs, and following one could carry credentials elsewhere. Proxy
/// variables of the environment are not read. Nothing is retried here beyond what HTTP itself
/// allows: a request that a reused connection never took.
pub struct HttpTransport {
    client: reqwest::Client,
    /// Without a slash at its end.
    base: String,
    max_response_bytes: usize,
}

impl HttpTransport {
    /// A transport to the backend at `base_url`, such as `http://localhost:9000` or, below a path,
    /// `https://shop.example.com/medusa`.
    ///
    /// An error when the address is not `http` or `https`, has no host, or has a user name, query
    /// or fragment; or when TLS is needed and the system has no certificates.
    pub fn new(base_url: &str, config: &HttpConfig) -> Result<Self, SetupError> {
        let base = parse_base(base_url)?;
        let client = reqwest::Client::builder()
            .tls_backend_preconfigured(tls(base.scheme() == "https")?)
            .user_agent(&config.user_agent)
            .connect_timeout(config.connect_timeout)
            .pool_idle_timeout(config.pool_idle_timeout)
            .pool_max_idle_per_host(config.pool_max_idle)
            .tcp_nodelay(true)
            // All calls share one HTTP/2 connection; without pings a dead one would fail them all.
            .http2_keep_alive_interval(HTTP2_PING)
            .http2_keep_alive_timeout(HTTP2_PING)
            .redirect(reqwest::redirect::Policy::none())
            .referer(false)
            .no_proxy()
            .build()
            .map_err(|error| SetupError::HttpClient(error.into()))?;
        Ok(Self {
            client,
            base: base.as_str().trim_end_matches('/').to_owned(),
            max_response_bytes: config.max_response_bytes,
        })
    }

    /// Where it leads to, in the one spelling that an address has here: without a slash at its end.
    pub fn address(&self) -> &str {
        &self.base
    }
}

impl fmt::Debug for HttpTransport {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("HttpTransport")
            .field("base", &self.base)
            .field("max_response_bytes", &self.max_response_bytes)
            .finish_non_exhaustive()
    }
}

fn parse_base(base_url: &str) -> Result<Url, SetupError> {
    let refuse = |reason: &str| SetupError::BaseUrl { reason: reason.to_owned() };
    let url = Url::parse(base_url.trim()).map_err(|error| refuse(&error.to_string()))?;
    if !matches!(url.scheme(), "http" | "https") {
        return Err(refuse("it must begin with http:// or https://"));
    }
    if !url.username().is_empty() || url.password().is_some() {
        return Err(refuse("it must not hold a user name or password"));
    }
    if url.query().is_some() || url.fragment().is_some() {
        return Err(refuse("it must end with the path, without ? or #"));
    }
    Ok(url)
}

/// TLS by rustls and ring. A backend without TLS gets an empty set of roots, so that nothing depends
/// on certificates that are not used.
fn tls(needed: bool) -> Result<ClientConfig, SetupError> {
    let builder = ClientConfig::builder_with_provider(Arc::new(ring::default_provider()))
        .with_safe_default_protocol_versions()
        .map_err(SetupError::Tls)?;
    let mut config = if needed {
        builder.with_platform_verifier().map_err(SetupError::Tls)?.with_no_client_auth()
    } else {
        builder.with_root_certificates(RootCertStore::empty()).with_no_client_auth()
    };
    config.alpn_protocols = vec![b"h2".to_vec(), b"http/1.1".to_vec()];
    Ok(config)
}

#[async_trait]
impl Transport for HttpTransport {
    async fn send(&self, request: HttpRequest) -> Result<HttpResponse, TransportError> {
        let url = format!("{}{}", self.base, request.target);
        let time_left = request.time_left();
        let mut builder = self.client.request(request.method, url).headers(request.headers).timeout(time_left);
        if let Some(body) = request.body {
            builder = builder.body(body);
        }
        let response = builder.send().await.map_err(transport_error)?;
        let status = response.status();
        let headers = response.headers().clone();
        let body = self.read(response).await?;
        Ok(HttpResponse { status, headers, body })
    }
}

impl HttpTransport {
    /// The body, as long as it stays under the limit: what the length header says and what comes.
    async fn read(&self, mut response: reqwest::Response) -> Result<Bytes, TransportError> {
        let limit = self.max_response_bytes;
        let too_large = || TransportError::new(TransportErrorKind::TooLarge { limit }, None);
        let announced = response.content_length().and_then(|length| usize::try_from(length).ok()).unwrap_or_default();
        if announced > limit {
            return Err(too_large());
        }
        let mut body = BytesMut::with_capacity(announced);
        while let Some(chunk) = response.chunk().await.map_err(transport_error)? {
            if body.len().saturating_add(chunk.len()) > limit {
                return Err(too_large());
            }
            body.extend_from_slice(&chunk);
        }
        Ok(body.freeze())
    }
}

/// What reqwest's error means for us. The address is left out: its query may hold anything.
fn transport_error(error: reqwest::Error) -> TransportError {
    let kind = if error.is_builder() {
        TransportErrorKind::Rejected
    } else if error.is_connect() {
        TransportErrorKind::Connect
    } else if error.is_timeout() {
        TransportErrorKind::Timeout
    } else {
        TransportErrorKind::Interrupted
    };
    TransportError::new(kind, Some(error.without_url().into()))
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test whose address is refused should stop there")]
mod tests {
    use super::*;

    #[test]
    fn base_addresses_are_checked() {
        for good in ["http://localhost:9000", "https://shop.example.com/medusa/", " http://127.0.0.1:9000 "] {
            assert!(parse_base(good).is_ok(), "{good}");
        }
        for bad in [
            "",
            "localhost:9000",
            "ftp://shop.example.com",
            "http://",
            "http://user:secret@shop.example.com",
            "http://shop.example.com?x=1",
            "http://shop.example.com#top",
        ] {
            let error = parse_base(bad).unwrap_err().to_string();
            assert!(!error.contains("secret"), "{error}");
        }
    }

    #[test]
    fn a_backend_below_a_path_keeps_it() {
        let transport = HttpTransport::new("http://shop.test/medusa/", &HttpConfig::default()).unwrap();
        assert_eq!(transport.base, "http://shop.test/medusa");
    }
}
