//! Praise, as the contract has it.

use sanben_host::timestamp;
use sanben_proto::ledger as pb;

use crate::catalogue::praise::Praise;

pub fn praise(of: &Praise) -> pb::Praise {
    pb::Praise {
        praise_id: of.id.to_string(),
        submission_id: of.submission.to_string(),
        unit_id: of.unit.clone(),
        summary: of.summary.clone(),
        origin: of.origin as i32,
        receive_time: Some(timestamp(of.received)),
        record_time: Some(timestamp(of.recorded)),
    }
}
