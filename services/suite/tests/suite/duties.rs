//! What somebody must do, by when, and why it is theirs: exactly the right people have exactly the right duties.

use prost::Message as _;
use sanben::client::patient;
use sanben::journey::{Complaint, Journey as _, RequestIds};
use sanben_access::Role;
use sanben_clock::Ts;
use sanben_host::parse_time;
use sanben_proto::kinds::Track;
use sanben_proto::ledger::*;
use sanben_proto::liaison::PlanVisitResponse;
use sanben_proto::meeting::RecordSuggestionResponse;

use crate::clocks::{bench_at, contact, pause, resume};
use crate::fleet::Fleet;
use crate::matter::{Bench, COMPLAINT, DEMAND, Matter, STAGES, Spec, Stage};
use crate::refusals::{day, held_meeting, new_meeting, new_pair, plan, suggest};
use crate::roads::{own, refer};
use crate::start::{BOTH, Engine, Suite};
use crate::wire::{Ask, EN, Who, ZH};

/// What somebody must do that is of no case.
pub async fn others(bench: &Bench, who: &Who) -> Vec<Duty> {
    page(bench, who, 0, "").await.others
}

/// What is not all there.
pub async fn incomplete(bench: &Bench, who: &Who) -> Vec<String> {
    page(bench, who, 0, "").await.incomplete_services
}

async fn page(bench: &Bench, who: &Who, page_size: i32, page_token: &str) -> ListDutiesResponse {
    bench.wire.ok(who, &ListDutiesRequest { page_size, page_token: page_token.to_owned() }).await
}

/// All of cases, page by page.
async fn all(bench: &Bench, who: &Who, page_size: i32) -> Vec<Duty> {
    let (mut duties, mut token) = (Vec::new(), String::new());
    loop {
        let found = page(bench, who, page_size, &token).await;
        assert!(found.duties.len() <= usize::try_from(page_size).expect("a size"));
        duties.extend(found.duties);
        if found.next_page_token.is_empty() {
            return duties;
        }
        token = found.next_page_token;
    }
}

pub async fn of_matter(bench: &Bench, who: &Who, matter: &Matter) -> Vec<Duty> {
    all(bench, who, 200).await.into_iter().filter(|duty| duty.case_id == matter.case_id).collect()
}

async fn kinds(bench: &Bench, who: &Who, matter: &Matter) -> Vec<DutyKind> {
    let mut kinds: Vec<DutyKind> = of_matter(bench, who, matter).await.iter().map(Duty::kind).collect();
    kinds.sort_by_key(|kind| *kind as i32);
    kinds
}

/// Everybody who may have to do with a case of a sub-bureau, and some who may not.
const CAST: [(&str, &str, Role); 18] = [
    ("lianhu", "chief", Role::Chief),
    ("lianhu", "deputy", Role::Chief),
    ("lianhu", "chief-2021", Role::Chief),
    ("city", "chief", Role::Chief),
    ("lianhu", "desk", Role::DeskOfficer),
    ("city", "desk", Role::DeskOfficer),
    ("lianhu", "handler", Role::Handler),
    ("lianhu", "handler-2", Role::Handler),
    ("yanta", "handler", Role::Handler),
    ("lianhu", "office", Role::Office),
    ("city", "office", Role::Office),
    ("yanta", "office", Role::Office),
    ("lianhu", "leader", Role::LeaderInCharge),
    ("city", "leader", Role::LeaderInCharge),
    ("lianhu-beiyuanmen", "office", Role::Office),
    ("lianhu", "visitor", Role::LiaisonOfficer),
    ("lianhu", "supervisor", Role::Supervisor),
    ("lianhu", "hall", Role::HallAttendant),
];

