//! Duties (待办): who must do what, by when, and why it is theirs, as one list for every role (`ListDuties`). The room owns the rows
//! of what is to be done in cases. `services/ledger/rules/src/case/duty.rs` works them out of a case; its table is printed in
//! `services/ledger/rules/src/case/matrix/snapshots/sanben_ledger_rules__case__matrix__duties__matrix.snap`.
//!
//! Whose: somebody's in person, or of everybody with a role in one very unit. For a first contact, the desks are those of the gate
//! unit and of every unit above it. The office, the leader in charge and the supervisor of a station are those of its sub-bureau,
//! also when they are told of it (`services/notification/src/telling.rs`).
//!
//! By when: what comes before the reply is due with 办结, or by the day that another authority set; what stands still is not due.
//!
//! The rows (`store.rs`) are written with the case as far as they changed, in the order of the list: by when it is due, what
//! nothing says of last, then since when it waits. One that can be done only later (特殊销号, when the days for a verdict are over)
//! stands there and is not shown before. Each is asked of the rules again when it is shown ([`list_duties`]), so the list holds
//! nothing that would be refused, and no numbers of what is not there.
//!
//! The first page has more beside it:
//!
//! * what the ledger has that is of no case ([`programmes`]): drives that wait to be closed and problems that wait for a measure,
//!   for whoever signs for their unit; measures to be judged, for its office, or that of the sub-bureau above a station. The city's
//!   office may judge them all, but has only its own to do. A drive of whose list somebody sees nothing is not there for them here,
//!   either;
//! * what other services have ([`elsewhere`]): the desk's triage, planned visits, meetings to be held and what was suggested in
//!   them. Each of these lists has an order of what is to be done (`to_do`), what is due first and then what waits longest, and is
//!   cut by itself, so nothing older is cut off by what came later. A service that does not answer within two seconds, or has more,
//!   is named.
//!
//! Asks: intake `ListSubmissions`, liaison `ListVisits`, meeting `ListMeetings` and `ListSuggestions`, in the caller's own right;
//! these read their own store and call nobody. Says and hears nothing.

pub mod elsewhere;
pub mod list_duties;
pub mod programmes;
pub mod projection;
pub mod store;
pub mod view;
