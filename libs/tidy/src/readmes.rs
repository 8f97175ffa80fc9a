//! Documents name only what is there.

use std::collections::BTreeSet;
use std::sync::LazyLock;

use regex::Regex;

use crate::source::{Source, is_at};
use crate::{Findings, finding};

/// The documents that must be there.
const REQUIRED: &[&str] =
    &["README.md", "README.zh-CN.md", "proto/README.md", "services/README.md", "libs/README.md", "k8s/README.md"];

/// How long the first document may be.
const LINES_MAX: usize = 120;

/// Endings by which a word in backticks is known as a file.
const ENDINGS: &[&str] =
    &["rs", "md", "toml", "yaml", "yml", "sh", "py", "proto", "cedar", "ftl", "sql", "csv", "html", "js", "binpb", "env"];

/// What starts like a path and lies outside the repository, or is made when something runs.
const ELSEWHERE: &[&str] = &["/", "~", "target/", "sanben-data", "google/", "application/"];

/// The file that runs all checks, and the line in which it names the tests' command.
const RUNNER: &str = ".ci/run";
const RUNNER_TESTS: &str = "readonly TESTS=\"";

/// Everything that a README points at is there; those that must be there are; the first one is short and tells how to test.
pub fn check(files: &[Source]) -> Findings {
    let there = There::new(files);
    let mut findings: Findings = REQUIRED
        .iter()
        .filter(|path| !files.iter().any(|file| file.path == **path))
        .map(|path| finding(path, 1, "is not there; write it"))
        .collect();
    for file in files.iter().filter(|file| is_readme(&file.path)) {
        let folder = file.path.rsplit_once('/').map_or("", |(folder, _)| folder);
        for (number, path) in paths(file) {
            if !there.has(folder, &path) {
                findings.push(finding(&file.path, number, format!("there is no {path}; name what is there")));
            }
        }
        if file.path == "README.md" && file.text.lines().count() > LINES_MAX {
            findings.push(finding(
                &file.path,
                LINES_MAX + 1,
                format!("longer than {LINES_MAX} lines; move details to the folder they are about"),
            ));
        }
    }
    findings.extend(tests_command(files));
    findings
}

/// The first document's command for the tests is what the runner runs.
fn tests_command(files: &[Source]) -> Findings {
    let find = |path: &str| files.iter().find(|file| file.path == path);
    let Some((runner, readme)) = find(RUNNER).zip(find("README.md")) else { return Vec::new() };
    let named = runner.lines().find_map(|(_, line)| line.strip_prefix(RUNNER_TESTS)?.strip_suffix('"'));
    match named {
        None => vec![finding(RUNNER, 1, format!("names no command for the tests; write `{RUNNER_TESTS}…\"`"))],
        Some(command) if !readme.text.contains(command) => {
            vec![finding("README.md", 1, format!("does not name `{command}`, which {RUNNER} runs; one command for both"))]
        }
        Some(_) => Vec::new(),
    }
}

fn is_readme(path: &str) -> bool {
    path.rsplit('/').next().is_some_and(|name| name.starts_with("README") && name.ends_with(".md"))
}

/// Everything in backticks or links, and in blocks of code everything below a folder of ours, that looks like a path: line, path.
fn paths(file: &Source) -> Vec<(usize, String)> {
    static TICKED: LazyLock<Regex> = LazyLock::new(|| Regex::new(r"`([^`\s]+)`").expect("valid"));
    static LINK: LazyLock<Regex> = LazyLock::new(|| Regex::new(r"\]\(([^)\s]+)\)").expect("valid"));
    static BARE: LazyLock<Regex> =
        LazyLock::new(|| Regex::new(r"(?:^|[\s(='\x22])((?:\./)?(?:proto|services|libs|k8s)/[\w./<>*-]*)").expect("valid"));
    let mut found = Vec::new();
    let mut in_block = false;
    for (number, line) in file.lines() {
        if line.trim_start().starts_with("```") {
            in_block = !in_block;
        } else if in_block {
            found.extend(BARE.captures_iter(line).map(|path| (number, path[1].to_owned())));
        } else {
            found.extend(
                LINK.captures_iter(line).map(|path| (number, path[1].to_owned())).filter(|(_, path)| !path.contains("://")),
            );
            found.extend(
                TICKED.captures_iter(line).map(|path| (number, path[1].to_owned())).filter(|(_, path)| looks_like_path(path)),
            );
        }
    }
    let plain = |path: &str| path.split('#').next().unwrap_or_default().trim_start_matches("./").to_owned();
    let found = found.into_iter().map(|(number, path)| (number, plain(&path)));
    found
        .filter(|(_, path)| {
            !path.is_empty() && !path.starts_with("mailto:") && !ELSEWHERE.iter().any(|start| path.starts_with(start))
        })
        .collect()
}

