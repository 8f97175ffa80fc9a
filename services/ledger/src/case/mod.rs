//! Cases: keeps them, shows them, and carries out their verbs. The room owns the snapshot of each case, its documents, its number
//! (`number`) and what was examined for whom. Where a case may be and what may happen to it is said by the rules,
//! `services/ledger/rules/src/case/`; nothing is decided here.
//!
//! A verb is one file: [`direction`] holds those of chiefs and duty officers, [`handling`] those of the units that have the case;
//! [`issue_paper`] stands beside them. What all do alike is in [`act`]: take a turn on the case, read it as far as the caller may
//! see it, compare the etag, ask the rules, append the events, save. [`ledger`] saves: the case, and then everything that is kept
//! beside it, in one transaction. [`reproject`] is what follows for a case by itself when its clocks are moved.
//!
//! Says: every event of a case, from `CaseProposed` to `CaseArchived`, as it is named in `services/ledger/rules/src/case/event.rs`.
//! Hears: of submissions that were proposed, joined, detached, reopened or appealed against, through `on_intake`. Asks: intake,
//! what a submission is (`submission`), since the event says only that there is one.

pub mod act;
pub mod approval_chain;
pub mod direction;
pub mod draft_view;
pub mod handling;
pub mod issue_paper;
pub mod ledger;
pub mod list_accountabilities;
pub mod list_papers;
pub mod number;
pub mod read;
pub mod reader;
pub mod reproject;
pub mod store;
pub mod submission;
pub mod superior;
pub mod view;

use tonic::{Response, Status};

/// What a method answers with.
pub type Answer<T> = Result<Response<T>, Status>;
