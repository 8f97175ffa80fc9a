//! What must hold of a case, in far fewer words than the ledger's: who may do what next, and where the case is then. It is written from the
//! rules, not from the code, and predicts every answer.

use sanben_access::Role;
use sanben_clock::{Calendar, Roll, Ts};
use sanben_proto::kinds::Verdict;
use sanben_proto::ledger::CaseState;

/// Somebody, where they are, and as what they act.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Person {
    pub post: &'static str,
    pub unit: &'static str,
    pub role: Role,
}

/// What somebody tries. Submissions are counted from 0, the one that opened the case first.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Act {
    Register,
    Decline,
    Assign,
    Undertake,
    Object,
    LeaveAfterObjection,
    ReportBack,
    Approve,
    SendBack,
    Reply,
    Publish,
    Examine,
    StrikeOff,
    Except,
    Archive,
    Own,
    Refer,
    AnswerReferral,
    DecideAppeal {
        upheld: bool,
    },
    Visit(usize, Verdict),
    Judge(usize, Verdict),
    Reopen(usize),
    Appeal(usize),
    Join,
    Detach(usize),
    Urge,
    Coordinate,
    Extend,
    /// Of the path; whether it leads elsewhere.
    TellPath {
        elsewhere: bool,
    },
    Bulletin,
    PutOnRecord,
}

/// A submission of the case.
#[derive(Clone, Copy, Debug, Default)]
pub struct Voice {
    pub left: bool,
    pub said: Option<Verdict>,
    reopened: i32,
    /// Rounds and looks that it had appealed against.
    appealed: (i32, u8),
}

/// A case, as far as its rules need it.
#[derive(Clone, Debug)]
pub struct Model {
    pub state: CaseState,
    pub round: i32,
    pub voices: Vec<Voice>,
    pub published: bool,
    pub examined: bool,
    /// Whether a referral is open, if there is one.
    pub referral: Option<bool>,
    pub is_final: bool,
    pub owner: &'static str,
    supervised: Vec<&'static str>,
    handler: &'static str,
    /// Whoever handled it before and does not any more.
    earlier: Vec<&'static str>,
    reviewers: Vec<&'static str>,
    objected: bool,
    /// Which look of a superior is open, or was taken last, in this round.
    look: (u8, bool),
    pub now: Ts,
    /// The last instants of windows.
    object_until: Ts,
    verdict_until: Ts,
    appeal_until: Ts,
    finish_until: Ts,
    extended: bool,
    /// Whether its person was told of a path that leads elsewhere, and in this round no opinion is looked at again.
    led_away: bool,
    opinion: bool,
    /// Whether a superior was ever asked.
    looked: bool,
}

/// The end of the so-manieth day after an instant, or of the next on which something is open.
fn days_after(from: Ts, days: u32) -> Ts {
    Ts::end_of(Calendar::shipped().add_days(from.date(), days, Roll::Forward).date)
}

impl Model {
    pub fn new(now: Ts) -> Model {
        Model {
            state: CaseState::Proposed,
            round: 1,
            voices: vec![Voice::default()],
            published: false,
            examined: false,
            referral: None,
            is_final: false,
            owner: "",
            supervised: Vec::new(),
            handler: "",
            earlier: Vec::new(),
            reviewers: Vec::new(),
            objected: false,
            look: (0, false),
            now,
            object_until: now,
            verdict_until: now,
            appeal_until: now,
            finish_until: days_after(now, 60),
            extended: false,
            led_away: false,
            opinion: true,
            looked: false,
        }
    }

    fn is(&self, states: &[CaseState]) -> bool {
        states.contains(&self.state)
    }

    fn under_way(&self) -> bool {
        use CaseState::{Approved, Assigned, Reported, Undertaken};
        self.is(&[Assigned, Undertaken, Reported, Approved])
    }

    fn open_reply(&self) -> bool {
        self.is(&[CaseState::Replied, CaseState::Settled])
    }

    fn has_reply(&self) -> bool {
        self.open_reply() || self.is(&[CaseState::StruckOff, CaseState::Archived])
    }

    fn present(&self) -> impl Iterator<Item = &Voice> {
        self.voices.iter().filter(|voice| !voice.left)
    }

    fn confirmed(&self) -> bool {
        let said = |verdict| self.present().any(|voice| voice.said == Some(verdict));
        (said(Verdict::Satisfied) || said(Verdict::BasicallySatisfied)) && !said(Verdict::Dissatisfied)
    }

    fn in_time(&self) -> bool {
        self.now <= self.verdict_until
    }

    /// Everybody has spoken, or the time for it is over.
    fn heard(&self) -> bool {
        !self.in_time() || self.present().all(|voice| voice.said.is_some())
    }

    fn complete(&self) -> bool {
        self.published && self.examined && !self.look.1 && self.heard()
    }

