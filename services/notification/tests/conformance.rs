//! Every function of the store, on both engines.

use sanben_clock::{Clock, Ts};
use sanben_db::testing::on_both;
use sanben_db::{Db, Error, Tx, execute, fetch_all};
use sanben_notification::facts::Accused;
use sanben_notification::follow::Follower;
use sanben_notification::issue::Ways;
use sanben_notification::mail::{Mail, State};
use sanben_notification::notice::{About, Draft, Notice, Reader, Recipient};
use sanben_notification::store::Positioned;
use sanben_notification::{MIGRATIONS, issue, post, store};
use sanben_proto::notification::NoticeKind;
use tokio::sync::watch;
use uuid::Uuid;

const CHIEF: &str = "role:chief@lianhu";
const NONE: [i64; 0] = [];
const SUBMISSION: Uuid = Uuid::from_u128(8);

fn chief() -> Reader {
    Reader {
        recipients: vec!["person:p-chief".into(), CHIEF.into()],
        person: "p-chief".into(),
        units: vec!["lianhu".into(), "city".into()],
    }
}

fn notice(number: u128) -> Notice {
    Notice {
        id: Uuid::from_u128(number),
        revision: 1,
        kind: NoticeKind::Duty,
        key: "duty-assign".into(),
        arguments: [("number".to_owned(), "求〔2026〕7F3K2Q".to_owned())].into(),
        about: About { submission: None, case: Some(Uuid::from_u128(99)), subject: None },
        issued: Ts::from_micros(i64::try_from(number).expect("small")),
    }
}

async fn insert(db: &Db, notice: &Notice, recipient: &str, cause: &str) -> bool {
    db.write(async |tx: &mut Tx| store::insert(tx, notice, recipient, cause).await).await.expect("it is kept")
}

async fn list(db: &Db, reader: &Reader, before: Option<(i64, Uuid)>, limit: i64) -> Vec<Notice> {
    db.read(async |tx: &mut Tx| store::list(tx, reader, before, limit).await).await.expect("a list")
}

#[tokio::test]
async fn insert_once_for_each_cause() {
    on_both("notification", &MIGRATIONS, async |db| {
        assert!(insert(&db, &notice(1), CHIEF, "a").await);
        assert!(!insert(&db, &notice(2), CHIEF, "a").await);
        assert!(insert(&db, &notice(3), CHIEF, "b").await);
        assert!(insert(&db, &notice(4), "person:p-chief", "a").await);
        assert!(insert(&db, &notice(5), "person:p-other", "a").await);
        assert_eq!(list(&db, &chief(), None, 10).await, [notice(4), notice(3), notice(1)]);
    })
    .await;
}

#[tokio::test]
async fn list_by_pages() {
    on_both("notification", &MIGRATIONS, async |db| {
        for number in 1..=3 {
            insert(&db, &notice(number), CHIEF, &number.to_string()).await;
        }
        // At the same instant, the id decides.
        let twin = Notice { id: Uuid::from_u128(30), ..notice(3) };
        insert(&db, &twin, CHIEF, "twin").await;
        let first = list(&db, &chief(), None, 2).await;
        assert_eq!(first, [twin, notice(3)]);
        assert_eq!(list(&db, &chief(), Some((3, Uuid::from_u128(3))), 9).await, [notice(2), notice(1)]);
        assert_eq!(list(&db, &Reader::default(), None, 9).await, []);
    })
    .await;
}

#[tokio::test]
async fn hide_from_a_person_with_the_role() {
    on_both("notification", &MIGRATIONS, async |db| {
        insert(&db, &notice(1), CHIEF, "a").await;
        let hide = async |tx: &mut Tx| store::hide(tx, Uuid::from_u128(1), "p-chief").await;
        db.write(hide).await.expect("it is hidden");
        db.write(hide).await.expect("again is no harm");
        assert_eq!(list(&db, &chief(), None, 9).await, []);
        assert_eq!(list(&db, &Reader { person: "p-other".into(), ..chief() }, None, 9).await, [notice(1)]);
    })
    .await;
}

