use sanben_access::Role;
use sanben_clock::Clock;
use sanben_proto::intake::{Proposal, SubmissionKind};
use sanben_proto::kinds::{Book, PublicStep, Track, Verdict};
use sanben_proto::liaison::*;

use super::road::{self, Road, confirm};
use super::{Journey, RequestIds, Spoken, Stopped, Told, propose, receipt_with, until};
use crate::client::{Somebody, Town, patient};

const UNIT: &str = "yanta";
const OFFICER: &str = "p-yanta-liaison";
const WORDS: &str = "我们物流园夜里丢过三次货，想请派出所帮助看看监控和照明怎么布置，并增加夜间巡逻。";

/// A liaison visit (v11): what was heard becomes a submission and a case, and the officer sees its fate when it ends.
#[derive(Clone, Debug)]
pub struct Visit {
    town: Town,
    ids: RequestIds,
    road: Road,
    spoken: Spoken,
    today: String,
    pair_id: String,
    visit_id: String,
    submission_id: String,
    receipt_code: String,
}

const FIRST: [&str; 5] = ["pair-created", "visit-planned", "visit-made", "voice-heard", "voice-proposed"];
const LAST: [&str; 1] = ["officer-sees-fate"];

impl Visit {
    pub fn new(town: Town, ids: RequestIds, clock: &Clock) -> Visit {
        let road = Road {
            town: town.clone(),
            ids: ids.part(1),
            unit: UNIT,
            assisting: &["zhian"],
            instruction: "请上门查看园区监控与照明，提出布置方案，并安排夜间巡逻。",
            report: "已与园区共同确定监控点位十二处、照明八处，夜间巡逻纳入网格，走访期间未再发案。",
            reply: "我们已和园区一起确定监控与照明点位，夜间巡逻已排班，每晚两次，联系民警随时可找。",
            publication: (true, "园区公告栏，巡逻安排及联系民警"),
            case_id: String::new(),
        };
        let today = clock.now().date().to_string();
        let none = String::new;
        let spoken = Spoken {
            words: WORDS.to_owned(),
            place: "雁南物流园".to_owned(),
            name: "雁南物流园".to_owned(),
            contact: "园区安保部".to_owned(),
            ..Spoken::default()
        };
        Visit { town, ids, road, spoken, today, pair_id: none(), visit_id: none(), submission_id: none(), receipt_code: none() }
    }

    /// With other words.
    #[must_use]
    pub fn saying(mut self, spoken: Spoken) -> Visit {
        self.spoken = spoken;
        self
    }

    fn officer(&self) -> Somebody {
        self.town.officer(OFFICER, UNIT, &[Role::LiaisonOfficer])
    }

    async fn first(&mut self, index: usize) -> Result<Told, Stopped> {
        let request_id = self.ids.of(index);
        let mut liaison = self.officer();
        match index {
            0 => {
                let party = self.spoken.party();
                let kind = ContactKind::Organisation as i32;
                let request = CreatePairRequest { request_id, kind, party: Some(party), interval_days: 30 };
                self.pair_id = liaison.pairs.create_pair(patient(request)).await?.into_inner().pair.unwrap_or_default().pair_id;
            }
            1 => {
                let request = PlanVisitRequest { request_id, pair_id: self.pair_id.clone(), plan_date: self.today.clone() };
                self.visit_id = liaison.visits.plan_visit(patient(request)).await?.into_inner().visit.unwrap_or_default().visit_id;
            }
            2 => {
                let visit_id = self.visit_id.clone();
                let request = RecordVisitRequest { request_id, visit_id, etag: String::new(), mode: VisitMode::Workplace as i32 };
                liaison.visits.record_visit(patient(request)).await?;
            }
            3 => self.hear(&mut liaison, request_id).await?,
            _ => self.propose(request_id).await?,
        }
        Ok(vec![("unit", UNIT.to_owned())])
    }

    async fn hear(&mut self, liaison: &mut Somebody, request_id: String) -> Result<(), Stopped> {
        let carried = CarriedVoice {
            kind: SubmissionKind::Demand as i32,
            text: self.spoken.words.clone(),
            place: self.spoken.place.clone(),
            language: "zh-CN".to_owned(),
        };
        let request = RecordVoiceRequest {
            request_id,
            visit_id: self.visit_id.clone(),
            etag: String::new(),
            solved_note: String::new(),
            carried: Some(carried),
        };
        let answer = liaison.visits.record_voice(patient(request)).await?.into_inner();
        self.submission_id = answer.voice.unwrap_or_default().submission_id;
        self.receipt_code = answer.receipt_code;
        Ok(())
    }

    async fn propose(&mut self, request_id: String) -> Result<(), Stopped> {
        let desk = self.town.officer("p-yanta-desk", UNIT, &[Role::DeskOfficer]);
        let proposal = Proposal {
            book: Book::Demand as i32,
            track: Track::Petition as i32,
            title: "物流园请求指导技防并增加夜间巡逻".to_owned(),
            summary: "物流园夜间多次被盗，请求指导监控照明布置并增加夜间巡逻。".to_owned(),
            lead_unit_id: UNIT.to_owned(),
            ..Proposal::default()
        };
        self.road.case_id = propose(&desk, request_id, &self.submission_id, proposal).await?;
        Ok(())
    }

    async fn fate(&self) -> Result<Told, Stopped> {
        let liaison = self.officer().visits;
        let voice = until("the fate on the officer's visit", async || {
            let request = GetVisitRequest { visit_id: self.visit_id.clone() };
            let visit = liaison.clone().get_visit(patient(request)).await?.into_inner().visit.unwrap_or_default();
            Ok(visit.voices.into_iter().find(|voice| voice.fate() == VoiceFate::Archived))
        })
        .await?;
        Ok(vec![("outcome", voice.outcome().as_str_name().to_owned())])
    }
}

impl Journey for Visit {
    fn title(&self) -> &'static str {
        "journey-visit"
    }

    fn steps(&self) -> Vec<&'static str> {
        [FIRST.as_slice(), &road::STEPS, &["citizen-satisfied"], &road::LAST_STEPS, &LAST].concat()
    }

    async fn step(&mut self, index: usize) -> Result<Told, Stopped> {
        match index {
            0..=4 => self.first(index).await,
            5..=14 => self.road.step(index - 5).await,
            15 => {
                let citizen = self.town.citizen();
                receipt_with(&citizen, &self.receipt_code, PublicStep::Replied).await?;
                confirm(&citizen, self.ids.of(index), &self.receipt_code, Verdict::Satisfied).await?;
                Ok(Vec::new())
            }
            16 | 17 => self.road.last_step(index - 16).await,
            _ => self.fate().await,
        }
    }
}
