//! The verbs of a case, and what officers call them.

use super::Command;

/// The verbs, for what is said about them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verb {
    Register,
    Decline,
    AssignUrgently,
    Assign,
    Object,
    DecideObjection,
    Undertake,
    Reclassify,
    Coordinate,
    Urge,
    AnswerUrge,
    Contribute,
    AddRecord,
    Refer,
    AnswerReferral,
    ReportBack,
    Review,
    Reply,
    RecordVerdict,
    ReturnVisit,
    RecordPublication,
    Examine,
    StrikeOff,
    StrikeOffByException,
    Archive,
    Reopen,
    Join,
    Detach,
}

impl Command {
    /// Which verb it is.
    pub fn verb(&self) -> Verb {
        match self {
            Command::Register { .. } => Verb::Register,
            Command::Decline { .. } => Verb::Decline,
            Command::Assign { .. } => Verb::Assign,
            Command::AssignUrgently { .. } => Verb::AssignUrgently,
            Command::Object { .. } => Verb::Object,
            Command::DecideObjection { .. } => Verb::DecideObjection,
            Command::Reclassify { .. } => Verb::Reclassify,
            Command::Contribute => Verb::Contribute,
            Command::Coordinate => Verb::Coordinate,
            Command::Urge { .. } => Verb::Urge,
            Command::AnswerUrge { .. } => Verb::AnswerUrge,
            Command::AddRecord { .. } => Verb::AddRecord,
            Command::Refer => Verb::Refer,
            Command::AnswerReferral => Verb::AnswerReferral,
            Command::Undertake => Verb::Undertake,
            Command::ReportBack { .. } => Verb::ReportBack,
            Command::Review { .. } => Verb::Review,
            Command::Reply { .. } => Verb::Reply,
            Command::RecordVerdict { .. } => Verb::RecordVerdict,
            Command::ReturnVisit { .. } => Verb::ReturnVisit,
            Command::RecordPublication { .. } => Verb::RecordPublication,
            Command::Examine => Verb::Examine,
            Command::StrikeOff => Verb::StrikeOff,
            Command::StrikeOffByException { .. } => Verb::StrikeOffByException,
            Command::Archive => Verb::Archive,
            Command::Reopen { .. } => Verb::Reopen,
            Command::Join(_) => Verb::Join,
            Command::Detach { .. } => Verb::Detach,
        }
    }
}

impl Verb {
    /// All of them, in the order of a case's life.
    pub const ALL: [Verb; 28] = [
        Verb::Register,
        Verb::Decline,
        Verb::AssignUrgently,
        Verb::Assign,
        Verb::Object,
        Verb::DecideObjection,
        Verb::Undertake,
        Verb::Reclassify,
        Verb::Coordinate,
        Verb::Urge,
        Verb::AnswerUrge,
        Verb::Contribute,
        Verb::AddRecord,
        Verb::Refer,
        Verb::AnswerReferral,
        Verb::ReportBack,
        Verb::Review,
        Verb::Reply,
        Verb::RecordVerdict,
        Verb::ReturnVisit,
        Verb::RecordPublication,
        Verb::Examine,
        Verb::StrikeOff,
        Verb::StrikeOffByException,
        Verb::Archive,
        Verb::Reopen,
        Verb::Join,
        Verb::Detach,
    ];

    /// As officers call it.
    pub const fn name(self) -> &'static str {
        match self {
            Verb::Register => "建账",
            Verb::Decline => "不予建账",
            Verb::AssignUrgently => "先行交办",
            Verb::Assign => "交办",
            Verb::Object => "异议",
            Verb::DecideObjection => "裁定异议",
            Verb::Reclassify => "换账",
            Verb::Coordinate => "协调",
            Verb::Urge => "督促",
            Verb::AnswerUrge => "回复督促",
            Verb::Contribute => "协办意见",
            Verb::AddRecord => "办理记录",
            Verb::Refer => "移交督察",
            Verb::AnswerReferral => "答复移交",
            Verb::Undertake => "承办",
            Verb::ReportBack => "反馈",
            Verb::Review => "审核",
            Verb::Reply => "回复",
            Verb::RecordVerdict => "评价",
            Verb::ReturnVisit => "回访",
            Verb::RecordPublication => "公开",
            Verb::Examine => "问责",
            Verb::StrikeOff => "销号",
            Verb::StrikeOffByException => "特殊销号",
            Verb::Archive => "归档",
            Verb::Reopen => "重新办理",
            Verb::Join => "并案",
            Verb::Detach => "退出并案",
        }
    }
}
