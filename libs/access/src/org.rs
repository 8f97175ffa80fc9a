//! The unit tree and its chiefs, read from a TOML text that an operator edits.
//!
//! A mistake in the text is refused with its line number, so nothing here is ever half right:
//! an [`Org`] that exists is one tree under one city bureau, with at most one chief per unit and day.

use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

use sanben_clock::Ts;
use serde::{Deserialize, Serialize};
use time::Date;
use toml::Spanned;

/// The longest id of a unit, person or tenure, in characters.
const ID_CHARS_MAX: usize = 40;

/// Where a unit stands in the bureau.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Level {
    /// The city bureau (市局), root of the tree.
    City,
    /// A sub-bureau or county bureau (分县局), directly under the city.
    SubBureau,
    /// A department (警种) of the city bureau.
    Department,
    /// A station (派出所) of a sub-bureau.
    Station,
}

/// What a person is in a unit. Chiefs order before deputies.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Post {
    /// The head of the unit; one at a time.
    Chief,
    /// A deputy, who may sign but signs as such.
    Deputy,
}

/// One person's term of office in one unit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tenure {
    /// Unique among all tenures; what a signature refers to.
    pub id: String,
    /// The person, who may hold several tenures.
    pub person: String,
    /// The person's name, the same in all of their tenures.
    pub name: String,
    /// The id of the unit.
    pub unit: String,
    /// Chief or deputy.
    pub post: Post,
    /// The first day in office, in Asia/Shanghai.
    pub from: Date,
    /// The last day in office (inclusive); none while it runs.
    pub to: Option<Date>,
}

impl Tenure {
    /// Whether it is in force on that day, by the date in Asia/Shanghai, both ends inclusive.
    pub fn covers(&self, day: Date) -> bool {
        self.from <= day && day <= self.last()
    }

    fn overlaps(&self, other: &Tenure) -> bool {
        self.from <= other.last() && other.from <= self.last()
    }

    fn last(&self) -> Date {
        self.to.unwrap_or(Date::MAX)
    }
}

/// One unit of the bureau, with everybody who heads or headed it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unit {
    /// Unique among all units and stable: other records refer to it.
    pub id: String,
    /// The short Chinese name, such as 南大街派出所.
    pub name: String,
    /// The English name.
    pub name_en: String,
    /// Where it stands.
    pub level: Level,
    /// The id of the unit above; none for the city bureau only.
    pub parent: Option<String>,
    /// Tenures past, present and to come, in the order of the text.
    pub tenures: Vec<Tenure>,
}

/// Why a text was refused, and where.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("line {line}: {reason}")]
pub struct OrgError {
    /// The line of the mistake, counted from 1.
    pub line: usize,
    /// What is wrong, for the operator, on one line.
    pub reason: String,
}

/// The checked unit tree.
#[derive(Debug, Clone)]
pub struct Org {
    units: Vec<Unit>,
    index: HashMap<String, usize>,
    root: usize,
    superior: Option<String>,
}

impl Org {
    /// Reads and checks a whole text. Units may be listed before their parents.
    ///
    /// # Errors
    /// The first mistake found: bad TOML or an unknown key, a bad or repeated id, an empty name or
    /// one with control characters, a date that does not exist or a term that ends before it starts,
    /// one person under two names, two chiefs of a unit at once, or units that are not one tree
    /// under one city bureau.
    pub fn parse(text: &str) -> Result<Org, OrgError> {
        let text = Text(text);
        let file: FileText = toml::from_str(text.0).map_err(|e| text.syntax(&e))?;
        let superior = file.superior.as_ref().map(|s| text.name(s, "superior"));
        let units = text.units(&file.unit)?;
        let index = text.index(&file.unit)?;
        text.tree(&file.unit, &index)?;
        Ok(Org { root: text.root(&file.unit)?, superior: superior.transpose()?, units, index })
    }

    /// The unit tree that comes with the program, with invented people.
    ///
    /// # Panics
    /// Never in a released build: a test reads the same text.
    pub fn shipped() -> Org {
        static SHIPPED: LazyLock<Org> =
            LazyLock::new(|| Org::parse(include_str!("../units.toml")).expect("the shipped units.toml is valid"));
        SHIPPED.clone()
    }