/// By its ending, or by a `/` at its end or below a folder of ours.
fn looks_like_path(word: &str) -> bool {
    let spelled = word.chars().all(|c| c.is_ascii_alphanumeric() || "._-/<>*{},".contains(c));
    let named = word.rsplit_once('.').is_some_and(|(start, ending)| !start.is_empty() && ENDINGS.contains(&ending));
    let ours = ["proto/", "services/", "libs/", "k8s/", ".ci/", "src/", "tests/"].iter().any(|folder| word.starts_with(folder));
    spelled && (named || ours || (word.len() > 1 && word.ends_with('/')))
}

/// All files and folders.
struct There(BTreeSet<String>);

impl There {
    fn new(files: &[Source]) -> There {
        let folders = |path: &str| path.match_indices('/').map(|(at, _)| path[..at].to_owned()).collect::<Vec<_>>();
        There(files.iter().flat_map(|file| folders(&file.path).into_iter().chain([file.path.clone()])).collect())
    }

    /// Whether `path` is there, from the README's folder, from the root, or, as the end of a path, anywhere. `<name>` and `*` stand for
    /// any name, `{a,b}` for each.
    fn has(&self, folder: &str, path: &str) -> bool {
        if let Some((start, (list, end))) = path.split_once('{').and_then(|(start, rest)| Some((start, rest.split_once('}')?))) {
            return list.split(',').all(|name| self.has(folder, &format!("{start}{name}{end}")));
        }
        let place = without_placeholders(path);
        let place = place.trim_end_matches('/');
        let from_here = join(folder, place);
        let as_end = |there: &str| there.match_indices('/').any(|(at, _)| is_at(&there[at + 1..], place));
        self.0.iter().any(|there| is_at(there, &from_here) || is_at(there, place) || (!place.starts_with("..") && as_end(there)))
    }
}

/// `services/<name>/src` as a place.
fn without_placeholders(path: &str) -> String {
    let mut pieces = path.split('<');
    let start = pieces.next().unwrap_or_default().to_owned();
    pieces.fold(start, |place, piece| place + "*" + piece.split_once('>').map_or("", |(_, end)| end))
}

fn join(folder: &str, path: &str) -> String {
    let mut segments: Vec<&str> = folder.split('/').filter(|segment| !segment.is_empty()).collect();
    for segment in path.split('/') {
        match segment {
            ".." => drop(segments.pop()),
            "." | "" => {}
            name => segments.push(name),
        }
    }
    segments.join("/")
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What is found in a README at `path` that says `text`.
    fn check_one(path: &str, text: &str, expected: &[&str]) {
        let others =
            ["services/ledger/src/case/mod.rs", "services/ledger/migrations/a.sql", "k8s/check.sh", "k8s/services/ledger/k.yaml"];
        let required = REQUIRED.iter().filter(|required| **required != path).copied();
        let files: Vec<Source> =
            others.into_iter().chain(required).map(|path| Source::new(path, "")).chain([Source::new(path, text)]).collect();
        assert_eq!(check(&files), expected, "{text}");
    }

    #[test]
    fn catches_what_is_not_there() {
        let fine = "`k8s/check.sh` `case/mod.rs` `mod.rs` `services/<name>/src/` `migrations/` [a](services/ledger/) [b](https://a.b/c.md)\n\
                    `application/grpc` `a.b.v1.C/D` `/sanben.x` `target/tools` `and/or` `0.5` `services/ledger/{src,migrations}/`\n\
                    ```sh\ncat services/ledger/src/case/mod.rs no/such.rs\n```\n";
        check_one("README.md", fine, &[]);
        check_one(
            "README.md",
            "\n`services/ledger/src/case.rs`",
            &["README.md:2: there is no services/ledger/src/case.rs; name what is there"],
        );
        check_one("README.md", "[x](docs/a.md)", &["README.md:1: there is no docs/a.md; name what is there"]);
        check_one("README.md", "```\nls libs/gone\n```", &["README.md:2: there is no libs/gone; name what is there"]);
        check_one("k8s/README.md", "`check.sh` `services/<name>/` [x](../services/ledger) [y](#z)", &[]);
        check_one(
            "k8s/README.md",
            "`gone.sh`\n[x](../docs)",
            &[
                "k8s/README.md:1: there is no gone.sh; name what is there",
                "k8s/README.md:2: there is no ../docs; name what is there",
            ],
        );
    }

    #[test]
    fn catches_what_is_missing_too_long_or_tests_otherwise() {
        assert_eq!(check(&[]).len(), REQUIRED.len());
        let long = "a\n".repeat(LINES_MAX + 1);
        check_one("README.md", &long, &["README.md:121: longer than 120 lines; move details to the folder they are about"]);
        let runner = Source::new(RUNNER, "#!/bin/sh\nreadonly TESTS=\"cargo test --all\"\n");
        let files = |text: &str| [runner.clone(), Source::new("README.md", text)];
        let expected = "README.md:1: does not name `cargo test --all`, which .ci/run runs; one command for both";
        assert_eq!(tests_command(&files("cargo test")), [expected]);
        assert!(tests_command(&files("cargo test --all")).is_empty());
    }
}
