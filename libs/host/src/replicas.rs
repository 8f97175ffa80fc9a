use std::collections::HashMap;
use std::net::SocketAddr;
use std::sync::atomic::{AtomicBool, AtomicU32, AtomicUsize, Ordering};
use std::sync::{Arc, PoisonError, RwLock, Weak};
use std::task::{Context, Poll};
use std::time::Duration;

use futures::future::BoxFuture;
use http::{Request, Response, Uri};
use http_body_util::{BodyExt as _, Full, Limited};
use tokio::sync::OnceCell;
use tonic::body::Body;
use tonic::transport::{Channel, Endpoint};
use tonic::{Code, Status};
use tower::ServiceExt as _;

use crate::gate::patience;

const CONNECT_SECS_MAX: u64 = 2;
const ATTEMPTS_MAX: u32 = 5;
const ATTEMPT_SECS_MAX: u64 = 4;
const PAUSE_MS: u64 = 50;
const REST_MS_MIN: u64 = 500;
const REST_MS_MAX: u64 = 30_000;
const RESOLVE_SECS: u64 = 5;
const RESOLVE_SECS_MAX: u64 = 2;
const REPLICAS_MAX: usize = 64;
const KEEP_ALIVE_SECS: u64 = 10;
const KEEP_ALIVE_SECS_MAX: u64 = 5;
/// As long as a request may be to be sent a second time; the gate lets none through that is longer.
const BODY_BYTES_MAX: usize = 192 * 1024;

/// A service that runs once or several times: whichever replica is there answers. Cheap to clone.
///
/// Requests go round the replicas. One that does not answer rests, each time longer, and what it was asked is asked of the next one:
/// every method that changes something carries a request id, by which a repetition is recognised. Once an answer has begun, nothing is
/// asked again; a stream that breaks is resumed by its caller. (tonic's own `balance_channel` takes a replica that is gone for an idle
/// one, and a caller behind it fails although another replica is there: grpc-rust 2839.)
#[derive(Clone, Debug)]
pub struct Replicas {
    shared: Arc<Shared>,
}

#[derive(Debug)]
struct Shared {
    origins: Vec<Uri>,
    list: RwLock<Vec<Arc<Replica>>>,
    turn: AtomicUsize,
    resolved: OnceCell<()>,
    /// An attempt that takes longer is made again elsewhere.
    patience: Duration,
}

#[derive(Debug)]
struct Replica {
    at: SocketAddr,
    channel: Channel,
    resting: AtomicBool,
    /// Failures since the last answer.
    failures: AtomicU32,
}

impl Replicas {
    /// The replicas at `addresses`: `http://host:port`, several separated by `|`. A name stands for all addresses that it resolves to,
    /// looked up every five seconds; at most 64 are used. Nothing is connected before the first call.
    ///
    /// # Errors
    /// Which address cannot be understood.
    pub fn at(addresses: &str) -> Result<Replicas, String> {
        Replicas::with_patience(addresses, Duration::from_secs(ATTEMPT_SECS_MAX))
    }

    fn with_patience(addresses: &str, patience: Duration) -> Result<Replicas, String> {
        let origins = addresses.split('|').map(|address| origin(address.trim())).collect::<Result<_, _>>()?;
        let shared = Shared { origins, list: RwLock::default(), turn: AtomicUsize::new(0), resolved: OnceCell::new(), patience };
        Ok(Replicas { shared: Arc::new(shared) })
    }

    async fn ask(&self, request: Request<Body>) -> Result<Response<Body>, Status> {
        let (head, body) = request.into_parts();
        let body = Limited::new(body, BODY_BYTES_MAX).collect().await;
        let body = body.map_err(|_| Status::out_of_range("the request is too long to be sent"))?.to_bytes();
        self.shared.resolved.get_or_init(|| follow(&self.shared)).await;
        let mut outcome = Err(gone());
        for attempt in 0..ATTEMPTS_MAX {
            if attempt > 0 {
                tokio::time::sleep(Duration::from_millis(PAUSE_MS << attempt)).await;
            }
            let Some(replica) = self.shared.next() else { continue };
            let request = Request::from_parts(head.clone(), Body::new(Full::new(body.clone())));
            outcome = replica.ask(request, self.shared.patience).await;
            match &outcome {
                Ok(response) if !is_unavailable(response) => {
                    replica.failures.store(0, Ordering::Relaxed);
                    return outcome;
                }
                // It is there and says that something behind it is not: another may do better, but this one need not rest.
                Ok(_) => {}
                Err(_) => replica.rest(),
            }
        }
        outcome
    }
}

impl tower::Service<Request<Body>> for Replicas {
    type Response = Response<Body>;
    type Error = Status;
    type Future = BoxFuture<'static, Result<Response<Body>, Status>>;

    fn poll_ready(&mut self, _: &mut Context<'_>) -> Poll<Result<(), Status>> {
        Poll::Ready(Ok(()))
    }

