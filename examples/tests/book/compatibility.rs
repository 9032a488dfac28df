//! `docs/compatibility.md`: every number has a row, and every test that a page names exists.

use std::collections::BTreeMap;

use super::pages::{Page, code_words, files, page, pages, root};

/// The groups of the checklist with how many behaviours each has: 191 in all.
const GROUPS: [(&str, usize); 9] = [
    ("M-CORE", 11),
    ("M-ERR", 6),
    ("M-CARTS", 37),
    ("M-CHK", 30),
    ("M-CUST", 33),
    ("M-ORD", 21),
    ("M-PAY", 19),
    ("M-PROD", 20),
    ("M-RES", 14),
];

/// The promises beyond the checklist.
const PROMISES: [(&str, usize); 4] = [("S", 18), ("C", 60), ("P", 8), ("R", 13)];

/// The numbers that the first cells of a page's rows name: `C-1`, `M-CHK-02 – M-CHK-10`, lists of both.
fn numbered(page: &Page, group: &str) -> BTreeMap<usize, usize> {
    let mut found = BTreeMap::new();
    let number = |text: &str| -> Option<usize> { text.trim().strip_prefix(group)?.strip_prefix('-')?.parse().ok() };
    for row in page.rows() {
        for part in row.first().copied().unwrap_or_default().split(',') {
            let (from, to) = part.split_once('–').unwrap_or((part, part));
            let (Some(from), Some(to)) = (number(from), number(to)) else { continue };
            for each in from..=to {
                *found.entry(each).or_default() += 1;
            }
        }
    }
    found
}

#[test]
fn every_behaviour_has_its_row() {
    let page = page("docs/compatibility.md");
    assert_eq!(GROUPS.iter().map(|(_, count)| count).sum::<usize>(), 191);
    for (group, count) in GROUPS.into_iter().chain(PROMISES) {
        let once: BTreeMap<usize, usize> = (1..=count).map(|number| (number, 1)).collect();
        assert_eq!(numbered(&page, group), once, "{group}: each number once, from 1 to {count}");
    }
}

#[test]
fn every_row_says_who_holds_it() {
    for row in page("docs/compatibility.md").rows().iter().filter(|row| row.len() == 3 && row[0].contains('-')) {
        let says = ["`", "**Different", "**Planned"].iter().any(|mark| row[2].contains(mark));
        assert!(says || row[0].starts_with("---"), "{row:?} names no test and no reason");
    }
}

/// A test is named by its crate (or `examples`, `tests`, `wire`, `xtask`), a scenario of the suite by its own name.
#[test]
fn every_test_that_a_page_names_exists() {
    let suite: String = files("crates/integration-testkit/src", "rs").into_iter().map(|file| file.text).collect();
    let mut sources: BTreeMap<String, String> = BTreeMap::new();
    let mut missing = Vec::new();
    for page in pages() {
        for (area, name) in code_words(&page.text).into_iter().filter_map(named_test) {
            let folder = match area {
                "xtask" => "xtask/src".to_owned(),
                "tests" | "examples" => area.to_owned(),
                "wire" => "tests/wire".to_owned(),
                name => format!("crates/{name}"),
            };
            let exists = if root().join(&folder).is_dir() {
                let text = sources
                    .entry(folder.clone())
                    .or_insert_with(|| files(&folder, "rs").into_iter().map(|file| file.text).collect());
                // A trial of a test binary without a harness is a text.
                text.contains(&format!("fn {name}(")) || text.contains(&format!("= \"{name}\";"))
            } else {
                suite.contains(&format!("\"{area}::{name}\""))
            };
            if !exists {
                missing.push(format!("{}: {area}::{name}", page.path));
            }
        }
    }
    assert!(missing.is_empty(), "tests that are not there:\n{}", missing.join("\n"));
}

/// `items::a_quantity_is_set` and the like; paths of types and modules have other letters or more parts.
fn named_test(word: &str) -> Option<(&str, &str)> {
    let (area, name) = word.split_once("::")?;
    let plain = |text: &str| text.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_');
    let is_crate = root().join("crates").join(area).is_dir() || ["examples", "tests", "wire", "xtask"].contains(&area);
    let is_scenario = plain(area) && name.contains('_');
    ((is_crate || is_scenario) && plain(name)).then_some((area, name))
}
