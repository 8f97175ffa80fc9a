use std::collections::{HashMap, HashSet};
use std::net::SocketAddr;
use std::path::PathBuf;
use std::sync::{Arc, PoisonError, RwLock};
use std::time::Duration;

use axum::Router;
use sanben_access::{Access, Caller, Issuer, Org, Verifier};
use sanben_bus::{Consumer, Log, Nats, Relay, Subscription, Target, sequence};
use sanben_clock::{Calendar, Clock};
use sanben_db::{Db, Tx};
use tokio::net::TcpListener;
use tokio::task::JoinSet;
use tokio_util::sync::CancellationToken;
use tonic_health::ServingStatus;
use tonic_health::server::HealthReporter;

use crate::gate::Gate;
use crate::{App, Catalog, Contract, Mounted, Peers, Sealer, Service, idempotency, server};

const READY_LOOK_SECS: u64 = 5;
const KEYS_LOOK_SECS: u64 = 30;
const FORGET_SECS: u64 = 3600;
const SERVICE_TOKEN_SECS: u32 = 600;

/// Where the stores are.
#[derive(Clone, Debug)]
pub enum DatabaseAt {
    /// A folder with one SQLite file a service.
    Folder(PathBuf),
    /// A PostgreSQL server with one schema a service.
    Server(String),
}

impl DatabaseAt {
    fn address(&self, service: &str) -> String {
        match self {
            DatabaseAt::Folder(folder) => format!("sqlite:{}", folder.join(format!("{service}.db")).display()),
            DatabaseAt::Server(address) => address.clone(),
        }
    }
}

/// What a process is told.
#[derive(Debug)]
pub struct Settings {
    /// Where to listen; port 0 takes a free one.
    pub listen: SocketAddr,
    /// Where the stores are.
    pub database: DatabaseAt,
    /// The broker that carries events between processes; without one, all services that follow each other run in this process.
    pub nats: Option<String>,
    /// Addresses of services that run elsewhere.
    pub peers: HashMap<String, String>,
    /// The unit tree.
    pub org: Org,
    /// A JWKS file with the keys of the bureau's issuer; read again when it changes.
    pub jwks: Option<PathBuf>,
    /// A further issuer to trust: the development issuer.
    pub also_trust: Option<Issuer>,
    /// The key from which all sealing keys are derived.
    pub master_key: [u8; 32],
    /// The file of the token with which this process calls services that run elsewhere; read at each call, so that it may be renewed.
    pub service_token: Option<PathBuf>,
    /// Time.
    pub clock: Clock,
    /// How long requests under way may take to end when the process stops.
    pub drain_secs: u64,
}

/// The process before it runs.
#[derive(Debug)]
pub struct Host {
    settings: Settings,
    services: Vec<Service>,
}

/// The process while it runs.
#[derive(Debug)]
pub struct Running {
    /// Where it listens.
    pub address: SocketAddr,
    stop: CancellationToken,
    tasks: JoinSet<&'static str>,
    peers: Peers,
    dbs: Vec<Db>,
    drain: Duration,
}

/// What could not be done at the start, in words for the operator.
type Refused = String;

impl Host {
    /// A process of these services.
    pub fn new(settings: Settings, services: Vec<Service>) -> Host {
        Host { settings, services }
    }

    /// Binds, migrates, serves.
    ///
    /// # Errors
    /// What was not possible, in words for the operator.
    pub async fn start(self) -> Result<Running, Refused> {
        let Host { settings, services } = self;
        let listener = TcpListener::bind(settings.listen).await.map_err(|error| format!("cannot listen on {}: {error}", settings.listen))?;
        let address = listener.local_addr().map_err(|error| error.to_string())?;
        let texts: Vec<_> = services.iter().map(|service| service.texts).collect();
        let catalog = Catalog::new(&texts);
        let own = Issuer::new("sanben-process", settings.clock.random()).map_err(|error| error.to_string())?;
        let keys = Keys { jwks: settings.jwks.clone(), trusted: trusted(settings.also_trust.as_ref(), &own) };
        let verifier = Arc::new(RwLock::new(keys.read()?));
        let peers = peers(&settings, own)?;
        let shared = Shared {
            clock: settings.clock.clone(),
            org: Arc::new(settings.org),
            access: Arc::new(Access::shipped()),
            catalog: catalog.clone(),
            peers: peers.clone(),
            master_key: settings.master_key,
            stop: CancellationToken::new(),
        };
        let mut apps = Vec::new();
        for service in &services {
            apps.push((service, shared.open(service, &settings.database).await?));
        }
        let mounted: Vec<(App, Mounted)> = apps.into_iter().map(|(service, app)| (app.clone(), (service.mount)(app))).collect();
        let gate = Gate {
            contract: Arc::new(Contract::shipped()),
            verifier: verifier.clone(),
            access: shared.access.clone(),
            org: shared.org.clone(),
            clock: settings.clock.clone(),
            catalog: catalog.clone(),
            places: Gate::places(),
        };
        let nats = match &settings.nats {
            None => None,
            Some(address) => Some(Nats::connect(address).await?),
        };
        let mut running = Running {
            address,
            stop: shared.stop.clone(),
            tasks: JoinSet::new(),
            peers: peers.clone(),
            dbs: mounted.iter().map(|(app, _)| app.db.clone()).collect(),
            drain: Duration::from_secs(settings.drain_secs),
        };
        let (routes, followers): (Vec<_>, Vec<_>) =
            mounted.into_iter().map(|(app, Mounted { routes, consumers })| (routes, (app, consumers))).unzip();
        let gated = server::gated(routes, gate);
        peers.set_local(Some(gated.clone()));
        let (reporter, health) = server::health().await;
        let router = server::public(gated, health, catalog).map_err(|error| error.to_string())?;
        let broker = nats.clone();
        running.serve(listener, router);
        running.follow(&followers, nats)?;
        running.watch_stores(reporter, broker);
        running.watch_keys(keys, verifier);
        running.forget_answers(followers.iter().map(|(app, _)| app.clone()).collect());
        Ok(running)
    }
}

