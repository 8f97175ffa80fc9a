//! Every journey in every shape: one process on each engine, five processes, ten processes.

use sanben::client::Town;
use sanben::journey::{
    Complaint, Consultation, External, JointHandling, Journey, MassParty, Meeting, MixedLetter, Praise, RepeatedPetition,
    RequestIds, SecondDoor, Visit, Voices, play,
};
use sanben_clock::Clock;

use crate::fleet::Fleet;
use crate::start::{Engine, Suite};

/// Plays a journey; what went wrong, and after which steps.
async fn passes<J: Journey>(mut journey: J) -> Result<(), String> {
    let mut told = Vec::new();
    let played = play(&mut journey, |key, _| told.push(key)).await;
    played.map_err(|why| format!("{}, after {told:?}: {why}", journey.title()))?;
    assert_eq!(told, journey.steps());
    Ok(())
}

/// Plays all of them at once, as a town does.
pub async fn all_pass(town: &Town, clock: &Clock) {
    let ids = || RequestIds(clock.id());
    let played: [Result<(), String>; 12] = tokio::join!(
        passes(Complaint::new(town.clone(), ids())),
        passes(Visit::new(town.clone(), ids(), clock)),
        passes(Meeting::new(town.clone(), ids(), clock)),
        passes(Consultation::new(town.clone(), ids())),
        passes(MixedLetter::new(town.clone(), ids())),
        passes(Praise::new(town.clone(), ids())),
        passes(SecondDoor::new(town.clone(), ids())),
        passes(JointHandling::new(town.clone(), ids())),
        passes(MassParty::new(town.clone(), ids())),
        passes(RepeatedPetition::new(town.clone(), ids())),
        passes(External::new(town.clone(), ids())),
        passes(Voices::new(town.clone(), ids(), clock)),
    )
    .into();
    let failed: Vec<String> = played.into_iter().filter_map(Result::err).collect();
    assert!(failed.is_empty(), "{}", failed.join("\n"));
}

#[tokio::test(flavor = "multi_thread")]
async fn all_journeys_pass_in_one_process_on_sqlite() {
    let suite = Suite::on(Engine::Sqlite).await;
    all_pass(&suite.town, &suite.clock).await;
    suite.end().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn all_journeys_pass_in_one_process_on_postgresql() {
    let suite = Suite::on(Engine::Postgres).await;
    all_pass(&suite.town, &suite.clock).await;
    suite.end().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn all_journeys_pass_in_five_processes() {
    let fleet = Fleet::start(1).await;
    all_pass(&fleet.town, &fleet.clock).await;
    fleet.end().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn all_journeys_pass_in_ten_processes() {
    let fleet = Fleet::start(2).await;
    all_pass(&fleet.town, &fleet.clock).await;
    fleet.end().await;
}
