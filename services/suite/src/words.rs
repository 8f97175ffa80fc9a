use std::ffi::OsString;

use sanben_host::{Catalog, Lang};

/// The texts of the command line and of the journeys.
const TEXTS: (&str, &str) = (include_str!("../messages/zh-CN.ftl"), include_str!("../messages/en.ftl"));

/// What the command line speaks.
#[derive(Clone, Debug)]
pub struct Words {
    pub lang: Lang,
    catalog: Catalog,
}

impl Words {
    /// In the language that `--lang`, `SANBEN_LANG` or the locale asks for.
    pub fn of(arguments: &[OsString]) -> Words {
        let asked = asked(arguments).or_else(|| std::env::var("SANBEN_LANG").ok()).or_else(sys_locale::get_locale);
        // The locales `C` and `POSIX` name no language, so the suite's own default holds.
        let lang = asked.map_or(Lang::default(), |tag| Lang::from_tag(&tag));
        Words { lang, catalog: Catalog::new(&[TEXTS]) }
    }

    /// A text.
    pub fn say(&self, key: &str) -> String {
        self.catalog.text(self.lang, key, &[])
    }

    /// A text with its arguments.
    pub fn say_with(&self, key: &str, arguments: &[(&str, String)]) -> String {
        self.catalog.text(self.lang, key, arguments)
    }
}

/// `--lang en` and `--lang=en`, wherever it stands: help must already be in that language.
fn asked(arguments: &[OsString]) -> Option<String> {
    let texts: Vec<&str> = arguments.iter().filter_map(|argument| argument.to_str()).collect();
    let joined = texts.iter().find_map(|text| text.strip_prefix("--lang=").map(str::to_owned));
    joined.or_else(|| texts.iter().position(|text| *text == "--lang").and_then(|at| texts.get(at + 1)).map(|tag| (*tag).to_owned()))
}
