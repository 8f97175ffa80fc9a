//! What a use case works with, for tests that call no other service.

use std::collections::HashMap;
use std::sync::Arc;

use sanben_access::{Access, Org};
use sanben_bus::Log;
use sanben_clock::Clock;
use sanben_db::Db;
use tokio_util::sync::CancellationToken;

use crate::{App, Catalog, Editions, Peers, Sealer};

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
