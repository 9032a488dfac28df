//! Medusa 1: the Storefront API, whole.
//!
//! Checked against Medusa 1.20.11, endpoint by endpoint: `docs/reference/medusa-1-client.md` says where each was seen to
//! work. The rules of the wire:
//!
//! - Amounts are integers in [`MinorUnits`]; rates are percentages.
//! - Wire types hold what the server sends: unknown fields are ignored, a missing field and `null` are both `None`, a
//!   missing list is empty, and enums keep a value that they do not know in `Unknown`.
//! - A name that the server does not know is refused with 400, so requests can express none. What it takes and ignores is
//!   left out as well, and said so.
//! - Reads are shaped by [`Selection`](types::Selection): `fields` and `expand`. Writes answer the default shape, whatever
//!   is asked for.
//! - A caller is a guest, a token or a session: [`Caller`]. The client keeps no cookies. Whoever knows the id of a cart or
//!   an order may read it, and change the cart: who may is the business of what stands in front.
//! - Some writes can be answered again from the server's memory: [`IdempotencyKey`].

mod idempotency;
mod minor_units;
pub mod store;
pub mod types;

pub use idempotency::{IdempotencyKey, Keyed};
pub use minor_units::{MinorShare, MinorUnits};
pub use store::{Caller, StoreClient};
