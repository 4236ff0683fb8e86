//! What the rules are held against: facts as the registers tell them, and the terms of the
//! entrustment.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::entrustment::rules::{HandlingRules, Medium, Place, Way};
use crate::entrustment::{DataItemId, ItemMark};
use crate::{id_type, word_type};

id_type! {
    /// The id of a handler (従事者).
    HandlerId
}
id_type! {
    /// The id of a registered recipient of an entrustment.
    RecipientId
}
id_type! {
    /// The id of an application for sub-entrustment.
    ApplicationId
}

word_type! {
    /// How a holding is encrypted.
    Encrypted {
        /// Not at all.
        None = "none",
        /// With a password of the application.
        Password = "password",
        /// The whole medium, or the service at rest.
        AtRest = "at_rest",
        /// Each file, with a key kept apart.
        File = "file",
        /// Nothing to encrypt: paper under lock and key.
        Locked = "locked",
    }
}

word_type! {
    /// Who sent or received.
    Party {
        /// The principal.
        Principal = "principal",
        /// The contractor.
        Contractor = "contractor",
        /// Somebody else.
        Other = "other",
    }
}

word_type! {
    /// In which field of a mail an address stood.
    ReceiverField {
        /// To, and every way that isn't mail.
        To = "to",
        /// Cc.
        Cc = "cc",
        /// Bcc.
        Bcc = "bcc",
    }
}

word_type! {
    /// How the content of a transmission was protected.
    Protection {
        /// Not at all.
        None = "none",
        /// A password on the file.
        Password = "password",
        /// Encrypted for the recipient.
        Encrypted = "encrypted",
        /// Open to the recipient alone.
        AccessLimited = "access_limited",
        /// Sealed, for paper and media.
        Sealed = "sealed",
    }
}

word_type! {
    /// How the key or password went.
    KeyWay {
        /// There is none.
        None = "none",
        /// The same way as the content (PPAP).
        SameWay = "same_way",
        /// Another way.
        OtherWay = "other_way",
        /// Agreed beforehand.
        Agreed = "agreed",
    }
}

/// Somebody to whom something went.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Receiver {
    /// Which party.
    pub party: Party,
    /// The registered recipient; none for the parties themselves and for who isn't registered.
    pub recipient: Option<RecipientId>,
    /// The name as entered.
    pub name: String,
    /// The address as entered: of mail for mail, a number for fax, otherwise free.
    pub address: String,
    /// In which field of a mail.
    pub field: ReceiverField,
}

/// A data item of the entrustment. Its mark is its own or the gravest above it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ItemFact {
    /// The id.
    pub id: DataItemId,
    /// The name.
    pub name: String,
    /// What makes it special.
    pub mark: ItemMark,
    /// The item under which it stands; who needs that one needs this one.
    pub parent: Option<DataItemId>,
    /// Whether it is still entrusted; false once it was taken off.
    pub entrusted: bool,
}

/// A handler on the roster.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HandlerFact {
    /// The id.
    pub id: HandlerId,
    /// The name.
    pub name: String,
    /// The mail address, or empty.
    pub email: String,
    /// From when.
    pub starts_on: NaiveDate,
    /// Until when.
    pub ends_on: Option<NaiveDate>,
    /// When the handler pledged (誓約).
    pub pledged_on: Option<NaiveDate>,
    /// Every day of training.
    pub trained_on: Vec<NaiveDate>,
    /// When all that a leaver held was back.
    pub returned_on: Option<NaiveDate>,
}

/// A recipient of the entrustment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RecipientFact {
    /// The id.
    pub id: RecipientId,
    /// The name.
    pub name: String,
    /// The mail address or number, or empty.
    pub address: String,
    /// The items that the purpose needs; empty stands for all.
    pub items: Vec<DataItemId>,
    /// Most persons whose data the purpose needs at once.
    pub persons_limit: Option<i64>,
    /// Whether it sees to others: lists that name them are its business.
    pub oversees: bool,
    /// Whether the principal approved.
    pub approved: bool,
    /// Until when.
    pub until_on: Option<NaiveDate>,
}

/// An approved sub-entrustment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SubFact {
    /// The id of its application.
    pub id: ApplicationId,
    /// The organisation below.
    pub name: String,
    /// From when.
    pub starts_on: NaiveDate,
    /// Until when it is permitted.
    pub permitted_until: NaiveDate,
    /// Whether the entrustment below is still open.
    pub open: bool,
}

/// A holding.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HoldingFact {
    /// Another organisation that holds it; empty for the contractor itself.
    pub holder: String,
    /// The items.
    pub items: Vec<DataItemId>,
    /// Number of persons.
    pub persons: i64,
    /// Where.
    pub place: Place,
    /// The cloud service's provider, or empty.
    pub provider: String,
    /// Country of storage, ISO 3166-1 alpha-2; empty when unknown.
    pub country: String,
    /// Countries of access.
    pub access_countries: Vec<String>,
    /// On what.
    pub medium: Medium,
    /// How it is encrypted.
    pub encryption: Encrypted,
    /// Who has access.
    pub handlers: Vec<HandlerId>,
    /// From when.
    pub starts_on: NaiveDate,
    /// Until when it is meant to be held.
    pub until_on: Option<NaiveDate>,
    /// Whether it is still held.
    pub open: bool,
    /// Until when it may stay by law, when the principal accepted that.
    pub retained_until: Option<NaiveDate>,
}

/// A transmission.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TransmissionFact {
    /// The day, in Japan.
    pub sent_on: NaiveDate,
    /// Who sent.
    pub sender: Party,
    /// The sender's own address, or empty.
    pub sender_address: String,
    /// The handler who sent.
    pub handler: Option<HandlerId>,
    /// To whom.
    pub receivers: Vec<Receiver>,
    /// By which way.
    pub way: Way,
    /// The items.
    pub items: Vec<DataItemId>,
    /// Number of persons.
    pub persons: i64,
    /// How the content was protected.
    pub protection: Protection,
    /// How the key went.
    pub key_way: KeyWay,
    /// Who else checked before it went, or empty.
    pub checked_by: String,
}

/// What was agreed about an entrustment, and who is on its lists.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Terms {
    /// The handling rules.
    pub rules: HandlingRules,
    /// Number of persons entrusted.
    pub persons: i64,
    /// First day of the contract.
    pub starts_on: NaiveDate,
    /// Last day of the contract.
    pub ends_on: NaiveDate,
    /// 消去期限.
    pub erase_by: NaiveDate,
    /// The principal's name.
    pub principal: String,
    /// The contractor's name.
    pub contractor: String,
    /// The names of the contractors above, where this is a sub-entrustment.
    pub above: Vec<String>,
    /// The items, also those that were taken off.
    pub items: Vec<ItemFact>,
    /// The roster.
    pub handlers: Vec<HandlerFact>,
    /// The recipients, approved or not.
    pub recipients: Vec<RecipientFact>,
    /// What was re-entrusted with approval.
    pub subs: Vec<SubFact>,
    /// The day of the comparison, in Japan.
    pub today: NaiveDate,
}
