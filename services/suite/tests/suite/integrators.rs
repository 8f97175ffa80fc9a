//! Somebody who has nothing but `proto/`: the commands of its README, and a Python client generated on the spot.

use std::path::{Path, PathBuf};
use std::process::Command;

use sanben_tools as tools;

use crate::process::{Process, folder, free_port};

/// All that the Python client needs, and nothing else.
const WHEELS: [&str; 8] = [
    "grpcio==1.85.3",
    "grpcio-tools==1.85.1",
    "protobuf==7.36.2",
    "grpcio-status==1.85.3",
    "googleapis-common-protos==1.76.0",
    "grpcio-health-checking==1.85.1",
    "grpcio-reflection==1.85.1",
    "typing-extensions==4.15.0",
];

fn contract() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../proto").canonicalize().expect("the contract")
}

/// A folder to work in: a copy of the contract, the data of the suite, nothing of the repository.
async fn outside() -> (tempfile::TempDir, PathBuf, Process) {
    let (guard, home) = folder();
    done(Command::new("cp").arg("-R").arg(contract()).arg(&home)).await;
    let process = Process::start(&home.join("sanben-data"), free_port(), &[]).await;
    (guard, home, process)
}

/// A command in that folder, with the binary and `more` on its path.
fn command(program: &str, home: &Path, more: Option<&Path>) -> Command {
    let binary = Path::new(env!("CARGO_BIN_EXE_sanben")).parent().expect("a folder");
    let path = std::env::var_os("PATH").unwrap_or_default();
    let folders = more.into_iter().chain([binary]).map(Path::to_owned).chain(std::env::split_paths(&path));
    let mut command = Command::new(program);
    command.current_dir(home).env("PATH", std::env::join_paths(folders).expect("folders"));
    command
}

/// Runs it beside the test, which goes on reading what the suite prints.
async fn done(command: &mut Command) -> String {
    tokio::task::block_in_place(|| tools::run(command)).unwrap_or_else(|why| panic!("{why}"))
}

/// The shell blocks of a README.
fn shell_blocks(text: &str) -> Vec<String> {
    text.split("```sh\n").skip(1).filter_map(|rest| Some(rest.split_once("\n```")?.0.to_owned())).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn the_commands_of_the_readme_do_what_it_says() {
    let buf = tools::buf().unwrap_or_else(|why| panic!("this test needs buf: {why}"));
    let (_guard, home, process) = outside().await;
    let readme = std::fs::read_to_string(home.join("proto/README.md")).expect("the README");
    let (starts, calls): (Vec<String>, Vec<String>) =
        shell_blocks(&readme).into_iter().partition(|block| block.contains("sanben up"));
    assert_eq!(starts.len(), 1, "one block starts the suite");
    assert!(calls.len() >= 5, "{calls:?}");
    let address = "http://127.0.0.1:8080";
    let script = calls.join("\n");
    assert_eq!(script.matches(address).count(), 1, "the address is said once");
    let script = format!("set -euo pipefail\n{}", script.replace(address, &process.address));
    let printed = done(command("bash", &home, buf.parent()).arg("-c").arg(&script)).await;
    for expected in [
        "sanben.intake.v1.ReceiptService/CreateSubmission",
        "\"unitId\": \"city\"",
        "Your question has been answered",
        "it is answered at the desk",
        "refused, as it should be",
        "已整改，谢谢您的监督。",
        "DOOR_CONFIRMED",
        "CASE_STATE_ARCHIVED",
    ] {
        assert!(printed.contains(expected), "{expected} is not in:\n{printed}");
    }
    process.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_python_client_made_on_the_spot_plays_a_whole_matter() {
    let wheels = tokio::task::block_in_place(|| tools::wheel("grpc-python", &WHEELS, "grpc_tools/protoc.py"));
    let wheels = wheels.unwrap_or_else(|why| panic!("this test needs grpcio: {why}"));
    let (_guard, home, process) = outside().await;
    std::fs::create_dir(home.join("client")).expect("a folder");
    let generate =
        "python3 -m grpc_tools.protoc -I proto --python_out=client --grpc_python_out=client $(find proto -name '*.proto')";
    let mut python = command("bash", &home, None);
    done(python.env("PYTHONPATH", &wheels).args(["-c", generate])).await;
    let path = std::env::join_paths([home.join("client"), wheels]).expect("folders");
    let address = process.address.trim_start_matches("http://");
    let mut python = command("python3", &home, None);
    let printed = done(python.env("PYTHONPATH", path).args(["proto/examples/complaint.py", address])).await;
    assert!(printed.contains("ok: a notice that exposes nothing"), "{printed}");
    let example = std::fs::read_to_string(contract().join("examples/complaint.py")).expect("the example");
    assert!(example.contains(generate), "the example says how its client is made");
    process.stop().await;
}
