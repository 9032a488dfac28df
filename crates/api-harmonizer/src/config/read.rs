use std::collections::{BTreeMap, BTreeSet};
use std::net::SocketAddr;
use std::path::{Path, PathBuf};

use o2s_framework_core::support::Module;
use serde::de::DeserializeOwned;
use serde_json::{Map, Value};

use super::tables::{ModuleNames, leader, suggestion};
use super::{Config, DEFAULT_FILE, Environment, Integration, Log, Problem, Problems, Server, Shop, secrets};
use crate::strict;

/// Where a value came from, where that is not the file and not a default.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Origin {
    /// The configuration file.
    File,
    /// A variable.
    Variable(&'static str),
    /// A flag of the command line.
    Flag(&'static str),
}

/// How a variable's text becomes a value.
#[derive(Clone, Copy)]
enum Form {
    Text,
    /// Separated by commas.
    List,
}

/// The variables that stand for keys.
const VARIABLES: &[(&str, &str, Form)] = &[
    ("API_PREFIX", "server.prefix", Form::Text),
    ("FRONT_BASE_URLS", "server.cors_origins", Form::List),
    ("DEFAULT_LOCALE", "shop.default_locale", Form::Text),
    ("SUPPORTED_LOCALES", "shop.locales", Form::List),
    ("DEFAULT_CURRENCY", "shop.default_currency", Form::Text),
    ("SUPPORTED_CURRENCIES", "shop.currencies", Form::List),
    ("DEFAULT_REGION_ID", "shop.default_region", Form::Text),
    ("LOG_LEVEL", "log.level", Form::Text),
    ("LOG_FORMAT", "log.format", Form::Text),
    ("AUTH_JWT_SECRET", "integrations.mock.jwt_secret", Form::Text),
    ("MEDUSAJS_BASE_URL", "integrations.medusa.base_url", Form::Text),
    ("MEDUSAJS_API", "integrations.medusa.api", Form::Text),
    ("MEDUSAJS_PUBLISHABLE_API_KEY", "integrations.medusa.publishable_key", Form::Text),
    ("MEDUSAJS_ADMIN_API_KEY", "integrations.medusa.admin_key", Form::Text),
];

/// The tables of the file.
const TABLES: [&str; 5] = ["server", "shop", "log", "modules", "integrations"];

/// Where the value of a key came from, for people; nothing for the file and for defaults.
pub(super) fn origin(key: &str, origins: &BTreeMap<String, Origin>) -> Option<String> {
    let key = key.split('[').next().unwrap_or(key);
    match origins.get(key)? {
        Origin::File => None,
        Origin::Variable(name) | Origin::Flag(name) => Some((*name).to_owned()),
    }
}

pub(super) fn read(
    path: Option<&Path>,
    environment: &Environment,
    bind: Option<SocketAddr>,
    problems: &mut Problems,
) -> Config {
    let file = path.map(Path::to_owned).or_else(|| environment.get("HARMONIZER_CONFIG").map(PathBuf::from));
    let (file, mut root) = table(file, problems);
    let mut origins = BTreeMap::new();
    mark("", &root, &mut origins);

    let folder = file.as_deref().and_then(Path::parent).unwrap_or(Path::new("")).to_owned();
    let mut secrets = BTreeSet::new();
    if let Some(integrations) = root.get_mut("integrations") {
        secrets::resolve(integrations, "integrations", &folder, environment, &mut secrets, problems);
    }
    let medusa_is_configured = environment.get("MEDUSAJS_BASE_URL").is_some()
        || root.get("integrations").is_some_and(|it| it.get("medusa").is_some());
    overlay(&mut root, environment, &mut origins);
    overlay_address(&mut root, environment, bind, &mut origins, problems);

    for name in root.keys().filter(|name| !TABLES.contains(&name.as_str())) {
        problems.push(Problem::new(name, strict::not_known(name, &TABLES)));
    }
    let mut section = |name| Section { name, value: root.remove(name), origins: &origins };
    let server: Server = section("server").decode(problems);
    let shop: Shop = section("shop").decode(problems);
    let log: Log = section("log").decode(problems);
    let names: ModuleNames = section("modules").decode(problems);
    check_choice(&shop.default_locale, &shop.locales, ("shop.default_locale", "shop.locales"), &origins, problems);
    check_choice(
        &shop.default_currency,
        &shop.currencies,
        ("shop.default_currency", "shop.currencies"),
        &origins,
        problems,
    );
    check_server(&server, &origins, problems);
    let modules = modules(&names, medusa_is_configured, &origins, problems);
    let integrations = integrations(root.remove("integrations"), problems);
    Config { server, shop, log, modules, integrations, file, origins, secrets }
}

/// The file's tables. A file that is named must be there.
fn table(named: Option<PathBuf>, problems: &mut Problems) -> (Option<PathBuf>, Map<String, Value>) {
    let is_named = named.is_some();
    let path = named.unwrap_or_else(|| PathBuf::from(DEFAULT_FILE));
    let shown = path.display().to_string();
    let text = match std::fs::read_to_string(&path) {
        Ok(text) => text,
        Err(error) if !is_named && error.kind() == std::io::ErrorKind::NotFound => return (None, Map::new()),
        Err(error) => {
            problems.push(Problem::new(shown, format!("cannot be read: {error}")));
            return (Some(path), Map::new());
        }
    };
    // The parser's own text quotes the line, which may hold a secret: only where and what.
    let parsed = toml::from_str::<toml::Table>(&text).map_err(|error| {
        let line = error.span().and_then(|span| text.get(..span.start)).map_or(1, |before| before.split('\n').count());
        format!("line {line} is not TOML: {}", error.message())
    });
    let tables = parsed.and_then(|table| serde_json::to_value(table).map_err(|error| error.to_string()));
    match tables {
        Ok(Value::Object(tables)) => (Some(path), tables),
        Ok(_) => (Some(path), Map::new()),
        Err(message) => {
            problems.push(Problem::new(shown, message));
            (Some(path), Map::new())
        }
    }
}

/// Notes the keys that the file has.
fn mark(key: &str, table: &Map<String, Value>, origins: &mut BTreeMap<String, Origin>) {
    for (name, value) in table {
        let key = if key.is_empty() { name.clone() } else { format!("{key}.{name}") };
        if let Value::Object(members) = value {
            mark(&key, members, origins);
        }
        origins.insert(key, Origin::File);
    }
}

/// Puts the variables that are set over the file's values.
fn overlay(root: &mut Map<String, Value>, environment: &Environment, origins: &mut BTreeMap<String, Origin>) {
    for (variable, key, form) in VARIABLES {
        let Some(text) = environment.get(variable) else { continue };
        let value = match form {
            Form::Text => Value::from(text),
            Form::List => text.split(',').map(str::trim).filter(|item| !item.is_empty()).map(Value::from).collect(),
        };
        put(root, key, value);
        origins.insert((*key).to_owned(), Origin::Variable(variable));
    }
}

/// `PORT` replaces the port of the address, a flag the address.
fn overlay_address(
    root: &mut Map<String, Value>,
    environment: &Environment,
    bind: Option<SocketAddr>,
    origins: &mut BTreeMap<String, Origin>,
    problems: &mut Problems,
) {
    const KEY: &str = "server.bind";
    if let Some(bind) = bind {
        put(root, KEY, Value::from(bind.to_string()));
        origins.insert(KEY.to_owned(), Origin::Flag("--bind"));
        return;
    }
    let Some(text) = environment.get("PORT") else { return };
    let Ok(port) = text.parse() else {
        problems.push(Problem::new("PORT", format!("must be a port from 0 to 65535, not {text:?}")));
        return;
    };
    let configured = root.get("server").and_then(|server| server.get("bind")).and_then(Value::as_str);
    // An address that cannot be read stays for the section to complain of.
    if let Ok(mut bind) = configured.map_or(Ok(Server::default().bind), str::parse::<SocketAddr>) {
        bind.set_port(port);
        put(root, KEY, Value::from(bind.to_string()));
        origins.insert(KEY.to_owned(), Origin::Variable("PORT"));
    }
}

fn put(root: &mut Map<String, Value>, key: &str, value: Value) {
    let mut table = root;
    let mut names = key.split('.').peekable();
    while let Some(name) = names.next() {
        if names.peek().is_none() {
            table.insert(name.to_owned(), value);
            return;
        }
        let member = table.entry(name).or_insert_with(|| Value::Object(Map::new()));
        match member {
            Value::Object(members) => table = members,
            // The file has something else there: the section complains of it.
            _ => return,
        }
    }
}

/// A table on its way to its type.
struct Section<'a> {
    name: &'static str,
    value: Option<Value>,
    origins: &'a BTreeMap<String, Origin>,
}