    /// The unit with this id.
    pub fn unit(&self, id: &str) -> Option<&Unit> {
        self.index.get(id).map(|&at| &self.units[at])
    }

    /// All units, in the order of the text.
    pub fn units(&self) -> impl Iterator<Item = &Unit> {
        self.units.iter()
    }

    /// The city bureau.
    pub fn root(&self) -> &Unit {
        &self.units[self.root]
    }

    /// The unit first, then the units above it up to the city bureau; empty if the unit is unknown.
    pub fn chain(&self, id: &str) -> Vec<&Unit> {
        std::iter::successors(self.unit(id), |unit| self.above(unit)).collect()
    }

    /// Whether a unit is `ancestor` or below it; false if either is unknown.
    pub fn is_within(&self, id: &str, ancestor: &str) -> bool {
        self.chain(id).iter().any(|unit| unit.id == ancestor)
    }

    /// The unit directly above; none for the city bureau and for unknown units.
    pub fn parent(&self, id: &str) -> Option<&Unit> {
        self.above(self.unit(id)?)
    }

    /// The tenure that this person holds in exactly this unit at that instant, by the date in
    /// Asia/Shanghai, both ends inclusive. Somebody who is chief and deputy on one day is the chief.
    pub fn tenure(&self, person: &str, unit: &str, at: Ts) -> Option<&Tenure> {
        self.in_force(unit, at).filter(|t| t.person == person).min_by_key(|t| t.post)
    }

    /// The chief of exactly this unit at that instant, never a deputy; none while the post is vacant.
    pub fn chief_of(&self, unit: &str, at: Ts) -> Option<&Tenure> {
        self.in_force(unit, at).find(|t| t.post == Post::Chief)
    }

    /// The name of the authority outside the bureau that signs where the city chief may not;
    /// none if the text records none.
    pub fn superior(&self) -> Option<&str> {
        self.superior.as_deref()
    }

    fn above(&self, unit: &Unit) -> Option<&Unit> {
        self.unit(unit.parent.as_deref()?)
    }

    fn in_force(&self, unit: &str, at: Ts) -> impl Iterator<Item = &Tenure> {
        let day = at.date();
        self.unit(unit).into_iter().flat_map(|unit| &unit.tenures).filter(move |t| t.covers(day))
    }
}

/// The text as written, before it is checked; spans keep where each value stood.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct FileText {
    superior: Option<Spanned<String>>,
    #[serde(default)]
    unit: Vec<UnitText>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct UnitText {
    id: Spanned<String>,
    name: Spanned<String>,
    name_en: Spanned<String>,
    level: Level,
    parent: Option<Spanned<String>>,
    #[serde(default)]
    tenures: Vec<TenureText>,
}

impl UnitText {
    fn parent(&self) -> Option<&str> {
        self.parent.as_ref().map(|p| p.get_ref().as_str())
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct TenureText {
    id: Spanned<String>,
    person: Spanned<String>,
    name: Spanned<String>,
    post: Post,
    from: Spanned<String>,
    to: Option<Spanned<String>>,
}

/// The checks, each of which can say on which line of the text it failed.
struct Text<'a>(&'a str);

impl Text<'_> {
    fn line(&self, offset: usize) -> usize {
        let before = self.0.bytes().take(offset).filter(|&b| b == b'\n').count();
        (before + 1).min(self.0.lines().count().max(1))
    }

    fn error<T>(&self, at: &Spanned<T>, reason: impl Into<String>) -> OrgError {
        OrgError { line: self.line(at.span().start), reason: reason.into() }
    }

    fn syntax(&self, error: &toml::de::Error) -> OrgError {
        OrgError { line: self.line(error.span().map_or(0, |span| span.start)), reason: error.message().replace('\n', ", ") }
    }

    fn id(&self, value: &Spanned<String>) -> Result<String, OrgError> {
        let id = value.get_ref();
        let allowed = |c| matches!(c, 'a'..='z' | '0'..='9' | '-');
        if (1..=ID_CHARS_MAX).contains(&id.len()) && id.chars().all(allowed) {
            return Ok(id.clone());
        }
        let reason = format!("bad id {id:?}: a-z, 0-9 and '-', 1 to {ID_CHARS_MAX} characters");
        Err(self.error(value, reason))
    }

