//! The rules that matter, as tests: `cargo test -p sanben-tidy`.
//!
//! A rule is a pure function from texts to findings (`path:line: what is wrong; what to do`). `tests/rules.rs` applies each to the
//! repository, and beside each stands a test in which it catches what was planted.
//!
//! | rules       | what they hold                                                                                              |
//! |-------------|-------------------------------------------------------------------------------------------------------------|
//! | [`layers`]  | `proto, clock ← db ← bus, access ← host ← services/* ← suite`; services never depend on each other            |
//! | [`rooms`]   | between the rooms of a service no arrow runs up, and there is no circle                                         |
//! | [`bans`]    | words that only some places may say: pure rules, SQL, time, gRPC codes, sleeps, leftovers, paths of a machine |
//! | [`methods`] | a gRPC service is in its own file and has few methods, and each method names a verb and a noun                |
//! | [`access`]  | every RPC declares a permission, the policies name the same ones, and no Rust repeats one                     |
//! | [`reasons`] | every error reason is raised, has a text in both languages, and is named in a test                            |
//! | [`texts`]   | both languages say the same with the same variables; no text is missing, none is left over                    |
//! | [`readmes`] | what the READMEs point at exists; the first one is short; all that must be there are                          |
//! | [`shape`]   | the top level and the size of files                                                                           |
//! | [`fleet`]   | every service has its manifest and its peers, and whatever of it is no peer service has its route             |
//! | [`tools`]   | for `tests/tools.rs`: buf over the contract, the Kubernetes schema over the manifests; fetched if missing     |
//!
//! What they read: [`source`], the files of the repository, and [`contract`], the compiled protos. A place that is exempt stands with its
//! reason in the data of its rule, and one that is no longer needed is a finding too.

pub mod access;
pub mod bans;
pub mod contract;
pub mod fleet;
pub mod layers;
pub mod methods;
pub mod readmes;
pub mod reasons;
pub mod rooms;
pub mod shape;
pub mod source;
pub mod texts;

/// What is wrong: `path:line: what; what to do`.
pub type Findings = Vec<String>;

/// Fails with all findings.
///
/// # Panics
/// When there are any.
pub fn none(findings: Findings) {
    assert!(findings.is_empty(), "{} found:\n{}\n", findings.len(), findings.join("\n"));
}

pub(crate) fn finding(path: &str, line: usize, what: impl AsRef<str>) -> String {
    format!("{path}:{line}: {}", what.as_ref())
}
