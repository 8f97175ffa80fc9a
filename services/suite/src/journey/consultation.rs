use sanben_access::Role;
use sanben_proto::intake::{
    AnswerSubmissionRequest, CreateSubmissionRequest, GetReceiptRequest, ListSubmissionsRequest, SubmissionKind,
};
use sanben_proto::kinds::Channel;

use super::{Journey, RequestIds, Stopped, Told, ensure};
use crate::client::{Town, patient};

const UNIT: &str = "zhian";
const WORDS: &str = "请问无犯罪记录证明怎么办理？需要带什么材料，能不能网上办？";
const ANSWER: &str =
    "您好。无犯罪记录证明可在户籍地或居住地派出所办理，也可在“西安公安”公众号网上申请；只需本人身份证，三个工作日内办结。";

/// A question (v04), answered at the desk.
#[derive(Clone, Debug)]
pub struct Consultation {
    town: Town,
    ids: RequestIds,
    submission_id: String,
    receipt_code: String,
}

impl Consultation {
    pub fn new(town: Town, ids: RequestIds) -> Consultation {
        Consultation { town, ids, submission_id: String::new(), receipt_code: String::new() }
    }
}

impl Journey for Consultation {
    fn title(&self) -> &'static str {
        "journey-consultation"
    }

    fn steps(&self) -> Vec<&'static str> {
        vec!["question-asked", "question-listed", "question-answered", "answer-read"]
    }

    async fn step(&mut self, index: usize) -> Result<Told, Stopped> {
        let citizen = self.town.citizen();
        let desk = self.town.officer("p-zhian-desk", UNIT, &[Role::DeskOfficer]);
        match index {
            0 => {
                let request = CreateSubmissionRequest {
                    request_id: self.ids.of(index),
                    kind: SubmissionKind::Consultation as i32,
                    channel: Channel::Online as i32,
                    text: WORDS.to_owned(),
                    unit_id: UNIT.to_owned(),
                    ..CreateSubmissionRequest::default()
                };
                let answer = citizen.receipts.clone().create_submission(patient(request)).await?.into_inner();
                self.submission_id = answer.submission_id;
                self.receipt_code = answer.receipt_code;
                Ok(vec![("receipt", self.receipt_code.clone())])
            }
            1 => {
                let list = desk.desk.clone().list_submissions(patient(ListSubmissionsRequest::default())).await?.into_inner();
                let there = list.submissions.iter().any(|submission| submission.submission_id == self.submission_id);
                ensure("the question in the desk's list", there)?;
                Ok(vec![("unit", UNIT.to_owned())])
            }
            2 => {
                let request = AnswerSubmissionRequest {
                    request_id: self.ids.of(index),
                    submission_id: self.submission_id.clone(),
                    etag: String::new(),
                    text: ANSWER.to_owned(),
                };
                desk.desk.clone().answer_submission(patient(request)).await?;
                Ok(vec![("unit", UNIT.to_owned())])
            }
            _ => {
                let request = GetReceiptRequest { receipt_code: self.receipt_code.clone() };
                let receipt =
                    citizen.receipts.clone().get_receipt(patient(request)).await?.into_inner().receipt.unwrap_or_default();
                ensure("the answer as it was written", receipt.reply.is_some_and(|reply| reply.text == ANSWER))?;
                Ok(Vec::new())
            }
        }
    }
}
