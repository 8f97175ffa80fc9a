use sanben_access::Role;
use sanben_proto::intake::*;
use sanben_proto::kinds::{Book, Channel, PublicStep, Track, Verdict};

use super::road::{Road, judge};
use super::{Journey, RequestIds, Stopped, Told, ensure, notices_about, propose, receipt_with, until};
use crate::client::{Somebody, Town, patient};

const UNIT: &str = "baqiao";
const WORDS: &str = "第一，建议在我们村口装减速带；第二，去年我报的盗窃案到现在没有人告诉我结果，要求给个说法。";

/// One of the matters of the letter.
struct Matter {
    kind: SubmissionKind,
    book: Book,
    track: Track,
    title: &'static str,
    words: &'static str,
    report: &'static str,
    reply: &'static str,
}

const MATTERS: [Matter; 2] = [
    Matter {
        kind: SubmissionKind::Suggestion,
        book: Book::Suggestion,
        track: Track::Suggestion,
        title: "建议村口安装减速带",
        words: "建议在我们村口装减速带。",
        report: "已会同村委会现场勘查，村口坡道车速偏快，已申请安装减速带两处并设置警示标志。",
        reply: "您的建议很好。村口坡道将安装两处减速带和警示标志，月底前完工，欢迎监督。",
    },
    Matter {
        kind: SubmissionKind::Demand,
        book: Book::Demand,
        track: Track::Petition,
        title: "要求告知盗窃案办理结果",
        words: "去年我报的盗窃案到现在没有人告诉我结果，要求给个说法。",
        report: "已查明该案仍在侦办，未按规定告知进展；已由办案民警当面说明，并约定每月告知一次。",
        reply: "该案仍在侦办，此前没有向您告知进展，我们向您道歉。今后每月由办案民警主动告知一次。",
    },
];

/// A letter that mixes two matters (v14): split, handled and judged one by one, followed with one receipt code.
#[derive(Clone, Debug)]
pub struct MixedLetter {
    town: Town,
    ids: RequestIds,
    submission_id: String,
    receipt_code: String,
    parts: Vec<String>,
    cases: Vec<String>,
}

const STEPS: [&str; 9] = [
    "letter-received",
    "letter-split",
    "parts-proposed",
    "parts-registered",
    "parts-replied",
    "letter-looked-up",
    "parts-judged",
    "parts-closed",
    "letter-archived",
];

impl MixedLetter {
    pub fn new(town: Town, ids: RequestIds) -> MixedLetter {
        let none = String::new;
        MixedLetter { town, ids, submission_id: none(), receipt_code: none(), parts: Vec::new(), cases: Vec::new() }
    }

    fn desk(&self) -> Somebody {
        self.town.officer("p-baqiao-desk", UNIT, &[Role::DeskOfficer])
    }

    fn road(&self, index: usize) -> Road {
        Road {
            town: self.town.clone(),
            ids: self.ids.part(index as u128 + 1),
            unit: UNIT,
            assisting: &[],
            instruction: "请十五日内反馈。",
            report: MATTERS[index].report,
            reply: MATTERS[index].reply,
            publication: (true, "村务公开栏"),
            case_id: self.cases.get(index).cloned().unwrap_or_default(),
        }
    }

    async fn receive(&mut self, step: usize) -> Result<Told, Stopped> {
        let request = CreateSubmissionRequest {
            request_id: self.ids.of(step),
            kind: SubmissionKind::Petition as i32,
            channel: Channel::Letter as i32,
            text: WORDS.to_owned(),
            unit_id: UNIT.to_owned(),
            party: Some(Party { name: "来信村民".to_owned(), contact: "信封所留地址".to_owned(), ..Party::default() }),
            ..CreateSubmissionRequest::default()
        };
        let answer = self.desk().receipts.create_submission(patient(request)).await?.into_inner();
        self.submission_id = answer.submission_id;
        self.receipt_code = answer.receipt_code;
        Ok(vec![("unit", UNIT.to_owned()), ("receipt", self.receipt_code.clone())])
    }

    async fn split(&mut self, step: usize) -> Result<Told, Stopped> {
        let part = |matter: &Matter| Part {
            kind: matter.kind as i32,
            title: matter.title.to_owned(),
            text: matter.words.to_owned(),
            unit_id: UNIT.to_owned(),
        };
        let request = SplitSubmissionRequest {
            request_id: self.ids.of(step),
            submission_id: self.submission_id.clone(),
            etag: String::new(),
            parts: MATTERS.iter().map(part).collect(),
        };
        let answer = self.desk().desk.split_submission(patient(request)).await?.into_inner();
        self.parts = answer.parts.into_iter().map(|part| part.submission_id).collect();
        let state = answer.submission.unwrap_or_default().state();
        ensure("two parts of a split letter", state == SubmissionState::Split && self.parts.len() == MATTERS.len())?;
        Ok(vec![("count", self.parts.len().to_string())])
    }

