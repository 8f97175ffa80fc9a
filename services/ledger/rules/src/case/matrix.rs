//! The state × command matrix, printed so that an officer can read and correct it, and the refusals one by one.

mod checklists;
mod clocks;
mod co_handling;
mod duties;
mod handlers;
mod rungs;

use sanben_access::Role;
use sanben_clock::Ts;
use sanben_proto::kinds::{Book, Channel, LegalPath, Outcome, PaperKind, Track, Verdict};
use sanben_proto::ledger::{AccountabilityMeasure, AppealStep, CaseState, CaseVerb, Door, PersonalDuty, RecordKind, ReviewStep};
use uuid::Uuid;

use super::presets::Chosen;
use super::{
    Above, Accounted, By, Case, Command, Content, Event, Joined, Moved, Opening, Referral, Refusal, Repeat, Signature, State,
    Superior, Urging, appeal, apply, checklist, decide, verbs,
};

const NOW: Ts = Ts::from_micros(1_700_000_000_000_000);
const LATER: Ts = Ts::from_micros(1_800_000_000_000_000);
const SUBMISSION: Uuid = Uuid::nil();

fn opening() -> Opening {
    Opening {
        submissions: vec![SUBMISSION],
        book: Book::Complaint,
        track: Track::Accusation,
        origin: Channel::Online,
        title: "窗口服务态度".into(),
        summary: "群众反映窗口服务态度差".into(),
        lead_unit: "lianhu".into(),
        gate_unit: "lianhu".into(),
        gate_chain: vec!["lianhu".into(), "city".into()],
        accused_units: vec!["lianhu-beiyuanmen".into()],
        accused_persons: vec!["p-accused".into()],
        sealed: true,
        parties: 1,
        external: None,
        received: NOW,
        proposed: NOW,
        presets: Chosen::Shipped,
    }
}

fn by(person: &str, role: Role, signs: bool) -> By {
    By {
        person: person.into(),
        units: vec!["lianhu".into(), "city".into()],
        roles: vec![role],
        signature: signs.then(|| Signature { tenure: "t-lianhu-chief".into(), deputy: false }),
        above: Above { unit: "city".into(), superior_needed: false, signature: None },
        above_twice: Above { unit: "city".into(), superior_needed: true, signature: None },
        over_lead: Superior { units: vec!["city".into()], signature: None },
        own: None,
    }
}

/// One level up.
fn city_chief() -> By {
    let signature = Some(Signature { tenure: "t-city-chief".into(), deputy: false });
    By {
        above: Above { unit: "city".into(), superior_needed: false, signature: signature.clone() },
        above_twice: Above { unit: "city".into(), superior_needed: true, signature: signature.clone() },
        over_lead: Superior { units: vec!["city".into()], signature },
        ..by("p-city-chief", Role::Chief, false)
    }
}

fn duty_officer() -> By {
    by("p-duty", Role::DutyOfficer, false)
}

/// Of the assisting unit.
fn assistant() -> By {
    By { units: vec!["jiaojing".into(), "city".into()], ..by("p-jiaojing", Role::Handler, false) }
}

fn chief() -> By {
    by("p-chief", Role::Chief, true)
}

fn handler() -> By {
    by("p-handler", Role::Handler, false)
}

fn office() -> By {
    by("p-office", Role::Office, false)
}

fn leader() -> By {
    by("p-leader", Role::LeaderInCharge, false)
}

fn review_ok() -> Command {
    Command::Review { approve: true, criteria_met: true, reason: String::new() }
}

fn verdict(verdict: Verdict) -> Command {
    Command::RecordVerdict { submission: SUBMISSION, round: 1, verdict }
}

fn visit(verdict: Verdict) -> Command {
    Command::RecordReturnVisit { submission: SUBMISSION, round: 1, verdict }
}

fn hear(first: &str, last: &str) -> Command {
    let day = |text| super::clock::day(text).expect("a day");
    Command::RecordHearing { hearing: appeal::Hearing::of(day(first), day(last)) }
}

fn exception() -> Command {
    Command::StrikeOffByException { reason: "已穷尽办理措施，群众仍不确认".into(), superior: false }
}

fn assign() -> Command {
    let assisting = vec![vec!["jiaojing".into(), "city".into()]];
    Command::Assign { lead: vec!["lianhu".into(), "city".into()], assisting, assist_due: "2023-11-28".into() }
}

fn assign_urgently() -> Command {
    let assisting = vec![vec!["jiaojing".into(), "city".into()]];
    Command::AssignUrgently { lead: vec!["lianhu".into(), "city".into()], assisting }
}

fn replace(handler: &str) -> Command {
    Command::ReplaceHandler { handler: handler.into(), reason: "承办人病休".into() }
}

fn object() -> Command {
    Command::Object { reason: "不属于本单位管辖".into(), deadline: LATER }
}

fn decide_for(lead: Option<&[&str]>) -> Command {
    let lead = lead.map(|chain| chain.iter().map(|unit| (*unit).to_owned()).collect());
    Command::DecideObjection { lead, reason: "按管辖范围".into() }
}

fn register() -> Command {
    Command::Register { number: "投〔2023〕7F3K2Q".into(), checklists: checklist::shipped().to_vec() }
}

/// The rightful way of giving each verb, to a case of the first round.
fn rightful(verb: CaseVerb) -> (Command, By) {
    match verb {
        CaseVerb::Unspecified => unreachable!("no verb"),
        CaseVerb::Register => (register(), chief()),
        CaseVerb::Decline => (Command::Decline { reason: "不属于公安机关职责".into() }, chief()),
        CaseVerb::AssignUrgently => (assign_urgently(), duty_officer()),
        CaseVerb::Assign => (assign(), chief()),
        CaseVerb::Object => (object(), handler()),
        CaseVerb::DecideObjection => (decide_for(None), city_chief()),
        CaseVerb::ReplaceHandler => (replace("p-next"), office()),
        CaseVerb::Reclassify => {
            (Command::Reclassify { book: Book::Demand, track: Track::Petition, reason: "实为利益诉求".into() }, chief())
        }
        CaseVerb::Coordinate => (Command::Coordinate, chief()),
        CaseVerb::Urge => (Command::Urge { unit: "jiaojing".into(), due: "2023-11-20".into(), paper: None }, chief()),
        CaseVerb::AnswerUrge => (Command::AnswerUrge { number: 1 }, assistant()),
        CaseVerb::Contribute => (Command::Contribute, assistant()),
        CaseVerb::ReferToDiscipline => (Command::ReferToDiscipline, chief()),
        CaseVerb::AnswerReferral => (Command::AnswerReferral, by("p-supervisor", Role::Supervisor, false)),
        CaseVerb::AddRecord => (Command::AddRecord { kind: RecordKind::SiteSurvey }, handler()),
        CaseVerb::Undertake => (Command::Undertake, handler()),
        CaseVerb::ReportBack => (Command::ReportBack { outcome: Outcome::Supported, opinion: true }, handler()),
        CaseVerb::Review => (review_ok(), handler()),
        CaseVerb::Reply => (Command::Reply { verdict_deadline: LATER, opinion: "意见〔2023〕1".into() }, handler()),
        CaseVerb::RecordVerdict => (verdict(Verdict::Satisfied), by("service:sanben", Role::Service, false)),
        CaseVerb::RecordReturnVisit => (visit(Verdict::Satisfied), by("p-visitor", Role::Office, false)),
        CaseVerb::RecordPublication => (Command::RecordPublication { published: true }, office()),
        CaseVerb::ExamineAccountability => (examine(&["p-handler"]), office()),
        CaseVerb::StrikeOff => (Command::StrikeOff, chief()),
        CaseVerb::StrikeOffByException => (exception(), city_chief()),
        CaseVerb::Archive => (Command::Archive, office()),
        CaseVerb::Appeal => (ask(), by("anonymous", Role::Citizen, false)),
        CaseVerb::RecordHearing => (hear("2023-01-11", "2023-01-12"), of_the_city(office())),
        CaseVerb::DecideAppeal => (Command::DecideAppeal { upheld: true, superior: false }, city_chief()),
        CaseVerb::TakeOwnership => (Command::TakeOwnership { duty: PersonalDuty::Petition }, chief()),
        CaseVerb::LinkRepeat => (Command::LinkRepeat { earlier: Box::new(earlier()) }, office()),
        CaseVerb::IssuePaper => (notice(LegalPath::Petition), chief()),
        CaseVerb::Extend => (extend(LATER), chief()),
        CaseVerb::RecordContact => (Command::RecordContact, by("p-desk", Role::DeskOfficer, false)),
        CaseVerb::Pause => (clocks::pause(LATER), chief()),
        CaseVerb::Resume => (Command::Resume, chief()),
        CaseVerb::SignDraft => (rungs::sign(1), rungs::signer()),
        CaseVerb::DropDraft => (Command::DropDraft { number: 1, reason: "已约谈".into() }, rungs::signer()),
        CaseVerb::AskAuthority => (co_handling::ask_authority(), chief()),
        CaseVerb::AnswerCoHandling => (Command::AnswerCoHandling { number: 1 }, co_handling::system(co_handling::SYSTEM)),
        CaseVerb::Join => (Command::Join(joined()), by("service:ledger", Role::Service, false)),
        CaseVerb::Detach => (Command::Detach { submission: joined().submission }, by("service:ledger", Role::Service, false)),
        CaseVerb::Reopen => (Command::Reopen { submission: SUBMISSION, round: 1 }, by("anonymous", Role::Citizen, false)),
    }
}

