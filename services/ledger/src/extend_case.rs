use sanben_access::Role;
use sanben_db::Tx;
use sanben_host::{App, Call, Error};
use sanben_proto::kinds::paper::Content;
use sanben_proto::kinds::{ExtensionNotice, PaperKind};
use sanben_proto::ledger::{ExtendCaseRequest, ExtendCaseResponse};

use crate::case::{Case, Command};
use crate::verb::{Target, carry_out_with, finish_until};
use crate::{convert, papers};

/// Gives a petition more time, and tells the person so.
pub async fn run(app: &App, call: &Call, input: ExtendCaseRequest) -> Result<ExtendCaseResponse, Error> {
    app.write(call, async |tx: &mut Tx| {
        let target = Target { case_id: &input.case_id, etag: &input.etag };
        let number = papers::new_number(tx, app, call, PaperKind::ExtensionNotice).await?;
        let command = async |_: &mut Tx, case: &Case| {
            let (days, reason) = (u32::try_from(input.days).unwrap_or_default(), input.reason.clone());
            Ok(Command::Extend { days, reason, number: number.clone(), due: finish_until(app, case, call.now) })
        };
        let case = carry_out_with(tx, app, call, &target, |_| Role::Chief, command).await?;
        let (days, reason, due_date) = (input.days, input.reason.clone(), convert::clocks::due(app, &case, call.now).date);
        let notice = Content::ExtensionNotice(ExtensionNotice { days, reason, due_date });
        let paper = papers::keep(tx, app, call, &case, &number, None, notice).await?;
        Ok(ExtendCaseResponse { case: Some(convert::case(app, call, &case)), paper: Some(paper) })
    })
    .await
}
