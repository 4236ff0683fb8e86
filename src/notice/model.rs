//! A mail before and in the outbox.

use diesel::prelude::*;
use serde::Serialize;

use crate::actor::OrganisationId;
use crate::clock::Timestamp;
use crate::database::schema::mail;
use crate::web::Language;
use crate::word_type;

/// A mail as a slice asks for it; the words are already in the reader's language.
#[derive(Clone, Debug)]
pub struct Letter {
    /// The organisation on whose behalf it goes.
    pub tenant_id: Option<OrganisationId>,
    /// The kind, such as `invitation`: for the outbox page and statistics.
    pub kind: &'static str,
    /// The one recipient's address.
    pub to_address: String,
    /// The one recipient's name.
    pub to_name: String,
    /// The language of the frame.
    pub language: Language,
    /// The subject, which is the heading too. Never personal data.
    pub subject: String,
    /// The name of the organisation on whose behalf it goes.
    pub organisation: String,
    /// The text.
    pub paragraphs: Vec<String>,
    /// The link.
    pub link: Option<Link>,
}

/// The link of a mail.
#[derive(Clone, Debug, Serialize)]
pub struct Link {
    /// What the button says.
    pub label: String,
    /// Where it leads.
    pub href: String,
}

word_type! {
    /// How far a mail has come.
    MailStatus {
        /// Waiting for its turn or its next try.
        Queued = "queued",
        /// Taken by the server.
        Sent = "sent",
        /// Given up after the last try.
        Failed = "failed",
    }
}

/// A mail in the outbox.
#[derive(Clone, Debug, Queryable, Selectable, Serialize)]
#[diesel(table_name = mail)]
pub struct Mail {
    /// The id.
    pub id: String,
    /// The kind.
    pub kind: String,
    /// The recipient's address.
    pub to_address: String,
    /// The recipient's name.
    pub to_name: String,
    /// The subject.
    pub subject: String,
    /// The text.
    pub text_body: String,
    /// The same as HTML.
    pub html_body: String,
    /// The Message-ID, the same on every try.
    pub message_id: String,
    /// How far it has come.
    pub status: MailStatus,
    /// Tries so far.
    pub attempts: i32,
    /// When it was written.
    pub created_at: Timestamp,
    /// When it was sent.
    pub sent_at: Option<Timestamp>,
}

/// A mail that is being sent.
#[derive(Clone, Queryable)]
pub(super) struct Outgoing {
    pub id: String,
    pub tenant_id: Option<OrganisationId>,
    pub kind: String,
    pub to_address: String,
    pub to_name: String,
    pub subject: String,
    pub text_body: String,
    pub html_body: String,
    pub message_id: String,
    /// Tries that failed so far.
    pub attempts: i32,
    pub created_at: Timestamp,
    /// Until when nobody else takes it; also the proof that it is still ours.
    pub leased_until: Option<Timestamp>,
}

/// How a try to send went.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Outcome {
    /// The server took it.
    Sent,
    /// To be tried again at a later moment.
    Later(Timestamp, String),
    /// Given up.
    Failed(String),
}
