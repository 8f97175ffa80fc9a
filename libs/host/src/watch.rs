//! Streams: what a caller is sent for as long as they listen.
//!
//! A method that streams is a [`Watch`]: it answers `next`, and the seam ends it with the process, the caller, the caller's token
//! or the first failure. Each holds a place (`libs/host/src/places.rs`). `WatchNotices` sends what happened and resumes by position
//! (`services/notification/src/follow.rs`); `WatchCase` sends the thing itself and resumes by etag
//! (`services/ledger/src/watching/watch_case.rs`).

use std::sync::Arc;
use std::time::Duration;

use futures::stream::{self, BoxStream, StreamExt as _};
use sanben_clock::{Clock, Ts};
use sanben_proto::kinds::ErrorReason;
use tonic::{Code, Response, Status};

use crate::places::Place;
use crate::{App, Call, Error, Refusal, answer};

/// A token that has expired is noticed within this time. Looked at again and again, because a clock may be moved.
const EXPIRY_LOOK_SECS: u64 = 1;

/// What is sent. Pulled by the connection, so it reads no faster than the client and ends when the client goes.
pub type Responses<T> = BoxStream<'static, Result<T, Status>>;

/// Something to watch.
pub trait Watch: Send + 'static {
    /// What is sent.
    type Response: Send + 'static;

    /// Waits for the next response; none when no more can come.
    fn next(&mut self) -> impl Future<Output = Result<Option<Self::Response>, Error>> + Send;
}

/// Sends what `watch` sees until the caller goes, it fails, the caller's token expires, or the process stops: then the caller is told to
/// come back, with a new token or to whichever replica is there. Holds the caller's place for as long.
pub fn watch<W: Watch>(app: &App, call: &Arc<Call>, place: Place, watch: W) -> Responses<W::Response> {
    let listener = Listener { app: app.clone(), call: call.clone(), watch, _place: place };
    stream::unfold(Some(listener), step).boxed()
}

struct Listener<W> {
    app: App,
    call: Arc<Call>,
    watch: W,
    _place: Place,
}

/// One response; after a failure the stream ends.
async fn step<W: Watch>(listener: Option<Listener<W>>) -> Option<(Result<W::Response, Status>, Option<Listener<W>>)> {
    let mut listener = listener?;
    let stop = listener.app.stop.clone();
    let (clock, until) = (listener.app.clock.clone(), listener.call.until);
    let next = tokio::select! {
        biased;
        () = stop.cancelled() => Err(Refusal::with_code(Code::Unavailable, ErrorReason::Unavailable).into()),
        () = expiry(&clock, until) => Err(Refusal::with_code(Code::Unauthenticated, ErrorReason::Unauthenticated).into()),
        next = listener.watch.next() => next,
    };
    match next {
        Ok(response) => response.map(|response| (Ok(response), Some(listener))),
        Err(error) => {
            let status = answer(&listener.app, &listener.call, Err(error)).map(Response::into_inner);
            Some((status, None))
        }
    }
}

/// Waits until `clock` shows that instant; forever without one.
async fn expiry(clock: &Clock, until: Option<Ts>) {
    let Some(until) = until else { return std::future::pending().await };
    while clock.now() < until {
        tokio::time::sleep(Duration::from_secs(EXPIRY_LOOK_SECS)).await;
    }
}
