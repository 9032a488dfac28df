use axum::extract::State;
use o2s_framework_core::ids::{ProductId, VariantId};
use o2s_framework_core::paging::{Limit, Paginated};
use o2s_framework_core::products::{
    Category, Collection, GetProduct, ListCategories, ListCollections, ListProducts, ListRelatedProducts, Product,
    ProductReferenceType, ProductSort,
};
use o2s_framework_core::sort::Sort;
use o2s_framework_core::text::{BasePath, Locale};
use serde::Deserialize;
use utoipa::IntoParams;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::app::App;
use crate::context::Cx;
use crate::extract::{Input, NoBody, NoIds, One, QueryParameters, Two};
use crate::reply::{Answer, Found};

pub(crate) fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(list_products))
        .routes(routes!(get_product))
        .routes(routes!(list_related_products))
        .routes(routes!(list_categories))
        .routes(routes!(list_collections))
}

/// Lists products.
#[utoipa::path(
    get,
    path = "/products",
    tag = "products",
    params(ListProducts),
    responses((status = 200, description = "A page of the catalogue; `total` counts all that match.", body = Paginated<Product>))
)]
async fn list_products(
    State(app): State<App>,
    Cx(cx): Cx,
    Input(NoIds, query, NoBody): Input<NoIds, ListProducts, NoBody>,
) -> Answer<Found<Paginated<Product>>> {
    Ok(Found(app.modules.products.list_products(&cx, &query).await?))
}

/// Gets a product by id or handle.
#[utoipa::path(
    get,
    path = "/products/{id}",
    tag = "products",
    params(("id" = ProductId, Path, description = "The product's id or handle."), GetProduct),
    responses((status = 200, description = "The product, seen through one of its variants.", body = Product))
)]
async fn get_product(
    State(app): State<App>,
    Cx(cx): Cx,
    Input(One(id), query, NoBody): Input<One<ProductId>, GetProduct, NoBody>,
) -> Answer<Found<Product>> {
    Ok(Found(app.modules.products.get_product(&cx, &id, &query).await?))
}

/// Which related products to list.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct RelatedProducts {
    /// Only products that relate in this way.
    #[serde(rename = "type", default)]
    kind: Option<ProductReferenceType>,
    /// The order of the list.
    #[serde(default)]
    #[param(value_type = Option<String>, example = "name_ASC")]
    sort: Option<Sort<ProductSort>>,
    /// The language, stronger than `x-locale`.
    #[serde(default)]
    locale: Option<Locale>,
    /// What the links of the products start with.
    #[serde(default)]
    base_path: Option<BasePath>,
    /// How many products, at most 1000; 10 if absent.
    #[serde(default)]
    limit: Option<Limit>,
    /// How many products to skip.
    #[serde(default)]
    offset: Option<u32>,
}

impl QueryParameters for RelatedProducts {}

/// Lists the products that relate to a variant.
#[utoipa::path(
    get,
    path = "/products/{id}/variants/{variantId}/related-products",
    tag = "products",
    params(
        ("id" = ProductId, Path, description = "The product's id or handle."),
        ("variantId" = VariantId, Path, description = "The variant's id or slug."),
        RelatedProducts,
    ),
    responses((status = 200, description = "A page of related products.", body = Paginated<Product>))
)]
async fn list_related_products(
    State(app): State<App>,
    Cx(cx): Cx,
    Input(Two(id, variant_id), query, NoBody): Input<Two<ProductId, VariantId>, RelatedProducts, NoBody>,
) -> Answer<Found<Paginated<Product>>> {
    let RelatedProducts { kind, sort, locale, base_path, limit, offset } = query;
    let request = ListRelatedProducts { id, variant_id, kind, sort, locale, base_path, limit, offset };
    Ok(Found(app.modules.products.list_related_products(&cx, &request).await?))
}

/// Lists the categories.
#[utoipa::path(
    get,
    path = "/product-categories",
    tag = "products",
    params(ListCategories),
    responses((
        status = 200,
        description = "The categories, each after the one that it is a part of.",
        body = Paginated<Category>
    ))
)]
async fn list_categories(
    State(app): State<App>,
    Cx(cx): Cx,
    Input(NoIds, query, NoBody): Input<NoIds, ListCategories, NoBody>,
) -> Answer<Found<Paginated<Category>>> {
    Ok(Found(app.modules.products.list_categories(&cx, &query).await?))
}

/// Lists the collections.
#[utoipa::path(
    get,
    path = "/product-collections",
    tag = "products",
    params(ListCollections),
    responses((status = 200, description = "The collections, by name.", body = Paginated<Collection>))
)]
async fn list_collections(
    State(app): State<App>,
    Cx(cx): Cx,
    Input(NoIds, query, NoBody): Input<NoIds, ListCollections, NoBody>,
) -> Answer<Found<Paginated<Collection>>> {
    Ok(Found(app.modules.products.list_collections(&cx, &query).await?))
}
