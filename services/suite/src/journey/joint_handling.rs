use sanben_access::Role;
use sanben_proto::intake::*;
use sanben_proto::kinds::{Book, Channel, PublicStep, Track, Verdict};
use sanben_proto::ledger::*;

use super::road::{self, Road, confirm};
use super::{Journey, RequestIds, Stopped, Told, ensure, notices_about, propose, receipt_with};
use crate::client::{Somebody, Town, patient};

const UNIT: &str = "beilin";
const ASSISTING: &str = "zhian";
const WORDS: &str = "楼下烤鸭店的油烟一直往上冲，家里不敢开窗，邻居们意见都很大。";
/// Long enough for every run of a journey.
const ANSWER_DUE: &str = "2099-12-31";

/// Something that takes several departments (v02): the lead unit objects and is told to go on; its chief coordinates and urges, the assisting
/// unit answers and contributes, a joint consultation and what was done are put on record.
#[derive(Clone, Debug)]
pub struct JointHandling {
    town: Town,
    ids: RequestIds,
    road: Road,
    submission_id: String,
    receipt_code: String,
}

const FIRST: [&str; 2] = ["joint-received", "joint-proposed"];
/// Of the road, before the objection.
const ASSIGNED: usize = 2;
const OBJECTION: [&str; 2] = ["joint-objected", "joint-decided"];
const TOGETHER: [&str; 6] =
    ["joint-coordinated", "joint-consulted", "joint-urged", "joint-urge-answered", "joint-contributed", "joint-measured"];

impl JointHandling {
    pub fn new(town: Town, ids: RequestIds) -> JointHandling {
        let road = Road {
            town: town.clone(),
            ids: ids.part(1),
            unit: UNIT,
            assisting: &[ASSISTING],
            instruction: "请牵头会同生态环境、城管部门现场会诊，拿出治理办法。",
            report: "经会诊，店家已加装除味设备并改变烟囱走向，复测达标，邻居认可。",
            reply: "经多部门会诊，店家已加装除味设备并改变烟囱走向，复测达标。如有反复，请随时反映。",
            publication: (true, "钟楼社区公示栏"),
            case_id: String::new(),
        };
        JointHandling { town, ids, road, submission_id: String::new(), receipt_code: String::new() }
    }

    fn desk(&self) -> Somebody {
        self.road.officer("desk", Role::DeskOfficer)
    }

    fn handler(&self) -> Somebody {
        self.road.officer("handler", Role::Handler)
    }

    fn assistant(&self) -> Somebody {
        self.town.officer("p-zhian-handler", ASSISTING, &[Role::Handler])
    }

    fn target(&self, step: usize) -> (String, String, String) {
        (self.ids.of(step), self.road.case_id.clone(), String::new())
    }

    async fn receive(&mut self, step: usize) -> Result<Told, Stopped> {
        let request = CreateSubmissionRequest {
            request_id: self.ids.of(step),
            kind: SubmissionKind::Demand as i32,
            channel: Channel::Phone as i32,
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
            title: "餐饮油烟扰民".to_owned(),
            summary: "居民反映楼下餐饮店油烟扰民，请求治理。".to_owned(),
            lead_unit_id: UNIT.to_owned(),
            ..Proposal::default()
        };
        self.road.case_id = propose(&self.desk(), self.ids.of(step), &self.submission_id, proposal).await?;
        Ok(vec![("unit", UNIT.to_owned())])
    }

    async fn object(&self, step: usize) -> Result<Told, Stopped> {
        let (request_id, case_id, etag) = self.target(step);
        let reason = "油烟治理属生态环境、城管部门职责，建议改由其牵头。".to_owned();
        let request = ObjectToAssignmentRequest { request_id, case_id, etag, reason };
        let case = self.handler().handling.object_to_assignment(patient(request)).await?.into_inner().case.unwrap_or_default();
        ensure("the objection before the superior", case.objection_decider_unit_id == "city")?;
        Ok(vec![("unit", UNIT.to_owned())])
    }

    /// The superior is told, leaves the case where it is, and after that nobody may return it.
    async fn decide(&self, step: usize) -> Result<Told, Stopped> {
        let mut superior = self.town.officer("p-city-chief", "city", &[Role::Chief]);
        notices_about(&superior, &self.road.case_id, "duty-decide-objection", 1).await?;
        let (request_id, case_id, etag) = self.target(step);
        let reason = "首接负责，由碑林分局牵头会同有关部门办理。".to_owned();
        let request = DecideObjectionRequest { request_id, case_id, etag, lead_unit_id: String::new(), reason };
        let case = superior.direction.decide_objection(patient(request)).await?.into_inner().case.unwrap_or_default();
        let kept = case.objection.is_some_and(|objection| objection.decided && !objection.upheld);
        ensure("the case with the unit that had it", kept && case.lead_unit_id == UNIT)?;
        Ok(vec![("unit", UNIT.to_owned())])
    }