/// 告知书.
fn notice(path: LegalPath) -> Command {
    Command::IssuePaper { content: Content::Path(path), number: "告知〔2023〕1".into(), corrects: false }
}

fn extend(due: Ts) -> Command {
    Command::Extend { days: 30, reason: "案情复杂，需要鉴定".into(), number: "延期〔2023〕1".into(), due }
}

/// A superior is asked to look at the reply of the first round.
fn ask() -> Command {
    Command::Appeal { submission: SUBMISSION, round: 1, deadline: LATER }
}

fn of_the_city(by: By) -> By {
    By { units: vec!["city".into()], ..by }
}

/// Received before, and replied to.
fn earlier() -> Case {
    let mut case = case_in(CaseState::Replied);
    case.id = Uuid::from_u128(7);
    case.opening.received = Ts::from_micros(NOW.micros() - 2);
    case
}

fn examine(persons: &[&str]) -> Command {
    let accounted = |person: &&str| Accounted { person: (*person).to_owned(), measure: AccountabilityMeasure::Reminder };
    Command::ExamineAccountability { persons: persons.iter().map(accounted).collect() }
}

/// Another one that says the same, received before.
fn joined() -> Joined {
    Joined { submission: Uuid::from_u128(1), received: Ts::from_micros(NOW.micros() - 1), parties: 99, external: None }
}

fn step(case: &mut Case, command: Command, by: &By) {
    let events = decide(case, command, by, NOW).unwrap_or_else(|refusal| panic!("{refusal:?} in {:?}", case.state));
    events.iter().for_each(|event| apply(case, event));
}

/// A case on the straight road, as far as `state`.
fn case_in(state: CaseState) -> Case {
    case_on(state, opening(), vec![rightful(CaseVerb::Register), rightful(CaseVerb::Assign)])
}

/// One that was assigned urgently, before the signature has followed.
fn urgent_in(state: CaseState) -> Case {
    case_on(state, Opening { track: Track::Urgent, ..opening() }, vec![rightful(CaseVerb::AssignUrgently)])
}

fn case_on(state: CaseState, opening: Opening, gate: Vec<(Command, By)>) -> Case {
    let mut case = Case::open(Uuid::nil(), opening.clone());
    apply(&mut case, &Event::Proposed(Box::new(opening)));
    let road = [
        rightful(CaseVerb::Undertake),
        rightful(CaseVerb::ReportBack),
        rightful(CaseVerb::Review),
        (review_ok(), office()),
        (review_ok(), leader()),
        rightful(CaseVerb::Reply),
        rightful(CaseVerb::RecordPublication),
        rightful(CaseVerb::ExamineAccountability),
        rightful(CaseVerb::RecordVerdict),
        rightful(CaseVerb::StrikeOff),
        rightful(CaseVerb::Archive),
    ];
    if state == CaseState::Declined {
        let (command, by) = rightful(CaseVerb::Decline);
        step(&mut case, command, &by);
        return case;
    }
    for (command, by) in gate.into_iter().chain(road) {
        if state == CaseState::Objected && case.state.named() == CaseState::Assigned {
            let (object, by) = rightful(CaseVerb::Object);
            step(&mut case, object, &by);
        }
        if case.state.named() == state && (state != CaseState::Replied || case.examined) {
            break;
        }
        step(&mut case, command, &by);
    }
    assert_eq!(case.state.named(), state);
    case
}

const STATES: [(CaseState, &str); 12] = [
    (CaseState::Proposed, "待建账"),
    (CaseState::Declined, "未予建账"),
    (CaseState::Registered, "已建账"),
    (CaseState::Assigned, "已交办"),
    (CaseState::Objected, "有异议"),
    (CaseState::Undertaken, "承办中"),
    (CaseState::Reported, "审核中"),
    (CaseState::Approved, "待回复"),
    (CaseState::Replied, "已回复"),
    (CaseState::Settled, "已办结"),
    (CaseState::StruckOff, "已销号"),
    (CaseState::Archived, "已归档"),
];

fn name_of(state: CaseState) -> &'static str {
    STATES.iter().find(|(known, _)| *known == state).map_or("？", |(_, name)| name)
}

/// A rule that is in the way, as an officer would say it.
fn why(refusal: &Refusal) -> &'static str {
    match refusal {
        Refusal::WrongState { .. } => "—",
        Refusal::NotConfirmed => "群众未确认",
        Refusal::NoOpenAppeal => "—",
        Refusal::NotUrgent => "非紧急",
        Refusal::NotSigned => "待补签",
        Refusal::UrgentGoesOn => "紧急先办",
        Refusal::NoCoHandling | Refusal::ClockNotPaused => "—",
        Refusal::CoHandlingWithdrawn => "已收回",
        Refusal::DraftClosed => "已失效",
        other => panic!("{other:?} has no words in the matrix"),
    }
}

/// As if it had been one from the beginning.
fn as_petition(case: &mut Case) {
    case.moved = Some(Moved { book: Book::Demand, track: Track::Petition });
    match &mut case.state {
        State::Replied(reply) | State::Settled(reply) | State::StruckOff { reply, .. } | State::Archived { reply, .. } => {
            reply.opinion = Some(true);
        }
        _ => {}
    }
}

fn cell(mut case: Case, verb: CaseVerb) -> String {
    let state = case.state.named();
    // Somebody must have been urged to answer.
    if verb == CaseVerb::AnswerUrge {
        case.urgings.push(Urging { unit: "jiaojing".into(), due: "2023-11-20".into(), answered: false, lapsed: false, at: None });
    }
    // Asked while it could be, of what may leave the bureau; the reply withdraws it.
    if [CaseVerb::AskAuthority, CaseVerb::AnswerCoHandling].contains(&verb) {
        case = co_handling::open_to_others(case);
    }
    if verb == CaseVerb::AnswerCoHandling && case.assigned.is_some() && case.number.is_some() {
        apply(&mut case, &co_handling::asked());
        case.co_handlings[0].withdrawn = case.state.reply().is_some();
    }
    // What runs again stands still, as long as there is no report.
    if verb == CaseVerb::Resume && case.state.report().is_none() {
        apply(&mut case, &Event::Paused(clocks::paused()));
    }
    // Of what is long overdue, as long as that is of use.
    if [CaseVerb::SignDraft, CaseVerb::DropDraft].contains(&verb) {
        case.drafts.push(rungs::bulletin());
        super::draft::lapse(&mut case);
    }
    if verb == CaseVerb::Detach {
        case.joined.push(joined());
    }
    // Of petitions only, and what is decided was asked.
    if [CaseVerb::Appeal, CaseVerb::RecordHearing, CaseVerb::DecideAppeal, CaseVerb::IssuePaper, CaseVerb::Extend].contains(&verb) {
        as_petition(&mut case);
    }
    if [CaseVerb::RecordHearing, CaseVerb::DecideAppeal].contains(&verb) && case.state.reply().is_some() {
        step(&mut case, ask(), &By::default());
    }
    // From 已办结 on the first submission has its verdict; one that is joined to it may still speak.
    let (mut command, by) = rightful(verb);
    if [CaseState::Settled, CaseState::StruckOff, CaseState::Archived].contains(&state) && verb == CaseVerb::RecordVerdict {
        case.joined.push(joined());
        command = Command::RecordVerdict { submission: joined().submission, round: 1, verdict: Verdict::Satisfied };
    }
    if state == CaseState::Settled && verb == CaseVerb::RecordReturnVisit {
        case.joined.push(joined());
        command = Command::RecordReturnVisit { submission: joined().submission, round: 1, verdict: Verdict::Satisfied };
    }
    if verb == CaseVerb::AnswerReferral {
        case.referral = Some(Referral::Open);
    }
    // Door B is for those who were heard and are not content.
    if verb == CaseVerb::StrikeOffByException && [CaseState::Replied, CaseState::Settled].contains(&state) {
        let submission = if state == CaseState::Replied { SUBMISSION } else { joined().submission };
        if state == CaseState::Settled {
            case.joined.push(joined());
        }
        let dissatisfied = Command::RecordVerdict { submission, round: 1, verdict: Verdict::Dissatisfied };
        step(&mut case, dissatisfied, &by);
        case.published = true;
        case.examined = true;
    }
    match decide(&case, command, &by, NOW) {
        Err(refusal) => why(&refusal).to_owned(),
        Ok(events) => {
            events.iter().for_each(|event| apply(&mut case, event));
            let after = case.state.named();
            if after == state { "可".to_owned() } else { format!("→{}", name_of(after)) }
        }
    }
}

