//! Who may touch a cart, an order, an address, a payment or a resource: one pure function.
//!
//! | owner | no token | the owner's token | another customer's token | bad or expired token |
//! | --- | --- | --- | --- | --- |
//! | nobody, or a guest | allowed: the unguessable id is the key | – | allowed: it may have been started before signing in | 401 |
//! | a customer with an account | 404 | allowed | 404 | 401 |
//! | not to be told | 404 | 404 | 404 | 401 |

use crate::error::{Error, Result};
use crate::ids::CustomerId;

/// Whose a thing is, as the backend says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Owner<'a> {
    /// Nobody's yet.
    Nobody,
    /// Somebody who left an e-mail address but has no account.
    Guest,
    /// A customer with an account.
    Account(&'a CustomerId),
    /// The backend's answer does not tell.
    Unknown,
}

/// Who asks, as established with the backend.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Visitor<'a> {
    /// Shows no token.
    Anonymous,
    /// Shows a token that the backend took as this customer's.
    Customer(&'a CustomerId),
    /// Shows a token that the backend refused.
    InvalidToken,
}

/// The answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Access {
    /// Go on.
    Granted,
    /// Answer as if it did not exist.
    Hidden,
    /// Ask to sign in again.
    Unauthenticated,
}

/// Decides by the table of the [module](self).
pub fn access(owner: Owner<'_>, visitor: Visitor<'_>) -> Access {
    match (owner, visitor) {
        (_, Visitor::InvalidToken) => Access::Unauthenticated,
        (Owner::Nobody | Owner::Guest, Visitor::Anonymous | Visitor::Customer(_)) => Access::Granted,
        (Owner::Account(owner), Visitor::Customer(visitor)) if owner == visitor => Access::Granted,
        (Owner::Account(_) | Owner::Unknown, Visitor::Anonymous | Visitor::Customer(_)) => Access::Hidden,
    }
}

impl Access {
    /// Turns the answer into a result: `hidden` makes the 404 that an unknown id would get.
    pub fn or_hide(self, hidden: impl FnOnce() -> Error) -> Result<()> {
        match self {
            Self::Granted => Ok(()),
            Self::Hidden => Err(hidden()),
            Self::Unauthenticated => Err(Error::invalid_token()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Access::{Granted, Hidden, Unauthenticated};
    use super::*;

    #[test]
    fn the_truth_table() {
        let jane = CustomerId::new("cus_jane").expect("an id");
        let john = CustomerId::new("cus_john").expect("an id");
        let visitors = [Visitor::Anonymous, Visitor::Customer(&jane), Visitor::Customer(&john), Visitor::InvalidToken];
        let row = |owner| visitors.map(|visitor| access(owner, visitor));

        assert_eq!(row(Owner::Nobody), [Granted, Granted, Granted, Unauthenticated]);
        assert_eq!(row(Owner::Guest), [Granted, Granted, Granted, Unauthenticated]);
        assert_eq!(row(Owner::Account(&jane)), [Hidden, Granted, Hidden, Unauthenticated]);
        assert_eq!(row(Owner::Unknown), [Hidden, Hidden, Hidden, Unauthenticated]);
    }
}