    async fn coordinate(&self, step: usize) -> Result<Told, Stopped> {
        let (request_id, case_id, etag) = self.target(step);
        let text = "碑林分局牵头，治安支队联系城管，生态环境部门派员检测，三日内现场会诊。".to_owned();
        self.road.chief().direction.coordinate_case(patient(CoordinateCaseRequest { request_id, case_id, etag, text })).await?;
        Ok(vec![("unit", UNIT.to_owned())])
    }

    async fn put_on_record(&self, step: usize, kind: RecordKind, text: &str) -> Result<Told, Stopped> {
        let (request_id, case_id, etag) = self.target(step);
        let request = AddCaseRecordRequest { request_id, case_id, etag, kind: kind as i32, text: text.to_owned() };
        self.handler().handling.add_case_record(patient(request)).await?;
        Ok(vec![("unit", UNIT.to_owned())])
    }

    async fn urge(&self, step: usize) -> Result<Told, Stopped> {
        let (request_id, case_id, etag) = self.target(step);
        let (unit_id, text, due_date) = (ASSISTING.to_owned(), "请尽快报送执法情况。".to_owned(), ANSWER_DUE.to_owned());
        let request = UrgeCaseRequest { request_id, case_id, etag, unit_id, text, due_date, form: UrgeForm::Order as i32 };
        self.road.chief().direction.urge_case(patient(request)).await?;
        Ok(vec![("unit", ASSISTING.to_owned())])
    }

    /// The unit is told that it is urged, and answers.
    async fn answer_urge(&self, step: usize) -> Result<Told, Stopped> {
        notices_about(&self.assistant(), &self.road.case_id, "duty-answer-urge", 1).await?;
        let (request_id, case_id, etag) = self.target(step);
        let request =
            AnswerUrgingRequest { request_id, case_id, etag, number: 1, text: "已约谈店家，明日报送。".to_owned() };
        self.assistant().handling.answer_urging(patient(request)).await?;
        Ok(vec![("unit", ASSISTING.to_owned())])
    }

    async fn contribute(&self, step: usize) -> Result<Told, Stopped> {
        let (request_id, case_id, etag) = self.target(step);
        let request = ContributeToCaseRequest {
            request_id, case_id, etag, text: "店家证照齐全，已签订整改承诺书。".to_owned()
        };
        let case = self.assistant().handling.contribute_to_case(patient(request)).await?.into_inner().case.unwrap_or_default();
        ensure("its contribution in the case", case.contributions.iter().all(|one| one.made) && !case.contributions.is_empty())?;
        Ok(vec![("unit", ASSISTING.to_owned())])
    }

    async fn confirm(&self, step: usize) -> Result<Told, Stopped> {
        let citizen = self.town.citizen();
        receipt_with(&citizen, &self.receipt_code, PublicStep::Replied).await?;
        confirm(&citizen, self.ids.of(step), &self.receipt_code, Verdict::BasicallySatisfied).await?;
        Ok(Vec::new())
    }
}

impl Journey for JointHandling {
    fn title(&self) -> &'static str {
        "journey-joint-handling"
    }

    fn steps(&self) -> Vec<&'static str> {
        let (before, after) = road::STEPS.split_at(ASSIGNED);
        let (undertaken, rest) = after.split_at(1);
        [FIRST.as_slice(), before, &OBJECTION, undertaken, &TOGETHER, rest, &["citizen-satisfied"], &road::LAST_STEPS].concat()
    }

    async fn step(&mut self, index: usize) -> Result<Told, Stopped> {
        match index {
            0 => self.receive(index).await,
            1 => self.propose(index).await,
            2 | 3 => self.road.step(index - 2).await,
            4 => self.object(index).await,
            5 => self.decide(index).await,
            6 => self.road.step(ASSIGNED).await,
            7 => self.coordinate(index).await,
            8 => {
                let text = "参加：公安、生态环境、城管、街道、社区、店家。意见：加装除味设备，改变烟囱走向，一个月内复测。";
                self.put_on_record(index, RecordKind::JointConsultation, text).await
            }
            9 => self.urge(index).await,
            10 => self.answer_urge(index).await,
            11 => self.contribute(index).await,
            12 => self.put_on_record(index, RecordKind::Measure, "已加装除味设备、改变烟囱走向，复测达标。").await,
            13..=19 => self.road.step(index - 13 + ASSIGNED + 1).await,
            20 => self.confirm(index).await,
            _ => self.road.last_step(index - 21).await,
        }
    }
}
