use std::ffi::OsString;
use std::process::ExitCode;

use clap::builder::PossibleValuesParser;
use clap::parser::ValueSource;
use clap::{Arg, ArgAction, ArgMatches, Command};
use sanben_access::Role;
use uuid::Uuid;

use crate::SERVICES;
use crate::calendar;
use crate::config::OPTIONS;
use crate::demo;
use crate::letters;
use crate::mails;
use crate::terminal::say_error;
use crate::token;
use crate::up;
use crate::words::Words;

/// Runs the command line. The exit code is 0 if everything ended as it should, 2 for a command that cannot be understood, else 1.
pub fn run(arguments: impl IntoIterator<Item = OsString>) -> ExitCode {
    let arguments: Vec<OsString> = arguments.into_iter().collect();
    let words = Words::of(&arguments);
    let matches = match grammar(&words).try_get_matches_from(&arguments) {
        Ok(matches) => matches,
        Err(error) => {
            let failed = error.use_stderr();
            // Nothing can be said when the terminal is gone.
            let _ = error.print();
            return if failed { ExitCode::from(2) } else { ExitCode::SUCCESS };
        }
    };
    match dispatch(&matches, &words) {
        Ok(()) => ExitCode::SUCCESS,
        Err(problem) => {
            say_error(&words.say_with("failed", &[("problem", problem)]));
            ExitCode::FAILURE
        }
    }
}

fn dispatch(matches: &ArgMatches, words: &Words) -> Result<(), String> {
    // They would be taken for nothing.
    let given = OPTIONS.iter().find(|option| matches.value_source(option.name) == Some(ValueSource::CommandLine));
    if let Some((command, option)) = matches.subcommand_name().zip(given) {
        return Err(words.say_with("option-before", &[("option", format!("--{}", option.name)), ("command", command.to_owned())]));
    }
    match matches.subcommand() {
        Some(("demo", given)) => block_on(demo::run(given, words)),
        Some(("token", given)) => token::run(given),
        Some(("letters", given)) => match given.subcommand() {
            Some(("replay", given)) => block_on(letters::replay_now(given, words)),
            Some((_, given)) => block_on(letters::list(given, words)),
            None => Ok(()),
        },
        Some(("mails", given)) => match given.subcommand() {
            Some(("retry", given)) => block_on(mails::retry(given, words)),
            Some((_, given)) => block_on(mails::list(given, words)),
            None => Ok(()),
        },
        Some(("calendar", given)) => match given.subcommand() {
            Some(("check", given)) => calendar::check(given, words),
            Some(("load", given)) => block_on(calendar::load(given, words)),
            Some((_, given)) => block_on(calendar::show(given, words)),
            None => Ok(()),
        },
        Some(("up", given)) => block_on(up::run(given, words)),
        _ => block_on(up::run(matches, words)),
    }
}

fn block_on(work: impl Future<Output = Result<(), String>>) -> Result<(), String> {
    tokio::runtime::Builder::new_multi_thread().enable_all().build().map_err(|error| error.to_string())?.block_on(work)
}

fn grammar(words: &Words) -> Command {
    let lang = Arg::new("lang").long("lang").value_name("zh-CN|en").global(true).help(words.say("option-lang"));
    let root = Command::new("sanben")
        .version(env!("CARGO_PKG_VERSION"))
        .about(words.say("about"))
        .after_help(words.say("examples"))
        .arg(lang)
        .subcommand(with_options(Command::new("up").about(words.say("about-up")), words).arg(services(words)))
        .subcommand(
            with_options(Command::new("demo").about(words.say("about-demo")), words)
                .arg(Arg::new("exit").long("exit").action(ArgAction::SetTrue).help(words.say("option-exit"))),
        )
        .subcommand(token_grammar(words))
        .subcommand(letters_grammar(words))
        .subcommand(mails_grammar(words))
        .subcommand(calendar_grammar(words));
    with_options(root, words)
}

fn services(words: &Words) -> Arg {
    Arg::new("services")
        .value_name("SERVICE")
        .num_args(0..)
        .value_parser(PossibleValuesParser::new(SERVICES.iter().map(|service| service.name)))
        .help(words.say("option-services"))
}

