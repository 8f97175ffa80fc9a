//! What can be asked for of a case, and by which verb of the contract.

use sanben_clock::Ts;
use sanben_proto::kinds::{Book, LegalPath, Outcome, PaperKind, Track, Verdict};
use sanben_proto::ledger::{CaseVerb, PauseGround, PersonalDuty, RecordKind};
use uuid::Uuid;

use super::appeal::Hearing;
use super::assignment::Chain;
use super::co_handling::waiting_for;
use super::open::Until;
use super::{Accounted, By, Case, Checklist, Content, Joined, Opening, Reply, Report, State, draft};

/// What can be asked for.
#[derive(Clone, Debug)]
pub enum Command {
    /// `checklists`: what it is judged by from now on.
    Register {
        number: String,
        checklists: Vec<Checklist>,
    },
    Decline {
        reason: String,
    },
    Assign {
        lead: Chain,
        assisting: Vec<Chain>,
        /// `YYYY-MM-DD`; empty for what the presets say.
        assist_due: String,
    },
    /// Before a chief has signed.
    AssignUrgently {
        lead: Chain,
        assisting: Vec<Chain>,
    },
    Object {
        reason: String,
        /// The last instant at which it may.
        deadline: Ts,
    },
    /// `lead`: who leads instead; nobody leaves it where it is.
    DecideObjection {
        lead: Option<Chain>,
        reason: String,
    },
    ReplaceHandler {
        handler: String,
        reason: String,
    },
    Reclassify {
        book: Book,
        track: Track,
        reason: String,
    },
    Contribute,
    Coordinate,
    /// `paper`: the kind and number of what goes with it.
    Urge {
        unit: String,
        /// `YYYY-MM-DD`.
        due: String,
        paper: Option<(PaperKind, String)>,
    },
    AnswerUrge {
        /// From 1.
        number: usize,
    },
    AddRecord {
        kind: RecordKind,
    },
    /// Outside the bureau.
    AskAuthority {
        authority: String,
        /// That may answer.
        system: String,
        /// `YYYY-MM-DD`.
        due: String,
    },
    /// By the system that was asked.
    AnswerCoHandling {
        /// From 1.
        number: usize,
    },
    ReferToDiscipline,
    AnswerReferral,
    Undertake,
    /// `opinion`: whether a written opinion comes with it.
    ReportBack {
        outcome: Outcome,
        opinion: bool,
    },
    /// `corrects`: whether the number is that of an earlier paper.
    IssuePaper {
        content: Content,
        number: String,
        corrects: bool,
    },
    Extend {
        days: u32,
        reason: String,
        /// Of the notice.
        number: String,
        /// The last instant at which it is not overdue.
        due: Ts,
    },
    /// `due`: the last instant at which it is not overdue.
    Pause {
        ground: PauseGround,
        authority: String,
        reason: String,
        due: Ts,
    },
    Resume,
    RecordContact,
    /// `due`: of a letter or an order, `YYYY-MM-DD`. `paper`: the number of the paper that is issued with it.
    SignDraft {
        number: i32,
        due: String,
        paper: String,
    },
    DropDraft {
        number: i32,
        reason: String,
    },
    Review {
        approve: bool,
        criteria_met: bool,
        reason: String,
    },
    /// `opinion`: the number that the written opinion gets.
    Reply {
        verdict_deadline: Ts,
        opinion: String,
    },
    RecordVerdict {
        submission: Uuid,
        round: i32,
        verdict: Verdict,
    },
    /// `Unreachable` if the person was not reached this time.
    RecordReturnVisit {
        submission: Uuid,
        round: i32,
        verdict: Verdict,
    },
    RecordPublication {
        published: bool,
    },
    ExamineAccountability {
        persons: Vec<Accounted>,
    },
    TakeOwnership {
        duty: PersonalDuty,
    },
    LinkRepeat {
        earlier: Box<Case>,
    },
    StrikeOff,
    /// `superior`: whether the decision of a superior outside the bureau was given.
    StrikeOffByException {
        reason: String,
        superior: bool,
    },
    Archive,
    /// By the person behind the submission.
    Reopen {
        submission: Uuid,
        round: i32,
    },
    /// By the desk: another submission says the same.
    Join(Joined),
    Detach {
        submission: Uuid,
    },
    /// By the person behind the submission.
    Appeal {
        submission: Uuid,
        round: i32,
        /// The last instant at which it may be asked for.
        deadline: Ts,
    },
    /// Its days do not count.
    RecordHearing {
        hearing: Hearing,
    },
    /// `superior`: whether the decision of a superior outside the bureau was given.
    DecideAppeal {
        upheld: bool,
        superior: bool,
    },
}

