use async_trait::async_trait;

use super::{CreateAddress, CustomerAddress, ListAddresses, UpdateAddress};
use crate::context::RequestContext;
use crate::error::Result;
use crate::ids::AddressId;
use crate::paging::Paginated;
use crate::support::{Module, Operation, Support};

/// The operations of [`CustomersService`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum CustomersOperation {
    /// [`CustomersService::list_addresses`].
    ListAddresses,
    /// [`CustomersService::get_address`].
    GetAddress,
    /// [`CustomersService::create_address`].
    CreateAddress,
    /// [`CustomersService::update_address`].
    UpdateAddress,
    /// [`CustomersService::delete_address`].
    DeleteAddress,
    /// [`CustomersService::set_default_address`].
    SetDefaultAddress,
}

impl Operation for CustomersOperation {
    const MODULE: Module = Module::Customers;
    const ALL: &'static [Self] = &[
        Self::ListAddresses,
        Self::GetAddress,
        Self::CreateAddress,
        Self::UpdateAddress,
        Self::DeleteAddress,
        Self::SetDefaultAddress,
    ];

    fn name(self) -> &'static str {
        match self {
            Self::ListAddresses => "list_addresses",
            Self::GetAddress => "get_address",
            Self::CreateAddress => "create_address",
            Self::UpdateAddress => "update_address",
            Self::DeleteAddress => "delete_address",
            Self::SetDefaultAddress => "set_default_address",
        }
    }

    fn is_read(self) -> bool {
        matches!(self, Self::ListAddresses | Self::GetAddress)
    }
}

/// Saved addresses. Every operation needs a token: 401 `auth.required` without one, `auth.invalid_token` with a bad
/// one. An address of somebody else is 404 `address.not_found`, as an unknown one is.
#[cfg_attr(feature = "mock", mockall::automock)]
#[async_trait]
pub trait CustomersService: Send + Sync {
    /// What this integration does with an operation.
    fn support(&self, operation: CustomersOperation) -> Support;

    /// Lists the caller's addresses, oldest first.
    async fn list_addresses(&self, cx: &RequestContext, request: &ListAddresses) -> Result<Paginated<CustomerAddress>>;

    /// Gets an address of the caller.
    async fn get_address(&self, cx: &RequestContext, id: &AddressId) -> Result<CustomerAddress>;

    /// Saves an address.
    async fn create_address(&self, cx: &RequestContext, request: &CreateAddress) -> Result<CustomerAddress>;

    /// Changes what the request names and leaves the rest.
    async fn update_address(
        &self,
        cx: &RequestContext,
        id: &AddressId,
        request: &UpdateAddress,
    ) -> Result<CustomerAddress>;

    /// Drops an address.
    async fn delete_address(&self, cx: &RequestContext, id: &AddressId) -> Result<()>;

    /// Makes an address the default to ship and to bill to.
    async fn set_default_address(&self, cx: &RequestContext, id: &AddressId) -> Result<CustomerAddress>;
}