impl Section<'_> {
    /// The table as its type; the defaults where it is absent or too wrong.
    fn decode<T: DeserializeOwned + Default>(self, problems: &mut Problems) -> T {
        let Some(value) = self.value else { return T::default() };
        decode(self.name, value, self.origins, problems).unwrap_or_default()
    }
}

/// Decodes a table and tells everything that is wrong with it.
pub(super) fn decode<T: DeserializeOwned>(
    name: &str,
    value: Value,
    origins: &BTreeMap<String, Origin>,
    problems: &mut Problems,
) -> Option<T> {
    let strict::Decoded { value, faults } = strict::decode(value);
    for strict::Fault { field, message, .. } in faults {
        let key = if field.is_empty() { name.to_owned() } else { format!("{name}.{field}") };
        // What was found there instead may be the secret itself.
        let message = match message.split_once(", not ") {
            Some((wanted, _)) if secrets::is_secret(&key) => wanted.to_owned(),
            _ => message,
        };
        let origin = origin(&key, origins);
        problems.push(Problem::new(key, message).from(origin));
    }
    value
}

fn check_choice<T: PartialEq + std::fmt::Display>(
    chosen: &T,
    list: &[T],
    (chosen_key, list_key): (&str, &str),
    origins: &BTreeMap<String, Origin>,
    problems: &mut Problems,
) {
    if !list.contains(chosen) {
        let names = list.iter().map(ToString::to_string).collect::<Vec<_>>().join(", ");
        let message = format!("{chosen} is not one of {list_key} ({names}): add it there, or choose another");
        problems.push(Problem::new(chosen_key, message).from(origin(chosen_key, origins)));
    }
}