fn table(states: &[CaseState], case_in: fn(CaseState) -> Case) -> String {
    let mut table = String::from("| 事项状态 |");
    for verb in LIFE {
        table.push_str(&format!(" {} |", verb_name(verb)));
    }
    table.push_str(&format!("\n|{}", " --- |".repeat(LIFE.len() + 1)));
    for state in states {
        table.push_str(&format!("\n| {} |", name_of(*state)));
        for verb in LIFE {
            table.push_str(&format!(" {} |", cell(case_in(*state), verb)));
        }
    }
    table
}

#[test]
fn state_by_command() {
    insta::assert_snapshot!("matrix", table(&STATES.map(|(state, _)| state), case_in));
}

#[test]
fn state_by_command_before_the_signature_follows() {
    let states = [
        CaseState::Proposed,
        CaseState::Assigned,
        CaseState::Undertaken,
        CaseState::Reported,
        CaseState::Approved,
        CaseState::Replied,
        CaseState::Settled,
    ];
    insta::assert_snapshot!("urgent", table(&states, urgent_in));
}

fn refused(state: CaseState, command: Command, by: &By, expected: Refusal) {
    assert_eq!(decide(&case_in(state), command, by, NOW), Err(expected));
}

#[test]
fn the_gate() {
    refused(CaseState::Proposed, register(), &by("p-x", Role::Chief, false), Refusal::NotTheChief { unit: "lianhu".into() });
    refused(CaseState::Proposed, register(), &by("p-accused", Role::Chief, true), Refusal::SignerIsAccused);
    let station = By { units: vec!["lianhu-beiyuanmen".into(), "lianhu".into(), "city".into()], ..chief() };
    refused(CaseState::Proposed, register(), &station, Refusal::SignerIsAccused);
    refused(CaseState::Proposed, Command::Decline { reason: " ".into() }, &chief(), Refusal::ReasonMissing);
}

#[test]
fn assignment_and_handling() {
    let to = |lead: &[&str], assisting: &[&[&str]]| Command::Assign {
        lead: lead.iter().map(|unit| (*unit).to_owned()).collect(),
        assisting: assisting.iter().map(|chain| chain.iter().map(|unit| (*unit).to_owned()).collect()).collect(),
        assist_due: String::new(),
    };
    refused(CaseState::Registered, to(&["lianhu-beiyuanmen", "lianhu", "city"], &[]), &chief(), Refusal::HandlerIsAccused);
    let twice = to(&["lianhu", "city"], &[&["lianhu", "city"]]);
    refused(CaseState::Registered, twice, &chief(), Refusal::AssistingIsLead { unit: "lianhu".into() });
    let elsewhere = By { units: vec!["beilin".into(), "city".into()], ..handler() };
    refused(CaseState::Assigned, Command::Undertake, &elsewhere, Refusal::NotTheLeadUnit { unit: "lianhu".into() });
    let below = By { units: vec!["lianhu-qingnianlu".into(), "lianhu".into(), "city".into()], ..handler() };
    refused(CaseState::Assigned, Command::Undertake, &below, Refusal::NotTheLeadUnit { unit: "lianhu".into() });
    refused(CaseState::Registered, to(&["beilin", "city"], &[]), &chief(), Refusal::LeadOutsideGate { unit: "lianhu".into() });
    let mut handed_out = case_in(CaseState::Assigned);
    handed_out.assigned_by = Some("p-other-chief".into());
    let other_chief = by("p-other-chief", Role::Handler, false);
    assert_eq!(decide(&handed_out, Command::Undertake, &other_chief, NOW), Err(Refusal::SignerIsHandler));
    refused(CaseState::Assigned, Command::Undertake, &by("p-chief", Role::Handler, false), Refusal::SignerIsHandler);
    refused(CaseState::Assigned, Command::Undertake, &by("p-accused", Role::Handler, false), Refusal::HandlerIsAccused);
    let report = Command::ReportBack { outcome: Outcome::Explained, opinion: false };
    refused(CaseState::Undertaken, report, &by("p-other", Role::Handler, false), Refusal::NotTheHandler);
}

#[test]
fn danger_to_life_is_not_held_at_the_gate() {
    let urgent = Opening { track: Track::Urgent, ..opening() };
    let at_the_gate = Case::open(Uuid::nil(), urgent);
    let check = |command, by: &By, expected| assert_eq!(decide(&at_the_gate, command, by, NOW), Err(expected));
    check(assign_urgently(), &By { person: "p-accused".into(), ..duty_officer() }, Refusal::SignerIsAccused);
    let elsewhere = Command::AssignUrgently { lead: vec!["city".into()], assisting: Vec::new() };
    check(elsewhere, &duty_officer(), Refusal::LeadOutsideGate { unit: "lianhu".into() });
    refused(CaseState::Proposed, assign_urgently(), &duty_officer(), Refusal::NotUrgent);

    let mut case = urgent_in(CaseState::Undertaken);
    assert_eq!((case.number.is_none(), case.registered.is_none()), (true, true), "no number without a signature");
    let duty_officer_as_handler = by("p-duty", Role::Handler, false);
    assert_eq!(
        decide(&urgent_in(CaseState::Assigned), Command::Undertake, &duty_officer_as_handler, NOW),
        Err(Refusal::SignerIsHandler)
    );
    let (register, _) = rightful(CaseVerb::Register);
    assert_eq!(decide(&case, register.clone(), &by("p-handler", Role::Chief, true), NOW), Err(Refusal::SignerIsHandler));
    step(&mut case, register.clone(), &chief());
    assert_eq!((case.state.named(), case.number.is_some()), (CaseState::Undertaken, true), "the case goes on where it is");
    let verb = CaseVerb::Register;
    assert_eq!(
        decide(&case, register, &chief(), NOW),
        Err(Refusal::WrongState { state: CaseState::Undertaken, verb }),
        "it is signed once"
    );
}

/// A petition, as far as `state`.
fn petition_in(state: CaseState) -> Case {
    let opening = Opening { book: Book::Demand, track: Track::Petition, ..opening() };
    case_on(state, opening, vec![rightful(CaseVerb::Register), rightful(CaseVerb::Assign)])
}

#[test]
fn official_papers() {
    let mut case = petition_in(CaseState::Undertaken);
    let check = |case: &Case, command: Command, by: &By, expected| assert_eq!(decide(case, command, by, NOW), Err(expected));
    let paper = |content, number: &str, corrects| Command::IssuePaper { content, number: number.into(), corrects };
    let agreement = |submission| paper(Content::Agreement { submission }, "和解〔2023〕1", false);
    let bulletin = || paper(Content::Bulletin, "通报〔2023〕1", false);

    check(&case, notice(LegalPath::Petition), &by("p-other", Role::Handler, false), Refusal::NotTheHandler);
    check(&case, notice(LegalPath::Petition), &by("p-x", Role::Chief, false), Refusal::NotTheChief { unit: "lianhu".into() });
    check(&case, notice(LegalPath::Petition), &by("p-accused", Role::Chief, true), Refusal::SignerIsAccused);
    check(&case_in(CaseState::Undertaken), notice(LegalPath::Petition), &chief(), Refusal::NotAPetition);
    check(&urgent_in(CaseState::Undertaken), bulletin(), &chief(), Refusal::NotSigned);
    check(&case, agreement(None), &chief(), Refusal::NotTheHandler);
    check(&case, agreement(Some(Uuid::max())), &handler(), Refusal::NotOfThisCase);
    check(&case, bulletin(), &handler(), Refusal::NotTheChief { unit: "lianhu".into() });
    let both = by("p-handler", Role::Chief, true);
    check(&case, bulletin(), &both, Refusal::SignerIsHandler);
    for path in [LegalPath::Litigation, LegalPath::StatutoryDuty] {
        check(&case, notice(path), &handler(), Refusal::NotTheChief { unit: "lianhu".into() });
    }
    check(&case, notice(LegalPath::Litigation), &both, Refusal::SignerIsHandler);
    check(&case, paper(Content::Bulletin, "通报〔2023〕1", true), &chief(), Refusal::PaperUnknown);

    step(&mut case, notice(LegalPath::Litigation), &chief());
    step(&mut case, bulletin(), &chief());
    check(&case, paper(Content::Path(LegalPath::Petition), "通报〔2023〕1", true), &chief(), Refusal::PaperUnknown);
    step(&mut case, paper(Content::Path(LegalPath::Petition), "告知〔2023〕1", true), &chief());
    assert_eq!(case.path, Some(LegalPath::Petition), "the last version counts");
    let numbers: Vec<_> = case.papers.iter().map(|paper| (paper.number.as_str(), paper.version)).collect();
    assert_eq!(numbers, [("告知〔2023〕1", 2), ("通报〔2023〕1", 1)]);

    step(&mut case, agreement(Some(SUBMISSION)), &handler());
    let widened = paper(Content::Agreement { submission: None }, "和解〔2023〕1", true);
    check(&case, widened, &handler(), Refusal::PaperUnknown);
    let reported = petition_in(CaseState::Reported);
    let again = notice(LegalPath::Petition);
    check(&reported, again, &chief(), Refusal::WrongState { state: CaseState::Reported, verb: CaseVerb::IssuePaper });

    for _ in case.papers.iter().map(|paper| paper.version).sum()..super::paper::PAPERS_MAX {
        step(&mut case, paper(Content::Bulletin, "通报〔2023〕1", true), &chief());
    }
    check(&case, bulletin(), &chief(), Refusal::TooManyPapers);
    check(&case, extend(LATER), &chief(), Refusal::TooManyPapers);
    let order = Some((PaperKind::SupervisionOrder, "督办〔2023〕1".to_owned()));
    let urge = Command::Urge { unit: "lianhu".into(), due: "2023-11-20".into(), paper: order };
    check(&case, urge.clone(), &chief(), Refusal::TooManyPapers);
    let mut urged = petition_in(CaseState::Undertaken);
    step(&mut urged, urge, &chief());
    assert_eq!((urged.urgings.len(), urged.papers[0].number.as_str()), (1, "督办〔2023〕1"));
}

