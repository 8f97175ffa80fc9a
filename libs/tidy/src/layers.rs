//! Dependencies point one way.

use toml::{Table, Value};

use crate::source::Source;
use crate::{Findings, finding};

/// From the ground up. A crate depends on layers below its own, never on its own. Services stand above `host`, `suite` above them.
const LAYERS: &[&[&str]] = &[
    &["libs/proto", "libs/clock", "libs/event", "libs/tools", "libs/embed"],
    &["libs/db", "libs/access", "libs/mail"],
    &["libs/bus", "services/ledger/rules"],
    &["libs/host"],
];

/// What nothing may depend on, and what therefore may depend on anything.
const ABOVE_ALL: &[&str] = &["services/suite", "libs/tidy"];

fn layer(folder: &str) -> Option<usize> {
    if ABOVE_ALL.contains(&folder) {
        return Some(LAYERS.len() + 1);
    }
    let said = LAYERS.iter().position(|layer| layer.contains(&folder));
    said.or_else(|| folder.starts_with("services/").then_some(LAYERS.len()))
}

/// Over the manifests of the workspace.
pub fn check(files: &[Source]) -> Findings {
    let manifests: Vec<(&Source, &str, Table)> = files
        .iter()
        .filter(|file| file.path != "Cargo.toml")
        .filter_map(|file| Some((file, file.path.strip_suffix("/Cargo.toml")?, file.text.parse().ok()?)))
        .collect();
    let name = |manifest: &Table| manifest.get("package").and_then(|package| package.get("name")?.as_str()).map(str::to_owned);
    let folders: Vec<(String, &str)> =
        manifests.iter().filter_map(|(_, folder, manifest)| Some((name(manifest)?, *folder))).collect();
    let mut findings = Vec::new();
    for (file, folder, manifest) in &manifests {
        let Some(own) = layer(folder) else {
            findings.push(finding(&file.path, 1, "has no layer; give it one in libs/tidy/src/layers.rs"));
            continue;
        };
        let mut needed = Vec::new();
        dependencies(manifest, &mut needed);
        for wanted in needed {
            let Some((_, target)) = folders.iter().find(|(name, _)| *name == wanted) else { continue };
            // A crate's tests may turn on its own features.
            if target != folder && layer(target).is_none_or(|below| below >= own) {
                let what = format!(
                    "{folder} depends on {target}, which is not below it; services speak through the contract, libs point down"
                );
                findings.push(finding(&file.path, file.line_of(&wanted), what));
            }
        }
    }
    findings
}

/// Every package named in a table of dependencies, wherever the table stands.
fn dependencies(table: &Table, found: &mut Vec<String>) {
    for (key, value) in table {
        let Value::Table(inner) = value else { continue };
        if !key.ends_with("dependencies") {
            dependencies(inner, found);
            continue;
        }
        for (name, what) in inner {
            let package = what.get("package").and_then(Value::as_str).unwrap_or(name);
            found.push(package.to_owned());
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn manifest(folder: &str, name: &str, rest: &str) -> Source {
        Source::new(&format!("{folder}/Cargo.toml"), &format!("[package]\nname = \"{name}\"\n{rest}"))
    }

    fn check_one(folder: &str, rest: &str, expected: &[&str]) {
        let others = [
            manifest("libs/db", "sanben-db", ""),
            manifest("libs/host", "sanben-host", ""),
            manifest("services/ledger", "sanben-ledger", ""),
        ];
        let files: Vec<Source> = others.into_iter().chain([manifest(folder, "own", rest)]).collect();
        assert_eq!(check(&files), expected);
    }

    #[test]
    fn catches_what_points_up_or_sideways() {
        check_one("services/intake", "[dependencies]\nsanben-host.workspace = true\n", &[]);
        check_one("libs/bus", "[dependencies]\nsanben-db.workspace = true\n[dev-dependencies]\nown = { features = [\"x\"] }", &[]);
        let end = "which is not below it; services speak through the contract, libs point down";
        let sideways = format!("services/intake/Cargo.toml:4: services/intake depends on services/ledger, {end}");
        check_one("services/intake", "[dev-dependencies]\nsanben-ledger.workspace = true\n", &[&sideways]);
        let up = format!("libs/bus/Cargo.toml:4: libs/bus depends on libs/host, {end}");
        check_one("libs/bus", "[target.'cfg(unix)'.dependencies]\nh = { package = \"sanben-host\" }\n", &[&up]);
        check_one("libs/util", "", &["libs/util/Cargo.toml:1: has no layer; give it one in libs/tidy/src/layers.rs"]);
    }
}
