//! Texts that people read, zh-CN first. They are Fluent files, `messages/zh-CN.ftl` and `messages/en.ftl` of each service; what all
//! services say is in `libs/host/messages/`. Both languages have the same keys with the same variables. The text of a reason is
//! called `reason-<service>-<REASON>`, that of a notice `notice-<key>`, that of what is wrong with a field `problem-…`
//! (`libs/host/src/problem.rs`). A text never holds what a person wrote.

use std::fmt;
use std::sync::Arc;

use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::{FluentArgs, FluentResource};
use sanben_access::Unit;
use unic_langid::LanguageIdentifier;

/// A language of the suite.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Lang {
    /// 简体中文: the default.
    #[default]
    ZhCn,
    /// English.
    En,
}

impl Lang {
    /// From a BCP 47 tag, a locale or the first of an `accept-language` header. Everything that is not English is answered in Chinese.
    pub fn from_tag(tag: &str) -> Lang {
        if tag.trim_start().to_ascii_lowercase().starts_with("en") { Lang::En } else { Lang::ZhCn }
    }

    /// What a unit is called.
    pub fn name_of(self, unit: &Unit) -> &str {
        match self {
            Lang::ZhCn => &unit.name,
            Lang::En => &unit.name_en,
        }
    }

    /// The BCP 47 tag.
    pub const fn tag(self) -> &'static str {
        match self {
            Lang::ZhCn => "zh-CN",
            Lang::En => "en",
        }
    }
}

/// User-facing text by key, in every language of the suite. Texts are Fluent files beside the code that speaks them.
#[derive(Clone)]
pub struct Catalog {
    zh_cn: Arc<FluentBundle<FluentResource>>,
    en: Arc<FluentBundle<FluentResource>>,
}

impl fmt::Debug for Catalog {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Catalog")
    }
}

fn identifier(lang: Lang) -> LanguageIdentifier {
    lang.tag().parse().expect("tags of this file are valid BCP 47")
}

/// The texts of one part of the suite: zh-CN, en.
pub type Texts = (&'static str, &'static str);

impl Catalog {
    /// Of the texts that are compiled in.
    ///
    /// # Panics
    /// When a text is not valid Fluent or a key stands twice: a mistake in the program, found by every test that starts it.
    pub fn new(parts: &[Texts]) -> Catalog {
        let host: Texts = (include_str!("../messages/zh-CN.ftl"), include_str!("../messages/en.ftl"));
        let mut zh_cn = FluentBundle::new_concurrent(vec![identifier(Lang::ZhCn)]);
        let mut en = FluentBundle::new_concurrent(vec![identifier(Lang::En)]);
        for (zh_text, en_text) in std::iter::once(&host).chain(parts) {
            for (bundle, text) in [(&mut zh_cn, zh_text), (&mut en, en_text)] {
                bundle.set_use_isolating(false);
                let resource = FluentResource::try_new((*text).to_owned()).unwrap_or_else(|(_, errors)| panic!("{errors:?}"));
                bundle.add_resource(resource).unwrap_or_else(|errors| panic!("{errors:?}"));
            }
        }
        Catalog { zh_cn: Arc::new(zh_cn), en: Arc::new(en) }
    }

    /// The text of `key` with its arguments; the key itself when there is none, which a test of the suite rules out.
    pub fn text(&self, lang: Lang, key: &str, arguments: &[(&str, String)]) -> String {
        let bundle = match lang {
            Lang::ZhCn => &self.zh_cn,
            Lang::En => &self.en,
        };
        let Some(pattern) = bundle.get_message(key).and_then(|message| message.value()) else { return key.to_owned() };
        let mut values = FluentArgs::new();
        for (name, value) in arguments {
            values.set(*name, value.as_str());
        }
        bundle.format_pattern(pattern, Some(&values), &mut Vec::new()).into_owned()
    }

    /// Whether there is a text for `key` in every language.
    pub fn has(&self, key: &str) -> bool {
        self.zh_cn.has_message(key) && self.en.has_message(key)
    }
}
