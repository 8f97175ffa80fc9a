//! Finding cases, on both engines: the store against every case looked at one by one.

use std::cmp::Reverse;
use std::collections::BTreeSet;

use crate::kept::{self, Index};
use sanben_clock::Ts;
use sanben_db::testing::{assert_held_against_both, on_both};
use sanben_db::{Db, Error, Tx, execute, fetch_all};
use sanben_ledger::MIGRATIONS;
use sanben_ledger::case::reader::Reader;
use sanben_ledger::finding::store::index;
use sanben_ledger::finding::{
    by_terms::{self, Found, PARTLY_MAX, Place},
    store::query::{self, Filter, Hit},
};
use sanben_ledger_rules::case::{Case, Moved, Opening, Owner, Reply, Report, State, presets::Chosen};
use sanben_ledger_rules::terms::terms_of;
use sanben_proto::kinds::{Book, Channel, Outcome, Track};
use sanben_proto::ledger::{CaseState, Colour, Door, PersonalDuty};
use uuid::Uuid;

const CITY: &[&str] = &["city"];
const LIANHU: &[&str] = &["lianhu", "city"];
const STATION: &[&str] = &["lianhu-tumen", "lianhu", "city"];
const BEILIN: &[&str] = &["beilin", "city"];
const CHAINS: [&[&str]; 4] = [CITY, LIANHU, STATION, BEILIN];
const NOW: i64 = 1000;
const STATES: [CaseState; 4] = [CaseState::Proposed, CaseState::Registered, CaseState::Undertaken, CaseState::StruckOff];

fn id(number: u128) -> Uuid {
    Uuid::from_u128(number)
}

fn owned(texts: &[&str]) -> Vec<String> {
    texts.iter().map(|text| (*text).to_owned()).collect()
}

fn case(number: u128, time: i64, summary: &str) -> Case {
    let opening = Opening {
        submissions: vec![id(number + 100_000)],
        book: Book::Demand,
        track: Track::Petition,
        origin: Channel::Online,
        title: "请求".into(),
        summary: summary.into(),
        lead_unit: "lianhu".into(),
        gate_unit: "lianhu".into(),
        gate_chain: owned(LIANHU),
        accused_units: Vec::new(),
        accused_persons: Vec::new(),
        sealed: false,
        parties: 1,
        external: None,
        received: Ts::from_micros(time - 1),
        proposed: Ts::from_micros(time),
        presets: Chosen::Shipped,
    };
    Case { revision: 1, ..Case::open(id(number), opening) }
}

async fn write<T>(db: &Db, work: impl AsyncFnOnce(&mut Tx) -> Result<T, Error>) -> T {
    db.write(work).await.expect("the store takes it")
}

async fn read<T>(db: &Db, work: impl AsyncFnOnce(&mut Tx) -> Result<T, Error>) -> T {
    db.read(work).await.expect("the store answers")
}

fn reader(units: &[&str], person: &str) -> Reader {
    Reader { units: owned(units), person: person.into() }
}

/// Numbers that look random and are the same in every run.
struct Dice(u64);

impl Dice {
    fn below(&mut self, bound: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 >> 11).expect("53 bits") % bound
    }

    fn of<T: Clone>(&mut self, all: &[T]) -> T {
        all[self.below(all.len())].clone()
    }

    fn maybe<T>(&mut self, one_in: usize, make: impl FnOnce(&mut Dice) -> T) -> Option<T> {
        (self.below(one_in) == 0).then(|| make(self))
    }
}

/// A case as the model knows it.
#[derive(Clone, Debug)]
struct Known {
    case: Case,
    index: Index,
    party: String,
}

impl Known {
    fn key(&self) -> (i64, Uuid) {
        (self.case.opening.proposed.micros(), self.case.id)
    }

