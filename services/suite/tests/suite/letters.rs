//! What an operator sees of events that wait, and does about those that were set aside.

use std::process::Output;
use std::sync::{Arc, Mutex};

use async_nats::HeaderMap;
use opentelemetry_proto::tonic::collector::metrics::v1::metrics_service_server::{MetricsService, MetricsServiceServer};
use opentelemetry_proto::tonic::collector::metrics::v1::{ExportMetricsServiceRequest, ExportMetricsServiceResponse};
use opentelemetry_proto::tonic::metrics::v1::metric::Data;
use opentelemetry_proto::tonic::metrics::v1::number_data_point::Value;
use sanben::journey::{Complaint, Journey as _, RequestIds};
use tokio::net::TcpListener;
use tokio::process::Command;
use tokio_stream::wrappers::TcpListenerStream;
use tonic::{Request, Response, Status, async_trait};

use crate::fleet::Fleet;
use crate::journeys::all_pass;
use crate::load::{eventually, number};

/// Longer than a process takes to come to it.
const PATIENCE: &str = "60";

/// Something in the stream that claims to be an event of intake, and is none.
async fn poison(fleet: &Fleet) -> String {
    let context = async_nats::jetstream::new(async_nats::connect(fleet.broker.address()).await.expect("the broker"));
    let (aggregate, kind) = (fleet.clock.id().to_string(), "sanben.intake.v1.SubmissionProposed");
    let mut headers = HeaderMap::new();
    for (name, value) in [
        ("Nats-Msg-Id", fleet.clock.id().to_string().as_str()),
        ("Sanben-Aggregate", "submission"),
        ("Sanben-Aggregate-Id", &aggregate),
        ("Sanben-Revision", "1"),
        ("Sanben-Type", kind),
        ("Sanben-Occur-Time", "1767225600000000"),
    ] {
        headers.insert(name, value);
    }
    let sent = context.publish_with_headers(format!("{kind}.{aggregate}"), headers, vec![0xFF, 0xFF].into()).await;
    sent.expect("sent").await.expect("kept");
    aggregate
}

async fn letters(fleet: &Fleet, arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_sanben"))
        .args(["letters", "--lang", "en"])
        .args(arguments)
        .args(["--database", fleet.database("ledger"), "ledger"])
        .output()
        .await
        .expect("the binary runs")
}

fn printed(output: &Output) -> String {
    format!("{}{}", String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr))
}

