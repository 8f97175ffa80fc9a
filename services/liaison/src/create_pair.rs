use sanben_bus::record;
use sanben_db::Tx;
use sanben_host::{App, Call, Error, Problem, Refusal, parse_id};
use sanben_proto::intake::RegisterPartyRequest;
use sanben_proto::intake::vault_service_client::VaultServiceClient;
use sanben_proto::kinds::ErrorReason;
use sanben_proto::liaison::{CreatePairRequest, CreatePairResponse};
use uuid::Uuid;

use crate::officer::{self, OFFICER};
use crate::pair::{Event, Pair};
use crate::{convert, store};

/// Pairs the caller with somebody, who goes into intake's vault; only the reference stays here.
pub async fn run(app: &App, call: &Call, input: CreatePairRequest) -> Result<CreatePairResponse, Error> {
    officer::check_reach(app, call)?;
    if let Some(first) = app.answered(call).await? {
        return Ok(first);
    }
    let party_ref = register(app, call, &input).await?;
    app.write(call, async |tx: &mut Tx| {
        let mut pair = new_pair(app, call, &input, party_ref);
        let created = Event::Created { next_visit: pair.next_visit() };
        record(tx, &app.clock, call.now, &call.actor(OFFICER), &mut pair, &[created]).await?;
        store::insert_pair(tx, &pair, &officer::matter(app, &pair.unit).reach).await?;
        Ok(CreatePairResponse { pair: Some(convert::pair(&pair)) })
    })
    .await
}

async fn register(app: &App, call: &Call, input: &CreatePairRequest) -> Result<Uuid, Error> {
    if input.party.as_ref().is_none_or(|party| party.name.trim().is_empty()) {
        return Err(Refusal::field(ErrorReason::InvalidFields, "party.name", Problem::blank()).into());
    }
    let mut intake = VaultServiceClient::new(app.peers.for_caller("intake", call));
    let request = RegisterPartyRequest { request_id: input.request_id.clone(), party: input.party.clone() };
    let registered = intake.register_party(request).await?.into_inner();
    parse_id("party_ref", &registered.party_ref).map_err(|_| Error::Defect("intake answered with a party_ref that is no UUID"))
}

fn new_pair(app: &App, call: &Call, input: &CreatePairRequest, party_ref: Uuid) -> Pair {
    Pair {
        id: app.clock.id(),
        revision: 0,
        officer: call.caller.person.clone(),
        unit: call.caller.unit.clone(),
        kind: input.kind(),
        party_ref,
        interval_days: input.interval_days,
        created: call.now,
        last_made: None,
    }
}
