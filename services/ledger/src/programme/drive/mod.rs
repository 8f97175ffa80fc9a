//! A backlog drive (清仓归零) owns a frozen list: the open cases that a unit and those below it led, received before a day, as far as
//! the chief who signs may see them. It is open or closed; closed is closed. Nothing else of it is kept: how far it is comes from
//! the cases as they are now, so a case that is taken up again is open again. Struck off on the person's word and struck off by
//! exception are two numbers.
//!
//! A chief of the unit closes it, at zero (归零), or with a reason and not at zero.
//!
//! Who sees what: a drive of whose list a reader sees nothing is not there for them. Every reader gets the list, the numbers and
//! the result of those cases that they may see, and no rule tells more: the reason is asked of a chief who sees open cases, and
//! only the history says how many of the whole list were open.
//!
//! The rules are in `services/ledger/rules/src/drive/`; states against verbs are printed there, in
//! `snapshots/sanben_ledger_rules__drive__tests__drive.snap`. Says: `DriveOpened`, `DriveClosed`. Hears: nothing.

pub mod close_drive;
pub mod open_drive;
pub mod store;
pub mod view;

use sanben_db::Tx;
use sanben_host::{App, Call, Error, Page, parse_id};
use sanben_proto::ledger::{
    GetDriveRequest, GetDriveResponse, ListDriveCasesRequest, ListDriveCasesResponse, ListDrivesRequest, ListDrivesResponse,
};
use uuid::Uuid;

use sanben_ledger_rules::drive::{Drive, Progress};

use crate::case::reader;
use crate::programme::{drive::store as drives, standing};

const DEFAULT: usize = 50;

/// A drive, if the caller may see it.
pub async fn visible(tx: &mut Tx, app: &App, call: &Call, id: Uuid) -> Result<Drive, Error> {
    let reader = reader::reader(app, call);
    let found = drives::find(tx, id).await?;
    // Nothing on a list that has one case at least would tell that they are kept from the reader.
    let sees = drives::progress(tx, &reader, id).await?.total > 0;
    app.permit(call, found.filter(|_| sees), |drive| standing::around(app, call, &drive.opening.unit))
}

/// How far it is, of what the caller may see.
pub async fn progress(tx: &mut Tx, app: &App, call: &Call, drive: &Drive) -> Result<Progress, Error> {
    drives::progress(tx, &reader::reader(app, call), drive.id).await.map_err(Error::from)
}

/// Shows one drive.
pub async fn get(app: &App, call: &Call, input: GetDriveRequest) -> Result<GetDriveResponse, Error> {
    let id = parse_id("drive_id", &input.drive_id)?;
    let work = async |tx: &mut Tx| {
        let drive = visible(tx, app, call, id).await?;
        let seen = progress(tx, app, call, &drive).await?;
        Ok::<_, Error>(view::drive(&drive, &seen))
    };
    Ok(GetDriveResponse { drive: Some(app.db.read(work).await?) })
}

/// Lists drives, newest first.
pub async fn list(app: &App, call: &Call, input: ListDrivesRequest) -> Result<ListDrivesResponse, Error> {
    if !app.may_list(call) {
        return Ok(ListDrivesResponse::default());
    }
    let page = Page::open(app, call, input.page_size, DEFAULT, &input.page_token, "")?;
    let reader = reader::reader(app, call);
    let work = async |tx: &mut Tx| {
        let mut rows = drives::list(tx, &reader, page.after, page.limit()).await?;
        let next_page_token = page.close(app, &mut rows, |drive| (drive.opening.signed.at.micros(), drive.id));
        let mut shown = Vec::with_capacity(rows.len());
        for drive in &rows {
            let seen = progress(tx, app, call, drive).await?;
            if seen.total > 0 {
                shown.push(view::drive(drive, &seen));
            }
        }
        Ok::<_, Error>(ListDrivesResponse { drives: shown, next_page_token })
    };
    app.db.read(work).await
}

/// Lists what the caller may see of a drive's list, as it is now.
pub async fn list_cases(app: &App, call: &Call, input: ListDriveCasesRequest) -> Result<ListDriveCasesResponse, Error> {
    let id = parse_id("drive_id", &input.drive_id)?;
    let filters = format!("{id} {}", input.only_open);
    let page = Page::open(app, call, input.page_size, DEFAULT, &input.page_token, &filters)?;
    let reader = reader::reader(app, call);
    let work = async |tx: &mut Tx| {
        visible(tx, app, call, id).await?;
        drives::cases(tx, &reader, id, input.only_open, page.after, page.limit()).await.map_err(Error::from)
    };
    let rows = app.db.read(work).await?;
    let (cases, next_page_token) =
        page.show(app, rows, |case| (case.opening.proposed.micros(), case.id), |case| crate::case::view::case(app, call, case));
    Ok(ListDriveCasesResponse { cases, next_page_token })
}