    fn name(&self, value: &Spanned<String>, key: &str) -> Result<String, OrgError> {
        let name = value.get_ref();
        if name.trim().is_empty() {
            return Err(self.error(value, format!("{key} is empty")));
        }
        if name.chars().any(is_invisible) {
            return Err(self.error(value, format!("{key} {name:?} has a control character")));
        }
        Ok(name.clone())
    }

    fn date(&self, value: &Spanned<String>) -> Result<Date, OrgError> {
        let format = time::macros::format_description!("[year]-[month]-[day]");
        let written = value.get_ref();
        Date::parse(written, format).ok().filter(|_| written.len() == "2022-03-01".len()).ok_or_else(|| {
            let reason = format!("no such date {written:?}, expected year-month-day like \"2022-03-01\"");
            self.error(value, reason)
        })
    }

    fn units(&self, units: &[UnitText]) -> Result<Vec<Unit>, OrgError> {
        let mut people = People::default();
        units.iter().map(|unit| self.unit(unit, &mut people)).collect()
    }

    fn unit<'t>(&self, unit: &'t UnitText, people: &mut People<'t>) -> Result<Unit, OrgError> {
        let id = self.id(&unit.id)?;
        Ok(Unit {
            name: self.name(&unit.name, "name")?,
            name_en: self.name(&unit.name_en, "name_en")?,
            level: unit.level,
            parent: unit.parent().map(str::to_owned),
            tenures: self.tenures(&unit.tenures, &id, people)?,
            id,
        })
    }

    fn tenures<'t>(&self, tenures: &'t [TenureText], unit: &str, people: &mut People<'t>) -> Result<Vec<Tenure>, OrgError> {
        let mut checked = Vec::<Tenure>::new();
        for text in tenures {
            let tenure = self.tenure(text, unit)?;
            self.one_of_each(text, people)?;
            let rival = |t: &&Tenure| t.post == Post::Chief && tenure.post == Post::Chief && t.overlaps(&tenure);
            if let Some(other) = checked.iter().find(rival) {
                let reason = format!("{unit} has two chiefs at once: {} and {}", other.id, tenure.id);
                return Err(self.error(&text.id, reason));
            }
            checked.push(tenure);
        }
        Ok(checked)
    }

    fn tenure(&self, text: &TenureText, unit: &str) -> Result<Tenure, OrgError> {
        let tenure = Tenure {
            id: self.id(&text.id)?,
            person: self.id(&text.person)?,
            name: self.name(&text.name, "name")?,
            unit: unit.to_owned(),
            post: text.post,
            from: self.date(&text.from)?,
            to: text.to.as_ref().map(|to| self.date(to)).transpose()?,
        };
        match &text.to {
            Some(to) if tenure.last() < tenure.from => {
                let reason = format!("to {} is before from {}", tenure.last(), tenure.from);
                Err(self.error(to, reason))
            }
            _ => Ok(tenure),
        }
    }

    fn one_of_each<'t>(&self, text: &'t TenureText, people: &mut People<'t>) -> Result<(), OrgError> {
        let (id, person, name) = (text.id.get_ref(), text.person.get_ref(), text.name.get_ref());
        if !people.tenures.insert(id) {
            return Err(self.error(&text.id, format!("tenure {id} is listed twice")));
        }
        let known = *people.names.entry(person).or_insert(name);
        if known != name {
            let reason = format!("person {person} has two names: {known} and {name}");
            return Err(self.error(&text.name, reason));
        }
        Ok(())
    }

    fn index(&self, units: &[UnitText]) -> Result<HashMap<String, usize>, OrgError> {
        let mut index = HashMap::new();
        for (at, unit) in units.iter().enumerate() {
            let id = unit.id.get_ref();
            if index.insert(id.clone(), at).is_some() {
                return Err(self.error(&unit.id, format!("unit {id} is listed twice")));
            }
        }
        Ok(index)
    }

    fn tree(&self, units: &[UnitText], index: &HashMap<String, usize>) -> Result<(), OrgError> {
        let above = |unit: &UnitText| Some(&units[*index.get(unit.parent()?)?]);
        for unit in units {
            if let (Some(parent), None) = (&unit.parent, above(unit)) {
                let reason = format!("unknown parent {:?}", parent.get_ref());
                return Err(self.error(parent, reason));
            }
        }
        for unit in units {
            let ancestors = std::iter::successors(above(unit), |u| above(u));
            if ancestors.take(units.len()).any(|u| u.id == unit.id) {
                let reason = format!("unit {} is above itself: a cycle of parents", unit.id.get_ref());
                return Err(self.error(unit.parent.as_ref().unwrap_or(&unit.id), reason));
            }
        }
        units.iter().try_for_each(|unit| self.level(unit, above(unit).map(|u| u.level)))
    }

    fn level(&self, unit: &UnitText, above: Option<Level>) -> Result<(), OrgError> {
        let reason = match (unit.level, above) {
            (Level::City, None) => return Ok(()),
            (Level::SubBureau | Level::Department, Some(Level::City)) => return Ok(()),
            (Level::Station, Some(Level::SubBureau)) => return Ok(()),
            (Level::City, Some(_)) => "the city bureau has no parent",
            (Level::SubBureau, _) => "the parent of a sub-bureau is the city bureau",
            (Level::Department, _) => "the parent of a department is the city bureau",
            (Level::Station, _) => "the parent of a station is a sub-bureau",
        };
        Err(self.error(unit.parent.as_ref().unwrap_or(&unit.id), reason))
    }

    fn root(&self, units: &[UnitText]) -> Result<usize, OrgError> {
        let mut cities = (0..units.len()).filter(|&at| units[at].level == Level::City);
        let root = cities.next().ok_or_else(|| OrgError { line: 1, reason: "no unit of level city".to_owned() })?;
        match cities.next() {
            Some(second) => Err(self.error(&units[second].id, "a second unit of level city")),
            None => Ok(root),
        }
    }
}

