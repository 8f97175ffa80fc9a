use sanben_access::Role;
use sanben_db::Tx;
use sanben_host::{App, Call, Error};
use sanben_proto::ledger::{AddCaseRecordRequest, AddCaseRecordResponse, DocumentKind, RecordKind};

use crate::case::Command;
use crate::convert;
use crate::verb::{Target, add_document, carry_out};

/// Puts something on record on the way to a reply.
pub async fn run(app: &App, call: &Call, input: AddCaseRecordRequest) -> Result<AddCaseRecordResponse, Error> {
    app.write(call, async |tx: &mut Tx| {
        let target = Target { case_id: &input.case_id, etag: &input.etag };
        let case = carry_out(tx, app, call, &target, Role::Handler, Command::AddRecord { kind: input.kind() }).await?;
        add_document(tx, app, call, &case, paper(input.kind()), &input.text).await?;
        Ok(AddCaseRecordResponse { case: Some(convert::case(app, call, &case)) })
    })
    .await
}

fn paper(kind: RecordKind) -> DocumentKind {
    match kind {
        RecordKind::Unspecified => DocumentKind::Unspecified,
        RecordKind::JointConsultation => DocumentKind::JointConsultation,
        RecordKind::SiteSurvey => DocumentKind::SiteSurvey,
        RecordKind::Measure => DocumentKind::Measure,
        RecordKind::SettlementAgreement => DocumentKind::SettlementAgreement,
        RecordKind::Mediation => DocumentKind::Mediation,
    }
}
