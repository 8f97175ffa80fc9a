//! Words that only some places may say.

use regex::Regex;

use crate::source::{Part, Source, is_at, rust};
use crate::{Findings, finding};

/// Where the rules are, and nothing else: they decide, and know neither of wires nor of stores.
pub const PURE_PLACES: &[&str] = &[
    "services/intake/src/submission/",
    "services/ledger/rules/",
    "services/liaison/src/pair.rs",
    "services/liaison/src/visit.rs",
    "services/liaison/src/visit/",
    "services/liaison/src/voice.rs",
    "services/liaison/src/voice/",
    "services/liaison/src/sight.rs",
    "services/meeting/src/meeting.rs",
    "services/meeting/src/meeting/",
    "services/meeting/src/suggestion.rs",
    "services/meeting/src/suggestion/",
    "services/notification/src/facts.rs",
    "services/notification/src/mail.rs",
    "services/notification/src/notice.rs",
    "services/notification/src/telling.rs",
];

/// Words that are not to be said.
#[derive(Debug)]
pub struct Ban {
    /// What they are, as a regular expression over one line.
    words: &'static str,
    /// Which files.
    reads: Reads,
    /// Where they are banned; everywhere if empty.
    within: &'static [&'static str],
    /// Where they are allowed all the same, and why.
    except: &'static [(&'static str, &'static str)],
    /// What to do instead.
    instead: &'static str,
}

/// What a ban is about.
#[derive(Debug)]
enum Reads {
    /// Rust without comments and without what strings say.
    Rust(Part),
    /// Every text file, all of it.
    Text,
}

/// The rules are pure.
pub const IMPURE: Ban = Ban {
    words: r"\b(tonic|sqlx|prost(_\w+)?|sanben_(db|bus|host)|tokio|async|await|SystemTime)\b",
    reads: Reads::Rust(Part::All),
    within: PURE_PLACES,
    except: &[],
    instead: "the rules are pure: take what is needed as a parameter, and leave wires, stores and time to the use case",
};

/// SQL stands in the store.
pub const SQL: Ban = Ban {
    words: r"\b(execute|fetch_optional|fetch_one|fetch_all)!|\bsqlx::query",
    reads: Reads::Rust(Part::Shipped),
    within: &[],
    except: &[
        ("services/*/src/store.rs", "SQL and nothing else"),
        ("services/*/src/store/", "SQL and nothing else"),
        ("services/ledger/src/*/store.rs", "SQL of one room and nothing else"),
        ("services/ledger/src/*/store/", "SQL of one room and nothing else"),
        ("services/ledger/src/*/*/store.rs", "SQL of one room and nothing else"),
        ("services/intake/src/vault.rs", "the store of who spoke and what was said, apart from every other"),
        ("libs/db/", "the macros themselves"),
        ("libs/bus/", "events, positions and cursors lie in every service's store"),
        ("libs/host/src/idempotency.rs", "first answers lie in every service's store"),
    ],
    instead: "put the statement into a function of store.rs that takes `&mut Tx`",
};

/// Time and randomness come from the clock.
pub const TIME: Ban = Ban {
    words: r"\b(SystemTime|Instant|OffsetDateTime|UtcDateTime)::now|\bUuid::(now_v7|new_v4)\b|\brand::|\bgetrandom\b|\bthread_rng\b",
    reads: Reads::Rust(Part::All),
    within: &[],
    except: &[
        ("libs/clock/", "the one place that asks"),
        ("libs/db/src/testing/server.rs", "waits for a real server to start, so for real seconds"),
        ("services/suite/benches/scale/", "measures how long real answers take"),
    ],
    instead: "take it from `sanben_clock::Clock`, so that a test that holds the clock holds all of it",
};

/// A lint is expected with its reason, never allowed.
pub const ALLOW: Ban = Ban {
    words: r"#!?\[(cfg_attr\(.*)?allow\(",
    reads: Reads::Rust(Part::All),
    within: &[],
    except: &[],
    instead: "write `#[expect(lint, reason = \"…\")]`, which says why and ends when it is no longer needed",
};

/// Nothing is half done.
pub const UNFINISHED: Ban = Ban {
    words: r"\b(todo|unimplemented|dbg)!|#\[ignore",
    reads: Reads::Rust(Part::All),
    within: &[],
    except: &[],
    instead: "finish it or take it out; a test that is not run holds nothing",
};

