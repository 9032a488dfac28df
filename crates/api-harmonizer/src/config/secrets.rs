//! Values that are somewhere else: `{ env = "NAME" }` and `{ file = "path" }`.

use std::collections::BTreeSet;
use std::path::Path;

use serde_json::Value;

use super::{Environment, Problem, Problems};

/// Puts what `{ env = … }` and `{ file = … }` name in their place, everywhere under `value`, and notes the keys.
/// Paths are relative to `folder`, that of the configuration file.
pub(super) fn resolve(
    value: &mut Value,
    key: &str,
    folder: &Path,
    environment: &Environment,
    resolved: &mut BTreeSet<String>,
    problems: &mut Problems,
) {
    let Value::Object(members) = value else { return };
    let reference = match members.iter().next().map(|(how, name)| (how.as_str(), name)) {
        Some((how @ ("env" | "file"), Value::String(name))) if members.len() == 1 => Some((how == "env", name.clone())),
        _ => None,
    };
    if let Some((is_variable, name)) = reference {
        resolved.insert(key.to_owned());
        let found = if is_variable {
            environment
                .get(&name)
                .map(str::to_owned)
                .ok_or_else(|| format!("the variable {name} is not set: set it, or name another one"))
        } else {
            std::fs::read_to_string(folder.join(&name))
                .map(|text| text.trim_end_matches(['\r', '\n']).to_owned())
                .map_err(|error| format!("the file {name} cannot be read: {error}"))
        };
        match found {
            Ok(text) => *value = Value::String(text),
            Err(message) => {
                problems.push(Problem::new(key, message));
                *value = Value::String(String::new());
            }
        }
        return;
    }
    for (name, member) in members {
        let key = if key.is_empty() { name.clone() } else { format!("{key}.{name}") };
        resolve(member, &key, folder, environment, resolved, problems);
    }
}

/// Whether a key holds a secret, by its name.
pub(super) fn is_secret(key: &str) -> bool {
    let name = key.rsplit('.').next().unwrap_or_default();
    ["key", "secret", "token", "password"].iter().any(|word| name == *word || name.ends_with(&format!("_{word}")))
}