    /// What may still change of it.
    fn change(&mut self, dice: &mut Dice) {
        let case = &mut self.case;
        let handler = dice.of(&["p-h1", "p-h2"]).to_owned();
        let report = Report { handler: handler.clone(), outcome: Outcome::Supported, reviews: Vec::new(), opinion: false };
        let reply = Reply { report, delivered: Ts::from_micros(1), verdict_deadline: Ts::from_micros(2), opinion: None };
        let door = dice.of(&[Door::Confirmed, Door::Exception]);
        case.state = match dice.of(&STATES) {
            CaseState::Registered => State::Registered,
            CaseState::Undertaken => State::Undertaken { handler },
            CaseState::StruckOff => State::StruckOff { reply, door },
            _ => State::Proposed,
        };
        case.owner = dice.maybe(3, |dice| Owner {
            person: dice.of(&["p-o1", "p-o2"]).to_owned(),
            duty: dice.of(&[PersonalDuty::Petition, PersonalDuty::Safety]),
            since: Ts::from_micros(1),
        });
        case.moved = dice.maybe(4, |_| Moved { book: Book::Suggestion, track: Track::Suggestion });
        let (lead, assisting) = (dice.of(&CHAINS), dice.maybe(3, |dice| dice.of(&CHAINS)).unwrap_or(CITY));
        let reach: BTreeSet<String> = [lead, assisting].concat().iter().map(|unit| (*unit).to_owned()).collect();
        let due = dice.maybe(2, |dice| NOW - 20 + i64::try_from(dice.below(60)).expect("small"));
        let due = Ts::from_micros(due.unwrap_or(i64::MAX));
        let warn = if due.micros() == i64::MAX { due } else { Ts::from_micros(due.micros() - 15) };
        self.index = Index { reach: reach.into_iter().collect(), led: owned(lead), warn, due, ..Index::default() };
    }

    fn new(number: u128, time: i64, dice: &mut Dice) -> Known {
        const WORDS: [&str; 6] = ["路灯不亮", "窗口服务", "油烟", "路灯", "ＬＥＤ", "消防通道"];
        let summary = format!("{}，{}", dice.of(&WORDS), dice.of(&WORDS));
        let mut case = case(number, time, &summary);
        case.opening.book = dice.of(&[Book::Demand, Book::Complaint]);
        case.opening.track = dice.of(&[Track::Petition, Track::Consultation]);
        case.opening.origin = dice.of(&[Channel::Online, Channel::Letter]);
        case.opening.accused_units =
            dice.maybe(6, |dice| vec![dice.of(&["lianhu", "lianhu-tumen"]).to_owned()]).unwrap_or_default();
        case.opening.accused_persons = dice.maybe(6, |_| owned(&["p-a"])).unwrap_or_default();
        case.opening.received = Ts::from_micros(time - i64::try_from(dice.below(20)).expect("small"));
        let mut known = Known { case, index: Index::default(), party: dice.of(&["", "party-1", "party-2"]).to_owned() };
        known.change(dice);
        known
    }

    fn is_seen(&self, filter: &Filter) -> bool {
        let Reader { units, person } = &filter.reader;
        units.first().is_some_and(|unit| self.index.reach.contains(unit)) && !self.case.accuses(person, units)
    }

    fn passes(&self, filter: &Filter) -> bool {
        let case = &self.case;
        let owner = case.owner.as_ref();
        let is = |asked: &str, is: &str| asked.is_empty() || asked == is;
        let colour = |now: Ts| match &self.index {
            index if now > index.due => Colour::Red,
            index if now >= index.warn => Colour::Yellow,
            _ => Colour::Green,
        };
        self.is_seen(filter)
            && filter.unit.first().is_none_or(|unit| self.index.led.contains(unit))
            && filter.book.is_none_or(|book| case.book() == book)
            && (filter.states.is_empty() || filter.states.contains(&case.state.named()))
            && filter.origin.is_none_or(|origin| case.opening.origin == origin)
            && filter.track.is_none_or(|track| case.track() == track)
            && filter.colour.is_none_or(|(asked, now)| colour(now) == asked)
            && filter.due_by.is_none_or(|day| self.index.due <= day)
            && filter.duty.is_none_or(|duty| owner.is_some_and(|owner| owner.duty == duty))
            && is(&filter.owner, owner.map_or("", |owner| &owner.person))
            && is(&filter.handler, case.state.handler().unwrap_or_default())
            && is(&filter.party, &self.party)
            && is(&filter.number, case.number.as_deref().unwrap_or_default())
            && filter.door.is_none_or(|door| case.state.door() == Some(door))
            && filter.received_from.is_none_or(|from| case.received() >= from)
            && filter.received_until.is_none_or(|until| case.received() < until)
    }

