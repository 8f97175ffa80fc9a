use std::cmp::Reverse;
use std::collections::BTreeMap;

use sanben_clock::Ts;
use sanben_db::Tx;
use sanben_host::{App, Call, Error};
use sanben_proto::ledger::{SimilarCase, SuggestSimilarCasesRequest, SuggestSimilarCasesResponse};
use uuid::Uuid;

use sanben_ledger_rules::case::{By, Case, Command, Joined, decide};
use sanben_ledger_rules::likeness::{Likeness, likeness};
use sanben_ledger_rules::terms::{QUERY_TERMS_MAX, terms_of};

use crate::case::{act, reader, view};
use crate::finding::store::query::{self, Filter, Hit};

/// As far as this it is counted in how many cases a term is.
const COUNT_MAX: i64 = 200;
/// Of each of the rarest terms, so many cases are looked at: the newest.
const OF_TERM_MAX: i64 = 50;
/// So many of those with the most of them are read and compared.
const COMPARED_MAX: usize = 40;
const SUGGESTED_MAX: usize = 10;

/// Suggests cases that say much the same, as far as the caller may see them. It changes nothing.
pub async fn run(app: &App, call: &Call, input: SuggestSimilarCasesRequest) -> Result<SuggestSimilarCasesResponse, Error> {
    act::lead(app, &input.lead_unit_id)?;
    if !app.may_list(call) {
        return Ok(SuggestSimilarCasesResponse::default());
    }
    let texts = [input.title.as_str(), input.summary.as_str()];
    let filter = Filter { reader: reader::reader(app, call), ..Filter::default() };
    let cases = app.db.read(async |tx: &mut Tx| candidates(tx, &filter, &texts).await).await?;
    let mut alike: Vec<(Likeness, Case)> = cases
        .into_iter()
        .filter_map(|case| likeness(&texts, &[&case.opening.title, &case.opening.summary]).map(|likeness| (likeness, case)))
        .collect();
    alike.sort_by_key(|(likeness, case)| Reverse((likeness.shared, case.opening.proposed, case.id)));
    alike.truncate(SUGGESTED_MAX);
    let similar_cases = alike
        .into_iter()
        .map(|(likeness, case)| SimilarCase {
            words: likeness.words,
            same_lead_unit: case.lead_unit == input.lead_unit_id,
            joinable: is_joinable(app, call, &case),
            replied: case.state.reply().is_some() || !case.earlier.is_empty(),
            case: Some(view::case(app, call, &case)),
        })
        .collect();
    Ok(SuggestSimilarCasesResponse { similar_cases })
}

/// Those with the most of the rarest terms, which say the most.
async fn candidates(tx: &mut Tx, filter: &Filter, texts: &[&str]) -> Result<Vec<Case>, Error> {
    let mut counted = Vec::new();
    for term in terms_of(texts) {
        counted.push((query::count_term(tx, &term, COUNT_MAX).await?, term));
    }
    // Terms that no case has stay in: what only hidden cases have must not be told from them by what is asked of the store.
    counted.sort();
    let terms: Vec<String> = counted.into_iter().take(QUERY_TERMS_MAX).map(|(_, term)| term).collect();
    let mut hits: BTreeMap<Uuid, Hit> = BTreeMap::new();
    for term in &terms {
        let rows = query::with_term(tx, filter, &terms, term, Ts::from_micros(i64::MIN), OF_TERM_MAX).await?;
        hits.extend(rows.into_iter().map(|hit| (hit.key.1, hit)));
    }
    let mut hits: Vec<Hit> = hits.into_values().collect();
    hits.sort_by_key(|hit| Reverse((hit.matched, hit.key)));
    let ids: Vec<Uuid> = hits.into_iter().take(COMPARED_MAX).map(|hit| hit.key.1).collect();
    query::several(tx, &ids).await.map_err(Error::from)
}

/// Whether it would take in one more submission now.
fn is_joinable(app: &App, call: &Call, case: &Case) -> bool {
    let joined = Joined { submission: app.clock.id(), received: call.now, parties: 1, external: None };
    decide(case, Command::Join(joined), &By::default(), call.now).is_ok()
}
