//! How far clocks come, and what that has a person sign, refusal by refusal.

use sanben_clock::Calendar;
use sanben_proto::ledger::{ClockKind, DraftKind, DraftState, Rung};

use super::*;
use crate::case::clock::running;
use crate::case::draft::{DRAFTS_KEPT, groundless, next_number, responsible};
use crate::case::rung::{self, Due, drafted};
use crate::case::{Draft, Extension, External, Reached};

pub fn sign(number: i32) -> Command {
    Command::SignDraft { number, due: "2023-11-20".into(), paper: format!("〔2023〕{number}") }
}

/// Of the unit that signs for the case, in its name.
pub fn signer() -> By {
    By { own: Some(Signature { tenure: "t-lianhu-chief".into(), deputy: false }), ..chief() }
}

fn draft(number: i32, kind: DraftKind, clock: ClockKind) -> Draft {
    let (rung, unit, signer) = (Rung::Due, "lianhu".to_owned(), "lianhu".to_owned());
    let (id, state, subject) = (Uuid::from_u128(7), DraftState::Open, String::new());
    Draft { id, number, kind, state, clock, subject, turn: 1, rung, unit, signer, at: NOW, due: NOW }
}

pub fn bulletin() -> Draft {
    draft(1, DraftKind::Bulletin, ClockKind::Finish)
}

fn at(text: &str) -> Ts {
    Ts::parse(text).expect("an instant")
}

/// Received on the Thursday before Spring Festival, on a track.
fn received(track: Track) -> Case {
    let received = at("2023-01-19T10:00:00+08:00");
    let opening = Opening { track, received, proposed: received, book: Book::Demand, sealed: false, ..opening() };
    let mut case = Case::open(Uuid::nil(), opening.clone());
    apply(&mut case, &Event::Proposed(Box::new(opening)));
    case
}

/// What is due at an instant, as kind and rung; and lets it happen.
fn reach(case: &mut Case, now: &str) -> Vec<(ClockKind, Rung)> {
    let due = rung::due(case, &Calendar::shipped(), at(now));
    let named = due.iter().map(|one| (one.clock.kind, one.rung)).collect();
    for one in due {
        let event = reached(case, &one, at(now));
        apply(case, &event);
    }
    named
}

fn reached(case: &Case, of: &Due, at: Ts) -> Event {
    let unit = responsible(case, of.clock.kind, &of.clock.subject).unwrap_or("city").to_owned();
    let draft = |(number, kind): (i32, DraftKind)| Draft {
        subject: of.clock.subject.clone(),
        turn: of.clock.turn,
        rung: of.rung,
        unit: unit.clone(),
        ..draft(number, kind, of.clock.kind)
    };
    let drafts = (next_number(case)..).zip(drafted(case, &of.clock, of.rung)).map(draft).collect();
    rung::reached(of, at, drafts)
}

/// What the use cases do with what has lost its ground.
fn lapse(case: &mut Case, now: &str) -> Vec<i32> {
    let numbers = groundless(case, &Calendar::shipped(), at(now));
    apply(case, &Event::DraftsLapsed { numbers: numbers.clone() });
    numbers
}

fn waiting(case: &Case) -> Vec<(ClockKind, DraftKind)> {
    case.drafts.iter().filter(|draft| draft.is_open()).map(|draft| (draft.clock, draft.kind)).collect()
}

#[test]
fn each_rung_is_reached_once_in_order_and_in_working_hours() {
    use ClockKind::{Finish, FirstContact};
    let mut case = received(Track::Consultation);
    let check = |case: &mut Case, now, expected: &[(ClockKind, Rung)]| assert_eq!(reach(case, now), expected, "{now}");
    check(&mut case, "2023-01-19T17:59:59+08:00", &[]);
    check(&mut case, "2023-01-20T00:00:00+08:00", &[]);
    check(&mut case, "2023-01-20T08:59:59.999999+08:00", &[]);
    check(&mut case, "2023-01-20T09:00:00+08:00", &[(FirstContact, Rung::Warn)]);
    check(&mut case, "2023-01-20T09:00:00+08:00", &[]);
    check(&mut case, "2023-01-21T10:00:00+08:00", &[]);
    check(&mut case, "2023-01-28T12:00:00+08:00", &[]);
    check(&mut case, "2023-01-28T13:00:00+08:00", &[(FirstContact, Rung::Due)]);
    // Five workdays: 20, 28 and 29 January are the first three, 30 the fourth, 31 the last.
    check(&mut case, "2023-01-30T09:00:00+08:00", &[(Finish, Rung::Warn)]);
    check(&mut case, "2023-02-20T23:00:00+08:00", &[]);
    let all = [(Finish, Rung::Due), (FirstContact, Rung::Over), (Finish, Rung::Over)];
    check(&mut case, "2023-02-20T11:00:00+08:00", &all);
    check(&mut case, "2023-03-20T11:00:00+08:00", &[]);
    assert_eq!(case.drafts.iter().map(|draft| draft.number).collect::<Vec<_>>(), (1..=8).collect::<Vec<_>>());
}

