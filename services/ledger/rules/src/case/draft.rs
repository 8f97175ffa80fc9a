//! What clocks draft for a person to sign: a letter, an order, a bulletin, a referral. A rung drafts, a person signs.

use std::sync::LazyLock;

use sanben_clock::{Calendar, Ts};
use sanben_proto::kinds::PaperKind;
use sanben_proto::ledger::{ClockKind, ClockState, DraftKind, DraftState, Rung};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::clock::{Clock, clocks, running};
use super::requirement::{Decided, unaccused};
use super::{By, Case, Event, Reached, Refusal, State, meanwhile, paper, rung};

/// So many are kept at hand; the history has all of them.
pub const DRAFTS_KEPT: usize = 100;

/// One of them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Draft {
    pub id: Uuid,
    /// Which one of the case, from 1.
    pub number: i32,
    pub kind: DraftKind,
    pub state: DraftState,
    /// The clock that brought it about.
    pub clock: ClockKind,
    pub subject: String,
    pub turn: i64,
    pub rung: Rung,
    /// The unit that it is about, and that a letter or an order goes to.
    pub unit: String,
    /// The unit whose chief signs it.
    pub signer: String,
    pub at: Ts,
    /// When the clock was due, as it was known then.
    pub due: Ts,
}

impl Draft {
    pub fn is_open(&self) -> bool {
        self.state == DraftState::Open
    }

    /// Whether it is of this clock.
    pub fn is_of(&self, clock: &Clock) -> bool {
        (self.clock, &self.subject, self.turn) == (clock.kind, &clock.subject, clock.turn)
    }
}

/// The paper that a signature issues, if it issues one.
pub fn paper_of(kind: DraftKind) -> Option<PaperKind> {
    match kind {
        DraftKind::Letter => Some(PaperKind::ReminderLetter),
        DraftKind::Order => Some(PaperKind::SupervisionOrder),
        DraftKind::Bulletin => Some(PaperKind::Bulletin),
        DraftKind::Referral | DraftKind::Unspecified => None,
    }
}

/// Whether it goes to a unit that has to answer it.
pub fn asks(kind: DraftKind) -> bool {
    matches!(kind, DraftKind::Letter | DraftKind::Order)
}

/// The unit that answers for a clock; none if superiors do, who are found in the unit tree.
pub fn responsible<'a>(case: &'a Case, clock: ClockKind, subject: &'a str) -> Option<&'a str> {
    match clock {
        ClockKind::AppealDecision => None,
        ClockKind::Assistance => Some(subject),
        ClockKind::Signature => Some(case.gate_unit()),
        _ if matches!(case.state, State::Proposed | State::Registered) => Some(case.gate_unit()),
        _ => Some(&case.lead_unit),
    }
}

/// The number of the next one.
pub fn next_number(case: &Case) -> i32 {
    case.drafts.last().map_or(1, |draft| draft.number.saturating_add(1))
}

/// One that waits.
pub fn open(case: &Case, number: i32) -> Result<&Draft, Refusal> {
    let draft = case.drafts.iter().find(|draft| draft.number == number).ok_or(Refusal::DraftUnknown)?;
    if draft.is_open() { Ok(draft) } else { Err(Refusal::DraftClosed) }
}

/// The first one that waits for a unit, if one does; else one that is not there.
pub fn waiting_for(case: &Case, unit: Option<&String>) -> i32 {
    case.drafts.iter().find(|draft| draft.is_open() && Some(&draft.signer) == unit).map_or(0, |draft| draft.number)
}

/// Rule 2: signed for the unit that it waits for, never by the handler, nor by whoever is complained about.
fn signed<'a>(case: &'a Case, number: i32, by: &By) -> Result<&'a Draft, Refusal> {
    let draft = open(case, number)?;
    unaccused(case, by)?;
    if by.units.first() != Some(&draft.signer) || by.own.is_none() {
        return Err(Refusal::NotTheSigner { unit: draft.signer.clone() });
    }
    if case.is_handled_by(&by.person) { Err(Refusal::SignerIsHandler) } else { Ok(draft) }
}

/// What it says happens. `paper`: the number of the paper that is issued with it.
pub fn sign(case: &Case, number: i32, due: String, paper: String, by: &By, now: Ts) -> Decided {
    let draft = signed(case, number, by)?;
    let follows = match (draft.kind, paper_of(draft.kind)) {
        (DraftKind::Letter | DraftKind::Order, with) => {
            meanwhile::urged(case, draft.unit.clone(), due, with.map(|kind| (kind, paper)), now)?
        }
        (_, Some(kind)) => {
            paper::room(case)?;
            vec![paper::with(kind, paper, now)]
        }
        (_, None) => meanwhile::referred(case)?,
    };
    Ok(std::iter::once(Event::DraftSigned { number }).chain(follows).collect())
}

