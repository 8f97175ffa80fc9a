//! Issues notices. Must be called in the transaction of the consumer that heard what they tell of.

use sanben_bus::{Actor, Effect, record};
use sanben_clock::Clock;
use sanben_db::{Error, Tx};
use sanben_host::App;
use uuid::Uuid;

use crate::mail::{self, Mail};
use crate::notice::{Draft, Event, Notice, Recipient};
use crate::store;

/// How people are told.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ways {
    /// By list and stream.
    App,
    /// Citizens by mail, too.
    AppAndMail,
}

impl Ways {
    /// Those that the process was set up for.
    pub fn of(app: &App) -> Ways {
        if app.mailer.is_some() { Ways::AppAndMail } else { Ways::App }
    }
}

/// Issues each of `drafts` for the event `heard`; those that were issued before are left out.
///
/// # Errors
/// When the store fails.
pub async fn all(tx: &mut Tx, clock: &Clock, heard: Uuid, drafts: Vec<Draft>, by: Ways) -> Result<(), Error> {
    let actor = actor();
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
        if let (Ways::AppAndMail, Recipient::Submission(whole)) = (by, &draft.to) {
            let mut mail = Mail::new(clock.id(), notice.id, notice.about.submission.unwrap_or(*whole), issued);
            record(tx, clock, issued, &actor, &mut mail, &[mail::Event::Queued]).await?;
            store::mails::keep(tx, &mail, (0, issued)).await?;
        }
    }
    Ok(())
}

/// Issues `drafts` for the event `heard` when it is applied.
pub fn effect(app: &App, heard: Uuid, drafts: Vec<Draft>) -> Effect {
    let (clock, ways) = (app.clock.clone(), Ways::of(app));
    Box::new(move |tx| Box::pin(async move { Ok(all(tx, &clock, heard, drafts, ways).await?) }))
}

/// In whose name notices are issued and sent.
pub fn actor() -> Actor {
    Actor { person: "service:notification".to_owned(), role: "service".to_owned(), ..Actor::default() }
}
