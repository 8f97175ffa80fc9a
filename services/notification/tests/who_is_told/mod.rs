//! Who is told what, as tables that an officer can read and correct. `citizen` is whoever holds the receipt code.

mod facts;
mod words;

use sanben_access::Org;
use sanben_notification::case_step::CaseStep;
use sanben_notification::facts::{Accused, CaseFacts, SubmissionFacts};
use sanben_notification::notice::{Draft, Recipient};
use sanben_notification::telling::{
    of_case, of_implemented_suggestion, of_new_suggestion, of_planned_visit, of_praise, of_submission, of_voice,
};
use sanben_proto::kinds::{PublicStep, Verdict};
use sanben_proto::ledger::{CaseState, ReviewStep};
use sanben_proto::liaison::VoiceFate;
use uuid::Uuid;

use facts::{case, complaint, submission};

fn lines(drafts: &[Draft]) -> Vec<String> {
    let recipient = |draft: &Draft| match &draft.to {
        Recipient::Submission(_) => "citizen".to_owned(),
        to @ (Recipient::Person(_) | Recipient::Role(..)) => to.to_string(),
    };
    drafts.iter().map(|draft| format!("{} {}", recipient(draft), draft.key)).collect()
}

fn check_submission(step: PublicStep, facts: &SubmissionFacts, expected: &[&str]) {
    assert_eq!(lines(&of_submission(step, "12345", facts, &Org::shipped())), expected, "{step:?} of {facts:?}");
}

fn check_case(step: CaseStep, facts: &CaseFacts, expected: &[&str]) {
    assert_eq!(lines(&of_case(step, facts, &Org::shipped())), expected, "{step:?} of {facts:?}");
}

#[test]
fn steps_of_a_submission() {
    let desks = |key: &str| ["lianhu-tumen", "lianhu", "city"].map(|unit| format!("role:desk-officer@{unit} {key}"));
    let with = |first: &'static str, more: &[String]| [&[first.to_owned()], more].concat();
    for (step, expected) in [
        (PublicStep::Received, with("citizen step-received", &desks("duty-triage"))),
        (PublicStep::Answered, with("citizen step-answered", &[])),
        (PublicStep::Passed, with("citizen step-passed", &[])),
        (PublicStep::Refused, with("citizen step-refused", &[])),
        (PublicStep::Proposed, with("citizen step-proposed", &[])),
        (PublicStep::BackToTriage, with("citizen step-returned", &desks("duty-triage-again"))),
        (PublicStep::Reopened, with("citizen step-reopened", &desks("duty-triage-reopened"))),
        (PublicStep::Acknowledged, with("citizen step-acknowledged", &[])),
        (PublicStep::Split, with("citizen step-split", &[])),
    ] {
        check_submission(step, &submission(), &expected.iter().map(String::as_str).collect::<Vec<_>>());
    }
    check_submission(PublicStep::Reopened, &SubmissionFacts { is_case: true, ..submission() }, &["citizen step-reopened"]);
}

#[test]
fn of_a_part_whoever_holds_the_code_of_the_whole_is_told() {
    let whole = Uuid::from_u128(9);
    let part = SubmissionFacts { part_of: Some(whole), unit: String::new(), ..submission() };
    check_submission(PublicStep::Received, &part, &["role:desk-officer@city duty-triage"]);
    let told = of_submission(PublicStep::Proposed, "", &part, &Org::shipped());
    assert_eq!((&told[0].to, told[0].about.submission), (&Recipient::Submission(whole), Some(part.id)));
}