#[test]
fn what_is_urgent_is_due_and_never_near() {
    let mut case = received(Track::Urgent);
    assert_eq!(reach(&mut case, "2023-01-19T10:30:00+08:00"), []);
    let next_day = reach(&mut case, "2023-01-20T09:00:00+08:00");
    assert_eq!(next_day, [(ClockKind::FirstContact, Rung::Warn), (ClockKind::Finish, Rung::Due)]);
}

#[test]
fn what_stands_still_reaches_nothing_and_more_time_moves_what_is_ahead() {
    let mut case = received(Track::Suggestion);
    case.contacted = Some(NOW);
    case.pauses.push(clocks::paused());
    case.pauses[0].from = at("2023-01-20T10:00:00+08:00");
    assert_eq!(reach(&mut case, "2023-06-20T10:00:00+08:00"), []);
    apply(&mut case, &Event::Resumed { at: at("2023-06-20T10:00:00+08:00") });
    assert_eq!(reach(&mut case, "2023-06-20T10:00:00+08:00"), []);
    let mut petition = received(Track::Petition);
    (petition.contacted, petition.told) = (Some(NOW), Some(petition.opening.received));
    assert_eq!(reach(&mut petition, "2023-03-15T10:00:00+08:00"), [(ClockKind::Finish, Rung::Warn)]);
    petition.extension_days = 30;
    assert_eq!(reach(&mut petition, "2023-03-21T10:00:00+08:00"), [], "what was reached is not reached again");
    assert_eq!(reach(&mut petition, "2023-04-20T10:00:00+08:00"), [(ClockKind::Finish, Rung::Due)]);
}

#[test]
fn a_new_round_has_rungs_of_its_own() {
    let mut case = received(Track::Consultation);
    case.rungs.clear();
    reach(&mut case, "2023-03-20T11:00:00+08:00");
    let before = case.rungs.len();
    case.round = 2;
    case.reopened = Some(at("2023-03-20T11:00:00+08:00"));
    assert_eq!(reach(&mut case, "2023-03-28T11:00:00+08:00"), [(ClockKind::Finish, Rung::Warn), (ClockKind::Finish, Rung::Due)]);
    assert_eq!(case.rungs.len(), before - 1, "those of the round before are gone");
}

#[test]
fn a_draft_lapses_with_what_it_is_about() {
    use ClockKind::{Finish, FirstContact};
    use DraftKind::{Bulletin, Letter, Order, Referral};
    let mut case = received(Track::Consultation);
    reach(&mut case, "2023-01-30T09:00:00+08:00");
    assert_eq!(waiting(&case), [(FirstContact, Order), (Finish, Letter)], "an order follows the letter");
    apply(&mut case, &Event::Contacted { at: NOW });
    assert_eq!(waiting(&case), [(Finish, Letter)]);
    reach(&mut case, "2023-02-20T11:00:00+08:00");
    assert_eq!(waiting(&case), [(Finish, Order), (Finish, Bulletin), (Finish, Referral)]);
    apply(&mut case, &Event::Referred);
    assert_eq!(waiting(&case), [(Finish, Order), (Finish, Bulletin)], "it is with discipline already");
    let assigned = |lead: &str| Event::Assigned {
        lead: lead.into(),
        assisting: Vec::new(),
        by: "p-chief".into(),
        at: Some(NOW),
        assist_due: String::new(),
        gate: None,
    };
    let mut elsewhere = case.clone();
    apply(&mut elsewhere, &assigned("lianhu-tumen"));
    assert_eq!(waiting(&elsewhere), [(Finish, Bulletin)], "another unit answers for it now");
    apply(&mut case, &assigned("lianhu"));
    assert_eq!(waiting(&case).len(), 2);
    let mut declined = case.clone();
    apply(&mut declined, &Event::Declined { reason: String::new(), at: None });
    assert_eq!(waiting(&declined), []);
    let report =
        super::super::Report { handler: "p-handler".into(), outcome: Outcome::Explained, reviews: Vec::new(), opinion: false };
    case.state = State::Approved(report);
    apply(&mut case, &Event::Replied { at: NOW, verdict_deadline: LATER });
    assert_eq!(waiting(&case), [(Finish, Bulletin)], "it was late all the same");
    apply(&mut case, &Event::StruckOff { door: Door::Exception, reason: String::new() });
    assert_eq!(waiting(&case), []);
}