#[test]
fn a_petition_ends_with_a_written_opinion_and_only_that_is_looked_at_again() {
    let without = || Command::ReportBack { outcome: Outcome::Explained, opinion: false };
    let undertaken = petition_in(CaseState::Undertaken);
    assert_eq!(decide(&undertaken, without(), &handler(), NOW), Err(Refusal::OpinionMissing));
    assert!(decide(&case_in(CaseState::Undertaken), without(), &handler(), NOW).is_ok(), "another track");
    let mut replied = petition_in(CaseState::Approved);
    let (reply, who) = rightful(CaseVerb::Reply);
    let events = decide(&replied, reply, &who, NOW).expect("a reply");
    assert!(matches!(events[..], [Event::Replied { .. }, Event::PaperIssued { kind: PaperKind::HandlingOpinion, version: 1, .. }]));
    events.iter().for_each(|event| apply(&mut replied, event));
    assert!(replied.papers.is_empty(), "a case does not grow with its rounds");
    assert!(decide(&replied, ask(), &by("anonymous", Role::Citizen, false), NOW).is_ok());

    for reviews in 0..=3 {
        let mut moved = case_in(CaseState::Undertaken);
        step(&mut moved, without(), &handler());
        for (command, who) in [(review_ok(), handler()), (review_ok(), office()), (review_ok(), leader())].into_iter().take(reviews)
        {
            step(&mut moved, command, &who);
        }
        let (into_petition, signer) = rightful(CaseVerb::Reclassify);
        step(&mut moved, into_petition, &signer);
        assert_eq!((moved.track(), moved.state.named()), (Track::Petition, CaseState::Undertaken), "back for the opinion");
    }

    let mut elsewhere = undertaken;
    step(&mut elsewhere, notice(LegalPath::Arbitration), &chief());
    step(&mut elsewhere, without(), &handler());
    for (command, who) in [(review_ok(), handler()), (review_ok(), office()), (review_ok(), leader()), rightful(CaseVerb::Reply)] {
        step(&mut elsewhere, command, &who);
    }
    assert_eq!(elsewhere.papers.len(), 1, "nothing but the notice");
    let refused = decide(&elsewhere, ask(), &by("anonymous", Role::Citizen, false), NOW);
    assert_eq!(refused, Err(Refusal::WrongState { state: CaseState::Replied, verb: CaseVerb::Appeal }));
}

#[test]
fn whoever_may_have_a_reply_looked_at_again_may_also_after_it_is_moved() {
    let person = by("anonymous", Role::Citizen, false);
    let elsewhere = Command::Reclassify { book: Book::Suggestion, track: Track::Suggestion, reason: "属建议".into() };
    let mut case = petition_in(CaseState::Replied);
    step(&mut case, elsewhere.clone(), &chief());
    step(&mut case, ask(), &person);
    assert_eq!(case.appeals.len(), 1);

    let mut suggestion = case_in(CaseState::Undertaken);
    step(&mut suggestion, Command::ReportBack { outcome: Outcome::Explained, opinion: false }, &handler());
    for (command, who) in [(review_ok(), handler()), (review_ok(), office()), (review_ok(), leader()), rightful(CaseVerb::Reply)] {
        step(&mut suggestion, command, &who);
    }
    let (into_petition, signer) = rightful(CaseVerb::Reclassify);
    let refused = decide(&suggestion, into_petition, &signer, NOW);
    assert_eq!(
        refused,
        Err(Refusal::WrongState { state: CaseState::Replied, verb: CaseVerb::Reclassify }),
        "no opinion was written"
    );

    // What was sent back from above is not led away.
    let mut back = petition_in(CaseState::Replied);
    step(&mut back, ask(), &person);
    step(&mut back, Command::DecideAppeal { upheld: false, superior: false }, &city_chief());
    for path in [LegalPath::Litigation, LegalPath::StatutoryDuty] {
        let away = decide(&back, notice(path), &chief(), NOW);
        assert_eq!(away, Err(Refusal::WrongState { state: CaseState::Undertaken, verb: CaseVerb::IssuePaper }));
    }
    assert!(decide(&back, notice(LegalPath::Petition), &handler(), NOW).is_ok());
}

#[test]
fn more_time() {
    let mut case = petition_in(CaseState::Undertaken);
    let check = |case: &Case, command: Command, by: &By, expected| assert_eq!(decide(case, command, by, NOW), Err(expected));
    let overdue = Ts::from_micros(NOW.micros() - 1);
    let silent = Command::Extend { days: 30, reason: " ".into(), number: String::new(), due: LATER };
    check(&case, extend(LATER), &handler(), Refusal::NotTheChief { unit: "lianhu".into() });
    check(&case, extend(LATER), &by("p-handler", Role::Chief, true), Refusal::SignerIsHandler);
    check(&case_in(CaseState::Undertaken), extend(LATER), &chief(), Refusal::NotAPetition);
    check(&case, extend(overdue), &chief(), Refusal::ExtensionTooLate { due: overdue });
    check(&case, silent, &chief(), Refusal::ReasonMissing);
    step(&mut case, extend(LATER), &chief());
    assert_eq!((case.extension_days, case.papers[0].kind), (30, PaperKind::ExtensionNotice), "the person is told");
    check(&case, extend(LATER), &chief(), Refusal::ExtendedAlready);
    let unsigned =
        case_on(CaseState::Undertaken, Opening { track: Track::Urgent, ..opening() }, vec![rightful(CaseVerb::AssignUrgently)]);
    check(&unsigned, extend(LATER), &chief(), Refusal::NotSigned);
}