/// What must be unique over all units.
#[derive(Default)]
struct People<'t> {
    tenures: HashSet<&'t str>,
    names: HashMap<&'t str, &'t str>,
}

/// Control characters, and those that reorder or hide text on a screen.
fn is_invisible(c: char) -> bool {
    c.is_control() || matches!(c, '\u{200B}'..='\u{200F}' | '\u{2028}'..='\u{202E}' | '\u{2060}'..='\u{2069}' | '\u{FEFF}')
}

#[cfg(test)]
mod tests {
    use super::*;
    use time::macros::datetime;

    const CITY: &str = "[[unit]]\nid='city'\nname='市局'\nname_en='City'\nlevel='city'\n";

    /// A unit block of 5 lines, or 6 with a parent; tenures may follow as further lines.
    fn unit(id: &str, level: &str, parent: &str) -> String {
        let block = format!("[[unit]]\nid='{id}'\nname='某'\nname_en='X'\nlevel='{level}'\n");
        match parent {
            "" => block,
            _ => block + &format!("parent='{parent}'\n"),
        }
    }

    /// The city with these tenures: `tenures=[` is line 6, the first of them line 7.
    fn city_with(tenures: &[&str]) -> String {
        format!("{CITY}tenures=[\n{}\n]\n", tenures.join("\n"))
    }

    fn tenure(id: &str, person: &str, name: &str, rest: &str) -> String {
        format!("{{id='{id}',person='{person}',name='{name}',{rest}}},")
    }

    fn at(moment: time::OffsetDateTime) -> Ts {
        let micros = moment.unix_timestamp_nanos() / 1000;
        Ts::from_micros(i64::try_from(micros).expect("a date of our time"))
    }

