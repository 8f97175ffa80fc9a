//! How the suite answers as its books grow: the same questions over the public methods at several sizes, on both engines, side by side; and
//! what very many watchers cost one process. See the README beside it for what was found.
//!
//! `cargo bench -p sanben --bench scale -- --cases 2000,20000,200000 --engine sqlite,postgres --samples 200 --watchers 2000`

mod dice;
mod measure;
mod town;
mod watchers;
mod words;

use std::fmt::Display;
use std::io::Write as _;
use std::path::Path;
use std::time::{Duration, Instant};

use clap::{Arg, ArgAction, ArgMatches, Command, value_parser};
use comfy_table::{CellAlignment, Table, presets};
use measure::{Bureau, Measured, some_ids};
use sanben::client::Town;
use sanben_access::{Issuer, Org};
use sanben_clock::Clock;
use sanben_db::testing::postgres;
use sanben_host::testing::settings;
use sanben_host::{DatabaseAt, Host};
use town::{Ledger, Units, now};
use watchers::Report;

const SEED: [u8; 32] = [3; 32];
const IDS: usize = 200;
const SQLITE: &str = "sqlite";
const POSTGRES: &str = "postgres";

/// Everything that was measured at one size on one engine.
struct Column {
    engine: String,
    cases: usize,
    measured: Vec<Measured>,
}

/// An engine, the ledger's store on it, and where it is.
type Store = (String, Ledger, DatabaseAt);

#[tokio::main]
async fn main() {
    let given = command().get_matches();
    let number = |name: &str| *given.get_one::<usize>(name).expect("it has a default");
    let sizes: Vec<usize> = many(&given, "cases");
    let folder = tempfile::tempdir().expect("a temporary folder");
    let mut ledgers = Vec::new();
    for engine in many::<String>(&given, "engine") {
        let database = match engine.as_str() {
            SQLITE => DatabaseAt::Folder(folder.path().to_owned()),
            _ => DatabaseAt::Server(postgres().fresh_database().await),
        };
        ledgers.push((engine, Ledger::at(&address(&database)).await, database));
    }
    let mut columns = Vec::new();
    for cases in sizes {
        // All stores at once; what is measured is measured alone.
        let filling: Vec<_> = ledgers.drain(..).map(|ledger| tokio::spawn(filled(ledger, cases))).collect();
        for filled in filling {
            ledgers.push(filled.await.expect("filled"));
        }
        for (engine, ledger, database) in &ledgers {
            let measured = at_size(ledger, database.clone(), number("samples")).await;
            columns.push(Column { engine: engine.clone(), cases, measured });
        }
    }
    columns.sort_by(|one, other| (&other.engine, one.cases).cmp(&(&one.engine, other.cases)));
    for (_, ledger, _) in &ledgers {
        ledger.db().close().await;
    }
    if !columns.is_empty() {
        say(table(&columns));
    }
    if number("watchers") > 0 {
        say(told(&watchers::measure(number("watchers")).await));
    }
}

fn command() -> Command {
    let list = |name: &'static str, help: &'static str| Arg::new(name).long(name).value_delimiter(',').help(help);
    let number = |name: &'static str, default: &'static str, help: &'static str| {
        Arg::new(name).long(name).default_value(default).value_parser(value_parser!(usize)).help(help)
    };
    Command::new("scale")
        .arg(list("cases", "sizes, in growing order").default_value("2000,20000").value_parser(value_parser!(usize)))
        .arg(list("engine", "one or both").default_value("sqlite,postgres").value_parser([SQLITE, POSTGRES]))
        .arg(number("samples", "200", "how often each question is asked"))
        .arg(number("watchers", "2000", "who watch one process; 0 for none"))
        // What cargo adds.
        .arg(Arg::new("bench").long("bench").action(ArgAction::SetTrue).hide(true))
}

fn many<T: Clone + Send + Sync + 'static>(given: &ArgMatches, name: &str) -> Vec<T> {
    given.get_many::<T>(name).expect("it has a default").cloned().collect()
}

