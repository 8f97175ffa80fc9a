//! A case that everybody keeps coming back to: ten thousand events, and it stays as small as after some rounds.

use std::time::Duration;

use sanben_access::Role;
use sanben_clock::Ts;
use sanben_ledger_rules::case::{
    Above, Accounted, By, Case, Command, Event, Joined, KEPT, Opening, Signature, apply, decide, presets::Chosen,
};
use sanben_proto::kinds::{Book, Channel, Outcome, Track, Verdict};
use sanben_proto::ledger::{AccountabilityMeasure, PersonalDuty, RecordKind};
use uuid::Uuid;

use super::{fold, json};

const EVENTS: usize = 10_000;
/// As many as a case takes.
const SUBMISSIONS: u128 = 200;
const DAY: Duration = Duration::from_secs(24 * 3600);
const SNAPSHOT_BYTES_MAX: usize = 1024 * 1024;

/// A case with everything that happened to it.
struct Long {
    case: Case,
    now: Ts,
    events: Vec<String>,
}

/// Somebody of the sub-bureau.
fn by(person: &str, role: Role) -> By {
    By { person: person.into(), units: vec!["lianhu".into(), "city".into()], roles: vec![role], ..By::default() }
}

fn signed(tenure: &str) -> Option<Signature> {
    Some(Signature { tenure: tenure.into(), deputy: false })
}

fn chief() -> By {
    By { signature: signed("t-lianhu-chief"), ..by("p-chief", Role::Chief) }
}

fn city_chief() -> By {
    let above = Above { unit: "city".into(), superior_needed: false, signature: signed("t-city-chief") };
    By { above, units: vec!["city".into()], ..by("p-city-chief", Role::Chief) }
}

fn handler() -> By {
    by("p-handler", Role::Handler)
}

impl Long {
    fn new() -> Long {
        let now = Ts::from_micros(1_700_000_000_000_000);
        let opening = Opening {
            submissions: vec![Uuid::from_u128(1)],
            book: Book::Demand,
            track: Track::Petition,
            origin: Channel::Online,
            title: "请求增设路口照明".into(),
            summary: "多年反复反映".into(),
            lead_unit: "lianhu".into(),
            gate_unit: "lianhu".into(),
            gate_chain: vec!["lianhu".into(), "city".into()],
            accused_units: Vec::new(),
            accused_persons: Vec::new(),
            sealed: false,
            parties: 1,
            external: None,
            received: now,
            proposed: now,
            presets: Chosen::Shipped,
        };
        let mut case = Case::open(Uuid::from_u128(9), opening.clone());
        let proposed = Event::Proposed(Box::new(opening));
        apply(&mut case, &proposed);
        Long { case, now, events: vec![json(&proposed)] }
    }

    fn happens(&mut self, command: Command, by: &By) {
        let verb = command.verb();
        let events = decide(&self.case, command, by, self.now).unwrap_or_else(|refusal| panic!("{verb:?}: {refusal:?}"));
        for event in &events {
            apply(&mut self.case, event);
            self.events.push(json(event));
        }
    }

    fn begin(&mut self) {
        for number in 2..=SUBMISSIONS {
            let joined = Joined { submission: Uuid::from_u128(number), received: self.now, parties: 1, external: None };
            self.happens(Command::Join(joined), &By::default());
        }
        self.happens(Command::Register { number: "诉〔2023〕7F3K2Q".into(), checklists: Vec::new() }, &chief());
        let (lead, assisting) = (vec!["lianhu".into(), "city".into()], vec![vec!["jiaojing".into(), "city".into()]]);
        self.happens(Command::Assign { lead, assisting, assist_due: "2023-11-28".into() }, &chief());
        self.happens(Command::Undertake, &handler());
    }

