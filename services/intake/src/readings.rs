use prost::Name as _;
use sanben_bus::history;
use sanben_clock::Ts;
use sanben_db::Tx;
use sanben_host::{App, Call, Error, Page, act, parse_id};
use sanben_proto::intake::{ListReadingsRequest, ListReadingsResponse, ReadWordsRequest, ReadWordsResponse, Reading, WordsRead};
use uuid::Uuid;

use crate::submission::Command;
use crate::vault::{self, Item};
use crate::{party, triage};

const DEFAULT: usize = 50;
const HISTORY_MAX: i64 = 10_000;
/// What was said when it was taken up again, or appealed against, the last so many times.
const REASONS_MAX: i32 = 50;

/// Shows the original words for a purpose. Who reads leaves a mark in the history before the words are given out.
pub async fn read_words(app: &App, call: &Call, input: ReadWordsRequest) -> Result<ReadWordsResponse, Error> {
    app.write(call, async |tx: &mut Tx| {
        let command = Command::ReadWords { purpose: input.purpose.clone() };
        let submission = triage::carry_out(tx, app, call, &input.submission_id, "", command).await?;
        let reopen_reasons = last(tx, app, submission.id, Item::Reopening, submission.reopenings).await?;
        let appeal_reasons = last(tx, app, submission.id, Item::Appeal, submission.appeals).await?;
        let mut representatives = Vec::new();
        for party_ref in submission.representatives.iter().filter(|_| !submission.is_secret()) {
            representatives.push(party::of(tx, app, *party_ref).await?);
        }
        Ok(ReadWordsResponse {
            text: vault::get(tx, app, submission.id, Item::Words).await?.unwrap_or_default(),
            place: vault::get(tx, app, submission.id, Item::Place).await?.unwrap_or_default(),
            happen_date: vault::get(tx, app, submission.id, Item::HappenDate).await?.unwrap_or_default(),
            reopen_reasons,
            representatives,
            appeal_reasons,
        })
    })
    .await
}

/// What was kept of something that happened `count` times: the last so many, oldest first.
async fn last(tx: &mut Tx, app: &App, owner: Uuid, item: fn(i32) -> Item, count: i32) -> Result<Vec<String>, Error> {
    let mut said = Vec::new();
    for number in (count - REASONS_MAX).max(0)..count {
        said.push(vault::get(tx, app, owner, item(number + 1)).await?.unwrap_or_default());
    }
    Ok(said)
}

/// Lists who read the words, oldest first.
pub async fn list(app: &App, call: &Call, input: ListReadingsRequest) -> Result<ListReadingsResponse, Error> {
    let id = parse_id("submission_id", &input.submission_id)?;
    let page = Page::open(app, call, input.page_size, DEFAULT, &input.page_token, &input.submission_id)?;
    let after = page.after.map_or(0, |(revision, _)| revision);
    let entries = app
        .db
        .read(async |tx: &mut Tx| {
            triage::visible(tx, app, call, id).await?;
            history(tx, id, after, HISTORY_MAX).await.map_err(Error::from)
        })
        .await?;
    let mut rows: Vec<_> = entries.into_iter().filter(|entry| entry.kind == WordsRead::full_name()).take(page.size + 1).collect();
    let next_page_token = page.close(app, &mut rows, |entry| (entry.revision, Uuid::nil()));
    let readings = rows
        .into_iter()
        .map(|entry| Ok(Reading { act: Some(act(&entry.actor()?, Ts::from_micros(entry.occur_time))), purpose: entry.reason }))
        .collect::<Result<_, Error>>()?;
    Ok(ListReadingsResponse { readings, next_page_token })
}
