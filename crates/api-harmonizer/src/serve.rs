//! Serving until told to stop.

use std::fmt::Write as _;
use std::future::IntoFuture as _;
use std::io;
use std::net::SocketAddr;
use std::path::Path;

use axum::serve::ListenerExt as _;
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
    // Small answers go out at once instead of waiting for more to send.
    let listener = listener.tap_io(|connection| {
        let _ = connection.set_nodelay(true);
    });
    let serving = axum::serve(listener, router).with_graceful_shutdown(stop).into_future();
    let grace = async {
        let _ = stopped.wait_for(|stopped| *stopped).await;
        tokio::time::sleep(config.server.shutdown_grace).await;
    };
    tokio::select! {
        outcome = serving => outcome.map_err(|error| format!("serving failed: {error}")),
        () = grace => {
            tracing::warn!("requests that ran longer than server.shutdown_grace were cut off");
            Ok(())
        }
    }
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
