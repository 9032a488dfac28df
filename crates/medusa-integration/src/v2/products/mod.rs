//! Products over Medusa 2.

pub(crate) mod line;
mod map;
mod related;
mod selection;

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
use o2s_medusa_client::v2::store::products::{
    GetProduct as GetWireProduct, ListProducts as ListWireProducts, Product as WireProduct,
};
use o2s_medusa_client::v2::types::{Page as WirePage, PriceContext};

use crate::context::call_context;
use crate::error::{backend, is_not_found};
use crate::v2::Shop;
use map::{DETAIL_FIELDS, LIST_FIELDS};

/// Why there are no related products.
const NO_RELATED: &str = "Medusa keeps no relations between products: they need its assets-and-services plugin and the \
                          integration resources-plugin";

/// The catalogue of a Medusa 2.
pub(super) struct Products {
    shop: Arc<Shop>,
    /// What keeps the relations between products, if anything does.
    references: Option<Arc<dyn ProductReferences>>,
}

impl Products {
    pub(super) fn new(shop: Arc<Shop>, references: Option<Arc<dyn ProductReferences>>) -> Self {
        Self { shop, references }
    }

    /// Finds a product by its id or its handle: one call, unless something that looks like an id is a handle.
    async fn find(&self, cx: &RequestContext, token: Option<&CustomerToken>, id: &ProductId) -> Result<WireProduct> {
        let region = self.shop.directory.region_for(cx, None, None).await?;
        let prices = PriceContext { region_id: Some(region.id.as_str()), ..PriceContext::default() };
        let call = call_context(cx);
        if id.as_str().starts_with("prod_") {
            let endpoint = GetWireProduct { id: id.as_str(), fields: Some(DETAIL_FIELDS), prices };
            match self.shop.store.call(&call, token, &endpoint).await {
                Ok(answer) => return Ok(answer.product),
                Err(error) if is_not_found(&error) => {}
                Err(error) => return Err(backend(error)),
            }
        }
        let endpoint = ListWireProducts {
            fields: Some(DETAIL_FIELDS),
            page: WirePage { limit: Some(1), ..WirePage::default() },
            prices,
            handle: Some(id.as_str()),
            ..ListWireProducts::default()
        };
        let found = self.shop.store.call(&call, token, &endpoint).await.map_err(backend)?;
        found.products.into_iter().next().ok_or_else(|| not_found(id))
    }

    /// A page of products, mapped.
    async fn page(
        &self,
        cx: &RequestContext,
        token: Option<&CustomerToken>,
        request: &ListProducts,
        order: &str,
    ) -> Result<Paginated<Product>> {
        let region = self.shop.directory.region_for(cx, None, None).await?;
        let Some(selection) = self.selection(cx, request).await? else { return Ok(Paginated::empty()) };
        let category: Vec<&str> = selection.category.as_deref().into_iter().collect();
        let collection: Vec<&str> = selection.collection.as_deref().into_iter().collect();
        let types: Vec<&str> = selection.types.iter().map(String::as_str).collect();
        let page = request.page();
        let endpoint = ListWireProducts {
            fields: Some(LIST_FIELDS),
            page: WirePage { limit: Some(page.limit), offset: Some(page.offset), order: Some(order) },
            prices: PriceContext { region_id: Some(region.id.as_str()), ..PriceContext::default() },
            category_ids: &category,
            collection_ids: &collection,
            type_ids: &types,
            ..ListWireProducts::default()
        };
        let (products, total) = if selection.without_types.is_empty() {
            let found = self.shop.store.call(&call_context(cx), token, &endpoint).await.map_err(backend)?;
            (found.products, found.count)
        } else {
            self.page_without_types(cx, token, &endpoint, page, &selection.without_types).await?
        };
        let base_path = request.base_path.as_ref();
        let data = products.iter().map(|product| map::card(product, base_path)).collect::<Result<_>>()?;
        Ok(Paginated { data, total })
    }
}

#[async_trait]
impl ProductsService for Products {
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
        let token = self.shop.identities.token(&cx).await?;
        let page = self.page(&cx, token.as_ref(), request, order);
        // A bad token is told before anything else.
        let (_, page) = self.shop.identities.establish_beside(&cx, page).await?;
        page
    }

    async fn get_product(&self, cx: &RequestContext, id: &ProductId, request: &GetProduct) -> Result<Product> {
        let cx = cx.clone().with_locale(request.locale.clone());
        let token = self.shop.identities.token(&cx).await?;
        let found = self.find(&cx, token.as_ref(), id);
        let (_, found) = self.shop.identities.establish_beside(&cx, found).await?;
        map::detail(&found?, request)
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
        let categories = self.shop.directory.categories(&cx);
        let (_, categories) = self.shop.identities.establish_beside(&cx, categories).await?;
        Ok(request.page().cut(categories?.to_vec()))
    }

    async fn list_collections(&self, cx: &RequestContext, request: &ListCollections) -> Result<Paginated<Collection>> {
        let cx = cx.clone().with_locale(request.locale.clone());
        let collections = self.shop.directory.collections(&cx);
        let (_, collections) = self.shop.identities.establish_beside(&cx, collections).await?;
        Ok(request.page().cut(collections?.to_vec()))
    }
}

fn not_found(id: &ProductId) -> Error {
    Error::not_found("product.not_found", format!("Product {id} not found"))
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
        // Medusa: sorting by the calculated price is a 500.
        (ProductSort::Price, _) => Err(Error::violations(vec![Violation::new(
            "sort",
            "this shop cannot sort by price: sort by name, createdAt or updatedAt",
        )])),
    }
}