    fn terms(&self) -> BTreeSet<String> {
        terms_of(&[&self.case.opening.title, &self.case.opening.summary])
    }

    fn matched(&self, terms: &[String]) -> usize {
        let own = self.terms();
        terms.iter().filter(|term| own.contains(*term)).count()
    }
}

fn some_filter(dice: &mut Dice) -> Filter {
    Filter {
        reader: reader(dice.of(&CHAINS), dice.of(&["p-a", "p-b"])),
        unit: dice.maybe(4, |dice| owned(dice.of(&CHAINS))).unwrap_or_default(),
        book: dice.maybe(4, |dice| dice.of(&[Book::Demand, Book::Complaint, Book::Suggestion])),
        states: dice.maybe(3, |dice| (0..=dice.below(3)).map(|n| STATES[n]).collect()).unwrap_or_default(),
        origin: dice.maybe(6, |dice| dice.of(&[Channel::Online, Channel::Letter])),
        track: dice.maybe(6, |dice| dice.of(&[Track::Petition, Track::Suggestion])),
        colour: dice.maybe(5, |dice| (dice.of(&[Colour::Green, Colour::Yellow, Colour::Red]), Ts::from_micros(NOW))),
        due_by: dice.maybe(6, |_| Ts::from_micros(NOW + 5)),
        duty: dice.maybe(6, |_| PersonalDuty::Petition),
        owner: dice.maybe(6, |_| "p-o1".to_owned()).unwrap_or_default(),
        handler: dice.maybe(6, |_| "p-h1".to_owned()).unwrap_or_default(),
        party: dice.maybe(6, |_| "party-1".to_owned()).unwrap_or_default(),
        number: dice.maybe(12, |dice| format!("诉{}", dice.below(40))).unwrap_or_default(),
        door: dice.maybe(6, |dice| dice.of(&[Door::Confirmed, Door::Exception])),
        received_from: dice.maybe(6, |_| Ts::from_micros(20)),
        received_until: dice.maybe(6, |_| Ts::from_micros(40)),
        before: None,
        limit: 0,
    }
}

/// Keeps it, with its number.
async fn keep(db: &Db, known: &mut Known) {
    let number = Some(format!("诉{}", known.case.id.as_u128()));
    let next = Case { revision: 2, number, ..known.case.clone() };
    write(db, async |tx: &mut Tx| {
        kept::insert(tx, &known.case, &known.index).await?;
        kept::update(tx, &next, 1, &known.index).await?;
        if !known.party.is_empty() {
            index::add_party(tx, next.id, next.opening.submissions[0], &known.party).await?;
        }
        Ok(())
    })
    .await;
    known.case = next;
}

/// Three at each instant, so that pages end within one.
async fn town(db: &Db, dice: &mut Dice) -> Vec<Known> {
    let mut all = Vec::new();
    for number in 1..=120_u128 {
        let time = i64::try_from(number / 3).expect("a small number");
        let mut known = Known::new(number, time, dice);
        keep(db, &mut known).await;
        all.push(known);
    }
    all
}

/// Another one comes in, and one is changed: which.
async fn meanwhile(db: &Db, all: &mut Vec<Known>, dice: &mut Dice) -> [Uuid; 2] {
    let number = u128::try_from(all.len() + 1).expect("a small number");
    let time = 20 + i64::try_from(dice.below(60)).expect("small");
    let mut new = Known::new(number, time, dice);
    keep(db, &mut new).await;
    let at = dice.below(all.len());
    let changed = &mut all[at];
    changed.change(dice);
    changed.case.revision += 1;
    let revision = changed.case.revision;
    write(db, async |tx: &mut Tx| kept::update(tx, &changed.case, revision - 1, &changed.index).await).await;
    let touched = [new.case.id, changed.case.id];
    all.push(new);
    touched
}

