//! Cases.

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
