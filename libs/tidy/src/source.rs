//! The repository as text.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::LazyLock;

use regex::Regex;

/// Folders of the repository that hold nothing of ours.
const FOREIGN: &[&str] = &[".git", "target", "sanben-data", "node_modules"];

/// A file.
#[derive(Clone, Debug)]
pub struct Source {
    /// From the root of the repository, with `/`.
    pub path: String,
    /// All of it; empty if it is not text.
    pub text: String,
}

impl Source {
    /// A file, which need not exist.
    pub fn new(path: &str, text: &str) -> Source {
        Source { path: path.to_owned(), text: text.to_owned() }
    }

    /// Its lines, from 1.
    pub fn lines(&self) -> impl Iterator<Item = (usize, &str)> {
        (1..).zip(self.text.lines())
    }

    /// The first line that holds `what`; 1 if none does.
    pub fn line_of(&self, what: &str) -> usize {
        self.lines().find(|(_, line)| line.contains(what)).map_or(1, |(number, _)| number)
    }
}

/// The root of the repository.
pub fn root() -> PathBuf {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    root.canonicalize().expect("this crate lies two folders below the root")
}

/// Every file of the repository, sorted by path.
///
/// # Panics
/// When one cannot be read.
pub fn repo() -> Vec<Source> {
    let mut files = Vec::new();
    collect(&root(), "", &mut files);
    files.sort_by(|a, b| a.path.cmp(&b.path));
    files
}

fn collect(folder: &Path, prefix: &str, files: &mut Vec<Source>) {
    for entry in fs::read_dir(folder).expect("the repository is readable") {
        let entry = entry.expect("the repository is readable");
        let name = entry.file_name().to_string_lossy().into_owned();
        let path = format!("{prefix}{name}");
        let kind = entry.file_type().expect("a file has a type");
        // In a further work tree `.git` is a file.
        if FOREIGN.contains(&name.as_str()) {
            continue;
        }
        if kind.is_dir() {
            if !entry.path().join("CACHEDIR.TAG").exists() {
                collect(&entry.path(), &format!("{path}/"), files);
            }
        } else {
            let bytes = fs::read(entry.path()).expect("the repository is readable");
            files.push(Source { path, text: String::from_utf8(bytes).unwrap_or_default() });
        }
    }
}

/// Whether `path` is the place: `*` stands for anything within one segment, a place that ends with `/` is all below it.
pub fn is_at(path: &str, place: &str) -> bool {
    let (wanted, given): (Vec<&str>, Vec<&str>) = (place.trim_end_matches('/').split('/').collect(), path.split('/').collect());
    let long_enough = if place.ends_with('/') { given.len() > wanted.len() } else { given.len() == wanted.len() };
    long_enough && wanted.iter().zip(given).all(|(wanted, given)| fits(given, wanted))
}

fn fits(name: &str, wanted: &str) -> bool {
    match wanted.split_once('*') {
        None => name == wanted,
        Some((start, rest)) => name
            .strip_prefix(start)
            .is_some_and(|left| (0..=left.len()).any(|at| left.is_char_boundary(at) && fits(&left[at..], rest))),
    }
}

/// A Rust file without its comments, as long in lines as it was.
#[derive(Clone, Debug)]
pub struct Code {
    /// From the root of the repository.
    pub path: String,
    /// What strings say is blank.
    bare: Vec<String>,
    /// Strings say what they say.
    spoken: Vec<String>,
    /// Which lines only tests compile.
    tested: Vec<bool>,
}

/// Which part of a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    /// What ships.
    Shipped,
    /// What only tests compile.
    Tests,
    /// Both.
    All,
}

impl Code {
    /// The lines of a part without comments and without what strings say.
    pub fn bare(&self, part: Part) -> impl Iterator<Item = (usize, &str)> {
        self.lines(&self.bare, part)
    }

    /// The lines of a part without comments.
    pub fn spoken(&self, part: Part) -> impl Iterator<Item = (usize, &str)> {
        self.lines(&self.spoken, part)
    }

    /// How many lines ship, blank ones and comments included.
    pub fn shipped_len(&self) -> usize {
        self.tested.iter().filter(|tested| !**tested).count()
    }

