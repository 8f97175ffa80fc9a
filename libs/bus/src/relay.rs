use std::time::Duration;

use sanben_clock::Ts;
use sanben_db::{Error, Tx, execute, fetch_all, fetch_one, fetch_optional, from_row};
use tokio_util::sync::CancellationToken;

use crate::consumer::DELIVERIES_MAX;
use crate::{Consumer, Event, Fault, Log, Nats};

const BATCH_MAX: i64 = 100;
/// Without news, it looks all the same: the target may have lost what it was given.
const LOOK_MS: u64 = 10_000;
const RETRY_MS_MIN: u64 = 50;
const RETRY_MS_MAX: u64 = 5_000;

/// Where a relay leads.
#[derive(Clone, Debug)]
pub enum Target {
    /// A consumer of the same process.
    Local(Consumer),
    /// The broker of a fleet.
    Nats(Nats),
}

impl Target {
    /// What it is called: its consumer's name, or that of the broker.
    pub fn name(&self) -> &'static str {
        match self {
            Target::Local(consumer) => consumer.name(),
            Target::Nats(_) => "nats",
        }
    }

    /// What its cursor is called.
    async fn cursor(&self) -> Result<String, Fault> {
        match self {
            Target::Local(consumer) => Ok(consumer.name().to_owned()),
            Target::Nats(nats) => nats.cursor().await,
        }
    }

    async fn deliver(&self, event: Event) -> Result<(), Fault> {
        match self {
            Target::Local(consumer) => consumer.apply(event).await.map(drop),
            Target::Nats(nats) => nats.publish(&event).await,
        }
    }

    /// After too many failures a consumer sets its event aside; a broker is waited for, since it takes any event or none.
    async fn give_up(&self, event: &Event, fault: Fault) -> Result<(), Fault> {
        match self {
            Target::Local(consumer) => consumer.set_aside(event, &fault).await,
            Target::Nats(_) => Err(fault),
        }
    }
}

/// What waits to be handed on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Backlog {
    /// How many events.
    pub count: i64,
    /// When the oldest of them happened.
    pub oldest: Option<Ts>,
}

/// Hands the events of one log to one target, in order of position, at least once.
#[derive(Debug)]
pub struct Relay {
    log: Log,
    target: Target,
}

struct Positioned {
    position: i64,
    event: Event,
}

from_row!(Positioned { position, ..event });

impl Relay {
    /// From `log` to `target`; a consumer must be one of that log's service.
    pub fn new(log: Log, target: Target) -> Relay {
        Relay { log, target }
    }

    /// Relays until `stop`. While the target or the store is away it tries again, at most every five seconds.
    pub async fn run(self, stop: CancellationToken) {
        let mut head = self.log.follow();
        let (mut retry_ms, mut failures) = (RETRY_MS_MIN, 0);
        while !stop.is_cancelled() {
            // Marked before the look, so that what comes during it wakes the next one.
            head.mark_unchanged();
            let wait_ms = match self.relay_batch(&mut failures).await {
                Ok(BATCH_MAX) => {
                    retry_ms = RETRY_MS_MIN;
                    continue;
                }
                Ok(_) => {
                    retry_ms = RETRY_MS_MIN;
                    LOOK_MS
                }
                Err(fault) => {
                    tracing::warn!(source = self.log.service(), target = self.target.name(), %fault, "relay waits");
                    retry_ms = (retry_ms * 2).min(RETRY_MS_MAX);
                    retry_ms
                }
            };
            tokio::select! {
                () = stop.cancelled() => return,
                changed = head.changed(), if wait_ms == LOOK_MS => if changed.is_err() { return },
                () = tokio::time::sleep(Duration::from_millis(wait_ms)) => {}
            }
        }
    }

    /// How many events were handed on. `failures`: how often the first of them could not be, in a row.
    async fn relay_batch(&self, failures: &mut i64) -> Result<i64, Fault> {
        let cursor = self.target.cursor().await?;
        let cursor = cursor.as_str();
        let events = self.log.db().read(async |tx: &mut Tx| after_cursor(tx, cursor).await).await?;
        let mut relayed = 0;
        let mut outcome = Ok(());
        let mut reached = None;
        for Positioned { position, event } in events {
            outcome = match self.target.deliver(event.clone()).await {
                Err(fault) if *failures + 1 >= DELIVERIES_MAX => self.target.give_up(&event, fault).await,
                other => other,
            };
            if outcome.is_err() {
                *failures += 1;
                break;
            }
            *failures = 0;
            reached = Some(position);
            relayed += 1;
        }
        if let Some(position) = reached {
            self.log.db().write(async |tx: &mut Tx| move_cursor(tx, cursor, position).await).await?;
        }
        outcome.map(|()| relayed)
    }
}

/// How much of `log` waits to be handed on to `target`.
///
/// # Errors
/// When the store fails.
pub async fn backlog(log: &Log, target: &Target) -> Result<Backlog, Error> {
    let name = target.name();
    log.db()
        .read(async |tx: &mut Tx| {
            let cursor = match target {
                Target::Local(_) => fetch_optional!(tx, (i64,), "SELECT position FROM relay_cursor WHERE target = $1", name)?,
                // The stream that was last seen; before one was, that which was made last.
                Target::Nats(nats) => match nats.last_cursor() {
                    Some(cursor) => fetch_optional!(tx, (i64,), "SELECT position FROM relay_cursor WHERE target = $1", cursor)?,
                    None => fetch_optional!(
                        tx,
                        (i64,),
                        "SELECT position FROM relay_cursor WHERE target <> $1 ORDER BY target DESC LIMIT 1",
                        name,
                    )?,
                },
            };
            let cursor = cursor.map_or(0, |(position,)| position);
            let (placed, unplaced, oldest_placed, oldest_unplaced) = fetch_one!(
                tx,
                (i64, i64, Option<i64>, Option<i64>),
                "SELECT (SELECT position FROM log_head WHERE one = 1),
                        (SELECT COUNT(*) FROM events WHERE position IS NULL),
                        (SELECT occur_time FROM events WHERE position > $1 ORDER BY position LIMIT 1),
                        (SELECT MIN(occur_time) FROM events WHERE position IS NULL)",
                cursor,
            )?;
            let oldest = oldest_placed.into_iter().chain(oldest_unplaced).min();
            Ok(Backlog { count: placed - cursor + unplaced, oldest: oldest.map(Ts::from_micros) })
        })
        .await
}

async fn after_cursor(tx: &mut Tx, target: &str) -> Result<Vec<Positioned>, Error> {
    let cursor = fetch_optional!(tx, (i64,), "SELECT position FROM relay_cursor WHERE target = $1", target)?;
    fetch_all!(
        tx,
        Positioned,
        "SELECT position, event_id, aggregate, aggregate_id, revision, type, payload, traceparent, occur_time
         FROM events
         WHERE position > $1
         ORDER BY position
         LIMIT $2",
        cursor.map_or(0, |(position,)| position),
        BATCH_MAX,
    )
}

async fn move_cursor(tx: &mut Tx, target: &str, position: i64) -> Result<(), Error> {
    execute!(
        tx,
        "INSERT INTO relay_cursor (target, position) VALUES ($1, $2)
         ON CONFLICT (target) DO UPDATE SET position = excluded.position WHERE relay_cursor.position < excluded.position",
        target,
        position,
    )?;
    Ok(())
}

#[cfg(test)]
mod tests;
