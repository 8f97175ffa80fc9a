use sanben_access::Role;
use sanben_db::Tx;
use sanben_host::{Call, Error};
use sanben_proto::ledger::{DocumentKind, RecordContactRequest, RecordContactResponse};

use sanben_ledger_rules::case::Command;

use crate::case::{
    act::{Target, add_document, carry_out, say_something},
    ledger::Ledger,
    view,
};

/// Records that the person was spoken to for the first time.
pub async fn run(ledger: &Ledger, call: &Call, input: RecordContactRequest) -> Result<RecordContactResponse, Error> {
    say_something(&[("text", &input.text)])?;
    let roles = [Role::Handler, Role::DeskOfficer, Role::DutyOfficer];
    let role = roles.into_iter().find(|role| call.caller.is(*role)).unwrap_or(Role::DeskOfficer);
    ledger
        .write(call, async |tx: &mut Tx| {
            let target = Target { case_id: &input.case_id, etag: &input.etag };
            let case = carry_out(tx, ledger, call, &target, role, Command::RecordContact).await?;
            add_document(tx, ledger, call, &case, DocumentKind::Contact, &input.text).await?;
            Ok(RecordContactResponse { case: Some(view::case(ledger, call, &case)) })
        })
        .await
}
