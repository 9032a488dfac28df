//! `cargo xtask openapi`: the API description that the code generates, kept in the book.

use std::fs;
use std::path::Path;

use anyhow::{Context, Result, bail};

use crate::cargo;

/// Where the description is kept.
const FILE: &str = "docs/reference/openapi.json";

/// Writes the description; with `check`, only compares it with the one that is kept.
pub(crate) fn run(root: &Path, check: bool) -> Result<()> {
    let generated = cargo::harmonizer(root, &cargo::metadata(root)?, &["openapi"])?;
    let file = root.join(FILE);
    let kept = fs::read_to_string(&file).unwrap_or_default();
    if generated.trim_end() == kept.trim_end() {
        println!("{FILE} is up to date");
        return Ok(());
    }
    if check {
        bail!("{FILE} is not what the code describes; `cargo xtask openapi` writes it anew");
    }
    if let Some(folder) = file.parent() {
        fs::create_dir_all(folder).with_context(|| format!("{} cannot be made", folder.display()))?;
    }
    fs::write(&file, format!("{}\n", generated.trim_end())).with_context(|| format!("{FILE} cannot be written"))?;
    println!("{FILE} is written");
    Ok(())
}
