//! Modules, operations, and what an integration says about each.

use std::fmt;

use serde::{Deserialize, Serialize};

/// A module of the commerce API.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Module {
    /// The catalogue.
    Products,
    /// Where the shop sells.
    Regions,
    /// Carts.
    Carts,
    /// From cart to order.
    Checkout,
    /// Saved addresses of the customer.
    Customers,
    /// Orders.
    Orders,
    /// What goes back of orders.
    Returns,
    /// Payment providers and sessions.
    Payments,
    /// Assets and service instances.
    Resources,
}

impl Module {
    /// Every module, in the order of the documentation.
    pub const ALL: [Self; 9] = [
        Self::Products,
        Self::Regions,
        Self::Carts,
        Self::Checkout,
        Self::Customers,
        Self::Orders,
        Self::Returns,
        Self::Payments,
        Self::Resources,
    ];

    /// The name in configuration, logs and documents.
    pub fn name(self) -> &'static str {
        match self {
            Self::Products => "products",
            Self::Regions => "regions",
            Self::Carts => "carts",
            Self::Checkout => "checkout",
            Self::Customers => "customers",
            Self::Orders => "orders",
            Self::Returns => "returns",
            Self::Payments => "payments",
            Self::Resources => "resources",
        }
    }
}

impl fmt::Display for Module {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// One operation of a module: a method of its service trait.
pub trait Operation: Copy + Eq + fmt::Debug + Send + Sync + 'static {
    /// The module it belongs to.
    const MODULE: Module;
    /// Every operation of the module, in the order of the trait.
    const ALL: &'static [Self];

    /// The name of the method, such as `add_item`.
    fn name(self) -> &'static str;

    /// Whether the operation only reads: calling it again changes nothing.
    fn is_read(self) -> bool;
}

/// What an integration does with an operation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Support {
    /// The backend does it.
    Native,
    /// The integration does it with other means of the backend; the text says how and within which bounds.
    Emulated(&'static str),
    /// It cannot be done; the text says why, and what would make it possible. Calls are refused before any traffic.
    Absent(&'static str),
}

impl Support {
    /// Whether the operation can be called.
    pub fn is_available(self) -> bool {
        !matches!(self, Self::Absent(_))
    }
}
