#![doc = include_str!("../README.md")]
#![allow(clippy::indexing_slicing, reason = "a scenario that breaks must panic, and the position tells where")]

mod back_office;
mod cart_addresses;
mod carts;
mod check;
mod checkout;
mod claims;
mod customers;
pub mod facts;
mod items;
mod orders;
mod ownership;
mod payments;
mod placing;
mod probe;
mod products;
mod promotions;
mod regions;
mod related;
mod resources;
mod returns;
mod scenario;
mod shopping;
mod subject;
mod support;

pub use back_office::BackOffice;
pub use scenario::Scenario;
pub use subject::{Subject, SubjectFactory, Tokens};

/// Every scenario of the suite, in the order of the modules.
pub fn scenarios() -> Vec<Scenario> {
    [
        products::scenarios(),
        related::scenarios(),
        regions::scenarios(),
        carts::scenarios(),
        items::scenarios(),
        promotions::scenarios(),
        cart_addresses::scenarios(),
        checkout::scenarios(),
        placing::scenarios(),
        payments::scenarios(),
        orders::scenarios(),
        claims::scenarios(),
        returns::scenarios(),
        customers::scenarios(),
        resources::scenarios(),
        ownership::scenarios(),
        support::scenarios(),
    ]
    .concat()
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use o2s_framework_core::carts::CartsOperation;
    use o2s_framework_core::checkout::CheckoutOperation;
    use o2s_framework_core::customers::CustomersOperation;
    use o2s_framework_core::orders::OrdersOperation;
    use o2s_framework_core::payments::PaymentsOperation;
    use o2s_framework_core::products::ProductsOperation;
    use o2s_framework_core::regions::RegionsOperation;
    use o2s_framework_core::resources::ResourcesOperation;
    use o2s_framework_core::returns::ReturnsOperation;
    use o2s_framework_core::support::Operation;

    use super::*;

    fn names<O: Operation>() -> impl Iterator<Item = String> {
        O::ALL.iter().map(|operation| format!("{}.{}", O::MODULE, operation.name()))
    }

    fn all_operations() -> BTreeSet<String> {
        names::<ProductsOperation>()
            .chain(names::<RegionsOperation>())
            .chain(names::<CartsOperation>())
            .chain(names::<CheckoutOperation>())
            .chain(names::<CustomersOperation>())
            .chain(names::<OrdersOperation>())
            .chain(names::<ReturnsOperation>())
            .chain(names::<PaymentsOperation>())
            .chain(names::<ResourcesOperation>())
            .collect()
    }

    #[test]
    fn every_operation_is_covered() {
        let covered: BTreeSet<_> =
            scenarios().iter().flat_map(|scenario| scenario.operations).map(ToString::to_string).collect();
        assert_eq!(all_operations().len(), 56);
        assert_eq!(all_operations().difference(&covered).collect::<Vec<_>>(), Vec::<&String>::new(), "not covered");
        assert_eq!(covered.difference(&all_operations()).collect::<Vec<_>>(), Vec::<&String>::new(), "not operations");
    }

    #[test]
    fn names_are_unique_and_fit_for_files() {
        let all = scenarios();
        let distinct: BTreeSet<_> = all.iter().map(|scenario| scenario.name).collect();
        assert_eq!(distinct.len(), all.len());
        assert!(all.len() >= 120, "{} scenarios", all.len());
        for name in distinct {
            assert!(name.bytes().all(|b| b.is_ascii_lowercase() || b == b'_' || b == b':'), "{name}");
        }
    }
}
