//! Resources and related products over a plugin in memory, together with the Medusa integration: which calls they make,
//! what they make of the answers, and who sees what.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    reason = "a test should stop where it fails"
)]

mod credentials;
mod leaks;
mod pages;
mod related;
mod shop;
