//! Finding cases over the public methods: by everything that they are, by their words, and what says much the same.

use std::time::Duration;

use sanben_access::Role;
use sanben_clock::{Clock, Ts};
use sanben_host::timestamp;
use sanben_proto::intake::{
    DetachSubmissionRequest, DetachSubmissionResponse, GetSubmissionRequest, GetSubmissionResponse, SubmissionKind,
};
use sanben_proto::kinds::{Book, Channel, LegalPath, Track};
use sanben_proto::ledger::*;

use crate::clocks::contact;
use crate::matter::{Bench, COMPLAINT, DEMAND, Matter, Spec, Stage, new_id};
use crate::papers::{issue, notice};
use crate::start::{BOTH, Suite};
use crate::wire::{Ask, Who, ZH};

const STATION: &str = "lianhu-beiyuanmen";
const DAY_SECS: u64 = 24 * 3600;
const FOUND_SECS_MAX: u64 = 60;
/// Neither case nor words of the person complained about ever come out by it.
const ACCUSED: &str = "p-accused";
const SUGGESTION: Spec = Spec {
    kind: SubmissionKind::Suggestion,
    unit: "beilin",
    book: Book::Suggestion,
    track: Track::Suggestion,
    title: "建议增设停车泊位ＡＢ区",
    lead: "beilin-nandajie",
    ..DEMAND
};

fn asking(filter: CaseFilter) -> ListCasesRequest {
    ListCasesRequest { filter: Some(filter), ..ListCasesRequest::default() }
}

fn text(text: &str) -> CaseFilter {
    CaseFilter { text: text.to_owned(), ..CaseFilter::default() }
}

/// Page by page.
async fn listed(bench: &Bench, who: &Who, request: &ListCasesRequest, page_size: i32) -> Vec<Case> {
    let (mut all, mut page_token) = (Vec::new(), String::new());
    loop {
        let request = ListCasesRequest { page_size, page_token, ..request.clone() };
        let page: ListCasesResponse = bench.wire.ok(who, &request).await;
        all.extend(page.cases);
        page_token = page.next_page_token;
        if page_token.is_empty() {
            return all;
        }
    }
}

async fn check(bench: &Bench, who: &Who, request: &ListCasesRequest, expected: &[&Matter]) {
    let expected: Vec<&str> = expected.iter().map(|matter| matter.case_id.as_str()).collect();
    for page_size in [1, 0] {
        let found = listed(bench, who, request, page_size).await;
        let found: Vec<&str> = found.iter().map(|case| case.case_id.as_str()).collect();
        assert_eq!(found, expected, "{request:?} of {}", who.name);
    }
}

async fn party(bench: &Bench, matter: &Matter) -> String {
    let request = GetSubmissionRequest { submission_id: matter.submission_id.clone() };
    let found: GetSubmissionResponse = bench.wire.ok(&bench.desk(), &request).await;
    found.submission.unwrap_or_default().party_ref
}

