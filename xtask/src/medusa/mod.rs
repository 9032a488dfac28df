//! A real Medusa to test against: from npm packages, with a PostgreSQL from an npm package, seeded the same each time.
//!
//! What lies where:
//! - the cache (`~/.cache/harmonizer`, for root `/var/cache/harmonizer`): installed packages by lock file, seeded data
//!   folders by recipe, and the data of running servers, one folder for each checkout and purpose;
//! - the checkout (`target/medusa/<name>`): `env.json` for the tests, and the logs.
//!
//! All state of a running server is in the cache, so that `down` finds it after a crash or a `cargo clean`.

mod install;
mod places;
mod postgres;
mod run;
mod template;
mod v1;
mod v2;

use std::fs::{self, File};
use std::os::unix::fs::symlink;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail};
use clap::{Subcommand, ValueEnum};

pub(crate) use install::check_node;
pub(crate) use places::Account;
use places::{Places, lock};
use run::Run;

use crate::{files, process};

/// Signs customers' tokens. Tests need it to make tokens that are expired or of nobody.
const JWT_SECRET: &str = "a-secret-for-tests-only";

/// Medusa's settings of the user, kept in the run's own folder: no telemetry process, nothing in anybody's home.
const SETTINGS: &str = ".config";

/// Time for one answer when asked whether the server is ready.
const PATIENCE: Duration = Duration::from_secs(20);

/// Which Medusa.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Api {
    /// Medusa 1
    V1,
    /// Medusa 2
    V2,
}

impl Api {
    pub(crate) const ALL: [Self; 2] = [Self::V2, Self::V1];

    fn name(self) -> &'static str {
        match self {
            Self::V1 => "v1",
            Self::V2 => "v2",
        }
    }

    /// What is wanted; all if nothing is said.
    pub(crate) fn wanted(api: Option<Self>) -> impl Iterator<Item = Self> {
        Self::ALL.into_iter().filter(move |one| api.is_none_or(|wanted| wanted == *one))
    }
}

/// What a server is for. Each purpose has its own, so that a test run leaves a developer's server alone.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Purpose {
    /// To work with, started by `cargo xtask medusa up`.
    Work,
    /// Started by `cargo xtask test` and `cargo xtask record` for themselves.
    Test,
}

impl Purpose {
    const ALL: [Self; 2] = [Self::Work, Self::Test];

    fn suffix(self) -> &'static str {
        match self {
            Self::Work => "",
            Self::Test => "-test",
        }
    }
}

/// A real Medusa server to test against.
///
/// It needs Node.js 20.19 or newer with npm, and nothing else: PostgreSQL comes from npm as well.
#[derive(Debug, Subcommand)]
pub(crate) enum Action {
    /// Start a freshly seeded server and print the path of its env file
    ///
    /// The env file (target/medusa/v2/env.json) holds the server's address, keys, and the ids of what is in the shop.
    /// One server of each API can run at once.
    /// A server that runs already is left as it is, unless --fresh is given. The first start installs packages and
    /// fills the database, which takes about a minute; later ones take a few seconds.
    Up {
        /// Which Medusa
        #[arg(long, value_enum, default_value = "v2")]
        api: Api,
        /// Put a running server back to the freshly seeded state
        #[arg(long)]
        fresh: bool,
        /// Give other customers so many more assets, to measure with; without --fresh they add up (v2 alone)
        #[arg(long, value_name = "COUNT", value_parser = clap::value_parser!(u32).range(1..))]
        bulk_assets: Option<u32>,
    },
    /// Stop this checkout's servers and remove their data
    ///
    /// Works after a crash too. Installed packages and the seeded database stay in the cache.
    Down {
        /// Which Medusa; every one if not given
        #[arg(long, value_enum)]
        api: Option<Api>,
        /// Remove the cached packages and seeded databases too
        #[arg(long)]
        purge: bool,
    },
    /// Say what runs, and where its env file is; the exit code is 1 when nothing runs
    Status {
        /// Which Medusa; every one if not given
        #[arg(long, value_enum)]
        api: Option<Api>,
    },
}

/// Does what `cargo xtask medusa` was asked for. Answers whether the exit code is 0.
pub(crate) fn act(root: &Path, action: &Action) -> Result<bool> {
    match action {
        Action::Up { api, fresh, bulk_assets } => {
            if bulk_assets.is_some() && *api == Api::V1 {
                bail!("there are no assets in Medusa 1: --bulk-assets goes with --api v2");
            }
            let medusa = Medusa::new(root, *api, Purpose::Work)?;
            let env_file = medusa.up(*fresh)?;
            if let Some(count) = bulk_assets {
                medusa.add_assets(*count)?;
            }
            println!("{}", env_file.display());
            Ok(true)
        }
        Action::Down { api, purge } => down(root, *api, *purge).map(|()| true),
        Action::Status { api } => status(root, *api),
    }
}

