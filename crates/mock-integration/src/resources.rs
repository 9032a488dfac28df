//! Assets and services of the customers.

mod demo;

use std::sync::Arc;

use async_trait::async_trait;
use o2s_framework_core::address::Address;
use o2s_framework_core::context::RequestContext;
use o2s_framework_core::error::{Error, Result};
use o2s_framework_core::ids::{AssetId, ResourceId, ServiceId};
use o2s_framework_core::money::Currency;
use o2s_framework_core::paging::Paginated;
use o2s_framework_core::products::{Product, ProductReferenceType, ProductType};
use o2s_framework_core::resources::{
    Asset, AssetSort, AssetStatus, Contract, ContractStatus, ListAssets, ListServices, PaymentPeriod,
    ResourcesOperation, ResourcesService, Service, ServiceSort, WindowQuery,
};
use o2s_framework_core::sort::{Direction, Sort, SortField};
use o2s_framework_core::support::Support;
use o2s_framework_core::time::Timestamp;

pub(crate) use demo::{demo_assets, demo_services};

use crate::catalogue::{Item, featured_services, find_item, product_view, related, variant_price};
use crate::customers::DemoCustomer;
use crate::known::known;
use crate::language::Language;
use crate::products::shown;
use crate::regions::{catalogue_currency, regions};
use crate::shop::{Shop, State, admit, days_later, now};
use crate::violations::violation;

/// A thing that a customer owns.
#[derive(Clone, Debug)]
pub(crate) struct AssetRecord {
    pub(crate) id: AssetId,
    pub(crate) owner: &'static DemoCustomer,
    pub(crate) billing_account: String,
    pub(crate) item: Item,
    pub(crate) manufacturer: &'static str,
    pub(crate) serial_no: &'static str,
    pub(crate) status: AssetStatus,
    pub(crate) address: Option<Address>,
    pub(crate) end_of_warranty: Option<Timestamp>,
}

/// A service that a customer has.
#[derive(Clone, Debug)]
pub(crate) struct ServiceRecord {
    pub(crate) id: ServiceId,
    pub(crate) owner: &'static DemoCustomer,
    pub(crate) billing_account: String,
    pub(crate) item: Item,
    pub(crate) contract_id: String,
    pub(crate) status: ContractStatus,
    pub(crate) start: Timestamp,
    pub(crate) end: Option<Timestamp>,
    /// The assets it is for.
    pub(crate) assets: Vec<AssetId>,
}

/// The currency that a customer is billed in: that of the customer's region.
fn billing_currency(owner: &DemoCustomer) -> Currency {
    regions().find(|region| region.id == owner.region).map_or(Currency::EUR, |region| region.currency)
}

/// When a contract that begins now ends; one that is paid once, and one paid by the week, run until called off.
fn end_of(period: Option<PaymentPeriod>, start: Timestamp) -> Option<Timestamp> {
    match period? {
        PaymentPeriod::Monthly => Some(days_later(start, 30)),
        PaymentPeriod::Yearly => Some(days_later(start, 365)),
        PaymentPeriod::OneTime | PaymentPeriod::Weekly | PaymentPeriod::Unknown => None,
    }
}

/// A product as an asset, a service or a list of services shows it.
fn shown_product(item: Item, language: Language, currency: Currency, state: &State) -> Product {
    product_view(item, language, variant_price(item, currency), None, |item| state.in_stock(item))
}

impl AssetRecord {
    fn view(&self, language: Language, state: &State) -> Asset {
        let product = shown_product(self.item, language, billing_currency(self.owner), state);
        Asset {
            id: self.id.clone(),
            billing_account_id: self.billing_account.clone(),
            manufacturer: Some(self.manufacturer.to_owned()),
            model: product.name.clone(),
            serial_no: self.serial_no.to_owned(),
            description: product.short_description.clone().unwrap_or_default(),
            status: Some(self.status),
            address: self.address.clone(),
            end_of_warranty: self.end_of_warranty,
            compatible_services: None,
            product: Some(product),
        }
    }
}

impl ServiceRecord {
    fn view(&self, language: Language, state: &State) -> Service {
        let currency = billing_currency(self.owner);
        let assets = state.assets.iter().filter(|asset| self.assets.contains(&asset.id));
        let period = self.item.variant.period;
        Service {
            id: self.id.clone(),
            billing_account_id: self.billing_account.clone(),
            product: Some(shown_product(self.item, language, currency, state)),
            contract: Contract {
                id: self.contract_id.clone(),
                kind: Some(if period == Some(PaymentPeriod::OneTime) { "ONE_OFF" } else { "SUBSCRIPTION" }.to_owned()),
                status: self.status,
                start_date: self.start,
                end_date: self.end,
                payment_period: period,
                price: variant_price(self.item, currency),
            },
            assets: assets.map(|asset| asset.view(language, state)).collect(),
        }
    }
}

/// Assets and services of the shop's customers.
pub(crate) struct MockResources(pub(crate) Arc<Shop>);

