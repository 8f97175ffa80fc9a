//! Deadlines are worked out again when another edition of the calendar is in force, and each case says so in its history.

use std::time::Duration;

use sanben_db::Tx;
use sanben_host::Error;
use tokio_util::sync::CancellationToken;
use uuid::Uuid;

use crate::case::{
    ledger::Ledger,
    reproject::{lapse, project},
    store,
};
use crate::catalogue::calendar;
use crate::clock::store as rows;
use crate::projection::Change;

const CHUNK: i64 = 200;
const LOOK_SECS: u64 = 2;

/// Looks until the process stops for what was worked out with an earlier edition: when another is in force, and when a replica that had not
/// heard of it yet has kept a case since. Several replicas may do it at once: a case is worked out again once.
pub async fn follow(ledger: Ledger, stop: CancellationToken) {
    loop {
        match look(&ledger).await {
            Ok(0) => {}
            Ok(count) => tracing::info!(count, "deadlines were worked out again"),
            Err(error) => tracing::warn!(?error, "deadlines wait to be worked out again"),
        }
        tokio::select! {
            () = stop.cancelled() => return,
            () = tokio::time::sleep(Duration::from_secs(LOOK_SECS)) => {}
        }
    }
}

async fn look(ledger: &Ledger) -> Result<usize, Error> {
    let oldest = ledger.db.read(async |tx: &mut Tx| rows::oldest_edition(tx).await).await?;
    if oldest.is_some_and(|oldest| oldest < ledger.editions.current().number) { run(ledger).await } else { Ok(0) }
}

/// Works out again whatever was worked out with an earlier edition; how many cases said so.
///
/// # Errors
/// When the store does not answer; what was done is done.
pub async fn run(ledger: &Ledger) -> Result<usize, Error> {
    let (edition, mut after, mut count) = (ledger.editions.current().number, Uuid::nil(), 0);
    loop {
        let chunk = ledger.db.read(async |tx: &mut Tx| rows::of_earlier_editions(tx, edition, after, CHUNK).await).await?;
        let Some(last) = chunk.last() else { return Ok(count) };
        after = *last;
        for case_id in chunk {
            match ledger.db.write(async |tx: &mut Tx| again(tx, ledger, case_id).await).await {
                Ok(said) => count += usize::from(said),
                Err(error @ (sanben_db::Error::Corrupt(_) | sanben_db::Error::Conflict)) => {
                    tracing::error!(%case_id, %error, "the days of a case cannot be worked out again now")
                }
                Err(error) => return Err(error.into()),
            }
            ledger.log.wake();
        }
    }
}

/// Whether anything of the case is other than it was.
async fn again(tx: &mut Tx, ledger: &Ledger, case_id: Uuid) -> Result<bool, sanben_db::Error> {
    calendar::catch_up(tx, &ledger.editions).await?;
    store::take_turn(tx, case_id).await?;
    let Some(before) = store::find(tx, case_id).await? else { return Ok(false) };
    let (now, mut case) = (ledger.clock.now(), before.clone());
    project(tx, ledger, &mut case, now).await?;
    lapse(tx, ledger, &mut case, now).await?;
    let change = Change { before: Some(&before), case: &case, reprojected: true };
    ledger.keep_change(tx, &change).await?;
    Ok(change.has_happened())
}
