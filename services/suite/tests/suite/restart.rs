//! The suite is killed with SIGKILL at every step of the first journey, and the journey is finished each time.
//!
//! At odd steps the kill comes while the request is under way, at even steps right after its answer. Either way the step is then made
//! again with the same request ids: what was answered with OK must be there, and what was not must not be there twice.

use std::path::Path;

use sanben::journey::{Complaint, Journey, RequestIds, Stopped};
use sanben_access::Role;
use sanben_clock::Clock;
use sanben_proto::intake::ListSubmissionsRequest;
use sanben_proto::ledger::{ListCaseDocumentsRequest, ListCaseEventsRequest, ListCasesRequest};

use crate::process::{Process, folder, free_port, town};

/// The points at which it is killed.
const KILLS_MIN: usize = 20;

#[tokio::test(flavor = "multi_thread")]
async fn killed_at_every_step_nothing_answered_is_lost_and_nothing_is_doubled() {
    let (_guard, data) = folder();
    let port = free_port();
    let mut process = Process::start(&data, port, &[]).await;
    let town = town(&data, &process.address);
    let mut journey = Complaint::new(town.clone(), RequestIds(Clock::system().id()));
    let mut kills = 0;
    for index in 0..journey.steps().len() {
        if index % 2 == 1 {
            // The kill races with the request: whichever part of it was done, the repetition must come out right. Nobody waits for an
            // answer after it.
            let mut kill = std::pin::pin!(process.kill());
            tokio::select! {
                biased;
                _ = journey.step(index) => kill.await,
                () = &mut kill => {}
            }
        } else {
            step(&mut journey, index).await;
            process.kill().await;
        }
        kills += 1;
        process = Process::start(&data, port, &[]).await;
        step(&mut journey, index).await;
    }
    assert!(kills >= KILLS_MIN, "{kills} kills");
    assert_once(&town, &journey).await;
    process.stop().await;
    assert_positions_without_gaps(&data).await;
}

async fn step(journey: &mut Complaint, index: usize) {
    // A channel that was connected to the killed process notices at its next use.
    for _ in 0..3 {
        match journey.step(index).await {
            Ok(_) => return,
            Err(Stopped::Answered(status)) if is_lost_connection(&status) => {}
            Err(stopped) => panic!("step {index} ({}): {stopped}", journey.steps()[index]),
        }
    }
    panic!("step {index}: no connection");
}

fn is_lost_connection(status: &tonic::Status) -> bool {
    use tonic::Code;
    matches!(status.code(), Code::Unavailable | Code::Unknown | Code::Cancelled | Code::Internal)
}

/// One submission, one case, and each event and paper of it once.
async fn assert_once(town: &sanben::client::Town, journey: &Complaint) {
    let desk = town.officer("p-city-desk", "city", &[Role::DeskOfficer, Role::Office]);
    let submissions = desk.desk.clone().list_submissions(ListSubmissionsRequest::default()).await.expect("a list").into_inner();
    assert_eq!(submissions.submissions.len(), 1);
    let cases = desk.cases.clone().list_cases(ListCasesRequest::default()).await.expect("a list").into_inner();
    assert_eq!(cases.cases.len(), 1);
    let case_id = journey.case_id().to_owned();
    let request = ListCaseEventsRequest { case_id: case_id.clone(), ..ListCaseEventsRequest::default() };
    let events = desk.cases.clone().list_case_events(request).await.expect("a history").into_inner().events;
    let kinds: Vec<&str> = events.iter().map(|event| event.r#type.trim_start_matches("sanben.ledger.v1.")).collect();
    assert_eq!(
        kinds,
        [
            "CaseProposed",
            "CaseRegistered",
            "CaseAssigned",
            "CaseUndertaken",
            "CaseReportedBack",
            "CaseReviewed",
            "CaseSentBack",
            "CaseReportedBack",
            "CaseReviewed",
            "CaseReviewed",
            "CaseReviewed",
            "CaseReplied",
            "PaperIssued",
            "VerdictRecorded",
            "CaseSettled",
            "PublicationRecorded",
            "AccountabilityExamined",
            "CaseStruckOff",
            "CaseArchived",
        ]
    );
    let request = ListCaseDocumentsRequest { case_id, ..ListCaseDocumentsRequest::default() };
    let papers = desk.cases.clone().list_case_documents(request).await.expect("papers").into_inner().documents;
    assert_eq!(papers.len(), 7, "instruction, two reports with replies, publication, finding");
}

async fn assert_positions_without_gaps(data: &Path) {
    use sanben_db::{Db, Error, Tx, fetch_one};
    for service in sanben::SERVICES.into_iter().filter(|service| !matches!(service.name, "liaison" | "meeting")) {
        let db = Db::open(&format!("sqlite:{}", data.join(format!("{}.db", service.name)).display()), service.name)
            .await
            .expect("the store");
        // What was written as the process ended gets its position at the next start.
        let (placed, last) = db
            .read(async |tx: &mut Tx| {
                let sql = "SELECT COUNT(position), COALESCE(MAX(position), 0) FROM events";
                Ok::<_, Error>(fetch_one!(tx, (i64, i64), sql)?)
            })
            .await
            .expect("counts");
        assert!(placed > 0, "{} has events", service.name);
        assert_eq!(placed, last, "{}", service.name);
    }
}
