//! Hands mail to the bureau's mail server: SMTP (RFC 5321), under TLS from the first byte (RFC 8314). STARTTLS is not offered: what a
//! server answers before it can be forged, and taken for an answer given after it.
//!
//! * [`Options`] → [`Mailer`] — the server, and who the mail is from.
//! * [`Mail`] — one mail; [`Failure`] — why the server did not take it.
//!
//! Nothing here keeps, logs or repeats an address: what a server answers may hold one, so only its code is passed on.

use std::fmt;
use std::time::{Duration, UNIX_EPOCH};

use lettre::address::Envelope;
use lettre::message::header::{ContentTransferEncoding, ContentType, Header, HeaderName, HeaderValue};
use lettre::message::{Mailbox, SinglePart};
use lettre::transport::smtp::PoolConfig;
use lettre::transport::smtp::authentication::Credentials;
use lettre::transport::smtp::client::{Certificate, Tls, TlsParameters};
use lettre::transport::smtp::response::{Code, Severity};
use lettre::{Address, AsyncSmtpTransport, AsyncTransport as _, Message, Tokio1Executor};
use sanben_clock::Ts;
use uuid::Uuid;

/// A server that has not taken a mail by then is away; shorter than a process has to end what is under way.
pub const SEND_SECS_MAX: u64 = 15;
const CONNECTIONS_MAX: u32 = 4;
const PORT: u16 = 465;

/// Where mail goes, as an operator says it.
#[derive(Clone)]
pub struct Options {
    /// `smtps://[USER@]HOST[:PORT]`, port 465 if none is said.
    pub server: String,
    /// The user's password; there if a user is named, and only then.
    pub password: Option<String>,
    /// Who it is from: `name@host` or `Name <name@host>`.
    pub from: String,
    /// Certificates (PEM) that are trusted beside the machine's own: those of an authority of the bureau.
    pub authority: Option<Vec<u8>>,
}

impl fmt::Debug for Options {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Options").field("from", &self.from).finish_non_exhaustive()
    }
}

/// What is wrong with [`Options`], in words for the operator. Passwords are not repeated.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Misfit {
    /// The server's address cannot be understood.
    #[error("must be smtps://[USER@]HOST[:PORT]; a password goes into a file")]
    Server,
    /// A user without a password, or a password without a user.
    #[error("must be given if, and only if, the server's address names a user")]
    Password,
    /// The sender's address cannot be understood.
    #[error("must be an address, name@host or Name <name@host>")]
    From,
    /// The certificates cannot be read.
    #[error("must hold certificates as PEM")]
    Authority,
}

/// One mail.
#[derive(Clone)]
pub struct Mail {
    /// Names it: the same mail sent again has the same Message-ID, so that a mailbox can tell.
    pub id: Uuid,
    /// When it was written.
    pub time: Ts,
    /// An address, as the person gave it.
    pub to: String,
    /// One line.
    pub subject: String,
    /// Plain text.
    pub text: String,
}

impl fmt::Debug for Mail {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Mail").field("id", &self.id).finish_non_exhaustive()
    }
}

/// Why a mail was not taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Failure {
    /// It will never be: the address is none, or the server refuses it with this code (5xx).
    Refused(Option<u16>),
    /// This one was not taken now, with this code (4xx); another one may be.
    NotNow(u16),
    /// No server was reached that speaks TLS, is who it says it is, and lets us in.
    Away,
}

/// Marks what no person has written, so that nobody's out-of-office replies to it (RFC 3834).
#[derive(Clone, Copy)]
struct AutoSubmitted;

impl Header for AutoSubmitted {
    fn name() -> HeaderName {
        HeaderName::new_from_ascii_str("Auto-Submitted")
    }

    fn parse(_: &str) -> Result<AutoSubmitted, Box<dyn std::error::Error + Send + Sync>> {
        Ok(AutoSubmitted)
    }

    fn display(&self) -> HeaderValue {
        HeaderValue::new(AutoSubmitted::name(), "auto-generated".to_owned())
    }
}

/// The way to the mail server. Cheap to clone.
#[derive(Clone)]
pub struct Mailer {
    transport: AsyncSmtpTransport<Tokio1Executor>,
    from: Mailbox,
}