#[tokio::test(flavor = "multi_thread")]
async fn cases_are_found_by_everything_that_they_are() {
    for engine in BOTH {
        let at = Ts::parse("2026-03-02T02:00:00Z").expect("an instant");
        let clock = Clock::fake(at);
        let bench = Bench::of(Suite::with_clock(engine, clock.clone()).await).await;
        let tick = || clock.advance(Duration::from_secs(60)).expect("a fake clock");
        let demand = bench.matter(&DEMAND, Stage::Undertaken).await;
        let own = TakeCaseOwnershipRequest {
            request_id: new_id(),
            case_id: demand.case_id.clone(),
            etag: String::new(),
            duty: PersonalDuty::Petition as i32,
        };
        let _: TakeCaseOwnershipResponse = bench.wire.ok(&bench.chief("lianhu"), &own).await;
        // What is left to be near or over is that it is finished.
        let spoken = async |matter: &Matter| {
            let _: RecordContactResponse = bench.wire.ok(&bench.desk(), &contact(matter)).await;
        };
        spoken(&demand).await;
        let _: IssuePaperResponse = bench.wire.ok(&bench.chief("lianhu"), &issue(&demand, "", notice(LegalPath::Petition))).await;
        tick();
        let complaint = bench.matter(&COMPLAINT, Stage::Registered).await;
        spoken(&complaint).await;
        tick();
        let suggestion = bench.matter(&SUGGESTION, Stage::Proposed).await;
        spoken(&suggestion).await;
        clock.advance(Duration::from_secs(48 * DAY_SECS)).expect("a fake clock");
        let late = clock.now();
        let fresh = bench.matter(&DEMAND, Stage::Proposed).await;
        spoken(&fresh).await;
        let [a, b, c, d] = [&demand, &complaint, &suggestion, &fresh];
        let city = bench.office("city");
        let none = CaseFilter::default;
        let states = |states: &[CaseState]| states.iter().map(|state| *state as i32).collect();
        let rows: Vec<(CaseFilter, Vec<&Matter>)> = vec![
            (none(), vec![d, c, b, a]),
            (CaseFilter { book: Book::Demand as i32, ..none() }, vec![d, a]),
            (CaseFilter { states: states(&[CaseState::Proposed]), ..none() }, vec![d, c]),
            (CaseFilter { states: states(&[CaseState::Registered, CaseState::Undertaken]), ..none() }, vec![b, a]),
            (CaseFilter { book: Book::Demand as i32, states: states(&[CaseState::Proposed]), ..none() }, vec![d]),
            (CaseFilter { unit_id: "lianhu".to_owned(), ..none() }, vec![d, b, a]),
            (CaseFilter { unit_id: "beilin".to_owned(), ..none() }, vec![c]),
            (CaseFilter { unit_id: "beilin-nandajie".to_owned(), ..none() }, vec![c]),
            (CaseFilter { unit_id: STATION.to_owned(), ..none() }, vec![]),
            (CaseFilter { unit_id: "city".to_owned(), ..none() }, vec![d, c, b, a]),
            (CaseFilter { origin: Channel::Online as i32, ..none() }, vec![d, c, b, a]),
            (CaseFilter { origin: Channel::Letter as i32, ..none() }, vec![]),
            (CaseFilter { track: Track::Accusation as i32, ..none() }, vec![b]),
            (CaseFilter { colour: Colour::Green as i32, ..none() }, vec![d]),
            (CaseFilter { colour: Colour::Yellow as i32, ..none() }, vec![b, a]),
            (CaseFilter { colour: Colour::Red as i32, ..none() }, vec![c]),
            (CaseFilter { colour: Colour::Yellow as i32, book: Book::Demand as i32, ..none() }, vec![a]),
            (CaseFilter { due_by: "2026-03-01".to_owned(), ..none() }, vec![]),
            (CaseFilter { due_by: "2026-04-30".to_owned(), ..none() }, vec![c]),
            // Its person is told of the path by the same day.
            (CaseFilter { due_by: "2026-05-06".to_owned(), ..none() }, vec![d, c, b, a]),
            (CaseFilter { personal_duty: PersonalDuty::Petition as i32, ..none() }, vec![a]),
            (CaseFilter { personal_duty: PersonalDuty::Safety as i32, ..none() }, vec![]),
            (CaseFilter { owner_id: "p-lianhu-chief".to_owned(), ..none() }, vec![a]),
            (CaseFilter { handler_id: "p-lianhu-handler".to_owned(), ..none() }, vec![a]),
            (CaseFilter { handler_id: "p-lianhu-handler".to_owned(), book: Book::Suggestion as i32, ..none() }, vec![]),
            (CaseFilter { party_ref: party(&bench, a).await, ..none() }, vec![a]),
            (CaseFilter { party_ref: new_id(), ..none() }, vec![]),
            (text("停车"), vec![c]),
            (text("照明"), vec![d, a]),
            (text("ab"), vec![c]),
            // Both first, then what has one pair of them.
            (text("增设停车"), vec![c, d, a]),
            (CaseFilter { states: states(&[CaseState::Proposed]), ..text("照明") }, vec![d]),
            (CaseFilter { receive_from: Some(timestamp(late)), ..none() }, vec![d]),
            (CaseFilter { receive_until: Some(timestamp(late)), ..none() }, vec![c, b, a]),
            (CaseFilter { number: b.number.clone(), ..none() }, vec![b]),
            (CaseFilter { number: b.number.clone(), book: Book::Demand as i32, ..none() }, vec![]),
            (CaseFilter { door: Door::Confirmed as i32, ..none() }, vec![]),
        ];
        for (filter, expected) in rows {
            check(&bench, &city, &asking(filter.clone()), &expected).await;
            let below: Vec<&Matter> = expected.iter().copied().filter(|matter| matter.spec.lead == "lianhu").collect();
            check(&bench, &bench.office("lianhu"), &asking(filter), &below).await;
        }
        for (case, colour) in listed(&bench, &city, &asking(none()), 0).await.iter().zip([1, 3, 2, 2]) {
            assert_eq!(case.colour, colour, "{}", case.title);
        }
        // What is asked for in both places must hold in both.
        let old = |state: CaseState, book: Book| ListCasesRequest {
            state: state as i32,
            book: book as i32,
            ..asking(CaseFilter { states: states(&[CaseState::Registered, CaseState::Undertaken]), ..none() })
        };
        check(&bench, &city, &old(CaseState::Undertaken, Book::Unspecified), &[a]).await;
        check(&bench, &city, &old(CaseState::Proposed, Book::Unspecified), &[]).await;
        check(&bench, &city, &old(CaseState::Unspecified, Book::Complaint), &[b]).await;
        let contrary = ListCasesRequest { book: 1, ..asking(CaseFilter { book: 2, ..none() }) };
        check(&bench, &city, &contrary, &[]).await;
        for (filter, field) in [
            (CaseFilter { unit_id: "nowhere".to_owned(), ..none() }, "filter.unit_id"),
            (CaseFilter { due_by: "2026-02-30".to_owned(), ..none() }, "filter.due_by"),
            (text("照"), "filter.text"),
            (text("照，明！"), "filter.text"),
        ] {
            let refused = bench.wire.refused(&city, ZH, &Ask::of(&asking(filter))).await.why();
            assert_eq!(refused.fields, [field]);
            let reason = if field == "filter.unit_id" { "UNIT_UNKNOWN" } else { "INVALID_FIELDS" };
            assert_eq!(refused.reason, reason);
        }
        bench.end().await;
    }
}

