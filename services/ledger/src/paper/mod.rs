//! Official papers (公文): what they say, kept beside what the rules know of them, and their numbers. A paper is a record with
//! fields, not a text. Which may be issued, by whom and under which number is in `services/ledger/rules/src/case/paper.rs`; a
//! correction is the next version of the same number.
//!
//! * A notice of the path (告知书) sets which of the six of article 31 a petition takes.
//! * Only the last of the six ends with a written opinion (处理意见书). It is reported back as a draft, read by those who review, gets
//!   its number with the reply, and can then be looked at again. A reply that came with an opinion can be looked at again whatever
//!   book the case is moved to since.
//! * More time (延期) comes with its notice. An urging may come with an order or a letter.
//!
//! What is for the person shows on the receipt of every submission, each number in its newest version. An agreement shows only on
//! that of its party, or of all if that is said.
//!
//! Says: nothing itself; the case says `PaperIssued` in the same transaction. Hears: nothing.

pub mod number;
pub mod store;

use prost::Message as _;
use sanben_db::Tx;
use sanben_host::{App, Call, Error, timestamp};
use sanben_proto::kinds::paper::Content;
use sanben_proto::kinds::{self, HandlingOpinion, PaperKind};
use uuid::Uuid;

use sanben_ledger_rules::case::Case;

use self::store::Paper;

/// A receipt shows the papers of up to 20 parts in one message.
const RECEIPT_BYTES_MAX: usize = 128 * 1024;

/// A number for a paper that the caller's unit issues.
pub async fn new_number(tx: &mut Tx, app: &App, call: &Call, kind: PaperKind) -> Result<String, Error> {
    let unit = app.org.unit(&call.caller.unit).map_or("", |unit| unit.name.as_str());
    Ok(number::of_paper(tx, &app.clock, unit, kind, call.now.date().year()).await?)
}

/// Keeps what a paper says that was just issued under this number.
pub async fn keep(
    tx: &mut Tx,
    app: &App,
    call: &Call,
    case: &Case,
    number: &str,
    submission: Option<Uuid>,
    content: Content,
) -> Result<kinds::Paper, Error> {
    let version = case.papers.iter().find(|paper| paper.number == number).map_or(1, |paper| paper.version);
    let row = Paper {
        id: app.clock.id(),
        kind: kind(&content),
        number: Some(number.to_owned()),
        version,
        round: case.round,
        unit: call.caller.unit.clone(),
        submission,
        created: call.now,
        issued: Some(call.now),
        content: encoded(content),
    };
    store::insert(tx, case.id, &row).await?;
    Ok(shown(&row))
}

/// Keeps the draft of an opinion.
pub async fn keep_draft(tx: &mut Tx, app: &App, call: &Call, case: &Case, opinion: HandlingOpinion) -> Result<(), Error> {
    let kind = PaperKind::HandlingOpinion;
    let before = store::drafts(tx, case.id, case.round, kind).await?;
    let row = Paper {
        id: app.clock.id(),
        kind,
        number: None,
        version: i32::try_from(before).unwrap_or(i32::MAX).saturating_add(1),
        round: case.round,
        unit: call.caller.unit.clone(),
        submission: None,
        created: call.now,
        issued: None,
        content: encoded(Content::HandlingOpinion(opinion)),
    };
    store::insert(tx, case.id, &row).await.map_err(Error::from)
}

/// As the contract shows it.
pub fn shown(of: &Paper) -> kinds::Paper {
    let said = kinds::Paper::decode(of.content.as_slice()).unwrap_or_default();
    kinds::Paper {
        paper_id: of.id.to_string(),
        kind: of.kind as i32,
        number: of.number.clone().unwrap_or_default(),
        version: of.version,
        round: of.round,
        unit_id: of.unit.clone(),
        issue_time: of.issued.map(timestamp),
        content: said.content,
    }
}

/// The newest that fit on a receipt, oldest first; one at least.
pub fn fitting(of: &[Paper]) -> Vec<kinds::Paper> {
    let (mut papers, mut bytes) = (Vec::new(), 0);
    for paper in of.iter().rev().map(shown) {
        bytes += paper.encoded_len();
        if bytes > RECEIPT_BYTES_MAX && !papers.is_empty() {
            break;
        }
        papers.push(paper);
    }
    papers.reverse();
    papers
}

fn encoded(content: Content) -> Vec<u8> {
    kinds::Paper { content: Some(content), ..kinds::Paper::default() }.encode_to_vec()
}

fn kind(content: &Content) -> PaperKind {
    match content {
        Content::PathNotice(_) => PaperKind::PathNotice,
        Content::HandlingOpinion(_) => PaperKind::HandlingOpinion,
        Content::ExtensionNotice(_) => PaperKind::ExtensionNotice,
        Content::SettlementAgreement(_) => PaperKind::SettlementAgreement,
        Content::SupervisionOrder(_) => PaperKind::SupervisionOrder,
        Content::ReminderLetter(_) => PaperKind::ReminderLetter,
        Content::Bulletin(_) => PaperKind::Bulletin,
    }
}
