use prost::Message;
use sanben_db::{Error as Store, Tx, execute, fetch_optional};
use sanben_proto::kinds::ErrorReason;
use uuid::Uuid;

use crate::{Call, Error, Problem, Refusal, Sealer};

const KEPT_MICROS: i64 = 24 * 60 * 60 * 1_000_000;
const PURPOSE: &str = "idempotency";

/// Claims the request id for this call. `Some` is the answer that was given before.
///
/// The claim is written before anything else, so that a second request with the same id waits for the first and then reads its answer.
pub(crate) async fn claim<T: Message + Default>(tx: &mut Tx, call: &Call, id: Uuid, sealer: &Sealer) -> Result<Option<T>, Error> {
    let (caller, method) = (call.scope(), &*call.method);
    execute!(
        tx,
        "DELETE FROM idempotency WHERE caller = $1 AND method = $2 AND request_id = $3 AND create_time < $4",
        caller.as_str(),
        method,
        id,
        call.now.micros() - KEPT_MICROS,
    )?;
    let claimed = execute!(
        tx,
        "INSERT INTO idempotency (caller, method, request_id, body_hash, answer, create_time) VALUES ($1, $2, $3, $4, $5, $6)
         ON CONFLICT (caller, method, request_id) DO NOTHING",
        caller.as_str(),
        method,
        id,
        call.body_hash.as_slice(),
        [0_u8; 0].as_slice(),
        call.now.micros(),
    )?;
    if claimed == 1 {
        return Ok(None);
    }
    first_answer(tx, call, id, sealer).await
}

/// The answer that was given to this request id, if one was.
pub(crate) async fn first_answer<T: Message + Default>(
    tx: &mut Tx,
    call: &Call,
    id: Uuid,
    sealer: &Sealer,
) -> Result<Option<T>, Error> {
    let row = fetch_optional!(
        tx,
        (Vec<u8>, Vec<u8>),
        "SELECT body_hash, answer FROM idempotency WHERE caller = $1 AND method = $2 AND request_id = $3 AND create_time >= $4",
        call.scope(),
        &*call.method,
        id,
        call.now.micros() - KEPT_MICROS,
    )?;
    let Some((body_hash, sealed)) = row else { return Ok(None) };
    if body_hash != call.body_hash {
        let problem = Problem::new("problem-request-id-reused");
        return Err(Refusal::field(ErrorReason::RequestIdReused, "request_id", problem).into());
    }
    let plain = sealer.open(PURPOSE, &sealed).ok_or(Store::Corrupt("idempotency.answer"))?;
    Ok(Some(T::decode(plain.as_slice()).map_err(|_| Store::Corrupt("idempotency.answer"))?))
}

/// Keeps the answer beside the claim.
pub(crate) async fn keep<T: Message>(tx: &mut Tx, call: &Call, id: Uuid, sealer: &Sealer, answer: &T) -> Result<(), Error> {
    execute!(
        tx,
        "UPDATE idempotency SET answer = $1 WHERE caller = $2 AND method = $3 AND request_id = $4",
        sealer.seal(PURPOSE, &answer.encode_to_vec()),
        call.scope(),
        &*call.method,
        id,
    )?;
    Ok(())
}

/// Forgets answers older than 24 hours.
pub(crate) async fn forget(tx: &mut Tx, now_micros: i64) -> Result<u64, Store> {
    execute!(tx, "DELETE FROM idempotency WHERE create_time < $1", now_micros - KEPT_MICROS)
}

#[cfg(test)]
mod tests;
