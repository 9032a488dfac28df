//! The catalogue as a service.

use std::sync::Arc;

use async_trait::async_trait;
use o2s_framework_core::context::RequestContext;
use o2s_framework_core::error::{Error, Result};
use o2s_framework_core::ids::ProductId;
use o2s_framework_core::money::Currency;
use o2s_framework_core::paging::Paginated;
use o2s_framework_core::products::{
    Category, Collection, GetProduct, ListCategories, ListCollections, ListProducts, ListRelatedProducts, OptionGroup,
    OptionGroupLabel, Product as View, ProductSort, ProductsOperation, ProductsService,
};
use o2s_framework_core::sort::{Direction, Sort};
use o2s_framework_core::support::Support;

use crate::catalogue::{
    Item, Product, categories, collections, find_product, find_variant, is_option_group, items_of, product_view,
    products, related, variant_price,
};
use crate::language::Language;
use crate::regions::catalogue_currency;
use crate::shop::Shop;

/// The shop's catalogue.
pub(crate) struct MockProducts(pub(crate) Arc<Shop>);

#[async_trait]
impl ProductsService for MockProducts {
    fn support(&self, operation: ProductsOperation) -> Support {
        match operation {
            ProductsOperation::ListProducts
            | ProductsOperation::GetProduct
            | ProductsOperation::ListRelatedProducts
            | ProductsOperation::ListCategories
            | ProductsOperation::ListCollections => Support::Native,
        }
    }

    async fn list_products(&self, cx: &RequestContext, request: &ListProducts) -> Result<Paginated<View>> {
        self.0.identify(cx)?;
        let currency = catalogue_currency(cx)?;
        let language = Language::of(request.locale.as_ref(), cx);
        let found = products()
            .filter(|product| request.kind.is_none_or(|kind| kind == product.kind()))
            .filter(|product| request.category.as_ref().is_none_or(|name| product.category.is(name)))
            .filter(|product| request.collection.as_ref().is_none_or(|name| is_in_collection(product, name)))
            .filter_map(shown)
            .collect();
        let page = request.page().cut(sorted(found, request.sort, language, currency));
        let state = self.0.state();
        let view = |item| {
            let price = variant_price(item, currency);
            product_view(item, language, price, request.base_path.as_ref(), |item| state.in_stock(item))
        };
        Ok(Paginated { data: page.data.into_iter().map(view).collect(), total: page.total })
    }

    async fn get_product(&self, cx: &RequestContext, id: &ProductId, request: &GetProduct) -> Result<View> {
        self.0.identify(cx)?;
        let currency = catalogue_currency(cx)?;
        let product = existing_product(id)?;
        let item = match &request.variant_id {
            Some(variant) => existing_variant(product, variant.as_str())?,
            None => shown(product).ok_or_else(|| no_such_product(id))?,
        };
        let state = self.0.state();
        let language = Language::of(request.locale.as_ref(), cx);
        let price = variant_price(item, currency);
        let mut view = product_view(item, language, price, request.base_path.as_ref(), |item| state.in_stock(item));
        view.option_groups = view.option_groups.map(|groups| labelled(groups, item, &request.variant_option_groups));
        Ok(view)
    }

    async fn list_related_products(
        &self,
        cx: &RequestContext,
        request: &ListRelatedProducts,
    ) -> Result<Paginated<View>> {
        self.0.identify(cx)?;
        let currency = catalogue_currency(cx)?;
        let product = existing_product(&request.id)?;
        existing_variant(product, request.variant_id.as_str())?;
        let language = Language::of(request.locale.as_ref(), cx);
        let found = related(product, request.kind).filter_map(shown).collect();
        let page = request.page().cut(sorted(found, request.sort, language, currency));
        let state = self.0.state();
        let view = |item| {
            let price = variant_price(item, currency);
            product_view(item, language, price, request.base_path.as_ref(), |item| state.in_stock(item))
        };
        Ok(Paginated { data: page.data.into_iter().map(view).collect(), total: page.total })
    }

    async fn list_categories(&self, cx: &RequestContext, request: &ListCategories) -> Result<Paginated<Category>> {
        self.0.identify(cx)?;
        let language = Language::of(request.locale.as_ref(), cx);
        Ok(request.page().cut(categories().map(|category| category.view(language)).collect()))
    }

    async fn list_collections(&self, cx: &RequestContext, request: &ListCollections) -> Result<Paginated<Collection>> {
        self.0.identify(cx)?;
        let language = Language::of(request.locale.as_ref(), cx);
        let mut found: Vec<_> = collections().map(|collection| collection.view(language)).collect();
        found.sort_by(|a, b| a.name.cmp(&b.name));
        Ok(request.page().cut(found))
    }
}

fn is_in_collection(product: &Product, name: &str) -> bool {
    collections().any(|collection| collection.is(name) && collection.has(product))
}

/// The variant that a product is seen through unless another is asked for: the first one.
pub(crate) fn shown(product: &'static Product) -> Option<Item> {
    items_of(product).next()
}

fn existing_product(id: &ProductId) -> Result<&'static Product> {
    find_product(id.as_str()).ok_or_else(|| no_such_product(id))
}

fn no_such_product(id: &ProductId) -> Error {
    Error::not_found("product.not_found", format!("There is no product with the id or handle {id}"))
}

fn existing_variant(product: &'static Product, name: &str) -> Result<Item> {
    find_variant(product, name).ok_or_else(|| {
        let message = format!("Product {} has no variant with the id or slug {name}", product.handle);
        Error::not_found("product.variant_not_found", message)
    })
}

/// Sorts what a list shows. The tables stand oldest first and do not change, so both times are the place in them;
/// products without a price in the currency come last when sorted upwards.
fn sorted(mut found: Vec<Item>, sort: Option<Sort<ProductSort>>, language: Language, currency: Currency) -> Vec<Item> {
    let Some(sort) = sort else { return found };
    match sort.field {
        ProductSort::Name => found.sort_by_key(|item| item.product.name.get(language)),
        ProductSort::Price => found.sort_by_key(|item| {
            let price = item.variant.price.in_currency(currency);
            (price.is_none(), price)
        }),
        ProductSort::CreatedAt | ProductSort::UpdatedAt => found.sort_by_key(|item| age(item.product)),
    }
    if sort.direction == Direction::Descending {
        found.reverse();
    }
    found
}

/// The place of a product in the tables.
fn age(product: &Product) -> Option<usize> {
    products().position(|other| other.code == product.code)
}

/// Gives option groups the titles that a front end wants, in its order; the others follow as they are.
fn labelled(mut groups: Vec<OptionGroup>, item: Item, labels: &[OptionGroupLabel]) -> Vec<OptionGroup> {
    let mut ordered = Vec::with_capacity(groups.len());
    for label in labels {
        if let Some(position) = groups.iter().position(|group| is_option_group(item, &group.id, &label.title)) {
            let group = groups.remove(position);
            ordered.push(OptionGroup { title: label.label.clone(), ..group });
        }
    }
    ordered.append(&mut groups);
    ordered
}
