//! 复查、复核: superiors look at a reply; after the second it is final.

use std::time::Duration;

use sanben_clock::Clock;
use sanben_proto::intake::*;
use sanben_proto::kinds::PublicStep;
use sanben_proto::ledger::*;

use crate::joining::receipt;
use crate::matter::{Bench, COMPLAINT, DEMAND, Matter, Stage, new_id};
use crate::refusals::{INTAKE, LEDGER, Table};
use crate::roads::{case_of, told};
use crate::start::{BOTH, Suite};
use crate::wire::{Ask, Wire, ZH};

const DAY: Duration = Duration::from_secs(24 * 3600);

pub fn appeal(matter: &Matter) -> AppealReplyRequest {
    let receipt_code = matter.receipt_code.clone();
    AppealReplyRequest { request_id: new_id(), receipt_code, reason: "回复没有说到点子上。".to_owned(), part: 0 }
}

pub fn decide(matter: &Matter, upheld: bool, superior: Option<Superior>) -> DecideAppealRequest {
    let (request_id, case_id, etag) = (new_id(), matter.case_id.clone(), String::new());
    let text = if upheld {
        "原处理意见事实清楚，予以维持。"
    } else {
        "原处理意见依据不足，退回重新办理。"
    };
    DecideAppealRequest { request_id, case_id, etag, upheld: Some(upheld), text: text.to_owned(), superior }
}

pub fn outside() -> Option<Superior> {
    let (authority, document_number) = ("省公安厅".to_owned(), "陕公复核〔2026〕3号".to_owned());
    Some(Superior { authority, document_number, document_date: "2026-01-05".to_owned() })
}

fn hearing(matter: &Matter, from: &str, to: &str) -> RecordHearingRequest {
    let (request_id, case_id, etag) = (new_id(), matter.case_id.clone(), String::new());
    let text = "听取了双方意见。".to_owned();
    RecordHearingRequest { request_id, case_id, etag, from_date: from.to_owned(), to_date: to.to_owned(), text }
}

impl Bench {
    async fn appealed(&self, stage: Stage) -> Matter {
        let matter = self.matter(&DEMAND, stage).await;
        let _: AppealReplyResponse = self.wire.ok(&Wire::anonymous(), &appeal(&matter)).await;
        self.stores.settled().await;
        matter
    }

    /// Both looks taken.
    async fn finally_decided(&self) -> Matter {
        let matter = self.appealed(Stage::Replied).await;
        let city = self.chief("city");
        let _: DecideAppealResponse = self.wire.ok(&city, &decide(&matter, true, None)).await;
        self.stores.settled().await;
        let _: AppealReplyResponse = self.wire.ok(&Wire::anonymous(), &appeal(&matter)).await;
        self.stores.settled().await;
        let _: DecideAppealResponse = self.wire.ok(&city, &decide(&matter, true, outside())).await;
        self.stores.settled().await;
        matter
    }
}

/// What is refused.
pub async fn refusals(table: &mut Table<'_>) {
    let bench = table.bench;
    let (citizen, city) = (Wire::anonymous(), bench.chief("city"));
    let (quiet, waits) = (bench.matter(&DEMAND, Stage::Replied).await, bench.appealed(Stage::StruckOff).await);
    let complaint = bench.matter(&COMPLAINT, Stage::Replied).await;
    let decided = bench.finally_decided().await;
    table.rule(INTAKE, "NOTHING_TO_APPEAL", &citizen, Ask::of(&appeal(&complaint)));
    table.rule(INTAKE, "NOTHING_TO_APPEAL", &citizen, Ask::of(&appeal(&waits)));
    table.rule(INTAKE, "MATTER_IS_FINAL", &citizen, Ask::of(&appeal(&decided)));
    let again = ReopenCaseRequest {
        request_id: new_id(),
        receipt_code: decided.receipt_code.clone(),
        reason: "还是不满意。".to_owned(),
        part: 0,
    };
    table.rule(INTAKE, "MATTER_IS_FINAL", &citizen, Ask::of(&again));
    table.rule(LEDGER, "NO_OPEN_APPEAL", &city, Ask::of(&decide(&quiet, true, None)));
    table.rule(LEDGER, "NOT_THE_APPEAL_UNIT", &bench.chief("lianhu"), Ask::of(&decide(&waits, true, None)));
    let today = bench.suite.clock.now().date().to_string();
    table.rule(LEDGER, "NOT_THE_APPEAL_UNIT", &bench.office("lianhu"), Ask::of(&hearing(&waits, &today, &today)));
    let (request_id, case_id, etag) = (new_id(), waits.case_id.clone(), String::new());
    table.rule(LEDGER, "APPEAL_OPEN", &bench.office("lianhu"), Ask::of(&ArchiveCaseRequest { request_id, case_id, etag }));
}