#[test]
fn objections() {
    let mut case = case_in(CaseState::Assigned);
    let check = |case: &Case, command: Command, by: &By, now, expected| assert_eq!(decide(case, command, by, now), Err(expected));
    check(&case, object(), &assistant(), NOW, Refusal::NotTheLeadUnit { unit: "lianhu".into() });
    check(&case, object(), &by("p-accused", Role::Handler, false), NOW, Refusal::HandlerIsAccused);
    check(&case, object(), &handler(), Ts::from_micros(LATER.micros() + 1), Refusal::ObjectionTooLate { deadline: LATER });
    let silent = Command::Object { reason: " ".into(), deadline: LATER };
    check(&case, silent, &handler(), NOW, Refusal::ReasonMissing);
    check(&case, object(), &By { over_lead: Superior::default(), ..handler() }, NOW, Refusal::NobodyAbove);
    check(&urgent_in(CaseState::Undertaken), object(), &handler(), NOW, Refusal::UrgentGoesOn);
    let mut late = case_in(CaseState::Undertaken);
    step(&mut late, object(), &handler());
    assert_eq!(late.state.named(), CaseState::Objected, "also after somebody of the unit was quick to take it on");
    step(&mut case, object(), &handler());

    check(&case, decide_for(None), &chief(), NOW, Refusal::NotTheSuperior { unit: "city".into() });
    check(&case, decide_for(None), &By { person: "p-accused".into(), ..city_chief() }, NOW, Refusal::SignerIsAccused);
    check(&case, Command::DecideObjection { lead: None, reason: " ".into() }, &city_chief(), NOW, Refusal::ReasonMissing);
    check(&case, decide_for(Some(&["lianhu", "city"])), &city_chief(), NOW, Refusal::Unchanged { field: "lead_unit_id" });
    let accused = decide_for(Some(&["lianhu-beiyuanmen", "lianhu", "city"]));
    check(&case, accused, &city_chief(), NOW, Refusal::HandlerIsAccused);

    let mut kept = case.clone();
    step(&mut kept, decide_for(None), &city_chief());
    assert_eq!((kept.state.named(), kept.lead_unit.as_str()), (CaseState::Assigned, "lianhu"));
    check(&kept, object(), &handler(), NOW, Refusal::ObjectionClosed);

    step(&mut case, decide_for(Some(&["jiaojing", "city"])), &city_chief());
    assert_eq!((case.state.named(), case.lead_unit.as_str()), (CaseState::Assigned, "jiaojing"));
    assert!(case.assisting_units.is_empty(), "who leads does not assist");
    check(&case, object(), &assistant(), NOW, Refusal::ObjectionClosed);
    check(&case, Command::Undertake, &handler(), NOW, Refusal::NotTheLeadUnit { unit: "jiaojing".into() });
    assert_eq!((case.gate_unit(), case.assist_by_default), ("city", true), "who gave it to another signs for it from now on");
    let station =
        By { over_lead: Superior { units: vec!["lianhu".into(), "city".into()], ..city_chief().over_lead }, ..city_chief() };
    let mut of_a_station = case_in(CaseState::Assigned);
    step(&mut of_a_station, object(), &handler());
    let outside = Refusal::LeadOutsideGate { unit: "lianhu".into() };
    check(&of_a_station, decide_for(Some(&["jiaojing", "city"])), &station, NOW, outside);
    step(&mut of_a_station, decide_for(Some(&["lianhu-tumen", "lianhu", "city"])), &station);
    assert_eq!(of_a_station.gate_chain(), ["lianhu", "city"]);
    let first_assigner =
        By { units: vec!["lianhu-tumen".into(), "lianhu".into(), "city".into()], ..by("p-chief", Role::Handler, false) };
    check(&of_a_station, Command::Undertake, &first_assigner, NOW, Refusal::SignerIsHandler);
}

#[test]
fn beside_the_way() {
    let mut case = case_in(CaseState::Undertaken);
    let check = |case: &Case, command: Command, by: &By, expected| assert_eq!(decide(case, command, by, NOW), Err(expected));
    let to = |book, track, reason: &str| Command::Reclassify { book, track, reason: reason.into() };
    check(&case, to(Book::Complaint, Track::Accusation, "-"), &chief(), Refusal::AlreadyInBook);
    check(&case, to(Book::Demand, Track::Petition, " "), &chief(), Refusal::ReasonMissing);
    check(&case, to(Book::Demand, Track::Petition, "-"), &office(), Refusal::NotTheChief { unit: "lianhu".into() });
    check(&urgent_in(CaseState::Undertaken), to(Book::Demand, Track::Petition, "-"), &chief(), Refusal::NotSigned);
    let mut demand = case.clone();
    demand.opening.book = Book::Demand;
    check(&demand, to(Book::Complaint, Track::Accusation, "-"), &chief(), Refusal::ComplaintThroughTriage);
    case.opening.sealed = false;
    let number = case.number.clone();
    step(&mut case, to(Book::Demand, Track::Petition, "实为利益诉求"), &chief());
    assert_eq!((case.book(), case.track(), &case.number), (Book::Demand, Track::Petition, &number));
    assert!(case.sealed(), "a complaint stays sealed in whatever book");

    check(&case, Command::Contribute, &handler(), Refusal::NotAssisting);
    check(&case, Command::Contribute, &By { person: "p-accused".into(), ..assistant() }, Refusal::HandlerIsAccused);
    step(&mut case, Command::Contribute, &assistant());
    step(&mut case, Command::Contribute, &assistant());
    assert_eq!(case.contributed, ["jiaojing"]);

    let urge = |unit: &str| Command::Urge { unit: unit.into(), due: "2023-11-20".into(), paper: None };
    check(&case, urge("beilin"), &chief(), Refusal::NotInvolved { unit: "beilin".into() });
    check(&case, urge("lianhu"), &handler(), Refusal::NotTheChief { unit: "lianhu".into() });
    check(&case, Command::AnswerUrge { number: 1 }, &assistant(), Refusal::UrgingUnknown { last: 0 });
    step(&mut case, urge("jiaojing"), &chief());
    check(&case, Command::AnswerUrge { number: 0 }, &assistant(), Refusal::UrgingUnknown { last: 1 });
    check(&case, Command::AnswerUrge { number: 1 }, &handler(), Refusal::NotInvolved { unit: "jiaojing".into() });
    step(&mut case, Command::AnswerUrge { number: 1 }, &assistant());
    check(&case, Command::AnswerUrge { number: 1 }, &assistant(), Refusal::UrgingAnswered);
    while case.urgings.len() < 50 {
        step(&mut case, urge("lianhu"), &chief());
    }
    check(&case, urge("lianhu"), &chief(), Refusal::TooManyUrgings);
    let mut replied = case_in(CaseState::Replied);
    replied.urgings = case.urgings.clone();
    step(&mut replied, Command::AnswerUrge { number: 2 }, &handler());
    check(&case, Command::AddRecord { kind: RecordKind::Measure }, &assistant(), Refusal::NotTheHandler);
    check(&case, Command::Coordinate, &handler(), Refusal::NotTheChief { unit: "lianhu".into() });
}

#[test]
fn the_three_reviews() {
    refused(CaseState::Reported, review_ok(), &office(), Refusal::WrongReviewRole { step: ReviewStep::Handler });
    let unmet = Command::Review { approve: true, criteria_met: false, reason: String::new() };
    refused(CaseState::Reported, unmet, &handler(), Refusal::CriteriaNotMet);
    let silent = Command::Review { approve: false, criteria_met: false, reason: String::new() };
    refused(CaseState::Reported, silent, &handler(), Refusal::ReasonMissing);

    let mut case = case_in(CaseState::Reported);
    step(&mut case, review_ok(), &by("p-second", Role::Handler, false));
    let same_person = by("p-second", Role::Office, false);
    assert_eq!(decide(&case, review_ok(), &same_person, NOW), Err(Refusal::ReviewerTwice));
    let the_handler = by("p-handler", Role::Office, false);
    assert_eq!(decide(&case, review_ok(), &the_handler, NOW), Err(Refusal::ReviewerTwice));
    let back = Command::Review { approve: false, criteria_met: false, reason: "整改未到位".into() };
    step(&mut case, back, &office());
    assert_eq!(case.state.named(), CaseState::Undertaken);
    let (again, who) = rightful(CaseVerb::ReportBack);
    step(&mut case, again, &who);
    assert!(case.state.report().expect("a report").reviews.is_empty(), "it starts again at the first review");
}

#[test]
fn verdicts() {
    let check = |command, now, expected| assert_eq!(decide(&case_in(CaseState::Replied), command, &handler(), now), Err(expected));
    check(
        Command::RecordVerdict { submission: SUBMISSION, round: 2, verdict: Verdict::Satisfied },
        NOW,
        Refusal::WrongRound { round: 1 },
    );
    check(
        Command::RecordVerdict { submission: Uuid::from_u128(7), round: 1, verdict: Verdict::Satisfied },
        NOW,
        Refusal::NotOfThisCase,
    );
    let late = Ts::from_micros(LATER.micros() + 1);
    check(verdict(Verdict::Satisfied), late, Refusal::VerdictTooLate { deadline: LATER });
    assert!(decide(&case_in(CaseState::Replied), verdict(Verdict::Satisfied), &handler(), LATER).is_ok());
    let mut case = case_in(CaseState::Replied);
    step(&mut case, verdict(Verdict::Dissatisfied), &handler());
    assert_eq!(case.state.named(), CaseState::Replied, "a dissatisfied verdict settles nothing");
    assert_eq!(decide(&case, verdict(Verdict::Satisfied), &handler(), NOW), Err(Refusal::VerdictTwice));
}

