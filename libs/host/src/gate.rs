//! What every request passes before its use case: trace context, who is calling, limits, validation, permission.

use std::convert::Infallible;
use std::sync::Arc;
use std::task::{Context, Poll};
use std::time::Duration;

use axum::body::Body;
use bytes::Bytes;
use futures::future::BoxFuture;
use hkdf::Hkdf;
use http::{HeaderMap, Request, Response};
use http_body_util::{BodyExt as _, Limited};
use prost_reflect::DynamicMessage;
use sanben_access::{Access, Caller, Holder, Org, Verifier};
use sanben_bus::trace;
use sanben_clock::Clock;
use sanben_proto::kinds::ErrorReason;
use sha2::Sha256;
use tokio::sync::Semaphore;
use tonic::Code;
use tower::{Layer, Service};
use tracing::Instrument as _;

use crate::validate::Method;
use crate::{Call, Catalog, Contract, Lang, Refusal};

/// The longest message, in bytes. The longest text of the contract is 5,000 characters, at most 20,000 bytes.
const MESSAGE_BYTES_MAX: usize = 128 * 1024;
/// Requests under way at once.
const REQUESTS_MAX: usize = 1024;
/// The longest the message may take to come.
const ADMIT_SECS_MAX: u64 = 10;
/// The longest a request may take until its answer begins.
const REQUEST_SECS_MAX: u64 = 30;
/// What stands before a message on the wire: the flag and the length.
const FRAME_BYTES: usize = 5;

/// What the gate needs to know.
#[derive(Clone, Debug)]
pub(crate) struct Gate {
    pub contract: Arc<Contract>,
    pub verifier: Arc<std::sync::RwLock<Verifier>>,
    pub access: Arc<Access>,
    pub org: Arc<Org>,
    pub clock: Clock,
    pub catalog: Catalog,
    pub places: Arc<Semaphore>,
    /// The key of message hashes.
    pub hash_key: [u8; 32],
}

impl Gate {
    pub(crate) fn places() -> Arc<Semaphore> {
        Arc::new(Semaphore::new(REQUESTS_MAX))
    }

    /// Everything that is asked of a request; what comes out is the call and the bytes of the message as they came.
    async fn admit(&self, request: Request<Body>) -> Result<(Arc<Call>, Request<Body>), Refusal> {
        let path = request.uri().path().to_owned();
        let method =
            self.contract.method(&path).ok_or_else(|| Refusal::with_code(Code::Unimplemented, ErrorReason::UnknownMethod))?;
        let (bearer, holder) = self.token(request.headers())?.unzip();
        let until = holder.as_ref().map(|holder| holder.until);
        let caller = holder.map_or_else(Caller::anonymous, |holder| holder.caller);
        let permission = method.permission.clone().filter(|permission| self.access.may_call(&self.org, &caller, permission));
        let permission = permission.ok_or_else(|| not_permitted(&caller, method))?;
        let lang = lang_of(request.headers());
        let (head, body) = request.into_parts();
        let framed = collect(body).await?;
        let plain = unframe(&framed).ok_or_else(unreadable)?;
        let message = method.read(plain).ok_or_else(unreadable)?;
        check(method, &message)?;
        let call = Call {
            caller,
            permission,
            method: method.path.clone(),
            request_id: Method::request_id(&message),
            body_hash: self.keyed_hash(plain),
            lang,
            bearer,
            until,
            now: self.clock.now(),
        };
        Ok((Arc::new(call), Request::from_parts(head, Body::from(framed))))
    }

    /// HMAC-SHA-256 of a message: what is kept of it must not let anybody try out what a person wrote.
    fn keyed_hash(&self, message: &[u8]) -> [u8; 32] {
        Hkdf::<Sha256>::extract(Some(&self.hash_key), message).0.into()
    }

