//! The contract in Rust, generated from `proto/`. No logic.

/// Names of every message and method, with all options: for reflection, validation and permissions.
pub const DESCRIPTORS: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/descriptors.binpb"));

#[expect(clippy::all, missing_docs, reason = "generated code")]
mod generated {
    pub mod buf {
        pub mod validate {
            include!(concat!(env!("OUT_DIR"), "/buf.validate.rs"));
        }
    }
    pub mod sanben {
        pub mod r#type {
            pub mod v1 {
                include!(concat!(env!("OUT_DIR"), "/sanben.r#type.v1.rs"));
            }
        }
        pub mod intake {
            pub mod v1 {
                include!(concat!(env!("OUT_DIR"), "/sanben.intake.v1.rs"));
            }
        }
        pub mod ledger {
            pub mod v1 {
                include!(concat!(env!("OUT_DIR"), "/sanben.ledger.v1.rs"));
            }
        }
        pub mod liaison {
            pub mod v1 {
                include!(concat!(env!("OUT_DIR"), "/sanben.liaison.v1.rs"));
            }
        }
        pub mod meeting {
            pub mod v1 {
                include!(concat!(env!("OUT_DIR"), "/sanben.meeting.v1.rs"));
            }
        }
        pub mod notification {
            pub mod v1 {
                include!(concat!(env!("OUT_DIR"), "/sanben.notification.v1.rs"));
            }
        }
    }
}

/// The annotations that constrain fields.
pub use generated::buf::validate;
/// The online desk and triage.
pub use generated::sanben::intake::v1 as intake;
/// The three books.
pub use generated::sanben::ledger::v1 as ledger;
/// Pairs and visits.
pub use generated::sanben::liaison::v1 as liaison;
/// Meetings.
pub use generated::sanben::meeting::v1 as meeting;
/// Notices.
pub use generated::sanben::notification::v1 as notification;
/// Words that every service shares.
pub use generated::sanben::r#type::v1 as kinds;