    /// What one rule alone is in the way of, and who tries it if not whoever it is usually for.
    pub fn near_miss(&self) -> Option<(Act, Option<Person>)> {
        use CaseState::{Assigned, Reported, StruckOff, Undertaken};
        let here = |post: &'static str, role: Role| Some(Person { post, unit: "lianhu", role });
        let all_but_heard = self.published && self.examined && !self.look.1 && !self.heard();
        let too_late = self.round == 1 && !self.objected && self.now > self.object_until;
        match self.state {
            Assigned | Undertaken if too_late => Some((Act::Object, None)),
            Undertaken if self.handler == "deputy" && !self.extended => Some((Act::Extend, here("deputy", Role::Chief))),
            Assigned => Some((Act::Undertake, here(self.supervised.first()?, Role::Handler))),
            Reported => Some((Act::Approve, here(self.reviewers.last()?, self.reviewer()))),
            StruckOff if self.referral == Some(true) && !self.look.1 => Some((Act::Archive, None)),
            _ if self.open_reply() && all_but_heard => Some((if self.confirmed() { Act::StrikeOff } else { Act::Except }, None)),
            _ if self.open_reply() && self.confirmed() && self.complete() => {
                (self.handler == "deputy").then_some((Act::StrikeOff, here("deputy", Role::Chief)))
            }
            _ => None,
        }
    }

    /// As what the next review is made.
    fn reviewer(&self) -> Role {
        [Role::Handler, Role::Office, Role::LeaderInCharge][self.reviewers.len().min(2)]
    }

    fn speaks(&self, voice: usize) -> bool {
        self.voices.get(voice).is_some_and(|voice| !voice.left)
    }

    fn may_say(&self, voice: usize) -> bool {
        self.speaks(voice) && self.voices[voice].said.is_none() && self.in_time()
    }

    /// Whether it happens if `by` tries it now.
    pub fn allows(&self, act: Act, by: Person) -> bool {
        use CaseState::{Approved, Assigned, Objected, Proposed, Registered, Reported, StruckOff, Undertaken};
        let here = by.unit == "lianhu";
        let is = |role: Role| by.role == role;
        let signs = here && (by.post == "chief" || by.post == "deputy") && is(Role::Chief);
        let above = by.unit == "city" && by.post == "chief" && is(Role::Chief);
        let handles = by.post == self.handler && here;
        let handled = handles || (self.earlier.contains(&by.post) && here);
        let looks_on = self.supervised.contains(&by.post) && here;
        match act {
            Act::Register | Act::Decline => self.is(&[Proposed]) && signs,
            Act::Assign => self.is(&[Registered]) && signs,
            Act::Undertake => self.is(&[Assigned]) && here && is(Role::Handler) && !looks_on,
            Act::Object => {
                let first = self.is(&[Assigned]) || (self.is(&[Undertaken]) && self.round == 1);
                first && here && (is(Role::Handler) || is(Role::Chief)) && !self.objected && self.now <= self.object_until
            }
            Act::LeaveAfterObjection => self.is(&[Objected]) && above,
            Act::ReportBack => self.is(&[Undertaken]) && is(Role::Handler) && handles,
            Act::Approve | Act::SendBack => {
                let fresh = !self.reviewers.contains(&by.post) && (self.reviewers.is_empty() || !handled);
                self.is(&[Reported]) && here && is(self.reviewer()) && fresh
            }
            Act::Reply => self.is(&[Approved]) && is(Role::Handler) && handles,
            Act::Publish => self.open_reply() && here && is(Role::Office),
            Act::Examine => self.open_reply() && here && is(Role::Office) && !handled,
            Act::StrikeOff => self.open_reply() && signs && !handled && self.confirmed() && self.complete(),
            Act::Except => self.open_reply() && above && !self.confirmed() && self.complete(),
            Act::Archive => self.is(&[StruckOff]) && here && is(Role::Office) && self.referral != Some(true) && !self.look.1,
            Act::Own => {
                let name = if above { "city-chief" } else { by.post };
                (self.is(&[Registered]) || self.under_way()) && (signs || above) && !handled && self.owner != name
            }
            Act::Refer => {
                (self.under_way() || self.open_reply() || self.is(&[StruckOff])) && signs && !handled && self.referral.is_none()
            }
            Act::AnswerReferral => {
                let open = self.referral == Some(true) && (self.under_way() || self.open_reply() || self.is(&[StruckOff]));
                open && here && is(Role::Supervisor) && !handled && !looks_on
            }
            Act::DecideAppeal { .. } => self.has_reply() && self.look.1 && above,
            Act::Visit(voice, _) => {
                let visits = here && (is(Role::LiaisonOfficer) || is(Role::Office));
                let involved = handled || looks_on || self.reviewers.contains(&by.post);
                self.open_reply() && visits && !involved && self.may_say(voice)
            }
            Act::Judge(voice, _) => self.has_reply() && self.may_say(voice),
            Act::Reopen(voice) => {
                let asks = self.has_reply() && self.speaks(voice) && self.in_time();
                asks && !self.is_final && self.voices[voice].reopened < self.round
            }
            Act::Appeal(voice) => {
                let next = !self.look.1 && self.look.0 < 2 && !self.is_final && self.now <= self.appeal_until;
                let fresh = |voice: &Voice| voice.appealed != (self.round, self.look.0 + 1);
                self.has_reply() && self.opinion && next && self.speaks(voice) && fresh(&self.voices[voice])
            }
            Act::Join => self.is(&[Proposed, Registered, Assigned, Objected, Undertaken]) && self.round == 1,
            // Declined, everybody is back at the desk and in no case.
            Act::Urge | Act::Coordinate => self.under_way() && signs && !handled,
            Act::Extend => {
                let early = self.is(&[Registered]) || self.under_way();
                early && signs && !handled && !self.extended && self.now <= self.finish_until
            }
            Act::TellPath { elsewhere } => {
                let before_report = self.is(&[Registered, Assigned, Undertaken]);
                let own = handles && here && is(Role::Handler) && !elsewhere;
                let may = own || (signs && !handled);
                before_report && may && !(elsewhere && self.looked)
            }
            Act::Bulletin => (self.is(&[Registered]) || self.under_way() || self.open_reply()) && signs && !handled,
            Act::PutOnRecord => (self.is(&[Undertaken]) || self.open_reply()) && handles && here && is(Role::Handler),
            Act::Detach(voice) => voice > 0 && self.speaks(voice) && self.state != CaseState::Declined,
        }
    }

