//! Very many who watch one process: what each of them costs in memory, and when each of them hears.

use std::path::Path;
use std::process::Stdio;
use std::time::{Duration, Instant};

use sanben::client::{Somebody, Town};
use sanben::issuer_at;
use sanben_access::Role;
use sanben_clock::Clock;
use sanben_tools::free_port;
use tokio::io::{AsyncBufReadExt as _, BufReader};
use tokio::process::{Child, Command};
use tokio::task::JoinSet;

use crate::measure::{Bureau, Watcher};
use crate::town::Units;

/// So many streams of one connection; a browser or another system has a few at most.
const OF_ONE_CONNECTION: usize = 100;
/// So many streams of one person.
const OF_ONE_PERSON: usize = 10;
const CHANGES: usize = 50;

/// What was found.
pub struct Report {
    pub watchers: usize,
    /// Of the process before and after they came, in KiB.
    pub memory: (u64, u64),
    /// From the answer to whoever changed something until one watcher heard of it, of all of them, sorted.
    pub woken: Vec<Duration>,
    /// Until the last of them heard, for each change, sorted.
    pub last: Vec<Duration>,
}

/// A process of its own, all five services over SQLite; killed when dropped.
struct Process {
    child: Child,
    address: String,
}

impl Process {
    async fn start(data: &Path) -> Process {
        let address = format!("127.0.0.1:{}", free_port());
        let mut child = Command::new(env!("CARGO_BIN_EXE_sanben"))
            .args(["up", "--dev-issuer", "--lang", "en", "--listen", &address, "--data"])
            .arg(data)
            .stdout(Stdio::piped())
            .kill_on_drop(true)
            .spawn()
            .expect("the binary starts");
        let mut lines = BufReader::new(child.stdout.take().expect("a pipe")).lines();
        let line = lines.next_line().await.expect("readable").unwrap_or_default();
        assert!(line.starts_with("started:"), "{line}");
        Process { child, address: format!("http://{address}") }
    }

    /// What it holds in memory (VmRSS), in KiB.
    fn memory(&self) -> u64 {
        let pid = self.child.id().expect("it runs");
        let status = std::fs::read_to_string(format!("/proc/{pid}/status")).expect("Linux");
        let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:")).expect("its memory");
        line.trim().trim_end_matches(" kB").parse().expect("a number")
    }
}

pub async fn measure(watchers: usize) -> Report {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let process = Process::start(folder.path()).await;
    let (clock, units) = (Clock::system(), Units::new(&sanben_access::Org::shipped()));
    let town = || {
        let issuer = issuer_at(folder.path()).expect("the development key");
        Town::at(&process.address, issuer, Clock::system(), "zh-CN").expect("an address")
    };
    let own = town();
    let bureau = Bureau { town: &own, units: &units, clock: &clock };
    let proposed = bureau.proposed(2 * CHANGES).await;
    for one in &proposed {
        bureau.register(one).await;
    }
    let (warm_up, changes) = proposed.split_at(CHANGES);
    // Whatever the process takes once, it has taken before they come.
    for one in warm_up {
        bureau.assign(one).await;
    }
    let before = process.memory();
    let mut streams = Vec::new();
    let mut through = town();
    for number in 0..watchers {
        if number % OF_ONE_CONNECTION == 0 {
            through = town();
        }
        let person = format!("p-watcher-{}", number / OF_ONE_PERSON);
        let who: Somebody = through.officer(&person, "city", &[Role::Chief]);
        streams.push(Watcher::open(&who).await);
    }
    let after = process.memory();
    let (mut woken, mut last) = (Vec::new(), Vec::new());
    for one in changes {
        let case = bureau.assign(one).await;
        let answered = Instant::now();
        let mut waiting = JoinSet::new();
        for mut stream in streams.drain(..) {
            let case = case.clone();
            waiting.spawn(async move { (stream.hears(&case).await, stream) });
        }
        let heard = waiting.join_all().await;
        let took: Vec<Duration> = heard.iter().map(|(at, _)| at.saturating_duration_since(answered)).collect();
        streams.extend(heard.into_iter().map(|(_, stream)| stream));
        last.extend(took.iter().max().copied());
        woken.extend(took);
    }
    woken.sort();
    last.sort();
    Report { watchers, memory: (before, after), woken, last }
}
