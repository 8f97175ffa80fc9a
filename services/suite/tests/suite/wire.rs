//! Calls as bytes: the test decides every byte of a request, and sees everything that a refused caller sees.

use std::time::Duration;

use bytes::{BufMut as _, Bytes, BytesMut};
use http::Request;
use http_body_util::{BodyExt as _, Full};
use prost::{Message, Name};
use sanben_access::{Caller, Role};
use sanben_clock::Clock;
use tonic::body::Body;
use tonic::transport::{Channel, Endpoint};
use tonic::{Code, Status};
use tonic_types::StatusExt as _;
use tower::ServiceExt as _;

use crate::start::{Suite, issuer};

const TOKEN_SECS: u32 = 12 * 3600;
const ANSWER_SECS_MAX: u64 = 60;
pub const ZH: &str = "zh-CN";
pub const EN: &str = "en";

/// A connection to a suite.
#[derive(Clone)]
pub struct Wire {
    channel: Channel,
    clock: Clock,
}

/// Somebody who calls.
#[derive(Clone, Debug)]
pub struct Who {
    pub name: String,
    authorization: Option<String>,
}

/// A request: the method and the bytes of its message.
#[derive(Clone, Debug)]
pub struct Ask {
    pub path: String,
    pub message: Vec<u8>,
}

impl Ask {
    /// Of a message of the contract, whose name says which method it is for.
    pub fn of<M: Name>(message: &M) -> Ask {
        Ask { path: crate::contract::path_of(&M::full_name()), message: message.encode_to_vec() }
    }
}

/// Everything that a refused caller sees.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refused {
    pub code: Code,
    pub message: String,
    pub details: Bytes,
}

/// What stands in the details.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Why {
    pub code: Code,
    pub domain: String,
    pub reason: String,
    /// Each once, in the order of the answer.
    pub fields: Vec<String>,
    /// What is wrong with them, in the caller's language.
    pub problems: Vec<String>,
    pub locale: String,
    pub text: String,
}

impl From<Status> for Refused {
    fn from(status: Status) -> Refused {
        Refused { code: status.code(), message: status.message().to_owned(), details: Bytes::copy_from_slice(status.details()) }
    }
}

impl Refused {
    pub fn why(&self) -> Why {
        let details = Status::with_details(self.code, self.message.clone(), self.details.clone()).get_error_details();
        let info = details.error_info().unwrap_or_else(|| panic!("no ErrorInfo in {:?} {}", self.code, self.message));
        let localized = details.localized_message().unwrap_or_else(|| panic!("no LocalizedMessage in {}", self.message));
        let (mut fields, mut problems) = (Vec::new(), Vec::new());
        for violation in details.bad_request().map_or(&[][..], |bad| &bad.field_violations) {
            assert!(!violation.description.is_empty(), "{} without a description", violation.field);
            problems.push(violation.description.clone());
            if !fields.contains(&violation.field) {
                fields.push(violation.field.clone());
            }
        }
        Why {
            code: self.code,
            domain: info.domain.clone(),
            reason: info.reason.clone(),
            fields,
            problems,
            locale: localized.locale.clone(),
            text: localized.message.clone(),
        }
    }
}

/// One whole uncompressed frame.
pub fn framed(message: &[u8]) -> Bytes {
    let mut frame = BytesMut::with_capacity(message.len() + 5);
    frame.put_u8(0);
    frame.put_u32(u32::try_from(message.len()).expect("a short message"));
    frame.put_slice(message);
    frame.freeze()
}

impl Wire {
    pub async fn to(suite: &Suite) -> Wire {
        let endpoint = Endpoint::from_shared(suite.address()).expect("an address");
        Wire { channel: endpoint.connect().await.expect("the suite listens"), clock: suite.clock.clone() }
    }

    pub fn anonymous() -> Who {
        Who { name: "anonymous".to_owned(), authorization: None }
    }

    /// With this `authorization` header.
    pub fn bearing(authorization: &str) -> Who {
        Who { name: authorization.chars().take(20).collect(), authorization: Some(authorization.to_owned()) }
    }

