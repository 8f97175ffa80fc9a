//! People who keep speaking while something happens to the suite.

use std::time::Duration;

use sanben::client::{Town, patient};
use sanben_access::Role;
use sanben_clock::Clock;
use sanben_db::{Error, Tx, fetch_one};
use sanben_proto::intake::{CreateSubmissionRequest, GetSubmissionRequest, Proposal, ProposeSubmissionRequest, SubmissionKind};
use sanben_proto::kinds::{Book, Channel, Track};
use tokio::task::JoinSet;
use tokio_util::sync::CancellationToken;
use tonic::Status;

use crate::fleet::Fleet;

const SPEAKERS: usize = 3;
const WAIT_SECS_MAX: u64 = 120;
const LOOK_MS: u64 = 50;

/// A steady stream of submissions, each proposed to the ledger.
pub struct Load {
    stop: CancellationToken,
    speakers: JoinSet<Vec<Result<String, Status>>>,
}

impl Load {
    pub fn on(fleet: &Fleet) -> Load {
        let stop = CancellationToken::new();
        let mut speakers = JoinSet::new();
        for _ in 0..SPEAKERS {
            speakers.spawn(speak(fleet.town.clone(), fleet.clock.clone(), stop.clone()));
        }
        Load { stop, speakers }
    }

    /// Ends it. The ids of what was submitted and proposed; whatever failed on the way fails the test.
    pub async fn end(self) -> Vec<String> {
        self.stop.cancel();
        let spoken: Vec<_> = self.speakers.join_all().await.into_iter().flatten().collect();
        let failed: Vec<_> = spoken.iter().filter_map(|one| one.as_ref().err()).collect();
        assert!(failed.is_empty(), "{} of {} failed: {failed:?}", failed.len(), spoken.len());
        spoken.into_iter().filter_map(Result::ok).collect()
    }
}

async fn speak(town: Town, clock: Clock, stop: CancellationToken) -> Vec<Result<String, Status>> {
    let mut spoken = Vec::new();
    while !stop.is_cancelled() {
        spoken.push(say_one(&town, &clock).await);
    }
    spoken
}

async fn say_one(town: &Town, clock: &Clock) -> Result<String, Status> {
    let request = CreateSubmissionRequest {
        request_id: clock.id().to_string(),
        kind: SubmissionKind::Demand as i32,
        channel: Channel::Online as i32,
        text: "路灯坏了。".to_owned(),
        unit_id: "lianhu".to_owned(),
        ..CreateSubmissionRequest::default()
    };
    let submission_id = town.citizen().receipts.create_submission(patient(request)).await?.into_inner().submission_id;
    let proposal = Proposal {
        book: Book::Demand as i32,
        track: Track::Petition as i32,
        title: "路灯".to_owned(),
        summary: "群众反映路灯损坏".to_owned(),
        lead_unit_id: "lianhu".to_owned(),
        ..Proposal::default()
    };
    let request = ProposeSubmissionRequest {
        request_id: clock.id().to_string(),
        submission_id: submission_id.clone(),
        proposal: Some(proposal),
        ..ProposeSubmissionRequest::default()
    };
    town.officer("p-lianhu-desk", "lianhu", &[Role::DeskOfficer]).desk.propose_submission(patient(request)).await?;
    Ok(submission_id)
}

/// Looks until it is so.
pub async fn eventually(what: &str, is_so: impl AsyncFn() -> bool) {
    let mut looks = tokio::time::interval(Duration::from_millis(LOOK_MS));
    let so = async {
        while !is_so().await {
            looks.tick().await;
        }
    };
    tokio::time::timeout(Duration::from_secs(WAIT_SECS_MAX), so)
        .await
        .unwrap_or_else(|_| panic!("{what} within {WAIT_SECS_MAX} s"));
}

/// A number out of a service's store.
pub async fn number(fleet: &Fleet, service: &'static str, sql: &'static str) -> i64 {
    let db = fleet.store(service).await;
    let found = db.read(async |tx: &mut Tx| Ok::<_, Error>(fetch_one!(tx, (i64,), sql)?.0)).await.expect("readable");
    db.close().await;
    found
}

/// Each of the submissions is in the ledger exactly once, and nothing else is.
pub async fn assert_each_once(fleet: &Fleet, submissions: &[String]) {
    let all = i64::try_from(submissions.len()).expect("few");
    eventually("a case for every submission", async || number(fleet, "ledger", "SELECT COUNT(*) FROM cases").await >= all).await;
    assert_eq!(number(fleet, "intake", "SELECT COUNT(*) FROM submissions").await, all, "nothing was submitted twice");
    assert_eq!(number(fleet, "ledger", "SELECT COUNT(*) FROM cases").await, all, "nothing was opened twice");
    let desk = fleet.town.officer("p-lianhu-desk", "lianhu", &[Role::DeskOfficer]);
    for submission_id in submissions {
        eventually("intake hears of the case", async || {
            let request = GetSubmissionRequest { submission_id: submission_id.clone() };
            let found = desk.desk.clone().get_submission(patient(request)).await.expect("a submission").into_inner();
            !found.submission.expect("a submission").case_id.is_empty()
        })
        .await;
    }
}
