//! PostgreSQL from its npm package: a data folder of our own, a server on loopback.

use std::fs::{self, OpenOptions};
use std::io::{Read, Write};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;

use anyhow::{Context, Result};
use rustix::process::Signal;

use super::places::Account;
use crate::{files, http, process};

/// The database's superuser, which Medusa connects as.
const USER: &str = "medusa";

/// Settings of a database whose data may be lost: quick, small, and reachable from this machine alone.
const SETTINGS: &str = "
listen_addresses = '127.0.0.1'
unix_socket_directories = ''
fsync = off
synchronous_commit = off
full_page_writes = off
wal_level = minimal
max_wal_senders = 0
min_wal_size = 32MB
shared_buffers = 64MB
jit = off
";

/// A PostgreSQL data folder and the programs to serve it.
#[derive(Debug)]
pub(crate) struct Postgres {
    programs: PathBuf,
    data: PathBuf,
    account: Option<Account>,
}

impl Postgres {
    /// `package` is the npm package's folder, `data` the data folder (which may not be there yet), `account` who runs
    /// it when we are root.
    pub(crate) fn new(package: &Path, data: PathBuf, account: Option<Account>) -> Self {
        Self { programs: package.join("native/bin"), data, account }
    }

    /// Makes the data folder. Only who knows `password` gets in: a superuser of PostgreSQL can run programs, and other
    /// users of this machine can reach the port.
    pub(crate) fn create(&self, password: &str, log: &Path) -> Result<()> {
        let data = &self.data;
        fs::create_dir_all(data).with_context(|| format!("{} cannot be made", data.display()))?;
        files::give(data, self.account.as_ref())?;
        let password_file = data.with_extension("password");
        files::write_private(&password_file, password)?;
        files::give(&password_file, self.account.as_ref())?;
        let made = process::run_logged(
            "initdb",
            self.program("initdb")
                .arg(format!("--pgdata={}", data.display()))
                .arg(format!("--pwfile={}", password_file.display()))
                .args(["--auth=scram-sha-256", "--encoding=UTF8", "--no-sync", "--wal-segsize=4"])
                // The built-in locale is the same on every platform.
                .args(["--locale=C", "--locale-provider=builtin", "--builtin-locale=C.UTF-8"])
                .arg(format!("--username={USER}")),
            log,
        );
        fs::remove_file(&password_file).with_context(|| format!("{} cannot be removed", password_file.display()))?;
        made?;
        let settings = data.join("postgresql.conf");
        let mut file = OpenOptions::new()
            .append(true)
            .open(&settings)
            .with_context(|| format!("{} cannot be written", settings.display()))?;
        file.write_all(SETTINGS.as_bytes()).with_context(|| format!("{} cannot be written", settings.display()))
    }

    /// Starts the server on a free port, which it answers.
    pub(crate) fn start(&self, log: &Path) -> Result<u16> {
        let mut tries = 3;
        loop {
            tries -= 1;
            let port = http::free_port()?;
            let mut command = self.program("pg_ctl");
            command
                .arg(format!("--pgdata={}", self.data.display()))
                .arg(format!("--options=-p {port}"))
                .args(["--silent", "--wait", "start"]);
            match process::run_logged("starting PostgreSQL", &mut command, log) {
                Ok(()) => return Ok(port),
                // Somebody took the port between our look and PostgreSQL's.
                Err(_) if tries > 0 && fs::read_to_string(log).is_ok_and(|text| text.contains("could not bind")) => {}
                Err(error) => return Err(error),
            }
        }
    }

    /// Stops the server in good order; one that does not run is fine. Answers whether there was one.
    pub(crate) fn stop(data: &Path) -> Result<bool> {
        let Some(pid) = Self::pid(data) else {
            return Ok(false);
        };
        process::stop(pid, &data.display().to_string(), Signal::INT, Duration::from_secs(20))
    }

    /// The process that the data folder says serves it.
    fn pid(data: &Path) -> Option<u32> {
        fs::read_to_string(data.join("postmaster.pid")).ok()?.lines().next()?.trim().parse().ok()
    }

    /// Where Medusa finds the database.
    pub(crate) fn url(port: u16, password: &str) -> String {
        format!("postgres://{USER}:{password}@127.0.0.1:{port}/postgres")
    }

    fn program(&self, name: &str) -> Command {
        let mut command = Command::new(self.programs.join(name));
        // The account may be unable to enter the folder that we are in.
        command.current_dir("/").env("LC_ALL", "C").env_remove("PGDATA").env_remove("PGPORT");
        if let Some(account) = self.account {
            account.run(&mut command);
        }
        command
    }
}

/// A password that nobody can guess.
pub(crate) fn random_password() -> Result<String> {
    let mut bytes = [0; 16];
    fs::File::open("/dev/urandom")
        .and_then(|mut source| source.read_exact(&mut bytes))
        .context("/dev/urandom cannot be read")?;
    Ok(files::hex(&bytes))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test stops at the first surprise")]

    use super::*;

    #[test]
    fn passwords_differ_and_fit_a_url() {
        let (one, two) = (random_password().unwrap(), random_password().unwrap());
        assert_ne!(one, two);
        assert_eq!(one.len(), 32);
        assert!(one.chars().all(|c| c.is_ascii_hexdigit()));
        assert_eq!(Postgres::url(5, "p"), "postgres://medusa:p@127.0.0.1:5/postgres");
    }

    #[test]
    fn reads_who_serves_a_data_folder() {
        let folder = tempfile::tempdir().unwrap();
        assert_eq!(Postgres::pid(folder.path()), None);
        fs::write(folder.path().join("postmaster.pid"), "4711\n/data\n").unwrap();
        assert_eq!(Postgres::pid(folder.path()), Some(4711));
    }

    #[test]
    fn a_data_folder_without_a_server_is_stopped_already() {
        let folder = tempfile::tempdir().unwrap();
        // Process 1 exists, but does not serve this folder.
        fs::write(folder.path().join("postmaster.pid"), "1\n").unwrap();
        assert!(!Postgres::stop(folder.path()).unwrap());
    }
}
