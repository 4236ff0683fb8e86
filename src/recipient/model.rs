//! A recipient and its form.

use chrono::NaiveDate;
use diesel::prelude::*;
use serde::Serialize;

use crate::actor::OrganisationId;
use crate::clock::Timestamp;
use crate::database::schema::recipient;
use crate::database::types::Json;
use crate::entrustment::{DataItem, DataItemId, EntrustmentId};
use crate::rulebook::RecipientId;
use crate::web::{Fields, Form, Invalid, Rule};
use crate::word_type;

word_type! {
    /// Whether the principal approved a recipient.
    RecipientStatus {
        /// Proposed by the contractor.
        Proposed = "proposed",
        /// Approved by the principal.
        Approved = "approved",
        /// Refused.
        Refused = "refused",
        /// No longer a recipient.
        Ended = "ended",
    }
}

word_type! {
    /// What a recipient is.
    RecipientKind {
        /// Another division of the principal.
        PrincipalDivision = "principal_division",
        /// Who holds a part below the contractor.
        SubContractor = "sub_contractor",
        /// A public authority.
        Authority = "authority",
        /// A facility or business whose data it is about.
        Facility = "facility",
        /// The person whose data it is.
        Subject = "subject",
        /// Somebody else.
        Other = "other",
    }
}

impl RecipientKind {
    /// Whether lists that name other recipients are its business: an authority, and the principal's
    /// own divisions, see to those whom the lists name.
    #[must_use]
    pub fn oversees(self) -> bool {
        matches!(self, Self::PrincipalDivision | Self::Authority)
    }
}

/// Somebody to whom data may go, or was asked to.
#[derive(Clone, Debug, Queryable, Selectable, Serialize)]
#[diesel(table_name = recipient)]
pub struct Recipient {
    /// The principal.
    pub tenant_id: OrganisationId,
    /// The id.
    pub id: RecipientId,
    /// The entrustment.
    pub entrustment_id: EntrustmentId,
    /// What it is.
    pub kind: RecipientKind,
    /// The name.
    pub name: String,
    /// The mail address, fax number or place; may be empty.
    pub address: String,
    /// For what it gets data.
    pub purpose: String,
    /// The items that the purpose needs; empty stands for all.
    pub items: Json<Vec<DataItemId>>,
    /// Most persons whose data the purpose needs at once.
    pub persons_limit: Option<i64>,
    /// Until when.
    pub until_on: Option<NaiveDate>,
    /// Whether the principal approved.
    pub status: RecipientStatus,
    /// Why it was approved or refused.
    pub reason: String,
    /// Who proposed or registered it.
    pub proposed_by_name: String,
    /// Who decided.
    pub decided_by_name: String,
    /// When.
    pub decided_at: Option<Timestamp>,
    /// When it was proposed.
    pub created_at: Timestamp,
    /// For optimistic locking.
    pub version: i32,
}

/// A recipient as it is proposed or registered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewRecipient {
    /// What it is.
    pub kind: RecipientKind,
    /// The name.
    pub name: String,
    /// The mail address, fax number or place; may be empty.
    pub address: String,
    /// For what it gets data.
    pub purpose: String,
    /// The items that the purpose needs; empty stands for all.
    pub items: Vec<DataItemId>,
    /// Most persons whose data the purpose needs at once.
    pub persons_limit: Option<i64>,
    /// Until when.
    pub until_on: Option<NaiveDate>,
}

impl NewRecipient {
    /// Reads the form; `items` are those of the entrustment.
    ///
    /// # Errors
    /// What is wrong, by field.
    pub fn parse(form: &Form, items: &[DataItem], today: NaiveDate) -> Result<Self, Invalid> {
        let mut f = Fields::of(form);
        let name = f.text("name", Rule::line(200));
        let kind = f.word("kind");
        let address = f.optional("address", Rule::line(254));
        let purpose = f.text("purpose", Rule::text(1000));
        let chosen: Option<Vec<DataItemId>> = f.words("items");
        let own = |id: &DataItemId| items.iter().any(|item| item.id == *id);
        let known = chosen.as_ref().is_none_or(|ids| ids.iter().all(own));
        f.check(known, "items", "error-choose-from-list");
        let persons_limit = match form.value("persons_limit").trim() {
            "" => Some(None),
            _ => f.number("persons_limit", 1, 200_000_000).map(Some),
        };
        let until_on = f.optional_date("until_on");
        let ahead = until_on.flatten().is_none_or(|day| day >= today);
        f.check(ahead, "until_on", "recipient-error-until-past");
        f.finish(|| {
            Some(Self {
                kind: kind?,
                name: name?,
                address: address?,
                purpose: purpose?,
                items: chosen?,
                persons_limit: persons_limit?,
                until_on: until_on?,
            })
        })
    }
}

/// What the principal decides about a proposal.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Decision {
    /// Approved or refused.
    pub status: RecipientStatus,
    /// Why.
    pub reason: String,
    /// The version that was read.
    pub version: i32,
}

impl Decision {
    /// Reads the form. A refusal says why.
    pub fn parse(form: &Form) -> Result<Self, Invalid> {
        let mut f = Fields::of(form);
        let status: Option<RecipientStatus> = f.word("decision");
        let decides = [RecipientStatus::Approved, RecipientStatus::Refused];
        let known = status.is_none_or(|status| decides.contains(&status));
        f.check(known, "decision", "error-choose-from-list");
        let reason = if status == Some(RecipientStatus::Refused) {
            f.text("reason", Rule::text(1000))
        } else {
            f.optional("reason", Rule::text(1000))
        };
        let version = f.version();
        f.finish(|| Some(Self { status: status?, reason: reason?, version }))
    }
}
