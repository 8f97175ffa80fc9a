//! The page in a real browser, and that what is served is what the source builds.

use std::path::{Path, PathBuf};
use std::process::Command;

use sanben_tools as tools;

use crate::process::{Process, folder, free_port};

/// What the package is made of; all else in its folder is built or fetched.
const SOURCES: [&str; 10] = [
    "package.json",
    "package-lock.json",
    ".npmrc",
    "buf.gen.yaml",
    "build.mjs",
    "tsconfig.json",
    "tsconfig.page.json",
    "client",
    "page",
    "vendor",
];

fn source() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("web")
}

fn run(command: &mut Command) -> String {
    tools::run(command).unwrap_or_else(|why| panic!("{why}"))
}

/// A copy of the package in the target folder, built there.
fn built() -> PathBuf {
    for (program, package) in [("node", "nodejs"), ("npm", "npm")] {
        tools::need(program, package).unwrap_or_else(|why| panic!("this test needs {program}: {why}"));
    }
    let home = tools::folder().expect("a folder").join("web");
    let lock = tools::lock("web").expect("the lock");
    std::fs::create_dir_all(&home).expect("a folder");
    let kept = |name: &str| std::fs::read(home.join(name)).unwrap_or_default();
    let same = kept("package-lock.json") == std::fs::read(source().join("package-lock.json")).expect("the lock file");
    let fetched = same && home.join("node_modules/.complete").is_file();
    for name in SOURCES.iter().chain(&["test", "dist", "gen", "lib"]) {
        run(Command::new("rm").arg("-rf").arg(home.join(name)));
    }
    for name in SOURCES.iter().chain(&["test"]) {
        run(Command::new("cp").arg("-R").arg(source().join(name)).arg(&home));
    }
    if !fetched {
        run(Command::new("npm").args(["ci", "--no-audit", "--no-fund", "--loglevel=error"]).current_dir(&home));
        std::fs::write(home.join("node_modules/.complete"), "").expect("a mark");
    }
    let contract = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../proto").canonicalize().expect("the contract");
    run(Command::new("npm").args(["run", "build"]).env("SANBEN_PROTO", contract).current_dir(&home));
    run(Command::new("node_modules/.bin/tsc").args(["-p", "tsconfig.page.json"]).current_dir(&home));
    drop(lock);
    home
}

#[tokio::test(flavor = "multi_thread")]
async fn the_page_is_what_its_source_builds_and_works_in_a_browser() {
    let home = tokio::task::block_in_place(built);
    for file in ["index.html", "app.js", "style.css"] {
        let (kept, made) = (std::fs::read(source().join("dist").join(file)), std::fs::read(home.join("dist").join(file)));
        assert!(
            kept.expect("it is checked in") == made.expect("it is built"),
            "dist/{file}: run npm run build in services/suite/web"
        );
    }
    assert!(home.join("lib/client/index.d.ts").is_file(), "the client for others is built");
    let chromium = tokio::task::block_in_place(|| tools::need("chromium", "chromium"));
    let chromium = chromium.unwrap_or_else(|why| panic!("this test needs Chromium: {why}"));
    let (_guard, data) = folder();
    let process = Process::start(&data, free_port(), &[]).await;
    let binary = Path::new(env!("CARGO_BIN_EXE_sanben")).parent().expect("a folder");
    let path = std::env::var_os("PATH").unwrap_or_default();
    let folders = std::iter::once(binary.to_owned()).chain(std::env::split_paths(&path));
    let printed = tokio::task::block_in_place(|| {
        let mut node = Command::new("node");
        node.current_dir(&home).env("PATH", std::env::join_paths(folders).expect("folders"));
        run(node.args(["test/page.mjs", &process.address]).arg(&data).arg(&chromium))
    });
    assert!(printed.contains("ok: all of it"), "{printed}");
    process.stop().await;
}
