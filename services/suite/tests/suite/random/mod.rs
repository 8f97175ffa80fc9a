//! Random people try random things over the public methods; a small model, written from the rules, says before each whether it happens.

mod model;

use std::time::Duration;

use bytes::Bytes;
use model::{Act, Model, Person};
use sanben_access::Role;
use sanben_clock::{Clock, Ts};
use sanben_proto::intake::*;
use sanben_proto::kinds::{LegalPath, Outcome, Verdict};
use sanben_proto::ledger::*;
use sanben_tools::scaled;

use crate::matter::{Bench, DEMAND, Matter, Stage, new_id};
use crate::roads::case_of;
use crate::start::{Engine, Suite};
use crate::wire::{Ask, Refused, Wire, ZH};

/// Usually, and in full.
const MATTERS: [u64; 2] = [16, 40];
const STEPS: u32 = 60;
const VOICES_MAX: usize = 3;
const DAY: Duration = Duration::from_secs(24 * 3600);

/// Some act as what they are, some as what they must not be at once.
const CAST: [Person; 16] = [
    here("chief", Role::Chief),
    here("chief", Role::Handler),
    here("chief", Role::Supervisor),
    here("deputy", Role::Chief),
    here("deputy", Role::Handler),
    here("handler", Role::Handler),
    here("handler", Role::Office),
    here("handler", Role::Chief),
    here("handler-2", Role::Handler),
    here("handler-2", Role::Office),
    here("office", Role::Office),
    here("leader", Role::LeaderInCharge),
    here("visitor", Role::LiaisonOfficer),
    here("supervisor", Role::Supervisor),
    Person { post: "chief", unit: "city", role: Role::Chief },
    Person { post: "handler", unit: "yanta", role: Role::Handler },
];
const fn here(post: &'static str, role: Role) -> Person {
    Person { post, unit: "lianhu", role }
}

/// The same road for the same seed (xorshift).
struct Dice(u64);

impl Dice {
    fn below(&mut self, n: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 >> 11) as usize % n
    }

    fn one_of<T: Copy>(&mut self, all: &[T]) -> T {
        all[self.below(all.len())]
    }
}

/// A case under way, with the receipt codes of all who speak in it.
struct Road<'a> {
    bench: &'a Bench,
    matter: Matter,
    voices: Vec<Matter>,
    model: Model,
    /// The case after the last step.
    seen: Case,
    dice: Dice,
}