impl Command {
    /// The verb of the contract that it is.
    pub fn verb(&self) -> CaseVerb {
        match self {
            Command::Register { .. } => CaseVerb::Register,
            Command::Decline { .. } => CaseVerb::Decline,
            Command::Assign { .. } => CaseVerb::Assign,
            Command::AssignUrgently { .. } => CaseVerb::AssignUrgently,
            Command::Object { .. } => CaseVerb::Object,
            Command::DecideObjection { .. } => CaseVerb::DecideObjection,
            Command::ReplaceHandler { .. } => CaseVerb::ReplaceHandler,
            Command::Reclassify { .. } => CaseVerb::Reclassify,
            Command::Contribute => CaseVerb::Contribute,
            Command::Coordinate => CaseVerb::Coordinate,
            Command::Urge { .. } => CaseVerb::Urge,
            Command::AnswerUrge { .. } => CaseVerb::AnswerUrge,
            Command::AddRecord { .. } => CaseVerb::AddRecord,
            Command::AskAuthority { .. } => CaseVerb::AskAuthority,
            Command::AnswerCoHandling { .. } => CaseVerb::AnswerCoHandling,
            Command::ReferToDiscipline => CaseVerb::ReferToDiscipline,
            Command::AnswerReferral => CaseVerb::AnswerReferral,
            Command::Undertake => CaseVerb::Undertake,
            Command::ReportBack { .. } => CaseVerb::ReportBack,
            Command::IssuePaper { .. } => CaseVerb::IssuePaper,
            Command::Extend { .. } => CaseVerb::Extend,
            Command::Pause { .. } => CaseVerb::Pause,
            Command::Resume => CaseVerb::Resume,
            Command::RecordContact => CaseVerb::RecordContact,
            Command::SignDraft { .. } => CaseVerb::SignDraft,
            Command::DropDraft { .. } => CaseVerb::DropDraft,
            Command::Review { .. } => CaseVerb::Review,
            Command::Reply { .. } => CaseVerb::Reply,
            Command::RecordVerdict { .. } => CaseVerb::RecordVerdict,
            Command::RecordReturnVisit { .. } => CaseVerb::RecordReturnVisit,
            Command::RecordPublication { .. } => CaseVerb::RecordPublication,
            Command::ExamineAccountability { .. } => CaseVerb::ExamineAccountability,
            Command::TakeOwnership { .. } => CaseVerb::TakeOwnership,
            Command::LinkRepeat { .. } => CaseVerb::LinkRepeat,
            Command::StrikeOff => CaseVerb::StrikeOff,
            Command::StrikeOffByException { .. } => CaseVerb::StrikeOffByException,
            Command::Archive => CaseVerb::Archive,
            Command::Reopen { .. } => CaseVerb::Reopen,
            Command::Join(_) => CaseVerb::Join,
            Command::Detach { .. } => CaseVerb::Detach,
            Command::Appeal { .. } => CaseVerb::Appeal,
            Command::RecordHearing { .. } => CaseVerb::RecordHearing,
            Command::DecideAppeal { .. } => CaseVerb::DecideAppeal,
        }
    }
}

