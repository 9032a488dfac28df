//! Products, orders, customers and identities against a shop that answers from a script: which calls they make, and what they make
//! of the answers.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    reason = "a test should stop where it fails"
)]

mod configuration;
mod customers;
mod identity;
mod medusa_1;
mod medusa_1_carts;
mod orders;
mod products;
mod script;
