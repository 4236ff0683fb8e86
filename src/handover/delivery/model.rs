//! A download, and what recipients and senders say in forms.

use diesel::prelude::*;
use serde::Serialize;

use crate::actor::OrganisationId;
use crate::clock::Timestamp;
use crate::database::schema::handover_download;
use crate::entrustment::Entrustment;
use crate::handover::{Deletion, Delivery, DeliveryId, FileId, Handover};
use crate::id_type;
use crate::rulebook::Party;
use crate::web::{Fields, Form, Invalid, Rule};

id_type! {
    /// The id of one download.
    DownloadId
}

/// One download of a file, which may be resumed.
#[derive(Clone, Debug, Queryable, Selectable, Serialize)]
#[diesel(table_name = handover_download)]
pub(super) struct Download {
    /// The principal.
    pub tenant_id: OrganisationId,
    /// The id.
    pub id: DownloadId,
    /// Whose it is.
    pub delivery_id: DeliveryId,
    /// Of which file.
    pub file_id: FileId,
    /// When it was taken.
    pub started_at: Timestamp,
    /// By whom.
    pub by_name: String,
    /// The session or visitor that alone may go on with it, as a hash.
    #[serde(skip)]
    pub bound_to: String,
    /// How far it has come without a gap.
    pub reached: i64,
    /// How many bytes were handed out in all, and are promised to those who read now.
    pub handed_out: i64,
    /// When all of it was handed out.
    pub completed_at: Option<Timestamp>,
}

/// One recipient's part of a hand-over with what is around it.
#[derive(Clone, Debug, Serialize)]
pub(super) struct Parcel {
    /// The hand-over's entrustment.
    #[serde(skip)]
    pub entrustment: Entrustment,
    /// The entrustment under which the recipient knows it: that of its own, where it is a
    /// sub-contractor.
    pub about: About,
    /// The hand-over.
    pub handover: Handover,
    /// The part.
    pub delivery: Delivery,
    /// The principal's name.
    pub principal: String,
    /// The contractor's name.
    pub contractor: String,
}

impl Parcel {
    /// The name of the side that sends.
    pub fn sender(&self) -> &str {
        match self.handover.sender {
            Party::Contractor => &self.contractor,
            _ => &self.principal,
        }
    }
}

/// What an entrustment is called.
#[derive(Clone, Debug, Serialize)]
pub(super) struct About {
    /// Its id.
    pub id: crate::entrustment::EntrustmentId,
    /// Its number.
    pub number: String,
    /// Its title.
    pub title: String,
}

impl About {
    /// What this entrustment is called.
    pub fn of(entrustment: &Entrustment) -> Self {
        let Entrustment { id, number, title, .. } = entrustment;
        Self { id: *id, number: number.clone(), title: title.clone() }
    }
}

/// Taking a hand-over back.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Recalling {
    /// Why.
    pub reason: String,
    /// The version that was read.
    pub version: i32,
}

impl Recalling {
    /// Reads the form: it says why.
    pub fn parse(form: &Form) -> Result<Self, Invalid> {
        let mut f = Fields::of(form);
        let reason = f.text("reason", Rule::text(1000));
        let version = f.version();
        f.finish(|| Some(Self { reason: reason?, version }))
    }
}

/// What a recipient says about what was taken back.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Answer {
    /// Whether it is deleted.
    pub deletion: Deletion,
    /// What is said with it.
    pub note: String,
}

/// What may be answered.
pub(super) const ANSWERS: &[Deletion] =
    &[Deletion::DeletedUnseen, Deletion::DeletedSeen, Deletion::NotDeleted];

impl Answer {
    /// Reads the form. Who didn't delete says why; who answers agrees to the sentence above the button.
    pub fn parse(form: &Form) -> Result<Self, Invalid> {
        let mut f = Fields::of(form);
        let deletion: Option<Deletion> = f.word("answer");
        let known = deletion.is_none_or(|deletion| ANSWERS.contains(&deletion));
        f.check(known, "answer", "error-choose-from-list");
        let note = match deletion {
            Some(Deletion::NotDeleted) => f.text("note", Rule::text(1000)),
            _ => f.optional("note", Rule::text(1000)),
        };
        f.check(f.ticked("agreed"), "agreed", "handover-delivery-error-agreed");
        f.finish(|| Some(Self { deletion: deletion?, note: note? }))
    }
}

#[cfg(test)]
mod tests {
    use super::{Answer, Recalling};
    use crate::handover::Deletion;
    use crate::web::Form;

    fn wrong(pairs: &[(&str, &str)]) -> Vec<String> {
        let fields = Answer::parse(&Form::from_pairs(pairs.iter().copied())).unwrap_err().errors;
        fields.into_iter().map(|(field, _)| field).collect()
    }

    #[test]
    fn who_did_not_delete_says_why_and_everybody_agrees() {
        assert_eq!(wrong(&[]), ["answer", "agreed"]);
        assert_eq!(wrong(&[("answer", "asked"), ("agreed", "on")]), ["answer"]);
        assert_eq!(wrong(&[("answer", "not_deleted"), ("agreed", "on")]), ["note"]);
        let form = Form::from_pairs([("answer", "deleted_unseen"), ("agreed", "on")]);
        assert_eq!(Answer::parse(&form).unwrap().deletion, Deletion::DeletedUnseen);
    }

    #[test]
    fn taking_back_says_why() {
        assert!(Recalling::parse(&Form::from_pairs([("version", "3")])).is_err());
        let form = Form::from_pairs([("version", "3"), ("reason", "宛先の誤り")]);
        assert_eq!(Recalling::parse(&form).unwrap().version, 3);
    }
}
