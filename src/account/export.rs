//! The members as a file.

use super::store::{self, MemberRow};
use crate::actor::Role;
use crate::database::Connection;
use crate::error::Result;
use crate::organisation::division;
use crate::sheet::{ColumnOf, Kind, Listed};
use crate::web::Ctx;
use crate::web::paging::ListQuery;

/// The members of the actor's organisation by name.
pub(super) struct Members;

/// A member and the name of the division.
pub(super) type Row = (MemberRow, String);

impl Listed for Members {
    type Path = ();
    type Query = ListQuery;
    type Row = Row;
    const TITLE: &'static str = "member-list-title";

    fn asked((): (), _: ListQuery) -> Self {
        Self
    }

    fn cells() -> Vec<ColumnOf<Row>> {
        use Kind::Text;
        vec![
            ("member-name", Text, |_, (row, _)| row.name.clone()),
            ("sign-in-email", Text, |_, (row, _)| row.email.clone()),
            ("member-role", Text, |ctx, (row, _)| ctx.text(&format!("role-{}", row.role))),
            ("member-division", Text, |_, (_, division)| division.clone()),
        ]
    }

    fn all(&self, connection: &mut Connection, ctx: &Ctx) -> Result<Vec<Row>> {
        let tenant = ctx.organisation_id()?;
        let divisions = division::list(connection, tenant)?;
        let row = |row: MemberRow| {
            let own = divisions.iter().find(|division| Some(division.id) == row.division_id);
            let name = own.map(|division| division.name.clone()).unwrap_or_default();
            (row, name)
        };
        Ok(store::members(connection, tenant, Role::ALL)?.into_iter().map(row).collect())
    }
}
