use sanben_db::Tx;
use sanben_host::{App, Call, Error, Refusal};
use sanben_proto::ledger::{GetPresetsRequest, GetPresetsResponse};

use crate::catalogue::preset::{self, Published, view};

/// Shows a version of the presets; they say nothing of any matter.
pub async fn run(app: &App, _: &Call, input: GetPresetsRequest) -> Result<GetPresetsResponse, Error> {
    let found = app
        .db
        .read(async |tx: &mut Tx| match input.version {
            0 => preset::newest(tx).await.map(Some),
            version => preset::version(tx, version).await,
        })
        .await?;
    let Published { revision, presets, at, .. } = found.ok_or_else(Refusal::not_found)?;
    Ok(GetPresetsResponse { presets: Some(view::version(&presets, (revision > 0).then_some(at))) })
}