/// A petition whose person was told at once and spoken to: 42 of 60 days are used on 2023-03-02, and it is due on 2023-03-20.
fn warned() -> Case {
    let mut case = received(Track::Petition);
    (case.contacted, case.told) = (Some(NOW), Some(case.opening.received));
    assert_eq!(reach(&mut case, "2023-03-06T10:00:00+08:00"), [(ClockKind::Finish, Rung::Warn)]);
    assert_eq!(waiting(&case), [(ClockKind::Finish, DraftKind::Letter)]);
    case
}

#[test]
fn a_letter_lapses_when_its_clock_was_moved_and_comes_when_it_has_come_as_far_again() {
    let extended = |days| {
        let signed = Extension {
            at: NOW,
            person: "p-chief".into(),
            tenure: "t".into(),
            number: "1".into(),
            reason: "复杂".into(),
            round: 1,
        };
        Event::Extended { days, reason: "复杂".into(), signed: Some(signed) }
    };
    let mut case = warned();
    assert_eq!(lapse(&mut case, "2023-03-06T10:00:00+08:00"), [0; 0]);
    apply(&mut case, &extended(1));
    assert_eq!(lapse(&mut case, "2023-03-06T10:00:00+08:00"), [0; 0], "43 of 61 days are used, too");
    let mut case = warned();
    apply(&mut case, &extended(30));
    assert_eq!(lapse(&mut case, "2023-03-23T00:00:00+08:00"), [0; 0], "63 of 90 days");
    assert_eq!(lapse(&mut case, "2023-03-22T23:59:59.999999+08:00"), [1]);
    assert_eq!((waiting(&case), case.drafts[0].state), (Vec::new(), DraftState::Lapsed));
    let next = |case: &Case| {
        let (clock, projected) = running(case, &Calendar::shipped()).remove(0);
        rung::next(case, &clock, &projected, &Calendar::shipped())
    };
    assert_eq!(next(&case), Some(at("2023-03-23T09:00:00+08:00")), "when somebody looks");
    assert_eq!(reach(&mut case, "2023-03-22T18:00:00+08:00"), []);
    assert_eq!(reach(&mut case, "2023-03-23T10:00:00+08:00"), [(ClockKind::Finish, Rung::Warn)]);
    assert_eq!((waiting(&case), case.rungs.len()), (vec![(ClockKind::Finish, DraftKind::Letter)], 1), "the rung was reached once");
    assert_eq!(reach(&mut case, "2023-04-10T10:00:00+08:00"), [], "drafted once");
    assert_eq!(reach(&mut case, "2023-04-20T10:00:00+08:00"), [(ClockKind::Finish, Rung::Due)]);
    assert_eq!(waiting(&case), [(ClockKind::Finish, DraftKind::Order)]);
}

#[test]
fn a_letter_lapses_when_its_clock_stands_still_or_is_another_one() {
    let mut case = warned();
    apply(&mut case, &Event::Paused(clocks::paused()));
    assert_eq!(waiting(&case), []);
    apply(&mut case, &Event::Resumed { at: at("2023-03-07T10:00:00+08:00") });
    assert_eq!(waiting(&case), []);
    assert_eq!(reach(&mut case, "2023-03-08T10:00:00+08:00"), [(ClockKind::Finish, Rung::Warn)], "there are 70 % still");
    assert_eq!((waiting(&case), case.drafts.len()), (vec![(ClockKind::Finish, DraftKind::Letter)], 2));
    // Somebody has decided on it.
    step(&mut case, Command::DropDraft { number: 2, reason: "已约谈".into() }, &signer());
    apply(&mut case, &Event::Paused(clocks::paused()));
    apply(&mut case, &Event::Resumed { at: at("2023-03-09T10:00:00+08:00") });
    assert_eq!(reach(&mut case, "2023-03-10T10:00:00+08:00"), []);
    // Another track has another clock, which drafts for itself.
    let mut case = warned();
    apply(&mut case, &Event::Reclassified { book: Book::Demand, track: Track::Accusation, reason: "举报".into() });
    assert_eq!(waiting(&case), []);
    assert_eq!(reach(&mut case, "2023-03-06T10:00:00+08:00"), [(ClockKind::Finish, Rung::Warn)]);
}

