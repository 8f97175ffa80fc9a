use std::sync::Arc;

use futures::stream::{self, BoxStream, StreamExt as _};
use sanben_host::{App, Call, Error, answer};
use sanben_proto::notification::{WatchNoticesRequest, WatchNoticesResponse};
use tonic::{Response, Status};

use crate::follow::Follower;
use crate::places::{Place, Places};
use crate::resume::Tokens;
use crate::store::Positioned;
use crate::{convert, error, reader};

/// What the caller is told. Pulled by the connection, so it reads no faster than the client and ends when the client goes.
pub type Notices = BoxStream<'static, Result<WatchNoticesResponse, Status>>;

struct Watch {
    app: App,
    call: Arc<Call>,
    receipt_code: String,
    tokens: Tokens,
    follower: Follower,
    /// The first response, which only says that the stream is open.
    opening: Option<WatchNoticesResponse>,
    _place: Place,
}

/// Sends what the caller was told after the resume token, then each notice as it is issued.
pub async fn run(app: &App, call: &Arc<Call>, places: &Places, input: WatchNoticesRequest) -> Result<Notices, Error> {
    let reader = reader::of(app, call, &input.receipt_code).await?;
    let place = places.take(&reader.recipients.join(" ")).ok_or_else(error::busy)?;
    let tokens = Tokens::new(app.sealer.clone(), &call.method, &reader);
    let position = tokens.read(&input.resume_token)?;
    let watch = Watch {
        app: app.clone(),
        call: call.clone(),
        receipt_code: input.receipt_code,
        opening: Some(WatchNoticesResponse { notice: None, resume_token: tokens.give(position) }),
        tokens,
        follower: Follower::new(app.db.clone(), app.log.follow(), reader, position),
        _place: place,
    };
    Ok(stream::unfold(Some(watch), step).boxed())
}

/// One response; after a failure the stream ends.
async fn step(watch: Option<Watch>) -> Option<(Result<WatchNoticesResponse, Status>, Option<Watch>)> {
    let mut watch = watch?;
    let stop = watch.app.stop.clone();
    let next = tokio::select! {
        // The client comes back with its token, to whichever replica is there.
        () = stop.cancelled() => Err(error::stopping().into()),
        next = watch.next() => next,
    };
    match next {
        Ok(response) => response.map(|response| (Ok(response), Some(watch))),
        Err(error) => {
            let status = answer(&watch.app, &watch.call, Err(error)).map(Response::into_inner);
            Some((status, None))
        }
    }
}

impl Watch {
    async fn next(&mut self) -> Result<Option<WatchNoticesResponse>, Error> {
        if let Some(opening) = self.opening.take() {
            return Ok(Some(opening));
        }
        if let Some(waiting) = self.follower.take() {
            return Ok(Some(self.response(&waiting)));
        }
        if !self.follower.read().await? {
            return Ok(None);
        }
        self.check_code().await?;
        Ok(self.follower.take().map(|positioned| self.response(&positioned)))
    }

    /// The code may have been closed while the stream was open; then nothing more is shown to whoever holds it.
    async fn check_code(&self) -> Result<(), Error> {
        if !self.receipt_code.is_empty() {
            reader::resolve(&self.app, &self.call, &self.receipt_code).await?;
        }
        Ok(())
    }

    fn response(&self, of: &Positioned) -> WatchNoticesResponse {
        let notice = convert::notice(&self.app, self.call.lang, &of.notice);
        WatchNoticesResponse { notice: Some(notice), resume_token: self.tokens.give(of.position) }
    }
}
