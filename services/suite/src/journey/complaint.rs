use sanben_access::Role;
use sanben_proto::intake::{CreateSubmissionRequest, ListReadingsRequest, Party, Proposal, ReadWordsRequest, SubmissionKind};
use sanben_proto::kinds::{Book, Channel, PublicStep, Track, Verdict};
use sanben_proto::ledger::{GetCaseRequest, ListCasesRequest, RegisterCaseRequest};
use tonic::Code;

use super::road::{Road, confirm};
use super::{Journey, RequestIds, Spoken, Stopped, Told, ensure, notices_about, propose, receipt_with, refused};
use crate::client::{Somebody, Town, patient};

const STATION: &str = "lianhu-beiyuanmen";
const UNIT: &str = "lianhu";
const WORDS: &str = "上周去窗口办事，民警态度很差，材料明明齐全却让我跑了三趟。请不要让他们知道是谁反映的。";

/// An anonymous complaint about a station (v12): the one complained about finds nothing, a review sends it back once, the citizen
/// confirms, and it is struck off and archived.
#[derive(Clone, Debug)]
pub struct Complaint {
    town: Town,
    ids: RequestIds,
    road: Road,
    spoken: Spoken,
    submission_id: String,
    receipt_code: String,
}

const STEPS: [&str; 24] = [
    "complaint-submitted",
    "complaint-read",
    "complaint-proposed",
    "complaint-hidden",
    "case-registered",
    "case-assigned",
    "case-undertaken",
    "case-reported",
    "case-reviewed-handler",
    "case-sent-back",
    "case-reported-again",
    "case-reviewed-handler",
    "case-reviewed-office",
    "case-reviewed-leader",
    "case-replied",
    "citizen-reads-reply",
    "citizen-satisfied",
    "case-published",
    "case-examined",
    "case-struck-off",
    "case-archived",
    "citizen-sees-archived",
    "complaint-still-hidden",
    "auditor-sees-readings",
];

impl Complaint {
    pub fn new(town: Town, ids: RequestIds) -> Complaint {
        let road = Road {
            town: town.clone(),
            ids: ids.part(1),
            unit: UNIT,
            assisting: &[],
            instruction: "请核实窗口服务情况，一次性告知是否落实，十五日内反馈。",
            report: "已调阅窗口监控并走访，反映情况属实；已对当事民警批评教育，并公示一次性告知清单。",
            reply: "您反映的情况属实。我们已批评教育当事民警，公示了一次性告知清单，并开设了帮办窗口，感谢您的监督。",
            publication: (false, "投诉举报事项涉及个人信息，依法不予公开（《信访工作条例》第三十条）"),
            case_id: String::new(),
        };
        let spoken = Spoken { words: WORDS.to_owned(), ..Spoken::default() };
        Complaint { town, ids, road, spoken, submission_id: String::new(), receipt_code: String::new() }
    }

    /// With other words.
    #[must_use]
    pub fn saying(mut self, spoken: Spoken) -> Complaint {
        self.spoken = spoken;
        self
    }

    /// The receipt code that the citizen was given.
    pub fn receipt_code(&self) -> &str {
        &self.receipt_code
    }

    /// The case, once there is one.
    pub fn case_id(&self) -> &str {
        &self.road.case_id
    }

    /// The submission.
    pub fn submission_id(&self) -> &str {
        &self.submission_id
    }

    fn citizen(&self) -> Somebody {
        self.town.citizen()
    }

    fn desk(&self) -> Somebody {
        self.town.officer("p-lianhu-desk", UNIT, &[Role::DeskOfficer])
    }

    async fn submit(&mut self, step: usize) -> Result<Told, Stopped> {
        let request = CreateSubmissionRequest {
            request_id: self.ids.of(step),
            kind: SubmissionKind::Complaint as i32,
            channel: Channel::Online as i32,
            text: self.spoken.words.clone(),
            place: self.spoken.place.clone(),
            party: Some(self.spoken.party()).filter(|party| *party != Party::default()),
            unit_id: STATION.to_owned(),
            ..CreateSubmissionRequest::default()
        };
        let answer = self.citizen().receipts.create_submission(patient(request)).await?.into_inner();
        if !self.receipt_code.is_empty() {
            ensure("a repetition to answer as the first time", self.receipt_code == answer.receipt_code)?;
        }
        self.submission_id = answer.submission_id;
        self.receipt_code = answer.receipt_code;
        receipt_with(&self.citizen(), &self.receipt_code, PublicStep::Received).await?;
        Ok(vec![("receipt", self.receipt_code.clone())])
    }