    async fn propose(&mut self) -> Result<Told, Stopped> {
        let mut cases = Vec::new();
        for (index, (matter, submission_id)) in MATTERS.iter().zip(&self.parts).enumerate() {
            let proposal = Proposal {
                book: matter.book as i32,
                track: matter.track as i32,
                title: matter.title.to_owned(),
                summary: matter.title.to_owned(),
                lead_unit_id: UNIT.to_owned(),
                ..Proposal::default()
            };
            cases.push(propose(&self.desk(), self.ids.part(3).of(index), submission_id, proposal).await?);
        }
        self.cases = cases;
        Ok(vec![("unit", UNIT.to_owned())])
    }

    async fn register(&self) -> Result<Told, Stopped> {
        let mut numbers = Vec::new();
        for index in 0..MATTERS.len() {
            let told = self.road(index).step(0).await?;
            numbers.extend(told.into_iter().filter(|(name, _)| *name == "number").map(|(_, number)| number));
        }
        Ok(vec![("unit", UNIT.to_owned()), ("numbers", numbers.join("、"))])
    }

    async fn reply(&self) -> Result<Told, Stopped> {
        for index in 0..MATTERS.len() {
            let road = self.road(index);
            for step in 1..=7 {
                road.step(step).await?;
            }
        }
        Ok(vec![("unit", UNIT.to_owned())])
    }

    /// The receipt, once every part shows `step`.
    async fn receipt(&self, step: PublicStep) -> Result<Receipt, Stopped> {
        let citizen = self.town.citizen();
        let receipt = until("the parts on the receipt", async || {
            let request = GetReceiptRequest { receipt_code: self.receipt_code.clone() };
            let receipt = citizen.receipts.clone().get_receipt(patient(request)).await?.into_inner().receipt.unwrap_or_default();
            let there = |part: &Receipt| part.steps.iter().any(|seen| seen.step() == step);
            Ok(Some(receipt).filter(|receipt| receipt.parts.len() == MATTERS.len() && receipt.parts.iter().all(there)))
        });
        receipt.await
    }

    async fn look_up(&self) -> Result<Told, Stopped> {
        receipt_with(&self.town.citizen(), &self.receipt_code, PublicStep::Split).await?;
        let receipt = self.receipt(PublicStep::Replied).await?;
        for (part, matter) in receipt.parts.iter().zip(&MATTERS) {
            let text = part.reply.as_ref().map(|reply| reply.text.as_str());
            ensure("each part with its own reply", text == Some(matter.reply) && part.title == matter.title)?;
        }
        Ok(vec![("count", receipt.parts.len().to_string())])
    }

    async fn judge(&self) -> Result<Told, Stopped> {
        for (part, verdict) in [(1, Verdict::Satisfied), (2, Verdict::BasicallySatisfied)] {
            let request = GiveVerdictRequest {
                request_id: self.ids.part(4).of(part as usize),
                receipt_code: self.receipt_code.clone(),
                round: 1,
                verdict: verdict as i32,
                part,
            };
            judge(&self.town.citizen(), request).await?;
        }
        Ok(Vec::new())
    }

    async fn close(&self) -> Result<Told, Stopped> {
        for index in 0..MATTERS.len() {
            let road = self.road(index);
            notices_about(&road.officer("office", Role::Office), &road.case_id, "duty-complete", 1).await?;
            road.step(8).await?;
            road.step(9).await?;
            road.last_step(0).await?;
            road.last_step(1).await?;
        }
        Ok(vec![("unit", UNIT.to_owned())])
    }
}

impl Journey for MixedLetter {
    fn title(&self) -> &'static str {
        "journey-mixed-letter"
    }

    fn steps(&self) -> Vec<&'static str> {
        STEPS.to_vec()
    }

    async fn step(&mut self, index: usize) -> Result<Told, Stopped> {
        match index {
            0 => self.receive(index).await,
            1 => self.split(index).await,
            2 => self.propose().await,
            3 => self.register().await,
            4 => self.reply().await,
            5 => self.look_up().await,
            6 => self.judge().await,
            7 => self.close().await,
            _ => self.receipt(PublicStep::Archived).await.map(|_| Vec::new()),
        }
    }
}
