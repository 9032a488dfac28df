//! Assets and service instances, which Medusa's assets-and-services plugin keeps. Checked against plugin 1.0.1.
//!
//! The plugin's own lists tell everybody's rows: assets cannot be filtered by customer, and services only where the
//! customer's id is not empty. What belongs to one customer is asked of [`GetCustomer`](super::customers::GetCustomer)
//! with `assets.*` or `service_instances.*`, which Medusa answers by its link table. Whoever shows rows to customers
//! compares [`owners`](Asset::owners) all the same.

use http::Method;
use serde::de::{DeserializeOwned, Error as _};
use serde::{Deserialize, Deserializer};
use serde_json::value::RawValue;

use super::AdminEndpoint;
use crate::amount::Amount;
use crate::endpoint::{Endpoint, Query, Repeat};
use crate::v2::store::variants::Variant;
use crate::v2::types::{Address, Page};

/// A thing that a customer owns.
#[derive(Debug, Clone, PartialEq, Deserialize)]
pub struct Asset {
    /// The id; it has no prefix.
    pub id: String,
    /// The name that it goes by.
    pub name: Option<String>,
    /// The address of its picture.
    pub thumbnail: Option<String>,
    /// Serial number; unique in the shop.
    pub serial_number: Option<String>,
    /// Until when the warranty holds, RFC 3339.
    pub end_of_warranty_date: Option<String>,
    /// What was paid for it, where that can be read.
    #[serde(default, deserialize_with = "totals")]
    pub totals: Option<Totals>,
    /// Creation, RFC 3339.
    pub created_at: Option<String>,
    /// Last change, RFC 3339.
    pub updated_at: Option<String>,
    /// Where it stands.
    pub address: Option<Address>,
    /// What it is an instance of; none where that is gone.
    #[serde(default, deserialize_with = "only_one")]
    pub product_variant: Option<Variant>,
    /// Whose it is. Empty where nobody is known to own it, or where that was not asked for.
    // Medusa: the key is absent when the customer is gone, and holds a list where there are two links.
    #[serde(rename = "customer", default, deserialize_with = "one_or_many")]
    pub owners: Vec<LinkedCustomer>,
}

/// A subscription or a contract of a customer.
#[derive(Debug, Clone, PartialEq, Deserialize)]
pub struct ServiceInstance {
    /// The id; it has no prefix.
    pub id: String,
    /// The name that it goes by.
    pub name: Option<String>,
    /// From when it runs, RFC 3339.
    pub start_date: Option<String>,
    /// Until when it runs, RFC 3339.
    pub end_date: Option<String>,
    /// When it was bought, RFC 3339.
    pub purchase_date: Option<String>,
    /// How often it is paid.
    pub payment_type: Option<PaymentType>,
    /// Whether it runs.
    pub status: Option<ServiceStatus>,
    /// What one payment is, where that can be read.
    #[serde(default, deserialize_with = "totals")]
    pub totals: Option<Totals>,
    /// Creation, RFC 3339.
    pub created_at: Option<String>,
    /// Last change, RFC 3339.
    pub updated_at: Option<String>,
    /// What was subscribed to; none where that is gone.
    #[serde(default, deserialize_with = "only_one")]
    pub product_variant: Option<Variant>,
    /// The assets that it is for, which may be somebody else's. How much is told of them differs from route to route.
    #[serde(default, deserialize_with = "rows")]
    pub assets: Vec<Asset>,
    /// Whose it is. Empty where nobody is known to own it, or where that was not asked for.
    #[serde(rename = "customer", default, deserialize_with = "one_or_many")]
    pub owners: Vec<LinkedCustomer>,
}

/// A customer that something is linked to.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct LinkedCustomer {
    /// The id, `cus_…`.
    pub id: Option<String>,
}

/// A sum of money as the plugin keeps it.
#[derive(Debug, Clone, PartialEq, Deserialize)]
pub struct Totals {
    /// ISO 4217 currency, in the case in which it was given.
    pub currency: Option<String>,
    /// The sum.
    pub total_price: Option<TotalPrice>,
}

/// The sum of [`Totals`].
#[derive(Debug, Clone, PartialEq, Deserialize)]
pub struct TotalPrice {
    /// In major units.
    pub value: Option<Amount>,
}

/// How often a service is paid.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum PaymentType {
    /// Once.
    OneTime,
    /// Every week.
    Weekly,
    /// Every month.
    Monthly,
    /// Every year.
    Yearly,
    /// A period that this crate does not know.
    #[serde(untagged)]
    Unknown(String),
}

