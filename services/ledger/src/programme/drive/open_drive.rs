use sanben_access::Matter;
use sanben_bus::record;
use sanben_clock::Ts;
use sanben_db::Tx;
use sanben_host::{App, Call, Error, parse_date};
use sanben_proto::kinds::Book;
use sanben_proto::ledger::{OpenDriveRequest, OpenDriveResponse};
use uuid::Uuid;

use sanben_ledger_rules::drive::{self, CASES_MAX, Drive, Opening};

use crate::case::{act, reader};
use crate::error;
use crate::programme::{
    drive::{self as shown, store as drives, view},
    standing,
};

/// Cases are looked at so many at a time.
const PAGE: i64 = 500;

/// Opens a backlog drive over a frozen list.
pub async fn run(app: &App, call: &Call, input: OpenDriveRequest) -> Result<OpenDriveResponse, Error> {
    act::say_something(&[("title", &input.title)])?;
    let unit = act::chain(app, "unit_id", &input.unit_id)?.swap_remove(0);
    let before = Ts::start_of(parse_date("received_before", &input.received_before)?);
    let due = act::coming_day(call, "due_date", &input.due_date)?;
    let book = Some(input.book()).filter(|book| *book != Book::Unspecified);
    standing::may_open(app, call)?;
    let signed = standing::chief_of(app, call, &unit);
    let opening = Opening { title: input.title, unit, before, book, due, signed };
    app.write(call, async |tx: &mut Tx| {
        let cases = on_the_list(tx, app, call, &opening).await?;
        let event = drive::open(&opening, cases.len()).map_err(error::drive)?;
        let mut drive = Drive::new(app.clock.id(), opening.clone());
        record(tx, &app.clock, call.now, &standing::actor(&opening.signed), &mut drive, &[event]).await?;
        let reach = Matter::of(&app.org, [opening.unit.as_str()]).reach;
        drives::insert(tx, &drive, &cases, &reach).await?;
        let seen = shown::progress(tx, app, call, &drive).await?;
        Ok(OpenDriveResponse { drive: Some(view::drive(&drive, &seen)) })
    })
    .await
}

/// What the signer may see of what belongs there; not much more of it than a drive may have.
async fn on_the_list(tx: &mut Tx, app: &App, call: &Call, opening: &Opening) -> Result<Vec<Uuid>, Error> {
    let reader = reader::reader(app, call);
    let (mut found, mut after) = (Vec::new(), Uuid::nil());
    while found.len() <= CASES_MAX {
        let page = drives::candidates(tx, &reader, &opening.unit, opening.book, after, PAGE).await?;
        let Some((last, _)) = page.last() else { break };
        after = *last;
        let covered = page.iter().filter(|(_, case)| opening.covers(case, |lead| app.org.is_within(lead, &opening.unit)));
        found.extend(covered.map(|(id, _)| *id));
    }
    Ok(found)
}
