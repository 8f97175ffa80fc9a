use super::*;

fn invitation(number: u128) -> Invitation {
    Invitation {
        id: Uuid::from_u128(number),
        category: InvitationCategory::Citizen,
        party_ref: Uuid::from_u128(number + 1000),
        answer: InvitationAnswer::Unspecified,
        attended: false,
    }
}

/// With invitations 1 to `invited`.
fn meeting(state: State, invited: u128) -> Meeting {
    Meeting {
        id: Uuid::nil(),
        revision: 1,
        unit: "beilin-nandajie".into(),
        topic: "交通管理".into(),
        date: "2026-03-02".into(),
        state,
        invitations: (1..=invited).map(invitation).collect(),
        convened: Ts::from_micros(0),
        suggestions: 0,
    }
}

fn hold(attended: &[u128]) -> Command {
    Command::Hold { attended: attended.iter().copied().map(Uuid::from_u128).collect() }
}

/// The answer to each verb in each state: `None` if it happens.
#[test]
fn which_verb_applies_where() {
    use Refusal::{AlreadyHeld, CameTwice, InvitationUnknown, NobodyCame, TooManyInvited};
    let answer = |number| Command::Answer { invitation: Uuid::from_u128(number), answer: InvitationAnswer::Accepted };
    let held = Some(AlreadyHeld);
    let table = [
        ("invite", 2, Command::Invite(invitation(9)), None, held),
        ("invite the 200th", 199, Command::Invite(invitation(999)), None, held),
        ("invite the 201st", 200, Command::Invite(invitation(999)), Some(TooManyInvited), held),
        ("answer", 2, answer(2), None, held),
        ("answer of another meeting", 2, answer(7), Some(InvitationUnknown(None)), held),
        ("hold", 2, hold(&[2, 1]), None, held),
        ("hold without anybody", 2, hold(&[]), Some(NobodyCame), held),
        ("hold with a stranger", 2, hold(&[1, 7]), Some(InvitationUnknown(Some(1))), held),
        ("hold with somebody twice", 2, hold(&[1, 2, 1]), Some(CameTwice(2)), held),
    ];
    for (name, invited, command, convened, held) in table {
        assert_eq!(decide(&meeting(State::Convened, invited), command.clone()).err(), convened, "{name}, convened");
        assert_eq!(decide(&meeting(State::Held, invited), command).err(), held, "{name}, held");
    }
}

#[test]
fn suggestions_are_recorded_after_the_meeting() {
    let mut held = meeting(State::Held, 2);
    assert_eq!(speaker(&meeting(State::Convened, 2), None), Err(Refusal::NotHeld));
    assert_eq!(speaker(&held, None), Ok(None));
    assert_eq!(speaker(&held, Some(Uuid::from_u128(2))), Ok(Some(Uuid::from_u128(1002))));
    assert_eq!(speaker(&held, Some(Uuid::from_u128(7))), Err(Refusal::InvitationUnknown(None)));
    held.suggestions = SUGGESTIONS_MAX;
    assert_eq!(speaker(&held, None), Err(Refusal::TooManySuggestions));
}

#[test]
fn a_meeting_is_convened_for_today_or_later() {
    let today = Ts::from_micros(0).date();
    let yesterday = today.previous_day().expect("a day before 1970");
    assert_eq!(may_convene(today, today), Ok(()));
    assert_eq!(may_convene(yesterday, today), Err(Refusal::DateInThePast { today }));
}

#[test]
fn those_who_came_are_marked() {
    let mut meeting = meeting(State::Convened, 3);
    let event = decide(&meeting, hold(&[3, 1])).expect("all are invited");
    apply(&mut meeting, &event);
    assert_eq!(meeting.invitations.iter().map(|invited| invited.attended).collect::<Vec<_>>(), [true, false, true]);
    assert_eq!((meeting.state, meeting.revision), (State::Held, 2));
}