    /// From one reply to being taken up again: by the person, or by a superior who does not uphold the reply.
    fn round(&mut self) {
        let assistant = By { units: vec!["jiaojing".into(), "city".into()], ..by("p-jiaojing", Role::Handler) };
        for duty in [PersonalDuty::Petition, PersonalDuty::Safety] {
            self.happens(Command::AddRecord { kind: RecordKind::Measure }, &handler());
            self.happens(Command::Coordinate, &chief());
            self.happens(Command::TakeOwnership { duty }, &chief());
            self.happens(Command::TakeOwnership { duty }, &city_chief());
        }
        if self.case.round == 1 {
            self.happens(Command::Contribute, &assistant);
            for _ in 0..50 {
                self.happens(Command::Urge { unit: "lianhu".into(), due: "2023-12-01".into(), paper: None }, &chief());
            }
        }
        let second = by("p-second", Role::Handler);
        for reason in ["请补充调查", ""] {
            self.happens(Command::ReportBack { outcome: Outcome::Explained, opinion: true }, &handler());
            let approve = reason.is_empty();
            self.happens(Command::Review { approve, criteria_met: approve, reason: reason.into() }, &second);
        }
        for reviewer in [by("p-office", Role::Office), by("p-leader", Role::LeaderInCharge)] {
            self.happens(Command::Review { approve: true, criteria_met: true, reason: String::new() }, &reviewer);
        }
        self.happens(
            Command::Reply { verdict_deadline: self.now.plus(15 * DAY), opinion: format!("意见〔2023〕{}", self.case.round) },
            &handler(),
        );
        let (round, visitor) = (self.case.round, by("p-visitor", Role::LiaisonOfficer));
        let all: Vec<Uuid> = self.case.submissions().collect();
        for verdict in [Verdict::Unreachable; 2] {
            for submission in &all[..10] {
                self.happens(Command::RecordReturnVisit { submission: *submission, round, verdict }, &visitor);
            }
            self.now = self.now.plus(DAY);
        }
        for submission in &all {
            self.happens(Command::RecordVerdict { submission: *submission, round, verdict: Verdict::Dissatisfied }, &By::default());
        }
        self.happens(Command::RecordPublication { published: false }, &visitor);
        let person = Accounted { person: "p-handler".into(), measure: AccountabilityMeasure::Reminder };
        self.happens(Command::ExamineAccountability { persons: vec![person] }, &visitor);
        let submission = all[0];
        self.happens(Command::Appeal { submission, round, deadline: self.now }, &By::default());
        if round % 2 == 0 {
            self.happens(Command::Reopen { submission, round }, &By::default());
        } else {
            self.happens(Command::DecideAppeal { upheld: false, superior: false }, &city_chief());
        }
    }
}

#[test]
fn a_case_of_ten_thousand_events_is_no_larger_than_after_some_rounds() {
    let mut long = Long::new();
    long.begin();
    let mut sizes = Vec::new();
    while long.events.len() < EVENTS {
        long.round();
        sizes.push(json(&long.case).len());
    }
    assert!(sizes.len() > KEPT + 10, "{} rounds", sizes.len());
    let full = sizes[KEPT];
    // Numbers get longer, and nothing else.
    let last = *sizes.last().expect("rounds");
    assert!(last < full + full / 50, "{full} bytes after {KEPT} rounds, {last} after {}", sizes.len());
    assert!(last < SNAPSHOT_BYTES_MAX, "{last} bytes");

    let case = &long.case;
    assert_eq!(usize::try_from(case.revision), Ok(long.events.len()));
    assert_eq!((case.earlier.len(), case.appeals.len(), case.urgings.len(), case.attempts.len()), (KEPT, KEPT, 50, 0));
    assert_eq!(case.earlier_owners, ["p-chief", "p-city-chief"]);
    let kept: Vec<i32> = case.earlier.iter().map(|round| round.number).collect();
    let first = case.round - i32::try_from(KEPT).expect("a small number");
    assert_eq!(kept, (first..case.round).collect::<Vec<_>>());
    assert!(kept.iter().all(|round| case.verdict_in(*round) == Some(Verdict::Dissatisfied)), "and what was said in them");
    assert_eq!(fold(case.id, &long.events), *case, "the history makes the case again");
    assert_eq!(serde_json::from_str::<Case>(&json(case)).expect("a case"), *case);
}
