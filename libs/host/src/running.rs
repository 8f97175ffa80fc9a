use std::collections::{HashMap, HashSet};
use std::net::SocketAddr;
use std::sync::{Arc, PoisonError, RwLock};
use std::time::Duration;

use axum::Router;
use sanben_access::Verifier;
use sanben_bus::{Consumer, Log, Nats, Relay, Subscription, Target, sequence};
use sanben_clock::Clock;
use sanben_db::{Db, Tx};
use tokio::net::TcpListener;
use tokio::task::JoinSet;
use tokio_util::sync::CancellationToken;
use tonic_health::ServingStatus;
use tonic_health::server::HealthReporter;

use crate::figures::Figures;
use crate::host::{Keys, Refused};
use crate::{App, Peers, Task, idempotency, listener};

const READY_LOOK_SECS: u64 = 2;
/// A store that takes longer is away.
const ALIVE_SECS_MAX: u64 = 3;
/// How soon what an operator asks for is tried.
const ASKED_LOOK_SECS: u64 = 2;
/// Every so many looks, everything that was set aside is tried.
const ASKED_LOOKS_PER_ROUND: u64 = 30;
const KEYS_LOOK_SECS: u64 = 30;
const FORGET_SECS: u64 = 3600;

/// The process while it runs.
#[derive(Debug)]
pub struct Running {
    /// Where it listens.
    pub address: SocketAddr,
    /// Asked to stop.
    pub(crate) leave: CancellationToken,
    /// Stopping: nothing new is begun.
    pub(crate) stop: CancellationToken,
    pub(crate) tasks: JoinSet<&'static str>,
    pub(crate) peers: Peers,
    pub(crate) dbs: Vec<Db>,
    pub(crate) notice: Duration,
    pub(crate) drain: Duration,
}

/// Asks a process to stop, from wherever.
#[derive(Clone, Debug)]
pub struct Stopper(CancellationToken);

impl Stopper {
    /// Asks it to stop: readiness falls, and after the notice there are no new requests and those under way end. `false` if it was
    /// asked before.
    pub fn ask(&self) -> bool {
        let first = !self.0.is_cancelled();
        self.0.cancel();
        first
    }
}

impl Running {
    /// What asks it to stop.
    pub fn stopper(&self) -> Stopper {
        Stopper(self.leave.clone())
    }

