//! A disposal and its form.

use chrono::NaiveDate;
use diesel::prelude::*;
use serde::Serialize;

use super::rules;
use crate::actor::OrganisationId;
use crate::clock::Timestamp;
use crate::database::schema::disposal;
use crate::database::types::Json;
use crate::entrustment::EntrustmentId;
pub use crate::holding::DisposalId;
use crate::holding::HoldingId;
use crate::web::{Fields, Form, Invalid, Rule};
use crate::word_type;

word_type! {
    /// How the data ended.
    DisposalKind {
        /// Given back to the principal (返還).
        Returned = "returned",
        /// Erased, the medium kept (消去).
        Erased = "erased",
        /// Destroyed with its medium (廃棄).
        Destroyed = "destroyed",
        /// Kept because a law demands it, until a day (法令による保存).
        Retained = "retained",
    }
}

word_type! {
    /// By which method.
    DisposalMethod {
        /// From hand to hand, against a receipt.
        HandedBack = "handed_back",
        /// Overwriting.
        Overwrite = "overwrite",
        /// Destroying the key of what is encrypted.
        CryptographicErasure = "cryptographic_erasure",
        /// Deletion by the provider of a cloud service.
        ProviderDeletion = "provider_deletion",
        /// Destroying the medium physically.
        PhysicalDestruction = "physical_destruction",
        /// Shredding.
        Shredding = "shredding",
        /// Dissolving paper.
        Dissolving = "dissolving",
        /// Another one, in words.
        Other = "other",
        /// None: it is kept.
        Kept = "kept",
    }
}

impl DisposalMethod {
    /// Those among which a form lets choose.
    pub(super) const OFFERED: &'static [Self] = &[
        Self::HandedBack,
        Self::Overwrite,
        Self::CryptographicErasure,
        Self::ProviderDeletion,
        Self::PhysicalDestruction,
        Self::Shredding,
        Self::Dissolving,
        Self::Other,
    ];
}

word_type! {
    /// How far a disposal is.
    DisposalStatus {
        /// Being written by the contractor's people.
        Draft = "draft",
        /// Attested by the representative; the officer is to look at it.
        Attested = "attested",
        /// Returned by the officer, to be corrected.
        Returned = "returned",
        /// Accepted: its holdings have ended.
        Accepted = "accepted",
        /// Taken back by the contractor.
        Withdrawn = "withdrawn",
    }
}

impl DisposalStatus {
    /// Whether the contractor may still write in it.
    #[must_use]
    pub fn is_written(self) -> bool {
        matches!(self, Self::Draft | Self::Returned)
    }

    /// Whether it waits for somebody.
    #[must_use]
    pub fn waits(self) -> bool {
        matches!(self, Self::Draft | Self::Returned | Self::Attested)
    }

    /// Whether there is a certificate.
    #[must_use]
    pub fn is_certified(self) -> bool {
        matches!(self, Self::Attested | Self::Accepted)
    }

    /// The tone of its words.
    #[must_use]
    pub fn tone(self) -> &'static str {
        match self {
            Self::Draft => "progress",
            Self::Attested => "info",
            Self::Returned => "warn",
            Self::Accepted => "good",
            Self::Withdrawn => "neutral",
        }
    }
}

/// A disposal (返還・消去・廃棄).
#[derive(Clone, Debug, Queryable, Selectable, Serialize)]
#[diesel(table_name = disposal)]
pub struct Disposal {
    /// The principal.
    pub tenant_id: OrganisationId,
    /// The id.
    pub id: DisposalId,
    /// The entrustment.
    pub entrustment_id: EntrustmentId,
    /// Its number in the entrustment, from 1.
    pub position: i32,
    /// The holdings that it covers.
    pub holdings: Json<Vec<HoldingId>>,
    /// How they ended.
    pub kind: DisposalKind,
    /// By which method.
    pub method: DisposalMethod,
    /// The method in words.
    pub method_note: String,
    /// 数量.
    pub quantity: String,
    /// 機器番号.
    pub device_number: String,
    /// 年月日.
    pub done_on: NaiveDate,
    /// 責任者.
    pub responsible: String,
    /// 実施者.
    pub performed_by: String,
    /// 立会者.
    pub witness: String,
    /// What was done about backups.
    pub backups: String,
    /// What was done about those of sub-entrustments.
    pub subs: String,
    /// An outside company's certificate.
    pub outside_certificate: String,
    /// The law that demands keeping, and why.
    pub retained_reason: String,
    /// Until when it is kept.
    pub retained_until: Option<NaiveDate>,
    /// How far it is.
    pub status: DisposalStatus,
    /// Who attested.
    pub attested_name: String,
    /// The title of that person.
    pub attested_title: String,
    /// When.
    pub attested_at: Option<Timestamp>,
    /// The hash of what was attested.
    pub attested_hash: String,
    /// Who accepted or returned it.
    pub decided_by_name: String,
    /// When.
    pub decided_at: Option<Timestamp>,
    /// The officer's comment.
    pub comment: String,
    /// Who began it.
    pub drafted_by_name: String,
    /// When.
    pub created_at: Timestamp,
    /// For optimistic locking.
    pub version: i32,
}