    /// The token, and who holds it; none for somebody without one.
    fn token(&self, headers: &HeaderMap) -> Result<Option<(Arc<str>, Holder)>, Refusal> {
        let unauthenticated = || Refusal::with_code(Code::Unauthenticated, ErrorReason::Unauthenticated);
        let Some(header) = headers.get(http::header::AUTHORIZATION) else { return Ok(None) };
        let header = header.to_str().map_err(|_| unauthenticated())?;
        let (scheme, token) = header.split_once(' ').ok_or_else(unauthenticated)?;
        if !scheme.eq_ignore_ascii_case("bearer") {
            return Err(unauthenticated());
        }
        let verifier = self.verifier.read().unwrap_or_else(std::sync::PoisonError::into_inner).clone();
        let holder = verifier.check(token, self.clock.now()).map_err(|error| {
            tracing::debug!(%error, "token refused");
            unauthenticated()
        })?;
        Ok(Some((Arc::from(token), holder)))
    }

    fn refuse(&self, refusal: &Refusal, headers: &HeaderMap) -> Response<Body> {
        refusal.status(&self.catalog, lang_of(headers)).into_http()
    }
}

pub(crate) fn lang_of(headers: &HeaderMap) -> Lang {
    headers.get(http::header::ACCEPT_LANGUAGE).and_then(|tag| tag.to_str().ok()).map(Lang::from_tag).unwrap_or_default()
}

fn not_permitted(caller: &Caller, method: &Method) -> Refusal {
    if caller.is_anonymous() {
        return Refusal::with_code(Code::Unauthenticated, ErrorReason::Unauthenticated);
    }
    Refusal::with_code(Code::PermissionDenied, ErrorReason::NotPermitted)
        .fact("permission", method.permission.as_deref().unwrap_or(""))
}

fn unreadable() -> Refusal {
    Refusal::with_code(Code::InvalidArgument, ErrorReason::UnreadableMessage)
}

fn too_slow() -> Refusal {
    Refusal::with_code(Code::DeadlineExceeded, ErrorReason::TooSlow)
}

fn too_large() -> Refusal {
    Refusal::with_code(Code::OutOfRange, ErrorReason::MessageTooLarge).fact("bytes_max", MESSAGE_BYTES_MAX.to_string())
}

fn check(method: &Method, message: &DynamicMessage) -> Result<(), Refusal> {
    let mut violations = method.violations(message).into_iter();
    let Some(first) = violations.next() else { return Ok(()) };
    let refusal = Refusal::field(ErrorReason::InvalidFields, first.field, first.problem);
    Err(violations.fold(refusal, |refusal, next| refusal.and_field(next.field, next.problem)))
}

/// The whole body. Every method takes one message, so more than one frame's worth is refused before it is held.
async fn collect(body: Body) -> Result<Bytes, Refusal> {
    match Limited::new(body, MESSAGE_BYTES_MAX + FRAME_BYTES).collect().await {
        Ok(collected) => Ok(collected.to_bytes()),
        Err(error) if error.is::<http_body_util::LengthLimitError>() => Err(too_large()),
        Err(_) => Err(unreadable()),
    }
}

/// The one uncompressed message in a body.
fn unframe(framed: &[u8]) -> Option<&[u8]> {
    let (flag, rest) = framed.split_first()?;
    let (length, message) = rest.split_first_chunk::<4>()?;
    let length = usize::try_from(u32::from_be_bytes(*length)).ok()?;
    (*flag == 0 && length == message.len()).then_some(message)
}

/// How long this request may take: what the caller grants (`grpc-timeout`), never more than the limit.
pub(crate) fn patience(headers: &HeaderMap) -> Duration {
    let granted = headers.get("grpc-timeout").and_then(|value| value.to_str().ok()).and_then(parse_timeout);
    granted.unwrap_or(Duration::MAX).min(Duration::from_secs(REQUEST_SECS_MAX))
}

fn parse_timeout(value: &str) -> Option<Duration> {
    let (digits, unit) = value.split_at_checked(value.len().checked_sub(1)?)?;
    let count: u64 = digits.parse().ok().filter(|_| digits.len() <= 8)?;
    match unit {
        "H" => Some(Duration::from_secs(count * 3600)),
        "M" => Some(Duration::from_secs(count * 60)),
        "S" => Some(Duration::from_secs(count)),
        "m" => Some(Duration::from_millis(count)),
        "u" => Some(Duration::from_micros(count)),
        "n" => Some(Duration::from_nanos(count)),
        _ => None,
    }
}

