use std::collections::HashMap;

use sanben_bus::Fault;
use sanben_proto::{intake, kinds, ledger, liaison, meeting, notification};
use tonic::{Code, Response, Status};
use tonic_types::{ErrorDetails, StatusExt as _};

use crate::{App, Call, Catalog, Lang, Problem};

/// A reason of the contract: a value of some `ErrorReason`.
pub trait Reason: Copy {
    /// The domain of `google.rpc.ErrorInfo`.
    const DOMAIN: &'static str;
    /// The value's name without its prefix.
    fn name(self) -> &'static str;
}

macro_rules! reasons {
    ($($package:ident = $domain:literal),*) => {$(
        impl Reason for $package::ErrorReason {
            const DOMAIN: &'static str = $domain;
            fn name(self) -> &'static str {
                self.as_str_name().trim_start_matches("ERROR_REASON_")
            }
        }
    )*};
}
reasons!(
    kinds = "sanben",
    intake = "sanben.intake",
    ledger = "sanben.ledger",
    liaison = "sanben.liaison",
    meeting = "sanben.meeting",
    notification = "sanben.notification"
);

/// A refusal with its typed reason. What it names is safe to show to the caller: ids, states, rules, never what a person wrote.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refusal {
    code: Code,
    domain: &'static str,
    reason: &'static str,
    facts: Vec<(&'static str, String)>,
    fields: Vec<(String, Problem)>,
}

impl Refusal {
    /// A rule is in the way (`FAILED_PRECONDITION`).
    pub fn rule(reason: impl Reason) -> Refusal {
        Refusal::with_code(Code::FailedPrecondition, reason)
    }

    /// A field is wrong (`INVALID_ARGUMENT`): its path in the message, and what is wrong with it.
    pub fn field(reason: impl Reason, field: impl Into<String>, problem: Problem) -> Refusal {
        let mut refusal = Refusal::with_code(Code::InvalidArgument, reason);
        refusal.fields.push((field.into(), problem));
        refusal
    }

    /// There is no such thing for this caller (`NOT_FOUND`).
    pub fn not_found() -> Refusal {
        Refusal::with_code(Code::NotFound, kinds::ErrorReason::NotFound)
    }

    /// The caller has the permission somewhere, but not here (`PERMISSION_DENIED`).
    pub fn not_permitted(call: &Call) -> Refusal {
        Refusal::with_code(Code::PermissionDenied, kinds::ErrorReason::NotPermitted).fact("permission", &*call.permission)
    }

    /// The etag is not the present one (`ABORTED`).
    pub fn stale() -> Refusal {
        Refusal::with_code(Code::Aborted, kinds::ErrorReason::StaleEtag)
    }

    /// With another code than the usual ones.
    pub fn with_code<R: Reason>(code: Code, reason: R) -> Refusal {
        Refusal { code, domain: R::DOMAIN, reason: reason.name(), facts: Vec::new(), fields: Vec::new() }
    }

    /// Adds a fact that helps to satisfy the rule; it is in the metadata and may stand in the text.
    #[must_use]
    pub fn fact(mut self, name: &'static str, value: impl Into<String>) -> Refusal {
        self.facts.push((name, value.into()));
        self
    }

    /// Names a further field.
    #[must_use]
    pub fn and_field(mut self, field: impl Into<String>, problem: Problem) -> Refusal {
        self.fields.push((field.into(), problem));
        self
    }

    /// The key of its text in the catalogue.
    pub fn text_key(domain: &str, reason: &str) -> String {
        format!("reason-{}-{reason}", domain.trim_start_matches("sanben.").trim_start_matches("sanben"))
            .replace("reason--", "reason-any-")
    }

    /// The status, where there is no unit tree to take names from.
    pub(crate) fn status(&self, catalog: &Catalog, lang: Lang) -> Status {
        self.status_named(catalog, lang, |_, _| None)
    }

    /// The status; `name` says what a unit is called in a language. The metadata keep its id.
    fn status_named(&self, catalog: &Catalog, lang: Lang, name: impl Fn(Lang, &str) -> Option<String>) -> Status {
        let key = Refusal::text_key(self.domain, self.reason);
        let text = |lang: Lang| {
            let spoken = |fact: &str, value: &String| if fact == "unit" { name(lang, value) } else { None };
            let facts = self.facts.iter().map(|(fact, value)| (*fact, spoken(fact, value).unwrap_or_else(|| value.clone())));
            let said = |(field, problem): &(String, Problem)| format!("{field}: {}", problem.text(catalog, lang));
            let fields = self.fields.iter().map(said).collect::<Vec<_>>().join("; ");
            catalog.text(lang, &key, &facts.chain([("fields", fields)]).collect::<Vec<_>>())
        };
        let metadata: HashMap<String, String> =
            self.facts.iter().map(|(name, value)| ((*name).to_owned(), value.clone())).collect();
        let mut details = ErrorDetails::with_error_info(self.reason, self.domain, metadata);
        details.set_localized_message(lang.tag(), text(lang));
        for (field, problem) in &self.fields {
            details.add_bad_request_violation(field, problem.text(catalog, lang));
        }
        Status::with_error_details(self.code, text(Lang::En), details)
    }
}

