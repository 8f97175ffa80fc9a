use std::fmt;
use std::sync::Arc;

use futures::future::BoxFuture;
use prost::{Message, Name};
use prost_types::{Duration, Timestamp};
use sanben_access::{Access, Matter, Org};
use sanben_bus::{Actor, Consumer, Event, Fault, Log};
use sanben_clock::{Calendar, Clock, Ts};
use sanben_db::{Db, Migrations, Tx};
use sanben_mail::Mailer;
use sanben_proto::kinds::{Act, ErrorReason};
use time::Date;
use time::macros::format_description;
use tokio_util::sync::CancellationToken;
use tonic::service::Routes;
use uuid::Uuid;

use crate::{Call, Catalog, Editions, Error, Peers, Problem, Refusal, Sealer, idempotency};

/// What a UUID looks like, for whoever gave something else.
pub(crate) const EXAMPLE_ID: &str = "018f2f6e-7c1a-7b7e-9a55-0d3c1f4c2b11";

/// What a service is: its name, its schema, its texts, and how it mounts.
#[derive(Clone, Copy, Debug)]
pub struct Service {
    /// The name: of the argument of `sanben up`, of the database or schema, of the peer.
    pub name: &'static str,
    /// The schema, the shared parts first.
    pub migrations: Migrations,
    /// The texts it speaks: zh-CN, en.
    pub texts: (&'static str, &'static str),
    /// What it reads from its store before it answers or hears anything; nothing is served when that fails.
    pub begin: Option<fn(App) -> Beginning>,
    /// Makes its routes and consumers.
    pub mount: fn(App) -> Mounted,
}

/// What a service does first.
pub type Beginning = BoxFuture<'static, Result<(), sanben_db::Error>>;

/// What a service brings into the process.
#[derive(Debug)]
pub struct Mounted {
    /// Its gRPC methods.
    pub routes: Routes,
    /// What it does when others' events arrive.
    pub consumers: Vec<Consumer>,
    /// What it does by itself as long as the process runs.
    pub tasks: Vec<Task>,
}

/// Something that a service does by itself until the process stops. It must end soon after its token is cancelled, and not before.
pub struct Task {
    /// What it is called, for the operator.
    pub name: &'static str,
    run: Box<dyn FnOnce(CancellationToken) -> BoxFuture<'static, ()> + Send>,
}

impl Task {
    /// `run`, which is given the token that ends it.
    pub fn new<F: Future<Output = ()> + Send + 'static>(
        name: &'static str,
        run: impl FnOnce(CancellationToken) -> F + Send + 'static,
    ) -> Task {
        Task { name, run: Box::new(move |stop| Box::pin(run(stop))) }
    }

    pub(crate) fn start(self, stop: CancellationToken) -> BoxFuture<'static, ()> {
        (self.run)(stop)
    }
}

impl fmt::Debug for Task {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Task").field("name", &self.name).finish_non_exhaustive()
    }
}

/// What a use case works with. Cheap to clone.
#[derive(Clone, Debug)]
pub struct App {
    /// The service's name.
    pub service: &'static str,
    /// Time, ids, randomness.
    pub clock: Clock,
    /// Working days, in the edition in force.
    pub editions: Editions,
    /// The unit tree.
    pub org: Arc<Org>,
    /// The policies.
    pub access: Arc<Access>,
    /// The service's store.
    pub db: Db,
    /// The service's events.
    pub log: Log,
    /// Seals what the service gives out or keeps.
    pub sealer: Sealer,
    /// The other services.
    pub peers: Peers,
    /// Texts.
    pub catalog: Catalog,
    /// The way to the mail server, if the process has one.
    pub mailer: Option<Mailer>,
    /// Cancelled when the process stops: long streams end with it.
    pub stop: CancellationToken,
}

impl App {
    /// The working calendar in force.
    pub fn calendar(&self) -> Calendar {
        self.editions.current().calendar
    }

    /// Runs a use case that changes things: one transaction of the idempotency claim, whatever `work` does, and the kept answer. A
    /// repeated request id answers as the first time and does nothing. `work` takes its turn on what it changes before it reads it (see
    /// the `take_turn` of each store), so that two callers do not meet.
    ///
    /// # Errors
    /// What `work` refuses with; `REQUEST_ID_REUSED`; `STALE_ETAG` when somebody else changed the same thing at the same time.
    pub async fn write<T: Message + Default>(
        &self,
        call: &Call,
        work: impl AsyncFnOnce(&mut Tx) -> Result<T, Error>,
    ) -> Result<T, Error> {
        let answer = self
            .db
            .write(async |tx: &mut Tx| {
                let Some(id) = call.request_id else { return work(tx).await };
                if let Some(first) = idempotency::claim(tx, call, id, &self.sealer).await? {
                    return Ok(first);
                }
                let answer = work(tx).await?;
                idempotency::keep(tx, call, id, &self.sealer, &answer).await?;
                Ok(answer)
            })
            .await;
        self.log.wake();
        answer
    }