fn address(database: &DatabaseAt) -> String {
    let file = |folder: &Path| format!("sqlite:{}", folder.join("ledger.db").display());
    match database {
        DatabaseAt::Folder(folder) => file(folder),
        DatabaseAt::Server(address) => address.clone(),
    }
}

async fn filled((engine, mut ledger, database): Store, cases: usize) -> Store {
    let from = Instant::now();
    ledger.fill(cases).await;
    say(format!("{engine}: {cases} cases after {} s", from.elapsed().as_secs()));
    (engine, ledger, database)
}

/// All five services in this process, asked over a socket; they end before more is filled in.
async fn at_size(ledger: &Ledger, database: DatabaseAt, samples: usize) -> Vec<Measured> {
    let ids = some_ids(ledger.db(), IDS).await;
    let clock = Clock::fake(now());
    let issuer = || Issuer::new("bench", SEED).expect("a key of any seed");
    let settings = settings(database, issuer(), clock.clone());
    let mut running = Host::new(settings, sanben::SERVICES.to_vec()).start().await.expect("the suite starts");
    let town = Town::at(&format!("http://{}", running.address), issuer(), clock.clone(), "zh-CN").expect("an address");
    let units = Units::new(&Org::shipped());
    let measured = Bureau { town: &town, units: &units, clock: &clock }.all(samples, &ids).await;
    running.stopper().ask();
    running.wait().await.expect("everything ends");
    measured
}

/// A row for each question, a column for each size of each engine, and how the largest compares to the smallest.
fn table(columns: &[Column]) -> Table {
    let mut table = Table::new();
    table.load_style(presets::ASCII_MARKDOWN);
    let mut engines: Vec<&str> = columns.iter().map(|column| column.engine.as_str()).collect();
    engines.dedup();
    let of = |engine: &str| columns.iter().filter(move |column| column.engine == engine).collect::<Vec<_>>();
    let mut header = vec!["ms: median / p99 (items)".to_owned()];
    for engine in &engines {
        header.extend(of(engine).iter().map(|column| format!("{engine} {}", column.cases)));
        header.push("times".to_owned());
    }
    table.set_header(header);
    for (number, name) in columns[0].measured.iter().map(|measured| measured.name).enumerate() {
        let mut row = vec![name.to_owned()];
        for engine in &engines {
            let cells: Vec<&Measured> = of(engine).iter().map(|column| &column.measured[number]).collect();
            row.extend(cells.iter().map(|one| format!("{} / {} ({:.0})", ms(one.within(50)), ms(one.within(99)), one.items())));
            let (first, last) = (cells[0].within(50).as_secs_f64(), cells[cells.len() - 1].within(50).as_secs_f64());
            row.push(format!("{:.2}", last / first));
        }
        table.add_row(row);
    }
    for column in table.column_iter_mut().skip(1) {
        column.set_cell_alignment(CellAlignment::Right);
    }
    table
}

fn told(report: &Report) -> String {
    let at = |all: &[Duration], percent: usize| ms(all[(all.len() * percent).div_ceil(100).max(1) - 1]);
    let (before, after) = report.memory;
    let each = (after.saturating_sub(before)) as f64 / report.watchers as f64;
    format!(
        "{} watchers of one process: {:.1} MiB before, {:.1} MiB after, {each:.1} KiB each.\n\
         Woken after a change of a case that all of them see, in ms: median {} / p99 {}; the last of them: median {} / p99 {}.",
        report.watchers,
        before as f64 / 1024.0,
        after as f64 / 1024.0,
        at(&report.woken, 50),
        at(&report.woken, 99),
        at(&report.last, 50),
        at(&report.last, 99),
    )
}

/// A reader who has gone is no reason to stop measuring.
fn say(what: impl Display) {
    let _ = writeln!(std::io::stdout(), "{what}");
}

fn ms(took: Duration) -> String {
    format!("{:.1}", took.as_secs_f64() * 1000.0)
}
