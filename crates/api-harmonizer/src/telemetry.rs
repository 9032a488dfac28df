//! Logs: to standard error, for people or for programs. No header, body, query value, id or secret is in them.

use tracing::Subscriber;
use tracing_subscriber::fmt::MakeWriter;
use tracing_subscriber::{EnvFilter, fmt};

use crate::config::{Log, LogFormat, LogLevel};

/// Installs the logs for the whole process. In a process that has its own, those stay.
pub(crate) fn install(log: Log) {
    // Fails only where somebody was faster, whose logs then are the ones wanted.
    let _ = tracing::subscriber::set_global_default(subscriber(log, std::io::stderr));
}

/// Logs that go to `writer`.
pub fn subscriber<W>(log: Log, writer: W) -> Box<dyn Subscriber + Send + Sync>
where
    W: for<'a> MakeWriter<'a> + Send + Sync + 'static,
{
    let filter = EnvFilter::new(directives(log.level));
    match log.format {
        LogFormat::Text => Box::new(fmt().with_env_filter(filter).with_writer(writer).with_ansi(false).finish()),
        LogFormat::Json => {
            let json = fmt().json().flatten_event(true).with_current_span(true).with_span_list(false);
            Box::new(json.with_env_filter(filter).with_writer(writer).finish())
        }
    }
}

/// Our own crates at the level, libraries at warnings.
fn directives(level: LogLevel) -> &'static str {
    match level {
        LogLevel::Off => "off",
        LogLevel::Error => "error",
        LogLevel::Warn => "warn",
        LogLevel::Info => "warn,o2s=info",
        LogLevel::Debug => "warn,o2s=debug",
        LogLevel::Trace => "warn,o2s=trace",
    }
}
