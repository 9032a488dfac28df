//! `docs/reference/api.md`: every route of the code, and no other.

use std::collections::BTreeSet;

use serde_json::Value;

use super::pages::{code_words, page};

#[test]
fn every_route_is_listed_and_no_other() {
    let description: Value = serde_json::from_str(&o2s_api_harmonizer::openapi("")).expect("JSON");
    let paths = description["paths"].as_object().expect("paths");
    let of_code: BTreeSet<String> = paths
        .iter()
        .flat_map(|(path, item)| {
            let methods = item.as_object().expect("an item").keys();
            methods.map(move |method| format!("{} {path}", method.to_uppercase()))
        })
        .collect();
    let page = page("docs/reference/api.md");
    let cells: Vec<&str> = page.rows().into_iter().filter_map(|row| row.first().copied()).collect();
    let mut of_page: BTreeSet<String> = cells
        .iter()
        .flat_map(|cell| code_words(cell))
        .filter(|word| word.split_once(' ').is_some_and(|(method, path)| is_method(method) && path.starts_with('/')))
        .map(str::to_owned)
        .collect();
    // These two describe the description.
    assert!(of_page.remove("GET /openapi.json") && of_page.remove("GET /docs"));
    assert_eq!(of_code, of_page, "left: the code; right: docs/reference/api.md");
}

fn is_method(text: &str) -> bool {
    ["GET", "POST", "PATCH", "DELETE"].contains(&text)
}
