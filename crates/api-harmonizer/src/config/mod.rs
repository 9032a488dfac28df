//! Configuration: a file, the environment, defaults; all that is wrong is told at once.
//!
//! What is stronger: flags, the environment, `.env` in the working directory, the file, defaults. Nothing is needed:
//! with no file and no environment every module is the mock.

mod environment;
mod problems;
mod read;
mod secrets;
mod show;
mod tables;
#[cfg(test)]
mod tests;

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::net::SocketAddr;
use std::path::{Path, PathBuf};

use o2s_framework_core::support::Module;
use serde_json::{Map, Value};

pub use environment::Environment;
pub use problems::{Problem, Problems};
pub(crate) use tables::leader;
pub use tables::{Integration, Log, LogFormat, LogLevel, Server, Shop};

use crate::settings::Settings;
use read::Origin;

/// The file that is read when none is named.
pub const DEFAULT_FILE: &str = "harmonizer.toml";

/// The configuration of a harmonizer: complete and valid.
#[derive(Clone)]
pub struct Config {
    /// Address, prefix, limits.
    pub server: Server,
    /// Languages, currencies, region.
    pub shop: Shop,
    /// Logging.
    pub log: Log,
    modules: BTreeMap<Module, Integration>,
    integrations: BTreeMap<Integration, Map<String, Value>>,
    file: Option<PathBuf>,
    origins: BTreeMap<String, Origin>,
    secrets: BTreeSet<String>,
}

impl Config {
    /// Reads the configuration: the file at `path`, else the one that `HARMONIZER_CONFIG` names, else
    /// [`DEFAULT_FILE`] if it is there; then the environment, which is stronger.
    ///
    /// Fails with everything that is wrong.
    pub fn load(path: Option<&Path>, environment: &Environment) -> Result<Self, Problems> {
        let (config, problems) = Self::read(path, environment, None);
        problems.or(config)
    }

    /// As [`Config::load`], with an address to listen on that is stronger than all; what is wrong is handed on, so
    /// that the composition's problems can be told with it. The configuration is then what could be made of it.
    pub(crate) fn read(path: Option<&Path>, environment: &Environment, bind: Option<SocketAddr>) -> (Self, Problems) {
        let mut problems = Problems::default();
        let config = read::read(path, environment, bind, &mut problems);
        (config, problems)
    }

    /// The integration of a module.
    pub fn integration(&self, module: Module) -> Integration {
        self.modules.get(&module).copied().unwrap_or(Integration::None)
    }

    /// The file that was read, if there was one.
    pub fn file(&self) -> Option<&Path> {
        self.file.as_deref()
    }

    /// The table of an integration as the integration's own type; `defaults` hold where the table has nothing.
    #[cfg(any(feature = "mock-integration", feature = "medusa-integration"))]
    pub(crate) fn decode_integration<T: serde::de::DeserializeOwned>(
        &self,
        integration: Integration,
        defaults: impl IntoIterator<Item = (&'static str, String)>,
        problems: &mut Problems,
    ) -> Option<T> {
        let mut table = self.integrations.get(&integration).cloned().unwrap_or_default();
        for (name, value) in defaults {
            table.entry(name).or_insert(Value::from(value));
        }
        let key = format!("integrations.{integration}");
        read::decode(&key, Value::Object(table), &self.origins, problems)
    }

    /// The table of an integration, if there is one: its secrets are in it.
    #[cfg(feature = "resources-plugin")]
    pub(crate) fn integration_table(&self, integration: Integration) -> Option<&Map<String, Value>> {
        self.integrations.get(&integration)
    }

    /// Whether anything is said about an integration.
    pub(crate) fn mentions(&self, integration: Integration) -> bool {
        self.integrations.contains_key(&integration)
    }

    /// A problem at a key, which says where the key came from.
    pub(crate) fn problem(&self, key: &str, message: impl Into<String>) -> Problem {
        Problem::new(key, message).from(read::origin(key, &self.origins))
    }

    /// The configuration as TOML, every value with where it came from; secrets are `***`.
    pub fn shown(&self) -> String {
        show::show(self)
    }

    /// What the HTTP side needs to know.
    pub fn settings(&self) -> Settings {
        Settings::of(&self.server, &self.shop)
    }
}

/// Secrets are inside: only what is known to be none is shown.
impl fmt::Debug for Config {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Config")
            .field("server", &self.server)
            .field("shop", &self.shop)
            .field("log", &self.log)
            .field("modules", &self.modules)
            .finish_non_exhaustive()
    }
}