impl Disposal {
    /// The number by which people name it.
    #[must_use]
    pub fn number(&self, entrustment_number: &str) -> String {
        format!("{entrustment_number}-{}", self.position)
    }
}

/// A disposal as it is entered or changed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewDisposal {
    /// The holdings that it covers.
    pub holdings: Vec<HoldingId>,
    /// How they ended.
    pub kind: DisposalKind,
    /// By which method.
    pub method: DisposalMethod,
    /// The method in words.
    pub method_note: String,
    /// 数量.
    pub quantity: String,
    /// 機器番号.
    pub device_number: String,
    /// 年月日.
    pub done_on: NaiveDate,
    /// 責任者.
    pub responsible: String,
    /// 実施者.
    pub performed_by: String,
    /// 立会者.
    pub witness: String,
    /// Backups.
    pub backups: String,
    /// Those of sub-entrustments.
    pub subs: String,
    /// An outside company's certificate.
    pub outside_certificate: String,
    /// The law that demands keeping, and why.
    pub retained_reason: String,
    /// Until when it is kept.
    pub retained_until: Option<NaiveDate>,
}

impl NewDisposal {
    /// Reads the form on the day `today`. Whether the holdings can be disposed of is for the store.
    ///
    /// # Errors
    /// What is wrong, by field.
    pub fn parse(form: &Form, today: NaiveDate) -> Result<Self, Invalid> {
        let mut f = Fields::of(form);
        let holdings = holdings(&mut f);
        let kind = f.word::<DisposalKind>("kind");
        let method = method(&mut f, form, kind);
        let method_note = f.optional("method_note", Rule::line(200));
        if method == Some(DisposalMethod::Other) {
            let said = method_note.as_deref() != Some("");
            f.check(said, "method_note", "disposal-error-method-note");
        }
        let quantity = f.text("quantity", Rule::line(200));
        let device_number = f.optional("device_number", Rule::text(1000));
        let done_on = f.date("done_on");
        f.check(done_on.is_none_or(|day| day <= today), "done_on", "disposal-error-future");
        let responsible = f.text("responsible", Rule::line(100));
        let performed_by = f.text("performed_by", Rule::line(200));
        let witness = f.optional("witness", Rule::line(200));
        let backups = f.text("backups", Rule::text(2000));
        let subs = f.text("subs", Rule::text(2000));
        let outside_certificate = f.optional("outside_certificate", Rule::text(1000));
        let (retained_reason, retained_until) = retention(&mut f, kind, today);
        f.finish(|| {
            Some(Self {
                holdings: holdings?,
                kind: kind?,
                method: method?,
                method_note: method_note?,
                quantity: quantity?,
                device_number: device_number?,
                done_on: done_on?,
                responsible: responsible?,
                performed_by: performed_by?,
                witness: witness?,
                backups: backups?,
                subs: subs?,
                outside_certificate: outside_certificate?,
                retained_reason: retained_reason?,
                retained_until: retained_until?,
            })
        })
    }
}

fn holdings(f: &mut Fields<'_>) -> Option<Vec<HoldingId>> {
    let mut chosen: Vec<HoldingId> = f.words("holdings")?;
    chosen.sort_unstable();
    chosen.dedup();
    f.check(!chosen.is_empty(), "holdings", "disposal-error-no-holding");
    (!chosen.is_empty()).then_some(chosen)
}

