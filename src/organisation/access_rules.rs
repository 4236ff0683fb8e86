//! What an organisation demands of its members (アクセスの決まり): how long sessions last, who needs a
//! second factor, and what a second person must approve.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use crate::word_type;

word_type! {
    /// What nobody may approve who asked for it, in whatever role (四つの目).
    FourEyes {
        /// A new recipient (送付先) of an entrustment's data.
        Recipients = "recipients",
        /// A sub-entrustment (再委託), and its renewal.
        SubEntrustments = "sub_entrustments",
        /// An exception to a handling rule (例外).
        Exceptions = "exceptions",
        /// Closing an entrustment (完了).
        Closing = "closing",
        /// An auditor's access to an entrustment (監査人の閲覧).
        AuditorAccess = "auditor_access",
    }
}

/// An organisation's access rules.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AccessRules {
    /// Minutes without use after which a session ends, 5 to 480.
    pub idle_minutes: i32,
    /// Hours after which a session ends, used or not, 1 to 24.
    pub session_hours: i32,
    /// Days for which an invitation counts, 1 to 60.
    pub invitation_days: i32,
    /// Whether a contractor's handlers need a second factor; all other roles always do.
    pub handler_second_factor: bool,
    /// What a second person must approve.
    pub four_eyes: BTreeSet<FourEyes>,
    /// For optimistic locking; 0 while nothing was stored.
    pub version: i32,
}

impl Default for AccessRules {
    fn default() -> Self {
        Self {
            idle_minutes: 120,
            session_hours: 12,
            invitation_days: 14,
            handler_second_factor: true,
            four_eyes: FourEyes::ALL.iter().copied().collect(),
            version: 0,
        }
    }
}
