//! One trace, received by an OTLP receiver, spans a call, intake, the event, the ledger, its own event and the notification.

use std::collections::HashMap;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use opentelemetry_proto::tonic::collector::trace::v1::trace_service_server::{TraceService, TraceServiceServer};
use opentelemetry_proto::tonic::collector::trace::v1::{ExportTraceServiceRequest, ExportTraceServiceResponse};
use opentelemetry_proto::tonic::trace::v1::Span;
use sanben_access::{Caller, Role};
use sanben_clock::Clock;
use sanben_proto::intake::desk_service_client::DeskServiceClient;
use sanben_proto::intake::receipt_service_client::ReceiptServiceClient;
use sanben_proto::intake::{CreateSubmissionRequest, Proposal, ProposeSubmissionRequest, SubmissionKind};
use sanben_proto::kinds::{Book, Channel, PublicStep, Track};
use tokio::net::TcpListener;
use tokio::sync::watch;
use tokio_stream::wrappers::TcpListenerStream;
use tonic::{Request, Response, Status, async_trait};

use crate::process::{Process, folder, free_port, town};

const SUBMIT_TRACE: &str = "4bf92f3577b34da6a3ce929d0e0e4736";
const PROPOSE_TRACE: &str = "5cf92f3577b34da6a3ce929d0e0e4737";
const CALLER_SPAN: &str = "00f067aa0ba902b7";
const WAIT_SECS_MAX: u64 = 60;

/// An OTLP receiver.
#[derive(Clone)]
pub struct Receiver {
    spans: Arc<Mutex<Vec<Span>>>,
    came: watch::Sender<usize>,
}

#[async_trait]
impl TraceService for Receiver {
    async fn export(&self, request: Request<ExportTraceServiceRequest>) -> Result<Response<ExportTraceServiceResponse>, Status> {
        let came = request.into_inner().resource_spans.into_iter().flat_map(|resource| resource.scope_spans);
        let mut spans = self.spans.lock().expect("not poisoned");
        spans.extend(came.flat_map(|scope| scope.spans));
        self.came.send_replace(spans.len());
        Ok(Response::new(ExportTraceServiceResponse::default()))
    }
}

impl Receiver {
    pub async fn start() -> (Receiver, String) {
        let receiver = Receiver { spans: Arc::default(), came: watch::Sender::new(0) };
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
        let address = format!("http://{}", listener.local_addr().expect("bound"));
        let server = tonic::transport::Server::builder().add_service(TraceServiceServer::new(receiver.clone()));
        tokio::spawn(server.serve_with_incoming(TcpListenerStream::new(listener)));
        (receiver, address)
    }

    /// The spans of a trace by name, once all of `names` have come.
    async fn trace_with(&self, trace: &str, names: &[&str]) -> HashMap<String, Span> {
        let mut came = self.came.subscribe();
        let all = async {
            loop {
                came.mark_unchanged();
                let found = self.of_trace(trace);
                if names.iter().all(|name| found.contains_key(*name)) {
                    return found;
                }
                came.changed().await.expect("the receiver stands");
            }
        };
        tokio::time::timeout(Duration::from_secs(WAIT_SECS_MAX), all).await.unwrap_or_else(|_| {
            panic!(
                "missing spans: {:?}",
                names.iter().filter(|name| !self.of_trace(trace).contains_key(**name)).collect::<Vec<_>>()
            )
        })
    }

    /// Everything that has come.
    pub fn all(&self) -> Vec<Span> {
        self.spans.lock().expect("not poisoned").clone()
    }

