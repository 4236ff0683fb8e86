//! The rules by their ids.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::word_type;

word_type! {
    /// How grave a finding is, from the least.
    Severity {
        /// 軽微.
        Low = "low",
        /// 中.
        Medium = "medium",
        /// 重大.
        High = "high",
    }
}

impl Severity {
    /// What a question of this severity weighs in the score of a questionnaire.
    #[must_use]
    pub const fn weight(self) -> u32 {
        match self {
            Self::High => 5,
            Self::Medium => 3,
            Self::Low => 1,
        }
    }

    /// Days within which a finding is to be mended.
    #[must_use]
    pub const fn days(self) -> u64 {
        match self {
            Self::High => 7,
            Self::Medium => 30,
            Self::Low => 60,
        }
    }
}

word_type! {
    /// A rule against which the registers are held.
    RuleId {
        /// A place of work that isn't permitted.
        Place = "place",
        /// A country of storage or access that isn't permitted.
        Country = "country",
        /// A country of storage that isn't known.
        CountryUnreported = "country_unreported",
        /// A cloud service that wasn't reported.
        CloudUnreported = "cloud_unreported",
        /// A medium that isn't permitted.
        Medium = "medium",
        /// Kept without the encryption that is demanded.
        HoldingEncryption = "holding_encryption",
        /// A recipient that nobody approved.
        Recipient = "recipient",
        /// The sender's own address (Mie).
        OwnAddress = "own_address",
        /// An address of a free mail service (Mie).
        FreeMail = "free_mail",
        /// Several outside recipients who see each other in To or Cc (Fujitomi).
        OpenRecipients = "open_recipients",
        /// Sent without the protection that is demanded.
        SentUnprotected = "sent_unprotected",
        /// The password went the same way (PPAP).
        PasswordSameWay = "password_same_way",
        /// More persons than were entrusted.
        TooManyPersons = "too_many_persons",
        /// Items that were not entrusted.
        ItemsBeyond = "items_beyond",
        /// More persons or items than the recipient's purpose needs (Takatsuki).
        BeyondPurpose = "beyond_purpose",
        /// A way that isn't permitted.
        Way = "way",
        /// Sensitive items by a way that isn't permitted for them (mooble).
        SensitiveWay = "sensitive_way",
        /// No second checker where one is demanded.
        SecondChecker = "second_checker",
        /// Somebody who isn't on the roster.
        HandlerUnregistered = "handler_unregistered",
        /// A handler without a pledge.
        HandlerPledge = "handler_pledge",
        /// A handler not trained this fiscal year.
        HandlerTraining = "handler_training",
        /// A handler who had left.
        HandlerLeft = "handler_left",
        /// A leaver whose things are not back.
        HandlerReturn = "handler_return",
        /// Kept longer than agreed.
        Retention = "retention",
        /// Sent after the end of the contract.
        AfterEnd = "after_end",
        /// An organisation that nobody approved holds or receives.
        UndeclaredTier = "undeclared_tier",
        /// A sub-entrustment whose permission ran out.
        SubExpired = "sub_expired",
    }
}

/// A rule that a fact breaks.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Broken {
    /// Which.
    pub rule: RuleId,
    /// By what: a name, a code or a number as it stands in the register; may be empty.
    pub what: String,
}

/// The reasons with which exceptions were claimed, by rule.
pub type Exceptions = BTreeMap<RuleId, String>;

impl RuleId {
    /// How grave it is to break it.
    #[must_use]
    pub fn severity(self) -> Severity {
        match self {
            Self::Country
            | Self::Recipient
            | Self::OwnAddress
            | Self::OpenRecipients
            | Self::SentUnprotected
            | Self::SensitiveWay
            | Self::HandlerUnregistered
            | Self::HandlerLeft
            | Self::AfterEnd
            | Self::UndeclaredTier => Severity::High,
            Self::CountryUnreported
            | Self::HandlerPledge
            | Self::HandlerTraining
            | Self::Medium => Severity::Low,
            _ => Severity::Medium,
        }
    }

    /// The clause from which it follows (law.md §3, by its number).
    #[must_use]
    pub fn clause(self) -> u8 {
        match self {
            Self::Place
            | Self::Country
            | Self::CountryUnreported
            | Self::CloudUnreported
            | Self::Way
            | Self::SensitiveWay
            | Self::OwnAddress
            | Self::FreeMail
            | Self::Medium => 10,
            Self::HoldingEncryption
            | Self::SentUnprotected
            | Self::PasswordSameWay
            | Self::OpenRecipients
            | Self::SecondChecker => 9,
            Self::Recipient | Self::BeyondPurpose => 7,
            Self::TooManyPersons | Self::ItemsBeyond => 6,
            Self::HandlerUnregistered | Self::HandlerPledge => 4,
            Self::HandlerTraining | Self::HandlerLeft | Self::HandlerReturn => 5,
            Self::Retention | Self::AfterEnd => 13,
            Self::UndeclaredTier | Self::SubExpired => 11,
        }
    }

    /// Whether the contractor may claim an exception with a reason, which the officer decides on.
    #[must_use]
    pub fn allows_exception(self) -> bool {
        matches!(
            self,
            Self::Place
                | Self::CountryUnreported
                | Self::CloudUnreported
                | Self::Medium
                | Self::FreeMail
                | Self::TooManyPersons
                | Self::BeyondPurpose
                | Self::Way
                | Self::SecondChecker
                | Self::HandlerTraining
                | Self::Retention
        )
    }
}
