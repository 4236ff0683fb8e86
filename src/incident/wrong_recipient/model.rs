//! A wrong recipient, and what it answered.

use diesel::prelude::*;
use serde::Serialize;

use crate::actor::OrganisationId;
use crate::clock::Timestamp;
use crate::database::schema::{incident_wrong_answer, incident_wrong_recipient};
use crate::incident::IncidentId;
use crate::rulebook::Party;
use crate::{id_type, word_type};

id_type! {
    /// The id of a wrong recipient.
    WrongRecipientId
}

id_type! {
    /// The id of an answer.
    AnswerId
}

word_type! {
    /// How the data went there.
    Way {
        /// By mail.
        Mail = "mail",
        /// By post.
        Post = "post",
        /// By fax.
        Fax = "fax",
        /// Handed over at a desk.
        Desk = "desk",
        /// On a medium.
        Medium = "medium",
        /// By a link or a setting that let it be seen.
        Link = "link",
        /// In another way.
        Other = "other",
    }
}

word_type! {
    /// How somebody asked or answered.
    Contact {
        /// A call.
        Call = "call",
        /// A mail.
        Mail = "mail",
        /// A letter.
        Letter = "letter",
        /// A visit.
        Visit = "visit",
        /// The portal's link.
        Link = "link",
    }
}

impl Contact {
    /// What is entered by hand.
    pub const BY_HAND: &'static [Self] = &[Self::Call, Self::Mail, Self::Letter, Self::Visit];
}

word_type! {
    /// Whether somebody looked at it.
    Seen {
        /// Nobody did.
        No = "unseen",
        /// Somebody did.
        Yes = "seen",
        /// Nobody knows.
        Unknown = "unknown",
    }
}

impl Seen {
    /// What a written confirmation says.
    pub const CONFIRMED: &'static [Self] = &[Self::No, Self::Yes];
}

word_type! {
    /// What became of it there.
    Kept {
        /// It is deleted.
        Deleted = "deleted",
        /// It came back.
        Returned = "returned",
        /// It is still there.
        NotDeleted = "not_deleted",
        /// Nobody knows.
        Unknown = "unknown",
    }
}

impl Kept {
    /// What a written confirmation says.
    pub const CONFIRMED: &'static [Self] = &[Self::Deleted, Self::Returned, Self::NotDeleted];
}

word_type! {
    /// Whether it went on to others.
    PassedOn {
        /// It didn't.
        No = "no",
        /// It did.
        Yes = "yes",
        /// Nobody knows.
        Unknown = "unknown",
    }
}

impl PassedOn {
    /// What a written confirmation says.
    pub const CONFIRMED: &'static [Self] = &[Self::No, Self::Yes];
}

word_type! {
    /// How the matter with a wrong recipient stands.
    Standing {
        /// Nobody has asked it.
        ToAsk = "to_ask",
        /// It was asked.
        Waiting = "waiting",
        /// It was asked, and is silent for too long.
        Silent = "silent",
        /// It answered, and not everything is known.
        Unclear = "unclear",
        /// It has the data still, or passed it on.
        Risk = "risk",
        /// Deleted or returned, and not passed on.
        Confirmed = "confirmed",
        /// Closed by somebody with a reason.
        Closed = "closed",
    }
}

impl Standing {
    /// The tone in which a page shows it.
    pub fn tone(self) -> &'static str {
        match self {
            Self::ToAsk | Self::Unclear => "warn",
            Self::Waiting => "progress",
            Self::Silent | Self::Risk => "bad",
            Self::Confirmed => "good",
            Self::Closed => "neutral",
        }
    }
}

/// Somebody to whom data went wrongly.
#[derive(Clone, Debug, Queryable, Selectable)]
#[diesel(table_name = incident_wrong_recipient)]
pub struct WrongRecipient {
    /// The principal.
    pub tenant_id: OrganisationId,
    /// The id.
    pub id: WrongRecipientId,
    /// The incident.
    pub incident_id: IncidentId,
    /// Its number in the incident, from 1.
    pub position: i32,
    /// Which side looks after it.
    pub side: Party,
    /// The person or office.
    pub name: String,
    /// The mail address; may be empty.
    pub email: String,
    /// The telephone number; may be empty.
    pub phone: String,
    /// How the data went there.
    pub way: Way,
    /// How many copies, or data of how many persons.
    pub copies: Option<i32>,
    /// What else is known; may be empty.
    pub note: String,
    /// Who registered it.
    pub registered_by_name: String,
    /// When.
    pub registered_at: Timestamp,
    /// When it was last asked.
    pub asked_at: Option<Timestamp>,
    /// How.
    pub asked_way: Option<Contact>,
    /// By whom.
    pub asked_by_name: String,
    /// Since when an answer is waited for.
    pub waiting_since: Option<Timestamp>,
    /// How many reminders there were since.
    pub reminded: i32,
    /// When it answered last.
    pub answered_at: Option<Timestamp>,
    /// Whether somebody looked at it.
    pub seen: Seen,
    /// What became of it there.
    pub kept: Kept,
    /// Whether it went on to others.
    pub passed_on: PassedOn,
    /// The hash of the newest link's token; empty without.
    pub link_sha256: String,
    /// When that was sent.
    pub link_sent_at: Option<Timestamp>,
    /// Until when it counts.
    pub link_expires_at: Option<Timestamp>,
    /// When it was used.
    pub link_used_at: Option<Timestamp>,
    /// When the risk was closed although it isn't confirmed.
    pub closed_at: Option<Timestamp>,
    /// By whom.
    pub closed_by_name: String,
    /// Why.
    pub closed_reason: String,
    /// For optimistic locking.
    pub version: i32,
}

/// What a wrong recipient answered. It is never changed.
#[derive(Clone, Debug, Queryable, Selectable, Serialize)]
#[diesel(table_name = incident_wrong_answer)]
pub struct Answer {
    /// The principal.
    pub tenant_id: OrganisationId,
    /// The id.
    pub id: AnswerId,
    /// The incident.
    pub incident_id: IncidentId,
    /// Who answered.
    pub recipient_id: WrongRecipientId,
    /// Its number among the recipient's, from 1.
    pub position: i32,
    /// When.
    pub answered_at: Timestamp,
    /// Whether somebody looked at it.
    pub seen: Seen,
    /// What became of it there.
    pub kept: Kept,
    /// Whether it went on to others.
    pub passed_on: PassedOn,
    /// How it was said.
    pub way: Contact,
    /// By whom.
    pub by_name: String,
    /// What else was said; may be empty.
    pub note: String,
    /// The text that was agreed to; empty without.
    pub agreement: String,
    /// Its hash; empty without.
    pub agreement_sha256: String,
    /// Who entered it.
    pub entered_by_name: String,
    /// When.
    pub entered_at: Timestamp,
}
