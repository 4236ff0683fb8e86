//! The lists of incidents.

use actix_web::HttpResponse;
use actix_web::web::{Path, Query};

use super::views::{Line, ListView};
use crate::database::Connection;
use crate::entrustment::{self, Entrustment, EntrustmentId};
use crate::error::Result;
use crate::incident::model::{IncidentKind, IncidentStatus};
use crate::incident::policy;
use crate::incident::store::list::{self, IncidentQuery, IncidentRow};
use crate::organisation::division;
use crate::web::paging::Page;
use crate::web::{Choice, Ctx};

/// Lists a page of the incidents that the member may see.
pub(super) async fn index(ctx: Ctx, query: Query<IncidentQuery>) -> Result<HttpResponse> {
    let query = query.into_inner();
    let view = ctx
        .read(move |c, ctx| {
            let member = ctx.member()?;
            let page = list::page(c, member, &query)?;
            let mut view = view(ctx, page, &query);
            view.may_report = policy::RESPONDERS.contains(&member.role);
            if member.role.is_principal() {
                let divisions = division::list(c, member.organisation_id)?;
                view.divisions = divisions.into_iter().map(|d| Choice::new(d.id, d.name)).collect();
            }
            Ok(view)
        })
        .await?;
    ctx.page(&view)
}

/// Lists a page of an entrustment's incidents.
pub(super) async fn of_entrustment(
    ctx: Ctx,
    id: Path<EntrustmentId>,
    query: Query<IncidentQuery>,
) -> Result<HttpResponse> {
    let (id, query) = (id.into_inner(), query.into_inner());
    let view = ctx
        .read(move |c, ctx| {
            let of = entrustment::find(c, &ctx.actor, id)?;
            let page = list::page_of(c, &of, &query)?;
            let may_report = may_report(c, ctx, &of);
            Ok(ListView { of: Some(of), may_report, ..view(ctx, page, &query) })
        })
        .await?;
    ctx.page(&view)
}

fn may_report(c: &mut Connection, ctx: &Ctx, of: &Entrustment) -> bool {
    policy::report(c, &ctx.actor, of.clone()).is_ok()
}

fn view(ctx: &Ctx, page: Page<IncidentRow>, query: &IncidentQuery) -> ListView {
    let language = ctx.language;
    let mut list = page.map(|row| Line::of(language, row));
    list.form = query.form().view(language);
    ListView {
        list,
        of: None,
        statuses: Choice::words(language, "incident-status-", IncidentStatus::ALL),
        kinds: Choice::words(language, "incident-kind-", IncidentKind::ALL),
        divisions: Vec::new(),
        may_report: false,
    }
}
