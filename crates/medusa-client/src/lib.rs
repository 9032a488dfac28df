#![doc = include_str!("../README.md")]

mod amount;
mod answer;
mod backend;
mod credentials;
mod endpoint;
mod error;
mod retry;
#[cfg(feature = "testing")]
pub mod testing;
pub mod transport;
pub mod types;
pub mod v1;
pub mod v2;

pub use amount::Amount;
pub use answer::Answer;
pub use backend::{Backend, CallContext};
pub use credentials::{AdminKey, CustomerToken, PublishableKey, SessionCookie};
pub use endpoint::{Endpoint, Query, Repeat, json_body};
pub use error::{Error, ErrorKind, Result};
pub use retry::RetryPolicy;
pub use transport::SetupError;