/// What is kept has no method; every other kind has one that goes with it.
fn method(f: &mut Fields<'_>, form: &Form, kind: Option<DisposalKind>) -> Option<DisposalMethod> {
    if kind == Some(DisposalKind::Retained) {
        f.check(form.value("method").is_empty(), "method", "disposal-error-method-kept");
        return Some(DisposalMethod::Kept);
    }
    let method = f.word::<DisposalMethod>("method")?;
    let fits = kind.is_none_or(|kind| rules::fits(kind, method));
    f.check(fits, "method", "disposal-error-method");
    Some(method)
}

#[expect(clippy::option_option, reason = "outside: readable or not; inside: there or not")]
fn retention(
    f: &mut Fields<'_>,
    kind: Option<DisposalKind>,
    today: NaiveDate,
) -> (Option<String>, Option<Option<NaiveDate>>) {
    if kind == Some(DisposalKind::Retained) {
        let reason = f.text("retained_reason", Rule::text(2000));
        let until = f.date("retained_until");
        let ahead = until.is_none_or(|until| until > today);
        f.check(ahead, "retained_until", "disposal-error-retained-past");
        return (reason, until.map(Some));
    }
    let reason = f.optional("retained_reason", Rule::text(2000));
    let until = f.optional_date("retained_until");
    let none = reason.as_deref().is_none_or(str::is_empty) && until.flatten().is_none();
    f.check(none || kind.is_none(), "retained_reason", "disposal-error-not-retained");
    (reason, until)
}

impl Disposal {
    /// The form filled in with this disposal.
    #[must_use]
    pub fn form(&self) -> Form {
        let kept = self.method == DisposalMethod::Kept;
        let method = if kept { String::new() } else { self.method.to_string() };
        let until = self.retained_until.map(|day| day.to_string()).unwrap_or_default();
        let mut form = Form::from_pairs([
            ("kind", self.kind.to_string()),
            ("method", method),
            ("method_note", self.method_note.clone()),
            ("quantity", self.quantity.clone()),
            ("device_number", self.device_number.clone()),
            ("done_on", self.done_on.to_string()),
            ("responsible", self.responsible.clone()),
            ("performed_by", self.performed_by.clone()),
            ("witness", self.witness.clone()),
            ("backups", self.backups.clone()),
            ("subs", self.subs.clone()),
            ("outside_certificate", self.outside_certificate.clone()),
            ("retained_reason", self.retained_reason.clone()),
            ("retained_until", until),
            ("version", self.version.to_string()),
        ]);
        for holding in &self.holdings.0 {
            form.add("holdings", holding.as_str());
        }
        form
    }
}

/// The representative's attestation of a disposal.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewAttestation {
    /// The name typed.
    pub name: String,
    /// The title typed.
    pub title: String,
    /// The hash of what the page showed.
    pub shown: String,
}

impl NewAttestation {
    /// Reads the form.
    ///
    /// # Errors
    /// What is wrong, by field.
    pub fn parse(form: &Form) -> Result<Self, Invalid> {
        let mut f = Fields::of(form);
        let title = f.text("attested_title", Rule::line(100));
        let name = f.text("attested_name", Rule::line(100));
        let agreed = f.ticked("consent");
        f.check(agreed, "consent", "disposal-error-consent");
        let shown = form.value("shown").to_owned();
        f.finish(|| Some(Self { name: name?, title: title?, shown }))
    }
}

word_type! {
    /// What an officer decides about what was attested.
    Verdict {
        /// It is accepted.
        Accept = "accept",
        /// It is returned.
        Return = "return",
    }
}

/// The officer's decision.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Decision {
    /// What.
    pub verdict: Verdict,
    /// Why; must be there when it is returned.
    pub comment: String,
}

impl Decision {
    /// Reads the form.
    ///
    /// # Errors
    /// What is wrong, by field.
    pub fn parse(form: &Form) -> Result<Self, Invalid> {
        let mut f = Fields::of(form);
        let verdict = f.word::<Verdict>("verdict");
        let comment = f.optional("comment", Rule::text(2000));
        let why = verdict != Some(Verdict::Return) || comment.as_deref() != Some("");
        f.check(why, "comment", "disposal-error-comment");
        f.finish(|| Some(Self { verdict: verdict?, comment: comment? }))
    }
}
