//! The one map from a refused rule to its reason.

use sanben_host::{self as host, Problem};
use sanben_proto::ledger::ErrorReason;

use sanben_ledger_rules::case::Refusal;
use sanben_ledger_rules::drive;
use sanben_ledger_rules::problem;

/// Why a verb of a case is refused.
pub fn case(refusal: Refusal) -> host::Refusal {
    let rule = |reason: ErrorReason| host::Refusal::rule(reason);
    let field = |reason: ErrorReason, field: &str, problem: Problem| host::Refusal::field(reason, field, problem);
    match refusal {
        Refusal::WrongState { state, verb } => {
            rule(ErrorReason::WrongState).fact("state", state.as_str_name()).fact("verb", verb.as_str_name())
        }
        Refusal::NotTheChief { unit } => rule(ErrorReason::NotTheChief).fact("unit", unit),
        Refusal::SignerIsAccused => rule(ErrorReason::SignerIsAccused),
        Refusal::SignerIsHandler => rule(ErrorReason::SignerIsHandler),
        Refusal::HandlerIsAccused => rule(ErrorReason::HandlerIsAccused),
        Refusal::AssistingIsLead { unit } => {
            let problem = Problem::new("problem-assisting-is-lead");
            field(ErrorReason::AssistingIsLead, "assisting_unit_ids", problem).fact("unit", unit)
        }
        Refusal::LeadOutsideGate { unit } => rule(ErrorReason::LeadOutsideGate).fact("unit", unit),
        Refusal::NotTheLeadUnit { unit } => rule(ErrorReason::NotTheLeadUnit).fact("unit", unit),
        Refusal::NotTheHandler => rule(ErrorReason::NotTheHandler),
        Refusal::WrongReviewRole { step } => rule(ErrorReason::WrongReviewRole).fact("step", step.as_str_name()),
        Refusal::ReviewerTwice => rule(ErrorReason::ReviewerTwice),
        Refusal::CriteriaNotMet => rule(ErrorReason::CriteriaNotMet),
        Refusal::ReasonMissing => field(ErrorReason::ReasonMissing, "reason", Problem::blank()),
        Refusal::WrongRound { round } => rule(ErrorReason::WrongRound).fact("round", round.to_string()),
        Refusal::VerdictTooLate { deadline } => rule(ErrorReason::VerdictTooLate).fact("deadline", deadline.date().to_string()),
        Refusal::VerdictTwice => rule(ErrorReason::VerdictTwice),
        Refusal::NotOfThisCase => rule(ErrorReason::NotOfThisCase),
        Refusal::ExaminerIsHandler => rule(ErrorReason::ExaminerIsHandler),
        Refusal::NotOneLevelUp { unit } => rule(ErrorReason::NotOneLevelUp).fact("unit", unit),
        Refusal::SuperiorMissing => field(ErrorReason::SuperiorMissing, "superior", Problem::missing()),
        Refusal::Confirmed => rule(ErrorReason::Confirmed),
        Refusal::PersonNotHeard { deadline } => rule(ErrorReason::PersonNotHeard).fact("deadline", deadline.date().to_string()),
        Refusal::NotUrgent => rule(ErrorReason::NotUrgent),
        Refusal::NotSigned => rule(ErrorReason::NotSigned),
        Refusal::ObjectionTooLate { deadline } => rule(ErrorReason::ObjectionTooLate).fact("deadline", deadline.date().to_string()),
        Refusal::ObjectionClosed => rule(ErrorReason::ObjectionClosed),
        Refusal::NobodyAbove => rule(ErrorReason::NobodyAbove),
        Refusal::NotTheSuperior { unit } => rule(ErrorReason::NotTheSuperior).fact("unit", unit),
        Refusal::Unchanged { field: name } => field(ErrorReason::Unchanged, name, Problem::new("problem-unchanged")),
        Refusal::AlreadyInBook => field(ErrorReason::AlreadyInBook, "book", Problem::new("problem-already-in-book")),
        Refusal::NotAssisting => rule(ErrorReason::NotAssisting),
        Refusal::NotInvolved { unit } => rule(ErrorReason::NotInvolved).fact("unit", unit),
        Refusal::UrgingUnknown { last } => {
            field(ErrorReason::UrgingUnknown, "number", Problem::unknown()).fact("last", last.to_string())
        }
        Refusal::UrgingAnswered => rule(ErrorReason::UrgingAnswered),
        Refusal::TooManyUrgings => rule(ErrorReason::TooManyUrgings),
        Refusal::UrgentGoesOn => rule(ErrorReason::UrgentGoesOn),
        Refusal::ComplaintThroughTriage => rule(ErrorReason::ComplaintThroughTriage),
        Refusal::ReferredAlready => rule(ErrorReason::ReferredAlready),
        Refusal::NoOpenReferral => rule(ErrorReason::NoOpenReferral),
        Refusal::AnswererInvolved => rule(ErrorReason::AnswererInvolved),
        Refusal::AppealOpen => rule(ErrorReason::AppealOpen),
        Refusal::NoOpenAppeal => rule(ErrorReason::NoOpenAppeal),
        Refusal::NotTheAppealUnit { unit } => rule(ErrorReason::NotTheAppealUnit).fact("unit", unit),
        Refusal::OpinionMissing => field(ErrorReason::OpinionMissing, "opinion", Problem::missing()),
        Refusal::NotAPetition => rule(ErrorReason::NotAPetition),
        Refusal::ExtendedAlready => rule(ErrorReason::ExtendedAlready),
        Refusal::ExtensionTooLate { due } => rule(ErrorReason::ExtensionTooLate).fact("due", due.date().to_string()),
        Refusal::PaperUnknown => field(ErrorReason::PaperUnknown, "corrects_number", Problem::unknown()),
        Refusal::TooManyPapers => rule(ErrorReason::TooManyPapers),
        Refusal::CoHandlingSealed => rule(ErrorReason::CoHandlingSealed),
        Refusal::TooManyCoHandlings => rule(ErrorReason::TooManyCoHandlings),
        Refusal::CoHandlingAnswered => rule(ErrorReason::CoHandlingAnswered),
        Refusal::CoHandlingWithdrawn => rule(ErrorReason::CoHandlingWithdrawn),
        Refusal::NoCoHandling => host::Refusal::not_found(),
        Refusal::ClockPaused => rule(ErrorReason::ClockPaused),
        Refusal::ClockNotPaused => rule(ErrorReason::ClockNotPaused),
        Refusal::ContactedAlready => rule(ErrorReason::ContactedAlready),
        Refusal::TooManyPauses => rule(ErrorReason::TooManyPauses),
        Refusal::PauseTooLate { due } => rule(ErrorReason::PauseTooLate).fact("due", due.date().to_string()),
        Refusal::DraftUnknown => field(ErrorReason::DraftUnknown, "draft_number", Problem::unknown()),
        Refusal::DraftClosed => rule(ErrorReason::DraftClosed),
        Refusal::NotTheSigner { unit } => rule(ErrorReason::NotTheSigner).fact("unit", unit),
        Refusal::OwnedAlready => rule(ErrorReason::OwnedAlready),
        Refusal::ExaminerIsExamined => rule(ErrorReason::ExaminerIsExamined),
        Refusal::RepeatLinked => rule(ErrorReason::RepeatLinked),
        Refusal::NotEarlier => rule(ErrorReason::NotEarlier),
        Refusal::RepeatLessSealed => rule(ErrorReason::RepeatLessSealed),
        Refusal::ReferralOpen => rule(ErrorReason::ReferralOpen),
        Refusal::VisitorInvolved => rule(ErrorReason::VisitorInvolved),
        Refusal::VisitedToday => rule(ErrorReason::VisitedToday),
        Refusal::NotConfirmed => rule(ErrorReason::NotConfirmed),
        Refusal::ThreeOnesIncomplete { missing } => rule(ErrorReason::ThreeOnesIncomplete).fact("missing", missing.join("、")),
    }
}

