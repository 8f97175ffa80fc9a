use std::fmt;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use async_nats::HeaderMap;
use async_nats::jetstream::consumer::pull;
use async_nats::jetstream::consumer::{AckPolicy, DeliverPolicy, PullConsumer};
use async_nats::jetstream::{AckKind, Context, Message, stream};
use futures::StreamExt as _;
use tokio_util::sync::CancellationToken;
use uuid::Uuid;

use crate::consumer::DELIVERIES_MAX;
use crate::{Consumer, Event, Fault};

/// The one stream; subjects are the full name of the message and the aggregate's id.
const STREAM: &str = "SANBEN";
const SUBJECTS: &str = "sanben.>";
/// Within this time the broker recognises an event that is sent again; later, the consumer does.
const DUPLICATES_SECS: u64 = 3600;
/// What a replica took and did not acknowledge is given to another after this; whoever is only slow is applied once all the same.
const ACK_SECS_MAX: u64 = 10;
const AWAIT_SECS_MAX: u64 = 10;
/// Handled one by one within [`ACK_SECS_MAX`].
const PREFETCH_MAX: usize = 8;
const RETRY_MS: u64 = 1000;
/// An event that could not be applied comes again after a second, then after twice as long each time, at most after so long.
const AGAIN_SECS_MAX: u64 = 30;

const AGGREGATE: &str = "Sanben-Aggregate";
const AGGREGATE_ID: &str = "Sanben-Aggregate-Id";
const REVISION: &str = "Sanben-Revision";
const TYPE: &str = "Sanben-Type";
const OCCUR_TIME: &str = "Sanben-Occur-Time";
const TRACEPARENT: &str = "traceparent";

/// The broker of a fleet: NATS JetStream. Cheap to clone.
#[derive(Clone)]
pub struct Nats {
    context: Context,
    /// When the stream was made, once it is known to be there.
    made: Arc<Mutex<Option<String>>>,
    /// When the stream that was last seen was made.
    seen: Arc<Mutex<Option<String>>>,
}

impl fmt::Debug for Nats {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Nats")
    }
}

impl Nats {
    /// Connects to `address` (`nats://host:port`), as soon as somebody answers there and again whenever the connection is lost.
    ///
    /// # Errors
    /// When the address cannot be understood. It may hold a password, so it is not repeated.
    pub async fn connect(address: &str) -> Result<Nats, String> {
        let options =
            async_nats::ConnectOptions::new().connection_timeout(Duration::from_secs(AWAIT_SECS_MAX)).retry_on_initial_connect();
        let client = options.connect(address).await.map_err(|error| format!("the broker's address: {}", error.kind()))?;
        let mut context = async_nats::jetstream::new(client);
        context.set_timeout(Duration::from_secs(AWAIT_SECS_MAX));
        Ok(Nats { context, made: Arc::default(), seen: Arc::default() })
    }

    /// Whether the broker is connected now.
    pub fn is_alive(&self) -> bool {
        self.context.client().connection_state() == async_nats::connection::State::Connected
    }

    /// Hands one event to the broker and waits until it is kept there.
    pub(crate) async fn publish(&self, event: &Event) -> Result<(), Fault> {
        self.ensure_stream().await?;
        let mut headers = HeaderMap::new();
        headers.insert(async_nats::header::NATS_MESSAGE_ID, event.id.to_string());
        headers.insert(AGGREGATE, event.aggregate.as_str());
        headers.insert(AGGREGATE_ID, event.aggregate_id.to_string());
        headers.insert(REVISION, event.revision.to_string());
        headers.insert(TYPE, event.kind.as_str());
        headers.insert(OCCUR_TIME, event.occur_time.to_string());
        headers.insert(TRACEPARENT, event.traceparent.as_str());
        let subject = format!("{}.{}", event.kind, event.aggregate_id);
        let sent = self.context.publish_with_headers(subject, headers, event.payload.clone().into()).await.map_err(away)?;
        sent.await.map(drop).map_err(|error| {
            // The stream may be gone; the next try looks.
            self.remember(None);
            away(error)
        })
    }

    /// What the cursor of a relay to this broker is called. It names the stream by when it was made: a stream that was lost and made
    /// again has been given nothing yet, so everything is sent to it from the first event, and consumers know what they have applied.
    pub(crate) async fn cursor(&self) -> Result<String, Fault> {
        Ok(cursor_of(&self.ensure_stream().await?))
    }

    /// As [`Nats::cursor`] was last, without asking the broker.
    pub(crate) fn last_cursor(&self) -> Option<String> {
        self.seen.lock().unwrap_or_else(PoisonError::into_inner).as_deref().map(cursor_of)
    }