/// From the reply to the end: heard, upheld, looked at once more by the superior outside, final. The person reads each decision.
#[tokio::test(flavor = "multi_thread")]
async fn a_reply_is_looked_at_twice_and_then_final() {
    for engine in BOTH {
        let clock = Clock::fake(Clock::system().now());
        let bench = Bench::of(Suite::with_clock(engine, clock).await).await;
        let matter = bench.matter(&DEMAND, Stage::Replied).await;
        assert!(receipt(&bench, &matter).await.appeal_deadline.is_some(), "{engine:?}: the person sees by when");
        let request = appeal(&matter);
        for _ in 0..2 {
            let asked: AppealReplyResponse = bench.wire.ok(&Wire::anonymous(), &request).await;
            assert!(asked.receipt.expect("a receipt").steps.iter().any(|step| step.step() == PublicStep::Appealed), "{engine:?}");
        }
        bench.stores.settled().await;
        assert!(receipt(&bench, &matter).await.appeal_deadline.is_none(), "{engine:?}: one at a time");
        let case = case_of(&bench, &matter).await;
        let open = &case.appeals[0];
        assert_eq!((open.step(), open.unit_id.as_str(), open.superior_needed), (AppealStep::Review, "city", false));
        let city = bench.chief("city");
        assert!(told(&bench, &city, &matter).await.iter().any(|key| key == "duty-decide-appeal"), "{engine:?}");
        let words = ReadWordsRequest { submission_id: matter.submission_id.clone(), purpose: "复查".to_owned() };
        let read: ReadWordsResponse = bench.wire.ok(&city, &words).await;
        assert_eq!(read.appeal_reasons, ["回复没有说到点子上。"], "{engine:?}: who decides reads what was said");

        // Days of a hearing do not count.
        let day = |after: u32| (bench.suite.clock.now().plus(DAY * after)).date().to_string();
        let office = bench.office("city");
        for (from, to, field) in
            [(day(1), day(0), "to_date"), (day(0), day(1), "to_date"), ("2020-01-01".to_owned(), day(0), "from_date")]
        {
            let refused = bench.wire.refused(&office, ZH, &Ask::of(&hearing(&matter, &from, &to))).await;
            assert_eq!(refused.why().fields, [field], "{from} {to}");
        }
        let before = open.due.clone().expect("a day").date;
        let hear = async |first: &str, last: &str| {
            let heard: RecordHearingResponse = bench.wire.ok(&bench.office("city"), &hearing(&matter, first, last)).await;
            let open = heard.case.expect("a case").appeals.remove(0);
            (open.hearing_days, open.due.expect("a day").date)
        };
        let days = [day(0), day(1), day(2)];
        assert_eq!(hear(&days[0], &days[0]).await, (1, before.clone()), "{engine:?}: the day of the asking is not counted anyhow");
        bench.suite.clock.advance(3 * DAY).expect("a fake clock");
        let later = hear(&days[1], &days[2]).await;
        assert!(later.0 == 3 && later.1 > before, "{engine:?}: {later:?}");
        assert_eq!(hear(&days[2], &days[2]).await, later, "{engine:?}: each day once");
        let (city, kind) = (bench.chief("city"), ClockKind::AppealDecision as i32);
        let explain = ExplainDeadlineRequest { case_id: matter.case_id.clone(), kind, ..ExplainDeadlineRequest::default() };
        let explained: ExplainDeadlineResponse = bench.wire.ok(&city, &explain).await;
        let explained = explained.explanation.expect("an explanation");
        let skipped = explained.stretches.iter().filter(|one| one.reason() == DayReason::Paused);
        assert_eq!(skipped.map(|one| [&one.first_date, &one.last_date]).collect::<Vec<_>>(), [[&days[1], &days[2]]]);
        assert!(explained.pauses.iter().all(|pause| pause.hearing && pause.person_id.is_empty()), "{engine:?}");
        assert!(explained.sentences.iter().any(|said| said.contains("听证，不计")), "{engine:?}: {:?}", explained.sentences);

        let _: DecideAppealResponse = bench.wire.ok(&city, &decide(&matter, true, None)).await;
        bench.stores.settled().await;
        let shown = receipt(&bench, &matter).await;
        assert!(shown.steps.iter().any(|step| step.step() == PublicStep::AppealDecided), "{engine:?}");
        assert_eq!(shown.appeals.len(), 1);
        assert_eq!((shown.appeals[0].rereview, shown.appeals[0].upheld), (false, true));
        assert!(shown.appeals[0].text.contains("予以维持") && shown.appeal_deadline.is_some(), "{engine:?}: once more");

        // The thirty days begin with the decision.
        bench.suite.clock.advance(20 * DAY).expect("a fake clock");
        let _: AppealReplyResponse = bench.wire.ok(&Wire::anonymous(), &appeal(&matter)).await;
        bench.stores.settled().await;
        let city = bench.chief("city");
        let unnamed = Ask::of(&decide(&matter, true, None));
        assert_eq!(bench.wire.refused(&city, ZH, &unnamed).await.why().reason, "SUPERIOR_MISSING");
        let last: DecideAppealResponse = bench.wire.ok(&city, &decide(&matter, true, outside())).await;
        assert!(last.case.expect("a case").r#final);
        bench.stores.settled().await;
        let shown = receipt(&bench, &matter).await;
        assert!(shown.appeals[1].rereview && shown.appeals[1].text.contains("省公安厅"), "{engine:?}: and who outside decided");
        assert!(!shown.reopen_allowed && shown.appeal_deadline.is_none(), "{engine:?}: final");
        bench.end().await;
    }
}

/// A superior who does not uphold a reply sends the case back, also from the archive; asked too late, nobody looks.
#[tokio::test(flavor = "multi_thread")]
async fn a_reply_that_is_not_upheld_goes_back_to_its_handler() {
    for engine in BOTH {
        let clock = Clock::fake(Clock::system().now());
        let bench = Bench::of(Suite::with_clock(engine, clock).await).await;
        let mut matter = bench.appealed(Stage::Archived).await;
        let sent_back: DecideAppealResponse = bench.wire.ok(&bench.chief("city"), &decide(&matter, false, None)).await;
        let case = sent_back.case.expect("a case");
        assert_eq!((case.state(), case.round, case.earlier_rounds.len()), (CaseState::Undertaken, 2, 1), "{engine:?}");
        bench.stores.settled().await;
        assert!(told(&bench, &bench.handler("lianhu"), &matter).await.iter().any(|key| key == "duty-reopened"));
        bench.advance(&mut matter, Stage::Undertaken, Stage::Replied).await;
        bench.stores.settled().await;
        let shown = receipt(&bench, &matter).await;
        assert!(!shown.appeals[0].upheld && shown.appeal_deadline.is_some(), "{engine:?}: the new reply may be looked at, too");
        bench.suite.clock.advance(40 * DAY).expect("a fake clock");
        let late = bench.wire.refused(&Wire::anonymous(), ZH, &Ask::of(&appeal(&matter))).await;
        assert_eq!(late.why().reason, "TOO_LATE_TO_APPEAL", "{engine:?}");
        bench.end().await;
    }
}