impl fmt::Debug for Mailer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Mailer")
    }
}

impl Mailer {
    /// As `options` say; connects when there is something to send.
    ///
    /// # Errors
    /// Which of them cannot be understood.
    pub fn new(options: &Options) -> Result<Mailer, Misfit> {
        let Server { user, host, port } = server(&options.server).ok_or(Misfit::Server)?;
        let mut tls = TlsParameters::builder(host.to_owned());
        if let Some(pem) = &options.authority {
            let certificates: Vec<Certificate> = certificates(pem).ok_or(Misfit::Authority)?;
            tls = certificates.into_iter().fold(tls, |tls, certificate| tls.add_root_certificate(certificate));
        }
        let tls = tls.build().map_err(|_| Misfit::Authority)?;
        let mut transport = AsyncSmtpTransport::<Tokio1Executor>::builder_dangerous(host)
            .port(port)
            .tls(Tls::Wrapper(tls))
            .pool_config(PoolConfig::new().max_size(CONNECTIONS_MAX));
        match (user, &options.password) {
            (Some(user), Some(password)) => transport = transport.credentials(Credentials::new(user.to_owned(), password.clone())),
            (None, None) => {}
            (Some(_), None) | (None, Some(_)) => return Err(Misfit::Password),
        }
        let from = options.from.parse().map_err(|_| Misfit::From)?;
        Ok(Mailer { transport: transport.build(), from })
    }

    /// Hands `mail` to the server; when this answers, the server has it.
    ///
    /// # Errors
    /// Why it has not.
    pub async fn send(&self, mail: &Mail) -> Result<(), Failure> {
        let to: Address = mail.to.parse().map_err(|_| Failure::Refused(None))?;
        let envelope = Envelope::new(Some(self.from.email.clone()), vec![to.clone()]).map_err(|_| Failure::Refused(None))?;
        let written = UNIX_EPOCH + Duration::from_micros(mail.time.micros().max(0).unsigned_abs());
        let message = Message::builder()
            .from(self.from.clone())
            .to(to.into())
            .subject(&mail.subject)
            .date(written)
            .message_id(Some(format!("<{}@{}>", mail.id, self.from.email.domain())))
            .header(AutoSubmitted)
            .envelope(envelope)
            .singlepart(
                SinglePart::builder()
                    .header(ContentType::TEXT_PLAIN)
                    .header(ContentTransferEncoding::Base64)
                    .body(mail.text.clone()),
            )
            .map_err(|_| Failure::Refused(None))?;
        // One bound for the whole conversation: the transport has one for the connection only.
        match tokio::time::timeout(Duration::from_secs(SEND_SECS_MAX), self.transport.send(message)).await {
            Ok(sent) => sent.map(drop).map_err(|error| failure(error.status())),
            Err(_) => Err(Failure::Away),
        }
    }
}

/// A server that wants another login says so with a code of its own: nothing is wrong with the mail then.
fn failure(code: Option<Code>) -> Failure {
    const LOGIN: [u16; 4] = [530, 534, 535, 538];
    match code.map(|code| (code.severity, u16::from(code))) {
        Some((Severity::PermanentNegativeCompletion, code)) if !LOGIN.contains(&code) => Failure::Refused(Some(code)),
        // 421: the server is closing.
        Some((Severity::TransientNegativeCompletion, code)) if code != CLOSING => Failure::NotNow(code),
        _ => Failure::Away,
    }
}

const CLOSING: u16 = 421;

struct Server<'a> {
    user: Option<&'a str>,
    host: &'a str,
    port: u16,
}

fn server(text: &str) -> Option<Server<'_>> {
    let rest = text.strip_prefix("smtps://")?.trim_end_matches('/');
    let (user, place) = rest.rsplit_once('@').map_or((None, rest), |(user, place)| (Some(user), place));
    let (host, port) = match place.rsplit_once(':') {
        Some((host, port)) => (host, port.parse().ok()?),
        None => (place, PORT),
    };
    let is_name = |text: &str| !text.is_empty() && !text.contains([':', '/', ' ', '?', '#']);
    (is_name(host) && user.is_none_or(is_name)).then_some(Server { user, host, port })
}

