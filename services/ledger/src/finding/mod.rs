//! Finding: lists and search. The room owns what a case is found by: its units, its marks, its words, and who stands behind it by
//! reference.
//!
//! # Lists
//!
//! A list is read from one index, in the order of its page. Whatever it is filtered and ordered by stands beside each unit that a
//! case is found in (`case_reach`), worked out with the case in the transaction that keeps it ([`projection`], `store/index.rs`).
//! `store/query.rs` has one whole text for each way in: number, person, handler, owner, duty, door, what runs, state, book, else
//! the newest. All other fields are looked at row by row. So a page costs about itself, not the store; a filter that nearly nothing
//! passes costs as much as its way in has. A unit with those below it is a way in as well, as soon as its reader sees all of that
//! unit. What is kept from a reader is left out by the same condition in every text.
//!
//! # Search
//!
//! Text is found by terms (`services/ledger/rules/src/terms.rs`) of title and summary, neither of which changes. Those that have
//! all terms come first and are read from the list of the rarest term, as far as a page needs. Only when they have run out, those
//! are looked at that have some, the newest 200 of each term ([`by_terms`]). Where these end goes into the page token, so that
//! nothing that comes in later pushes another out. Both engines answer the same in the same order;
//! `services/ledger/tests/finding.rs` holds the store against every case looked at one by one, while others change.
//!
//! What says much the same is suggested at triage with its reason ([`suggest_similar_cases`],
//! `services/ledger/rules/src/likeness.rs`): at least three terms in common and a fifth of the shorter one. It changes nothing, a
//! person decides. The person behind a submission is known by reference only (`case_parties`), and not at all of what is sealed.
//!
//! # Indexing again
//!
//! Which units are above another, and who heads them, is in the unit file. If that says anything else at a start than before, or a
//! term of office begins or has ended that day, who finds a case and whose its duties are is worked out again for every case
//! ([`reindex`]). A case that other units find or sign for now says so in its history. Cases from before all this are indexed after
//! the start, one by one, also if several replicas start.
//!
//! Says: `CaseUnitsChanged`. Hears: nothing.

pub mod by_terms;
pub mod list_cases;
pub mod projection;
pub mod reindex;
pub mod store;
pub mod suggest_similar_cases;
