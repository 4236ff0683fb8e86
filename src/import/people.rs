//! People to invite from a sheet: a principal's members, a contractor's staff.

use std::collections::{HashMap, HashSet};

use super::acknowledging::Said;
use super::field::{Field, Takes, Words};
use super::kind::{Done, Imported};
use super::table::{RowFaults, Table};
use crate::account::{self, NewMember};
use crate::actor::Role;
use crate::database::{Connection, Tx};
use crate::entrustment::EntrustmentId;
use crate::error::{Error, Result};
use crate::organisation::division::{self, Division};
use crate::rulebook::Broken;
use crate::sheet::{Kind, Row};
use crate::web::{Ctx, Form, Invalid, Message, Portal};

/// People of a side: a principal's, or a contractor's.
pub(super) struct People<const PRINCIPAL: bool>;

/// What the rows name, and what invites them.
pub(super) struct Names {
    divisions: Vec<Division>,
    by_name: HashMap<String, String>,
    portal: Portal,
}

/// The roles that are given on a side.
fn roles(principal: bool) -> &'static [Role] {
    account::roles_of(if principal { Role::Administrator } else { Role::Representative })
}

impl<const PRINCIPAL: bool> Imported for People<PRINCIPAL> {
    type Command = NewMember;
    type Names = Names;
    type Key = String;

    fn fields() -> Vec<Field> {
        use Kind::Text;
        let roles = roles(PRINCIPAL).iter().map(|role| role.as_str()).collect();
        let mut fields = vec![
            Field::new("name", "member-name", Text),
            Field::new("email", "sign-in-email", Text),
            Field::new("role", "member-role", Text).taking(Takes::Word(Words::new("role-", roles))),
        ];
        if PRINCIPAL {
            let division = Field::new("division", "member-division", Text).optional();
            fields.push(division.taking(Takes::Own).hint("import-division-hint"));
        }
        fields
    }

    fn choices(connection: &mut Connection, ctx: &Ctx) -> Result<Vec<(&'static str, Vec<String>)>> {
        if !PRINCIPAL {
            return Ok(Vec::new());
        }
        let all = division::list(connection, ctx.organisation_id()?)?;
        Ok(vec![("division", all.into_iter().map(|division| division.name).collect())])
    }

    fn names(
        connection: &mut Connection,
        ctx: &Ctx,
        _: &Table<'_>,
        _: Option<EntrustmentId>,
    ) -> Result<Names> {
        let divisions =
            if PRINCIPAL { division::list(connection, ctx.organisation_id()?)? } else { vec![] };
        let by_name = divisions.iter().map(|d| (d.name.clone(), d.id.to_string())).collect();
        Ok(Names { divisions, by_name, portal: ctx.portal.clone() })
    }

    fn own(names: &Names, table: &Table<'_>, row: &Row, form: &mut Form, faults: &mut RowFaults) {
        let called = table.cell(row, "division");
        match names.by_name.get(called) {
            Some(id) => form.set("division", id),
            None if called.is_empty() => {}
            None => faults.add(
                table.column("division"),
                Message::new("import-fault-no-division").with("name", called.to_owned()),
            ),
        }
    }

    fn parse(names: &Names, form: &Form) -> Result<NewMember, Invalid> {
        NewMember::parse(form, roles(PRINCIPAL), &names.divisions)
    }

    fn key(command: &NewMember) -> (&'static str, String) {
        ("email", command.email.clone())
    }

    fn taken(
        connection: &mut Connection,
        ctx: &Ctx,
        _: &Names,
        keys: &[String],
    ) -> Result<HashSet<String>> {
        account::known(connection, ctx, keys)
    }

    fn create(
        tx: &mut Tx<'_>,
        names: Names,
        commands: &[NewMember],
        _: &[Vec<Broken>],
        _: &Said,
    ) -> Result<Vec<Done>> {
        account::invite_all(tx, &names.portal, commands)?;
        let tenant_id = tx.actor.member().ok_or(Error::SignIn)?.organisation_id;
        Ok(vec![Done { tenant_id, entrustment: None, rows: commands.len() }])
    }
}