/// Each certificate of a PEM file; none if there is none, or one cannot be read.
fn certificates(pem: &[u8]) -> Option<Vec<Certificate>> {
    const END: &str = "-----END CERTIFICATE-----";
    let text = std::str::from_utf8(pem).ok()?;
    let all: Option<Vec<_>> = text
        .split_inclusive(END)
        .filter(|part| part.contains(END))
        .map(|part| Certificate::from_pem(part.as_bytes()).ok())
        .collect();
    all.filter(|all| !all.is_empty())
}

#[cfg(test)]
mod tests {
    use lettre::transport::smtp::response::{Category, Detail};

    use super::*;

    fn options(server: &str, from: &str) -> Options {
        Options { server: server.to_owned(), password: None, from: from.to_owned(), authority: None }
    }

    #[test]
    fn a_server_is_read_or_refused() {
        let read = |text| server(text).map(|found| (found.user.unwrap_or_default().to_owned(), found.host.to_owned(), found.port));
        let rows = [
            ("smtps://mail.example", Some(("", "mail.example", 465))),
            ("smtps://desk@mail.example:2525/", Some(("desk", "mail.example", 2525))),
            ("smtps://desk@city.example@mail.example", Some(("desk@city.example", "mail.example", 465))),
            ("smtps://desk:secret@mail.example", None),
            ("smtp://mail.example", None),
            ("http://mail.example", None),
            ("mail.example:25", None),
            ("smtps://", None),
            ("smtps://mail.example:port", None),
            ("smtps://mail.example?tls=none", None),
        ];
        for (text, expected) in rows {
            let expected = expected.map(|(user, host, port)| (user.to_owned(), host.to_owned(), port));
            assert_eq!(read(text), expected, "{text}");
        }
    }

    /// In a runtime, as the pool of connections wants one.
    #[tokio::test]
    async fn what_cannot_be_understood_is_named() {
        assert_eq!(Mailer::new(&options("mail", "desk@city.example")).err(), Some(Misfit::Server));
        assert_eq!(Mailer::new(&options("smtps://mail", "desk")).err(), Some(Misfit::From));
        let foreign = Options { authority: Some(b"nothing".to_vec()), ..options("smtps://mail", "三本 <desk@city.example>") };
        assert_eq!(Mailer::new(&foreign).err(), Some(Misfit::Authority));
        assert!(Mailer::new(&Options { authority: None, ..foreign.clone() }).is_ok());
        let nameless = Options { authority: None, password: Some("secret".to_owned()), ..foreign };
        assert_eq!(Mailer::new(&nameless).err(), Some(Misfit::Password));
        assert_eq!(Mailer::new(&options("smtps://desk@mail", "desk@city.example")).err(), Some(Misfit::Password));
    }

    /// One that takes the connection and says nothing; the clock of the runtime runs ahead while everybody waits.
    #[tokio::test(start_paused = true)]
    async fn a_server_that_says_nothing_is_away() {
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.expect("a free port");
        let server = format!("smtps://127.0.0.1:{}", listener.local_addr().expect("bound").port());
        let mailer = Mailer::new(&options(&server, "desk@city.example")).expect("understood");
        let mail =
            Mail { id: Uuid::nil(), time: Ts::from_micros(0), to: "a@b.example".into(), subject: "s".into(), text: "t".into() };
        assert_eq!(mailer.send(&mail).await, Err(Failure::Away));
    }

    #[test]
    fn a_code_says_whether_to_try_again() {
        let code = |severity, detail| Some(Code::new(severity, Category::MailSystem, detail));
        let rows = [
            (code(Severity::PermanentNegativeCompletion, Detail::Zero), Failure::Refused(Some(550))),
            (code(Severity::TransientNegativeCompletion, Detail::Zero), Failure::NotNow(450)),
            (Some(Code::new(Severity::PermanentNegativeCompletion, Category::Unspecified3, Detail::Five)), Failure::Away),
            (Some(Code::new(Severity::TransientNegativeCompletion, Category::Connections, Detail::One)), Failure::Away),
            (None, Failure::Away),
        ];
        for (code, expected) in rows {
            assert_eq!(failure(code), expected, "{code:?}");
        }
    }
}