/// A case that is sealed is not found by its person, and what leaves a case takes its person along.
#[tokio::test(flavor = "multi_thread")]
async fn only_what_is_not_sealed_is_found_by_its_person() {
    for engine in BOTH {
        let bench = Bench::on(engine).await;
        let open = bench.matter(&DEMAND, Stage::Registered).await;
        let before = bench.stores.settled().await;
        let sealed = bench.matter(&COMPLAINT, Stage::Registered).await;
        let _ = bench.joined_to(&sealed).await;
        let parties = |counts: &crate::rows::Counts| counts["ledger.case_parties"];
        assert_eq!(parties(&bench.stores.settled().await), parties(&before), "{engine:?}: no row at all");
        let other = bench.joined_to(&open).await;
        let by = async |matter: &Matter| asking(CaseFilter { party_ref: party(&bench, matter).await, ..CaseFilter::default() });
        check(&bench, &bench.office("lianhu"), &by(&open).await, &[&open]).await;
        check(&bench, &bench.office("lianhu"), &by(&other).await, &[&open]).await;
        let request = DetachSubmissionRequest {
            request_id: new_id(),
            submission_id: other.submission_id.clone(),
            etag: String::new(),
            reason: "说的不是同一件事。".to_owned(),
        };
        let _: DetachSubmissionResponse = bench.wire.ok(&bench.desk(), &request).await;
        bench.stores.settled().await;
        check(&bench, &bench.office("lianhu"), &by(&other).await, &[]).await;
        check(&bench, &bench.office("lianhu"), &by(&open).await, &[&open]).await;
        bench.end().await;
    }
}

/// Whatever is asked for, to whoever is complained about the answer is the one about nothing, to the last byte of the page token.
#[tokio::test(flavor = "multi_thread")]
async fn whoever_is_complained_about_finds_it_by_no_filter() {
    for engine in BOTH {
        let bench = Bench::on(engine).await;
        let about = Spec { title: "反映窗口收费不开发票", accused_persons: &[ACCUSED], ..COMPLAINT };
        let older = bench.matter(&DEMAND, Stage::Registered).await;
        let sealed = bench.matter(&about, Stage::Undertaken).await;
        let own = TakeCaseOwnershipRequest {
            request_id: new_id(),
            case_id: sealed.case_id.clone(),
            etag: String::new(),
            duty: PersonalDuty::Safety as i32,
        };
        let _: TakeCaseOwnershipResponse = bench.wire.ok(&bench.chief("lianhu"), &own).await;
        let newer = bench.matter(&DEMAND, Stage::Registered).await;
        let none = CaseFilter::default;
        let finds_it = [
            CaseFilter { book: Book::Complaint as i32, ..none() },
            CaseFilter { states: vec![CaseState::Undertaken as i32], ..none() },
            CaseFilter { track: Track::Accusation as i32, ..none() },
            CaseFilter { personal_duty: PersonalDuty::Safety as i32, ..none() },
            CaseFilter { owner_id: "p-lianhu-chief".to_owned(), ..none() },
            CaseFilter { handler_id: "p-lianhu-handler".to_owned(), ..none() },
            CaseFilter { number: sealed.number.clone(), ..none() },
            text("发票"),
            text("收费发票"),
        ];
        let accused = [(ACCUSED, "lianhu"), (ACCUSED, "city"), ("p-other", STATION)];
        let roles = [Role::Chief, Role::Office, Role::DeskOfficer];
        for (person, unit) in accused {
            let who = bench.wire.officer(person, unit, &roles);
            for filter in &finds_it {
                let filter = asking(filter.clone());
                check(&bench, &bench.wire.officer("p-x", "lianhu", &roles), &filter, &[&sealed]).await;
                let answer = bench.wire.ask(&who, ZH, &Ask::of(&filter)).await.expect("an answer");
                assert!(answer.is_empty(), "{engine:?}: {filter:?} tells {}", who.name);
            }
            // A page that would end with it ends as if it were not there.
            let seen: &[&Matter] = if unit == STATION { &[] } else { &[&newer, &older] };
            check(&bench, &who, &asking(none()), seen).await;
            check(&bench, &who, &asking(CaseFilter { colour: Colour::Green as i32, ..none() }), seen).await;
            check(&bench, &who, &asking(text("窗口照明")), seen).await;
            let ask = similar("反映窗口收费不开发票", "窗口收费不开发票", "");
            let answer: SuggestSimilarCasesResponse = bench.wire.ok(&who, &ask).await;
            assert!(answer.similar_cases.is_empty(), "{engine:?} {}", who.name);
        }
        let ask = similar("反映窗口收费不开发票", "窗口收费不开发票", "");
        let answer: SuggestSimilarCasesResponse = bench.wire.ok(&bench.chief("lianhu"), &ask).await;
        assert_eq!(answer.similar_cases.len(), 1, "{engine:?}: others do find it");
        bench.end().await;
    }
}

