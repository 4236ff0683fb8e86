//! Which figures whom concern.
use super::Show;
use crate::actor::Role;

#[test]
fn everybody_but_auditors_has_something_to_do() {
    for role in [Role::Administrator, Role::Officer, Role::Approver, Role::Representative] {
        assert!(!Show::waiting_for(role).is_empty(), "{role}");
    }
    assert!(Show::waiting_for(Role::Auditor).is_empty());
}
