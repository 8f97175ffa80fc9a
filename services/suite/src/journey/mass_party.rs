use sanben_access::Role;
use sanben_proto::intake::*;
use sanben_proto::kinds::{Book, Channel, PublicStep, SettlementAgreement, SettlementTerm, Track, Verdict};
use sanben_proto::ledger::*;

use super::road::{self, Road, confirm};
use super::{Journey, RequestIds, Stopped, Told, ensure, propose, receipt_with, until};
use crate::client::{Somebody, Town, patient};

const UNIT: &str = "xincheng-xiyilu";
const PARTIES: i32 = 100;
const WORDS: &str = "商厦一百多户业主和物业的纠纷拖了十年，写字楼一直租不出去，希望公安牵头大家坐下来解决。";
const OWN_WORDS: &str = "我也是这个商厦的业主，铺面空了几年，希望一起解决。";

/// Many people who speak together through their representatives (v03), and one more who says the same: linked to the same case, mediated,
/// agreed on, and judged by each.
#[derive(Clone, Debug)]
pub struct MassParty {
    town: Town,
    ids: RequestIds,
    road: Road,
    submission_id: String,
    receipt_code: String,
    /// Of the one more.
    joined_code: String,
}

const FIRST: [&str; 2] = ["mass-received", "mass-proposed"];
/// Of the road, before the handling.
const UNDERTAKEN: usize = 3;
const TOGETHER: [&str; 3] = ["mass-joined", "mass-mediated", "mass-agreed"];

impl MassParty {
    pub fn new(town: Town, ids: RequestIds) -> MassParty {
        let road = Road {
            town: town.clone(),
            ids: ids.part(1),
            unit: UNIT,
            assisting: &[],
            instruction: "请会同街道、社区、司法所，组织业主代表与物业协商。",
            report: "经三次调解，业主代表与物业达成和解协议，写字楼恢复承租。",
            reply: "经街道、社区、司法所共同调解，业主代表与物业已达成和解协议，写字楼恢复承租。",
            publication: (true, "西一路社区公示栏"),
            case_id: String::new(),
        };
        let empty = String::new;
        MassParty { town, ids, road, submission_id: empty(), receipt_code: empty(), joined_code: empty() }
    }

    fn desk(&self) -> Somebody {
        self.road.officer("desk", Role::DeskOfficer)
    }

    async fn receive(&mut self, step: usize) -> Result<Told, Stopped> {
        let person = |name: &str| Party { name: name.to_owned(), contact: "社区转".to_owned(), ..Party::default() };
        let request = CreateSubmissionRequest {
            request_id: self.ids.of(step),
            kind: SubmissionKind::Demand as i32,
            channel: Channel::Patrol as i32,
            text: WORDS.to_owned(),
            unit_id: UNIT.to_owned(),
            party_count: PARTIES,
            representatives: vec![person("业主代表甲"), person("业主代表乙")],
            ..CreateSubmissionRequest::default()
        };
        let answer = self.desk().receipts.create_submission(patient(request)).await?.into_inner();
        self.submission_id = answer.submission_id;
        self.receipt_code = answer.receipt_code;
        Ok(vec![("unit", UNIT.to_owned()), ("parties", PARTIES.to_string())])
    }

    async fn propose(&mut self, step: usize) -> Result<Told, Stopped> {
        let proposal = Proposal {
            book: Book::Demand as i32,
            track: Track::Petition as i32,
            title: "商厦业主与物业纠纷".to_owned(),
            summary: "百余户业主与物业纠纷多年，请求牵头协商。".to_owned(),
            lead_unit_id: UNIT.to_owned(),
            ..Proposal::default()
        };
        self.road.case_id = propose(&self.desk(), self.ids.of(step), &self.submission_id, proposal).await?;
        Ok(vec![("unit", UNIT.to_owned())])
    }

