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
fn a_method_that_is_gone_breaks_somebody() {
    let buf = buf().unwrap_or_else(|why| panic!("buf is needed: {why}"));
    let folder = tempfile::tempdir().expect("a folder");
    run(Command::new("cp").arg("-R").arg(root().join("proto")).arg(folder.path())).expect("a copy");
    let home = folder.path().join("proto");
    let changed = |path: &str, from: &str, to: &str| {
        let whole = std::fs::read_to_string(root().join("proto").join(path)).expect("the contract");
        let (before, rest) = whole.split_once(from).unwrap_or_else(|| panic!("{from} is not in {path}"));
        let (_, after) = rest.split_once(to).expect("its end");
        std::fs::write(home.join(path), format!("{before}{after}")).expect("written");
        let broken = run(Command::new(&buf).args(["breaking", "--against", "released.binpb"]).current_dir(&home));
        std::fs::write(home.join(path), whole).expect("written");
        broken.expect_err("it breaks somebody")
    };
    let method = changed("sanben/ledger/v1/paper_service.proto", "  rpc DropDraft(", "\n  }\n");
    assert!(method.contains("RPC \"DropDraft\" on service \"PaperService\" was deleted"), "{method}");
    let service = changed("sanben/ledger/v1/duty_service.proto", "service DutyService {", "\n}\n");
    assert!(service.contains("service \"DutyService\" was deleted"), "{service}");
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