    fn of_trace(&self, trace: &str) -> HashMap<String, Span> {
        let spans = self.spans.lock().expect("not poisoned");
        spans.iter().filter(|span| hex(&span.trace_id) == trace).map(|span| (span.name.clone(), span.clone())).collect()
    }
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// A request that belongs to `trace`, signed with `token` if there is one.
fn traced<T>(message: T, trace: &str, token: Option<&str>) -> Request<T> {
    let mut request = Request::new(message);
    let traceparent = format!("00-{trace}-{CALLER_SPAN}-01");
    request.metadata_mut().insert("traceparent", traceparent.parse().expect("a header"));
    if let Some(token) = token {
        request.metadata_mut().insert("authorization", format!("Bearer {token}").parse().expect("a header"));
    }
    request
}

fn assert_below(spans: &HashMap<String, Span>, child: &str, parent: &str) {
    assert_eq!(spans[child].parent_span_id, spans[parent].span_id, "{child} below {parent}");
}

#[tokio::test(flavor = "multi_thread")]
async fn one_trace_from_the_call_to_the_notice() {
    let (receiver, otlp) = Receiver::start().await;
    let (_guard, data) = folder();
    let process = Process::start(&data, free_port(), &["--otlp", &otlp]).await;
    let mut receipts = ReceiptServiceClient::connect(process.address.clone()).await.expect("a connection");

    let submission = CreateSubmissionRequest {
        request_id: "7b0c8c1e-5a0f-4f0e-9d0a-0a1b2c3d4e5f".to_owned(),
        kind: SubmissionKind::Suggestion as i32,
        channel: Channel::Online as i32,
        text: "建议重新核定学校周边路口的红绿灯配时。".to_owned(),
        unit_id: "lianhu".to_owned(),
        ..CreateSubmissionRequest::default()
    };
    let answer = receipts.create_submission(traced(submission, SUBMIT_TRACE, None)).await.expect("taken in").into_inner();
    let citizen = town(&data, &process.address).citizen();
    sanben::journey::receipt_with(&citizen, &answer.receipt_code, PublicStep::Received).await.expect("received");
    let submit = "/sanben.intake.v1.ReceiptService/CreateSubmission";
    let event = "event sanben.intake.v1.SubmissionReceived";
    let ledger = "ledger-on-intake sanben.intake.v1.SubmissionReceived";
    let told = "notification-on-intake sanben.intake.v1.SubmissionReceived";
    let asked = "/sanben.intake.v1.DeskService/GetSubmission";
    let notice = "event sanben.notification.v1.NoticeIssued";
    let spans = receiver.trace_with(SUBMIT_TRACE, &[submit, event, ledger, told, asked, notice]).await;
    assert_eq!(hex(&spans[submit].parent_span_id), CALLER_SPAN, "the call is a child of the caller's span");
    for (child, parent) in [(event, submit), (ledger, event), (told, event), (notice, told)] {
        assert_below(&spans, child, parent);
    }

    let desk = Caller { person: "p-lianhu-desk".to_owned(), unit: "lianhu".to_owned(), roles: vec![Role::DeskOfficer] };
    let issuer = sanben::issuer_at(&data).expect("the development key");
    let token = issuer.mint(&desk, Clock::system().now(), 600).expect("a token");
    let proposal = ProposeSubmissionRequest {
        request_id: "7b0c8c1e-5a0f-4f0e-9d0a-0a1b2c3d4e60".to_owned(),
        submission_id: answer.submission_id,
        etag: String::new(),
        proposal: Some(Proposal {
            book: Book::Suggestion as i32,
            track: Track::Suggestion as i32,
            title: "学校周边红绿灯配时".to_owned(),
            summary: "建议重新核定学校周边路口红绿灯配时。".to_owned(),
            lead_unit_id: "lianhu".to_owned(),
            ..Proposal::default()
        }),
    };
    let mut desk = DeskServiceClient::connect(process.address.clone()).await.expect("a connection");
    desk.propose_submission(traced(proposal, PROPOSE_TRACE, Some(&token))).await.expect("proposed");
    let proposed = "event sanben.intake.v1.SubmissionProposed";
    let opens = "ledger-on-intake sanben.intake.v1.SubmissionProposed";
    let opened = "event sanben.ledger.v1.CaseProposed";
    let chief = "notification-on-ledger sanben.ledger.v1.CaseProposed";
    let linked = "event sanben.intake.v1.SubmissionLinked";
    let spans = receiver.trace_with(PROPOSE_TRACE, &[proposed, opens, opened, chief, linked, notice]).await;
    for (child, parent) in [(opens, proposed), (opened, opens), (chief, opened)] {
        assert_below(&spans, child, parent);
    }
    process.stop().await;
}
