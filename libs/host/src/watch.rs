//! Streams: what a caller is sent for as long as they listen.

use std::sync::Arc;

use futures::stream::{self, BoxStream, StreamExt as _};
use sanben_proto::kinds::ErrorReason;
use tonic::{Code, Response, Status};

use crate::places::Place;
use crate::{App, Call, Error, Refusal, answer};

/// What is sent. Pulled by the connection, so it reads no faster than the client and ends when the client goes.
pub type Responses<T> = BoxStream<'static, Result<T, Status>>;

/// Something to watch.
pub trait Watch: Send + 'static {
    /// What is sent.
    type Response: Send + 'static;

    /// Waits for the next response; none when no more can come.
    fn next(&mut self) -> impl Future<Output = Result<Option<Self::Response>, Error>> + Send;
}

/// Sends what `watch` sees until the caller goes, it fails, or the process stops: then the caller is told to come back, to whichever
/// replica is there. Holds the caller's place for as long.
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
    let next = tokio::select! {
        () = stop.cancelled() => Err(Refusal::with_code(Code::Unavailable, ErrorReason::Unavailable).into()),
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
