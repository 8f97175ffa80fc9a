use sanben_access::Role;
use sanben_db::Tx;
use sanben_host::{Call, Error, parse_id};
use sanben_proto::ledger::{LinkRepeatCaseRequest, LinkRepeatCaseResponse};

use sanben_ledger_rules::case::{Case, Command};

use crate::case::{
    act::{Target, carry_out_with, visible},
    ledger::Ledger,
    view,
};

/// Who recognises a repeat.
const RECOGNISE: &[Role] = &[Role::Office, Role::Chief, Role::DeskOfficer];

/// Links a case to an earlier one whose matter is brought again.
pub async fn run(ledger: &Ledger, call: &Call, input: LinkRepeatCaseRequest) -> Result<LinkRepeatCaseResponse, Error> {
    let earlier = parse_id("earlier_case_id", &input.earlier_case_id)?;
    ledger
        .write(call, async |tx: &mut Tx| {
            let target = Target { case_id: &input.case_id, etag: &input.etag };
            let role = RECOGNISE.iter().copied().find(|role| call.caller.is(*role)).unwrap_or(Role::Office);
            let command = async |tx: &mut Tx, _: &Case| {
                Ok(Command::LinkRepeat { earlier: Box::new(visible(tx, ledger, call, earlier).await?) })
            };
            let case = carry_out_with(tx, ledger, call, &target, |_| role, command).await?;
            Ok(LinkRepeatCaseResponse { case: Some(view::case(ledger, call, &case)) })
        })
        .await
}
