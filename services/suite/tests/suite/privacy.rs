//! Distinctive personal data is planted, the journeys are played, and the data is looked for everywhere it must not be: in the stores,
//! the events, the logs, the traces and the notices.

use std::borrow::Cow;

use sanben::journey::{Complaint, Journey, Meeting, RequestIds, Spoken, Visit, play};
use sanben_access::Role;
use sanben_clock::Clock;
use sanben_db::testing;
use sanben_proto::intake::{CreateSubmissionRequest, Party, RegisterPartyRequest};
use sanben_proto::notification::ListNoticesRequest;
use sqlx::{AssertSqlSafe, Connection as _, PgConnection, Row as _, query};

use crate::load::eventually;
use crate::post::PostOffice;
use crate::process::{Process, folder, free_port, town};
use crate::trace::Receiver;

/// Names, contacts, words and places that stand nowhere else.
fn planted() -> Vec<Spoken> {
    let spoken = |n: usize| Spoken {
        words: format!("鸑鷟{n}号反映的原话，窗口让我跑了三趟，孩子叫彧骉{n}。"),
        place: format!("靐龘路{n}号院"),
        name: format!("欧阳龘靐{n}"),
        contact: format!("1380029{n}47{n}3"),
        email: format!("yingzhuo{n}@zhantang.example"),
    };
    (1..=3).map(spoken).collect()
}

/// The parts that must not be found; words also by the piece.
fn secrets() -> Vec<String> {
    let mut secrets: Vec<String> =
        planted().into_iter().flat_map(|spoken| [spoken.words, spoken.place, spoken.name, spoken.contact, spoken.email]).collect();
    secrets.extend([
        "鸑鷟".to_owned(),
        "彧骉".to_owned(),
        "靐龘".to_owned(),
        "龘靐".to_owned(),
        "1380029".to_owned(),
        "yingzhuo".to_owned(),
    ]);
    secrets
}

/// Fails if `found` holds a secret: as it is, in hexadecimal (bytes as PostgreSQL prints them), escaped, or by percent.
fn assert_clean(place: &str, found: &[u8]) {
    let found = text(found);
    for secret in secrets() {
        let hex: String = secret.bytes().map(|byte| format!("{byte:02x}")).collect();
        let percent: String = secret.bytes().map(|byte| format!("%{byte:02X}")).collect();
        let escaped: String = secret.chars().map(|c| c.escape_unicode().to_string()).collect();
        for form in [secret.as_str(), &hex, &percent, &escaped] {
            assert!(!found.contains(form), "{place} holds {secret} as {form}");
        }
    }
}

/// What is no text becomes a mark; no text beside it goes with it, since a character never begins in the middle of another.
fn text(found: &[u8]) -> Cow<'_, str> {
    String::from_utf8_lossy(found)
}

#[tokio::test(flavor = "multi_thread")]
async fn nothing_personal_leaves_the_vault_on_sqlite() {
    let (_guard, data) = folder();
    let printed = play_planted(&data, &[]).await;
    assert_clean("the log", printed.as_bytes());
    assert!(printed.len() > 1000, "the log says something at this level");
    let cases = std::fs::read(data.join("ledger.db")).expect("readable");
    assert!(text(&cases).contains("反映窗口服务态度差"), "what triage wrote stands in clear, so the search finds what is there");
    let mut files = 0;
    for entry in std::fs::read_dir(&data).expect("the data folder") {
        let path = entry.expect("an entry").path();
        // The raw bytes: tables, indexes, free pages and the write-ahead log alike.
        assert_clean(&path.display().to_string(), &std::fs::read(&path).expect("readable"));
        files += 1;
    }
    assert!(files >= sanben::SERVICES.len(), "a store a service");
}

#[tokio::test(flavor = "multi_thread")]
async fn nothing_personal_leaves_the_vault_on_postgresql() {
    let (_guard, data) = folder();
    let address = testing::postgres().fresh_database().await;
    let key = data.join("key");
    std::fs::write(&key, "07".repeat(32)).expect("a key file");
    let printed = play_planted(&data, &["--database", &address, "--master-key", &key.display().to_string()]).await;
    assert_clean("the log", printed.as_bytes());
    let mut connection = PgConnection::connect(&address).await.expect("the store");
    let tables = query(
        "SELECT schemaname || '.' || tablename AS name FROM pg_tables WHERE schemaname NOT IN ('pg_catalog', 'information_schema')",
    )
    .fetch_all(&mut connection)
    .await
    .expect("tables");
    assert!(tables.len() > 30, "{} tables", tables.len());
    for table in tables {
        let name: String = table.get("name");
        let rows =
            query(AssertSqlSafe(format!("SELECT CAST(t.* AS TEXT) AS row FROM {name} AS t"))).fetch_all(&mut connection).await;
        for row in rows.expect("rows") {
            assert_clean(&name, row.get::<String, _>("row").as_bytes());
        }
    }
}

