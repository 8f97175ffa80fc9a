//! 公文: numbered, versioned, read by the person with the receipt code; and more time, which comes with one.

use std::time::Duration;

use sanben_access::Role;
use sanben_clock::Clock;
use sanben_proto::kinds::paper::Content;
use sanben_proto::kinds::{Bulletin, LegalPath, Paper, PaperKind, PathNotice, PublicStep, SettlementAgreement, SettlementTerm};
use sanben_proto::ledger::issue_paper_request::Content as Given;
use sanben_proto::ledger::*;

use crate::joining::receipt;
use crate::matter::{Bench, COMPLAINT, DEMAND, Matter, Stage, new_id, report};
use crate::refusals::{LEDGER, Table};
use crate::roads::{case_of, told, urge};
use crate::start::{BOTH, Suite};
use crate::wire::{Ask, ZH};

const PAPERS_MAX: u32 = 200;
const DAY: Duration = Duration::from_secs(24 * 3600);

pub fn notice(path: LegalPath) -> Given {
    let (authority, explanation) = ("莲湖区人民法院".to_owned(), "请向法院申请执行。".to_owned());
    Given::PathNotice(PathNotice { path: path as i32, authority, explanation })
}

fn agreement(submission_id: &str) -> Given {
    agreement_of(submission_id, submission_id.is_empty(), "2026-12-31")
}

fn agreement_of(submission_id: &str, everybody: bool, due_date: &str) -> Given {
    let term = |party: &str, obligation: &str| SettlementTerm {
        party: party.to_owned(),
        obligation: obligation.to_owned(),
        due_date: due_date.to_owned(),
    };
    Given::SettlementAgreement(SettlementAgreement {
        matter: "路口照明".to_owned(),
        terms: vec![term("社区", "提供用电"), term("申请人", "不再反映同一事项")],
        submission_id: submission_id.to_owned(),
        everybody,
    })
}

pub fn bulletin() -> Given {
    Given::Bulletin(Bulletin { unit_ids: vec!["lianhu-beiyuanmen".to_owned()], text: "照明报修逾期未办。".to_owned() })
}

pub fn issue(matter: &Matter, corrects: &str, content: Given) -> IssuePaperRequest {
    let (request_id, case_id, etag) = (new_id(), matter.case_id.clone(), String::new());
    IssuePaperRequest { request_id, case_id, etag, corrects_number: corrects.to_owned(), content: Some(content) }
}

pub fn extend(matter: &Matter) -> ExtendCaseRequest {
    let (request_id, case_id, etag) = (new_id(), matter.case_id.clone(), String::new());
    ExtendCaseRequest { request_id, case_id, etag, days: 30, reason: "需要专业鉴定。".to_owned() }
}

fn without_opinion(matter: &Matter) -> ReportBackOnCaseRequest {
    ReportBackOnCaseRequest { opinion: None, ..report(matter) }
}

impl Bench {
    async fn papers(&self, matter: &Matter) -> Vec<Paper> {
        let request = ListPapersRequest { case_id: matter.case_id.clone(), ..ListPapersRequest::default() };
        let found: ListPapersResponse = self.wire.ok(&self.office("lianhu"), &request).await;
        found.papers
    }
}

/// What is refused.
pub async fn refusals(table: &mut Table<'_>) {
    let bench = table.bench;
    let (chief, handler) = (bench.chief("lianhu"), bench.handler("lianhu"));
    let undertaken = bench.matter(&DEMAND, Stage::Undertaken).await;
    let complaint = bench.matter(&COMPLAINT, Stage::Undertaken).await;
    let extended = bench.matter(&DEMAND, Stage::Registered).await;
    let _: ExtendCaseResponse = bench.wire.ok(&chief, &extend(&extended)).await;
    table.rule(LEDGER, "NOT_THE_HANDLER", &chief, Ask::of(&issue(&undertaken, "", agreement(""))));
    table.rule(LEDGER, "NOT_OF_THIS_CASE", &handler, Ask::of(&issue(&undertaken, "", agreement(&complaint.submission_id))));
    table.rule(LEDGER, "NOT_A_PETITION", &chief, Ask::of(&issue(&complaint, "", notice(LegalPath::Litigation))));
    table.rule(LEDGER, "NOT_A_PETITION", &chief, Ask::of(&extend(&complaint)));
    table.rule(LEDGER, "NOT_THE_CHIEF", &bench.chief("city"), Ask::of(&extend(&undertaken)));
    let both = bench.officer("lianhu", "handler", &[Role::Chief, Role::Handler]);
    table.rule(LEDGER, "NOT_THE_CHIEF", &both, Ask::of(&issue(&undertaken, "", notice(LegalPath::Litigation))));
    table.rule(LEDGER, "EXTENDED_ALREADY", &chief, Ask::of(&extend(&extended)));
    table.field(LEDGER, "OPINION_MISSING", &handler, Ask::of(&without_opinion(&undertaken)), &["opinion"]);
    let unknown = issue(&undertaken, "莲湖分局告知〔2026〕000000号", notice(LegalPath::Litigation));
    table.field(LEDGER, "PAPER_UNKNOWN", &chief, Ask::of(&unknown), &["corrects_number"]);

    let full = bench.matter(&DEMAND, Stage::Registered).await;
    for _ in 0..PAPERS_MAX {
        let _: IssuePaperResponse = bench.wire.ok(&chief, &issue(&full, "", bulletin())).await;
    }
    table.rule(LEDGER, "TOO_MANY_PAPERS", &chief, Ask::of(&issue(&full, "", bulletin())));
}

