//! What people do to cases in a year, drawn from a seed, by the real rules.

use sanben_access::Role;
use sanben_clock::Ts;
use sanben_db::{Error, Tx};
use sanben_ledger::Ledger;
use sanben_ledger::case::store;
use sanben_ledger_rules::case::{
    Above, By, Case, Command, Content, Event, External, Joined, Opening, Signature, Superior, apply, checklist, decide,
    presets::Chosen,
};
use sanben_proto::kinds::{Book, Channel, LegalPath, Outcome, Track};
use sanben_proto::ledger::PauseGround;
use uuid::Uuid;

use super::model::{DAY, Deed, HOUR, Life, day_of};

const TRACKS: [Track; 5] = [Track::Petition, Track::Suggestion, Track::Accusation, Track::Consultation, Track::Urgent];
/// About so many calendar days each of them has.
const BUDGETS: [i64; 5] = [60, 21, 60, 7, 1];
const ASSISTING: &str = "jiaojing";

/// SplitMix64.
pub struct Dice(pub u64);

impl Dice {
    pub fn below(&mut self, limit: i64) -> i64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        i64::try_from((mixed ^ (mixed >> 31)) >> 1).expect("63 bits") % limit
    }

    fn percent(&mut self, of_hundred: i64) -> bool {
        self.below(100) < of_hundred
    }
}

/// Something that is done to a case.
#[derive(Clone, Copy, Debug)]
pub enum Step {
    Propose,
    Register,
    Decline,
    Assign { assisted: bool, urgently: bool },
    Undertake,
    Contribute,
    Contact,
    Tell,
    Pause,
    Resume,
    Extend,
    Reply,
    Reopen,
    Join { received: i64 },
    Appeal,
    Decide,
}

/// Somebody sits down with a case and does several things at once.
pub struct Visit {
    pub at: i64,
    pub case: usize,
    pub steps: Vec<Step>,
}

/// The life of one case, and what is done to it until the end of the year.
pub fn draw(case: usize, dice: &mut Dice, first: i64, last: i64) -> (Life, Vec<Visit>) {
    let which = usize::try_from(dice.below(5)).expect("one of five");
    let (track, budget) = (TRACKS[which], BUDGETS[which] * DAY);
    let received = first + dice.below(last - first - 20 * DAY);
    let external = dice.percent(5).then(|| day_of(received) + 3 + dice.below(40));
    let mut visits = Vec::new();
    let mut visit = |at: i64, steps: &[Step]| visits.push(Visit { at, case, steps: steps.to_vec() });
    let proposed = received + HOUR / 6 + dice.below(6 * HOUR);
    let petition = track == Track::Petition;
    let assisted = dice.percent(15);
    let urgently = track == Track::Urgent && dice.percent(70);
    let assign = Step::Assign { assisted, urgently };
    let mut opening = if urgently { vec![assign, Step::Undertake] } else { vec![Step::Register, assign, Step::Undertake] };
    if dice.percent(90) {
        opening.push(Step::Contact);
    }
    if petition && !urgently && dice.percent(90) {
        opening.push(Step::Tell);
    }
    let mut now = proposed;
    match dice.below(20) {
        // Nobody ever looks at it.
        0 => visit(proposed, &[Step::Propose]),
        1 => {
            visit(proposed, &[Step::Propose]);
            visit(proposed + dice.below(10 * DAY), &[Step::Decline]);
        }
        2..=9 => {
            visit(proposed, &[Step::Propose]);
            now += HOUR + dice.below(4 * DAY);
            visit(now, &opening);
        }
        _ => visit(proposed, &[&[Step::Propose], opening.as_slice()].concat()),
    }
    let handled = matches!(visits.last(), Some(visit) if visit.steps.iter().any(|step| matches!(step, Step::Undertake)));
    if handled {
        go_on(case, dice, &mut visits, (now, received), budget, (track, assisted, urgently, external.is_some()));
    }
    visits.retain(|visit| visit.at < last);
    (Life { track, received, external, log: Vec::new() }, visits)
}

