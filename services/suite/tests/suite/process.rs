//! The real binary in a process of its own, for tests that kill it or look at what it prints.

use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{ExitStatus, Stdio};
use std::time::Duration;

use sanben::client::Town;
use sanben::issuer_at;
use sanben_clock::Clock;
pub use sanben_tools::free_port;
use tokio::io::{AsyncBufReadExt as _, BufReader};
use tokio::process::{Child, Command};
use tokio::task::JoinHandle;

const START_SECS_MAX: u64 = 60;
/// A minute, if nothing is said, is long for a test.
const METRICS_MS: &str = "500";
/// In the line of a process about what it did wrong.
const FAILURE: &str = r#""level":"ERROR""#;

/// `sanben up --dev-issuer` on a folder; killed when dropped.
pub struct Process {
    child: Child,
    pub address: String,
    printed: JoinHandle<String>,
}

impl Process {
    /// Starts it and waits until it says that it serves.
    pub async fn start(data: &Path, port: u16, more: &[&str]) -> Process {
        let mut child = Command::new(env!("CARGO_BIN_EXE_sanben"))
            .args(["up", "--dev-issuer", "--lang", "en", "--listen", &format!("127.0.0.1:{port}"), "--data"])
            .arg(data)
            .args(more)
            .env("OTEL_METRIC_EXPORT_INTERVAL", METRICS_MS)
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .kill_on_drop(true)
            .spawn()
            .expect("the binary starts");
        let mut errors = BufReader::new(child.stderr.take().expect("a pipe")).lines();
        let printed = tokio::spawn(async move {
            let mut text = String::new();
            // What a killed process leaves half-written is not text, and not missed.
            while let Ok(Some(line)) = errors.next_line().await {
                // Else nobody learns why a request failed.
                if line.contains(FAILURE) {
                    let _ = writeln!(std::io::stderr(), "{line}");
                }
                text.push_str(&line);
                text.push('\n');
            }
            text
        });
        let mut lines = BufReader::new(child.stdout.take().expect("a pipe")).lines();
        let started = tokio::time::timeout(Duration::from_secs(START_SECS_MAX), lines.next_line());
        let line = started.await.expect("it starts within a minute").expect("readable").unwrap_or_default();
        if !line.starts_with("started:") {
            panic!("did not start: {line}{}", printed.await.unwrap_or_default());
        }
        Process { child, address: format!("http://127.0.0.1:{port}"), printed }
    }

    /// Its process id.
    pub fn pid(&self) -> u32 {
        self.child.id().expect("it runs")
    }

    /// Kills it as a power cut would, with SIGKILL.
    pub async fn kill(mut self) {
        self.child.kill().await.expect("it was running");
    }

    /// Sends it a signal, for example `TERM`.
    pub async fn signal(&self, signal: &str) {
        let sent = Command::new("kill").args([&format!("-{signal}"), &self.pid().to_string()]).status().await;
        assert!(sent.expect("kill is there").success());
    }

    /// How it ends.
    pub async fn ended(mut self) -> ExitStatus {
        self.child.wait().await.expect("it ends")
    }

    /// Asks it to stop and answers what it printed to standard error.
    pub async fn stop(mut self) -> String {
        self.signal("TERM").await;
        let ended = self.child.wait().await.expect("it ends");
        assert!(ended.success(), "a drained process ends well: {ended}");
        self.printed.await.expect("readable")
    }
}

/// A town of the process on `data`, which may be started and killed under it.
pub fn town(data: &Path, address: &str) -> Town {
    Town::at(address, issuer_at(data).expect("the development key"), Clock::system(), "zh-CN").expect("an address")
}

/// A folder for one process.
pub fn folder() -> (tempfile::TempDir, PathBuf) {
    let guard = tempfile::tempdir().expect("a temporary folder");
    let path = guard.path().to_owned();
    (guard, path)
}
