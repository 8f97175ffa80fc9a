//! The whole way of a notice in one process: an event of another service, its consumer, the sequencer, and the open stream.

use std::collections::HashMap;
use std::sync::OnceLock;
use std::time::Duration;

use sanben_access::{Caller, Issuer, Org, Role};
use sanben_bus::{Actor, NewEvent, append};
use sanben_clock::Clock;
use sanben_db::{Migrations, Tx};
use sanben_host::{App, DatabaseAt, Host, Mounted, Running, Service, Settings, fact};
use sanben_notification::SERVICE;
use sanben_proto::liaison::VisitPlanned;
use sanben_proto::notification::notice_service_client::NoticeServiceClient;
use sanben_proto::notification::{ListNoticesRequest, WatchNoticesRequest, WatchNoticesResponse};
use tonic::metadata::MetadataValue;
use tonic::service::Routes;
use tonic::transport::Channel;
use tonic::{Code, Request, Streaming};
use uuid::Uuid;

const WAIT_SECS_MAX: u64 = 20;

static LIAISON: OnceLock<App> = OnceLock::new();

/// Stands in for a service that notification follows: it has events and no methods.
const fn silent(name: &'static str, mount: fn(App) -> Mounted) -> Service {
    const MIGRATIONS: Migrations = Migrations(&[&sanben_bus::MIGRATIONS, &sanben_host::MIGRATIONS]);
    Service { name, migrations: MIGRATIONS, texts: ("", ""), begin: None, mount }
}

fn nothing(_: App) -> Mounted {
    Mounted { routes: Routes::default(), consumers: Vec::new(), tasks: Vec::new() }
}

fn liaison(app: App) -> Mounted {
    LIAISON.get_or_init(|| app.clone());
    nothing(app)
}

/// Liaison plans a visit of `officer`.
async fn plan_visit(officer: &str) {
    let app = LIAISON.get().expect("liaison is mounted");
    let id = app.clock.id();
    let plan = VisitPlanned { visit_id: id.to_string(), officer_id: officer.to_owned(), plan_date: "2026-03-01".to_owned() };
    let fact = fact("", &plan);
    let event = NewEvent {
        id: app.clock.id(),
        aggregate: "visit",
        aggregate_id: id,
        revision: 1,
        kind: &fact.kind,
        payload: fact.payload,
        detail: "{}".to_owned(),
        actor: &Actor::default(),
        reason: "",
        time: app.clock.now(),
    };
    app.db.write(async |tx: &mut Tx| append(tx, &event).await).await.expect("the visit is planned");
    app.log.wake();
}

async fn start(folder: &std::path::Path, issuer: Issuer) -> Running {
    let settings = Settings {
        listen: ([127, 0, 0, 1], 0).into(),
        database: DatabaseAt::Folder(folder.to_owned()),
        nats: None,
        peers: HashMap::new(),
        org: Org::shipped(),
        jwks: None,
        also_trust: Some(issuer),
        master_key: [7; 32],
        service_token: None,
        mailer: None,
        clock: Clock::system(),
        notice_secs: 0,
        drain_secs: 5,
    };
    let services =
        vec![silent("intake", nothing), silent("ledger", nothing), silent("liaison", liaison), silent("meeting", nothing), SERVICE];
    Host::new(settings, services).start().await.expect("the process starts")
}

struct Client {
    client: NoticeServiceClient<Channel>,
    bearer: Option<String>,
}

impl Client {
    fn request<T>(&self, message: T) -> Request<T> {
        let mut request = Request::new(message);
        if let Some(bearer) = &self.bearer {
            request.metadata_mut().insert("authorization", MetadataValue::try_from(bearer).expect("a header"));
        }
        request.metadata_mut().insert("accept-language", MetadataValue::from_static("en"));
        request
    }

    async fn watch(&mut self, resume_token: &str) -> Result<Streaming<WatchNoticesResponse>, tonic::Status> {
        let request = self.request(WatchNoticesRequest { resume_token: resume_token.to_owned(), ..Default::default() });
        Ok(self.client.watch_notices(request).await?.into_inner())
    }
}

async fn next(stream: &mut Streaming<WatchNoticesResponse>) -> WatchNoticesResponse {
    let message = tokio::time::timeout(Duration::from_secs(WAIT_SECS_MAX), stream.message()).await;
    message.expect("a response in time").expect("no error").expect("the stream goes on")
}

#[tokio::test(flavor = "multi_thread")]
async fn an_officer_watches_and_goes_on_where_they_stopped() {
    let (folder, _) = sanben_db::testing::sqlite();
    let issuer = Issuer::new("test", [5; 32]).expect("an issuer");
    let caller = Caller { person: "p-officer".into(), unit: "lianhu".into(), roles: vec![Role::LiaisonOfficer] };
    let token = issuer.mint(&caller, Clock::system().now(), 600).expect("a token");
    let mut running = start(folder.path(), issuer).await;
    let channel = Channel::from_shared(format!("http://{}", running.address)).expect("an address").connect_lazy();
    let client = NoticeServiceClient::new(channel);
    let mut officer = Client { client: client.clone(), bearer: Some(format!("Bearer {token}")) };

    let mut stream = officer.watch("").await.expect("the stream opens");
    let opening = next(&mut stream).await;
    assert!(opening.notice.is_none() && !opening.resume_token.is_empty());
    plan_visit("p-somebody-else").await;
    plan_visit("p-officer").await;
    let first = next(&mut stream).await;
    let notice = first.notice.expect("a notice");
    assert_eq!((notice.key.as_str(), notice.text.as_str()), ("duty-visit", "A visit is planned for 2026-03-01."));
    assert!(Uuid::try_parse(&notice.subject_id).is_ok() && notice.case_id.is_empty());
    drop(stream);

    plan_visit("p-officer").await;
    let mut stream = officer.watch(&first.resume_token).await.expect("the stream opens again");
    assert!(next(&mut stream).await.notice.is_none());
    let second = next(&mut stream).await.notice.expect("a notice");
    assert_ne!(second.notice_id, notice.notice_id);
    drop(stream);
    let list = officer.request(ListNoticesRequest::default());
    let listed = officer.client.list_notices(list).await.expect("a list").into_inner().notices;
    assert_eq!(listed, [second, notice]);

    let foreign = officer.watch("AAAA").await.expect_err("a token of nobody");
    assert_eq!(foreign.code(), Code::InvalidArgument);
    let unknown = Client { client, bearer: None }.watch("").await.expect_err("nobody without a code");
    assert_eq!(unknown.code(), Code::Unauthenticated);
    drop(officer);
    assert!(running.stopper().ask());
    running.wait().await.expect("it stops in order");
}
