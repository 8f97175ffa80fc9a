use sanben_clock::{Budget, Pause, Ts};
use sanben_db::Tx;
use sanben_host::{App, Call, Error, Problem, Refusal, parse_id, parse_time};
use sanben_proto::kinds::{ErrorReason, Track};
use sanben_proto::ledger::{
    self as pb, ClockExtension, ClockKind, ClockPause, DeadlineExplanation, ExplainDeadlineRequest, ExplainDeadlineResponse, WhatIf,
};

use sanben_ledger_rules::case::{
    Case, Moved, Paused,
    clock::{self, Clock, Limit},
    presets::{Presets, of_track},
};

use crate::case::act::visible;
use crate::catalogue::preset;
use crate::clock::view;
use crate::deadline::words::{Told, sentences};

/// So far from now is worked out what would be.
const YEARS_MAX: u64 = 10;

/// Explains how a deadline comes about, or would.
pub async fn run(app: &App, call: &Call, input: ExplainDeadlineRequest) -> Result<ExplainDeadlineResponse, Error> {
    let what_if = input.what_if.as_ref();
    let added = what_if.map_or_else(|| Ok(Vec::new()), pauses)?;
    let start = what_if.and_then(|what_if| what_if.start_time.as_ref()).map(parse_time);
    if start.is_some_and(|start| !is_near(call.now, start)) {
        return Err(too_far("what_if.start_time"));
    }
    let is_far = |pause: &Pause| !is_near(call.now, pause.from) || pause.until.is_some_and(|until| !is_near(call.now, until));
    if let Some(at) = added.iter().position(is_far) {
        return Err(too_far(&format!("what_if.pauses[{at}]")));
    }
    let (edition, kind) = (app.editions.current(), Some(input.kind()).filter(|kind| *kind != ClockKind::Unspecified));
    let kind = kind.unwrap_or(ClockKind::Finish);
    let (case, presets) = if input.case_id.is_empty() {
        (None, app.db.read(async |tx: &mut Tx| preset::newest(tx).await).await?.presets)
    } else {
        let id = parse_id("case_id", &input.case_id)?;
        let case = app.db.read(async |tx: &mut Tx| visible(tx, app, call, id).await).await?;
        let presets = clock::presets(&case).clone();
        (Some(case), presets)
    };
    let found = match &case {
        Some(case) => {
            clock::clocks(case, &edition.calendar).into_iter().find(|one| one.kind == kind && one.subject == input.subject)
        }
        None => Some(imagined(what_if, &presets)?).filter(|one| one.kind == kind && input.subject.is_empty()),
    };
    let mut clock = found.ok_or_else(|| Refusal::field(pb::ErrorReason::ClockUnknown, "kind", Problem::unknown()))?;
    if let Some(what_if) = what_if {
        if let Some(case) = case.as_ref().filter(|_| what_if.track() != Track::Unspecified && kind == ClockKind::Finish) {
            let moved = Some(Moved { book: case.book(), track: what_if.track() });
            clock = clock::finish(&Case { moved, ..case.clone() }, &edition.calendar);
        }
        suppose(&mut clock, what_if, added)?;
    }
    let (projected, stretches) = clock.term(&presets).explain(&edition.calendar, clock.at(call.now));
    let projected = clock.set_day(projected);
    let told = Told {
        clock: &clock,
        presets: &presets,
        case: case.as_ref(),
        projected: &projected,
        stretches: &stretches,
        is_what_if: what_if.is_some(),
    };
    let sentences = sentences(app, call, &told);
    let explanation = explanation(&told, call.now, i32::try_from(edition.number).unwrap_or(i32::MAX), sentences);
    Ok(ExplainDeadlineResponse { explanation: Some(explanation) })
}

/// What is too far from now is not worked out.
fn is_near(now: Ts, at: Ts) -> bool {
    (at.date() - now.date()).whole_days().unsigned_abs() <= YEARS_MAX * 366
}

fn too_far(field: &str) -> Error {
    Refusal::field(ErrorReason::InvalidFields, field, Problem::too_far(YEARS_MAX)).into()
}

/// A clock of a matter that there is not.
fn imagined(what_if: Option<&WhatIf>, presets: &Presets) -> Result<Clock, Error> {
    let missing = |field: &str| Error::from(Refusal::field(ErrorReason::InvalidFields, field, Problem::missing()));
    let what_if = what_if.ok_or_else(|| missing("case_id"))?;
    let start = what_if.start_time.as_ref().ok_or_else(|| missing("what_if.start_time"))?;
    if what_if.track() == Track::Unspecified {
        return Err(missing("what_if.track"));
    }
    Ok(Clock::new(ClockKind::Finish, parse_time(start), Limit::Rule(presets.rule(of_track(what_if.track())).clone())))
}