#[test]
fn which_desks_triage() {
    let to = |unit: &str, sealed, accused: &[&str]| SubmissionFacts {
        unit: unit.into(),
        sealed,
        accused: Accused { units: accused.iter().map(|unit| (*unit).to_owned()).collect(), persons: Vec::new() },
        ..submission()
    };
    for (facts, expected) in [
        (to("", false, &[]), &["citizen step-returned", "role:desk-officer@city duty-triage-again"][..]),
        (to("closed-station", false, &[]), &["citizen step-returned", "role:desk-officer@city duty-triage-again"]),
        (to("city", true, &[]), &["citizen step-sealed", "role:desk-officer@city duty-triage-again"]),
        (to("lianhu", true, &[]), &["citizen step-sealed", "role:desk-officer@city duty-triage-again"]),
        (to("lianhu-tumen", true, &["lianhu"]), &["citizen step-sealed", "role:desk-officer@city duty-triage-again"]),
        (to("lianhu-tumen", false, &["lianhu"]), &["citizen step-sealed", "role:desk-officer@city duty-triage-again"]),
        (to("city", true, &["city"]), &["citizen step-sealed"]),
        (
            to("lianhu-tumen", true, &[]),
            &["citizen step-sealed", "role:desk-officer@lianhu duty-triage-again", "role:desk-officer@city duty-triage-again"],
        ),
    ] {
        check_submission(PublicStep::BackToTriage, &facts, expected);
    }
}

fn case_steps() -> Vec<(CaseStep, &'static [&'static str])> {
    vec![
        (CaseStep::Proposed, &["role:chief@lianhu duty-register"]),
        (CaseStep::Registered, &["citizen step-registered", "role:chief@lianhu duty-assign"]),
        (
            CaseStep::Assigned,
            &["citizen step-assigned", "role:handler@lianhu-tumen duty-undertake", "role:handler@lianhu-zaoyuan duty-assist"],
        ),
        (CaseStep::Undertaken, &["citizen step-undertaken"]),
        (CaseStep::ReportedBack, &["role:handler@lianhu-tumen duty-review-handler"]),
        (CaseStep::Reviewed(ReviewStep::Handler), &["role:office@lianhu duty-review-office"]),
        (CaseStep::Reviewed(ReviewStep::Office), &["role:leader-in-charge@lianhu duty-review-leader"]),
        (CaseStep::Reviewed(ReviewStep::Leader), &["person:p-handler duty-deliver"]),
        (CaseStep::Reviewed(ReviewStep::Unspecified), &[]),
        (CaseStep::SentBack, &["person:p-handler duty-rework"]),
        (CaseStep::Replied, &["citizen step-replied"]),
        (CaseStep::VerdictRecorded, &["person:p-handler result-verdict"]),
        (CaseStep::Settled, &["citizen step-settled", "role:office@lianhu duty-complete"]),
        (CaseStep::PublicationRecorded, &[]),
        (CaseStep::AccountabilityExamined, &[]),
        (CaseStep::StruckOff, &["citizen step-struck-off", "role:office@lianhu duty-archive"]),
        (CaseStep::Archived, &["citizen step-archived"]),
        (
            CaseStep::Reopened,
            &["citizen step-reopened-together", "person:p-handler duty-reopened", "role:chief@lianhu result-reopened"],
        ),
        (CaseStep::Objected, &["role:chief@lianhu duty-decide-objection"]),
        (CaseStep::ObjectionDecided { upheld: true }, &[]),
        (CaseStep::ObjectionDecided { upheld: false }, &["role:handler@lianhu-tumen duty-undertake-after-objection"]),
        (CaseStep::Reclassified, &["person:p-handler result-reclassified"]),
        (CaseStep::Contributed, &["person:p-handler result-contribution"]),
        (CaseStep::Joined, &["person:p-handler result-joined"]),
        (CaseStep::Detached, &["person:p-handler result-detached"]),
        (CaseStep::Owned, &["person:p-handler result-owned"]),
        (CaseStep::Appealed, &["role:chief@city duty-decide-appeal", "person:p-handler result-appealed"]),
        (
            CaseStep::AppealDecided,
            &["citizen step-appeal-decided", "person:p-handler result-appeal-decided", "role:chief@lianhu result-appeal-decided"],
        ),
        (CaseStep::PaperIssued, &["citizen step-paper-issued"]),
        (CaseStep::Extended, &["person:p-handler result-extended"]),
        (CaseStep::Paused, &["citizen step-paused", "person:p-handler result-paused"]),
        (CaseStep::Resumed, &["citizen step-resumed", "person:p-handler result-resumed"]),
        (CaseStep::Evidenced, &[]),
        (CaseStep::RepeatLinked, &["role:chief@lianhu result-repeat"]),
        (CaseStep::AuthorityAnswered, &["person:p-handler result-co-handling"]),
        (CaseStep::Urged, &[]),
        (CaseStep::UrgeAnswered, &["role:chief@lianhu result-urge-answered"]),
        (CaseStep::Drafted, &[]),
        (CaseStep::DraftSigned, &[]),
        (CaseStep::Referred, &["role:supervisor@lianhu duty-answer-referral"]),
        (CaseStep::ReferralAnswered, &["role:chief@lianhu result-referral-answered"]),
    ]
}

