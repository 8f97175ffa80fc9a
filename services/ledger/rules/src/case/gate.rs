//! Whose signature a case needs, and how long it waits for it (rules 1 and 2).

use std::time::Duration;

use sanben_clock::Ts;

use super::{Case, State};

/// The level of a unit, as far as the gate asks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    /// The city bureau or one of its departments: the city chief signs.
    City,
    /// A sub-bureau or station: its own chief signs.
    Own,
}

/// A unit on the way up.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rung {
    pub unit: String,
    pub standing: Standing,
    /// Whether its chief or a deputy is a person complained about: then nobody of it signs. Of the city bureau only the chief counts.
    pub headed_by_accused: bool,
}

/// The unit whose chief signs: the proposed lead unit, the city bureau for departments, and one level up for as long as the unit or its
/// head is complained about. A complaint about a sub-bureau or department (`accused_high`) is the city chief's, whoever leads.
/// `None` when it is about the city bureau or its chief: then a superior outside the bureau must sign.
///
/// `way_up` begins with the lead unit and ends with the city bureau.
pub fn gate_unit(way_up: &[Rung], accused_units: &[String], accused_high: bool) -> Option<String> {
    let is_accused = |from: usize| way_up[from..].iter().any(|rung| accused_units.contains(&rung.unit));
    (0..way_up.len())
        .filter(|index| !accused_high || index + 1 == way_up.len())
        .find(|index| signs_itself(way_up, *index) && !is_accused(*index) && !way_up[*index].headed_by_accused)
        .map(|index| way_up[index].unit.clone())
}

/// Departments do not sign for cases; the last rung is the city bureau, which does.
fn signs_itself(way_up: &[Rung], index: usize) -> bool {
    way_up[index].standing == Standing::Own || index + 1 == way_up.len()
}

impl Case {
    /// When its chief signed for it or declined it.
    pub fn gate_decided(&self) -> Option<Ts> {
        self.registered.as_ref().map(|registered| registered.at).or(self.declined)
    }

    /// Rule 1: how long it waited at the gate, or has waited until `now`; one that was assigned urgently waits for the signature that follows.
    /// Nothing if nobody knows any more.
    pub fn gate_wait(&self, now: Ts) -> Option<Duration> {
        let forgotten = self.state == State::Declined && self.declined.is_none();
        let until = self.gate_decided().unwrap_or(now);
        let micros = until.micros().saturating_sub(self.opening.proposed.micros());
        (!forgotten).then(|| Duration::from_micros(u64::try_from(micros).unwrap_or_default()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A unit on the way up; `!` before its name: its head is complained about.
    fn rung((unit, standing): &(&str, Standing)) -> Rung {
        let headed_by_accused = unit.starts_with('!');
        Rung { unit: unit.trim_start_matches('!').to_owned(), standing: *standing, headed_by_accused }
    }

    fn check(way_up: &[(&str, Standing)], accused: &[&str], accused_high: bool, expected: Option<&str>) {
        let rungs: Vec<Rung> = way_up.iter().map(rung).collect();
        let accused: Vec<String> = accused.iter().map(|unit| (*unit).to_owned()).collect();
        assert_eq!(gate_unit(&rungs, &accused, accused_high).as_deref(), expected, "{way_up:?} {accused:?}");
    }

    #[test]
    fn the_right_level_signs() {
        use Standing::{City, Own};
        let station = [("lianhu-beiyuanmen", Own), ("lianhu", Own), ("city", City)];
        let sub_bureau = [("lianhu", Own), ("city", City)];
        let department = [("jiaojing", City), ("city", City)];
        check(&station, &[], false, Some("lianhu-beiyuanmen"));
        check(&station, &["lianhu-beiyuanmen"], false, Some("lianhu"));
        check(&station, &["lianhu"], true, Some("city"));
        check(&sub_bureau, &["lianhu-beiyuanmen"], false, Some("lianhu"));
        check(&sub_bureau, &["lianhu"], true, Some("city"));
        check(&department, &[], false, Some("city"));
        check(&department, &["jiaojing"], true, Some("city"));
        check(&department, &["city"], false, None);
        check(&[("city", City)], &["city"], false, None);
        check(&[], &[], false, None);
    }

    #[test]
    fn a_complaint_about_a_sub_bureau_is_the_city_chiefs_whoever_leads() {
        use Standing::{City, Own};
        check(&[("beilin", Own), ("city", City)], &["lianhu"], true, Some("city"));
        check(&[("beilin", Own), ("city", City)], &["lianhu-beiyuanmen"], false, Some("beilin"));
    }

    #[test]
    fn where_the_head_is_complained_about_not_even_a_deputy_signs() {
        use Standing::{City, Own};
        check(&[("!lianhu", Own), ("city", City)], &[], false, Some("city"));
        check(&[("!lianhu-beiyuanmen", Own), ("!lianhu", Own), ("city", City)], &[], false, Some("city"));
        check(&[("lianhu", Own), ("!city", City)], &[], false, Some("lianhu"));
        check(&[("jiaojing", City), ("!city", City)], &[], false, None);
    }
}