/// What the twenty said, as triage writes it, and a word of it; two characters but for the one who wrote English.
const VOICES: [(&str, &str); 20] = [
    ("崇阳路一直围挡不通，请求尽快协调打通", "围挡"),
    ("楼下烤鸭店油烟上冲，家里不敢开窗", "油烟"),
    ("商厦业主与物业的纠纷拖了十年，写字楼租不出去", "物业"),
    ("咨询无犯罪记录证明怎么办理，能否网上办", "犯罪"),
    ("深夜大排量摩托车炸街，影响老人孩子休息", "炸街"),
    ("建议核定学校周边路口标志标线和信号配时", "配时"),
    ("建议公开网上审批每一步的时限并推行全市通办", "审批"),
    ("建议建立警企联动机制，遇到合同诈骗有固定联系人", "警企"),
    ("希望到大学城做反诈和交通安全讲座，最好有英文版", "讲座"),
    ("Asks where to register a new address after moving to an apartment", "Apartment"),
    ("物流园夜里丢货，请指导监控照明布置并增加巡逻", "巡逻"),
    ("反映窗口态度差，材料齐全仍跑三趟", "态度"),
    ("小区门口隔离栏被撞坏，多次转办未处理", "隔离"),
    ("建议村口装减速带；询问盗窃案结果", "减速"),
    ("孩子在外地出生，落户材料说法不一", "落户"),
    ("感谢社区民警雨夜送走失老人回家", "雨夜"),
    ("老旧小区楼道堆放电动车，飞线充电有火灾隐患", "飞线"),
    ("出租屋内聚集收取老人养老投资，疑似非法集资", "集资"),
    ("聋人咨询丢失身份证补办，需要手语帮助", "手语"),
    ("伤害案当事人家属询问赔偿执行情况", "赔偿"),
];

#[tokio::test(flavor = "multi_thread")]
async fn each_of_the_twenty_voices_is_found_by_a_word_in_the_same_order_on_both_engines() {
    let mut orders = Vec::new();
    for engine in BOTH {
        let bench = Bench::on(engine).await;
        for (title, _) in VOICES {
            bench.matter(&Spec { title, ..DEMAND }, Stage::Proposed).await;
        }
        let city = bench.office("city");
        let mut order = Vec::new();
        for (title, word) in VOICES {
            let found = listed(&bench, &city, &asking(text(word)), 3).await;
            assert_eq!(found.first().map(|case| case.title.as_str()), Some(title), "{engine:?}: {word}");
        }
        // Words of several, of which each has its own number.
        for question in ["建议公开", "小区材料", "老人小区", "咨询办理窗口材料", "老人，夜里！register 10"]
        {
            order.push(
                listed(&bench, &city, &asking(text(question)), 2).await.into_iter().map(|case| case.title).collect::<Vec<_>>(),
            );
        }
        assert!(order.iter().all(|titles| titles.len() > 1), "{order:?}");
        orders.push(order);
        bench.end().await;
    }
    assert_eq!(orders[0], orders[1]);
}

