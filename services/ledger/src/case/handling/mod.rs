//! What the units that have a case do with it.

pub mod add_case_record;
pub mod answer_referral;
pub mod answer_urging;
pub mod archive_case;
pub mod contribute_to_case;
pub mod examine_accountability;
pub mod link_repeat_case;
pub mod object_to_assignment;
pub mod record_contact;
pub mod record_hearing;
pub mod record_publication;
pub mod record_return_visit;
pub mod record_verdict;
pub mod reply_to_case;
pub mod report_back_on_case;
pub mod review_reply;
pub mod undertake_case;
