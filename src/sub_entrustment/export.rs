//! The list of applications as a file.

use super::model::Application;
use super::store;
use crate::database::Connection;
use crate::entrustment::{self, EntrustmentId};
use crate::error::Result;
use crate::sheet::{ColumnOf, Kind, Listed, day, moment};
use crate::web::Ctx;
use crate::web::paging::ListQuery;

/// The applications of an entrustment as their page has them, the newest first.
pub(super) struct List(EntrustmentId);

impl Listed for List {
    type Path = EntrustmentId;
    type Query = ListQuery;
    type Row = Application;
    const TITLE: &'static str = "sub-entrustment-list-title";

    fn asked(of: EntrustmentId, _: ListQuery) -> Self {
        Self(of)
    }

    fn cells() -> Vec<ColumnOf<Application>> {
        use Kind::{Code, Date, Number, Text};
        vec![
            ("sub-entrustment-position", Number, |_, row| row.position.to_string()),
            ("sub-entrustment-name", Text, |_, row| row.name.clone()),
            ("sub-entrustment-name-kana", Text, |_, row| row.name_kana.clone()),
            ("sub-entrustment-corporate-number", Code, |_, row| row.corporate_number.clone()),
            ("sub-entrustment-address", Text, |_, row| row.address.clone()),
            ("sub-entrustment-representative", Text, |_, row| row.representative.clone()),
            ("sub-entrustment-email", Text, |_, row| row.email.clone()),
            ("sub-entrustment-phone", Code, |_, row| row.phone.clone()),
            ("sub-entrustment-reason", Text, |_, row| row.reason.clone()),
            ("sub-entrustment-scope", Text, |_, row| row.scope.clone()),
            ("sub-entrustment-persons", Number, |_, row| row.persons.to_string()),
            ("sub-entrustment-starts-on", Date, |_, row| row.starts_on.to_string()),
            ("sub-entrustment-ends-on", Date, |_, row| row.ends_on.to_string()),
            ("sub-entrustment-permitted-until", Date, |_, row| day(row.permitted_until)),
            ("sub-entrustment-place", Text, |_, row| row.place.clone()),
            ("sub-entrustment-country", Text, |_, row| row.country.clone()),
            ("sub-entrustment-safety", Text, |_, row| row.safety.clone()),
            ("sub-entrustment-supervision", Text, |_, row| row.supervision.clone()),
            ("sub-entrustment-further", Text, |_, row| row.further.clone()),
            ("sub-entrustment-status", Text, |ctx, row| {
                ctx.text(&format!("sub-entrustment-status-{}", row.status))
            }),
            ("sub-entrustment-conditions-or-reason", Text, |_, row| row.conditions.clone()),
            ("sub-entrustment-applied-by", Text, |_, row| row.applied_by_name.clone()),
            ("sub-entrustment-decided-by", Text, |_, row| row.decided_by_name.clone()),
            ("recipient-decided-at", Text, |_, row| moment(row.decided_at)),
        ]
    }

    fn all(&self, connection: &mut Connection, ctx: &Ctx) -> Result<Vec<Application>> {
        let of = entrustment::find(connection, &ctx.actor, self.0)?;
        let mut all = store::all(connection, &of)?;
        all.reverse();
        Ok(all)
    }
}
