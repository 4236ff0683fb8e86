//! What follows from roles, and how an invitation stands. Pure: the time is an argument.

use serde::Serialize;

use crate::actor::{DivisionId, Role};
use crate::clock::Timestamp;
use crate::word_type;

/// The roles on a principal's side.
const PRINCIPALS: &[Role] = &[Role::Administrator, Role::Officer, Role::Approver, Role::Auditor];
/// The roles on a contractor's side.
const CONTRACTORS: &[Role] = &[Role::Representative, Role::Handler];

/// The roles that somebody in `role` gives and sees: those of the own side.
#[must_use]
pub(in crate::account) fn of_side(role: Role) -> &'static [Role] {
    if role.is_principal() { PRINCIPALS } else { CONTRACTORS }
}

/// The role of which a side must have somebody: whoever manages its people.
#[must_use]
pub(in crate::account) fn keeper(role: Role) -> Role {
    if role.is_principal() { Role::Administrator } else { Role::Representative }
}

/// Whether nobody would be left to manage an organisation's people when a member goes from
/// `before` to `after` (or leaves), with `others` who manage them too.
#[must_use]
pub(super) fn leaves_nobody(before: Role, after: Option<Role>, others: i64) -> bool {
    let keeper = keeper(before);
    before == keeper && after != Some(keeper) && others == 0
}

/// Whether somebody in a role and division may take over from somebody else: on a principal's side
/// whoever looks after the same entrustments.
#[must_use]
pub(super) fn takes_over(
    (leaves, own): (Role, Option<DivisionId>),
    (stays, division): (Role, Option<DivisionId>),
) -> bool {
    if !leaves.is_principal() {
        return !stays.is_principal();
    }
    match stays {
        Role::Administrator => true,
        Role::Officer => division.is_none() || division == own,
        _ => false,
    }
}

word_type! {
    /// How an invitation stands.
    InvitationState {
        /// It can be accepted.
        Open = "open",
        /// Its time is over.
        Expired = "expired",
        /// It was accepted.
        Accepted = "accepted",
        /// It was taken back, or a newer one took its place.
        Revoked = "revoked",
    }
}

/// The moments of an invitation that tell how it stands.
#[expect(clippy::struct_field_names, reason = "as the table's columns are called")]
#[derive(Clone, Copy, Debug, Serialize)]
pub(in crate::account) struct Moments {
    /// Until when it counts.
    pub expires_at: Timestamp,
    /// When it was accepted.
    pub used_at: Option<Timestamp>,
    /// When it was taken back.
    pub revoked_at: Option<Timestamp>,
}

/// How an invitation stands at a moment.
#[must_use]
pub(in crate::account) fn state(of: Moments, now: Timestamp) -> InvitationState {
    match of {
        Moments { used_at: Some(_), .. } => InvitationState::Accepted,
        Moments { revoked_at: Some(_), .. } => InvitationState::Revoked,
        Moments { expires_at, .. } if expires_at <= now => InvitationState::Expired,
        Moments { .. } => InvitationState::Open,
    }
}

#[cfg(test)]
mod tests {
    use chrono::Duration;

    use super::*;

    fn at(hour: i64) -> Timestamp {
        let start = chrono::NaiveDate::from_ymd_opt(2026, 4, 1).unwrap();
        start.and_hms_opt(0, 0, 0).unwrap() + Duration::hours(hour)
    }

    #[test]
    fn the_last_who_manages_people_neither_goes_nor_becomes_something_else() {
        use Role::{Administrator, Handler, Officer, Representative};
        for (before, after, others, nobody) in [
            (Administrator, None, 0, true),
            (Administrator, Some(Officer), 0, true),
            (Administrator, Some(Administrator), 0, false),
            (Administrator, None, 1, false),
            (Officer, None, 0, false),
            (Representative, Some(Handler), 0, true),
            (Representative, Some(Handler), 1, false),
            (Handler, None, 0, false),
        ] {
            assert_eq!(leaves_nobody(before, after, others), nobody, "{before} {after:?} {others}");
        }
    }

    #[test]
    fn who_takes_over_looks_after_the_same_entrustments() {
        use Role::{Administrator, Approver, Handler, Officer, Representative};
        let division = Some(DivisionId::new(at(0)));
        let other = Some(DivisionId::new(at(0)));
        for (leaves, stays, may) in [
            ((Officer, division), (Officer, division), true),
            ((Officer, division), (Officer, None), true),
            ((Officer, division), (Officer, other), false),
            ((Officer, None), (Officer, division), false),
            ((Officer, division), (Administrator, None), true),
            ((Officer, division), (Approver, None), false),
            ((Officer, division), (Representative, None), false),
            ((Handler, None), (Representative, None), true),
            ((Handler, None), (Officer, division), false),
        ] {
            assert_eq!(takes_over(leaves, stays), may, "{leaves:?} {stays:?}");
        }
    }

    #[test]
    fn a_side_gives_its_own_roles_alone() {
        for role in Role::ALL {
            assert!(of_side(*role).contains(role));
            assert!(of_side(*role).iter().all(|r| r.is_principal() == role.is_principal()));
            assert!(of_side(*role).contains(&keeper(*role)));
        }
    }

    #[test]
    fn an_invitation_ends_to_the_moment() {
        let open = Moments { expires_at: at(1), used_at: None, revoked_at: None };
        assert_eq!(state(open, at(0)), InvitationState::Open);
        assert_eq!(state(open, at(1)), InvitationState::Expired);
        let used = Moments { used_at: Some(at(0)), ..open };
        assert_eq!(state(used, at(2)), InvitationState::Accepted);
        let revoked = Moments { revoked_at: Some(at(0)), ..open };
        assert_eq!(state(revoked, at(0)), InvitationState::Revoked);
    }
}
