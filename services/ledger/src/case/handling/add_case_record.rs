use sanben_access::Role;
use sanben_db::Tx;
use sanben_host::{Call, Error};
use sanben_proto::ledger::{AddCaseRecordRequest, AddCaseRecordResponse, DocumentKind, RecordKind};

use sanben_ledger_rules::case::Command;

use crate::case::{
    act::{Target, add_document, carry_out},
    ledger::Ledger,
    view,
};

/// Puts something on record on the way to a reply.
pub async fn run(ledger: &Ledger, call: &Call, input: AddCaseRecordRequest) -> Result<AddCaseRecordResponse, Error> {
    ledger
        .write(call, async |tx: &mut Tx| {
            let target = Target { case_id: &input.case_id, etag: &input.etag };
            let case = carry_out(tx, ledger, call, &target, Role::Handler, Command::AddRecord { kind: input.kind() }).await?;
            add_document(tx, ledger, call, &case, paper(input.kind()), &input.text).await?;
            Ok(AddCaseRecordResponse { case: Some(view::case(ledger, call, &case)) })
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