#[tokio::test]
async fn set_accused_hides_what_was_told_before_and_after() {
    on_both("notification", &MIGRATIONS, async |db| {
        let submission = Uuid::from_u128(7);
        let about = About { submission: Some(submission), case: None, subject: None };
        let told = |number| Notice { about, ..notice(number) };
        let accuse = async |units: &[&str], persons: &[&str]| {
            let owned = |names: &[&str]| names.iter().map(|name| (*name).to_owned()).collect();
            let accused = Accused { units: owned(units), persons: owned(persons) };
            db.write(async |tx: &mut Tx| store::set_accused(tx, submission, &accused).await).await.expect("it is kept");
        };
        insert(&db, &told(1), CHIEF, "a").await;
        accuse(&["lianhu", "lianhu"], &["p-other"]).await;
        insert(&db, &told(2), CHIEF, "b").await;
        insert(&db, &notice(3), CHIEF, "c").await;
        assert_eq!(list(&db, &chief(), None, 9).await, [notice(3)]);
        accuse(&["city"], &[]).await;
        assert_eq!(list(&db, &chief(), None, 9).await, [notice(3)], "below an accused unit");
        accuse(&[], &["p-chief"]).await;
        assert_eq!(list(&db, &chief(), None, 9).await, [notice(3)]);
        accuse(&["beilin"], &["p-other"]).await;
        assert_eq!(list(&db, &chief(), None, 9).await, [notice(3), told(2), told(1)], "the last proposal counts");
        let citizen = Reader { recipients: vec![CHIEF.into()], ..Reader::default() };
        accuse(&["lianhu"], &["p-chief"]).await;
        assert_eq!(list(&db, &citizen, None, 9).await.len(), 3, "a person's own notices are there");
    })
    .await;
}

/// Issues as many notices of a role as are asked for, without positions.
async fn issue(db: &Db, unit: &str, count: usize) {
    let clock = Clock::system();
    let recipient = Recipient::Role(sanben_access::Role::Chief, unit.to_owned());
    let hidden_from = vec!["p-accused".to_owned()];
    let about = About { submission: Some(SUBMISSION), ..About::default() };
    let draft = Draft { hidden_from, about, ..Draft::to_staff(recipient, NoticeKind::Duty, "duty-register") };
    for _ in 0..count {
        let (heard, draft) = (clock.id(), draft.clone());
        db.write(async |tx: &mut Tx| {
            issue::all(tx, &clock, heard, vec![draft.clone(), draft.clone()], Ways::App).await?;
            issue::all(tx, &clock, heard, vec![draft], Ways::App).await
        })
        .await
        .expect("issued");
    }
}

/// Gives positions as the sequencer does; answers the last one.
async fn sequence(db: &Db) -> i64 {
    db.write(async |tx: &mut Tx| {
        let given: Vec<(i64,)> = fetch_all!(tx, (i64,), "SELECT COUNT(position) FROM events")?;
        let waiting: Vec<(Uuid,)> =
            fetch_all!(tx, (Uuid,), "SELECT event_id FROM events WHERE position IS NULL ORDER BY occur_time, event_id")?;
        let mut position = given[0].0;
        for (event_id,) in waiting {
            position += 1;
            execute!(tx, "UPDATE events SET position = $1 WHERE event_id = $2", position, event_id)?;
        }
        Ok::<_, Error>(position)
    })
    .await
    .expect("positions")
}

fn positions(found: &[Positioned]) -> Vec<i64> {
    found.iter().map(|positioned| positioned.position).collect()
}

