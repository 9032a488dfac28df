//! The relations between products.

use async_trait::async_trait;
use o2s_framework_core::context::RequestContext;
use o2s_framework_core::error::Result;
use o2s_framework_core::ids::{ProductId, VariantId};
use o2s_framework_core::products::{ProductReferenceType, ProductReferences, VariantRef};
use o2s_medusa_client::v2::admin::references::ListReferences as ListAdminReferences;
use o2s_medusa_client::v2::store::references::{ListReferences, Reference};
use o2s_medusa_client::v2::types::Page;
use o2s_medusa_client::v2::{AdminClient, StoreClient};

use crate::error::backend;
use crate::map;
use crate::plugin::call_context;

/// How many relations of one variant are looked at. The page that a request wants is cut from them, once it is known
/// which are for sale.
const MOST: u32 = 1000;

/// A route to the relations.
#[derive(Clone)]
pub(crate) enum References {
    Admin(AdminClient),
    Store(StoreClient),
}

impl References {
    async fn list(&self, cx: &RequestContext, endpoint: ListReferences<'_>) -> Result<Vec<Reference>> {
        let call = call_context(cx);
        let answer = match self {
            Self::Admin(admin) => admin.call(&call, &ListAdminReferences(endpoint)).await,
            // Without the customer's token: relations are the same for everybody.
            Self::Store(store) => store.call(&call, None, &endpoint).await,
        };
        Ok(answer.map_err(backend)?.references)
    }

    /// Whether the route answers.
    pub(crate) async fn check(&self, cx: &RequestContext) -> Result<()> {
        let page = Page { limit: Some(1), ..Page::default() };
        let nothing = ListReferences { product_id: "readiness", variant_id: "readiness", reference_type: None, page };
        self.list(cx, nothing).await.map(drop)
    }
}

#[async_trait]
impl ProductReferences for References {
    async fn list_references(
        &self,
        cx: &RequestContext,
        variant: &VariantRef,
        kind: Option<ProductReferenceType>,
    ) -> Result<Vec<VariantRef>> {
        let kind = kind.map(map::reference_type);
        let endpoint = ListReferences {
            product_id: variant.product_id.as_str(),
            variant_id: variant.variant_id.as_str(),
            reference_type: kind.as_ref(),
            page: Page { limit: Some(MOST), ..Page::default() },
        };
        let references = self.list(cx, endpoint).await?;
        Ok(references.iter().filter_map(target).collect())
    }
}

/// Where a relation leads; nowhere where the variant is gone.
fn target(reference: &Reference) -> Option<VariantRef> {
    let target = reference.target.as_ref()?;
    let product = target.product_id.as_deref().or(target.product.as_ref().map(|product| product.id.as_str()));
    Some(VariantRef {
        product_id: ProductId::new(product?).ok()?,
        variant_id: VariantId::new(target.id.as_deref()?).ok()?,
    })
}
