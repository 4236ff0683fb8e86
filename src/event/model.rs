//! What an event is.

use serde_json::Value;

use crate::actor::{OrganisationId, PersonId};
use crate::word_type;

word_type! {
    /// What happened.
    EventKind {
        /// Somebody signed in.
        SignedIn = "signed_in",
        /// A sign-in was refused.
        SignInRefused = "sign_in_refused",
        /// Somebody signed out.
        SignedOut = "signed_out",
        /// A session was ended from elsewhere.
        SessionEnded = "session_ended",
        /// Somebody proved anew to be who it is.
        SteppedUp = "stepped_up",
        /// A member's fresh proof was refused.
        StepUpRefused = "step_up_refused",
        /// A factor was set up: an authenticator, a passkey, an identity elsewhere.
        FactorAdded = "factor_added",
        /// A factor was taken away.
        FactorRemoved = "factor_removed",
        /// Recovery codes were made anew.
        RecoveryRenewed = "recovery_renewed",
        /// A recovery code took the place of a factor.
        RecoveryUsed = "recovery_used",
        /// A password was changed.
        PasswordChanged = "password_changed",
        /// Somebody was invited.
        InvitationSent = "invitation_sent",
        /// An invitation was taken back.
        InvitationRevoked = "invitation_revoked",
        /// An invitation was accepted.
        MemberJoined = "member_joined",
        /// A member's role or division was changed.
        RoleChanged = "role_changed",
        /// A member was shut out.
        MemberDisabled = "member_disabled",
        /// A member was let in again.
        MemberEnabled = "member_enabled",
        /// A membership ended.
        MemberLeft = "member_left",
        /// What an auditor may see, or until when, was changed.
        AuditorAccess = "auditor_access",
        /// The rules of access were changed.
        AccessRulesChanged = "access_rules_changed",
        /// The identity provider was changed.
        ProviderChanged = "provider_changed",
        /// Something else about access was changed.
        AccessChanged = "access_changed",
        /// An API token was made.
        TokenIssued = "token_issued",
        /// An API token was taken back.
        TokenRevoked = "token_revoked",
        /// An API token was used, the first time of a day.
        TokenUsed = "token_used",
        /// An API token was shown that doesn't count.
        TokenRefused = "token_refused",
        /// Something was refused.
        Refused = "refused",
        /// Somebody asked too often.
        RateLimited = "rate_limited",
        /// A list was taken out whole.
        Exported = "exported",
        /// A file was taken out.
        Downloaded = "downloaded",
        /// A list was taken in.
        Imported = "imported",
    }
}

word_type! {
    /// What an event is about, as the figures count it.
    Category {
        /// Signing in and out.
        SignIn = "sign_in",
        /// What was refused.
        Refusal = "refusal",
        /// What was taken out or in.
        HandOut = "hand_out",
        /// Who may, and with what it is proved.
        Access = "access",
    }
}

word_type! {
    /// How it ended.
    Outcome {
        /// It was done.
        Done = "done",
        /// It was refused.
        Refused = "refused",
    }
}

impl EventKind {
    /// What the event is about.
    #[must_use]
    pub fn category(self) -> Category {
        use EventKind as E;
        match self {
            E::SignedIn
            | E::SignedOut
            | E::SessionEnded
            | E::SteppedUp
            | E::RecoveryUsed
            | E::TokenUsed => Category::SignIn,
            E::SignInRefused | E::StepUpRefused | E::Refused | E::RateLimited | E::TokenRefused => {
                Category::Refusal
            }
            E::Exported | E::Downloaded | E::Imported => Category::HandOut,
            _ => Category::Access,
        }
    }

    /// How such an event ends.
    #[must_use]
    pub fn outcome(self) -> Outcome {
        match self.category() {
            Category::Refusal => Outcome::Refused,
            _ => Outcome::Done,
        }
    }
}

/// What an event is about: a kind of thing and its id.
#[derive(Clone, Copy, Debug, Default)]
pub struct Subject<'a> {
    /// The kind, such as `person`.
    pub kind: &'a str,
    /// The id, or a path.
    pub id: &'a str,
}

/// What happened, as it is told. Who acted, when and from where is the transaction's.
#[derive(Clone, Debug)]
pub struct NewEvent<'a> {
    /// Whose administrators see it; where it is nobody's, the acting member's organisation.
    pub tenant_id: Option<OrganisationId>,
    /// What happened.
    pub kind: EventKind,
    /// Who, when it isn't the actor.
    pub person_id: Option<PersonId>,
    /// The key of the session that it opened; empty for the one in which it happened.
    pub session: &'a str,
    /// A keyed code of an account that was typed, never what was typed.
    pub account: &'a str,
    /// The act of the ledger's entry, or the method and route pattern.
    pub act: &'a str,
    /// What it is about.
    pub subject: Subject<'a>,
    /// Why it was refused: a word.
    pub reason: &'a str,
    /// Figures and words of closed lists.
    pub details: Vec<(&'a str, Value)>,
}

impl NewEvent<'_> {
    /// An event of the actor's, about nothing else.
    #[must_use]
    pub fn new(kind: EventKind) -> Self {
        Self {
            tenant_id: None,
            kind,
            person_id: None,
            session: "",
            account: "",
            act: "",
            subject: Subject::default(),
            reason: "",
            details: Vec::new(),
        }
    }
}

/// The details that an event keeps of an entry: what is figures and words of closed lists, never
/// what somebody typed.
const KEPT: [&str; 14] = [
    "bytes",
    "entrustment",
    "expires_on",
    "factor",
    "format",
    "kind",
    "list",
    "method",
    "reason",
    "role",
    "route",
    "rows",
    "scopes",
    "second_factor",
];

/// What of `details` an event keeps.
pub(super) fn kept<'a>(details: impl Iterator<Item = (&'a str, &'a Value)>) -> Value {
    details
        .filter(|(name, value)| KEPT.contains(name) && is_plain(value))
        .map(|(name, value)| (name.to_owned(), value.clone()))
        .collect()
}

/// Whether a value is a figure or a word in ASCII, or a list of such.
fn is_plain(value: &Value) -> bool {
    let plain = |c: char| c.is_ascii_alphanumeric() || "_.:-/{}*".contains(c);
    match value {
        Value::Bool(_) | Value::Number(_) => true,
        Value::String(text) => text.len() <= 100 && text.chars().all(plain),
        Value::Array(all) => all.iter().all(is_plain),
        Value::Null | Value::Object(_) => false,
    }
}
