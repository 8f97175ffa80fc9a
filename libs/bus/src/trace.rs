//! The W3C trace context on its way through rows and messages.

use std::collections::HashMap;

use opentelemetry::global;
use tracing::Span;
use tracing_opentelemetry::OpenTelemetrySpanExt as _;

const HEADER: &str = "traceparent";

/// The `traceparent` of the current span; empty when there is none.
pub fn current() -> String {
    let mut carrier = HashMap::new();
    global::get_text_map_propagator(|propagator| propagator.inject_context(&Span::current().context(), &mut carrier));
    carrier.remove(HEADER).unwrap_or_default()
}

/// Makes `span` a child of the span that `traceparent` names. An empty or broken one leaves the span a root.
pub fn adopt(span: &Span, traceparent: &str) {
    let carrier = HashMap::from([(HEADER.to_owned(), traceparent.to_owned())]);
    let parent = global::get_text_map_propagator(|propagator| propagator.extract(&carrier));
    // It fails only where no OpenTelemetry layer is installed, and then there is nothing to link.
    let _ = span.set_parent(parent);
}