impl<S> Layer<S> for Gate {
    type Service = Gated<S>;

    fn layer(&self, inner: S) -> Gated<S> {
        Gated { gate: self.clone(), inner }
    }
}

/// A service behind the gate.
#[derive(Clone, Debug)]
pub(crate) struct Gated<S> {
    gate: Gate,
    inner: S,
}

impl<S> Service<Request<Body>> for Gated<S>
where
    S: Service<Request<Body>, Response = Response<Body>, Error = Infallible> + Clone + Send + 'static,
    S::Future: Send,
{
    type Response = Response<Body>;
    type Error = Infallible;
    type Future = BoxFuture<'static, Result<Response<Body>, Infallible>>;

    fn poll_ready(&mut self, context: &mut Context<'_>) -> Poll<Result<(), Infallible>> {
        self.inner.poll_ready(context)
    }

    fn call(&mut self, request: Request<Body>) -> Self::Future {
        let gate = self.gate.clone();
        let ready = self.inner.clone();
        let inner = std::mem::replace(&mut self.inner, ready);
        let span = tracing::info_span!("request", otel.name = request.uri().path(), otel.kind = "server", rpc.system = "grpc");
        if let Some(parent) = request.headers().get("traceparent").and_then(|value| value.to_str().ok()) {
            trace::adopt(&span, parent);
        }
        Box::pin(pass(gate, inner, request).instrument(span))
    }
}

async fn pass<S>(gate: Gate, mut inner: S, request: Request<Body>) -> Result<Response<Body>, Infallible>
where
    S: Service<Request<Body>, Response = Response<Body>, Error = Infallible> + Send,
    S::Future: Send,
{
    let headers = request.headers().clone();
    let work = async {
        let admitted = match tokio::time::timeout(Duration::from_secs(ADMIT_SECS_MAX), gate.admit(request)).await {
            Ok(admitted) => admitted,
            Err(_) => Err(too_slow()),
        };
        let (call, mut request) = match admitted {
            Ok(admitted) => admitted,
            Err(refusal) => return Ok(gate.refuse(&refusal, &headers)),
        };
        // Taken only now: whoever sends slowly or may not come in keeps nobody out.
        let Ok(_place) = gate.places.clone().try_acquire_owned() else {
            return Ok(gate.refuse(&Refusal::with_code(Code::ResourceExhausted, ErrorReason::Busy), &headers));
        };
        request.extensions_mut().insert(call);
        inner.call(request).await
    };
    match tokio::time::timeout(patience(&headers), work).await {
        Ok(answer) => answer,
        Err(_) => Ok(gate.refuse(&too_slow(), &headers)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_whole_uncompressed_frame_is_a_message() {
        let check = |framed: &[u8], expected: Option<&[u8]>| assert_eq!(unframe(framed), expected, "{framed:?}");
        check(&[0, 0, 0, 0, 2, 8, 1], Some(&[8, 1]));
        check(&[0, 0, 0, 0, 0], Some(&[]));
        check(&[1, 0, 0, 0, 2, 8, 1], None);
        check(&[0, 0, 0, 0, 3, 8, 1], None);
        check(&[0, 0, 0, 0, 1, 8, 1], None);
        check(&[0, 0], None);
        check(&[], None);
    }

    #[test]
    fn timeouts_are_read_as_the_protocol_has_them() {
        let check = |value: &str, expected: Option<Duration>| assert_eq!(parse_timeout(value), expected, "{value}");
        check("5S", Some(Duration::from_secs(5)));
        check("250m", Some(Duration::from_millis(250)));
        check("1H", Some(Duration::from_secs(3600)));
        check("123456789S", None);
        check("S", None);
        check("", None);
        check("5€", None);
    }
}
