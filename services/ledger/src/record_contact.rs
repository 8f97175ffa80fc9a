use sanben_access::Role;
use sanben_db::Tx;
use sanben_host::{App, Call, Error};
use sanben_proto::ledger::{DocumentKind, RecordContactRequest, RecordContactResponse};

use crate::case::Command;
use crate::convert;
use crate::standing::say_something;
use crate::verb::{Target, add_document, carry_out};

/// Records that the person was spoken to for the first time.
pub async fn run(app: &App, call: &Call, input: RecordContactRequest) -> Result<RecordContactResponse, Error> {
    say_something(&[("text", &input.text)])?;
    let roles = [Role::Handler, Role::DeskOfficer, Role::DutyOfficer];
    let role = roles.into_iter().find(|role| call.caller.is(*role)).unwrap_or(Role::DeskOfficer);
    app.write(call, async |tx: &mut Tx| {
        let target = Target { case_id: &input.case_id, etag: &input.etag };
        let case = carry_out(tx, app, call, &target, role, Command::Contact).await?;
        add_document(tx, app, call, &case, DocumentKind::Contact, &input.text).await?;
        Ok(RecordContactResponse { case: Some(convert::case(app, call, &case)) })
    })
    .await
}