/// Over when it runs again: the letter is no use any more.
#[test]
fn what_has_come_further_drafts_for_that_only() {
    let mut case = warned();
    apply(&mut case, &Event::Paused(clocks::paused()));
    assert_eq!(waiting(&case), []);
    apply(&mut case, &Event::Resumed { at: at("2023-03-07T10:00:00+08:00") });
    assert_eq!(reach(&mut case, "2023-03-28T10:00:00+08:00"), [(ClockKind::Finish, Rung::Due), (ClockKind::Finish, Rung::Over)]);
    assert!(case.drafts.iter().skip(1).all(|one| one.kind != DraftKind::Letter), "{:?}", case.drafts);
}

/// Together, in their order, and once.
#[test]
fn an_order_that_has_lapsed_comes_again_beside_what_follows_it() {
    let mut case = warned();
    assert_eq!(reach(&mut case, "2023-03-21T10:00:00+08:00"), [(ClockKind::Finish, Rung::Due)]);
    case.drafts.iter_mut().for_each(|one| one.state = DraftState::Lapsed);
    assert_eq!(reach(&mut case, "2023-03-29T10:00:00+08:00"), [(ClockKind::Finish, Rung::Due), (ClockKind::Finish, Rung::Over)]);
    let all = [DraftKind::Order, DraftKind::Bulletin, DraftKind::Referral].map(|kind| (ClockKind::Finish, kind));
    assert_eq!(waiting(&case), all);
    assert_eq!(reach(&mut case, "2023-03-29T10:00:01+08:00"), []);
}

/// An order that a calendar without holidays has brought about; a bulletin is of what has been.
#[test]
fn an_order_lapses_when_another_calendar_moves_its_clock() {
    let mut case = received(Track::Consultation);
    case.contacted = Some(NOW);
    let bare = Calendar::parse("date,kind,festival,notice\n").expect("a calendar");
    for now in ["2023-01-27T10:00:00+08:00", "2023-02-03T10:00:00+08:00"] {
        for one in rung::due(&case, &bare, at(now)) {
            let event = reached(&case, &one, at(now));
            apply(&mut case, &event);
        }
    }
    let all = [DraftKind::Order, DraftKind::Bulletin, DraftKind::Referral].map(|kind| (ClockKind::Finish, kind));
    assert_eq!(waiting(&case), all);
    assert_eq!(groundless(&case, &bare, at("2023-02-03T10:00:00+08:00")), [0; 0]);
    assert_eq!(groundless(&case, &Calendar::shipped(), at("2023-02-03T10:00:00+08:00")), [0; 0], "it was due on 2023-01-31");
    assert_eq!(lapse(&mut case, "2023-01-31T10:00:00+08:00"), [2]);
    assert_eq!(waiting(&case), all[1..]);
}

/// They all wait for the same reply.
#[test]
fn of_several_authorities_the_first_day_is_warned_of() {
    let external =
        |number: &str, due: &str| Some(External { authority: "市信访局".into(), number: number.into(), due: due.into() });
    let mut case = received(Track::Petition);
    (case.contacted, case.told) = (Some(NOW), Some(case.opening.received));
    case.opening.external = external("1号", "2023-02-20");
    let received = case.opening.received;
    case.joined = vec![Joined { received, external: external("2号", "2023-02-10"), ..joined() }];
    assert_eq!(
        reach(&mut case, "2023-02-13T10:00:00+08:00"),
        [(ClockKind::External, Rung::Warn), (ClockKind::External, Rung::Due)]
    );
    let orders: Vec<&str> = case.drafts.iter().filter(|one| one.is_open()).map(|one| one.subject.as_str()).collect();
    assert_eq!(orders, ["市信访局 2号"]);
    apply(&mut case, &Event::Detached { submission: joined().submission });
    assert_eq!(
        (waiting(&case), reach(&mut case, "2023-02-13T10:00:00+08:00")),
        (Vec::new(), vec![(ClockKind::External, Rung::Warn)])
    );
}

