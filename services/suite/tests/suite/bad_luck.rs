//! What happens to a fleet, and what must hold all the same: nothing lost, nothing doubled, nobody turned away.

use std::time::Duration;

use async_nats::jetstream::consumer;
use async_nats::jetstream::stream::Stream;
use futures::StreamExt as _;
use sanben::client::{Somebody, patient};
use sanben::journey::{Complaint, Journey, RequestIds, Stopped};
use sanben_clock::Clock;
use sanben_db::{Db, Error, Tx, fetch_optional};
use sanben_host::Replicas;
use sanben_proto::notification::{ListNoticesRequest, WatchNoticesRequest};
use tonic::Code;
use tonic_health::ServingStatus;
use tonic_health::pb::HealthCheckRequest;
use tonic_health::pb::health_client::HealthClient;

use crate::fleet::{Fleet, assert_positions};
use crate::journeys::all_pass;
use crate::load::{Load, assert_each_once, eventually, number};
use crate::process::{Process, folder, free_port, town};

const REPETITIONS_MAX: usize = 20;
const DELIVERIES: usize = 163;
/// Much less than the notice that was set.
const END_SECS_MAX: u64 = 30;
const EVENTS_REPEATED: u64 = 12;
const STOPS_MAX: usize = 500;
/// A transaction that is seen so often in a row stands still.
const LOOKS: usize = 8;

/// Plays on through what happens: a step that was not answered is made again with the same request ids.
async fn play_through(journey: &mut Complaint) {
    for index in 0..journey.steps().len() {
        let mut repetitions = 0;
        loop {
            match journey.step(index).await {
                Ok(_) => break,
                Err(Stopped::Answered(status)) if is_passing(status.code()) && repetitions < REPETITIONS_MAX => repetitions += 1,
                Err(stopped) => panic!("{}: {stopped}", journey.steps()[index]),
            }
        }
    }
}

fn is_passing(code: Code) -> bool {
    matches!(code, Code::Unavailable | Code::DeadlineExceeded | Code::Cancelled)
}

