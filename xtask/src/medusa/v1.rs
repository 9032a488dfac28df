//! What is particular to Medusa 1: how its database is filled, how it starts, how one sees that it is ready.

use std::os::unix::fs::symlink;
use std::os::unix::process::CommandExt;
use std::path::Path;
use std::process::Command;

use anyhow::{Context, Result};
use serde_json::{Map, Value};

use super::{JWT_SECRET, PATIENCE, SETTINGS};
use crate::{http, process};

/// Adds what Medusa 1 needs to the folder that it runs in.
pub(crate) fn lay_out(app: &Path) -> Result<()> {
    // Medusa 1 loads a project's code from where its build puts it; ours needs none.
    let built = app.join("dist");
    symlink("src", &built).with_context(|| format!("{} cannot be made", built.display()))
}

/// Makes the tables and fills the shop. What the tests need to know of it is written to `facts`.
pub(crate) fn fill(app: &Path, database: &str, facts: &Path, logs: &Path) -> Result<()> {
    process::run_logged(
        "making Medusa's tables",
        node(app, database, "node_modules/@medusajs/medusa/cli.js").args(["migrations", "run"]),
        &logs.join("migrate.log"),
    )?;
    process::run_logged(
        "filling the shop",
        node(app, database, "src/scripts/seed.js").env("SEED_OUT", facts),
        &logs.join("seed.log"),
    )
}

/// The command that serves the shop on `port`. It gets a process group of its own, so that Ctrl-C in the terminal does
/// not reach it.
pub(crate) fn server(app: &Path, database: &str, port: u16) -> Command {
    let mut command = node(app, database, "server.js");
    command.env("PORT", port.to_string()).process_group(0);
    command
}

/// Whether the server answers a question that needs the database.
pub(crate) fn is_ready(port: u16) -> bool {
    http::status_of(port, "/store/regions", &[], PATIENCE).is_ok_and(|status| status == 200)
}

/// Adds to the env file what the seed cannot know.
pub(crate) fn add_facts(env: &mut Map<String, Value>) {
    env.insert("medusaJwtSecret".to_owned(), JWT_SECRET.into());
}

/// Runs a script of the folder; its full path tells our processes from others.
fn node(app: &Path, database: &str, script: &str) -> Command {
    let mut command = Command::new("node");
    command
        .arg(app.join(script))
        .current_dir(app)
        .env("MEDUSA_DISABLE_TELEMETRY", "1")
        .env("XDG_CONFIG_HOME", app.join(SETTINGS))
        .env("LOG_LEVEL", "warn")
        .env("DATABASE_URL", database)
        .env("JWT_SECRET", JWT_SECRET)
        .env("COOKIE_SECRET", JWT_SECRET);
    // What somebody has set for other programs must not change this server; in production mode its session cookie would
    // be for HTTPS alone.
    for name in ["NODE_ENV", "NODE_OPTIONS", "MEDUSA_WORKER_MODE"] {
        command.env_remove(name);
    }
    command
}