/// In the order of the list, as it was when the first page was read. What was touched meanwhile may be there or not, but only once.
fn check(seen: &[Uuid], expected: &[Uuid], touched: &BTreeSet<Uuid>, what: &str) {
    let untouched = |ids: &[Uuid]| ids.iter().copied().filter(|id| !touched.contains(id)).collect::<Vec<_>>();
    assert_eq!(untouched(seen), untouched(expected), "{what}");
    assert_eq!(seen.iter().collect::<BTreeSet<_>>().len(), seen.len(), "twice: {what}");
}

#[tokio::test]
async fn what_is_listed_is_what_passes_whatever_changes_between_the_pages() {
    on_both("ledger", &MIGRATIONS, async |db| {
        let mut dice = Dice(0x5A17_BE27_0000_0001);
        let mut all = town(&db, &mut dice).await;
        let mut listed = 0;
        for round in 0..300 {
            let filter = some_filter(&mut dice);
            let mut expected: Vec<&Known> = all.iter().filter(|known| known.passes(&filter)).collect();
            expected.sort_by_key(|known| Reverse(known.key()));
            let expected: Vec<Uuid> = expected.into_iter().map(|known| known.case.id).collect();
            let (mut seen, mut before, mut touched) = (Vec::new(), None, BTreeSet::new());
            let limit = 1 + i64::try_from(dice.below(7)).expect("small");
            loop {
                let asked = Filter { before, limit, ..filter.clone() };
                let page = read(&db, async |tx: &mut Tx| query::list(tx, &asked).await).await;
                let Some(last) = page.last() else { break };
                before = Some((last.opening.proposed.micros(), last.id));
                seen.extend(page.iter().map(|case| case.id));
                // Rarely, so that there is much that is not touched.
                if round % 10 == 0 {
                    touched.extend(meanwhile(&db, &mut all, &mut dice).await);
                }
            }
            listed += seen.len();
            check(&seen, &expected, &touched, &format!("{filter:?}"));
        }
        assert!(listed > 1000, "only {listed}");
    })
    .await;
}

async fn found(db: &Db, filter: &Filter, terms: &[String], after: Option<&Place>) -> Vec<Found> {
    read(db, async |tx: &mut Tx| by_terms::by_terms(tx, filter, terms, after).await).await
}

/// As [`find`] says it, from all cases.
fn by_terms(all: &[Known], filter: &Filter, terms: &[String]) -> Vec<Uuid> {
    let mut newest: Vec<&Known> = all.iter().filter(|known| known.passes(filter)).collect();
    newest.sort_by_key(|known| Reverse(known.key()));
    let mut ranked: Vec<(usize, &Known)> = Vec::new();
    for known in &newest {
        let matched = known.matched(terms);
        let is_near = |term: &&String| {
            let with: Vec<&&Known> = newest.iter().filter(|known| known.terms().contains(*term)).collect();
            with.get(PARTLY_MAX).is_none_or(|first_left_out| known.key().0 > first_left_out.key().0)
        };
        let own = known.terms();
        if matched == terms.len() || (matched > 0 && terms.iter().filter(|term| own.contains(*term)).any(|term| is_near(&term))) {
            ranked.push((matched, known));
        }
    }
    ranked.sort_by_key(|(matched, known)| Reverse((*matched, known.key())));
    ranked.into_iter().map(|(_, known)| known.case.id).collect()
}

