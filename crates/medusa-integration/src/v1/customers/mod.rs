//! Saved addresses of Medusa 1.

mod map;

use std::sync::Arc;

use async_trait::async_trait;
use o2s_framework_core::context::RequestContext;
use o2s_framework_core::customers::{
    CreateAddress, CustomerAddress, CustomersOperation, CustomersService, ListAddresses, UpdateAddress,
};
use o2s_framework_core::error::{Error, Result};
use o2s_framework_core::ids::AddressId;
use o2s_framework_core::paging::Paginated;
use o2s_framework_core::support::Support;
use o2s_medusa_client::v1::store::addresses::{
    AddressBody, CreateAddress as CreateWireAddress, DeleteAddress, NewAddress, UpdateAddress as UpdateWireAddress,
};
use o2s_medusa_client::v1::store::carts::AddressChoice;
use o2s_medusa_client::v1::store::customers::{Customer, CustomerUpdate, GetMe, UpdateMe};
use o2s_medusa_client::v1::types::{Address, AddressInput, Metadata};
use o2s_medusa_client::{CustomerToken, Error as ClientError};
use tokio::sync::OwnedMutexGuard;

use super::Shop;
use crate::error::{backend, incomplete, refuses_with};

/// The saved addresses of a Medusa 1's customers. The default one is the customer's billing address.
// Medusa: every route is of the customer whose token it is, and refuses a bad token with 401: who calls need not be
// established first. All answer the whole customer.
pub(super) struct Customers {
    shop: Arc<Shop>,
}

impl Customers {
    pub(super) fn new(shop: Arc<Shop>) -> Self {
        Self { shop }
    }

    /// The caller's token, and the turn at the caller's addresses: a change reads before it writes.
    async fn turn(&self, cx: &RequestContext) -> Result<(CustomerToken, OwnedMutexGuard<()>)> {
        let identity = self.shop.identities.establish(cx).await?;
        let (customer, token) = identity.require_customer()?;
        let turn = self.shop.address_turns.turn(cx, customer).await?;
        Ok((token.clone(), turn))
    }

    async fn me(&self, cx: &RequestContext, token: &CustomerToken) -> Result<Customer> {
        Ok(self.shop.call(cx, Some(token), &GetMe).await.map_err(backend)?.customer)
    }

    /// Saves an address; none where it is not among the saved ones then, beside those that were known.
    // Medusa: a new address is answered among all of the customer's, without a word which it is. One that is like another
    // in name, street, town and telephone number is not saved, and that is a success too.
    async fn save(
        &self,
        cx: &RequestContext,
        token: &CustomerToken,
        known: &[Address],
        address: &NewAddress,
    ) -> Result<Option<CustomerAddress>> {
        let endpoint = CreateWireAddress { body: AddressBody { address: address.clone() } };
        let customer = self.shop.call(cx, Some(token), &endpoint).await.map_err(backend)?.customer;
        let new = map::newest_like(&customer, known, address);
        new.map(|new| map::saved_address(&customer, new)).transpose()
    }

    /// Saves an address that is like another: as one that is not, which is then changed.
    async fn save_again(
        &self,
        cx: &RequestContext,
        token: &CustomerToken,
        known: &[Address],
        address: NewAddress,
    ) -> Result<CustomerAddress> {
        // Medusa: what is not there is not like what is.
        let other = NewAddress { phone: None, ..address.clone() };
        let other = self.save(cx, token, known, &other).await?.ok_or_else(|| incomplete("the new address"))?;
        let body = AddressInput { phone: address.phone, ..AddressInput::default() };
        let endpoint = UpdateWireAddress { id: other.id.as_str(), body };
        let customer = self.shop.call(cx, Some(token), &endpoint).await.map_err(backend)?.customer;
        saved(&customer, &other.id)
    }

    /// The data of a saved address with these changes; none where there are none.
    // Medusa: data that is sent takes the place of all that was there.
    async fn merged_metadata(
        &self,
        cx: &RequestContext,
        token: &CustomerToken,
        id: &AddressId,
        changes: Metadata,
    ) -> Result<Option<Metadata>> {
        if changes.is_empty() {
            return Ok(None);
        }
        let mut metadata = wire(&self.me(cx, token).await?, id)?.metadata.clone().unwrap_or_default();
        metadata.extend(changes);
        Ok(Some(metadata))
    }

    /// Makes a saved address the customer's default, or none.
    async fn choose(&self, cx: &RequestContext, token: &CustomerToken, id: Option<&AddressId>) -> Result<Customer> {
        let choice = id.map_or(AddressChoice::None, |id| AddressChoice::Saved(id.to_string()));
        let endpoint = UpdateMe { body: CustomerUpdate { billing_address: Some(choice), ..CustomerUpdate::default() } };
        Ok(self.shop.call(cx, Some(token), &endpoint).await.map_err(backend)?.customer)
    }
}

