//! A1 to A4: which package may depend on which.
//!
//! Development dependencies are free, but for A1: a test may serve a fake backend or run the suite. Packages that are
//! no part of the product (`o2s-tests`, `o2s-examples`, xtask) may name what they test and show.

use std::collections::{BTreeMap, BTreeSet};

use cargo_metadata::{DependencyKind, Metadata};

use super::Finding;

/// The contract, which has no IO.
const CORE: &str = "o2s-framework-core";
/// The host, which composes integrations.
const HOST: &str = "o2s-api-harmonizer";
/// Clients of backends: useful alone, so they know nothing of the contract.
const CLIENTS: &[&str] = &["o2s-medusa-client"];
/// Implementations of the contract.
const INTEGRATIONS: &[&str] = &["o2s-mock-integration", "o2s-medusa-integration", "o2s-resources-plugin"];
/// Not part of the product: these may name everything.
const OUTSIDE: &[&str] = &["o2s-tests", "o2s-examples", "xtask"];
/// What talks to the network or runs tasks.
const IO_CRATES: &[&str] = &[
    "async-std",
    "axum",
    "futures-executor",
    "h2",
    "http",
    "http-body",
    "http-body-util",
    "hyper",
    "hyper-util",
    "mio",
    "reqwest",
    "rustls",
    "smol",
    "tokio",
    "tokio-util",
    "tower",
    "tower-http",
    "tower-service",
    "ureq",
];
const HTTP_CLIENTS: &[&str] = &["attohttpc", "curl", "isahc", "reqwest", "surf", "ureq"];
/// Hyper is both; nobody but the host has a use for it.
const HTTP_SERVERS: &[&str] = &[
    "actix-web",
    "axum",
    "axum-core",
    "axum-server",
    "hyper",
    "hyper-util",
    "poem",
    "rocket",
    "salvo",
    "tide",
    "tower-http",
    "warp",
];

/// A package of the workspace, as far as the rules care.
#[derive(Debug, Default)]
pub(super) struct Package {
    name: String,
    /// The manifest's path from the root.
    manifest: String,
    dependencies: Vec<Dependency>,
    /// Features with what they switch on.
    features: BTreeMap<String, Vec<String>>,
}

#[derive(Debug)]
struct Dependency {
    name: String,
    development: bool,
    optional: bool,
}

impl Package {
    /// Dependencies that reach whoever depends on this package.
    fn shipped(&self) -> impl Iterator<Item = &Dependency> {
        self.dependencies.iter().filter(|dependency| !dependency.development)
    }

    fn finding(&self, rule: &'static str, message: String) -> Finding {
        Finding { place: self.manifest.clone(), rule, message }
    }
}

/// The workspace's packages out of cargo's metadata.
pub(super) fn packages(metadata: &Metadata) -> Vec<Package> {
    metadata
        .packages
        .iter()
        .map(|package| Package {
            name: package.name.to_string(),
            manifest: package
                .manifest_path
                .strip_prefix(&metadata.workspace_root)
                .unwrap_or(&package.manifest_path)
                .to_string(),
            dependencies: package
                .dependencies
                .iter()
                .map(|dependency| Dependency {
                    name: dependency.name.clone(),
                    development: dependency.kind == DependencyKind::Development,
                    optional: dependency.optional,
                })
                .collect(),
            features: package.features.clone(),
        })
        .collect()
}

/// All rules over the packages.
pub(super) fn check(packages: &[Package]) -> Vec<Finding> {
    let ours: BTreeSet<&str> = packages.iter().map(|package| package.name.as_str()).collect();
    packages
        .iter()
        .filter(|package| !OUTSIDE.contains(&package.name.as_str()))
        .flat_map(|package| {
            let mut findings = core_has_no_io(package, &ours);
            findings.extend(depends_downward(package, &ours));
            findings.extend(host_alone_names_integrations(package));
            findings.extend(http_has_one_place(package));
            findings
        })
        .collect()
}

/// A1: the contract depends on no HTTP or runtime crate and on no crate of ours.
fn core_has_no_io(package: &Package, ours: &BTreeSet<&str>) -> Vec<Finding> {
    if package.name != CORE {
        return Vec::new();
    }
    package
        .shipped()
        .filter(|dependency| IO_CRATES.contains(&dependency.name.as_str()) || ours.contains(dependency.name.as_str()))
        .map(|dependency| {
            package.finding(
                "A1",
                format!(
                    "the contract must not depend on {}: move what needs it to an integration or the host",
                    dependency.name
                ),
            )
        })
        .collect()
}

/// A2: an integration depends on the contract and on clients; a client depends on nothing of ours.
fn depends_downward(package: &Package, ours: &BTreeSet<&str>) -> Vec<Finding> {
    let (kind, allowed): (&str, Vec<&str>) = match package.name.as_str() {
        name if INTEGRATIONS.contains(&name) => {
            ("an integration may depend on the contract and on clients only", [&[CORE], CLIENTS].concat())
        }
        name if CLIENTS.contains(&name) => {
            ("a client is useful alone and depends on no other crate of the workspace", Vec::new())
        }
        _ => return Vec::new(),
    };
    package
        .shipped()
        .filter(|dependency| ours.contains(dependency.name.as_str()) && !allowed.contains(&dependency.name.as_str()))
        .map(|dependency| package.finding("A2", format!("depends on {}, but {kind}", dependency.name)))
        .collect()
}

