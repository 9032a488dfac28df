//! Calling cargo from inside `cargo xtask`.

use std::env;
use std::path::Path;
use std::process::Command;

use anyhow::{Context, Result};
use cargo_metadata::{Metadata, MetadataCommand};

use crate::process;

/// A `cargo` command in the checkout's root.
///
/// `cargo run`, which started us, has set variables that describe xtask's own package. Some build scripts watch them,
/// and would run again for nothing.
pub(crate) fn cargo(root: &Path) -> Command {
    let mut command = Command::new(env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    command.current_dir(root);
    for (name, _) in env::vars_os() {
        if name.to_str().is_some_and(describes_a_package) {
            command.env_remove(name);
        }
    }
    command
}

fn describes_a_package(variable: &str) -> bool {
    ["CARGO_PKG_", "CARGO_MANIFEST_", "CARGO_BIN_"].iter().any(|prefix| variable.starts_with(prefix))
        || ["CARGO_CRATE_NAME", "CARGO_PRIMARY_PACKAGE"].contains(&variable)
}

/// What cargo knows of the workspace's own packages.
pub(crate) fn metadata(root: &Path) -> Result<Metadata> {
    MetadataCommand::new().current_dir(root).no_deps().exec().context("`cargo metadata` failed")
}

/// What the host's program prints when called with `arguments`.
///
/// It is built with the features of the whole workspace, as the tests are: one build serves both.
pub(crate) fn harmonizer(root: &Path, metadata: &Metadata, arguments: &[&str]) -> Result<String> {
    process::run_shown(
        "building harmonizer",
        cargo(root).args(["build", "--quiet", "--workspace", "--bin", "harmonizer"]),
    )?;
    let program = metadata.target_directory.join("debug/harmonizer");
    process::output_of(
        &format!("harmonizer {}", arguments.join(" ")),
        Command::new(program).args(arguments).current_dir(root),
    )
}

/// Whether the workspace has the program `harmonizer`.
pub(crate) fn has_harmonizer(metadata: &Metadata) -> bool {
    metadata
        .packages
        .iter()
        .flat_map(|package| &package.targets)
        .any(|target| target.is_bin() && target.name == "harmonizer")
}

#[cfg(test)]
mod tests {
    use super::describes_a_package;

    #[test]
    fn only_what_describes_a_package_is_hidden() {
        for name in ["CARGO_PKG_NAME", "CARGO_MANIFEST_DIR", "CARGO_PRIMARY_PACKAGE"] {
            assert!(describes_a_package(name), "{name}");
        }
        for name in ["CARGO_HOME", "CARGO_TARGET_DIR", "CARGO_TERM_COLOR", "CARGO_NET_OFFLINE", "PATH"] {
            assert!(!describes_a_package(name), "{name}");
        }
    }
}
