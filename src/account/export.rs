//! The members as a file.

use super::member::{self, Kept};
use crate::database::Connection;
use crate::error::Result;
use crate::sheet::{self, ColumnOf, Kind, Listed};
use crate::web::Ctx;
use crate::web::paging::ListQuery;

/// The members of the actor's organisation, as the page's filter and order have them.
pub(super) struct Members(ListQuery);

impl Listed for Members {
    type Path = ();
    type Query = ListQuery;
    type Row = Kept;
    const TITLE: &'static str = "member-list-title";

    fn asked((): (), query: ListQuery) -> Self {
        Self(query)
    }

    fn cells() -> Vec<ColumnOf<Kept>> {
        use Kind::Text;
        vec![
            ("member-name", Text, |_, row| row.name.clone()),
            ("sign-in-email", Text, |_, row| row.email.clone()),
            ("member-role", Text, |ctx, row| ctx.text(&format!("role-{}", row.role))),
            ("member-division", Text, |_, row| row.division.clone().unwrap_or_default()),
            ("member-joined", Text, |_, row| sheet::moment(Some(row.created_at))),
            ("member-ended", Text, |_, row| sheet::moment(row.ended_at)),
        ]
    }

    fn all(&self, connection: &mut Connection, ctx: &Ctx) -> Result<Vec<Kept>> {
        member::listed(connection, ctx, &self.0)
    }
}
