//! Many who write and many who watch, cut at random: what each knows in the end is what a list shows, and nobody was told anything twice.

use std::collections::{BTreeMap, BTreeSet};
use std::time::Duration;

use futures::future::join_all;
use prost::Message;
use sanben::client::{Somebody, Town, patient};
use sanben_access::Role;
use sanben_proto::intake::{CreateSubmissionRequest, GetSubmissionRequest, ProposeSubmissionRequest, SubmissionKind};
use sanben_proto::kinds::Channel;
use sanben_proto::ledger::*;
use tokio::sync::watch;
use tonic::{Code, Request, Response, Status};

use crate::fleet::Fleet;
use crate::load::{eventually, number};
use crate::matter::{Bench, DEMAND, new_id};
use crate::start::{Engine, Suite};
use crate::watch_cases::{Told, Watcher};

const WRITERS: u64 = 3;
const MATTERS: u64 = 4;
const END_SECS_MAX: u64 = 240;
const LOOK_MS: u64 = 50;
const TRIES_MAX: usize = 40;
const STATION: &str = "lianhu-beiyuanmen";
const OTHER_STATION: &str = "lianhu-qingnianlu";

/// Throws that a seed repeats.
struct Dice(u64);

impl Dice {
    fn below(&mut self, sides: u64) -> u64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % sides
    }
}

/// Repeats what a replica did not answer, with the same request id.
async fn insist<M: Message + Clone, R>(request: M, ask: impl AsyncFn(Request<M>) -> Result<Response<R>, Status>) -> R {
    let mut looks = tokio::time::interval(Duration::from_millis(LOOK_MS));
    for _ in 0..TRIES_MAX {
        looks.tick().await;
        match ask(patient(request.clone())).await {
            Ok(answer) => return answer.into_inner(),
            Err(status)
                if matches!(status.code(), Code::Unavailable | Code::DeadlineExceeded | Code::Cancelled | Code::Aborted) => {}
            Err(status) => panic!("{status:?}"),
        }
    }
    panic!("nobody answers")
}

/// A demand that waits at the gate of the sub-bureau.
async fn bring(town: &Town) -> String {
    let submit = CreateSubmissionRequest {
        request_id: new_id(),
        kind: SubmissionKind::Demand as i32,
        channel: Channel::Online as i32,
        text: "路灯坏了。".to_owned(),
        unit_id: "lianhu".to_owned(),
        ..CreateSubmissionRequest::default()
    };
    let citizen = town.citizen().receipts;
    let submission_id = insist(submit, async |ask| citizen.clone().create_submission(ask).await).await.submission_id;
    let desk = town.officer("p-lianhu-desk", "lianhu", &[Role::DeskOfficer]).desk;
    let proposal = Some(Bench::proposal(&DEMAND));
    let (request_id, etag) = (new_id(), String::new());
    let propose = ProposeSubmissionRequest { request_id, submission_id: submission_id.clone(), etag, proposal };
    insist(propose, async |ask| desk.clone().propose_submission(ask).await).await;
    let look = GetSubmissionRequest { submission_id };
    let case_id = async || {
        let found = insist(look.clone(), async |ask| desk.clone().get_submission(ask).await).await;
        found.submission.expect("a submission").case_id
    };
    eventually("the case is there", async || !case_id().await.is_empty()).await;
    case_id().await
}

