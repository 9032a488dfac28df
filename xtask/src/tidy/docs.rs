//! The book: every page can be reached, every link leads somewhere, generated parts are up to date.

use std::collections::BTreeSet;

use super::{Finding, Source};

/// The line before the README's support matrix.
pub(super) const BEGIN: &str = "<!-- support-matrix:begin -->";
/// The line after it.
pub(super) const END: &str = "<!-- support-matrix:end -->";

/// The book's table of contents.
const CONTENTS: &str = "docs/README.md";

/// All rules over the documentation.
pub(super) fn check(sources: &[Source]) -> Vec<Finding> {
    let mut findings = pages_are_listed(sources);
    findings.extend(links_lead_somewhere(sources));
    findings
}

/// `readme` with `matrix` between its markers; `None` when the markers are missing.
pub(super) fn with_matrix(readme: &str, matrix: &str) -> Option<String> {
    let (before, rest) = readme.split_once(BEGIN)?;
    let (_, after) = rest.split_once(END)?;
    Some(format!("{before}{BEGIN}\n\n{}\n\n{END}{after}", matrix.trim()))
}

/// Every file of the book is linked from its contents.
fn pages_are_listed(sources: &[Source]) -> Vec<Finding> {
    let listed: BTreeSet<String> =
        sources.iter().filter(|source| source.path == CONTENTS).flat_map(links).map(|(_, target)| target).collect();
    sources
        .iter()
        .filter(|source| source.path.starts_with("docs/") && source.path != CONTENTS && !listed.contains(&source.path))
        .map(|source| Finding {
            place: source.path.clone(),
            rule: "docs",
            message: format!("nobody finds this page: link it from {CONTENTS}"),
        })
        .collect()
}

/// Every relative link leads to a file or folder of the project.
fn links_lead_somewhere(sources: &[Source]) -> Vec<Finding> {
    let files: BTreeSet<&str> = sources.iter().map(|source| source.path.as_str()).collect();
    let exists = |target: &str| {
        let folder = format!("{target}/");
        target.is_empty()
            || files.contains(target)
            || files.range(folder.as_str()..).next().is_some_and(|file| file.starts_with(&folder))
    };
    sources
        .iter()
        .filter(|source| source.is("md"))
        .flat_map(|source| links(source).into_iter().map(move |link| (source, link)))
        .filter(|(_, (_, target))| !exists(target))
        .map(|(source, (line, target))| Finding {
            place: source.place(line),
            rule: "links",
            message: format!("leads to {target}, which is not there: correct the link"),
        })
        .collect()
}

/// The relative links of a page, as paths from the root, each with its line. Code blocks have none.
fn links(source: &Source) -> Vec<(usize, String)> {
    let mut found = Vec::new();
    let mut in_code = false;
    for (number, line) in source.lines() {
        if line.trim_start().starts_with("```") {
            in_code = !in_code;
        }
        if in_code {
            continue;
        }
        for (_, rest) in
            line.match_indices("](").filter_map(|(at, mark)| line.split_at_checked(at.saturating_add(mark.len())))
        {
            let Some((target, _)) = rest.split_once(')') else { continue };
            let path = target.split(['#', ' ']).next().unwrap_or_default();
            if !path.is_empty() && !path.starts_with('/') && !path.contains(':') {
                found.push((number, resolve(&source.path, path)));
            }
        }
    }
    found
}

/// Where `link` in the file `page` leads, from the root.
fn resolve(page: &str, link: &str) -> String {
    let mut parts: Vec<&str> = page.split('/').collect();
    parts.pop();
    for part in link.split('/') {
        match part {
            "" | "." => {}
            ".." => {
                parts.pop();
            }
            name => parts.push(name),
        }
    }
    parts.join("/")
}

#[cfg(test)]
mod tests {
    use super::super::{shown, sources};
    use super::*;

    #[test]
    fn every_page_is_listed() {
        let contents = (CONTENTS, "- [one](one.md)\n- [two](guide/two.md#part)");
        assert_eq!(shown(&check(&sources(&[contents, ("docs/one.md", ""), ("docs/guide/two.md", "")]))), [""; 0]);
        let more = sources(&[contents, ("docs/one.md", ""), ("docs/guide/two.md", ""), ("docs/three.md", "")]);
        assert_eq!(shown(&check(&more)), ["docs/three.md docs"]);
    }

    #[test]
    fn links_lead_to_files_or_folders() {
        let page = "[a](docs/a.md) [b](crates) [c](https://example.com/x) [d](#here)\n[e](missing.md)\n```\n[f](missing.md)\n```";
        let files = sources(&[
            ("README.md", page),
            (CONTENTS, "[a](a.md)"),
            ("docs/a.md", "[up](../README.md)"),
            ("crates/x/lib.rs", ""),
        ]);
        assert_eq!(shown(&check(&files)), ["README.md:2 links"]);
    }

    #[test]
    fn the_matrix_goes_between_its_markers() {
        let readme = format!("before\n{BEGIN}\nold\n{END}\nafter");
        let wanted = format!("before\n{BEGIN}\n\n| new |\n\n{END}\nafter");
        assert_eq!(with_matrix(&readme, "| new |\n").as_deref(), Some(wanted.as_str()));
        assert_eq!(with_matrix(&wanted, "| new |\n").as_deref(), Some(wanted.as_str()), "twice is the same");
        assert_eq!(with_matrix("no markers", "| new |"), None);
    }
}