#[test]
fn steps_of_a_case() {
    for (step, expected) in case_steps() {
        check_case(step, &case(), expected);
    }
}

/// A station signs for the case, and has no office, leader or supervisor: those of its sub-bureau are told, and those of the city only of what
/// has its own gate.
#[test]
fn what_a_station_has_nobody_for_its_sub_bureau_is_told() {
    let rows = [
        (CaseStep::Reviewed(ReviewStep::Handler), "office", "duty-review-office"),
        (CaseStep::Reviewed(ReviewStep::Office), "leader-in-charge", "duty-review-leader"),
        (CaseStep::Referred, "supervisor", "duty-answer-referral"),
        (CaseStep::Settled, "office", "duty-complete"),
        (CaseStep::StruckOff, "office", "duty-archive"),
    ];
    let gates = [
        ("lianhu-tumen", ["lianhu-tumen", "lianhu"].as_slice()),
        ("lianhu", &["lianhu"]),
        ("zhihui", &["zhihui"]),
        ("city", &["city"]),
        ("closed-station", &["closed-station"]),
    ];
    for (step, role, key) in rows {
        for (gate, units) in gates {
            let facts = CaseFacts { gate_unit: gate.into(), submissions: Vec::new(), ..case() };
            let told: Vec<String> = units.iter().map(|unit| format!("role:{role}@{unit} {key}")).collect();
            check_case(step, &facts, &told.iter().map(String::as_str).collect::<Vec<_>>());
        }
    }
    let at_station = CaseFacts { gate_unit: "lianhu-tumen".into(), ..case() };
    let chief = ["citizen step-registered", "role:chief@lianhu-tumen duty-assign"];
    check_case(CaseStep::Registered, &at_station, &chief);
    // Whoever belongs to the station that is complained about is left out, and those above it are told.
    let accused = CaseFacts { sealed: true, submissions: vec![complaint()], ..at_station };
    check_case(CaseStep::Reviewed(ReviewStep::Handler), &accused, &["role:office@lianhu duty-review-office"]);
}

#[test]
fn of_danger_to_life_the_duty_officer_is_told_and_the_chief_to_sign_afterwards() {
    let urgent = CaseFacts { urgent: true, state: CaseState::Assigned, number: String::new(), ..case() };
    check_case(CaseStep::Proposed, &urgent, &["role:chief@lianhu duty-register", "role:duty-officer@lianhu duty-assign-urgently"]);
    let told = ["citizen step-assigned", "role:handler@lianhu-tumen duty-undertake", "role:handler@lianhu-zaoyuan duty-assist"];
    check_case(CaseStep::Assigned, &urgent, &[told[0], told[1], told[2], "role:chief@lianhu duty-sign-urgent"]);
    let signed = CaseFacts { number: "投〔2026〕7F3K2Q".into(), ..urgent };
    check_case(CaseStep::Registered, &signed, &["citizen step-registered"]);
    check_case(CaseStep::Assigned, &signed, &told);
    let all_but_signed = CaseFacts { state: CaseState::Settled, complete: true, ..signed.clone() };
    check_case(CaseStep::Registered, &all_but_signed, &["citizen step-registered", "role:chief@lianhu duty-strike-off"]);
    let at_the_gate = CaseFacts { state: CaseState::Registered, ..signed };
    check_case(CaseStep::Registered, &at_the_gate, &["citizen step-registered", "role:chief@lianhu duty-assign"]);
}

