//! The seeded database, made once for each recipe and copied for each start.

use std::env::consts::{ARCH, OS};
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};

use super::places::lock;
use super::postgres::{Postgres, random_password};
use super::{Api, Medusa, install, say, v1, v2};
use crate::files;

/// Changes whenever this program lays out a template differently, so that old ones are not taken for new.
const LAYOUT: &str = "1";

/// A seeded data folder, with what is known of its contents.
#[derive(Debug)]
pub(crate) struct Template {
    folder: PathBuf,
}

impl Template {
    /// PostgreSQL's data folder, in good order: no server runs on it.
    pub(crate) fn data(&self) -> PathBuf {
        self.folder.join("pg")
    }

    /// What the seed wrote: ids, keys, passwords.
    pub(crate) fn facts(&self) -> PathBuf {
        self.folder.join("facts.json")
    }

    /// The database's password.
    pub(crate) fn password(&self) -> PathBuf {
        self.folder.join("password")
    }
}

/// The template of `medusa`'s recipe, made unless it is there.
pub(crate) fn make(medusa: &Medusa, packages: &Path) -> Result<Template> {
    let recipe = medusa.sources()?;
    let key = files::hash(&medusa.checkout, &recipe, &format!("layout {LAYOUT} {OS} {ARCH}"))?;
    let folder = medusa.store.join("templates").join(&key);
    let _lock = lock(&folder.with_extension("lock"))?;
    if !folder.is_dir() {
        say("making the seeded database (once for each change of the recipe)");
        let draft = Template { folder: folder.with_extension("new") };
        // One that was interrupted may have left its server.
        Postgres::stop(&draft.data())?;
        files::remove(&draft.folder)?;
        let filled = fill(medusa, packages, &draft);
        // The server must be gone in good order before its data are copied.
        Postgres::stop(&draft.data())?;
        filled?;
        fs::rename(&draft.folder, &folder).with_context(|| format!("{} cannot be put in place", folder.display()))?;
    }
    Ok(Template { folder })
}

fn fill(medusa: &Medusa, packages: &Path, draft: &Template) -> Result<()> {
    let logs = medusa.output();
    let app = draft.folder.join("app");
    let password = random_password()?;
    files::write_private(&draft.password(), &password)?;
    let postgres = Postgres::new(&install::postgres_package(packages)?, draft.data(), medusa.places.account);
    postgres.create(&password, &logs.join("initdb.log"))?;
    let port = postgres.start(&logs.join("postgres.log"))?;
    let database = Postgres::url(port, &password);
    medusa.lay_out(packages, &app)?;
    match medusa.api {
        Api::V1 => v1::fill(&app, &database, &draft.facts(), &logs)?,
        Api::V2 => v2::fill(&app, &database, &draft.facts(), &logs)?,
    }
    files::remove(&app)
}
