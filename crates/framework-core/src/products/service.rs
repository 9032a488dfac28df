use async_trait::async_trait;

use super::{
    Category, Collection, GetProduct, ListCategories, ListCollections, ListProducts, ListRelatedProducts, Product,
};
use crate::context::RequestContext;
use crate::error::Result;
use crate::ids::ProductId;
use crate::paging::Paginated;
use crate::support::{Module, Operation, Support};

/// The operations of [`ProductsService`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum ProductsOperation {
    /// [`ProductsService::list_products`].
    ListProducts,
    /// [`ProductsService::get_product`].
    GetProduct,
    /// [`ProductsService::list_related_products`].
    ListRelatedProducts,
    /// [`ProductsService::list_categories`].
    ListCategories,
    /// [`ProductsService::list_collections`].
    ListCollections,
}

impl Operation for ProductsOperation {
    const MODULE: Module = Module::Products;
    const ALL: &'static [Self] =
        &[Self::ListProducts, Self::GetProduct, Self::ListRelatedProducts, Self::ListCategories, Self::ListCollections];

    fn name(self) -> &'static str {
        match self {
            Self::ListProducts => "list_products",
            Self::GetProduct => "get_product",
            Self::ListRelatedProducts => "list_related_products",
            Self::ListCategories => "list_categories",
            Self::ListCollections => "list_collections",
        }
    }

    fn is_read(self) -> bool {
        true
    }
}

/// The catalogue. Open to everybody; a customer's token may change prices.
#[cfg_attr(feature = "mock", mockall::automock)]
#[async_trait]
pub trait ProductsService: Send + Sync {
    /// What this integration does with an operation.
    fn support(&self, operation: ProductsOperation) -> Support;

    /// Lists products. The total counts all that match, not the page. An unknown category or collection is an empty list.
    /// 404 `region.not_found` for a context that names an unknown region.
    async fn list_products(&self, cx: &RequestContext, request: &ListProducts) -> Result<Paginated<Product>>;

    /// Gets a product by id or handle. 404 `product.not_found`, `product.variant_not_found`.
    async fn get_product(&self, cx: &RequestContext, id: &ProductId, request: &GetProduct) -> Result<Product>;

    /// Lists the products that relate to a variant. 404 `product.not_found`, `product.variant_not_found`.
    async fn list_related_products(
        &self,
        cx: &RequestContext,
        request: &ListRelatedProducts,
    ) -> Result<Paginated<Product>>;

    /// Lists the categories that are shown to visitors, each after the one that it is a part of.
    async fn list_categories(&self, cx: &RequestContext, request: &ListCategories) -> Result<Paginated<Category>>;

    /// Lists the collections, by name.
    async fn list_collections(&self, cx: &RequestContext, request: &ListCollections) -> Result<Paginated<Collection>>;
}
