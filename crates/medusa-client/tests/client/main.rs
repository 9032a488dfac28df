//! The client against recorded answers, ordered faults and real sockets.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "a test that does not get what it needs should stop there"
)]

mod decoding;
mod plugin;
mod recording;
mod retries;
mod server;
mod sockets;
