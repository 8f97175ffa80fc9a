//! What the events of others change, on both engines.

use sanben_access::Org;
use sanben_bus::history;
use sanben_clock::{Clock, Ts};
use sanben_db::testing::on_both;
use sanben_db::{Db, Error, Tx};
use sanben_liaison::visit::{State, Visit};
use sanben_liaison::voice::{Accused, Carried, Fate, News, Told, Voice};
use sanben_liaison::{MIGRATIONS, follow, store};
use sanben_proto::kinds::Outcome;
use sanben_proto::liaison::VisitMode;
use time::macros::date;
use uuid::Uuid;

fn id(number: u128) -> Uuid {
    Uuid::from_u128(number)
}

fn at(micros: i64) -> Ts {
    Ts::from_micros(micros)
}

/// A visit on which this submission was heard.
fn visit(submission: Uuid) -> Visit {
    let voices = vec![Voice { id: id(20), told: Told::Carried(Carried::new(submission, false)) }];
    Visit {
        id: id(10),
        revision: 3,
        pair_id: id(1),
        officer: "p-officer".into(),
        unit: "lianhu".into(),
        plan_date: date!(2023 - 01 - 19),
        created: at(1),
        state: State::Made { mode: VisitMode::Home, at: at(5), voices },
    }
}

async fn write<T>(db: &Db, work: impl AsyncFnOnce(&mut Tx) -> Result<T, Error>) -> T {
    db.write(work).await.expect("the store takes it")
}

#[tokio::test]
async fn receive_is_followed_take() {
    on_both("liaison", &MIGRATIONS, async |db| {
        let clock = Clock::fake(at(1_000));
        let of = visit(id(30));
        write(&db, async |tx: &mut Tx| {
            store::insert_visit(tx, &of, &[]).await?;
            store::insert_voice(tx, id(30), of.id).await
        })
        .await;
        let case_id = id(40);
        let accused = Accused { units: vec!["beilin".into()], persons: vec!["p-officer".into()] };
        let (shown, unclaimed, foreign) = (id(30), id(31), id(32));
        let settled = News::Settled { case_id, outcome: Outcome::Mediated };
        let heard = db.write(async |tx: &mut Tx| {
            follow::receive(tx, shown, false).await?;
            follow::receive(tx, unclaimed, true).await?;
            let proposed = News::Proposed { case_id, at: at(9), accused: accused.clone() };
            for news in [proposed, settled, News::Registered { case_id }] {
                let news = [shown, unclaimed, foreign].map(|submission| (submission, news.clone()));
                follow::take(tx, &clock, &Org::shipped(), at(9), &news).await?;
            }
            Ok::<_, sanben_bus::Fault>(())
        });
        heard.await.expect("the news are taken");
        write(&db, async |tx: &mut Tx| {
            assert_eq!(store::find_unclaimed(tx, shown).await?, None, "its visit shows it");
            assert_eq!(store::find_unclaimed(tx, foreign).await?, None, "it was not heard on a visit");
            let kept = store::find_unclaimed(tx, unclaimed).await?.expect("it is followed");
            assert_eq!((kept.fate, &kept.accused), (Fate::Settled { case_id, outcome: Outcome::Mediated }, &accused));
            assert!(follow::is_followed(tx, shown).await? && follow::is_followed(tx, unclaimed).await?);
            assert!(!follow::is_followed(tx, foreign).await?);
            let visit = store::find_by_submission(tx, shown).await?.expect("it is there");
            assert_eq!(visit.revision, of.revision + 2, "two changes, and one that was overtaken");
            let Told::Carried(carried) = &visit.voices()[0].told else { panic!("it was carried") };
            assert_eq!((carried.fate, &carried.accused), (Fate::Settled { case_id, outcome: Outcome::Mediated }, &accused));
            let kinds: Vec<String> = history(tx, of.id, 0, 10).await?.into_iter().map(|entry| entry.kind).collect();
            assert_eq!(kinds, ["sanben.liaison.v1.VoiceFateChanged"; 2]);
            Ok(())
        })
        .await;
    })
    .await;
}
