//! When to stop.

use std::io;

/// Resolves at the first Ctrl-C or SIGTERM. A second Ctrl-C ends the process at once.
pub(crate) async fn requested() -> io::Result<()> {
    interrupt().await?;
    tokio::spawn(async {
        if interrupt().await.is_ok() {
            tracing::warn!("stopped for good: what was running is cut off");
            std::process::exit(130);
        }
    });
    Ok(())
}

#[cfg(unix)]
async fn interrupt() -> io::Result<()> {
    use tokio::signal::unix::{SignalKind, signal};

    let (mut interrupt, mut terminate) = (signal(SignalKind::interrupt())?, signal(SignalKind::terminate())?);
    tokio::select! {
        _ = interrupt.recv() => {}
        _ = terminate.recv() => {}
    }
    Ok(())
}

#[cfg(not(unix))]
async fn interrupt() -> io::Result<()> {
    tokio::signal::ctrl_c().await
}
