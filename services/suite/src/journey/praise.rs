use sanben_access::Role;
use sanben_proto::intake::{AcknowledgePraiseRequest, CreateSubmissionRequest, SubmissionKind};
use sanben_proto::kinds::{Channel, PublicStep};
use sanben_proto::ledger::ListPraisesRequest;
use sanben_proto::notification::ListNoticesRequest;

use super::{Journey, RequestIds, Stopped, Told, ensure, receipt_with, until};
use crate::client::{Town, patient};

const UNIT: &str = "huyi";
const WORDS: &str = "感谢社区民警雨夜把走失的老人送回家，给他们点个赞。";
const SUMMARY: &str = "感谢社区民警雨夜把走失的老人送回家。";

/// Praise (v16): recorded for the unit, counted apart from the books, and its chief is told.
#[derive(Clone, Debug)]
pub struct Praise {
    town: Town,
    ids: RequestIds,
    submission_id: String,
    receipt_code: String,
}

impl Praise {
    pub fn new(town: Town, ids: RequestIds) -> Praise {
        Praise { town, ids, submission_id: String::new(), receipt_code: String::new() }
    }

    async fn praise(&mut self, step: usize) -> Result<Told, Stopped> {
        let request = CreateSubmissionRequest {
            request_id: self.ids.of(step),
            kind: SubmissionKind::Praise as i32,
            channel: Channel::Online as i32,
            text: WORDS.to_owned(),
            unit_id: UNIT.to_owned(),
            ..CreateSubmissionRequest::default()
        };
        let answer = self.town.citizen().receipts.create_submission(patient(request)).await?.into_inner();
        self.submission_id = answer.submission_id;
        self.receipt_code = answer.receipt_code;
        Ok(vec![("receipt", self.receipt_code.clone())])
    }

    async fn acknowledge(&self, step: usize) -> Result<Told, Stopped> {
        let desk = self.town.officer("p-huyi-desk", UNIT, &[Role::DeskOfficer]);
        let request = AcknowledgePraiseRequest {
            request_id: self.ids.of(step),
            submission_id: self.submission_id.clone(),
            etag: String::new(),
            unit_id: UNIT.to_owned(),
            summary: SUMMARY.to_owned(),
        };
        desk.desk.clone().acknowledge_praise(patient(request)).await?;
        Ok(vec![("unit", UNIT.to_owned())])
    }

    /// In the ledger it is praise, and no case.
    async fn counted(&self) -> Result<Told, Stopped> {
        let office = self.town.officer("p-huyi-office", UNIT, &[Role::Office]);
        let count = until("the praise in the ledger", async || {
            let request = ListPraisesRequest { unit_id: UNIT.to_owned(), ..ListPraisesRequest::default() };
            let list = office.praises.clone().list_praises(patient(request)).await?.into_inner();
            let there = list.praises.iter().any(|praise| praise.submission_id == self.submission_id && praise.summary == SUMMARY);
            Ok(there.then_some(list.total_size))
        })
        .await?;
        Ok(vec![("unit", UNIT.to_owned()), ("count", count.to_string())])
    }

    async fn chief_told(&self) -> Result<Told, Stopped> {
        let chief = self.town.officer("p-huyi-chief", UNIT, &[Role::Chief]);
        until("the chief's notice", async || {
            let list = chief.notices.clone().list_notices(patient(ListNoticesRequest::default())).await?.into_inner();
            let told = |notice: &sanben_proto::notification::Notice| {
                notice.key == "result-praise" && notice.submission_id == self.submission_id
            };
            Ok(list.notices.iter().any(told).then_some(()))
        })
        .await?;
        Ok(vec![("unit", UNIT.to_owned())])
    }
}

impl Journey for Praise {
    fn title(&self) -> &'static str {
        "journey-praise"
    }

    fn steps(&self) -> Vec<&'static str> {
        vec!["praise-said", "praise-recorded", "praise-counted", "praise-told", "praise-seen"]
    }

    async fn step(&mut self, index: usize) -> Result<Told, Stopped> {
        match index {
            0 => self.praise(index).await,
            1 => self.acknowledge(index).await,
            2 => self.counted().await,
            3 => self.chief_told().await,
            _ => {
                let receipt = receipt_with(&self.town.citizen(), &self.receipt_code, PublicStep::Acknowledged).await?;
                ensure("no case of praise", receipt.case_number.is_empty())?;
                Ok(Vec::new())
            }
        }
    }
}
