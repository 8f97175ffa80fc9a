//! The rooms of a service: no arrow between them runs up, and there is no circle.
//!
//! A room is a file or a folder that lies directly in `src`. `lib.rs` puts the rooms together, so it may know them all.

use std::collections::{BTreeMap, BTreeSet};

use regex::Regex;

use crate::source::{Part, Source, rust};
use crate::{Findings, finding};

/// The rooms of a service whose order is said, from the ground up. A room knows those of the floors below its own, and none beside it.
const FLOORS: &[(&str, &[&[&str]])] = &[(
    "services/ledger/src/",
    &[
        &["error", "fingerprint", "projection"],
        &["catalogue", "paper"],
        &["clock"],
        &["case"],
        &["co_handling", "deadline", "draft", "figure", "finding", "programme", "watching"],
        &["duty", "on_intake"],
        &["api"],
    ],
)];

/// Where one room names another for the first time.
type Arrows = BTreeMap<String, BTreeMap<String, (String, usize)>>;

/// Over the sources of every service.
pub fn check(files: &[Source]) -> Findings {
    let mut findings = Vec::new();
    for (src, arrows) in arrows(files) {
        if let Some((_, floors)) = FLOORS.iter().find(|(of, _)| *of == src) {
            up(&arrows, floors, &mut findings);
        }
        findings.extend(circles(&arrows).into_iter().map(|circle| {
            let (path, line) = &arrows[&circle[0]][&circle[1 % circle.len()]];
            finding(path, *line, format!("a circle: {} → {}; what several need lies below them", circle.join(" → "), circle[0]))
        }));
    }
    findings
}

/// What a room asks of a room that is not below it, and rooms that have no floor.
fn up(arrows: &Arrows, floors: &[&[&str]], findings: &mut Findings) {
    let floor = |room: &str| floors.iter().position(|floor| floor.contains(&room));
    for (room, targets) in arrows {
        for (target, (path, line)) in targets {
            match (floor(room), floor(target)) {
                (Some(own), Some(other)) if other < own => {}
                (Some(_), Some(_)) => {
                    let what = format!("{room} asks {target}, which is not below it; see FLOORS in libs/tidy/src/rooms.rs");
                    findings.push(finding(path, *line, what));
                }
                (own, _) => {
                    let strange = if own.is_none() { room } else { target };
                    let what = format!("{strange} has no floor; give it one in libs/tidy/src/rooms.rs");
                    findings.push(finding(path, *line, what));
                }
            }
        }
    }
}

/// The arrows of each service, by its `src/`.
fn arrows(files: &[Source]) -> BTreeMap<String, Arrows> {
    let place = Regex::new(r"^(services/[^/]+/src/)([^/.]+)").expect("valid");
    let named = Regex::new(r"\bcrate::(\w+|\{)").expect("valid");
    let mut all: BTreeMap<String, Arrows> = BTreeMap::new();
    for code in rust(files) {
        let Some(found) = place.captures(&code.path) else { continue };
        let (src, room) = (found[1].to_owned(), found[2].to_owned());
        if room == "lib" || room == "main" {
            continue;
        }
        let rooms = all.entry(src).or_default().entry(room.clone()).or_default();
        let lines: Vec<(usize, &str)> = code.bare(Part::All).collect();
        for (at, (number, line)) in lines.iter().enumerate() {
            for target in named.captures_iter(line) {
                let names = match &target[1] {
                    "{" => first_names(lines[at..].iter().map(|(_, line)| *line)),
                    name => vec![name.to_owned()],
                };
                for name in names.into_iter().filter(|name| *name != room) {
                    rooms.entry(name).or_insert_with(|| (code.path.clone(), *number));
                }
            }
        }
    }
    // What is named after `crate::` and is no room is an item of `lib.rs`.
    for arrows in all.values_mut() {
        let rooms: BTreeSet<String> = arrows.keys().cloned().collect();
        arrows.values_mut().for_each(|targets| targets.retain(|target, _| rooms.contains(target)));
    }
    all
}

