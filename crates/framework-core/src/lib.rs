//! The contract: what a shop can do, independent of any backend.
//!
//! Nine traits hold the 56 operations of the commerce API. An integration implements them; a host composes
//! integrations into [`Modules`] and serves them; a program may call them directly:
//!
//! ```
//! use std::time::Duration;
//!
//! use o2s_framework_core::context::RequestContext;
//! use o2s_framework_core::error::{ErrorKind, Result};
//! use o2s_framework_core::resources::{AbsentResources, ResourcesOperation, ResourcesService, WindowQuery};
//! use o2s_framework_core::support::Support;
//!
//! # #[tokio::main(flavor = "current_thread")] async fn main() {
//! // Any integration will do; this one says of every operation that the shop does not have it.
//! let resources: Box<dyn ResourcesService> = Box::new(AbsentResources { reason: "this shop sells goods alone" });
//! assert!(matches!(resources.support(ResourcesOperation::ListAssets), Support::Absent(_)));
//!
//! let cx = RequestContext::guest("request-1", Duration::from_secs(5));
//! let error = resources.list_featured_services(&cx, &WindowQuery::default()).await.unwrap_err();
//! assert_eq!(error.kind(), ErrorKind::Unsupported);
//! assert_eq!(error.code(), "operation.unsupported");
//! # }
//! ```
//!
//! # How it is laid out
//!
//! A folder for each module holds its models, its requests and its service trait: [`products`], [`regions`], [`carts`],
//! [`checkout`], [`customers`], [`orders`], [`returns`], [`payments`], [`resources`]. What they share: [`context`] (facts
//! about the request), [`error`], [`support`] (what an integration can do), [`ids`], [`money`], [`time`], [`paging`], [`sort`],
//! [`identity`] (who calls), [`ownership`] (who may touch what), [`guard`] (what every call gets).
//!
//! # Rules
//!
//! - Money is exact: decimals in major units with a currency ([`money::Price`]). A price that is not there is absent, never 0.
//! - A value that exists is valid: ids, quantities, e-mail addresses are checked when made.
//! - Requests deny unknown fields; models hold what the wire shows, absent values are left out of the JSON.
//! - The crate does no IO and knows no runtime.
//!
//! # Features
//!
//! - `mock`: `mockall` mocks of every service trait, such as `carts::MockCartsService`.
//! - `openapi`: OpenAPI schemas of models and requests.

pub mod address;
pub mod carts;
pub mod checkout;
pub mod context;
pub mod customers;
pub mod error;
pub mod guard;
pub mod identity;
pub mod ids;
pub mod media;
pub mod metadata;
mod modules;
pub mod money;
pub mod orders;
pub mod ownership;
pub mod paging;
pub mod payments;
pub mod products;
pub mod regions;
pub mod resources;
pub mod returns;
pub mod sort;
pub mod support;
pub mod text;
pub mod time;

pub use modules::Modules;
