//! Notices by mail, to a real mail server.

use std::time::Duration;

use sanben::journey::{Complaint, RequestIds, Spoken, play};
use sanben_access::Role;
use sanben_clock::Clock;
use sanben_db::{Db, Error, Tx, fetch_all};
use sanben_host::DatabaseAt;
use sanben_proto::intake::{
    AnswerSubmissionRequest, CreateSubmissionRequest, CreateSubmissionResponse, Party, SubmissionKind, WithdrawSubmissionRequest,
};
use sanben_proto::kinds::Channel;
use serde_json::Value;
use tokio::process::Command;

use crate::load::eventually;
use crate::post::{FROM, PostOffice};
use crate::process::{Process, folder, free_port, town};
use crate::start::{BOTH, Engine, Suite};

const SECOND: Duration = Duration::from_secs(1);
const MINUTE: Duration = Duration::from_secs(61);
const SUBJECT: &str = "您有新的通知";
const TEXT: &str = "您反映的事项有新的进展，请凭查询码查询。";

/// A question of somebody with this address.
async fn ask(suite: &Suite, email: &str, language: &str) -> CreateSubmissionResponse {
    // So that the mails are in order, where time stands still.
    let _ = suite.clock.advance(SECOND);
    let request = CreateSubmissionRequest {
        request_id: suite.clock.id().to_string(),
        kind: SubmissionKind::Consultation as i32,
        channel: Channel::Online as i32,
        text: "居住证怎么办理？".to_owned(),
        party: Some(Party { email: email.to_owned(), ..Party::default() }),
        language: language.to_owned(),
        ..CreateSubmissionRequest::default()
    };
    suite.town.citizen().receipts.create_submission(request).await.expect("taken in").into_inner()
}

async fn answer(suite: &Suite, submission_id: &str) {
    let request = AnswerSubmissionRequest {
        request_id: suite.clock.id().to_string(),
        submission_id: submission_id.to_owned(),
        text: "请持身份证到辖区派出所办理。".to_owned(),
        ..AnswerSubmissionRequest::default()
    };
    suite.town.officer("p-city-desk", "city", &[Role::DeskOfficer]).desk.answer_submission(request).await.expect("answered");
}

/// State, attempts and why of every mail.
async fn mails(suite: &Suite) -> Vec<(i64, i64, String)> {
    let db = Db::open(&suite.database.address("notification"), "notification").await.expect("the store");
    let found = db
        .read(async |tx: &mut Tx| fetch_all!(tx, (i64, i64, String), "SELECT state, attempts, why FROM mails ORDER BY mail_id"))
        .await
        .map_err(|error: Error| error.to_string());
    db.close().await;
    found.expect("readable")
}