    fn lines<'a>(&'a self, lines: &'a [String], part: Part) -> impl Iterator<Item = (usize, &'a str)> {
        let wanted = move |tested: bool| part == Part::All || tested == (part == Part::Tests);
        (1..)
            .zip(lines)
            .zip(&self.tested)
            .filter(move |(_, tested)| wanted(**tested))
            .map(|((number, line), _)| (number, line.as_str()))
    }
}

/// The Rust among `files`, with what only tests and benchmarks compile known as such: `tests` and `benches` folders, `#[cfg(test)]`, and
/// modules declared so.
pub fn rust(files: &[Source]) -> Vec<Code> {
    let mut codes = Vec::new();
    let mut test_modules = Vec::new();
    for file in files.iter().filter(|file| file.path.ends_with(".rs")) {
        let (bare, spoken) = without_comments(&file.text);
        let (ranges, modules) = test_parts(&bare);
        let (folder, name) = file.path.rsplit_once('/').unwrap_or(("", &file.path));
        let stem = name.trim_end_matches(".rs");
        let below = if ["mod", "lib", "main"].contains(&stem) { folder.to_owned() } else { format!("{folder}/{stem}") };
        test_modules.extend(modules.into_iter().map(|module| format!("{below}/{module}")));
        let in_tests = file.path.split('/').any(|folder| matches!(folder, "tests" | "benches"));
        let split = |text: &str| text.lines().map(str::to_owned).collect::<Vec<_>>();
        let bare = split(&bare);
        let tested = (0..bare.len()).map(|at| in_tests || ranges.iter().any(|(from, to)| (*from..=*to).contains(&at))).collect();
        codes.push(Code { path: file.path.clone(), spoken: split(&spoken), bare, tested });
    }
    for code in &mut codes {
        let is_test = |module: &String| code.path == format!("{module}.rs") || code.path.starts_with(&format!("{module}/"));
        if test_modules.iter().any(is_test) {
            code.tested.fill(true);
        }
    }
    codes
}

/// The lines (from 0) that `#[cfg(test)]` stands for, and the modules in files of their own that it declares.
fn test_parts(bare: &str) -> (Vec<(usize, usize)>, Vec<String>) {
    static MARKED: LazyLock<Regex> = LazyLock::new(|| Regex::new(r"#\[cfg\((?:test|all\(test,[^\]]*\))\)\]").expect("valid"));
    static MODULE: LazyLock<Regex> = LazyLock::new(|| Regex::new(r"\bmod\s+(\w+)\s*$").expect("valid"));
    let line = |at: usize| bare[..at].matches('\n').count();
    let (mut ranges, mut modules) = (Vec::new(), Vec::new());
    for mark in MARKED.find_iter(bare) {
        let mut depth = 0_usize;
        let mut end = bare.len();
        for (at, c) in bare[mark.end()..].char_indices() {
            match c {
                '{' => depth += 1,
                '}' => depth = depth.saturating_sub(1),
                _ => {}
            }
            if depth == 0 && (c == ';' || c == '}') {
                end = mark.end() + at;
                break;
            }
        }
        modules.extend(MODULE.captures(&bare[mark.end()..end]).map(|found| found[1].to_owned()));
        ranges.push((line(mark.start()), line(end)));
    }
    (ranges, modules)
}

/// The text without its comments, and the same without what its strings and characters say. Lines stay where they are.
fn without_comments(text: &str) -> (String, String) {
    let chars: Vec<char> = text.chars().collect();
    let (mut bare, mut spoken) = (String::new(), String::new());
    let blank = |c: char| if c == '\n' { '\n' } else { ' ' };
    let mut at = 0;
    while at < chars.len() {
        let (end, is_comment) = match literal_or_comment(&chars, at) {
            Some(found) => found,
            None => {
                bare.push(chars[at]);
                spoken.push(chars[at]);
                at += 1;
                continue;
            }
        };
        let piece = &chars[at..end];
        if is_comment {
            bare.extend(piece.iter().copied().map(blank));
            spoken.extend(piece.iter().copied().map(blank));
        } else {
            let last = piece.len() - 1;
            let quote = |at: usize, c: char| if (at == 0 || at == last) && matches!(c, '"' | '\'') { c } else { blank(c) };
            bare.extend(piece.iter().enumerate().map(|(at, c)| quote(at, *c)));
            spoken.extend(piece);
        }
        at = end;
    }
    (bare, spoken)
}

