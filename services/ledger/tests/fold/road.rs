//! A road through a case's life: who does what is drawn, deterministically from a seed.

use std::time::Duration;

use sanben_access::Role;
use sanben_clock::{Calendar, Ts};
use sanben_ledger_rules::case::{
    Above, Accounted, By, Case, Checklist, Command, Content, Draft, Event, Joined, Opening, Signature, Superior,
    appeal::Hearing,
    apply,
    checklist::{self, Item},
    clock::{presets, until},
    decide,
    draft::{groundless, next_number, responsible},
    presets::Chosen,
    rung::{self, Due, drafted},
};
use sanben_proto::kinds::{Book, Channel, LegalPath, Outcome, PaperKind, Track, Verdict};
use sanben_proto::ledger::{
    AccountabilityMeasure, CaseState, DraftKind, DraftState, Evidence, PauseGround, PersonalDuty, PresetKind, RecordKind,
};
use uuid::Uuid;

const COMMANDS_MAX: u32 = 800;
/// A list that not every case has.
pub const SURVEY: &str = "survey";
const HOUR: Duration = Duration::from_secs(3600);
const SUBMISSIONS: [Uuid; 3] = [Uuid::from_u128(1), Uuid::from_u128(2), Uuid::from_u128(3)];
/// Those it is opened with, and others that may be joined to it.
const ALL_SUBMISSIONS: [Uuid; 5] = [SUBMISSIONS[0], SUBMISSIONS[1], SUBMISSIONS[2], Uuid::from_u128(4), Uuid::from_u128(5)];
const EVERYTHING: &[Role] = &[Role::Chief, Role::Handler, Role::Office, Role::LeaderInCharge];
const LIANHU: &[&str] = &["lianhu", "city"];

const CHAINS: [&[&str]; 4] = [LIANHU, &["lianhu-beiyuanmen", "lianhu", "city"], &["jiaojing", "city"], &["beilin", "city"]];

