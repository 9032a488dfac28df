//! One running server: its folder, its processes.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Child;
use std::thread;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail};
use rustix::process::Signal;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use super::postgres::Postgres;
use super::template::Template;
use super::{Api, Medusa, install, v1, v2};
use crate::{files, http, process};

/// How long a server may take to get ready.
const START_LIMIT: Duration = Duration::from_secs(120);

/// The folder of one running server. It holds all that `down` needs to know, and goes with it.
#[derive(Debug)]
pub(crate) struct Run {
    folder: PathBuf,
}

/// What is written down about a started server.
#[derive(Debug, Serialize, Deserialize)]
struct Server {
    pid: u32,
    port: u16,
    database: String,
}

impl Run {
    pub(crate) fn new(folder: PathBuf) -> Self {
        Self { folder }
    }

    /// Every run below `folder`, of whichever checkout.
    pub(crate) fn all(folder: &Path) -> Result<Vec<Self>> {
        let Ok(entries) = fs::read_dir(folder) else {
            return Ok(Vec::new());
        };
        let mut runs = Vec::new();
        for entry in entries {
            let entry = entry.with_context(|| format!("{} cannot be read", folder.display()))?;
            if entry.file_type()?.is_dir() {
                runs.push(Self::new(entry.path()));
            }
        }
        Ok(runs)
    }

    /// Held while the server is started or stopped. It lies beside the folder, which comes and goes.
    pub(crate) fn lock_file(&self) -> PathBuf {
        self.folder.with_extension("lock")
    }

    /// Whether the checkout that started it is gone.
    pub(crate) fn is_orphan(&self) -> bool {
        fs::read_to_string(self.folder.join("checkout")).is_ok_and(|checkout| !Path::new(&checkout).exists())
    }

    fn app(&self) -> PathBuf {
        self.folder.join("app")
    }

    fn data(&self) -> PathBuf {
        self.folder.join("pg")
    }

    fn facts(&self) -> Result<Map<String, Value>> {
        read_json(&self.folder.join("facts.json"))
    }

    fn server(&self) -> Option<Server> {
        read_json(&self.folder.join("server.json")).ok()
    }

    /// What the command line of our server holds and no other's.
    fn marker(&self) -> String {
        self.app().display().to_string()
    }

    /// The port of the server, if it runs and answers.
    pub(crate) fn running(&self, api: Api) -> Option<u16> {
        let server = self.server().filter(|server| process::is_ours(server.pid, &self.marker()))?;
        let facts = self.facts().ok()?;
        is_ready(api, server.port, &facts).then_some(server.port)
    }

    /// Starts PostgreSQL on a copy of the template, and Medusa on that. Answers Medusa's port.
    pub(crate) fn start(&self, medusa: &Medusa, packages: &Path, template: &Template) -> Result<u16> {
        fs::create_dir_all(&self.folder).with_context(|| format!("{} cannot be made", self.folder.display()))?;
        fs::write(self.folder.join("checkout"), medusa.checkout.as_os_str().as_encoded_bytes())
            .with_context(|| format!("{} cannot be written", self.folder.display()))?;
        let facts = self.folder.join("facts.json");
        fs::copy(template.facts(), &facts).with_context(|| format!("{} cannot be written", facts.display()))?;
        let password = fs::read_to_string(template.password())
            .with_context(|| format!("{} cannot be read", template.password().display()))?;
        files::copy(&template.data(), &self.data(), medusa.places.account.as_ref())?;
        medusa.lay_out(packages, &self.app())?;
        let postgres = Postgres::new(&install::postgres_package(packages)?, self.data(), medusa.places.account);
        let port = postgres.start(&medusa.output().join("postgres.log"))?;
        let database = Postgres::url(port, &password);
        self.start_medusa(medusa.api, &database, &medusa.log())
    }

    fn start_medusa(&self, api: Api, database: &str, log: &Path) -> Result<u16> {
        let facts = self.facts()?;
        let mut tries = 3;
        loop {
            tries -= 1;
            let port = http::free_port()?;
            let mut command = match api {
                Api::V1 => v1::server(&self.app(), database, port),
                Api::V2 => v2::server(&self.app(), database, port),
            };
            process::send_output_to(&mut command, log)?;
            let mut child =
                command.spawn().map_err(|error| process::cannot_start("starting Medusa", &command, &error))?;
            let server = Server { pid: child.id(), port, database: database.to_owned() };
            files::write_private(&self.folder.join("server.json"), &serde_json::to_string(&server)?)?;
            let Err(error) = wait_until_ready(&mut child, api, port, &facts) else { return Ok(port) };
            child.kill().and_then(|()| child.wait()).context("Medusa could not be ended")?;
            // Somebody may have taken the port between our look and Medusa's.
            let taken = fs::read_to_string(log).is_ok_and(|text| text.contains("EADDRINUSE"));
            if !taken || tries == 0 {
                let lines = files::last_lines(log, process::SHOWN_LINES);
                bail!("{error}. The log is {}; its last lines:\n{lines}", log.display());
            }
        }
    }