/// A3: only the host names integrations, each optional and behind a feature of the same name.
fn host_alone_names_integrations(package: &Package) -> Vec<Finding> {
    let named = package.shipped().filter(|dependency| INTEGRATIONS.contains(&dependency.name.as_str()));
    if package.name != HOST {
        return named
            .filter(|_| !INTEGRATIONS.contains(&package.name.as_str()))
            .map(|dependency| {
                package.finding("A3", format!("depends on {}, but only {HOST} may name integrations", dependency.name))
            })
            .collect();
    }
    named
        .filter_map(|dependency| {
            let feature = dependency.name.strip_prefix("o2s-").unwrap_or(&dependency.name);
            let switch = format!("dep:{}", dependency.name);
            if !dependency.optional {
                Some(package.finding(
                    "A3",
                    format!("{} must be `optional = true`, behind the feature {feature:?}", dependency.name),
                ))
            } else if package.features.get(feature).is_none_or(|parts| !parts.contains(&switch)) {
                Some(package.finding("A3", format!("the feature {feature:?} must switch on \"{switch}\"")))
            } else {
                None
            }
        })
        .collect()
}

/// A4: the HTTP client is named by the clients alone, the HTTP server by the host alone.
fn http_has_one_place(package: &Package) -> Vec<Finding> {
    let name = package.name.as_str();
    package
        .shipped()
        .filter_map(|dependency| {
            let wanted = dependency.name.as_str();
            if HTTP_CLIENTS.contains(&wanted) && !CLIENTS.contains(&name) {
                Some(package.finding(
                    "A4",
                    format!("names the HTTP client {wanted}: talk to a backend through its client crate"),
                ))
            } else if HTTP_SERVERS.contains(&wanted) && name != HOST {
                Some(package.finding("A4", format!("names the HTTP server {wanted}, which is the host's alone")))
            } else {
                None
            }
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::super::shown;
    use super::*;

    /// A package with dependencies written as in a manifest: `?` marks an optional one, `dev:` one for tests.
    fn package(name: &str, dependencies: &[&str], features: &[(&str, &[&str])]) -> Package {
        let dependencies = dependencies.iter().map(|written| {
            let (development, written) = written.strip_prefix("dev:").map_or((false, *written), |rest| (true, rest));
            let (optional, name) = written.strip_suffix('?').map_or((false, written), |rest| (true, rest));
            Dependency { name: name.to_owned(), development, optional }
        });
        let features = features
            .iter()
            .map(|(name, parts)| ((*name).to_owned(), parts.iter().map(|part| (*part).to_owned()).collect()));
        Package {
            name: name.to_owned(),
            manifest: name.to_owned(),
            dependencies: dependencies.collect(),
            features: features.collect(),
        }
    }

    fn found(package: Package) -> Vec<String> {
        let mut packages = vec![package];
        for name in [CORE, HOST, "o2s-integration-testkit"].iter().chain(CLIENTS).chain(INTEGRATIONS) {
            if packages.iter().all(|known| known.name != *name) {
                packages.push(self::package(name, &[], &[]));
            }
        }
        shown(&check(&packages))
    }

    #[test]
    fn a1_the_contract_has_no_io() {
        assert_eq!(found(package(CORE, &["serde", "dev:tokio"], &[])), [""; 0]);
        assert_eq!(found(package(CORE, &["tokio?"], &[])), ["o2s-framework-core A1"]);
        assert_eq!(found(package(CORE, &["o2s-medusa-client"], &[])), ["o2s-framework-core A1"]);
    }

    #[test]
    fn a2_dependencies_point_downward() {
        let integration = "o2s-medusa-integration";
        assert_eq!(found(package(integration, &[CORE, "o2s-medusa-client", "dev:o2s-mock-integration"], &[])), [""; 0]);
        assert_eq!(found(package(integration, &[CORE, "o2s-mock-integration"], &[])), ["o2s-medusa-integration A2"]);
        assert_eq!(found(package(integration, &[HOST], &[])), ["o2s-medusa-integration A2"]);
        assert_eq!(found(package("o2s-medusa-client", &[CORE, "reqwest"], &[])), ["o2s-medusa-client A2"]);
    }

    #[test]
    fn a3_only_the_host_names_integrations() {
        let behind: &[(&str, &[&str])] = &[("mock-integration", &["dep:o2s-mock-integration"])];
        assert_eq!(found(package(HOST, &[CORE, "o2s-mock-integration?"], behind)), [""; 0]);
        assert_eq!(found(package(HOST, &["o2s-mock-integration"], behind)), ["o2s-api-harmonizer A3"]);
        assert_eq!(
            found(package(HOST, &["o2s-mock-integration?"], &[("mock", &["dep:o2s-mock-integration"])])),
            ["o2s-api-harmonizer A3"]
        );
        assert_eq!(
            found(package("o2s-integration-testkit", &["o2s-mock-integration"], &[])),
            ["o2s-integration-testkit A3"]
        );
        assert_eq!(found(package("o2s-tests", &["o2s-mock-integration", "reqwest", "axum"], &[])), [""; 0]);
    }

    #[test]
    fn a4_http_has_one_place() {
        assert_eq!(found(package("o2s-medusa-client", &["reqwest", "dev:axum"], &[])), [""; 0]);
        assert_eq!(found(package(HOST, &["axum", "hyper", "tower-http"], &[])), [""; 0]);
        assert_eq!(found(package(HOST, &["reqwest"], &[])), ["o2s-api-harmonizer A4"]);
        assert_eq!(found(package("o2s-medusa-client", &["axum"], &[])), ["o2s-medusa-client A4"]);
        assert_eq!(found(package("o2s-medusa-client", &["hyper"], &[])), ["o2s-medusa-client A4"]);
    }
}