/// Why a use case did not answer.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The caller asked for something that is refused.
    #[error("refused: {}", .0.reason)]
    Refused(Box<Refusal>),
    /// Another service refused; its answer is passed on as it is.
    #[error("a peer answered {}", .0.code())]
    Peer(Box<Status>),
    /// The store failed.
    #[error(transparent)]
    Store(#[from] sanben_db::Error),
    /// A defect; the text names the place, never data.
    #[error("defect: {0}")]
    Defect(&'static str),
}

impl From<Refusal> for Error {
    fn from(refusal: Refusal) -> Error {
        Error::Refused(Box::new(refusal))
    }
}

impl From<Status> for Error {
    fn from(status: Status) -> Error {
        Error::Peer(Box::new(status))
    }
}

impl From<sqlx::Error> for Error {
    fn from(error: sqlx::Error) -> Error {
        Error::Store(error.into())
    }
}

impl Error {
    fn status(&self, app: &App, lang: Lang) -> Status {
        use sanben_db::Error as Store;
        let catalog = &app.catalog;
        match self {
            Error::Refused(refusal) => {
                refusal.status_named(catalog, lang, |lang, unit| app.org.unit(unit).map(|unit| lang.name_of(unit).to_owned()))
            }
            Error::Peer(status) if status.details().is_empty() && is_passing(status.code()) => {
                Refusal::with_code(Code::Unavailable, kinds::ErrorReason::Unavailable).status(catalog, lang)
            }
            Error::Peer(status) if status.code() != Code::Unknown && status.code() != Code::Internal => (**status).clone(),
            Error::Store(Store::Conflict) => Refusal::stale().status(catalog, lang),
            Error::Store(Store::Engine(error)) if is_away(error) => {
                tracing::warn!(%error, "store is away");
                Refusal::with_code(Code::Unavailable, kinds::ErrorReason::Unavailable).status(catalog, lang)
            }
            Error::Peer(_) | Error::Store(_) | Error::Defect(_) => {
                tracing::error!(error = %self, "request failed");
                let trace_id = sanben_bus::trace::current();
                Refusal::with_code(Code::Internal, kinds::ErrorReason::Internal).fact("trace", trace_id).status(catalog, lang)
            }
        }
    }
}

/// What the same request may not meet again.
fn is_passing(code: Code) -> bool {
    matches!(code, Code::Unavailable | Code::DeadlineExceeded | Code::Aborted | Code::ResourceExhausted | Code::Cancelled)
}

/// What the same request would meet again.
fn is_final(code: Code) -> bool {
    matches!(code, Code::NotFound | Code::InvalidArgument | Code::FailedPrecondition | Code::OutOfRange)
}

fn is_away(error: &sqlx::Error) -> bool {
    match error {
        sqlx::Error::Io(_) | sqlx::Error::PoolTimedOut | sqlx::Error::PoolClosed | sqlx::Error::Tls(_) => true,
        sqlx::Error::Database(error) => error.code().is_some_and(|code| AWAY_CODES.contains(&&*code)),
        _ => false,
    }
}

/// PostgreSQL: shutting down, crashed, starting, too many connections, lock not had in time, statement cancelled, slept too long in a
/// transaction. SQLite: busy, locked.
const AWAY_CODES: &[&str] = &["57P01", "57P02", "57P03", "53300", "55P03", "57014", "25P03", "5", "6", "261", "517"];

/// Encodes what a use case came to.
///
/// # Errors
/// The refusal or failure as a status with `ErrorInfo`, `BadRequest` and `LocalizedMessage`.
pub fn answer<T>(app: &App, call: &Call, result: Result<T, Error>) -> Result<Response<T>, Status> {
    result.map(Response::new).map_err(|error| error.status(app, call.lang))
}

/// For consumers: only an answer that would come again, however often one asks, sets the event aside; everything else is tried again.
impl From<Error> for Fault {
    fn from(error: Error) -> Fault {
        match error {
            Error::Store(error) => error.into(),
            Error::Peer(status) if is_final(status.code()) => Fault::Poisoned(format!("a service answered {}", status.code())),
            Error::Peer(status) => Fault::Away(status.code().to_string()),
            Error::Refused(_) | Error::Defect(_) => Fault::Poisoned(error.to_string()),
        }
    }
}
