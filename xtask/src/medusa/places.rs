//! Where things are kept outside the checkout, and who may run PostgreSQL.

use std::env;
use std::fs::{self, File, TryLockError};
use std::os::unix::fs::PermissionsExt;
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::thread;

use anyhow::{Context, Result, bail};
use rustix::fs::Mode;
use rustix::process::{geteuid, umask};

use crate::process;

/// An account without privileges.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Account {
    pub(crate) uid: u32,
    pub(crate) gid: u32,
}

impl Account {
    /// PostgreSQL refuses to run as root, so root needs somebody to run it: `postgres` where there is one (nobody else
    /// uses it), else `nobody`.
    fn without_privileges() -> Result<Self> {
        for name in ["postgres", "nobody"] {
            if let (Some(uid), Some(gid)) = (id_of("-u", name), id_of("-g", name)) {
                return Ok(Self { uid, gid });
            }
        }
        bail!(
            "PostgreSQL refuses to run as root, and there is neither a user postgres nor nobody to run it: work as an ordinary user, or create one of them"
        );
    }

    /// Makes `command` run as this account.
    pub(crate) fn run(self, command: &mut Command) {
        command.uid(self.uid).gid(self.gid);
    }
}

fn id_of(flag: &str, name: &str) -> Option<u32> {
    let output = Command::new("id").args([flag, name]).output().ok()?;
    String::from_utf8_lossy(&output.stdout).trim().parse().ok().filter(|_| output.status.success())
}

/// The cache folder of this user, and who runs PostgreSQL there.
#[derive(Debug)]
pub(crate) struct Places {
    /// Installed packages, seeded data, and the data of running servers; one for all checkouts of a user.
    pub(crate) cache: PathBuf,
    /// Who runs PostgreSQL when we are root; `None` when we may do it ourselves.
    pub(crate) account: Option<Account>,
}

impl Places {
    pub(crate) fn find() -> Result<Self> {
        let account = if geteuid().is_root() {
            // What we and npm write must be readable for that account, whatever root's own mask is.
            umask(Mode::from_raw_mode(0o022));
            Some(Account::without_privileges()?)
        } else {
            None
        };
        let candidates =
            candidates(env::var_os("XDG_CACHE_HOME").map(PathBuf::from), env::home_dir(), account.is_some());
        for folder in &candidates {
            let made = fs::create_dir_all(folder).is_ok();
            // Root's home is closed to everybody else, yet PostgreSQL's account must reach its files.
            if made && (account.is_none() || (open(folder) && folder.ancestors().all(can_be_entered))) {
                return Ok(Self { cache: folder.clone(), account });
            }
        }
        let tried: Vec<_> = candidates.iter().map(|folder| folder.display().to_string()).collect();
        bail!(
            "no place for the cache; tried {}: set XDG_CACHE_HOME to a folder that can be written{}",
            tried.join(", "),
            if account.is_some() { ", below folders that every user may enter" } else { "" }
        );
    }
}

/// Folders that may hold the cache, best first.
fn candidates(xdg: Option<PathBuf>, home: Option<PathBuf>, root: bool) -> Vec<PathBuf> {
    let own = xdg.filter(|path| path.is_absolute()).or_else(|| home.map(|home| home.join(".cache")));
    own.into_iter().chain(root.then(|| PathBuf::from("/var/cache"))).map(|base| base.join("harmonizer")).collect()
}

fn open(folder: &Path) -> bool {
    fs::set_permissions(folder, fs::Permissions::from_mode(0o755)).is_ok()
}

fn can_be_entered(folder: &Path) -> bool {
    fs::metadata(folder).is_ok_and(|metadata| metadata.permissions().mode() & 0o001 != 0)
}

/// A lock on `file`, held until it is dropped (or the program ends, however it ends). Waits for whoever has it.
pub(crate) fn lock(file: &Path) -> Result<File> {
    let failed = || format!("the lock {} cannot be taken", file.display());
    if let Some(folder) = file.parent() {
        fs::create_dir_all(folder).with_context(failed)?;
    }
    let lock = File::create(file).with_context(failed)?;
    let mut told = false;
    loop {
        match lock.try_lock() {
            Ok(()) => return Ok(lock),
            Err(TryLockError::WouldBlock) => {
                if !told {
                    super::say("waiting for another `cargo xtask` that is at work on the same");
                    told = true;
                }
                process::check_interrupt()?;
                thread::sleep(process::POLL);
            }
            Err(TryLockError::Error(error)) => return Err(error).with_context(failed),
        }
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test stops at the first surprise")]

    use super::*;

    fn names(xdg: Option<&str>, home: Option<&str>, root: bool) -> Vec<String> {
        let found = candidates(xdg.map(PathBuf::from), home.map(PathBuf::from), root);
        found.iter().map(|path| path.display().to_string()).collect()
    }

    #[test]
    fn the_cache_is_where_the_user_has_caches() {
        assert_eq!(names(None, Some("/home/u"), false), ["/home/u/.cache/harmonizer"]);
        assert_eq!(names(Some("/c"), Some("/home/u"), false), ["/c/harmonizer"]);
        assert_eq!(names(Some("relative"), Some("/home/u"), false), ["/home/u/.cache/harmonizer"]);
    }

    #[test]
    fn root_has_a_second_choice() {
        assert_eq!(names(None, Some("/root"), true), ["/root/.cache/harmonizer", "/var/cache/harmonizer"]);
        assert_eq!(names(None, None, true), ["/var/cache/harmonizer"]);
    }

    #[test]
    fn a_lock_is_held_until_dropped() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("some.lock");
        let held = lock(&file).unwrap();
        assert!(matches!(File::create(&file).unwrap().try_lock(), Err(TryLockError::WouldBlock)));
        drop(held);
        lock(&file).unwrap();
    }
}