#[async_trait]
impl ResourcesService for MockResources {
    fn support(&self, operation: ResourcesOperation) -> Support {
        match operation {
            ResourcesOperation::PurchaseResource | ResourcesOperation::PurchaseService => Support::Emulated(
                "billed to the customer's account at once, with neither cart nor payment: starts a service, or brings \
                 an idle service or asset back into use",
            ),
            ResourcesOperation::ListServices
            | ResourcesOperation::GetService
            | ResourcesOperation::ListAssets
            | ResourcesOperation::GetAsset
            | ResourcesOperation::ListCompatibleServices
            | ResourcesOperation::ListFeaturedServices => Support::Native,
        }
    }

    async fn purchase_resource(&self, cx: &RequestContext, id: &ResourceId) -> Result<()> {
        let customer = self.0.require_customer(cx)?;
        let mut state = self.0.state_mut();
        let not_found = || Error::not_found("asset.not_found", format!("There is no asset or service {id}"));
        if let Some(asset) = state.assets.iter_mut().find(|asset| asset.id.as_str() == id.as_str()) {
            admit(Some(asset.owner), Some(customer), not_found)?;
            if asset.status == AssetStatus::Retired {
                return Err(refused(format!("asset {id} has been retired and cannot be used again")));
            }
            asset.status = AssetStatus::Active;
            return Ok(());
        }
        self.0.purchase(&mut state, customer, id.as_str(), not_found)
    }

    async fn purchase_service(&self, cx: &RequestContext, id: &ServiceId) -> Result<()> {
        let customer = self.0.require_customer(cx)?;
        self.0.purchase(&mut self.0.state_mut(), customer, id.as_str(), || no_such_service(id))
    }

    async fn list_services(&self, cx: &RequestContext, request: &ListServices) -> Result<Paginated<Service>> {
        let customer = self.0.require_customer(cx)?;
        ensure_range(request.dates().is_reversed())?;
        let language = Language::of(request.locale.as_ref(), cx);
        let state = self.0.state();
        let mut found: Vec<&ServiceRecord> = state
            .services
            .iter()
            .filter(|service| service.owner == customer)
            .filter(|service| request.status.is_none_or(|status| status == service.status))
            .filter(|service| request.kind.is_none_or(|kind| kind == service.item.product.kind()))
            .filter(|service| request.category.as_ref().is_none_or(|name| service.item.product.category.is(name)))
            .filter(|service| {
                request.billing_account_id.as_ref().is_none_or(|id| id.as_str() == service.billing_account)
            })
            .filter(|service| request.dates().contains(service.start))
            .collect();
        match request.sort.map(|sort| sort.field) {
            Some(ServiceSort::Name) => found.sort_by_key(|service| service.item.product.name.get(language)),
            Some(ServiceSort::StartDate) => found.sort_by_key(|service| service.start),
            Some(ServiceSort::EndDate) => found.sort_by_key(|service| service.end),
            None => {}
        }
        turn(&mut found, request.sort);
        if request.sort.is_some_and(|sort| sort.field == ServiceSort::EndDate) {
            found.sort_by_key(|service| service.end.is_none());
        }
        let page = request.page().cut(found);
        let data = page.data.into_iter().map(|service| service.view(language, &state)).collect();
        Ok(Paginated { data, total: page.total })
    }

    async fn get_service(&self, cx: &RequestContext, id: &ServiceId) -> Result<Service> {
        let customer = self.0.require_customer(cx)?;
        let state = self.0.state();
        let service = state.services.iter().find(|service| service.id == *id).ok_or_else(|| no_such_service(id))?;
        admit(Some(service.owner), Some(customer), || no_such_service(id))?;
        Ok(service.view(Language::of(None, cx), &state))
    }

    async fn list_assets(&self, cx: &RequestContext, request: &ListAssets) -> Result<Paginated<Asset>> {
        let customer = self.0.require_customer(cx)?;
        ensure_range(request.dates().is_reversed())?;
        let language = Language::of(request.locale.as_ref(), cx);
        let dates = request.dates();
        let state = self.0.state();
        let mut found: Vec<&AssetRecord> = state
            .assets
            .iter()
            .filter(|asset| asset.owner == customer)
            .filter(|asset| request.status.is_none_or(|status| status == asset.status))
            .filter(|asset| request.kind.is_none_or(|kind| kind == asset.item.product.kind()))
            .filter(|asset| request.billing_account_id.as_ref().is_none_or(|id| id.as_str() == asset.billing_account))
            .filter(|asset| dates.is_open() || asset.end_of_warranty.is_some_and(|end| dates.contains(end)))
            .collect();
        match request.sort.map(|sort| sort.field) {
            Some(AssetSort::Name) => found.sort_by_key(|asset| asset.item.product.name.get(language)),
            Some(AssetSort::SerialNo) => found.sort_by_key(|asset| asset.serial_no),
            Some(AssetSort::EndOfWarranty) => found.sort_by_key(|asset| asset.end_of_warranty),
            None => {}
        }
        turn(&mut found, request.sort);
        if request.sort.is_some_and(|sort| sort.field == AssetSort::EndOfWarranty) {
            found.sort_by_key(|asset| asset.end_of_warranty.is_none());
        }
        let page = request.page().cut(found);
        let data = page.data.into_iter().map(|asset| asset.view(language, &state)).collect();
        Ok(Paginated { data, total: page.total })
    }

