use std::time::Duration;

use axum::Router;
use hyper_util::rt::{TokioExecutor, TokioIo, TokioTimer};
use hyper_util::server::conn::auto::Builder;
use hyper_util::server::graceful::GracefulShutdown;
use hyper_util::service::TowerToHyperService;
use tokio::net::{TcpListener, TcpStream};
use tokio_util::sync::CancellationToken;

/// The first byte of a connection, and the head of an HTTP/1.1 request, come within this time.
const HEAD_SECS_MAX: u64 = 10;
/// A connection is asked for a sign of life this often, and closed if none comes, so that streams of clients who are gone end.
const KEEP_ALIVE_SECS: u64 = 20;
const KEEP_ALIVE_SECS_MAX: u64 = 10;
const STREAMS_MAX: u32 = 256;
const ACCEPT_RETRY_MS: u64 = 100;

/// Serves `router` until `stop`: then nobody new is let in, HTTP/2 connections are told to go away, and requests under way end.
/// `axum::serve` would do, but sets none of these limits.
pub(crate) async fn serve(listener: TcpListener, router: Router, stop: CancellationToken) {
    let mut builder = Builder::new(TokioExecutor::new());
    builder.http1().timer(TokioTimer::new()).header_read_timeout(Duration::from_secs(HEAD_SECS_MAX));
    builder
        .http2()
        .timer(TokioTimer::new())
        .keep_alive_interval(Duration::from_secs(KEEP_ALIVE_SECS))
        .keep_alive_timeout(Duration::from_secs(KEEP_ALIVE_SECS_MAX))
        .max_concurrent_streams(STREAMS_MAX);
    let connections = GracefulShutdown::new();
    loop {
        let accepted = tokio::select! {
            () = stop.cancelled() => break,
            accepted = listener.accept() => accepted,
        };
        let stream = match accepted {
            Ok((stream, _)) => stream,
            Err(error) => {
                // Too many open files, mostly: it passes.
                tracing::warn!(%error, "a connection could not be accepted");
                tokio::time::sleep(Duration::from_millis(ACCEPT_RETRY_MS)).await;
                continue;
            }
        };
        let (builder, service, watcher) = (builder.clone(), TowerToHyperService::new(router.clone()), connections.watcher());
        let stop = stop.clone();
        tokio::spawn(async move {
            tokio::select! {
                () = stop.cancelled() => return,
                speaks = speaks(&stream) => if !speaks { return },
            }
            let connection = builder.serve_connection(TokioIo::new(stream), service);
            if let Err(error) = watcher.watch(connection).await {
                tracing::debug!(error, "a connection ended badly");
            }
        });
    }
    drop(listener);
    connections.shutdown().await;
}

/// Whether anything comes at all.
async fn speaks(stream: &TcpStream) -> bool {
    // Answers must not wait to be gathered; where that cannot be said, they only come later.
    let _ = stream.set_nodelay(true);
    matches!(tokio::time::timeout(Duration::from_secs(HEAD_SECS_MAX), stream.peek(&mut [0])).await, Ok(Ok(1..)))
}
