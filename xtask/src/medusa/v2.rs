//! What is particular to Medusa 2: how its database is filled, how it starts, how one sees that it is ready.

use std::os::unix::process::CommandExt;
use std::path::Path;
use std::process::Command;

use anyhow::Result;
use serde_json::{Map, Value};

use super::{JWT_SECRET, PATIENCE, SETTINGS};
use crate::{files, http, process};

/// The identity provider of the tests, whose tokens Medusa takes by our plugin.
const SSO_SECRET: &str = "a-providers-secret-for-tests-only";
const SSO_ISSUER: &str = "https://identity.example";
const SSO_AUDIENCE: &str = "shop";

/// Adds our plugin to the folder that Medusa 2 runs in.
pub(crate) fn lay_out(plugin: &Path, app: &Path) -> Result<()> {
    // As in the plugin's npm package: Medusa looks for a plugin's sources in this folder of it.
    let installed = app.join("plugins/medusa-sso");
    files::copy_some(&[plugin.join("package.json")], plugin, &installed)?;
    let sources = plugin.join("src");
    files::copy_some(&files::list(&sources)?, &sources, &installed.join(".medusa/server/src"))
}

/// Makes the tables and fills the shop. What the tests need to know of it is written to `facts`.
pub(crate) fn fill(app: &Path, database: &str, facts: &Path, logs: &Path) -> Result<()> {
    // The migration scripts mend data of older versions; on an empty database they only cost time.
    process::run_logged(
        "making Medusa's tables",
        medusa(app, database, &[]).args(["db:migrate", "--skip-scripts", "--execute-safe-links"]),
        &logs.join("migrate.log"),
    )?;
    process::run_logged(
        "filling the shop",
        medusa(app, database, &[]).args(["exec", "./src/scripts/seed.js"]).env("SEED_OUT", facts),
        &logs.join("seed.log"),
    )
}

/// Makes `count` assets of other customers.
pub(crate) fn add_assets(app: &Path, database: &str, count: u32, logs: &Path) -> Result<()> {
    process::run_logged(
        "adding assets",
        medusa(app, database, &[]).args(["exec", "./src/scripts/bulk.js"]).env("BULK_ASSETS", count.to_string()),
        &logs.join("bulk.log"),
    )
}

/// The command that serves the shop on `port`. It gets a process group of its own, so that Ctrl-C in the terminal does
/// not reach it.
pub(crate) fn server(app: &Path, database: &str, port: u16) -> Command {
    // Without a limit the process grows to 800 MB under load and is no faster.
    let mut command = medusa(app, database, &["--max-old-space-size=512"]);
    command.args(["start", "-H", "127.0.0.1", "-p", &port.to_string()]).process_group(0);
    command
}

/// Whether the server answers a question that needs the database and the seed.
pub(crate) fn is_ready(port: u16, facts: &Map<String, Value>) -> bool {
    let key = facts.get("publishableKey").and_then(Value::as_str).unwrap_or_default();
    http::status_of(port, "/store/regions", &[format!("x-publishable-api-key: {key}")], PATIENCE)
        .is_ok_and(|status| status == 200)
}

/// Adds to the env file what the seed cannot know.
pub(crate) fn add_facts(env: &mut Map<String, Value>) {
    let facts = [
        ("medusaJwtSecret", JWT_SECRET),
        ("ssoSecret", SSO_SECRET),
        ("ssoIssuer", SSO_ISSUER),
        ("ssoAudience", SSO_AUDIENCE),
    ];
    env.extend(facts.map(|(name, value)| (name.to_owned(), value.into())));
}

fn medusa(app: &Path, database: &str, node_flags: &[&str]) -> Command {
    let mut command = Command::new("node");
    command
        .args(node_flags)
        // The full path tells our processes from others.
        .arg(app.join("node_modules/@medusajs/cli/cli.js"))
        .current_dir(app)
        .env("NODE_ENV", "production")
        .env("MEDUSA_DISABLE_TELEMETRY", "1")
        .env("XDG_CONFIG_HOME", app.join(SETTINGS))
        .env("LOG_LEVEL", "warn")
        .env("DATABASE_URL", database)
        .env("JWT_SECRET", JWT_SECRET)
        .env("COOKIE_SECRET", JWT_SECRET)
        .env("SSO_SECRET", SSO_SECRET)
        .env("SSO_ISSUER", SSO_ISSUER)
        .env("SSO_AUDIENCE", SSO_AUDIENCE);
    // What somebody has set for other programs must not change this server.
    for name in ["HOST", "PORT", "NODE_OPTIONS", "EXECUTION_CONTEXT", "MEDUSA_WORKER_MODE", "JWT_PUBLIC_KEY"] {
        command.env_remove(name);
    }
    command
}
