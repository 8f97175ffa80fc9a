//! The refusals of this service.

use sanben_host::{Problem, Refusal};
use sanben_proto::{kinds, notification};
use tonic::Code;

pub fn receipt_unknown() -> Refusal {
    Refusal::with_code(Code::NotFound, notification::ErrorReason::ReceiptUnknown)
}

pub fn unauthenticated() -> Refusal {
    Refusal::with_code(Code::Unauthenticated, kinds::ErrorReason::Unauthenticated)
}

pub fn foreign_resume_token() -> Refusal {
    Refusal::field(kinds::ErrorReason::ForeignResumeToken, "resume_token", Problem::new("problem-foreign-resume"))
}