#[tokio::test]
async fn what_is_found_by_text_is_in_order_whatever_changes_between_the_pages() {
    on_both("ledger", &MIGRATIONS, async |db| {
        let mut dice = Dice(0x5A17_BE27_0000_0002);
        let mut all = town(&db, &mut dice).await;
        let mut seen_in_all = 0;
        for round in 0..60 {
            let text = dice.of(&["路灯", "路灯不亮", "窗口 油烟", "led", "Led 路灯", "消防通道堵塞", "没有这个", "的油"]);
            let terms = sanben_ledger_rules::terms::asked(text);
            let filter = if round % 3 == 0 { some_filter(&mut dice) } else { Filter::default() };
            let filter = Filter { reader: reader(dice.of(&CHAINS), "p-a"), ..filter };
            let expected = by_terms(&all, &filter, &terms);
            let (mut seen, mut after, mut touched) = (Vec::new(), None, BTreeSet::new());
            loop {
                let limit = 1 + i64::try_from(dice.below(9)).expect("small");
                let page = found(&db, &Filter { limit, ..filter.clone() }, &terms, after.as_ref()).await;
                let Some(last) = page.last() else { break };
                after = Some(last.place.clone());
                seen.extend(page.iter().map(|found| found.case.id));
                if round % 5 == 0 {
                    touched.extend(meanwhile(&db, &mut all, &mut dice).await);
                }
            }
            seen_in_all += seen.len();
            check(&seen, &expected, &touched, &format!("{text} {filter:?}"));
        }
        assert!(seen_in_all > 300, "only {seen_in_all}");
    })
    .await;
}

/// What is in very many cases is looked for among the newest; what has all of it is found however old.
#[tokio::test]
async fn of_what_is_found_in_part_the_newest_of_each_term_are_shown_to_the_end() {
    on_both("ledger", &MIGRATIONS, async |db| {
        let mut all = Vec::new();
        let most = u128::try_from(PARTLY_MAX).expect("small");
        for number in 0..=most + 40 {
            let summary = match number {
                0 => "路灯油烟",
                1..3 => "油烟",
                _ => "路灯",
            };
            // Two at each instant.
            let case = case(number, i64::try_from(number / 2).expect("small"), summary);
            let mut known = Known { case, index: Index::in_reach(CITY), party: String::new() };
            keep(&db, &mut known).await;
            all.push(known);
        }
        let (filter, terms) = (Filter { reader: reader(CITY, "p-b"), limit: 7, ..Filter::default() }, owned(&["油烟", "路灯"]));
        let expected = by_terms(&all, &filter, &terms);
        // The 200th has the instant of the one that is left out.
        assert_eq!((expected[0], expected.len()), (id(0), PARTLY_MAX + 3 - 1));
        let (mut seen, mut after) = (Vec::new(), None);
        for number in 1000.. {
            let page = found(&db, &filter, &terms, after.as_ref()).await;
            let Some(last) = page.last() else { break };
            after = Some(last.place.clone());
            seen.extend(page.iter().map(|found| found.case.id));
            let new = case(number, 5000, "路灯");
            keep(&db, &mut Known { case: new, index: Index::in_reach(CITY), party: String::new() }).await;
        }
        assert_eq!(seen, expected);
    })
    .await;
}

