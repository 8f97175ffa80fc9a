//! A case is the fold of its events: random commands of random people, and what holds after every one of them.

mod long;
mod road;
mod same;

use std::collections::HashSet;

use crate::kept::{self, Index};
use road::{Happened, Road, SURVEY};
use sanben_access::Role;
use sanben_bus::{Actor, history, record};
use sanben_clock::{Clock, Ts};
use sanben_db::testing::on_both;
use sanben_db::{Db, Error, Tx, fetch_one};
use sanben_ledger::MIGRATIONS;
use sanben_ledger_rules::case::{Case, Draft, Event, Reached, Referral, State, apply, checklist};
use sanben_proto::kinds::{Book, PaperKind, Track, Verdict};
use sanben_proto::ledger::{AppealStep, CaseState, ClockKind, Door, DraftKind, DraftState, Evidence, ReviewStep, Rung};
use sanben_tools::scaled;
use uuid::Uuid;

/// Usually, and in full.
const SEEDS: [u64; 2] = [60, 200];

/// The case that these events, as JSON, make.
fn fold(id: Uuid, events: &[String]) -> Case {
    let events: Vec<Event> = events.iter().map(|json| serde_json::from_str(json).expect("an event")).collect();
    let Some(Event::Proposed(opening)) = events.first() else { panic!("a case begins with its proposal") };
    let mut case = Case::open(id, (**opening).clone());
    events.iter().for_each(|event| apply(&mut case, event));
    case
}

fn json<T: serde::Serialize>(of: &T) -> String {
    serde_json::to_string(of).expect("JSON")
}

#[test]
fn a_case_is_the_fold_of_its_events_and_its_rules_hold() {
    let (mut reached, mut doors, mut paused) = (HashSet::new(), HashSet::new(), 0);
    let [modest, full] = SEEDS;
    for seed in 0..scaled(modest, full) {
        let mut road = Road::new(seed);
        let mut events = vec![json(&road.propose())];
        let mut folded = fold(road.case.id, &events);
        while let Some(happened) = road.step() {
            assert_allowed(&happened, &road.case);
            for event in happened.events.iter().map(json) {
                apply(&mut folded, &serde_json::from_str(&event).expect("an event"));
                events.push(event);
            }
            let case = &road.case;
            assert_eq!(serde_json::from_str::<Case>(&json(case)).expect("a case"), *case, "seed {seed}");
            assert_eq!(folded, *case, "seed {seed}");
            assert_eq!(usize::try_from(case.revision), Ok(events.len()), "seed {seed}");
            assert_sound(case);
            paused += usize::from(case.is_paused());
            reached.extend([happened.before.state.named(), case.state.named()]);
            doors.extend(case.earlier.iter().map(|round| round.door).chain([case.state.door()]));
        }
        assert_eq!(fold(road.case.id, &events), road.case, "seed {seed}: all of it at once");
    }
    assert!(paused > 100, "hardly any clock stood still: {paused}");
    let all = 1..=CaseState::Objected as i32;
    for state in all.filter_map(|number| CaseState::try_from(number).ok()) {
        assert!(reached.contains(&state), "no road led to {state:?}");
    }
    assert_eq!(doors, HashSet::from([None, Some(Door::Confirmed), Some(Door::Exception)]), "both doors were gone through");
}

