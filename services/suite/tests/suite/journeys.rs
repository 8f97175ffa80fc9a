//! The four journeys, in one process, on each engine.

use sanben::journey::{Complaint, Consultation, Journey, Meeting, RequestIds, Visit, play};

use crate::start::{BOTH, Engine, Suite};

async fn passes<J: Journey>(engine: Engine, journey: impl FnOnce(&Suite) -> J) {
    let suite = Suite::on(engine).await;
    let mut journey = journey(&suite);
    let mut told = Vec::new();
    let played = play(&mut journey, |key, _| told.push(key)).await;
    assert_eq!(played, Ok(()), "{engine:?}, after {told:?}");
    assert_eq!(told, journey.steps());
    suite.end().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_anonymous_complaint_goes_the_whole_way() {
    for engine in BOTH {
        passes(engine, |suite| Complaint::new(suite.town.clone(), RequestIds(suite.clock.id()))).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_a_visit_heard_comes_back_to_the_officer() {
    for engine in BOTH {
        passes(engine, |suite| Visit::new(suite.town.clone(), RequestIds(suite.clock.id()), &suite.clock)).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_meeting_walks_to_its_result_and_back() {
    for engine in BOTH {
        passes(engine, |suite| Meeting::new(suite.town.clone(), RequestIds(suite.clock.id()), &suite.clock)).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_question_is_answered_at_the_desk() {
    for engine in BOTH {
        passes(engine, |suite| Consultation::new(suite.town.clone(), RequestIds(suite.clock.id()))).await;
    }
}