    async fn get_asset(&self, cx: &RequestContext, id: &AssetId) -> Result<Asset> {
        let customer = self.0.require_customer(cx)?;
        let state = self.0.state();
        Ok(state.asset(id, customer)?.view(Language::of(None, cx), &state))
    }

    async fn list_compatible_services(
        &self,
        cx: &RequestContext,
        id: &AssetId,
        request: &WindowQuery,
    ) -> Result<Paginated<Product>> {
        let customer = self.0.require_customer(cx)?;
        let language = Language::of(request.locale.as_ref(), cx);
        let state = self.0.state();
        let product = state.asset(id, customer)?.item.product;
        let services = related(product, Some(ProductReferenceType::CompatibleService)).filter_map(shown).collect();
        Ok(product_page(request, services, language, billing_currency(customer), &state))
    }

    async fn list_featured_services(&self, cx: &RequestContext, request: &WindowQuery) -> Result<Paginated<Product>> {
        self.0.identify(cx)?;
        let currency = catalogue_currency(cx)?;
        let language = Language::of(request.locale.as_ref(), cx);
        let services = featured_services().filter_map(shown).collect();
        Ok(product_page(request, services, language, currency, &self.0.state()))
    }
}

impl State {
    /// An asset of the customer. 404 `asset.not_found`.
    fn asset(&self, id: &AssetId, customer: &'static DemoCustomer) -> Result<&AssetRecord> {
        let not_found = || Error::not_found("asset.not_found", format!("There is no asset {id}"));
        let asset = self.assets.iter().find(|asset| asset.id == *id).ok_or_else(not_found)?;
        admit(Some(asset.owner), Some(customer), not_found)?;
        Ok(asset)
    }
}

impl Shop {
    /// Starts the service of a virtual product (by variant id or SKU), or revives a service of the customer's. Doing
    /// so again changes nothing.
    fn purchase(
        &self,
        state: &mut State,
        customer: &'static DemoCustomer,
        id: &str,
        not_found: impl Fn() -> Error,
    ) -> Result<()> {
        let now = now();
        if let Some(service) = state.services.iter_mut().find(|service| service.id.as_str() == id) {
            admit(Some(service.owner), Some(customer), &not_found)?;
            if service.status != ContractStatus::Active {
                service.status = ContractStatus::Active;
                service.start = now;
                service.end = end_of(service.item.variant.period, now);
            }
            return Ok(());
        }
        let item = find_item(id).ok_or_else(not_found)?;
        if item.product.kind() == ProductType::Physical {
            return Err(refused(format!("{} is shipped: buy it through a cart", item.sku())));
        }
        let has_it = |service: &ServiceRecord| {
            service.owner == customer && service.item == item && service.status == ContractStatus::Active
        };
        if !state.services.iter().any(has_it) {
            state.services.push(ServiceRecord {
                id: self.ids.next("srv"),
                owner: customer,
                billing_account: main_account(customer),
                item,
                contract_id: self.ids.next_text("con"),
                status: ContractStatus::Active,
                start: now,
                end: end_of(item.variant.period, now),
                assets: Vec::new(),
            });
        }
        Ok(())
    }
}

/// The billing account that a customer has in any case.
pub(crate) fn main_account(customer: &DemoCustomer) -> String {
    format!("ba_{}-main", customer.key)
}

fn product_page(
    request: &WindowQuery,
    items: Vec<Item>,
    language: Language,
    currency: Currency,
    state: &State,
) -> Paginated<Product> {
    let page = request.page().cut(items);
    let data = page.data.into_iter().map(|item| shown_product(item, language, currency, state)).collect();
    Paginated { data, total: page.total }
}

/// Turns a list that stands upwards the way a request wants it.
fn turn<T, F: SortField>(found: &mut [T], sort: Option<Sort<F>>) {
    if sort.is_some_and(|sort| sort.direction == Direction::Descending) {
        found.reverse();
    }
}

fn ensure_range(is_reversed: bool) -> Result<()> {
    if is_reversed {
        return Err(violation("dateTo", "must not be before dateFrom"));
    }
    Ok(())
}

fn refused(message: String) -> Error {
    violation("id", message)
}

fn no_such_service(id: &ServiceId) -> Error {
    Error::not_found("service.not_found", format!("There is no service {id}"))
}

/// The id of one of the tables' own things.
fn demo_id<T: TryFrom<String, Error: std::fmt::Debug>>(kind: &str, owner: &DemoCustomer, number: usize) -> T {
    known(&format!("{kind}_{}-{number}", owner.key))
}
