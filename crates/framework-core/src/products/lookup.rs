//! What modules of the same shop tell each other of products. Not part of the HTTP API: an integration hands these out,
//! and the composition hands them on, so that no integration needs to know another.

use std::collections::HashMap;

use async_trait::async_trait;

use super::{Product, ProductReferenceType};
use crate::context::RequestContext;
use crate::error::Result;
use crate::ids::{ProductId, VariantId};

/// A variant and the product that it belongs to.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct VariantRef {
    /// The product's id, no handle.
    pub product_id: ProductId,
    /// The variant's id.
    pub variant_id: VariantId,
}

/// The catalogue, asked for variants that another module knows by id.
#[async_trait]
pub trait VariantLookup: Send + Sync {
    /// The products of these variants, each seen through its variant, with prices for the request's region and in its
    /// language. What is not for sale, or not there any more, is missing. Asks for many at once; for none it asks
    /// nothing.
    async fn find_variants(&self, cx: &RequestContext, variants: &[VariantRef]) -> Result<HashMap<VariantId, Product>>;
}

/// The relations between products, where something other than the catalogue keeps them.
#[async_trait]
pub trait ProductReferences: Send + Sync {
    /// What relates to a variant in this way, or in any way, in the order of the backend. Variants that are gone may be
    /// among them. An unknown variant has no relations.
    async fn list_references(
        &self,
        cx: &RequestContext,
        variant: &VariantRef,
        kind: Option<ProductReferenceType>,
    ) -> Result<Vec<VariantRef>>;
}
