use sanben_clock::Ts;
use sanben_proto::kinds::{Book, LegalPath, Outcome, Track, Verdict};
use sanben_proto::ledger::{PauseGround, PersonalDuty, RecordKind};
use uuid::Uuid;

use super::appeal::Hearing;
use super::co_handling::waiting_for;
use super::{By, Case, Command, Content, Joined, Opening, Reply, Report, State, Verb, decide, draft};

/// The last instants at which something may be asked for.
#[derive(Clone, Copy, Debug)]
pub struct Until {
    /// That the lead unit objects.
    pub object: Ts,
    /// That it is given more time, or stands still: while it is not overdue.
    pub finish: Ts,
}

/// The verbs that `by` may give now: those that no rule refuses, whatever their fields then say.
pub fn open_to(case: &Case, by: &By, until: Until, now: Ts) -> Vec<Verb> {
    Verb::ALL.into_iter().filter(|verb| is_open(case, *verb, by, until, now)).collect()
}

/// Whether `verb` is one of [`open_to`].
pub fn is_open(case: &Case, verb: Verb, by: &By, until: Until, now: Ts) -> bool {
    decide(case, sample(case, verb, by, until, now), by, now).is_ok()
}

/// A verb with fields that no rule can mind, so that what is refused is the verb itself.
fn sample(case: &Case, verb: Verb, by: &By, until: Until, now: Ts) -> Command {
    let something = || "-".to_owned();
    let first_submission = || case.submissions().next().unwrap_or_default();
    let unjudged = || case.submissions().find(|id| !case.is_judged(*id)).unwrap_or_default();
    let first_joined = || case.joined.first().map(|joined| joined.submission).unwrap_or_default();
    match verb {
        Verb::Register => Command::Register { number: something(), checklists: Vec::new() },
        Verb::Decline => Command::Decline { reason: something() },
        Verb::Assign => Command::Assign { lead: case.gate_chain().to_vec(), assisting: Vec::new(), assist_due: String::new() },
        Verb::AssignUrgently => Command::AssignUrgently { lead: case.gate_chain().to_vec(), assisting: Vec::new() },
        Verb::Object => Command::Object { reason: something(), deadline: until.object },
        Verb::DecideObjection => Command::DecideObjection { lead: None, reason: something() },
        Verb::Reclassify => Command::Reclassify { book: Book::Unspecified, track: case.track(), reason: something() },
        Verb::Coordinate => Command::Coordinate,
        Verb::Urge => Command::Urge { unit: case.lead_unit.clone(), due: something(), paper: None },
        Verb::AnswerUrge => Command::AnswerUrge { number: unanswered(case, by) },
        Verb::Contribute => Command::Contribute,
        Verb::Refer => Command::Refer,
        Verb::AnswerReferral => Command::AnswerReferral,
        Verb::AddRecord => Command::AddRecord { kind: RecordKind::Measure },
        Verb::Undertake => Command::Undertake,
        Verb::ReportBack => Command::ReportBack { outcome: Outcome::Explained, opinion: true },
        Verb::Review => Command::Review { approve: false, criteria_met: false, reason: something() },
        Verb::Reply => Command::Reply { verdict_deadline: now, opinion: something() },
        Verb::RecordVerdict => {
            Command::RecordVerdict { submission: unjudged(), round: case.round, verdict: Verdict::DeclinedToSay }
        }
        Verb::ReturnVisit => Command::ReturnVisit { submission: unjudged(), round: case.round, verdict: Verdict::DeclinedToSay },
        Verb::RecordPublication => Command::RecordPublication { published: true },
        Verb::Examine => Command::Examine { persons: Vec::new() },
        Verb::Appeal => Command::Appeal { submission: first_submission(), round: case.round, deadline: now },
        Verb::Hear => Command::Hear { hearing: Hearing::of(now.date(), now.date()) },
        Verb::DecideAppeal => Command::DecideAppeal { upheld: true, superior: true },
        Verb::Own => Command::Own { duty: PersonalDuty::Petition },
        Verb::LinkRepeat => Command::LinkRepeat { earlier: Box::new(answered_before(case, now)) },
        Verb::StrikeOff => Command::StrikeOff,
        Verb::StrikeOffByException => Command::StrikeOffByException { reason: something(), superior: true },
        Verb::Archive => Command::Archive,
        Verb::Reopen => Command::Reopen { submission: first_submission(), round: case.round },
        Verb::Join => Command::Join(Joined { submission: Uuid::max(), received: now, parties: 1, external: None }),
        Verb::Detach => Command::Detach { submission: first_joined() },
        Verb::IssuePaper => Command::IssuePaper { content: sample_paper(case, by), number: something(), corrects: false },
        Verb::Extend => Command::Extend { days: 1, reason: something(), number: something(), due: until.finish },
        Verb::Pause => {
            let (ground, authority) = (PauseGround::Person, something());
            Command::Pause { ground, authority, reason: something(), due: until.finish }
        }
        Verb::Resume => Command::Resume,
        Verb::Contact => Command::Contact,
        Verb::SignDraft => {
            Command::SignDraft { number: draft::waiting_for(case, by.units.first()), due: something(), paper: something() }
        }
        Verb::DropDraft => Command::DropDraft { number: draft::waiting_for(case, by.units.first()), reason: something() },
        Verb::AskAuthority => Command::AskAuthority { authority: something(), system: something(), due: something() },
        Verb::AnswerCoHandling => Command::AnswerCoHandling { number: waiting_for(case, &by.person) },
    }
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
