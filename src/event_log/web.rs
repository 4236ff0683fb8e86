//! The list.

use actix_web::HttpResponse;
use actix_web::web::Query;

use super::export::List;
use super::store::{self, EventQuery};
use super::views::{Line, ListView};
use crate::actor::Role;
use crate::error::Result;
use crate::event::{Category, EventKind, Outcome};
use crate::sheet;
use crate::web::{Access, Choice, Ctx, Fields, Route};

/// Who sees what happens in an organisation.
const WATCHERS: Access = Access::Roles(&[Role::Administrator, Role::Representative]);

/// The routes of the security events.
#[must_use]
pub fn routes() -> Vec<Route> {
    let mut routes = vec![Route::get("/events", WATCHERS, index)];
    routes.extend(sheet::downloads::<List>("/events.xlsx", "/events.csv", WATCHERS));
    routes
}

/// Lists a page of the organisation's events.
async fn index(ctx: Ctx, query: Query<EventQuery>) -> Result<HttpResponse> {
    let query = query.into_inner();
    let view = ctx
        .read(move |c, ctx| {
            let tenant = ctx.organisation_id()?;
            let people = store::people(c, tenant)?;
            let page = store::page(c, tenant, &query)?;
            let form = query.form();
            // A day that can't be read is said so; the list is that of all days.
            let mut fields = Fields::of(&form);
            let days = [fields.optional_date("from"), fields.optional_date("until")];
            let form = match fields.finish(|| days.iter().all(Option::is_some).then_some(())) {
                Ok(()) => form.view(ctx.language),
                Err(invalid) => form.view_with(ctx.language, &invalid),
            };
            let mut list = page.map(|row| Line::of(ctx.language, &row));
            list.form = form;
            Ok(ListView {
                list,
                kinds: Choice::words(ctx.language, "event-kind-", EventKind::ALL),
                categories: Choice::words(ctx.language, "event-category-", Category::ALL),
                outcomes: Choice::words(ctx.language, "event-outcome-", Outcome::ALL),
                people: people.into_iter().map(|(id, name)| Choice::new(id, name)).collect(),
            })
        })
        .await?;
    ctx.page(&view)
}