    async fn read_words(&self) -> Result<Told, Stopped> {
        let request = ReadWordsRequest { submission_id: self.submission_id.clone(), purpose: "分拣".to_owned() };
        let words = self.desk().vault.read_words(patient(request)).await?.into_inner();
        ensure("the words as they were said", words.text == self.spoken.words)?;
        Ok(Vec::new())
    }

    async fn propose(&mut self, step: usize) -> Result<Told, Stopped> {
        let proposal = Proposal {
            book: Book::Complaint as i32,
            track: Track::Accusation as i32,
            title: "反映窗口服务态度差、多次往返".to_owned(),
            summary: "反映派出所窗口民警态度差，材料齐全仍要求多次往返。".to_owned(),
            lead_unit_id: UNIT.to_owned(),
            accused_unit_ids: vec![STATION.to_owned()],
            accused_person_ids: Vec::new(),
        };
        self.road.case_id = propose(&self.desk(), self.ids.of(step), &self.submission_id, proposal).await?;
        Ok(vec![("unit", UNIT.to_owned())])
    }

    /// The accused station's chief can neither sign nor find it, by any route.
    async fn hidden(&self, step: usize) -> Result<Told, Stopped> {
        let chief = self.town.officer(&format!("p-{STATION}-chief"), STATION, &[Role::Chief, Role::Handler, Role::DeskOfficer]);
        let case_id = self.road.case_id.clone();
        let sign = RegisterCaseRequest { request_id: self.ids.of(step), case_id: case_id.clone(), etag: String::new() };
        refused("the accused chief's signature", chief.direction.clone().register_case(patient(sign)).await, Code::NotFound)?;
        let look = GetCaseRequest { case_id };
        refused("the accused chief's look", chief.cases.clone().get_case(patient(look)).await, Code::NotFound)?;
        let words = ReadWordsRequest { submission_id: self.submission_id.clone(), purpose: "核实".to_owned() };
        refused("the accused chief's reading", chief.vault.clone().read_words(patient(words)).await, Code::NotFound)?;
        let list = chief.cases.clone().list_cases(patient(ListCasesRequest::default())).await?.into_inner();
        ensure("the accused chief's list to be without it", list.cases.iter().all(|case| case.case_id != self.road.case_id))?;
        Ok(vec![("unit", STATION.to_owned())])
    }

    async fn read_reply(&self) -> Result<Told, Stopped> {
        let receipt = receipt_with(&self.citizen(), &self.receipt_code, PublicStep::Replied).await?;
        let reply = receipt.reply.unwrap_or_default();
        ensure("the reply as it was reviewed", reply.text == self.road.reply && reply.round == 1)?;
        Ok(vec![("number", receipt.case_number)])
    }

    async fn readings(&self) -> Result<Told, Stopped> {
        let auditor = self.town.officer("p-city-auditor", "city", &[Role::Auditor]);
        let request = ListReadingsRequest { submission_id: self.submission_id.clone(), ..ListReadingsRequest::default() };
        let readings = auditor.vault.clone().list_readings(patient(request)).await?.into_inner().readings;
        ensure("the desk officer's reading in the auditor's list", !readings.is_empty())?;
        Ok(vec![("count", readings.len().to_string())])
    }
}

impl Journey for Complaint {
    fn title(&self) -> &'static str {
        "journey-complaint"
    }

    fn steps(&self) -> Vec<&'static str> {
        STEPS.to_vec()
    }

    async fn step(&mut self, index: usize) -> Result<Told, Stopped> {
        let unit = || vec![("unit", UNIT.to_owned())];
        match index {
            0 => self.submit(index).await,
            1 => self.read_words().await,
            2 => self.propose(index).await,
            3 | 22 => self.hidden(index).await,
            4..=8 => self.road.step(index - 4).await,
            9 => {
                let back = "请补充一次性告知清单的公示情况。";
                self.road.review(40, "office", Role::Office, back).await?;
                Ok(vec![("reason", back.to_owned())])
            }
            10 => self.road.report(41).await.map(|_| unit()),
            11 => self.road.approve(42, "handler-2", Role::Handler).await.map(|_| unit()),
            12 | 13 => self.road.step(index - 7).await,
            14 => self.road.step(7).await,
            15 => self.read_reply().await,
            16 => {
                confirm(&self.citizen(), self.ids.of(index), &self.receipt_code, Verdict::Satisfied).await?;
                Ok(Vec::new())
            }
            17 => {
                notices_about(&self.road.officer("office", Role::Office), &self.road.case_id, "duty-complete", 1).await?;
                self.road.step(8).await
            }
            18 => self.road.step(9).await,
            19 | 20 => self.road.last_step(index - 19).await,
            21 => {
                let receipt = receipt_with(&self.citizen(), &self.receipt_code, PublicStep::Archived).await?;
                Ok(vec![("number", receipt.case_number)])
            }
            _ => self.readings().await,
        }
    }
}
