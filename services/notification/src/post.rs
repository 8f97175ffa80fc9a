//! Sends notices by mail: takes what is due, asks intake where it goes, hands it to the mail server, and notes what came of it.
//!
//! At least once: a replica that ends between the server's answer and the note leaves the mail to another one, which sends it again under
//! the same Message-ID.

use std::time::Duration;

use futures::StreamExt as _;
use sanben_bus::record;
use sanben_clock::Clock;
use sanben_db::{Db, Error, Tx};
use sanben_host::{App, Lang, Task};
use sanben_mail::{Failure, Mailer};

use crate::mail::{Event, Mail, Obstacle, Outcome, TAKEN_SECS_MAX};
use crate::notice::Notice;
use crate::{ask, convert, issue, store};

const BATCH_MAX: i64 = 50;
const AT_ONCE_MAX: usize = 4;
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

/// Tries every mail that is due now, several at once; how many were tried.
///
/// # Errors
/// When the store fails.
pub async fn send_due(app: &App, mailer: &Mailer) -> Result<u64, Error> {
    let now = app.clock.now();
    let due = app.db.read(async |tx: &mut Tx| store::mails::due(tx, now, BATCH_MAX).await).await?;
    let mut attempts = futures::stream::iter(due).map(|mail| attempt(app, mailer, mail)).buffer_unordered(AT_ONCE_MAX);
    let mut tried = 0;
    while let Some(attempt) = attempts.next().await {
        tried += u64::from(attempt?);
    }
    Ok(tried)
}

/// `false` if another replica was quicker.
async fn attempt(app: &App, mailer: &Mailer, mut mail: Mail) -> Result<bool, Error> {
    let until = app.clock.now().plus(Duration::from_secs(TAKEN_SECS_MAX));
    if !app.db.write(async |tx: &mut Tx| store::mails::take(tx, &mail, until).await).await? {
        return Ok(false);
    }
    let outcome = send(app, mailer, &mail).await?;
    if let Outcome::Refused(_) | Outcome::NotTaken(_) = outcome {
        tracing::warn!(mail.id = %mail.id, ?outcome, "a mail was not taken");
    }
    let before = mail.revision;
    let event = mail.attempted(outcome, app.clock.now());
    app.db.write(async |tx: &mut Tx| note(tx, &app.clock, &mut mail, before, event.as_slice()).await).await?;
    app.log.wake();
    Ok(true)
}

async fn note(tx: &mut Tx, clock: &Clock, mail: &mut Mail, before: i64, events: &[Event]) -> Result<(), Error> {
    record(tx, clock, clock.now(), &issue::actor(), mail, events).await?;
    store::mails::keep(tx, mail, before).await
}

async fn send(app: &App, mailer: &Mailer, mail: &Mail) -> Result<Outcome, Error> {
    let notice = app.db.read(async |tx: &mut Tx| store::mails::notice(tx, mail.notice_id).await).await?;
    let notice = notice.ok_or(Error::Corrupt("mails.notice_id"))?;
    let Ok(mailbox) = ask::mailbox(app, mail.mailbox_of).await else { return Ok(Outcome::NotTaken(Obstacle::Intake)) };
    if mailbox.email.is_empty() {
        return Ok(Outcome::NoMailbox);
    }
    // What it is about may have turned out to be a complaint since the notice was issued.
    let secret = match notice.about.submission {
        None => false,
        Some(id) => match ask::submission(app, id).await {
            Ok(facts) => facts.is_secret(),
            Err(_) => return Ok(Outcome::NotTaken(Obstacle::Intake)),
        },
    };
    let written = compose(app, Lang::from_tag(&mailbox.language), mail, &notice, secret, mailbox.email);
    Ok(match mailer.send(&written).await {
        Ok(()) => Outcome::Taken,
        Err(Failure::Refused(code)) => Outcome::Refused(code),
        Err(Failure::NotNow(code)) => Outcome::NotTaken(Obstacle::Code(code)),
        Err(Failure::Away) => Outcome::NotTaken(Obstacle::Server),
    })
}

/// The same subject for all, so that nobody who looks at a mailbox can tell a complaint from anything else.
fn compose(app: &App, lang: Lang, mail: &Mail, notice: &Notice, secret: bool, to: String) -> sanben_mail::Mail {
    let notice = if secret { notice.clone().sealed() } else { notice.clone() };
    let text = convert::text(app, lang, &notice);
    sanben_mail::Mail {
        id: mail.id,
        time: notice.issued,
        to,
        subject: app.catalog.text(lang, "mail-subject", &[]),
        text: app.catalog.text(lang, "mail-text", &[("text", text)]),
    }
}

/// Queues again what is undeliverable; how many mails that were, at most `limit`.
///
/// # Errors
/// When the store fails.
pub async fn retry_undeliverable(db: &Db, clock: &Clock, limit: i64) -> Result<usize, Error> {
    db.write(async |tx: &mut Tx| {
        let given_up = store::mails::undeliverable(tx, limit).await?;
        let count = given_up.len();
        for mut mail in given_up {
            let before = mail.revision;
            mail.due = clock.now();
            note(tx, clock, &mut mail, before, &[Event::Queued]).await?;
        }
        Ok(count)
    })
    .await
}
