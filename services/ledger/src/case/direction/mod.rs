//! What chiefs and duty officers decide on a case.

pub mod assign_case;
pub mod assign_case_urgently;
pub mod coordinate_case;
pub mod decide_appeal;
pub mod decide_objection;
pub mod decline_case;
pub mod extend_case;
pub mod pause_case;
pub mod reclassify_case;
pub mod refer_case_to_discipline;
pub mod register_case;
pub mod resume_case;
pub mod strike_off_case;
pub mod strike_off_case_by_exception;
pub mod take_case_ownership;
pub mod urge_case;