/// Tests don't wait for time to pass.
pub const SLEEP: Ban = Ban {
    words: r"\bsleep(_until|_ms)?\(",
    reads: Reads::Rust(Part::Tests),
    within: &[],
    except: &[("services/suite/tests/suite/rows.rs", "looks again until five stores are quiet, which nothing could tell it")],
    instead: "wait for what is to happen, or move a fake clock",
};

/// gRPC codes stand where errors are mapped.
pub const CODES: Ban = Ban {
    words: r"\b(Code|Status)::\w+|\btonic::Code\b",
    reads: Reads::Rust(Part::Shipped),
    within: &[],
    except: &[
        ("libs/host/", "the one way to a status"),
        ("services/suite/", "a client of the services"),
        ("services/*/src/error.rs", "the service's map from a refusal to a reason"),
        ("services/ledger/src/catalogue/error.rs", "the map of the room in which things are published"),
        ("services/meeting/src/adopt_plan.rs", "tells from intake's answer that the submission was proposed before"),
        ("services/meeting/src/proposal.rs", "reads from intake's answer that there is no proposal"),
        ("services/notification/src/ask.rs", "reads from a peer's answer that there is nothing to tell"),
        ("services/notification/src/reader.rs", "reads from intake's answer that a receipt code opens nothing"),
    ],
    instead: "refuse with a reason through error.rs; only there is a code chosen",
};

/// Nothing tells of the machine it was written on. The expressions are written so that they do not find themselves.
pub const MACHINE: Ban = Ban {
    words: r"/work[/]|/root[/]|crates\.io[/]api|pypi[.]org|registry[.]npmjs|deb[.]debian",
    reads: Reads::Text,
    within: &[],
    except: &[],
    instead: "name no path of one machine and no host of a registry; tools know their own",
};

/// What `ban` finds, and its places that are gone or exempt for nothing.
pub fn check(ban: &Ban, files: &[Source]) -> Findings {
    let hits = hits(ban, files);
    [broken(ban, &hits), stale(ban, files, &hits)].concat()
}

/// Path, line, word.
type Hit = (String, usize, String);

fn broken(ban: &Ban, hits: &[Hit]) -> Findings {
    let is_exempt = |path: &str| ban.except.iter().any(|(place, _)| is_at(path, place));
    let broken = hits.iter().filter(|(path, ..)| !is_exempt(path));
    broken.map(|(path, line, word)| finding(path, *line, format!("`{word}`; {}", ban.instead))).collect()
}

fn stale(ban: &Ban, files: &[Source], hits: &[Hit]) -> Findings {
    let here = |what: String| finding("libs/tidy/src/bans.rs", 1, what);
    let gone = ban.within.iter().filter(|place| !files.iter().any(|file| is_at(&file.path, place)));
    let gone = gone.map(|place| here(format!("there is no {place}; name where that went")));
    let idle = ban.except.iter().filter(|(place, _)| !hits.iter().any(|(path, ..)| is_at(path, place)));
    let idle = idle.map(|(place, _)| here(format!("{place} needs no exception from `{}`; take it out", ban.words)));
    gone.chain(idle).collect()
}

/// Services whose rules stand in no pure place.
pub fn without_rules(files: &[Source]) -> Findings {
    let services =
        files.iter().filter(|file| is_at(&file.path, "services/*/Cargo.toml") && file.path != "services/suite/Cargo.toml");
    services
        .filter_map(|file| Some((file, file.path.strip_suffix("Cargo.toml")?)))
        .filter(|(_, folder)| !PURE_PLACES.iter().any(|place| place.starts_with(folder)))
        .map(|(file, _)| finding(&file.path, 1, "has its rules in no pure place; name it in libs/tidy/src/bans.rs"))
        .collect()
}