/// # Errors
/// A clock that ends on a day that was set does not end later for having begun later or stood still.
fn suppose(clock: &mut Clock, what_if: &WhatIf, added: Vec<Pause>) -> Result<(), Error> {
    let fields = [
        ("what_if.start_time", what_if.start_time.is_some()),
        ("what_if.more", what_if.more > 0),
        ("what_if.pauses", !added.is_empty()),
    ];
    if let (Limit::Day(day), Some((field, _))) = (&clock.limit, fields.into_iter().find(|(_, is_given)| *is_given)) {
        let problem = Problem::new("problem-day-was-set").with("date", day.to_string());
        return Err(Refusal::field(ErrorReason::InvalidFields, field, problem).into());
    }
    if let Some(start) = &what_if.start_time {
        clock.start = parse_time(start);
    }
    clock.more = clock.more.saturating_add(u32::try_from(what_if.more).unwrap_or_default());
    clock.pauses.extend(added);
    Ok(())
}

fn pauses(what_if: &WhatIf) -> Result<Vec<Pause>, Error> {
    let pause = |(at, one): (usize, &pb::WhatIfPause)| {
        let (from, until) = (one.start_time.as_ref().map(parse_time), one.end_time.as_ref().map(parse_time));
        match from.zip(until) {
            Some((from, until)) if from < until => Ok(Pause { from, until: Some(until) }),
            _ => {
                let (field, problem) = (format!("what_if.pauses[{at}].end_time"), Problem::new("problem-not-later"));
                Err(Refusal::field(ErrorReason::InvalidFields, field, problem).into())
            }
        }
    };
    what_if.pauses.iter().enumerate().map(pause).collect()
}

fn explanation(told: &Told<'_>, now: Ts, calendar_edition: i32, sentences: Vec<String>) -> DeadlineExplanation {
    let Budget { amount, measure } = told.clock.term(told.presets).budget;
    let rule = if let Limit::Rule(rule) = &told.clock.limit { Some(rule) } else { None };
    let Told { clock, presets, stretches, projected, .. } = told;
    DeadlineExplanation {
        clock: Some(view::projected(clock, projected, now)),
        budget: i32::try_from(amount).unwrap_or(i32::MAX),
        measure: preset::view::measure(measure) as i32,
        basis: rule.map(|rule| rule.basis.clone()).unwrap_or_default(),
        preset_version: rule.map_or(0, |_| presets.version),
        preset_note: rule.map(|_| presets.note.clone()).unwrap_or_default(),
        calendar_edition,
        stretches: stretches.iter().map(|one| view::stretch(one, measure)).collect(),
        pauses: (1..).zip(&clock.pauses).map(|(number, pause)| pause_of(number, pause, told)).collect(),
        extensions: extensions(clock, told.case),
        sentences,
    }
}

/// Why a clock stands still in a pause.
pub enum Standing<'a> {
    Signed(&'a Paused),
    Heard,
    Supposed,
}

pub fn standing<'a>(clock: &Clock, case: Option<&'a Case>, pause: &Pause) -> Standing<'a> {
    let same = |from, until| (from, until) == (pause.from, pause.until);
    let signed = case.and_then(|case| case.pauses.iter().find(|one| same(one.from, one.until)));
    let heard = || {
        case.and_then(|case| case.appeals.last())
            .is_some_and(|last| last.hearings.iter().any(|one| same(one.from, Some(one.until))))
    };
    match signed.filter(|_| clock.kind == ClockKind::Finish) {
        Some(paused) => Standing::Signed(paused),
        None if clock.kind == ClockKind::AppealDecision && heard() => Standing::Heard,
        None => Standing::Supposed,
    }
}

/// As it was signed, if it was: what is only supposed has no ground.
fn pause_of(number: i32, pause: &Pause, told: &Told<'_>) -> ClockPause {
    let standing = standing(told.clock, told.case, pause);
    if let Standing::Signed(paused) = standing {
        return view::pause(number, paused);
    }
    let (from, until, ground) = (pause.from, pause.until, pb::PauseGround::Unspecified);
    let (authority, person, tenure) = (String::new(), String::new(), String::new());
    let unsigned = view::pause(number, &Paused { from, until, ground, authority, person, tenure });
    ClockPause { hearing: matches!(standing, Standing::Heard), ..unsigned }
}

/// What was given to the case, and what is only supposed besides.
pub fn extensions(clock: &Clock, case: Option<&Case>) -> Vec<ClockExtension> {
    let signed = case.filter(|_| clock.kind == ClockKind::Finish);
    let given = signed.map_or(0, |case| case.more_days().min(clock.more));
    let of_case = view::extension(given, signed.and_then(|case| case.extension.as_ref()));
    let supposed = view::extension(clock.more.saturating_sub(given), None);
    [of_case, supposed].into_iter().filter(|one| one.amount > 0).collect()
}
