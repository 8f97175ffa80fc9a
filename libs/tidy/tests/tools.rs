//! What other tools hold the repository against. Each is fetched if it is missing; none is skipped.

use std::process::Command;

use sanben_tidy::source::root;
use sanben_tools::{buf, folder, lock, need, run};

/// Runs buf over the contract; `advice` says what to do when it finds something.
fn contract(arguments: &[&str], advice: &str) {
    let buf = buf().unwrap_or_else(|why| panic!("buf is needed: {why}"));
    if let Err(found) = run(Command::new(buf).args(arguments).current_dir(root().join("proto"))) {
        panic!("{found}\n{advice}");
    }
}

#[test]
fn the_contract_is_tidy() {
    contract(&["lint"], "Mend the files named above; they are in proto/.");
}

#[test]
fn the_contract_is_formatted() {
    contract(&["format", "--diff", "--exit-code"], "Run `buf format -w` in proto/.");
}

#[test]
fn the_contract_breaks_nobody() {
    contract(
        &["breaking", "--against", "released.binpb"],
        "Clients of the last release would break: add instead of changing, or start a v2. \
         With a release, and never to silence this, run in proto/: buf build --exclude-source-info -o released.binpb",
    );
}

#[test]
fn the_manifests_are_valid() {
    for (program, package) in [("bash", "bash"), ("kubectl", "kubernetes-client"), ("python3", "python3-venv")] {
        need(program, package).unwrap_or_else(|why| panic!("{why}"));
    }
    let tools = folder().unwrap_or_else(|why| panic!("{why}"));
    let _lock = lock("kubernetes-validate").unwrap_or_else(|why| panic!("{why}"));
    let check = run(Command::new("bash").arg("k8s/check.sh").current_dir(root()).env("SANBEN_TOOLS", tools));
    if let Err(found) = check {
        panic!("{found}\nMend the manifests named above; see k8s/README.md.");
    }
}
