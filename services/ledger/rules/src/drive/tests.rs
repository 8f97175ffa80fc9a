use sanben_proto::kinds::{Channel, Track};

use super::*;
use crate::case;

const NOW: Ts = Ts::from_micros(1_700_000_000_000_000);

fn signed(tenure: Option<&str>) -> Signed {
    Signed {
        person: "p-lianhu-chief".into(),
        unit: "lianhu".into(),
        role: "chief".into(),
        tenure: tenure.map(str::to_owned),
        deputy: false,
        at: NOW,
    }
}

fn opening() -> Opening {
    Opening {
        title: "清仓".into(),
        unit: "lianhu".into(),
        before: NOW,
        book: None,
        due: "2026-06-30".into(),
        signed: signed(Some("t-lianhu-chief")),
    }
}

fn closing(reason: &str, left: i64) -> Closing {
    Closing { reason: reason.into(), left, signed: signed(Some("t-lianhu-chief")) }
}

fn drive(state: State) -> Drive {
    Drive { revision: 1, state, ..Drive::new(Uuid::nil(), opening()) }
}

/// What the signer sees, by how many of two cases are open.
fn seen(open: i64, remained: i64) -> Progress {
    Progress { total: 2, confirmed: 2 - open, exception: 0, remained }
}

fn name_of(drive: &Drive, seen: &Progress) -> &'static str {
    match drive.named(seen) {
        DriveState::Unspecified => "?",
        DriveState::Open => "进行中",
        DriveState::Zero => "已归零",
        DriveState::NotZero => "未归零结束",
    }
}

fn refusal(refusal: &Refusal) -> &'static str {
    match refusal {
        Refusal::NotTheChief { .. } => "须主官签字",
        Refusal::Empty => "没有积案",
        Refusal::TooLarge { .. } => "积案过多",
        Refusal::Closed => "—",
        Refusal::NotZero { .. } => "须写理由",
    }
}

#[test]
fn state_by_command() {
    let states = [
        ("进行中，全部销号", drive(State::Open), seen(0, 0)),
        ("进行中，尚有未销号", drive(State::Open), seen(1, 0)),
        ("已归零", drive(State::Closed(closing("", 0))), seen(0, 0)),
        ("已归零，又有重新办理", drive(State::Closed(closing("", 0))), seen(1, 0)),
        ("未归零结束", drive(State::Closed(closing("转入常态办理", 1))), seen(1, 1)),
    ];
    let mut table = String::from("| 清仓状态 | 结束，不写理由 | 结束，写明理由 |\n| --- | --- | --- |");
    for (name, drive, seen) in &states {
        table.push_str(&format!("\n| {name} |"));
        for reason in ["", "转入常态办理"] {
            // Marked in the transaction that closes it: what is open then, remains.
            let cell = match close(drive, closing(reason, seen.open()), seen.open()) {
                Err(refused) => refusal(&refused).to_owned(),
                Ok(event) => {
                    let mut after = drive.clone();
                    apply(&mut after, &event);
                    format!("→{}", name_of(&after, &Progress { remained: seen.open(), ..*seen }))
                }
            };
            table.push_str(&format!(" {cell} |"));
        }
    }
    insta::assert_snapshot!("drive", table);
}

#[test]
fn only_a_chief_in_office_signs() {
    let refused = Refusal::NotTheChief { unit: "lianhu".into() };
    assert_eq!(open(&Opening { signed: signed(None), ..opening() }, 0), Err(refused.clone()));
    let unsigned = Closing { signed: signed(None), ..closing("理由", 0) };
    assert_eq!(close(&drive(State::Open), unsigned, 1), Err(refused));
}

#[test]
fn a_list_has_one_case_at_least_and_two_thousand_at_most() {
    for (cases, expected) in [(0, Some(Refusal::Empty)), (1, None), (2000, None), (2001, Some(Refusal::TooLarge { most: 2000 }))] {
        assert_eq!(open(&opening(), cases).err(), expected, "{cases}");
    }
}

#[test]
fn who_sees_nothing_open_is_asked_for_nothing_and_sees_zero() {
    let mut it = drive(State::Open);
    let event = close(&it, closing("", 1), 0).expect("they see that all is cleared");
    apply(&mut it, &event);
    assert_eq!(it.named(&seen(0, 0)), DriveState::Zero, "for whom the case is kept from");
    assert_eq!(it.named(&seen(1, 1)), DriveState::NotZero);
    assert!(matches!(&it.state, State::Closed(closing) if closing.left == 1), "and the event says so");
}

fn case(number: Option<&str>, state: case::State) -> Case {
    let opening = case::Opening {
        submissions: vec![Uuid::nil()],
        book: Book::Demand,
        track: Track::Petition,
        origin: Channel::Online,
        title: "路灯".into(),
        summary: "路灯不亮".into(),
        lead_unit: "lianhu".into(),
        gate_unit: "lianhu".into(),
        gate_chain: vec!["lianhu".into(), "city".into()],
        accused_units: Vec::new(),
        accused_persons: Vec::new(),
        sealed: false,
        parties: 1,
        external: None,
        received: Ts::from_micros(NOW.micros() - 1),
        proposed: NOW,
        presets: case::presets::Chosen::Shipped,
    };
    Case { number: number.map(str::to_owned), state, ..Case::open(Uuid::nil(), opening) }
}

#[test]
fn on_the_list_is_what_is_registered_open_old_and_of_the_unit() {
    let number = Some("诉〔2023〕7F3K2Q");
    let within = |unit: &str| unit == "lianhu";
    let here = case(number, case::State::Registered);
    assert!(opening().covers(&here, within));
    assert!(!opening().covers(&case(None, case::State::Proposed), within), "not registered");
    assert!(!opening().covers(&case(None, case::State::Assigned), within), "assigned urgently, not signed");
    assert!(!opening().covers(&case(number, case::State::Declined), within));
    assert!(!opening().covers(&here, |_| false), "led elsewhere");
    assert!(!Opening { before: here.received(), ..opening() }.covers(&here, within), "received at that instant");
    assert!(!Opening { book: Some(Book::Suggestion), ..opening() }.covers(&here, within), "of another book");
    assert!(Opening { book: Some(Book::Demand), ..opening() }.covers(&here, within));
    let report = case::Report {
        handler: "p-h".into(),
        outcome: sanben_proto::kinds::Outcome::Explained,
        reviews: Vec::new(),
        opinion: false,
    };
    let reply = case::Reply { report, delivered: NOW, verdict_deadline: NOW, opinion: None };
    let door = sanben_proto::ledger::Door::Exception;
    assert!(!opening().covers(&case(number, case::State::StruckOff { reply, door }), within));
}