    /// Waits until it has stopped.
    ///
    /// # Errors
    /// When a part ended on its own, or did not end within the time to drain.
    pub async fn wait(&mut self) -> Result<(), Refused> {
        let mut early = tokio::select! {
            biased;
            () = self.leave.cancelled() => None,
            ended = self.tasks.join_next() => Some(ended),
        };
        self.leave.cancel();
        if early.is_none() {
            early = tokio::time::timeout(self.notice, self.tasks.join_next()).await.ok();
        }
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

    pub(crate) fn serve(&mut self, listener: TcpListener, router: Router) {
        let stop = self.stop.clone();
        self.tasks.spawn(async move {
            listener::serve(listener, router, stop).await;
            "listener"
        });
    }

    /// Starts a sequencer a service, and what carries events from each service to its consumers.
    pub(crate) fn follow(&mut self, followers: &[(App, Vec<Consumer>)], nats: Option<Nats>, clock: &Clock) -> Result<(), Refused> {
        let mut figures = Figures { clock: clock.clone(), relays: Vec::new(), consumers: Vec::new() };
        let logs: HashMap<&str, &Log> = followers.iter().map(|(app, _)| (app.service, &app.log)).collect();
        let mut names = HashSet::new();
        for (app, consumers) in followers {
            let (log, stop) = (app.log.clone(), self.stop.clone());
            self.tasks.spawn(async move {
                sequence(log, stop).await;
                "sequencer"
            });
            if let Some(nats) = &nats {
                figures.relays.push((app.log.clone(), Target::Nats(nats.clone())));
            }
            for consumer in consumers {
                assert!(names.insert(consumer.name()), "two consumers are called {}", consumer.name());
                match (&nats, logs.get(consumer.source())) {
                    (Some(nats), _) => self.subscribe(nats.clone(), consumer.clone()),
                    (None, Some(log)) => figures.relays.push(((*log).clone(), Target::Local(consumer.clone()))),
                    (None, None) => return Err(nobody_carries(app.service, consumer.source())),
                }
                figures.consumers.push((consumer.name(), app.log.clone()));
                self.retry_blocked(consumer.clone());
            }
        }
        for (log, target) in &figures.relays {
            self.relay(log.clone(), target.clone());
        }
        self.work(vec![Task::new("figures", |stop| figures.run(stop))]);
        Ok(())
    }

    /// Starts what services do by themselves.
    pub(crate) fn work(&mut self, tasks: Vec<Task>) {
        for task in tasks {
            let (name, stop) = (task.name, self.stop.clone());
            self.tasks.spawn(async move {
                task.start(stop).await;
                name
            });
        }
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

    /// Tries what was set aside again: at the start, when the program may have been repaired, now and then, and when an operator asks.
    fn retry_blocked(&mut self, consumer: Consumer) {
        let stop = self.stop.clone();
        self.tasks.spawn(async move {
            let mut looks = 0;
            loop {
                let in_full = looks % ASKED_LOOKS_PER_ROUND == 0;
                let tried = async { if in_full { consumer.retry_blocked().await } else { consumer.retry_asked().await } };
                let tried = tokio::select! {
                    () = stop.cancelled() => return "retry",
                    tried = tried => tried,
                };
                match tried {
                    Ok(waiting) if in_full && waiting > 0 => {
                        tracing::error!(consumer = consumer.name(), waiting, "dead letters wait: see `sanben letters list`");
                    }
                    Ok(_) => {}
                    Err(fault) => tracing::warn!(consumer = consumer.name(), %fault, "dead letters wait"),
                }
                looks += 1;
                if !pause(&stop, ASKED_LOOK_SECS).await {
                    return "retry";
                }
            }
        });
    }

    /// Keeps the health service true: `bus` while the broker answers, `ready` while stores and broker do and nobody asked to stop.
    pub(crate) fn watch_health(&mut self, reporter: HealthReporter, nats: Option<Nats>) {
        let (dbs, leave, stop) = (self.dbs.clone(), self.leave.clone(), self.stop.clone());
        self.tasks.spawn(async move {
            loop {
                let (stores, bus) = (are_alive(&dbs).await, nats.as_ref().is_none_or(Nats::is_alive));
                reporter.set_service_status("bus", status(bus)).await;
                reporter.set_service_status("ready", status(stores && bus)).await;
                if !pause(&leave, READY_LOOK_SECS).await {
                    reporter.set_service_status("ready", ServingStatus::NotServing).await;
                    stop.cancelled().await;
                    return "readiness";
                }
            }
        });
    }

    pub(crate) fn watch_keys(&mut self, keys: Keys, verifier: Arc<RwLock<Verifier>>) {
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

    pub(crate) fn forget_answers(&mut self, apps: Vec<App>) {
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

async fn are_alive(dbs: &[Db]) -> bool {
    let all = futures::future::join_all(dbs.iter().map(Db::is_alive));
    tokio::time::timeout(Duration::from_secs(ALIVE_SECS_MAX), all).await.is_ok_and(|alive| alive.into_iter().all(|alive| alive))
}

fn status(serving: bool) -> ServingStatus {
    if serving { ServingStatus::Serving } else { ServingStatus::NotServing }
}

fn nobody_carries(service: &str, source: &str) -> Refused {
    format!(
        "{service} follows the events of {source}, which does not run in this process: start both together, or give a broker with --bus"
    )
}

/// Waits; `false` when the process stops.
async fn pause(stop: &CancellationToken, secs: u64) -> bool {
    tokio::select! {
        () = stop.cancelled() => false,
        () = tokio::time::sleep(Duration::from_secs(secs)) => true,
    }
}
