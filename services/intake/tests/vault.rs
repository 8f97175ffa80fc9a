//! The vault on both engines: what is in it can be read with its key only, where it was put only.

use sanben_clock::{Clock, Ts};
use sanben_db::testing::on_both;
use sanben_db::{Db, Error, Tx, execute, fetch_all};
use sanben_host::{App, testing};
use sanben_intake::submission::Submission;
use sanben_intake::vault::{self, Item};
use sanben_intake::{MIGRATIONS, store};
use sanben_proto::intake::SubmissionKind;
use sanben_proto::kinds::Channel;
use uuid::Uuid;

const NAME: &str = "张三丰";
const WORDS: &str = "窗口的李某收了我三百元。";
const RECEIPT_HASH: &[u8] = &[1, 2, 3];
/// What the cipher adds to a text.
const NONCE_AND_TAG_BYTES: usize = 24 + 16;
/// Puts a person's sealed key in the place of a sealed text.
const SWAP: &str = "UPDATE vault_items SET sealed = (SELECT sealed_key FROM vault_keys WHERE party_ref = $1) WHERE owner_id = $2";

fn id(number: u128) -> Uuid {
    Uuid::from_u128(number)
}

async fn write<T>(db: &Db, work: impl AsyncFnOnce(&mut Tx) -> Result<T, Error>) -> T {
    db.write(work).await.expect("the store takes it")
}

/// Somebody with a name, and their submission with its words.
async fn somebody(db: &Db) -> (App, Submission) {
    let app = testing::app("intake", db.clone(), Clock::system());
    let new = Submission::new(id(1), Uuid::nil(), SubmissionKind::Complaint, Channel::Online, "lianhu", Ts::from_micros(5));
    let mut of = Submission { revision: 1, ..new };
    write(db, async |tx: &mut Tx| {
        of.party_ref = vault::enter(tx, &app).await?;
        vault::put(tx, &app, of.party_ref, of.party_ref, Item::Name, NAME).await?;
        vault::put(tx, &app, of.party_ref, of.id, Item::Words, WORDS).await?;
        store::insert(tx, &of, RECEIPT_HASH, "city", &["city".to_owned()]).await
    })
    .await;
    (app, of)
}

async fn get(app: &App, owner: Uuid, item: Item) -> Result<Option<String>, Error> {
    app.db.read(async |tx: &mut Tx| vault::get(tx, app, owner, item).await).await
}

#[tokio::test]
async fn what_is_put_is_found_again() {
    on_both("intake", &MIGRATIONS, async |db| {
        let (app, of) = somebody(&db).await;
        let party = of.party_ref;
        assert_eq!(get(&app, party, Item::Name).await.expect("a name").as_deref(), Some(NAME));
        assert_eq!(get(&app, of.id, Item::Words).await.expect("words").as_deref(), Some(WORDS));
        for (owner, item) in [(party, Item::Words), (of.id, Item::Place), (of.id, Item::Contact), (id(7), Item::Name)] {
            assert_eq!(get(&app, owner, item).await.expect("nothing"), None, "{item:?} of {owner}");
        }
        write(&db, async |tx: &mut Tx| {
            assert!(vault::knows(tx, party).await? && !vault::knows(tx, id(7)).await?);
            vault::put(tx, &app, party, of.id, Item::Place, "").await?;
            assert_eq!(vault::get(tx, &app, of.id, Item::Place).await?, None, "what is empty is not kept");
            assert_ne!(vault::enter(tx, &app).await?, party);
            Ok(())
        })
        .await;
        let changed = db.write(async |tx: &mut Tx| vault::put(tx, &app, party, of.id, Item::Words, "别的").await).await;
        assert!(matches!(changed, Err(Error::Conflict)), "what was said is never edited: {changed:?}");
        let nobody = db.write(async |tx: &mut Tx| vault::put(tx, &app, id(7), id(8), Item::Name, NAME).await).await;
        assert!(matches!(nobody, Err(Error::Corrupt("vault_keys.party_ref"))), "{nobody:?}");
    })
    .await;
}

