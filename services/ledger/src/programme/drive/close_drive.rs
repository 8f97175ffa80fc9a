use sanben_bus::record;
use sanben_db::Tx;
use sanben_host::{App, Call, Error, check_etag, parse_id};
use sanben_proto::ledger::{CloseDriveRequest, CloseDriveResponse};

use sanben_ledger_rules::drive::{self, Closing};

use crate::error;
use crate::programme::{
    drive::{self as shown, store as drives, view},
    standing,
};

/// Closes a backlog drive: at zero, or with a reason.
pub async fn run(app: &App, call: &Call, input: CloseDriveRequest) -> Result<CloseDriveResponse, Error> {
    let id = parse_id("drive_id", &input.drive_id)?;
    app.write(call, async |tx: &mut Tx| {
        drives::take_turn(tx, id).await?;
        let mut drive = shown::visible(tx, app, call, id).await?;
        check_etag(&input.etag, drive.revision)?;
        let signed = standing::chief_of(app, call, &drive.opening.unit);
        let actor = standing::actor(&signed);
        // What is marked is what is looked at, whatever is taken up again meanwhile. A refusal takes the marks back.
        let left = drives::mark_remaining(tx, id).await?;
        let open = shown::progress(tx, app, call, &drive).await?.remained;
        let closing = Closing { reason: input.reason.clone(), left, signed };
        let event = drive::close(&drive, closing, open).map_err(error::drive)?;
        let revision = drive.revision;
        record(tx, &app.clock, call.now, &actor, &mut drive, &[event]).await?;
        drives::update(tx, &drive, revision).await?;
        let seen = shown::progress(tx, app, call, &drive).await?;
        Ok(CloseDriveResponse { drive: Some(view::drive(&drive, &seen)) })
    })
    .await
}