/// What the person who acted must have been, said in other words than the rules.
fn assert_allowed(happened: &Happened, after: &Case) {
    let Happened { before, by, at, events } = happened;
    let accused = before.opening.accused_persons.contains(&by.person)
        || by.units.iter().any(|unit| before.opening.accused_units.contains(unit));
    for event in events {
        match event {
            Event::StruckOff { door: Door::Exception, reason } => {
                assert!(by.above.signature.is_some() && !accused, "{event:?} not one level up, or by who is complained about");
                assert!(!reason.trim().is_empty(), "an exception without reasons");
            }
            // What a superior hands out after an objection is signed by the superior.
            Event::ObjectionDecided { .. } => assert!(by.over_lead.signature.is_some() && !accused, "{event:?} by {by:?}"),
            Event::Assigned { lead, .. } if before.state == State::Objected => {
                assert!(by.over_lead.signature.is_some() && !accused, "{event:?} by {by:?}");
                assert_ne!(*lead, before.lead_unit, "returned to who objected");
            }
            // What was drafted is signed for the unit that it waits for, whatever the case says of its gate.
            Event::Urged { .. } | Event::Referred if matches!(events[0], Event::DraftSigned { .. }) => {}
            Event::Registered { .. }
            | Event::Declined { .. }
            | Event::Assigned { .. }
            | Event::Coordinated
            | Event::Referred
            | Event::StruckOff { .. } => {
                assert!(by.signature.is_some(), "{event:?} without a signature");
                assert!(!accused, "{event:?} by who is complained about");
            }
            Event::AssignedUrgently { .. } => {
                assert!(before.opening.track == Track::Urgent && before.state == State::Proposed && !accused, "{event:?}");
            }
            Event::Reclassified { reason, .. } => {
                assert!(by.signature.is_some() && !accused && !reason.trim().is_empty(), "{event:?} by {by:?}");
                assert_eq!(after.number, before.number, "it is counted once");
                assert_ne!((before.book(), before.track()), (after.book(), after.track()));
            }
            Event::Objected { unit, .. } => {
                assert_eq!((unit, Some(unit)), (&before.lead_unit, by.units.first()));
                assert!(before.objection.is_none() && !accused, "objected twice: {before:?}");
            }
            Event::Contributed { unit } => {
                assert!(before.assisting_units.contains(unit) && by.units.first() == Some(unit) && !accused);
            }
            Event::Urged { unit, .. } => {
                assert!(by.signature.is_some() && !accused, "{event:?} by {by:?}");
                assert!(*unit == before.lead_unit || before.assisting_units.contains(unit), "{before:?}");
            }
            Event::UrgeAnswered { number } => {
                let urging = &before.urgings[number - 1];
                assert!(!urging.answered && by.units.first() == Some(&urging.unit), "{event:?} by {by:?}");
            }
            Event::AuthorityAsked { .. } => {
                assert!(by.signature.is_some() && before.number.is_some() && before.state.reply().is_none(), "{event:?} by {by:?}");
                assert!(before.book() != Book::Complaint && !before.opening.sealed, "passed on: {before:?}");
                assert!(before.opening.accused_units.is_empty() && before.opening.accused_persons.is_empty(), "{before:?}");
            }
            Event::AuthorityAnswered { number } => {
                let asked = &before.co_handlings[number - 1];
                assert!(!asked.answered && asked.system == by.person && before.state.reply().is_none(), "{event:?} by {by:?}");
            }
            Event::RecordAdded { .. } => assert_eq!(before.state.handler(), Some(by.person.as_str())),
            Event::Undertaken { handler } => {
                assert_eq!(*handler, by.person);
                assert!(by.units.contains(&before.lead_unit) && !accused, "{by:?}");
            }
            // Rules 2 and 4: in the lead unit, to none who is complained about, supervises, or has reviewed.
            Event::HandlerReplaced { handler, reason } => {
                let reviewed = before.state.report().is_some_and(|report| {
                    report.reviews.iter().any(|passed| passed.step != ReviewStep::Handler && passed.person == *handler)
                });
                assert!(
                    by.units.first() == Some(&before.lead_unit) && !accused && !reason.trim().is_empty(),
                    "{event:?} by {by:?}"
                );
                assert!(by.own.is_some() || by.roles.contains(&Role::Office), "{event:?} by {by:?}");
                assert!(!before.is_supervised_by(handler) && !reviewed && *handler != by.person, "{event:?} of {before:?}");
                assert!(!before.opening.accused_persons.contains(handler), "{event:?}");
                assert_ne!(before.state.handler(), Some(handler.as_str()));
                assert!(before.state.door().is_none() && after.state.handler() == Some(handler), "{event:?}");
                assert!(before.state.handler().is_some_and(|was| after.is_handled_by(was)), "{after:?}");
            }
            Event::Reviewed { person, .. } => {
                assert_eq!(*person, by.person);
                assert!(!accused, "{by:?}");
            }
            Event::ReportedBack { .. } | Event::Replied { .. } => assert_eq!(before.state.handler(), Some(by.person.as_str())),
            // A superior who does not uphold a reply has no window.
            Event::Reopened { .. } if matches!(events[0], Event::AppealDecided { .. }) => {}
            Event::VerdictRecorded { submission, .. } | Event::Reopened { submission, .. } => {
                let open_until = before.state.reply().expect("a reply").verdict_deadline;
                assert!(*at <= open_until, "a verdict at {at}, open until {open_until}");
                assert!(answered(before).contains(submission));
            }
            Event::Joined(joined) => {
                assert!(before.state.report().is_none() && before.state.named() != CaseState::Declined, "{before:?}");
                assert!(!answered(before).contains(&joined.submission), "joined twice");
            }
            Event::Detached { submission } => {
                assert!(!before.opening.submissions.contains(submission) && answered(before).contains(submission));
                assert_eq!(after.verdicts, before.verdicts, "nothing is erased");
            }
            Event::JoinRefused { .. } => panic!("the rules refuse, they do not record it"),
            Event::ReferralAnswered => {
                let handled = before.state.handler() == Some(by.person.as_str());
                assert!(!accused && !handled && !before.is_supervised_by(&by.person), "{by:?}");
            }
            Event::Visited { .. } => {
                assert_ne!(before.state.handler(), Some(by.person.as_str()), "who handled it asks nobody how it was");
                let report = before.state.report().expect("a report");
                assert!(report.reviews.iter().all(|passed| passed.person != by.person) && !accused, "{by:?}");
            }
            Event::Examined => assert_ne!(before.state.handler(), Some(by.person.as_str())),
            Event::ExaminedOf { persons } => {
                assert_ne!(before.state.handler(), Some(by.person.as_str()));
                assert!(persons.iter().all(|one| one.person != by.person), "{event:?} by {by:?}");
            }
            Event::Owned { person, .. } => {
                assert!(*person == by.person && !accused && before.state.handler() != Some(person.as_str()), "{by:?}");
                assert!(by.signature.is_some() || by.above.signature.is_some(), "{by:?}");
            }
            Event::Appealed { submission, .. } => {
                let reply = before.state.reply().expect("a reply");
                // Whatever book it is moved to since, a written opinion can be looked at.
                assert!(before.track() == Track::Petition || reply.opinion == Some(true), "{before:?}");
                assert!(answered(before).contains(submission) && !is_final(before) && !appeal_waits(before), "{before:?}");
            }
            Event::Heard { .. } => {
                assert!(appeal_waits(before) && !accused && by.units.first() == Some(&"city".to_owned()), "{by:?}");
            }
            Event::AppealDecided { step, upheld, .. } => {
                assert!(appeal_waits(before) && !accused && before.state.handler() != Some(by.person.as_str()), "{by:?}");
                let above = if *step == AppealStep::Rereview { &by.above_twice } else { &by.above };
                assert!(above.signature.is_some(), "{by:?}");
                assert_eq!(*upheld, after.round == before.round, "back to the handler if it is not upheld");
                assert!(*step != AppealStep::Rereview || is_final(after));
            }
            Event::RepeatLinked { number, .. } => {
                assert!(before.repeat_of.is_none() && *number >= 2, "{before:?}");
            }
            Event::PaperIssued { kind, number, version, path, submission, .. } => {
                assert_eq!(path.is_some(), *kind == PaperKind::PathNotice);
                let versions = |case: &Case| case.papers.iter().find(|one| one.number == *number).map_or(0, |one| one.version);
                let kept = *kind != PaperKind::HandlingOpinion;
                assert_eq!((versions(before), versions(after)), if kept { (version - 1, *version) } else { (0, 0) }, "{event:?}");
                let petition = matches!(kind, PaperKind::PathNotice | PaperKind::ExtensionNotice);
                assert!(!petition || before.track() == Track::Petition, "{event:?}");
                assert!(submission.is_none_or(|whose| answered(before).contains(&whose)) && !accused, "{event:?} by {by:?}");
            }
            Event::Extended { reason, .. } => {
                assert!(by.signature.is_some() && !accused && !reason.trim().is_empty(), "{event:?} by {by:?}");
                assert_ne!(before.state.handler(), Some(by.person.as_str()), "who handles it gave it more time");
                assert!(before.extension_days == 0 && before.state.reply().is_none(), "{before:?}");
            }
            Event::Paused(paused) => {
                assert!(by.signature.is_some() && !accused && before.state.handler() != Some(by.person.as_str()), "{by:?}");
                assert!(!before.is_paused() && after.is_paused() && paused.from == *at && before.track() != Track::Urgent);
            }
            Event::Resumed { .. } => {
                let handles = before.state.handler() == Some(by.person.as_str());
                assert!((by.signature.is_some() || handles) && !accused && before.is_paused() && !after.is_paused(), "{by:?}");
            }
            Event::Contacted { at: spoken } => {
                assert!(before.contacted.is_none() && after.contacted == Some(*spoken) && !accused, "{before:?}");
            }
            Event::Projected { .. } | Event::UnitsChanged { .. } => panic!("nobody asks for it"),
            Event::RungReached { kind, subject, turn, rung, drafts, .. } => {
                let same = |one: &&Reached| (one.kind, &one.subject, one.turn) == (*kind, subject, *turn);
                let earlier: Vec<i32> = before.rungs.iter().filter(same).map(|one| one.rung as i32).collect();
                assert!(earlier.iter().all(|one| *one < *rung as i32), "reached again, or out of order: {event:?}");
                assert!(before.state.named() != CaseState::Declined && !drafts.is_empty(), "{before:?}");
                assert!(*kind != ClockKind::Finish || (before.state.reply().is_none() && !before.is_paused()), "{before:?}");
            }
            Event::DraftSigned { number } | Event::DraftDropped { number, .. } => {
                let draft = before.drafts.iter().find(|one| one.number == *number).expect("a draft");
                assert!(draft.is_open() && by.units.first() == Some(&draft.signer) && by.own.is_some(), "{event:?} by {by:?}");
                assert!(!accused && before.state.handler() != Some(by.person.as_str()), "{event:?} by {by:?}");
                assert!(after.drafts.iter().all(|one| one.number != *number || !one.is_open()), "{after:?}");
            }
            Event::DraftsLapsed { numbers } => {
                let is_open = |case: &Case| case.drafts.iter().any(|one| numbers.contains(&one.number) && one.is_open());
                assert!(is_open(before) && !is_open(after), "{event:?}");
            }
            Event::DraftsRenewed { drafts } => {
                for draft in drafts {
                    let of_it = |one: &&Draft| {
                        (one.clock, &one.subject, one.turn, one.kind) == (draft.clock, &draft.subject, draft.turn, draft.kind)
                    };
                    let last = before.drafts.iter().rfind(of_it).expect("one that lapsed");
                    assert_eq!((last.state, last.rung), (DraftState::Lapsed, draft.rung), "{before:?}");
                    assert!(draft.is_open() && last.number < draft.number, "{draft:?}");
                }
            }
            Event::Settled => assert!(is_confirmed(after)),
            Event::Proposed(_) | Event::SentBack { .. } | Event::PublicationRecorded { .. } | Event::Archived => {}
        }
        if let Event::Assigned { lead, assisting, .. } | Event::AssignedUrgently { lead, assisting, .. } = event {
            let accused = |unit: &String| before.opening.accused_units.contains(unit);
            assert!(!accused(lead) && !assisting.iter().any(accused), "{event:?}");
        }
        assert!(after.sealed() || !before.sealed(), "unsealed by {event:?}");
        let decided = events.iter().any(|event| matches!(event, Event::AppealDecided { .. }));
        if let Event::Reopened { .. } = event {
            assert!(decided || !is_final(before), "taken up again after its re-review");
        }
        if let Event::StruckOff { .. } | Event::Archived = event {
            assert!(!appeal_waits(before), "closed before the appeal was decided: {before:?}");
        }
        if let Event::Reopened { .. } = event {
            assert_eq!((after.round, after.earlier.len()), (before.round + 1, before.earlier.len() + 1));
            assert_eq!((after.evidence.len(), &after.checklists), (0, &before.checklists), "judged anew, by the same lists");
            assert_eq!(after.earlier[..before.earlier.len()], before.earlier[..], "nothing is erased");
        }
        if let Event::StruckOff { door, .. } = event {
            assert!(before.number.is_some(), "struck off without a signature at the gate");
            assert_eq!(is_confirmed(before), *door == Door::Confirmed, "{before:?}");
            assert!(before.published && before.examined && before.state.reply().is_some(), "{before:?}");
            let asked = before.checklists.iter().flatten().any(|list| list.name == SURVEY);
            assert!(!asked || before.evidence.contains(&Evidence::SiteSurvey), "nobody looked at the place: {before:?}");
            let open_until = before.state.reply().expect("a reply").verdict_deadline;
            let judged = |one: &Uuid| before.verdicts.iter().any(|given| given.round == before.round && given.submission == *one);
            let spoken = answered(before).iter().all(judged);
            assert!(spoken || *at > open_until, "struck off before everybody was heard: {before:?}");
            assert_ne!(before.state.handler(), Some(by.person.as_str()), "who handled it struck it off");
        }
    }
}

