//! The map from what a publication is refused for to its reason.

use sanben_clock::CalendarError;
use sanben_host::{self as host, Problem};
use sanben_proto::ledger::ErrorReason;
use tonic::Code;

use crate::catalogue::calendar::{self, fault};

pub fn checklist_changed(present: i32) -> host::Refusal {
    host::Refusal::with_code(Code::Aborted, ErrorReason::ChecklistChanged).fact("version", present.to_string())
}

pub fn calendar_wrong(error: CalendarError) -> host::Refusal {
    host::Refusal::field(ErrorReason::CalendarWrong, "csv", fault::problem(&error))
        .fact("line", error.line.to_string())
        .fact("fault", fault::name(&error))
}

impl From<calendar::Refusal> for host::Refusal {
    fn from(refusal: calendar::Refusal) -> host::Refusal {
        use calendar::Refusal as Refused;
        match refusal {
            Refused::Wrong(error) => calendar_wrong(error),
            Refused::Changed { present } => {
                host::Refusal::with_code(Code::Aborted, ErrorReason::CalendarChanged).fact("edition", present.to_string())
            }
            Refused::ReasonMissing => host::Refusal::field(ErrorReason::ReasonMissing, "reason", Problem::blank()),
        }
    }
}

pub fn presets_changed(present: i32) -> host::Refusal {
    host::Refusal::with_code(Code::Aborted, ErrorReason::PresetsChanged).fact("version", present.to_string())
}
