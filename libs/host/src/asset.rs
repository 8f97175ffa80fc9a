//! Files that a process serves beside its methods: a page for people, built in.

use axum::body::Body;
use http::header::{CACHE_CONTROL, CONTENT_SECURITY_POLICY, CONTENT_TYPE, REFERRER_POLICY, X_CONTENT_TYPE_OPTIONS};
use http::{Method, Request, Response};

/// Scripts and calls of its own origin only, and inside no frame.
const POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src data:; \
    base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

/// A file.
#[derive(Clone, Copy, Debug)]
pub struct Asset {
    /// Where it is found, for example `/app.js`.
    pub path: &'static str,
    pub content_type: &'static str,
    pub body: &'static str,
}

/// The file that is asked for.
pub(crate) fn find(assets: &'static [Asset], request: &Request<Body>) -> Option<Response<Body>> {
    let asked = [Method::GET, Method::HEAD].contains(request.method());
    let asset = assets.iter().find(|asset| asked && asset.path == request.uri().path())?;
    let body = if request.method() == Method::HEAD { "" } else { asset.body };
    let response = Response::builder()
        .header(CONTENT_TYPE, asset.content_type)
        .header(CONTENT_SECURITY_POLICY, POLICY)
        .header(X_CONTENT_TYPE_OPTIONS, "nosniff")
        .header(REFERRER_POLICY, "no-referrer")
        .header(CACHE_CONTROL, "no-cache");
    response.body(Body::from(body)).ok()
}
