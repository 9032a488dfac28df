//! Configurations of the pages and of `examples/config`: each is taken and makes a shop.

use std::fs;

use o2s_api_harmonizer::config::Environment;
use o2s_api_harmonizer::{Config, compose};

use super::pages::{Block, code_words, files, page, pages};

/// The shop that a configuration makes; a folder of its own, so that nothing else is read.
fn composed(block: &Block, environment: &Environment) -> Config {
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("harmonizer.toml");
    for name in referred(&block.text, "file") {
        let secret = folder.path().join(name);
        fs::create_dir_all(secret.parent().unwrap_or(folder.path())).expect("a folder");
        fs::write(secret, "secret-of-a-file\n").expect("a secret");
    }
    fs::write(&file, &block.text).expect("a configuration");
    let config = Config::load(Some(&file), environment);
    let config = config.unwrap_or_else(|problems| panic!("{}: {problems}", block.place));
    compose(&config).unwrap_or_else(|problems| panic!("{}: {problems}", block.place));
    config
}

/// What the secrets of a configuration refer to: names of files, or of variables.
fn referred<'a>(text: &'a str, how: &str) -> Vec<&'a str> {
    let mark = format!("{{ {how} = \"");
    let lines = text.lines().filter(|line| !line.starts_with('#'));
    lines.filter_map(|line| line.split_once(&mark)?.1.split('"').next()).collect()
}

#[test]
fn every_configuration_file_makes_a_shop() {
    let mut blocks: Vec<Block> = pages().iter().flat_map(|page| page.blocks("toml")).collect();
    let examples = files("examples/config", "toml");
    assert_eq!(examples.len(), 4);
    blocks.extend(examples.into_iter().map(|file| Block { place: file.path, text: file.text }));
    assert!(blocks.len() >= 6, "the pages lost their configurations");
    for block in &blocks {
        let variables = referred(&block.text, "env").into_iter().map(|name| (name, "secret-of-a-variable"));
        let shown = composed(block, &Environment::from_pairs(variables)).shown();
        for secret in ["secret-of-a-variable", "secret-of-a-file", "pk_123"] {
            assert!(!shown.contains(secret), "{}: {secret} is shown", block.place);
        }
    }
}

#[test]
fn every_env_file_makes_a_shop() {
    let blocks: Vec<Block> = pages().iter().flat_map(|page| page.blocks("dotenv")).collect();
    assert!(!blocks.is_empty(), "the pages lost their .env");
    for block in &blocks {
        let pairs = block.text.lines().filter_map(|line| line.split_once('='));
        let nothing = Block { place: block.place.clone(), text: String::new() };
        let shown = composed(&nothing, &Environment::from_pairs(pairs)).shown();
        assert!(shown.contains("products = \"medusa\""), "{}: {shown}", block.place);
        for (variable, _) in block.text.lines().filter_map(|line| line.split_once('=')) {
            assert!(shown.contains(&format!("# {variable}")), "{}: {variable} is not used: {shown}", block.place);
        }
    }
}

/// M-CORE-01, M-CORE-02: a Medusa that is not configured is told, key by key, as the page shows.
#[test]
fn everything_that_is_missing_is_told_at_once() {
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("harmonizer.toml");
    let load = |text: &str| {
        fs::write(&file, text).expect("a configuration");
        Config::load(Some(&file), &Environment::default())
    };
    let mistyped = load("[server]\nbnd = \"127.0.0.1:80\"").expect_err("a key that is none");
    let config = load("[modules]\ndefault = \"medusa\"").expect("a sound file");
    let missing = compose(&config).expect_err("a Medusa that nobody configured");
    let told: Vec<String> = mistyped.iter().chain(missing.iter()).map(|problem| format!("  {problem}")).collect();
    let shown = format!("error: the configuration has {} problems\n{}", told.len(), told.join("\n"));
    let page = page("docs/guide/configuration.md");
    assert!(page.blocks("text").iter().any(|block| block.text == shown), "the page does not show\n{shown}");
}

/// The table of keys has every key that the program shows, and every variable that it reads.
#[test]
fn the_table_of_keys_is_complete() {
    let table = page("docs/guide/configuration.md");
    let rows = table.rows();
    let words: Vec<&str> = rows.iter().flat_map(|row| row.iter().take(2)).flat_map(|cell| code_words(cell)).collect();

    let nothing = Block { place: "no configuration".to_owned(), text: String::new() };
    let mut section = String::new();
    for line in composed(&nothing, &Environment::default()).shown().lines() {
        if let Some(name) = line.strip_prefix('[').and_then(|line| line.strip_suffix(']')) {
            name.clone_into(&mut section);
        } else if let Some((key, _)) = line.split_once(" = ") {
            let key = format!("{section}.{key}");
            assert!(words.contains(&key.as_str()) || section == "modules", "{key} is not in the table");
        }
    }

    let source = page("crates/api-harmonizer/src/config/read.rs").text;
    let variables = source.split("(\"").skip(1).filter_map(|text| text.split('"').next());
    for variable in
        variables.filter(|text| text.contains('_') && text.chars().all(|c| c.is_ascii_uppercase() || c == '_'))
    {
        assert!(words.contains(&variable) || variable == "HARMONIZER_CONFIG", "{variable} is not in the table");
    }
}
