//! Whose a row is. The Admin API shows everybody's rows to whoever holds the credential, so this decides what a caller
//! sees.
//!
//! | the row says | its customer asks | somebody else asks |
//! | --- | --- | --- |
//! | one customer | shown | hidden |
//! | several customers, the caller among them | shown | hidden |
//! | nothing: no customer, or one without a usable id | hidden | hidden |
//!
//! Without a token, or with a bad one, nothing is asked for in the first place.

use o2s_framework_core::ids::CustomerId;
use o2s_framework_core::ownership::{Access, Owner, Visitor, access};
use o2s_medusa_client::v2::admin::resources::LinkedCustomer;

/// Whether a row of these owners is shown to the established customer.
pub(crate) fn is_shown(owners: &[LinkedCustomer], customer: &CustomerId) -> bool {
    let visitor = Visitor::Customer(customer);
    let ids = owners.iter().filter_map(|owner| CustomerId::new(owner.id.as_deref()?).ok());
    let owned = ids.map(|id| access(Owner::Account(&id), visitor)).find(|access| *access == Access::Granted);
    owned.unwrap_or_else(|| access(Owner::Unknown, visitor)) == Access::Granted
}

#[cfg(test)]
mod tests {
    use super::*;

    fn owners(ids: &[Option<&str>]) -> Vec<LinkedCustomer> {
        ids.iter().map(|id| LinkedCustomer { id: id.map(str::to_owned) }).collect()
    }

    #[test]
    fn the_truth_table() {
        let customers = ["cus_jane", "cus_john", "cus_mary"].map(|id| CustomerId::new(id).expect("an id"));
        let row = |ids: &[Option<&str>]| {
            let owners = owners(ids);
            customers.each_ref().map(|customer| is_shown(&owners, customer))
        };

        assert_eq!(row(&[Some("cus_jane")]), [true, false, false]);
        assert_eq!(row(&[Some("cus_john")]), [false, true, false]);
        assert_eq!(row(&[Some("cus_jane"), Some("cus_john")]), [true, true, false]);
        assert_eq!(row(&[Some("cus_jane"), None]), [true, false, false]);
        for silent in [&[][..], &[None], &[Some("")], &[Some("cus_jane ")], &[Some("CUS_JANE")], &[Some("cus_jane/..")]]
        {
            assert_eq!(row(silent), [false, false, false], "{silent:?}");
        }
    }
}
