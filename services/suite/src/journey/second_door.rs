use sanben_access::Role;
use sanben_proto::intake::*;
use sanben_proto::kinds::{Book, Channel, PublicStep, Track, Verdict};
use sanben_proto::ledger::{
    CaseState, Door, GetCaseRequest, ListCasesRequest, StrikeOffCaseByExceptionRequest, StrikeOffCaseRequest,
};
use tonic::Code;

use super::road::{self, Road, judge};
use super::{Journey, RequestIds, Stopped, Told, ensure, notices_about, propose, receipt_with, refused, until};
use crate::client::{Somebody, Town, patient};

const UNIT: &str = "weiyang";
const WORDS: &str = "小区门口道路中间的隔离栏被撞坏一个多月了，晚上很危险，打过两次电话都说已经转办。";
const OBJECTION: &str = "只放了两个锥桶，隔离栏还是没有修，请重新办理。";
const REASON: &str = "隔离栏产权属道路产权单位，公安机关已设置防护并移交修复计划，群众要求的立即更换超出公安机关职责。";

/// Somebody who is not content (v13): has it taken up again once, is still not content, and it is settled through the second door,
/// signed one level up.
#[derive(Clone, Debug)]
pub struct SecondDoor {
    town: Town,
    ids: RequestIds,
    road: Road,
    submission_id: String,
    receipt_code: String,
}

const FIRST: [&str; 2] = ["hotline-received", "hotline-proposed"];
const BETWEEN: [&str; 4] = ["citizen-dissatisfied", "chiefs-told", "citizen-reopens", "handler-goes-on"];
/// The road again, from the report on.
const AGAIN: usize = 3;
const LAST: [&str; 6] = [
    "citizen-dissatisfied-again",
    "chiefs-told",
    "first-door-shut",
    "struck-off-by-exception",
    "case-archived",
    "citizen-sees-both-replies",
];

impl SecondDoor {
    pub fn new(town: Town, ids: RequestIds) -> SecondDoor {
        let road = Road {
            town: town.clone(),
            ids: ids.part(1),
            unit: UNIT,
            assisting: &["jiaojing"],
            instruction: "请先行防护，查明产权单位并督促修复，十五日内反馈。",
            report: "已在缺口处放置警示锥桶，并致函道路产权单位修复。",
            reply: "我们已在缺口处放置警示锥桶，并已致函道路产权单位尽快修复隔离栏。",
            publication: (true, "分局网站“12345 事项办理”栏目"),
            case_id: String::new(),
        };
        SecondDoor { town, ids, road, submission_id: String::new(), receipt_code: String::new() }
    }

    /// The second round.
    fn again(&self) -> Road {
        Road {
            ids: self.ids.part(2),
            report: "已加装临时护栏和夜间警示灯；产权单位已列入下月修复计划，计划书附卷。",
            reply: "缺口处已加装临时护栏和夜间警示灯。产权单位已把隔离栏列入下月修复计划，修复前由我局每日巡查。",
            ..self.road.clone()
        }
    }

    fn citizen(&self) -> Somebody {
        self.town.citizen()
    }

    fn desk(&self) -> Somebody {
        self.town.officer("p-weiyang-desk", UNIT, &[Role::DeskOfficer])
    }

    async fn receive(&mut self, step: usize) -> Result<Told, Stopped> {
        let request = CreateSubmissionRequest {
            request_id: self.ids.of(step),
            kind: SubmissionKind::Demand as i32,
            channel: Channel::CityHotline as i32,
            text: WORDS.to_owned(),
            unit_id: UNIT.to_owned(),
            ..CreateSubmissionRequest::default()
        };
        let answer = self.desk().receipts.create_submission(patient(request)).await?.into_inner();
        self.submission_id = answer.submission_id;
        self.receipt_code = answer.receipt_code;
        Ok(vec![("unit", UNIT.to_owned()), ("receipt", self.receipt_code.clone())])
    }

    async fn propose(&mut self, step: usize) -> Result<Told, Stopped> {
        let proposal = Proposal {
            book: Book::Demand as i32,
            track: Track::Petition as i32,
            title: "道路隔离栏损坏未修复".to_owned(),
            summary: "12345 转来：小区门口道路隔离栏损坏一个多月，两次反映未修复，请求尽快处理。".to_owned(),
            lead_unit_id: UNIT.to_owned(),
            ..Proposal::default()
        };
        self.road.case_id = propose(&self.desk(), self.ids.of(step), &self.submission_id, proposal).await?;
        Ok(vec![("unit", UNIT.to_owned())])
    }

    async fn dissatisfied(&self, step: usize, round: i32) -> Result<Told, Stopped> {
        let reply = until("the reply of this round", async || {
            let request = GetReceiptRequest { receipt_code: self.receipt_code.clone() };
            let receipt = self.citizen().receipts.get_receipt(patient(request)).await?.into_inner().receipt.unwrap_or_default();
            Ok(receipt.reply.filter(|reply| reply.round == round))
        });
        reply.await?;
        let request = GiveVerdictRequest {
            request_id: self.ids.of(step),
            receipt_code: self.receipt_code.clone(),
            round,
            verdict: Verdict::Dissatisfied as i32,
            part: 0,
        };
        judge(&self.citizen(), request).await?;
        Ok(vec![("round", round.to_string())])
    }

