use sanben_access::Role;
use sanben_clock::Ts;
use sanben_db::Tx;
use sanben_host::{Call, Error, parse_id, timestamp};
use sanben_proto::ledger::{
    AppealDecision, AppealRight, AppealStep, CaseVerb, DeliveredReply, DocumentKind, GetReplyRequest, GetReplyResponse, PresetKind,
    RecordVerdictRequest, RecordVerdictResponse,
};

use sanben_ledger_rules::case::{
    By, Case, Command, Reply, State, Until, appeal,
    clock::{presets, until},
    is_open, verdict,
};

use crate::case::{
    act::{Target, carry_out, visible},
    ledger::Ledger,
    store::{self, Document},
    view,
};
use crate::clock::view as clock_view;
use crate::paper;

/// Records what the person says of a reply; for intake, which knows the receipt code.
pub async fn run(ledger: &Ledger, call: &Call, input: RecordVerdictRequest) -> Result<RecordVerdictResponse, Error> {
    let submission = parse_id("submission_id", &input.submission_id)?;
    ledger
        .write(call, async |tx: &mut Tx| {
            let target = Target { case_id: &input.case_id, etag: &input.etag };
            let command = Command::RecordVerdict { submission, round: input.round, verdict: input.verdict() };
            let case = carry_out(tx, ledger, call, &target, Role::Service, command).await?;
            Ok(RecordVerdictResponse { case: Some(view::case(ledger, call, &case)) })
        })
        .await
}

/// Shows the delivered replies and the window for a verdict; for intake.
pub async fn get_reply(ledger: &Ledger, call: &Call, input: GetReplyRequest) -> Result<GetReplyResponse, Error> {
    let id = parse_id("case_id", &input.case_id)?;
    let submission = if input.submission_id.is_empty() { None } else { Some(parse_id("submission_id", &input.submission_id)?) };
    let (case, replies, decided, official) = ledger
        .db
        .read(async |tx: &mut Tx| {
            let case = visible(tx, ledger, call, id).await?;
            let replies = store::last_of_each_round(tx, id, DocumentKind::Reply).await?;
            let decided = store::documents_of(tx, id, DocumentKind::AppealDecision).await?;
            let official = match submission {
                Some(submission) if case.answers(submission) => paper::store::for_person(tx, id, submission).await?,
                _ => Vec::new(),
            };
            Ok::<_, Error>((case, replies, decided, official))
        })
        .await?;
    let given = submission.map_or_else(|| case.verdict(), |submission| case.verdict_of(submission));
    Ok(GetReplyResponse {
        number: case.number.clone().unwrap_or_default(),
        lead_unit_id: if is_assigned(&case) { case.lead_unit.clone() } else { String::new() },
        reply: case.state.reply().map(|reply| {
            // The calendar may be newer than what is kept of the case.
            let verdict_deadline = verdict::open_until(&case, reply, &ledger.calendar(), call.now);
            delivered(&replies, case.round, &Reply { verdict_deadline, ..reply.clone() })
        }),
        due: Some(clock_view::due(ledger, &case, call.now)),
        verdict: given.map_or(0, |verdict| verdict as i32),
        appeal_right: appeal::next(&case).map(|(step, from)| appeal_right(ledger, &case, step, from)),
        appeal_decisions: decisions(&case, &decided),
        r#final: case.is_final(),
        joinable: is_open(&case, CaseVerb::Join, &By::default(), Until { object: call.now, finish: call.now }, call.now),
        papers: paper::fitting(&official),
        earlier_replies: view::latest(&case.earlier).map(|round| delivered(&replies, round.number, &round.reply)).collect(),
    })
}

fn appeal_right(ledger: &Ledger, case: &Case, step: AppealStep, from: Ts) -> AppealRight {
    let window = until(presets(case), PresetKind::Appeal, &ledger.calendar(), from);
    AppealRight { step: step as i32, deadline: Some(timestamp(window.due)) }
}

/// What superiors decided, with their texts: one each, in the same order, from the last one back.
fn decisions(case: &Case, texts: &[Document]) -> Vec<AppealDecision> {
    let decided = case.appeals.iter().filter_map(|appeal| appeal.decided.map(|decision| (appeal, decision)));
    let mut all: Vec<AppealDecision> = decided
        .rev()
        .zip(texts.iter().rev())
        .map(|((appeal, decision), written)| AppealDecision {
            step: appeal.step as i32,
            round: appeal.round,
            upheld: decision.upheld,
            text: written.text.clone(),
            decide_time: Some(timestamp(decision.at)),
        })
        .collect();
    all.reverse();
    view::latest(&all).cloned().collect()
}

fn is_assigned(case: &Case) -> bool {
    !matches!(case.state, State::Proposed | State::Declined | State::Registered)
}

fn delivered(texts: &[Document], round: i32, reply: &Reply) -> DeliveredReply {
    DeliveredReply {
        text: texts.iter().find(|one| one.round == round).map(|one| one.text.clone()).unwrap_or_default(),
        deliver_time: Some(timestamp(reply.delivered)),
        round,
        outcome: reply.report.outcome as i32,
        verdict_deadline: Some(timestamp(reply.verdict_deadline)),
    }
}
