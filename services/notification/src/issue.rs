//! Issues notices. Must be called in the transaction of the consumer that heard what they tell of.

use sanben_bus::{Actor, Effect, record};
use sanben_clock::Clock;
use sanben_db::{Error, Tx};
use sanben_host::App;
use uuid::Uuid;

use crate::notice::{Draft, Event, Notice};
use crate::store;

/// Issues each of `drafts` for the event `heard`; those that were issued before are left out.
///
/// # Errors
/// When the store fails.
pub async fn all(tx: &mut Tx, clock: &Clock, heard: Uuid, drafts: Vec<Draft>) -> Result<(), Error> {
    let actor = Actor { person: "service:notification".to_owned(), role: "service".to_owned(), ..Actor::default() };
    for draft in drafts {
        let cause = draft.once.clone().unwrap_or_else(|| heard.to_string());
        let mut notice = Notice {
            id: clock.id(),
            revision: 0,
            kind: draft.kind,
            key: draft.key.to_owned(),
            arguments: draft.arguments,
            about: draft.about,
            issued: clock.now(),
        };
        if !store::insert(tx, &notice, &draft.to.to_string(), &cause).await? {
            continue;
        }
        for person in &draft.hidden_from {
            store::hide(tx, notice.id, person).await?;
        }
        let issued = notice.issued;
        record(tx, clock, issued, &actor, &mut notice, &[Event::Issued]).await?;
    }
    Ok(())
}

/// Issues `drafts` for the event `heard` when it is applied.
pub fn effect(app: &App, heard: Uuid, drafts: Vec<Draft>) -> Effect {
    let clock = app.clock.clone();
    Box::new(move |tx| Box::pin(async move { Ok(all(tx, &clock, heard, drafts).await?) }))
}
