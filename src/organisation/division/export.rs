//! The divisions as a file.

use super::model::Division;
use super::store;
use crate::database::Connection;
use crate::error::Result;
use crate::sheet::{ColumnOf, Kind, Listed};
use crate::web::Ctx;
use crate::web::paging::ListQuery;

/// The divisions of the actor's organisation by name.
pub(super) struct List;

impl Listed for List {
    type Path = ();
    type Query = ListQuery;
    type Row = Division;
    const TITLE: &'static str = "division-list-title";

    fn asked((): (), _: ListQuery) -> Self {
        Self
    }

    fn cells() -> Vec<ColumnOf<Division>> {
        use Kind::{Code, Text};
        vec![
            ("division-name", Text, |_, row| row.name.clone()),
            ("division-email", Text, |_, row| row.email.clone().unwrap_or_default()),
            ("division-phone", Code, |_, row| row.phone.clone()),
        ]
    }

    fn all(&self, connection: &mut Connection, ctx: &Ctx) -> Result<Vec<Division>> {
        store::list(connection, ctx.organisation_id()?)
    }
}