/// From the notice of the path to the written opinion: each has its number, a correction its version, and the person reads them.
#[tokio::test(flavor = "multi_thread")]
async fn papers_are_numbered_versioned_and_read_by_the_person() {
    for engine in BOTH {
        let bench = Bench::on(engine).await;
        let (chief, handler, office) = (bench.chief("lianhu"), bench.handler("lianhu"), bench.office("lianhu"));
        let mut matter = bench.matter(&DEMAND, Stage::Undertaken).await;
        let other = bench.joined_to(&matter).await;

        for (content, field) in [
            (None, "content"),
            (
                Some(Given::PathNotice(PathNotice {
                    path: LegalPath::Arbitration as i32,
                    authority: " ".to_owned(),
                    explanation: "。".to_owned(),
                })),
                "path_notice.authority",
            ),
            (Some(agreement("x")), "settlement_agreement.submission_id"),
            (Some(agreement_of("", false, "")), "settlement_agreement.submission_id"),
            (Some(agreement_of("x", true, "")), "settlement_agreement.submission_id"),
            (Some(agreement_of("", true, "2026-02-31")), "settlement_agreement.terms[0].due_date"),
            (
                Some(Given::Bulletin(Bulletin { unit_ids: vec!["nowhere".to_owned()], text: "。".to_owned() })),
                "bulletin.unit_ids[0]",
            ),
        ] {
            let request = IssuePaperRequest { content, ..issue(&matter, "", bulletin()) };
            let refused = bench.wire.refused(&chief, ZH, &Ask::of(&request)).await;
            assert_eq!(refused.why().fields, [field]);
        }

        let request = issue(&matter, "", notice(LegalPath::Litigation));
        let first: IssuePaperResponse = bench.wire.ok(&chief, &request).await;
        let again: IssuePaperResponse = bench.wire.ok(&chief, &request).await;
        assert_eq!(first, again, "{engine:?}: asked twice, issued once");
        let number = first.paper.expect("a paper").number;
        assert!(number.starts_with("莲湖分局告知〔") && number.ends_with('号'), "{number}");
        let corrected: IssuePaperResponse = bench.wire.ok(&handler, &issue(&matter, &number, notice(LegalPath::Petition))).await;
        let (case, paper) = (corrected.case.expect("a case"), corrected.paper.expect("a paper"));
        assert_eq!((paper.number.as_str(), paper.version, case.path()), (number.as_str(), 2, LegalPath::Petition));

        let own: IssuePaperResponse = bench.wire.ok(&handler, &issue(&matter, "", agreement(&other.submission_id))).await;
        let own = own.paper.expect("a paper").number;
        let _: IssuePaperResponse = bench.wire.ok(&chief, &issue(&matter, "", bulletin())).await;
        let letter = UrgeCaseRequest { form: UrgeForm::Letter as i32, ..urge(&matter, "lianhu") };
        let _: UrgeCaseResponse = bench.wire.ok(&chief, &letter).await;
        let letter = bench.papers(&matter).await.pop().expect("a paper");
        assert!(letter.number.starts_with("莲湖分局提醒〔") && letter.kind() == PaperKind::ReminderLetter, "{letter:?}");

        // The draft of an opinion that was sent back is a version, and never read outside.
        let _: ReportBackOnCaseResponse = bench.wire.ok(&handler, &report(&matter)).await;
        let drafts =
            |papers: &[Paper]| papers.iter().filter(|one| one.number.is_empty()).map(|one| one.version).collect::<Vec<_>>();
        assert_eq!(drafts(&bench.papers(&matter).await), [1], "{engine:?}: whoever reviews it reads it");
        let second = bench.officer("lianhu", "handler-2", &[Role::Handler]);
        let back = ReviewReplyRequest { reason: "依据不足。".to_owned(), ..crate::matter::review(&matter, false) };
        let _: ReviewReplyResponse = bench.wire.ok(&second, &back).await;
        bench.advance(&mut matter, Stage::Undertaken, Stage::Approved).await;
        bench.stores.settled().await;
        let shown = receipt(&bench, &matter).await;
        assert_eq!(shown.papers.iter().map(Paper::kind).collect::<Vec<_>>(), [PaperKind::PathNotice], "{engine:?}: no draft");
        assert!(shown.steps.iter().any(|step| step.step() == PublicStep::PaperIssued));
        bench.advance(&mut matter, Stage::Approved, Stage::Replied).await;
        bench.stores.settled().await;

        let papers = bench.papers(&matter).await;
        assert_eq!(drafts(&papers), [1], "{engine:?}: the second draft was issued");
        let shown = receipt(&bench, &matter).await.papers;
        let kinds = [PaperKind::PathNotice, PaperKind::HandlingOpinion];
        assert_eq!(shown.iter().map(Paper::kind).collect::<Vec<_>>(), kinds, "{engine:?}: and nothing of the bureau's own");
        assert!(shown.iter().all(|paper| !paper.number.is_empty() && paper.issue_time.is_some() && paper.unit_id == "lianhu"));
        let Some(Content::HandlingOpinion(opinion)) = &shown[1].content else { panic!("{:?}", shown[1]) };
        assert_eq!((opinion, shown[1].version), (&crate::matter::opinion(), 1));
        let of_the_other = receipt(&bench, &other).await.papers;
        assert_eq!(of_the_other.len(), 3, "{engine:?}: an agreement is for who is a party to it");
        assert!(of_the_other.iter().any(|paper| paper.number == own));
        assert_eq!(papers.len(), 7, "{engine:?}: office sees all: {papers:?}");
        let mut paged = Vec::new();
        let mut page_token = String::new();
        loop {
            let request = ListPapersRequest { case_id: matter.case_id.clone(), page_size: 3, page_token };
            let page: ListPapersResponse = bench.wire.ok(&office, &request).await;
            paged.extend(page.papers);
            page_token = page.next_page_token;
            if page_token.is_empty() {
                break;
            }
        }
        assert_eq!(paged, papers, "{engine:?}: page by page the same");
        bench.end().await;
    }
}

