//! What an operator watches, as OpenTelemetry metrics: how much waits between services, since when, and what was set aside.

use std::time::Duration;

use opentelemetry::metrics::{Gauge, Meter};
use opentelemetry::{KeyValue, global};
use sanben_bus::{Log, Target, backlog, letter_count};
use sanben_clock::Clock;
use sanben_db::{Error, Tx};
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

struct Gauges {
    waiting: Gauge<u64>,
    age: Gauge<f64>,
    letters: Gauge<u64>,
}

impl Gauges {
    fn of(meter: &Meter) -> Gauges {
        Gauges {
            waiting: meter
                .u64_gauge("sanben.events.waiting")
                .with_unit("{event}")
                .with_description("Events that were not handed on yet.")
                .build(),
            age: meter
                .f64_gauge("sanben.events.waiting.age")
                .with_unit("s")
                .with_description("How long the oldest event that was not handed on has waited; 0 if none waits.")
                .build(),
            letters: meter
                .u64_gauge("sanben.letters")
                .with_unit("{event}")
                .with_description("Dead letters: events that a consumer has set aside.")
                .build(),
        }
    }
}

impl Figures {
    /// Measures until `stop`. What cannot be read now is measured at the next look.
    pub async fn run(self, stop: CancellationToken) {
        let gauges = Gauges::of(&global::meter("sanben"));
        let mut looks = tokio::time::interval(Duration::from_secs(LOOK_SECS));
        loop {
            tokio::select! {
                () = stop.cancelled() => return,
                _ = looks.tick() => {}
            }
            if let Err(error) = self.measure(&gauges).await {
                tracing::warn!(%error, "nothing is measured while the store is away");
            }
        }
    }

    async fn measure(&self, gauges: &Gauges) -> Result<(), Error> {
        for (log, target) in &self.relays {
            let backlog = backlog(log, target).await?;
            let since = backlog.oldest.map_or(0, |oldest| self.clock.now().micros() - oldest.micros());
            let labels = [KeyValue::new("service", log.service()), KeyValue::new("target", target.name())];
            gauges.waiting.record(backlog.count.max(0).unsigned_abs(), &labels);
            #[expect(clippy::cast_precision_loss, reason = "microseconds of centuries fit")]
            gauges.age.record(since.max(0) as f64 / MICROS_PER_SEC, &labels);
        }
        for (consumer, log) in &self.consumers {
            let count = log.db().read(async |tx: &mut Tx| letter_count(tx, consumer).await).await?;
            gauges.letters.record(count.unsigned_abs(), &[KeyValue::new("consumer", *consumer)]);
        }
        Ok(())
    }
}