fn token_grammar(words: &Words) -> Command {
    let needed = |name: &'static str| Arg::new(name).long(name).required(true).help(words.say(&format!("option-{name}")));
    Command::new("token")
        .about(words.say("about-token"))
        .arg(
            needed("role")
                .action(ArgAction::Append)
                .value_parser(PossibleValuesParser::new(Role::ALL.iter().map(|role| role.name()))),
        )
        .arg(needed("person"))
        .arg(Arg::new("unit").long("unit").default_value("").help(words.say("option-unit")))
        .arg(
            Arg::new("hours")
                .long("hours")
                .default_value("12")
                .value_parser(clap::value_parser!(u32).range(1..=744))
                .help(words.say("option-hours")),
        )
        .arg(
            Arg::new("data")
                .long("data")
                .value_name("DIR")
                .env("SANBEN_DATA")
                .default_value("sanben-data")
                .help(words.say("option-data")),
        )
}

fn letters_grammar(words: &Words) -> Command {
    let chosen = |name: &'static str| {
        let command = Command::new(name).about(words.say(&format!("about-letters-{name}")));
        with_some_options(command, words, &["data", "database"])
            .arg(services(words))
            .arg(Arg::new("consumer").long("consumer").value_name("NAME").help(words.say("option-consumer")))
            .arg(
                Arg::new("aggregate")
                    .long("aggregate")
                    .value_name("UUID")
                    .value_parser(clap::value_parser!(Uuid))
                    .help(words.say("option-aggregate")),
            )
    };
    let patience = Arg::new("wait-secs")
        .long("wait-secs")
        .value_name("SECONDS")
        .default_value("30")
        .value_parser(clap::value_parser!(u64))
        .help(words.say("option-wait-secs"));
    Command::new("letters")
        .about(words.say("about-letters"))
        .subcommand_required(true)
        .subcommand(chosen("list"))
        .subcommand(chosen("replay").arg(patience))
}

fn mails_grammar(words: &Words) -> Command {
    let named = |name: &'static str| {
        let command = Command::new(name).about(words.say(&format!("about-mails-{name}")));
        with_some_options(command, words, &["data", "database"])
    };
    let command = Command::new("mails").about(words.say("about-mails")).subcommand_required(true);
    command.subcommand(named("list")).subcommand(named("retry"))
}

fn calendar_grammar(words: &Words) -> Command {
    let named = |name: &'static str| Command::new(name).about(words.say(&format!("about-calendar-{name}")));
    let stored = |name: &'static str| with_some_options(named(name), words, &["data", "database"]);
    let file = || Arg::new("file").value_name("FILE").required(true).help(words.say("option-file"));
    let reason = Arg::new("reason").long("reason").value_name("TEXT").help(words.say("option-reason"));
    let year = Arg::new("year")
        .long("year")
        .value_name("YEAR")
        .value_parser(clap::value_parser!(i32).range(1900..=9000))
        .help(words.say("option-year"));
    Command::new("calendar")
        .about(words.say("about-calendar"))
        .subcommand_required(true)
        .subcommand(named("check").arg(file()))
        .subcommand(stored("load").arg(file()).arg(reason))
        .subcommand(stored("show").arg(year))
}

fn with_options(command: Command, words: &Words) -> Command {
    let all: Vec<&str> = OPTIONS.iter().map(|option| option.name).collect();
    with_some_options(command, words, &all)
}

fn with_some_options(command: Command, words: &Words, names: &[&str]) -> Command {
    OPTIONS.iter().filter(|option| names.contains(&option.name)).fold(command, |command, option| {
        let arg = Arg::new(option.name).long(option.name).help(words.say(&format!("option-{}", option.name)));
        command.arg(match option.value {
            None => arg.action(ArgAction::SetTrue).env(option.env).hide_env(true),
            Some(value) => match option.default {
                None => arg.value_name(value).env(option.env),
                Some(default) => arg.value_name(value).env(option.env).default_value(default),
            },
        })
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_stands_before_a_command_is_not_lost_without_a_word() {
        let given = ["sanben", "--lang", "en", "--listen", "127.0.0.1:1", "up", "--print-config"].map(OsString::from);
        let words = Words::of(&given);
        let matches = grammar(&words).try_get_matches_from(&given).expect("options and a command");
        let refused = dispatch(&matches, &words).expect_err("it is refused");
        assert_eq!(refused, "--listen belongs behind the command: sanben up --listen …");
    }
}