fn go_on(
    case: usize,
    dice: &mut Dice,
    visits: &mut Vec<Visit>,
    (mut now, received): (i64, i64),
    budget: i64,
    (track, assisted, urgently, external): (Track, bool, bool, bool),
) {
    let mut visit = |at: i64, steps: &[Step]| visits.push(Visit { at, case, steps: steps.to_vec() });
    if urgently {
        let at_most = if dice.percent(70) { DAY } else { 12 * DAY };
        now += HOUR + dice.below(at_most);
        visit(now, &[Step::Register]);
    }
    if dice.percent(5) && !external {
        now += HOUR;
        visit(now, &[Step::Join { received: received - dice.below(5 * DAY) }]);
    }
    if track == Track::Petition && dice.percent(10) {
        now += HOUR + dice.below(40 * DAY);
        visit(now, &[Step::Extend]);
    }
    if assisted && dice.percent(80) {
        now += HOUR + dice.below(budget.min(15 * DAY));
        visit(now, &[Step::Contribute]);
    }
    if track != Track::Urgent && dice.percent(12) {
        now += HOUR + dice.below(budget / 2);
        visit(now, &[Step::Pause]);
        now += HOUR + dice.below(20 * DAY);
        visit(now, &[Step::Resume]);
    }
    if dice.percent(4) {
        return;
    }
    // Most of them in good time.
    let used = if dice.percent(65) { dice.below(budget * 6 / 10) } else { dice.below(budget * 3 / 2) + budget / 2 };
    now = now.max(received + used) + HOUR;
    visit(now, &[Step::Reply]);
    if track == Track::Petition && dice.percent(6) {
        now += HOUR + dice.below(14 * DAY);
        visit(now, &[Step::Appeal]);
        if dice.percent(80) {
            now += HOUR + dice.below(45 * DAY);
            visit(now, &[Step::Decide]);
        }
    } else if dice.percent(8) {
        now += HOUR + dice.below(14 * DAY);
        visit(now, &[Step::Reopen]);
        now += HOUR + dice.below(budget * 5 / 4 + DAY);
        visit(now, &[Step::Reply]);
    }
}

pub fn case_id(case: usize) -> Uuid {
    Uuid::from_u128(case as u128 + 1)
}

fn submission(case: usize) -> Uuid {
    Uuid::from_u128((1 << 64) + case as u128)
}

fn opening(case: usize, life: &Life, proposed: i64) -> Opening {
    let complaint = life.track == Track::Accusation;
    let due = life.external.map(|day| Ts::from_micros(super::model::start_of(day)).date().to_string());
    Opening {
        submissions: vec![submission(case)],
        book: match life.track {
            Track::Accusation => Book::Complaint,
            Track::Suggestion => Book::Suggestion,
            _ => Book::Demand,
        },
        track: life.track,
        origin: Channel::Online,
        title: "路口照明".into(),
        summary: "路口夜间照明不足".into(),
        lead_unit: "lianhu".into(),
        gate_unit: "lianhu".into(),
        gate_chain: vec!["lianhu".into(), "city".into()],
        accused_units: if complaint { vec!["lianhu-beiyuanmen".into()] } else { Vec::new() },
        accused_persons: Vec::new(),
        sealed: complaint,
        parties: 1,
        external: due.map(|due| External { authority: "12345".into(), number: "1".into(), due }),
        received: Ts::from_micros(life.received),
        proposed: Ts::from_micros(proposed),
        presets: Chosen::Shipped,
    }
}

fn by(person: &str, unit: &str, roles: &[Role], signs: bool) -> By {
    let signature = || Some(Signature { tenure: format!("t-{person}"), deputy: false });
    let of_city = if person == "p-city-chief" { signature() } else { None };
    By {
        person: person.into(),
        units: vec![unit.into(), "city".into()],
        roles: roles.to_vec(),
        signature: if signs { signature() } else { None },
        above: Above { unit: "city".into(), superior_needed: false, signature: of_city.clone() },
        above_twice: Above { unit: "city".into(), superior_needed: true, signature: of_city.clone() },
        over_lead: Superior { units: vec!["city".into()], signature: of_city },
        own: None,
    }
}