/// The end of the comment (`true`), or of the string or character, that begins at `at`.
fn literal_or_comment(chars: &[char], at: usize) -> Option<(usize, bool)> {
    let is = |at: usize, wanted: char| chars.get(at) == Some(&wanted);
    let find = |from: usize, end: &[char]| {
        (from..chars.len()).find(|at| chars[*at..].starts_with(end)).map_or(chars.len(), |at| at + end.len())
    };
    match chars[at] {
        '/' if is(at + 1, '/') => Some(((at..chars.len()).find(|at| is(*at, '\n')).unwrap_or(chars.len()), true)),
        '/' if is(at + 1, '*') => Some((end_of_block_comment(chars, at), true)),
        '"' => Some((end_of_string(chars, at), false)),
        'r' if at == 0
            || !is_word(chars[at - 1])
            || (matches!(chars[at - 1], 'b' | 'c') && (at == 1 || !is_word(chars[at - 2]))) =>
        {
            let hashes = chars[at + 1..].iter().take_while(|c| **c == '#').count();
            let end: Vec<char> = std::iter::once('"').chain(std::iter::repeat_n('#', hashes)).collect();
            is(at + 1 + hashes, '"').then(|| (find(at + 2 + hashes, &end), false))
        }
        '\'' if is(at + 1, '\\') => Some((find(at + 3, &['\'']), false)),
        '\'' if is(at + 2, '\'') => Some((at + 3, false)),
        _ => None,
    }
}

fn is_word(c: char) -> bool {
    c.is_alphanumeric() || c == '_'
}

fn end_of_string(chars: &[char], from: usize) -> usize {
    let mut at = from + 1;
    while at < chars.len() {
        match chars[at] {
            '\\' => at += 2,
            '"' => return at + 1,
            _ => at += 1,
        }
    }
    chars.len()
}

fn end_of_block_comment(chars: &[char], from: usize) -> usize {
    let (mut at, mut depth) = (from, 0_usize);
    while at + 1 < chars.len() {
        match (chars[at], chars[at + 1]) {
            ('/', '*') => (at, depth) = (at + 2, depth + 1),
            ('*', '/') if depth == 1 => return at + 2,
            ('*', '/') => (at, depth) = (at + 2, depth - 1),
            _ => at += 1,
        }
    }
    chars.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, bare: &str, spoken: &str) {
        assert_eq!(without_comments(text), (bare.to_owned(), spoken.to_owned()), "{text}");
    }

    #[test]
    fn comments_and_strings_are_told_from_code() {
        check("a // b\nc", "a     \nc", "a     \nc");
        check("a /* b /* c */ d */ e", "a                   e", "a                   e");
        check(r#"say("b\"//c") d"#, r#"say("      ") d"#, r#"say("b\"//c") d"#);
        check(r##"r#"a"b"# c"##, r##"         c"##, r##"r#"a"b"# c"##);
        check("r#type 'x' '\\'' &'a str", "r#type ' ' '  ' &'a str", "r#type 'x' '\\'' &'a str");
    }

    #[test]
    fn tests_are_told_from_what_ships() {
        let files = [
            Source::new("x/src/lib.rs", "mod a;\n#[cfg(test)]\nmod b;\nfn c() {}\n"),
            Source::new("x/src/a.rs", "fn d() {}\n#[cfg(test)]\nmod tests {\n    fn e() { \"}\" }\n}\nfn f() {}\n"),
            Source::new("x/src/b.rs", "fn g() {}\n"),
            Source::new("x/tests/h.rs", "fn h() {}\n"),
            Source::new("x/benches/i.rs", "fn i() {}\n"),
        ];
        let shipped: Vec<String> =
            rust(&files).iter().map(|code| code.bare(Part::Shipped).map(|(number, _)| number.to_string()).collect()).collect();
        assert_eq!(shipped, ["14", "16", "", "", ""]);
    }

    #[test]
    fn places_are_found() {
        assert!(is_at("services/ledger/src/store.rs", "services/*/src/store.rs"));
        assert!(is_at("services/meeting/src/store/a.rs", "services/*/src/store/"));
        assert!(!is_at("services/meeting/src/store.rs", "services/*/src/store/"));
        assert!(!is_at("services/meeting/src/stores.rs", "services/*/src/store.rs"));
        assert!(is_at("services/meeting/src/on_ledger.rs", "services/*/src/on_*.rs"));
    }
}
