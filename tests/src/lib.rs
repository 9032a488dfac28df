//! What the end-to-end tests share: running the suite, and the shops it runs on.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::missing_panics_doc,
    clippy::print_stderr,
    reason = "these are tests: they break loudly and say what they did not run"
)]

pub mod identity;
pub mod live;
pub mod live_v1;
pub mod mock;
pub mod only_v1;
pub mod people;
pub mod recorded;
pub mod seeded;
pub mod suite;
pub mod tokens;
pub mod upstream;
pub mod with_plugin;
