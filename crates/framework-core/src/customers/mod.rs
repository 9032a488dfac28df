//! Saved addresses of the signed-in customer.

mod model;
mod request;
mod service;

pub use model::CustomerAddress;
pub use request::{AddressChanges, CreateAddress, ListAddresses, UpdateAddress};
#[cfg(feature = "mock")]
pub use service::MockCustomersService;
pub use service::{CustomersOperation, CustomersService};