/// A chief decides against it.
pub fn drop(case: &Case, number: i32, reason: String, by: &By) -> Decided {
    signed(case, number, by)?;
    if reason.trim().is_empty() { Err(Refusal::ReasonMissing) } else { Ok(vec![Event::DraftDropped { number, reason }]) }
}

/// Lets one have come to its end.
pub fn close(case: &mut Case, number: i32, state: DraftState) {
    if let Some(draft) = case.drafts.iter_mut().find(|draft| draft.number == number) {
        draft.state = state;
    }
}

/// Has the chief of another unit sign it.
pub fn hand_over(case: &mut Case, number: i32, unit: &str) {
    if let Some(draft) = case.drafts.iter_mut().find(|draft| draft.number == number && draft.is_open()) {
        unit.clone_into(&mut draft.signer);
    }
}

/// Lets lapse what waits for nothing any more, and forgets the oldest of too many.
pub fn lapse(case: &mut Case) {
    if case.drafts.iter().any(Draft::is_open) {
        // Which clocks there are does not depend on the days.
        static ANY: LazyLock<Calendar> = LazyLock::new(Calendar::shipped);
        let clocks = clocks(case, &ANY);
        let over: Vec<i32> =
            case.drafts.iter().filter(|draft| draft.is_open() && !stands(case, &clocks, draft)).map(|draft| draft.number).collect();
        over.into_iter().for_each(|number| close(case, number, DraftState::Lapsed));
    }
    while case.drafts.len() > DRAFTS_KEPT {
        // Never the newest, after which the next one is numbered.
        let earlier = &case.drafts[..case.drafts.len() - 1];
        let oldest = earlier.iter().position(|draft| !draft.is_open()).unwrap_or_default();
        case.drafts.remove(oldest);
    }
}

/// A letter and an order stand while the clock that drafted them runs and the same unit answers for it, a letter no longer than until the clock has
/// come further; a bulletin and a referral, which are of what has been, while the case is in the open book.
fn stands(case: &Case, clocks: &[Clock], draft: &Draft) -> bool {
    let clock = clocks.iter().find(|clock| draft.is_of(clock));
    let runs = clock.is_some_and(|clock| clock.stop.is_none());
    let of_superiors = draft.clock == ClockKind::AppealDecision;
    match draft.kind {
        DraftKind::Letter | DraftKind::Order => {
            clock.is_some_and(|clock| clock.state() == ClockState::Running)
                && is_reached(case, draft)
                && responsible(case, draft.clock, &draft.subject).is_none_or(|unit| unit == draft.unit)
        }
        DraftKind::Referral if case.referral.is_some() => false,
        DraftKind::Bulletin | DraftKind::Referral | DraftKind::Unspecified if of_superiors => runs,
        DraftKind::Bulletin | DraftKind::Referral | DraftKind::Unspecified => {
            case.state != State::Declined && case.state.door().is_none()
        }
    }
}

/// Whether the clock has come as far as the draft says: what is on another track now has reached nothing yet.
fn is_reached(case: &Case, draft: &Draft) -> bool {
    let of_clock = |one: &&Reached| (one.kind, &one.subject, one.turn) == (draft.clock, &draft.subject, draft.turn);
    let mut rungs = case.rungs.iter().filter(of_clock).map(|one| one.rung);
    match draft.kind {
        DraftKind::Letter => rungs.clone().any(|rung| rung == draft.rung) && rungs.all(|rung| rung as i32 <= draft.rung as i32),
        _ => rungs.any(|rung| rung == draft.rung),
    }
}

/// The rung, up to the last one that a clock has reached, whose letter or order has lapsed though nobody decided on it and the clock has come no
/// further. It is drafted again when the clock has come as far again.
pub fn lapsed(case: &Case, clock: &Clock, last: i32) -> Option<Rung> {
    let (rung, kind) = match Rung::try_from(last).ok()? {
        Rung::Unspecified => return None,
        Rung::Warn => (Rung::Warn, DraftKind::Letter),
        Rung::Due | Rung::Over => (Rung::Due, DraftKind::Order),
    };
    let newest = case.drafts.iter().rev().find(|draft| draft.is_of(clock) && draft.kind == kind)?;
    (newest.state == DraftState::Lapsed).then_some(rung)
}

/// The letters and orders whose clock was moved, so that it has not come as far by now as when it drafted them.
pub fn groundless(case: &Case, calendar: &Calendar, now: Ts) -> Vec<i32> {
    let open = || case.drafts.iter().filter(|draft| draft.is_open() && asks(draft.kind));
    if open().next().is_none() {
        return Vec::new();
    }
    let running = running(case, calendar);
    let is_ahead =
        |draft: &&Draft| running.iter().any(|(clock, projected)| draft.is_of(clock) && now < rung::instant(draft.rung, projected));
    open().filter(is_ahead).map(|draft| draft.number).collect()
}
