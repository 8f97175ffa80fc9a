use sanben_access::Role;
use sanben_proto::intake::*;
use sanben_proto::kinds::{Book, Channel, LegalPath, PaperKind, PathNotice, PublicStep, Track, Verdict};
use sanben_proto::ledger::*;

use super::road::{self, Road, confirm};
use super::{Journey, RequestIds, Stopped, Told, ensure, notices_about, propose, receipt_with};
use crate::client::{Somebody, Town, patient};

const UNIT: &str = "weiyang";
const WORDS: &str = "我是二十年前那起伤害案的当事人家属，赔偿一直没有执行完，希望有人把来龙去脉给我讲清楚。";

/// A matter that is brought again (v20): the first time it was answered; the second time it is recognised as a repeat, and the chief answers
/// for it in person.
#[derive(Clone, Debug)]
pub struct RepeatedPetition {
    town: Town,
    ids: RequestIds,
    first: Road,
    road: Road,
    receipt_code: String,
}

const FIRST: [&str; 3] = ["repeat-answered-before", "repeat-received", "repeat-proposed"];
/// Of the road, before it is recognised.
const REGISTERED: usize = 1;
/// Of the road, to a reply.
const REPLIED: usize = 8;
const RECOGNISED: [&str; 3] = ["repeat-linked", "repeat-owned", "repeat-told"];

impl RepeatedPetition {
    pub fn new(town: Town, ids: RequestIds) -> RepeatedPetition {
        let road = Road {
            town: town.clone(),
            ids: ids.part(1),
            unit: UNIT,
            assisting: &[],
            instruction: "请调阅旧卷，当面向当事人家属说明来龙去脉。",
            report: "已调阅旧卷，由主官当面说明，并协调法院恢复执行。",
            reply: "已当面说明案件来龙去脉，并协调法院恢复执行程序，进展将主动告知。",
            publication: (false, "涉及个人隐私，依法不予公开。"),
            case_id: String::new(),
        };
        let answer = "赔偿执行由法院负责，请向法院申请恢复执行。";
        let first = Road { ids: ids.part(2), reply: answer, report: answer, ..road.clone() };
        RepeatedPetition { town, ids, first, road, receipt_code: String::new() }
    }

    fn desk(&self) -> Somebody {
        self.road.officer("desk", Role::DeskOfficer)
    }

    async fn receive(&self, ids: RequestIds) -> Result<CreateSubmissionResponse, Stopped> {
        let request = CreateSubmissionRequest {
            request_id: ids.of(40),
            kind: SubmissionKind::Demand as i32,
            channel: Channel::Video as i32,
            text: WORDS.to_owned(),
            unit_id: UNIT.to_owned(),
            ..CreateSubmissionRequest::default()
        };
        Ok(self.desk().receipts.create_submission(patient(request)).await?.into_inner())
    }

    async fn propose(&self, ids: RequestIds, submission_id: &str) -> Result<String, Stopped> {
        let proposal = Proposal {
            book: Book::Demand as i32,
            track: Track::Petition as i32,
            title: "旧案赔偿执行说明".to_owned(),
            summary: "当事人家属请求说明旧案赔偿执行情况。".to_owned(),
            lead_unit_id: UNIT.to_owned(),
            ..Proposal::default()
        };
        propose(&self.desk(), ids.of(41), submission_id, proposal).await
    }

    /// The first time, to a reply that leaves the person where they were.
    async fn answered_before(&mut self) -> Result<Told, Stopped> {
        let ids = self.ids.part(2);
        let received = self.receive(ids).await?;
        self.first.case_id = self.propose(ids, &received.submission_id).await?;
        for index in 0..REPLIED {
            self.first.step(index).await?;
        }
        Ok(vec![("unit", UNIT.to_owned())])
    }

    async fn link(&self, step: usize) -> Result<Told, Stopped> {
        let (request_id, case_id, etag) = (self.ids.of(step), self.road.case_id.clone(), String::new());
        let earlier_case_id = self.first.case_id.clone();
        let request = LinkRepeatCaseRequest { request_id, case_id, etag, earlier_case_id };
        let mut office = self.road.officer("office", Role::Office).handling;
        let case = office.link_repeat_case(patient(request)).await?.into_inner().case.unwrap_or_default();
        ensure("the second time", case.repeat_number == 2 && case.repeat_of_case_id == self.first.case_id)?;
        notices_about(&self.road.chief(), &self.road.case_id, "result-repeat", 1).await?;
        Ok(vec![("unit", UNIT.to_owned())])
    }