/// Brings matters and leads each some way, now and then past a unit that it leaves.
async fn write(town: Town, seed: u64) {
    let mut dice = Dice(seed);
    let officer = |post: &str, unit: &str, role| town.officer(&format!("p-{unit}-{post}"), unit, &[role]);
    for _ in 0..MATTERS {
        let case_id = bring(&town).await;
        let target = || (new_id(), case_id.clone(), String::new());
        let chief = officer("chief", "lianhu", Role::Chief);
        let (request_id, case_id, etag) = target();
        let register = RegisterCaseRequest { request_id, case_id, etag };
        insist(register, async |ask| chief.direction.clone().register_case(ask).await).await;
        let mut lead = ["lianhu", STATION, OTHER_STATION][usize::try_from(dice.below(3)).expect("few")];
        let (request_id, case_id, etag) = target();
        let assign = AssignCaseRequest {
            request_id,
            case_id,
            etag,
            lead_unit_id: if lead == "lianhu" { String::new() } else { lead.to_owned() },
            assisting_unit_ids: if dice.below(2) == 0 { vec!["yanta".to_owned()] } else { Vec::new() },
            instruction: "请核实。".to_owned(),
            ..AssignCaseRequest::default()
        };
        insist(assign, async |ask| chief.direction.clone().assign_case(ask).await).await;
        if dice.below(2) == 0 {
            let handler = officer("handler", lead, Role::Handler);
            let (request_id, case_id, etag) = target();
            let object = ObjectToAssignmentRequest { request_id, case_id, etag, reason: "不属于本单位管辖。".to_owned() };
            insist(object, async |ask| handler.handling.clone().object_to_assignment(ask).await).await;
            let (superior, next) = match lead {
                "lianhu" => ("city", "beilin"),
                STATION => ("lianhu", OTHER_STATION),
                _ => ("lianhu", STATION),
            };
            let superior = officer("chief", superior, Role::Chief);
            let (request_id, case_id, etag) = target();
            let (lead_unit_id, reason) = (next.to_owned(), "按管辖范围。".to_owned());
            let decide = DecideObjectionRequest { request_id, case_id, etag, lead_unit_id, reason };
            insist(decide, async |ask| superior.direction.clone().decide_objection(ask).await).await;
            lead = next;
        }
        let handler = officer("handler", lead, Role::Handler);
        let (request_id, case_id, etag) = target();
        let undertake = UndertakeCaseRequest { request_id, case_id, etag };
        insist(undertake, async |ask| handler.handling.clone().undertake_case(ask).await).await;
        for _ in 0..dice.below(8) {
            let (request_id, case_id, etag) = target();
            let (kind, text) = (RecordKind::SiteSurvey as i32, "已到现场。".to_owned());
            let record = AddCaseRecordRequest { request_id, case_id, etag, kind, text };
            insist(record, async |ask| handler.handling.clone().add_case_record(ask).await).await;
        }
    }
}

/// Who watches, and what.
#[derive(Clone, Debug)]
struct Seat {
    unit: &'static str,
    role: Role,
    filter: CaseFilter,
}

fn seats() -> Vec<Seat> {
    let all = CaseFilter::default();
    let seat = |unit, role, filter: &CaseFilter| Seat { unit, role, filter: filter.clone() };
    let undertaken = CaseFilter { states: vec![CaseState::Undertaken as i32], ..all.clone() };
    let before = CaseFilter { states: vec![CaseState::Registered as i32, CaseState::Assigned as i32], ..all.clone() };
    let of_station = CaseFilter { unit_id: STATION.to_owned(), ..all.clone() };
    vec![
        seat("lianhu", Role::Chief, &all),
        seat("city", Role::Office, &all),
        seat("lianhu", Role::Office, &undertaken),
        seat("lianhu", Role::Chief, &before),
        seat("lianhu", Role::Chief, &of_station),
        seat(STATION, Role::Handler, &all),
        seat(OTHER_STATION, Role::Handler, &undertaken),
        seat("yanta", Role::Chief, &all),
        seat("beilin", Role::Chief, &all),
    ]
}

/// What the list shows of it: each case with its etag.
async fn listed(who: &Somebody, filter: &CaseFilter) -> BTreeMap<String, String> {
    let (mut all, mut page_token) = (BTreeMap::new(), String::new());
    loop {
        let request = ListCasesRequest { page_size: 10, page_token, ..ListCasesRequest::default() };
        let page = insist(request, async |ask| who.cases.clone().list_cases(ask).await).await;
        let takes = |case: &Case| {
            (filter.states.is_empty() || filter.states.contains(&case.state))
                && (filter.unit_id.is_empty() || filter.unit_id == case.lead_unit_id)
        };
        all.extend(page.cases.into_iter().filter(takes).map(|case| (case.case_id, case.etag)));
        page_token = page.next_page_token;
        if page_token.is_empty() {
            return all;
        }
    }
}

