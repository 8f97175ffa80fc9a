use clap::ArgMatches;
use sanben_host::{Host, Running, Telemetry};
use tokio::signal::unix::{SignalKind, signal};

use crate::SERVICES;
use crate::config;
use crate::page::PAGE;
use crate::terminal::{say, say_error};
use crate::words::Words;

/// Runs all services, or those that are named, until a signal.
pub async fn run(given: &ArgMatches, words: &Words) -> Result<(), String> {
    if given.get_flag("print-config") {
        say(&config::print(given));
        return Ok(());
    }
    let names: Vec<&String> = match given.try_get_many::<String>("services") {
        Ok(names) => names.into_iter().flatten().collect(),
        Err(_) => Vec::new(),
    };
    let services: Vec<_> =
        SERVICES.into_iter().filter(|service| names.is_empty() || names.iter().any(|name| *name == service.name)).collect();
    let settings = config::settings(given)?;
    let telemetry = telemetry(given)?;
    let running_names = services.iter().map(|service| service.name).collect::<Vec<_>>().join(" ");
    let page = if services.len() == SERVICES.len() { PAGE } else { &[] };
    let running = Host::new(settings, services).serving(page).start().await?;
    let address = running.address.to_string();
    say(&words.say_with("up", &[("services", running_names), ("address", address)]));
    if given.get_flag("dev-issuer") {
        say_error(&words.say("dev-issuer-on"));
    }
    let ended = until_signal(running, words).await;
    telemetry.end();
    ended
}

/// Starts traces and logs as the options say.
pub fn telemetry(given: &ArgMatches) -> Result<Telemetry, String> {
    let text = |name: &str| given.get_one::<String>(name).map(String::as_str);
    Telemetry::start(text("log").unwrap_or("warn"), text("otlp"))
}

/// Waits: the first signal drains, the second stops at once.
pub async fn until_signal(mut running: Running, words: &Words) -> Result<(), String> {
    let mut terminate = signal(SignalKind::terminate()).map_err(|error| error.to_string())?;
    let mut interrupt = signal(SignalKind::interrupt()).map_err(|error| error.to_string())?;
    let stop = running.stopper();
    let asked = async {
        loop {
            tokio::select! {
                _ = terminate.recv() => {}
                _ = interrupt.recv() => {}
            }
            if stop.ask() {
                say(&words.say("draining"));
            } else {
                say(&words.say("aborting"));
                return;
            }
        }
    };
    tokio::select! {
        ended = running.wait() => ended,
        () = asked => Err("stopped before everything had ended".to_owned()),
    }
}
