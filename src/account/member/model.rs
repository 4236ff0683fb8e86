//! What whoever manages people types.

use crate::actor::{DivisionId, MembershipId, Role};
use crate::organisation::division::Division;
use crate::web::{Fields, Form, Invalid, Rule};

/// Somebody to invite.
#[derive(Clone, Debug)]
pub struct NewMember {
    /// The name.
    pub name: String,
    /// The mail address, in lower case.
    pub email: String,
    /// The role.
    pub role: Role,
    /// The division, for those who see only one.
    pub division_id: Option<DivisionId>,
}

impl NewMember {
    /// Reads the form: a role of `roles`, a division of `divisions` for an officer.
    ///
    /// # Errors
    /// What is wrong, by field.
    pub fn parse(form: &Form, roles: &[Role], divisions: &[Division]) -> Result<Self, Invalid> {
        let mut fields = Fields::of(form);
        let name = fields.text("name", Rule::line(100));
        let email = fields.email("email");
        let (role, division_id) = part(&mut fields, form, roles, divisions);
        fields.finish(|| Some(Self { name: name?, email: email?, role: role?, division_id }))
    }
}

/// Role and division as they are changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Place {
    pub role: Role,
    pub division_id: Option<DivisionId>,
}

impl Place {
    /// Reads the form, as [`NewMember::parse`] does.
    pub fn parse(form: &Form, roles: &[Role], divisions: &[Division]) -> Result<Self, Invalid> {
        let mut fields = Fields::of(form);
        let (role, division_id) = part(&mut fields, form, roles, divisions);
        fields.finish(|| Some(Self { role: role?, division_id }))
    }
}

fn part(
    fields: &mut Fields<'_>,
    form: &Form,
    roles: &[Role],
    divisions: &[Division],
) -> (Option<Role>, Option<DivisionId>) {
    let role = fields.word::<Role>("role");
    fields.check(role.is_none_or(|role| roles.contains(&role)), "role", "error-choose-from-list");
    let division: Option<DivisionId> = form.value("division").parse().ok();
    let known = division.is_some_and(|id| divisions.iter().any(|own| own.id == id));
    let none = form.value("division").is_empty();
    fields.check(none || known, "division", "error-choose-from-list");
    let alone = role.is_none_or(|role| role == Role::Officer);
    fields.check(none || alone, "division", "member-error-division");
    (role, division)
}

/// Who takes over from somebody who leaves, as the form says it.
pub(super) const NOBODY: &str = "nobody";

/// Reads who takes over: one of `others`, or nobody when that is said. Where nothing passes on and
/// nobody could take it, nothing has to be said.
pub(super) fn successor(
    form: &Form,
    others: &[MembershipId],
    asked: bool,
) -> Result<Option<MembershipId>, Invalid> {
    let mut fields = Fields::of(form);
    let typed = form.value("successor");
    fields.check(!asked || !typed.is_empty(), "successor", "error-choose-one");
    let chosen: Option<MembershipId> = typed.parse().ok();
    let known = chosen.is_some_and(|id| others.contains(&id));
    fields.check(
        typed.is_empty() || typed == NOBODY || known,
        "successor",
        "error-choose-from-list",
    );
    fields.finish(|| Some(chosen))
}
