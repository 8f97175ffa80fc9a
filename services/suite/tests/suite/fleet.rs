//! The services one by one, each in processes of its own, over PostgreSQL and a real broker.

use std::collections::HashMap;
use std::path::PathBuf;

use sanben::client::Town;
use sanben::issuer_at;
use sanben_access::Issuer;
use sanben_bus::testing::Broker;
use sanben_clock::Clock;
use sanben_db::testing::{Postgres, own_postgres, postgres};
use sanben_db::{Db, Error, Tx, fetch_all, fetch_one};
use tokio::process::Command;

use crate::load::eventually;
use crate::process::{Process, folder, free_port};

/// Five services, each running `replicas` times.
pub struct Fleet {
    pub town: Town,
    pub broker: Broker,
    pub clock: Clock,
    databases: HashMap<String, String>,
    seats: Vec<Seat>,
    data: PathBuf,
    peers: String,
    /// The OTLP receiver that its processes tell their metrics to, often.
    otlp: Option<String>,
    /// Its own server, if the test does it harm.
    pub own: Option<Postgres>,
    _guard: tempfile::TempDir,
}

/// A replica, whether it runs or not.
struct Seat {
    service: &'static str,
    port: u16,
    process: Option<Process>,
}

impl Fleet {
    pub async fn start(replicas: usize) -> Fleet {
        Fleet::over(None, replicas, None).await
    }

    /// Tells traces and metrics to the OTLP receiver.
    pub async fn watched(replicas: usize, otlp: &str) -> Fleet {
        Fleet::over(None, replicas, Some(otlp.to_owned())).await
    }

    /// With a PostgreSQL of its own.
    pub async fn to_be_harmed(replicas: usize) -> Fleet {
        Fleet::over(Some(own_postgres()), replicas, None).await
    }

    async fn over(own: Option<Postgres>, replicas: usize, otlp: Option<String>) -> Fleet {
        let (guard, data) = folder();
        let names: Vec<&str> = sanben::SERVICES.iter().map(|service| service.name).collect();
        let databases = own.as_ref().unwrap_or_else(|| postgres()).fresh_schemas(&names).await;
        let broker = Broker::start(&data.join("nats")).await;
        // Made before anybody starts, so that the processes do not make one each.
        let issuer = issuer_at(&data).expect("the development key");
        std::fs::write(data.join("master.key"), "5a".repeat(32)).expect("a key file");
        let seats: Vec<Seat> = names
            .iter()
            .flat_map(|service| (0..replicas).map(move |_| Seat { service, port: free_port(), process: None }))
            .collect();
        let addresses: HashMap<&str, String> = names
            .iter()
            .map(|name| {
                let own = seats.iter().filter(|seat| seat.service == *name).map(|seat| format!("http://127.0.0.1:{}", seat.port));
                (*name, own.collect::<Vec<_>>().join("|"))
            })
            .collect();
        let peers = addresses.iter().map(|(name, address)| format!("{name}={address}")).collect::<Vec<_>>().join(",");
        let clock = Clock::system();
        let town = Town::across(&addresses, issuer, clock.clone(), "zh-CN").expect("addresses");
        let mut fleet = Fleet { town, broker, clock, databases, seats, data, peers, otlp, own, _guard: guard };
        for seat in 0..fleet.seats.len() {
            fleet.launch(seat).await;
        }
        fleet
    }

    /// How many replicas there are in all.
    pub fn len(&self) -> usize {
        self.seats.len()
    }

    /// The seats of a service.
    pub fn seats_of(&self, service: &str) -> Vec<usize> {
        (0..self.seats.len()).filter(|seat| self.seats[*seat].service == service).collect()
    }

    /// Where the replica listens.
    pub fn address(&self, seat: usize) -> String {
        format!("http://127.0.0.1:{}", self.seats[seat].port)
    }

    /// The issuer whose tokens the fleet believes.
    pub fn issuer(&self) -> Issuer {
        issuer_at(&self.data).expect("the development key")
    }