fn texts(taken: &[Value]) -> Vec<&str> {
    taken.iter().map(|mail| mail["text"].as_str().expect("a text")).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn people_are_told_by_mail_in_their_language() {
    for engine in BOTH {
        let home = tempfile::tempdir().expect("a folder");
        let office = PostOffice::open(home.path()).await;
        let suite = Suite::with_mail(engine, Clock::system(), office.mailer()).await;
        let chinese = ask(&suite, "wang@example.org", "").await;
        let english = ask(&suite, "smith@example.org", "en").await;
        ask(&suite, "", "").await;
        answer(&suite, &chinese.submission_id).await;
        answer(&suite, &english.submission_id).await;
        eventually("four mails", async || office.count() == 4).await;
        eventually("all is noted", async || mails(&suite).await.iter().all(|(state, ..)| [2, 3].contains(state))).await;
        let to_wang = office.taken("wang@example.org");
        for mail in &to_wang {
            assert_eq!(
                [&mail["subject"], &mail["from"], &mail["automatic"], &mail["user"]],
                [SUBJECT, FROM, "auto-generated", "desk"].map(Value::from).each_ref()
            );
            assert_eq!(mail["tls"], true);
        }
        assert!(texts(&to_wang).iter().all(|text| text.starts_with(TEXT)), "{to_wang:?}");
        assert!(!texts(&to_wang).concat().contains("居住证"), "nothing of the words");
        let to_smith = office.taken("smith@example.org");
        assert!(texts(&to_smith).iter().all(|text| text.contains("something new in your matter")), "{to_smith:?}");
        assert_eq!(to_smith[0]["subject"], "There is a notice for you");
        assert_ne!(to_smith[0]["id"], to_smith[1]["id"]);
        let states: Vec<i64> = mails(&suite).await.into_iter().map(|(state, ..)| state).collect();
        assert_eq!(states.iter().filter(|state| **state == 3).count(), 1, "whoever gave no address wants none: {states:?}");
        suite.end().await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn mail_waits_for_its_server_and_is_refused_for_good_or_for_now() {
    for engine in BOTH {
        let home = tempfile::tempdir().expect("a folder");
        let mut office = PostOffice::closed(home.path());
        let clock = Clock::fake(Clock::system().now());
        let suite = Suite::with_mail(engine, clock, office.mailer()).await;
        ask(&suite, "wang@example.org", "").await;
        let tried = async |expected: &[(i64, i64, &str)]| {
            let expected: Vec<_> = expected.iter().map(|(state, attempts, why)| (*state, *attempts, (*why).to_owned())).collect();
            eventually("the attempt", async || mails(&suite).await == expected).await;
        };
        tried(&[(1, 1, "no mail server")]).await;
        office.come_back().await;
        suite.clock.advance(MINUTE).expect("a fake clock");
        tried(&[(2, 2, "")]).await;
        ask(&suite, "later@example.org", "").await;
        tried(&[(2, 2, ""), (1, 1, "smtp 451")]).await;
        ask(&suite, "nobody@example.org", "").await;
        tried(&[(2, 2, ""), (1, 1, "smtp 451"), (1, 1, "smtp 550")]).await;
        suite.clock.advance(MINUTE).expect("a fake clock");
        tried(&[(2, 2, ""), (2, 2, ""), (1, 2, "smtp 550")]).await;
        suite.clock.advance(4 * MINUTE).expect("a fake clock");
        tried(&[(2, 2, ""), (2, 2, ""), (4, 3, "smtp 550")]).await;
        assert_eq!((office.count(), office.taken("later@example.org").len()), (2, 1));
        suite.end().await;
    }
}

/// Every notice of the whole way of a complaint, and not one that says more than that there is something.
#[tokio::test(flavor = "multi_thread")]
async fn mail_about_a_sealed_matter_exposes_nothing() {
    let (guard, data) = folder();
    let office = PostOffice::open(guard.path()).await;
    let arguments = office.arguments();
    let process = Process::start(&data.join("data"), free_port(), &arguments.iter().map(String::as_str).collect::<Vec<_>>()).await;
    let spoken = Spoken {
        words: "窗口推诿，让我跑了三趟。".to_owned(), email: "wang@example.org".to_owned(), ..Spoken::default()
    };
    let town = town(&data.join("data"), &process.address);
    let mut complaint = Complaint::new(town, RequestIds(Clock::system().id())).saying(spoken);
    assert_eq!(play(&mut complaint, |_, _| {}).await, Ok(()));
    eventually("every public step", async || office.taken("wang@example.org").len() == crate::bad_luck::STEPS_TOLD).await;
    let told = office.taken("wang@example.org");
    let first = texts(&told)[0].to_owned();
    assert!(first.starts_with(TEXT), "{first}");
    for mail in &told {
        assert_eq!((mail["text"].as_str(), mail["subject"].as_str()), (Some(first.as_str()), Some(SUBJECT)));
    }
    process.stop().await;
}

async fn run(arguments: &[&str], data: &std::path::Path) -> (Option<i32>, String) {
    let output = Command::new(env!("CARGO_BIN_EXE_sanben"))
        .args(["mails", "--lang", "en"])
        .args(arguments)
        .arg("--data")
        .arg(data)
        .output()
        .await
        .expect("the binary runs");
    (output.status.code(), format!("{}{}", String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr)))
}

/// The person took it back before the mail could go.
#[tokio::test(flavor = "multi_thread")]
async fn whoever_has_withdrawn_is_written_to_no_more() {
    let home = tempfile::tempdir().expect("a folder");
    let mut office = PostOffice::closed(home.path());
    let suite = Suite::with_mail(Engine::Sqlite, Clock::fake(Clock::system().now()), office.mailer()).await;
    let asked = ask(&suite, "wang@example.org", "").await;
    eventually("the attempt", async || mails(&suite).await == [(1, 1, "no mail server".to_owned())]).await;
    let withdraw =
        WithdrawSubmissionRequest { request_id: suite.clock.id().to_string(), receipt_code: asked.receipt_code, part: 0 };
    suite.town.citizen().receipts.withdraw_submission(withdraw).await.expect("withdrawn");
    office.come_back().await;
    suite.clock.advance(MINUTE).expect("a fake clock");
    eventually("it is unwanted", async || mails(&suite).await.iter().all(|(state, ..)| *state == 3)).await;
    assert_eq!(office.count(), 0);
    suite.end().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_cannot_be_delivered_is_listed_and_tried_again() {
    let (guard, data) = folder();
    let office = PostOffice::open(guard.path()).await;
    let clock = Clock::fake(Clock::system().now());
    let suite = Suite::with_mail(Engine::Sqlite, clock, office.mailer()).await;
    let DatabaseAt::Folder(stores) = suite.database.clone() else { panic!("a folder") };
    assert_eq!(run(&["list"], &stores).await, (Some(0), "Every mail was delivered or still waits.\n".to_owned()));
    assert_eq!(run(&["list"], &data.join("nowhere")).await.0, Some(1));
    ask(&suite, "nobody@example.org", "").await;
    for (attempt, state) in [(1, 1), (2, 1), (3, 4)] {
        eventually("the attempt", async || mails(&suite).await == [(state, attempt, "smtp 550".to_owned())]).await;
        suite.clock.advance(4 * MINUTE).expect("a fake clock");
    }
    let (code, listed) = run(&["list"], &stores).await;
    assert!(code == Some(0) && listed.contains("smtp 550") && !listed.contains("nobody@"), "no address is shown: {listed}");
    let queued = run(&["retry"], &stores).await;
    assert_eq!(queued, (Some(0), "1 queued again.\n".to_owned()));
    let again = async || mails(&suite).await.first().is_some_and(|(state, attempts, _)| (*state, *attempts) == (1, 1));
    suite.clock.advance(MINUTE).expect("a fake clock");
    eventually("it is tried again", again).await;
    suite.end().await;
}
