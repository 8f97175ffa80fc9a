use sanben_access::{Level, Org, Role};
use sanben_clock::Clock;
use sanben_proto::intake::*;
use sanben_proto::kinds::{Book, Channel, Track};
use sanben_proto::ledger::RegisterCaseRequest;
use sanben_proto::liaison::{
    CarriedVoice, ContactKind, CreatePairRequest, PlanVisitRequest, RecordVisitRequest, RecordVoiceRequest, VisitMode,
};
use sanben_proto::meeting::{
    ConveneMeetingRequest, HoldMeetingRequest, InvitationCategory, InvitePersonRequest, RecordSuggestionRequest,
};

use super::{Journey, RequestIds, Stopped, Told, ensure, propose};
use crate::client::{Somebody, Town, patient};

mod said;

use said::{Fate, VOICES, Voice};

/// The twenty voices, each through the door it came by, and each to what the desk makes of it: an answer, praise, parts, or a number in
/// its book.
#[derive(Clone, Debug)]
pub struct Voices {
    town: Town,
    org: Org,
    ids: RequestIds,
    today: String,
}

impl Voices {
    pub fn new(town: Town, ids: RequestIds, clock: &Clock) -> Voices {
        Voices { town, org: Org::shipped(), ids, today: clock.now().date().to_string() }
    }

    fn officer(&self, unit: &str, who: &str, role: Role) -> Somebody {
        self.town.officer(&format!("p-{unit}-{who}"), unit, &[role])
    }

    /// A complaint is kept from the unit that it was addressed to, so the desk above looks at it.
    fn desk(&self, voice: &Voice) -> Somebody {
        let sealed = voice.kind == SubmissionKind::Complaint && voice.channel == Channel::Online;
        let chain = self.org.chain(voice.unit);
        let unit = chain.get(usize::from(sealed)).map_or(voice.unit, |unit| &unit.id);
        self.officer(unit, "desk", Role::DeskOfficer)
    }

    /// The chief who signs: of the lead unit, or of the city for its departments.
    fn chief(&self, lead: &str) -> Somebody {
        let department = self.org.unit(lead).is_some_and(|unit| unit.level == Level::Department);
        self.officer(if department { &self.org.root().id } else { lead }, "chief", Role::Chief)
    }

    /// Lets it come in by its door; the submission.
    async fn hear(&self, voice: &Voice, ids: RequestIds) -> Result<String, Stopped> {
        match voice.channel {
            Channel::Meeting => self.in_a_meeting(voice, ids).await,
            Channel::Liaison => self.on_a_visit(voice, ids).await,
            _ => {
                let desk = self.officer(voice.unit, "desk", Role::DeskOfficer);
                let who = if voice.channel == Channel::Online { self.town.citizen() } else { desk };
                let request = CreateSubmissionRequest {
                    request_id: ids.of(0),
                    kind: voice.kind as i32,
                    channel: voice.channel as i32,
                    text: voice.words.to_owned(),
                    place: voice.place.to_owned(),
                    unit_id: voice.unit.to_owned(),
                    language: voice.language.to_owned(),
                    ..CreateSubmissionRequest::default()
                };
                Ok(who.receipts.clone().create_submission(patient(request)).await?.into_inner().submission_id)
            }
        }
    }

    async fn in_a_meeting(&self, voice: &Voice, ids: RequestIds) -> Result<String, Stopped> {
        let mut secretary = self.officer(voice.unit, "secretary", Role::MeetingSecretary);
        let request =
            ConveneMeetingRequest {
                request_id: ids.of(0), topic: "听取意见建议".to_owned(), meeting_date: self.today.clone()
            };
        let meeting_id =
            secretary.meetings.convene_meeting(patient(request)).await?.into_inner().meeting.unwrap_or_default().meeting_id;
        let request = InvitePersonRequest {
            request_id: ids.of(1),
            meeting_id: meeting_id.clone(),
            etag: String::new(),
            category: InvitationCategory::Citizen as i32,
            party: Some(Party { name: "与会群众".to_owned(), ..Party::default() }),
        };
        let invited = secretary.meetings.invite_person(patient(request)).await?.into_inner();
        let invitation_id = invited.invitation.unwrap_or_default().invitation_id;
        let request = HoldMeetingRequest {
            request_id: ids.of(2),
            meeting_id: meeting_id.clone(),
            etag: String::new(),
            attended_invitation_ids: vec![invitation_id.clone()],
        };
        secretary.meetings.hold_meeting(patient(request)).await?;
        let request = RecordSuggestionRequest {
            request_id: ids.of(3),
            meeting_id,
            etag: String::new(),
            invitation_id,
            kind: voice.kind as i32,
            text: voice.words.to_owned(),
            title: voice.title().to_owned(),
        };
        let made = secretary.suggestions.record_suggestion(patient(request)).await?.into_inner();
        Ok(made.suggestion.unwrap_or_default().submission_id)
    }