fn is_final(case: &Case) -> bool {
    case.appeals.iter().any(|one| one.step == AppealStep::Rereview && one.decided.is_some())
}

fn appeal_waits(case: &Case) -> bool {
    case.appeals.iter().any(|one| one.round == case.round && one.decided.is_none())
}

/// The submissions that have a say in it.
fn answered(case: &Case) -> Vec<Uuid> {
    case.opening.submissions.iter().copied().chain(case.joined.iter().map(|joined| joined.submission)).collect()
}

fn is_confirmed(case: &Case) -> bool {
    let present: Vec<_> =
        case.verdicts.iter().filter(|one| one.round == case.round && answered(case).contains(&one.submission)).collect();
    let said = |verdict| present.iter().any(|given| given.verdict == verdict);
    (said(Verdict::Satisfied) || said(Verdict::BasicallySatisfied)) && !said(Verdict::Dissatisfied)
}

/// What holds of every case at any time.
fn assert_sound(case: &Case) {
    let at_the_gate = matches!(case.state, State::Proposed | State::Declined);
    assert_eq!(case.registered.is_none(), case.number.is_none(), "{case:?}");
    assert!(case.registered.is_none() || !at_the_gate, "{case:?}");
    assert!(case.registered.is_some() || at_the_gate || case.opening.track == Track::Urgent, "past the gate: {case:?}");
    let undecided = case.objection.as_ref().is_some_and(|objection| objection.upheld.is_none());
    assert_eq!(undecided, case.state == State::Objected, "{case:?}");
    assert!(case.contributed.iter().all(|unit| case.assisting_units.contains(unit)), "{case:?}");
    if let Some(handler) = case.state.handler() {
        assert!(!case.is_supervised_by(handler), "who lets a case in or hands it out does not handle it: {case:?}");
    }
    assert!(!case.assisting_units.contains(&case.lead_unit), "{case:?}");
    for draft in case.drafts.iter().filter(|draft| draft.is_open() && matches!(draft.kind, DraftKind::Letter | DraftKind::Order)) {
        let of_clock = |one: &&Reached| (one.kind, &one.subject, one.turn) == (draft.clock, &draft.subject, draft.turn);
        let come = case.rungs.iter().filter(of_clock).map(|one| one.rung).max_by_key(|rung| *rung as i32);
        assert!(come == Some(draft.rung) || (draft.kind == DraftKind::Order && come == Some(Rung::Over)), "{draft:?} in {case:?}");
        assert!(draft.clock != ClockKind::Finish || !case.is_paused(), "it stands still: {case:?}");
    }
    if let Some(report) = case.state.report() {
        let reviewers: HashSet<&str> = report.reviews.iter().map(|passed| passed.person.as_str()).collect();
        assert_eq!(reviewers.len(), report.reviews.len(), "nobody reviews twice: {report:?}");
        let steps: Vec<ReviewStep> = report.reviews.iter().map(|passed| passed.step).collect();
        let all = [ReviewStep::Handler, ReviewStep::Office, ReviewStep::Leader];
        assert_eq!(steps, all[..steps.len()]);
        let others = report.reviews.iter().skip(1).all(|passed| passed.person != report.handler);
        assert!(others, "the handler reviews for themselves only: {report:?}");
        assert_eq!(steps.len() == all.len(), !matches!(case.state, State::Reported(_)), "{:?}", case.state);
    }
    let mut judged = HashSet::new();
    for given in &case.verdicts {
        assert!(judged.insert((given.submission, given.round)), "one verdict a submission and round");
    }
    let unreached = |submission| case.attempts.iter().filter(|one| one.submission == submission && one.round == case.round).count();
    for given in case.verdicts.iter().filter(|given| given.round == case.round && given.verdict == Verdict::Unreachable) {
        assert_eq!(unreached(given.submission), 3, "unreachable after three attempts: {case:?}");
    }
    let archived = matches!(case.state, State::Archived { .. });
    assert!(!archived || case.referral != Some(Referral::Open), "sealed before its referral was answered: {case:?}");
    let closed = matches!(case.state, State::StruckOff { .. } | State::Archived { .. });
    assert_eq!(case.state.door().is_some(), closed);
    assert!(!closed || checklist::missing(case).is_empty(), "{case:?}");
    let distinct: HashSet<_> = case.evidence.iter().map(|evidence| *evidence as i32).collect();
    assert_eq!(distinct.len(), case.evidence.len(), "each once: {case:?}");
    let rounds: Vec<i32> = case.earlier.iter().map(|round| round.number).chain([case.round]).collect();
    assert_eq!(rounds, (1..=case.round).collect::<Vec<_>>());
}