#[test]
fn the_unit_that_is_urged_is_told() {
    let urged = CaseFacts { urged_unit: "lianhu-zaoyuan".into(), ..case() };
    check_case(CaseStep::Urged, &urged, &["role:handler@lianhu-zaoyuan duty-answer-urge"]);
}

#[test]
fn whoever_signs_a_draft_is_told_once() {
    let waiting = |units: &[&str]| units.iter().map(|unit| (1, (*unit).to_owned())).collect();
    let drafted = CaseFacts { waiting_drafts: waiting(&["lianhu", "city", "lianhu"]), ..case() };
    check_case(CaseStep::Drafted, &drafted, &["role:chief@city duty-sign-draft", "role:chief@lianhu duty-sign-draft"]);
}

/// A bulletin or a referral goes to nobody who has to answer it, so it names no unit; see `letter_unit`.
#[test]
fn the_chief_of_the_unit_that_a_letter_goes_to_is_told() {
    let signed = CaseFacts { letter_unit: "lianhu-tumen".into(), ..case() };
    check_case(CaseStep::DraftSigned, &signed, &["role:chief@lianhu-tumen result-draft-signed"]);
    let accused = CaseFacts { sealed: true, submissions: vec![complaint()], ..signed };
    check_case(CaseStep::DraftSigned, &accused, &[]);
}

#[test]
fn the_strike_off_is_due_once_its_checklists_are_complete() {
    let missing = CaseFacts { record_missing: true, ..case() };
    let told = ["citizen step-settled", "role:office@lianhu duty-complete", "person:p-handler duty-complete"];
    check_case(CaseStep::Settled, &missing, &told);
    let complete = CaseFacts { complete: true, ..case() };
    check_case(CaseStep::Settled, &complete, &["citizen step-settled", "role:chief@lianhu duty-strike-off"]);
    for step in [CaseStep::PublicationRecorded, CaseStep::AccountabilityExamined, CaseStep::Evidenced] {
        check_case(step, &complete, &["role:chief@lianhu duty-strike-off"]);
        check_case(step, &CaseFacts { state: CaseState::StruckOff, ..complete.clone() }, &[]);
        check_case(step, &CaseFacts { state: CaseState::Replied, verdict: Verdict::Unspecified, ..complete.clone() }, &[]);
    }
    let once =
        |round| of_case(CaseStep::PublicationRecorded, &CaseFacts { round, ..complete.clone() }, &Org::shipped())[0].once.clone();
    assert!(once(1).is_some() && once(1) != once(2));
}

#[test]
fn the_leader_who_answers_for_it_in_person_is_told() {
    let asker = Some(submission().id);
    let owned = CaseFacts { state: CaseState::Replied, owner: "p-owner".into(), asker, ..case() };
    let told = ["person:p-handler duty-reopened", "role:chief@lianhu result-reopened", "person:p-owner result-owner-reopened"];
    check_case(CaseStep::Reopened, &owned, &told);
    let angry = CaseFacts { verdict: Verdict::Dissatisfied, ..owned };
    let told =
        ["person:p-handler result-verdict", "role:chief@lianhu result-dissatisfied", "person:p-owner result-owner-dissatisfied"];
    check_case(CaseStep::VerdictRecorded, &angry, &told);
}

#[test]
fn who_is_not_content_is_not_overlooked() {
    let replied = CaseFacts { state: CaseState::Replied, verdict: Verdict::Dissatisfied, ..case() };
    let told = ["person:p-handler result-verdict", "role:chief@lianhu result-dissatisfied"];
    check_case(CaseStep::VerdictRecorded, &replied, &told);
    let complete = CaseFacts { complete: true, ..replied };
    let due = "role:chief@city duty-exception";
    check_case(CaseStep::VerdictRecorded, &complete, &[told[0], told[1], due]);
    check_case(CaseStep::PublicationRecorded, &complete, &[due]);
    check_case(CaseStep::AccountabilityExamined, &CaseFacts { verdict: Verdict::DeclinedToSay, ..complete.clone() }, &[due]);
    check_case(CaseStep::AccountabilityExamined, &CaseFacts { verdict: Verdict::Unspecified, ..complete.clone() }, &[]);
    check_case(CaseStep::Evidenced, &complete, &[due]);
    let after = CaseFacts { state: CaseState::Settled, ..complete };
    check_case(CaseStep::AccountabilityExamined, &after, &[due]);
}

