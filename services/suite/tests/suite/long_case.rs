//! A case that goes on and on, and the largest pages there are: everything still answers, in messages that every client takes.

use std::time::Duration;

use crate::kept;
use prost::Message;
use sanben_access::Role;
use sanben_bus::{Actor, history, record};
use sanben_clock::{Clock, Ts};
use sanben_db::{Error, Tx};
use sanben_ledger::case::store::{self, Document as Paper};
use sanben_ledger::paper;
use sanben_ledger_rules::case::{
    Appeal, By, Case as Kept, Checklist, Command, Event, External, Joined, KEPT, Reply, Report, Round, Signature, State, Urging,
    appeal::Hearing, apply, checklist::Item, decide,
};
use sanben_proto::kinds::paper::Content;
use sanben_proto::kinds::{HandlingOpinion, Outcome, PaperKind, Verdict};
use sanben_proto::ledger::*;
use sanben_tools::scaled;
use uuid::Uuid;

use crate::matter::{Bench, DEMAND, Matter, Stage, assign, new_id, verdict};
use crate::roads::case_of;
use crate::start::{BOTH, Engine};
use crate::wire::{Ask, Who, Wire, ZH};

const DAY: Duration = Duration::from_secs(24 * 3600);

/// Usually, and in full.
const EVENTS: [i64; 2] = [2_000, 10_000];
/// In one transaction.
const CHUNK: i64 = 500;
const PAGE: i32 = 200;
/// What clients of gRPC take unless they are told otherwise.
const MESSAGE_BYTES_MAX: usize = 4 * 1024 * 1024;
const CASE_BYTES_MAX: usize = 64 * 1024;
const REACH: [&str; 3] = ["beilin", "city", "lianhu"];

fn reach() -> Vec<String> {
    REACH.map(str::to_owned).to_vec()
}

fn case_id(matter: &Matter) -> Uuid {
    matter.case_id.parse().expect("a UUID")
}

/// Asks, and answers the message with its size.
async fn sized<R: Message + Default>(bench: &Bench, who: &Who, ask: &Ask) -> (R, usize) {
    let answer = bench.wire.ask(who, ZH, ask).await.unwrap_or_else(|refused| panic!("{:?}", refused.why()));
    let size = answer.len();
    (R::decode(answer).expect("the answer of the method"), size)
}

/// What officers do again and again on the way to a reply, each with its paper.
fn verb(turn: i64) -> (Command, By, DocumentKind) {
    let by = |person: &str, unit: &str, role| By {
        person: person.to_owned(),
        units: vec![unit.to_owned(), "city".to_owned()],
        roles: vec![role],
        ..By::default()
    };
    match turn % 50 {
        0..40 => {
            let handler = by("p-lianhu-handler", "lianhu", Role::Handler);
            (Command::AddRecord { kind: RecordKind::Measure }, handler, DocumentKind::Measure)
        }
        40..49 => {
            let signature = Some(Signature { tenure: "t-lianhu-chief".to_owned(), deputy: false });
            let chief = By { signature, ..by("p-lianhu-chief", "lianhu", Role::Chief) };
            (Command::Coordinate, chief, DocumentKind::Coordination)
        }
        _ => (Command::Contribute, by("p-beilin-handler", "beilin", Role::Handler), DocumentKind::Contribution),
    }
}

/// By the same rules and the same store as over the public methods, many in one transaction.
async fn goes_on(bench: &Bench, matter: &Matter, until: i64) {
    let (id, clock) = (case_id(matter), Clock::system());
    let mut revision = 0;
    while revision < until {
        let work = async |tx: &mut Tx| {
            store::take_turn(tx, id).await?;
            let before = store::find(tx, id).await?.expect("a case");
            let mut case = before.clone();
            while case.revision < until.min(before.revision + CHUNK) {
                let now = clock.now();
                let (command, by, kind) = verb(case.revision);
                let events = decide(&case, command, &by, now).expect("an officer may");
                let actor = Actor { person: by.person.clone(), unit: by.units[0].clone(), ..Actor::default() };
                record(tx, &clock, now, &actor, &mut case, &events).await?;
                let (text, unit) = (format!("第{}号记录。", case.revision), by.units[0].clone());
                let paper = Paper { id: clock.id(), kind, round: case.round, text, created: now, unit, authority: String::new() };
                store::insert_document(tx, id, &paper).await?;
            }
            kept::changed(tx, &before, &case, &reach()).await?;
            Ok::<_, Error>(case.revision)
        };
        revision = bench.stores.of_service("ledger").write(work).await.expect("it goes on");
    }
}

