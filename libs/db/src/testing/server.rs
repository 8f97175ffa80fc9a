//! The private server: its folder, its process, its end.

use std::collections::HashMap;
use std::env;
use std::fs::{self, File};
use std::io::{BufRead, BufReader};
use std::net::TcpListener;
use std::os::unix::fs::MetadataExt;
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use sqlx::{Connection, PgConnection};
use tokio::sync::OnceCell;

use super::binaries::{self, Account, output, text};
use crate::{Db, Migrations};

const PREFIX: &str = "sanben-postgres-";
const OWNER: &str = "owner.lock";
const USER: &str = "sanben";
const INITDB_ARGS: [&str; 6] = ["--username", USER, "--auth=trust", "--locale=C", "--encoding=UTF8", "--no-sync"];
/// The server of a test that harms it keeps what it promised.
const CARELESS: [&str; 4] = ["-c", "synchronous_commit=off", "-c", "full_page_writes=off"];
const START_SECS_MAX: u64 = 30;
const ANSWER_SECS_MAX: u64 = 2;
const PORTS_TRIED_MAX: u32 = 5;
const RETRY_DELAY_MS: u64 = 20;

/// Runs the server until its own end or until standard input ends, which the kernel sees to when the test process is gone,
/// killed or not; then nothing is left of its folder. A server that ended by itself leaves its log.
const KEEPER: &str = r#"
folder=$1; shift
exec 3<&0
"$@" </dev/null >"$folder/log" 2>&1 3<&- & server=$!
{ read -r _ <&3; kill -QUIT "$server"; } >/dev/null 2>&1 & watch=$!
echo "$server"
exec >/dev/null 2>&1
wait "$server"
kill "$watch"
wait "$watch" && cd / && rm -rf "$folder"
"#;

/// A running PostgreSQL that belongs to this test process alone.
#[derive(Debug)]
pub struct Postgres {
    port: u16,
    pid: u32,
    databases: AtomicU32,
    /// What is made once and copied: the address, by name.
    models: Mutex<HashMap<String, Arc<OnceCell<String>>>>,
    /// Held, never read: the server ends when its pipe does, and the folder counts as stale when its lock is free.
    _life: (Child, File),
}

impl Postgres {
    /// Address of a new empty database.
    ///
    /// # Panics
    /// When the server refuses to make one.
    pub async fn fresh_database(&self) -> String {
        self.database_like("template0").await
    }

    /// Address of a new database that is a copy of what `make` makes, which happens once for a `name`.
    ///
    /// # Panics
    /// When the server refuses, or `make` panics.
    pub async fn copy_of(&self, name: &str, make: impl AsyncFnOnce(&str)) -> String {
        let model = self.models.lock().expect("no panic while it is held").entry(name.to_owned()).or_default().clone();
        // Whoever is first and fails leaves it to the next, who begins with a database of its own.
        let address = model.get_or_init(async || {
            let address = self.fresh_database().await;
            make(&address).await;
            address
        });
        let model = address.await.rsplit('/').next().unwrap_or_default();
        self.database_like(model).await
    }

    /// Address of a new database with the schema of one service.
    ///
    /// # Panics
    /// When the server refuses or the schema does not migrate.
    pub async fn migrated(&self, schema: &'static str, migrations: &Migrations) -> String {
        let files: Vec<_> = migrations.0.iter().map(|part| part.0).collect();
        self.copy_of(&format!("{schema} {files:?}"), async |address| {
            let db = Db::open(address, schema).await.expect("the store opens");
            db.migrate(migrations).await.expect("the store migrates");
            db.close().await;
        })
        .await
    }

    async fn database_like(&self, model: &str) -> String {
        let name = format!("test_{}", self.databases.fetch_add(1, Ordering::Relaxed));
        let mut conn = PgConnection::connect(&address(self.port, "postgres")).await.expect("the private PostgreSQL answers");
        let create = format!("CREATE DATABASE {name} TEMPLATE {model}");
        sqlx::query(sqlx::AssertSqlSafe(create)).execute(&mut conn).await.expect("a new database");
        conn.close().await.expect("the connection ends");
        address(self.port, &name)
    }

