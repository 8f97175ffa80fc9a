use sanben_access::Role;
use sanben_db::Tx;
use sanben_host::{Call, Error};
use sanben_proto::kinds::paper::Content;
use sanben_proto::kinds::{ExtensionNotice, PaperKind};
use sanben_proto::ledger::{ExtendCaseRequest, ExtendCaseResponse};

use sanben_ledger_rules::case::{Case, Command};

use crate::case::{
    act::{Target, carry_out_with, finish_until},
    ledger::Ledger,
    view,
};
use crate::clock::view as clock_view;
use crate::paper;

/// Gives a petition more time, and tells the person so.
pub async fn run(ledger: &Ledger, call: &Call, input: ExtendCaseRequest) -> Result<ExtendCaseResponse, Error> {
    ledger
        .write(call, async |tx: &mut Tx| {
            let target = Target { case_id: &input.case_id, etag: &input.etag };
            let number = paper::new_number(tx, ledger, call, PaperKind::ExtensionNotice).await?;
            let command = async |_: &mut Tx, case: &Case| {
                let (days, reason) = (u32::try_from(input.days).unwrap_or_default(), input.reason.clone());
                Ok(Command::Extend { days, reason, number: number.clone(), due: finish_until(ledger, case, call.now) })
            };
            let case = carry_out_with(tx, ledger, call, &target, |_| Role::Chief, command).await?;
            let (days, reason, due_date) = (input.days, input.reason.clone(), clock_view::due(ledger, &case, call.now).date);
            let notice = Content::ExtensionNotice(ExtensionNotice { days, reason, due_date });
            let paper = paper::keep(tx, ledger, call, &case, &number, None, notice).await?;
            Ok(ExtendCaseResponse { case: Some(view::case(ledger, call, &case)), paper: Some(paper) })
        })
        .await
}