/// Person, unit with those above it, roles, and whether they hold a tenure at the gate.
type Person = (&'static str, &'static [&'static str], &'static [Role], bool);

const PEOPLE: [Person; 14] = [
    ("p-chief", LIANHU, &[Role::Chief], true),
    ("p-deputy", LIANHU, &[Role::Chief], true),
    ("p-all", LIANHU, EVERYTHING, true),
    ("p-all-unsigned", LIANHU, EVERYTHING, false),
    ("p-handler", LIANHU, &[Role::Handler], false),
    ("p-second-handler", LIANHU, &[Role::Handler], false),
    ("p-duty", LIANHU, &[Role::DutyOfficer, Role::Handler], false),
    ("p-office", LIANHU, &[Role::Office, Role::Handler], false),
    ("p-leader", LIANHU, &[Role::LeaderInCharge, Role::Office], false),
    ("p-accused", LIANHU, EVERYTHING, true),
    ("p-station", &["lianhu-beiyuanmen", "lianhu", "city"], EVERYTHING, true),
    ("p-department", &["jiaojing", "city"], EVERYTHING, false),
    ("p-city-chief", &["city"], &[Role::Chief], false),
    ("service:sanben", &[], &[Role::Service], false),
];

/// One command that was not refused.
pub struct Happened {
    pub before: Case,
    pub by: By,
    pub at: Ts,
    pub events: Vec<Event>,
}

pub struct Road {
    pub case: Case,
    pub now: Ts,
    calendar: Calendar,
    /// Who is replied to may judge as long as the calendar gives them; otherwise for two days, so that roads lead through both doors.
    by_the_calendar: bool,
    dice: u64,
    commands: u32,
    /// Nobody ever lets it into its book.
    unsigned: bool,
}

fn owned(units: &[&str]) -> Vec<String> {
    units.iter().map(|unit| (*unit).to_owned()).collect()
}

impl Road {
    pub fn new(seed: u64) -> Road {
        Road::from(seed, Ts::from_micros(1_700_000_000_000_000))
    }

    pub fn by_the_calendar(seed: u64, now: Ts) -> Road {
        Road { by_the_calendar: true, ..Road::from(seed, now) }
    }

    fn from(seed: u64, now: Ts) -> Road {
        // A fifth is about nobody, and may leave the bureau.
        let open = seed % 5 == 4;
        let of_who = |who: &str| if open { Vec::new() } else { owned(&[who]) };
        let opening = Opening {
            submissions: SUBMISSIONS[..2].to_vec(),
            book: if open { Book::Demand } else { Book::Complaint },
            track: match seed.is_multiple_of(3) {
                true => Track::Urgent,
                false if open => Track::Petition,
                false => Track::Accusation,
            },
            origin: Channel::Online,
            title: "窗口服务「态度」".into(),
            summary: "it's; \"quoted\" 𠮷".into(),
            lead_unit: "lianhu".into(),
            gate_unit: "lianhu".into(),
            gate_chain: vec!["lianhu".into(), "city".into()],
            accused_units: of_who("lianhu-beiyuanmen"),
            accused_persons: of_who("p-accused"),
            sealed: !open,
            parties: 1,
            external: None,
            received: now,
            proposed: now,
            presets: Chosen::Shipped,
        };
        Road {
            case: Case::open(Uuid::from_u128(u128::from(seed) + 1), opening),
            now,
            calendar: Calendar::shipped(),
            by_the_calendar: false,
            dice: seed,
            commands: 0,
            unsigned: seed.is_multiple_of(6),
        }
    }

    /// The first event.
    pub fn propose(&mut self) -> Event {
        let event = Event::Proposed(Box::new(self.case.opening.clone()));
        apply(&mut self.case, &event);
        event
    }

    /// Draws until something happens; nothing at the end of the road. Time goes on between.
    pub fn step(&mut self) -> Option<Happened> {
        while self.commands < COMMANDS_MAX {
            self.commands += 1;
            let hours = u32::try_from(self.below(3)).expect("a small number");
            self.now = self.now.plus(HOUR * hours);
            let (command, by) = (self.command(), self.person());
            if let Some(happened) = self.clocks() {
                return Some(happened);
            }
            let before = self.case.clone();
            if let Ok(events) = decide(&before, command, &by, self.now) {
                let mut events = events;
                events.iter().for_each(|event| apply(&mut self.case, event));
                events.extend(self.lapsed());
                return Some(Happened { before, by, at: self.now, events });
            }
        }
        None
    }

    /// What has lost its ground, as the use cases ask each time.
    fn lapsed(&mut self) -> Option<Event> {
        let numbers = groundless(&self.case, &self.calendar, self.now);
        let lapsed = (!numbers.is_empty()).then_some(Event::DraftsLapsed { numbers });
        lapsed.iter().for_each(|event| apply(&mut self.case, event));
        assert!(groundless(&self.case, &self.calendar, self.now).is_empty(), "it has lapsed");
        lapsed
    }

    /// What clocks have come to by now, drafted for the unit of the gate to sign.
    fn clocks(&mut self) -> Option<Happened> {
        let due = rung::due(&self.case, &self.calendar, self.now).into_iter().next()?;
        let Due { clock, rung, due: late, .. } = &due;
        let draft = |(number, kind): (i32, DraftKind)| Draft {
            id: Uuid::from_u128((self.case.id.as_u128() << 64) + u128::try_from(number).expect("from 1")),
            number,
            kind,
            state: DraftState::Open,
            clock: clock.kind,
            subject: clock.subject.clone(),
            turn: clock.turn,
            rung: *rung,
            unit: responsible(&self.case, clock.kind, &clock.subject).unwrap_or("city").to_owned(),
            signer: "lianhu".to_owned(),
            at: self.now,
            due: *late,
        };
        let drafts = (next_number(&self.case)..).zip(drafted(&self.case, clock, *rung)).map(draft).collect();
        let events = vec![rung::reached(&due, self.now, drafts)];
        let before = self.case.clone();
        events.iter().for_each(|event| apply(&mut self.case, event));
        Some(Happened { before, by: By::default(), at: self.now, events })
    }

    /// Mostly one that waits.
    fn draft(&mut self) -> i32 {
        let open: Vec<i32> = self.case.drafts.iter().filter(|draft| draft.is_open()).map(|draft| draft.number).collect();
        if open.is_empty() || self.rarely() { 1 } else { self.one_of(&open) }
    }

    /// SplitMix64.
    fn below(&mut self, limit: usize) -> usize {
        self.dice = self.dice.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut mixed = self.dice;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        let mixed = mixed ^ (mixed >> 31);
        usize::try_from(mixed % limit as u64).expect("below a small limit")
    }

    fn one_of<T: Clone>(&mut self, of: &[T]) -> T {
        of[self.below(of.len())].clone()
    }

    fn rarely(&mut self) -> bool {
        self.below(8) == 0
    }

    fn person(&mut self) -> By {
        let (person, units, roles, signs) = self.one_of(&PEOPLE);
        let tenure = |unit: &str| Signature { tenure: format!("t-{unit}-{person}"), deputy: person == "p-deputy" };
        let signs_above = person == "p-city-chief" || (self.rarely() && signs);
        let above =
            Above { unit: "city".into(), superior_needed: self.below(3) == 0, signature: signs_above.then(|| tenure("city")) };
        let signature = signs.then(|| tenure("lianhu"));
        let above_twice = Above { superior_needed: true, ..above.clone() };
        let over_lead = match self.case.lead_unit.as_str() {
            "city" => Superior::default(),
            _ => Superior { units: vec!["city".into()], signature: above.signature.clone() },
        };
        By {
            person: person.into(),
            units: owned(units),
            roles: roles.to_vec(),
            signature,
            above,
            over_lead,
            above_twice,
            own: signs.then(|| tenure(units[0])),
        }
    }

    /// What comes with the suite, and to some the place must be looked at, too.
    fn checklists(&mut self) -> Vec<Checklist> {
        let item = Item { key: "survey".into(), title: "一事一勘查".into(), evidence: Evidence::SiteSurvey };
        let survey = Checklist { name: SURVEY.into(), items: vec![item], ..checklist::shipped()[0].clone() };
        checklist::shipped().iter().cloned().chain((self.below(4) == 0).then_some(survey)).collect()
    }

    /// Half of them what the state asks for, so that roads lead somewhere.
    fn command(&mut self) -> Command {
        let fitting: &[usize] = match self.case.state.named() {
            CaseState::Proposed => &[0, 0, 0, 0, 14, 1, 26],
            CaseState::Registered => &[2, 17, 33, 34, 37, 38, 39],
            CaseState::Assigned => &[3, 3, 15, 0],
            CaseState::Objected => &[16],
            CaseState::Undertaken => &[40, 41, 42, 4, 4, 4, 18, 19, 20, 21, 22, 0, 26, 28, 29, 33, 34, 35, 36, 37, 38, 39, 39],
            CaseState::Reported => &[5, 5, 5, 20, 21, 36, 42],
            CaseState::Approved => &[6, 0],
            CaseState::Replied | CaseState::Settled => &[42, 7, 7, 8, 8, 9, 9, 10, 10, 11, 11, 13, 0, 22, 23, 27, 30, 31, 32],
            CaseState::StruckOff | CaseState::Archived => &[12, 12, 12, 13, 24, 25, 30, 32],
            _ => &[12],
        };
        let verb = if self.below(2) == 0 { self.below(43) } else { self.one_of(fitting) };
        // Past the gate by the urgent way only.
        let verb = if self.unsigned && verb == 0 { 14 } else { verb };
        match verb {
            0 => Command::Register { number: format!("投〔2023〕{:06}", self.case.id.as_u128()), checklists: self.checklists() },
            1 => Command::Decline { reason: self.reason() },
            2 => self.assign(),
            3 => Command::Undertake,
            42 => {
                let (handler, ..) = self.one_of(&PEOPLE);
                Command::ReplaceHandler { handler: handler.to_owned(), reason: self.reason() }
            }
            4 => Command::ReportBack {
                outcome: self.one_of(&[Outcome::Supported, Outcome::Mediated, Outcome::NotSupported]),
                opinion: !self.rarely(),
            },
            5 => Command::Review { approve: !self.rarely(), criteria_met: !self.rarely(), reason: self.reason() },
            6 => Command::Reply { verdict_deadline: self.window(), opinion: self.number() },
            7 => self.judge(),
            8 => Command::RecordPublication { published: self.below(2) == 0 },
            9 => self.examine(),
            10 => Command::StrikeOff,
            11 => Command::StrikeOffByException { reason: self.reason(), superior: self.below(2) == 0 },
            12 => Command::Archive,
            14 => self.assign_urgently(),
            15 => Command::Object { reason: self.reason(), deadline: self.deadline() },
            16 => self.decide_objection(),
            17 => self.reclassify(),
            18 => Command::Contribute,
            19 => Command::Coordinate,
            20 => {
                let paper = (self.below(2) == 0).then(|| (PaperKind::SupervisionOrder, self.number()));
                Command::Urge { unit: self.unit(), due: "2023-11-20".into(), paper }
            }
            21 => Command::AnswerUrge { number: self.below(4) },
            22 => Command::AddRecord { kind: self.one_of(&[RecordKind::SiteSurvey, RecordKind::Mediation]) },
            23 => {
                let verdict = self.one_of(&[Verdict::Unreachable, Verdict::Unreachable, Verdict::Satisfied, Verdict::Dissatisfied]);
                Command::RecordReturnVisit { submission: self.one_of(&ALL_SUBMISSIONS), round: self.round(), verdict }
            }
            24 => Command::ReferToDiscipline,
            25 => Command::AnswerReferral,
            26 => {
                Command::Join(Joined { submission: self.one_of(&ALL_SUBMISSIONS), received: self.now, parties: 1, external: None })
            }
            30 => Command::Appeal { submission: self.one_of(&ALL_SUBMISSIONS), round: self.round(), deadline: self.deadline() },
            31 => Command::RecordHearing { hearing: Hearing::of(self.now.date(), self.now.date()) },
            32 => Command::DecideAppeal { upheld: self.below(2) == 0, superior: self.below(2) == 0 },
            33 => self.issue_paper(),
            34 => Command::Extend { days: 30, reason: self.reason(), number: self.number(), due: self.deadline() },
            35 => {
                let (authority, system) = ("市城管局".to_owned(), self.one_of(&["p-handler", "p-all"]).to_owned());
                Command::AskAuthority { authority, system, due: "2023-11-20".into() }
            }
            36 => Command::AnswerCoHandling { number: self.below(4) },
            37 => Command::RecordContact,
            38 => {
                let (ground, authority) = (PauseGround::Expertise, "鉴定委托书".to_owned());
                Command::Pause { ground, authority, reason: self.reason(), due: self.deadline() }
            }
            39 => Command::Resume,
            40 => {
                let number = self.draft();
                Command::SignDraft { number, due: "2023-11-20".into(), paper: self.number() }
            }
            41 => Command::DropDraft { number: self.draft(), reason: self.reason() },
            28 => Command::TakeOwnership { duty: self.one_of(&[PersonalDuty::Petition, PersonalDuty::Safety]) },
            29 => self.link_repeat(),
            27 => Command::Detach { submission: self.one_of(&ALL_SUBMISSIONS) },
            _ => Command::Reopen { submission: self.one_of(&ALL_SUBMISSIONS), round: self.round() },
        }
    }

    fn window(&self) -> Ts {
        match self.by_the_calendar {
            true => until(presets(&self.case), PresetKind::Verdict, &self.calendar, self.now).due,
            false => self.now.plus(HOUR * 48),
        }
    }

    /// After how many steps somebody looks.
    pub fn length(&mut self) -> usize {
        self.below(60)
    }

    /// Each is new.
    fn number(&mut self) -> String {
        format!("〔2023〕{}", self.commands)
    }

    /// Sometimes the next version of one that is there.
    fn issue_paper(&mut self) -> Command {
        let submission = (self.below(2) == 0).then(|| self.one_of(&ALL_SUBMISSIONS));
        let path = self.one_of(&[LegalPath::Petition, LegalPath::Litigation]);
        let content = self.one_of(&[Content::Path(path), Content::Agreement { submission }, Content::Bulletin]);
        let before = self.case.papers.iter().find(|paper| paper.kind == content.kind()).map(|paper| paper.number.clone());
        match before.filter(|_| self.below(2) == 0) {
            Some(number) => Command::IssuePaper { content, number, corrects: true },
            None => Command::IssuePaper { content, number: self.number(), corrects: self.rarely() },
        }
    }

    /// Sometimes of whoever examines.
    fn examine(&mut self) -> Command {
        let person = self.one_of(&["p-handler", "p-office", "p-all"]).to_owned();
        let accounted = Accounted { person, measure: self.one_of(&[AccountabilityMeasure::None, AccountabilityMeasure::Reminder]) };
        Command::ExamineAccountability { persons: if self.rarely() { vec![accounted] } else { Vec::new() } }
    }

    /// Of itself, of one that was received before or after.
    fn link_repeat(&mut self) -> Command {
        let mut earlier = self.case.clone();
        earlier.opening.received = self.one_of(&[Ts::from_micros(0), earlier.opening.received, Ts::from_micros(i64::MAX)]);
        Command::LinkRepeat { earlier: Box::new(earlier) }
    }

    fn reason(&mut self) -> String {
        self.one_of(&["", "  ", "不属于公安机关职责", "请补充调查"]).to_owned()
    }

    /// Who leads, mostly a unit where somebody can handle it, and who assists.
    fn units(&mut self) -> (Vec<String>, Vec<Vec<String>>) {
        let lead = if self.rarely() { self.one_of(&CHAINS) } else { LIANHU };
        let assisting = (0..self.below(3)).map(|_| owned(self.one_of(&CHAINS))).collect();
        (owned(lead), assisting)
    }

    fn assign(&mut self) -> Command {
        let (lead, assisting) = self.units();
        Command::Assign { lead, assisting, assist_due: "2023-11-28".into() }
    }

    fn assign_urgently(&mut self) -> Command {
        let (lead, assisting) = self.units();
        Command::AssignUrgently { lead, assisting }
    }

    /// Rarely over.
    fn deadline(&mut self) -> Ts {
        if self.rarely() { Ts::from_micros(self.now.micros() - 1) } else { self.now }
    }

    /// Half of them leave the case where it is.
    fn decide_objection(&mut self) -> Command {
        let lead = (self.below(2) == 0).then(|| owned(self.one_of(&CHAINS)));
        Command::DecideObjection { lead, reason: self.reason() }
    }

    fn reclassify(&mut self) -> Command {
        let book = self.one_of(&[Book::Suggestion, Book::Demand, Book::Complaint]);
        let track = self.one_of(&[Track::Suggestion, Track::Petition, Track::Accusation]);
        Command::Reclassify { book, track, reason: self.reason() }
    }

    fn unit(&mut self) -> String {
        self.one_of(&CHAINS)[0].to_owned()
    }

    /// Mostly the present one.
    fn round(&mut self) -> i32 {
        if self.rarely() { self.case.round + 1 } else { self.case.round }
    }

    fn judge(&mut self) -> Command {
        let verdicts = [Verdict::Satisfied, Verdict::BasicallySatisfied, Verdict::Dissatisfied, Verdict::DeclinedToSay];
        let round = self.round();
        Command::RecordVerdict { submission: self.one_of(&ALL_SUBMISSIONS), round, verdict: self.one_of(&verdicts) }
    }
}
