use clap::ArgMatches;
use comfy_table::{Table, presets};
use sanben_clock::Clock;
use sanben_db::{Error, Tx};
use sanben_notification::{SERVICE, post, store};
use uuid::Uuid;

use crate::config;
use crate::terminal::say;
use crate::words::Words;

/// At most so many are shown.
const COUNT_MAX: i64 = 1000;

/// Lists the mails that cannot be delivered. No address is among what is shown.
pub async fn list(given: &ArgMatches, words: &Words) -> Result<(), String> {
    let db = config::store(given, SERVICE.name, words).await?;
    let found = db.read(async |tx: &mut Tx| store::mails::undeliverable(tx, Uuid::nil(), COUNT_MAX).await).await;
    let found = found.map_err(|error: Error| error.to_string())?;
    if found.is_empty() {
        say(&words.say("mails-none"));
        return Ok(());
    }
    let mut table = Table::new();
    table.load_style(presets::UTF8_FULL_CONDENSED);
    table.set_header([words.say("mails-id"), words.say("mails-notice"), words.say("mails-tries"), words.say("mails-why")]);
    for mail in found {
        table.add_row([mail.id.to_string(), mail.notice_id.to_string(), mail.attempts.to_string(), mail.why]);
    }
    say(&table.to_string());
    Ok(())
}

/// Queues them again; whichever process sends mail takes them up within seconds.
pub async fn retry(given: &ArgMatches, words: &Words) -> Result<(), String> {
    let db = config::store(given, SERVICE.name, words).await?;
    let queued = post::retry_undeliverable(&db, &Clock::system()).await.map_err(|error| error.to_string())?;
    say(&words.say_with("mails-queued", &[("count", queued.to_string())]));
    Ok(())
}