    /// One more says the same online; the desk joins it.
    async fn join(&mut self, step: usize) -> Result<Told, Stopped> {
        let request = CreateSubmissionRequest {
            request_id: self.ids.part(2).of(step),
            kind: SubmissionKind::Demand as i32,
            channel: Channel::Online as i32,
            text: OWN_WORDS.to_owned(),
            unit_id: UNIT.to_owned(),
            ..CreateSubmissionRequest::default()
        };
        let answer = self.town.citizen().receipts.create_submission(patient(request)).await?.into_inner();
        self.joined_code = answer.receipt_code;
        let (submission_id, to_submission_id) = (answer.submission_id, self.submission_id.clone());
        let request = JoinSubmissionRequest { request_id: self.ids.of(step), submission_id, etag: String::new(), to_submission_id };
        self.desk().desk.join_submission(patient(request)).await?;
        let parties = until("all who speak in the case", async || {
            let request = GetCaseRequest { case_id: self.road.case_id.clone() };
            let case = self.road.chief().cases.get_case(patient(request)).await?.into_inner().case.unwrap_or_default();
            Ok((case.submission_ids.len() == 2).then_some(case.party_count))
        });
        let parties = parties.await?;
        ensure("everybody to be counted", parties == PARTIES + 1)?;
        Ok(vec![("unit", UNIT.to_owned()), ("parties", parties.to_string())])
    }

    async fn put_on_record(&self, step: usize, kind: RecordKind, text: &str) -> Result<Told, Stopped> {
        let (request_id, case_id, etag) = (self.ids.of(step), self.road.case_id.clone(), String::new());
        let request = AddCaseRecordRequest { request_id, case_id, etag, kind: kind as i32, text: text.to_owned() };
        self.road.officer("handler", Role::Handler).handling.add_case_record(patient(request)).await?;
        Ok(vec![("unit", UNIT.to_owned())])
    }

    /// 和解协议书: both read it with their own code.
    async fn settle(&self, step: usize) -> Result<Told, Stopped> {
        let (request_id, case_id, etag) = (self.ids.of(step), self.road.case_id.clone(), String::new());
        let term = |party: &str, obligation: &str| SettlementTerm {
            party: party.to_owned(),
            obligation: obligation.to_owned(),
            due_date: String::new(),
        };
        let agreement = SettlementAgreement {
            matter: "商厦物业收费、公共收益与写字楼承租。".to_owned(),
            terms: vec![term("物业公司", "公开收支和公共收益。"), term("业主", "恢复缴纳物业费。")],
            submission_id: String::new(),
            everybody: true,
        };
        let content = Some(issue_paper_request::Content::SettlementAgreement(agreement));
        let request = IssuePaperRequest { request_id, case_id, etag, corrects_number: String::new(), content };
        let issued = self.road.officer("handler", Role::Handler).papers.issue_paper(patient(request)).await?.into_inner();
        let number = issued.paper.unwrap_or_default().number;
        ensure("a number", !number.is_empty())?;
        for code in [&self.receipt_code, &self.joined_code] {
            let receipt = receipt_with(&self.town.citizen(), code, PublicStep::PaperIssued).await?;
            ensure("the agreement on the receipt", receipt.papers.iter().any(|paper| paper.number == number))?;
        }
        Ok(vec![("unit", UNIT.to_owned()), ("number", number)])
    }

    /// Each with their own code; the reply reached both.
    async fn confirm(&self, step: usize) -> Result<Told, Stopped> {
        let citizen = self.town.citizen();
        for (index, code) in (0..).zip([&self.receipt_code, &self.joined_code]) {
            receipt_with(&citizen, code, PublicStep::Replied).await?;
            confirm(&citizen, self.ids.part(3 + index).of(step), code, Verdict::BasicallySatisfied).await?;
        }
        Ok(Vec::new())
    }
}

impl Journey for MassParty {
    fn title(&self) -> &'static str {
        "journey-mass-party"
    }

    fn steps(&self) -> Vec<&'static str> {
        let (before, after) = road::STEPS.split_at(UNDERTAKEN);
        [FIRST.as_slice(), before, &TOGETHER, after, &["citizen-satisfied"], &road::LAST_STEPS].concat()
    }

    async fn step(&mut self, index: usize) -> Result<Told, Stopped> {
        match index {
            0 => self.receive(index).await,
            1 => self.propose(index).await,
            2..=4 => self.road.step(index - 2).await,
            5 => self.join(index).await,
            6 => {
                let text = "参加：业主代表、物业、街道、社区、司法所。争点：公共收益与维修资金。";
                self.put_on_record(index, RecordKind::Mediation, text).await
            }
            7 => self.settle(index).await,
            8..=14 => self.road.step(index - 8 + UNDERTAKEN).await,
            15 => self.confirm(index).await,
            _ => self.road.last_step(index - 16).await,
        }
    }
}