/// Whether a service runs.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum ServiceStatus {
    /// It runs.
    Active,
    /// It does not run now.
    Inactive,
    /// It has ended.
    Expired,
    /// A status that this crate does not know.
    #[serde(untagged)]
    Unknown(String),
}

/// A list without its empty places.
// Medusa: the plugin deletes rows and leaves their links, and each such link is a `null` in the list.
pub(super) fn rows<'de, D, T>(deserializer: D) -> Result<Vec<T>, D::Error>
where
    D: Deserializer<'de>,
    T: Deserialize<'de>,
{
    let rows = Option::<Vec<Option<T>>>::deserialize(deserializer)?;
    Ok(rows.unwrap_or_default().into_iter().flatten().collect())
}

/// A linked object, or a list of them where there are several links. An empty list for anything else.
fn one_or_many<'de, D, T>(deserializer: D) -> Result<Vec<T>, D::Error>
where
    D: Deserializer<'de>,
    T: DeserializeOwned,
{
    let text = <&RawValue>::deserialize(deserializer)?.get();
    match text.as_bytes().first() {
        Some(b'{') => serde_json::from_str(text).map(|one| vec![one]).map_err(D::Error::custom),
        Some(b'[') => {
            let many: Vec<Option<T>> = serde_json::from_str(text).map_err(D::Error::custom)?;
            Ok(many.into_iter().flatten().collect())
        }
        _ => Ok(Vec::new()),
    }
}

/// The linked object where there is exactly one.
fn only_one<'de, D, T>(deserializer: D) -> Result<Option<T>, D::Error>
where
    D: Deserializer<'de>,
    T: DeserializeOwned,
{
    let mut linked = one_or_many(deserializer)?;
    Ok(if linked.len() == 1 { linked.pop() } else { None })
}

/// Totals, where they are some.
// Medusa: the plugin takes any JSON at all for them.
fn totals<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Totals>, D::Error> {
    Ok(serde_json::from_str(<&RawValue>::deserialize(deserializer)?.get()).ok())
}

/// `GET /admin/assets/{id}`: one asset, 404 when it is unknown. Whoever's it is.
#[derive(Debug, Clone, Copy)]
pub struct GetAsset<'a> {
    /// The asset's id.
    pub id: &'a str,
}

/// One asset.
#[derive(Debug, Clone, PartialEq, Deserialize)]
pub struct AssetAnswer {
    /// The asset.
    pub asset: Asset,
}

impl Endpoint for GetAsset<'_> {
    const METHOD: Method = Method::GET;
    const ROUTE: &'static str = "/admin/assets/{id}";
    const REPEAT: Repeat = Repeat::Harmless;
    type Response = AssetAnswer;

    fn path_values(&self) -> Vec<&str> {
        vec![self.id]
    }
}

impl AdminEndpoint for GetAsset<'_> {}

/// `GET /admin/assets`: assets that match, whoever's they are, ordered by id. Without ids or words: everybody's.
// Medusa: a filter by customer is ignored, and so are `order` and `fields`. 500 ids fit a request head, 600 do not.
#[derive(Debug, Clone, Copy, Default)]
pub struct ListAssets<'a> {
    /// Only these assets.
    pub ids: &'a [&'a str],
    /// Words to search for in name and serial number; each must be there. `%` stands for anything.
    pub q: Option<&'a str>,
    /// Which part of the list; 10 if not said, without an upper bound.
    pub page: Page<'a>,
}

/// A page of assets.
#[derive(Debug, Clone, PartialEq, Deserialize)]
pub struct AssetList {
    /// The assets.
    #[serde(deserialize_with = "rows")]
    pub assets: Vec<Asset>,
    /// How many match in all.
    pub count: u64,
}

impl Endpoint for ListAssets<'_> {
    const METHOD: Method = Method::GET;
    const ROUTE: &'static str = "/admin/assets";
    const REPEAT: Repeat = Repeat::Harmless;
    type Response = AssetList;

    fn query(&self, query: &mut Query) {
        query.set_list("id", self.ids);
        query.set_some("q", self.q);
        self.page.write(query);
    }
}

impl AdminEndpoint for ListAssets<'_> {}

/// `GET /admin/service-instances/{id}`: one service, 404 when it is unknown. Whoever's it is; of its assets name and
/// serial number, but not whose they are.
// Medusa: the id `featured` is another route: see [`ListFeaturedServices`].
#[derive(Debug, Clone, Copy)]
pub struct GetServiceInstance<'a> {
    /// The service's id.
    pub id: &'a str,
}