    /// Addresses of a new database for these services: each has a role of its own, which owns the schema of the same name and may
    /// do nothing else.
    ///
    /// # Panics
    /// When the server refuses to make them.
    pub async fn fresh_schemas(&self, services: &[&str]) -> HashMap<String, String> {
        let owner = self.fresh_database().await;
        let mut conn = PgConnection::connect(&owner).await.expect("the private PostgreSQL answers");
        let database = owner.rsplit('/').next().unwrap_or_default();
        let mut addresses = HashMap::new();
        for service in services {
            // Roles are of the whole server.
            let role = format!("{database}_{service}");
            for sql in [format!("CREATE ROLE {role} LOGIN"), format!("CREATE SCHEMA {service} AUTHORIZATION {role}")] {
                sqlx::query(sqlx::AssertSqlSafe(sql)).execute(&mut conn).await.expect("a new role and schema");
            }
            addresses.insert((*service).to_owned(), format!("postgres://{role}@127.0.0.1:{}/{database}", self.port));
        }
        conn.close().await.expect("the connection ends");
        addresses
    }

    /// Kills every process of the server but its first with SIGKILL, as a lack of memory would: all connections are lost, and the
    /// server starts again from its log.
    ///
    /// # Panics
    /// When the processes cannot be named or killed.
    pub async fn crash(&self) {
        let mut conn = PgConnection::connect(&address(self.port, "postgres")).await.expect("the private PostgreSQL answers");
        let pids: Vec<i32> =
            sqlx::query_scalar("SELECT pid FROM pg_stat_activity").fetch_all(&mut conn).await.expect("its processes");
        // One may end by itself meanwhile.
        let _ = output(Command::new("kill").arg("-KILL").args(pids.iter().map(i32::to_string)));
    }

    /// Whether the server lets somebody in.
    pub async fn is_there(&self) -> bool {
        PgConnection::connect(&address(self.port, "postgres")).await.is_ok()
    }

    /// Process id of the server.
    pub fn pid(&self) -> u32 {
        self.pid
    }
}

/// A server; one that nothing happens to need not take care.
pub(super) fn start(is_harmed: bool) -> Result<Postgres, String> {
    let (folder, owner) = new_folder()?;
    start_in(&folder, owner, if is_harmed { &[] } else { &CARELESS }).inspect_err(|_| {
        let _ = fs::remove_dir_all(&folder);
    })
}

fn start_in(folder: &Path, owner: File, careless: &[&str]) -> Result<Postgres, String> {
    let account = Account::for_server(owner.metadata().map_err(|error| error.to_string())?.uid())?;
    account.owns(folder)?;
    let bin = binaries::find(account, &folder.join("pg"))?;
    let data = folder.join("data");
    output(account.command(bin.join("initdb")).current_dir(folder).arg("-D").arg(&data).args(INITDB_ARGS))?;
    let until = Instant::now() + Duration::from_secs(START_SECS_MAX);
    let mut tried = 0;
    loop {
        let port = free_port()?;
        let (mut keeper, pid) = spawn(account, &bin, folder, port, careless)?;
        let Err(reason) = wait_ready(&mut keeper, port, &data, until) else {
            return Ok(Postgres { port, pid, databases: AtomicU32::new(1), models: Mutex::default(), _life: (keeper, owner) });
        };
        let log = fs::read_to_string(folder.join("log")).unwrap_or_default();
        drop(keeper.stdin.take());
        let _ = keeper.wait();
        tried += 1;
        // Only a port that somebody else took meanwhile is worth another try.
        if tried == PORTS_TRIED_MAX || !log.contains("could not bind") {
            return Err(format!("{reason}; its log:\n{log}"));
        }
    }
}

