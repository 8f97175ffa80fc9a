//! A real mail server for tests.

use std::path::{Path, PathBuf};
use std::process::Stdio;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use rcgen::generate_simple_self_signed;
use sanben_mail::{Mailer, Options};
use sanben_tools::{free_port, need, wheel};
use serde_json::Value;
use tokio::io::{AsyncBufReadExt as _, BufReader};
use tokio::process::{Child, Command};

const WHEELS: [&str; 3] = ["aiosmtpd==1.4.6", "atpublic==9.0.0", "attrs==26.1.0"];
const START_SECS_MAX: u64 = 30;
pub const FROM: &str = "三本 <desk@city.example>";

/// A mail server and what it took; killed when dropped.
pub struct PostOffice {
    child: Option<Child>,
    port: u16,
    home: PathBuf,
    taken: Arc<Mutex<Vec<Value>>>,
}

impl PostOffice {
    /// With a certificate of its own in `home`. Fails, and skips nothing, when it cannot be had.
    pub async fn open(home: &Path) -> PostOffice {
        let mut office = PostOffice::closed(home);
        office.come_back().await;
        office
    }

    /// One that is not there yet.
    pub fn closed(home: &Path) -> PostOffice {
        let made = generate_simple_self_signed(["127.0.0.1".to_owned()]).expect("a certificate");
        for (file, text) in
            [("cert.pem", made.cert.pem()), ("key.pem", made.signing_key.serialize_pem()), ("password", "open sesame".to_owned())]
        {
            std::fs::write(home.join(file), text).expect("a file");
        }
        PostOffice { child: None, port: free_port(), home: home.to_owned(), taken: Arc::default() }
    }

    /// Starts, and goes on with what was taken before.
    pub async fn come_back(&mut self) {
        let wheels = tokio::task::block_in_place(|| wheel("aiosmtpd", &WHEELS, "aiosmtpd/smtp.py"));
        let wheels = wheels.unwrap_or_else(|why| panic!("this test needs aiosmtpd: {why}"));
        let python = need("python3", "python3").unwrap_or_else(|why| panic!("{why}"));
        let mut child = Command::new(python)
            .arg(Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/mail/server.py"))
            .arg(self.port.to_string())
            .args([self.home.join("cert.pem"), self.home.join("key.pem")])
            .env("PYTHONPATH", wheels)
            .stdout(Stdio::piped())
            .kill_on_drop(true)
            .spawn()
            .expect("python runs");
        let mut lines = BufReader::new(child.stdout.take().expect("a pipe")).lines();
        let ready = tokio::time::timeout(Duration::from_secs(START_SECS_MAX), lines.next_line()).await;
        assert_eq!(ready.expect("in time").expect("readable").as_deref(), Some("\"ready\""));
        let taken = self.taken.clone();
        tokio::spawn(async move {
            while let Ok(Some(line)) = lines.next_line().await {
                taken.lock().expect("not poisoned").push(serde_json::from_str(&line).expect("JSON"));
            }
        });
        self.child = Some(child);
    }

    /// What was taken for an address.
    pub fn taken(&self, to: &str) -> Vec<Value> {
        let taken = self.taken.lock().expect("not poisoned");
        taken.iter().filter(|mail| mail["to"][0] == to).cloned().collect()
    }

    pub fn count(&self) -> usize {
        self.taken.lock().expect("not poisoned").len()
    }

    fn address(&self) -> String {
        format!("smtps://desk@127.0.0.1:{}", self.port)
    }

    /// The way to it.
    pub fn mailer(&self) -> Mailer {
        let options = Options {
            server: self.address(),
            password: Some("open sesame".to_owned()),
            from: FROM.to_owned(),
            authority: Some(std::fs::read(self.home.join("cert.pem")).expect("a certificate")),
        };
        Mailer::new(&options).expect("understood")
    }

    /// The options of a process that sends by it.
    pub fn arguments(&self) -> Vec<String> {
        let file = |name: &str| self.home.join(name).display().to_string();
        [
            "--mail",
            &self.address(),
            "--mail-from",
            FROM,
            "--mail-password",
            &file("password"),
            "--mail-authority",
            &file("cert.pem"),
        ]
        .map(str::to_owned)
        .to_vec()
    }
}