/// Who has what at a stage of a petition on the straight road.
fn expected(stage: Stage, unit: &str, post: &str) -> Vec<DutyKind> {
    use DutyKind::*;
    let at = format!("{unit} {post}");
    let is_office = at == "lianhu office";
    let is_desk = at == "lianhu desk" || at == "city desk";
    let signs = at == "lianhu chief" || at == "lianhu deputy";
    let handles = at == "lianhu handler" || at == "lianhu handler-2";
    match stage {
        Stage::Proposed if signs => vec![Register],
        Stage::Registered if signs => vec![Assign, TellPath],
        Stage::Proposed | Stage::Registered if is_desk => vec![Contact],
        Stage::Assigned if signs => vec![TellPath],
        Stage::Assigned if handles => vec![Undertake, Contact],
        Stage::Undertaken if at == "lianhu handler" => vec![Contact, TellPath, ReportBack],
        Stage::Reported if at == "lianhu handler" => vec![Contact, ReviewHandler],
        Stage::Reported if handles => vec![ReviewHandler],
        Stage::HandlerReviewed if is_office => vec![ReviewOffice],
        Stage::OfficeReviewed if at == "lianhu leader" => vec![ReviewLeader],
        Stage::HandlerReviewed | Stage::OfficeReviewed if at == "lianhu handler" => vec![Contact],
        Stage::Approved if at == "lianhu handler" => vec![Contact, Deliver],
        Stage::Replied if at == "lianhu visitor" => vec![ReturnVisit],
        Stage::Replied | Stage::Settled if is_office => vec![Publish, Examine],
        Stage::Published if is_office => vec![Examine],
        Stage::Examined if signs => vec![StrikeOff],
        Stage::StruckOff if is_office => vec![Archive],
        _ => Vec::new(),
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn along_a_journey_exactly_the_right_people_have_exactly_the_right_duties() {
    for engine in BOTH {
        let bench = Bench::on(engine).await;
        let mut matter = bench.matter(&DEMAND, Stage::Proposed).await;
        let mut before = Stage::Proposed;
        for stage in STAGES.into_iter().filter(|stage| *stage >= Stage::Proposed) {
            bench.advance(&mut matter, before, stage).await;
            before = stage;
            for (unit, post, role) in CAST {
                let who = bench.officer(unit, post, &[role]);
                let found = kinds(&bench, &who, &matter).await;
                assert_eq!(found, expected(stage, unit, post), "{engine:?} {stage:?} {unit} {post}");
            }
        }
        bench.end().await;
    }
}

/// A station signs for the case, and has no office, leader or supervisor: those of its sub-bureau find what they may do, and what is done nobody
/// finds.
#[tokio::test(flavor = "multi_thread")]
async fn what_a_station_has_nobody_for_is_found_above_it() {
    const STATION: &str = "lianhu-beiyuanmen";
    let of_station = Spec { unit: STATION, lead: STATION, ..DEMAND };
    for engine in BOTH {
        use DutyKind::{AnswerReferral, Archive, Examine, Publish, ReviewLeader, ReviewOffice};
        let bench = Bench::on(engine).await;
        let (mut matter, mut before) = (bench.matter(&of_station, Stage::Reported).await, Stage::Reported);
        let holds = async |matter: &Matter, post: &str, role, expected: &[DutyKind]| {
            let who = bench.officer("lianhu", post, &[role]);
            assert_eq!(kinds(&bench, &who, matter).await, expected, "{engine:?} {post}");
            let duties = of_matter(&bench, &who, matter).await;
            assert!(duties.iter().all(|duty| duty.reason() == DutyReason::Role && duty.unit_id == "lianhu"), "{duties:?}");
            for unit in ["yanta", "city"] {
                let other = bench.officer(unit, post, &[role]);
                assert_eq!(kinds(&bench, &other, matter).await, [], "{engine:?} {unit} {post}");
            }
        };
        holds(&matter, "office", Role::Office, &[]).await;
        for (stage, post, role, expected) in [
            (Stage::HandlerReviewed, "office", Role::Office, &[ReviewOffice][..]),
            (Stage::OfficeReviewed, "leader", Role::LeaderInCharge, &[ReviewLeader]),
            (Stage::Replied, "office", Role::Office, &[Publish, Examine]),
            (Stage::StruckOff, "office", Role::Office, &[Archive]),
        ] {
            bench.advance(&mut matter, before, stage).await;
            before = stage;
            holds(&matter, post, role, expected).await;
        }
        let referral = bench.matter(&of_station, Stage::Undertaken).await;
        let _: ReferCaseToDisciplineResponse = bench.wire.ok(&bench.chief(STATION), &refer(&referral)).await;
        holds(&referral, "supervisor", Role::Supervisor, &[AnswerReferral]).await;
        bench.end().await;
    }
}

/// Both languages, and whoever a token calls a chief without a tenure.
#[tokio::test(flavor = "multi_thread")]
async fn a_duty_says_why_it_is_somebodys() {
    for engine in BOTH {
        let bench = Bench::on(engine).await;
        let mut matter = bench.matter(&DEMAND, Stage::Proposed).await;
        let why = async |who: &Who, matter: &Matter| {
            let ask = Ask::of(&ListDutiesRequest::default());
            let mut texts = Vec::new();
            let mut reason = DutyReason::Unspecified;
            for language in [ZH, EN] {
                let answer = bench.wire.ask(who, language, &ask).await.expect("an answer");
                let found = ListDutiesResponse::decode(answer).expect("the answer of the method");
                let duty = found.duties.into_iter().find(|duty| duty.case_id == matter.case_id).expect("a duty");
                reason = duty.reason();
                for text in [&duty.what, &duty.why] {
                    assert!(!text.starts_with("duty-") && !text.contains('{'), "{text}");
                    assert_eq!(text.is_ascii() || text.contains('\''), language == EN, "{text}");
                }
                texts.push(duty.why);
            }
            (reason, texts)
        };
        let (chief, deputy) = (bench.chief("lianhu"), bench.officer("lianhu", "deputy", &[Role::Chief]));
        let (reason, texts) = why(&chief, &matter).await;
        assert_eq!(reason, DutyReason::Chief);
        assert!(texts[0].contains("莲湖") && texts[1].contains("Lianhu"), "{texts:?}");
        let (reason, texts) = why(&deputy, &matter).await;
        assert_eq!(reason, DutyReason::Deputy);
        assert!(texts[0].contains("副职") && texts[1].contains("deputy"), "{texts:?}");
        bench.advance(&mut matter, Stage::Proposed, Stage::Registered).await;
        let _: TakeCaseOwnershipResponse = bench.wire.ok(&chief, &own(&matter)).await;
        assert_eq!(why(&chief, &matter).await.0, DutyReason::Owner);
        assert_eq!(why(&deputy, &matter).await.0, DutyReason::Deputy, "{engine:?}: it is the chief's own");
        bench.advance(&mut matter, Stage::Registered, Stage::Undertaken).await;
        assert_eq!(why(&bench.handler("lianhu"), &matter).await.0, DutyReason::Handler);
        bench.advance(&mut matter, Stage::Undertaken, Stage::HandlerReviewed).await;
        let (reason, texts) = why(&bench.office("lianhu"), &matter).await;
        assert_eq!(reason, DutyReason::Role);
        assert!(texts[0].contains("联系群众办") && texts[1].contains("office"), "{texts:?}");

        let other = bench.matter(&DEMAND, Stage::Reported).await;
        let both = bench.officer("lianhu", "both", &[Role::Handler, Role::Office]);
        let of = |duties: Vec<Duty>| duties.into_iter().map(|duty| (duty.kind(), duty.role)).collect::<Vec<_>>();
        assert_eq!(of(of_matter(&bench, &both, &matter).await), [(DutyKind::ReviewOffice, "office".to_owned())]);
        assert_eq!(of(of_matter(&bench, &both, &other).await), [(DutyKind::ReviewHandler, "handler".to_owned())]);
        bench.end().await;
    }
}

/// Whoever is complained about, or belongs to them, has nothing at all, as if the case were not there.
#[tokio::test(flavor = "multi_thread")]
async fn who_is_complained_about_finds_no_duty_in_it() {
    for engine in BOTH {
        let bench = Bench::on(engine).await;
        let about = Spec { accused_persons: &["p-lianhu-handler-3", "p-lianhu-desk"], ..COMPLAINT };
        let matter = bench.matter(&about, Stage::Assigned).await;
        let undertake = [DutyKind::Undertake, DutyKind::Contact];
        assert_eq!(kinds(&bench, &bench.handler("lianhu"), &matter).await, undertake, "{engine:?}");
        let accused = bench.officer("lianhu", "handler-3", &[Role::Handler]);
        let below = bench.officer("lianhu-beiyuanmen", "handler", &[Role::Handler, Role::Chief]);
        for who in [&accused, &below] {
            assert_eq!(page(&bench, who, 0, "").await, ListDutiesResponse::default(), "{engine:?} {}", who.name);
        }
        let handed_in = bench.matter(&about, Stage::Proposed).await;
        let (desk, other) =
            (bench.officer("lianhu", "desk", &[Role::DeskOfficer]), bench.officer("lianhu", "desk-2", &[Role::DeskOfficer]));
        assert_eq!(page(&bench, &desk, 0, "").await.duties, [], "{engine:?}");
        assert_eq!(kinds(&bench, &other, &handed_in).await, [DutyKind::Contact], "{engine:?}");
        bench.end().await;
    }
}

/// By when it is due, what nothing says of last; then since when it waits.
fn is_in_order(duties: &[Duty]) -> bool {
    let time = |at: Option<Ts>| at.map_or(i64::MAX, Ts::micros);
    let place = |duty: &Duty| (time(duty.due_time.as_ref().map(parse_time)), time(duty.since_time.as_ref().map(parse_time)));
    duties.is_sorted_by_key(place)
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_overdue_comes_first_and_what_stands_still_is_not_red() {
    const CONSULTATION: Spec = Spec { track: Track::Consultation, ..DEMAND };
    for engine in BOTH {
        use DutyKind::{Contact, ReportBack, Resume, TellPath};
        let bench = bench_at(engine, "2026-03-02T02:00:00Z").await;
        bench.matter(&DEMAND, Stage::Undertaken).await;
        let consultation = bench.matter(&CONSULTATION, Stage::Undertaken).await;
        bench.wait_days(1);
        bench.matter(&DEMAND, Stage::Undertaken).await;
        bench.wait_days(2);
        let handler = || bench.handler("lianhu");
        let list = all(&bench, &handler(), 200).await;
        let of = |list: &[Duty]| list.iter().map(Duty::kind).collect::<Vec<_>>();
        let expected = [Contact, Contact, Contact, ReportBack, TellPath, TellPath, ReportBack, ReportBack];
        assert_eq!(of(&list), expected, "{engine:?}");
        assert!(is_in_order(&list));
        let red = |list: &[Duty]| list.iter().filter(|duty| duty.colour() == Colour::Red).count();
        assert!(list[..3].iter().all(|duty| duty.colour() == Colour::Red) && red(&list) == 3, "{engine:?}: overdue");
        assert_eq!(list[3].due.as_ref().map(|due| due.date.as_str()), Some("2026-03-09"));
        assert_eq!(list[3].clock(), ClockKind::Finish);
        for size in [1, 3, 8] {
            assert_eq!(all(&bench, &handler(), size).await, list, "{engine:?}: pages of {size}");
        }

        let _: RecordContactResponse = bench.wire.ok(&handler(), &contact(&consultation)).await;
        let _: PauseCaseResponse = bench.wire.ok(&bench.chief("lianhu"), &pause(&consultation)).await;
        bench.wait_days(10);
        let still = of_matter(&bench, &handler(), &consultation).await;
        assert_eq!(of(&still), [Resume], "{engine:?}");
        assert_eq!((still[0].colour(), &still[0].due, still[0].clock()), (Colour::Unspecified, &None, ClockKind::Unspecified));
        assert!(is_in_order(&all(&bench, &handler(), 200).await));
        let _: ResumeCaseResponse = bench.wire.ok(&handler(), &resume(&consultation)).await;
        let again = of_matter(&bench, &handler(), &consultation).await;
        assert_eq!(of(&again), [ReportBack], "{engine:?}");
        assert_ne!(again[0].colour(), Colour::Red, "{engine:?}: it stood still");
        bench.wait_days(10);
        let late = of_matter(&bench, &handler(), &consultation).await;
        assert_eq!(late[0].colour(), Colour::Red, "{engine:?}");
        bench.end().await;
    }
}

/// What the rules refuse to the caller is passed over; when there is much of it, a page is short, and the list goes on.
#[tokio::test(flavor = "multi_thread")]
async fn what_would_be_refused_is_not_there_however_much_it_is() {
    const MATTERS: usize = 12;
    for engine in BOTH {
        let bench = Bench::on(engine).await;
        for _ in 0..MATTERS {
            bench.matter(&DEMAND, Stage::Assigned).await;
        }
        // Whoever handed it out does not handle it.
        let both = bench.officer("lianhu", "chief", &[Role::Chief, Role::Handler]);
        let list = all(&bench, &both, 200).await;
        let count = |kind: DutyKind| list.iter().filter(|duty| duty.kind() == kind).count();
        let counts = (count(DutyKind::Undertake), count(DutyKind::Contact), count(DutyKind::TellPath), list.len());
        assert_eq!(counts, (0, MATTERS, MATTERS, 2 * MATTERS), "{engine:?}");
        assert_eq!(all(&bench, &both, 1).await, list, "{engine:?}");
        assert_eq!(all(&bench, &both, 7).await, list, "{engine:?}");
        bench.end().await;
    }
}

/// Nobody visits when the days for a verdict are over; then the chief one level up has to decide, and not a day before.
#[tokio::test(flavor = "multi_thread")]
async fn silence_ends_the_visits_and_brings_the_exception() {
    for engine in BOTH {
        let bench = bench_at(engine, "2026-03-02T02:00:00Z").await;
        let mut matter = bench.matter(&DEMAND, Stage::Replied).await;
        bench.advance(&mut matter, Stage::Settled, Stage::Examined).await;
        let visitor = || bench.officer("lianhu", "visitor", &[Role::LiaisonOfficer]);
        assert_eq!(kinds(&bench, &visitor(), &matter).await, [DutyKind::ReturnVisit], "{engine:?}");
        assert_eq!(page(&bench, &bench.chief("city"), 0, "").await, ListDutiesResponse::default(), "{engine:?}");
        bench.wait_days(30);
        assert_eq!(kinds(&bench, &visitor(), &matter).await, [], "{engine:?}");
        assert_eq!(kinds(&bench, &bench.chief("city"), &matter).await, [DutyKind::StrikeOffByException], "{engine:?}");
        let exception = of_matter(&bench, &bench.chief("city"), &matter).await;
        let since = exception[0].since_time.as_ref().map(parse_time).expect("known");
        assert_eq!(since, Ts::parse("2026-03-17T16:00:00Z").expect("an instant"), "{engine:?}: as soon as the days were over");
        bench.end().await;
    }
}

/// One hop, with the caller's own rights.
#[tokio::test(flavor = "multi_thread")]
async fn the_duties_of_other_services_stand_beside_them() {
    for engine in BOTH {
        let bench = Bench::on(engine).await;
        let received = bench.matter(&DEMAND, Stage::Received).await;
        for _ in 0..2 {
            bench.matter(&DEMAND, Stage::Proposed).await;
        }
        let others = |found: &ListDutiesResponse| {
            let one = |duty: &Duty| (duty.kind(), duty.service.clone(), duty.item_id.clone());
            found.others.iter().map(one).collect::<Vec<_>>()
        };
        let of = |kind, service: &str, id: &str| (kind, service.to_owned(), id.to_owned());
        let first = page(&bench, &bench.desk(), 1, "").await;
        assert_eq!(others(&first), [of(DutyKind::Triage, "intake", &received.submission_id)], "{engine:?}");
        assert_eq!((first.duties.len(), &first.incomplete_services), (1, &Vec::new()), "{engine:?}");
        let (triage, case_duty) = (&first.others[0], &first.duties[0]);
        assert!(triage.due.is_some() && triage.due_time.is_some() && triage.colour() != Colour::Unspecified);
        assert_eq!((case_duty.kind(), case_duty.service.as_str()), (DutyKind::Contact, ""));
        let second = page(&bench, &bench.desk(), 1, &first.next_page_token).await;
        assert_eq!((second.duties.len(), second.others.len()), (1, 0), "{engine:?}: on the first page only");
        let elsewhere = bench.officer("yanta", "desk", &[Role::DeskOfficer]);
        assert_eq!(page(&bench, &elsewhere, 0, "").await, ListDutiesResponse::default(), "{engine:?}");

        let officer = bench.officer("lianhu", "liaison", &[Role::LiaisonOfficer]);
        let pair = new_pair(&bench, &officer).await;
        let planned: PlanVisitResponse = bench.wire.ok(&officer, &plan(&pair, day(&bench, 0))).await;
        let visit = planned.visit.expect("a visit").visit_id;
        let found = page(&bench, &officer, 0, "").await;
        assert_eq!(others(&found), [of(DutyKind::Visit, "liaison", &visit)], "{engine:?}");
        assert_eq!((found.others[0].reason(), found.others[0].colour()), (DutyReason::Planned, Colour::Yellow));
        let colleague = bench.officer("lianhu", "liaison-2", &[Role::LiaisonOfficer]);
        assert_eq!(page(&bench, &colleague, 0, "").await, ListDutiesResponse::default(), "{engine:?}");

        let secretary = bench.officer("lianhu", "secretary", &[Role::MeetingSecretary]);
        let (open, held) = (new_meeting(&bench, &secretary).await, held_meeting(&bench, &secretary).await);
        let suggested: RecordSuggestionResponse = bench.wire.ok(&secretary, &suggest(&held)).await;
        let suggestion = suggested.suggestion.expect("a suggestion").suggestion_id;
        let expected = [of(DutyKind::HoldMeeting, "meeting", &open), of(DutyKind::Deliberate, "meeting", &suggestion)];
        assert_eq!(others(&page(&bench, &secretary, 0, "").await), expected, "{engine:?}: what is due on a day comes first");
        let above = bench.officer("city", "secretary", &[Role::MeetingSecretary]);
        assert_eq!(page(&bench, &above, 0, "").await, ListDutiesResponse::default(), "{engine:?}: of that very unit");
        bench.end().await;
    }
}

/// However much came after it; and that there is more is said.
#[tokio::test(flavor = "multi_thread")]
async fn what_waits_longest_elsewhere_is_never_cut_off() {
    // More than any list answers at once.
    const MANY: usize = 201;
    const SHOWN: usize = 50;
    let bench = bench_at(Engine::Sqlite, "2026-03-02T02:00:00Z").await;
    let holds = async |who: &Who, service: &str, first: (DutyKind, &str), (shown, more): (usize, bool)| {
        let found = page(&bench, who, 0, "").await;
        let duty = found.others.first().expect("a duty");
        assert_eq!((duty.kind(), duty.item_id.as_str()), first);
        assert!(is_in_order(&found.others));
        let incomplete = if more { vec![service.to_owned()] } else { Vec::new() };
        assert_eq!((found.others.len(), found.incomplete_services), (shown, incomplete));
    };
    let oldest = bench.matter(&DEMAND, Stage::Received).await.submission_id;
    bench.wait_days(1);
    for _ in 0..MANY {
        bench.matter(&DEMAND, Stage::Received).await;
    }
    holds(&bench.desk(), "intake", (DutyKind::Triage, &oldest), (SHOWN, true)).await;

    let officer = bench.officer("lianhu", "liaison", &[Role::LiaisonOfficer]);
    let colleague = bench.officer("lianhu", "liaison-2", &[Role::LiaisonOfficer]);
    let planned = async |who: &Who, days| {
        let pair = new_pair(&bench, who).await;
        let planned: PlanVisitResponse = bench.wire.ok(who, &plan(&pair, day(&bench, days))).await;
        planned.visit.expect("a visit").visit_id
    };
    planned(&officer, 9).await;
    let visit = planned(&officer, 1).await;
    planned(&colleague, 0).await;
    holds(&officer, "liaison", (DutyKind::Visit, &visit), (2, false)).await;

    // A token does not outlive the day.
    let secretary = |unit: &str| bench.officer(unit, "secretary", &[Role::MeetingSecretary]);
    let (lianhu, yanta) = (secretary("lianhu"), secretary("yanta"));
    let suggested = async |who: &Who, meeting: &str| {
        let suggested: RecordSuggestionResponse = bench.wire.ok(who, &suggest(meeting)).await;
        suggested.suggestion.expect("a suggestion").suggestion_id
    };
    let meeting = new_meeting(&bench, &lianhu).await;
    let suggestion = suggested(&yanta, &held_meeting(&bench, &yanta).await).await;
    bench.wait_days(1);
    let (lianhu, yanta) = (secretary("lianhu"), secretary("yanta"));
    for _ in 0..MANY {
        new_meeting(&bench, &lianhu).await;
    }
    holds(&lianhu, "meeting", (DutyKind::HoldMeeting, &meeting), (SHOWN, true)).await;
    let full = held_meeting(&bench, &yanta).await;
    for _ in 0..SHOWN {
        suggested(&yanta, &full).await;
    }
    holds(&yanta, "meeting", (DutyKind::Deliberate, &suggestion), (SHOWN, true)).await;
    // What is due on a day comes first, and still does not push out what is due on none.
    for _ in 0..SHOWN {
        new_meeting(&bench, &yanta).await;
    }
    let found = page(&bench, &yanta, 0, "").await.others;
    assert!(found.len() == 2 * SHOWN && is_in_order(&found), "{}", found.len());
    assert!(found[..SHOWN].iter().all(|duty| duty.kind() == DutyKind::HoldMeeting));
    assert_eq!(found[SHOWN].item_id, suggestion, "what has waited longest");
    bench.end().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_away_is_said_to_be() {
    let bench = Bench::of(Suite::without(Engine::Sqlite, "intake").await).await;
    let found = page(&bench, &bench.desk(), 0, "").await;
    assert_eq!((found.incomplete_services, found.others, found.duties), (vec!["intake".to_owned()], Vec::new(), Vec::new()));
    let handler = page(&bench, &bench.handler("lianhu"), 0, "").await;
    assert_eq!(handler, ListDutiesResponse::default(), "whoever has nothing there asks nobody");
    bench.end().await;
}

/// In five processes as in one.
#[tokio::test(flavor = "multi_thread")]
async fn a_fleet_asks_over_the_network_and_says_what_is_away() {
    let mut fleet = Fleet::start(1).await;
    Complaint::new(fleet.town.clone(), RequestIds(fleet.clock.id())).step(0).await.expect("submitted");
    let desk = fleet.town.officer("p-city-desk", "city", &[Role::DeskOfficer]);
    let ask = async || {
        let answer = desk.duties.clone().list_duties(patient(ListDutiesRequest::default())).await;
        answer.expect("an answer").into_inner()
    };
    let found = ask().await;
    let kinds: Vec<DutyKind> = found.others.iter().map(Duty::kind).collect();
    assert_eq!((kinds, found.incomplete_services), (vec![DutyKind::Triage], Vec::new()));
    fleet.kill(fleet.seats_of("intake")[0]).await;
    let found = ask().await;
    assert_eq!((found.others, found.incomplete_services), (Vec::new(), vec!["intake".to_owned()]));
    fleet.end().await;
}

/// The list of somebody is what one finds who looks at the case itself: each verb that is open to them and theirs to do.
pub async fn hold(bench: &Bench, matter: &Matter, unit: &str, post: &str, role: Role) {
    let who = bench.officer(unit, post, &[role]);
    let look = async || {
        let request = GetCaseRequest { case_id: matter.case_id.clone() };
        let seen = bench.wire.ask(&who, ZH, &Ask::of(&request)).await.ok();
        seen.and_then(|bytes| GetCaseResponse::decode(bytes).expect("the answer of the method").case)
    };
    let mut case = look().await;
    loop {
        let listed = kinds(bench, &who, matter).await;
        let after = look().await;
        // A clock may have drafted something between the two.
        if after == case {
            let mut expected = case.as_ref().map_or_else(Vec::new, |case| naive(case, unit, &format!("p-{unit}-{post}"), role));
            expected.sort_by_key(|kind| *kind as i32);
            assert_eq!(listed, expected, "{unit} {post} {role:?}: {case:#?}");
            return;
        }
        case = after;
    }
}

/// From the rules, for a petition without assisting units that is not urgent.
fn naive(case: &Case, unit: &str, person: &str, role: Role) -> Vec<DutyKind> {
    use DutyKind::*;
    let open = |verb: CaseVerb| case.open_verbs().any(|one| one == verb);
    let runs = |kind: ClockKind| case.clocks.iter().any(|clock| clock.kind() == kind && clock.state() == ClockState::Running);
    let handles = case.handler_id == person && role == Role::Handler;
    let ones = case.three_ones.unwrap_or_default();
    let waiting = case.urgings.iter().filter(|urging| !urging.answered && !urging.lapsed && urging.unit_id == unit).count();
    let before_report = matches!(case.state(), CaseState::Registered | CaseState::Assigned | CaseState::Undertaken);
    let may_tell = open(CaseVerb::IssuePaper) && runs(ClockKind::PathNotice) && before_report;
    let review = [ReviewHandler, ReviewOffice, ReviewLeader][case.reviews.len().min(2)];
    let in_hand = if case.state() == CaseState::Assigned { role == Role::Handler && unit == case.lead_unit_id } else { handles };
    let all = [
        (Register, open(CaseVerb::Register)),
        (Assign, open(CaseVerb::Assign)),
        (DecideObjection, open(CaseVerb::DecideObjection)),
        (Undertake, open(CaseVerb::Undertake)),
        (Contact, open(CaseVerb::RecordContact) && runs(ClockKind::FirstContact) && in_hand),
        (TellPath, may_tell && (handles || (role == Role::Chief && case.handler_id.is_empty()))),
        (ReportBack, open(CaseVerb::ReportBack)),
        (review, open(CaseVerb::Review)),
        (Deliver, open(CaseVerb::Reply)),
        (ReturnVisit, open(CaseVerb::RecordReturnVisit) && role == Role::LiaisonOfficer),
        (Publish, open(CaseVerb::RecordPublication) && !ones.publication_recorded),
        (Examine, open(CaseVerb::ExamineAccountability) && !ones.accountability_examined),
        (StrikeOff, open(CaseVerb::StrikeOff)),
        (StrikeOffByException, open(CaseVerb::StrikeOffByException)),
        (Archive, open(CaseVerb::Archive)),
        (DecideAppeal, open(CaseVerb::DecideAppeal)),
        (AnswerReferral, open(CaseVerb::AnswerReferral)),
    ];
    let once = all.into_iter().filter_map(|(kind, theirs)| theirs.then_some(kind));
    let answers = if role == Role::Handler && open(CaseVerb::AnswerUrge) { waiting } else { 0 };
    let waits = |draft: &&CaseDraft| draft.state() == DraftState::Open && draft.signer_unit_id == unit;
    let drafts = if open(CaseVerb::SignDraft) { case.drafts.iter().filter(waits).count() } else { 0 };
    once.chain(std::iter::repeat_n(AnswerUrge, answers)).chain(std::iter::repeat_n(SignDraft, drafts)).collect()
}
