//! Customers as the shop sees them, with their carts: the Store API lists no carts.

use http::Method;
use serde::Deserialize;

use super::AdminEndpoint;
use super::resources::{Asset, ServiceInstance, rows};
use crate::endpoint::{Endpoint, Query, Repeat};
use crate::v2::store::carts::Cart;
use crate::v2::types::{Page, null_as_default};

/// A customer.
#[derive(Debug, Clone, PartialEq, Deserialize)]
pub struct AdminCustomer {
    /// The id, `cus_…`.
    pub id: String,
    /// The e-mail address.
    pub email: Option<String>,
    /// Whether there is an account.
    pub has_account: Option<bool>,
    /// The customer's carts, oldest first, when asked for (`carts.id,carts.completed_at,…`).
    /// Completed ones stay in the list, with `completed_at` set.
    // Medusa: nested lists can be neither filtered, sorted nor paged.
    #[serde(default, deserialize_with = "null_as_default")]
    pub carts: Vec<Cart>,
    /// What the customer owns, when asked for; needs the assets-and-services plugin. See [`resources`](super::resources)
    /// for what this list is.
    #[serde(default, deserialize_with = "rows")]
    pub assets: Vec<Asset>,
    /// The customer's services, when asked for; needs the assets-and-services plugin.
    #[serde(default, deserialize_with = "rows")]
    pub service_instances: Vec<ServiceInstance>,
}

/// `GET /admin/customers/{id}`: one customer, 404 when it is unknown.
#[derive(Debug, Clone, Copy, Default)]
pub struct GetCustomer<'a> {
    /// The customer's id.
    pub id: &'a str,
    /// The fields to answer.
    pub fields: Option<&'a str>,
}

/// One customer.
#[derive(Debug, Clone, PartialEq, Deserialize)]
pub struct AdminCustomerAnswer {
    /// The customer.
    pub customer: AdminCustomer,
}

impl Endpoint for GetCustomer<'_> {
    const METHOD: Method = Method::GET;
    const ROUTE: &'static str = "/admin/customers/{id}";
    const REPEAT: Repeat = Repeat::Harmless;
    type Response = AdminCustomerAnswer;

    fn path_values(&self) -> Vec<&str> {
        vec![self.id]
    }

    fn query(&self, query: &mut Query) {
        query.set_some("fields", self.fields);
    }
}

impl AdminEndpoint for GetCustomer<'_> {}

/// `GET /admin/customers`: customers that match.
#[derive(Debug, Clone, Copy, Default)]
pub struct ListCustomers<'a> {
    /// The fields to answer.
    pub fields: Option<&'a str>,
    /// Which part of the list.
    pub page: Page<'a>,
    /// Only these customers.
    pub ids: &'a [&'a str],
    /// Words to search for, in any case: in e-mail address, names and company. `%` and `_` stand for anything.
    pub q: Option<&'a str>,
    /// Only those with, or only those without, an account.
    pub has_account: Option<bool>,
}

/// A page of customers.
#[derive(Debug, Clone, PartialEq, Deserialize)]
pub struct AdminCustomerList {
    /// The customers.
    pub customers: Vec<AdminCustomer>,
    /// How many match in all.
    pub count: u64,
}

impl Endpoint for ListCustomers<'_> {
    const METHOD: Method = Method::GET;
    const ROUTE: &'static str = "/admin/customers";
    const REPEAT: Repeat = Repeat::Harmless;
    type Response = AdminCustomerList;

    fn query(&self, query: &mut Query) {
        query.set_some("fields", self.fields);
        self.page.write(query);
        query.set_list("id", self.ids);
        query.set_some("q", self.q);
        query.set_bool("has_account", self.has_account);
    }
}

impl AdminEndpoint for ListCustomers<'_> {}