/// Watches at one of the replicas, is cut at random, goes on at any, and knows in the end what is.
async fn follow(town: Town, replicas: Vec<Town>, seat: Seat, number: u64, mut ended: watch::Receiver<bool>) -> usize {
    let mut dice = Dice(number.wrapping_mul(7919) + 1);
    let person = format!("p-{}-watcher-{number}", seat.unit);
    let at = |town: &Town| town.officer(&person, seat.unit, &[seat.role]);
    let (mut known, mut shown) = (BTreeMap::new(), BTreeSet::new());
    let (mut token, mut streams) = (String::new(), 0);
    let mut looks = tokio::time::interval(Duration::from_millis(LOOK_MS));
    let mut expected = None;
    loop {
        if *ended.borrow_and_update() && expected.is_none() {
            expected = Some(listed(&at(&town), &seat.filter).await);
        }
        if expected.as_ref() == Some(&known) {
            return streams;
        }
        let replica = &replicas[usize::try_from(dice.below(replicas.len() as u64)).expect("few")];
        let Ok(mut watcher) = Watcher::open(&at(replica), &seat.filter, &token).await else {
            // It is not there now.
            looks.tick().await;
            continue;
        };
        streams += 1;
        token.clone_from(&watcher.token);
        for _ in 0..=dice.below(6) {
            if expected.as_ref() == Some(&known) {
                break;
            }
            let told = tokio::select! {
                told = watcher.told() => told,
                _ = ended.changed(), if expected.is_none() => break,
            };
            match told {
                Ok(Told::Case(id, _, etag)) => {
                    assert!(shown.insert((id.clone(), etag.clone())), "{seat:?}: twice: {id} {etag}");
                    known.insert(id, etag);
                }
                Ok(Told::Gone(id)) => drop(known.remove(&id)),
                Err(_) => break,
            }
            token.clone_from(&watcher.token);
        }
    }
}

/// Lets writers write and watchers watch until both are done, whatever happens meanwhile.
async fn all_agree(town: &Town, replicas: &[Town], misfortune: impl Future<Output = ()>) {
    let (end, ended) = watch::channel(false);
    let watching =
        join_all((0..).zip(seats()).map(|(number, seat)| follow(town.clone(), replicas.to_vec(), seat, number, ended.clone())));
    let writing = async {
        tokio::join!(join_all((0..WRITERS).map(|writer| write(town.clone(), writer + 1))), misfortune);
        end.send_replace(true);
    };
    let all = async { tokio::join!(watching, writing).0 };
    let streams = tokio::time::timeout(Duration::from_secs(END_SECS_MAX), all).await.expect("all of them agree");
    assert!(streams.iter().sum::<usize>() > 2 * streams.len(), "they were cut: {streams:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_watches_one_process_knows_what_is() {
    for engine in [Engine::Sqlite, Engine::Postgres] {
        let suite = Suite::on(engine).await;
        let town = suite.town.clone();
        all_agree(&town, std::slice::from_ref(&town), async {}).await;
        suite.end().await;
    }
}

/// Each replica of the ledger is killed once, and comes back; whoever watched it goes on at the other.
#[tokio::test(flavor = "multi_thread")]
async fn whoever_watches_replicas_that_are_killed_knows_what_is() {
    let mut fleet = Fleet::start(2).await;
    let town = fleet.town.clone();
    let seats = fleet.seats_of("ledger");
    let at = |seat: &usize| Town::at(&fleet.address(*seat), fleet.issuer(), fleet.clock.clone(), "zh-CN").expect("an address");
    let replicas: Vec<Town> = seats.iter().map(at).collect();
    let misfortune = async {
        for seat in seats {
            let seen = number(&fleet, "ledger", "SELECT COUNT(*) FROM events").await;
            eventually("the cases go on", async || number(&fleet, "ledger", "SELECT COUNT(*) FROM events").await > seen + 4).await;
            fleet.kill(seat).await;
            fleet.launch(seat).await;
        }
    };
    all_agree(&town, &replicas, misfortune).await;
    fleet.end().await;
}
