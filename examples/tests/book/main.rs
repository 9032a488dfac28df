//! What the README and the book say is so: configurations are taken, requests are answered, and every code, route,
//! command and test that a page names is there.

#![allow(clippy::expect_used, clippy::indexing_slicing, reason = "a test that fails may panic, in its helpers too")]

mod commands;
mod compatibility;
mod configurations;
mod errors;
mod pages;
mod requests;
mod routes;
