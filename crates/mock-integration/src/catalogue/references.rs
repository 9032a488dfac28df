//! Which products go with which.

use o2s_framework_core::products::ProductReferenceType::{self, CompatibleService, Replacement, SparePart};

use super::{Product, products};

/// Product, how the other relates to it, the other: all by code.
static REFERENCES: &[(&str, ProductReferenceType, &str)] = &[
    ("dr-1810", SparePart, "ba-1800"),
    ("dr-1810", SparePart, "ch-1801"),
    ("dr-1810", SparePart, "db-0025"),
    ("dr-1810", Replacement, "id-1820"),
    ("dr-1810", CompatibleService, "sv-0100"),
    ("dr-1810", CompatibleService, "sv-0200"),
    ("dr-1810", CompatibleService, "sv-0700"),
    ("id-1820", SparePart, "ba-1800"),
    ("id-1820", SparePart, "ch-1801"),
    ("id-1820", Replacement, "dr-1810"),
    ("id-1820", CompatibleService, "sv-0100"),
    ("ag-1250", SparePart, "cd-0125"),
    ("ag-1250", SparePart, "cb-0125"),
    ("ag-1250", CompatibleService, "sv-0100"),
    ("ag-1250", CompatibleService, "sv-0800"),
    ("js-0700", SparePart, "jb-0010"),
    ("js-0700", Replacement, "cs-1900"),
    ("js-0700", CompatibleService, "sv-0700"),
    ("cs-1900", Replacement, "js-0700"),
    ("cs-1900", CompatibleService, "sv-0200"),
    ("rh-0260", SparePart, "cb-0125"),
    ("rh-0260", CompatibleService, "sv-0100"),
    ("rh-0260", CompatibleService, "sv-0800"),
    ("os-0150", SparePart, "sp-0150"),
    ("os-0150", CompatibleService, "sv-0700"),
    ("hg-2000", CompatibleService, "sv-0800"),
    ("cl-0360", Replacement, "ld-0050"),
    ("cl-0360", CompatibleService, "sv-0200"),
    ("cl-0360", CompatibleService, "sv-0300"),
    ("ld-0050", Replacement, "tm-0500"),
    ("ld-0050", CompatibleService, "sv-0300"),
    ("dc-0150", CompatibleService, "sv-0300"),
    ("mt-0600", CompatibleService, "sv-0300"),
    ("wt-3100", SparePart, "kp-0200"),
    ("sh-0397", SparePart, "ed-0352"),
    ("tc-0700", Replacement, "bx-0330"),
    ("tc-0700", CompatibleService, "sv-0600"),
    ("vc-3000", SparePart, "er-2500"),
    ("vc-3000", CompatibleService, "sv-0100"),
    ("vc-3000", CompatibleService, "sv-0800"),
    ("wl-5000", SparePart, "ba-1800"),
    ("sv-0200", Replacement, "sv-0100"),
];

/// What the shop shows first among its services.
static FEATURED_SERVICES: &[&str] = &["sv-0100", "sv-0500", "sv-0300", "sv-0600"];

/// The products that relate to a product in this way, or in any, in the order of the table.
pub(crate) fn related(product: &Product, kind: Option<ProductReferenceType>) -> impl Iterator<Item = &'static Product> {
    let of = product.code;
    REFERENCES
        .iter()
        .filter(move |(code, relation, _)| *code == of && kind.is_none_or(|kind| kind == *relation))
        .filter_map(|(_, _, other)| by_code(other))
}

/// The services that the shop shows first.
pub(crate) fn featured_services() -> impl Iterator<Item = &'static Product> {
    FEATURED_SERVICES.iter().filter_map(|code| by_code(code))
}

fn by_code(code: &str) -> Option<&'static Product> {
    products().find(|product| product.code == code)
}

#[cfg(test)]
mod tests {
    use o2s_framework_core::products::ProductType;

    use super::*;

    #[test]
    fn every_reference_leads_to_a_product() {
        for (code, kind, other) in REFERENCES {
            assert!(by_code(code).is_some(), "{code}");
            let other = by_code(other).unwrap_or_else(|| panic!("{other}"));
            assert_eq!(
                *kind == CompatibleService,
                other.kind() == ProductType::Virtual && *code != "sv-0200",
                "{code}"
            );
        }
        assert_eq!(featured_services().count(), FEATURED_SERVICES.len());
    }
}
