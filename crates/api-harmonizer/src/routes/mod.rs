//! The routes, one file a module.

pub(crate) mod carts;
pub(crate) mod checkout;
pub(crate) mod customers;
pub(crate) mod docs;
pub(crate) mod health;
pub(crate) mod orders;
pub(crate) mod payments;
pub(crate) mod products;
pub(crate) mod regions;
pub(crate) mod resources;
pub(crate) mod returns;
