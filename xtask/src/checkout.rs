//! Where this checkout of the project lies.

use std::env;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};

/// The root folder of the checkout that `cargo xtask` was started in.
///
/// Cargo tells it in `CARGO_MANIFEST_DIR`; a binary that was started by hand looks upward from the current folder.
pub(crate) fn root() -> Result<PathBuf> {
    if let Some(parent) = env::var_os("CARGO_MANIFEST_DIR").as_deref().map(Path::new).and_then(Path::parent)
        && is_root(parent)
    {
        return Ok(parent.to_owned());
    }
    let here = env::current_dir().context("the current folder cannot be read")?;
    here.ancestors()
        .find(|folder| is_root(folder))
        .map(Path::to_owned)
        .with_context(|| format!("{} is not inside a checkout of this project: change into one", here.display()))
}

fn is_root(folder: &Path) -> bool {
    folder.join("xtask/Cargo.toml").is_file() && folder.join("tests/medusa").is_dir()
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test stops at the first surprise")]

    #[test]
    fn finds_this_checkout() {
        let root = super::root().unwrap();
        assert!(root.join("Cargo.toml").is_file());
        assert!(root.join("xtask").is_dir());
    }
}