fn is_default(customer: &Customer, id: &AddressId) -> bool {
    customer.billing_address_id.as_deref() == Some(id.as_str())
}

/// A saved address of a customer. 404 `address.not_found`.
fn saved(customer: &Customer, id: &AddressId) -> Result<CustomerAddress> {
    map::saved_address(customer, wire(customer, id)?)
}

fn wire<'a>(customer: &'a Customer, id: &AddressId) -> Result<&'a Address> {
    let address = customer.shipping_addresses.iter().find(|address| address.id.as_deref() == Some(id.as_str()));
    address.ok_or_else(|| not_found(id))
}

#[async_trait]
impl CustomersService for Customers {
    fn support(&self, operation: CustomersOperation) -> Support {
        match operation {
            CustomersOperation::CreateAddress => Support::Emulated(
                "reads the customer first: Medusa does not say which address is the new one, and saves none that is like \
                 another",
            ),
            CustomersOperation::UpdateAddress => {
                Support::Emulated("reads the customer first where it changes what Medusa has no field for")
            }
            CustomersOperation::ListAddresses | CustomersOperation::GetAddress => {
                Support::Emulated("reads the customer, with whom all saved addresses come")
            }
            CustomersOperation::DeleteAddress => {
                Support::Emulated("reads the customer first: Medusa drops what is not there as well")
            }
            CustomersOperation::SetDefaultAddress => Support::Emulated("makes it the customer's billing address"),
        }
    }

    async fn list_addresses(&self, cx: &RequestContext, request: &ListAddresses) -> Result<Paginated<CustomerAddress>> {
        let token = self.shop.identities.required_token(cx).await?;
        let customer = self.me(cx, &token).await?;
        let mut page = request.page().cut(map::in_order(&customer));
        let data = page.data.drain(..).map(|address| map::saved_address(&customer, address)).collect::<Result<_>>()?;
        Ok(Paginated { data, total: page.total })
    }

    async fn get_address(&self, cx: &RequestContext, id: &AddressId) -> Result<CustomerAddress> {
        let token = self.shop.identities.required_token(cx).await?;
        saved(&self.me(cx, &token).await?, id)
    }

    async fn create_address(&self, cx: &RequestContext, request: &CreateAddress) -> Result<CustomerAddress> {
        self.shop.identities.required_token(cx).await?;
        let violations = request.address.violations("address");
        if !violations.is_empty() {
            return Err(Error::violations(violations));
        }
        let (token, _turn) = self.turn(cx).await?;
        let known = self.me(cx, &token).await?.shipping_addresses;
        let address = map::new_address(request);
        let new = match self.save(cx, &token, &known, &address).await? {
            Some(new) => new,
            None => self.save_again(cx, &token, &known, address).await?,
        };
        if request.is_default == Some(true) {
            saved(&self.choose(cx, &token, Some(&new.id)).await?, &new.id)
        } else {
            Ok(new)
        }
    }

    async fn update_address(
        &self,
        cx: &RequestContext,
        id: &AddressId,
        request: &UpdateAddress,
    ) -> Result<CustomerAddress> {
        self.shop.identities.required_token(cx).await?;
        let violations = request.violations();
        if !violations.is_empty() {
            return Err(Error::violations(violations));
        }
        let (token, _turn) = self.turn(cx).await?;
        let metadata = self.merged_metadata(cx, &token, id, map::changed_metadata(request)).await?;
        let endpoint = UpdateWireAddress { id: id.as_str(), body: map::changed_address(request, metadata) };
        let answer = self.shop.call(cx, Some(&token), &endpoint).await;
        let mut customer = answer.map_err(|error| address_error(error, id))?.customer;
        if let Some(is_default) = request.is_default.filter(|flag| *flag != is_default(&customer, id)) {
            customer = self.choose(cx, &token, is_default.then_some(id)).await?;
        }
        saved(&customer, id)
    }

    async fn delete_address(&self, cx: &RequestContext, id: &AddressId) -> Result<()> {
        let token = self.shop.identities.required_token(cx).await?;
        saved(&self.me(cx, &token).await?, id)?;
        self.shop.call(cx, Some(&token), &DeleteAddress { id: id.as_str() }).await.map_err(backend)?;
        Ok(())
    }

    async fn set_default_address(&self, cx: &RequestContext, id: &AddressId) -> Result<CustomerAddress> {
        let token = self.shop.identities.required_token(cx).await?;
        saved(&self.me(cx, &token).await?, id)?;
        saved(&self.choose(cx, &token, Some(id)).await?, id)
    }
}

fn not_found(id: &AddressId) -> Error {
    Error::not_found("address.not_found", format!("Address {id} not found"))
}

// Medusa: an address that is not the customer's is a 400.
fn address_error(error: ClientError, id: &AddressId) -> Error {
    if refuses_with(&error, "Could not find address") { not_found(id).with_source(error) } else { backend(error) }
}
