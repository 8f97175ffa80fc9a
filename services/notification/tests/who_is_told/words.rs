//! Every notice has its words, and somebody who reads it.

use sanben_access::Org;
use sanben_host::{Catalog, Lang};
use sanben_notification::SERVICE;
use sanben_notification::facts::CaseFacts;
use sanben_notification::notice::{Draft, Recipient, TOLD};
use sanben_notification::telling::{of_case, of_submission};
use sanben_proto::kinds::{PublicStep, Verdict};
use sanben_proto::ledger::CaseState;
use sanben_proto::notification::NoticeKind;

use super::facts::{NUMBER, case, submission};
use super::{case_steps, others};

/// Every notice there can be, once.
fn everything() -> Vec<Draft> {
    let org = Org::shipped();
    let steps = [
        PublicStep::Received,
        PublicStep::Answered,
        PublicStep::Passed,
        PublicStep::Refused,
        PublicStep::Proposed,
        PublicStep::BackToTriage,
        PublicStep::Reopened,
        PublicStep::Acknowledged,
        PublicStep::Split,
        PublicStep::Joined,
        PublicStep::Detached,
        PublicStep::Appealed,
    ];
    let submissions = steps.into_iter().flat_map(|step| of_submission(step, "12345", &submission(), &org));
    let dissatisfied =
        CaseFacts { state: CaseState::Replied, verdict: Verdict::Dissatisfied, complete: true, owner: "p-owner".into(), ..case() };
    let urged_unit = "lianhu-zaoyuan".to_owned();
    let urgent = CaseFacts { urgent: true, urged_unit, ..case() };
    let cases = [case(), CaseFacts { complete: true, ..case() }, CaseFacts { sealed: true, ..case() }, dissatisfied, urgent];
    let cases = cases.iter().flat_map(|facts| case_steps().into_iter().flat_map(|(step, _)| of_case(step, facts, &org)));
    submissions.chain(cases).chain(others()).collect()
}

#[test]
fn every_notice_has_its_words_in_every_language() {
    let catalog = Catalog::new(&[SERVICE.texts]);
    for draft in everything() {
        let key = format!("notice-{}", draft.key);
        assert!(catalog.has(&key), "{key}");
        let arguments: Vec<_> = draft.arguments.iter().map(|(name, value)| (name.as_str(), value.clone())).collect();
        let text = catalog.text(Lang::ZhCn, &key, &arguments);
        let of_case = draft.about.case.is_some()
            && !["duty-register", "duty-assign-urgently", "duty-sign-urgent", "result-suggestion"].contains(&draft.key);
        assert!(!of_case || text.contains(NUMBER), "{key}: {text}");
        assert!(!text.contains('{'), "an argument is missing: {text}");
    }
}

#[test]
fn kinds_and_roles_fit() {
    for draft in everything() {
        let expected = match draft.key.split('-').next() {
            Some("step") => NoticeKind::PublicStep,
            Some("duty") => NoticeKind::Duty,
            _ => NoticeKind::Result,
        };
        assert_eq!(draft.kind, expected, "{}", draft.key);
        if let Recipient::Role(role, _) = draft.to {
            assert!(TOLD.contains(&role), "nobody would read what is sent to {role:?}");
        }
    }
}