#[test]
fn return_visits() {
    let visitor = by("p-visitor", Role::Office, false);
    let check = |case: &Case, by: &By, now, expected| assert_eq!(decide(case, visit(Verdict::Unreachable), by, now), Err(expected));
    let day = |n: i64| Ts::from_micros(NOW.micros() + n * 24 * 3600 * 1_000_000);
    let mut case = case_in(CaseState::Replied);
    for involved in ["p-chief", "p-handler", "p-office", "p-leader"] {
        check(&case, &by(involved, Role::Office, false), NOW, Refusal::VisitorInvolved);
    }
    check(&case, &by("p-accused", Role::Office, false), NOW, Refusal::SignerIsAccused);
    check(&case, &visitor, Ts::from_micros(LATER.micros() + 1), Refusal::VerdictTooLate { deadline: LATER });
    for attempt in 0..3 {
        assert_eq!(case.verdict(), None, "not reached {attempt} times");
        let events = decide(&case, visit(Verdict::Unreachable), &visitor, day(attempt)).expect("an attempt");
        events.iter().for_each(|event| apply(&mut case, event));
        if attempt < 2 {
            check(&case, &visitor, day(attempt), Refusal::VisitedToday);
        }
    }
    assert_eq!((case.verdict(), case.state.named()), (Some(Verdict::Unreachable), CaseState::Replied), "never as satisfied");
    check(&case, &visitor, day(4), Refusal::VerdictTwice);
    let mut exceptional = case.clone();
    (exceptional.published, exceptional.examined) = (true, true);
    assert!(decide(&exceptional, exception(), &city_chief(), day(4)).is_ok(), "door B, and door A never");

    let mut reached = case_in(CaseState::Replied);
    step(&mut reached, visit(Verdict::Satisfied), &visitor);
    assert_eq!((reached.state.named(), reached.verdict()), (CaseState::Settled, Some(Verdict::Satisfied)));
    let silent = case_in(CaseState::Replied);
    assert_eq!(silent.verdict_by(LATER), None);
    assert_eq!(silent.verdict_by(Ts::from_micros(LATER.micros() + 1)), Some(Verdict::Unreachable), "silence");
}

#[test]
fn strike_off_needs_everything() {
    refused(CaseState::Settled, Command::StrikeOff, &by("p-handler", Role::Chief, true), Refusal::SignerIsHandler);
    refused(CaseState::Settled, Command::StrikeOff, &office(), Refusal::NotTheChief { unit: "lianhu".into() });
    refused(CaseState::Settled, examine(&[]), &handler(), Refusal::ExaminerIsHandler);

    let mut incomplete = case_in(CaseState::Settled);
    incomplete.published = false;
    incomplete.examined = false;
    let missing = ["一事一公开", "一事一问责"].map(str::to_owned).to_vec();
    assert_eq!(decide(&incomplete, Command::StrikeOff, &chief(), NOW), Err(Refusal::ThreeOnesIncomplete { missing }));

    let mut contested = case_in(CaseState::Settled);
    contested.joined.push(joined());
    let unheard = decide(&contested, Command::StrikeOff, &chief(), NOW);
    assert_eq!(unheard, Err(Refusal::PersonNotHeard { deadline: LATER }), "everybody may speak first");
    assert!(decide(&contested, Command::StrikeOff, &chief(), Ts::from_micros(LATER.micros() + 1)).is_ok());
    let dissatisfied = Command::RecordVerdict { submission: joined().submission, round: 1, verdict: Verdict::Dissatisfied };
    step(&mut contested, dissatisfied, &handler());
    assert_eq!(decide(&contested, Command::StrikeOff, &chief(), NOW), Err(Refusal::NotConfirmed), "one dissatisfied shuts door A");
}

/// A case that was replied to, with its three ones, of which its person says `said`.
fn unconfirmed(said: Option<Verdict>) -> Case {
    let mut case = case_in(CaseState::Replied);
    (case.published, case.examined) = (true, true);
    if let Some(said) = said {
        step(&mut case, verdict(said), &handler());
    }
    case
}

#[test]
fn the_second_door() {
    let check = |case: &Case, command: Command, by: &By, now, expected| assert_eq!(decide(case, command, by, now), Err(expected));
    let late = Ts::from_micros(LATER.micros() + 1);
    let dissatisfied = unconfirmed(Some(Verdict::Dissatisfied));
    check(&dissatisfied, exception(), &chief(), NOW, Refusal::NotOneLevelUp { unit: "city".into() });
    check(&dissatisfied, exception(), &By { person: "p-accused".into(), ..city_chief() }, NOW, Refusal::SignerIsAccused);
    check(&dissatisfied, exception(), &By { person: "p-handler".into(), ..city_chief() }, NOW, Refusal::SignerIsHandler);
    check(&unconfirmed(Some(Verdict::Satisfied)), exception(), &city_chief(), NOW, Refusal::Confirmed);
    check(&unconfirmed(None), exception(), &city_chief(), LATER, Refusal::PersonNotHeard { deadline: LATER });
    assert!(decide(&unconfirmed(None), exception(), &city_chief(), late).is_ok(), "the time for it is over");
    let silent = Command::StrikeOffByException { reason: " ".into(), superior: false };
    check(&dissatisfied, silent, &city_chief(), NOW, Refusal::ReasonMissing);
    let mut incomplete = dissatisfied.clone();
    incomplete.published = false;
    check(&incomplete, exception(), &city_chief(), NOW, Refusal::ThreeOnesIncomplete { missing: vec!["一事一公开".into()] });

    let mut at_the_top = city_chief();
    at_the_top.above.superior_needed = true;
    check(&dissatisfied, exception(), &at_the_top, NOW, Refusal::SuperiorMissing);
    let decided_outside = Command::StrikeOffByException { reason: "省厅复核".into(), superior: true };
    let mut case = dissatisfied;
    step(&mut case, decided_outside, &at_the_top);
    assert_eq!((case.state.named(), case.state.door()), (CaseState::StruckOff, Some(Door::Exception)));
    step(&mut case, Command::Archive, &office());
    assert_eq!(case.state.door(), Some(Door::Exception), "it stays counted apart");
}

#[test]
fn taken_up_again() {
    let reopen = |round| Command::Reopen { submission: SUBMISSION, round };
    let late = Ts::from_micros(LATER.micros() + 1);
    for state in [CaseState::Replied, CaseState::Settled, CaseState::StruckOff, CaseState::Archived] {
        let citizen = rightful(CaseVerb::Reopen).1;
        let mut case = case_in(state);
        let before = case.clone();
        assert_eq!(decide(&case, reopen(2), &citizen, NOW), Err(Refusal::WrongRound { round: 1 }));
        assert_eq!(decide(&case, reopen(1), &citizen, late), Err(Refusal::VerdictTooLate { deadline: LATER }));
        let other = Command::Reopen { submission: Uuid::from_u128(7), round: 1 };
        assert_eq!(decide(&case, other, &citizen, NOW), Err(Refusal::NotOfThisCase));
        step(&mut case, reopen(1), &citizen);
        assert_eq!((case.state.named(), case.round), (CaseState::Undertaken, 2));
        assert_eq!(case.state.handler(), before.state.handler(), "who knows the matter goes on with it");
        assert_eq!((&case.number, &case.opening), (&before.number, &before.opening), "in the same book");
        assert_eq!(checklist::missing(&case).len(), 3, "a round has its own three ones");
        let kept = &case.earlier[0];
        assert_eq!((Some(&kept.reply), kept.door), (before.state.reply(), before.state.door()), "nothing is erased");
        assert_eq!(case.verdicts, before.verdicts);
        assert_eq!(
            decide(&case, reopen(1), &citizen, NOW),
            Err(Refusal::WrongState { state: CaseState::Undertaken, verb: CaseVerb::Reopen })
        );
    }
}

#[test]
fn referral_to_discipline() {
    let check = |case: &Case, command: Command, by: &By, expected| assert_eq!(decide(case, command, by, NOW), Err(expected));
    let supervisor = by("p-supervisor", Role::Supervisor, false);
    let mut case = case_in(CaseState::StruckOff);
    check(&case, Command::AnswerReferral, &supervisor, Refusal::NoOpenReferral);
    check(&case, Command::ReferToDiscipline, &office(), Refusal::NotTheChief { unit: "lianhu".into() });
    step(&mut case, Command::ReferToDiscipline, &chief());
    check(&case, Command::ReferToDiscipline, &chief(), Refusal::ReferredAlready);
    check(&case, Command::Archive, &office(), Refusal::ReferralOpen);
    check(&case, Command::AnswerReferral, &by("p-handler", Role::Supervisor, false), Refusal::AnswererInvolved);
    check(&case, Command::AnswerReferral, &by("p-accused", Role::Supervisor, false), Refusal::SignerIsAccused);
    let mut reopened = case.clone();
    step(&mut reopened, Command::Reopen { submission: SUBMISSION, round: 1 }, &handler());
    step(&mut reopened, Command::AnswerReferral, &supervisor);
    step(&mut case, Command::AnswerReferral, &supervisor);
    step(&mut case, Command::Archive, &office());
}