/// Two rounds over the public methods; then it is handled again.
async fn taken_up_twice(bench: &Bench) -> Matter {
    let mut matter = bench.matter(&DEMAND, Stage::Registered).await;
    let _: AssignCaseResponse = bench.wire.ok(&bench.chief("lianhu"), &assign(&matter, "", &["beilin"])).await;
    bench.advance(&mut matter, Stage::Assigned, Stage::Replied).await;
    for round in 1..=2 {
        let _: sanben_proto::intake::GiveVerdictResponse =
            bench.wire.ok(&Wire::anonymous(), &verdict(&matter, round, Verdict::Dissatisfied)).await;
        let (request_id, receipt_code, reason) = (new_id(), matter.receipt_code.clone(), "没有解决".to_owned());
        let reopen = sanben_proto::intake::ReopenCaseRequest { request_id, receipt_code, reason, part: 0 };
        let _: sanben_proto::intake::ReopenCaseResponse = bench.wire.ok(&Wire::anonymous(), &reopen).await;
        bench.stores.settled().await;
        if round == 1 {
            bench.advance(&mut matter, Stage::Undertaken, Stage::Replied).await;
        }
    }
    matter
}

fn add_record(matter: &Matter, etag: &str) -> AddCaseRecordRequest {
    let (request_id, case_id, etag) = (new_id(), matter.case_id.clone(), etag.to_owned());
    AddCaseRecordRequest { request_id, case_id, etag, kind: RecordKind::SiteSurvey as i32, text: "现场已看。".to_owned() }
}

/// All pages of its history; one more event comes while they are read.
async fn read_history(bench: &Bench, matter: &Matter) -> Vec<i64> {
    let who = bench.handler("lianhu");
    let (mut revisions, mut page_token, mut pages) = (Vec::new(), String::new(), 0);
    loop {
        let request = ListCaseEventsRequest { case_id: matter.case_id.clone(), page_size: PAGE, page_token };
        let (page, size) = sized::<ListCaseEventsResponse>(bench, &who, &Ask::of(&request)).await;
        assert!(size < MESSAGE_BYTES_MAX && page.events.len() <= PAGE as usize, "{size} bytes");
        revisions.extend(page.events.iter().map(|event| i64::from(event.revision)));
        pages += 1;
        if pages == 5 {
            let _: AddCaseRecordResponse = bench.wire.ok(&who, &add_record(matter, "")).await;
        }
        page_token = page.next_page_token;
        if page_token.is_empty() {
            return revisions;
        }
    }
}

