//! The refusals of this service.

use sanben_host::Refusal;
use sanben_proto::{kinds, notification};
use tonic::Code;

pub fn receipt_unknown() -> Refusal {
    Refusal::with_code(Code::NotFound, notification::ErrorReason::ReceiptUnknown)
}

pub fn unauthenticated() -> Refusal {
    Refusal::with_code(Code::Unauthenticated, kinds::ErrorReason::Unauthenticated)
}
