//! 复查、复核: superiors look at a reply when its person asks; final after the second.

use sanben_clock::Ts;
use sanben_proto::ledger::AppealStep;
use serde::{Deserialize, Serialize};
use time::Date;
use uuid::Uuid;

use super::requirement::{Decided, unaccused, wrong_state};
use super::{Above, By, Case, Command, Event, Refusal, paper};

/// An appeal, and what became of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Appeal {
    pub step: AppealStep,
    pub submission: Uuid,
    pub round: i32,
    pub asked: Ts,
    /// Days of hearings of which is not kept which they were.
    #[serde(default)]
    pub hearing_days: u32,
    /// In order, and apart from each other.
    #[serde(default)]
    pub hearings: Vec<Hearing>,
    pub decided: Option<Decision>,
}

/// Days of hearings in a row, which do not count.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Hearing {
    pub from: Ts,
    /// The first instant after them.
    pub until: Ts,
}

impl Hearing {
    /// From the first day to the last.
    pub fn of(first: Date, last: Date) -> Hearing {
        Hearing { from: Ts::start_of(first), until: last.next_day().map_or(Ts::end_of(last), Ts::start_of) }
    }

    fn days(&self) -> u32 {
        u32::try_from((self.until.date() - self.from.date()).whole_days()).unwrap_or_default()
    }
}

impl Appeal {
    /// Each day once, however often it is recorded.
    pub fn hear(&mut self, hearing: Hearing) {
        let (apart, touching): (Vec<Hearing>, Vec<Hearing>) =
            self.hearings.iter().partition(|one| one.until < hearing.from || hearing.until < one.from);
        let joined =
            |so_far: Hearing, one: Hearing| Hearing { from: so_far.from.min(one.from), until: so_far.until.max(one.until) };
        self.hearings = apart;
        self.hearings.push(touching.into_iter().fold(hearing, joined));
        self.hearings.sort_unstable_by_key(|one| one.from);
    }

    /// Days that do not count.
    pub fn heard_days(&self) -> u32 {
        self.hearings.iter().map(Hearing::days).sum::<u32>().saturating_add(self.hearing_days)
    }
}

/// What a superior decided.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Decision {
    pub upheld: bool,
    pub at: Ts,
}

/// The appeal that waits for its decision. One of an earlier round lapsed when the case was taken up again.
pub fn open(case: &Case) -> Option<&Appeal> {
    case.appeals.last().filter(|appeal| appeal.round == case.round && appeal.decided.is_none())
}

/// Which one may be asked for now, and from when on it could be: a petition's reply, then what was decided on it.
pub fn next(case: &Case) -> Option<(AppealStep, Ts)> {
    let reply = case.state.reply().filter(|_| !case.is_final())?;
    let written = reply.report.opinion || reply.opinion.is_none();
    if reply.opinion != Some(true) && !(written && paper::ends_with_opinion(case)) {
        return None;
    }
    match case.appeals.last().filter(|appeal| appeal.round == case.round) {
        None => Some((AppealStep::Review, reply.delivered)),
        Some(appeal) => {
            appeal.decided.filter(|_| appeal.step == AppealStep::Review).map(|decision| (AppealStep::Rereview, decision.at))
        }
    }
}

/// 信访工作条例 35, 36: by the person behind one of its submissions, on the reply of this round, by `deadline`.
pub fn appeal(case: &Case, submission: Uuid, round: i32, deadline: Ts, now: Ts) -> Decided {
    let again = || Command::Appeal { submission, round, deadline };
    let Some((step, _)) = next(case) else { return wrong_state(case, &again()) };
    if !case.answers(submission) {
        return Err(Refusal::NotOfThisCase);
    }
    if round != case.round {
        return Err(Refusal::WrongRound { round: case.round });
    }
    if now > deadline {
        return wrong_state(case, &again());
    }
    Ok(vec![Event::Appealed { step, submission, at: now }])
}

/// Who decides on an appeal: one level above the gate, or one level above that.
fn decider(step: AppealStep, by: &By) -> &Above {
    if step == AppealStep::Rereview { &by.above_twice } else { &by.above }
}

/// Signed by the chief of the level above the one that decided before; at city level a superior outside has decided. A reply that is not
/// upheld goes back to the handler.
pub fn decide_appeal(case: &Case, upheld: bool, superior: bool, by: &By, now: Ts) -> Decided {
    let Some(appeal) = open(case) else { return Err(Refusal::NoOpenAppeal) };
    unaccused(case, by)?;
    let decider = decider(appeal.step, by);
    if decider.signature.is_none() {
        return Err(Refusal::NotTheAppealUnit { unit: decider.unit.clone() });
    }
    if case.is_handled_by(&by.person) {
        return Err(Refusal::SignerIsHandler);
    }
    if decider.superior_needed && !superior {
        return Err(Refusal::SuperiorMissing);
    }
    let decided = Event::AppealDecided { step: appeal.step, upheld, at: now };
    let again = Event::Reopened { submission: appeal.submission, at: Some(now) };
    Ok(std::iter::once(decided).chain((!upheld).then_some(again)).collect())
}

/// 听证, in the unit that decides.
pub fn hear(case: &Case, hearing: Hearing, by: &By) -> Decided {
    let Some(appeal) = open(case) else { return Err(Refusal::NoOpenAppeal) };
    unaccused(case, by)?;
    let unit = &decider(appeal.step, by).unit;
    if by.units.first() != Some(unit) {
        return Err(Refusal::NotTheAppealUnit { unit: unit.clone() });
    }
    Ok(vec![Event::Heard { days: hearing.days(), hearing: Some(hearing) }])
}
