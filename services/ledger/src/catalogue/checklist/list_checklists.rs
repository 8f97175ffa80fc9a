use sanben_db::Tx;
use sanben_host::{App, Call, Error, Page};
use sanben_proto::ledger::{ListChecklistsRequest, ListChecklistsResponse};
use uuid::Uuid;

use crate::catalogue::checklist::{self, Published, store};

const DEFAULT: usize = 50;

/// Lists the newest version of each checklist, or all versions of one; newest first. They say nothing of any matter.
pub async fn run(app: &App, call: &Call, input: ListChecklistsRequest) -> Result<ListChecklistsResponse, Error> {
    let page = Page::open(app, call, input.page_size, DEFAULT, &input.page_token, &input.name)?;
    let of_one = !input.name.is_empty();
    let key = |one: &Published| if of_one { (i64::from(one.checklist.version), Uuid::nil()) } else { (one.at.micros(), one.id) };
    let mut rows = app
        .db
        .read(async |tx: &mut Tx| {
            if !of_one {
                return checklist::newest(tx).await;
            }
            let before = page.after.map_or(i64::MAX, |(version, _)| version);
            let mut versions = store::versions(tx, &input.name, before, page.limit()).await?;
            versions.extend(checklist::of_the_suite().filter(|one| one.checklist.name == input.name));
            Ok(versions)
        })
        .await?;
    rows.retain(|one| page.after.is_none_or(|after| key(one) < after));
    rows.sort_by_key(|one| std::cmp::Reverse(key(one)));
    let next_page_token = page.close(app, &mut rows, key);
    Ok(ListChecklistsResponse { checklists: rows.iter().map(checklist::version).collect(), next_page_token })
}