    /// Lets it have happened.
    pub fn happened(&mut self, act: Act, by: Person) {
        use CaseState::{Approved, Archived, Assigned, Declined, Objected, Registered, Replied, Reported, StruckOff, Undertaken};
        match act {
            Act::Register => (self.state, self.supervised) = (Registered, vec![by.post]),
            Act::Decline => self.state = Declined,
            Act::Assign => {
                self.state = Assigned;
                self.supervised.push(by.post);
                self.object_until = Ts::end_of(Calendar::shipped().add_workdays(self.now.date(), 5).date);
            }
            Act::Undertake => (self.state, self.handler) = (Undertaken, by.post),
            Act::Object => {
                self.earlier.extend(Some(self.handler).filter(|handler| !handler.is_empty()));
                (self.state, self.objected, self.handler) = (Objected, true, "");
            }
            Act::LeaveAfterObjection => self.state = Assigned,
            Act::ReportBack => (self.state, self.reviewers) = (Reported, Vec::new()),
            Act::Approve => {
                self.reviewers.push(by.post);
                self.state = if self.reviewers.len() == 3 { Approved } else { Reported };
            }
            Act::SendBack => self.state = Undertaken,
            Act::Reply => {
                self.state = Replied;
                self.opinion = !self.led_away;
                (self.verdict_until, self.appeal_until) = (days_after(self.now, 15), days_after(self.now, 30));
            }
            Act::Publish => self.published = true,
            Act::Examine => self.examined = true,
            Act::StrikeOff | Act::Except => self.state = StruckOff,
            Act::Archive => self.state = Archived,
            Act::Own if by.unit == "city" => self.owner = "city-chief",
            Act::Own => {
                self.owner = by.post;
                self.supervised.push(by.post);
            }
            Act::Refer => self.referral = Some(true),
            Act::AnswerReferral => self.referral = Some(false),
            Act::Visit(voice, verdict) | Act::Judge(voice, verdict) => self.voices[voice].said = Some(verdict),
            Act::Reopen(voice) => {
                self.voices[voice].reopened = self.round;
                self.again();
            }
            Act::Appeal(voice) => {
                self.look = (self.look.0 + 1, true);
                self.looked = true;
                self.voices[voice].appealed = (self.round, self.look.0);
            }
            Act::DecideAppeal { upheld } => {
                self.look.1 = false;
                self.appeal_until = days_after(self.now, 30);
                self.is_final |= self.look.0 == 2;
                if !upheld {
                    self.again();
                }
            }
            Act::Join => self.voices.push(Voice::default()),
            Act::Detach(voice) => self.voices[voice].left = true,
            Act::Extend => self.extended = true,
            Act::TellPath { elsewhere } => self.led_away = elsewhere,
            Act::Urge | Act::Coordinate | Act::Bulletin | Act::PutOnRecord => {}
        }
        // Confirmed, it is settled; and not any more when whoever confirmed has left.
        match self.state {
            Replied if self.confirmed() => self.state = CaseState::Settled,
            CaseState::Settled if matches!(act, Act::Detach(_)) && !self.confirmed() => self.state = Replied,
            _ => {}
        }
    }

    /// A new round with the same handler.
    fn again(&mut self) {
        self.state = CaseState::Undertaken;
        self.round += 1;
        (self.published, self.examined, self.look) = (false, false, (0, false));
        self.referral = self.referral.filter(|open| *open);
        self.voices.iter_mut().for_each(|voice| voice.said = None);
    }
}