fn check_server(server: &Server, origins: &BTreeMap<String, Origin>, problems: &mut Problems) {
    let mut tell = |key: &str, message: &str| {
        problems.push(Problem::new(key, message).from(origin(key, origins)));
    };
    if server.request_timeout.is_zero() {
        tell("server.request_timeout", "must be more than nothing, such as 30s");
    }
    if server.idle_timeout.is_zero() {
        tell("server.idle_timeout", "must be more than nothing, such as 75s");
    }
    if server.max_requests == 0 {
        tell("server.max_requests", "must be at least 1");
    }
    if server.body_limit == 0 {
        tell("server.body_limit", "must be more than 0 bytes");
    }
}

/// Which integration each module has. Names that are none are told, with what was probably meant.
fn modules(
    names: &ModuleNames,
    medusa_is_configured: bool,
    origins: &BTreeMap<String, Origin>,
    problems: &mut Problems,
) -> BTreeMap<Module, Integration> {
    let mut chosen = |key: &str, name: Option<&String>| -> Option<Integration> {
        let known = Integration::from_name(name?);
        let message = match known {
            Ok(Integration::None) if key != "resources" => {
                "only resources may be \"none\": every shop has the other modules".to_owned()
            }
            Ok(Integration::ResourcesPlugin) if key != "resources" => {
                "the plugin has resources alone: choose another integration here, and \"resources-plugin\" for resources"
                    .to_owned()
            }
            Ok(integration) => return Some(integration),
            Err(message) => message,
        };
        let key = format!("modules.{key}");
        let origin = origin(&key, origins);
        problems.push(Problem::new(key, message).from(origin));
        None
    };
    let default = chosen("default", names.default.as_ref());
    // Never silently the mock: where nothing is said about modules and a Medusa is configured, Medusa it is.
    let unsaid = *names == ModuleNames::default() && medusa_is_configured;
    let default = default.unwrap_or(if unsaid { Integration::Medusa } else { Integration::Mock });
    let written: BTreeMap<Module, Integration> =
        Module::ALL.into_iter().filter_map(|module| Some((module, chosen(module.name(), names.of(module))?))).collect();
    let of = |module| written.get(&module).copied();
    Module::ALL
        .into_iter()
        .map(|module| {
            let integration = of(module).or_else(|| of(leader(module)?)).unwrap_or(match (module, default) {
                (Module::Resources, Integration::Medusa) => Integration::None,
                (_, default) => default,
            });
            (module, integration)
        })
        .collect()
}

/// The tables of the integrations, as they are: each integration's own type reads its table.
fn integrations(value: Option<Value>, problems: &mut Problems) -> BTreeMap<Integration, Map<String, Value>> {
    let mut tables = BTreeMap::new();
    let members = match value {
        None => return tables,
        Some(Value::Object(members)) => members,
        Some(_) => {
            problems.push(Problem::new("integrations", "must be a table such as [integrations.medusa]"));
            return tables;
        }
    };
    for (name, value) in members {
        let known = Integration::ALL.into_iter().filter(|integration| *integration != Integration::None);
        let known: Vec<_> = known.collect();
        let key = format!("integrations.{name}");
        match (known.iter().find(|integration| integration.name() == name), value) {
            (Some(integration), Value::Object(table)) => {
                tables.insert(*integration, table);
            }
            (Some(_), _) => problems.push(Problem::new(key, "must be a table")),
            (None, _) => {
                let names: Vec<_> = known.iter().map(|integration| integration.name()).collect();
                let message = format!("there is no such integration; {}", suggestion(&name, &names));
                problems.push(Problem::new(key, message));
            }
        }
    }
    tables
}
