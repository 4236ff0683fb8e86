//! What the dashboards ask about.

use chrono::{Days, NaiveDate};
use serde::Serialize;

use crate::actor::{Member, Role};
use crate::entrustment::EntrustmentId;
use crate::japanese::FiscalYear;
use crate::word_type;

/// How many days ahead something that expires is shown.
const AHEAD: u64 = 60;

word_type! {
    /// Which entrustments a figure counts and its list shows.
    Show {
        /// Contracts that end within 60 days.
        Expiring = "expiring",
        /// Contracts that are over and whose data are to be disposed of.
        EraseDue = "erase_due",
        /// Not inspected this fiscal year.
        Uninspected = "uninspected",
        /// Applications for sub-entrustment wait for a decision.
        SubApplied = "sub_applied",
        /// Permissions of sub-entrustment end within 60 days, or have ended.
        SubExpiring = "sub_expiring",
        /// Recipients wait for approval.
        RecipientProposed = "recipient_proposed",
        /// Hand-overs wait for a second person.
        HandoverProposed = "handover_proposed",
        /// Hand-overs wait to be fetched by the reader's side.
        HandoverArrived = "handover_arrived",
        /// The reader's side is asked to hand something over.
        HandoverRequested = "handover_requested",
        /// Transmissions wait for the reader's confirmation.
        Unconfirmed = "unconfirmed",
        /// Disposals wait for acceptance.
        DisposalAttested = "disposal_attested",
        /// Handlers are not trained this fiscal year.
        Untrained = "untrained",
        /// Findings wait for the contractor's answer.
        FindingsOpen = "findings_open",
        /// Answered findings wait for the officer's check.
        FindingsAnswered = "findings_answered",
        /// Exceptions to rules were claimed and wait to be accepted by another.
        ExceptionsClaimed = "exceptions_claimed",
        /// Somebody proposed to close it; another decides.
        ClosingProposed = "closing_proposed",
        /// Auditors are named and wait for another's approval.
        AuditorsAsked = "auditors_asked",
        /// With 特定個人情報.
        MyNumber = "my_number",
        /// With 要配慮個人情報, without 特定個人情報.
        Sensitive = "sensitive",
        /// With neither.
        Ordinary = "ordinary",
    }
}

impl Show {
    /// The figures of a member's overview, in their order.
    #[must_use]
    pub fn of(member: &Member) -> &'static [Self] {
        if member.role.is_principal() {
            &[
                Self::EraseDue,
                Self::Expiring,
                Self::SubExpiring,
                Self::Uninspected,
                Self::Untrained,
                Self::SubApplied,
                Self::RecipientProposed,
                Self::Unconfirmed,
                Self::DisposalAttested,
                Self::FindingsAnswered,
            ]
        } else {
            &[
                Self::FindingsOpen,
                Self::Unconfirmed,
                Self::EraseDue,
                Self::Untrained,
                Self::Expiring,
                Self::SubExpiring,
            ]
        }
    }

    /// What waits for the member to act, in the order of the home page.
    #[must_use]
    pub fn waiting_for(role: Role) -> &'static [Self] {
        match role {
            Role::Administrator => &[
                Self::HandoverProposed,
                Self::HandoverArrived,
                Self::HandoverRequested,
                Self::SubApplied,
                Self::RecipientProposed,
                Self::ExceptionsClaimed,
                Self::ClosingProposed,
                Self::AuditorsAsked,
                Self::FindingsAnswered,
                Self::DisposalAttested,
                Self::Unconfirmed,
            ],
            Role::Officer => &[
                Self::HandoverProposed,
                Self::HandoverArrived,
                Self::HandoverRequested,
                Self::RecipientProposed,
                Self::FindingsAnswered,
                Self::DisposalAttested,
                Self::Unconfirmed,
            ],
            Role::Approver => &[
                Self::HandoverProposed,
                Self::SubApplied,
                Self::RecipientProposed,
                Self::ExceptionsClaimed,
                Self::ClosingProposed,
                Self::AuditorsAsked,
            ],
            Role::Auditor => &[],
            Role::Representative | Role::Handler => &[
                Self::HandoverProposed,
                Self::HandoverArrived,
                Self::HandoverRequested,
                Self::FindingsOpen,
                Self::Unconfirmed,
                Self::EraseDue,
                Self::Untrained,
            ],
        }
    }

    /// The register in which it is done, below the entrustment's address.
    #[must_use]
    pub fn register(self) -> &'static str {
        match self {
            Self::SubApplied | Self::SubExpiring => "/sub-entrustments",
            Self::RecipientProposed => "/recipients",
            Self::HandoverProposed => "/hand-overs?status=proposed",
            Self::HandoverArrived => "/hand-overs?status=sent",
            Self::HandoverRequested => "/hand-over-requests?status=open",
            Self::Unconfirmed => "/transmissions",
            Self::DisposalAttested | Self::EraseDue => "/disposals",
            Self::Untrained => "/handlers",
            Self::Uninspected => "/inspections",
            Self::FindingsOpen | Self::FindingsAnswered | Self::ExceptionsClaimed => "/findings",
            Self::ClosingProposed => "/closing",
            _ => "",
        }
    }

    /// Whether something is wrong when there is any.
    #[must_use]
    pub fn tone(self) -> &'static str {
        match self {
            Self::EraseDue | Self::SubExpiring | Self::Untrained => "warn",
            Self::FindingsOpen => "bad",
            _ => "neutral",
        }
    }
}

/// The days against which lists are held.
#[derive(Clone, Copy, Debug)]
pub(super) struct Days60 {
    /// Today in Japan.
    pub today: NaiveDate,
    /// The last day that is shown ahead.
    pub ahead: NaiveDate,
    /// The fiscal year.
    pub year: FiscalYear,
}

impl Days60 {
    pub(super) fn from(today: NaiveDate) -> Self {
        let ahead = today.checked_add_days(Days::new(AHEAD)).unwrap_or(today);
        Self { today, ahead, year: FiscalYear::of(today) }
    }
}

/// An entrustment in which something waits.
#[derive(Clone, Debug, Serialize)]
pub struct Waiting {
    /// What.
    pub show: Show,
    /// Where.
    pub id: EntrustmentId,
    /// 契約番号.
    pub number: String,
    /// 件名.
    pub title: String,
    /// Until when, where that is known.
    pub due: Option<NaiveDate>,
}

/// A group of a picture: how many, and persons.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Share {
    /// The group.
    pub key: String,
    /// How many.
    pub count: i64,
    /// Persons, all together.
    pub persons: i64,
}

/// A contractor's mark that runs out.
#[derive(Clone, Debug, Serialize)]
pub(super) struct Certificate {
    /// The contractor's id.
    pub id: String,
    /// Its name.
    pub name: String,
    /// `privacy_mark` or `isms`.
    pub kind: &'static str,
    /// Its last day.
    pub until: NaiveDate,
    /// Days left; negative when it has passed.
    pub days: i64,
}
