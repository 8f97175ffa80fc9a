use sanben_access::Role;
use sanben_bus::{Aggregate, Fact, record};
use sanben_db::Tx;
use sanben_host::{App, Call, Error, Refusal, fact, parse_id};
use sanben_proto::intake as pb;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::vault::{self, Item};
use crate::{create_submission, store};

/// Those who meet people.
const MEETS_PEOPLE: &[Role] = &[Role::LiaisonOfficer, Role::MeetingSecretary];

/// A person or organisation in the vault, as far as its history goes.
struct Party {
    party_ref: Uuid,
    revision: i64,
}

#[derive(Serialize, Deserialize)]
enum Event {
    Registered,
    Read { purpose: String },
}

impl Aggregate for Party {
    const NAME: &'static str = "party";
    type Event = Event;

    fn id(&self) -> Uuid {
        self.party_ref
    }

    fn revision(&self) -> i64 {
        self.revision
    }

    fn apply(&mut self, _: &Event) {
        self.revision += 1;
    }

    fn fact(&self, event: &Event) -> Fact {
        let party_ref = self.party_ref.to_string();
        match event {
            Event::Registered => fact("", &pb::PartyRegistered { party_ref }),
            Event::Read { purpose } => fact(purpose, &pb::PartyRead { party_ref }),
        }
    }
}

/// Enters a person or organisation into the vault.
pub async fn register(app: &App, call: &Call, input: pb::RegisterPartyRequest) -> Result<pb::RegisterPartyResponse, Error> {
    app.write(call, async |tx: &mut Tx| {
        let party_ref = create_submission::enter(tx, app, input.party.as_ref()).await?;
        let mut party = Party { party_ref, revision: 0 };
        record(tx, &app.clock, call.now, &call.actor(MEETS_PEOPLE), &mut party, &[Event::Registered]).await?;
        store::insert_party(tx, party_ref, &call.caller.unit).await?;
        Ok(pb::RegisterPartyResponse { party_ref: party_ref.to_string() })
    })
    .await
}

/// Shows a name and contact to those of the unit that entered it, and leaves a mark in the history.
pub async fn read(app: &App, call: &Call, input: pb::ReadPartyRequest) -> Result<pb::ReadPartyResponse, Error> {
    let party_ref = parse_id("party_ref", &input.party_ref)?;
    app.write(call, async |tx: &mut Tx| {
        let unit = store::party_unit(tx, party_ref).await?;
        let unit = app.permit(call, unit, |unit| sanben_access::Matter::of(&app.org, [unit.as_str()]));
        unit?;
        let revision = store::revision_of(tx, party_ref).await?.ok_or_else(Refusal::not_found)?;
        let mut party = Party { party_ref, revision };
        let event = Event::Read { purpose: input.purpose.clone() };
        record(tx, &app.clock, call.now, &call.actor(MEETS_PEOPLE), &mut party, &[event]).await?;
        Ok(pb::ReadPartyResponse { party: Some(of(tx, app, party_ref).await?) })
    })
    .await
}

/// What somebody said of themselves; empty if their key is destroyed.
pub async fn of(tx: &mut Tx, app: &App, party_ref: Uuid) -> Result<pb::Party, Error> {
    Ok(pb::Party {
        name: vault::get(tx, app, party_ref, Item::Name).await?.unwrap_or_default(),
        contact: vault::get(tx, app, party_ref, Item::Contact).await?.unwrap_or_default(),
        email: vault::get(tx, app, party_ref, Item::Email).await?.unwrap_or_default(),
    })
}