fn similar(title: &str, summary: &str, lead: &str) -> SuggestSimilarCasesRequest {
    SuggestSimilarCasesRequest { title: title.to_owned(), summary: summary.to_owned(), lead_unit_id: lead.to_owned() }
}

/// At triage, with the reason for each; and nothing is changed by it.
#[tokio::test(flavor = "multi_thread")]
async fn what_says_much_the_same_is_suggested_with_the_reason() {
    for engine in BOTH {
        let bench = Bench::on(engine).await;
        let replied = bench.matter(&Spec { title: "崇阳路围挡影响通行", ..DEMAND }, Stage::Replied).await;
        let open =
            bench.matter(&Spec { title: "请求打通崇阳路围挡，园区员工绕行", lead: "beilin", ..DEMAND }, Stage::Registered).await;
        bench.matter(&Spec { title: "窗口排队时间过长", ..DEMAND }, Stage::Registered).await;
        let before = bench.stores.settled().await;
        let ask = similar("崇阳路围挡一直不通", "园区员工上下班绕行，请求打通崇阳路围挡。", "lianhu");
        let found: SuggestSimilarCasesResponse = bench.wire.ok(&bench.desk(), &ask).await;
        let found: Vec<_> = found
            .similar_cases
            .into_iter()
            .map(|one| (one.case.unwrap_or_default().case_id, one.words, one.same_lead_unit, one.joinable, one.replied))
            .collect();
        let words = |words: &[&str]| words.iter().map(|word| (*word).to_owned()).collect::<Vec<_>>();
        let expected = [
            (open.case_id.clone(), words(&["请求打通崇阳路围挡", "园区员工", "绕行"]), false, true, false),
            (replied.case_id.clone(), words(&["崇阳路围挡"]), true, false, true),
        ];
        assert_eq!(found, expected, "{engine:?}");
        bench.check_unchanged("a suggestion", &before).await;
        let elsewhere: SuggestSimilarCasesResponse = bench.wire.ok(&bench.chief("yanta"), &ask).await;
        assert!(elsewhere.similar_cases.is_empty(), "{engine:?}: out of reach");
        let nowhere = Ask::of(&similar("崇阳路围挡", "", "nowhere"));
        let refused = bench.wire.refused(&bench.desk(), ZH, &nowhere).await.why();
        assert_eq!((refused.reason.as_str(), refused.fields), ("UNIT_UNKNOWN", vec!["lead_unit_id".to_owned()]));
        let refused = bench.wire.refused(&bench.handler("lianhu"), ZH, &Ask::of(&ask)).await;
        assert_eq!(refused.code, tonic::Code::PermissionDenied);
        bench.end().await;
    }
}

/// Cases that an older version kept are found by everything soon after the start.
#[tokio::test(flavor = "multi_thread")]
async fn what_an_older_version_kept_is_found_again_after_the_start() {
    for engine in BOTH {
        let bench = Bench::on(engine).await;
        let open = bench.matter(&DEMAND, Stage::Undertaken).await;
        let sealed = bench.matter(&COMPLAINT, Stage::Registered).await;
        let by_party = CaseFilter { party_ref: party(&bench, &open).await, ..CaseFilter::default() };
        for sql in [
            "UPDATE case_reach SET led = 0, origin = 0, track = 0, handler = '', receive_time = 0, indexed = 0",
            "DELETE FROM case_terms",
            "DELETE FROM case_parties",
        ] {
            bench.stores.spoil("ledger", sql).await;
        }
        let Bench { suite, wire, stores } = bench;
        stores.close().await;
        drop(wire);
        let bench = Bench::of(suite.restarted().await).await;
        let city = bench.office("city");
        let again = async {
            while listed(&bench, &city, &asking(by_party.clone()), 0).await.is_empty()
                || listed(&bench, &city, &asking(text("窗口")), 0).await.is_empty()
            {}
        };
        tokio::time::timeout(Duration::from_secs(FOUND_SECS_MAX), again).await.expect("indexed again");
        let none = CaseFilter::default;
        for (filter, expected) in [
            (CaseFilter { unit_id: "lianhu".to_owned(), ..none() }, vec![&sealed, &open]),
            (CaseFilter { track: Track::Accusation as i32, ..none() }, vec![&sealed]),
            (CaseFilter { handler_id: "p-lianhu-handler".to_owned(), ..text("照明") }, vec![&open]),
            (by_party.clone(), vec![&open]),
        ] {
            check(&bench, &city, &asking(filter), &expected).await;
        }
        bench.end().await;
    }
}
