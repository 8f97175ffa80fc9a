//! Who somebody is and what they said, sealed under a key of their own.
//!
//! Destroying the key (its row in `vault_keys`) makes everything about the person unreadable for good; submissions, cases, history and
//! figures hold only the reference and stand.

use std::borrow::Cow;

use sanben_db::{Error, Tx, execute, fetch_optional};
use sanben_host::{App, Sealer};
use uuid::Uuid;

/// What kind of thing is kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Item {
    /// A name.
    Name,
    /// Where to answer to.
    Contact,
    /// Where notices go by mail.
    Email,
    /// The original words.
    Words,
    /// Where it happened, as it was said.
    Place,
    /// The day it happened, as it was said.
    HappenDate,
    /// What was said when it was taken up again for the nth time, from 1.
    Reopening(i32),
    /// What was said when a superior was asked to look at it for the nth time, from 1.
    Appeal(i32),
}

impl Item {
    fn name(self) -> Cow<'static, str> {
        match self {
            Item::Name => "name".into(),
            Item::Contact => "contact".into(),
            Item::Email => "email".into(),
            Item::Words => "words".into(),
            Item::Place => "place".into(),
            Item::HappenDate => "happen-date".into(),
            Item::Reopening(number) => format!("reopening-{number}").into(),
            Item::Appeal(number) => format!("appeal-{number}").into(),
        }
    }
}

/// Enters a new person and makes their key; the reference says nothing of them.
pub async fn enter(tx: &mut Tx, app: &App) -> Result<Uuid, Error> {
    let party_ref = app.clock.id();
    let key = app.clock.random::<32>();
    execute!(
        tx,
        "INSERT INTO vault_keys (party_ref, sealed_key) VALUES ($1, $2)",
        party_ref,
        app.sealer.seal(&key_purpose(party_ref), &key),
    )?;
    Ok(party_ref)
}

/// Whether the person is known and their key stands.
pub async fn knows(tx: &mut Tx, party_ref: Uuid) -> Result<bool, Error> {
    Ok(fetch_optional!(tx, (Uuid,), "SELECT party_ref FROM vault_keys WHERE party_ref = $1", party_ref)?.is_some())
}

/// Keeps `text` of `owner` (a submission or a person) under the key of `party_ref`. Empty texts are not kept.
pub async fn put(tx: &mut Tx, app: &App, party_ref: Uuid, owner: Uuid, item: Item, text: &str) -> Result<(), Error> {
    if text.is_empty() {
        return Ok(());
    }
    let sealer = sealer_of(tx, app, party_ref).await?.ok_or(Error::Corrupt("vault_keys.party_ref"))?;
    execute!(
        tx,
        "INSERT INTO vault_items (owner_id, kind, party_ref, sealed) VALUES ($1, $2, $3, $4)",
        owner,
        &*item.name(),
        party_ref,
        sealer.seal(&item_purpose(owner, item), text.as_bytes()),
    )?;
    Ok(())
}

/// What was kept; `None` if nothing was, or the key is destroyed.
pub async fn get(tx: &mut Tx, app: &App, owner: Uuid, item: Item) -> Result<Option<String>, Error> {
    let row = fetch_optional!(
        tx,
        (Uuid, Vec<u8>),
        "SELECT party_ref, sealed FROM vault_items WHERE owner_id = $1 AND kind = $2",
        owner,
        &*item.name(),
    )?;
    let Some((party_ref, sealed)) = row else { return Ok(None) };
    let Some(sealer) = sealer_of(tx, app, party_ref).await? else { return Ok(None) };
    let plain = sealer.open(&item_purpose(owner, item), &sealed).ok_or(Error::Corrupt("vault_items.sealed"))?;
    String::from_utf8(plain).map(Some).map_err(|_| Error::Corrupt("vault_items.sealed"))
}

async fn sealer_of(tx: &mut Tx, app: &App, party_ref: Uuid) -> Result<Option<Sealer>, Error> {
    let row = fetch_optional!(tx, (Vec<u8>,), "SELECT sealed_key FROM vault_keys WHERE party_ref = $1", party_ref)?;
    let Some((sealed,)) = row else { return Ok(None) };
    let key = app.sealer.open(&key_purpose(party_ref), &sealed).ok_or(Error::Corrupt("vault_keys.sealed_key"))?;
    let key = key.try_into().map_err(|_| Error::Corrupt("vault_keys.sealed_key"))?;
    Ok(Some(Sealer::with_key(&key, app.clock.clone())))
}

fn key_purpose(party_ref: Uuid) -> String {
    format!("vault key {party_ref}")
}

fn item_purpose(owner: Uuid, item: Item) -> String {
    format!("vault item {owner} {}", item.name())
}