    pub fn officer(&self, person: &str, unit: &str, roles: &[Role]) -> Who {
        let caller = Caller { person: person.to_owned(), unit: unit.to_owned(), roles: roles.to_vec() };
        let token = issuer().mint(&caller, self.clock.now(), TOKEN_SECS).expect("an Ed25519 key signs");
        Who { name: format!("{person}@{unit} {roles:?}"), authorization: Some(format!("Bearer {token}")) }
    }

    /// Sends a body as it is.
    pub async fn send(&self, who: &Who, path: &str, headers: &[(&str, &str)], body: Body) -> Result<Bytes, Status> {
        let mut request = Request::post(path).header("content-type", "application/grpc").header("te", "trailers");
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        if let Some(authorization) = &who.authorization {
            request = request.header("authorization", authorization);
        }
        let request = request.body(body).expect("a request");
        let answer = tokio::time::timeout(Duration::from_secs(ANSWER_SECS_MAX), read(self.channel.clone(), request));
        answer.await.unwrap_or_else(|_| panic!("{path} did not answer {}", who.name))
    }

    /// Asks in a language; the answer as bytes.
    pub async fn ask(&self, who: &Who, language: &str, ask: &Ask) -> Result<Bytes, Refused> {
        let body = Body::new(Full::new(framed(&ask.message)));
        Ok(self.send(who, &ask.path, &[("accept-language", language)], body).await?)
    }

    /// Asks what is answered.
    pub async fn ok<R: Message + Default>(&self, who: &Who, request: &impl Name) -> R {
        let ask = Ask::of(request);
        let answer = self.ask(who, ZH, &ask).await;
        let answer = answer.unwrap_or_else(|refused| panic!("{} for {}: {:?}", ask.path, who.name, refused.why()));
        R::decode(answer).expect("the answer of the method")
    }

    /// Asks what is refused.
    pub async fn refused(&self, who: &Who, language: &str, ask: &Ask) -> Refused {
        match self.ask(who, language, ask).await {
            Ok(_) => panic!("{} was answered for {}", ask.path, who.name),
            Err(refused) => refused,
        }
    }
}

async fn read(channel: Channel, request: Request<Body>) -> Result<Bytes, Status> {
    let response = channel.oneshot(request).await.map_err(|error| Status::unknown(format!("{error:?}")))?;
    if let Some(status) = Status::from_header_map(response.headers()).filter(|status| status.code() != Code::Ok) {
        return Err(status);
    }
    let collected = response.into_body().collect().await?;
    let trailers = collected.trailers().cloned().unwrap_or_default();
    match Status::from_header_map(&trailers) {
        Some(status) if status.code() == Code::Ok => Ok(collected.to_bytes().slice(5..)),
        Some(status) => Err(status),
        None => Err(Status::unknown("an answer without a status")),
    }
}

/// Checks what a refused caller sees, in both languages.
pub fn check_texts(name: &str, zh: &Refused, en: &Refused, code: Code, domain: &str, reason: &str, fields: &[&str]) {
    for (refused, locale) in [(zh, ZH), (en, EN)] {
        let why = refused.why();
        assert_eq!((why.code, why.domain.as_str(), why.reason.as_str()), (code, domain, reason), "{name}: {}", why.text);
        assert_eq!(why.fields, fields, "{name}");
        assert_eq!(why.locale, locale, "{name}");
        // What Fluent could not fill in stands there as `{$name}`.
        let is_filled_in = !["{$", "{ ", "{-"].iter().any(|raw| why.text.contains(raw));
        assert!(!why.text.trim().is_empty() && is_filled_in, "{name}: {}", why.text);
        assert!(!why.text.starts_with("reason-"), "{name}: no text for {}", why.text);
        for problem in &why.problems {
            assert!(!problem.contains("problem-") && !problem.contains("{$"), "{name}: no text for {problem}");
            assert_eq!(problem.is_ascii(), locale == EN, "{name}: in the caller's language: {problem}");
        }
    }
    assert_eq!(zh.message, en.message, "{name}: the status message is for programmers, in one language");
    let (zh, en) = (zh.why().text, en.why().text);
    assert_ne!(zh, en, "{name}");
    assert!(!zh.is_ascii(), "{name}: not Chinese: {zh}");
    assert!(en.chars().next().is_some_and(|first| first.is_ascii_uppercase()), "{name}: not English: {en}");
}