    async fn on_a_visit(&self, voice: &Voice, ids: RequestIds) -> Result<String, Stopped> {
        let mut officer = self.officer(voice.unit, "liaison", Role::LiaisonOfficer);
        let request = CreatePairRequest {
            request_id: ids.of(0),
            kind: ContactKind::Organisation as i32,
            party: Some(Party { name: "走访对象".to_owned(), ..Party::default() }),
            interval_days: 30,
        };
        let pair_id = officer.pairs.create_pair(patient(request)).await?.into_inner().pair.unwrap_or_default().pair_id;
        let request = PlanVisitRequest { request_id: ids.of(1), pair_id, plan_date: self.today.clone() };
        let visit_id = officer.visits.plan_visit(patient(request)).await?.into_inner().visit.unwrap_or_default().visit_id;
        let mode = VisitMode::Workplace as i32;
        let request = RecordVisitRequest { request_id: ids.of(2), visit_id: visit_id.clone(), etag: String::new(), mode };
        officer.visits.record_visit(patient(request)).await?;
        let carried = CarriedVoice {
            kind: voice.kind as i32,
            text: voice.words.to_owned(),
            place: voice.place.to_owned(),
            language: voice.language.to_owned(),
        };
        let request = RecordVoiceRequest {
            request_id: ids.of(3),
            visit_id,
            etag: String::new(),
            solved_note: String::new(),
            carried: Some(carried),
        };
        Ok(officer.visits.record_voice(patient(request)).await?.into_inner().voice.unwrap_or_default().submission_id)
    }

    /// What the desk makes of it.
    async fn triage(&self, voice: &Voice, submission_id: String, ids: RequestIds) -> Result<Told, Stopped> {
        let mut desk = self.desk(voice).desk;
        let (request_id, etag) = (ids.of(8), String::new());
        let fate = match &voice.fate {
            Fate::Answer(text) => {
                let request = AnswerSubmissionRequest { request_id, submission_id, etag, text: (*text).to_owned() };
                desk.answer_submission(patient(request)).await?;
                "answered"
            }
            Fate::Praise(summary) => {
                let (unit_id, summary) = (voice.unit.to_owned(), (*summary).to_owned());
                let request = AcknowledgePraiseRequest { request_id, submission_id, etag, unit_id, summary };
                desk.acknowledge_praise(patient(request)).await?;
                "praised"
            }
            Fate::Split => {
                let part = |kind: SubmissionKind, text: &str| Part {
                    kind: kind as i32,
                    title: text.to_owned(),
                    text: text.to_owned(),
                    unit_id: voice.unit.to_owned(),
                };
                let parts = vec![
                    part(SubmissionKind::Suggestion, "建议在村口装减速带"),
                    part(SubmissionKind::Demand, "要求告知盗窃案的结果"),
                ];
                let request = SplitSubmissionRequest { request_id, submission_id, etag, parts };
                desk.split_submission(patient(request)).await?;
                "split"
            }
            Fate::Case { book, track, lead, title } => {
                return self.register(voice, submission_id, ids, (*book, *track, lead, title)).await;
            }
        };
        Ok(vec![("fate", fate.to_owned()), ("unit", voice.unit.to_owned()), ("number", String::new())])
    }

    async fn register(
        &self,
        voice: &Voice,
        submission_id: String,
        ids: RequestIds,
        (book, track, lead, title): (Book, Track, &str, &str),
    ) -> Result<Told, Stopped> {
        let desk = self.desk(voice);
        let complained = voice.kind == SubmissionKind::Complaint && voice.unit != lead;
        let proposal = Proposal {
            book: book as i32,
            track: track as i32,
            title: title.to_owned(),
            summary: title.to_owned(),
            lead_unit_id: lead.to_owned(),
            accused_unit_ids: complained.then(|| voice.unit.to_owned()).into_iter().collect(),
            accused_person_ids: Vec::new(),
        };
        let case_id = propose(&desk, ids.of(8), &submission_id, proposal).await?;
        let request = RegisterCaseRequest { request_id: ids.of(9), case_id, etag: String::new() };
        let case = self.chief(lead).direction.register_case(patient(request)).await?.into_inner().case.unwrap_or_default();
        let in_place = case.book() == book && case.origin() == voice.channel && case.lead_unit_id == lead;
        ensure("the case in its book, by its origin and with its unit", in_place)?;
        Ok(vec![("fate", "registered".to_owned()), ("unit", lead.to_owned()), ("number", case.number)])
    }
}

impl Journey for Voices {
    fn title(&self) -> &'static str {
        "journey-voices"
    }

    fn steps(&self) -> Vec<&'static str> {
        vec!["voice-taken"; VOICES.len()]
    }

    async fn step(&mut self, index: usize) -> Result<Told, Stopped> {
        let voice = &VOICES[index];
        let ids = self.ids.part(index as u128);
        let submission_id = self.hear(voice, ids).await?;
        let told = self.triage(voice, submission_id, ids).await?;
        let origin = voice.channel.as_str_name().to_owned();
        Ok([vec![("voice", voice.id.to_owned()), ("origin", origin)], told].concat())
    }
}