fn each(root: &Path, api: Option<Api>) -> impl Iterator<Item = Result<Medusa>> {
    Api::wanted(api).flat_map(move |api| Purpose::ALL.map(|purpose| Medusa::new(root, api, purpose)))
}

fn down(root: &Path, api: Option<Api>, purge: bool) -> Result<()> {
    let mut stopped = false;
    for medusa in each(root, api) {
        let medusa = medusa?;
        stopped |= medusa.down()?;
        medusa.stop_orphans()?;
        if purge {
            for part in ["packages", "templates"] {
                files::remove(&medusa.store.join(part))?;
            }
        }
    }
    if !stopped {
        say("nothing was running for this checkout");
    }
    Ok(())
}

fn status(root: &Path, api: Option<Api>) -> Result<bool> {
    let mut some = false;
    for medusa in each(root, api) {
        let medusa = medusa?;
        if let Some(port) = medusa.run().running(medusa.api) {
            some = true;
            println!("medusa {}: http://127.0.0.1:{port}  {}", medusa.name(), medusa.env_file().display());
        }
    }
    if !some {
        println!("no medusa runs for this checkout; `cargo xtask medusa up` starts one");
    }
    Ok(some)
}

/// Tells the user what is happening; the answer proper goes to standard output.
pub(crate) fn say(text: &str) {
    eprintln!("medusa: {text}");
}

/// One server of one checkout.
#[derive(Debug)]
pub(crate) struct Medusa {
    api: Api,
    purpose: Purpose,
    checkout: PathBuf,
    places: Places,
    /// The part of the cache that is this API's.
    store: PathBuf,
}

impl Medusa {
    pub(crate) fn new(root: &Path, api: Api, purpose: Purpose) -> Result<Self> {
        let checkout = fs::canonicalize(root).with_context(|| format!("{} cannot be read", root.display()))?;
        let places = Places::find()?;
        let store = places.cache.join(format!("medusa-{}", api.name()));
        Ok(Self { api, purpose, checkout, places, store })
    }

    fn name(&self) -> String {
        format!("{}{}", self.api.name(), self.purpose.suffix())
    }

    /// The files that say what is installed and what is in the shop.
    fn recipe(&self) -> PathBuf {
        self.checkout.join("tests/medusa").join(self.api.name())
    }

    /// The part of the recipe that both APIs have in common.
    fn common(&self) -> PathBuf {
        self.checkout.join("tests/medusa/common")
    }

    /// The folder of our plugin, which a Medusa 2 runs with.
    fn plugin(&self) -> PathBuf {
        self.checkout.join("plugins/medusa-sso")
    }

    /// All files that decide what is in the shop.
    fn sources(&self) -> Result<Vec<PathBuf>> {
        let mut files = files::list(&self.recipe())?;
        files.extend(files::list(&self.common())?);
        if self.api == Api::V2 {
            files.extend(files::list(&self.plugin())?);
        }
        Ok(files)
    }

