//! By when a reply is due: one preset per track. Defaults; not yet checked against 公安机关信访工作规定 of 2023.

use sanben_clock::{Calendar, Due, Roll, Ts};
use sanben_proto::kinds::Track;

/// 信访工作条例 article 34: sixty calendar days.
const PETITION_DAYS: u32 = 60;
/// Study and reply: the suite's default.
const SUGGESTION_WORKDAYS: u32 = 15;
/// No fixed limit in law: the suite's default.
const ACCUSATION_DAYS: u32 = 60;
/// The suite's default.
const CONSULTATION_WORKDAYS: u32 = 5;
/// How long the person may judge a reply, and after which silence counts as unreachable.
const VERDICT_DAYS: u32 = 15;
/// 信访工作条例 article 22.
const OBJECTION_WORKDAYS: u32 = 5;
/// 信访工作条例 articles 35 and 36: to ask, and to decide.
const APPEAL_DAYS: u32 = 30;
/// After an urgent assignment.
const SIGN_WORKDAYS: u32 = 1;
/// What assisting units bring: the suite's default.
const ASSIST_WORKDAYS: u32 = 10;

/// The day by which something is due, in Asia/Shanghai; its last instant still counts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Deadline {
    /// `YYYY-MM-DD`.
    pub date: String,
    /// Whether it may move when the holidays of a coming year are announced.
    pub provisional: bool,
}

/// By when a matter on `track`, received at `received`, should be replied to. The day of receipt is not counted (民法典 article 201).
/// `extension_days`: so many more for a petition, article 34.
pub fn reply_due(calendar: &Calendar, track: Track, received: Ts, extension_days: u32) -> Deadline {
    let due = finish(calendar, track, received, extension_days);
    Deadline { date: due.date.to_string(), provisional: due.provisional }
}

/// As [`reply_due`], the last instant.
pub fn reply_until(calendar: &Calendar, track: Track, received: Ts, extension_days: u32) -> Ts {
    Ts::end_of(finish(calendar, track, received, extension_days).date)
}

fn finish(calendar: &Calendar, track: Track, received: Ts, extension_days: u32) -> Due {
    let start = received.date();
    match track {
        Track::Petition => calendar.add_days(start, PETITION_DAYS.saturating_add(extension_days), Roll::Forward),
        Track::Unspecified => calendar.add_days(start, PETITION_DAYS, Roll::Forward),
        Track::Accusation => calendar.add_days(start, ACCUSATION_DAYS, Roll::Forward),
        Track::Suggestion => calendar.add_workdays(start, SUGGESTION_WORKDAYS),
        Track::Consultation => calendar.add_workdays(start, CONSULTATION_WORKDAYS),
        Track::Urgent => calendar.add_days(start, 0, Roll::Keep),
    }
}

/// The last instant at which a verdict on a reply counts. A last day on which nothing is open rolls to the next workday.
pub fn verdict_deadline(calendar: &Calendar, delivered: Ts) -> Ts {
    Ts::end_of(calendar.add_days(delivered.date(), VERDICT_DAYS, Roll::Forward).date)
}

/// The last instant at which a superior may be asked to look at what was replied or decided at `from` (信访工作条例 35, 36).
pub fn appeal_deadline(calendar: &Calendar, from: Ts) -> Ts {
    Ts::end_of(calendar.add_days(from.date(), APPEAL_DAYS, Roll::Forward).date)
}

/// By when an appeal is decided; the days of hearings do not count.
pub fn appeal_due(calendar: &Calendar, asked: Ts, hearing_days: u32) -> Deadline {
    let due = calendar.add_days(asked.date(), APPEAL_DAYS.saturating_add(hearing_days), Roll::Forward);
    Deadline { date: due.date.to_string(), provisional: due.provisional }
}

/// The last instant at which the lead unit may object to an assignment.
pub fn objection_deadline(calendar: &Calendar, assigned: Ts) -> Ts {
    Ts::end_of(calendar.add_workdays(assigned.date(), OBJECTION_WORKDAYS).date)
}

/// By when the chief signs what was assigned urgently.
pub fn sign_due(calendar: &Calendar, assigned: Ts) -> Deadline {
    let due = calendar.add_workdays(assigned.date(), SIGN_WORKDAYS);
    Deadline { date: due.date.to_string(), provisional: due.provisional }
}

/// Whether the signature came after that day.
pub fn is_signed_late(calendar: &Calendar, assigned: Ts, signed: Ts) -> bool {
    signed.date() > calendar.add_workdays(assigned.date(), SIGN_WORKDAYS).date
}

/// By when assisting units bring what is theirs, if nothing else was said.
pub fn assist_due(calendar: &Calendar, assigned: Ts) -> String {
    calendar.add_workdays(assigned.date(), ASSIST_WORKDAYS).date.to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_track_has_its_own_budget() {
        let calendar = Calendar::shipped();
        let received = Ts::parse("2023-01-09T02:00:00Z").expect("an instant");
        let check = |track, expected: &str| assert_eq!(reply_due(&calendar, track, received, 0).date, expected, "{track:?}");
        check(Track::Petition, "2023-03-10");
        check(Track::Accusation, "2023-03-10");
        check(Track::Suggestion, "2023-02-02");
        check(Track::Consultation, "2023-01-16");
        check(Track::Urgent, "2023-01-09");
        assert_eq!(reply_due(&calendar, Track::Petition, received, 30).date, "2023-04-10", "the ninetieth day is a Sunday");
        assert_eq!(reply_due(&calendar, Track::Accusation, received, 30).date, "2023-03-10", "not of article 34");
    }

    #[test]
    fn objection_signature_and_assistance_count_workdays() {
        let calendar = Calendar::shipped();
        let assigned = Ts::parse("2023-01-19T02:00:00Z").expect("an instant");
        assert_eq!(objection_deadline(&calendar, assigned).rfc3339(), "2023-01-31T15:59:59.999999Z");
        assert_eq!(
            (sign_due(&calendar, assigned).date.as_str(), assist_due(&calendar, assigned).as_str()),
            ("2023-01-20", "2023-02-07")
        );
    }

    #[test]
    fn the_day_on_which_a_chief_signs_afterwards_still_counts() {
        let calendar = Calendar::shipped();
        let at = |text: &str| Ts::parse(text).expect("an instant");
        // A Friday; the Saturday before the Spring Festival is the first day of the holidays.
        let assigned = at("2023-01-20T02:00:00Z");
        for (signed, late) in [
            ("2023-01-20T03:00:00Z", false),
            ("2023-01-28T15:59:59.999999Z", false),
            ("2023-01-28T16:00:00Z", true),
            ("2023-02-03T02:00:00Z", true),
        ] {
            assert_eq!(is_signed_late(&calendar, assigned, at(signed)), late, "{signed}");
        }
    }

    #[test]
    fn a_verdict_counts_until_the_end_of_the_fifteenth_day_or_the_next_workday() {
        let delivered = Ts::parse("2023-01-09T02:00:00Z").expect("an instant");
        assert_eq!(verdict_deadline(&Calendar::shipped(), delivered).rfc3339(), "2023-01-28T15:59:59.999999Z");
    }
}
