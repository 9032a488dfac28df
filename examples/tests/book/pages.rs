//! The pages, and the sources that they speak of.

use std::fs;
use std::path::{Path, PathBuf};

/// A page or a source: its path from the root of the project, and its text.
pub(crate) struct Page {
    pub(crate) path: String,
    pub(crate) text: String,
}

/// A block of code of a page.
pub(crate) struct Block {
    /// The page and the line that the block begins at.
    pub(crate) place: String,
    pub(crate) text: String,
}

/// The root of the project.
pub(crate) fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

/// One page.
pub(crate) fn page(path: &str) -> Page {
    let text = fs::read_to_string(root().join(path)).unwrap_or_else(|error| panic!("{path}: {error}"));
    Page { path: path.to_owned(), text }
}

/// The README, ARCHITECTURE and every page of the book.
pub(crate) fn pages() -> Vec<Page> {
    let mut pages = vec![page("README.md"), page("ARCHITECTURE.md")];
    pages.extend(files("docs", "md"));
    pages.extend(files("crates", "md").into_iter().filter(|page| page.path.ends_with("/README.md")));
    pages
}

/// Every file below a folder whose name ends so.
pub(crate) fn files(folder: &str, extension: &str) -> Vec<Page> {
    let mut found = Vec::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(folder) = folders.pop() {
        let entries = fs::read_dir(root().join(&folder)).unwrap_or_else(|error| panic!("{folder}: {error}"));
        for entry in entries.flatten() {
            let path = format!("{folder}/{}", entry.file_name().to_string_lossy());
            if entry.path().is_dir() {
                folders.push(path);
            } else if entry.path().extension().is_some_and(|found| found == extension) {
                found.push(page(&path));
            }
        }
    }
    found.sort_by(|a, b| a.path.cmp(&b.path));
    found
}

impl Page {
    /// The blocks of code in this language, with the marks that it may carry (`rust,ignore` is `rust`).
    pub(crate) fn blocks(&self, language: &str) -> Vec<Block> {
        let mut found = Vec::new();
        let mut lines = self.text.lines().enumerate();
        while let Some((number, line)) = lines.next() {
            let Some(mark) = line.strip_prefix("```") else { continue };
            let inside: Vec<&str> = lines.by_ref().map(|(_, line)| line).take_while(|line| *line != "```").collect();
            if mark.split(',').next() == Some(language) {
                found.push(Block { place: format!("{}:{}", self.path, number + 1), text: inside.join("\n") });
            }
        }
        found
    }

    /// The rows of all tables, cell by cell.
    pub(crate) fn rows(&self) -> Vec<Vec<&str>> {
        let rows = self.text.lines().filter_map(|line| line.strip_prefix('|')?.strip_suffix('|'));
        rows.map(|row| row.split('|').map(str::trim).collect()).collect()
    }
}

/// What stands between backticks.
pub(crate) fn code_words(text: &str) -> Vec<&str> {
    text.split('`').skip(1).step_by(2).collect()
}