#[tokio::test]
async fn after_and_between_in_order_of_position() {
    on_both("notification", &MIGRATIONS, async |db| {
        issue(&db, "lianhu", 2).await;
        issue(&db, "beilin", 1).await;
        issue(&db, "lianhu", 1).await;
        let after = async |reader: &Reader, position, limit| {
            let found = db.read(async |tx: &mut Tx| store::after(tx, reader, position, limit).await).await;
            positions(&found.expect("it is read"))
        };
        let between = async |reader: &Reader, position, head, limit| {
            let found = db.read(async |tx: &mut Tx| store::between(tx, reader, position, head, limit).await).await;
            positions(&found.expect("it is read"))
        };
        assert_eq!(after(&chief(), 0, 9).await, NONE, "without a position it is not there yet");
        assert_eq!(between(&chief(), 0, i64::MAX, 9).await, NONE);
        assert_eq!(sequence(&db).await, 4);
        assert_eq!(after(&chief(), 0, 9).await, [1, 2, 4]);
        assert_eq!(after(&chief(), 1, 1).await, [2]);
        assert_eq!(between(&chief(), 0, 3, 9).await, [1, 2]);
        assert_eq!(between(&chief(), 1, 4, 1).await, [2]);
        let accused = Reader { person: "p-accused".into(), ..chief() };
        assert_eq!(after(&accused, 0, 9).await, NONE);
        assert_eq!(between(&accused, 0, 4, 9).await, NONE);
        let who = Accused { units: vec!["lianhu".to_owned()], persons: Vec::new() };
        db.write(async |tx: &mut Tx| store::set_accused(tx, SUBMISSION, &who).await).await.expect("it is kept");
        assert_eq!(after(&chief(), 0, 9).await, NONE);
        assert_eq!(between(&chief(), 0, 4, 9).await, NONE);
    })
    .await;
}

/// Takes all that is there without waiting for more.
async fn drain(follower: &mut Follower, count: usize) -> Vec<i64> {
    let mut found = Vec::new();
    while found.len() < count {
        match follower.take() {
            Some(positioned) => found.push(positioned.position),
            None => assert!(follower.read().await.expect("it is read"), "the stream ended early"),
        }
    }
    assert_eq!(follower.take(), None);
    found
}

#[tokio::test]
async fn a_follower_gets_everything_once_and_in_order() {
    on_both("notification", &MIGRATIONS, async |db| {
        let head = watch::Sender::new(0);
        issue(&db, "lianhu", 120).await;
        issue(&db, "beilin", 5).await;
        head.send_replace(sequence(&db).await);
        let mut follower = Follower::new(db.clone(), head.subscribe(), chief(), 0);
        assert_eq!(drain(&mut follower, 120).await, (1..=120).collect::<Vec<_>>());

        // What concerns others wakes it and gives it nothing; what has no position yet is not skipped.
        issue(&db, "lianhu", 120).await;
        let last = sequence(&db).await;
        issue(&db, "lianhu", 1).await;
        head.send_replace(last);
        assert_eq!(drain(&mut follower, 120).await, (126..=245).collect::<Vec<_>>());
        let (found, _) = tokio::join!(drain(&mut follower, 1), async { head.send_replace(sequence(&db).await) });
        assert_eq!(found, [246]);

        let mut resumed = Follower::new(db.clone(), head.subscribe(), chief(), 245);
        assert_eq!(drain(&mut resumed, 1).await, [246]);
        drop(head);
        assert!(!resumed.read().await.expect("it ends"), "no more can come");
    })
    .await;
}

/// A mail of the notice with this number, due when the notice was issued.
fn mail(number: u128) -> Mail {
    Mail::new(Uuid::from_u128(number + 1000), Uuid::from_u128(number), SUBMISSION, notice(number).issued)
}

async fn keep(db: &Db, mail: &Mail, before: (i64, i64)) -> Result<(), Error> {
    db.write(async |tx: &mut Tx| store::mails::keep(tx, mail, (before.0, Ts::from_micros(before.1))).await).await
}

async fn due(db: &Db, now: i64, limit: i64) -> Vec<Uuid> {
    let found = db.read(async |tx: &mut Tx| store::mails::due(tx, Ts::from_micros(now), limit).await).await.expect("mails");
    found.into_iter().map(|mail| mail.notice_id).collect()
}

