use std::collections::HashMap;
use std::sync::{Arc, PoisonError, RwLock};
use std::task::{Context, Poll};
use std::time::Duration;

use axum::Router;
use futures::future::BoxFuture;
use http::{HeaderValue, Request, Response};
use sanben_bus::trace;
use tonic::body::Body;
use tower::ServiceExt as _;
use tracing::Instrument as _;

use crate::{Call, Replicas};

const CALL_SECS_MAX: u64 = 10;

/// Gives the token by which this process proves that it is a service.
pub(crate) type ServiceToken = Arc<dyn Fn() -> String + Send + Sync>;

/// The other services, wherever they run.
#[derive(Clone)]
pub struct Peers {
    local: Arc<RwLock<Option<Router>>>,
    remote: Arc<HashMap<String, Replicas>>,
    token: ServiceToken,
}

impl std::fmt::Debug for Peers {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Peers").field("remote", &self.remote.keys()).finish_non_exhaustive()
    }
}

#[derive(Clone)]
enum Route {
    Local(Arc<RwLock<Option<Router>>>),
    Remote(Replicas),
}

/// One other service, called for somebody. Give it to a generated client.
#[derive(Clone)]
pub struct Peer {
    route: Route,
    bearer: Option<HeaderValue>,
    language: HeaderValue,
    /// Whether it is called in the suite's own right, so that being refused is the operator's fault and not the caller's.
    own_right: bool,
}

impl Peers {
    /// Services not in `remote` are looked for in this process.
    pub(crate) fn new(remote: HashMap<String, Replicas>, token: ServiceToken) -> Peers {
        Peers { local: Arc::default(), remote: Arc::new(remote), token }
    }

    /// Sets, or at the end takes away, what runs in this process.
    pub(crate) fn set_local(&self, router: Option<Router>) {
        *self.local.write().unwrap_or_else(PoisonError::into_inner) = router;
    }

    /// The service `name`, called for the caller of `call`: it decides with that caller's rights.
    pub fn for_caller(&self, name: &str, call: &Call) -> Peer {
        self.peer(name, call.bearer.as_deref(), call.lang.tag(), false)
    }

    /// The service `name`, called in the suite's own right.
    pub fn for_service(&self, name: &str) -> Peer {
        self.peer(name, Some(&(self.token)()), "zh-CN", true)
    }

    /// The service `name`, called in the suite's own right on behalf of somebody whose language is known.
    pub fn for_service_on(&self, name: &str, call: &Call) -> Peer {
        self.peer(name, Some(&(self.token)()), call.lang.tag(), true)
    }

    fn peer(&self, name: &str, bearer: Option<&str>, language: &'static str, own_right: bool) -> Peer {
        let route = match self.remote.get(name) {
            Some(replicas) => Route::Remote(replicas.clone()),
            None => Route::Local(self.local.clone()),
        };
        let bearer = bearer.and_then(|token| HeaderValue::from_str(&format!("Bearer {token}")).ok());
        Peer { route, bearer, language: HeaderValue::from_static(language), own_right }
    }
}

impl tower::Service<Request<Body>> for Peer {
    type Response = Response<Body>;
    type Error = tonic::Status;
    type Future = BoxFuture<'static, Result<Response<Body>, tonic::Status>>;

    fn poll_ready(&mut self, _: &mut Context<'_>) -> Poll<Result<(), tonic::Status>> {
        Poll::Ready(Ok(()))
    }

    fn call(&mut self, mut request: Request<Body>) -> Self::Future {
        let span = tracing::info_span!("call", otel.name = request.uri().path(), otel.kind = "client", rpc.system = "grpc");
        let headers = request.headers_mut();
        if let Some(bearer) = &self.bearer {
            headers.insert(http::header::AUTHORIZATION, bearer.clone());
        }
        headers.insert(http::header::ACCEPT_LANGUAGE, self.language.clone());
        if let Ok(traceparent) = HeaderValue::from_str(&span.in_scope(trace::current)) {
            headers.insert("traceparent", traceparent);
        }
        let (route, own_right) = (self.route.clone(), self.own_right);
        Box::pin(async move { check(send(route, request).await?, own_right) }.instrument(span))
    }
}

/// A refused service token is a fault of the installation: it is logged, and nobody is told to sign in.
fn check(response: Response<Body>, own_right: bool) -> Result<Response<Body>, tonic::Status> {
    let code = response.headers().get("grpc-status").map(|code| tonic::Code::from_bytes(code.as_bytes()));
    if own_right && matches!(code, Some(tonic::Code::Unauthenticated | tonic::Code::PermissionDenied)) {
        tracing::error!(?code, "a service does not accept this process: see --service-token");
        return Err(tonic::Status::unavailable("a service does not accept this process"));
    }
    Ok(response)
}

async fn send(route: Route, request: Request<Body>) -> Result<Response<Body>, tonic::Status> {
    let answer = async {
        match route {
            Route::Remote(replicas) => {
                replicas.oneshot(request).await.inspect_err(|error| tracing::warn!(%error, "a service does not answer"))
            }
            Route::Local(router) => {
                let router = router.read().unwrap_or_else(PoisonError::into_inner).clone();
                let router = router.ok_or_else(|| tonic::Status::unavailable("the process is stopping"))?;
                match router.oneshot(request.map(axum::body::Body::new)).await {
                    Ok(response) => Ok(response.map(Body::new)),
                    Err(never) => match never {},
                }
            }
        }
    };
    let answer = tokio::time::timeout(Duration::from_secs(CALL_SECS_MAX), answer).await;
    answer.unwrap_or_else(|_| Err(tonic::Status::deadline_exceeded("a service took too long")))
}
