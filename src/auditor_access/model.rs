//! An access and its forms.

use chrono::{Months, NaiveDate};
use diesel::prelude::*;
use serde::Serialize;

use super::rules::{Standing, standing};
use crate::actor::{MembershipId, OrganisationId};
use crate::clock::Timestamp;
use crate::database::schema::auditor_access;
use crate::entrustment::{AuditorAccessStatus, EntrustmentId};
use crate::id_type;
use crate::web::{Fields, Form, Invalid, Rule};

id_type! {
    /// The id of an auditor's access to an entrustment.
    AuditorAccessId
}

/// The longest period for which an auditor is named.
const LONGEST: Months = Months::new(24);

/// An auditor's access to an entrustment.
#[derive(Clone, Debug, Queryable, Selectable, Serialize)]
#[diesel(table_name = auditor_access)]
pub struct AuditorAccess {
    /// The principal.
    pub tenant_id: OrganisationId,
    /// The id.
    pub id: AuditorAccessId,
    /// The entrustment.
    pub entrustment_id: EntrustmentId,
    /// The auditor.
    pub membership_id: MembershipId,
    /// Whether what was re-entrusted from it is seen too.
    pub with_below: bool,
    /// The first day.
    pub from_on: NaiveDate,
    /// The last day; it ends at midnight after it.
    pub until_on: NaiveDate,
    /// For what.
    pub purpose: String,
    /// Whether it counts.
    pub status: AuditorAccessStatus,
    /// Who asked for it.
    pub asked_by_name: String,
    /// When.
    pub asked_at: Timestamp,
    /// Who decided.
    pub decided_by_name: String,
    /// When.
    pub decided_at: Option<Timestamp>,
    /// Why it was given or refused.
    pub reason: String,
    /// Who ended it early.
    pub ended_by_name: String,
    /// When.
    pub ended_at: Option<Timestamp>,
    /// For optimistic locking.
    pub version: i32,
}

impl AuditorAccess {
    /// How it stands on a day.
    #[must_use]
    pub fn standing(&self, today: NaiveDate) -> Standing {
        standing(self.status, self.from_on, self.until_on, today)
    }

    /// Its page.
    #[must_use]
    pub fn href(&self) -> String {
        format!("/entrustments/{}/auditor-access/{}", self.entrustment_id, self.id)
    }
}

/// An access as it is asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewAuditorAccess {
    /// The auditor.
    pub membership_id: MembershipId,
    /// Whether what was re-entrusted from it is seen too.
    pub with_below: bool,
    /// The first day.
    pub from_on: NaiveDate,
    /// The last day.
    pub until_on: NaiveDate,
    /// For what.
    pub purpose: String,
}

impl NewAuditorAccess {
    /// Reads the form; `auditors` are those of the principal.
    ///
    /// # Errors
    /// What is wrong, by field.
    pub fn parse(
        form: &Form,
        auditors: &[MembershipId],
        today: NaiveDate,
    ) -> Result<Self, Invalid> {
        let mut f = Fields::of(form);
        let auditor: Option<MembershipId> = form.value("auditor").parse().ok();
        let known = auditor.is_some_and(|id| auditors.contains(&id));
        f.check(known, "auditor", "error-choose-from-list");
        let from_on = f.date("from_on");
        let until_on = f.date("until_on");
        f.check(
            until_on.is_none_or(|until| until >= today),
            "until_on",
            "auditor-access-error-past",
        );
        if let (Some(from), Some(until)) = (from_on, until_on) {
            f.check(from <= until, "until_on", "auditor-access-error-order");
            let far = from.checked_add_months(LONGEST).is_some_and(|last| until > last);
            f.check(!far, "until_on", "auditor-access-error-far");
        }
        let purpose = f.text("purpose", Rule::text(1000));
        let with_below = f.ticked("with_below");
        f.finish(|| {
            Some(Self {
                membership_id: auditor?,
                with_below,
                from_on: from_on?,
                until_on: until_on?,
                purpose: purpose?,
            })
        })
    }
}

/// What somebody else decides about an access that was asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Decision {
    /// Granted or refused.
    pub status: AuditorAccessStatus,
    /// Why.
    pub reason: String,
    /// The version that was read.
    pub version: i32,
}

impl Decision {
    /// What can be decided.
    pub const POSSIBLE: [AuditorAccessStatus; 2] =
        [AuditorAccessStatus::Granted, AuditorAccessStatus::Refused];

    /// Granting an access as it stands.
    pub fn granting(access: &AuditorAccess) -> Self {
        let (status, reason) = (AuditorAccessStatus::Granted, String::new());
        Self { status, reason, version: access.version }
    }

    /// Reads the form. A refusal says why.
    pub fn parse(form: &Form) -> Result<Self, Invalid> {
        let mut f = Fields::of(form);
        let status: Option<AuditorAccessStatus> = f.word("decision");
        let known = status.is_none_or(|status| Self::POSSIBLE.contains(&status));
        f.check(known, "decision", "error-choose-from-list");
        let reason = if status == Some(AuditorAccessStatus::Refused) {
            f.text("reason", Rule::text(1000))
        } else {
            f.optional("reason", Rule::text(1000))
        };
        let version = f.version();
        f.finish(|| Some(Self { status: status?, reason: reason?, version }))
    }
}