    /// Makes `count` assets of other customers in the shop, which is a Medusa 2.
    pub(crate) fn add_assets(&self, count: u32, logs: &Path) -> Result<()> {
        let server = self.server().context("the server has written nothing about itself")?;
        v2::add_assets(&self.app(), &server.database, count, logs)
    }

    /// Writes what the tests need to know.
    pub(crate) fn write_env(&self, api: Api, file: &Path) -> Result<()> {
        let server = self.server().context("the server has written nothing about itself")?;
        let mut env = self.facts()?;
        env.insert("baseUrl".to_owned(), format!("http://127.0.0.1:{}", server.port).into());
        env.insert("databaseUrl".to_owned(), server.database.into());
        env.insert("pid".to_owned(), server.pid.into());
        match api {
            Api::V1 => v1::add_facts(&mut env),
            Api::V2 => v2::add_facts(&mut env),
        }
        files::write_private(file, &format!("{:#}\n", Value::Object(env)))
    }

    /// Ends the processes and removes the folder. Answers whether there was anything.
    pub(crate) fn stop(&self) -> Result<bool> {
        if !self.folder.exists() {
            return Ok(false);
        }
        if let Some(server) = self.server() {
            process::stop(server.pid, &self.marker(), Signal::TERM, Duration::from_secs(3))?;
        }
        Postgres::stop(&self.data())?;
        files::remove(&self.folder)?;
        Ok(true)
    }
}

fn is_ready(api: Api, port: u16, facts: &Map<String, Value>) -> bool {
    match api {
        Api::V1 => v1::is_ready(port),
        Api::V2 => v2::is_ready(port, facts),
    }
}

fn wait_until_ready(child: &mut Child, api: Api, port: u16, facts: &Map<String, Value>) -> Result<()> {
    let start = Instant::now();
    loop {
        if let Some(status) = child.try_wait().context("Medusa's state cannot be read")? {
            bail!("Medusa ended while starting ({status})");
        }
        if is_ready(api, port, facts) {
            return Ok(());
        }
        if start.elapsed() > START_LIMIT {
            bail!("Medusa was not ready after {} s", START_LIMIT.as_secs());
        }
        process::check_interrupt()?;
        thread::sleep(process::POLL);
    }
}

fn read_json<T: serde::de::DeserializeOwned>(file: &Path) -> Result<T> {
    let text = fs::read_to_string(file).with_context(|| format!("{} cannot be read", file.display()))?;
    serde_json::from_str(&text).with_context(|| format!("{} is not what this program wrote", file.display()))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test stops at the first surprise")]

    use super::*;

    #[test]
    fn a_run_outlives_its_checkout_only_as_an_orphan() {
        let cache = tempfile::tempdir().unwrap();
        let run = Run::new(cache.path().join("some"));
        assert!(!run.is_orphan(), "nothing is there");
        fs::create_dir_all(&run.folder).unwrap();
        fs::write(run.folder.join("checkout"), cache.path().display().to_string()).unwrap();
        assert!(!run.is_orphan());
        fs::write(run.folder.join("checkout"), "/no/such/checkout").unwrap();
        assert!(run.is_orphan());
        assert_eq!(Run::all(cache.path()).unwrap().len(), 1);
        assert!(run.stop().unwrap());
        assert!(!run.stop().unwrap(), "twice is fine");
        assert!(Run::all(cache.path()).unwrap().is_empty());
    }

    #[test]
    fn a_stranger_with_the_same_process_id_does_not_count() {
        let cache = tempfile::tempdir().unwrap();
        let run = Run::new(cache.path().join("some"));
        fs::create_dir_all(&run.folder).unwrap();
        let server = Server { pid: std::process::id(), port: 1, database: String::new() };
        fs::write(run.folder.join("server.json"), serde_json::to_string(&server).unwrap()).unwrap();
        assert_eq!(run.running(Api::V2), None);
        assert!(run.stop().unwrap(), "and it is not killed");
    }

    #[test]
    fn the_env_file_says_where_the_server_is() {
        let cache = tempfile::tempdir().unwrap();
        let run = Run::new(cache.path().join("some"));
        fs::create_dir_all(&run.folder).unwrap();
        let server = Server { pid: 4711, port: 9000, database: "postgres://somewhere".to_owned() };
        fs::write(run.folder.join("server.json"), serde_json::to_string(&server).unwrap()).unwrap();
        fs::write(run.folder.join("facts.json"), r#"{"publishableKey":"pk_1"}"#).unwrap();
        let file = cache.path().join("out/env.json");
        run.write_env(Api::V2, &file).unwrap();
        let env: Value = read_json(&file).unwrap();
        assert_eq!(env["baseUrl"], "http://127.0.0.1:9000");
        assert_eq!(env["publishableKey"], "pk_1");
        assert_eq!(env["pid"], 4711);
    }
}