    /// Makes the stream if it is not there; when it was made.
    async fn ensure_stream(&self) -> Result<String, Fault> {
        if let Some(made) = self.made.lock().unwrap_or_else(PoisonError::into_inner).clone() {
            return Ok(made);
        }
        let config = stream::Config {
            name: STREAM.to_owned(),
            subjects: vec![SUBJECTS.to_owned()],
            duplicate_window: Duration::from_secs(DUPLICATES_SECS),
            ..stream::Config::default()
        };
        let stream = self.context.get_or_create_stream(config).await.map_err(away)?;
        let made = stream.cached_info().created.unix_timestamp_nanos().to_string();
        self.remember(Some(made.clone()));
        Ok(made)
    }

    fn remember(&self, made: Option<String>) {
        if made.is_some() {
            self.seen.lock().unwrap_or_else(PoisonError::into_inner).clone_from(&made);
        }
        *self.made.lock().unwrap_or_else(PoisonError::into_inner) = made;
    }

    async fn consumer(&self, consumer: &Consumer) -> Result<PullConsumer, Fault> {
        self.ensure_stream().await?;
        let stream = self.context.get_stream(STREAM).await.map_err(|error| {
            self.remember(None);
            away(error)
        })?;
        let config = pull::Config {
            durable_name: Some(consumer.name().to_owned()),
            deliver_policy: DeliverPolicy::All,
            ack_policy: AckPolicy::Explicit,
            ack_wait: Duration::from_secs(ACK_SECS_MAX),
            filter_subject: format!("sanben.{}.v1.>", consumer.source()),
            ..pull::Config::default()
        };
        stream.get_or_create_consumer(consumer.name(), config).await.map_err(away)
    }
}

fn cursor_of(made: &str) -> String {
    format!("nats {made}")
}

/// Feeds a consumer from the broker. Replicas share the work under the same name.
#[derive(Debug)]
pub struct Subscription {
    nats: Nats,
    consumer: Consumer,
}

impl Subscription {
    /// From `nats` to `consumer`.
    pub fn new(nats: Nats, consumer: Consumer) -> Subscription {
        Subscription { nats, consumer }
    }

    /// Feeds until `stop`. While the broker or the store is away it tries again every second.
    pub async fn run(self, stop: CancellationToken) {
        while !stop.is_cancelled() {
            let ended = tokio::select! {
                () = stop.cancelled() => return,
                ended = self.feed() => ended,
            };
            if let Err(fault) = ended {
                tracing::warn!(consumer = self.consumer.name(), %fault, "subscription waits");
            }
            tokio::select! {
                () = stop.cancelled() => return,
                () = tokio::time::sleep(Duration::from_millis(RETRY_MS)) => {}
            }
        }
    }

    async fn feed(&self) -> Result<(), Fault> {
        let pull = self.nats.consumer(&self.consumer).await?;
        let mut messages = pull.stream().max_messages_per_batch(PREFETCH_MAX).messages().await.map_err(away)?;
        while let Some(message) = messages.next().await {
            self.apply(&message.map_err(away)?).await?;
        }
        Ok(())
    }

    async fn apply(&self, message: &Message) -> Result<(), Fault> {
        let Some(event) = read(message) else {
            let sequence = message.info().map_or(0, |info| info.stream_sequence);
            tracing::error!(
                consumer = self.consumer.name(),
                sequence,
                "a message of the stream is no event of this suite: passed over"
            );
            return message.ack_with(AckKind::Term).await.map_err(away);
        };
        let Err(fault) = self.consumer.apply(event.clone()).await else { return message.ack().await.map_err(away) };
        let deliveries = message.info().map_or(1, |info| info.delivered);
        if deliveries >= DELIVERIES_MAX && self.consumer.set_aside(&event, &fault).await.is_ok() {
            return message.ack().await.map_err(away);
        }
        tracing::warn!(consumer = self.consumer.name(), %fault, "an event comes again");
        let secs = AGAIN_SECS_MAX.min(1 << deliveries.clamp(1, DELIVERIES_MAX).saturating_sub(1));
        message.ack_with(AckKind::Nak(Some(Duration::from_secs(secs)))).await.map_err(away)
    }
}

fn read(message: &Message) -> Option<Event> {
    let headers = message.headers.as_ref()?;
    let text = |name: &str| headers.get(name).map(|value| value.as_str().to_owned());
    Some(Event {
        id: Uuid::try_parse(&text("Nats-Msg-Id")?).ok()?,
        aggregate: text(AGGREGATE)?,
        aggregate_id: Uuid::try_parse(&text(AGGREGATE_ID)?).ok()?,
        revision: text(REVISION)?.parse().ok()?,
        kind: text(TYPE)?,
        payload: message.payload.to_vec(),
        traceparent: text(TRACEPARENT).unwrap_or_default(),
        occur_time: text(OCCUR_TIME)?.parse().ok()?,
    })
}

fn away(error: impl fmt::Display) -> Fault {
    Fault::Away(error.to_string())
}
