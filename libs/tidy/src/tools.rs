//! Tools that check what Rust does not: the machine's own first, else fetched into the target folder. A tool that cannot be had fails the
//! test; nothing is skipped.

use std::env;
use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use crate::source::root;

const BUF: &str = "@bufbuild/buf@1.75.0";

/// The folder of fetched tools, below the target folder that this test was built into.
///
/// # Errors
/// When it cannot be made.
pub fn folder() -> Result<PathBuf, String> {
    let test = env::current_exe().map_err(|error| error.to_string())?;
    let target =
        test.ancestors().find(|folder| folder.join("CACHEDIR.TAG").is_file()).map_or_else(|| root().join("target"), Path::to_owned);
    let tools = target.join("tools");
    fs::create_dir_all(&tools).map_err(|error| format!("cannot create {}: {error}", tools.display()))?;
    Ok(tools)
}

/// A command that runs buf, on the PATH or from npm.
///
/// # Errors
/// When there is none and it cannot be fetched.
pub fn buf() -> Result<PathBuf, String> {
    let on_path = PathBuf::from("buf");
    if runs(&on_path) {
        return Ok(on_path);
    }
    let home = folder()?.join("buf");
    let fetched = home.join("node_modules/.bin/buf");
    let _lock = lock("buf")?;
    need("node", "nodejs")?;
    if runs(&fetched) {
        return Ok(fetched);
    }
    need("npm", "npm")?;
    run(Command::new("npm")
        .args(["install", "--no-audit", "--no-fund", "--loglevel=error", "--prefix"])
        .args([home.as_os_str(), BUF.as_ref()]))?;
    if runs(&fetched) { Ok(fetched) } else { Err(format!("npm installed {BUF}, and {} does not run", fetched.display())) }
}

/// Makes sure that `program` is on the PATH: from the Debian `package` if this is root, else by asking for it.
///
/// # Errors
/// When it is not there and cannot be installed.
pub fn need(program: &str, package: &str) -> Result<(), String> {
    let found = |program: &str| {
        let path = env::var_os("PATH").unwrap_or_default();
        env::split_paths(&path).any(|folder| folder.join(program).is_file())
    };
    if found(program) {
        return Ok(());
    }
    let is_root = run(Command::new("id").arg("-u")).is_ok_and(|id| id.trim() == "0");
    if !is_root || !found("apt-get") {
        return Err(format!("{program} is needed and not on the PATH; install it (Debian: apt-get install {package})"));
    }
    let _lock = lock("apt")?;
    let apt = |arguments: &[&str]| run(Command::new("apt-get").env("DEBIAN_FRONTEND", "noninteractive").args(arguments));
    apt(&["update", "-q"])?;
    apt(&["install", "-q", "-y", "--no-install-recommends", package])?;
    if found(program) { Ok(()) } else { Err(format!("{package} is installed, and {program} is still not on the PATH")) }
}

/// Held as long as it lives: one process at a time fetches a tool.
///
/// # Errors
/// When the file cannot be made or locked.
pub fn lock(tool: &str) -> Result<File, String> {
    let path = folder()?.join(format!("{tool}.lock"));
    let text = |error: std::io::Error| format!("cannot lock {}: {error}", path.display());
    let file = File::create(&path).map_err(text)?;
    file.lock().map_err(text)?;
    Ok(file)
}

/// What a command printed.
///
/// # Errors
/// What it printed too, when it failed.
pub fn run(command: &mut Command) -> Result<String, String> {
    let done = command.stdin(Stdio::null()).output().map_err(|error| format!("{}: {error}", command.get_program().display()))?;
    let printed = format!("{}{}", String::from_utf8_lossy(&done.stdout), String::from_utf8_lossy(&done.stderr));
    if done.status.success() { Ok(printed) } else { Err(format!("{command:?}: {}\n{printed}", done.status)) }
}

fn runs(program: &Path) -> bool {
    run(Command::new(program).arg("--version")).is_ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_command_that_fails_says_why() {
        let failed = run(Command::new("sh").args(["-c", "echo why >&2; exit 3"])).expect_err("it fails");
        assert!(failed.contains("why") && failed.contains('3'), "{failed}");
        assert!(!runs(Path::new("no-such-program")));
    }
}