fn spawn(account: Account, bin: &Path, folder: &Path, port: u16, careless: &[&str]) -> Result<(Child, u32), String> {
    let mut keeper = account
        .command("/bin/sh")
        .args(["-c", KEEPER, "sanben-postgres"])
        .arg(folder)
        .arg(bin.join("postgres"))
        .arg("-D")
        .arg(folder.join("data"))
        .args(["-c", "fsync=off", "-c", "max_connections=200", "-c", "listen_addresses=127.0.0.1"])
        .args(["-c", &format!("port={port}"), "-c", &format!("unix_socket_directories={}", folder.display())])
        .args(careless)
        .current_dir(folder)
        // Out of reach of what is sent to the test's group: the keeper cleans up after it.
        .process_group(0)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .map_err(text("run", Path::new("/bin/sh")))?;
    let mut line = String::new();
    let told = keeper.stdout.take().map(|told| BufReader::new(told).read_line(&mut line));
    match (told, line.trim().parse()) {
        (Some(Ok(_)), Ok(pid)) => Ok((keeper, pid)),
        _ => Err(format!("the server's keeper said {line:?} in place of a process id")),
    }
}

/// Waits until the server lets somebody in. On a thread of its own, since the caller may be inside a runtime.
fn wait_ready(keeper: &mut Child, port: u16, data: &Path, until: Instant) -> Result<(), String> {
    std::thread::scope(|scope| {
        let wait = scope.spawn(|| {
            let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().map_err(|error| error.to_string())?;
            runtime.block_on(async {
                loop {
                    let patience = Duration::from_secs(ANSWER_SECS_MAX);
                    let error = match tokio::time::timeout(patience, data_folder(port)).await {
                        Ok(Ok(served)) if Path::new(&served) == data => return Ok(()),
                        Ok(Ok(served)) => format!("the port went to the server of {served}"),
                        Ok(Err(error)) => error.to_string(),
                        Err(_) => "no answer".to_owned(),
                    };
                    if let Ok(Some(_)) = keeper.try_wait() {
                        return Err(format!("PostgreSQL ended while starting ({error})"));
                    }
                    if Instant::now() >= until {
                        return Err(format!("PostgreSQL did not start in {START_SECS_MAX} s ({error})"));
                    }
                    tokio::time::sleep(Duration::from_millis(RETRY_DELAY_MS)).await;
                }
            })
        });
        wait.join().unwrap_or_else(|_| Err("the wait for PostgreSQL panicked".to_owned()))
    })
}

/// Whose server answers on `port`: another test process may have taken it meanwhile.
async fn data_folder(port: u16) -> Result<String, sqlx::Error> {
    let mut conn = PgConnection::connect(&address(port, "postgres")).await?;
    let folder = sqlx::query_scalar("SHOW data_directory").fetch_one(&mut conn).await?;
    conn.close().await?;
    Ok(folder)
}

fn address(port: u16, database: &str) -> String {
    format!("postgres://{USER}@127.0.0.1:{port}/{database}")
}

fn free_port() -> Result<u16, String> {
    let listener = TcpListener::bind(("127.0.0.1", 0)).map_err(|error| format!("no free port: {error}"))?;
    listener.local_addr().map(|address| address.port()).map_err(|error| error.to_string())
}

/// A folder of this process, locked for as long as it lives. Sweeps what earlier ones left first.
///
/// The folder takes its final name only once it is locked, so nobody sweeps one that is just being made.
fn new_folder() -> Result<(PathBuf, File), String> {
    let shared = env::temp_dir();
    sweep(&shared);
    let made = tempfile::Builder::new().prefix("sanben-new-").tempdir_in(&shared).map_err(text("create a folder in", &shared))?;
    let lock = made.path().join(OWNER);
    let owner = File::create(&lock).map_err(text("create", &lock))?;
    owner.lock().map_err(text("lock", &lock))?;
    let random = made.path().file_name().and_then(|name| name.to_str()?.strip_prefix("sanben-new-")).unwrap_or_default();
    let folder = shared.join(format!("{PREFIX}{random}"));
    fs::rename(made.path(), &folder).map_err(text("rename", made.path()))?;
    let _ = made.keep();
    Ok((folder, owner))
}

/// Removes the folders whose owner is gone. Each holds a lock that ends with its process; other people's are left alone.
fn sweep(shared: &Path) {
    for entry in fs::read_dir(shared).into_iter().flatten().flatten() {
        if entry.file_name().to_str().is_some_and(|name| name.starts_with(PREFIX))
            && let Ok(owner) = File::open(entry.path().join(OWNER))
            && owner.try_lock().is_ok()
        {
            let _ = fs::remove_dir_all(entry.path());
        }
    }
}
