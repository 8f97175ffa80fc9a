use crate::{Catalog, Lang};

/// What is wrong with a field: a text of the catalogue with its arguments, so that the caller reads it in their own language.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    key: &'static str,
    arguments: Vec<(&'static str, String)>,
}

impl Problem {
    /// The text of `key`, which begins with `problem-`.
    pub fn new(key: &'static str) -> Problem {
        Problem { key, arguments: Vec::new() }
    }

    /// Adds an argument of the text. Never what a person wrote.
    #[must_use]
    pub fn with(mut self, name: &'static str, value: impl ToString) -> Problem {
        self.arguments.push((name, value.to_string()));
        self
    }

    /// Nothing was given.
    pub fn missing() -> Problem {
        Problem::new("problem-missing")
    }

    /// Only blanks were given.
    pub fn blank() -> Problem {
        Problem::new("problem-blank")
    }

    /// It stands for nothing that is there.
    pub fn unknown() -> Problem {
        Problem::new("problem-unknown")
    }

    /// No unit of the tree has this id.
    pub fn no_unit() -> Problem {
        Problem::new("problem-no-unit")
    }

    /// A day that has to come lies behind.
    pub fn past() -> Problem {
        Problem::new("problem-past")
    }

    /// A day that has to be behind is still to come.
    pub fn future() -> Problem {
        Problem::new("problem-future")
    }

    /// A day or an instant that is further from now than so many years.
    pub fn too_far(years: impl ToString) -> Problem {
        Problem::new("problem-too-far").with("years", years)
    }

    /// The same stands in the list before.
    pub fn twice() -> Problem {
        Problem::new("problem-twice")
    }

    /// Another field is given that rules this one out.
    pub fn excluded_by(other: &'static str) -> Problem {
        Problem::new("problem-excluded").with("other", other)
    }

    /// What it says in a language.
    pub fn text(&self, catalog: &Catalog, lang: Lang) -> String {
        catalog.text(lang, self.key, &self.arguments)
    }
}
