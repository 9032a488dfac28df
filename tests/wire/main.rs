//! The HTTP API in-process, over the shop in memory: every route in success and failure, as snapshots, one file a
//! module; and what all routes have in common.
//!
//! `cargo insta review` shows what changed in a snapshot.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, reason = "tests")]

mod carts;
mod checkout;
mod client;
mod cors;
mod customers;
mod description;
mod every_route;
mod failures;
mod health;
mod idempotency;
mod logs;
mod orders;
mod payments;
mod products;
mod regions;
mod resources;
mod returns;
