//! Files and folders: hashing, copying, the end of a log.

use std::fs::{self, OpenOptions};
use std::io::{ErrorKind, Write};
use std::os::unix::fs::{OpenOptionsExt, chown};
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use sha2::{Digest, Sha256};

use crate::medusa::Account;

/// All files below `folder`, sorted by path. Hidden files and `node_modules` are left out.
pub(crate) fn list(folder: &Path) -> Result<Vec<PathBuf>> {
    let mut found = Vec::new();
    let mut open = vec![folder.to_owned()];
    while let Some(folder) = open.pop() {
        let entries = fs::read_dir(&folder).with_context(|| format!("{} cannot be read", folder.display()))?;
        for entry in entries {
            let entry = entry.with_context(|| format!("{} cannot be read", folder.display()))?;
            let name = entry.file_name();
            if name.as_encoded_bytes().starts_with(b".") || name == "node_modules" {
                continue;
            }
            if entry.file_type()?.is_dir() { open.push(entry.path()) } else { found.push(entry.path()) }
        }
    }
    found.sort();
    Ok(found)
}

/// A short hash over names and contents of `files`, with `salt` for all that matters besides. Names count relative to
/// `base`, so that two checkouts with the same files have the same hash.
pub(crate) fn hash(base: &Path, files: &[PathBuf], salt: &str) -> Result<String> {
    let mut hasher = Sha256::new();
    add(&mut hasher, salt.as_bytes());
    for file in files {
        let name = file.strip_prefix(base).unwrap_or(file);
        let bytes = fs::read(file).with_context(|| format!("{} cannot be read", file.display()))?;
        add(&mut hasher, name.as_os_str().as_encoded_bytes());
        add(&mut hasher, &bytes);
    }
    Ok(short(hasher))
}

/// A short hash of one text.
pub(crate) fn hash_text(text: &[u8]) -> String {
    let mut hasher = Sha256::new();
    add(&mut hasher, text);
    short(hasher)
}

/// Adds one part with its length, so that no two lists of parts run together into the same bytes.
fn add(hasher: &mut Sha256, part: &[u8]) {
    hasher.update(part.len().to_string().as_bytes());
    hasher.update(b":");
    hasher.update(part);
}

fn short(hasher: Sha256) -> String {
    let digest = hasher.finalize();
    hex(digest.get(..8).unwrap_or(&digest))
}

/// Bytes in hexadecimal.
pub(crate) fn hex(bytes: &[u8]) -> String {
    let digits = bytes.iter().flat_map(|byte| [byte >> 4, byte & 0xf]);
    digits.filter_map(|digit| char::from_digit(digit.into(), 16)).collect()
}

/// Copies a folder with everything in it; modes are kept. With `owner`, the copy belongs to that account.
pub(crate) fn copy(from: &Path, to: &Path, owner: Option<&Account>) -> Result<()> {
    let failed = |path: &Path| format!("{} cannot be copied to {}", path.display(), to.display());
    fs::create_dir_all(to).with_context(|| failed(from))?;
    fs::set_permissions(to, fs::metadata(from)?.permissions()).with_context(|| failed(from))?;
    for entry in fs::read_dir(from).with_context(|| failed(from))? {
        let entry = entry.with_context(|| failed(from))?;
        let (source, target) = (entry.path(), to.join(entry.file_name()));
        if entry.file_type()?.is_dir() {
            copy(&source, &target, owner)?;
        } else {
            fs::copy(&source, &target).with_context(|| failed(&source))?;
            give(&target, owner)?;
        }
    }
    give(to, owner)
}

/// Copies `files`, which lie below `from`, to the same places below `to`.
pub(crate) fn copy_some(files: &[PathBuf], from: &Path, to: &Path) -> Result<()> {
    for file in files {
        let target = to.join(file.strip_prefix(from).unwrap_or(file));
        let failed = || format!("{} cannot be copied to {}", file.display(), target.display());
        if let Some(folder) = target.parent() {
            fs::create_dir_all(folder).with_context(failed)?;
        }
        fs::copy(file, &target).with_context(failed)?;
    }
    Ok(())
}

/// Makes `path` belong to `owner`; without one nothing happens.
pub(crate) fn give(path: &Path, owner: Option<&Account>) -> Result<()> {
    let Some(account) = owner else { return Ok(()) };
    chown(path, Some(account.uid), Some(account.gid))
        .with_context(|| format!("{} cannot be given to user {}", path.display(), account.uid))
}

/// Removes a folder with everything in it; one that is not there is fine.
pub(crate) fn remove(folder: &Path) -> Result<()> {
    match fs::remove_dir_all(folder) {
        Err(error) if error.kind() != ErrorKind::NotFound => {
            Err(error).with_context(|| format!("{} cannot be removed", folder.display()))
        }
        _ => Ok(()),
    }
}

/// Writes a file in one step, readable by its owner alone: a reader sees the old text or the new, never half of it.
pub(crate) fn write_private(file: &Path, text: &str) -> Result<()> {
    let failed = || format!("{} cannot be written", file.display());
    if let Some(folder) = file.parent() {
        fs::create_dir_all(folder).with_context(failed)?;
    }
    let draft = file.with_extension("new");
    let _ = fs::remove_file(&draft);
    let mut options = OpenOptions::new();
    let mut open = options.write(true).create_new(true).mode(0o600).open(&draft).with_context(failed)?;
    open.write_all(text.as_bytes()).with_context(failed)?;
    fs::rename(&draft, file).with_context(failed)
}

