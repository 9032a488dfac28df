//! Products that others name by their variants: what relates to a product, what a customer owns.

use std::cmp::Ordering;
use std::collections::{BTreeSet, HashMap};

use async_trait::async_trait;
use futures_util::future::try_join_all;
use o2s_framework_core::context::RequestContext;
use o2s_framework_core::error::Result;
use o2s_framework_core::ids::{ProductId, VariantId};
use o2s_framework_core::paging::Paginated;
use o2s_framework_core::products::{
    ListRelatedProducts, Product, ProductReferences, ProductSort, VariantLookup, VariantRef,
};
use o2s_framework_core::sort::{Direction, Sort};
use o2s_medusa_client::CustomerToken;

use super::selection::IDS_PER_CALL;
use super::service::Products;
use super::{KnowsProducts, TellsProduct};
use crate::map as values;

impl<S: KnowsProducts> Products<S> {
    /// What relates to a variant. What is not for sale, and what leads back to the product itself, is left out.
    pub(super) async fn related(
        &self,
        cx: &RequestContext,
        references: &dyn ProductReferences,
        request: &ListRelatedProducts,
    ) -> Result<Paginated<Product>> {
        let cx = &cx.clone().with_locale(request.locale.clone());
        // A bad token is told before anything else.
        let identity = self.shop.identities().establish(cx).await?;
        let source = self.find(cx, identity.token(), &request.id).await?;
        let variant = VariantRef {
            product_id: values::id(source.id(), "product.id")?,
            variant_id: source.listing()?.variant_id(&request.variant_id)?,
        };
        let mut targets = references.list_references(cx, &variant, request.kind).await?;
        targets.retain(|target| target.product_id != variant.product_id);

        let found = self.of_variants(cx, identity.token(), &targets).await?;
        let mut related: Vec<Related<'_, S::Product>> = Vec::with_capacity(targets.len());
        for target in &targets {
            let Some(told) = found.get(&target.product_id) else { continue };
            if let Some(product) = told.listing()?.card_of(&target.variant_id, request.base_path.as_ref())? {
                related.push(Related { told, product });
            }
        }
        if let Some(sort) = request.sort {
            related.sort_by(|a, b| a.compare(b, sort));
        }
        let page = request.page().cut(related);
        Ok(Paginated { data: page.data.into_iter().map(|related| related.product).collect(), total: page.total })
    }

    /// The products of these variants; those that are not for sale are missing.
    async fn of_variants(
        &self,
        cx: &RequestContext,
        token: Option<&CustomerToken>,
        variants: &[VariantRef],
    ) -> Result<HashMap<ProductId, S::Product>> {
        let ids: BTreeSet<&str> = variants.iter().map(|variant| variant.product_id.as_str()).collect();
        if ids.is_empty() {
            return Ok(HashMap::new());
        }
        let ids: Vec<&str> = ids.into_iter().collect();
        let region = self.shop.region_for(cx, None, None).await?;
        let calls = ids.chunks(IDS_PER_CALL).map(|ids| self.shop.products_by_id(cx, token, &region, ids));
        let products = try_join_all(calls).await?.into_iter().flatten();
        products.map(|product| Ok((values::id(product.id(), "product.id")?, product))).collect()
    }
}

#[async_trait]
impl<S: KnowsProducts> VariantLookup for Products<S> {
    async fn find_variants(&self, cx: &RequestContext, variants: &[VariantRef]) -> Result<HashMap<VariantId, Product>> {
        if variants.is_empty() {
            return Ok(HashMap::new());
        }
        let identity = self.shop.identities().establish(cx).await?;
        let found = self.of_variants(cx, identity.token(), variants).await?;
        let mut products = HashMap::with_capacity(variants.len());
        for variant in variants {
            let Some(told) = found.get(&variant.product_id) else { continue };
            if let Some(product) = told.listing()?.card_of(&variant.variant_id, None)? {
                products.insert(variant.variant_id.clone(), product);
            }
        }
        Ok(products)
    }
}

/// A related product with what it may be sorted by.
struct Related<'a, P> {
    told: &'a P,
    product: Product,
}

impl<P: TellsProduct> Related<'_, P> {
    /// Equal ones stay in the order of their relations; those without a price or a date are last, either way.
    fn compare(&self, other: &Self, sort: Sort<ProductSort>) -> Ordering {
        let turned = |order: Ordering| match sort.direction {
            Direction::Ascending => order,
            Direction::Descending => order.reverse(),
        };
        match sort.field {
            ProductSort::Name => turned(self.product.name.to_lowercase().cmp(&other.product.name.to_lowercase())),
            ProductSort::Price => {
                let amount = |product: &Product| product.price.as_ref().map(|price| price.value);
                none_last(amount(&self.product), amount(&other.product), turned)
            }
            ProductSort::CreatedAt => none_last(self.told.created_at(), other.told.created_at(), turned),
            ProductSort::UpdatedAt => none_last(self.told.updated_at(), other.told.updated_at(), turned),
        }
    }
}

fn none_last<T: Ord>(a: Option<T>, b: Option<T>, turned: impl Fn(Ordering) -> Ordering) -> Ordering {
    match (a, b) {
        (Some(a), Some(b)) => turned(a.cmp(&b)),
        (a, b) => b.is_some().cmp(&a.is_some()),
    }
}
