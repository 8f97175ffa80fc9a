//! What a use case works with, for tests that call no other service; and what a whole process is told.

use std::collections::HashMap;
use std::net::SocketAddr;
use std::sync::Arc;

use sanben_access::{Access, Issuer, Org};
use sanben_bus::Log;
use sanben_clock::Clock;
use sanben_db::Db;
use tokio_util::sync::CancellationToken;

use crate::{App, Catalog, DatabaseAt, Editions, Peers, Sealer, Settings};

const MASTER_KEY: [u8; 32] = [7; 32];

/// An app of `service` over its migrated store; the same key for all of them, and no peers.
pub fn app(service: &'static str, db: Db, clock: Clock) -> App {
    App {
        service,
        editions: Editions::shipped(),
        org: Arc::new(Org::shipped()),
        access: Arc::new(Access::shipped()),
        log: Log::new(service, db.clone()),
        db,
        sealer: Sealer::derive(&MASTER_KEY, service, clock.clone()),
        clock,
        peers: Peers::new(HashMap::new(), Arc::new(String::new)),
        catalog: Catalog::new(&[]),
        mailer: None,
        stop: CancellationToken::new(),
    }
}

/// What a process is told that runs in a test or a benchmark: a free port, the shipped units, no broker, peers or mail.
pub fn settings(database: DatabaseAt, issuer: Issuer, clock: Clock) -> Settings {
    Settings {
        listen: SocketAddr::from(([127, 0, 0, 1], 0)),
        database,
        nats: None,
        peers: HashMap::new(),
        org: Org::shipped(),
        jwks: None,
        also_trust: Some(issuer),
        master_key: MASTER_KEY,
        service_token: None,
        mailer: None,
        clock,
        notice_secs: 0,
        drain_secs: 10,
    }
}
