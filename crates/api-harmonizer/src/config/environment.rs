use std::collections::BTreeMap;
use std::fmt;
use std::path::Path;

use super::{Problem, Problems};

/// Variables: the process's own and those of a `.env` file, which never override the process's.
#[derive(Clone, Default)]
pub struct Environment(BTreeMap<String, String>);

impl Environment {
    /// The variables of this process, and those of `.env` in the working directory where it has one.
    pub fn of_process() -> Result<Self, Problems> {
        let mut variables = Self::from_dotenv(Path::new(".env"))?;
        variables.extend(std::env::vars_os().filter_map(|(name, value)| {
            // What is not Unicode is no variable of ours.
            Some((name.into_string().ok()?, value.into_string().ok()?))
        }));
        Ok(Self(variables))
    }

    fn from_dotenv(file: &Path) -> Result<BTreeMap<String, String>, Problems> {
        let told = |error: dotenvy::Error| {
            let message = match error {
                // The line may hold a secret: only where it is broken is told.
                dotenvy::Error::LineParse(_, column) => format!("a line cannot be read, near its column {column}"),
                other => other.to_string(),
            };
            let mut problems = Problems::default();
            problems.push(Problem::new(file.display().to_string(), message));
            problems
        };
        match dotenvy::from_path_iter(file) {
            Ok(lines) => lines.collect::<Result<_, _>>().map_err(told),
            Err(dotenvy::Error::Io(error)) if error.kind() == std::io::ErrorKind::NotFound => Ok(BTreeMap::new()),
            Err(error) => Err(told(error)),
        }
    }

    /// Just these variables: for programs that configure themselves, and for tests.
    pub fn from_pairs<K: Into<String>, V: Into<String>>(pairs: impl IntoIterator<Item = (K, V)>) -> Self {
        Self(pairs.into_iter().map(|(name, value)| (name.into(), value.into())).collect())
    }

    /// The value of a variable. An empty one counts as not set: example files list variables that way.
    pub fn get(&self, name: &str) -> Option<&str> {
        self.0.get(name).map(|value| value.trim()).filter(|value| !value.is_empty())
    }
}

/// Names alone: values may be secrets.
impl fmt::Debug for Environment {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_set().entries(self.0.keys()).finish()
    }
}
