use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use sanben_access::{Caller, Role};
use sanben_bus::{Actor, NewEvent, append};
use sanben_clock::{Clock, Ts};
use sanben_db::testing::on_both;
use sanben_db::{Db, Migrations, fetch_all, fetch_one};

use super::*;
use crate::{App, Lang, testing};

const SCHEMA: &str = "intake";
const MIGRATIONS: Migrations = Migrations(&[&sanben_bus::MIGRATIONS, &crate::MIGRATIONS]);
const NOW: Ts = Ts::from_micros(1_700_000_000_000_000);
const DAY: Duration = Duration::from_secs(24 * 60 * 60);
const MICRO: Duration = Duration::from_micros(1);
const RECEIPT: &str = "7K3Q-0ZXC-9M2T-4WAB 张三";
const WAIT_SECS_MAX: u64 = 30;

/// An app that counts how often its work was done.
#[derive(Clone)]
struct Desk {
    app: App,
    done: Arc<AtomicUsize>,
}

impl Desk {
    fn new(db: Db) -> Desk {
        Desk { app: testing::app("intake", db, Clock::fake(NOW)), done: Arc::default() }
    }

    fn now(&self) -> Ts {
        self.app.clock.now()
    }

    fn done(&self) -> usize {
        self.done.load(Ordering::SeqCst)
    }

    /// Writes an event, and answers a receipt with a number of its own.
    async fn submit(&self, call: &Call) -> Result<String, Error> {
        self.app.write(call, async |tx: &mut Tx| self.work(tx).await).await
    }

    async fn work(&self, tx: &mut Tx) -> Result<String, Error> {
        let number = self.done.fetch_add(1, Ordering::SeqCst);
        let event = NewEvent {
            id: self.app.clock.id(),
            aggregate: "submission",
            aggregate_id: self.app.clock.id(),
            revision: 1,
            kind: "sanben.test.v1.Happened",
            payload: Vec::new(),
            detail: "{}".to_owned(),
            actor: &Actor::default(),
            reason: "",
            time: self.now(),
        };
        append(tx, &event).await?;
        Ok(format!("{RECEIPT} {number}"))
    }

    async fn count(&self, what: &'static str) -> i64 {
        let (rows,) = self.app.db.read(async |tx: &mut Tx| fetch_one!(tx, (i64,), what)).await.expect("a count");
        rows
    }

    async fn claims(&self) -> i64 {
        self.count("SELECT COUNT(*) FROM idempotency").await
    }

    async fn events(&self) -> i64 {
        self.count("SELECT COUNT(*) FROM events").await
    }
}

fn call(request_id: Option<u128>, body: u8, now: Ts) -> Call {
    Call {
        caller: Caller { person: "anonymous".into(), unit: String::new(), roles: vec![Role::Citizen] },
        permission: "intake.submission.submit".into(),
        method: "/sanben.intake.v1.ReceiptService/CreateSubmission".into(),
        request_id: request_id.map(Uuid::from_u128),
        body_hash: [body; 32],
        lang: Lang::ZhCn,
        bearer: None,
        until: None,
        now,
    }
}

fn assert_reused<T: std::fmt::Debug>(answer: Result<T, Error>) {
    assert_eq!(answer.expect_err("another content").to_string(), "refused: REQUEST_ID_REUSED");
}

#[tokio::test]
async fn claim_keep_first_answer() {
    on_both(SCHEMA, &MIGRATIONS, async |db| {
        let desk = Desk::new(db);
        let (call, id, sealer) = (call(Some(1), 1, NOW), Uuid::from_u128(1), &desk.app.sealer);
        let work = async |tx: &mut Tx| {
            assert_eq!(first_answer::<String>(tx, &call, id, sealer).await?, None);
            assert_eq!(claim::<String>(tx, &call, id, sealer).await?, None);
            keep(tx, &call, id, sealer, &RECEIPT.to_owned()).await?;
            assert_eq!(first_answer::<String>(tx, &call, id, sealer).await?.as_deref(), Some(RECEIPT));
            assert_eq!(claim::<String>(tx, &call, id, sealer).await?.as_deref(), Some(RECEIPT));
            Ok::<_, Error>(())
        };
        desk.app.db.write(work).await.expect("kept");
        assert_eq!(desk.claims().await, 1);
    })
    .await;
}

