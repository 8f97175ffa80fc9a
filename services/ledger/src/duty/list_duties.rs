use sanben_access::{Post, Role};
use sanben_clock::{Calendar, Ts};
use sanben_db::Tx;
use sanben_host::{App, Call, Error, Key, Page};
use sanben_proto::ledger::{Duty as Shown, DutyReason, ListDutiesRequest, ListDutiesResponse};
use uuid::Uuid;

use sanben_ledger_rules::case::{
    Case,
    duty::{self, Duty, Whom},
};

use crate::case::{act, approval_chain, reader::reader};
use crate::duty::{
    elsewhere, programmes,
    store::{Listed, Place, of_whom},
    view::{Mine, of_case},
};

const DEFAULT: usize = 50;
/// The store is asked so often for one page.
const ROUNDS_MAX: usize = 5;
/// Whose duties can be in a case at all.
const ROLES: [Role; 8] = [
    Role::Chief,
    Role::DutyOfficer,
    Role::DeskOfficer,
    Role::Handler,
    Role::Office,
    Role::LeaderInCharge,
    Role::Supervisor,
    Role::LiaisonOfficer,
];

/// Lists what the caller must do, and why it is theirs. What they may not see, or may not do, is not there.
pub async fn run(app: &App, call: &Call, input: ListDutiesRequest) -> Result<ListDutiesResponse, Error> {
    if !app.may_list(call) {
        return Ok(ListDutiesResponse::default());
    }
    let page = Page::open(app, call, input.page_size, DEFAULT, &input.page_token, "")?;
    let after = page.after.map_or(Place::before(Ts::from_micros(i64::MIN)), place);
    let (duties, end) = app.db.read(async |tx: &mut Tx| of_cases(tx, app, call, after, page.size).await).await?;
    // More rows than the page holds, as far as the token goes.
    let mut ends = end.map_or_else(Vec::new, |end| vec![key(end); page.size + 1]);
    let next_page_token = page.close(app, &mut ends, |end| *end);
    let others = if page.after.is_none() {
        elsewhere::all(app, call).await.and(programmes::all(app, call).await?)
    } else {
        elsewhere::Found::default()
    };
    Ok(ListDutiesResponse { duties, next_page_token, others: others.duties, incomplete_services: others.incomplete })
}

/// One page, and where it ends if there is more.
async fn of_cases(tx: &mut Tx, app: &App, call: &Call, after: Place, size: usize) -> Result<(Vec<Shown>, Option<Place>), Error> {
    let (calendar, whose, reader) = (app.calendar(), whose(app, call), reader(app, call));
    let (mut shown, mut end) = (Vec::new(), after);
    for _ in 0..ROUNDS_MAX {
        // One more than the page has room for, to know whether there is a next one.
        let wanted = size + 1 - shown.len();
        let limit = i64::try_from(wanted).unwrap_or(i64::MAX);
        let mut found: Vec<(Listed, &Whom)> = Vec::new();
        for whom in &whose {
            let listed = of_whom(tx, whom, &reader, call.now, end.max(Place::before(first(whom, call.now))), limit).await?;
            found.extend(listed.into_iter().map(|one| (one, whom)));
        }
        let is_last = found.len() < wanted;
        found.sort_by_key(|(listed, _)| listed.place);
        for (listed, whom) in found.into_iter().take(wanted) {
            let Some(duty) = still_theirs(app, call, &listed, whom, &calendar) else {
                end = listed.place;
                continue;
            };
            if shown.len() == size {
                return Ok((shown, Some(end)));
            }
            end = listed.place;
            shown.push(duty);
        }
        if is_last {
            return Ok((shown, None));
        }
    }
    Ok((shown, Some(end)))
}

/// By what something is the caller's: in person, by their roles in their unit, and as a chief wherever they are in office.
fn whose(app: &App, call: &Call) -> Vec<Whom> {
    let by_role = ROLES.into_iter().filter(|role| call.caller.is(*role)).flat_map(|role| match role {
        Role::Chief => {
            let heads = |unit: &str| app.org.tenure(&call.caller.person, unit, call.now).is_some();
            app.org.units().filter(|unit| heads(&unit.id)).map(|unit| Whom::Role(role, unit.id.clone())).collect()
        }
        _ => vec![Whom::Role(role, call.caller.unit.clone())],
    });
    std::iter::once(Whom::Person(call.caller.person.clone())).chain(by_role).collect()
}

/// What a liaison officer has to do is possible only until it is due; what is over stands there until the case is kept again.
fn first(whom: &Whom, now: Ts) -> Ts {
    if matches!(whom, Whom::Role(Role::LiaisonOfficer, _)) { now } else { Ts::from_micros(i64::MIN) }
}

/// As it is now, if the rules still say so and let the caller do it.
fn still_theirs(app: &App, call: &Call, listed: &Listed, whom: &Whom, calendar: &Calendar) -> Option<Shown> {
    let case = &listed.case;
    let is_it = |duty: &Duty| (duty.kind, &duty.subject, &duty.whom) == (listed.kind, &listed.subject, whom);
    let duty = duty::duties(case, &approval_chain::superiors(app, case, call.now)).into_iter().find(is_it)?;
    let verb = duty::verb(duty.kind).filter(|verb| act::is_open_now(app, call, case, *verb))?;
    let running = duty::running(case, calendar, call.now);
    let due = duty::due_of(&duty, &running);
    let mine = Mine { duty: &duty, verb, since: listed.place.since, due, reason: reason(app, call, case, whom) };
    Some(of_case(app, call, case, &mine))
}

fn reason(app: &App, call: &Call, case: &Case, whom: &Whom) -> DutyReason {
    let Whom::Role(role, unit) = whom else { return DutyReason::Handler };
    if *role != Role::Chief {
        return DutyReason::Role;
    }
    let post = app.org.tenure(&call.caller.person, unit, call.now).map(|tenure| tenure.post);
    match post {
        _ if case.owner.as_ref().is_some_and(|owner| owner.person == call.caller.person) => DutyReason::Owner,
        Some(Post::Deputy) => DutyReason::Deputy,
        Some(Post::Chief) | None => DutyReason::Chief,
    }
}

/// A place as a key of pages has it.
fn key(place: Place) -> Key {
    (place.due.micros(), Uuid::from_u64_pair(place.since.micros().cast_unsigned(), place.number.cast_unsigned()))
}

fn place((due, rest): Key) -> Place {
    let (since, number) = rest.as_u64_pair();
    Place { due: Ts::from_micros(due), since: Ts::from_micros(since.cast_signed()), number: number.cast_signed() }
}