    /// The answer that was given to this request before, if it is a repetition: for use cases that ask another service first, and
    /// whose checks the first attempt has made untrue.
    ///
    /// # Errors
    /// `REQUEST_ID_REUSED`.
    pub async fn answered<T: Message + Default>(&self, call: &Call) -> Result<Option<T>, Error> {
        let Some(id) = call.request_id else { return Ok(None) };
        self.db.read(async |tx: &mut Tx| idempotency::first_answer(tx, call, id, &self.sealer).await).await
    }

    /// Whether a list of this method may show the caller anything at all: the rules that hold for every matter of their own unit.
    pub fn may_list(&self, call: &Call) -> bool {
        let own = Matter::of(&self.org, [call.caller.unit.as_str()]);
        self.access.may_touch(&self.org, &call.caller, &call.permission, &own)
    }

    /// Lets through what the caller may see. Nothing there and not allowed take the same way and answer alike, so that a sealed thing
    /// cannot be told from one that does not exist.
    ///
    /// # Errors
    /// `NOT_FOUND`.
    pub fn permit<T>(&self, call: &Call, found: Option<T>, matter: impl FnOnce(&T) -> Matter) -> Result<T, Error> {
        let matter = found.as_ref().map_or_else(Matter::nothing, matter);
        let allowed = self.access.may_touch(&self.org, &call.caller, &call.permission, &matter);
        found.filter(|_| allowed).ok_or_else(|| Refusal::not_found().into())
    }
}

/// Refuses an etag that is not the present one; an empty one is always present.
///
/// # Errors
/// `STALE_ETAG`.
pub fn check_etag(etag: &str, revision: i64) -> Result<(), Error> {
    if etag.is_empty() || etag == revision.to_string() { Ok(()) } else { Err(Refusal::stale().into()) }
}

/// Who did something, as the contract has it.
pub fn act(actor: &Actor, at: Ts) -> Act {
    Act {
        person_id: actor.person.clone(),
        unit_id: actor.unit.clone(),
        role: actor.role.clone(),
        tenure_id: actor.tenure.clone().unwrap_or_default(),
        deputy: actor.deputy,
        time: Some(timestamp(at)),
    }
}

/// Reads the message of an event; nothing if the event is of another kind.
///
/// # Errors
/// The event is poisoned when its bytes are not that message.
pub fn heard<M: Message + Name + Default>(event: &Event) -> Result<Option<M>, Fault> {
    if event.kind != M::full_name() {
        return Ok(None);
    }
    M::decode(event.payload.as_slice()).map(Some).map_err(|_| Fault::Poisoned(format!("{} is unreadable", event.kind)))
}

/// Reads a UUID out of an event.
///
/// # Errors
/// The event is poisoned when it is none.
pub fn heard_id(text: &str) -> Result<Uuid, Fault> {
    Uuid::try_parse(text).map_err(|_| Fault::Poisoned("an id in the event is no UUID".to_owned()))
}

/// Reads a UUID field.
///
/// # Errors
/// `INVALID_FIELDS` naming the field.
pub fn parse_id(field: &str, text: &str) -> Result<Uuid, Error> {
    Uuid::try_parse(text).map_err(|_| {
        Refusal::field(ErrorReason::InvalidFields, field, Problem::new("problem-no-uuid").with("example", EXAMPLE_ID)).into()
    })
}

/// Reads a date field, `YYYY-MM-DD`.
///
/// # Errors
/// `INVALID_FIELDS` naming the field, also for days that no calendar has.
pub fn parse_date(field: &str, text: &str) -> Result<Date, Error> {
    Date::parse(text, format_description!("[year]-[month]-[day]"))
        .map_err(|_| Refusal::field(ErrorReason::InvalidFields, field, Problem::new("problem-no-day")).into())
}

/// An instant as the contract has it.
pub fn timestamp(at: Ts) -> Timestamp {
    let micros = at.micros();
    Timestamp {
        seconds: micros.div_euclid(1_000_000),
        nanos: i32::try_from(micros.rem_euclid(1_000_000) * 1000).unwrap_or_default(),
    }
}

/// So many microseconds, as the contract writes a duration.
pub fn duration(micros: i64) -> Duration {
    Duration { seconds: micros / 1_000_000, nanos: i32::try_from(micros % 1_000_000 * 1000).unwrap_or_default() }
}

/// An instant from the contract.
pub fn parse_time(at: &Timestamp) -> Ts {
    Ts::from_micros(at.seconds.saturating_mul(1_000_000).saturating_add(i64::from(at.nanos) / 1000))
}