/// What all services of the process share.
struct Shared {
    clock: Clock,
    org: Arc<Org>,
    access: Arc<Access>,
    catalog: Catalog,
    peers: Peers,
    master_key: [u8; 32],
    stop: CancellationToken,
}

impl Shared {
    async fn open(&self, service: &Service, database: &DatabaseAt) -> Result<App, Refused> {
        let words = |error: sanben_db::Error| format!("{}: {error}", service.name);
        let db = Db::open(&database.address(service.name), service.name).await.map_err(words)?;
        db.migrate(&service.migrations).await.map_err(words)?;
        Ok(App {
            service: service.name,
            clock: self.clock.clone(),
            calendar: Calendar::shipped(),
            org: self.org.clone(),
            access: self.access.clone(),
            log: Log::new(service.name, db.clone()),
            db,
            sealer: Sealer::derive(&self.master_key, service.name, self.clock.clone()),
            peers: self.peers.clone(),
            catalog: self.catalog.clone(),
            stop: self.stop.clone(),
        })
    }
}

/// Whose tokens are believed.
struct Keys {
    jwks: Option<PathBuf>,
    trusted: Verifier,
}

impl Keys {
    fn read(&self) -> Result<Verifier, Refused> {
        let Some(path) = &self.jwks else { return Ok(self.trusted.clone()) };
        let text = std::fs::read_to_string(path).map_err(|error| format!("{}: {error}", path.display()))?;
        self.trusted.clone().and_parse(&text).map_err(|error| format!("{}: {error}", path.display()))
    }

    /// What the file holds now, to see whether it changed.
    fn stamp(&self) -> Vec<u8> {
        self.jwks.as_ref().and_then(|path| std::fs::read(path).ok()).unwrap_or_default()
    }
}

fn trusted(development: Option<&Issuer>, own: &Issuer) -> Verifier {
    development.into_iter().chain([own]).fold(Verifier::default(), |verifier, issuer| verifier.trusting(issuer.public_key()))
}

/// The other services, and with what this process proves itself to them. Within the process, the key made at the start is enough.
fn peers(settings: &Settings, own: Issuer) -> Result<Peers, Refused> {
    let remote: HashMap<_, _> = settings
        .peers
        .iter()
        .map(|(name, address)| match Peers::channel(address) {
            Ok(channel) => Ok((name.clone(), channel)),
            Err(error) => Err(format!("address of {name} ({address}): {error}")),
        })
        .collect::<Result<_, _>>()?;
    let (clock, given) = (settings.clock.clone(), settings.service_token.clone());
    // Other processes know the development issuer where it is trusted; the key of this process only this process knows.
    let signer = settings.also_trust.clone().unwrap_or(own);
    let token = Arc::new(move || match &given {
        Some(file) => std::fs::read_to_string(file).map(|text| text.trim().to_owned()).unwrap_or_default(),
        None => signer.mint(&Caller::service("sanben"), clock.now(), SERVICE_TOKEN_SECS).unwrap_or_default(),
    });
    Ok(Peers::new(remote, token))
}

/// Asks a process to stop, from wherever.
#[derive(Clone, Debug)]
pub struct Stopper(CancellationToken);

impl Stopper {
    /// Asks it to stop: no new requests, those under way end. `false` if it was asked before.
    pub fn ask(&self) -> bool {
        let first = !self.0.is_cancelled();
        self.0.cancel();
        first
    }
}

impl Running {
    /// What asks it to stop.
    pub fn stopper(&self) -> Stopper {
        Stopper(self.stop.clone())
    }

    /// Waits until it has stopped.
    ///
    /// # Errors
    /// When a part ended on its own, or did not end within the time to drain.
    pub async fn wait(&mut self) -> Result<(), Refused> {
        let early = tokio::select! {
            biased;
            () = self.stop.cancelled() => None,
            ended = self.tasks.join_next() => Some(ended).filter(|_| !self.stop.is_cancelled()),
        };
        self.stop.cancel();
        let drained = tokio::time::timeout(self.drain, async { while self.tasks.join_next().await.is_some() {} }).await;
        self.tasks.abort_all();
        self.peers.set_local(None);
        for db in &self.dbs {
            db.close().await;
        }
        match early {
            Some(Some(Ok(part))) => Err(format!("{part} ended on its own")),
            Some(Some(Err(error))) => Err(format!("a part of the process died: {error}")),
            Some(None) | None => drained.map_err(|_| format!("not everything ended within {} s", self.drain.as_secs())),
        }
    }

