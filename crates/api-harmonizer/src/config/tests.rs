use std::path::PathBuf;

use tempfile::TempDir;

use super::*;

/// A configuration file in a folder of its own.
struct File {
    folder: TempDir,
    path: PathBuf,
}

fn file(text: &str) -> File {
    let folder = TempDir::new().unwrap();
    let path = folder.path().join("harmonizer.toml");
    std::fs::write(&path, text).unwrap();
    File { folder, path }
}

fn load(text: &str, variables: &[(&str, &str)]) -> Result<Config, Vec<String>> {
    let file = file(text);
    Config::load(Some(&file.path), &Environment::from_pairs(variables.iter().copied()))
        .map_err(|problems| problems.iter().map(ToString::to_string).collect())
}

#[test]
fn nothing_is_needed() {
    let config = load("", &[]).unwrap();
    assert_eq!(config.server.bind.to_string(), "127.0.0.1:3001");
    assert!(Module::ALL.iter().all(|module| config.integration(*module) == Integration::Mock));
    assert_eq!(config.settings().default_currency.as_str(), "EUR");
}

#[test]
fn everything_that_is_wrong_is_told_at_once() {
    let text = r#"
        [server]
        bnd = "127.0.0.1:80"
        prefix = "/a b"
        request_timeout = "soon"
        cors_origins = ["shop.example"]
        [shop]
        default_currency = "GBP"
        locales = ["en", "d"]
        [modules]
        orders = "medusaa"
        carts = "none"
        returns = "none"
        regions = "resources-plugin"
        [integrations.meduza]
        [sever]
    "#;
    let problems = load(text, &[("LOG_LEVEL", "loud"), ("PORT", "many")]).unwrap_err();
    assert_eq!(
        problems,
        [
            "PORT: must be a port from 0 to 65535, not \"many\"",
            "sever: is not known here; did you mean server?",
            "server.bnd: is not known here; did you mean bind?",
            "server.cors_origins: \"shop.example\" must be an origin such as https://shop.example or http://localhost:3000",
            "server.prefix: must be a path such as /api: letters, digits and - _ . between slashes",
            "server.request_timeout: must be a time up to 1h such as 30s, 500ms or 1m 30s",
            "shop.locales[1]: must be a language tag such as en or de-DE",
            "log.level (from LOG_LEVEL): must be one of off, error, warn, info, debug, verbose, trace",
            "shop.default_currency: GBP is not one of shop.currencies (EUR, USD, PLN): add it there, or choose another",
            "modules.regions: the plugin has resources alone: choose another integration here, and \"resources-plugin\" for resources",
            "modules.carts: only resources may be \"none\": every shop has the other modules",
            "modules.orders: \"medusaa\" is no integration; did you mean \"medusa\"?",
            "modules.returns: only resources may be \"none\": every shop has the other modules",
            "integrations.meduza: there is no such integration; did you mean \"medusa\"?",
        ]
    );
}

#[test]
fn the_variables_of_an_existing_deployment_are_honoured() {
    let variables = [
        ("PORT", "4000"),
        ("API_PREFIX", "api"),
        ("FRONT_BASE_URLS", "http://localhost:3000, https://shop.example/"),
        ("DEFAULT_LOCALE", "de"),
        ("SUPPORTED_LOCALES", "de,en"),
        ("DEFAULT_CURRENCY", "PLN"),
        ("SUPPORTED_CURRENCIES", "EUR,PLN"),
        ("DEFAULT_REGION_ID", ""),
        ("LOG_LEVEL", "verbose"),
        ("LOG_FORMAT", "json"),
    ];
    let config = load("[server]\nbind = \"0.0.0.0:80\"\nprefix = \"x\"", &variables).unwrap();
    assert_eq!(config.server.bind.to_string(), "0.0.0.0:4000");
    assert_eq!(config.server.prefix, "/api");
    assert_eq!(config.server.cors_origins, ["http://localhost:3000", "https://shop.example"]);
    assert_eq!(config.shop.default_locale.as_str(), "de");
    assert_eq!(config.shop.currencies.len(), 2);
    assert_eq!(config.shop.default_region, None);
    assert_eq!((config.log.level, config.log.format), (LogLevel::Debug, LogFormat::Json));
}

#[test]
fn a_medusa_without_a_word_on_modules_serves_all_but_resources() {
    let config = load("", &[("MEDUSAJS_BASE_URL", "http://localhost:9000")]).unwrap();
    assert_eq!(config.integration(Module::Carts), Integration::Medusa);
    assert_eq!(config.integration(Module::Resources), Integration::None);
}