    async fn own(&self, step: usize) -> Result<Told, Stopped> {
        let (request_id, case_id, etag) = (self.ids.of(step), self.road.case_id.clone(), String::new());
        let request = TakeCaseOwnershipRequest { request_id, case_id, etag, duty: PersonalDuty::Petition as i32 };
        let case = self.road.chief().direction.take_case_ownership(patient(request)).await?.into_inner().case.unwrap_or_default();
        ensure("a leader who answers for it", case.personal_duty() == PersonalDuty::Petition && !case.owner_id.is_empty())?;
        Ok(vec![("unit", UNIT.to_owned())])
    }

    /// 告知书.
    async fn tell(&self, step: usize) -> Result<Told, Stopped> {
        let (request_id, case_id, etag) = (self.ids.of(step), self.road.case_id.clone(), String::new());
        let explanation = "来件已收到，按信访程序办理；对办理结果有异议的，可以申请复查、复核。".to_owned();
        let notice = PathNotice { path: LegalPath::Petition as i32, authority: String::new(), explanation };
        let content = Some(issue_paper_request::Content::PathNotice(notice));
        let request = IssuePaperRequest { request_id, case_id, etag, corrects_number: String::new(), content };
        let issued = self.road.chief().papers.issue_paper(patient(request)).await?.into_inner();
        let (paper, case) = (issued.paper.unwrap_or_default(), issued.case.unwrap_or_default());
        ensure("a path and a number", case.path() == LegalPath::Petition && !paper.number.is_empty())?;
        Ok(vec![("unit", UNIT.to_owned()), ("number", paper.number)])
    }

    /// The person reads both papers.
    async fn confirm(&self, step: usize) -> Result<Told, Stopped> {
        let citizen = self.town.citizen();
        let receipt = receipt_with(&citizen, &self.receipt_code, PublicStep::Replied).await?;
        let kinds: Vec<PaperKind> = receipt.papers.iter().map(|paper| paper.kind()).collect();
        ensure("the notice and the opinion on the receipt", kinds == [PaperKind::PathNotice, PaperKind::HandlingOpinion])?;
        confirm(&citizen, self.ids.of(step), &self.receipt_code, Verdict::BasicallySatisfied).await?;
        Ok(Vec::new())
    }

    /// What leaders answer for in person is counted.
    async fn count(&self) -> Result<Told, Stopped> {
        let mut office = self.road.officer("office", Role::Office).figures;
        let counted = office.count_personal_duties(patient(CountPersonalDutiesRequest::default())).await?.into_inner().counts;
        let closed = counted.iter().filter(|one| one.duty() == PersonalDuty::Petition).map(|one| one.closed).sum::<i32>();
        ensure("it among what the chief saw through in person", closed >= 1)?;
        Ok(vec![("unit", UNIT.to_owned()), ("count", closed.to_string())])
    }
}

impl Journey for RepeatedPetition {
    fn title(&self) -> &'static str {
        "journey-repeated-petition"
    }

    fn steps(&self) -> Vec<&'static str> {
        let (before, after) = road::STEPS.split_at(REGISTERED);
        let last = ["repeat-counted"];
        [FIRST.as_slice(), before, &RECOGNISED, after, &["citizen-satisfied"], &road::LAST_STEPS, &last].concat()
    }

    async fn step(&mut self, index: usize) -> Result<Told, Stopped> {
        match index {
            0 => self.answered_before().await,
            1 => {
                self.receipt_code = self.receive(self.ids).await?.receipt_code;
                Ok(vec![("unit", UNIT.to_owned()), ("receipt", self.receipt_code.clone())])
            }
            2 => {
                let received = self.receive(self.ids).await?;
                self.road.case_id = self.propose(self.ids, &received.submission_id).await?;
                Ok(vec![("unit", UNIT.to_owned())])
            }
            3 => self.road.step(0).await,
            4 => self.link(index).await,
            5 => self.own(index).await,
            6 => self.tell(index).await,
            7..=15 => self.road.step(index - 7 + REGISTERED).await,
            16 => self.confirm(index).await,
            17 | 18 => self.road.last_step(index - 17).await,
            _ => self.count().await,
        }
    }
}
