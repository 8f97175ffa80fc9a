use opentelemetry::trace::TracerProvider as _;
use opentelemetry_otlp::{MetricExporter, SpanExporter, WithExportConfig as _};
use opentelemetry_sdk::Resource;
use opentelemetry_sdk::metrics::SdkMeterProvider;
use opentelemetry_sdk::propagation::TraceContextPropagator;
use opentelemetry_sdk::trace::SdkTracerProvider;
use tracing_subscriber::layer::SubscriberExt as _;
use tracing_subscriber::util::SubscriberInitExt as _;
use tracing_subscriber::{EnvFilter, Layer as _};

/// Traces, metrics and logs of the process. Ended with [`Telemetry::end`], which sends what is still held.
#[derive(Debug)]
pub struct Telemetry {
    spans: SdkTracerProvider,
    metrics: SdkMeterProvider,
}

impl Telemetry {
    /// Starts it, once in a process: JSON lines of `filter` (as `RUST_LOG` has it) to standard error; spans and, every minute or as
    /// `OTEL_METRIC_EXPORT_INTERVAL` says, metrics to the OTLP receiver at `otlp`, if there is one.
    ///
    /// # Errors
    /// When the filter or the address cannot be understood, or it was started before.
    pub fn start(filter: &str, otlp: Option<&str>) -> Result<Telemetry, String> {
        opentelemetry::global::set_text_map_propagator(TraceContextPropagator::new());
        let filter = EnvFilter::try_new(filter).map_err(|error| format!("log filter: {error}"))?;
        let resource = Resource::builder().with_service_name("sanben").build();
        let mut spans = SdkTracerProvider::builder().with_resource(resource.clone());
        let mut metrics = SdkMeterProvider::builder().with_resource(resource);
        if let Some(address) = otlp {
            let wrong = |error| format!("OTLP receiver {address}: {error}");
            spans = spans.with_batch_exporter(SpanExporter::builder().with_tonic().with_endpoint(address).build().map_err(wrong)?);
            metrics = metrics
                .with_periodic_exporter(MetricExporter::builder().with_tonic().with_endpoint(address).build().map_err(wrong)?);
        }
        let (spans, metrics) = (spans.build(), metrics.build());
        opentelemetry::global::set_meter_provider(metrics.clone());
        let layer = tracing_opentelemetry::layer()
            .with_tracer(spans.tracer("sanben"))
            .with_filter(EnvFilter::new("info,h2=off,hyper=off,tonic=off,sqlx=off,opentelemetry=off"));
        let lines = tracing_subscriber::fmt::layer().json().with_span_list(false).with_writer(std::io::stderr).with_filter(filter);
        tracing_subscriber::registry().with(layer).with(lines).try_init().map_err(|error| error.to_string())?;
        Ok(Telemetry { spans, metrics })
    }

    /// Sends what is still held; waits at most a few seconds.
    pub fn end(self) {
        if let Err(error) = self.spans.shutdown() {
            tracing::warn!(%error, "not every span could be sent");
        }
        if let Err(error) = self.metrics.shutdown() {
            tracing::warn!(%error, "the last metrics could not be sent");
        }
    }
}
