//! Transports for tests, behind the feature `testing`.
//!
//! [`RecordingTransport`] keeps what passes through it, without secrets; [`ReplayTransport`] answers
//! from what was kept; [`FaultTransport`] breaks things on purpose. They wrap each other and the
//! real transport freely.

mod exchange;
mod fault;
mod recording;
mod replay;

pub use exchange::{Exchange, ExchangeFileError, RecordedRequest, RecordedResponse};
pub use fault::{Fault, FaultTransport};
pub use recording::RecordingTransport;
pub use replay::ReplayTransport;
