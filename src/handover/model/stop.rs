//! What stops a hand-over.

use diesel::prelude::*;
use serde::Serialize;

use super::{DeliveryId, FileId, HandoverId};
use crate::actor::OrganisationId;
use crate::clock::Timestamp;
use crate::database::schema::handover_stop;
use crate::entrustment::EntrustmentId;
use crate::rulebook::RuleId;
use crate::{id_type, word_type};

id_type! {
    /// The id of what stopped a hand-over.
    StopId
}

word_type! {
    /// Why a hand-over doesn't go.
    Stop {
        /// It names no file.
        NoFile = "no_file",
        /// It names no recipient, or one gets no file.
        NoRecipient = "no_recipient",
        /// A file isn't complete or not looked at yet.
        NotChecked = "not_checked",
        /// The virus scanner can't be reached.
        Quarantined = "quarantined",
        /// The virus scanner found something.
        Infected = "infected",
        /// A file has a password or is encrypted: nobody can see what is in it.
        Encrypted = "encrypted",
        /// A file is broken, of an unknown kind, or larger than is looked at.
        Unreadable = "unreadable",
        /// 個人番号 where none is entrusted.
        MyNumber = "my_number",
        /// A kind of data that isn't entrusted, or isn't among the hand-over's items.
        ItemsBeyond = "items_beyond",
        /// A kind of data that the recipient's purpose doesn't need.
        RecipientItems = "recipient_items",
        /// More persons than are entrusted.
        PersonsBeyond = "persons_beyond",
        /// More persons than the recipient's purpose needs.
        RecipientPersons = "recipient_persons",
        /// Rows that name another recipient, or somebody else than the recipient.
        OthersRows = "others_rows",
        /// Hidden content.
        Hidden = "hidden",
        /// A recipient whose approval is missing or has run out.
        NotApproved = "not_approved",
        /// A recipient with the sender's own address.
        OwnAddress = "own_address",
        /// A handling rule is broken (`what` is its id).
        Rule = "rule",
        /// A file is no longer what was looked at.
        Changed = "changed",
    }
}

impl Stop {
    /// Whether it may go all the same when the sender says why and a second person agrees.
    #[must_use]
    pub fn may_be_explained(self) -> bool {
        matches!(self, Self::Hidden | Self::ItemsBeyond)
    }

    /// Whether it only says that something is still to come: no stop for the ledger or the statistics.
    #[must_use]
    pub fn is_unfinished(self) -> bool {
        matches!(self, Self::NoFile | Self::NoRecipient | Self::NotChecked)
    }
}

/// Something that stopped a hand-over, at present or once.
#[derive(Clone, Debug, Queryable, Selectable, Serialize)]
#[diesel(table_name = handover_stop)]
pub struct Stopped {
    /// The principal.
    pub tenant_id: OrganisationId,
    /// The id.
    pub id: StopId,
    /// The hand-over.
    pub handover_id: HandoverId,
    /// Its entrustment.
    pub entrustment_id: EntrustmentId,
    /// The file in which it was found.
    pub file_id: Option<FileId>,
    /// The recipient for whom it is so.
    pub delivery_id: Option<DeliveryId>,
    /// What.
    pub stop: Stop,
    /// By what: a kind of data, the name of a sheet, a number; never a value of the data.
    pub what: String,
    /// When it was found.
    pub found_at: Timestamp,
    /// When it was no longer so.
    pub mended_at: Option<Timestamp>,
    /// Why it may go all the same.
    pub reason: String,
    /// Who said so.
    pub reason_by_name: String,
}

impl Stopped {
    /// Whether it stops the hand-over now.
    #[must_use]
    pub fn holds(&self) -> bool {
        self.mended_at.is_none() && self.reason.is_empty()
    }

    /// Whether it may go all the same with a reason: also where a handling rule allows exceptions.
    #[must_use]
    pub fn may_be_explained(&self) -> bool {
        let excepted = |what: &str| what.parse().is_ok_and(RuleId::allows_exception);
        self.stop.may_be_explained() || (self.stop == Stop::Rule && excepted(&self.what))
    }
}
