use o2s_framework_core::products::Collection as View;

use super::Product;
use crate::known::known;
use crate::language::{Language, Text, text};

/// Products that the shop shows together, of whatever category.
#[derive(Debug)]
pub(crate) struct Collection {
    /// Its name in URLs; its id is `col_` and this.
    handle: &'static str,
    name: Text,
    /// The codes of its products.
    products: &'static [&'static str],
}

static COLLECTIONS: [Collection; 4] = [
    Collection {
        handle: "cordless-18v",
        name: text("The 18 V system", "Das 18-V-System", "System 18 V"),
        products: &["dr-1810", "id-1820", "ba-1800", "ch-1801", "wl-5000"],
    },
    Collection {
        handle: "first-day-on-site",
        name: text("First day on site", "Erster Tag auf der Baustelle", "Pierwszy dzień na budowie"),
        products: &["ha-0500", "tm-0500", "wt-3100", "ss-3900", "sh-0397", "sg-0166", "wg-0388", "sv-0400"],
    },
    Collection {
        handle: "winter-work",
        name: text("Work in winter", "Arbeiten im Winter", "Praca zimą"),
        products: &["sj-4200", "be-0100", "wg-0388", "wl-5000", "hg-2000"],
    },
    Collection {
        handle: "measured-to-a-tenth",
        name: text("Measured to a tenth", "Auf ein Zehntel genau", "Z dokładnością do dziesiątej"),
        products: &["ld-0050", "cl-0360", "dc-0150", "mt-0600", "sv-0300"],
    },
];

impl Collection {
    /// Whether a request that says `name` means this collection: its id, handle, or name in any language, in any case.
    pub(crate) fn is(&self, name: &str) -> bool {
        let handle = name.strip_prefix("col_").unwrap_or(name);
        handle.eq_ignore_ascii_case(self.handle) || self.name.is(name)
    }

    pub(crate) fn has(&self, product: &Product) -> bool {
        self.products.contains(&product.code)
    }

    pub(crate) fn view(&self, language: Language) -> View {
        View {
            id: known(&format!("col_{}", self.handle)),
            name: self.name.get(language).to_owned(),
            handle: self.handle.to_owned(),
        }
    }
}

/// Every collection.
pub(crate) fn collections() -> impl Iterator<Item = &'static Collection> {
    COLLECTIONS.iter()
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::super::products;
    use super::*;

    #[test]
    fn every_collection_has_products_of_several_categories() {
        for collection in collections() {
            let found: Vec<_> = products().filter(|product| collection.has(product)).collect();
            assert_eq!(found.len(), collection.products.len(), "{}", collection.handle);
            let categories: HashSet<_> = found.iter().map(|product| product.category.handle).collect();
            assert!(categories.len() > 1, "{}", collection.handle);
        }
    }
}
