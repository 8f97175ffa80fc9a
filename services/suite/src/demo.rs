use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use clap::ArgMatches;
use clap::parser::ValueSource;
use comfy_table::{Table, presets};
use indicatif::{ProgressBar, ProgressStyle};
use sanben_access::{Org, Role};
use sanben_clock::Clock;
use sanben_host::{Host, Lang, Running, Settings};
use sanben_proto::intake::{ListSubmissionsRequest, SubmissionState};
use sanben_proto::kinds::{Book, Channel};
use sanben_proto::ledger::{Door, ListCasesRequest, ListPraisesRequest};

use crate::SERVICES;
use crate::client::{Town, patient};
use crate::config;
use crate::issuer_at;
use crate::journey::{
    Complaint, Consultation, External, JointHandling, Journey, MassParty, Meeting, MixedLetter, Praise, RepeatedPetition,
    RequestIds, SecondDoor, Visit, Voices, play,
};
use crate::page::PAGE;
use crate::terminal::say;
use crate::up;
use crate::words::Words;

const PAGE_SIZE: i32 = 200;

/// Plays the journeys in a fresh folder, tells who did what, counts, and then serves or, with `--exit`, ends.
pub async fn run(given: &ArgMatches, words: &Words) -> Result<(), String> {
    if given.get_flag("print-config") {
        say(&config::print(given));
        return Ok(());
    }
    let (data, _guard) = fresh_folder(given)?;
    let telemetry = up::telemetry(given)?;
    let running = start(given, &data).await?;
    let address = format!("http://{}", running.address);
    say(&words.say_with("demo-begins", &[("address", address.clone()), ("data", data.display().to_string())]));
    let ended = perform(&address, &data, words).await;
    let ended = match ended {
        Ok(()) if !given.get_flag("exit") => {
            say("");
            say(&words.say_with("demo-serves", &[("address", running.address.to_string()), ("data", data.display().to_string())]));
            up::until_signal(running, words).await
        }
        other => {
            let mut running = running;
            running.stopper().ask();
            other.and(running.wait().await)
        }
    };
    telemetry.end();
    ended
}

/// The folder named, which must be empty, or a temporary one that goes with the guard.
fn fresh_folder(given: &ArgMatches) -> Result<(PathBuf, Option<tempfile::TempDir>), String> {
    if given.value_source("data") == Some(ValueSource::DefaultValue) {
        let guard = tempfile::tempdir().map_err(|error| error.to_string())?;
        return Ok((guard.path().to_owned(), Some(guard)));
    }
    let data = PathBuf::from(given.get_one::<String>("data").cloned().unwrap_or_default());
    let occupied = std::fs::read_dir(&data).is_ok_and(|mut entries| entries.next().is_some());
    if occupied { Err(format!("--data {}: must be empty for the demo", data.display())) } else { Ok((data, None)) }
}

async fn start(given: &ArgMatches, data: &Path) -> Result<Running, String> {
    let settings = Settings {
        database: sanben_host::DatabaseAt::Folder(data.to_owned()),
        also_trust: Some(issuer_at(data)?),
        ..config::settings_in(given, data)?
    };
    Host::new(settings, SERVICES.to_vec()).serving(PAGE).start().await
}

async fn perform(address: &str, data: &Path, words: &Words) -> Result<(), String> {
    let clock = Clock::system();
    let town = Town::at(address, issuer_at(data)?, clock.clone(), words.lang.tag())?;
    let ids = || RequestIds(clock.id());
    tell(&mut Complaint::new(town.clone(), ids()), words).await?;
    tell(&mut Visit::new(town.clone(), ids(), &clock), words).await?;
    tell(&mut Meeting::new(town.clone(), ids(), &clock), words).await?;
    tell(&mut Consultation::new(town.clone(), ids()), words).await?;
    tell(&mut MixedLetter::new(town.clone(), ids()), words).await?;
    tell(&mut Praise::new(town.clone(), ids()), words).await?;
    tell(&mut SecondDoor::new(town.clone(), ids()), words).await?;
    tell(&mut JointHandling::new(town.clone(), ids()), words).await?;
    tell(&mut MassParty::new(town.clone(), ids()), words).await?;
    tell(&mut RepeatedPetition::new(town.clone(), ids()), words).await?;
    tell(&mut External::new(town.clone(), ids()), words).await?;
    tell(&mut Voices::new(town.clone(), ids(), &clock), words).await?;
    say("");
    say(&words.say("demo-table"));
    say(&table(&town, words).await?);
    Ok(())
}

/// Plays one journey with a progress bar and a line for each step.
async fn tell<J: Journey>(journey: &mut J, words: &Words) -> Result<(), String> {
    let bar = ProgressBar::new(journey.steps().len() as u64);
    // The template is a constant of this file.
    bar.set_style(ProgressStyle::with_template("{bar:30.cyan/blue} {pos:>2}/{len} {msg}").map_err(|error| error.to_string())?);
    bar.set_message(words.say(journey.title()));
    say(&format!("\n== {} ==", words.say(journey.title())));
    play(journey, |key, facts| {
        let facts = facts.into_iter().map(|(name, value)| (name, readable(name, value, words))).collect::<Vec<_>>();
        bar.suspend(|| say(&format!("  {}", words.say_with(key, &facts))));
        bar.inc(1);
    })
    .await?;
    bar.finish_and_clear();
    Ok(())
}