    /// The own chief hears that somebody is not content, and the one above that an exception is theirs to decide, once in each round.
    async fn chiefs_told(&self, round: usize) -> Result<Told, Stopped> {
        let city_chief = self.city_chief();
        for (chief, key) in [(self.road.chief(), "result-dissatisfied"), (city_chief, "duty-exception")] {
            notices_about(&chief, &self.road.case_id, key, round).await?;
        }
        Ok(vec![("unit", UNIT.to_owned())])
    }

    fn city_chief(&self) -> Somebody {
        self.town.officer("p-city-chief", "city", &[Role::Chief])
    }

    async fn reopen(&self, step: usize) -> Result<Told, Stopped> {
        let request = ReopenCaseRequest {
            request_id: self.ids.of(step),
            receipt_code: self.receipt_code.clone(),
            reason: OBJECTION.to_owned(),
            part: 0,
        };
        self.citizen().receipts.reopen_case(patient(request)).await?;
        let receipt = receipt_with(&self.citizen(), &self.receipt_code, PublicStep::Reopened).await?;
        ensure("that it can be asked for once a round", !receipt.reopen_allowed)?;
        Ok(Vec::new())
    }

    /// The handler finds the case back, and reads what the person said.
    async fn go_on(&self) -> Result<Told, Stopped> {
        let handler = self.road.officer("handler", Role::Handler);
        let case = until("the second round", async || {
            let request = GetCaseRequest { case_id: self.road.case_id.clone() };
            let case = handler.cases.clone().get_case(patient(request)).await?.into_inner().case.unwrap_or_default();
            Ok(Some(case).filter(|case| case.round == 2))
        })
        .await?;
        ensure("the same handler", case.state() == CaseState::Undertaken && case.handler_id == "p-weiyang-handler")?;
        ensure("the first round in the case", case.earlier_rounds.len() == 1)?;
        let request = ReadWordsRequest { submission_id: self.submission_id.clone(), purpose: "重新办理".to_owned() };
        let words = handler.vault.clone().read_words(patient(request)).await?.into_inner();
        ensure("what the person said against the reply", words.reopen_reasons == [OBJECTION])?;
        Ok(vec![("unit", UNIT.to_owned()), ("number", case.number)])
    }

    /// The chief of the sub-bureau signs neither door.
    async fn shut(&self, step: usize) -> Result<Told, Stopped> {
        let (chief, case_id) = (self.road.chief(), self.road.case_id.clone());
        let ids = self.ids.part(3);
        let confirmed = StrikeOffCaseRequest { request_id: ids.of(step), case_id, etag: String::new() };
        let answer = chief.direction.clone().strike_off_case(patient(confirmed)).await;
        refused("the first door", answer, Code::FailedPrecondition)?;
        let answer = chief.direction.clone().strike_off_case_by_exception(patient(self.exception(ids.of(step + 1)))).await;
        refused("an exception of the own chief", answer, Code::FailedPrecondition)?;
        Ok(vec![("unit", UNIT.to_owned())])
    }

    fn exception(&self, request_id: String) -> StrikeOffCaseByExceptionRequest {
        StrikeOffCaseByExceptionRequest {
            request_id,
            case_id: self.road.case_id.clone(),
            etag: String::new(),
            reason: REASON.to_owned(),
            superior: None,
        }
    }

    async fn except(&self, step: usize) -> Result<Told, Stopped> {
        let chief = self.city_chief();
        let request = self.exception(self.ids.of(step));
        let answer = chief.direction.clone().strike_off_case_by_exception(patient(request)).await?.into_inner();
        let number = answer.case.unwrap_or_default().number;
        let request = ListCasesRequest { door: Door::Exception as i32, number: number.clone(), ..ListCasesRequest::default() };
        let list = chief.cases.clone().list_cases(patient(request)).await?.into_inner();
        ensure("the case among the exceptions", list.cases.len() == 1)?;
        Ok(vec![("number", number)])
    }

    async fn both_replies(&self) -> Result<Told, Stopped> {
        let receipt = receipt_with(&self.citizen(), &self.receipt_code, PublicStep::Archived).await?;
        let texts: Vec<&str> = receipt.earlier_replies.iter().chain(&receipt.reply).map(|reply| reply.text.as_str()).collect();
        ensure("both replies", texts == [self.road.reply, self.again().reply])?;
        Ok(vec![("number", receipt.case_number)])
    }
}

impl Journey for SecondDoor {
    fn title(&self) -> &'static str {
        "journey-second-door"
    }

    fn steps(&self) -> Vec<&'static str> {
        [FIRST.as_slice(), &road::STEPS, &BETWEEN, &road::STEPS[AGAIN..], &LAST].concat()
    }

    async fn step(&mut self, index: usize) -> Result<Told, Stopped> {
        match index {
            0 => self.receive(index).await,
            1 => self.propose(index).await,
            2..=11 => self.road.step(index - 2).await,
            12 => self.dissatisfied(index, 1).await,
            13 => self.chiefs_told(1).await,
            14 => self.reopen(index).await,
            15 => self.go_on().await,
            16..=22 => self.again().step(index - 16 + AGAIN).await,
            23 => self.dissatisfied(index, 2).await,
            24 => self.chiefs_told(2).await,
            25 => self.shut(index).await,
            26 => self.except(index).await,
            27 => self.road.archive().await,
            _ => self.both_replies().await,
        }
    }
}
