//! Serving until told to stop.

use std::fmt::Write as _;
use std::io;
use std::net::SocketAddr;
use std::path::Path;
use std::time::Duration;

use axum::Router;
use axum::serve::Listener;
use hyper::server::conn::http1;
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::server::graceful::GracefulShutdown;
use hyper_util::service::TowerToHyperService;
use tokio::net::TcpListener;

use crate::cli::print;
use crate::composition::{Composition, modules_of};
use crate::config::{Config, DEFAULT_FILE, Integration};
use crate::integrations::Demo;
use crate::{app, integrations, shutdown};

/// Listens, says where, and serves until a signal; then lets running requests end.
pub(crate) async fn serve(config: &Config, composition: Composition) -> Result<(), String> {
    let bind = config.server.bind;
    let listener = TcpListener::bind(bind).await.map_err(|error| cannot_listen(bind, &error))?;
    let address = listener.local_addr().map_err(|error| format!("the address cannot be told: {error}"))?;
    let router = app::router(composition, &config.settings());
    print(&greeting(config, address))?;

    let (stopping, mut stopped) = tokio::sync::watch::channel(false);
    let stop = async move {
        if let Err(error) = shutdown::requested().await {
            tracing::error!(%error, "signals cannot be received: stop the program by its process id");
            std::future::pending::<()>().await;
        }
        tracing::info!("stopping: running requests may end");
        let _ = stopping.send(true);
    };
    let serving = accept(listener, router, config.server.idle_timeout, stop);
    let grace = async {
        let _ = stopped.wait_for(|stopped| *stopped).await;
        tokio::time::sleep(config.server.shutdown_grace).await;
    };
    tokio::select! {
        () = serving => {}
        () = grace => tracing::warn!("requests that ran longer than server.shutdown_grace were cut off"),
    }
    Ok(())
}

/// Serves until told to stop, then lets running requests end. A connection on which no whole head of a request comes
/// within `idle` is closed.
async fn accept(mut listener: TcpListener, router: Router, idle: Duration, stop: impl Future<Output = ()>) {
    let mut http = http1::Builder::new();
    http.timer(TokioTimer::new()).header_read_timeout(idle);
    let connections = GracefulShutdown::new();
    tokio::pin!(stop);
    loop {
        // Errors of accepting are waited out there.
        let (stream, _) = tokio::select! {
            accepted = Listener::accept(&mut listener) => accepted,
            () = &mut stop => break,
        };
        // Small answers go out at once instead of waiting for more to send.
        let _ = stream.set_nodelay(true);
        let service = TowerToHyperService::new(router.clone());
        let connection = connections.watch(http.serve_connection(TokioIo::new(stream), service));
        tokio::spawn(async move {
            if let Err(error) = connection.await {
                tracing::trace!(%error, "a connection ended early");
            }
        });
    }
    drop(listener);
    connections.shutdown().await;
}

fn cannot_listen(bind: SocketAddr, error: &io::Error) -> String {
    match error.kind() {
        io::ErrorKind::AddrInUse => {
            let mut other = bind;
            other.set_port(bind.port().checked_add(1).unwrap_or(3001));
            format!(
                "{bind} is in use: stop the program that listens there, or choose another port, such as \
                 `harmonizer serve --bind {other}` or PORT={}",
                other.port()
            )
        }
        io::ErrorKind::PermissionDenied => format!("{bind} is not allowed to this user: choose a port from 1024 up"),
        io::ErrorKind::AddrNotAvailable => format!("{bind} is no address of this machine: check server.bind"),
        _ => format!("cannot listen on {bind}: {error}"),
    }
}

