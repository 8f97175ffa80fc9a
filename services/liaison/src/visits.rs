use prost::Message as _;
use sanben_db::Tx;
use sanben_host::{App, Call, Error, Page, parse_id};
use sanben_proto::liaison::{GetVisitRequest, GetVisitResponse, ListVisitsRequest, ListVisitsResponse, Visit, VisitState};

use crate::store::VisitFilter;
use crate::{convert, officer, store};

const DEFAULT: usize = 50;
/// A page with many long notes ends earlier: clients refuse answers of 4 MiB. One visit has at most about 210 KiB.
const PAGE_BYTES_MAX: usize = 2 * 1024 * 1024;

/// Shows one visit with what was heard.
pub async fn get(app: &App, call: &Call, input: GetVisitRequest) -> Result<GetVisitResponse, Error> {
    let id = parse_id("visit_id", &input.visit_id)?;
    let visit = app.db.read(async |tx: &mut Tx| officer::visible_visit(tx, app, call, id).await).await?;
    Ok(GetVisitResponse { visit: Some(convert::visit(&visit, &officer::reader(app, call))) })
}

/// Lists the visits of the caller's unit and those below, newest first.
pub async fn list(app: &App, call: &Call, input: ListVisitsRequest) -> Result<ListVisitsResponse, Error> {
    let filters = format!("{} {}", input.pair_id, input.state);
    let mut page = Page::open(app, call, input.page_size, DEFAULT, &input.page_token, &filters)?;
    let filter = VisitFilter {
        unit: call.caller.unit.clone(),
        pair_id: if input.pair_id.is_empty() { None } else { Some(parse_id("pair_id", &input.pair_id)?) },
        state: Some(input.state()).filter(|state| *state != VisitState::Unspecified),
        before: page.after,
        limit: page.limit(),
    };
    if !officer::sees_own_unit(app, call) {
        return Ok(ListVisitsResponse::default());
    }
    let rows = app.db.read(async |tx: &mut Tx| store::list_visits(tx, &filter).await).await?;
    let reader = officer::reader(app, call);
    let mut rows: Vec<_> = rows.into_iter().map(|row| (convert::visit(&row, &reader), (row.created.micros(), row.id))).collect();
    page.size = page.size.min(fitting(rows.iter().map(|(visit, _)| visit)));
    let next_page_token = page.close(app, &mut rows, |(_, key)| *key);
    Ok(ListVisitsResponse { visits: rows.into_iter().map(|(visit, _)| visit).collect(), next_page_token })
}

/// How many of the visits fit into one answer; at least one.
fn fitting<'a>(visits: impl Iterator<Item = &'a Visit>) -> usize {
    let sizes = visits.scan(0, |bytes, visit| {
        *bytes += visit.encoded_len();
        Some(*bytes)
    });
    sizes.take_while(|bytes| *bytes <= PAGE_BYTES_MAX).count().max(1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_holds_what_clients_take_and_never_nothing() {
        let visit = |bytes: usize| Visit { etag: "x".repeat(bytes), ..Visit::default() };
        assert_eq!(fitting([visit(10), visit(10)].iter()), 2);
        assert_eq!(fitting([visit(PAGE_BYTES_MAX / 2), visit(PAGE_BYTES_MAX / 4), visit(PAGE_BYTES_MAX / 2)].iter()), 2);
        assert_eq!(fitting([visit(PAGE_BYTES_MAX * 2)].iter()), 1);
        assert_eq!(fitting([].iter()), 1);
    }
}
