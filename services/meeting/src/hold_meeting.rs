use sanben_db::Tx;
use sanben_host::{App, Call, Error, parse_id};
use sanben_proto::meeting::{HoldMeetingRequest, HoldMeetingResponse};
use uuid::Uuid;

use crate::meeting::Command;
use crate::{agenda, error};

/// Records that the meeting was held and who came.
pub async fn run(app: &App, call: &Call, input: HoldMeetingRequest) -> Result<HoldMeetingResponse, Error> {
    let attended = input
        .attended_invitation_ids
        .iter()
        .enumerate()
        .map(|(place, id)| parse_id(&error::attended_field(place), id))
        .collect::<Result<Vec<Uuid>, Error>>()?;
    app.write(call, async |tx: &mut Tx| {
        let command = Command::Hold { attended };
        let meeting = agenda::carry_out(tx, app, call, &input.meeting_id, &input.etag, command).await?;
        Ok(HoldMeetingResponse { meeting: Some(meeting) })
    })
    .await
}
