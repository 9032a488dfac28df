//! `docs/reference/errors.md`: every code of the sources, and no other.

use std::collections::BTreeSet;

use o2s_mock_integration::{Mock, MockConfig};

use super::pages::{code_words, files, page};

/// What makes an error; its code is the first text after it.
const MAKERS: [&str; 9] = [
    "Error::new(",
    "Error::invalid(",
    "Error::not_found(",
    "Error::conflict(",
    "Error::backend(",
    "ApiError::new(",
    "Self::new(",
    "Self::invalid(",
    "mismatch = |message: String| Error::invalid(",
];

/// Modules of the contract, and what else codes begin with.
const AREAS: [&str; 18] = [
    "address",
    "asset",
    "auth",
    "backend",
    "cart",
    "checkout",
    "idempotency",
    "operation",
    "order",
    "payment",
    "product",
    "promotion",
    "region",
    "request",
    "return",
    "route",
    "service",
    "shipping_option",
];

/// Whether a text is an area and a name; `request.rs` is a file.
fn is_code(text: &str) -> bool {
    let known = |(area, name): (&str, &str)| {
        AREAS.contains(&area)
            && !name.is_empty()
            && name != "rs"
            && name.chars().all(|c| c.is_ascii_lowercase() || c == '_')
    };
    text == "internal" || text.split_once('.').is_some_and(known)
}

/// The codes that the crates' own code makes, tests aside.
fn made() -> BTreeSet<String> {
    let mut codes = BTreeSet::new();
    for file in files("crates", "rs").into_iter().filter(|file| file.path.contains("/src/")) {
        if file.path.contains("integration-testkit") || file.path.ends_with("/tests.rs") {
            continue;
        }
        let code = file.text.split("#[cfg(test)]").next().unwrap_or_default();
        for maker in MAKERS {
            for after in code.split(maker).skip(1) {
                // The text is among the first arguments, or it is no literal.
                let near: String = after.chars().take(120).collect();
                let Some(text) = near.split(';').next().and_then(|call| call.split('"').nth(1)) else { continue };
                if is_code(text) {
                    codes.insert(text.to_owned());
                }
            }
        }
    }
    codes
}

#[test]
fn every_code_is_explained_and_no_other() {
    let page = page("docs/reference/errors.md");
    let first_cells: Vec<&str> = page.rows().into_iter().filter_map(|row| row.first().copied()).collect();
    let told: BTreeSet<String> =
        first_cells.iter().flat_map(|cell| code_words(cell)).filter(|word| is_code(word)).map(str::to_owned).collect();
    assert_eq!(made(), told, "left: the sources; right: docs/reference/errors.md");
}

#[test]
fn pages_name_codes_that_exist() {
    let mut known = made();
    // Operations look like codes: `checkout.set_addresses`.
    let support = Mock::new(&MockConfig::default()).modules().support();
    known.extend(support.into_iter().map(|(module, operation, _)| format!("{module}.{operation}")));
    for page in super::pages::pages() {
        for word in code_words(&page.text).into_iter().filter(|word| is_code(word)) {
            assert!(known.contains(word), "{}: no code {word}", page.path);
        }
    }
}
