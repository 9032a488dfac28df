//! Values that this crate writes itself.

use std::fmt::Debug;

/// Turns a text of our own tables, or an id of our own making, into its checked type.
#[expect(clippy::expect_used, reason = "no input comes here: the tests walk through every table")]
pub(crate) fn known<T: TryFrom<String, Error: Debug>>(text: &str) -> T {
    T::try_from(text.to_owned()).expect("a value of the shop's own tables is valid")
}
