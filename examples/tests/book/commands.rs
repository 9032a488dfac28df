//! The commands of the pages: each names what is there.

use super::pages::{Page, page, pages};

/// Commands that have no part that could be missing.
const PLAIN: [&str; 4] = ["cargo run", "cargo xtask test", "cargo xtask record", "cargo test --workspace"];

fn exists(command: &str, xtask: &str, cli: &str, manifests: &[Page]) -> bool {
    // Variables in front of a command are the reader's.
    let words: Vec<&str> = command.split_whitespace().skip_while(|word| word.contains('=')).collect();
    let has_target = |kind: &str, name: &str| {
        manifests.iter().any(|file| file.text.contains(&format!("[[{kind}]]\nname = \"{name}\"")))
    };
    // A subcommand is a variant of the command line's enum.
    let has_variant = |source: &str, name: &str| {
        let mut variant = name.to_owned();
        if let Some(first) = variant.get_mut(..1) {
            first.make_ascii_uppercase();
        }
        source.lines().any(|line| {
            let line = line.trim();
            line == format!("{variant},")
                || line.starts_with(&format!("{variant} {{"))
                || line.starts_with(&format!("{variant}("))
        })
    };
    match words.as_slice() {
        _ if PLAIN.contains(&words.join(" ").as_str()) => true,
        ["cargo", "xtask", tasks @ ..] => {
            tasks.iter().filter(|word| !word.starts_with('-')).all(|word| has_variant(xtask, word))
        }
        ["cargo", "run", "-p", "o2s-examples", "--example", name] => has_target("example", name),
        ["cargo", "test", "-p", "o2s-tests", "--test", name] => has_target("test", name),
        ["cargo", "run", "--", "--help"] => true,
        ["cargo", "run", "--", task, ..] | ["harmonizer", task, ..] => has_variant(cli, task),
        _ => false,
    }
}

#[test]
fn every_command_names_what_is_there() {
    let xtask = page("xtask/src/main.rs").text + &page("xtask/src/medusa/mod.rs").text;
    let cli = page("crates/api-harmonizer/src/cli.rs").text;
    let manifests = [page("examples/Cargo.toml"), page("tests/Cargo.toml")];
    for page in pages() {
        for block in page.blocks("sh") {
            for command in block.text.replace("\\\n", " ").lines() {
                let command = command.split(" #").next().unwrap_or_default().trim();
                assert!(
                    exists(command, &xtask, &cli, &manifests),
                    "{}: {command:?} is no command of this project",
                    block.place
                );
            }
        }
    }
}