#[tokio::test]
async fn only_sealed_bytes_are_in_the_table() {
    on_both("intake", &MIGRATIONS, async |db| {
        let (app, of) = somebody(&db).await;
        write(&db, async |tx: &mut Tx| vault::put(tx, &app, of.party_ref, id(5), Item::Words, WORDS).await).await;
        let items = db.read(async |tx: &mut Tx| {
            fetch_all!(tx, (String, Vec<u8>), "SELECT kind, sealed FROM vault_items ORDER BY kind LIMIT 10")
        });
        let items = items.await.expect("items");
        assert_eq!(items.len(), 3);
        for ((kind, sealed), plain) in items.iter().zip([NAME, WORDS, WORDS]) {
            assert_eq!(sealed.len(), plain.len() + NONCE_AND_TAG_BYTES, "{kind}");
            for part in plain.chars().map(String::from) {
                assert!(!sealed.windows(part.len()).any(|bytes| bytes == part.as_bytes()), "{part} can be read in {kind}");
            }
        }
        assert_ne!(items[1].1, items[2].1, "the same words do not look alike");
        let keys = db.read(async |tx: &mut Tx| fetch_all!(tx, (Vec<u8>,), "SELECT sealed_key FROM vault_keys LIMIT 10"));
        let keys = keys.await.expect("keys");
        assert_eq!(keys.iter().map(|(key,)| key.len()).collect::<Vec<_>>(), [32 + NONCE_AND_TAG_BYTES]);
        let snapshots = db.read(async |tx: &mut Tx| fetch_all!(tx, (String,), "SELECT snapshot FROM submissions LIMIT 10"));
        for (snapshot,) in snapshots.await.expect("snapshots") {
            assert!(!snapshot.contains(NAME) && !snapshot.contains(WORDS), "{snapshot}");
        }
    })
    .await;
}

#[tokio::test]
async fn without_their_key_a_person_is_forgotten_and_what_they_brought_stands() {
    on_both("intake", &MIGRATIONS, async |db| {
        let (app, of) = somebody(&db).await;
        let party = of.party_ref;
        let other = write(&db, async |tx: &mut Tx| {
            let other = vault::enter(tx, &app).await?;
            vault::put(tx, &app, other, other, Item::Name, "李四").await?;
            execute!(tx, "DELETE FROM vault_keys WHERE party_ref = $1", party)?;
            Ok(other)
        })
        .await;
        assert_eq!(get(&app, party, Item::Name).await.expect("nothing"), None);
        assert_eq!(get(&app, of.id, Item::Words).await.expect("nothing"), None);
        assert_eq!(get(&app, other, Item::Name).await.expect("a name").as_deref(), Some("李四"));
        write(&db, async |tx: &mut Tx| {
            assert!(!vault::knows(tx, party).await? && vault::knows(tx, other).await?);
            assert_eq!(store::find(tx, of.id).await?, Some(of.clone()));
            assert_eq!(store::find_by_receipt(tx, RECEIPT_HASH).await?, Some(of.clone()));
            Ok(())
        })
        .await;
        let more = db.write(async |tx: &mut Tx| vault::put(tx, &app, party, id(5), Item::Words, WORDS).await).await;
        assert!(matches!(more, Err(Error::Corrupt("vault_keys.party_ref"))), "nothing is added: {more:?}");
        // Another's key under the old reference opens nothing.
        let rename = "UPDATE vault_keys SET party_ref = $1 WHERE party_ref = $2";
        write(&db, async |tx: &mut Tx| execute!(tx, rename, party, other)).await;
        let opened = get(&app, of.id, Item::Words).await;
        assert!(matches!(opened, Err(Error::Corrupt("vault_keys.sealed_key"))), "{opened:?}");
    })
    .await;
}

#[tokio::test]
async fn what_is_moved_or_swapped_does_not_open() {
    on_both("intake", &MIGRATIONS, async |db| {
        let (app, of) = somebody(&db).await;
        let stranger = write(&db, async |tx: &mut Tx| vault::enter(tx, &app).await).await;
        let changes = [
            ("another owner", "UPDATE vault_items SET owner_id = $1 WHERE owner_id = $2", id(5), Item::Words),
            ("another kind", "UPDATE vault_items SET kind = 'name', owner_id = $1 WHERE owner_id = $2", of.id, Item::Name),
            ("another person", "UPDATE vault_items SET party_ref = $1 WHERE owner_id = $2", stranger, Item::Words),
            ("other bytes", SWAP, of.party_ref, Item::Words),
        ];
        for (what, change, to, item) in changes {
            let undone: Result<(), Error> = db
                .write(async |tx: &mut Tx| {
                    assert_eq!(execute!(tx, change, to, of.id)?, 1, "{what}");
                    let owner = if what == "another owner" { to } else { of.id };
                    let opened = vault::get(tx, &app, owner, item).await;
                    assert!(matches!(opened, Err(Error::Corrupt("vault_items.sealed"))), "{what}: {opened:?}");
                    Err(Error::Conflict)
                })
                .await;
            assert!(matches!(undone, Err(Error::Conflict)), "{what}: {undone:?}");
        }
        assert_eq!(get(&app, of.id, Item::Words).await.expect("words").as_deref(), Some(WORDS), "unmoved, it opens");
        let ledger = testing::app("ledger", db.clone(), Clock::system());
        let foreign = get(&ledger, of.id, Item::Words).await;
        assert!(matches!(foreign, Err(Error::Corrupt("vault_keys.sealed_key"))), "another service's key: {foreign:?}");
    })
    .await;
}