#[tokio::test(flavor = "multi_thread")]
async fn the_broker_is_restarted_and_loses_everything_in_mid_journey() {
    let mut fleet = Fleet::start(1).await;
    let (town, clock) = (fleet.town.clone(), fleet.clock.clone());
    let misfortune = async {
        for lost in [false, true, false] {
            let seen = number(&fleet, "notification", "SELECT COUNT(*) FROM notices").await;
            eventually("something is told", async || number(&fleet, "notification", "SELECT COUNT(*) FROM notices").await > seen)
                .await;
            if lost { fleet.broker.lose_everything().await } else { fleet.broker.restart().await }
        }
    };
    tokio::join!(all_pass(&town, &clock), misfortune);
    all_pass(&town, &clock).await;
    for service in sanben::SERVICES {
        let db = fleet.store(service.name).await;
        assert_positions(&db).await;
        db.close().await;
    }
    fleet.end().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn postgresql_crashes_and_recovers_in_mid_journey() {
    let fleet = Fleet::to_be_harmed(1).await;
    let mut journey = Complaint::new(fleet.town.clone(), RequestIds(fleet.clock.id()));
    let server = fleet.own.as_ref().expect("its own server");
    let misfortune = async {
        for events in [3, 9] {
            eventually("the case goes on", async || number(&fleet, "ledger", "SELECT COUNT(*) FROM events").await >= events).await;
            server.crash().await;
            eventually("the server is back", async || server.is_there().await).await;
        }
    };
    tokio::join!(play_through(&mut journey), misfortune);
    assert_eq!(number(&fleet, "intake", "SELECT COUNT(*) FROM submissions").await, 1);
    assert_eq!(number(&fleet, "ledger", "SELECT COUNT(*) FROM cases").await, 1);
    let db = fleet.store("ledger").await;
    assert_positions(&db).await;
    db.close().await;
    fleet.end().await;
}

async fn serving(address: &str, name: &str) -> ServingStatus {
    let mut health = HealthClient::new(Replicas::at(address).expect("an address"));
    let found = health.check(HealthCheckRequest { service: name.to_owned() }).await.expect("it answers").into_inner();
    if found.status == 1 { ServingStatus::Serving } else { ServingStatus::NotServing }
}

/// Readiness falls with the broker and with the store, liveness does not; and without a broker people are heard all the same.
#[tokio::test(flavor = "multi_thread")]
async fn without_its_broker_or_its_store_a_process_is_alive_and_not_ready() {
    let mut fleet = Fleet::to_be_harmed(1).await;
    let address = fleet.address(fleet.seats_of("intake")[0]);
    let ready = async |expected: ServingStatus| {
        eventually("readiness", async || serving(&address, "ready").await == expected).await;
        assert_eq!(serving(&address, "live").await, ServingStatus::Serving);
    };
    ready(ServingStatus::Serving).await;
    fleet.broker.stop().await;
    ready(ServingStatus::NotServing).await;
    assert_eq!(serving(&address, "bus").await, ServingStatus::NotServing);
    let mut journey = Complaint::new(fleet.town.clone(), RequestIds(fleet.clock.id()));
    journey.step(0).await.expect("a submission needs no broker");
    assert_eq!(number(&fleet, "notification", "SELECT COUNT(*) FROM notices").await, 0);
    // One that starts meanwhile starts all the same.
    let ledger = fleet.seats_of("ledger")[0];
    fleet.stop(ledger).await;
    fleet.launch(ledger).await;
    fleet.broker.come_back().await;
    ready(ServingStatus::Serving).await;
    eventually("what waited is told", async || number(&fleet, "notification", "SELECT COUNT(*) FROM notices").await > 0).await;
    drop(fleet.own.take());
    ready(ServingStatus::NotServing).await;
    assert_eq!(serving(&address, "bus").await, ServingStatus::Serving);
    fleet.end().await;
}

/// The first signal says that the process is leaving, and whoever still comes is answered; the second ends it at once.
#[tokio::test(flavor = "multi_thread")]
async fn a_process_that_is_leaving_still_answers_until_a_second_signal() {
    let (_guard, data) = folder();
    let process = Process::start(&data, free_port(), &["--notice-secs", "600"]).await;
    let town = town(&data, &process.address);
    eventually("readiness", async || serving(&process.address, "ready").await == ServingStatus::Serving).await;
    process.signal("TERM").await;
    eventually("readiness falls", async || serving(&process.address, "ready").await == ServingStatus::NotServing).await;
    assert_eq!(serving(&process.address, "live").await, ServingStatus::Serving);
    Complaint::new(town, RequestIds(Clock::system().id())).step(0).await.expect("a submission meanwhile");
    process.signal("TERM").await;
    let ended = tokio::time::timeout(Duration::from_secs(END_SECS_MAX), process.ended()).await.expect("at once");
    assert_eq!(ended.code(), Some(1), "what was under way did not end as it should");
}

/// What one reader was told, over however many streams.
struct Follower {
    citizen: Somebody,
    receipt_code: String,
    token: String,
    told: Vec<String>,
}

impl Follower {
    /// Reads until everything was told, and goes on with the token whenever the stream breaks; over how many streams.
    async fn read_to_the_end(&mut self) -> usize {
        let mut streams = 0;
        while self.told.len() < STEPS_TOLD {
            let request = WatchNoticesRequest { receipt_code: self.receipt_code.clone(), resume_token: self.token.clone() };
            let Ok(stream) = self.citizen.notices.clone().watch_notices(request).await else { continue };
            streams += 1;
            let mut stream = stream.into_inner();
            while self.told.len() < STEPS_TOLD
                && let Ok(Some(response)) = stream.message().await
            {
                self.token = response.resume_token;
                self.told.extend(response.notice.map(|notice| notice.notice_id));
            }
        }
        streams
    }
}

/// Public steps of the whole way of a complaint.
pub const STEPS_TOLD: usize = 9;

/// Of each service one replica is killed while a journey is under way and somebody watches it.
#[tokio::test(flavor = "multi_thread")]
async fn the_loss_of_one_replica_of_each_service_stops_nothing() {
    let mut fleet = Fleet::start(2).await;
    let mut journey = Complaint::new(fleet.town.clone(), RequestIds(fleet.clock.id()));
    journey.step(0).await.expect("submitted");
    let mut follower = Follower {
        citizen: fleet.town.citizen(),
        receipt_code: journey.receipt_code().to_owned(),
        token: String::new(),
        told: Vec::new(),
    };
    let mut streams = 0;
    let misfortune = async {
        for (turn, service) in sanben::SERVICES.into_iter().enumerate() {
            let seen = number(&fleet, "ledger", "SELECT COUNT(*) FROM events").await;
            eventually("the case goes on", async || number(&fleet, "ledger", "SELECT COUNT(*) FROM events").await > seen + 1).await;
            let seats = fleet.seats_of(service.name);
            fleet.kill(seats[turn % 2]).await;
            if service.name == "notification" {
                // Whichever of the two the watcher was at: its stream has broken by now.
                fleet.launch(seats[turn % 2]).await;
                fleet.kill(seats[(turn + 1) % 2]).await;
            }
        }
    };
    tokio::join!(play_through(&mut journey), misfortune, async { streams = follower.read_to_the_end().await });
    assert!(streams > 1, "the stream broke and went on");
    let request =
        ListNoticesRequest { receipt_code: follower.receipt_code.clone(), page_size: 100, ..ListNoticesRequest::default() };
    let listed = follower.citizen.notices.clone().list_notices(patient(request)).await.expect("a list").into_inner().notices;
    let listed: Vec<&str> = listed.iter().rev().map(|notice| notice.notice_id.as_str()).collect();
    assert_eq!(follower.told, listed, "no gap and no repeat over {streams} streams");
    assert_eq!(number(&fleet, "ledger", "SELECT COUNT(*) FROM cases").await, 1);
    fleet.end().await;
}

/// The server process that stands still in the sequencer's transaction, and when that began.
async fn sequencing(db: &Db) -> Option<(i32, i64)> {
    db.read(async |tx: &mut Tx| {
        let sql = "SELECT pid, CAST(EXTRACT(EPOCH FROM xact_start) * 1000000 AS BIGINT) FROM pg_stat_activity
                   WHERE state = 'idle in transaction' AND usename = current_user AND query LIKE '%log_head%' LIMIT 1";
        Ok::<_, Error>(fetch_optional!(tx, (i32, i64), sql)?)
    })
    .await
    .expect("readable")
}

/// A replica is stopped while it holds the sequencer's turn, and woken when another has taken it over.
#[tokio::test(flavor = "multi_thread")]
async fn a_sequencer_that_is_stopped_and_woken_forks_nothing() {
    let fleet = Fleet::start(2).await;
    let load = Load::on(&fleet);
    let db = fleet.store("ledger").await;
    let seat = fleet.seats_of("ledger")[0];
    let mut stops = 0;
    'hit: loop {
        assert!(stops < STOPS_MAX, "never stopped while sequencing");
        stops += 1;
        fleet.signal(seat, "STOP").await;
        if let Some(held) = sequencing(&db).await {
            let mut same = 0;
            while sequencing(&db).await == Some(held) {
                same += 1;
                if same == LOOKS {
                    break 'hit;
                }
            }
        }
        fleet.signal(seat, "CONT").await;
    }
    let head = "SELECT position FROM log_head";
    let before = number(&fleet, "ledger", head).await;
    eventually("the other replica takes over", async || number(&fleet, "ledger", head).await > before + 2).await;
    fleet.signal(seat, "CONT").await;
    let submissions = load.end().await;
    assert_each_once(&fleet, &submissions).await;
    eventually("all have their position", async || {
        number(&fleet, "ledger", "SELECT COUNT(*) FROM events WHERE position IS NULL").await == 0
    })
    .await;
    assert_positions(&db).await;
    db.close().await;
    fleet.end().await;
}

