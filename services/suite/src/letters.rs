use std::time::Duration;

use clap::ArgMatches;
use comfy_table::{Table, presets};
use sanben_bus::{Choice, Letter, asked, letters, replay};
use sanben_db::{Db, Error, Tx};
use uuid::Uuid;

use crate::SERVICES;
use crate::config;
use crate::terminal::say;
use crate::words::Words;

/// At most so many of a service are shown.
const SHOWN_MAX: i64 = 200;
const LOOK_MS: u64 = 200;

/// The open store of a service.
type Store = (&'static str, Db);

/// Lists the dead letters of the services that are named, or of all.
pub async fn list(given: &ArgMatches, words: &Words) -> Result<(), String> {
    let found = find(&stores(given, words).await?, &choice(given)).await?;
    say(&if found.is_empty() { words.say("letters-none") } else { draw(&found, words) });
    Ok(())
}

/// Has them tried now by the processes that run, and says what became of them.
pub async fn replay_now(given: &ArgMatches, words: &Words) -> Result<(), String> {
    let (stores, choice) = (stores(given, words).await?, choice(given));
    let mut count = 0;
    for (service, db) in &stores {
        let marked = db.write(async |tx: &mut Tx| replay(tx, &choice).await).await;
        count += marked.map_err(|error: Error| format!("{service}: {error}"))?;
    }
    if count == 0 {
        say(&words.say("letters-none"));
        return Ok(());
    }
    say(&words.say_with("letters-asked", &[("count", count.to_string())]));
    let patience = given.get_one::<u64>("wait-secs").copied().unwrap_or_default();
    let tried = tokio::time::timeout(Duration::from_secs(patience), tried(&stores)).await;
    let left = find(&stores, &choice).await?;
    match tried {
        Err(_) => Err(words.say("letters-not-tried")),
        Ok(outcome) => {
            outcome?;
            if left.is_empty() {
                say(&words.say("letters-applied"));
                return Ok(());
            }
            say(&draw(&left, words));
            Err(words.say_with("letters-left", &[("count", left.len().to_string())]))
        }
    }
}

/// Waits until nothing is left of what was asked for.
async fn tried(stores: &[Store]) -> Result<(), String> {
    for (service, db) in stores {
        let waiting =
            async || db.read(async |tx: &mut Tx| asked(tx).await).await.map_err(|error: Error| format!("{service}: {error}"));
        while waiting().await? > 0 {
            tokio::time::sleep(Duration::from_millis(LOOK_MS)).await;
        }
    }
    Ok(())
}

async fn stores(given: &ArgMatches, words: &Words) -> Result<Vec<Store>, String> {
    let named: Vec<&String> = given.get_many::<String>("services").into_iter().flatten().collect();
    let mut open = Vec::new();
    for service in SERVICES.iter().filter(|service| named.is_empty() || named.iter().any(|name| *name == service.name)) {
        open.push((service.name, config::store(given, service.name, words).await?));
    }
    Ok(open)
}

fn choice(given: &ArgMatches) -> Choice {
    Choice { consumer: given.get_one::<String>("consumer").cloned(), aggregate_id: given.get_one::<Uuid>("aggregate").copied() }
}

async fn find(stores: &[Store], choice: &Choice) -> Result<Vec<Letter>, String> {
    let mut found = Vec::new();
    for (service, db) in stores {
        let own = db.read(async |tx: &mut Tx| letters(tx, choice, SHOWN_MAX).await).await;
        found.extend(own.map_err(|error: Error| format!("{service}: {error}"))?);
    }
    Ok(found)
}

fn draw(letters: &[Letter], words: &Words) -> String {
    let mut table = Table::new();
    table.load_style(presets::UTF8_FULL_CONDENSED);
    let columns = ["consumer", "aggregate", "event", "time", "tries", "behind", "why"];
    table.set_header(columns.map(|column| words.say(&format!("letters-{column}"))));
    for letter in letters {
        table.add_row([
            letter.consumer.clone(),
            letter.aggregate_id.to_string(),
            format!("{} ({})", letter.kind, letter.revision),
            letter.time.rfc3339(),
            letter.tries.to_string(),
            letter.behind.to_string(),
            letter.why.clone(),
        ]);
    }
    table.to_string()
}
