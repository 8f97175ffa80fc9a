use sanben_access::Role;
use sanben_clock::Clock;
use sanben_proto::intake::{Party, Proposal, SubmissionKind};
use sanben_proto::kinds::{Book, PublicStep, Track, Verdict};
use sanben_proto::meeting::*;

use super::road::{self, Road, confirm};
use super::{Journey, RequestIds, Spoken, Stopped, Told, ensure, receipt_with, until};
use crate::client::{Somebody, Town, patient};

const UNIT: &str = "beilin-nandajie";
const WORDS: &str = "楼下烤鸭店的油烟一直往上冲，家里不敢开窗，邻居们意见都很大。";
const INVITED: [(InvitationCategory, &str); 3] = [
    (InvitationCategory::Citizen, "钟楼社区居民代表"),
    (InvitationCategory::Delegate, "社区人大代表"),
    (InvitationCategory::Sector, "沿街餐饮商户代表"),
];

/// A meeting (v02): invited, answered, held; a suggestion goes through deliberation, resolution and plan into the ledger, and from the
/// meeting one can walk to the result and back.
#[derive(Clone, Debug)]
pub struct Meeting {
    town: Town,
    ids: RequestIds,
    road: Road,
    spoken: Spoken,
    today: String,
    meeting_id: String,
    invitations: Vec<String>,
    suggestion_id: String,
    receipt_code: String,
}

const FIRST: [&str; 9] = [
    "meeting-convened",
    "meeting-invited",
    "meeting-answered",
    "meeting-held",
    "suggestion-made",
    "suggestion-deliberated",
    "suggestion-resolved",
    "plan-adopted",
    "suggestion-supervised",
];
const LAST: [&str; 2] = ["five-ones-complete", "walked-back"];

impl Meeting {
    pub fn new(town: Town, ids: RequestIds, clock: &Clock) -> Meeting {
        let road = Road {
            town: town.clone(),
            ids: ids.part(1),
            unit: UNIT,
            assisting: &["beilin"],
            instruction: "请会同市场监管、城管上门会诊，督促商户整改。",
            report: "多部门会诊后，商户加装除味设备并改变烟囱走向，复查达标，住户已开窗。",
            reply: "经公安、市场监管、城管会诊，烤鸭店已加装除味设备、改变烟囱走向，欢迎继续监督。",
            publication: (true, "社区公告栏及“进建商”专栏"),
            case_id: String::new(),
        };
        let today = clock.now().date().to_string();
        let none = String::new;
        let spoken = Spoken { words: WORDS.to_owned(), name: "钟楼社区居民代表".to_owned(), ..Spoken::default() };
        Meeting {
            town,
            ids,
            road,
            spoken,
            today,
            meeting_id: none(),
            invitations: Vec::new(),
            suggestion_id: none(),
            receipt_code: none(),
        }
    }

    /// With other words.
    #[must_use]
    pub fn saying(mut self, spoken: Spoken) -> Meeting {
        self.spoken = spoken;
        self
    }

    fn secretary(&self) -> Somebody {
        self.town.officer("p-beilin-nandajie-secretary", UNIT, &[Role::MeetingSecretary])
    }

    async fn first(&mut self, index: usize) -> Result<Told, Stopped> {
        match index {
            0 => self.convene(index).await?,
            1 => self.invite().await?,
            2 => self.answer().await?,
            3 => self.hold(index).await?,
            4 => self.suggest(index).await?,
            5 => self.deliberate(index).await?,
            6 => self.resolve(index).await?,
            7 => self.plan(index).await?,
            _ => self.supervise(index).await?,
        }
        Ok(vec![("unit", UNIT.to_owned()), ("count", INVITED.len().to_string())])
    }

    async fn convene(&mut self, step: usize) -> Result<(), Stopped> {
        let request = ConveneMeetingRequest {
            request_id: self.ids.of(step),
            topic: "服务经济建设".to_owned(),
            meeting_date: self.today.clone(),
        };
        let meeting = self.secretary().meetings.convene_meeting(patient(request)).await?.into_inner().meeting.unwrap_or_default();
        self.meeting_id = meeting.meeting_id;
        Ok(())
    }