    /// Lays out the folder that Medusa runs in: our files, Medusa's settings, and the installed packages beside them.
    fn lay_out(&self, packages: &Path, app: &Path) -> Result<()> {
        files::remove(app)?;
        let (recipe, common) = (self.recipe(), self.common());
        files::copy_some(&files::list(&recipe)?, &recipe, app)?;
        files::copy_some(&files::list(&common)?, &common, &app.join("common"))?;
        let modules = app.join("node_modules");
        symlink(packages.join("node_modules"), &modules)
            .with_context(|| format!("{} cannot be made", modules.display()))?;
        files::write_private(&app.join(SETTINGS).join("medusa/config.json"), r#"{"telemetry":{"enabled":false}}"#)?;
        match self.api {
            Api::V1 => v1::lay_out(app),
            Api::V2 => v2::lay_out(&self.plugin(), app),
        }
    }

    /// Logs and env file, where a developer looks for them.
    fn output(&self) -> PathBuf {
        self.checkout.join("target/medusa").join(self.name())
    }

    /// The file that the tests read.
    pub(crate) fn env_file(&self) -> PathBuf {
        self.output().join("env.json")
    }

    /// What the server says while it runs.
    pub(crate) fn log(&self) -> PathBuf {
        self.output().join("server.log")
    }

    fn run(&self) -> Run {
        let checkout = files::hash_text(self.checkout.as_os_str().as_encoded_bytes());
        Run::new(self.store.join("runs").join(format!("{checkout}{}", self.purpose.suffix())))
    }

    /// Held by whoever uses the server for something that others would disturb, from before its start to after its
    /// end. Waits for the one who has it.
    pub(crate) fn turn(&self) -> Result<File> {
        lock(&self.run().lock_file().with_extension("turn"))
    }

    /// Installs and seeds what a start needs, unless it is there: the slow part, which can be done ahead.
    pub(crate) fn prepare(&self) -> Result<()> {
        check_node()?;
        let packages = install::packages(&self.store, &self.recipe(), &self.output())?;
        template::make(self, &packages)?;
        Ok(())
    }

    /// Runs the plugin's own tests, with the packages of the server that it is made for.
    pub(crate) fn test_plugin(&self) -> Result<()> {
        let packages = install::packages(&self.store, &self.recipe(), &self.output())?;
        let mut command = Command::new("node");
        command.arg("--test").current_dir(self.plugin()).env("NODE_PATH", packages.join("node_modules"));
        process::run_shown("the tests of plugins/medusa-sso", &mut command)
    }

    /// Starts the server in the seeded state and answers the path of the env file. One that runs already is left
    /// alone, unless `fresh` is true.
    pub(crate) fn up(&self, fresh: bool) -> Result<PathBuf> {
        let start = Instant::now();
        let run = self.run();
        let _lock = lock(&run.lock_file())?;
        if !fresh && let Some(port) = run.running(self.api) {
            run.write_env(self.api, &self.env_file())?;
            say(&format!(
                "{} runs already on http://127.0.0.1:{port} (--fresh puts it back to the seeded state)",
                self.name()
            ));
            return Ok(self.env_file());
        }
        check_node()?;
        self.clear(&run)?;
        let packages = install::packages(&self.store, &self.recipe(), &self.output())?;
        let template = template::make(self, &packages)?;
        let started = run.start(self, &packages, &template);
        let port = match started {
            Ok(port) => port,
            Err(error) => {
                run.stop()?;
                return Err(error);
            }
        };
        run.write_env(self.api, &self.env_file())?;
        say(&format!("{} is up on http://127.0.0.1:{port} after {:.1} s", self.name(), start.elapsed().as_secs_f64()));
        self.stop_orphans()?;
        Ok(self.env_file())
    }

    /// Makes `count` assets of other customers in the running shop.
    fn add_assets(&self, count: u32) -> Result<()> {
        let run = self.run();
        let _lock = lock(&run.lock_file())?;
        run.add_assets(count, &self.output())?;
        say(&format!("{count} more assets are in the shop"));
        Ok(())
    }

    /// Stops the server and removes its data. Answers whether there was anything.
    pub(crate) fn down(&self) -> Result<bool> {
        let run = self.run();
        let _lock = lock(&run.lock_file())?;
        let was_there = self.clear(&run)?;
        if was_there {
            say(&format!("{} is down", self.name()));
        }
        Ok(was_there)
    }

    fn clear(&self, run: &Run) -> Result<bool> {
        let was_there = run.stop()?;
        match fs::remove_file(self.env_file()) {
            Err(error) if error.kind() != std::io::ErrorKind::NotFound => {
                Err(error).with_context(|| format!("{} cannot be removed", self.env_file().display()))
            }
            _ => Ok(was_there),
        }
    }

    /// Stops servers whose checkout was deleted without `down`.
    fn stop_orphans(&self) -> Result<()> {
        for run in Run::all(&self.store.join("runs"))? {
            if run.is_orphan() {
                let _lock = lock(&run.lock_file())?;
                run.stop()?;
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test stops at the first surprise")]

    use super::*;

    #[test]
    fn assets_are_for_medusa_2() {
        let action = Action::Up { api: Api::V1, fresh: false, bulk_assets: Some(1) };
        let error = act(Path::new("/no/such/checkout"), &action).unwrap_err().to_string();
        assert!(error.contains("--api v2"), "{error}");
    }

    #[test]
    fn an_api_is_one_or_all() {
        assert_eq!(Api::wanted(Some(Api::V1)).collect::<Vec<_>>(), [Api::V1]);
        assert_eq!(Api::wanted(None).collect::<Vec<_>>(), Api::ALL);
    }
}
