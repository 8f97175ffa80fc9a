use std::collections::HashMap;
use std::fs;
use std::io::Write as _;
use std::net::SocketAddr;
use std::path::{Path, PathBuf};

use clap::ArgMatches;
use clap::parser::ValueSource;
use sanben_access::{Issuer, Org};
use sanben_clock::Clock;
use sanben_db::Db;
use sanben_host::{DatabaseAt, Settings};
use sanben_mail::{Mailer, Misfit, Options};

use crate::words::Words;

/// The name of the development issuer.
pub const DEV_ISSUER: &str = "sanben-development";
const DEV_KEY: &str = "dev-issuer.key";
const KEY_BYTES: usize = 32;

/// One option of the process: flag, environment, default.
pub struct Setting {
    pub name: &'static str,
    pub env: &'static str,
    /// How its value is shown; none for a switch.
    pub value: Option<&'static str>,
    pub default: Option<&'static str>,
}

const fn setting(name: &'static str, env: &'static str, value: &'static str, default: Option<&'static str>) -> Setting {
    Setting { name, env, value: Some(value), default }
}

const fn switch(name: &'static str, env: &'static str) -> Setting {
    Setting { name, env, value: None, default: None }
}

/// Everything a process can be told.
pub const OPTIONS: &[Setting] = &[
    setting("listen", "SANBEN_LISTEN", "ADDR", Some("127.0.0.1:8080")),
    setting("data", "SANBEN_DATA", "DIR", Some("sanben-data")),
    setting("database", "SANBEN_DATABASE", "URL", None),
    setting("bus", "SANBEN_BUS", "local|nats://…", Some("local")),
    setting("peers", "SANBEN_PEERS", "NAME=URL|…,…", None),
    setting("units", "SANBEN_UNITS", "FILE", None),
    setting("jwks", "SANBEN_JWKS", "FILE", None),
    switch("dev-issuer", "SANBEN_DEV_ISSUER"),
    setting("master-key", "SANBEN_MASTER_KEY", "FILE", None),
    setting("service-token", "SANBEN_SERVICE_TOKEN", "FILE", None),
    setting("mail", "SANBEN_MAIL", "smtps://[USER@]HOST[:PORT]", None),
    setting("mail-from", "SANBEN_MAIL_FROM", "ADDRESS", None),
    setting("mail-password", "SANBEN_MAIL_PASSWORD", "FILE", None),
    setting("mail-authority", "SANBEN_MAIL_AUTHORITY", "FILE", None),
    setting("otlp", "SANBEN_OTLP", "URL", None),
    setting("log", "SANBEN_LOG", "FILTER", Some("warn")),
    setting("notice-secs", "SANBEN_NOTICE_SECS", "SECONDS", Some("0")),
    setting("drain-secs", "SANBEN_DRAIN_SECS", "SECONDS", Some("20")),
    switch("print-config", "SANBEN_PRINT_CONFIG"),
];

/// Every option with its value and where that comes from.
pub fn print(given: &ArgMatches) -> String {
    let line = |option: &Setting| {
        let value = match option.value {
            None => given.get_flag(option.name).to_string(),
            Some(_) => given.get_one::<String>(option.name).map_or_else(|| "-".to_owned(), |value| without_password(value)),
        };
        let source = match given.value_source(option.name) {
            Some(ValueSource::CommandLine) => "command line",
            Some(ValueSource::EnvVariable) => option.env,
            _ => "default",
        };
        format!("{:<15} {value}    # {source}", option.name)
    };
    OPTIONS.iter().map(line).collect::<Vec<_>>().join("\n")
}

/// A database address may hold a password, which is nobody's to see on a screen.
fn without_password(value: &str) -> String {
    let Some((scheme, rest)) = value.split_once("://") else { return value.to_owned() };
    match rest.split_once('@') {
        Some((who, place)) if who.contains(':') => format!("{scheme}://{}:***@{place}", who.split(':').next().unwrap_or_default()),
        _ => value.to_owned(),
    }
}

/// The settings of the process.
///
/// # Errors
/// Which option is wrong, and why.
pub fn settings(given: &ArgMatches) -> Result<Settings, String> {
    settings_in(given, Path::new(given.get_one::<String>("data").map_or("", String::as_str)))
}

