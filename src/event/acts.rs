//! Which acts of the ledger are security events.

use super::model::{EventKind, EventKind as E};

/// The beginnings of acts that are about who may: each such act belongs into the table.
pub const ABOUT_ACCESS: &[&str] = &[
    "access_rules.",
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
    "totp.",
];

/// Act and event.
const ACTS: &[(&str, EventKind)] = &[
    ("contractor.joined", E::MemberJoined),
    ("identity.bound", E::FactorAdded),
    ("identity.refused", E::SignInRefused),
    ("invitation.sent", E::InvitationSent),
    ("member.joined", E::MemberJoined),
    ("member.left", E::MemberLeft),
    ("session.opened", E::SignedIn),
];

/// The event that an act is, if it is one.
#[must_use]
pub fn kind_of(act: &str) -> Option<EventKind> {
    ACTS.iter().find(|(known, _)| *known == act).map(|(_, kind)| *kind)
}