async fn read_papers(bench: &Bench, matter: &Matter) -> Vec<Document> {
    let (mut papers, mut page_token) = (Vec::new(), String::new());
    loop {
        let request = ListCaseDocumentsRequest { case_id: matter.case_id.clone(), page_size: PAGE, page_token };
        let page: ListCaseDocumentsResponse = bench.wire.ok(&bench.handler("lianhu"), &request).await;
        papers.extend(page.documents);
        page_token = page.next_page_token;
        if page_token.is_empty() {
            return papers;
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_case_of_thousands_of_events_is_read_watched_and_handled_like_any_other() {
    let [modest, full] = EVENTS;
    let events = scaled(modest, full);
    for engine in BOTH {
        let bench = Bench::on(engine).await;
        let mut matter = taken_up_twice(&bench).await;
        let before = case_of(&bench, &matter).await.etag.parse::<i64>().expect("a number");
        goes_on(&bench, &matter, events).await;

        // It is looked at and watched; a stale etag is refused and the present one is not.
        let handler = bench.handler("lianhu");
        let look = Ask::of(&GetCaseRequest { case_id: matter.case_id.clone() });
        let (found, size) = sized::<GetCaseResponse>(&bench, &handler, &look).await;
        assert!(size < CASE_BYTES_MAX, "{engine:?}: {size} bytes");
        let case = found.case.expect("a case");
        assert_eq!((case.etag, case.round, case.earlier_rounds.len()), (events.to_string(), 3, 2), "{engine:?}");
        let request = WatchCaseRequest { case_id: matter.case_id.clone(), seen_etag: events.to_string() };
        let watcher = bench.suite.town.officer("p-lianhu-handler", "lianhu", &[Role::Handler]);
        let mut watched = watcher.cases.clone().watch_case(request).await.expect("a stream").into_inner();
        assert_eq!(watched.message().await.expect("open").expect("a response").case, None, "{engine:?}: as last seen");
        let stale = Ask::of(&add_record(&matter, &(events - 1).to_string()));
        assert_eq!(bench.wire.refused(&handler, ZH, &stale).await.code, tonic::Code::Aborted);
        let _: AddCaseRecordResponse = bench.wire.ok(&handler, &add_record(&matter, &events.to_string())).await;
        let seen = watched.message().await.expect("open").expect("a response").case.expect("a case");
        assert_eq!(seen.etag, (events + 1).to_string(), "{engine:?}");

        // All pages, without gap or repeat, while another event comes.
        let revisions = read_history(&bench, &matter).await;
        assert_eq!(revisions, (1..=events + 2).collect::<Vec<_>>(), "{engine:?}");
        let papers = read_papers(&bench, &matter).await;
        let ids: std::collections::BTreeSet<&str> = papers.iter().map(|paper| paper.document_id.as_str()).collect();
        assert_eq!(ids.len(), papers.len(), "{engine:?}: each once");
        assert_eq!(papers.iter().filter(|paper| paper.kind() == DocumentKind::SiteSurvey).count(), 2, "{engine:?}");
        let texts: Vec<&str> = papers.iter().map(|paper| paper.text.as_str()).filter(|text| text.starts_with('第')).collect();
        let expected: Vec<String> = (before + 1..=events).map(|number| format!("第{number}号记录。")).collect();
        assert_eq!(texts, expected, "{engine:?}: in the order in which they were written");

        // The history makes the case again.
        let id = case_id(&matter);
        let read = async |tx: &mut Tx| {
            let entries = history(tx, id, 0, events * 2).await?;
            Ok::<_, Error>((entries, store::find(tx, id).await?.expect("a case")))
        };
        let (entries, kept) = bench.stores.of_service("ledger").read(read).await.expect("readable");
        let happened: Vec<Event> = entries.iter().map(|entry| serde_json::from_str(&entry.detail).expect("an event")).collect();
        let Some(Event::Proposed(opening)) = happened.first() else { panic!("a case begins with its proposal") };
        let mut folded = Kept::open(id, (**opening).clone());
        happened.iter().for_each(|event| apply(&mut folded, event));
        assert_eq!(folded, kept, "{engine:?}");

        // It goes on.
        bench.advance(&mut matter, Stage::Undertaken, Stage::Replied).await;
        assert_eq!(case_of(&bench, &matter).await.state(), CaseState::Replied, "{engine:?}");
        bench.end().await;
    }
}

/// A case where everything is as long as it may be.
fn largest(of: &Kept, number: u128) -> Kept {
    let at = Ts::from_micros(1_700_000_000_000_000);
    let wide = |count: usize| "𠮷".repeat(count);
    let mut case = Kept { id: Uuid::from_u128(number), ..of.clone() };
    (case.opening.title, case.opening.summary) = (wide(80), wide(1000));
    case.opening.external = Some(External { authority: wide(80), number: wide(80), due: "2099-01-05".to_owned() });
    case.number = Some(format!("诉〔2023〕{number:06}"));
    let joined = |one: u128| {
        let external = External { authority: wide(40), number: format!("{one:04}{}", wide(76)), due: "2099-01-05".to_owned() };
        Joined { submission: Uuid::from_u128(number + one), received: at, parties: 1000, external: Some(external) }
    };
    case.joined = (1..200).map(joined).collect();
    case.assisting_units = (0..20).map(|one| format!("{one:040}")).collect();
    case.assist_due = "2099-01-05".to_owned();
    let urging = Urging { unit: "0".repeat(40), due: "2099-01-05".to_owned(), answered: true, lapsed: true, at: None };
    case.urgings = vec![urging; 50];
    let report = Report { handler: "p".repeat(80), outcome: Outcome::Supported, reviews: Vec::new(), opinion: true };
    let reply = Reply { report, delivered: at, verdict_deadline: at, opinion: None };
    let round = |number| Round { number, reply: reply.clone(), door: Some(Door::Exception), published: true, examined: true };
    case.earlier = (0..KEPT).map(|one| round(900 + i32::try_from(one).expect("a small number"))).collect();
    let hearing = |day: u32| Hearing { from: at.plus(2 * day * DAY), until: at.plus((2 * day + 1) * DAY) };
    let hearings: Vec<Hearing> = (0..30).map(hearing).collect();
    let appeal = |round| {
        let (step, submission, hearings) = (AppealStep::Review, of.id, hearings.clone());
        Appeal { step, submission, round, asked: at, hearing_days: 300, hearings, decided: None }
    };
    case.appeals = (0..KEPT).map(|one| appeal(900 + i32::try_from(one).expect("a small number"))).collect();
    // What other authorities wait for is measured in the first round.
    (case.round, case.state) = (if number.is_multiple_of(2000) { 1 } else { 999 }, State::Replied(reply.clone()));
    let item = |one: i32| Item { key: format!("{one:040}"), title: wide(20), evidence: Evidence::Measure };
    let list = |version| Checklist {
        name: format!("{version:040}"),
        version,
        title: wide(20),
        origins: Vec::new(),
        required: false,
        items: (0..20).map(item).collect(),
    };
    case.checklists = Some((0..20).map(list).collect());
    case
}

/// A draft of an opinion where everything is as long as it may be.
fn longest_paper(clock: &Clock) -> paper::store::Paper {
    let wide = |count: usize| "𠮷".repeat(count);
    let opinion = HandlingOpinion { request: wide(2000), facts: wide(5000), opinion: wide(5000), basis: wide(2000) };
    let said = sanben_proto::kinds::Paper { content: Some(Content::HandlingOpinion(opinion)), ..Default::default() };
    paper::store::Paper {
        id: clock.id(),
        kind: PaperKind::HandlingOpinion,
        number: None,
        version: 1,
        round: 1,
        unit: "lianhu".to_owned(),
        submission: None,
        created: clock.now(),
        issued: None,
        content: said.encode_to_vec(),
    }
}

/// What a client takes is not exceeded by 200 of the longest texts and papers, nor by 200 of the largest cases: a page ends before.
#[tokio::test(flavor = "multi_thread")]
async fn the_largest_pages_are_taken_by_every_client() {
    let bench = Bench::on(Engine::Sqlite).await;
    let matter = bench.matter(&DEMAND, Stage::Registered).await;
    let (id, clock) = (case_id(&matter), Clock::system());
    let fill = async |tx: &mut Tx| {
        let of = store::find(tx, id).await?.expect("a case");
        for number in 0..200 {
            let (kind, text, unit) = (DocumentKind::Reply, "𠮷".repeat(5000), "lianhu".to_owned());
            let paper = Paper { id: clock.id(), kind, round: 1, text, created: clock.now(), unit, authority: String::new() };
            store::insert_document(tx, id, &paper).await?;
            paper::store::insert(tx, id, &longest_paper(&clock)).await?;
            let case = largest(&of, 1_000_000 + 1000 * number);
            kept::new(tx, &case, &reach()).await?;
        }
        Ok::<_, Error>(())
    };
    bench.stores.of_service("ledger").write(fill).await.expect("kept");
    let officer = bench.suite.town.officer("p-lianhu-handler", "lianhu", &[Role::Handler]);
    let case_id = matter.case_id.clone();
    macro_rules! all_pages {
        ($client:ident.$method:ident, $items:ident, $request:expr) => {{
            let (mut seen, mut pages, mut page_token) = (0, 0, String::new());
            loop {
                let request = $request(page_token);
                let page = officer.$client.clone().$method(request).await.expect("a page that is taken").into_inner();
                assert!(
                    page.encoded_len() < MESSAGE_BYTES_MAX && !page.$items.is_empty(),
                    "{} {seen}: {}",
                    stringify!($method),
                    page.encoded_len()
                );
                (seen, pages, page_token) = (seen + page.$items.len(), pages + 1, page.next_page_token);
                if page_token.is_empty() {
                    break (seen, pages);
                }
            }
        }};
    }
    let texts = all_pages!(cases.list_case_documents, documents, |page_token| ListCaseDocumentsRequest {
        case_id: case_id.clone(),
        page_size: PAGE,
        page_token
    });
    let papers = all_pages!(papers.list_papers, papers, |page_token| ListPapersRequest {
        case_id: case_id.clone(),
        page_size: PAGE,
        page_token
    });
    let cases = all_pages!(cases.list_cases, cases, |page_token| ListCasesRequest {
        page_size: PAGE,
        page_token,
        ..ListCasesRequest::default()
    });
    assert_eq!((texts.0, papers.0, cases.0), (200, 200, 201), "none is left out");
    assert!(texts.1 > 1 && papers.1 > 1 && cases.1 > 1, "they do not fit on one: {texts:?} {papers:?} {cases:?}");
    bench.end().await;
}
