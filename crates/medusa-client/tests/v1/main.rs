//! The Storefront API of Medusa 1 against answers that a real Medusa 1.20.11 gave, read through the whole client.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "a test that does not get what it needs should stop there"
)]

mod callers;
mod carts;
mod catalogue;
mod customers;
mod keys;
mod orders;
mod paying;
mod queries;
mod refusals;
mod returning;
mod shop;
mod table;