impl Road<'_> {
    /// Half of them happen; a quarter is that by somebody else of the same role, a quarter anything by whoever it is usually for.
    fn draw(&mut self) -> (Act, Person) {
        // What only one rule is in the way of is tried at once, and often.
        if let Some((act, by)) = self.model.near_miss()
            && self.dice.below(3) == 0
        {
            return (act, by.unwrap_or_else(|| self.usual(act)));
        }
        let how = self.dice.below(4);
        for _ in 0..400 {
            let (act, by) = (self.act(), self.dice.one_of(&CAST));
            if how == 3 {
                // What closes a case is tried often, as too early as may be.
                let closing = self.dice.one_of(&[Act::StrikeOff, Act::StrikeOff, Act::Except, Act::Archive]);
                let act = if self.dice.below(2) == 0 { closing } else { act };
                return (act, self.usual(act));
            }
            // What is done with the receipt code is nobody's of the cast, and no likelier than what one of them does.
            let with_code = matches!(act, Act::Judge(..) | Act::Reopen(_) | Act::Appeal(_) | Act::Join | Act::Detach(_));
            if self.model.allows(act, by) && (!with_code || by == CAST[0]) {
                let same: Vec<Person> = CAST.into_iter().filter(|one| one.role == by.role).collect();
                return (act, if how == 2 { self.dice.one_of(&same) } else { by });
            }
        }
        (self.act(), self.dice.one_of(&CAST))
    }

    fn usual(&mut self, act: Act) -> Person {
        match act {
            Act::Register | Act::Decline | Act::Assign | Act::StrikeOff | Act::Refer | Act::Own => here("chief", Role::Chief),
            Act::Urge | Act::Coordinate | Act::Extend | Act::TellPath { .. } | Act::Bulletin => here("chief", Role::Chief),
            Act::PutOnRecord => here("handler", Role::Handler),
            Act::Undertake | Act::ReportBack | Act::Reply | Act::Object => here("handler", Role::Handler),
            Act::Approve | Act::SendBack => {
                let reviewers = [("handler-2", Role::Handler), ("office", Role::Office), ("leader", Role::LeaderInCharge)];
                let (post, role) = self.dice.one_of(&reviewers);
                here(post, role)
            }
            Act::Publish | Act::Examine | Act::Archive => here("office", Role::Office),
            Act::Visit(..) => here("visitor", Role::LiaisonOfficer),
            Act::AnswerReferral => here("supervisor", Role::Supervisor),
            _ => Person { post: "chief", unit: "city", role: Role::Chief },
        }
    }

    fn act(&mut self) -> Act {
        let voice = self.dice.below(self.voices.len());
        let verdict =
            self.dice.one_of(&[Verdict::Satisfied, Verdict::BasicallySatisfied, Verdict::Dissatisfied, Verdict::DeclinedToSay]);
        let all = [
            Act::Register,
            Act::Assign,
            Act::Undertake,
            Act::Object,
            Act::LeaveAfterObjection,
            Act::ReportBack,
            Act::ReportBack,
            Act::Approve,
            Act::Approve,
            Act::Approve,
            Act::SendBack,
            Act::Reply,
            Act::Reply,
            Act::Publish,
            Act::Examine,
            Act::StrikeOff,
            Act::StrikeOff,
            Act::Except,
            Act::Except,
            Act::Archive,
            Act::Own,
            Act::Refer,
            Act::AnswerReferral,
            Act::DecideAppeal { upheld: self.dice.below(2) == 0 },
            Act::Visit(voice, verdict),
            Act::Judge(voice, verdict),
            Act::Judge(voice, verdict),
            Act::Reopen(voice),
            Act::Appeal(voice),
            Act::Join,
            Act::Detach(voice),
            Act::Urge,
            Act::Coordinate,
            Act::Extend,
            Act::TellPath { elsewhere: self.dice.below(4) == 0 },
            Act::Bulletin,
            Act::PutOnRecord,
        ];
        let act = self.dice.one_of(&all);
        // What sends a case back, or ends it at the gate, is rarer than what leads on.
        match act {
            Act::Register if self.dice.below(8) == 0 => Act::Decline,
            Act::Reopen(_) if self.dice.below(5) > 0 => Act::StrikeOff,
            Act::Appeal(_) if self.dice.below(3) > 0 => Act::Archive,
            Act::AnswerReferral if self.dice.below(3) > 0 => Act::Archive,
            Act::Detach(_) if self.dice.below(8) > 0 => Act::Publish,
            Act::Join if self.voices.len() == VOICES_MAX => Act::Judge(voice, verdict),
            // Whoever joined is slow to speak, so that much is done before.
            Act::Judge(1.., _) | Act::Visit(1.., _) if self.dice.below(6) > 0 => Act::Examine,
            _ => act,
        }
    }

    /// Now and then time goes by instead.
    async fn step(&mut self, seed: u64) {
        if self.dice.below(12) == 0 {
            let days = self.dice.one_of(&[1, 1, 2, 3, 6, 20]);
            return self.wait(days);
        }
        let (act, by) = self.draw();
        self.make(act, by, seed).await;
    }

    fn wait(&mut self, days: u32) {
        self.bench.suite.clock.advance(DAY * days).expect("a fake clock");
        self.model.now = self.bench.suite.clock.now();
    }

    /// Some roads begin where it matters: struck off while a referral is open, before one of two was heard, after the days for an objection,
    /// or about to be struck off or just undertaken, handled by somebody who may sign. Answers how many steps that took.
    async fn begin(&mut self, seed: u64) -> u32 {
        let (chief, office) = (CAST[0], here("office", Role::Office));
        let handler = here(if seed % 8 >= 6 { "deputy" } else { "handler" }, Role::Handler);
        let first = vec![(Act::Register, chief), (Act::Assign, chief)];
        let reply = vec![
            (Act::Undertake, handler),
            (Act::ReportBack, handler),
            (Act::Approve, here("handler-2", Role::Handler)),
            (Act::Approve, office),
            (Act::Approve, here("leader", Role::LeaderInCharge)),
            (Act::Reply, handler),
            (Act::Judge(0, Verdict::Satisfied), chief),
            (Act::Publish, office),
            (Act::Examine, office),
        ];
        let moves = match seed % 8 {
            1 | 5 => [first, vec![(Act::Refer, chief)], reply, vec![(Act::StrikeOff, chief)]].concat(),
            2 | 7 => [first, reply].concat(),
            6 => [first, vec![(Act::Undertake, handler)]].concat(),
            3 => first,
            _ => Vec::new(),
        };
        for (act, by) in &moves {
            self.make(*act, *by, seed).await;
        }
        if seed % 8 == 3 {
            self.wait(8);
        }
        u32::try_from(moves.len()).expect("a few")
    }

    /// Tries it, and holds the answer and the case against the model.
    async fn make(&mut self, act: Act, by: Person, seed: u64) {
        let allowed = self.model.allows(act, by);
        let answer = self.attempt(act, by).await;
        let told = || format!("seed {seed}: {act:?} by {by:?} in {:?}", self.model);
        match &answer {
            Ok(_) => assert!(allowed, "it happened: {}", told()),
            Err(refused) => assert!(!allowed, "refused with {}: {}", refused.why().text, told()),
        }
        // What a person or the desk does reaches the ledger as an event.
        if matches!(act, Act::Reopen(_) | Act::Appeal(_) | Act::Detach(_) | Act::Join | Act::Decline) {
            self.bench.stores.settled().await;
        }
        let after = case_of(self.bench, &self.matter).await;
        if allowed {
            self.model.happened(act, by);
            let number = &self.seen.number;
            assert!(number.is_empty() || *number == after.number, "its number stays: seed {seed} {act:?}");
        } else if self.seen.drafts == after.drafts {
            // Otherwise a clock has drafted something meanwhile.
            assert_eq!(self.seen.etag, after.etag, "what is refused changes nothing: seed {seed} {act:?}");
        }
        self.compare(&after, seed, act);
        self.seen = after;
    }

    /// What each must do now.
    async fn hold_duties(&self) {
        let usual = [
            CAST[0],
            here("deputy", Role::Chief),
            here("handler", Role::Handler),
            here("handler-2", Role::Handler),
            here("office", Role::Office),
            here("leader", Role::LeaderInCharge),
            here("visitor", Role::LiaisonOfficer),
            here("supervisor", Role::Supervisor),
            Person { post: "chief", unit: "city", role: Role::Chief },
        ];
        for by in usual {
            crate::duties::hold(self.bench, &self.matter, by.unit, by.post, by.role).await;
        }
    }

    fn compare(&self, case: &Case, seed: u64, act: Act) {
        let model = &self.model;
        let ones = case.three_ones.unwrap_or_default();
        let speaking = model.voices.iter().filter(|voice| !voice.left).count();
        let seen = (case.state(), case.round, ones.publication_recorded, ones.accountability_examined, case.submission_ids.len());
        let expected = (model.state, model.round, model.published, model.examined, speaking);
        assert_eq!(seen, expected, "seed {seed} after {act:?}: {model:?}");
        let referral = match case.referral() {
            ReferralState::Unspecified => None,
            state => Some(state == ReferralState::Open),
        };
        assert_eq!((referral, case.r#final), (model.referral, model.is_final), "seed {seed} after {act:?}: {model:?}");
        let owner = case.owner_id.replace("p-lianhu-", "").replace("p-city-chief", "city-chief");
        assert_eq!(owner, model.owner, "seed {seed} after {act:?}");
    }

    async fn attempt(&mut self, act: Act, by: Person) -> Result<Bytes, Refused> {
        let who = self.bench.officer(by.unit, by.post, &[by.role]);
        let (who, ask) = match act {
            Act::Judge(voice, _) | Act::Reopen(voice) | Act::Appeal(voice) | Act::Detach(voice) => {
                (Wire::anonymous(), by_person(act, &self.voices[voice], self.model.round))
            }
            Act::Join => {
                let one = self.bench.matter(&DEMAND, Stage::Received).await;
                let ask = Ask::of(&crate::joining::join(&one, &self.matter));
                let answer = self.bench.wire.ask(&self.bench.desk(), ZH, &ask).await;
                if answer.is_ok() {
                    self.voices.push(one);
                }
                return answer;
            }
            _ => (who, self.by_officer(act)),
        };
        self.bench.wire.ask(&who, ZH, &ask).await
    }

    fn by_officer(&self, act: Act) -> Ask {
        let (request_id, case_id, etag) = (new_id(), self.matter.case_id.clone(), String::new());
        let text = || "有关情况。".to_owned();
        match act {
            Act::Register => Ask::of(&RegisterCaseRequest { request_id, case_id, etag }),
            Act::Decline => Ask::of(&DeclineCaseRequest { request_id, case_id, etag, reason: text() }),
            Act::Assign => Ask::of(&crate::matter::assign(&self.matter, "", &[])),
            Act::Undertake => Ask::of(&UndertakeCaseRequest { request_id, case_id, etag }),
            Act::Object => Ask::of(&crate::roads::object(&self.matter)),
            Act::LeaveAfterObjection => {
                let lead_unit_id = String::new();
                Ask::of(&DecideObjectionRequest { request_id, case_id, etag, lead_unit_id, reason: text() })
            }
            Act::ReportBack => {
                let outcome = Outcome::Explained as i32;
                Ask::of(&ReportBackOnCaseRequest {
                    request_id,
                    case_id,
                    etag,
                    report_text: text(),
                    reply_text: text(),
                    outcome,
                    opinion: Some(crate::matter::opinion()),
                })
            }
            Act::Approve => Ask::of(&crate::matter::review(&self.matter, true)),
            Act::SendBack => Ask::of(&ReviewReplyRequest { reason: text(), ..crate::matter::review(&self.matter, false) }),
            Act::Reply => Ask::of(&ReplyToCaseRequest { request_id, case_id, etag }),
            Act::Publish => {
                Ask::of(&RecordPublicationRequest { request_id, case_id, etag, published: Some(false), ground: text() })
            }
            Act::Examine => {
                Ask::of(&ExamineAccountabilityRequest { request_id, case_id, etag, finding: text(), persons: Vec::new() })
            }
            Act::StrikeOff => Ask::of(&StrikeOffCaseRequest { request_id, case_id, etag }),
            Act::Except => Ask::of(&StrikeOffCaseByExceptionRequest { request_id, case_id, etag, reason: text(), superior: None }),
            Act::Urge => Ask::of(&crate::roads::urge(&self.matter, "lianhu")),
            Act::Coordinate => Ask::of(&CoordinateCaseRequest { request_id, case_id, etag, text: text() }),
            Act::Extend => Ask::of(&crate::papers::extend(&self.matter)),
            Act::TellPath { elsewhere } => {
                let path = if elsewhere { LegalPath::Litigation } else { LegalPath::Petition };
                Ask::of(&crate::papers::issue(&self.matter, "", crate::papers::notice(path)))
            }
            Act::Bulletin => Ask::of(&crate::papers::issue(&self.matter, "", crate::papers::bulletin())),
            Act::PutOnRecord => {
                Ask::of(&AddCaseRecordRequest { request_id, case_id, etag, kind: RecordKind::SiteSurvey as i32, text: text() })
            }
            Act::Archive => Ask::of(&ArchiveCaseRequest { request_id, case_id, etag }),
            Act::Own => Ask::of(&TakeCaseOwnershipRequest { request_id, case_id, etag, duty: PersonalDuty::Petition as i32 }),
            Act::Refer => Ask::of(&ReferCaseToDisciplineRequest { request_id, case_id, etag, reason: text() }),
            Act::AnswerReferral => Ask::of(&AnswerReferralRequest { request_id, case_id, etag, text: text() }),
            Act::DecideAppeal { upheld } => Ask::of(&crate::appeals::decide(&self.matter, upheld, crate::appeals::outside())),
            Act::Visit(voice, verdict) => {
                let (submission_id, round) = (self.voices[voice].submission_id.clone(), self.model.round);
                let verdict = verdict as i32;
                Ask::of(&RecordReturnVisitRequest { request_id, case_id, etag, submission_id, round, verdict, note: text() })
            }
            Act::Judge(..) | Act::Reopen(_) | Act::Appeal(_) | Act::Detach(_) | Act::Join => {
                unreachable!("by whoever holds the code")
            }
        }
    }
}

fn by_person(act: Act, of: &Matter, round: i32) -> Ask {
    let (request_id, receipt_code, part) = (new_id(), of.receipt_code.clone(), 0);
    let reason = "说得不对。".to_owned();
    match act {
        Act::Judge(_, verdict) => Ask::of(&GiveVerdictRequest { request_id, receipt_code, round, verdict: verdict as i32, part }),
        Act::Reopen(_) => Ask::of(&ReopenCaseRequest { request_id, receipt_code, reason, part }),
        Act::Appeal(_) => Ask::of(&AppealReplyRequest { request_id, receipt_code, reason, part }),
        _ => Ask::of(&DetachReceiptRequest { request_id, receipt_code, part }),
    }
}

/// Holds every step of many roads against the model, until each state was reached.
async fn roads_on(engine: Engine) {
    let start = Ts::parse("2026-05-25T02:00:00Z").expect("a Monday");
    let bench = Bench::of(Suite::with_clock(engine, Clock::fake(start)).await).await;
    let mut reached = std::collections::BTreeSet::new();
    let [modest, full] = MATTERS;
    for seed in 1..=scaled(modest, full) {
        let matter = bench.matter(&DEMAND, Stage::Proposed).await;
        let dice = Dice(seed.wrapping_mul(0x9E37_79B9_7F4A_7C15));
        let seen = case_of(&bench, &matter).await;
        let model = Model::new(bench.suite.clock.now());
        let mut road = Road { bench: &bench, voices: vec![matter.clone()], matter, model, seen, dice };
        // Half of them are brought by two.
        if seed % 2 == 0 {
            road.make(Act::Join, CAST[0], seed).await;
        }
        for step in road.begin(seed).await..STEPS {
            road.step(seed).await;
            reached.insert(road.model.state as i32);
            if (step + u32::try_from(seed).expect("few")) % 25 == 0 {
                road.hold_duties().await;
            }
            if road.model.state == CaseState::Declined {
                break;
            }
        }
    }
    let every: Vec<i32> = (CaseState::Proposed as i32..=CaseState::Objected as i32).collect();
    assert_eq!(reached.into_iter().collect::<Vec<_>>(), every, "every state was reached");
    bench.end().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn every_answer_is_what_a_simpler_model_says_on_sqlite() {
    roads_on(Engine::Sqlite).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn every_answer_is_what_a_simpler_model_says_on_postgresql() {
    roads_on(Engine::Postgres).await;
}
