//! What an organisation demands of its members (アクセスの決まり): how long sessions last, who needs a
//! second factor, and what a second person must approve.

mod policy;
mod store;
mod views;
mod web;

pub(super) use views::samples;
pub(super) use web::routes;

pub use store::access_rules;

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use crate::web::{Fields, Form, Invalid};
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

impl AccessRules {
    /// Reads the form; what the page doesn't ask of this side stays as it is.
    ///
    /// # Errors
    /// What is wrong, by field.
    fn parse(form: &Form, stored: &Self, principal: bool) -> Result<Self, Invalid> {
        let mut f = Fields::of(form);
        let mut number = |field: &str, least: i64, most: i64| {
            f.number(field, least, most).and_then(|number| i32::try_from(number).ok())
        };
        let idle_minutes = number("idle_minutes", 5, 480);
        let session_hours = number("session_hours", 1, 24);
        let invitation_days = number("invitation_days", 1, 60);
        let (four_eyes, handler_second_factor) = if principal {
            (f.words("four_eyes"), stored.handler_second_factor)
        } else {
            let kept = stored.four_eyes.iter().copied().collect();
            (Some(kept), f.ticked("handler_second_factor"))
        };
        let version = f.version();
        f.finish(|| {
            Some(Self {
                idle_minutes: idle_minutes?,
                session_hours: session_hours?,
                invitation_days: invitation_days?,
                handler_second_factor,
                four_eyes: four_eyes?.into_iter().collect(),
                version,
            })
        })
    }

    /// The form filled in with the rules.
    fn form(&self) -> Form {
        let mut form = Form::from_pairs([
            ("idle_minutes", self.idle_minutes.to_string()),
            ("session_hours", self.session_hours.to_string()),
            ("invitation_days", self.invitation_days.to_string()),
            ("version", self.version.to_string()),
        ]);
        if self.handler_second_factor {
            form.set("handler_second_factor", "on");
        }
        for what in &self.four_eyes {
            form.add("four_eyes", what.as_str());
        }
        form
    }
}
