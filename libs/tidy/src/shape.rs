//! The house keeps its shape: few names at the top, no file too long to read, one program of tests a crate.

use crate::source::{Source, is_at, rust};
use crate::{Findings, finding};

/// What may stand at the top, beside dotfiles.
const TOP: &[&str] = &[
    "Cargo.toml",
    "Cargo.lock",
    "proto",
    "services",
    "libs",
    "k8s",
    "README.md",
    "README.zh-CN.md",
    "LICENSE",
    "target",
    "sanben-data",
];

/// How long a file may be, its tests apart.
const LINES_MAX: usize = 400;

/// Files that may be longer, and why.
const LONGER: &[(&str, &str)] = &[("libs/access/src/org.rs", "one tree, and the checks of the text it is read from, line by line")];

/// Over the names at the top.
pub fn check_top(names: &[String]) -> Findings {
    let strange = names.iter().filter(|name| !name.starts_with('.') && !TOP.contains(&name.as_str()));
    strange.map(|name| finding(name, 1, format!("does not belong at the top, which holds {}", TOP.join(", ")))).collect()
}

/// Over the length of files; tests have a file of their own when they are long.
pub fn check_sizes(files: &[Source]) -> Findings {
    let mut findings = Vec::new();
    for code in rust(files).iter().filter(|code| is_at(&code.path, "*/*/src/")) {
        let longer = LONGER.iter().any(|(path, _)| *path == code.path);
        match code.shipped_len() > LINES_MAX {
            true if !longer => {
                let what = format!("{} lines, {LINES_MAX} at most; split it by noun or verb", code.shipped_len());
                findings.push(finding(&code.path, code.shipped_len(), what));
            }
            false if longer => {
                findings.push(finding("libs/tidy/src/shape.rs", 1, format!("{} needs no exception; take it out", code.path)))
            }
            _ => {}
        }
    }
    findings
}

/// Over the tests: a crate links one program of them, and its `tests/main.rs` names every file beside it, since what it does not name does not
/// run. Doc comments hold no code, since nothing compiles it.
pub fn check_tests(files: &[Source]) -> Findings {
    let mut findings = Vec::new();
    let places = ["*/*/tests/*.rs", "*/*/tests/*/main.rs", "*/*/tests/*/mod.rs"];
    let roots: Vec<&Source> = files.iter().filter(|file| places.iter().any(|place| is_at(&file.path, place))).collect();
    for file in &roots {
        let (folder, name) = file.path.split_once("/tests/").unwrap_or_default();
        let name = name.trim_end_matches(".rs").trim_end_matches("/mod");
        let main = format!("{folder}/tests/main.rs");
        let runs = match roots.iter().find(|one| one.path == main) {
            Some(main) => name == "main" || main.lines().any(|(_, line)| line == format!("mod {name};")),
            None => roots.iter().filter(|one| one.path.starts_with(&format!("{folder}/tests/"))).count() == 1,
        };
        if !runs {
            findings.push(finding(&file.path, 1, format!("is not in the crate's one program of tests; name it in {main}")));
        }
    }
    for file in files.iter().filter(|file| file.path.ends_with(".rs")) {
        // Every other fence opens a block; what is said after it says what it is.
        let is_fence = |line: &str| line.trim_start().starts_with("/// ```") || line.trim_start().starts_with("//! ```");
        let opening = file.lines().filter(|(_, line)| is_fence(line)).step_by(2);
        if let Some((number, _)) = opening.filter(|(_, line)| line.trim_end().ends_with('`')).min() {
            findings.push(finding(
                &file.path,
                number,
                "nothing compiles the code of a doc comment; make it a test, or a block of text",
            ));
        }
    }
    findings
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn catches_strange_names_and_long_files() {
        let names = ["Cargo.toml", ".ci", "docs"].map(str::to_owned);
        assert_eq!(check_top(&names).len(), 1);
        let long = "fn a() {}\n".repeat(LINES_MAX + 1);
        let tested = format!("fn a() {{}}\n#[cfg(test)]\nmod tests {{\n{long}}}\n");
        let files = [
            Source::new("libs/x/src/a.rs", &long),
            Source::new("libs/x/src/b.rs", &tested),
            Source::new("libs/x/tests/c.rs", &long),
            Source::new("libs/access/src/org.rs", "fn a() {}\n"),
        ];
        let expected = [
            "libs/x/src/a.rs:401: 401 lines, 400 at most; split it by noun or verb",
            "libs/tidy/src/shape.rs:1: libs/access/src/org.rs needs no exception; take it out",
        ];
        assert_eq!(check_sizes(&files), expected);
    }

    #[test]
    fn catches_tests_that_do_not_run_or_link_for_themselves() {
        let files = [
            Source::new("libs/x/tests/main.rs", "mod a;\nmod b;\n"),
            Source::new("libs/x/tests/a.rs", ""),
            Source::new("libs/x/tests/b/mod.rs", "mod c;\n"),
            Source::new("libs/x/tests/b/c.rs", ""),
            Source::new("libs/x/tests/d.rs", ""),
            Source::new("libs/y/tests/a.rs", ""),
            Source::new("libs/z/tests/a.rs", "fn a() {}\n"),
            Source::new("libs/z/tests/b/main.rs", ""),
        ];
        let found: Vec<_> =
            check_tests(&files).iter().map(|found| found.split(':').next().unwrap_or_default().to_owned()).collect();
        assert_eq!(found, ["libs/x/tests/d.rs", "libs/z/tests/a.rs", "libs/z/tests/b/main.rs"]);
        let fenced = format!("    /// {0}\n    /// f();\n    /// {0}\n", "`".repeat(3));
        assert_eq!(check_tests(&[Source::new("libs/x/src/a.rs", &fenced)]).len(), 1);
    }
}
