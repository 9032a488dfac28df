//! Saved addresses over Medusa 2.

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
use o2s_medusa_client::v2::store::addresses::{
    CreateAddress as CreateWireAddress, CustomerAddressInput, DeleteAddress, GetAddress,
    ListAddresses as ListWireAddresses, UpdateAddress as UpdateWireAddress,
};
use o2s_medusa_client::v2::types::Page as WirePage;
use o2s_medusa_client::{CustomerToken, Error as ClientError};
use sha2::{Digest, Sha256};
use tokio::sync::OwnedMutexGuard;

use crate::context::call_context;
use crate::error::{backend, incomplete, is_not_found};
use crate::v2::Shop;
use map::{ADDRESS_FIELDS, CUSTOMER_FIELDS};

/// The saved addresses of a Medusa 2's customers.
// Medusa: every route is of the customer whose token it is, and refuses a bad token with 401: who calls need not be
// established first, and an address of somebody else is a 404.
pub(super) struct Customers {
    shop: Arc<Shop>,
}

impl Customers {
    pub(super) fn new(shop: Arc<Shop>) -> Self {
        Self { shop }
    }

    /// The caller's token, and the turn at the addresses that it is for.
    // Medusa: of two that become the default at once one is refused, and which of two alike is new cannot be told.
    async fn turn(&self, cx: &RequestContext) -> Result<(CustomerToken, OwnedMutexGuard<()>)> {
        let token = self.shop.identities.required_token(cx).await?;
        let key: [u8; 32] = Sha256::digest(token.expose().as_bytes()).into();
        let turn = self.shop.address_turns.turn(cx, &key).await?;
        Ok((token, turn))
    }

    /// Changes an address in one call, and answers it as it is then.
    async fn change(&self, cx: &RequestContext, id: &AddressId, body: CustomerAddressInput) -> Result<CustomerAddress> {
        let (token, _turn) = self.turn(cx).await?;
        let endpoint = UpdateWireAddress { id: id.as_str(), fields: Some(CUSTOMER_FIELDS), body };
        let answer = self
            .shop
            .store
            .call(&call_context(cx), Some(&token), &endpoint)
            .await
            .map_err(|error| address_error(error, id))?;
        let changed = answer.customer.addresses.iter().find(|address| address.id == id.as_str());
        map::saved_address(changed.ok_or_else(|| not_found(id))?)
    }
}

#[async_trait]
impl CustomersService for Customers {
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
        let token = self.shop.identities.required_token(cx).await?;
        let page = request.page();
        let endpoint = ListWireAddresses {
            fields: Some(ADDRESS_FIELDS),
            page: WirePage { limit: Some(page.limit), offset: Some(page.offset), order: Some("created_at") },
        };
        let answer = self.shop.store.call(&call_context(cx), Some(&token), &endpoint).await.map_err(backend)?;
        let data = answer.addresses.iter().map(map::saved_address).collect::<Result<_>>()?;
        Ok(Paginated { data, total: answer.count })
    }

    async fn get_address(&self, cx: &RequestContext, id: &AddressId) -> Result<CustomerAddress> {
        let token = self.shop.identities.required_token(cx).await?;
        let endpoint = GetAddress { id: id.as_str(), fields: Some(ADDRESS_FIELDS) };
        let answer = self
            .shop
            .store
            .call(&call_context(cx), Some(&token), &endpoint)
            .await
            .map_err(|error| address_error(error, id))?;
        map::saved_address(&answer.address)
    }

    async fn create_address(&self, cx: &RequestContext, request: &CreateAddress) -> Result<CustomerAddress> {
        self.shop.identities.required_token(cx).await?;
        let violations = request.address.violations("address");
        if !violations.is_empty() {
            return Err(Error::violations(violations));
        }
        let (token, _turn) = self.turn(cx).await?;
        let endpoint = CreateWireAddress { fields: Some(CUSTOMER_FIELDS), body: map::new_address(request) };
        let answer = self.shop.store.call(&call_context(cx), Some(&token), &endpoint).await.map_err(backend)?;
        let saved = map::newest_like(&answer.customer.addresses, &endpoint.body);
        map::saved_address(saved.ok_or_else(|| incomplete("the new address"))?)
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
        self.change(cx, id, map::changed_address(request)).await
    }

    async fn delete_address(&self, cx: &RequestContext, id: &AddressId) -> Result<()> {
        let token = self.shop.identities.required_token(cx).await?;
        let endpoint = DeleteAddress { id: id.as_str(), fields: Some("id") };
        match self.shop.store.call(&call_context(cx), Some(&token), &endpoint).await {
            Ok(_) => Ok(()),
            // An attempt whose answer was lost deleted it.
            Err(error) if is_not_found(&error) && error.may_have_acted() => Ok(()),
            Err(error) => Err(address_error(error, id)),
        }
    }

    async fn set_default_address(&self, cx: &RequestContext, id: &AddressId) -> Result<CustomerAddress> {
        let body = CustomerAddressInput {
            is_default_shipping: Some(true),
            is_default_billing: Some(true),
            ..CustomerAddressInput::default()
        };
        self.change(cx, id, body).await
    }
}

fn not_found(id: &AddressId) -> Error {
    Error::not_found("address.not_found", format!("Address {id} not found"))
}

fn address_error(error: ClientError, id: &AddressId) -> Error {
    if is_not_found(&error) { not_found(id).with_source(error) } else { backend(error) }
}
