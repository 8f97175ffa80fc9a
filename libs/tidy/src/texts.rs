//! Every text is there in both languages, and none is left over.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

use regex::Regex;

use crate::contract::Contract;
use crate::source::{Code, Part, Source, is_at, rust};
use crate::{Findings, finding};

/// The languages of the suite, as their files are named.
pub const LANGUAGES: [&str; 2] = ["zh-CN", "en"];

/// How code says a text: the expression that finds what it says, and what stands before that in the key.
const SAID: &[(&str, &str, &str)] = &[
    ("", r#"\bsay(?:_with)?\(\s*"([^"]+)""#, ""),
    ("", r#""((?:notice|reason)-[a-z]+-[A-Za-z_-]+)""#, ""),
    ("", r#""(problem-[a-z-]+)""#, ""),
    ("services/notification/", r#""((?:step|duty|result)-[a-z-]+)""#, "notice-"),
];

/// A text of a Fluent file.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Text {
    line: usize,
    variables: BTreeSet<String>,
}

/// The texts of a file by key; none if there is no such file.
pub fn read(files: &[Source], path: &str) -> BTreeMap<String, Text> {
    static KEY: LazyLock<Regex> = LazyLock::new(|| Regex::new(r"^([a-zA-Z][\w-]*)\s*=").expect("valid"));
    static VARIABLE: LazyLock<Regex> = LazyLock::new(|| Regex::new(r"\$([\w-]+)").expect("valid"));
    let mut texts: BTreeMap<String, Text> = BTreeMap::new();
    let mut present = None;
    for (number, line) in files.iter().filter(|file| file.path == path).flat_map(Source::lines) {
        if let Some(found) = KEY.captures(line) {
            present = Some(found[1].to_owned());
            texts.insert(found[1].to_owned(), Text { line: number, ..Text::default() });
        }
        if line.starts_with('#') {
            continue;
        }
        if let Some(text) = present.as_ref().and_then(|key| texts.get_mut(key)) {
            text.variables.extend(VARIABLE.captures_iter(line).map(|found| found[1].to_owned()));
        }
    }
    texts
}

/// Both languages have the same texts with the same variables; what code says is there; what is there is said.
pub fn check(contract: &Contract, files: &[Source]) -> Findings {
    let codes = rust(files);
    let mut findings = Vec::new();
    for folder in folders(files, PAGES) {
        let (paths, [zh, en]) = both(files, &folder);
        findings.extend(differences((&paths[0], &zh), (&paths[1], &en)));
    }
    for folder in folders(files, CRATES) {
        let (paths, [zh, en]) = both(files, &folder);
        findings.extend(differences((&paths[0], &zh), (&paths[1], &en)));
        let codes: Vec<&Code> = codes.iter().filter(|code| code.path.starts_with(&folder)).collect();
        for (path, line, key) in said(&codes) {
            if !zh.contains_key(&key) && !en.contains_key(&key) {
                findings.push(finding(&path, line, format!("there is no text {key}; add it to {} and {}", paths[0], paths[1])));
            }
        }
        let alive = Alive::new(contract, &codes);
        for (key, text) in zh.iter().filter(|(key, _)| !alive.says(key)) {
            findings.push(finding(&paths[0], text.line, format!("nothing says {key}; take it out of both languages")));
        }
    }
    findings
}

/// Where the texts of crates are.
const CRATES: &str = "*/*/messages/*.ftl";
/// Where the texts of pages are, which no Rust code says.
const PAGES: &str = "*/*/*/*/messages/*.ftl";

/// The paths of a folder's texts, and the texts.
fn both(files: &[Source], folder: &str) -> ([String; 2], [BTreeMap<String, Text>; 2]) {
    let paths = LANGUAGES.map(|language| format!("{folder}messages/{language}.ftl"));
    let texts = paths.each_ref().map(|path| read(files, path));
    (paths, texts)
}

/// Whatever speaks, at a pattern of paths.
fn folders(files: &[Source], at: &str) -> BTreeSet<String> {
    let spoken = files.iter().filter(|file| is_at(&file.path, at));
    spoken.filter_map(|file| Some(format!("{}/", file.path.split_once("/messages/")?.0))).collect()
}

type Named<'a> = (&'a String, &'a BTreeMap<String, Text>);

fn differences((zh_path, zh): Named, (en_path, en): Named) -> Findings {
    let mut findings = Vec::new();
    for ((path, texts), (other_path, others)) in [((zh_path, zh), (en_path, en)), ((en_path, en), (zh_path, zh))] {
        let missing = texts.iter().filter(|(key, _)| !others.contains_key(*key));
        findings.extend(missing.map(|(key, text)| finding(path, text.line, format!("{key} is not in {other_path}; add it there"))));
    }
    for (key, text, other) in zh.iter().filter_map(|(key, text)| Some((key, text, en.get(key)?))) {
        if text.variables != other.variables {
            let what =
                format!("{key} speaks of {:?}, in {en_path} of {:?}; let both say the same", text.variables, other.variables);
            findings.push(finding(zh_path, text.line, what));
        }
    }
    findings
}

/// Every key that code says: file, line, key.
fn said(codes: &[&Code]) -> Vec<(String, usize, String)> {
    let mut found = Vec::new();
    for (folder, words, before) in SAID {
        let words = Regex::new(words).expect("the expressions of this file are valid");
        for code in codes.iter().filter(|code| code.path.starts_with(folder)) {
            for (number, line) in code.spoken(Part::Shipped) {
                found.extend(words.captures_iter(line).map(|said| (code.path.clone(), number, format!("{before}{}", &said[1]))));
            }
        }
    }
    found
}

/// What a crate may say: its strings, and its `format!("start-{…}")` with any string or any value of the contract after it.
struct Alive<'a> {
    contract: &'a Contract,
    strings: BTreeSet<String>,
}

impl Alive<'_> {
    fn new<'a>(contract: &'a Contract, codes: &[&Code]) -> Alive<'a> {
        let string = Regex::new(r#""([A-Za-z][^"\s]*)""#).expect("valid");
        let lines = codes.iter().flat_map(|code| code.spoken(Part::Shipped));
        let strings = lines.flat_map(|(_, line)| string.captures_iter(line).map(|found| found[1].to_owned()).collect::<Vec<_>>());
        Alive { contract, strings: strings.collect() }
    }

    fn says(&self, key: &str) -> bool {
        let is_made = |start: &str, end: &str| {
            let start = format!("{start}-{{");
            self.strings.iter().any(|string| string.starts_with(&start))
                && (self.strings.contains(end) || self.contract.values.iter().any(|value| value == end))
        };
        self.strings.contains(key)
            || self.contract.reasons.iter().any(|reason| reason.text_key() == key)
            || key.match_indices('-').any(|(at, _)| is_made(&key[..at], &key[at + 1..]))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check_one(zh: &str, en: &str, code: &str, expected: &[&str]) {
        let files = [
            Source::new("services/x/messages/zh-CN.ftl", zh),
            Source::new("services/x/messages/en.ftl", en),
            Source::new("services/x/src/lib.rs", code),
        ];
        let contract = Contract { values: vec!["BOOK_DEMAND".to_owned()], ..Contract::default() };
        assert_eq!(check(&contract, &files), expected);
    }

    #[test]
    fn catches_texts_that_are_missing_left_over_or_different() {
        check_one(
            "a = 一 { $n }\nb =\n    { $m ->\n       *[other] 二\n    }",
            "a = 1 { $n }\nb = { $m }",
            "say(\"a\"); say(\"b\")",
            &[],
        );
        check_one(
            "a = 一",
            "# a = 1",
            "say(\"a\")",
            &["services/x/messages/zh-CN.ftl:1: a is not in services/x/messages/en.ftl; add it there"],
        );
        let different =
            "services/x/messages/zh-CN.ftl:1: a speaks of {\"n\"}, in services/x/messages/en.ftl of {}; let both say the same";
        check_one("a = { $n }", "a = 1", "say(\"a\")", &[different]);
        let missing =
            "services/x/src/lib.rs:1: there is no text b; add it to services/x/messages/zh-CN.ftl and services/x/messages/en.ftl";
        check_one("a = 一", "a = 1", "say(\"a\"); say_with(\"b\", x)", &[missing]);
        let left = "services/x/messages/zh-CN.ftl:1: nothing says t-c; take it out of both languages";
        check_one("t-c = 一", "t-c = 1", "format!(\"t-{c}\")", &[left]);
        check_one("t-c = 一\nt-BOOK_DEMAND = 二", "t-c = 1\nt-BOOK_DEMAND = 2", "format!(\"t-{c}\"); [\"c\"]", &[]);
    }

    #[test]
    fn catches_differences_between_the_texts_of_a_page() {
        let files = [
            Source::new("services/x/web/page/messages/zh-CN.ftl", "a = 一\nb = 二"),
            Source::new("services/x/web/page/messages/en.ftl", "a = 1"),
        ];
        let missing = "services/x/web/page/messages/zh-CN.ftl:2: b is not in services/x/web/page/messages/en.ftl; add it there";
        assert_eq!(check(&Contract::default(), &files), [missing]);
    }
}
