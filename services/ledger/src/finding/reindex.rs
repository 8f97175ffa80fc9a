//! Indexes cases again, one at a time, so that they are found by everything from then on. Several replicas may do it at once:
//! each case is taken in its turn, and the second finds nothing left to write.
//!
//! Two things make it begin. Cases that were kept by an older version have no index yet. And whose duty something is, and who
//! finds a case, follows from the unit file: if that says anything else than before, every case is indexed again. It does so
//! when it is another file, and on each day when somebody's term of office begins or has ended.

use std::time::Duration;

use sanben_access::Unit;
use sanben_bus::{Fault, record};
use sanben_db::Tx;
use sanben_host::Task;
use uuid::Uuid;

use sanben_ledger_rules::case::{Case, Draft, Event, State};

use crate::case::{act, approval_chain, ledger::Ledger, reproject::itself, store, submission};
use crate::finding::store::{index, unit_file};
use crate::fingerprint;

const CASES_AT_ONCE: i64 = 100;
/// A replica of an older version may still be at work when this one starts.
const LOOK_SECS: u64 = 60;
/// So many looks after the units have changed, replicas that had read the file of before are gone, and what they kept meanwhile is seen to.
const LOOKS_UNTIL_AGAIN: u32 = 15;

/// Looks for them at the start, and again from time to time.
pub fn task(ledger: Ledger) -> Task {
    Task::new("reindex", move |stop| async move {
        let work = async {
            // Not what is kept: during a rolling update replicas with two files would undo each other's work, again and again.
            let (mut known, mut until_again) = (None, None);
            loop {
                let (said, again) = (today(&ledger), until_again == Some(0));
                if again || known != Some(said) {
                    match if again { each(&ledger, Pass::Units).await.map(|()| false) } else { by_these_units(&ledger).await } {
                        Ok(changed) => (known, until_again) = (Some(said), changed.then_some(LOOKS_UNTIL_AGAIN)),
                        Err(fault) => tracing::warn!(%fault, "not every case is indexed by these units yet"),
                    }
                }
                until_again = until_again.map(|looks: u32| looks.saturating_sub(1));
                if let Err(fault) = each(&ledger, Pass::Stale).await {
                    tracing::warn!(%fault, "not every case is indexed again yet");
                }
                tokio::time::sleep(Duration::from_secs(LOOK_SECS)).await;
            }
        };
        // What is cut short is undone, and done at the next start.
        stop.run_until_cancelled(work).await;
    })
}

/// Works out again what follows from the unit file, if it says anything else than the one before; whether it did. Kept is which one it was only
/// when all is done, so what is cut short begins anew. The first one changes nothing: whatever is older is worked out again anyhow.
///
/// # Errors
/// When the store does not answer. A case that cannot be read is named and left out.
pub async fn by_these_units(ledger: &Ledger) -> Result<bool, Fault> {
    let now = today(ledger);
    let before = ledger.db.read(async |tx: &mut Tx| unit_file::fingerprint(tx).await).await?;
    if before == Some(now) {
        return Ok(false);
    }
    if before.is_some() {
        each(ledger, Pass::Units).await?;
    }
    ledger.db.write(async |tx: &mut Tx| unit_file::set_fingerprint(tx, now).await).await?;
    Ok(before.is_some())
}

/// The same for units of the same content in the same order, as long as the same people are in office.
fn today(ledger: &Ledger) -> i64 {
    let day = ledger.clock.now().date();
    let said = |unit: &Unit| {
        let in_office = unit.tenures.iter().filter(|tenure| tenure.covers(day)).map(|tenure| tenure.id.as_str());
        format!("{unit:?}{}", in_office.collect::<Vec<_>>().join(","))
    };
    fingerprint::of(ledger.org.units().map(said).collect::<String>().as_bytes())
}

/// Which cases are indexed again.
#[derive(Clone, Copy, Debug)]
enum Pass {
    /// Those that an older version has kept.
    Stale,
    /// All of them: who finds an archived one follows from the units as well.
    Units,
}