    /// Starts the replica and waits until it serves.
    pub async fn launch(&mut self, seat: usize) {
        let Seat { service, port, .. } = self.seats[seat];
        let (master, broker) = (self.data.join("master.key"), self.broker.address());
        let mut more = vec![
            service,
            "--bus",
            &broker,
            "--peers",
            &self.peers,
            "--database",
            &self.databases[service],
            "--master-key",
            master.to_str().expect("a path of this test"),
        ];
        if let Some(otlp) = &self.otlp {
            more.extend(["--otlp", otlp]);
        }
        self.seats[seat].process = Some(Process::start(&self.data, port, &more).await);
    }

    /// Asks the replica to stop and waits until it has.
    pub async fn stop(&mut self, seat: usize) {
        self.seats[seat].process.take().expect("it runs").stop().await;
    }

    /// Kills the replica with SIGKILL.
    pub async fn kill(&mut self, seat: usize) {
        self.seats[seat].process.take().expect("it runs").kill().await;
    }

    /// Sends a signal to the replica, for example `STOP`.
    pub async fn signal(&self, seat: usize, signal: &str) {
        self.seats[seat].process.as_ref().expect("it runs").signal(signal).await;
    }

    /// The address of a service's store.
    pub fn database(&self, service: &str) -> &str {
        &self.databases[service]
    }

    /// The store of a service, looked at from beside it.
    pub async fn store(&self, service: &'static str) -> Db {
        Db::open(&self.databases[service], service).await.expect("the store")
    }

    pub async fn end(mut self) {
        for seat in 0..self.seats.len() {
            if self.seats[seat].process.is_some() {
                self.stop(seat).await;
            }
        }
    }
}

/// Every event has a position, and positions have no gaps and keep the order within each thing. What was written last is placed first.
pub async fn assert_positions(db: &Db) {
    eventually("all events are placed", async || {
        let unplaced = "SELECT COUNT(*) FROM events WHERE position IS NULL";
        let work = async |tx: &mut Tx| fetch_one!(tx, (i64,), unplaced);
        db.read(work).await.is_ok_and(|(waiting,)| waiting == 0)
    })
    .await;
    let (events, placed, last, disorder) = db
        .read(async |tx: &mut Tx| {
            let sql = "SELECT COUNT(*), COUNT(position), COALESCE(MAX(position), 0) FROM events";
            let (events, placed, last) = fetch_one!(tx, (i64, i64, i64), sql)?;
            let sql = "SELECT COUNT(*) FROM events AS a JOIN events AS b ON a.aggregate_id = b.aggregate_id
                       WHERE a.revision < b.revision AND a.position > b.position";
            let (disorder,) = fetch_one!(tx, (i64,), sql)?;
            Ok::<_, Error>((events, placed, last, disorder))
        })
        .await
        .expect("readable");
    assert!(events > 0);
    assert_eq!((events, events, 0), (placed, last, disorder), "placed, last, out of order");
}

#[tokio::test(flavor = "multi_thread")]
async fn no_service_reads_the_tables_of_another() {
    let addresses = postgres().fresh_schemas(&["ledger", "intake"]).await;
    let intake = Db::open(&addresses["intake"], "intake").await.expect("its own schema");
    intake.migrate(&sanben_intake::MIGRATIONS).await.expect("its own tables");
    let ledger = Db::open(&addresses["ledger"], "ledger").await.expect("its own schema");
    let own = ledger.read(async |tx: &mut Tx| fetch_all!(tx, (String,), "SELECT CAST(current_user AS TEXT)")).await;
    assert_eq!(own.expect("its own role").len(), 1);
    let foreign = ledger.read(async |tx: &mut Tx| fetch_all!(tx, (i64,), "SELECT COUNT(*) FROM intake.vault_items")).await;
    let refused = foreign.expect_err("another's table").to_string();
    assert!(refused.contains("permission denied for schema intake"), "{refused}");
    for db in [intake, ledger] {
        db.close().await;
    }
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