/// The last `count` lines of a log, indented and shortened; says so when there is nothing to show.
pub(crate) fn last_lines(log: &Path, count: usize) -> String {
    let text = fs::read(log).map(|bytes| String::from_utf8_lossy(&bytes).into_owned()).unwrap_or_default();
    let lines: Vec<&str> = text.lines().filter(|line| !line.trim().is_empty()).collect();
    if lines.is_empty() {
        return "    (the log is empty)".to_owned();
    }
    let skip = lines.len().saturating_sub(count);
    lines.iter().skip(skip).map(|line| format!("    {}", shortened(line))).collect::<Vec<_>>().join("\n")
}

/// A line that fits a terminal: servers log whole stacks on one.
fn shortened(line: &str) -> String {
    const LONGEST: usize = 300;
    match line.char_indices().nth(LONGEST).and_then(|(end, _)| line.get(..end)) {
        Some(start) => format!("{start}…"),
        None => line.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test stops at the first surprise")]

    use std::os::unix::fs::PermissionsExt;

    use super::*;

    fn tree(files: &[(&str, &str)]) -> tempfile::TempDir {
        let folder = tempfile::tempdir().unwrap();
        for (name, text) in files {
            let path = folder.path().join(name);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, text).unwrap();
        }
        folder
    }

    fn hash_of(folder: &tempfile::TempDir, salt: &str) -> String {
        hash(folder.path(), &list(folder.path()).unwrap(), salt).unwrap()
    }

    #[test]
    fn same_files_have_the_same_hash_wherever_they_lie() {
        let (one, two) = (tree(&[("a", "1"), ("b/c", "2")]), tree(&[("b/c", "2"), ("a", "1")]));
        assert_eq!(hash_of(&one, "s"), hash_of(&two, "s"));
    }

    #[test]
    fn content_name_and_salt_change_the_hash() {
        let base = hash_of(&tree(&[("a", "1")]), "s");
        assert_ne!(base, hash_of(&tree(&[("a", "2")]), "s"));
        assert_ne!(base, hash_of(&tree(&[("b", "1")]), "s"));
        assert_ne!(base, hash_of(&tree(&[("a", "1")]), "t"));
    }

    #[test]
    fn hidden_files_and_installed_packages_do_not_count() {
        let plain = hash_of(&tree(&[("a", "1")]), "s");
        assert_eq!(plain, hash_of(&tree(&[("a", "1"), (".DS_Store", "x"), ("node_modules/p/i.js", "y")]), "s"));
    }

    #[test]
    fn a_copy_keeps_contents_and_modes() {
        let from = tree(&[("deep/er/file", "text")]);
        fs::set_permissions(from.path().join("deep"), fs::Permissions::from_mode(0o700)).unwrap();
        let to = tempfile::tempdir().unwrap();
        copy(from.path(), &to.path().join("copy"), None).unwrap();
        assert_eq!(fs::read_to_string(to.path().join("copy/deep/er/file")).unwrap(), "text");
        let mode = fs::metadata(to.path().join("copy/deep")).unwrap().permissions().mode();
        assert_eq!(mode & 0o777, 0o700);
    }

    #[test]
    fn copies_some_files_to_the_same_places() {
        let from = tree(&[("deep/er/one", "1"), ("two", "2"), ("three", "3")]);
        let to = tempfile::tempdir().unwrap();
        let chosen = [from.path().join("deep/er/one"), from.path().join("two")];
        copy_some(&chosen, from.path(), to.path()).unwrap();
        assert_eq!(fs::read_to_string(to.path().join("deep/er/one")).unwrap(), "1");
        assert_eq!(list(to.path()).unwrap(), [to.path().join("deep/er/one"), to.path().join("two")]);
    }

    #[test]
    fn writes_hexadecimal() {
        assert_eq!(hex(&[0x00, 0x1f, 0xa0, 0xff]), "001fa0ff");
        assert_eq!(hash_text(b"text").len(), 16);
    }

    #[test]
    fn a_private_file_is_for_its_owner_alone() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("deep/secret.json");
        write_private(&file, "one").unwrap();
        write_private(&file, "two").unwrap();
        assert_eq!(fs::read_to_string(&file).unwrap(), "two");
        assert_eq!(fs::metadata(&file).unwrap().permissions().mode() & 0o777, 0o600);
        assert_eq!(list(folder.path()).unwrap(), [file], "no draft is left");
    }

    #[test]
    fn shows_the_end_of_a_log() {
        let folder = tree(&[("log", "one\ntwo\n\nthree\n"), ("empty", "")]);
        assert_eq!(last_lines(&folder.path().join("log"), 2), "    two\n    three");
        assert_eq!(shortened(&"é".repeat(300)), "é".repeat(300));
        assert_eq!(shortened(&"é".repeat(301)), "é".repeat(300) + "…");
        assert_eq!(last_lines(&folder.path().join("empty"), 2), "    (the log is empty)");
        assert_eq!(last_lines(&folder.path().join("missing"), 2), "    (the log is empty)");
    }
}
