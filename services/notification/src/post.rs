//! Sends notices by mail: takes what is due, asks intake where it goes, hands it to the mail server, and notes what came of it.
//!
//! At least once: a replica that ends between the server's answer and the note leaves the mail to another one, which sends it again under
//! the same Message-ID.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use futures::StreamExt as _;
use sanben_bus::record;
use sanben_clock::{Clock, Ts};
use sanben_db::{Db, Error, Tx};
use sanben_host::{App, Lang, Task};
use sanben_mail::{Failure, Mailer};
use sanben_proto::intake::GetMailboxResponse;
use uuid::Uuid;

use crate::mail::{Event, Mail, Obstacle, Outcome, TAKEN_SECS_MAX};
use crate::{ask, issue, store};

const BATCH_MAX: i64 = 50;
const AT_ONCE_MAX: usize = 4;
/// After so many that met a server or intake away, the others wait for the next look.
const AWAY_MAX: usize = 3;
const ASK_SECS_MAX: u64 = 5;
/// Without news, something may have become due.
const LOOK_SECS: u64 = 5;

/// Sends what is due until the process stops.
pub fn task(app: App, mailer: Mailer) -> Task {
    Task::new("post", move |stop| async move {
        let mut head = app.log.follow();
        while !stop.is_cancelled() {
            head.mark_unchanged();
            match send_due(&app, &mailer).await {
                Ok(sent) if sent == BATCH_MAX.unsigned_abs() => continue,
                Ok(_) => {}
                Err(error) => tracing::warn!(%error, "mail waits"),
            }
            tokio::select! {
                () = stop.cancelled() => return,
                _ = head.changed() => {}
                () = tokio::time::sleep(Duration::from_secs(LOOK_SECS)) => {}
            }
        }
    })
}

/// Tries every mail that is due now, several at once, until the server or intake was away a few times; how many were tried.
///
/// # Errors
/// When the store fails.
pub async fn send_due(app: &App, mailer: &Mailer) -> Result<u64, Error> {
    let now = app.clock.now();
    let due = app.db.read(async |tx: &mut Tx| store::mails::due(tx, now, BATCH_MAX).await).await?;
    let away = AtomicUsize::new(0);
    let attempts = due.into_iter().map(async |mail| {
        if app.stop.is_cancelled() || away.load(Ordering::Relaxed) >= AWAY_MAX {
            return 0;
        }
        match attempt(app, mailer, mail).await {
            Ok(Some(outcome)) => {
                let is_away = matches!(outcome, Outcome::NotTaken(Obstacle::Server | Obstacle::Intake));
                away.fetch_add(usize::from(is_away), Ordering::Relaxed);
                1
            }
            // Another replica was quicker.
            Ok(None) | Err(Error::Conflict) => 0,
            Err(error) => {
                tracing::warn!(%error, "a mail waits");
                0
            }
        }
    });
    Ok(futures::stream::iter(attempts).buffer_unordered(AT_ONCE_MAX).fold(0, async |tried, one| tried + one).await)
}

/// What came of it; nothing if another replica has it.
async fn attempt(app: &App, mailer: &Mailer, mut mail: Mail) -> Result<Option<Outcome>, Error> {
    let until = app.clock.now().plus(Duration::from_secs(TAKEN_SECS_MAX));
    if !app.db.write(async |tx: &mut Tx| store::mails::take(tx, &mail, until).await).await? {
        return Ok(None);
    }
    let outcome = send(app, mailer, &mail).await;
    if let Outcome::Refused(_) | Outcome::NotTaken(_) = outcome {
        tracing::warn!(mail.id = %mail.id, ?outcome, "a mail was not taken");
    }
    let before = (mail.revision, until);
    let event = mail.attempted(outcome, app.clock.now());
    app.db.write(async |tx: &mut Tx| note(tx, &app.clock, &mut mail, before, event.as_slice()).await).await?;
    app.log.wake();
    Ok(Some(outcome))
}

async fn note(tx: &mut Tx, clock: &Clock, mail: &mut Mail, before: (i64, Ts), events: &[Event]) -> Result<(), Error> {
    record(tx, clock, clock.now(), &issue::actor(), mail, events).await?;
    store::mails::keep(tx, mail, before).await
}

async fn send(app: &App, mailer: &Mailer, mail: &Mail) -> Outcome {
    let asked = tokio::time::timeout(Duration::from_secs(ASK_SECS_MAX), ask::mailbox(app, mail.mailbox_of)).await;
    let Ok(Ok(mailbox)) = asked else { return Outcome::NotTaken(Obstacle::Intake) };
    if mailbox.email.is_empty() {
        return Outcome::NoMailbox;
    }
    match mailer.send(&compose(app, mail, mailbox)).await {
        Ok(()) => Outcome::Taken,
        Err(Failure::Refused(code)) => Outcome::Refused(code),
        Err(Failure::NotNow(code)) => Outcome::NotTaken(Obstacle::Code(code)),
        Err(Failure::Away) => Outcome::NotTaken(Obstacle::Server),
    }
}

/// The same for all: that there is something to look up. Whoever sees a mailbox, or whoever a mistyped address belongs to, learns nothing of
/// the matter, and cannot tell a complaint from anything else.
fn compose(app: &App, mail: &Mail, mailbox: GetMailboxResponse) -> sanben_mail::Mail {
    let text = |key| app.catalog.text(Lang::from_tag(&mailbox.language), key, &[]);
    let (subject, text) = (text("mail-subject"), text("mail-text"));
    sanben_mail::Mail { id: mail.id, time: app.clock.now(), to: mailbox.email, subject, text }
}

/// Queues again what is undeliverable; how many mails that were.
///
/// # Errors
/// When the store fails.
pub async fn retry_undeliverable(db: &Db, clock: &Clock) -> Result<usize, Error> {
    let (mut after, mut queued) = (Uuid::nil(), 0);
    loop {
        let page = db
            .write(async |tx: &mut Tx| {
                let page = store::mails::undeliverable(tx, after, BATCH_MAX).await?;
                for mut mail in page.iter().cloned() {
                    let before = (mail.revision, mail.due);
                    mail.due = clock.now();
                    note(tx, clock, &mut mail, before, &[Event::Queued]).await?;
                }
                Ok::<_, Error>(page)
            })
            .await?;
        let Some(last) = page.last() else { return Ok(queued) };
        (after, queued) = (last.id, queued + page.len());
    }
}
