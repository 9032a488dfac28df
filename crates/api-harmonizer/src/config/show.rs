use std::fmt::Write as _;

use o2s_framework_core::support::Module;
use serde::Serialize;
use serde_json::{Map, Value};

use super::read::Origin;
use super::{Config, secrets};

/// Writes the configuration as TOML, every value with where it came from; secrets are `***`.
pub(super) fn show(config: &Config) -> String {
    let mut text = String::new();
    match config.file() {
        Some(file) => {
            let _ = writeln!(text, "# file: {}", file.display());
        }
        None => text.push_str("# no file\n"),
    }
    section(config, &mut text, "server", &members(&config.server));
    section(config, &mut text, "shop", &members(&config.shop));
    section(config, &mut text, "log", &members(&config.log));
    let modules = Module::ALL.map(|module| (module.name().to_owned(), Value::from(config.integration(module).name())));
    section(config, &mut text, "modules", &modules.into_iter().collect());
    for (integration, table) in &config.integrations {
        section(config, &mut text, &format!("integrations.{integration}"), table);
    }
    text
}

fn members<T: Serialize>(table: &T) -> Map<String, Value> {
    match serde_json::to_value(table) {
        Ok(Value::Object(members)) => members,
        _ => Map::new(),
    }
}

fn section(config: &Config, text: &mut String, name: &str, members: &Map<String, Value>) {
    let _ = writeln!(text, "\n[{name}]");
    for (member, value) in members {
        let key = format!("{name}.{member}");
        let value = masked(config, &key, value);
        let line = format!("{member} = {value}");
        let _ = writeln!(text, "{line:<60} # {}", came_from(config, &key));
    }
}

/// The value as TOML, which for texts, numbers, truth values and lists of them is JSON.
fn masked(config: &Config, key: &str, value: &Value) -> String {
    if secrets::is_secret(key) || config.secrets.contains(key) {
        return "\"***\"".to_owned();
    }
    match value {
        Value::Object(members) => {
            let members: Vec<_> = members
                .iter()
                .map(|(name, value)| format!("{name} = {}", masked(config, &format!("{key}.{name}"), value)))
                .collect();
            format!("{{ {} }}", members.join(", "))
        }
        Value::Array(items) => {
            let items: Vec<_> = items.iter().map(|item| masked(config, key, item)).collect();
            format!("[{}]", items.join(", "))
        }
        plain => plain.to_string(),
    }
}

fn came_from(config: &Config, key: &str) -> &'static str {
    match config.origins.get(key) {
        Some(Origin::File) => "file",
        Some(Origin::Variable(name) | Origin::Flag(name)) => name,
        None => "default",
    }
}