#[tokio::test]
async fn count_term_with_all_terms_with_term_several() {
    on_both("ledger", &MIGRATIONS, async |db| {
        write(&db, async |tx: &mut Tx| {
            for (number, summary) in [(1, "路灯不亮"), (2, "路灯"), (3, "it's; 路灯 不亮 '%_"), (4, "路灯不亮")] {
                let mut case = case(number, 10, summary);
                case.opening.accused_persons = if number == 4 { owned(&["p-a"]) } else { Vec::new() };
                kept::insert(tx, &case, &Index::in_reach(LIANHU)).await?;
            }
            for (term, most, expected) in [("路灯", 9, 4), ("路灯", 2, 2), ("s", 9, 1), ("", 9, 0), ("%", 9, 0), ("路", 9, 0)]
            {
                assert_eq!(query::count_term(tx, term, most).await?, expected, "{term}");
            }
            let (terms, filter) =
                (owned(&["路灯", "不亮"]), Filter { reader: reader(LIANHU, "p-a"), limit: 9, ..Filter::default() });
            let ids = |cases: &[Case]| cases.iter().map(|case| case.id.as_u128()).collect::<Vec<_>>();
            for rarest in [["路灯", "不亮"], ["不亮", "路灯"], ["路灯", "路灯"]] {
                assert_eq!(ids(&query::with_all_terms(tx, &filter, &terms, rarest).await?), [3, 1]);
            }
            let next = Filter { before: Some((10, id(3))), limit: 1, ..filter.clone() };
            assert_eq!(ids(&query::with_all_terms(tx, &next, &terms, ["路灯", "不亮"]).await?), [1]);
            let elsewhere = Filter { reader: reader(BEILIN, "p-a"), ..filter.clone() };
            assert!(query::with_all_terms(tx, &elsewhere, &terms, ["路灯", "不亮"]).await?.is_empty());
            let hit = |number, matched| Hit { key: (10, id(number)), matched };
            let all = query::with_term(tx, &filter, &terms, "路灯", Ts::from_micros(9), 9).await?;
            assert_eq!(all, [hit(3, 2), hit(2, 1), hit(1, 2)]);
            assert_eq!(query::with_term(tx, &filter, &terms, "路灯", Ts::from_micros(9), 1).await?, [hit(3, 2)]);
            assert!(query::with_term(tx, &filter, &terms, "路灯", Ts::from_micros(10), 9).await?.is_empty());
            assert_eq!(ids(&query::several(tx, &[id(4), id(9), id(1)]).await?), [4, 1]);
            assert!(query::several(tx, &[]).await?.is_empty());
            let many: Vec<Uuid> = (0..40).map(|n| id(n % 4 + 1)).collect();
            assert_eq!(query::several(tx, &many).await?.len(), 40);
            Ok(())
        })
        .await;
    })
    .await;
}

#[tokio::test]
async fn add_party_remove_party() {
    on_both("ledger", &MIGRATIONS, async |db| {
        write(&db, async |tx: &mut Tx| {
            kept::insert(tx, &case(1, 10, "路灯"), &Index::in_reach(CITY)).await?;
            let listed = async |tx: &mut Tx, party: &str| {
                let filter = Filter { reader: reader(CITY, "p-a"), party: party.into(), limit: 9, ..Filter::default() };
                query::list(tx, &filter).await.map(|cases| cases.len())
            };
            // Heard twice, the second time nothing new; two submissions of one person are one case.
            for (submission, party) in [(1, "party-1"), (1, "party-1"), (2, "party-1"), (3, "party-2")] {
                index::add_party(tx, id(1), id(submission), party).await?;
            }
            assert_eq!((listed(tx, "party-1").await?, listed(tx, "party-2").await?, listed(tx, "party-3").await?), (1, 1, 0));
            index::remove_party(tx, id(1), id(3)).await?;
            index::remove_party(tx, id(1), id(1)).await?;
            assert_eq!((listed(tx, "party-1").await?, listed(tx, "party-2").await?), (1, 0));
            index::remove_party(tx, id(9), id(2)).await?;
            assert_eq!(listed(tx, "party-1").await?, 1);
            Ok(())
        })
        .await;
    })
    .await;
}

