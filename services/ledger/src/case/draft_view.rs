//! Drafts, as the contract has them, and what they would say.

use sanben_host::{App, Call, timestamp};
use sanben_proto::ledger as pb;

use sanben_ledger_rules::case::{
    Case, Draft,
    clock::{clocks, presets},
};

use crate::clock::view::clock_in_words;

pub fn all(app: &App, call: &Call, of: &Case) -> Vec<pb::CaseDraft> {
    of.drafts.iter().map(|one| draft(app, call, of, one)).collect()
}

pub fn draft(app: &App, call: &Call, case: &Case, of: &Draft) -> pb::CaseDraft {
    let clock_date = date(app, call, case, of);
    let text = if of.is_open() { text(app, call, case, of, &clock_date) } else { String::new() };
    pb::CaseDraft {
        number: of.number,
        kind: of.kind as i32,
        state: of.state as i32,
        clock_kind: of.clock as i32,
        clock_subject: of.subject.clone(),
        rung: of.rung as i32,
        unit_id: of.unit.clone(),
        signer_unit_id: of.signer.clone(),
        create_time: Some(timestamp(of.at)),
        clock_date,
        text,
    }
}

/// As it is now, as long as there is the clock.
fn date(app: &App, call: &Call, case: &Case, of: &Draft) -> String {
    let due = || {
        let calendar = app.calendar();
        let clock = clocks(case, &calendar).into_iter().find(|clock| of.is_of(clock))?;
        Some(clock.project(presets(case), &calendar, call.now).due)
    };
    of.is_open().then(due).flatten().unwrap_or(of.due).date().to_string()
}

fn text(app: &App, call: &Call, case: &Case, of: &Draft, date: &str) -> String {
    let say = |key: &str, arguments: &[(&str, String)]| app.catalog.text(call.lang, key, arguments);
    let number = case.number.clone().unwrap_or_else(|| say("draft-unnumbered", &[]));
    let key = match of.kind {
        pb::DraftKind::Letter => "draft-letter",
        pb::DraftKind::Order => "draft-order",
        pb::DraftKind::Bulletin => "draft-bulletin",
        pb::DraftKind::Referral => "draft-referral",
        pb::DraftKind::Unspecified => return String::new(),
    };
    let clock = clock_in_words(app, call, of.clock);
    let unit = app.org.unit(&of.unit).map_or_else(|| of.unit.clone(), |unit| call.lang.name_of(unit).to_owned());
    say(key, &[("number", number), ("unit", unit), ("clock", clock), ("date", date.to_owned())])
}
