use std::sync::Arc;

use sanben_host::{App, Call, Error, Places, Responses, ResumeTokens, Watch, watch};
use sanben_proto::notification::{WatchNoticesRequest, WatchNoticesResponse};

use crate::follow::Follower;
use crate::store::Positioned;
use crate::{convert, reader};

struct Notices {
    app: App,
    call: Arc<Call>,
    receipt_code: String,
    tokens: ResumeTokens,
    follower: Follower,
    /// The first response, which only says that the stream is open.
    opening: Option<WatchNoticesResponse>,
}

/// Sends what the caller was told after the resume token, then each notice as it is issued.
pub async fn run(
    app: &App,
    call: &Arc<Call>,
    places: &Places,
    input: WatchNoticesRequest,
) -> Result<Responses<WatchNoticesResponse>, Error> {
    let reader = reader::of(app, call, &input.receipt_code).await?;
    let place = places.take(&reader.recipients.join(" "))?;
    let stream = format!("{} {} {}", call.method, reader.person, reader.recipients.join(" "));
    let tokens = ResumeTokens::new(app.sealer.clone(), &stream);
    let position = tokens.read(&input.resume_token)?.unwrap_or_default();
    let notices = Notices {
        app: app.clone(),
        call: call.clone(),
        receipt_code: input.receipt_code,
        opening: Some(WatchNoticesResponse { notice: None, resume_token: tokens.give(position) }),
        tokens,
        follower: Follower::new(app.db.clone(), app.log.follow(), reader, position),
    };
    Ok(watch(app, call, place, notices))
}

impl Watch for Notices {
    type Response = WatchNoticesResponse;

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
}

impl Notices {
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