#[tokio::test]
async fn mails_are_kept_due_taken_and_given_up() {
    on_both("notification", &MIGRATIONS, async |db| {
        let [first, second, third] = [1, 2, 3].map(|number| Mail { revision: 1, ..mail(number) });
        for mail in [&third, &first, &second] {
            keep(&db, mail, (0, 0)).await.expect("kept");
        }
        assert_eq!(due(&db, 2, 9).await, [first.notice_id, second.notice_id]);
        assert_eq!(due(&db, 9, 1).await, [first.notice_id]);
        let take = async |until| {
            db.write(async |tx: &mut Tx| store::mails::take(tx, &first, Ts::from_micros(until)).await).await.expect("written")
        };
        assert!(take(100).await);
        assert!(!take(200).await, "another replica has it");
        assert_eq!(due(&db, 99, 9).await, [second.notice_id, third.notice_id]);
        assert_eq!(due(&db, 100, 9).await.last(), Some(&first.notice_id), "whoever took it is gone");

        let sent = Mail { revision: 2, state: State::Sent, attempts: 1, ..first.clone() };
        let given_up = Mail { revision: 2, state: State::Undeliverable, why: "smtp 550".into(), ..second.clone() };
        keep(&db, &sent, (1, 100)).await.expect("kept");
        keep(&db, &given_up, (1, 2)).await.expect("kept");
        assert!(matches!(keep(&db, &given_up, (1, 2)).await, Err(Error::Conflict)), "somebody was quicker");
        assert!(matches!(keep(&db, &third, (1, 99)).await, Err(Error::Conflict)), "somebody has taken it since");
        assert_eq!(due(&db, 999, 9).await, [third.notice_id]);
        let undeliverable = db.read(async |tx: &mut Tx| store::mails::undeliverable(tx, Uuid::nil(), 9).await).await;
        assert_eq!(undeliverable.expect("mails"), [given_up]);
    })
    .await;
}

#[tokio::test]
async fn a_citizen_is_told_by_mail_once_and_staff_are_not() {
    on_both("notification", &MIGRATIONS, async |db| {
        let clock = Clock::system();
        let heard = clock.id();
        let citizen = Draft {
            to: Recipient::Submission(SUBMISSION),
            ..Draft::to_staff(Recipient::Person("p".into()), NoticeKind::PublicStep, "step-received")
        };
        let staff = Draft::to_staff(Recipient::Person("p-chief".into()), NoticeKind::Duty, "duty-assign");
        for ways in [Ways::App, Ways::AppAndMail, Ways::AppAndMail] {
            let cause = if ways == Ways::App { clock.id() } else { heard };
            let drafts = vec![citizen.clone(), staff.clone()];
            db.write(async |tx: &mut Tx| issue::all(tx, &clock, cause, drafts, ways).await).await.expect("issued");
        }
        assert_eq!(due(&db, i64::MAX, 9).await.len(), 1);
        let kinds =
            db.read(async |tx: &mut Tx| fetch_all!(tx, (String,), "SELECT type FROM events WHERE aggregate = 'mail'")).await;
        assert_eq!(kinds.map_err(|error: Error| error.to_string()), Ok(vec![("sanben.notification.v1.MailQueued".to_owned(),)]));

        let mut given_up =
            db.read(async |tx: &mut Tx| store::mails::due(tx, Ts::from_micros(i64::MAX), 1).await).await.expect("mails");
        let mut given_up = given_up.remove(0);
        (given_up.state, given_up.revision) = (State::Undeliverable, 2);
        let at = given_up.due.micros();
        keep(&db, &given_up, (1, at)).await.expect("kept");
        assert_eq!(due(&db, i64::MAX, 9).await, Vec::<Uuid>::new());
        assert_eq!(post::retry_undeliverable(&db, &clock).await.expect("queued"), 1);
        assert_eq!(due(&db, i64::MAX, 9).await, [given_up.notice_id]);
        assert_eq!(post::retry_undeliverable(&db, &clock).await.expect("nothing to do"), 0);
    })
    .await;
}