fn hits(ban: &Ban, files: &[Source]) -> Vec<Hit> {
    let words = Regex::new(ban.words).expect("the expressions of this file are valid");
    let is_within = |path: &str| ban.within.is_empty() || ban.within.iter().any(|place| is_at(path, place));
    let mut found = Vec::new();
    let mut look = |path: &str, line: usize, text: &str| {
        if let Some(word) = words.find(text).filter(|_| is_within(path)) {
            found.push((path.to_owned(), line, word.as_str().to_owned()));
        }
    };
    match ban.reads {
        Reads::Text => {
            for file in files.iter().filter(|file| !file.path.ends_with(".lock")) {
                file.lines().for_each(|(number, line)| look(&file.path, number, line));
            }
        }
        Reads::Rust(part) => {
            for code in rust(files) {
                code.bare(part).for_each(|(number, line)| look(&code.path, number, line));
            }
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Where `ban` finds something in a file at `path`.
    fn check_one(ban: &Ban, path: &str, text: &str, expected: &[usize]) {
        let found: Vec<usize> = broken(ban, &hits(ban, &[Source::new(path, text)]))
            .iter()
            .map(|finding| finding.split(':').nth(1).and_then(|line| line.parse().ok()).expect("path:line"))
            .collect();
        assert_eq!(found, expected, "{path}\n{text}");
    }

    #[test]
    fn catches_rules_that_are_not_pure() {
        check_one(
            &IMPURE,
            "services/ledger/rules/src/case/a.rs",
            "//! no tokio\nuse sanben_db::Tx;\nasync fn a() {}\nprost_types::X;",
            &[2, 3, 4],
        );
        check_one(&IMPURE, "services/ledger/src/assign_case.rs", "use sanben_db::Tx;", &[]);
    }

    #[test]
    fn catches_sql_outside_the_store() {
        let text = "fn a() { fetch_all!(tx) }\n#[cfg(test)]\nmod tests { fn b() { execute!(tx) } }\n";
        check_one(&SQL, "services/ledger/src/assign_case.rs", text, &[1]);
        check_one(&SQL, "services/intake/src/store.rs", text, &[]);
        check_one(&SQL, "services/ledger/src/programme/drive/store.rs", text, &[]);
    }

    #[test]
    fn catches_time_that_is_not_the_clocks() {
        check_one(
            &TIME,
            "services/ledger/src/a.rs",
            "SystemTime::now();\nInstant::now();\nOffsetDateTime::now_utc()\n",
            &[1, 2, 3],
        );
        check_one(&TIME, "services/ledger/tests/a.rs", "let id = Uuid::now_v7();\nrand::random();\ncall.now", &[1, 2]);
        check_one(&TIME, "libs/clock/src/source.rs", "SystemTime::now()", &[]);
    }

    #[test]
    fn catches_leftovers() {
        check_one(&ALLOW, "a.rs", "#[allow(dead_code)]\n#![allow(x)]\n#[cfg_attr(test, allow(x))]\n#[expect(x)]", &[1, 2, 3]);
        check_one(&UNFINISHED, "a.rs", "todo!()\ndbg!(x)\n#[ignore]\n// todo!\n\"dbg!\"", &[1, 2, 3]);
        check_one(&SLEEP, "a/tests/a.rs", "tokio::time::sleep(x)\nthread::sleep(x)", &[1, 2]);
        check_one(&SLEEP, "a/src/a.rs", "tokio::time::sleep(x)", &[]);
    }

    #[test]
    fn catches_codes_in_use_cases() {
        check_one(
            &CODES,
            "services/ledger/src/a.rs",
            "use tonic::Code;\nStatus::internal(x)\nExitCode::SUCCESS\nstatus.code()",
            &[1, 2],
        );
        check_one(&CODES, "services/ledger/src/error.rs", "Code::NotFound", &[]);
        check_one(&CODES, "services/ledger/tests/a.rs", "Code::NotFound", &[]);
    }

    #[test]
    fn catches_paths_of_a_machine() {
        let text = format!("cd /{}/x\nhttps://{}.org\n/workspace/x", "work", "pypi");
        check_one(&MACHINE, "README.md", &text, &[1, 2]);
        check_one(&MACHINE, "Cargo.lock", &text, &[]);
    }

    #[test]
    fn catches_places_that_are_gone_and_exceptions_for_nothing() {
        let files = [Source::new("services/new/Cargo.toml", ""), Source::new("services/ledger/rules/src/case/a.rs", "")];
        assert_eq!(stale(&IMPURE, &files, &[]).len(), PURE_PLACES.len() - 1);
        assert_eq!(stale(&TIME, &files, &[]).len(), TIME.except.len());
        assert_eq!(without_rules(&files).len(), 1);
    }
}