    async fn invite(&mut self) -> Result<(), Stopped> {
        let mut invited = Vec::new();
        for (number, (category, name)) in INVITED.into_iter().enumerate() {
            let request = InvitePersonRequest {
                request_id: self.ids.part(2).of(number),
                meeting_id: self.meeting_id.clone(),
                etag: String::new(),
                category: category as i32,
                party: Some(if number == 0 { self.spoken.party() } else { Party { name: name.to_owned(), ..Party::default() } }),
            };
            let answer = self.secretary().meetings.invite_person(patient(request)).await?.into_inner();
            invited.push(answer.invitation.unwrap_or_default().invitation_id);
        }
        self.invitations = invited;
        Ok(())
    }

    async fn answer(&self) -> Result<(), Stopped> {
        for (number, invitation_id) in self.invitations.iter().enumerate() {
            let request = AnswerInvitationRequest {
                request_id: self.ids.part(3).of(number),
                meeting_id: self.meeting_id.clone(),
                etag: String::new(),
                invitation_id: invitation_id.clone(),
                answer: InvitationAnswer::Accepted as i32,
            };
            self.secretary().meetings.answer_invitation(patient(request)).await?;
        }
        Ok(())
    }

    async fn hold(&self, step: usize) -> Result<(), Stopped> {
        let request = HoldMeetingRequest {
            request_id: self.ids.of(step),
            meeting_id: self.meeting_id.clone(),
            etag: String::new(),
            attended_invitation_ids: self.invitations.clone(),
        };
        self.secretary().meetings.hold_meeting(patient(request)).await?;
        Ok(())
    }

    async fn suggest(&mut self, step: usize) -> Result<(), Stopped> {
        let request = RecordSuggestionRequest {
            request_id: self.ids.of(step),
            meeting_id: self.meeting_id.clone(),
            etag: String::new(),
            invitation_id: self.invitations.first().cloned().unwrap_or_default(),
            kind: SubmissionKind::Complaint as i32,
            text: self.spoken.words.clone(),
            title: "餐饮油烟扰民".to_owned(),
        };
        let answer = self.secretary().suggestions.record_suggestion(patient(request)).await?.into_inner();
        self.suggestion_id = answer.suggestion.unwrap_or_default().suggestion_id;
        self.receipt_code = answer.receipt_code;
        Ok(())
    }

    async fn deliberate(&self, step: usize) -> Result<(), Stopped> {
        let request = DeliberateSuggestionRequest {
            request_id: self.ids.of(step),
            suggestion_id: self.suggestion_id.clone(),
            etag: String::new(),
            deliberation: "与会各方认为应由派出所牵头，会同市场监管、城管上门会诊。".to_owned(),
            evidence: "会议纪要第三项".to_owned(),
        };
        self.secretary().suggestions.deliberate_suggestion(patient(request)).await?;
        Ok(())
    }

    async fn resolve(&self, step: usize) -> Result<(), Stopped> {
        let request = ResolveSuggestionRequest {
            request_id: self.ids.of(step),
            suggestion_id: self.suggestion_id.clone(),
            etag: String::new(),
            resolution: "一周内完成会诊，督促商户整改。".to_owned(),
        };
        self.secretary().suggestions.resolve_suggestion(patient(request)).await?;
        Ok(())
    }

