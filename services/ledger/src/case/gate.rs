//! Whose signature a case needs (rules 1 and 2).

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
}

/// The unit whose chief signs: the proposed lead unit, the city bureau for departments, and one level up for as long as the unit is
/// complained about. `None` when the complaint is about the city bureau itself: then a superior outside the bureau must sign.
///
/// `way_up` begins with the lead unit and ends with the city bureau.
pub fn gate_unit(way_up: &[Rung], accused_units: &[String]) -> Option<String> {
    let is_accused = |from: usize| way_up[from..].iter().any(|rung| accused_units.contains(&rung.unit));
    (0..way_up.len()).find(|index| signs_itself(way_up, *index) && !is_accused(*index)).map(|index| way_up[index].unit.clone())
}

/// Departments do not sign for cases; the last rung is the city bureau, which does.
fn signs_itself(way_up: &[Rung], index: usize) -> bool {
    way_up[index].standing == Standing::Own || index + 1 == way_up.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn way(units: &[(&str, Standing)]) -> Vec<Rung> {
        units.iter().map(|(unit, standing)| Rung { unit: (*unit).to_owned(), standing: *standing }).collect()
    }

    fn check(way_up: &[(&str, Standing)], accused: &[&str], expected: Option<&str>) {
        let accused: Vec<String> = accused.iter().map(|unit| (*unit).to_owned()).collect();
        assert_eq!(gate_unit(&way(way_up), &accused).as_deref(), expected, "{way_up:?} {accused:?}");
    }

    #[test]
    fn the_right_level_signs() {
        use Standing::{City, Own};
        let station = [("lianhu-beiyuanmen", Own), ("lianhu", Own), ("city", City)];
        let sub_bureau = [("lianhu", Own), ("city", City)];
        let department = [("jiaojing", City), ("city", City)];
        check(&station, &[], Some("lianhu-beiyuanmen"));
        check(&station, &["lianhu-beiyuanmen"], Some("lianhu"));
        check(&station, &["lianhu"], Some("city"));
        check(&sub_bureau, &["lianhu-beiyuanmen"], Some("lianhu"));
        check(&sub_bureau, &["lianhu"], Some("city"));
        check(&department, &[], Some("city"));
        check(&department, &["jiaojing"], Some("city"));
        check(&department, &["city"], None);
        check(&[("city", City)], &["city"], None);
        check(&[], &[], None);
    }
}
