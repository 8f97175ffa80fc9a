use std::time::Duration;

use axum::Router;
use axum::body::Body;
use axum::response::IntoResponse as _;
use http::header::{ACCEPT_LANGUAGE, AUTHORIZATION, CONTENT_TYPE};
use http::{HeaderName, HeaderValue, Method, Request, Response, StatusCode};
use sanben_proto::kinds::ErrorReason;
use tonic::Code;
use tonic::service::Routes;
use tonic_health::server::HealthReporter;
use tonic_web::GrpcWebLayer;
use tower_http::cors::{Any, CorsLayer};

use crate::asset::{self, Asset};
use crate::gate::{Gate, lang_of};
use crate::{Catalog, Refusal};

const PREFLIGHT_SECS: u64 = 7200;
/// The content types of gRPC and gRPC-web; nothing else a caller says is sent back.
const GRPC_KINDS: [&str; 6] = [
    "application/grpc",
    "application/grpc+proto",
    "application/grpc-web",
    "application/grpc-web+proto",
    "application/grpc-web-text",
    "application/grpc-web-text+proto",
];

/// The methods of the suite behind the gate: for peers in the process, and for the outside within [`public`].
pub(crate) fn gated(routes: impl IntoIterator<Item = Routes>, gate: Gate) -> Router {
    let merged = routes.into_iter().fold(Router::new(), |router, routes| router.merge(without_fallback(routes)));
    merged.layer(gate)
}

/// What the port serves: gRPC and gRPC-web of the suite, health and reflection, its pages, and an answer for everything else.
pub(crate) fn public(
    gated: Router,
    health: Routes,
    catalog: Catalog,
    pages: &'static [Asset],
) -> Result<Router, tonic_reflection::server::Error> {
    let v1 = described().build_v1()?;
    let v1_alpha = described().build_v1alpha()?;
    let tools = Routes::new(v1).add_service(v1_alpha);
    let methods = gated.merge(without_fallback(health)).merge(without_fallback(tools));
    Ok(methods
        .route_layer(GrpcWebLayer::new())
        .fallback(move |request: Request<Body>| {
            let page = asset::find(pages, &request);
            std::future::ready(page.unwrap_or_else(|| nothing_here(&request, &catalog)))
        })
        .layer(cors()))
}

/// All that reflection knows: the contract, health, and the details of errors, so that tools can show a typed reason.
fn described<'a>() -> tonic_reflection::server::Builder<'a> {
    tonic_reflection::server::Builder::configure()
        .register_encoded_file_descriptor_set(sanben_proto::DESCRIPTORS)
        .register_encoded_file_descriptor_set(tonic_health::pb::FILE_DESCRIPTOR_SET)
        .register_encoded_file_descriptor_set(tonic_types::pb::FILE_DESCRIPTOR_SET)
}

/// The routers of tonic bring a fallback each, which cannot be merged.
fn without_fallback(routes: Routes) -> Router {
    routes.prepare().into_axum_router().reset_fallback()
}

fn cors() -> CorsLayer {
    let exposed = ["grpc-status", "grpc-message", "grpc-status-details-bin"].map(HeaderName::from_static);
    let allowed = ["x-grpc-web", "x-user-agent", "grpc-timeout", "traceparent"].map(HeaderName::from_static);
    CorsLayer::new()
        .allow_origin(Any)
        .allow_methods([Method::POST])
        .allow_headers(allowed.into_iter().chain([AUTHORIZATION, CONTENT_TYPE, ACCEPT_LANGUAGE]).collect::<Vec<_>>())
        .expose_headers(exposed)
        .max_age(Duration::from_secs(PREFLIGHT_SECS))
}

/// A gRPC call of an unknown method is answered as one; everything else is not found.
fn nothing_here(request: &Request<Body>, catalog: &Catalog) -> Response<Body> {
    let kind = request.headers().get(CONTENT_TYPE).and_then(|kind| kind.to_str().ok()).unwrap_or_default();
    if !kind.starts_with("application/grpc") {
        return (StatusCode::NOT_FOUND, "Sanben speaks gRPC and gRPC-web here; see proto/README.md.\n").into_response();
    }
    let kind = GRPC_KINDS.iter().find(|known| **known == kind).copied().unwrap_or("application/grpc");
    let refusal = Refusal::with_code(Code::Unimplemented, ErrorReason::UnknownMethod);
    let mut response = refusal.status(catalog, lang_of(request.headers())).into_http::<Body>();
    response.headers_mut().insert(CONTENT_TYPE, HeaderValue::from_static(kind));
    response
}

/// The health service: `live` and the empty name are served as long as the process runs, `ready` while its stores answer.
pub(crate) async fn health() -> (HealthReporter, Routes) {
    let (reporter, service) = tonic_health::server::health_reporter();
    for name in ["", "live"] {
        reporter.set_service_status(name, tonic_health::ServingStatus::Serving).await;
    }
    reporter.set_service_status("ready", tonic_health::ServingStatus::NotServing).await;
    (reporter, Routes::new(service))
}