#[tokio::test]
async fn forget_what_is_older_than_a_day() {
    on_both(SCHEMA, &MIGRATIONS, async |db| {
        let desk = Desk::new(db);
        for id in 1..=3 {
            desk.submit(&call(Some(id), 1, desk.now())).await.expect("submitted");
            desk.app.clock.advance(MICRO).expect("a fake clock");
        }
        let rows = [(NOW, 0, 3), (NOW.plus(DAY), 0, 3), (NOW.plus(DAY + MICRO * 2), 2, 1), (NOW.plus(DAY * 2), 1, 0)];
        for (now, forgotten, left) in rows {
            let gone = desk.app.db.write(async |tx: &mut Tx| forget(tx, now.micros()).await).await.expect("forgotten");
            assert_eq!((gone, desk.claims().await), (forgotten, left), "at {now}");
        }
    })
    .await;
}

#[tokio::test]
async fn a_repeated_request_is_answered_as_the_first_time() {
    on_both(SCHEMA, &MIGRATIONS, async |db| {
        let desk = Desk::new(db);
        let first = desk.submit(&call(Some(1), 1, NOW)).await.expect("submitted");
        for _ in 0..3 {
            assert_eq!(desk.submit(&call(Some(1), 1, desk.now())).await.expect("answered"), first);
            desk.app.clock.advance(DAY / 3).expect("a fake clock");
        }
        assert_eq!((desk.done(), desk.events().await, desk.claims().await), (1, 1, 1));
    })
    .await;
}

#[tokio::test]
async fn a_request_id_is_of_one_caller_method_and_content() {
    on_both(SCHEMA, &MIGRATIONS, async |db| {
        let desk = Desk::new(db);
        let first = call(Some(1), 1, NOW);
        desk.submit(&first).await.expect("submitted");
        assert_reused(desk.submit(&call(Some(1), 2, NOW)).await);
        let other_caller = Call { caller: Caller { person: "p-a".into(), ..first.caller.clone() }, ..first.clone() };
        let other_method = Call { method: "/sanben.intake.v1.ReceiptService/WithdrawSubmission".into(), ..first.clone() };
        for other in [call(Some(2), 1, NOW), other_caller, other_method] {
            let before = desk.done();
            desk.submit(&other).await.expect("submitted");
            assert_eq!(desk.done(), before + 1, "{other:?}");
        }
        assert_eq!((desk.events().await, desk.claims().await), (4, 4));
    })
    .await;
}

#[tokio::test]
async fn without_a_request_id_every_request_is_new() {
    on_both(SCHEMA, &MIGRATIONS, async |db| {
        let desk = Desk::new(db);
        for _ in 0..2 {
            desk.submit(&call(None, 1, NOW)).await.expect("submitted");
        }
        assert_eq!((desk.done(), desk.claims().await), (2, 0));
    })
    .await;
}

#[tokio::test]
async fn after_a_day_a_request_id_is_new() {
    on_both(SCHEMA, &MIGRATIONS, async |db| {
        let desk = Desk::new(db);
        let first = desk.submit(&call(Some(1), 1, NOW)).await.expect("submitted");
        let last = NOW.plus(DAY);
        assert_eq!(desk.submit(&call(Some(1), 1, last)).await.expect("answered"), first);
        assert_reused(desk.submit(&call(Some(1), 2, last)).await);
        let later = call(Some(1), 2, last.plus(MICRO));
        assert_eq!(desk.app.answered::<String>(&later).await.expect("looked up"), None);
        let second = desk.submit(&later).await.expect("submitted");
        assert_ne!(second, first);
        assert_eq!(desk.submit(&later).await.expect("answered"), second, "kept for another day");
        assert_eq!((desk.done(), desk.claims().await), (2, 1));
    })
    .await;
}

#[tokio::test]
async fn a_refused_attempt_leaves_no_claim() {
    on_both(SCHEMA, &MIGRATIONS, async |db| {
        let desk = Desk::new(db);
        for error in [|| Error::from(Refusal::not_found()), || Error::from(Store::Conflict), || Error::Defect("a place")] {
            let refused: Result<String, Error> = desk
                .app
                .write(&call(Some(1), 1, NOW), async |tx: &mut Tx| {
                    desk.work(tx).await?;
                    Err(error())
                })
                .await;
            assert_eq!(refused.expect_err("refused").to_string(), error().to_string());
            assert_eq!((desk.claims().await, desk.events().await), (0, 0));
        }
        desk.submit(&call(Some(1), 2, NOW)).await.expect("tried again, with another content");
        assert_eq!((desk.claims().await, desk.events().await), (1, 1));
    })
    .await;
}