/// The settings of the process, with `data` instead of `--data`.
///
/// # Errors
/// Which option is wrong, and why.
pub fn settings_in(given: &ArgMatches, data: &Path) -> Result<Settings, String> {
    let text = |name: &str| given.get_one::<String>(name).map(String::as_str);
    let secs = |name: &str| text(name).unwrap_or_default().parse().map_err(|error| format!("--{name}: {error}"));
    let listen = text("listen").unwrap_or_default();
    let database = database(text("database"), data)?;
    if matches!(database, DatabaseAt::Server(_)) && text("master-key").is_none() {
        return Err("--master-key: must be given with --database, or replicas could not open what another has sealed".to_owned());
    }
    // A replica over PostgreSQL keeps nothing on its disk, which may be read-only.
    if matches!(database, DatabaseAt::Folder(_)) {
        make_folder(data)?;
    }
    Ok(Settings {
        listen: listen.parse::<SocketAddr>().map_err(|error| format!("--listen {listen}: {error}"))?,
        database,
        nats: nats(text("bus").unwrap_or_default())?,
        peers: peers(text("peers").unwrap_or_default())?,
        org: org(text("units"))?,
        jwks: text("jwks").map(PathBuf::from),
        also_trust: if given.get_flag("dev-issuer") { Some(issuer_at(data)?) } else { None },
        master_key: key(&text("master-key").map_or_else(|| data.join("master.key"), PathBuf::from), text("master-key").is_none())?,
        service_token: text("service-token").map(|file| read("--service-token", file).map(|_| PathBuf::from(file))).transpose()?,
        mailer: mailer(&text)?,
        clock: Clock::system(),
        notice_secs: secs("notice-secs")?,
        drain_secs: secs("drain-secs")?,
    })
}

/// Where the stores are: `--database`, or else files in `data`.
///
/// # Errors
/// An address of something else.
pub fn database(address: Option<&str>, data: &Path) -> Result<DatabaseAt, String> {
    match address {
        None => Ok(DatabaseAt::Folder(data.to_owned())),
        Some(address) if address.starts_with("postgres") => Ok(DatabaseAt::Server(address.to_owned())),
        Some(_) => Err("--database: must be postgres://…; without it, SQLite files are kept in --data".to_owned()),
    }
}

/// The open store of one service, beside whichever process runs it.
///
/// # Errors
/// When there is none.
pub async fn store(given: &ArgMatches, service: &'static str, words: &Words) -> Result<Db, String> {
    let text = |name: &str| given.get_one::<String>(name).map(String::as_str);
    let database = database(text("database"), Path::new(text("data").unwrap_or_default()))?;
    if let DatabaseAt::Folder(folder) = &database
        && !folder.join(format!("{service}.db")).is_file()
    {
        let of = [("folder", folder.display().to_string()), ("service", service.to_owned())];
        return Err(words.say_with("store-missing", &of));
    }
    Db::open(&database.address(service), service)
        .await
        .map_err(|error| words.say_with("store-away", &[("service", service.to_owned()), ("why", error.to_string())]))
}

/// The development issuer whose key is kept in `data`, made when it is missing.
///
/// # Errors
/// When the key file cannot be read or written.
pub fn issuer_at(data: &Path) -> Result<Issuer, String> {
    make_folder(data)?;
    Issuer::new(DEV_ISSUER, key(&data.join(DEV_KEY), true)?).map_err(|error| error.to_string())
}

/// The development issuer whose key is in `data`: a new one would be believed by nobody.
///
/// # Errors
/// When there is none.
pub fn present_issuer(data: &Path) -> Result<Issuer, String> {
    let file = data.join(DEV_KEY);
    if !file.is_file() {
        return Err(format!("--data {}: no development key is there; name the folder of `sanben up --dev-issuer`", data.display()));
    }
    Issuer::new(DEV_ISSUER, key(&file, false)?).map_err(|error| error.to_string())
}

/// The data folder, for its owner only: drafts of replies stand in it in clear.
fn make_folder(data: &Path) -> Result<(), String> {
    let mut builder = fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(data).map_err(|error| format!("--data {}: {error}", data.display()))
}

fn org(file: Option<&str>) -> Result<Org, String> {
    let Some(file) = file else { return Ok(Org::shipped()) };
    Org::parse(&read("--units", file)?).map_err(|error| format!("--units {file}: {error}"))
}

