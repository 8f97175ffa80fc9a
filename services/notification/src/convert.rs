//! Proto ⇄ domain.

use sanben_bus::{Aggregate, Fact};
use sanben_host::{App, Lang, fact, timestamp};
use sanben_proto::notification as pb;
use uuid::Uuid;

use crate::mail::{self, Mail};
use crate::notice::{Event, Notice, apply};

impl Aggregate for Notice {
    const NAME: &'static str = "notice";
    type Event = Event;

    fn id(&self) -> Uuid {
        self.id
    }

    fn revision(&self) -> i64 {
        self.revision
    }

    fn apply(&mut self, event: &Event) {
        apply(self, event);
    }

    fn fact(&self, event: &Event) -> Fact {
        match event {
            Event::Issued => fact("", &pb::NoticeIssued { notice_id: self.id.to_string() }),
        }
    }
}

impl Aggregate for Mail {
    const NAME: &'static str = "mail";
    type Event = mail::Event;

    fn id(&self) -> Uuid {
        self.id
    }

    fn revision(&self) -> i64 {
        self.revision
    }

    fn apply(&mut self, event: &mail::Event) {
        mail::apply(self, event);
    }

    fn fact(&self, event: &mail::Event) -> Fact {
        let (mail_id, notice_id) = (self.id.to_string(), self.notice_id.to_string());
        match event {
            mail::Event::Queued => fact("", &pb::MailQueued { mail_id, notice_id }),
            mail::Event::Sent => fact("", &pb::MailSent { mail_id, notice_id }),
            mail::Event::Unwanted => fact("", &pb::MailUnwanted { mail_id, notice_id }),
            mail::Event::Undeliverable { why } => fact(why, &pb::MailUndeliverable { mail_id, notice_id }),
        }
    }
}

/// A notice in the reader's language.
pub fn notice(app: &App, lang: Lang, of: &Notice) -> pb::Notice {
    let id = |id: Option<Uuid>| id.map(|id| id.to_string()).unwrap_or_default();
    pb::Notice {
        notice_id: of.id.to_string(),
        kind: of.kind as i32,
        key: of.key.clone(),
        text: text(app, lang, of),
        submission_id: id(of.about.submission),
        case_id: id(of.about.case),
        subject_id: id(of.about.subject),
        create_time: Some(timestamp(of.issued)),
    }
}

/// Units are kept by id and named in the reader's language.
fn text(app: &App, lang: Lang, of: &Notice) -> String {
    let arguments: Vec<(&str, String)> = of
        .arguments
        .iter()
        .map(|(name, value)| match (name.as_str(), app.org.unit(value)) {
            ("unit", Some(unit)) => ("unit", if lang == Lang::En { unit.name_en.clone() } else { unit.name.clone() }),
            (name, _) => (name, value.clone()),
        })
        .collect();
    app.catalog.text(lang, &format!("notice-{}", of.key), &arguments)
}