/// A verb with fields that no rule can mind, so that what is refused is the verb itself.
pub fn sample(case: &Case, verb: CaseVerb, by: &By, until: Until, now: Ts) -> Option<Command> {
    let something = || "-".to_owned();
    let first_submission = || case.submissions().next().unwrap_or_default();
    let unjudged = || case.submissions().find(|id| !case.is_judged(*id)).unwrap_or_default();
    let first_joined = || case.joined.first().map(|joined| joined.submission).unwrap_or_default();
    Some(match verb {
        CaseVerb::Unspecified => return None,
        CaseVerb::Register => Command::Register { number: something(), checklists: Vec::new() },
        CaseVerb::Decline => Command::Decline { reason: something() },
        CaseVerb::Assign => Command::Assign { lead: case.gate_chain().to_vec(), assisting: Vec::new(), assist_due: String::new() },
        CaseVerb::AssignUrgently => Command::AssignUrgently { lead: case.gate_chain().to_vec(), assisting: Vec::new() },
        CaseVerb::Object => Command::Object { reason: something(), deadline: until.object },
        CaseVerb::DecideObjection => Command::DecideObjection { lead: None, reason: something() },
        CaseVerb::ReplaceHandler => Command::ReplaceHandler { handler: something(), reason: something() },
        CaseVerb::Reclassify => Command::Reclassify { book: Book::Unspecified, track: case.track(), reason: something() },
        CaseVerb::Coordinate => Command::Coordinate,
        CaseVerb::Urge => Command::Urge { unit: case.lead_unit.clone(), due: something(), paper: None },
        CaseVerb::AnswerUrge => Command::AnswerUrge { number: unanswered(case, by) },
        CaseVerb::Contribute => Command::Contribute,
        CaseVerb::ReferToDiscipline => Command::ReferToDiscipline,
        CaseVerb::AnswerReferral => Command::AnswerReferral,
        CaseVerb::AddRecord => Command::AddRecord { kind: RecordKind::Measure },
        CaseVerb::Undertake => Command::Undertake,
        CaseVerb::ReportBack => Command::ReportBack { outcome: Outcome::Explained, opinion: true },
        CaseVerb::Review => Command::Review { approve: false, criteria_met: false, reason: something() },
        CaseVerb::Reply => Command::Reply { verdict_deadline: now, opinion: something() },
        CaseVerb::RecordVerdict => {
            Command::RecordVerdict { submission: unjudged(), round: case.round, verdict: Verdict::DeclinedToSay }
        }
        CaseVerb::RecordReturnVisit => {
            Command::RecordReturnVisit { submission: unjudged(), round: case.round, verdict: Verdict::DeclinedToSay }
        }
        CaseVerb::RecordPublication => Command::RecordPublication { published: true },
        CaseVerb::ExamineAccountability => Command::ExamineAccountability { persons: Vec::new() },
        CaseVerb::Appeal => Command::Appeal { submission: first_submission(), round: case.round, deadline: now },
        CaseVerb::RecordHearing => Command::RecordHearing { hearing: Hearing::of(now.date(), now.date()) },
        CaseVerb::DecideAppeal => Command::DecideAppeal { upheld: true, superior: true },
        CaseVerb::TakeOwnership => Command::TakeOwnership { duty: PersonalDuty::Petition },
        CaseVerb::LinkRepeat => Command::LinkRepeat { earlier: Box::new(answered_before(case, now)) },
        CaseVerb::StrikeOff => Command::StrikeOff,
        CaseVerb::StrikeOffByException => Command::StrikeOffByException { reason: something(), superior: true },
        CaseVerb::Archive => Command::Archive,
        CaseVerb::Reopen => Command::Reopen { submission: first_submission(), round: case.round },
        CaseVerb::Join => Command::Join(Joined { submission: Uuid::max(), received: now, parties: 1, external: None }),
        CaseVerb::Detach => Command::Detach { submission: first_joined() },
        CaseVerb::IssuePaper => Command::IssuePaper { content: sample_paper(case, by), number: something(), corrects: false },
        CaseVerb::Extend => Command::Extend { days: 1, reason: something(), number: something(), due: until.finish },
        CaseVerb::Pause => {
            let (ground, authority) = (PauseGround::Person, something());
            Command::Pause { ground, authority, reason: something(), due: until.finish }
        }
        CaseVerb::Resume => Command::Resume,
        CaseVerb::RecordContact => Command::RecordContact,
        CaseVerb::SignDraft => {
            Command::SignDraft { number: draft::waiting_for(case, by.units.first()), due: something(), paper: something() }
        }
        CaseVerb::DropDraft => Command::DropDraft { number: draft::waiting_for(case, by.units.first()), reason: something() },
        CaseVerb::AskAuthority => Command::AskAuthority { authority: something(), system: something(), due: something() },
        CaseVerb::AnswerCoHandling => Command::AnswerCoHandling { number: waiting_for(case, &by.person) },
    })
}

/// The paper that `by` is the likeliest to issue.
fn sample_paper(case: &Case, by: &By) -> Content {
    match by.signature {
        _ if case.track() == Track::Petition && case.state.report().is_none() => Content::Path(LegalPath::Petition),
        Some(_) => Content::Bulletin,
        None => Content::Agreement { submission: None },
    }
}

/// An earlier case that no rule can mind.
fn answered_before(case: &Case, now: Ts) -> Case {
    let report = Report { handler: String::new(), outcome: Outcome::Explained, reviews: Vec::new(), opinion: false };
    let state = State::Replied(Reply { report, delivered: now, verdict_deadline: now, opinion: None });
    let opening = Opening { received: Ts::from_micros(i64::MIN), ..case.opening.clone() };
    Case { state, ..Case::open(Uuid::nil(), opening) }
}

/// The first urging that waits for the unit of `by`, from 1; 0 if none does.
fn unanswered(case: &Case, by: &By) -> usize {
    case.urgings
        .iter()
        .position(|urging| !urging.answered && !urging.lapsed && by.units.first() == Some(&urging.unit))
        .map_or(0, |index| index + 1)
}
