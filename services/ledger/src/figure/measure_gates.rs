use std::collections::BTreeMap;

use sanben_clock::{Calendar, Ts};
use sanben_db::Tx;
use sanben_host::{App, Call, Error, duration};
use sanben_proto::ledger::{GateMeasure, MeasureGatesRequest, MeasureGatesResponse, PresetKind};

use sanben_ledger_rules::case::{clock::until, presets::shipped};

use crate::case::reader::reader;
use crate::figure::{
    period::period,
    store::gates::{self, Decided, Followed, UNITS_MAX, Waiting},
};

const CHUNK: i64 = 1000;

/// Measures how long cases wait at the chiefs' gates.
pub async fn run(app: &App, call: &Call, input: MeasureGatesRequest) -> Result<MeasureGatesResponse, Error> {
    let (from, until) = period(&input.from_date, &input.to_date)?;
    if !app.may_list(call) {
        return Ok(MeasureGatesResponse::default());
    }
    let (reader, calendar) = (reader(app, call), app.calendar());
    let (decided, waiting, late) = app
        .db
        .read(async |tx: &mut Tx| {
            let decided = gates::decided(tx, &reader, from, until).await?;
            let waiting = gates::waiting(tx, &reader).await?;
            let (mut late, mut after) = (Vec::new(), None);
            loop {
                let chunk = gates::followed(tx, &reader, from, until, after, CHUNK).await?;
                let Some(last) = chunk.last() else { break };
                after = Some((last.signed.micros(), last.case_id));
                late.extend(chunk.into_iter().filter(|one| is_signed_late(&calendar, one)));
            }
            Ok::<_, Error>((decided, waiting, late))
        })
        .await?;
    Ok(MeasureGatesResponse { gates: by_unit(call.now, decided, waiting, late) })
}

/// The day on which it is due still counts.
fn is_signed_late(calendar: &Calendar, one: &Followed) -> bool {
    one.signed > until(shipped(), PresetKind::Signature, calendar, one.assigned).due
}

fn by_unit(now: Ts, decided: Vec<Decided>, waiting: Vec<Waiting>, late: Vec<Followed>) -> Vec<GateMeasure> {
    let number = |of: i64| i32::try_from(of).unwrap_or(i32::MAX);
    let mut gates: BTreeMap<String, GateMeasure> = BTreeMap::new();
    for Decided { unit, registered, declined, urgent, median, longest } in decided {
        let gate = gates.entry(unit).or_default();
        (gate.registered, gate.declined, gate.urgent_signed) = (number(registered), number(declined), number(urgent));
        (gate.median_wait, gate.longest_wait) = (Some(duration(median)), Some(duration(longest)));
    }
    for Waiting { unit, count, since } in waiting {
        let gate = gates.entry(unit).or_default();
        gate.waiting = number(count);
        gate.longest_waiting = Some(duration(now.micros().saturating_sub(since.micros())));
    }
    for Followed { unit, .. } in late {
        gates.entry(unit).or_default().signed_late += 1;
    }
    let named = gates.into_iter().map(|(unit_id, gate)| GateMeasure { unit_id, ..gate });
    named.take(usize::try_from(UNITS_MAX).unwrap_or(usize::MAX)).collect()
}
