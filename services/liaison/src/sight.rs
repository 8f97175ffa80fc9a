//! Who sees what of something that was heard: pure. Whoever is complained about sees it as it was before anybody said so.

use crate::voice::{Accused, Told, Voice};

/// Somebody who reads a visit, or is told of it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Reader {
    pub person: String,
    /// The reader's unit and those above it: what complains about one of them complains about the reader's.
    pub units: Vec<String>,
}

/// What somebody sees of something heard.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sight {
    Nothing,
    /// That it was carried, and nothing of what became of it.
    OnlyCarried,
    All,
}

impl Accused {
    /// Whether the reader, their unit or one above it is complained about.
    pub fn names(&self, reader: &Reader) -> bool {
        self.persons.contains(&reader.person) || self.units.iter().any(|unit| reader.units.contains(unit))
    }
}

/// What `reader` sees of a voice that `officer` heard. What was said against somebody is for the officer only from the start, as before
/// triage nobody knows whom it is against.
pub fn of(voice: &Voice, officer: &str, reader: &Reader) -> Sight {
    match &voice.told {
        Told::Carried(carried) if carried.sealed && reader.person != officer => Sight::Nothing,
        Told::Carried(carried) if carried.accused.names(reader) => Sight::OnlyCarried,
        Told::Solved { .. } | Told::Carried(_) => Sight::All,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::voice::Carried;
    use uuid::Uuid;

    const OFFICER: &str = "p-officer";

    fn reader(person: &str, units: &[&str]) -> Reader {
        Reader { person: person.to_owned(), units: units.iter().map(|unit| (*unit).to_owned()).collect() }
    }

    fn carried(sealed: bool, units: &[&str], persons: &[&str]) -> Voice {
        let owned = |names: &[&str]| names.iter().map(|name| (*name).to_owned()).collect();
        let accused = Accused { units: owned(units), persons: owned(persons) };
        Voice { id: Uuid::nil(), told: Told::Carried(Carried { accused, ..Carried::new(Uuid::nil(), sealed) }) }
    }

    /// One letter a reader: `a` all, `c` only that it was carried, `-` nothing.
    #[test]
    fn who_sees_what() {
        let readers = [
            reader(OFFICER, &["lianhu-tumen", "lianhu", "city"]),
            reader("p-station-chief", &["lianhu-tumen", "lianhu", "city"]),
            reader("p-chief", &["lianhu", "city"]),
            reader("p-city-chief", &["city"]),
        ];
        let table = [
            ("solved", Voice { id: Uuid::nil(), told: Told::Solved { note: String::new() } }, "aaaa"),
            ("a demand", carried(false, &[], &[]), "aaaa"),
            ("a demand, about the station", carried(false, &["lianhu-tumen"], &[]), "ccaa"),
            ("a demand, about the unit above", carried(false, &["lianhu"], &[]), "ccca"),
            ("a demand, about another unit", carried(false, &["beilin"], &[]), "aaaa"),
            ("a demand, about the officer", carried(false, &[], &[OFFICER]), "caaa"),
            ("a demand, about a chief", carried(false, &[], &["p-chief"]), "aaca"),
            ("a complaint", carried(true, &[], &[]), "a---"),
            ("a complaint, about the station", carried(true, &["lianhu-tumen"], &[]), "c---"),
            ("a complaint, about the officer", carried(true, &["beilin"], &[OFFICER]), "c---"),
        ];
        for (name, voice, expected) in table {
            let letter = |reader| match of(&voice, OFFICER, reader) {
                Sight::Nothing => '-',
                Sight::OnlyCarried => 'c',
                Sight::All => 'a',
            };
            assert_eq!(readers.iter().map(letter).collect::<String>(), expected, "{name}");
        }
    }
}
