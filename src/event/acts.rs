//! Which acts of the ledger are security events.

use super::model::{EventKind, EventKind as E};

/// The beginnings of acts that are about who may: each such act belongs into the table.
pub const ABOUT_ACCESS: &[&str] = &[
    "access_rules.",
    "auditor_access.",
    "device.",
    "factor.",
    "identity.",
    "identity_provider.",
    "invitation.",
    "key.",
    "member.",
    "passkey.",
    "password.",
    "recovery.",
    "secret.",
    "session.",
    "sign_in.",
    "step_up.",
    "token.",
    "totp.",
];

/// Act and event.
const ACTS: &[(&str, EventKind)] = &[
    ("access_rules.changed", E::AccessRulesChanged),
    ("auditor_access.asked", E::AuditorAccess),
    ("auditor_access.ended", E::AuditorAccess),
    ("auditor_access.granted", E::AuditorAccess),
    ("auditor_access.refused", E::AuditorAccess),
    ("contractor.joined", E::MemberJoined),
    ("factor.added", E::FactorAdded),
    ("factor.recovery_renewed", E::RecoveryRenewed),
    ("factor.recovery_used", E::RecoveryUsed),
    ("factor.removed", E::FactorRemoved),
    ("factor.reset", E::FactorRemoved),
    ("file.downloaded", E::Downloaded),
    ("handover.code_refused", E::Refused),
    ("handover.code_renewed", E::AccessChanged),
    ("handover.code_shown", E::AccessChanged),
    ("handover.downloaded", E::Downloaded),
    ("handover.previewed", E::Downloaded),
    ("handover.recalled", E::AccessChanged),
    ("handover.refused", E::AccessChanged),
    ("identity.bound", E::FactorAdded),
    ("identity.refused", E::SignInRefused),
    ("identity.released", E::FactorRemoved),
    ("identity_provider.removed", E::ProviderChanged),
    ("identity_provider.saved", E::ProviderChanged),
    ("import.confirmed", E::Imported),
    ("invitation.revoked", E::InvitationRevoked),
    ("invitation.sent", E::InvitationSent),
    ("list.exported", E::Exported),
    ("member.changed", E::RoleChanged),
    ("member.disabled", E::MemberDisabled),
    ("member.enabled", E::MemberEnabled),
    ("member.joined", E::MemberJoined),
    ("member.left", E::MemberLeft),
    ("passkey.added", E::FactorAdded),
    ("passkey.removed", E::FactorRemoved),
    ("password.changed", E::PasswordChanged),
    ("session.ended", E::SessionEnded),
    ("session.opened", E::SignedIn),
    ("session.signed_out", E::SignedOut),
    ("token.issued", E::TokenIssued),
    ("token.revoked", E::TokenRevoked),
    ("token.used", E::TokenUsed),
];

/// Acts about access that change nothing about who may.
const NO_EVENTS: &[&str] = &["passkey.renamed", "session.renewed"];

/// The event that an act is, if it is one. An act about access that the table doesn't know is one
/// all the same: nothing of that kind goes unseen.
#[must_use]
pub fn kind_of(act: &str) -> Option<EventKind> {
    if NO_EVENTS.contains(&act) {
        return None;
    }
    let known = ACTS.iter().find(|(known, _)| *known == act).map(|(_, kind)| *kind);
    let about = || ABOUT_ACCESS.iter().any(|beginning| act.starts_with(beginning));
    known.or_else(|| about().then_some(E::AccessChanged))
}

/// Whether somebody has decided what the act is.
#[must_use]
pub fn is_decided(act: &str) -> bool {
    NO_EVENTS.contains(&act) || ACTS.iter().any(|(known, _)| *known == act)
}

#[cfg(test)]
mod tests {
    use super::{ACTS, EventKind, is_decided, kind_of};

    #[test]
    fn what_is_about_access_is_an_event_even_if_nobody_has_thought_of_it() {
        assert_eq!(kind_of("session.opened"), Some(EventKind::SignedIn));
        assert_eq!(kind_of("member.promoted"), Some(EventKind::AccessChanged));
        assert_eq!(kind_of("session.renewed"), None);
        assert_eq!(kind_of("questionnaire.dispatched"), None);
        assert!(is_decided("passkey.renamed") && !is_decided("member.promoted"));
    }

    #[test]
    fn an_act_is_in_the_table_once_and_in_its_order() {
        assert!(ACTS.is_sorted_by(|(a, _), (b, _)| a < b));
    }
}