    #[test]
    fn refuses() {
        let chief = |id, from_to: &str| tenure(id, id, "甲", &format!("post='chief',{from_to}"));
        let one = |from_to: &str| city_with(&[&chief("t", from_to)]);
        let two = |first: &str, second: &str| city_with(&[&chief("a", first), &chief("b", second)]);
        let with = |rest: String| format!("{CITY}{rest}");
        let from = "from='2022-03-01'";
        let long = "a".repeat(41);
        #[rustfmt::skip]
        let table: &[(&str, String, usize, &str)] = &[
            ("not TOML", with("[[unit]]\nid='a\n".into()), 7, "invalid literal string"),
            ("cut short", with("tenures=[\n".into()), 6, "array"),
            ("key twice", format!("{CITY}level='city'\n"), 6, "duplicate key"),
            ("unknown key", "superiors='x'\n".into(), 1, "unknown field `superiors`"),
            ("unknown key of a unit", format!("{CITY}colour='red'\n"), 6, "unknown field `colour`"),
            ("unknown key of a tenure", one("from='2022-03-01',till=''"), 7, "unknown field `till`"),
            ("key left out", "\n[[unit]]\nid='city'\n".into(), 2, "missing field `name`"),
            ("unknown level", with(unit("a", "province", "city")), 10, "unknown variant `province`"),
            ("unknown post", city_with(&[&tenure("t", "p", "甲", "post='boss',from='2022-03-01'")]), 7, "unknown variant `boss`"),
            ("date without quotes", one("from=2022-03-01"), 7, "expected a string"),
            ("unit twice", with(unit("a", "department", "city") + &unit("a", "department", "city")), 13, "unit a is listed twice"),
            ("id with a capital", with(unit("A", "department", "city")), 7, "bad id \"A\""),
            ("id not ASCII", with(unit("碑林", "department", "city")), 7, "bad id \"碑林\""),
            ("empty id", with(unit("", "department", "city")), 7, "bad id \"\""),
            ("long id", with(unit(&long, "department", "city")), 7, "1 to 40 characters"),
            ("bad tenure id", city_with(&[&chief("t_1", from)]), 7, "bad id \"t_1\""),
            ("bad person id", city_with(&[&tenure("t", "p 1", "甲", "post='chief',from='2022-03-01'")]), 7, "bad id \"p 1\""),
            ("unknown parent", with(unit("a", "department", "town")), 11, "unknown parent \"town\""),
            ("nothing", String::new(), 1, "no unit of level city"),
            ("no root", "superior='x'\n".into(), 1, "no unit of level city"),
            ("two roots", with(unit("town", "city", "")), 7, "a second unit of level city"),
            ("own parent", with(unit("a", "sub-bureau", "a")), 11, "unit a is above itself"),
            ("cycle of two", with(unit("a", "sub-bureau", "b") + &unit("b", "sub-bureau", "a")), 11, "unit a is above itself"),
            ("below a cycle", with(unit("s", "station", "a") + &unit("a", "sub-bureau", "a")), 17, "unit a is above itself"),
            ("city below the city", with(unit("town", "city", "city")), 11, "the city bureau has no parent"),
            ("sub-bureau without parent", with(unit("a", "sub-bureau", "")), 7, "the parent of a sub-bureau is"),
            ("sub-bureau below another", with(unit("a", "sub-bureau", "city") + &unit("b", "sub-bureau", "a")), 17, "the parent of a sub-bureau is"),
            ("department below a sub-bureau", with(unit("a", "sub-bureau", "city") + &unit("b", "department", "a")), 17, "the parent of a department is"),
            ("station below the city", with(unit("s", "station", "city")), 11, "the parent of a station is"),
            ("station below a department", with(unit("a", "department", "city") + &unit("s", "station", "a")), 17, "the parent of a station is"),
            ("no such day", one("from='2022-02-30'"), 7, "no such date \"2022-02-30\""),
            ("short date", one("from='2022-3-1'"), 7, "no such date \"2022-3-1\""),
            ("signed date", one("from='+2022-03-01'"), 7, "no such date \"+2022-03-01\""),
            ("no such last day", one("from='2022-03-01',to='2023-02-29'"), 7, "no such date \"2023-02-29\""),
            ("ends before it starts", one("from='2022-03-01',to='2022-02-28'"), 7, "to 2022-02-28 is before from 2022-03-01"),
            ("two chiefs in office", two(from, "from='2023-01-01'"), 8, "city has two chiefs at once: a and b"),
            ("two chiefs on one day", two("from='2021-01-01',to='2022-03-01'", from), 8, "city has two chiefs at once"),
            ("later chief listed first", two(from, "from='2021-01-01',to='2022-03-01'"), 8, "city has two chiefs at once"),
            ("tenure twice", city_with(&[&chief("t", "from='2021-01-01',to='2021-12-31'"), &chief("t", from)]), 8, "tenure t is listed twice"),
            ("two names", city_with(&[&tenure("t", "p", "甲", "post='chief',from='2022-03-01'"), &tenure("u", "p", "乙", "post='deputy',from='2021-01-01'")]), 8, "person p has two names: 甲 and 乙"),
            ("empty name", CITY.replace("市局", ""), 3, "name is empty"),
            ("blank English name", CITY.replace("City", "  "), 4, "name_en is empty"),
            ("empty name of a person", city_with(&[&tenure("t", "p", "", "post='chief',from='2022-03-01'")]), 7, "name is empty"),
            ("empty superior", format!("\nsuperior=''\n{CITY}"), 2, "superior is empty"),
            ("control character", CITY.replace("'市局'", "\"市\\u0007局\""), 3, "has a control character"),
            ("reordering character", CITY.replace("'City'", "\"Ci\\u202Ety\""), 4, "has a control character"),
            ("control character in superior", format!("superior=\"a\\nb\"\n{CITY}"), 1, "has a control character"),
        ];
        for (what, text, line, reason) in table {
            let error = Org::parse(text).expect_err(what);
            assert_eq!(error.line, *line, "{what}: {error}");
            assert!(error.reason.contains(reason), "{what}: {error}");
            assert!(!error.reason.contains('\n'), "{what}: {error}");
        }
    }