/// One service.
#[derive(Debug, Clone, PartialEq, Deserialize)]
pub struct ServiceInstanceAnswer {
    /// The service.
    #[serde(rename = "serviceInstance")]
    pub service_instance: ServiceInstance,
}

impl Endpoint for GetServiceInstance<'_> {
    const METHOD: Method = Method::GET;
    const ROUTE: &'static str = "/admin/service-instances/{id}";
    const REPEAT: Repeat = Repeat::Harmless;
    type Response = ServiceInstanceAnswer;

    fn path_values(&self) -> Vec<&str> {
        vec![self.id]
    }
}

impl AdminEndpoint for GetServiceInstance<'_> {}

/// `GET /admin/service-instances`: the services of a customer, ordered by id.
// Medusa: an empty customer id lists everybody's services.
#[derive(Debug, Clone, Copy, Default)]
pub struct ListServiceInstances<'a> {
    /// Whose. Must not be empty.
    pub customer_id: &'a str,
    /// Only services in this status, such as `ACTIVE`.
    pub status: Option<&'a str>,
    /// Only services paid like this, such as `MONTHLY`.
    pub payment_type: Option<&'a str>,
    /// Words to search for in the name.
    pub q: Option<&'a str>,
    /// Which part of the list; 10 if not said, without an upper bound.
    pub page: Page<'a>,
}

/// A page of services.
#[derive(Debug, Clone, PartialEq, Deserialize)]
pub struct ServiceInstanceList {
    /// The services.
    #[serde(rename = "serviceInstances", deserialize_with = "rows")]
    pub service_instances: Vec<ServiceInstance>,
    /// How many match in all.
    pub count: u64,
}

impl Endpoint for ListServiceInstances<'_> {
    const METHOD: Method = Method::GET;
    const ROUTE: &'static str = "/admin/service-instances";
    const REPEAT: Repeat = Repeat::Harmless;
    type Response = ServiceInstanceList;

    fn query(&self, query: &mut Query) {
        query.set("customerId", self.customer_id);
        query.set_some("status", self.status);
        query.set_some("payment_type", self.payment_type);
        query.set_some("q", self.q);
        self.page.write(query);
    }
}

impl AdminEndpoint for ListServiceInstances<'_> {}

/// `GET /admin/assets/{asset_id}/compatible-services`: the variants that the asset's variant relates to as services.
// Medusa: 500 for an asset whose variant is gone. The count counts relations, also those that lead nowhere.
#[derive(Debug, Clone, Copy)]
pub struct ListCompatibleServices<'a> {
    /// The asset's id.
    pub asset_id: &'a str,
    /// Which part of the list; 10 if not said, without an upper bound.
    pub page: Page<'a>,
}

/// A page of services for an asset.
#[derive(Debug, Clone, PartialEq, Deserialize)]
pub struct CompatibleServiceList {
    /// The variants, with their products.
    #[serde(rename = "compatibleServices", deserialize_with = "rows")]
    pub compatible_services: Vec<Variant>,
    /// How many relations there are in all.
    pub count: u64,
}

impl Endpoint for ListCompatibleServices<'_> {
    const METHOD: Method = Method::GET;
    const ROUTE: &'static str = "/admin/assets/{asset_id}/compatible-services";
    const REPEAT: Repeat = Repeat::Harmless;
    type Response = CompatibleServiceList;

    fn path_values(&self) -> Vec<&str> {
        vec![self.asset_id]
    }

    fn query(&self, query: &mut Query) {
        self.page.write(query);
    }
}

impl AdminEndpoint for ListCompatibleServices<'_> {}

/// `GET /admin/service-instances/featured`: all variants of the products in the category `featured-services`, those of
/// products that are not for sale among them. Without products and prices; the whole list, since it is not paged.
#[derive(Debug, Clone, Copy, Default)]
pub struct ListFeaturedServices;

/// The featured services.
#[derive(Debug, Clone, PartialEq, Deserialize)]
pub struct FeaturedServiceList {
    /// The variants.
    #[serde(rename = "featuredServices", deserialize_with = "rows")]
    pub featured_services: Vec<Variant>,
    /// How many there are.
    pub count: u64,
}

impl Endpoint for ListFeaturedServices {
    const METHOD: Method = Method::GET;
    const ROUTE: &'static str = "/admin/service-instances/featured";
    const REPEAT: Repeat = Repeat::Harmless;
    type Response = FeaturedServiceList;
}

impl AdminEndpoint for ListFeaturedServices {}