#[tokio::test]
async fn the_snapshot_is_the_fold_of_the_history() {
    let [modest, full] = SEEDS;
    on_both("ledger", &MIGRATIONS, async |db| {
        for seed in 0..scaled(modest, full) / 10 {
            let mut road = Road::new(seed);
            let mut stored = Case::open(road.case.id, road.case.opening.clone());
            let proposed = road.propose();
            keep(&db, &mut stored, &[proposed], road.now, None).await;
            while let Some(Happened { events, at, .. }) = road.step() {
                let revision = stored.revision;
                keep(&db, &mut stored, &events, at, Some(revision)).await;
            }
            assert_eq!(stored, road.case);
            assert_kept(&db, &stored).await;
        }
    })
    .await;
}

async fn keep(db: &Db, case: &mut Case, events: &[Event], at: Ts, revision: Option<i64>) {
    let work = async |tx: &mut Tx| {
        record(tx, &Clock::fake(at), at, &Actor::default(), case, events).await?;
        match revision {
            None => kept::insert(tx, case, &Index::in_reach(["city"])).await,
            Some(revision) => kept::update(tx, case, revision, &Index::in_reach(["city"])).await,
        }
    };
    db.write(work).await.expect("kept");
}

async fn assert_kept(db: &Db, case: &Case) {
    let id = case.id;
    let (entries, snapshot) = db
        .read(async |tx: &mut Tx| {
            let entries = history(tx, id, 0, 1000).await?;
            let (snapshot,) = fetch_one!(tx, (String,), "SELECT snapshot FROM cases WHERE case_id = $1", id)?;
            Ok::<_, Error>((entries, snapshot))
        })
        .await
        .expect("what is kept");
    let details: Vec<String> = entries.into_iter().map(|entry| entry.detail).collect();
    assert_eq!(json(&fold(id, &details)), snapshot);
    let revision = db.read(async |tx: &mut Tx| {
        fetch_one!(
            tx,
            (i64, i64),
            "SELECT revision, (SELECT COUNT(*) FROM events WHERE aggregate_id = $1) FROM cases WHERE case_id = $1",
            id
        )
    });
    assert_eq!(revision.await.expect("a revision"), (case.revision, case.revision));
}