    fn call(&mut self, request: Request<Body>) -> Self::Future {
        let replicas = self.clone();
        // What the caller grants is for all attempts together.
        let granted = patience(request.headers());
        Box::pin(async move {
            let answer = tokio::time::timeout(granted, replicas.ask(request)).await;
            answer.unwrap_or_else(|_| Err(too_slow()))
        })
    }
}

impl Shared {
    /// The next one that does not rest; if all rest, the next.
    fn next(&self) -> Option<Arc<Replica>> {
        let list = self.list.read().unwrap_or_else(PoisonError::into_inner);
        let turn = self.turn.fetch_add(1, Ordering::Relaxed);
        let in_turn = |offset: usize| list.get(turn.wrapping_add(offset) % list.len());
        let awake = (0..list.len()).filter_map(in_turn).find(|replica| !replica.resting.load(Ordering::Relaxed));
        if list.is_empty() { None } else { awake.or_else(|| in_turn(0)).cloned() }
    }

    /// Looks the names up. One that cannot be looked up now keeps what it was.
    async fn resolve(&self) {
        let mut found = Vec::new();
        for origin in &self.origins {
            let (host, port) = (origin.host().unwrap_or_default().trim_matches(['[', ']']), origin.port_u16().unwrap_or(80));
            let looked = tokio::time::timeout(Duration::from_secs(RESOLVE_SECS_MAX), tokio::net::lookup_host((host, port))).await;
            match looked {
                Ok(Ok(addresses)) => found.extend(addresses.map(|at| (at, origin))),
                _ => {
                    tracing::warn!(host, "the name of a service cannot be looked up");
                    return;
                }
            }
        }
        found.truncate(REPLICAS_MAX);
        let mut list = self.list.write().unwrap_or_else(PoisonError::into_inner);
        let mut known: HashMap<SocketAddr, Arc<Replica>> = list.drain(..).map(|replica| (replica.at, replica)).collect();
        *list = found.into_iter().map(|(at, origin)| known.remove(&at).unwrap_or_else(|| Replica::new(at, origin))).collect();
    }
}

/// Looks the names up now, and again for as long as somebody holds the replicas.
async fn follow(shared: &Arc<Shared>) {
    shared.resolve().await;
    let weak: Weak<Shared> = Arc::downgrade(shared);
    tokio::spawn(async move {
        loop {
            tokio::time::sleep(Duration::from_secs(RESOLVE_SECS)).await;
            match weak.upgrade() {
                Some(shared) => shared.resolve().await,
                None => return,
            }
        }
    });
}

impl Replica {
    fn new(at: SocketAddr, origin: &Uri) -> Arc<Replica> {
        // An address is always a valid URI.
        let endpoint = Endpoint::from_shared(format!("http://{at}")).unwrap_or_else(|_| Endpoint::from_static("http://[::]:0"));
        let endpoint = endpoint
            .origin(origin.clone())
            .connect_timeout(Duration::from_secs(CONNECT_SECS_MAX))
            .http2_keep_alive_interval(Duration::from_secs(KEEP_ALIVE_SECS))
            .keep_alive_timeout(Duration::from_secs(KEEP_ALIVE_SECS_MAX));
        Arc::new(Replica { at, channel: endpoint.connect_lazy(), resting: AtomicBool::new(false), failures: AtomicU32::new(0) })
    }

    async fn ask(&self, request: Request<Body>, patience: Duration) -> Result<Response<Body>, Status> {
        let answer = tokio::time::timeout(patience, self.channel.clone().oneshot(request)).await;
        match answer {
            Ok(Ok(response)) => Ok(response),
            Ok(Err(error)) => {
                tracing::debug!(at = %self.at, %error, "a replica does not answer");
                Err(gone())
            }
            Err(_) => {
                tracing::debug!(at = %self.at, "a replica takes too long");
                Err(too_slow())
            }
        }
    }

    /// Leaves it alone for a while, each time twice as long.
    fn rest(self: Arc<Replica>) {
        let failures = self.failures.fetch_add(1, Ordering::Relaxed).min(6);
        if !self.resting.swap(true, Ordering::Relaxed) {
            tokio::spawn(async move {
                tokio::time::sleep(Duration::from_millis((REST_MS_MIN << failures).min(REST_MS_MAX))).await;
                self.resting.store(false, Ordering::Relaxed);
            });
        }
    }
}

fn origin(address: &str) -> Result<Uri, String> {
    let uri: Uri = address.parse().map_err(|error| format!("{address}: {error}"))?;
    let is_plain = uri.scheme_str() == Some("http") && uri.host().is_some() && uri.path() == "/" && uri.query().is_none();
    if is_plain { Ok(uri) } else { Err(format!("{address}: must be http://HOST:PORT")) }
}

fn is_unavailable(response: &Response<Body>) -> bool {
    response.headers().get("grpc-status").is_some_and(|code| Code::from_bytes(code.as_bytes()) == Code::Unavailable)
}

fn too_slow() -> Status {
    Status::deadline_exceeded("a service took too long")
}

fn gone() -> Status {
    Status::unavailable("a service that is needed does not answer")
}

#[cfg(test)]
mod tests;