/// What stands first in each branch of `crate::{…}`.
fn first_names<'a>(lines: impl Iterator<Item = &'a str>) -> Vec<String> {
    let (mut depth, mut names, mut name) = (0, Vec::new(), String::new());
    let text = lines.take(40).collect::<Vec<_>>().join(" ");
    let (_, tree) = text.split_once("crate::").unwrap_or_default();
    for letter in tree.chars() {
        match letter {
            '{' => depth += 1,
            '}' => depth -= 1,
            ',' if depth == 1 => names.push(std::mem::take(&mut name)),
            _ if depth == 1 => name.push(letter),
            _ => {}
        }
        if depth == 0 {
            break;
        }
    }
    names.push(name);
    let first = |name: String| name.trim().split([':', ' ']).next().unwrap_or_default().to_owned();
    names.into_iter().map(first).filter(|name| !name.is_empty()).collect()
}

/// Each circle once, from the room that comes first in the alphabet.
fn circles(arrows: &Arrows) -> Vec<Vec<String>> {
    let mut found = Vec::new();
    for start in arrows.keys() {
        let mut way = vec![start.clone()];
        walk(arrows, start, &mut way, &mut BTreeSet::new(), &mut found);
    }
    found
}

/// Looks for a way back to `start` through rooms that come later in the alphabet.
fn walk(arrows: &Arrows, start: &str, way: &mut Vec<String>, seen: &mut BTreeSet<String>, found: &mut Vec<Vec<String>>) {
    let last = way.last().cloned().unwrap_or_default();
    for target in arrows.get(&last).into_iter().flat_map(BTreeMap::keys) {
        if target == start {
            found.push(way.clone());
            return;
        }
        if target.as_str() > start && seen.insert(target.clone()) {
            way.push(target.clone());
            walk(arrows, start, way, seen, found);
            way.pop();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check_files(files: &[(&str, &str)], expected: &[&str]) {
        let files: Vec<Source> = files.iter().map(|(path, text)| Source::new(path, text)).collect();
        assert_eq!(check(&files), expected);
    }

    #[test]
    fn catches_an_arrow_that_runs_up_or_sideways() {
        let end = "which is not below it; see FLOORS in libs/tidy/src/rooms.rs";
        let down = ("services/ledger/src/duty/a.rs", "use crate::case::act;\nuse crate::{clock, error};\n");
        let rooms = [
            ("services/ledger/src/case/mod.rs", ""),
            ("services/ledger/src/clock/mod.rs", ""),
            ("services/ledger/src/error.rs", ""),
            ("services/ledger/src/draft/mod.rs", ""),
            ("services/ledger/src/watching/mod.rs", ""),
        ];
        check_files(&[&rooms[..], &[down]].concat(), &[]);
        let up = ("services/ledger/src/clock/b.rs", "// crate::draft\n\nfn a() { crate::draft::b() }\n");
        let said = format!("services/ledger/src/clock/b.rs:3: clock asks draft, {end}");
        check_files(&[&rooms[..], &[up]].concat(), &[&said]);
        let sideways =
            ("services/ledger/src/watching/b.rs", "use crate::{\n    case::{act, view},\n    draft::{self, store},\n};\n");
        let said = format!("services/ledger/src/watching/b.rs:1: watching asks draft, {end}");
        check_files(&[&rooms[..], &[sideways]].concat(), &[&said]);
        let new = ("services/ledger/src/attic.rs", "use crate::case::act;\n");
        let said = "services/ledger/src/attic.rs:1: attic has no floor; give it one in libs/tidy/src/rooms.rs";
        check_files(&[&rooms[..], &[new]].concat(), &[said]);
    }

    #[test]
    fn catches_a_circle() {
        let files = [
            ("services/new/src/lib.rs", "use crate::a;"),
            ("services/new/src/a.rs", "use crate::b::X;"),
            ("services/new/src/b/mod.rs", "use crate::Item;"),
            ("services/new/src/b/c.rs", "fn f() { crate::c::g() }"),
            ("services/new/src/c.rs", "\nuse crate::a::Y;\nuse crate::b::Z;"),
        ];
        let end = "what several need lies below them";
        let all = format!("services/new/src/a.rs:1: a circle: a → b → c → a; {end}");
        let two = format!("services/new/src/b/c.rs:1: a circle: b → c → b; {end}");
        check_files(&files, &[&all, &two]);
        check_files(&files[..4], &[]);
    }
}