/// How many events each service has written.
async fn events(fleet: &Fleet) -> Vec<i64> {
    let mut all = Vec::new();
    for service in sanben::SERVICES {
        all.push(number(fleet, service.name, "SELECT COUNT(*) FROM events").await);
    }
    all
}

/// Waits until the broker has every event, and `again` more, and all of it was heard; then tells how many events there are.
async fn heard(fleet: &Fleet, stream: &Stream, again: i64) -> Vec<i64> {
    eventually("everything is heard", async || {
        let total: i64 = events(fleet).await.iter().sum();
        let kept = stream.get_info().await.expect("its state").state.messages;
        if i64::try_from(kept).expect("few") != total + again {
            return false;
        }
        let consumers: Vec<_> = stream.consumers().collect().await;
        let is_done = |info: &consumer::Info| info.num_pending == 0 && info.num_ack_pending == 0;
        consumers.iter().all(|found| found.as_ref().is_ok_and(is_done)) && events(fleet).await.iter().sum::<i64>() == total
    })
    .await;
    events(fleet).await
}

/// What the broker holds is given again and again under other ids, so that only the consumers can know it.
#[tokio::test(flavor = "multi_thread")]
async fn the_same_events_delivered_163_times_have_one_effect() {
    let fleet = Fleet::start(1).await;
    all_pass(&fleet.town, &fleet.clock).await;
    let client = async_nats::connect(fleet.broker.address()).await.expect("the broker");
    let context = async_nats::jetstream::new(client);
    let stream = context.get_stream("SANBEN").await.expect("the stream");
    let before = heard(&fleet, &stream, 0).await;
    let mut again = 0;
    for sequence in 1..=EVENTS_REPEATED {
        let message = stream.get_raw_message(sequence).await.expect("a message");
        for _ in 0..DELIVERIES {
            let mut headers = message.headers.clone();
            headers.insert(async_nats::header::NATS_MESSAGE_ID, fleet.clock.id().to_string());
            let sent = context.publish_with_headers(message.subject.clone(), headers, message.payload.clone()).await;
            sent.expect("sent").await.expect("kept");
            again += 1;
        }
    }
    assert_eq!(heard(&fleet, &stream, again).await, before, "nothing came of {again} repetitions");
    // And whatever comes after them has its effect.
    all_pass(&fleet.town, &fleet.clock).await;
    let twice: Vec<i64> = before.iter().map(|count| 2 * count).collect();
    assert_eq!(heard(&fleet, &stream, again).await, twice, "the same journeys again, and nothing else");
    fleet.end().await;
}

/// Every one of ten processes is stopped and started again while people keep speaking.
#[tokio::test(flavor = "multi_thread")]
async fn a_rolling_restart_fails_no_request() {
    let mut fleet = Fleet::start(2).await;
    let load = Load::on(&fleet);
    for seat in 0..fleet.len() {
        fleet.stop(seat).await;
        fleet.launch(seat).await;
    }
    let submissions = load.end().await;
    assert!(submissions.len() > fleet.len(), "people spoke all along: {}", submissions.len());
    assert_each_once(&fleet, &submissions).await;
    fleet.end().await;
}