pub fn unit_unknown(field: &str, unit: &str) -> host::Refusal {
    host::Refusal::field(ErrorReason::UnitUnknown, field, Problem::no_unit()).fact("unit", unit)
}

/// Why something about a drive is refused.
pub fn drive(refusal: drive::Refusal) -> host::Refusal {
    let rule = |reason: ErrorReason| host::Refusal::rule(reason);
    match refusal {
        drive::Refusal::NotTheChief { unit } => rule(ErrorReason::NotTheChief).fact("unit", unit),
        drive::Refusal::Empty => rule(ErrorReason::DriveEmpty),
        drive::Refusal::TooLarge { most } => rule(ErrorReason::DriveTooLarge).fact("most", most.to_string()),
        drive::Refusal::Closed => rule(ErrorReason::DriveClosed),
        drive::Refusal::NotZero { open } => {
            host::Refusal::field(ErrorReason::DriveNotZero, "reason", Problem::blank()).fact("open", open.to_string())
        }
    }
}

/// Why something about a common problem is refused.
pub fn problem(refusal: problem::Refusal) -> host::Refusal {
    use problem::Refusal as Refused;
    let rule = |reason: ErrorReason| host::Refusal::rule(reason);
    let field = |reason: ErrorReason, field: &str, key: &'static str| host::Refusal::field(reason, field, Problem::new(key));
    let case = |reason: ErrorReason, index: usize, key: &'static str| field(reason, &format!("case_ids[{index}]"), key);
    match refusal {
        Refused::WrongState { state, verb } => {
            rule(ErrorReason::ProblemWrongState).fact("state", state.as_str_name()).fact("verb", format!("{verb:?}"))
        }
        Refused::OutsideReach => field(ErrorReason::ProblemOutsideReach, "unit_id", "problem-outside-reach"),
        Refused::NotRegistered { index } => case(ErrorReason::ProblemCaseNotRegistered, index, "problem-case-not-registered"),
        Refused::Sealed { index } => case(ErrorReason::ProblemCaseSealed, index, "problem-case-sealed"),
        Refused::Taken { index } => case(ErrorReason::ProblemCaseTaken, index, "problem-case-taken"),
        Refused::TooLarge { most } => rule(ErrorReason::ProblemTooLarge).fact("most", most.to_string()),
        Refused::NotTheChief { unit } => rule(ErrorReason::NotTheChief).fact("unit", unit),
        Refused::OutsideUnit { unit } => {
            field(ErrorReason::MeasureOutsideUnit, "responsible_unit_id", "problem-outside-unit").fact("unit", unit)
        }
        Refused::Date { first, last } => field(ErrorReason::MeasureDate, "effective_date", "problem-measure-date")
            .fact("first", first.date().to_string())
            .fact("last", last.date().to_string()),
        Refused::TooManyMeasures { most } => rule(ErrorReason::TooManyMeasures).fact("most", most.to_string()),
        Refused::TooEarly { first } => rule(ErrorReason::EffectTooEarly).fact("first", first.date().to_string()),
        Refused::BySigner => rule(ErrorReason::EffectBySigner),
        Refused::NotTheOffice { unit } => rule(ErrorReason::NotTheProblemOffice).fact("unit", unit),
    }
}
