//! Cases that were kept by an older version are indexed again, one at a time, and found by everything from then on. Several replicas may do
//! it at once: each case is taken in its turn, and the second finds nothing left to write. Whose duty something is follows from the unit file as
//! well, which is read at the start: if it says anything else than before, the duties of every case that is not archived are worked out again.

use std::time::Duration;

use sanben_access::Org;
use sanben_bus::Fault;
use sanben_db::Tx;
use sanben_host::{App, Task};
use uuid::Uuid;

use crate::case::Case;
use crate::store::{index, unit_file};
use crate::{fingerprint, on_intake, store, verb};

const CASES_AT_ONCE: i64 = 100;
/// A replica of an older version may still be at work when this one starts.
const LOOK_SECS: u64 = 60;

/// Looks for them at the start, and again from time to time.
pub fn task(app: App) -> Task {
    Task::new("reindex", move |stop| async move {
        let work = async {
            let mut knows_units = false;
            loop {
                if !knows_units {
                    match by_these_units(&app).await {
                        Ok(()) => knows_units = true,
                        Err(fault) => tracing::warn!(%fault, "not every case is indexed by these units yet"),
                    }
                }
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

/// Works out again what follows from the unit file, if it says anything else than the one before. Kept is which one it was only when all is
/// done, so what is cut short begins anew. The first one changes nothing: whatever is older is worked out again anyhow.
///
/// # Errors
/// When the store does not answer. A case that cannot be read is named and left out.
pub async fn by_these_units(app: &App) -> Result<(), Fault> {
    let now = of_all(&app.org);
    let before = app.db.read(async |tx: &mut Tx| unit_file::fingerprint(tx).await).await?;
    if before == Some(now) {
        return Ok(());
    }
    let mut after = before.map(|_| Uuid::nil());
    while let Some(from) = after {
        let ids = app.db.read(async |tx: &mut Tx| unit_file::open_cases(tx, from, CASES_AT_ONCE).await).await?;
        after = ids.last().copied();
        for id in ids {
            named(id, of_units(app, id).await)?;
        }
    }
    app.db.write(async |tx: &mut Tx| unit_file::set_fingerprint(tx, now).await).await?;
    Ok(())
}

/// The same for units of the same content in the same order.
fn of_all(org: &Org) -> i64 {
    fingerprint::of(org.units().map(|unit| format!("{unit:?}")).collect::<Vec<_>>().concat().as_bytes())
}

/// What is away ends it; a case that cannot be read is named and left out.
async fn all(app: &App) -> Result<(), Fault> {
    let mut after = Uuid::nil();
    loop {
        let ids = app.db.read(async |tx: &mut Tx| index::stale(tx, after, CASES_AT_ONCE).await).await?;
        let Some(last) = ids.last() else { return Ok(()) };
        after = *last;
        for id in ids {
            named(id, one(app, id).await)?;
        }
    }
}

fn named(id: Uuid, done: Result<(), Fault>) -> Result<(), Fault> {
    match done {
        Err(Fault::Poisoned(why)) => {
            tracing::error!(case = %id, why, "a case cannot be indexed again");
            Ok(())
        }
        done => done,
    }
}

/// In its turn, so that it is as it was kept last.
async fn of_units(app: &App, id: Uuid) -> Result<(), Fault> {
    app.db
        .write(async |tx: &mut Tx| {
            store::take_turn(tx, id).await?;
            let Some(case) = store::find(tx, id).await? else { return Ok(()) };
            index::set(tx, id, &case, &verb::index(app, &case)).await
        })
        .await?;
    Ok(())
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
