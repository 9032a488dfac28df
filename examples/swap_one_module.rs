//! One module of your own: the catalogue is a list in this file, everything else is the shop in memory.
//!
//! `cargo run -p o2s-examples --example swap_one_module`, then open <http://127.0.0.1:3002/products>.

#![allow(clippy::print_stdout, reason = "a program that talks to the person at the terminal")]

use std::sync::Arc;

use async_trait::async_trait;
use o2s_api_harmonizer::{Settings, router};
use o2s_framework_core::Modules;
use o2s_framework_core::context::RequestContext;
use o2s_framework_core::error::{Error, Result};
use o2s_framework_core::ids::ProductId;
use o2s_framework_core::money::{Currency, Price};
use o2s_framework_core::paging::Paginated;
use o2s_framework_core::products::{
    Category, Collection, GetProduct, ListCategories, ListCollections, ListProducts, ListRelatedProducts, Product,
    ProductType, ProductsOperation, ProductsService,
};
use o2s_framework_core::support::Support;
use o2s_mock_integration::{Mock, MockConfig};
use rust_decimal::Decimal;

#[tokio::main]
async fn main() -> anyhow::Result<()> {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:3002").await?;
    println!("http://{}/products", listener.local_addr()?);
    axum::serve(listener, router(shop()?, &Settings::default())).await?;
    Ok(())
}

/// The shop in memory with another catalogue.
fn shop() -> anyhow::Result<Modules> {
    let leaflet = Leaflet(vec![
        product("hammer", "Hammer", Decimal::new(2495, 2))?,
        product("saw", "Saw", Decimal::new(3250, 2))?,
    ]);
    Ok(Modules { products: Arc::new(leaflet), ..Mock::new(&MockConfig::default()).modules() })
}

/// A catalogue that fits on a leaflet.
struct Leaflet(Vec<Product>);

const NO_RELATED: &str = "a leaflet has no room for related products";
const NO_CHAPTERS: &str = "a leaflet has no chapters";

#[async_trait]
impl ProductsService for Leaflet {
    fn support(&self, operation: ProductsOperation) -> Support {
        match operation {
            ProductsOperation::ListProducts | ProductsOperation::GetProduct => Support::Native,
            // Said here, it is refused with 501 and this reason before the method is ever called.
            ProductsOperation::ListRelatedProducts => Support::Absent(NO_RELATED),
            ProductsOperation::ListCategories | ProductsOperation::ListCollections => Support::Absent(NO_CHAPTERS),
        }
    }

    async fn list_products(&self, _: &RequestContext, request: &ListProducts) -> Result<Paginated<Product>> {
        let wanted = |product: &&Product| request.kind.is_none_or(|kind| product.kind == kind);
        Ok(request.page().cut(self.0.iter().filter(wanted).cloned().collect()))
    }

    async fn get_product(&self, _: &RequestContext, id: &ProductId, _: &GetProduct) -> Result<Product> {
        let found = self.0.iter().find(|product| product.id == *id).cloned();
        found.ok_or_else(|| Error::not_found("product.not_found", format!("Product {id} not found")))
    }

    async fn list_related_products(&self, _: &RequestContext, _: &ListRelatedProducts) -> Result<Paginated<Product>> {
        Err(Error::unsupported(ProductsOperation::ListRelatedProducts, NO_RELATED))
    }

    async fn list_categories(&self, _: &RequestContext, _: &ListCategories) -> Result<Paginated<Category>> {
        Err(Error::unsupported(ProductsOperation::ListCategories, NO_CHAPTERS))
    }

    async fn list_collections(&self, _: &RequestContext, _: &ListCollections) -> Result<Paginated<Collection>> {
        Err(Error::unsupported(ProductsOperation::ListCollections, NO_CHAPTERS))
    }
}

fn product(id: &str, name: &str, price: Decimal) -> anyhow::Result<Product> {
    Ok(Product {
        id: ProductId::new(id)?,
        sku: id.to_uppercase(),
        variant_id: None,
        name: name.to_owned(),
        description: format!("A {}, as it has always been.", name.to_lowercase()),
        short_description: None,
        subtitle: None,
        location: None,
        image: None,
        images: None,
        price: Some(Price::new(price, Currency::EUR)),
        link: format!("/{id}"),
        kind: ProductType::Physical,
        category: "Tools".to_owned(),
        tags: Vec::new(),
        attributes: None,
        option_groups: None,
        variants: None,
    })
}

#[cfg(test)]
mod tests {
    use axum::Router;
    use axum::body::Body;
    use axum::http::{Request, StatusCode};
    use http_body_util::BodyExt as _;
    use o2s_framework_core::error::ErrorKind;
    use o2s_framework_core::products::MockProductsService;
    use serde_json::Value;
    use tower::ServiceExt as _;

    use super::*;

    async fn got(app: Router, path: &str) -> anyhow::Result<(StatusCode, Value)> {
        let answer = app.oneshot(Request::get(path).body(Body::empty())?).await?;
        let status = answer.status();
        Ok((status, serde_json::from_slice(&answer.into_body().collect().await?.to_bytes())?))
    }

    #[tokio::test]
    async fn the_catalogue_is_another_and_the_rest_is_the_shop() -> anyhow::Result<()> {
        let app = router(shop()?, &Settings::default());
        let (_, products) = got(app.clone(), "/products").await?;
        assert_eq!((&products["total"], &products["data"][0]["name"]), (&Value::from(2), &Value::from("Hammer")));
        let (_, providers) = got(app.clone(), "/payments/providers?regionId=reg_eu").await?;
        assert_eq!(providers["data"][0]["id"], "pay_invoice");
        let (status, error) = got(app, "/products/hammer/variants/any/related-products").await?;
        assert_eq!((status, &error["code"]), (StatusCode::NOT_IMPLEMENTED, &Value::from("operation.unsupported")));
        Ok(())
    }

    /// A mock stands in where a test needs a backend to do what a real one does rarely.
    #[tokio::test]
    async fn a_front_end_meets_a_busy_shop() -> anyhow::Result<()> {
        let mut products = MockProductsService::new();
        products.expect_support().return_const(Support::Native);
        products.expect_list_products().returning(|_, _| {
            Err(Error::new(ErrorKind::RateLimited, "backend.rate_limited", "The shop gets too many requests"))
        });
        let shop = Modules { products: Arc::new(products), ..Mock::new(&MockConfig::default()).modules() };
        let (status, error) = got(router(shop, &Settings::default()), "/products").await?;
        assert_eq!((status, &error["code"]), (StatusCode::TOO_MANY_REQUESTS, &Value::from("backend.rate_limited")));
        Ok(())
    }
}
