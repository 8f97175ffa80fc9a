use std::time::Duration;

use sanben_db::{Error, Tx, execute, fetch_all, fetch_one};
use tokio_util::sync::CancellationToken;
use uuid::Uuid;

use crate::Log;

const BATCH_MAX: i64 = 500;
const LOOK_MS: u64 = 1000;

/// Gives positions to events that have none until `stop`: after each commit at once, else every second, which finds what another
/// replica wrote before it died. Never ends on a store that is away: it tries again at the next look.
pub async fn sequence(log: Log, stop: CancellationToken) {
    while !stop.is_cancelled() {
        match give_positions(&log).await {
            Ok(given) if given == BATCH_MAX => continue,
            Ok(_) => {}
            Err(error) => tracing::warn!(service = log.service(), %error, "sequencer waits for its store"),
        }
        tokio::select! {
            () = stop.cancelled() => return,
            () = log.committed() => {}
            () = tokio::time::sleep(Duration::from_millis(LOOK_MS)) => {}
        }
    }
}

/// One round. The head's row is locked first, so that two replicas take turns and positions have no gaps.
pub(crate) async fn give_positions(log: &Log) -> Result<i64, Error> {
    let waiting = log
        .db()
        .read(async |tx: &mut Tx| {
            fetch_one!(tx, (i64,), "SELECT COUNT(*) FROM (SELECT 1 FROM events WHERE position IS NULL LIMIT 1) AS waiting")
        })
        .await?;
    if waiting.0 == 0 {
        log.advance(log.stored_head().await?);
        return Ok(0);
    }
    let (given, head) = log
        .db()
        .write(async |tx: &mut Tx| {
            let (head,) = fetch_one!(tx, (i64,), "UPDATE log_head SET position = position WHERE one = 1 RETURNING position")?;
            let events = next_in_order(tx).await?;
            let mut position = head;
            for (event_id,) in &events {
                position += 1;
                execute!(tx, "UPDATE events SET position = $1 WHERE event_id = $2", position, event_id)?;
            }
            execute!(tx, "UPDATE log_head SET position = $1 WHERE one = 1", position)?;
            Ok::<_, Error>((position - head, position))
        })
        .await?;
    log.advance(head);
    Ok(given)
}

/// Events without a position by time. One that a clock running behind has dated before its predecessor in the same aggregate comes
/// right after it, so that revisions keep their order.
async fn next_in_order(tx: &mut Tx) -> Result<Vec<(Uuid,)>, Error> {
    fetch_all!(
        tx,
        (Uuid,),
        "SELECT event_id
         FROM (SELECT event_id, revision, MAX(occur_time) OVER (PARTITION BY aggregate_id ORDER BY revision) AS turn
               FROM events
               WHERE position IS NULL) AS waiting
         ORDER BY turn, revision, event_id
         LIMIT $1",
        BATCH_MAX,
    )
}
