//! The register as a file.

use std::collections::HashMap;

use super::model::{Contractor, ContractorId};
use super::store;
use crate::database::Connection;
use crate::error::Result;
use crate::sheet::{Column, Kind, ListRows};
use crate::web::Ctx;
use crate::web::paging::ListQuery;

/// The register as its page has it, with all columns: those that an import reads.
pub(super) struct Register(ListQuery);

impl ListRows for Register {
    type Path = ();
    type Query = ListQuery;
    type Id = ContractorId;
    const TITLE: &'static str = "contractor-list-title";

    fn asked((): (), query: ListQuery) -> Self {
        Self(query)
    }

    fn columns(&self, ctx: &Ctx) -> Vec<Column> {
        use Kind::{Code, Date, Text};
        [
            ("contractor-kind", Text),
            ("contractor-name", Text),
            ("contractor-kana", Text),
            ("contractor-corporate-number", Code),
            ("contractor-postcode", Code),
            ("contractor-address", Text),
            ("contractor-representative", Text),
            ("contractor-person-in-charge", Text),
            ("contractor-person-in-charge-title", Text),
            ("contractor-email", Text),
            ("contractor-phone", Code),
            ("contractor-after-hours-phone", Code),
            ("contractor-privacy-mark", Code),
            ("contractor-privacy-mark-until", Date),
            ("contractor-isms", Code),
            ("contractor-isms-until", Date),
            ("contractor-note", Text),
        ]
        .map(|(key, kind)| Column::new(ctx.text(key), kind))
        .to_vec()
    }

    fn ids(&self, connection: &mut Connection, ctx: &Ctx) -> Result<Vec<ContractorId>> {
        store::ids(connection, ctx.organisation_id()?, &self.0)
    }

    fn rows(
        &self,
        connection: &mut Connection,
        ctx: &Ctx,
        ids: &[ContractorId],
    ) -> Result<Vec<Vec<String>>> {
        let found = store::by_ids(connection, ctx.organisation_id()?, ids)?;
        let mut found: HashMap<ContractorId, Contractor> =
            found.into_iter().map(|row| (row.id, row)).collect();
        Ok(ids.iter().filter_map(|id| found.remove(id)).map(|row| cells(ctx, row)).collect())
    }
}

fn cells(ctx: &Ctx, row: Contractor) -> Vec<String> {
    let date = |date: Option<chrono::NaiveDate>| date.map(|d| d.to_string()).unwrap_or_default();
    vec![
        ctx.text(&format!("kind-{}", row.kind)),
        row.name,
        row.name_kana,
        row.corporate_number.unwrap_or_default(),
        row.postcode,
        row.address,
        row.representative,
        row.person_in_charge,
        row.person_in_charge_title,
        row.email,
        row.phone,
        row.after_hours_phone,
        row.privacy_mark,
        date(row.privacy_mark_until),
        row.isms,
        date(row.isms_until),
        row.note,
    ]
}
