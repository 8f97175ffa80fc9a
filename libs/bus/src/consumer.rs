//! Applies each event of another service exactly once, in order. The rules for whoever writes one:
//!
//! * A consumer is given every event of its source, and answers with an effect; [`ignore`](crate::ignore) is one.
//! * Ask other services before the effect, never in it: the effect is SQL in the consumer's own transaction, together with the mark
//!   that the event was applied.
//! * Expect the world to have moved on: what you ask is answered as it is now, not as it was at the event.
//! * Something that is away is [`Fault::Away`], and the event comes again. Something that can never work is [`Fault::Poisoned`]:
//!   the event is set aside and blocks its own aggregate only, and is tried again every minute and at the start. It is logged as an
//!   error, and listed by `sanben letters list`. So is an event that was away twenty times in a row.
//! * Whoever changes something takes a turn on it first (`take_turn` of each store), so that two do not meet.
//! * Order holds within one aggregate, not between two. What you hear of a case may come before what you hear of its submission.
//! * A consumer's name (`ledger-on-intake`) is what its progress is kept under. Don't rename it: it would hear everything again.

use std::fmt;
use std::panic::AssertUnwindSafe;
use std::sync::Arc;

use futures::FutureExt as _;
use futures::future::BoxFuture;
use sanben_db::{Error, Tx, execute, fetch_all, fetch_optional};
use tracing::Instrument as _;
use uuid::Uuid;

use crate::{Event, Log, trace};

/// An event that was away so often is set aside, so that it holds nobody up any more.
pub(crate) const DELIVERIES_MAX: i64 = 20;
/// Of what was set aside, one round tries so many that are away: behind them everything is likely to be.
const AWAY_MAX: usize = 3;

/// Why an event could not be applied.
#[derive(Debug, thiserror::Error)]
pub enum Fault {
    /// Something is away; the same event is tried again.
    #[error("away: {0}")]
    Away(String),
    /// The event itself cannot be applied, now or later; its aggregate waits until somebody looks at it.
    #[error("poisoned: {0}")]
    Poisoned(String),
}

impl From<Error> for Fault {
    fn from(error: Error) -> Fault {
        match error {
            Error::Corrupt(_) => Fault::Poisoned(error.to_string()),
            Error::Conflict | Error::Engine(_) | Error::Address(_) | Error::Migrate(_) => Fault::Away(error.to_string()),
        }
    }
}

/// What applying an event does, in the consumer's own transaction.
pub type Effect = Box<dyn for<'t> FnOnce(&'t mut Tx) -> BoxFuture<'t, Result<(), Fault>> + Send>;

/// The effect of an event that does not concern the consumer.
pub fn ignore() -> Effect {
    Box::new(|_| Box::pin(async { Ok(()) }))
}

/// What became of a delivery.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Applied {
    /// Applied now, with whatever was parked behind it.
    Now,
    /// Applied before; nothing was done.
    Before,
    /// Came too early, or its aggregate is blocked: parked.
    Parked,
    /// Cannot be applied: parked, and its aggregate is blocked.
    Blocked,
}

type Handler = Arc<dyn Fn(Event) -> BoxFuture<'static, Result<Effect, Fault>> + Send + Sync>;

/// Applies the events of one service to another, each exactly once, in order of revision within an aggregate.
#[derive(Clone)]
pub struct Consumer {
    name: &'static str,
    source: &'static str,
    log: Log,
    handler: Handler,
}

impl fmt::Debug for Consumer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Consumer").field("name", &self.name).field("source", &self.source).finish_non_exhaustive()
    }
}

struct Progress {
    revision: i64,
    blocked: bool,
}

impl Consumer {
    /// A consumer called `name` (unique and stable: what was applied is remembered under it) of the events of `source`, applying them
    /// to the service that `log` belongs to. `handler` is given every event of the source and works out its effect; it may ask other
    /// services, but changes things only in the effect.
    pub fn new<F>(
        name: &'static str,
        source: &'static str,
        log: Log,
        handler: impl Fn(Event) -> F + Send + Sync + 'static,
    ) -> Consumer
    where
        F: Future<Output = Result<Effect, Fault>> + Send + 'static,
    {
        Consumer { name, source, log, handler: Arc::new(move |event| Box::pin(handler(event))) }
    }