/// What was stored before these roads were there still reads.
#[test]
fn old_events_and_snapshots_are_read() {
    let old = r#"{"Assigned":{"lead":"lianhu","assisting":["jiaojing"],"by":"p-chief"}}"#;
    let event: Event = serde_json::from_str(old).expect("an old event");
    let mut case = case_in(CaseState::Registered);
    apply(&mut case, &event);
    assert_eq!((case.state.named(), case.gate_unit(), case.assigned), (CaseState::Assigned, "lianhu", None));
    let mut snapshot = serde_json::to_value(case_in(CaseState::Undertaken)).expect("a snapshot");
    let new = [
        "declined",
        "assigned",
        "assist_due",
        "contributed",
        "objection",
        "moved",
        "urgings",
        "attempts",
        "gate",
        "referral",
        "earlier_assigners",
        "joined",
        "owner",
        "earlier_owners",
        "repeat_of",
        "accounted",
        "appeals",
        "checklists",
        "evidence",
    ];
    for field in new {
        assert!(snapshot.as_object_mut().expect("an object").remove(field).is_some(), "{field}");
    }
    for field in ["parties", "external"] {
        assert!(snapshot["opening"].as_object_mut().expect("an object").remove(field).is_some(), "{field}");
    }
    let case: Case = serde_json::from_value(snapshot).expect("an old snapshot");
    assert_eq!((case.parties(), case.repeat_number(), case.is_final()), (1, 1, false));
    assert_eq!(serde_json::from_str::<Event>(r#""Examined""#).expect("an old event"), Event::Examined);
    let agreed = r#"{"RecordAdded":{"kind":"SettlementAgreement"}}"#;
    assert_eq!(serde_json::from_str::<Event>(agreed).expect("old"), Event::RecordAdded { kind: RecordKind::SettlementAgreement });
    let declined: Event = serde_json::from_str(r#"{"Declined":{"reason":"-"}}"#).expect("an old event");
    let mut turned_away = Case::open(Uuid::nil(), opening());
    apply(&mut turned_away, &declined);
    assert_eq!((turned_away.state.named(), turned_away.gate_wait(LATER)), (CaseState::Declined, None), "nobody knows any more");
    assert_eq!((case.book(), case.gate_unit(), case.urgings.len()), (Book::Complaint, "lianhu", 0));
}

/// Rule 1: the waiting time is measured, until the signature, also where that follows.
#[test]
fn how_long_a_case_waits_at_its_gate() {
    let (wait, later) =
        (|seconds| Some(std::time::Duration::from_secs(seconds)), |seconds| NOW.plus(std::time::Duration::from_secs(seconds)));
    let signed = |at| Event::Registered { number: "投〔2023〕7F3K2Q".into(), by: "p-chief".into(), at, checklists: None };
    let handed_out = |at| Event::AssignedUrgently {
        lead: "lianhu".into(),
        assisting: Vec::new(),
        by: "p-duty".into(),
        at,
        assist_due: String::new(),
    };
    let declined = Event::Declined { reason: "-".into(), at: Some(later(50)) };
    let roads = [
        (vec![], wait(90)),
        (vec![signed(later(60))], wait(60)),
        (vec![declined], wait(50)),
        (vec![handed_out(later(10))], wait(90)),
        (vec![handed_out(later(10)), signed(later(70))], wait(70)),
    ];
    for (events, expected) in roads {
        let mut case = Case::open(Uuid::nil(), opening());
        events.iter().for_each(|event| apply(&mut case, event));
        assert_eq!(case.gate_wait(later(90)), expected, "{events:?}");
    }
}

#[test]
fn submissions_that_say_the_same_are_linked() {
    let mut case = case_in(CaseState::Undertaken);
    step(&mut case, Command::Join(joined()), &By::default());
    assert_eq!(case.submissions().collect::<Vec<_>>(), [SUBMISSION, joined().submission]);
    assert_eq!(case.parties(), 100, "all who speak are counted");
    assert_eq!(case.received(), joined().received, "the clocks start with the earliest");
    assert_eq!(decide(&case, Command::Join(joined()), &By::default(), NOW), Ok(Vec::new()), "it is there already");
    let full = |count| {
        let mut full = case_in(CaseState::Undertaken);
        full.joined = vec![joined(); count];
        decide(
            &full,
            Command::Join(Joined { submission: Uuid::from_u128(9), received: NOW, parties: 1, external: None }),
            &By::default(),
            NOW,
        )
    };
    assert!(full(198).is_ok());
    assert_eq!(full(199), Err(Refusal::WrongState { state: CaseState::Undertaken, verb: CaseVerb::Join }), "200 at most");
    refused(CaseState::Replied, Command::Detach { submission: SUBMISSION }, &By::default(), Refusal::NotOfThisCase);

    let mut case = case_in(CaseState::Replied);
    case.joined.push(joined());
    let says = |submission, verdict| Command::RecordVerdict { submission, round: 1, verdict };
    step(&mut case, says(joined().submission, Verdict::Dissatisfied), &By::default());
    step(&mut case, says(SUBMISSION, Verdict::Satisfied), &By::default());
    assert_eq!(case.verdict(), Some(Verdict::Dissatisfied), "one who is dissatisfied is not overlooked");
    assert_eq!(case.verdict_of(SUBMISSION), Some(Verdict::Satisfied), "each has their own");
    assert_eq!(decide(&case, Command::StrikeOff, &chief(), NOW), Err(Refusal::NotConfirmed));
    step(&mut case, Command::Detach { submission: joined().submission }, &By::default());
    assert_eq!((case.verdict(), case.verdicts.len()), (Some(Verdict::Satisfied), 2), "it has no say any more, and is not erased");
    assert_eq!(case.state.named(), CaseState::Settled, "those who remain have confirmed");
    step(&mut case, Command::StrikeOff, &chief());

    let mut alone = case_in(CaseState::Replied);
    alone.joined.push(joined());
    step(&mut alone, says(joined().submission, Verdict::Satisfied), &By::default());
    step(&mut alone, Command::Detach { submission: joined().submission }, &By::default());
    assert_eq!(alone.state.named(), CaseState::Replied, "nobody who remains has confirmed");
    let again = Command::Reopen { submission: SUBMISSION, round: 1 };
    step(&mut alone, again, &By::default());
    let later = decide(&alone, Command::Join(joined()), &By::default(), NOW);
    assert_eq!(later, Err(Refusal::WrongState { state: CaseState::Undertaken, verb: CaseVerb::Join }), "not into a later round");

    let mut closed = case_in(CaseState::StruckOff);
    closed.joined.push(joined());
    step(&mut closed, says(joined().submission, Verdict::Dissatisfied), &By::default());
    assert_eq!((closed.state.named(), closed.verdict()), (CaseState::StruckOff, Some(Verdict::Dissatisfied)), "each has their say");
}

#[test]
fn a_leader_answers_for_a_case_in_person() {
    let own = || rightful(CaseVerb::TakeOwnership).0;
    let mut taken_over = case_in(CaseState::Registered);
    step(&mut taken_over, own(), &by("p-deputy", Role::Chief, true));
    step(&mut taken_over, own(), &chief());
    step(&mut taken_over, assign(), &chief());
    for leader in ["p-deputy", "p-chief"] {
        let undertakes = decide(&taken_over, Command::Undertake, &by(leader, Role::Handler, false), NOW);
        assert_eq!(undertakes, Err(Refusal::SignerIsHandler), "{leader} looks on, also after another took it over");
    }
    refused(CaseState::Undertaken, own(), &by("p-x", Role::Chief, false), Refusal::NotTheChief { unit: "lianhu".into() });
    refused(CaseState::Undertaken, own(), &by("p-accused", Role::Chief, true), Refusal::SignerIsAccused);
    refused(CaseState::Undertaken, own(), &by("p-handler", Role::Chief, true), Refusal::SignerIsHandler);
    let mut case = case_in(CaseState::Undertaken);
    step(&mut case, own(), &chief());
    assert_eq!(decide(&case, own(), &chief(), NOW), Err(Refusal::OwnedAlready));
    step(&mut case, own(), &city_chief());
    let owner = case.owner.map(|owner| (owner.person, owner.duty));
    assert_eq!(owner, Some(("p-city-chief".into(), PersonalDuty::Petition)), "one level up may take it over");
}

#[test]
fn nobody_examines_themselves() {
    let mut case = case_in(CaseState::Replied);
    step(&mut case, examine(&["p-examined"]), &office());
    let over_again = decide(&case, examine(&[]), &by("p-examined", Role::Office, false), NOW);
    assert_eq!(over_again, Err(Refusal::ExaminerIsExamined), "nor takes back what was found");
    refused(CaseState::Replied, examine(&["p-office"]), &office(), Refusal::ExaminerIsExamined);
}

#[test]
fn a_matter_that_is_brought_again_is_linked_to_the_earlier_one() {
    let link = |earlier: Case| Command::LinkRepeat { earlier: Box::new(earlier) };
    let at = CaseState::Undertaken;
    refused(at, link(case_in(at)), &office(), Refusal::NotEarlier);
    let same_instant = Case { opening: opening(), ..earlier() };
    refused(at, link(same_instant), &office(), Refusal::NotEarlier);
    let unanswered = Case { state: State::Registered, ..earlier() };
    refused(at, link(unanswered), &office(), Refusal::NotEarlier);
    let kept_from_another = Case { opening: Opening { accused_units: vec!["jiaojing".into()], ..earlier().opening }, ..earlier() };
    refused(at, link(kept_from_another), &office(), Refusal::RepeatLessSealed);
    let mut case = case_in(at);
    step(&mut case, link(Case { repeat_of: Some(Repeat { earlier: Uuid::max(), number: 2 }), ..earlier() }), &office());
    assert_eq!(case.repeat_of, Some(Repeat { earlier: earlier().id, number: 3 }), "the third time");
    assert_eq!(decide(&case, link(earlier()), &office(), NOW), Err(Refusal::RepeatLinked));
}

#[test]
fn superiors_look_at_a_reply_and_after_the_second_it_is_final() {
    let petition = |state| {
        let mut case = case_in(state);
        as_petition(&mut case);
        case
    };
    let check = |case: &Case, command: Command, by: &By, expected| assert_eq!(decide(case, command, by, NOW), Err(expected));
    let closed = |state, verb| Refusal::WrongState { state, verb };
    let by_person = By::default();
    let decide_it = |upheld, superior| Command::DecideAppeal { upheld, superior };
    check(&case_in(CaseState::Replied), ask(), &by_person, closed(CaseState::Replied, CaseVerb::Appeal));
    let mut case = petition(CaseState::Settled);
    let late = Command::Appeal { submission: SUBMISSION, round: 1, deadline: Ts::from_micros(NOW.micros() - 1) };
    check(&case, late, &by_person, closed(CaseState::Settled, CaseVerb::Appeal));
    check(&case, Command::Appeal { submission: Uuid::from_u128(9), round: 1, deadline: LATER }, &by_person, Refusal::NotOfThisCase);
    check(
        &case,
        Command::Appeal { submission: SUBMISSION, round: 2, deadline: LATER },
        &by_person,
        Refusal::WrongRound { round: 1 },
    );
    check(&case, decide_it(true, false), &city_chief(), Refusal::NoOpenAppeal);
    step(&mut case, ask(), &by_person);
    check(&case, ask(), &by_person, closed(CaseState::Settled, CaseVerb::Appeal));
    for command in [Command::StrikeOff, exception()] {
        let by = if matches!(command, Command::StrikeOff) { chief() } else { city_chief() };
        let refused = decide(&case, command, &by, NOW);
        assert!(matches!(refused, Err(Refusal::AppealOpen | Refusal::Confirmed)), "{refused:?}");
    }
    let one_up = || Refusal::NotTheAppealUnit { unit: "city".into() };
    check(&case, decide_it(true, false), &chief(), one_up());
    check(&case, decide_it(true, false), &By { person: "p-accused".into(), ..city_chief() }, Refusal::SignerIsAccused);
    check(&case, decide_it(true, false), &By { person: "p-handler".into(), ..city_chief() }, Refusal::SignerIsHandler);
    check(&case, hear("2023-01-11", "2023-01-12"), &office(), one_up());
    for (first, last, days) in [
        ("2023-01-16", "2023-01-17", 2),
        ("2023-01-11", "2023-01-12", 4),
        ("2023-01-12", "2023-01-14", 6),
        ("2023-01-15", "2023-01-15", 7),
    ] {
        step(&mut case, hear(first, last), &of_the_city(office()));
        assert_eq!(appeal::open(&case).map(appeal::Appeal::heard_days), Some(days), "each day once: {first}");
    }
    assert_eq!(appeal::open(&case).map(|open| open.hearings.len()), Some(1), "one after another");
    let mut sent_back = case.clone();
    step(&mut case, decide_it(true, false), &city_chief());
    assert_eq!(appeal::next(&case), Some((AppealStep::Rereview, NOW)));

    step(&mut sent_back, decide_it(false, false), &city_chief());
    assert_eq!((sent_back.state.named(), sent_back.round), (CaseState::Undertaken, 2), "back to the handler");
    assert!(appeal::open(&sent_back).is_none() && !sent_back.is_final());

    step(&mut case, ask(), &by_person);
    check(&case, decide_it(true, false), &city_chief(), Refusal::SuperiorMissing);
    step(&mut case, decide_it(true, true), &city_chief());
    assert!(case.is_final() && appeal::next(&case).is_none());
    let again = Command::Reopen { submission: SUBMISSION, round: 1 };
    check(&case, again, &by_person, closed(CaseState::Settled, CaseVerb::Reopen));
    step(&mut case, Command::StrikeOff, &chief());

    let mut lapsed = petition(CaseState::Replied);
    step(&mut lapsed, ask(), &by_person);
    step(&mut lapsed, Command::Reopen { submission: SUBMISSION, round: 1 }, &by_person);
    assert!(appeal::open(&lapsed).is_none(), "taken up again, it needs no decision");
    let mut archived = petition(CaseState::StruckOff);
    step(&mut archived, ask(), &by_person);
    check(&archived, Command::Archive, &office(), Refusal::AppealOpen);
}

/// As officers call a verb.
fn verb_name(verb: CaseVerb) -> &'static str {
    match verb {
        CaseVerb::Unspecified => "",
        CaseVerb::Register => "建账",
        CaseVerb::Decline => "不予建账",
        CaseVerb::AssignUrgently => "先行交办",
        CaseVerb::Assign => "交办",
        CaseVerb::Object => "异议",
        CaseVerb::DecideObjection => "裁定异议",
        CaseVerb::ReplaceHandler => "更换承办人",
        CaseVerb::Reclassify => "换账",
        CaseVerb::Coordinate => "协调",
        CaseVerb::Urge => "督促",
        CaseVerb::AnswerUrge => "回复督促",
        CaseVerb::Contribute => "协办意见",
        CaseVerb::AddRecord => "办理记录",
        CaseVerb::ReferToDiscipline => "移交督察",
        CaseVerb::AnswerReferral => "答复移交",
        CaseVerb::Undertake => "承办",
        CaseVerb::ReportBack => "反馈",
        CaseVerb::Review => "审核",
        CaseVerb::Reply => "回复",
        CaseVerb::RecordVerdict => "评价",
        CaseVerb::RecordReturnVisit => "回访",
        CaseVerb::RecordPublication => "公开",
        CaseVerb::ExamineAccountability => "问责",
        CaseVerb::StrikeOff => "销号",
        CaseVerb::StrikeOffByException => "特殊销号",
        CaseVerb::Archive => "归档",
        CaseVerb::Reopen => "重新办理",
        CaseVerb::Join => "并案",
        CaseVerb::Detach => "退出并案",
        CaseVerb::TakeOwnership => "包案",
        CaseVerb::LinkRepeat => "关联重复",
        CaseVerb::Appeal => "申请复查复核",
        CaseVerb::RecordHearing => "听证",
        CaseVerb::DecideAppeal => "复查复核",
        CaseVerb::IssuePaper => "制发文书",
        CaseVerb::Extend => "延期",
        CaseVerb::AskAuthority => "会办",
        CaseVerb::AnswerCoHandling => "会办答复",
        CaseVerb::RecordContact => "首次联系",
        CaseVerb::Pause => "暂停计时",
        CaseVerb::Resume => "恢复计时",
        CaseVerb::SignDraft => "签发",
        CaseVerb::DropDraft => "不予签发",
    }
}

/// The verbs in the order of a case's life.
const LIFE: [CaseVerb; 43] = [
    CaseVerb::Register,
    CaseVerb::Decline,
    CaseVerb::AssignUrgently,
    CaseVerb::Assign,
    CaseVerb::Object,
    CaseVerb::DecideObjection,
    CaseVerb::Undertake,
    CaseVerb::ReplaceHandler,
    CaseVerb::Reclassify,
    CaseVerb::Coordinate,
    CaseVerb::Urge,
    CaseVerb::AnswerUrge,
    CaseVerb::Contribute,
    CaseVerb::AddRecord,
    CaseVerb::ReferToDiscipline,
    CaseVerb::AnswerReferral,
    CaseVerb::ReportBack,
    CaseVerb::Review,
    CaseVerb::Reply,
    CaseVerb::RecordVerdict,
    CaseVerb::RecordReturnVisit,
    CaseVerb::RecordPublication,
    CaseVerb::ExamineAccountability,
    CaseVerb::StrikeOff,
    CaseVerb::StrikeOffByException,
    CaseVerb::Archive,
    CaseVerb::Reopen,
    CaseVerb::Join,
    CaseVerb::Detach,
    CaseVerb::TakeOwnership,
    CaseVerb::LinkRepeat,
    CaseVerb::Appeal,
    CaseVerb::RecordHearing,
    CaseVerb::DecideAppeal,
    CaseVerb::IssuePaper,
    CaseVerb::Extend,
    CaseVerb::AskAuthority,
    CaseVerb::AnswerCoHandling,
    CaseVerb::RecordContact,
    CaseVerb::Pause,
    CaseVerb::Resume,
    CaseVerb::SignDraft,
    CaseVerb::DropDraft,
];

#[test]
fn no_verb_of_the_contract_is_missing_in_the_tables() {
    let mut printed = LIFE.to_vec();
    printed.sort();
    assert_eq!(printed, verbs().collect::<Vec<_>>());
}
