#![doc = include_str!("../README.md")]

mod app;
mod check;
pub mod cli;
mod composition;
pub mod config;
mod context;
mod error;
mod extract;
mod idempotency;
mod integrations;
mod matrix;
mod openapi;
mod paths;
mod reply;
mod routes;
mod serve;
mod settings;
mod shutdown;
mod strict;
mod telemetry;
mod timer;

pub use app::router;
pub use composition::{Backend, Composition, compose};
pub use config::Config;
pub use openapi::openapi;
pub use settings::Settings;
pub use telemetry::subscriber;