/// What an older version kept has nothing but the units; it is found again by everything once it is indexed.
#[tokio::test]
async fn stale_reindex() {
    on_both("ledger", &MIGRATIONS, async |db| {
        let mut dice = Dice(0x5A17_BE27_0000_0003);
        let all = town(&db, &mut dice).await;
        let everything = async || {
            let sql = "SELECT case_id, unit_id, led, book, state, origin, track, duty, owner, handler, receive_time, due
                       FROM case_reach ORDER BY case_id, unit_id LIMIT 1000";
            let rows = read(&db, async |tx: &mut Tx| {
                fetch_all!(tx, (Uuid, String, i64, i64, i64, i64, i64, i64, String, String, i64, i64), sql)
            });
            let terms = read(&db, async |tx: &mut Tx| {
                fetch_all!(
                    tx,
                    (String, i64, Uuid),
                    "SELECT term, propose_time, case_id FROM case_terms ORDER BY 1, 2, 3 LIMIT 9999"
                )
            });
            (rows.await, terms.await)
        };
        let before = everything().await;
        write(&db, async |tx: &mut Tx| {
            execute!(
                tx,
                "UPDATE case_reach SET led = 0, origin = 0, track = 0, handler = '', receive_time = 0, due = 0, indexed = 0"
            )?;
            execute!(tx, "UPDATE case_reach SET propose_time = 0, book = 0, state = 0, door = 0, duty = 0, owner = ''")?;
            execute!(tx, "DELETE FROM case_terms WHERE case_id > $1", id(50))?;
            // What the migration itself fills in is there at once.
            let (_, filling) = include_str!("../migrations/0110_finding.sql").split_once("snapshots only.\n").expect("a remark");
            execute!(tx, filling.split(';').next().expect("a statement"))?;
            for filter in [
                Filter::default(),
                Filter { states: vec![CaseState::Undertaken], book: Some(Book::Complaint), ..Filter::default() },
                Filter { owner: "p-o1".into(), duty: Some(PersonalDuty::Safety), ..Filter::default() },
                Filter { door: Some(Door::Confirmed), ..Filter::default() },
            ] {
                let filter = Filter { reader: reader(CITY, "p-b"), limit: 200, ..filter };
                let mut expected: Vec<&Known> = all.iter().filter(|known| known.passes(&filter)).collect();
                expected.sort_by_key(|known| Reverse(known.key()));
                let found = query::list(tx, &filter).await?;
                assert!(found.iter().map(|case| case.id).eq(expected.iter().map(|known| known.case.id)), "{filter:?}");
            }
            Ok(())
        })
        .await;
        let mut after = Uuid::nil();
        loop {
            let ids = read(&db, async |tx: &mut Tx| index::stale(tx, after, 7).await).await;
            let Some(last) = ids.last() else { break };
            after = *last;
            for id in ids {
                let known = all.iter().find(|known| known.case.id == id).expect("one of them");
                let parties = [(known.case.opening.submissions[0], known.party.clone()), (Uuid::max(), "nobody".to_owned())];
                // Two replicas at once: the second finds it done.
                for _ in 0..2 {
                    write(&db, async |tx: &mut Tx| index::reindex(tx, id, &known.case, &parties).await).await;
                    write(&db, async |tx: &mut Tx| index::set(tx, id, &known.case, &known.index.listed()).await).await;
                }
                let (mut found, mut expected) =
                    (read(&db, async |tx: &mut Tx| index::reach(tx, id).await).await, known.index.reach.clone());
                found.sort();
                expected.sort();
                assert_eq!(found, expected);
            }
        }
        assert_eq!(everything().await, before);
        let terms_anew = async |tx: &mut Tx| {
            execute!(tx, "DELETE FROM case_terms")?;
            for known in &all {
                index::set_terms(tx, known.case.id, &known.case).await?;
            }
            Ok(())
        };
        write(&db, terms_anew).await;
        assert_eq!(everything().await, before);
        assert!(read(&db, async |tx: &mut Tx| index::stale(tx, Uuid::nil(), 7).await).await.is_empty());
        let strangers = Filter { reader: reader(CITY, "p-b"), party: "nobody".into(), limit: 9, ..Filter::default() };
        assert!(read(&db, async |tx: &mut Tx| query::list(tx, &strangers).await).await.is_empty(), "who left meanwhile");
    })
    .await;
}

/// A function that is added to the store is named in a test that runs on both engines.
#[test]
fn every_function_of_the_store_is_held_against_both_engines() {
    let tests = include_str!("finding.rs");
    assert_held_against_both("query", include_str!("../src/finding/store/query.rs"), tests);
    assert_held_against_both("index", include_str!("../src/finding/store/index.rs"), tests);
}