#[tokio::test]
async fn answered_tells_what_was_answered() {
    on_both(SCHEMA, &MIGRATIONS, async |db| {
        let desk = Desk::new(db);
        let again = call(Some(1), 1, NOW);
        assert_eq!(desk.app.answered::<String>(&again).await.expect("looked up"), None);
        let first = desk.submit(&again).await.expect("submitted");
        assert_eq!(desk.app.answered::<String>(&again).await.expect("looked up"), Some(first));
        assert_eq!(desk.app.answered::<String>(&call(None, 1, NOW)).await.expect("looked up"), None);
        assert_reused(desk.app.answered::<String>(&call(Some(1), 2, NOW)).await);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn of_many_at_once_one_is_done() {
    on_both(SCHEMA, &MIGRATIONS, async |db| {
        let desk = Desk::new(db);
        let requests: Vec<_> = (0..12)
            .map(|_| {
                let desk = desk.clone();
                tokio::spawn(async move { desk.submit(&call(Some(1), 1, NOW)).await })
            })
            .collect();
        for request in requests {
            let answer = request.await.expect("no panic").expect("answered");
            assert_eq!(answer, format!("{RECEIPT} 0"));
        }
        assert_eq!((desk.done(), desk.events().await, desk.claims().await), (1, 1, 1));
    })
    .await;
}

/// Waits until another transaction of this server waits for ours. SQLite has one writer: there the other has not begun.
async fn until_another_waits(db: &Db) {
    const WAITING: &str = "SELECT COUNT(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'";
    if let Db::Sqlite { .. } = db {
        return;
    }
    let waits = async {
        while db.read(async |tx: &mut Tx| fetch_one!(tx, (i64,), WAITING)).await.expect("a count").0 == 0 {
            tokio::task::yield_now().await;
        }
    };
    tokio::time::timeout(Duration::from_secs(WAIT_SECS_MAX), waits).await.expect("another waits");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_second_attempt_waits_for_what_becomes_of_the_first() {
    on_both(SCHEMA, &MIGRATIONS, async |db| {
        for (id, first_is_refused) in [(1, false), (2, true)] {
            let desk = Desk::new(db.clone());
            let second = desk.clone();
            let mut waiting = None;
            let first = desk
                .app
                .write(&call(Some(id), 1, NOW), async |tx: &mut Tx| {
                    let answer = desk.work(tx).await?;
                    waiting = Some(tokio::spawn(async move { second.submit(&call(Some(id), 1, NOW)).await }));
                    until_another_waits(&db).await;
                    if first_is_refused { Err(Refusal::not_found().into()) } else { Ok(answer) }
                })
                .await;
            let second = waiting.expect("begun").await.expect("no panic").expect("answered");
            match first {
                Ok(first) => assert_eq!((second, desk.done()), (first, 1)),
                Err(_) => assert_eq!((second, desk.done()), (format!("{RECEIPT} 1"), 2), "the second does it"),
            }
        }
    })
    .await;
}

#[tokio::test]
async fn what_is_kept_of_an_answer_is_sealed() {
    on_both(SCHEMA, &MIGRATIONS, async |db| {
        let desk = Desk::new(db);
        let submit = call(Some(1), 1, NOW);
        desk.submit(&submit).await.expect("submitted");
        let rows = desk.app.db.read(async |tx: &mut Tx| {
            fetch_all!(tx, (String, String, Vec<u8>, Vec<u8>), "SELECT caller, method, body_hash, answer FROM idempotency LIMIT 10")
        });
        let rows = rows.await.expect("rows");
        let [(caller, method, body_hash, answer)] = rows.as_slice() else { panic!("{rows:?}") };
        let all = [caller.as_bytes(), method.as_bytes(), body_hash, answer].concat();
        for secret in RECEIPT.split(['-', ' ']) {
            assert!(!all.windows(secret.len()).any(|bytes| bytes == secret.as_bytes()), "{secret} can be read");
        }
        let stranger = testing::app("ledger", desk.app.db.clone(), Clock::fake(NOW));
        let foreign = stranger.answered::<String>(&submit).await;
        assert!(matches!(foreign, Err(Error::Store(Store::Corrupt("idempotency.answer")))), "another service's key: {foreign:?}");
    })
    .await;
}
