//! The list of questionnaires, for both sides.

use actix_web::HttpResponse;
use actix_web::web::Query;

use crate::error::Result;
use crate::japanese::jst_date;
use crate::organisation::{self, division};
use crate::questionnaire::entity::QuestionnaireStatus;
use crate::questionnaire::export::List;
use crate::questionnaire::policy::KEEPERS;
use crate::questionnaire::store::list::{self as store, OVERDUE};
use crate::questionnaire::store::template::headings;
use crate::questionnaire::views::list::{ListView, Row, status_words};
use crate::sheet::downloads;
use crate::web::paging::ListQuery;
use crate::web::{Access, Choice, Ctx, Route};

pub(super) fn routes() -> Vec<Route> {
    let mut routes =
        downloads::<List>("/questionnaires.xlsx", "/questionnaires.csv", Access::Session);
    routes.push(Route::get("/questionnaires", Access::Session, index));
    routes
}

/// Lists a page of the questionnaires that the member may see.
async fn index(ctx: Ctx, query: Query<ListQuery>) -> Result<HttpResponse> {
    let query = query.into_inner();
    let view = ctx
        .read(move |c, ctx| {
            let member = ctx.member()?;
            let is_principal = member.role.is_principal();
            let page = store::page(c, member, &query, jst_date(ctx.now))?;
            let hashes = page.rows.iter().map(|line| line.frozen_hash.clone()).collect();
            let headings = headings(c, hashes)?;
            let tenants: Vec<_> = page.rows.iter().map(|line| line.tenant_id).collect();
            let (principals, divisions) = if is_principal {
                (None, division::list(c, member.organisation_id)?)
            } else {
                (Some(organisation::find_many_names(c, &tenants)?), vec![])
            };
            Ok(ListView {
                list: page.map(|line| Row::of(line, ctx, principals.as_ref(), &headings)),
                statuses: statuses(ctx, is_principal),
                divisions: divisions.into_iter().map(|d| Choice::new(d.id, d.name)).collect(),
                is_principal,
                may_dispatch: KEEPERS.contains(&member.role),
            })
        })
        .await?;
    ctx.page(&view)
}

/// The statuses to filter by, in the words of the reader's side, and what is overdue.
fn statuses(ctx: &Ctx, is_principal: bool) -> Vec<Choice> {
    let overdue = Choice::new(OVERDUE, ctx.text("questionnaire-status-overdue"));
    let words = QuestionnaireStatus::ALL
        .iter()
        .map(|status| Choice::new(status, status_words(ctx.language, *status, is_principal).0));
    std::iter::once(overdue).chain(words).collect()
}
