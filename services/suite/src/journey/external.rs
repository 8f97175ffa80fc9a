use sanben_access::Role;
use sanben_proto::intake::*;
use sanben_proto::kinds::{Book, Channel, External as Reference, PublicStep, Track, Verdict};
use sanben_proto::ledger::*;

use super::road::{self, Road};
use super::{Journey, RequestIds, Stopped, Told, ensure, notices_about, propose, receipt_with};
use crate::client::{Somebody, Town, patient};

const UNIT: &str = "weiyang";
const WORDS: &str = "小区门口道路中间的隔离栏被撞坏一个多月了，晚上很危险，打过两次电话都说已经转办。";
const AUTHORITY: &str = "12345";
const CO_HANDLER: &str = "市城管局";
/// Long enough for every run of a journey.
const DUE: &str = "2099-12-31";

/// A matter that another authority hands over (v13): its system calls the same contract, keeps its own number and due day beside the
/// bureau's, and follows by receipt code; the city's management
/// takes part through its own system (外单位会办); who was not content with the hotline is asked on a return visit.
#[derive(Clone, Debug)]
pub struct External {
    town: Town,
    ids: RequestIds,
    road: Road,
    submission_id: String,
    receipt_code: String,
}

const FIRST: [&str; 2] = ["external-handed-over", "external-proposed"];
const CO_HANDLED: [&str; 2] = ["external-asked", "external-co-handled"];
/// So many steps of the road come before.
const UNDERTAKEN: usize = 3;
const VISITED: [&str; 2] = ["external-followed", "external-visited"];

impl External {
    pub fn new(town: Town, ids: RequestIds) -> External {
        let road = Road {
            town: town.clone(),
            ids: ids.part(1),
            unit: UNIT,
            assisting: &[],
            instruction: "请会同城管尽快修复隔离栏，并反馈热线。",
            report: "已会同城管修复隔离栏，夜间设置警示灯。",
            reply: "隔离栏已修复，夜间设有警示灯，谢谢您的提醒。",
            publication: (true, "未央分局门户网站"),
            case_id: String::new(),
        };
        External { town, ids, road, submission_id: String::new(), receipt_code: String::new() }
    }

    /// The machine of the hotline.
    fn hotline(&self) -> Somebody {
        self.town.officer("system-12345", "", &[Role::DepartmentSystem])
    }

    /// Its number there: each journey has its own.
    fn number(&self) -> String {
        format!("12345-{}", self.ids.of(90))
    }

    async fn hand_over(&mut self, step: usize) -> Result<Told, Stopped> {
        let request = CreateSubmissionRequest {
            request_id: self.ids.of(step),
            kind: SubmissionKind::Demand as i32,
            channel: Channel::CityHotline as i32,
            text: WORDS.to_owned(),
            unit_id: UNIT.to_owned(),
            external: Some(Reference { authority: AUTHORITY.to_owned(), number: self.number(), due_date: DUE.to_owned() }),
            ..CreateSubmissionRequest::default()
        };
        let answer = self.hotline().receipts.create_submission(patient(request)).await?.into_inner();
        self.submission_id = answer.submission_id;
        self.receipt_code = answer.receipt_code;
        Ok(vec![("unit", UNIT.to_owned()), ("number", self.number())])
    }

    async fn propose(&mut self, step: usize) -> Result<Told, Stopped> {
        let proposal = Proposal {
            book: Book::Demand as i32,
            track: Track::Petition as i32,
            title: "道路隔离栏损坏".to_owned(),
            summary: "小区门口道路隔离栏损坏一月有余，夜间危险。".to_owned(),
            lead_unit_id: UNIT.to_owned(),
            ..Proposal::default()
        };
        let desk = self.road.officer("desk", Role::DeskOfficer);
        self.road.case_id = propose(&desk, self.ids.of(step), &self.submission_id, proposal).await?;
        let request = GetCaseRequest { case_id: self.road.case_id.clone() };
        let case = self.road.chief().cases.get_case(patient(request)).await?.into_inner().case.unwrap_or_default();
        let kept = case.external.is_some_and(|of| of.number == self.number() && of.due_date == DUE);
        ensure("the hotline's number and due day on the case", kept && case.due.is_some())?;
        Ok(vec![("unit", UNIT.to_owned())])
    }

