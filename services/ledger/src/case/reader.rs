//! Who reads, as far as that decides which cases are there.

use sanben_host::{App, Call};

/// Whose cases are looked at: what the reader may see.
#[derive(Clone, Debug, Default)]
pub struct Reader {
    /// The reader's unit and those above it, at most three; a case about one of them is not there.
    pub units: Vec<String>,
    pub person: String,
}

impl Reader {
    /// As what a case may be kept from them, as `case_accused` has it: their unit, those above it, themselves.
    pub fn accused_as(&self) -> [String; 4] {
        let unit = |n| format!("u:{}", self.unit(n));
        [unit(0), unit(1), unit(2), format!("p:{}", self.person)]
    }

    /// The reader's unit, then the ones above it; empty above the city bureau.
    pub fn unit(&self, n: usize) -> &str {
        self.units.get(n).map_or("", String::as_str)
    }
}

/// Whose cases the caller may see.
pub fn reader(app: &App, call: &Call) -> Reader {
    let units = app.org.chain(&call.caller.unit).into_iter().map(|unit| unit.id.clone()).collect();
    Reader { units, person: call.caller.person.clone() }
}
