//! A5, A6, and what must not be written anywhere.

use super::{Finding, Source};

/// This folder states the rules, so it names what they forbid.
const RULES: &str = "xtask/src/tidy/";

/// Where the admin credential may be named, and why.
const ADMIN_PLACES: &[(&str, &str)] = &[
    ("crates/medusa-client/src/credentials.rs", "defines the credential"),
    ("crates/medusa-client/src/lib.rs", "re-exports it"),
    ("crates/medusa-client/src/v2/mod.rs", "re-exports the Admin client"),
    ("crates/medusa-client/src/v2/admin/", "is the Admin client"),
    (
        "crates/medusa-integration/src/v2/customer_records.rs",
        "asks for an established customer's carts and returns, which the Store API does not tell",
    ),
    (
        "crates/medusa-integration/src/identity/exchange.rs",
        "finds the customer of an address that the identity provider has verified, which the Store API cannot",
    ),
    ("crates/resources-plugin/", "works over the Admin API"),
];

/// Words that must not be in our sources, and what to do instead.
const WORDS: &[(&str, &[&str], &str)] = &[
    ("../shared", &[], "names a folder outside the project: copy what is needed into the repository"),
    ("/work/", &[], "names a folder of one machine: use a path inside the repository"),
    ("TODO", &["rs", "js", "toml"], "is unfinished: finish it, or file it as an issue"),
    ("FIXME", &["rs", "js", "toml"], "is unfinished: finish it, or file it as an issue"),
    ("todo!(", &["rs"], "is unfinished: finish it"),
    ("unimplemented!(", &["rs"], "is unfinished: finish it"),
    ("dbg!(", &["rs"], "is left over from debugging: remove it"),
    ("#[ignore", &["rs"], "hides a test: make it pass, or remove it"),
];

/// File names that say nothing of what is inside.
const EMPTY_NAMES: &[&str] = &["common", "helper", "helpers", "misc", "util", "utils"];

/// All rules over the sources.
pub(super) fn check(sources: &[Source]) -> Vec<Finding> {
    sources
        .iter()
        .filter(|source| !source.path.starts_with(RULES))
        .flat_map(|source| {
            let mut findings = wire_types_stay_in_the_client(source);
            findings.extend(admin_credential_stays_in_its_places(source));
            findings.extend(forbidden_words(source));
            findings.extend(telling_name(source));
            findings.extend(lock_file_names_no_host(source));
            findings
        })
        .collect()
}

/// A5: what Medusa sends is decoded by medusa-client alone, into types that know nothing of our models. The
/// integration decodes its configuration and nothing else.
fn wire_types_stay_in_the_client(source: &Source) -> Vec<Finding> {
    let (word, message) =
        if source.path.starts_with("crates/medusa-integration/src/") && !source.path.ends_with("/config.rs") {
            ("Deserialize", "decodes something: wire types belong to medusa-client, configuration to config.rs")
        } else if source.path.starts_with("crates/medusa-client/src/") {
            ("o2s_framework_core", "names the contract: mapping to models belongs to medusa-integration's map.rs files")
        } else {
            return Vec::new();
        };
    words_in_code(source, &[word])
        .map(|(line, _)| Finding { place: source.place(line), rule: "A5", message: message.to_owned() })
        .collect()
}

/// A6: the admin credential is named where it is held, and nowhere else. Tests may hold one for the tested server.
fn admin_credential_stays_in_its_places(source: &Source) -> Vec<Finding> {
    let inside_product = source.path.starts_with("crates/") && !source.path.contains("/tests/") && source.is("rs");
    if !inside_product || ADMIN_PLACES.iter().any(|(place, _)| source.path.starts_with(place)) {
        return Vec::new();
    }
    words_in_code(source, &["AdminKey", "AdminClient"])
        .map(|(line, word)| Finding {
            place: source.place(line),
            rule: "A6",
            message: format!("{word} must not be here: a caller's request could end up with the admin credential. If it must, say why in tidy's list"),
        })
        .collect()
}

/// Lines of code, comments aside, that hold one of `words` as a whole word; one finding a line.
fn words_in_code<'a>(source: &'a Source, words: &'a [&'a str]) -> impl Iterator<Item = (usize, &'a str)> {
    source
        .lines()
        .filter(|(_, line)| !line.trim_start().starts_with("//"))
        .filter_map(|(number, line)| words.iter().find(|word| has_word(line, word)).map(|word| (number, *word)))
}

/// Whether `word` is in `line` and not a part of a longer name.
fn has_word(line: &str, word: &str) -> bool {
    line.split(|c: char| !c.is_alphanumeric() && c != '_').any(|found| found == word)
}