/// Plays everything with planted data and looks at traces and notices; answers what was logged.
async fn play_planted(data: &std::path::Path, more: &[&str]) -> String {
    let (receiver, otlp) = Receiver::start().await;
    let home = tempfile::tempdir().expect("a folder");
    let office = PostOffice::open(home.path()).await;
    let mail = office.arguments();
    let mail: Vec<&str> = mail.iter().map(String::as_str).collect();
    let arguments = [&["--otlp", &otlp, "--log", "debug"], more, &mail].concat();
    let process = Process::start(data, free_port(), &arguments).await;
    let town = town(data, &process.address);
    let clock = Clock::system();
    let [first, second, third]: [Spoken; 3] = planted().try_into().expect("three");
    let mut complaint = Complaint::new(town.clone(), RequestIds(clock.id())).saying(first);
    finish(&mut complaint).await;
    finish(&mut Visit::new(town.clone(), RequestIds(clock.id()), &clock).saying(second.clone())).await;
    finish(&mut Meeting::new(town.clone(), RequestIds(clock.id()), &clock).saying(third)).await;
    let refused = refusals(&town, &second).await;
    assert_clean("refusals", refused.as_bytes());
    let notices = notices(&town, complaint.receipt_code()).await;
    assert!(notices.contains("NoticeKind") || notices.contains("notice_id"), "there are notices");
    assert_clean("notices", notices.as_bytes());
    eventually("mail to each of them", async || planted().iter().all(|spoken| office.taken(&spoken.email).len() > 1)).await;
    let printed = process.stop().await;
    let spans = format!("{:?}", receiver.all());
    assert!(spans.len() > 10_000, "there are spans");
    assert_clean("traces", spans.as_bytes());
    printed
}

async fn finish<J: Journey>(journey: &mut J) {
    assert_eq!(play(journey, |_, _| {}).await, Ok(()));
}

/// What is answered to bad requests that hold personal data.
async fn refusals(town: &sanben::client::Town, spoken: &Spoken) -> String {
    let long = CreateSubmissionRequest {
        text: spoken.words.repeat(400),
        place: spoken.place.repeat(40),
        ..CreateSubmissionRequest::default()
    };
    let first = town.citizen().receipts.create_submission(long).await.expect_err("too long");
    let officer = town.officer("p-yanta-liaison", "yanta", &[Role::LiaisonOfficer]);
    let party =
        Party { name: spoken.name.repeat(40), contact: format!("{}\u{0}", spoken.contact), email: format!("@{}", spoken.email) };
    let request = RegisterPartyRequest { request_id: String::new(), party: Some(party) };
    let second = officer.vault.clone().register_party(request).await.expect_err("too long");
    format!("{first:?} {second:?} {} {}", String::from_utf8_lossy(first.details()), String::from_utf8_lossy(second.details()))
}

async fn notices(town: &sanben::client::Town, receipt_code: &str) -> String {
    let request = ListNoticesRequest { receipt_code: receipt_code.to_owned(), page_size: 200, ..ListNoticesRequest::default() };
    let citizen = town.citizen().notices.list_notices(request).await.expect("notices").into_inner();
    let mut all = format!("{citizen:?}");
    for (person, unit, role) in [
        ("p-lianhu-chief", "lianhu", Role::Chief),
        ("p-lianhu-handler", "lianhu", Role::Handler),
        ("p-yanta-liaison", "yanta", Role::LiaisonOfficer),
        ("p-beilin-nandajie-secretary", "beilin-nandajie", Role::MeetingSecretary),
        ("p-city-desk", "city", Role::DeskOfficer),
    ] {
        let mut client = town.officer(person, unit, &[role]).notices;
        let request = ListNoticesRequest { page_size: 200, ..ListNoticesRequest::default() };
        all.push_str(&format!("{:?}", client.list_notices(request).await.expect("notices").into_inner()));
    }
    all
}
