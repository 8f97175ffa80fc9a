use std::collections::HashMap;
use std::net::SocketAddr;
use std::path::PathBuf;
use std::sync::{Arc, RwLock};
use std::time::Duration;

use sanben_access::{Access, Caller, Issuer, Org, Verifier};
use sanben_bus::{Log, Nats};
use sanben_clock::Clock;
use sanben_db::Db;
use sanben_mail::Mailer;
use tokio::net::TcpListener;
use tokio::task::JoinSet;
use tokio_util::sync::CancellationToken;

use crate::gate::Gate;
use crate::running::Running;
use crate::{App, Asset, Catalog, Contract, Editions, Mounted, Peers, Replicas, Sealer, Service, server};

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
    /// Where the store of a service is, as [`Db::open`] reads it.
    pub fn address(&self, service: &str) -> String {
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
    /// Addresses of services that run elsewhere, as [`Replicas::at`] reads them.
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
    /// The mail server, if notices go out by mail.
    pub mailer: Option<Mailer>,
    /// Time.
    pub clock: Clock,
    /// How long the process still accepts requests after it was asked to stop and says so (readiness), so that balancers notice.
    pub notice_secs: u64,
    /// How long requests under way may then take to end.
    pub drain_secs: u64,
}

/// The process before it runs.
#[derive(Debug)]
pub struct Host {
    settings: Settings,
    services: Vec<Service>,
    assets: &'static [Asset],
}

/// What could not be done at the start, in words for the operator.
pub(crate) type Refused = String;

impl Host {
    /// A process of these services.
    pub fn new(settings: Settings, services: Vec<Service>) -> Host {
        Host { settings, services, assets: &[] }
    }

    /// Serves these files too.
    #[must_use]
    pub fn serving(self, assets: &'static [Asset]) -> Host {
        Host { assets, ..self }
    }

    /// Binds, migrates, serves.
    ///
    /// # Errors
    /// What was not possible, in words for the operator.
    pub async fn start(self) -> Result<Running, Refused> {
        let Host { settings, services, assets } = self;
        let listener =
            TcpListener::bind(settings.listen).await.map_err(|error| format!("cannot listen on {}: {error}", settings.listen))?;
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
            mailer: settings.mailer,
            master_key: settings.master_key,
            stop: CancellationToken::new(),
        };
        let mut apps = Vec::new();
        for service in &services {
            let app = shared.open(service, &settings.database).await?;
            if let Some(begin) = service.begin {
                begin(app.clone()).await.map_err(|error| format!("{}: {error}", service.name))?;
            }
            apps.push((service, app));
        }
        let mounted: Vec<(App, Mounted)> = apps.into_iter().map(|(service, app)| (app.clone(), (service.mount)(app))).collect();
        let gate = Gate {
            contract: Contract::shipped(),
            verifier: verifier.clone(),
            access: shared.access.clone(),
            org: shared.org.clone(),
            clock: settings.clock.clone(),
            catalog: catalog.clone(),
            places: Gate::places(),
            hash_key: Sealer::key_of(&settings.master_key, "message hashes"),
        };
        let nats = match &settings.nats {
            None => None,
            Some(address) => Some(Nats::connect(address).await?),
        };
        let mut running = Running {
            address,
            leave: CancellationToken::new(),
            stop: shared.stop.clone(),
            tasks: JoinSet::new(),
            peers: peers.clone(),
            dbs: mounted.iter().map(|(app, _)| app.db.clone()).collect(),
            notice: Duration::from_secs(settings.notice_secs),
            drain: Duration::from_secs(settings.drain_secs),
        };
        let (mut routes, mut followers, mut tasks) = (Vec::new(), Vec::new(), Vec::new());
        for (app, part) in mounted {
            routes.push(part.routes);
            followers.push((app, part.consumers));
            tasks.extend(part.tasks);
        }
        let gated = server::gated(routes, gate);
        peers.set_local(Some(gated.clone()));
        let (reporter, health) = server::health().await;
        let router = server::public(gated, health, catalog, assets).map_err(|error| error.to_string())?;
        let broker = nats.clone();
        running.serve(listener, router);
        running.follow(&followers, nats, &settings.clock)?;
        running.work(tasks);
        running.watch_health(reporter, broker);
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
    mailer: Option<Mailer>,
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
            editions: Editions::shipped(),
            org: self.org.clone(),
            access: self.access.clone(),
            log: Log::new(service.name, db.clone()),
            db,
            sealer: Sealer::derive(&self.master_key, service.name, self.clock.clone()),
            peers: self.peers.clone(),
            catalog: self.catalog.clone(),
            mailer: self.mailer.clone(),
            stop: self.stop.clone(),
        })
    }
}

/// Whose tokens are believed.
pub(crate) struct Keys {
    jwks: Option<PathBuf>,
    trusted: Verifier,
}

impl Keys {
    pub(crate) fn read(&self) -> Result<Verifier, Refused> {
        let Some(path) = &self.jwks else { return Ok(self.trusted.clone()) };
        let text = std::fs::read_to_string(path).map_err(|error| format!("{}: {error}", path.display()))?;
        self.trusted.clone().and_parse(&text).map_err(|error| format!("{}: {error}", path.display()))
    }

    /// What the file holds now, to see whether it changed.
    pub(crate) fn stamp(&self) -> Vec<u8> {
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
        .map(|(name, addresses)| match Replicas::at(addresses) {
            Ok(replicas) => Ok((name.clone(), replicas)),
            Err(error) => Err(format!("address of {name}: {error}")),
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
