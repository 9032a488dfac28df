//! `cargo xtask tidy`: rules that the compiler does not know, checked from cargo's metadata and the sources.
//!
//! Each rule is a small pure function over what was read once; ARCHITECTURE.md lists the invariants A1 to A6.

mod crates;
mod docs;
mod sources;

use std::fmt;
use std::fs;
use std::path::Path;
use std::process::Command;

use anyhow::{Context, Result, bail};

use crate::{cargo, process};

/// A place that breaks a rule.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Finding {
    /// The file, from the root, perhaps with a line.
    place: String,
    /// Which rule.
    rule: &'static str,
    /// What is wrong, and what to do.
    message: String,
}

impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: [{}] {}", self.place, self.rule, self.message)
    }
}

/// A text file of the project.
#[derive(Debug)]
struct Source {
    /// From the root, with forward slashes.
    path: String,
    text: String,
}

impl Source {
    /// Whether the file's name ends like this; in lower case.
    fn is(&self, extension: &str) -> bool {
        Path::new(&self.path).extension().is_some_and(|found| found.eq_ignore_ascii_case(extension))
    }

    /// Lines with their numbers, from 1.
    fn lines(&self) -> impl Iterator<Item = (usize, &str)> {
        self.text.lines().enumerate().map(|(index, line)| (index.saturating_add(1), line))
    }

    fn place(&self, line: usize) -> String {
        format!("{}:{line}", self.path)
    }
}

/// Checks every rule. With `write`, what is generated is written anew first.
pub(crate) fn run(root: &Path, write: bool) -> Result<()> {
    let metadata = cargo::metadata(root)?;
    if cargo::has_harmonizer(&metadata) {
        let matrix = cargo::harmonizer(root, &metadata, &["modules", "--markdown"])?;
        let readme = root.join("README.md");
        let text = fs::read_to_string(&readme).context("README.md, which holds the support matrix, cannot be read")?;
        match docs::with_matrix(&text, &matrix) {
            Some(wanted) if wanted == text => {}
            Some(wanted) if write => fs::write(&readme, wanted).context("README.md cannot be written")?,
            Some(_) => bail!(
                "README.md: [matrix] the support matrix is not what the code says; `cargo xtask tidy --write` writes it anew"
            ),
            None => bail!(
                "README.md: [matrix] the lines {} and {} are missing: put them where the support matrix belongs",
                docs::BEGIN,
                docs::END
            ),
        }
    }
    let sources = read_sources(root)?;
    let packages = crates::packages(&metadata);
    let mut findings = crates::check(&packages);
    findings.extend(sources::check(&sources));
    findings.extend(docs::check(&sources));
    findings.sort();
    if findings.is_empty() {
        println!("{} packages and {} files follow the rules", packages.len(), sources.len());
        return Ok(());
    }
    for finding in &findings {
        println!("{finding}");
    }
    bail!("{} place(s) break the project's rules", findings.len());
}

/// All text files that are, or would be, under version control.
fn read_sources(root: &Path) -> Result<Vec<Source>> {
    let mut command = Command::new("git");
    command.args(["ls-files", "-z", "--cached", "--others", "--exclude-standard"]).current_dir(root);
    let listed = process::output_of("git ls-files", &mut command)?;
    let mut sources = Vec::new();
    for path in listed.split('\0').filter(|path| !path.is_empty()) {
        // A deleted file is listed until the deletion is committed; what is not text has no lines to check.
        if let Ok(text) = fs::read_to_string(root.join(path)) {
            sources.push(Source { path: path.to_owned(), text });
        }
    }
    Ok(sources)
}

/// Sources for the rules' tests.
#[cfg(test)]
fn sources(files: &[(&str, &str)]) -> Vec<Source> {
    files.iter().map(|(path, text)| Source { path: (*path).to_owned(), text: (*text).to_owned() }).collect()
}

/// The places and rules of findings, for the rules' tests.
#[cfg(test)]
fn shown(findings: &[Finding]) -> Vec<String> {
    findings.iter().map(|finding| format!("{} {}", finding.place, finding.rule)).collect()
}