/// The commands of a step, each by who rightfully gives it.
fn commands(case: &Case, index: usize, step: Step, now: Ts) -> Vec<(Command, By)> {
    let chief = || by("p-chief", "lianhu", &[Role::Chief], true);
    let handler = || by("p-handler", "lianhu", &[Role::Handler], false);
    let nobody = By::default;
    let lead = || vec!["lianhu".to_owned(), "city".to_owned()];
    let assisting = |assisted: bool| if assisted { vec![vec![ASSISTING.to_owned(), "city".to_owned()]] } else { Vec::new() };
    let petition = case.track() == Track::Petition;
    let number = |of: &str| format!("{of}{}-{}", index, case.revision);
    let later = Ts::from_micros(now.micros() + 15 * DAY);
    match step {
        Step::Propose => Vec::new(),
        Step::Register => {
            vec![(Command::Register { number: number("诉"), checklists: checklist::shipped().to_vec() }, chief())]
        }
        Step::Decline => vec![(Command::Decline { reason: "不属于职责".into() }, chief())],
        Step::Assign { assisted, urgently: false } => {
            let (lead, assisting, assist_due) = (lead(), assisting(assisted), String::new());
            vec![(Command::Assign { lead, assisting, assist_due }, chief())]
        }
        Step::Assign { assisted, urgently: true } => {
            let (lead, assisting) = (lead(), assisting(assisted));
            vec![(Command::AssignUrgently { lead, assisting }, by("p-duty", "lianhu", &[Role::DutyOfficer], false))]
        }
        Step::Undertake => vec![(Command::Undertake, handler())],
        Step::Contribute => vec![(Command::Contribute, by("p-assisting", ASSISTING, &[Role::Handler], false))],
        Step::Contact => vec![(Command::RecordContact, by("p-desk", "city", &[Role::DeskOfficer], false))],
        Step::Tell => {
            let content = Content::Path(LegalPath::Petition);
            vec![(Command::IssuePaper { content, number: number("告知"), corrects: false }, chief())]
        }
        Step::Pause => {
            let (ground, authority, reason) = (PauseGround::Expertise, "鉴定委托书".to_owned(), "等待鉴定".to_owned());
            vec![(Command::Pause { ground, authority, reason, due: now }, chief())]
        }
        Step::Resume => vec![(Command::Resume, handler())],
        Step::Extend => {
            vec![(Command::Extend { days: 30, reason: "复杂".into(), number: number("延期"), due: now }, chief())]
        }
        Step::Reply => {
            let review = || Command::Review { approve: true, criteria_met: true, reason: String::new() };
            vec![
                (Command::ReportBack { outcome: Outcome::Supported, opinion: petition }, handler()),
                (review(), handler()),
                (review(), by("p-office", "lianhu", &[Role::Office], false)),
                (review(), by("p-leader", "lianhu", &[Role::LeaderInCharge], false)),
                (Command::Reply { verdict_deadline: later, opinion: number("意见") }, handler()),
            ]
        }
        Step::Reopen => vec![(Command::Reopen { submission: submission(index), round: case.round }, nobody())],
        Step::Join { received } => {
            let joined = Joined {
                submission: Uuid::from_u128((2 << 64) + index as u128),
                received: Ts::from_micros(received),
                parties: 1,
                external: None,
            };
            vec![(Command::Join(joined), nobody())]
        }
        Step::Appeal => {
            vec![(Command::Appeal { submission: submission(index), round: case.round, deadline: later }, nobody())]
        }
        Step::Decide => {
            let chief = By { units: vec!["city".into()], ..by("p-city-chief", "city", &[Role::Chief], false) };
            vec![(Command::DecideAppeal { upheld: index.is_multiple_of(2), superior: false }, chief)]
        }
    }
}

fn deeds(index: usize, step: Step) -> Vec<Deed> {
    match step {
        Step::Propose => vec![Deed::Proposed],
        Step::Register => vec![Deed::Signed],
        Step::Decline => vec![Deed::Declined],
        Step::Assign { assisted, .. } => vec![Deed::Assigned(assisted.then_some(ASSISTING))],
        Step::Undertake => Vec::new(),
        Step::Contribute => vec![Deed::Contributed],
        Step::Contact => vec![Deed::Contacted],
        Step::Tell => vec![Deed::Told],
        Step::Pause => vec![Deed::Paused],
        Step::Resume => vec![Deed::Resumed],
        Step::Extend => vec![Deed::Extended(30)],
        Step::Reply => vec![Deed::Replied],
        Step::Reopen => vec![Deed::Reopened],
        Step::Join { received } => vec![Deed::Joined(received)],
        Step::Appeal => vec![Deed::Appealed],
        Step::Decide if index.is_multiple_of(2) => vec![Deed::Decided],
        Step::Decide => vec![Deed::Decided, Deed::Reopened],
    }
}

/// Does to a case what is to be done, and writes down what that was.
pub async fn carry_out(tx: &mut Tx, ledger: &Ledger, life: &mut Life, visit: &Visit) -> Result<(), Error> {
    let (index, now) = (visit.case, Ts::from_micros(visit.at));
    let found = match visit.steps.first() {
        Some(Step::Propose) => None,
        _ => store::find(tx, case_id(index)).await?,
    };
    let before = found.clone();
    let mut case = found.unwrap_or_else(|| {
        let opening = opening(index, life, visit.at);
        let mut case = Case::open(case_id(index), opening.clone());
        apply(&mut case, &Event::Proposed(Box::new(opening)));
        case
    });
    for step in &visit.steps {
        for (command, by) in commands(&case, index, *step, now) {
            let decided = decide(&case, command, &by, now);
            let events = decided.unwrap_or_else(|refusal| panic!("{step:?} of {index} in {:?}: {refusal:?}", case.state));
            events.iter().for_each(|event| apply(&mut case, event));
        }
        life.log.extend(deeds(index, *step).into_iter().map(|deed| (visit.at, deed)));
    }
    match before {
        None => ledger.open(tx, &case).await,
        Some(before) => ledger.keep(tx, &before, &case).await,
    }
}
