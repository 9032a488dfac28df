//! Customers and their saved addresses.

mod demo;

use std::sync::Arc;

use async_trait::async_trait;
use o2s_framework_core::address::Address;
use o2s_framework_core::context::RequestContext;
use o2s_framework_core::customers::{
    CreateAddress, CustomerAddress, CustomersOperation, CustomersService, ListAddresses, UpdateAddress,
};
use o2s_framework_core::error::{Error, Result};
use o2s_framework_core::ids::AddressId;
use o2s_framework_core::paging::Paginated;
use o2s_framework_core::support::Support;

pub(crate) use demo::{DemoCustomer, demo_customer, demo_customers};

use crate::shop::{Shop, State, now};
use crate::violations::{ensure_none, violation};

/// The most addresses that one customer saves.
const MAX_ADDRESSES: usize = 1000;

/// Saved addresses of the shop's customers.
pub(crate) struct MockCustomers(pub(crate) Arc<Shop>);

#[async_trait]
impl CustomersService for MockCustomers {
    fn support(&self, operation: CustomersOperation) -> Support {
        match operation {
            CustomersOperation::ListAddresses
            | CustomersOperation::GetAddress
            | CustomersOperation::CreateAddress
            | CustomersOperation::UpdateAddress
            | CustomersOperation::DeleteAddress
            | CustomersOperation::SetDefaultAddress => Support::Native,
        }
    }

    async fn list_addresses(&self, cx: &RequestContext, request: &ListAddresses) -> Result<Paginated<CustomerAddress>> {
        let customer = self.0.require_customer(cx)?;
        Ok(request.page().cut(self.0.state().addresses_of(customer).cloned().collect()))
    }

    async fn get_address(&self, cx: &RequestContext, id: &AddressId) -> Result<CustomerAddress> {
        let customer = self.0.require_customer(cx)?;
        self.0.state().address(id, customer).cloned()
    }

    async fn create_address(&self, cx: &RequestContext, request: &CreateAddress) -> Result<CustomerAddress> {
        let customer = self.0.require_customer(cx)?;
        ensure_none(request.address.violations("address"))?;
        let now = now();
        let saved = CustomerAddress {
            id: self.0.ids.next("addr"),
            customer_id: customer.customer_id(),
            label: request.label.clone().filter(|label| !label.is_empty()),
            is_default: Some(request.is_default == Some(true)),
            address: normalised(request.address.clone()),
            created_at: now,
            updated_at: now,
        };
        let mut state = self.0.state_mut();
        if state.addresses_of(customer).count() >= MAX_ADDRESSES {
            let message = format!("no more than {MAX_ADDRESSES} addresses can be saved: delete one first");
            return Err(violation("address", message));
        }
        if saved.is_default == Some(true) {
            state.clear_default(customer);
        }
        state.addresses.push(saved.clone());
        Ok(saved)
    }

    async fn update_address(
        &self,
        cx: &RequestContext,
        id: &AddressId,
        request: &UpdateAddress,
    ) -> Result<CustomerAddress> {
        let customer = self.0.require_customer(cx)?;
        ensure_none(request.violations())?;
        self.0.state_mut().change_address(id, customer, |saved| {
            if let Some(label) = &request.label {
                saved.label = (!label.is_empty()).then(|| label.clone());
            }
            if let Some(changes) = &request.address {
                saved.address = normalised(changes.apply_to(&saved.address));
            }
            saved.is_default = request.is_default.or(saved.is_default);
        })
    }

    async fn delete_address(&self, cx: &RequestContext, id: &AddressId) -> Result<()> {
        let customer = self.0.require_customer(cx)?;
        let mut state = self.0.state_mut();
        let id = state.address(id, customer)?.id.clone();
        state.addresses.retain(|saved| saved.id != id);
        Ok(())
    }

    async fn set_default_address(&self, cx: &RequestContext, id: &AddressId) -> Result<CustomerAddress> {
        let customer = self.0.require_customer(cx)?;
        self.0.state_mut().change_address(id, customer, |saved| saved.is_default = Some(true))
    }
}

impl State {
    fn addresses_of(&self, customer: &'static DemoCustomer) -> impl Iterator<Item = &CustomerAddress> {
        self.addresses.iter().filter(|saved| saved.customer_id.as_str() == customer.id)
    }

    /// A saved address of the customer. 404 `address.not_found`.
    pub(crate) fn address(&self, id: &AddressId, customer: &'static DemoCustomer) -> Result<&CustomerAddress> {
        self.addresses_of(customer).find(|saved| saved.id == *id).ok_or_else(|| no_such_address(id))
    }

    fn clear_default(&mut self, customer: &'static DemoCustomer) {
        for saved in self.addresses.iter_mut().filter(|saved| saved.customer_id.as_str() == customer.id) {
            saved.is_default = Some(false);
        }
    }

    /// Changes an address of the customer. The default flag, where the change sets it, leaves the one that had it.
    fn change_address(
        &mut self,
        id: &AddressId,
        customer: &'static DemoCustomer,
        change: impl FnOnce(&mut CustomerAddress),
    ) -> Result<CustomerAddress> {
        let mut changed = self.address(id, customer)?.clone();
        change(&mut changed);
        changed.updated_at = now();
        if changed.is_default == Some(true) {
            self.clear_default(customer);
        }
        let place = self.addresses.iter_mut().find(|saved| saved.id == *id).ok_or_else(|| no_such_address(id))?;
        place.clone_from(&changed);
        Ok(changed)
    }
}

fn no_such_address(id: &AddressId) -> Error {
    Error::not_found("address.not_found", format!("There is no address {id}"))
}

/// Countries are kept in upper case.
fn normalised(address: Address) -> Address {
    Address { country: address.country.to_ascii_uppercase(), ..address }
}