fn read(option: &str, file: &str) -> Result<String, String> {
    fs::read_to_string(file).map(|text| text.trim().to_owned()).map_err(|error| format!("{option} {file}: {error}"))
}

fn nats(text: &str) -> Result<Option<String>, String> {
    match text {
        "local" => Ok(None),
        address if address.starts_with("nats://") || address.starts_with("tls://") => Ok(Some(address.to_owned())),
        other => Err(format!("--bus {other}: must be local, nats://HOST:PORT or tls://HOST:PORT")),
    }
}

/// The way to the mail server that `--mail` names.
fn mailer<'a>(text: &impl Fn(&str) -> Option<&'a str>) -> Result<Option<Mailer>, String> {
    let Some(server) = text("mail") else {
        let alone = ["mail-from", "mail-password", "mail-authority"].into_iter().find(|name| text(name).is_some());
        return alone.map_or(Ok(None), |name| Err(format!("--{name}: is of no use without --mail")));
    };
    let from = text("mail-from").ok_or("--mail-from: must be given with --mail: who notices are from")?;
    let options = Options {
        server: server.to_owned(),
        password: text("mail-password").map(|file| read("--mail-password", file)).transpose()?,
        from: from.to_owned(),
        authority: text("mail-authority").map(|file| read("--mail-authority", file)).transpose()?.map(String::into_bytes),
    };
    Mailer::new(&options).map(Some).map_err(|misfit| match misfit {
        Misfit::Server => format!("--mail: {misfit}"),
        Misfit::Password => format!("--mail-password: {misfit}"),
        Misfit::From => format!("--mail-from {from}: {misfit}"),
        Misfit::Authority => format!("--mail-authority: {misfit}"),
    })
}

fn peers(text: &str) -> Result<HashMap<String, String>, String> {
    text.split(',')
        .filter(|part| !part.trim().is_empty())
        .map(|part| match part.trim().split_once('=') {
            Some((name, address)) => Ok((name.to_owned(), address.to_owned())),
            None => Err(format!("--peers: {part} must be NAME=URL")),
        })
        .collect()
}

/// A key of 64 hexadecimal digits, from its file; made when it is missing and `may_make`.
fn key(file: &Path, may_make: bool) -> Result<[u8; KEY_BYTES], String> {
    let wrong = |problem: &str| format!("{}: {problem}", file.display());
    if may_make && !file.exists() {
        let made = Clock::system().random::<KEY_BYTES>();
        write_secret(file, &hex(&made)).map_err(|error| wrong(&error.to_string()))?;
    }
    let text = fs::read_to_string(file).map_err(|error| wrong(&error.to_string()))?;
    unhex(text.trim()).ok_or_else(|| wrong("must hold 64 hexadecimal digits"))
}

/// Writes a file that only its owner reads; never over one that is there.
fn write_secret(file: &Path, text: &str) -> std::io::Result<()> {
    let mut options = fs::OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let mut opened = options.open(file)?;
    opened.write_all(text.as_bytes())?;
    opened.sync_all()
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

fn unhex(text: &str) -> Option<[u8; KEY_BYTES]> {
    let mut key = [0; KEY_BYTES];
    if text.len() != 2 * KEY_BYTES || !text.is_ascii() {
        return None;
    }
    for (index, byte) in key.iter_mut().enumerate() {
        *byte = u8::from_str_radix(&text[2 * index..2 * index + 2], 16).ok()?;
    }
    Some(key)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_survive_their_file() {
        let key = [0xA5; KEY_BYTES];
        assert_eq!(unhex(&hex(&key)), Some(key));
        assert_eq!(unhex("00"), None);
        assert_eq!(unhex(&"é".repeat(32)), None);
        assert_eq!(unhex(&"zz".repeat(32)), None);
    }

    #[test]
    fn passwords_are_not_shown() {
        assert_eq!(without_password("postgres://ledger:secret@db/x"), "postgres://ledger:***@db/x");
        assert_eq!(without_password("http://collector:4317"), "http://collector:4317");
        assert_eq!(without_password("smtps://desk@mail"), "smtps://desk@mail", "none was given");
    }

    #[test]
    fn peers_are_read_or_refused() {
        assert_eq!(peers("a=http://x, b=http://y").expect("two").len(), 2);
        assert!(peers("").expect("none").is_empty());
        assert!(peers("nonsense").is_err());
    }
}
