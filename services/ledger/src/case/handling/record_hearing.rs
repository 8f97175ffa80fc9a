use sanben_access::Role;
use sanben_clock::Ts;
use sanben_db::Tx;
use sanben_host::{Call, Error, Problem, Refusal, parse_date};
use sanben_proto::kinds::ErrorReason;
use sanben_proto::ledger::{DocumentKind, RecordHearingRequest, RecordHearingResponse};

use sanben_ledger_rules::case::{
    Case, Command,
    appeal::{self, Hearing},
};

use crate::case::{
    act::{Target, add_document, carry_out_with},
    ledger::Ledger,
    view,
};

/// Records a hearing on an appeal.
pub async fn run(ledger: &Ledger, call: &Call, input: RecordHearingRequest) -> Result<RecordHearingResponse, Error> {
    if input.text.trim().is_empty() {
        return Err(Refusal::field(ErrorReason::InvalidFields, "text", Problem::blank()).into());
    }
    ledger
        .write(call, async |tx: &mut Tx| {
            let target = Target { case_id: &input.case_id, etag: &input.etag };
            let role = if call.caller.is(Role::Chief) { Role::Chief } else { Role::Office };
            let command = async |_: &mut Tx, case: &Case| Ok(Command::RecordHearing { hearing: hearing(call, case, &input)? });
            let case = carry_out_with(tx, ledger, call, &target, |_| role, command).await?;
            add_document(tx, ledger, call, &case, DocumentKind::Hearing, &input.text).await?;
            Ok(RecordHearingResponse { case: Some(view::case(ledger, call, &case)) })
        })
        .await
}

/// From the first day to the last, within the time of the appeal.
fn hearing(call: &Call, case: &Case, input: &RecordHearingRequest) -> Result<Hearing, Error> {
    let wrong = |field: &str, problem: Problem| Err(Refusal::field(ErrorReason::InvalidFields, field, problem).into());
    let (from, to) = (parse_date("from_date", &input.from_date)?, parse_date("to_date", &input.to_date)?);
    if appeal::open(case).is_some_and(|open| from < open.asked.date()) {
        return wrong("from_date", Problem::new("problem-before-appeal"));
    }
    if to < from {
        return wrong("to_date", Problem::new("problem-before-first-day"));
    }
    if Ts::start_of(to) > call.now {
        return wrong("to_date", Problem::future());
    }
    Ok(Hearing::of(from, to))
}
