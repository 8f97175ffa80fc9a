//! 公文: the official papers of a case. What they say stands in the store; here is which may be issued, by whom, under which number.

use sanben_access::Role;
use sanben_clock::Ts;
use sanben_proto::kinds::{LegalPath, PaperKind, Track};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::requirement::{Decided, signed_by_another, unaccused, wrong_state};
use super::{By, Case, Command, Event, Extension, Refusal};

/// So many at most, each version counted, besides the written opinions of its rounds.
pub const PAPERS_MAX: i32 = 200;

/// What was issued under one number.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Issued {
    pub kind: PaperKind,
    pub number: String,
    /// The last one, from 1.
    pub version: i32,
    /// Whose person reads it, if not everybody's.
    pub submission: Option<Uuid>,
}

/// What the rules need to know of a paper.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Content {
    /// 告知书.
    Path(LegalPath),
    /// 和解协议书. `submission`: whose person reads it; everybody's if none.
    Agreement { submission: Option<Uuid> },
    /// 通报.
    Bulletin,
}

impl Content {
    pub fn kind(self) -> PaperKind {
        match self {
            Content::Path(_) => PaperKind::PathNotice,
            Content::Agreement { .. } => PaperKind::SettlementAgreement,
            Content::Bulletin => PaperKind::Bulletin,
        }
    }
}

/// `corrects`: whether the number is that of an earlier paper, of which this is the next version.
pub fn issue(case: &Case, content: Content, number: String, corrects: bool, by: &By, now: Ts) -> Decided {
    if is_too_late(case, content) {
        return wrong_state(case, &Command::IssuePaper { content, number, corrects });
    }
    issued_by(case, content, by)?;
    if case.number.is_none() {
        return Err(Refusal::NotSigned);
    }
    let (mut path, mut submission) = (None, None);
    match content {
        Content::Path(_) if case.track() != Track::Petition => return Err(Refusal::NotAPetition),
        Content::Agreement { submission: Some(whose) } if !case.answers(whose) => return Err(Refusal::NotOfThisCase),
        Content::Path(told) => path = Some(told),
        Content::Agreement { submission: whose } => submission = whose,
        Content::Bulletin => {}
    }
    room(case)?;
    let kind = content.kind();
    let of_it = |paper: &&Issued| (&paper.number, paper.kind, paper.submission) == (&number, kind, submission);
    let before = case.papers.iter().find(of_it);
    let version = match before {
        Some(paper) if corrects => paper.version.saturating_add(1),
        None if corrects => return Err(Refusal::PaperUnknown),
        _ => 1,
    };
    Ok(vec![Event::PaperIssued { kind, number, version, path, submission, at: Some(now) }])
}

/// A notice of the path comes before the report, which depends on it, an agreement before the reply, a bulletin also after it. What a superior
/// was asked to look at is answered on the path it came.
fn is_too_late(case: &Case, content: Content) -> bool {
    match content {
        Content::Path(path) => case.state.report().is_some() || (path != LegalPath::Petition && !case.appeals.is_empty()),
        Content::Agreement { .. } => case.state.reply().is_some(),
        Content::Bulletin => false,
    }
}

/// A bulletin is its chief's, an agreement its handler's, a notice of the path the chief's; that it is a petition may the handler tell, too:
/// every other path ends without the written opinion.
fn issued_by(case: &Case, content: Content, by: &By) -> Result<(), Refusal> {
    unaccused(case, by)?;
    let handles = case.state.handler() == Some(&by.person) && by.roles.contains(&Role::Handler);
    match content {
        Content::Bulletin => signed_by_another(case, by),
        Content::Agreement { .. } if handles => Ok(()),
        Content::Agreement { .. } => Err(Refusal::NotTheHandler),
        Content::Path(LegalPath::Petition) if handles => Ok(()),
        Content::Path(_) if handles || by.roles.contains(&Role::Chief) => signed_by_another(case, by),
        Content::Path(_) => Err(Refusal::NotTheHandler),
    }
}

/// A paper that comes with something else that happens.
pub fn with(kind: PaperKind, number: String, now: Ts) -> Event {
    Event::PaperIssued { kind, number, version: 1, path: None, submission: None, at: Some(now) }
}

pub fn room(case: &Case) -> Result<(), Refusal> {
    if case.papers.iter().map(|paper| paper.version).sum::<i32>() < PAPERS_MAX { Ok(()) } else { Err(Refusal::TooManyPapers) }
}

/// 信访工作条例 34: once, with reasons that the person is told, before the petition is overdue. `due`: the last instant at which it is not.
pub fn extend(case: &Case, days: u32, reason: &str, number: String, due: Ts, by: &By, now: Ts) -> Decided {
    signed_by_another(case, by)?;
    if case.number.is_none() {
        return Err(Refusal::NotSigned);
    }
    if case.track() != Track::Petition {
        return Err(Refusal::NotAPetition);
    }
    if case.extension_days > 0 {
        return Err(Refusal::ExtendedAlready);
    }
    if now > due {
        return Err(Refusal::ExtensionTooLate { due });
    }
    if reason.trim().is_empty() {
        return Err(Refusal::ReasonMissing);
    }
    room(case)?;
    let tenure = by.signature.as_ref().map(|signature| signature.tenure.clone()).unwrap_or_default();
    let (person, reason) = (by.person.clone(), reason.to_owned());
    let signed = Extension { at: now, person, tenure, number: number.clone(), reason: reason.clone(), round: case.round };
    let extended = Event::Extended { days, reason, signed: Some(signed) };
    Ok(vec![extended, with(PaperKind::ExtensionNotice, number, now)])
}

/// Whether its persons are told of it: it is for them, and does not come with the reply.
pub fn is_announced(kind: PaperKind) -> bool {
    matches!(kind, PaperKind::PathNotice | PaperKind::ExtensionNotice | PaperKind::SettlementAgreement)
}

/// 信访工作条例 31 (6), 32: what is neither another track nor led elsewhere ends with a written opinion, and that can be looked at again.
pub fn ends_with_opinion(case: &Case) -> bool {
    case.track() == Track::Petition && case.path.is_none_or(|path| path == LegalPath::Petition)
}
