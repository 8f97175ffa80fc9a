//! What an operator watches, as OpenTelemetry metrics: how much waits between services, since when, and what was set aside. What could not
//! be read at the last look is not told, rather than told as it was.

use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use opentelemetry::metrics::Meter;
use opentelemetry::{KeyValue, global};
use sanben_bus::{Log, Target, backlog, letter_count};
use sanben_clock::Clock;
use sanben_db::Tx;
use tokio_util::sync::CancellationToken;

const LOOK_SECS: u64 = 5;
const MICROS_PER_SEC: f64 = 1_000_000.0;

/// What is measured of one process.
pub(crate) struct Figures {
    pub clock: Clock,
    /// Every log with each target that it is handed on to.
    pub relays: Vec<(Log, Target)>,
    /// The name of every consumer, and the log of the service that it belongs to.
    pub consumers: Vec<(&'static str, Log)>,
}

/// A value with its labels.
type Reading = (Vec<KeyValue>, f64);

/// What was read of one figure at the last look.
#[derive(Clone, Default)]
struct Readings(Arc<Mutex<Vec<Reading>>>);

impl Readings {
    /// Tells them under `name` whenever metrics are collected.
    fn told(meter: &Meter, name: &'static str, unit: &'static str, description: &'static str) -> Readings {
        let readings = Readings::default();
        let told = readings.clone();
        let gauge = meter.f64_observable_gauge(name).with_unit(unit).with_description(description);
        gauge
            .with_callback(move |observer| {
                for (labels, value) in told.0.lock().unwrap_or_else(PoisonError::into_inner).iter() {
                    observer.observe(*value, labels);
                }
            })
            .build();
        readings
    }

    fn set(&self, read: Vec<Reading>) {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = read;
    }
}

impl Figures {
    /// Measures until `stop`.
    pub async fn run(self, stop: CancellationToken) {
        let meter = global::meter("sanben");
        let waiting = Readings::told(&meter, "sanben.events.waiting", "{event}", "Events that were not handed on yet.");
        let age = "How long the oldest event that was not handed on has waited; 0 if none waits.";
        let age = Readings::told(&meter, "sanben.events.waiting.age", "s", age);
        let letters = Readings::told(&meter, "sanben.letters", "{event}", "Dead letters: events that a consumer has set aside.");
        let mut looks = tokio::time::interval(Duration::from_secs(LOOK_SECS));
        loop {
            let look = async {
                looks.tick().await;
                (self.waiting().await, self.letters().await)
            };
            let ((counts, ages), set_aside) = tokio::select! {
                () = stop.cancelled() => return,
                look = look => look,
            };
            waiting.set(counts);
            age.set(ages);
            letters.set(set_aside);
        }
    }

    /// How many events wait, and the age of the oldest in seconds.
    #[expect(clippy::cast_precision_loss, reason = "counts and microseconds of centuries fit")]
    async fn waiting(&self) -> (Vec<Reading>, Vec<Reading>) {
        let (mut counts, mut ages) = (Vec::new(), Vec::new());
        for (log, target) in &self.relays {
            match backlog(log, target).await {
                Ok(backlog) => {
                    let since = backlog.oldest.map_or(0, |oldest| self.clock.now().micros() - oldest.micros());
                    let labels = vec![KeyValue::new("service", log.service()), KeyValue::new("target", target.name())];
                    counts.push((labels.clone(), backlog.count.max(0) as f64));
                    ages.push((labels, since.max(0) as f64 / MICROS_PER_SEC));
                }
                Err(error) => tracing::warn!(service = log.service(), %error, "what waits cannot be measured"),
            }
        }
        (counts, ages)
    }

    #[expect(clippy::cast_precision_loss, reason = "counts fit")]
    async fn letters(&self) -> Vec<Reading> {
        let mut read = Vec::new();
        for (consumer, log) in &self.consumers {
            match log.db().read(async |tx: &mut Tx| letter_count(tx, consumer).await).await {
                Ok(count) => read.push((vec![KeyValue::new("consumer", *consumer)], count as f64)),
                Err(error) => tracing::warn!(consumer, %error, "dead letters cannot be counted"),
            }
        }
        read
    }
}
