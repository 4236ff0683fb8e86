//! The list of questionnaires as a file.

use crate::actor::OrganisationId;
use crate::database::Connection;
use crate::error::Result;
use crate::japanese::jst_date;
use crate::organisation;
use crate::questionnaire::store::list::{self as store, Line};
use crate::questionnaire::store::template::headings;
use crate::questionnaire::views::list::status_words;
use crate::sheet::{Column, Kind, ListRows};
use crate::web::Ctx;
use crate::web::paging::ListQuery;

/// The list as its page has it, for either side.
pub(super) struct List(ListQuery);

impl ListRows for List {
    type Path = ();
    type Query = ListQuery;
    type Id = Line;
    const TITLE: &'static str = "questionnaire-list-title";

    fn asked((): (), query: ListQuery) -> Self {
        Self(query)
    }

    fn columns(&self, ctx: &Ctx) -> Vec<Column> {
        use Kind::{Code, Date, Number, Text};
        [
            ("questionnaire-name", Text),
            ("entrustment-number", Code),
            ("questionnaire-entrustment", Text),
            ("entrustment-principal", Text),
            ("entrustment-contractor", Text),
            ("entrustment-division", Text),
            ("questionnaire-deadline", Date),
            ("questionnaire-answered", Number),
            ("questionnaire-questions", Number),
            ("questionnaire-status", Text),
        ]
        .map(|(key, kind)| Column::new(ctx.text(key), kind))
        .to_vec()
    }

    fn ids(&self, connection: &mut Connection, ctx: &Ctx) -> Result<Vec<Line>> {
        store::all(connection, ctx.member()?, &self.0, jst_date(ctx.now))
    }

    fn rows(
        &self,
        connection: &mut Connection,
        ctx: &Ctx,
        lines: &[Line],
    ) -> Result<Vec<Vec<String>>> {
        let principal = ctx.member()?.role.is_principal();
        let hashes = lines.iter().map(|line| line.frozen_hash.clone()).collect();
        let headings = headings(connection, hashes)?;
        let tenants: Vec<OrganisationId> = lines.iter().map(|line| line.tenant_id).collect();
        let principals = organisation::find_many_names(connection, &tenants)?;
        let language = ctx.language.as_str();
        Ok(lines
            .iter()
            .map(|line| {
                let heading = headings.get(&line.frozen_hash);
                vec![
                    heading.map(|h| h.title.get(language).to_owned()).unwrap_or_default(),
                    line.number.clone(),
                    line.title.clone(),
                    principals.get(&line.tenant_id).cloned().unwrap_or_default(),
                    line.contractor.clone(),
                    line.division.clone(),
                    line.deadline.to_string(),
                    line.answered.to_string(),
                    line.questions.to_string(),
                    status_words(ctx.language, line.status, principal).0,
                ]
            })
            .collect())
    }
}