/// What has been stays, and is not drafted twice.
#[test]
fn a_bulletin_waits_once_when_another_track_is_late_too() {
    let mut case = received(Track::Consultation);
    case.contacted = Some(NOW);
    let drafts = |case: &Case| case.drafts.iter().filter(|one| one.is_open()).map(|one| one.kind).collect::<Vec<_>>();
    reach(&mut case, "2023-02-13T10:00:00+08:00");
    assert_eq!(drafts(&case), [DraftKind::Order, DraftKind::Bulletin, DraftKind::Referral]);
    apply(&mut case, &Event::Reclassified { book: Book::Suggestion, track: Track::Suggestion, reason: "建议".into() });
    assert_eq!(drafts(&case), [DraftKind::Bulletin, DraftKind::Referral], "whoever was late does not get rid of it");
    reach(&mut case, "2023-03-20T10:00:00+08:00");
    assert_eq!(drafts(&case), [DraftKind::Bulletin, DraftKind::Referral, DraftKind::Order]);
}

#[test]
fn a_draft_is_signed_for_its_unit_and_never_by_whoever_handles_the_case() {
    let mut case = case_in(CaseState::Undertaken);
    case.drafts = vec![bulletin(), draft(2, DraftKind::Order, ClockKind::Finish), draft(3, DraftKind::Referral, ClockKind::Finish)];
    case.rungs = vec![Reached { kind: ClockKind::Finish, subject: String::new(), turn: 1, rung: Rung::Due, at: NOW }];
    let check = |case: &Case, command: Command, by: &By, expected| assert_eq!(decide(case, command, by, NOW), Err(expected));
    check(&case, sign(9), &signer(), Refusal::DraftUnknown);
    check(&case, sign(1), &chief(), Refusal::NotTheSigner { unit: "lianhu".into() });
    check(&case, sign(1), &of_the_city(signer()), Refusal::NotTheSigner { unit: "lianhu".into() });
    check(&case, sign(1), &By { person: "p-handler".into(), ..signer() }, Refusal::SignerIsHandler);
    check(&case, sign(1), &By { person: "p-accused".into(), ..signer() }, Refusal::SignerIsAccused);
    check(&case, Command::DropDraft { number: 1, reason: " ".into() }, &signer(), Refusal::ReasonMissing);
    step(&mut case, Command::DropDraft { number: 1, reason: "已约谈".into() }, &signer());
    check(&case, sign(1), &signer(), Refusal::DraftClosed);
    step(&mut case, sign(2), &signer());
    assert_eq!((case.urgings.len(), case.papers.len(), &*case.urgings[0].unit), (1, 1, "lianhu"));
    step(&mut case, sign(3), &signer());
    assert_eq!(case.referral, Some(Referral::Open));
    let states: Vec<DraftState> = case.drafts.iter().map(|draft| draft.state).collect();
    assert_eq!(states, [DraftState::Dropped, DraftState::Signed, DraftState::Signed]);
}

#[test]
fn a_case_does_not_grow_with_its_drafts() {
    let mut case = case_in(CaseState::Undertaken);
    for number in 1..=3 * i32::try_from(DRAFTS_KEPT).expect("a small number") {
        let (kind, subject, turn, rung, at) = (ClockKind::Finish, String::new(), 1, Rung::Over, NOW);
        assert_eq!(next_number(&case), number);
        let drafts = vec![Draft { number, ..bulletin() }];
        apply(&mut case, &Event::RungReached { kind, subject, turn, rung, at, drafts });
        case.rungs.clear();
    }
    assert_eq!(case.drafts.len(), DRAFTS_KEPT);
}

#[test]
fn among_a_hundred_drafts_that_wait_no_number_comes_twice() {
    let mut case = case_in(CaseState::Undertaken);
    let many = i32::try_from(DRAFTS_KEPT).expect("a small number");
    case.drafts = (1..=many).map(|number| Draft { number, ..bulletin() }).collect();
    let (kind, subject, turn, rung, at) = (ClockKind::Finish, String::new(), 1, Rung::Warn, NOW);
    // A letter of a clock that has come further lapses as soon as it is drafted.
    case.rungs = vec![Reached { kind, subject: subject.clone(), turn, rung: Rung::Due, at }];
    let letter = Draft { rung, ..draft(next_number(&case), DraftKind::Letter, kind) };
    apply(&mut case, &Event::RungReached { kind, subject, turn, rung, at, drafts: vec![letter] });
    assert_eq!((case.drafts.len(), next_number(&case)), (DRAFTS_KEPT, many + 2));
    let last = case.drafts.last().expect("a draft");
    assert_eq!((last.number, last.state, case.drafts[0].number), (many + 1, DraftState::Lapsed, 2), "the oldest is forgotten");
    step(&mut case, Command::DropDraft { number: 2, reason: "已约谈".into() }, &signer());
    assert_eq!(case.drafts.iter().filter(|draft| draft.is_open()).count(), DRAFTS_KEPT - 2);
}
