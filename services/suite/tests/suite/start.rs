//! A suite in this process, for tests.

use std::collections::HashMap;
use std::sync::Arc;

use sanben::client::Town;
use sanben_access::Issuer;
use sanben_clock::Clock;
use sanben_db::{Db, testing};
use sanben_host::testing::settings;
use sanben_host::{DatabaseAt, Host, Running, Settings};
use sanben_mail::Mailer;

const SEED: [u8; 32] = [3; 32];

/// Which store is behind the suite.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Engine {
    Sqlite,
    Postgres,
}

pub const BOTH: [Engine; 2] = [Engine::Sqlite, Engine::Postgres];

/// A running suite; ends with [`Suite::end`].
pub struct Suite {
    pub town: Town,
    pub clock: Clock,
    pub database: DatabaseAt,
    running: Running,
    folder: Arc<tempfile::TempDir>,
}

impl Suite {
    pub async fn on(engine: Engine) -> Suite {
        Suite::with_clock(engine, Clock::system()).await
    }

    pub async fn with_clock(engine: Engine, clock: Clock) -> Suite {
        Suite::with(engine, clock, None).await
    }

    /// Sends notices by mail, too.
    pub async fn with_mail(engine: Engine, clock: Clock, mailer: Mailer) -> Suite {
        Suite::with(engine, clock, Some(mailer)).await
    }

    /// Nobody answers where the others look for `service`.
    pub async fn without(engine: Engine, service: &str) -> Suite {
        let peers = HashMap::from([(service.to_owned(), "http://127.0.0.1:1".to_owned())]);
        Suite::of(engine, |settings| Settings { peers, ..settings }, Clock::system()).await
    }

    async fn with(engine: Engine, clock: Clock, mailer: Option<Mailer>) -> Suite {
        Suite::of(engine, |settings| Settings { mailer, ..settings }, clock).await
    }

    async fn of(engine: Engine, change: impl FnOnce(Settings) -> Settings, clock: Clock) -> Suite {
        let folder = Arc::new(tempfile::tempdir().expect("a temporary folder"));
        let database = match engine {
            Engine::Sqlite => {
                testing::unsynced();
                DatabaseAt::Folder(folder.path().to_owned())
            }
            Engine::Postgres => DatabaseAt::Server(testing::postgres().copy_of("suite", migrated).await),
        };
        Suite::over(change(settings(database.clone(), issuer(), clock.clone())), database, clock, folder).await
    }

    async fn over(settings: Settings, database: DatabaseAt, clock: Clock, folder: Arc<tempfile::TempDir>) -> Suite {
        let running = Host::new(settings, sanben::SERVICES.to_vec()).start().await.expect("the suite starts");
        let town = Town::at(&format!("http://{}", running.address), issuer(), clock.clone(), "zh-CN").expect("an address");
        Suite { town, clock, database, running, folder }
    }

    /// Another replica over the same stores.
    pub async fn beside(&self) -> Suite {
        let (database, clock, folder) = (self.database.clone(), self.clock.clone(), self.folder.clone());
        Suite::over(settings(database.clone(), issuer(), clock.clone()), database, clock, folder).await
    }

    /// Ends, and starts again on what was kept.
    pub async fn restarted(self) -> Suite {
        let (database, clock, folder) = (self.database.clone(), self.clock.clone(), self.folder.clone());
        self.end().await;
        Suite::over(settings(database.clone(), issuer(), clock.clone()), database, clock, folder).await
    }

    pub fn address(&self) -> String {
        format!("http://{}", self.running.address)
    }

    pub async fn end(mut self) {
        self.running.stopper().ask();
        self.running.wait().await.expect("everything ends");
    }
}

/// The schemas of all services, in one database.
async fn migrated(address: &str) {
    for service in sanben::SERVICES {
        let db = Db::open(address, service.name).await.expect("the store opens");
        db.migrate(&service.migrations).await.expect("the store migrates");
        db.close().await;
    }
}

pub fn issuer() -> Issuer {
    Issuer::new("test", SEED).expect("a key of any seed")
}