#[tokio::test(flavor = "multi_thread")]
async fn a_poisoned_event_is_listed_replayed_and_holds_nobody_up() {
    let fleet = Fleet::start(1).await;
    let none = letters(&fleet, &["list"]).await;
    assert!(none.status.success() && printed(&none).contains("No event is set aside."), "{}", printed(&none));
    let aggregate = poison(&fleet).await;
    let blocked = "SELECT COUNT(*) FROM inbox WHERE blocked <> ''";
    eventually("it is set aside", async || number(&fleet, "ledger", blocked).await == 1).await;
    all_pass(&fleet.town, &fleet.clock).await;

    let listed = printed(&letters(&fleet, &["list"]).await);
    for expected in ["ledger-on-intake", &aggregate, "SubmissionProposed (1)", "2026-01-01T00:00:00", "is unreadable"] {
        assert!(listed.contains(expected), "{expected} is not in:\n{listed}");
    }
    let other = letters(&fleet, &["list", "--consumer", "ledger-on-nobody"]).await;
    assert!(printed(&other).contains("No event is set aside."), "{}", printed(&other));

    let tries = "SELECT COALESCE(MAX(tries), 0) FROM inbox WHERE blocked <> ''";
    let before = number(&fleet, "ledger", tries).await;
    let replayed = letters(&fleet, &["replay", "--aggregate", &aggregate, "--wait-secs", PATIENCE]).await;
    assert_eq!(replayed.status.code(), Some(1), "it cannot be applied now either");
    assert!(printed(&replayed).contains("still set aside: 1"), "{}", printed(&replayed));
    assert!(number(&fleet, "ledger", tries).await > before, "it was tried");
    fleet.end().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn dead_letters_of_a_store_that_is_not_there_are_an_error() {
    let (_guard, data) = crate::process::folder();
    let output = Command::new(env!("CARGO_BIN_EXE_sanben"))
        .args(["letters", "list", "--lang", "en", "--data"])
        .arg(&data)
        .output()
        .await
        .expect("the binary runs");
    assert_eq!(output.status.code(), Some(1));
    assert!(printed(&output).contains("no store of intake is there"), "{}", printed(&output));
    assert_eq!(std::fs::read_dir(&data).expect("readable").count(), 0, "looking makes nothing");
}

/// A receiver of metrics: the last value of each, by name and labels.
#[derive(Clone, Default)]
struct Receiver(Arc<Mutex<Vec<(String, String, f64)>>>);

#[async_trait]
impl MetricsService for Receiver {
    async fn export(
        &self,
        request: Request<ExportMetricsServiceRequest>,
    ) -> Result<Response<ExportMetricsServiceResponse>, Status> {
        let scopes = request.into_inner().resource_metrics.into_iter().flat_map(|resource| resource.scope_metrics);
        let mut last = self.0.lock().expect("not poisoned");
        for metric in scopes.flat_map(|scope| scope.metrics) {
            let Some(Data::Gauge(gauge)) = metric.data else { continue };
            for point in gauge.data_points {
                #[expect(clippy::cast_precision_loss, reason = "small counts")]
                let value = match point.value {
                    Some(Value::AsDouble(value)) => value,
                    Some(Value::AsInt(value)) => value as f64,
                    None => continue,
                };
                let labels = format!("{:?}", point.attributes);
                last.retain(|(name, of, _)| (name, of) != (&metric.name, &labels));
                last.push((metric.name.clone(), labels, value));
            }
        }
        Ok(Response::new(ExportMetricsServiceResponse::default()))
    }
}

impl Receiver {
    async fn start() -> (Receiver, String) {
        let receiver = Receiver::default();
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
        let address = format!("http://{}", listener.local_addr().expect("bound"));
        let server = tonic::transport::Server::builder().add_service(MetricsServiceServer::new(receiver.clone()));
        tokio::spawn(server.serve_with_incoming(TcpListenerStream::new(listener)));
        (receiver, address)
    }

    fn last(&self, name: &str, label: &str) -> Option<f64> {
        let last = self.0.lock().expect("not poisoned");
        last.iter().find(|(of, labels, _)| of == name && labels.contains(label)).map(|(_, _, value)| *value)
    }
}

/// While the broker is away requests succeed, and how long their events have waited can be watched.
#[tokio::test(flavor = "multi_thread")]
async fn the_age_of_what_waits_for_the_broker_is_measured() {
    let (receiver, otlp) = Receiver::start().await;
    let mut fleet = Fleet::watched(1, &otlp).await;
    let waiting = async |expected: fn(f64) -> bool| {
        eventually("the figure", async || {
            receiver.last("sanben.events.waiting.age", "\"intake\"").is_some_and(expected)
                && receiver.last("sanben.events.waiting", "\"intake\"").is_some_and(expected)
        })
        .await;
    };
    waiting(|figure| figure == 0.0).await;
    fleet.broker.stop().await;
    let mut journey = Complaint::new(fleet.town.clone(), RequestIds(fleet.clock.id()));
    journey.step(0).await.expect("a submission needs no broker");
    waiting(|figure| figure >= 1.0).await;
    fleet.broker.come_back().await;
    waiting(|figure| figure == 0.0).await;
    poison(&fleet).await;
    eventually("the dead letter is counted", async || receiver.last("sanben.letters", "\"ledger-on-intake\"") == Some(1.0)).await;
    fleet.end().await;
}