    /// Its person in the token: each journey has its own.
    fn co_handler_id(&self) -> String {
        format!("system-chengguan-{}", self.ids.of(91))
    }

    async fn ask(&self, step: usize) -> Result<Told, Stopped> {
        let request = AskAuthorityRequest {
            request_id: self.ids.of(step),
            case_id: self.road.case_id.clone(),
            etag: String::new(),
            authority: CO_HANDLER.to_owned(),
            system_id: self.co_handler_id(),
            request: "请修复隔离栏，并告知完成日期。".to_owned(),
            due_date: DUE.to_owned(),
        };
        let case = self.road.chief().co_handling.ask_authority(patient(request)).await?.into_inner().case.unwrap_or_default();
        ensure("what is asked on the case", case.co_handlings.len() == 1)?;
        Ok(vec![("unit", UNIT.to_owned()), ("authority", CO_HANDLER.to_owned())])
    }

    /// The system of that authority finds what it is asked for, and answers.
    async fn co_handle(&self, step: usize) -> Result<Told, Stopped> {
        let mut system = self.town.officer(&self.co_handler_id(), "", &[Role::DepartmentSystem]).co_handling;
        let listed = system.list_co_handlings(patient(ListCoHandlingsRequest::default())).await?.into_inner();
        let asked = listed.co_handlings.into_iter().next().unwrap_or_default();
        ensure("what it is asked for", asked.case_id == self.road.case_id)?;
        let (request_id, text) = (self.ids.of(step), "隔离栏已于今日修复。".to_owned());
        let request = AnswerCoHandlingRequest { request_id, case_id: asked.case_id, number: asked.number, text };
        system.answer_co_handling(patient(request)).await?;
        notices_about(&self.road.officer("handler", Role::Handler), &self.road.case_id, "result-co-handling", 1).await?;
        Ok(vec![("authority", CO_HANDLER.to_owned())])
    }

    /// The hotline reads the reply with the receipt code, like anybody who holds one.
    async fn follow(&self) -> Result<Told, Stopped> {
        let receipt = receipt_with(&self.hotline(), &self.receipt_code, PublicStep::Replied).await?;
        ensure("the reply", receipt.reply.is_some_and(|reply| reply.text == self.road.reply))?;
        Ok(vec![("unit", UNIT.to_owned())])
    }

    async fn visit(&self, step: usize) -> Result<Told, Stopped> {
        let (request_id, case_id, etag) = (self.ids.of(step), self.road.case_id.clone(), String::new());
        let (submission_id, note) = (self.submission_id.clone(), "现场回访：隔离栏已修好。".to_owned());
        let verdict = Verdict::Satisfied as i32;
        let request = RecordReturnVisitRequest { request_id, case_id, etag, submission_id, round: 1, verdict, note };
        let mut visitor = self.road.officer("liaison", Role::LiaisonOfficer).handling;
        let case = visitor.record_return_visit(patient(request)).await?.into_inner().case.unwrap_or_default();
        ensure("the case to be settled", case.state() == CaseState::Settled)?;
        Ok(vec![("unit", UNIT.to_owned())])
    }
}

impl Journey for External {
    fn title(&self) -> &'static str {
        "journey-external"
    }

    fn steps(&self) -> Vec<&'static str> {
        let (before, after) = road::STEPS.split_at(UNDERTAKEN);
        [FIRST.as_slice(), before, &CO_HANDLED, after, &VISITED, &road::LAST_STEPS].concat()
    }

    async fn step(&mut self, index: usize) -> Result<Told, Stopped> {
        match index {
            0 => self.hand_over(index).await,
            1 => self.propose(index).await,
            2..=4 => self.road.step(index - 2).await,
            5 => self.ask(index).await,
            6 => self.co_handle(index).await,
            7..=13 => self.road.step(index - 4).await,
            14 => self.follow().await,
            15 => self.visit(index).await,
            _ => self.road.last_step(index - 16).await,
        }
    }
}
