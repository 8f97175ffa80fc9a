//! Who is calling, and what they may do.
//!
//! * [`Caller`] and [`Role`] — who somebody is, as their token says.
//! * [`Issuer`], [`Verifier`] — mint and check JWT bearer tokens (RFC 7519) against a JWKS (RFC 7517).
//! * [`Access`] — decides with the Cedar policies in `policies/`, which one can read; the default is no.
//! * [`Org`] — the unit tree and the tenures of its chiefs, from the file `units.toml`.

mod caller;
mod org;
mod policy;
mod token;

pub use caller::{Caller, Role};
pub use org::{Level, Org, OrgError, Post, Tenure, Unit};
pub use policy::{Access, Matter, POLICIES};
pub use token::{Holder, Issuer, TokenError, Verifier};
