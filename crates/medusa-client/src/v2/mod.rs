//! Medusa 2: the Store, Auth and Admin APIs.
//!
//! Checked against Medusa 2.21.2. Wire types hold what the server sends: unknown fields are ignored,
//! a missing field and `null` are both `None`, a missing list is empty, and enums keep a value that
//! they do not know in `Unknown`. Which fields are there depends on the `fields` of the request.

pub mod admin;
pub mod auth;
pub mod store;
pub mod types;

pub use admin::AdminClient;
pub use auth::AuthClient;
pub use store::StoreClient;
