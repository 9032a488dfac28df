//! The catalogue over a shop.

use std::sync::Arc;

use async_trait::async_trait;
use o2s_framework_core::context::RequestContext;
use o2s_framework_core::error::{Error, Result, Violation};
use o2s_framework_core::ids::ProductId;
use o2s_framework_core::paging::Paginated;
use o2s_framework_core::products::{
    Category, Collection, GetProduct, ListCategories, ListCollections, ListProducts, ListRelatedProducts, Product,
    ProductReferences, ProductSort, ProductsOperation, ProductsService,
};
use o2s_framework_core::sort::{Direction, Sort};
use o2s_framework_core::support::Support;
use o2s_medusa_client::CustomerToken;

use super::{KnowsProducts, TellsProduct};

/// Why there are no related products.
const NO_RELATED: &str = "Medusa keeps no relations between products: they need its assets-and-services plugin and the \
                          integration resources-plugin";

/// [`ProductsService`] over a shop.
pub(crate) struct Products<S> {
    pub(super) shop: Arc<S>,
    /// What keeps the relations between products, if anything does.
    references: Option<Arc<dyn ProductReferences>>,
}

impl<S: KnowsProducts> Products<S> {
    pub(crate) fn new(shop: Arc<S>, references: Option<Arc<dyn ProductReferences>>) -> Self {
        Self { shop, references }
    }

    /// A product by its id or its handle, with all that its page shows. 404 `product.not_found`.
    pub(super) async fn find(
        &self,
        cx: &RequestContext,
        token: Option<&CustomerToken>,
        id: &ProductId,
    ) -> Result<S::Product> {
        let region = self.shop.region_for(cx, None, None).await?;
        let found = self.shop.find_product(cx, token, &region, id).await?;
        found.ok_or_else(|| Error::not_found("product.not_found", format!("Product {id} not found")))
    }

    /// A page of products.
    async fn page(
        &self,
        cx: &RequestContext,
        token: Option<&CustomerToken>,
        request: &ListProducts,
        order: &str,
    ) -> Result<Paginated<Product>> {
        let region = self.shop.region_for(cx, None, None).await?;
        let Some(selection) = self.selection(cx, request, order).await? else { return Ok(Paginated::empty()) };
        let (products, total) = if selection.without_types.is_empty() {
            self.shop.list_products(cx, token, &region, &selection, request.page()).await?
        } else {
            self.page_without_types(cx, token, &region, &selection, request.page()).await?
        };
        let base_path = request.base_path.as_ref();
        let data = products.iter().map(|product| product.listing()?.card(base_path)).collect::<Result<_>>()?;
        Ok(Paginated { data, total })
    }
}

#[async_trait]
impl<S: KnowsProducts> ProductsService for Products<S> {
    fn support(&self, operation: ProductsOperation) -> Support {
        match operation {
            ProductsOperation::ListProducts
            | ProductsOperation::GetProduct
            | ProductsOperation::ListCategories
            | ProductsOperation::ListCollections => Support::Native,
            ProductsOperation::ListRelatedProducts if self.references.is_some() => Support::Native,
            ProductsOperation::ListRelatedProducts => Support::Absent(NO_RELATED),
        }
    }

    async fn list_products(&self, cx: &RequestContext, request: &ListProducts) -> Result<Paginated<Product>> {
        let order = order(request.sort)?;
        let cx = cx.clone().with_locale(request.locale.clone());
        let token = self.shop.identities().token(&cx).await?;
        let page = self.page(&cx, token.as_ref(), request, order);
        // A bad token is told before anything else.
        let (_, page) = self.shop.identities().establish_beside(&cx, page).await?;
        page
    }

    async fn get_product(&self, cx: &RequestContext, id: &ProductId, request: &GetProduct) -> Result<Product> {
        let cx = cx.clone().with_locale(request.locale.clone());
        let token = self.shop.identities().token(&cx).await?;
        let found = self.find(&cx, token.as_ref(), id);
        let (_, found) = self.shop.identities().establish_beside(&cx, found).await?;
        found?.listing()?.detail(request)
    }

    async fn list_related_products(
        &self,
        cx: &RequestContext,
        request: &ListRelatedProducts,
    ) -> Result<Paginated<Product>> {
        let Some(references) = &self.references else {
            return Err(Error::unsupported(ProductsOperation::ListRelatedProducts, NO_RELATED));
        };
        self.related(cx, references.as_ref(), request).await
    }

    async fn list_categories(&self, cx: &RequestContext, request: &ListCategories) -> Result<Paginated<Category>> {
        let cx = cx.clone().with_locale(request.locale.clone());
        let categories = self.shop.categories(&cx);
        let (_, categories) = self.shop.identities().establish_beside(&cx, categories).await?;
        Ok(request.page().cut(categories?.to_vec()))
    }

    async fn list_collections(&self, cx: &RequestContext, request: &ListCollections) -> Result<Paginated<Collection>> {
        let cx = cx.clone().with_locale(request.locale.clone());
        let collections = self.shop.collections(&cx);
        let (_, collections) = self.shop.identities().establish_beside(&cx, collections).await?;
        Ok(request.page().cut(collections?.to_vec()))
    }
}

/// Medusa's name of a sort order; by name where the request has none, since without one pages overlap.
fn order(sort: Option<Sort<ProductSort>>) -> Result<&'static str> {
    let Some(Sort { field, direction }) = sort else { return Ok("title") };
    match (field, direction) {
        (ProductSort::Name, Direction::Ascending) => Ok("title"),
        (ProductSort::Name, Direction::Descending) => Ok("-title"),
        (ProductSort::CreatedAt, Direction::Ascending) => Ok("created_at"),
        (ProductSort::CreatedAt, Direction::Descending) => Ok("-created_at"),
        (ProductSort::UpdatedAt, Direction::Ascending) => Ok("updated_at"),
        (ProductSort::UpdatedAt, Direction::Descending) => Ok("-updated_at"),
        // Medusa: sorting by the calculated price is a 500 in Medusa 2 and a 400 in Medusa 1.
        (ProductSort::Price, _) => Err(Error::violations(vec![Violation::new(
            "sort",
            "this shop cannot sort by price: sort by name, createdAt or updatedAt",
        )])),
    }
}