    #[test]
    fn error_names_its_line() {
        let error = Org::parse("").expect_err("no units");
        assert_eq!(error.to_string(), "line 1: no unit of level city");
    }

    #[test]
    fn accepts_any_order_and_bare_units() {
        let text = unit("s", "station", "a") + &unit("a", "sub-bureau", "city") + CITY;
        let org = Org::parse(&text).expect("a tree, children first");
        let ids = |units: Vec<&Unit>| units.iter().map(|u| u.id.clone()).collect::<Vec<_>>();
        assert_eq!(ids(org.units().collect()), ["s", "a", "city"]);
        assert_eq!(ids(org.chain("s")), ["s", "a", "city"]);
        assert_eq!(org.root().id, "city");
        assert_eq!(org.superior(), None);
        let crlf = Org::parse(&(CITY.to_owned() + "colour=1\n").replace('\n', "\r\n"));
        assert_eq!(crlf.expect_err("unknown key").line, 6);
    }

    #[test]
    fn walks_the_tree() {
        let org = Org::shipped();
        let station = "lianhu-beiyuanmen";
        assert_eq!(org.parent(station).map(|u| u.id.as_str()), Some("lianhu"));
        assert_eq!(org.parent("city"), None);
        assert_eq!(org.parent("nowhere"), None);
        assert!(org.chain("nowhere").is_empty());
        let table = [
            (station, station, true),
            (station, "lianhu", true),
            (station, "city", true),
            (station, "beilin", false),
            ("lianhu", station, false),
            (station, "nowhere", false),
            ("nowhere", "city", false),
            ("nowhere", "nowhere", false),
        ];
        for (id, ancestor, expected) in table {
            assert_eq!(org.is_within(id, ancestor), expected, "{id} within {ancestor}");
        }
    }