/// 信访工作条例 34: lawful, and never shown as overdue; the person is told why and until when.
#[tokio::test(flavor = "multi_thread")]
async fn a_petition_is_given_more_time_once_and_in_time() {
    for engine in BOTH {
        let bench = Bench::of(Suite::with_clock(engine, Clock::fake(Clock::system().now())).await).await;
        let chief = bench.chief("lianhu");
        let (matter, late) = (bench.matter(&DEMAND, Stage::Undertaken).await, bench.matter(&DEMAND, Stage::Undertaken).await);
        let before = case_of(&bench, &matter).await;
        assert!(before.due.as_ref().is_some_and(|due| !due.date.is_empty()));
        let given: ExtendCaseResponse = bench.wire.ok(&chief, &extend(&matter)).await;
        let (case, paper) = (given.case.expect("a case"), given.paper.expect("a paper"));
        let due = case.due.expect("a day").date;
        assert!(due > before.due.expect("a day").date && case.extension_days == 30);
        let Some(Content::ExtensionNotice(said)) = paper.content else { panic!("{paper:?}") };
        assert_eq!((said.days, said.due_date.as_str(), said.reason.as_str()), (30, due.as_str(), "需要专业鉴定。"));
        bench.stores.settled().await;
        let shown = receipt(&bench, &matter).await;
        assert_eq!((shown.due_date, shown.papers.len()), (due, 1), "{engine:?}: the person sees the new day and why");
        assert!(shown.steps.iter().any(|step| step.step() == PublicStep::PaperIssued));
        let handler = bench.handler("lianhu");
        assert!(told(&bench, &handler, &matter).await.iter().any(|key| key == "result-extended"), "{engine:?}");

        bench.suite.clock.advance(80 * DAY).expect("a fake clock");
        let chief = bench.chief("lianhu");
        let refused = bench.wire.refused(&chief, ZH, &Ask::of(&extend(&late))).await;
        assert_eq!(refused.why().reason, "EXTENSION_TOO_LATE", "{engine:?}: after the day it comes too late");
        let seen = GetCaseRequest { case_id: late.case_id.clone() };
        let seen: GetCaseResponse = bench.wire.ok(&chief, &seen).await;
        let open = seen.case.expect("a case");
        assert!(!open.open_verbs().any(|verb| verb == CaseVerb::Extend), "{engine:?}: and is not offered");
        bench.end().await;
    }
}