/// What must not be written.
fn forbidden_words(source: &Source) -> Vec<Finding> {
    let mut findings = Vec::new();
    for (word, extensions, message) in WORDS {
        if extensions.is_empty() || extensions.iter().any(|extension| source.is(extension)) {
            let places = source.lines().filter(|(_, line)| line.contains(word));
            findings.extend(places.map(|(number, _)| Finding {
                place: source.place(number),
                rule: "words",
                message: format!("{word} {message}"),
            }));
        }
    }
    findings
}

/// A file's name says what is inside.
fn telling_name(source: &Source) -> Option<Finding> {
    let name = source.path.rsplit('/').find(|part| *part != "mod.rs").unwrap_or_default();
    let stem = name.strip_suffix(".rs").or_else(|| source.path.ends_with("/mod.rs").then_some(name))?;
    EMPTY_NAMES.contains(&stem).then(|| Finding {
        place: source.path.clone(),
        rule: "names",
        message: format!("{stem:?} says nothing: name the file by what is inside"),
    })
}

/// npm's lock files pin versions by their hashes; a host would bind the project to one mirror.
fn lock_file_names_no_host(source: &Source) -> Option<Finding> {
    if !source.path.ends_with("package-lock.json") {
        return None;
    }
    let (number, _) = source.lines().find(|(_, line)| line.trim_start().starts_with("\"resolved\":"))?;
    Some(Finding {
        place: source.place(number),
        rule: "lock",
        message: "names a download host: write the file with `npm install --package-lock-only --omit-lockfile-registry-resolved`".to_owned(),
    })
}

#[cfg(test)]
mod tests {
    use super::super::{shown, sources};
    use super::*;

    fn found(path: &str, text: &str) -> Vec<String> {
        shown(&check(&sources(&[(path, text)])))
    }

    #[test]
    fn a5_wire_types_stay_in_the_client() {
        let derive = "#[derive(Deserialize)]\nstruct Wire;";
        assert_eq!(
            found("crates/medusa-integration/src/v2/carts/map.rs", derive),
            ["crates/medusa-integration/src/v2/carts/map.rs:1 A5"]
        );
        assert_eq!(found("crates/medusa-integration/src/config.rs", derive), [""; 0]);
        assert_eq!(found("crates/medusa-client/src/v2/store/carts.rs", derive), [""; 0]);
        assert_eq!(
            found("crates/medusa-client/src/lib.rs", "use o2s_framework_core::Cart;"),
            ["crates/medusa-client/src/lib.rs:1 A5"]
        );
        assert_eq!(found("crates/medusa-integration/src/lib.rs", "// Deserialize would be wrong here"), [""; 0]);
    }

    #[test]
    fn a6_the_admin_credential_stays_in_its_places() {
        let named = "fn f(key: &AdminKey) {}";
        assert_eq!(
            found("crates/medusa-client/src/v2/store/carts.rs", named),
            ["crates/medusa-client/src/v2/store/carts.rs:1 A6"]
        );
        assert_eq!(found("crates/medusa-client/src/v2/admin/customers.rs", named), [""; 0]);
        assert_eq!(found("crates/resources-plugin/src/assets.rs", named), [""; 0]);
        assert_eq!(
            found("crates/api-harmonizer/src/routes/carts.rs", "let x = AdminClient::new();"),
            ["crates/api-harmonizer/src/routes/carts.rs:1 A6"]
        );
        assert_eq!(
            found("crates/api-harmonizer/src/routes/carts.rs", "/// Not an `AdminKey`.\nstruct AdminKeyless;"),
            [""; 0]
        );
        assert_eq!(found("crates/medusa-client/tests/socket.rs", named), [""; 0]);
    }

    #[test]
    fn forbidden_words_are_found_where_they_matter() {
        assert_eq!(found("a.rs", "fn f() { todo!() }"), ["a.rs:1 words"]);
        assert_eq!(found("a.rs", "\n#[ignore = \"slow\"]"), ["a.rs:2 words"]);
        assert_eq!(found("a.md", "see ../shared/design.md"), ["a.md:1 words"]);
        assert_eq!(found("a.md", "a TODO list as a feature"), [""; 0]);
        assert_eq!(found("a.rs", "fn todo() { debug!(\"x\") }"), [""; 0]);
    }

    #[test]
    fn names_say_something() {
        assert_eq!(found("crates/x/src/utils.rs", ""), ["crates/x/src/utils.rs names"]);
        assert_eq!(found("crates/x/tests/common/mod.rs", ""), ["crates/x/tests/common/mod.rs names"]);
        assert_eq!(found("crates/x/src/carts/mod.rs", ""), [""; 0]);
        assert_eq!(found("crates/x/src/money.rs", ""), [""; 0]);
    }

    #[test]
    fn lock_files_name_no_host() {
        assert_eq!(
            found("v2/package-lock.json", "{\n  \"resolved\": \"https://some.host/x.tgz\"\n}"),
            ["v2/package-lock.json:2 lock"]
        );
        assert_eq!(found("v2/package-lock.json", "{\n  \"integrity\": \"sha512-x\"\n}"), [""; 0]);
    }
}