/// What is away ends it; a case that cannot be read is named and left out.
async fn each(ledger: &Ledger, pass: Pass) -> Result<(), Fault> {
    let mut after = Uuid::nil();
    loop {
        let page = async |tx: &mut Tx| match pass {
            Pass::Stale => index::stale(tx, after, CASES_AT_ONCE).await,
            Pass::Units => unit_file::cases(tx, after, CASES_AT_ONCE).await,
        };
        let ids = ledger.db.read(page).await?;
        let Some(last) = ids.last() else { return Ok(()) };
        after = *last;
        for id in ids {
            let done = match pass {
                Pass::Stale => one(ledger, id).await,
                Pass::Units => of_units(ledger, id).await,
            };
            match done {
                Err(Fault::Poisoned(why)) => tracing::error!(case = %id, why, "a case cannot be indexed again"),
                done => done?,
            }
        }
    }
}

/// In its turn, so that it is as it was kept last. Who reviews and archives, and who signs what is drafted, follows from the units above, which its
/// history names; one that was declined or archived is done with.
async fn of_units(ledger: &Ledger, id: Uuid) -> Result<(), Fault> {
    let changed = ledger
        .db
        .write(async |tx: &mut Tx| {
            store::take_turn(tx, id).await?;
            let Some(before) = store::find(tx, id).await? else { return Ok::<_, sanben_db::Error>(false) };
            let (mut case, changed) = (before.clone(), units_changed(ledger, &before, &index::reach(tx, id).await?));
            if let Some(event) = &changed {
                record::<Case>(tx, &ledger.clock, ledger.clock.now(), &itself(), &mut case, std::slice::from_ref(event)).await?;
            }
            ledger.keep(tx, &before, &case).await?;
            Ok(changed.is_some())
        })
        .await?;
    if changed {
        ledger.log.wake();
    }
    Ok(())
}

/// What is other than the case has it, or than it was kept in `reach` of, if anything is: whoever watches hears of that.
fn units_changed(ledger: &Ledger, case: &Case, reach: &[String]) -> Option<Event> {
    if matches!(case.state, State::Archived { .. } | State::Declined) {
        return None;
    }
    let present = act::chain_of(ledger, case.gate_unit());
    let gate = if present.is_empty() { case.gate_chain().to_vec() } else { present };
    let mut after = case.clone();
    after.gate = Some(gate.clone());
    let now = ledger.clock.now();
    let other = |draft: &Draft| {
        // Of the unit that it is about, whoever leads by now.
        let signer = approval_chain::about(ledger, &after, draft.unit.clone(), now).signer(draft.kind).to_owned();
        (signer != draft.signer).then_some((draft.number, signer))
    };
    let signers: Vec<(i32, String)> = case.drafts.iter().filter(|draft| draft.is_open()).filter_map(other).collect();
    let found = act::matter(ledger, &after).reach;
    let in_same = found.len() == reach.len() && found.iter().all(|unit| reach.contains(unit));
    let same = gate == case.gate_chain() && signers.is_empty() && in_same;
    (!same).then_some(Event::UnitsChanged { gate, signers })
}

/// Who stands behind its submissions only intake knows, and is asked before the turn is taken; whoever left meanwhile is not kept.
async fn one(ledger: &Ledger, id: Uuid) -> Result<(), Fault> {
    let Some(case) = ledger.db.read(async |tx: &mut Tx| store::find(tx, id).await).await? else { return Ok(()) };
    let parties = parties(ledger, &case).await?;
    ledger
        .db
        .write(async |tx: &mut Tx| {
            store::take_turn(tx, id).await?;
            let Some(case) = store::find(tx, id).await? else { return Ok(()) };
            index::reindex(tx, id, &case, &parties).await?;
            ledger.keep(tx, &case, &case).await
        })
        .await?;
    Ok(())
}

async fn parties(ledger: &Ledger, case: &Case) -> Result<Vec<(Uuid, String)>, Fault> {
    let mut parties = Vec::new();
    for id in case.submissions().filter(|_| !case.sealed()) {
        match submission::submission_of(ledger, id.to_string()).await {
            Ok((submission, _)) if !submission.party_ref.is_empty() => parties.push((id, submission.party_ref)),
            // Intake knows nothing of it, or says nothing.
            Ok(_) | Err(Fault::Poisoned(_)) => {}
            Err(away) => return Err(away),
        }
    }
    Ok(parties)
}
