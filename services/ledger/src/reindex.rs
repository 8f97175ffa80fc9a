//! Cases that were kept by an older version are indexed again, one at a time, and found by everything from then on. Several replicas may do
//! it at once: each case is taken in its turn, and the second finds nothing left to write.

use std::time::Duration;

use sanben_bus::Fault;
use sanben_db::Tx;
use sanben_host::{App, Task};
use uuid::Uuid;

use crate::case::Case;
use crate::store::index;
use crate::{on_intake, store, verb};

const CASES_AT_ONCE: i64 = 100;
/// A replica of an older version may still be at work when this one starts.
const LOOK_SECS: u64 = 60;

/// Looks for them at the start, and again from time to time.
pub fn task(app: App) -> Task {
    Task::new("reindex", move |stop| async move {
        let work = async {
            loop {
                if let Err(fault) = all(&app).await {
                    tracing::warn!(%fault, "not every case is indexed again yet");
                }
                tokio::time::sleep(Duration::from_secs(LOOK_SECS)).await;
            }
        };
        // What is cut short is undone, and done at the next start.
        stop.run_until_cancelled(work).await;
    })
}

/// What is away ends it; a case that cannot be read is named and left out.
async fn all(app: &App) -> Result<(), Fault> {
    let mut after = Uuid::nil();
    loop {
        let ids = app.db.read(async |tx: &mut Tx| index::stale(tx, after, CASES_AT_ONCE).await).await?;
        let Some(last) = ids.last() else { return Ok(()) };
        after = *last;
        for id in ids {
            match one(app, id).await {
                Err(Fault::Poisoned(why)) => tracing::error!(case = %id, why, "a case cannot be indexed again"),
                done => done?,
            }
        }
    }
}

/// Who stands behind its submissions only intake knows, and is asked before the turn is taken; whoever left meanwhile is not kept.
async fn one(app: &App, id: Uuid) -> Result<(), Fault> {
    let Some(case) = app.db.read(async |tx: &mut Tx| store::find(tx, id).await).await? else { return Ok(()) };
    let parties = parties(app, &case).await?;
    app.db
        .write(async |tx: &mut Tx| {
            store::take_turn(tx, id).await?;
            let Some(case) = store::find(tx, id).await? else { return Ok(()) };
            index::reindex(tx, id, &case, &verb::index(app, &case), &parties).await
        })
        .await?;
    Ok(())
}

async fn parties(app: &App, case: &Case) -> Result<Vec<(Uuid, String)>, Fault> {
    let mut parties = Vec::new();
    for id in case.submissions().filter(|_| !case.sealed()) {
        match on_intake::submission_of(app, id.to_string()).await {
            Ok((submission, _)) if !submission.party_ref.is_empty() => parties.push((id, submission.party_ref)),
            // Intake knows nothing of it, or says nothing.
            Ok(_) | Err(Fault::Poisoned(_)) => {}
            Err(away) => return Err(away),
        }
    }
    Ok(parties)
}
