//! What can happen to a case, and what of it the persons behind its submissions are told.

use sanben_bus::{Event, Fault};
use sanben_host::heard;
use sanben_proto::kinds::PublicStep;
use sanben_proto::ledger::{self as pb, ReviewStep};

/// What can happen to a case.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CaseStep {
    Proposed,
    Registered,
    Assigned,
    Undertaken,
    ReportedBack,
    Reviewed(ReviewStep),
    SentBack,
    Replied,
    VerdictRecorded,
    Settled,
    PublicationRecorded,
    AccountabilityExamined,
    StruckOff,
    Archived,
    Reopened,
    Objected,
    ObjectionDecided {
        upheld: bool,
    },
    Reclassified,
    Contributed,
    Urged,
    UrgeAnswered,
    AuthorityAnswered,
    Referred,
    ReferralAnswered,
    Joined,
    Detached,
    Owned,
    RepeatLinked,
    Appealed,
    AppealDecided,
    PaperIssued,
    Extended,
    Paused,
    Resumed,
    /// A clock has drafted something.
    Drafted,
    /// A chief has signed it.
    DraftSigned,
    /// Put on record, or a return visit: what a checklist may have waited for.
    Evidenced,
}

/// Whether the persons behind its submissions are told of it.
pub fn is_public(step: CaseStep) -> bool {
    public_step(step).is_some()
}

/// What they see of it, if they do: as the event declares it. More time is told of by its notice, an appeal at once by intake.
pub fn public_step(step: CaseStep) -> Option<PublicStep> {
    FACTS.iter().filter(|(of, _)| *of == step).find_map(|(_, fact)| sanben_host::public_step(fact))
}

/// What each fact of the ledger says, where it always says the same: one table for reading it and for what the persons see of it.
macro_rules! facts {
    ($($message:ident => $step:ident),* $(,)?) => {
        /// A step and the full name of an event that says it. A paper is read on its own, since not each is told of.
        const FACTS: &[(CaseStep, &str)] = &[
            (CaseStep::PaperIssued, "sanben.ledger.v1.PaperIssued"),
            $((CaseStep::$step, concat!("sanben.ledger.v1.", stringify!($message)))),*
        ];

        /// The step, the case, and its submissions; nothing for events that are not in the table.
        ///
        /// # Errors
        /// The event is poisoned when its bytes are not its message.
        pub fn read(event: &Event) -> Result<Option<(CaseStep, String, Vec<String>)>, Fault> {
            $(
                if let Some(pb::$message { case_id, submission_ids, .. }) = heard(event)? {
                    return Ok(Some((CaseStep::$step, case_id, submission_ids)));
                }
            )*
            Ok(None)
        }
    };
}

facts!(
    CaseProposed => Proposed,
    CaseRegistered => Registered,
    CaseAssigned => Assigned,
    CaseUndertaken => Undertaken,
    CaseReportedBack => ReportedBack,
    CaseSentBack => SentBack,
    CaseReplied => Replied,
    VerdictRecorded => VerdictRecorded,
    CaseSettled => Settled,
    PublicationRecorded => PublicationRecorded,
    AccountabilityExamined => AccountabilityExamined,
    CaseStruckOff => StruckOff,
    CaseArchived => Archived,
    CaseReopened => Reopened,
    CaseObjected => Objected,
    CaseJoined => Joined,
    CaseAppealed => Appealed,
    AppealDecided => AppealDecided,
    CaseOwned => Owned,
    CaseRepeatLinked => RepeatLinked,
    CaseExtended => Extended,
    CasePaused => Paused,
    CaseResumed => Resumed,
    CaseDetached => Detached,
    CaseReclassified => Reclassified,
    ContributionMade => Contributed,
    CaseUrged => Urged,
    UrgeAnswered => UrgeAnswered,
    AuthorityAnswered => AuthorityAnswered,
    RungReached => Drafted,
    DraftsRenewed => Drafted,
    DraftSigned => DraftSigned,
    CaseReferred => Referred,
    ReferralAnswered => ReferralAnswered,
    CaseRecordAdded => Evidenced,
    ReturnVisitRecorded => Evidenced,
);