/// What somebody sees who has just started it.
fn greeting(config: &Config, address: SocketAddr) -> String {
    let url = format!("http://{}", browsable(address));
    let api = format!("{url}{}", config.server.prefix);
    let mut text = format!(
        "harmonizer {} listens on {api}\n  docs     {url}/docs\n  health   {url}/health/ready\n",
        env!("CARGO_PKG_VERSION")
    );
    for integration in Integration::ALL {
        let modules = modules_of(config, integration);
        if !modules.is_empty() {
            let _ = writeln!(text, "  {:<8} {}", integration.name(), modules.join(", "));
        }
    }
    if let Some(Demo { sku, currency }) = integrations::demo(config) {
        let token = token_command(config);
        let item = format!(r#"{{"sku":"{sku}","quantity":1,"currency":"{currency}"}}"#);
        let _ = write!(
            text,
            "\nTry:\n  curl '{api}/products?limit=3'\n  curl {api}/carts/items -H 'Content-Type: application/json' -d '{item}'\n  \
             curl '{api}/orders?limit=1' -H \"Authorization: Bearer $({token})\"\n"
        );
    }
    text
}

/// The command that prints a token for this server.
fn token_command(config: &Config) -> String {
    let program = std::env::current_exe().unwrap_or_else(|_| "harmonizer".into());
    let folder = std::env::current_dir().unwrap_or_default();
    let program = match program.strip_prefix(&folder) {
        // With a slash in it, or it would be looked for in the search path.
        Ok(below) => format!("./{}", below.display()),
        Err(_) => program.display().to_string(),
    };
    match config.file().filter(|file| *file != Path::new(DEFAULT_FILE)) {
        Some(file) => format!("'{program}' --config '{}' token", file.display()),
        None => format!("'{program}' token"),
    }
}

/// An address of all interfaces is reached by that of this machine.
fn browsable(mut address: SocketAddr) -> SocketAddr {
    if address.ip().is_unspecified() {
        address.set_ip(std::net::Ipv4Addr::LOCALHOST.into());
    }
    address
}

#[cfg(test)]
mod tests {
    use axum::routing::get;
    use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
    use tokio::net::TcpStream;
    use tokio::sync::Notify;

    use super::*;

    const REQUEST: &[u8] = b"GET / HTTP/1.1\r\nHost: shop\r\n";

    /// What comes on a connection until its end.
    async fn rest(stream: &mut TcpStream) -> String {
        let mut text = String::new();
        stream.read_to_string(&mut text).await.unwrap();
        text
    }

    #[tokio::test]
    async fn a_head_that_does_not_come_is_not_waited_for() {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let router = Router::new().route("/", get(|| async { "home" }));
        tokio::spawn(accept(listener, router, Duration::from_millis(100), std::future::pending()));
        for sent in [&b""[..], REQUEST] {
            let mut stream = TcpStream::connect(address).await.unwrap();
            stream.write_all(sent).await.unwrap();
            assert!(!rest(&mut stream).await.contains("home"), "half a head was answered");
        }
        let mut stream = TcpStream::connect(address).await.unwrap();
        stream.write_all(&[REQUEST, b"\r\n"].concat()).await.unwrap();
        assert!(rest(&mut stream).await.ends_with("home"));
    }

    #[tokio::test]
    async fn a_request_that_runs_is_answered_after_the_signal_to_stop() {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let (begun, may_end, stop) =
            (std::sync::Arc::new(Notify::new()), std::sync::Arc::new(Notify::new()), Notify::new());
        let (has_begun, ends) = (std::sync::Arc::clone(&begun), std::sync::Arc::clone(&may_end));
        let router = Router::new().route(
            "/",
            get(move || async move {
                has_begun.notify_one();
                ends.notified().await;
                "done"
            }),
        );
        let client = async {
            let mut stream = TcpStream::connect(address).await.unwrap();
            stream.write_all(&[REQUEST, b"\r\n"].concat()).await.unwrap();
            begun.notified().await;
            stop.notify_one();
            may_end.notify_one();
            rest(&mut stream).await
        };
        let (answer, ()) = tokio::join!(client, accept(listener, router, Duration::from_secs(60), stop.notified()));
        assert!(answer.ends_with("done"), "{answer}");
        assert!(TcpStream::connect(address).await.is_err(), "new connections are taken");
    }
}