#[test]
fn modules_mix() {
    let config = load("[modules]\nproducts = \"medusa\"", &[]).unwrap();
    assert_eq!(config.integration(Module::Products), Integration::Medusa);
    assert_eq!(config.integration(Module::Orders), Integration::Mock);
    let config = load("[modules]\ndefault = \"medusa\"\nresources = \"mock\"", &[]).unwrap();
    assert_eq!(config.integration(Module::Orders), Integration::Medusa);
    assert_eq!(config.integration(Module::Resources), Integration::Mock);
}

#[test]
fn regions_follow_carts_and_returns_follow_orders() {
    let config = load("[modules]\ncarts = \"medusa\"\norders = \"medusa\"", &[]).unwrap();
    assert_eq!(config.integration(Module::Regions), Integration::Medusa);
    assert_eq!(config.integration(Module::Returns), Integration::Medusa);
    let text = "[modules]\ndefault = \"medusa\"\norders = \"mock\"\nregions = \"mock\"";
    let config = load(text, &[]).unwrap();
    assert_eq!(config.integration(Module::Carts), Integration::Medusa);
    assert_eq!(config.integration(Module::Regions), Integration::Mock, "what is written is stronger");
    assert_eq!(config.integration(Module::Returns), Integration::Mock);
}

#[test]
fn secrets_are_found_where_they_are_and_never_shown() {
    let text = r#"
        [integrations.mock]
        jwt_secret = { env = "HIDDEN" }
        [integrations.medusa]
        base_url = "http://localhost:9000"
        publishable_key = { file = "key.txt" }
        admin_key = "sk_literal"
    "#;
    let file = file(text);
    std::fs::write(file.folder.path().join("key.txt"), "pk_in_a_file\n").unwrap();
    let config = Config::load(Some(&file.path), &Environment::from_pairs([("HIDDEN", "hush")])).unwrap();
    assert_eq!(config.integrations[&Integration::Mock]["jwt_secret"], "hush");
    assert_eq!(config.integrations[&Integration::Medusa]["publishable_key"], "pk_in_a_file");
    let shown = format!("{}{config:?}", config.shown());
    for secret in ["hush", "pk_in_a_file", "sk_literal"] {
        assert!(!shown.contains(secret), "{shown}");
    }
    assert!(shown.contains("base_url = \"http://localhost:9000\""), "{shown}");
    assert_eq!(shown.matches("\"***\"").count(), 3);
}

#[test]
fn a_secret_that_is_not_there_is_told_by_its_name() {
    let text = "[integrations.medusa]\npublishable_key = { env = \"NOWHERE\" }\nadmin_key = { file = \"gone.txt\" }";
    let problems = load(text, &[]).unwrap_err();
    assert_eq!(
        problems[0],
        "integrations.medusa.admin_key: the file gone.txt cannot be read: No such file or directory (os error 2)"
    );
    assert_eq!(
        problems[1],
        "integrations.medusa.publishable_key: the variable NOWHERE is not set: set it, or name another one"
    );
}

#[test]
fn a_broken_file_is_told_without_its_text() {
    let problems = load("[integrations.medusa]\npublishable_key = pk_secret\n", &[]).unwrap_err();
    assert_eq!(problems.len(), 1);
    assert!(problems[0].contains("line 2 is not TOML") && !problems[0].contains("pk_secret"), "{problems:?}");
}

#[test]
fn a_file_that_is_named_must_be_there() {
    let missing = Path::new("/nowhere/harmonizer.toml");
    let problems = Config::load(Some(missing), &Environment::default()).unwrap_err();
    assert!(problems.to_string().contains("/nowhere/harmonizer.toml: cannot be read"), "{problems}");
}

#[test]
fn what_is_shown_says_where_it_came_from() {
    let config = load("[server]\nprefix = \"api\"", &[("PORT", "4000")]).unwrap();
    let shown = config.shown();
    let line = |start: &str| shown.lines().find(|line| line.starts_with(start)).unwrap_or_default().to_owned();
    assert!(line("bind").ends_with("# PORT"), "{shown}");
    assert!(line("prefix").ends_with("# file"), "{shown}");
    assert!(line("body_limit").ends_with("# default"), "{shown}");
    // What is shown can be read back.
    let again = load(&shown, &[]).unwrap();
    assert_eq!(again.server.bind, config.server.bind);
}

/// The example in the README is a configuration.
#[test]
fn the_documented_configuration_is_good() {
    let readme = include_str!("../../README.md");
    let example = readme.split("```toml").nth(1).unwrap().split("```").next().unwrap();
    let file = file(example);
    std::fs::write(file.folder.path().join("key.txt"), "pk_1").unwrap();
    let config = Config::load(Some(&file.path), &Environment::from_pairs([("SHOP_SECRET", "hush")])).unwrap();
    let nothing = load("", &[]).unwrap();
    // What it says of defaults is true.
    assert_eq!(format!("{config:?}"), format!("{nothing:?}"));
}