    async fn plan(&mut self, step: usize) -> Result<(), Stopped> {
        let proposal = Proposal {
            book: Book::Complaint as i32,
            track: Track::Petition as i32,
            title: "餐饮油烟扰民".to_owned(),
            summary: "社区居民反映楼下餐饮店油烟扰民，请求协调整改。".to_owned(),
            lead_unit_id: UNIT.to_owned(),
            ..Proposal::default()
        };
        let request = AdoptPlanRequest {
            request_id: self.ids.of(step),
            suggestion_id: self.suggestion_id.clone(),
            etag: String::new(),
            plan: "会诊、加装除味设备、改变烟囱走向、复查。".to_owned(),
            evidence: "方案第一号".to_owned(),
            proposal: Some(proposal),
        };
        self.secretary().suggestions.adopt_plan(patient(request)).await?;
        self.road.case_id = self.case().await?;
        Ok(())
    }

    /// The chief finds the case in their list; the suggestion names it once it is registered.
    async fn case(&self) -> Result<String, Stopped> {
        let submission_id = self.suggestion().await?.submission_id;
        let chief = self.road.chief();
        until("the case in the chief's list", async || {
            let list =
                chief.cases.clone().list_cases(patient(sanben_proto::ledger::ListCasesRequest::default())).await?.into_inner();
            Ok(list.cases.into_iter().find(|case| case.submission_ids.contains(&submission_id)).map(|case| case.case_id))
        })
        .await
    }

    async fn suggestion(&self) -> Result<Suggestion, Stopped> {
        let request = GetSuggestionRequest { suggestion_id: self.suggestion_id.clone() };
        Ok(self.secretary().suggestions.get_suggestion(patient(request)).await?.into_inner().suggestion.unwrap_or_default())
    }

    async fn supervise(&self, step: usize) -> Result<(), Stopped> {
        let request = RecordEvidenceRequest {
            request_id: self.ids.of(step),
            suggestion_id: self.suggestion_id.clone(),
            etag: String::new(),
            one: MeetingOne::Supervision as i32,
            evidence: "督办登记第十二号".to_owned(),
        };
        self.secretary().suggestions.record_evidence(patient(request)).await?;
        Ok(())
    }

    async fn five_ones(&self) -> Result<Told, Stopped> {
        let suggestion = until("the result on the suggestion", async || {
            let request = GetSuggestionRequest { suggestion_id: self.suggestion_id.clone() };
            let suggestion =
                self.secretary().suggestions.get_suggestion(patient(request)).await?.into_inner().suggestion.unwrap_or_default();
            Ok(Some(suggestion).filter(|suggestion| suggestion.state() == SuggestionState::Implemented))
        })
        .await?;
        let ones = &suggestion.ones;
        ensure("all five ones with evidence", ones.len() == 5 && ones.iter().all(|one| !one.evidence.is_empty()))?;
        Ok(vec![("outcome", suggestion.outcome().as_str_name().to_owned())])
    }

    /// From the result back to the meeting.
    async fn walk_back(&self) -> Result<Told, Stopped> {
        let request = ListSuggestionsRequest { case_id: self.road.case_id.clone(), ..ListSuggestionsRequest::default() };
        let behind = self.secretary().suggestions.list_suggestions(patient(request)).await?.into_inner().suggestions;
        ensure("the meeting behind the case", behind.len() == 1 && behind[0].meeting_id == self.meeting_id)?;
        Ok(Vec::new())
    }
}

impl Journey for Meeting {
    fn title(&self) -> &'static str {
        "journey-meeting"
    }

    fn steps(&self) -> Vec<&'static str> {
        [FIRST.as_slice(), &road::STEPS, &["citizen-satisfied"], &road::LAST_STEPS, &LAST].concat()
    }

    async fn step(&mut self, index: usize) -> Result<Told, Stopped> {
        match index {
            0..=8 => self.first(index).await,
            9..=18 => self.road.step(index - 9).await,
            19 => {
                let citizen = self.town.citizen();
                receipt_with(&citizen, &self.receipt_code, PublicStep::Replied).await?;
                confirm(&citizen, self.ids.of(index), &self.receipt_code, Verdict::BasicallySatisfied).await?;
                Ok(Vec::new())
            }
            20 | 21 => self.road.last_step(index - 20).await,
            22 => self.five_ones().await,
            _ => self.walk_back().await,
        }
    }
}
