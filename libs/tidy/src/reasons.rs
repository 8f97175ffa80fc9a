//! No reason of the contract is a promise that nobody keeps.

use regex::Regex;

use crate::contract::{Contract, Reason};
use crate::source::{Code, Part, Source, rust};
use crate::texts::{self, LANGUAGES};
use crate::{Findings, finding};

/// Every reason is raised by its service, said in both languages, and named in a test of its service or of the suite.
pub fn check(contract: &Contract, files: &[Source]) -> Findings {
    let codes = rust(files);
    let mut findings = Vec::new();
    for reason in &contract.reasons {
        let home = if reason.package == "type" { "libs/host/".to_owned() } else { format!("services/{}/", reason.package) };
        let line = files
            .iter()
            .find(|file| file.path == reason.path())
            .map_or(1, |file| file.line_of(&format!("ERROR_REASON_{} ", reason.name)));
        let mut wrong = |what: String| findings.push(finding(&reason.path(), line, format!("{} {what}", reason.name)));
        for language in LANGUAGES {
            let path = format!("{home}messages/{language}.ftl");
            if !texts::read(files, &path).contains_key(&reason.text_key()) {
                wrong(format!("has no text; add `{} = …` to {path}", reason.text_key()));
            }
        }
        if !is_raised(reason, &home, &codes) {
            wrong(format!("is never raised; raise `ErrorReason::{}` in {home}src, or reserve its number", reason.camel()));
        }
        if !is_tested(reason, &home, &codes, files) {
            wrong(format!("is named in no test; let one in {home} or of the suite be refused with it"));
        }
    }
    findings
}

fn is_raised(reason: &Reason, home: &str, codes: &[Code]) -> bool {
    let raised = Regex::new(&format!(r"(?-u:\b)ErrorReason::{}(?-u:\b)", reason.camel())).expect("names are valid expressions");
    let is_home = |path: &str| path.starts_with(home) || (reason.package == "type" && path.starts_with("services/"));
    codes.iter().filter(|code| is_home(&code.path)).any(|code| says(code.bare(Part::Shipped), &reason.camel(), &raised))
}

/// In a test, or in a snapshot that a test holds. Reasons that services share may be met anywhere.
fn is_tested(reason: &Reason, home: &str, codes: &[Code], files: &[Source]) -> bool {
    let (name, camel) = (&reason.name, reason.camel());
    // `Code::NotFound` names no reason.
    let words = format!(r"((?-u:\b)|ERROR_REASON_){name}(?-u:\b)|(^|[^:_0-9A-Za-z]|Reason::|Refusal::){camel}(?-u:\b)");
    let named = Regex::new(&words).expect("names are valid expressions");
    let is_near = |path: &str| {
        let shared = reason.package == "type" && !path.starts_with("libs/tidy/");
        shared || path.starts_with(home) || path.starts_with("services/suite/")
    };
    let in_code = |code: &Code| says(code.spoken(Part::Tests), name, &named) || says(code.spoken(Part::Tests), &camel, &named);
    codes.iter().any(|code| is_near(&code.path) && in_code(code))
        || files.iter().any(|file| is_near(&file.path) && file.path.ends_with(".snap") && named.is_match(&file.text))
}

/// Whether a line matches; looks closer only where the word stands.
fn says<'a>(mut lines: impl Iterator<Item = (usize, &'a str)>, word: &str, words: &Regex) -> bool {
    lines.any(|(_, line)| line.contains(word) && words.is_match(line))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What is found missing of `sanben.x.v1` `NOT_SO` when one of the files is `text` instead.
    fn check_one(path: &str, text: &str, expected: &[&str]) {
        let good = [
            ("proto/sanben/x/v1/error_reason.proto", "\n  ERROR_REASON_NOT_SO = 1;"),
            ("services/x/messages/zh-CN.ftl", "reason-x-NOT_SO = 不行"),
            ("services/x/messages/en.ftl", "reason-x-NOT_SO = No"),
            ("services/x/src/error.rs", "fn a() { rule(ErrorReason::NotSo) }"),
            ("services/x/tests/a.rs", "assert_eq!(reason, \"NOT_SO\")"),
            // Others' do not count.
            ("services/y/src/error.rs", "fn a() { rule(ErrorReason::NotSo) }"),
            ("services/y/tests/a.rs", "\"NOT_SO\""),
        ];
        let files = good.map(|(at, good)| Source::new(at, if at == path { text } else { good }));
        let reasons = vec![Reason { package: "x".to_owned(), name: "NOT_SO".to_owned() }];
        let found = check(&Contract { reasons, ..Contract::default() }, &files);
        let found: Vec<&str> =
            found.iter().filter_map(|finding| finding.strip_prefix("proto/sanben/x/v1/error_reason.proto:2: NOT_SO ")).collect();
        assert_eq!(found, expected, "{path}: {text}");
    }

    #[test]
    fn catches_reasons_without_text_cause_or_test() {
        check_one("", "", &[]);
        let en = "has no text; add `reason-x-NOT_SO = …` to services/x/messages/en.ftl";
        check_one("services/x/messages/en.ftl", "reason-x-NOT_SO_FAR = No", &[en]);
        let raised = "is never raised; raise `ErrorReason::NotSo` in services/x/src, or reserve its number";
        check_one("services/x/src/error.rs", "// ErrorReason::NotSo\nfn a() { ErrorReason::NotSoFar }", &[raised]);
        let tested = "is named in no test; let one in services/x/ or of the suite be refused with it";
        check_one("services/x/tests/a.rs", "\"NOT_SO_FAR\"", &[tested]);
        check_one("services/x/tests/a.rs", "Code::NotSo", &[tested]);
        check_one("services/x/tests/a.rs", "Refusal::NotSo", &[]);
    }
}