    /// Its name.
    pub fn name(&self) -> &'static str {
        self.name
    }

    /// Whose events it consumes.
    pub fn source(&self) -> &'static str {
        self.source
    }

    /// Applies one delivery; safe to call again with the same event.
    ///
    /// # Errors
    /// [`Fault::Away`] only: the delivery must be repeated.
    pub async fn apply(&self, event: Event) -> Result<Applied, Fault> {
        let aggregate_id = event.aggregate_id;
        let progress = self.progress(aggregate_id).await?;
        let applied = if event.revision <= progress.revision {
            Applied::Before
        } else if progress.blocked || event.revision > progress.revision + 1 {
            self.park(&event, None).await?;
            Applied::Parked
        } else {
            self.apply_next(event).await?
        };
        // Whatever became of this one: an earlier attempt may have ended before it came to what is parked, and while this one was being
        // parked another replica may have come as far as it.
        self.apply_parked(aggregate_id, false).await?;
        Ok(applied)
    }

    /// Tries again what was set aside, as after a repaired program was started; how many aggregates still wait.
    ///
    /// # Errors
    /// [`Fault::Away`] when the store does not answer.
    pub async fn retry_blocked(&self) -> Result<usize, Fault> {
        self.retry(self.waiting().await?).await?;
        Ok(self.waiting().await?.len())
    }

    /// Tries again what an operator asked for (see [`crate::replay`]); how many aggregates that were.
    ///
    /// # Errors
    /// [`Fault::Away`] when the store does not answer.
    pub async fn retry_asked(&self) -> Result<usize, Fault> {
        let name = self.name;
        let asked = self
            .log
            .db()
            .read(async |tx: &mut Tx| {
                fetch_all!(
                    tx,
                    (Uuid,),
                    "SELECT aggregate_id FROM inbox WHERE consumer = $1 AND blocked <> '' AND replay = 1 LIMIT 1000",
                    name,
                )
            })
            .await?;
        let count = asked.len();
        self.retry(asked).await?;
        Ok(count)
    }

    async fn retry(&self, aggregates: Vec<(Uuid,)>) -> Result<(), Fault> {
        let mut away = 0;
        for (aggregate_id,) in aggregates {
            if let Err(fault) = self.apply_parked(aggregate_id, true).await {
                tracing::warn!(consumer = self.name, %aggregate_id, %fault, "still blocked");
                away += 1;
                if away == AWAY_MAX {
                    break;
                }
            }
        }
        Ok(())
    }

    /// Sets aside an event that was away time and again: parks it and blocks its aggregate. One that is applied by now is left alone.
    ///
    /// # Errors
    /// [`Fault::Away`] when the store does not answer.
    pub(crate) async fn set_aside(&self, event: &Event, fault: &Fault) -> Result<(), Fault> {
        if event.revision <= self.progress(event.aggregate_id).await?.revision {
            return Ok(());
        }
        tracing::error!(consumer = self.name, event.id = %event.id, event.kind, %fault, "event is set aside");
        Ok(self.park(event, Some(&fault.to_string())).await?)
    }

    /// Aggregates with a parked event whose turn it is: blocked ones, and those where something was away behind a blocked event; at
    /// most a thousand, those that were tried least first.
    async fn waiting(&self) -> Result<Vec<(Uuid,)>, Error> {
        let name = self.name;
        self.log
            .db()
            .read(async |tx: &mut Tx| {
                fetch_all!(
                    tx,
                    (Uuid,),
                    "SELECT p.aggregate_id
                     FROM inbox_parked AS p
                     LEFT JOIN inbox AS i ON i.consumer = p.consumer AND i.aggregate_id = p.aggregate_id
                     WHERE p.consumer = $1 AND p.revision = COALESCE(i.revision, 0) + 1
                     ORDER BY COALESCE(i.tries, 0), p.aggregate_id
                     LIMIT 1000",
                    name,
                )
            })
            .await
    }

    async fn apply_next(&self, event: Event) -> Result<Applied, Fault> {
        let span = tracing::info_span!(
            "consume",
            otel.name = format!("{} {}", self.name, event.kind),
            otel.kind = "consumer",
            event.id = %event.id,
        );
        trace::adopt(&span, &event.traceparent);
        let attempt = async {
            let effect = (self.handler)(event.clone()).await?;
            let (name, aggregate_id, revision) = (self.name, event.aggregate_id, event.revision);
            self.log
                .db()
                .write(async |tx: &mut Tx| {
                    if !advance(tx, name, aggregate_id, revision).await? {
                        return Ok(Applied::Before);
                    }
                    effect(tx).await?;
                    Ok(Applied::Now)
                })
                .await
        };
        // A panic is a defect that this event meets, and must not stop the others.
        let attempt = AssertUnwindSafe(attempt.instrument(span)).catch_unwind().await;
        match attempt.unwrap_or_else(|_| Err(Fault::Poisoned("the handler panicked".to_owned()))) {
            Ok(applied) => {
                self.log.wake();
                Ok(applied)
            }
            Err(Fault::Poisoned(why)) => {
                tracing::error!(consumer = self.name, event.id = %event.id, event.kind, why, "event cannot be applied: set aside");
                self.park(&event, Some(&why)).await?;
                Ok(Applied::Blocked)
            }
            Err(away) => Err(away),
        }
    }

    /// Applies what is parked and due, one after the other; in a blocked aggregate only if `even_blocked`.
    async fn apply_parked(&self, aggregate_id: Uuid, even_blocked: bool) -> Result<(), Fault> {
        let name = self.name;
        loop {
            let next: Option<(String, String)> = self
                .log
                .db()
                .read(async |tx: &mut Tx| {
                    fetch_optional!(
                        tx,
                        (String, String),
                        "SELECT p.event, COALESCE(i.blocked, '')
                         FROM inbox_parked AS p
                         LEFT JOIN inbox AS i ON i.consumer = p.consumer AND i.aggregate_id = p.aggregate_id
                         WHERE p.consumer = $1 AND p.aggregate_id = $2 AND p.revision = COALESCE(i.revision, 0) + 1
                           AND ($3 OR COALESCE(i.blocked, '') = '')",
                        name,
                        aggregate_id,
                        even_blocked,
                    )
                })
                .await?;
            let Some((json, blocked)) = next else { return Ok(()) };
            let Ok(event) = serde_json::from_str::<Event>(&json) else {
                tracing::error!(consumer = name, %aggregate_id, "a parked event is unreadable: its aggregate waits");
                return Ok(());
            };
            match self.apply_next(event.clone()).await {
                Ok(Applied::Now) => {}
                Ok(_) => return Ok(()),
                Err(fault) => {
                    if !blocked.is_empty() {
                        self.park(&event, Some(&fault.to_string())).await?;
                    }
                    return Err(fault);
                }
            }
        }
    }

    async fn progress(&self, aggregate_id: Uuid) -> Result<Progress, Error> {
        let name = self.name;
        let row: Option<(i64, String)> = self
            .log
            .db()
            .read(async |tx: &mut Tx| {
                fetch_optional!(
                    tx,
                    (i64, String),
                    "SELECT revision, blocked FROM inbox WHERE consumer = $1 AND aggregate_id = $2",
                    name,
                    aggregate_id,
                )
            })
            .await?;
        Ok(row.map_or(Progress { revision: 0, blocked: false }, |(revision, why)| Progress { revision, blocked: !why.is_empty() }))
    }

    /// Keeps an event for later; `why` blocks its aggregate, unless another replica could apply it.
    async fn park(&self, event: &Event, why: Option<&str>) -> Result<(), Error> {
        let name = self.name;
        let json = serde_json::to_string(event).map_err(|_| Error::Corrupt("event"))?;
        self.log
            .db()
            .write(async |tx: &mut Tx| {
                execute!(
                    tx,
                    "INSERT INTO inbox_parked (consumer, aggregate_id, revision, event) VALUES ($1, $2, $3, $4)
                     ON CONFLICT (consumer, aggregate_id, revision) DO NOTHING",
                    name,
                    event.aggregate_id,
                    event.revision,
                    json.as_str(),
                )?;
                if let Some(why) = why {
                    execute!(
                        tx,
                        "INSERT INTO inbox (consumer, aggregate_id, revision, blocked, tries) VALUES ($1, $2, $3, $4, 1)
                         ON CONFLICT (consumer, aggregate_id)
                         DO UPDATE SET blocked = excluded.blocked, tries = inbox.tries + 1, replay = 0
                         WHERE inbox.revision = excluded.revision",
                        name,
                        event.aggregate_id,
                        event.revision - 1,
                        why,
                    )?;
                }
                Ok(())
            })
            .await
    }
}

/// Remembers that `revision` is applied and forgets that it was parked; `false` if it was applied before.
async fn advance(tx: &mut Tx, consumer: &str, aggregate_id: Uuid, revision: i64) -> Result<bool, Error> {
    let moved = execute!(
        tx,
        "INSERT INTO inbox (consumer, aggregate_id, revision, blocked) VALUES ($1, $2, $3, '')
         ON CONFLICT (consumer, aggregate_id)
         DO UPDATE SET revision = excluded.revision, blocked = '', tries = 0, replay = 0
         WHERE inbox.revision < excluded.revision",
        consumer,
        aggregate_id,
        revision,
    )?;
    execute!(
        tx,
        "DELETE FROM inbox_parked WHERE consumer = $1 AND aggregate_id = $2 AND revision <= $3",
        consumer,
        aggregate_id,
        revision,
    )?;
    Ok(moved == 1)
}