/// Units by their name, outcomes in words; everything else as it is.
fn readable(name: &str, value: String, words: &Words) -> String {
    match name {
        "unit" => Org::shipped()
            .unit(&value)
            .map_or(value, |unit| if words.lang == Lang::En { unit.name_en.clone() } else { unit.name.clone() }),
        "outcome" => words.say(&format!("outcome-{value}")),
        "origin" => words.say(&format!("table-{value}")),
        _ => value,
    }
}

/// What the city's office and desk count.
#[derive(Default)]
struct Counts {
    /// Cases, by origin and book.
    cases: BTreeMap<(i32, i32), u32>,
    /// Submissions that the desk answered, by origin.
    answered: BTreeMap<i32, u32>,
    /// By origin.
    praise: BTreeMap<i32, u32>,
    /// Cases that left the open book, by door.
    doors: BTreeMap<i32, u32>,
}

async fn table(town: &Town, words: &Words) -> Result<String, String> {
    let mut counts = Counts::default();
    count_cases(town, &mut counts).await?;
    count_praise(town, &mut counts).await?;
    count_answered(town, &mut counts).await?;
    let door = |door: Door| counts.doors.get(&(door as i32)).copied().unwrap_or_default().to_string();
    let doors = [("confirmed", door(Door::Confirmed)), ("exception", door(Door::Exception))];
    Ok(format!("{}\n{}", draw(&counts, words), words.say_with("table-doors", &doors)))
}

async fn count_cases(town: &Town, counts: &mut Counts) -> Result<(), String> {
    let office = town.officer("p-city-office", "city", &[Role::Office]);
    let mut request = ListCasesRequest { page_size: PAGE_SIZE, ..ListCasesRequest::default() };
    loop {
        let page =
            office.cases.clone().list_cases(patient(request.clone())).await.map_err(|status| status.to_string())?.into_inner();
        for case in page.cases {
            *counts.cases.entry((case.origin, case.book)).or_default() += 1;
            *counts.doors.entry(case.door).or_default() += 1;
        }
        if page.next_page_token.is_empty() {
            return Ok(());
        }
        request.page_token = page.next_page_token;
    }
}

async fn count_praise(town: &Town, counts: &mut Counts) -> Result<(), String> {
    let office = town.officer("p-city-office", "city", &[Role::Office]);
    let mut request = ListPraisesRequest { page_size: PAGE_SIZE, ..ListPraisesRequest::default() };
    loop {
        let page =
            office.praises.clone().list_praises(patient(request.clone())).await.map_err(|status| status.to_string())?.into_inner();
        for praise in page.praises {
            *counts.praise.entry(praise.origin).or_default() += 1;
        }
        if page.next_page_token.is_empty() {
            return Ok(());
        }
        request.page_token = page.next_page_token;
    }
}

async fn count_answered(town: &Town, counts: &mut Counts) -> Result<(), String> {
    let desk = town.officer("p-city-desk", "city", &[Role::DeskOfficer]);
    let mut request = ListSubmissionsRequest {
        page_size: PAGE_SIZE,
        state: SubmissionState::Answered as i32,
        ..ListSubmissionsRequest::default()
    };
    loop {
        let page =
            desk.desk.clone().list_submissions(patient(request.clone())).await.map_err(|status| status.to_string())?.into_inner();
        for submission in page.submissions {
            *counts.answered.entry(submission.channel).or_default() += 1;
        }
        if page.next_page_token.is_empty() {
            return Ok(());
        }
        request.page_token = page.next_page_token;
    }
}

fn draw(counts: &Counts, words: &Words) -> String {
    let books = [Book::Suggestion, Book::Demand, Book::Complaint];
    let mut table = Table::new();
    table.load_style(presets::UTF8_FULL_CONDENSED);
    let mut header = vec![words.say("table-origin")];
    header.extend(books.iter().map(|book| words.say(&format!("table-{}", book.as_str_name()))));
    header.extend([words.say("table-answered"), words.say("table-praise")]);
    table.set_header(header);
    let of_cases = counts.cases.keys().map(|(origin, _)| *origin);
    let origins: BTreeSet<i32> = of_cases.chain(counts.answered.keys().copied()).chain(counts.praise.keys().copied()).collect();
    for origin in origins {
        let name = Channel::try_from(origin).unwrap_or_default().as_str_name();
        let mut row = vec![words.say(&format!("table-{name}"))];
        row.extend(books.iter().map(|book| counts.cases.get(&(origin, *book as i32)).copied().unwrap_or_default().to_string()));
        row.extend([&counts.answered, &counts.praise].map(|of| of.get(&origin).copied().unwrap_or_default().to_string()));
        table.add_row(row);
    }
    table.to_string()
}