    #[test]
    fn tenure_in_force_by_the_date_in_shanghai() {
        let rows = [
            tenure("t-old", "p-old", "甲", "post='chief',from='2021-01-01',to='2021-12-31'"),
            tenure("t-up", "p", "乙", "post='deputy',from='2021-06-01',to='2022-01-16'"),
            tenure("t-new", "p", "乙", "post='chief',from='2022-01-16'"),
        ];
        let org = Org::parse(&city_with(&rows.each_ref().map(String::as_str))).expect("valid");
        #[rustfmt::skip]
        let table = [
            // instant, chief, tenure of p
            (datetime!(2020-12-31 23:59:59.999999 +8), None, None),
            (datetime!(2021-01-01 0:00 +8), Some("t-old"), None),
            (datetime!(2021-05-31 16:00 UTC), Some("t-old"), Some("t-up")),
            (datetime!(2021-12-31 23:59:59.999999 +8), Some("t-old"), Some("t-up")),
            (datetime!(2021-12-31 16:00 UTC), None, Some("t-up")),
            (datetime!(2022-01-15 23:59 +8), None, Some("t-up")),
            (datetime!(2022-01-16 0:00 +8), Some("t-new"), Some("t-new")),
            (datetime!(2026-11-22 9:00 +8), Some("t-new"), Some("t-new")),
        ];
        for (moment, chief, of_p) in table {
            let id = |t: Option<&Tenure>| t.map(|t| t.id.clone());
            assert_eq!(id(org.chief_of("city", at(moment))).as_deref(), chief, "{moment}");
            assert_eq!(id(org.tenure("p", "city", at(moment))).as_deref(), of_p, "{moment}");
        }
        let now = at(datetime!(2026-11-22 9:00 +8));
        assert_eq!(org.tenure("p-old", "city", now), None);
        assert_eq!(org.tenure("p", "nowhere", now), None);
        assert_eq!(org.chief_of("nowhere", now), None);
    }

    #[test]
    fn a_tenure_holds_in_its_own_unit_only() {
        let org = Org::shipped();
        let now = at(datetime!(2026-11-22 9:00 +8));
        assert!(org.tenure("p-lianhu-chief", "lianhu", now).is_some());
        assert_eq!(org.tenure("p-lianhu-chief", "lianhu-beiyuanmen", now), None);
        assert_eq!(org.tenure("p-lianhu-chief", "city", now), None);
    }

    #[test]
    fn shipped_units() {
        let org = Org::shipped();
        let count = |level| org.units().filter(|u| u.level == level).count();
        assert_eq!(count(Level::City), 1);
        assert_eq!(count(Level::SubBureau), 22);
        assert_eq!(count(Level::Station), 224);
        assert!(count(Level::Department) >= 8);
        assert_eq!(org.superior(), Some("市人民政府督查室"));
        let named = [
            ("city", "西安市公安局"),
            ("gaoling", "高陵分局"),
            ("beilin", "碑林分局"),
            ("xincheng", "新城分局"),
            ("changan", "长安分局"),
            ("yanta", "雁塔分局"),
            ("lianhu", "莲湖分局"),
            ("weiyang", "未央分局"),
            ("baqiao", "灞桥分局"),
            ("huyi", "鄠邑分局"),
            ("yanliang", "阎良分局"),
            ("lintong", "临潼分局"),
            ("gaoxin", "高新分局"),
            ("gaoling-chonghuang", "崇皇派出所"),
            ("beilin-nandajie", "南大街派出所"),
            ("xincheng-xiyilu", "西一路派出所"),
            ("changan-guodu", "郭杜派出所"),
            ("yanliang-lingyunlu", "凌云路派出所"),
            ("lianhu-beiyuanmen", "北院门派出所"),
            ("huzheng", "户政处"),
            ("zhian", "治安支队"),
            ("jiaojing", "交警支队"),
            ("jingzhen", "经侦支队"),
            ("shenpi", "行政审批处"),
            ("ducha", "督察支队"),
            ("xinfang", "信访处"),
            ("lianqun", "联系群众办"),
            ("zhihui", "指挥中心"),
            ("wangan", "网安支队"),
        ];
        for (id, name) in named {
            assert_eq!(org.unit(id).map(|u| u.name.as_str()), Some(name), "{id}");
        }
    }

    #[test]
    fn shipped_people() {
        let org = Org::shipped();
        for moment in [datetime!(2023-02-01 12:00 +8), datetime!(2026-11-22 12:00 +8)] {
            for unit in org.units() {
                let chiefs = org.in_force(&unit.id, at(moment)).filter(|t| t.post == Post::Chief);
                assert_eq!(chiefs.count(), 1, "{} on {moment}", unit.id);
            }
        }
        let mut owners = HashMap::new();
        for t in org.units().flat_map(|u| &u.tenures) {
            let owner = owners.entry(&t.name).or_insert(&t.person);
            assert_eq!(*owner, &t.person, "{} is the name of two people", t.name);
        }
    }
}
