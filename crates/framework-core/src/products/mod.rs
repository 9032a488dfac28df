//! The catalogue: products, their variants, and what goes with them.

mod lookup;
mod model;
mod request;
mod service;

pub use lookup::{ProductReferences, VariantLookup, VariantRef};
pub use model::{
    AttributeValue, Category, Collection, OptionGroup, Product, ProductReferenceType, ProductType,
    ProductVariantOption, Tag,
};
pub use request::{
    GetProduct, ListCategories, ListCollections, ListProducts, ListRelatedProducts, OptionGroupLabel, ProductSort,
};
#[cfg(feature = "mock")]
pub use service::MockProductsService;
pub use service::{ProductsOperation, ProductsService};