    fn serve(&mut self, listener: TcpListener, router: Router) {
        let stop = self.stop.clone();
        self.tasks.spawn(async move {
            let served = axum::serve(listener, router).with_graceful_shutdown(stop.cancelled_owned()).await;
            if let Err(error) = served {
                tracing::error!(%error, "listener failed");
            }
            "listener"
        });
    }

    /// Starts a sequencer a service, and what carries events from each service to its consumers.
    fn follow(&mut self, followers: &[(App, Vec<Consumer>)], nats: Option<Nats>) -> Result<(), Refused> {
        let logs: HashMap<&str, &Log> = followers.iter().map(|(app, _)| (app.service, &app.log)).collect();
        let mut names = HashSet::new();
        for (app, consumers) in followers {
            let (log, stop) = (app.log.clone(), self.stop.clone());
            self.tasks.spawn(async move {
                sequence(log, stop).await;
                "sequencer"
            });
            if let Some(nats) = &nats {
                self.relay(app.log.clone(), Target::Nats(nats.clone()));
            }
            for consumer in consumers {
                assert!(names.insert(consumer.name()), "two consumers are called {}", consumer.name());
                match (&nats, logs.get(consumer.source())) {
                    (Some(nats), _) => self.subscribe(nats.clone(), consumer.clone()),
                    (None, Some(log)) => self.relay((*log).clone(), Target::Local(consumer.clone())),
                    (None, None) => return Err(nobody_carries(app.service, consumer.source())),
                }
                self.retry_blocked(consumer.clone());
            }
        }
        Ok(())
    }

    fn relay(&mut self, log: Log, target: Target) {
        let (relay, stop) = (Relay::new(log, target), self.stop.clone());
        self.tasks.spawn(async move {
            relay.run(stop).await;
            "relay"
        });
    }

    fn subscribe(&mut self, nats: Nats, consumer: Consumer) {
        let (subscription, stop) = (Subscription::new(nats, consumer), self.stop.clone());
        self.tasks.spawn(async move {
            subscription.run(stop).await;
            "subscription"
        });
    }

    /// A start is a look at what was blocked: the program may have been repaired. Tried once.
    fn retry_blocked(&mut self, consumer: Consumer) {
        let stop = self.stop.clone();
        self.tasks.spawn(async move {
            if let Err(fault) = consumer.retry_blocked().await {
                tracing::warn!(consumer = consumer.name(), %fault, "blocked events wait");
            }
            stop.cancelled().await;
            "retry"
        });
    }

    fn watch_stores(&mut self, reporter: HealthReporter, nats: Option<Nats>) {
        let (dbs, stop) = (self.dbs.clone(), self.stop.clone());
        self.tasks.spawn(async move {
            loop {
                let mut alive = nats.as_ref().is_none_or(Nats::is_alive);
                for db in &dbs {
                    alive &= db.is_alive().await;
                }
                reporter.set_service_status("ready", if alive { ServingStatus::Serving } else { ServingStatus::NotServing }).await;
                if !pause(&stop, READY_LOOK_SECS).await {
                    reporter.set_service_status("ready", ServingStatus::NotServing).await;
                    return "readiness";
                }
            }
        });
    }

    fn watch_keys(&mut self, keys: Keys, verifier: Arc<RwLock<Verifier>>) {
        let stop = self.stop.clone();
        self.tasks.spawn(async move {
            let mut seen = keys.stamp();
            while pause(&stop, KEYS_LOOK_SECS).await {
                let now = keys.stamp();
                if now == seen {
                    continue;
                }
                match keys.read() {
                    Ok(read) => *verifier.write().unwrap_or_else(PoisonError::into_inner) = read,
                    Err(error) => tracing::error!(%error, "the changed keys are not used"),
                }
                seen = now;
            }
            "keys"
        });
    }

    fn forget_answers(&mut self, apps: Vec<App>) {
        let stop = self.stop.clone();
        self.tasks.spawn(async move {
            while pause(&stop, FORGET_SECS).await {
                for app in &apps {
                    let now = app.clock.now().micros();
                    if let Err(error) = app.db.write(async |tx: &mut Tx| idempotency::forget(tx, now).await).await {
                        tracing::warn!(service = app.service, %error, "old answers are kept for another hour");
                    }
                }
            }
            "forgetting"
        });
    }
}

fn nobody_carries(service: &str, source: &str) -> Refused {
    format!("{service} follows the events of {source}, which does not run in this process: start both together, or give a broker with --bus")
}

/// Waits; `false` when the process stops.
async fn pause(stop: &CancellationToken, secs: u64) -> bool {
    tokio::select! {
        () = stop.cancelled() => false,
        () = tokio::time::sleep(Duration::from_secs(secs)) => true,
    }
}
