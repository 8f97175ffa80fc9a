//! The house keeps its shape: few names at the top, no file too long to read.

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
}
