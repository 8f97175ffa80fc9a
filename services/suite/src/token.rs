use std::path::Path;

use clap::ArgMatches;
use sanben_access::{Caller, Role};
use sanben_clock::Clock;

use crate::config::present_issuer;
use crate::terminal::say;

const HOUR_SECS: u32 = 3600;

/// Prints a token of the development issuer for a person in named roles and a unit.
pub fn run(given: &ArgMatches) -> Result<(), String> {
    let text = |name: &str| given.get_one::<String>(name).cloned().unwrap_or_default();
    let roles = given.get_many::<String>("role").into_iter().flatten().filter_map(|name| Role::named(name)).collect();
    let caller = Caller { person: text("person"), unit: text("unit"), roles };
    let hours = given.get_one::<u32>("hours").copied().unwrap_or(1);
    if caller.person.trim().is_empty() {
        return Err("--person: must not be empty".to_owned());
    }
    let token = present_issuer(Path::new(&text("data")))?
        .mint(&caller, Clock::system().now(), hours.saturating_mul(HOUR_SECS))
        .map_err(|error| error.to_string())?;
    say(&token);
    Ok(())
}