#[test]
fn every_submission_of_a_case_is_told() {
    let other = SubmissionFacts { id: Uuid::from_u128(3), ..submission() };
    let facts = CaseFacts { submissions: vec![submission(), other], ..case() };
    let drafts = of_case(CaseStep::Replied, &facts, &Org::shipped());
    let told: Vec<_> = drafts.iter().map(|draft| draft.to.clone()).collect();
    assert_eq!(told, [Recipient::Submission(Uuid::from_u128(1)), Recipient::Submission(Uuid::from_u128(3))]);
    assert!(drafts.iter().all(|draft| draft.about.case == Some(facts.id)));
}

#[test]
fn nothing_of_a_sealed_matter_reaches_a_citizens_phone() {
    for facts in [CaseFacts { sealed: true, ..case() }, CaseFacts { submissions: vec![complaint()], ..case() }] {
        for (step, _) in case_steps() {
            for draft in of_case(step, &facts, &Org::shipped()) {
                if matches!(draft.to, Recipient::Submission(_)) {
                    assert_eq!((draft.key, draft.about.case, draft.arguments.len()), ("step-sealed", None, 0), "{step:?}");
                }
            }
        }
    }
}

#[test]
fn who_is_complained_about_is_told_nothing() {
    let mistaken = CaseFacts { handler: "p-accused".into(), submissions: vec![complaint()], ..case() };
    check_case(CaseStep::Assigned, &mistaken, &["citizen step-sealed", "role:handler@lianhu-zaoyuan duty-assist"]);
    check_case(CaseStep::SentBack, &mistaken, &[]);
    let drafts = of_case(CaseStep::Proposed, &mistaken, &Org::shipped());
    assert_eq!(drafts[0].hidden_from, ["p-accused"]);
}

#[test]
fn nobody_is_told_where_nobody_is() {
    let early = CaseFacts { handler: String::new(), gate_unit: String::new(), ..case() };
    check_case(CaseStep::SentBack, &early, &[]);
    check_case(CaseStep::Proposed, &early, &[]);
}

fn others() -> Vec<Draft> {
    let (visit, meeting) = (Uuid::from_u128(4), Uuid::from_u128(5));
    let fates = [
        VoiceFate::Unspecified,
        VoiceFate::SolvedOnTheSpot,
        VoiceFate::Carried,
        VoiceFate::Registered,
        VoiceFate::Settled,
        VoiceFate::Archived,
        VoiceFate::EndedAtDesk,
    ];
    let voices = fates.into_iter().filter_map(|fate| of_voice(visit, "p-officer", fate));
    std::iter::once(of_planned_visit(visit, "p-officer", "2026-03-01"))
        .chain(voices)
        .chain([
            of_praise(Uuid::from_u128(1), "lianhu"),
            of_new_suggestion(meeting, "lianhu", Some(Uuid::from_u128(1))),
            of_implemented_suggestion(meeting, "lianhu"),
        ])
        .collect()
}

#[test]
fn visits_and_meetings() {
    let expected = [
        "person:p-officer duty-visit",
        "person:p-officer result-voice-solved",
        "person:p-officer result-voice-carried",
        "person:p-officer result-voice-registered",
        "person:p-officer result-voice-settled",
        "person:p-officer result-voice-archived",
        "person:p-officer result-voice-ended-at-desk",
        "role:chief@lianhu result-praise",
        "role:meeting-secretary@lianhu duty-deliberate",
        "role:meeting-secretary@lianhu result-suggestion",
    ];
    assert_eq!(lines(&others()), expected);
}
