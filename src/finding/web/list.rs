//! The lists, and the line on an entrustment's page.

use actix_web::HttpResponse;
use actix_web::web::{Path, Query};

use super::KEEPERS;
use crate::actor::Member;
use crate::database::Connection;
use crate::entrustment::{self, Entrustment, EntrustmentId, EntrustmentStatus, PanelRow};
use crate::error::Result;
use crate::finding::model::{FindingStatus, Source};
use crate::finding::store;
use crate::finding::store::list::{self, FindingQuery};
use crate::finding::views::{Head, Line, ListView};
use crate::japanese::jst_date;
use crate::rulebook::Severity;
use crate::web::{Choice, Ctx, locale};

/// Lists a page of the findings that the member may see.
pub(super) async fn index(ctx: Ctx, query: Query<FindingQuery>) -> Result<HttpResponse> {
    let query = query.into_inner();
    let view = ctx
        .read(move |c, ctx| {
            let page = list::page(c, ctx.member()?, &query, jst_date(ctx.now))?;
            Ok(view(ctx, page, &query, None))
        })
        .await?;
    ctx.page(&view)
}

/// Lists a page of an entrustment's findings.
pub(super) async fn of_entrustment(
    ctx: Ctx,
    id: Path<EntrustmentId>,
    query: Query<FindingQuery>,
) -> Result<HttpResponse> {
    let (id, query) = (id.into_inner(), query.into_inner());
    let view = ctx
        .read(move |c, ctx| {
            let of = entrustment::find(c, &ctx.actor, id)?;
            let page = list::page_of(c, &of, &query, jst_date(ctx.now))?;
            Ok(view(ctx, page, &query, Some(&of)))
        })
        .await?;
    ctx.page(&view)
}

fn view(
    ctx: &Ctx,
    page: crate::web::paging::Page<list::FindingRow>,
    query: &FindingQuery,
    of: Option<&Entrustment>,
) -> ListView {
    let language = ctx.language;
    let today = jst_date(ctx.now);
    let mut statuses = Choice::words(language, "finding-status-", FindingStatus::ALL);
    statuses.push(Choice::new("all", ctx.text("finding-status-all")));
    let mut list = page.map(|row| Line::of(language, row, today));
    list.form = query.form().view(language);
    ListView {
        list,
        statuses,
        severities: severities(ctx),
        sources: Choice::words(language, "finding-source-", Source::ALL),
        may_raise: of.is_some_and(|of| may_raise(ctx.actor.member(), of)),
        of: of.map(Head::of),
    }
}

/// The severities, the gravest first.
pub(super) fn severities(ctx: &Ctx) -> Vec<Choice> {
    let mut words = Severity::ALL.to_vec();
    words.reverse();
    Choice::words(ctx.language, "severity-", &words)
}

fn may_raise(member: Option<&Member>, of: &Entrustment) -> bool {
    of.status == EntrustmentStatus::Active
        && member.is_some_and(|member| KEEPERS.contains(&member.role))
}

/// The line on an entrustment's page.
///
/// # Errors
/// Those of the database.
pub fn line(c: &mut Connection, ctx: &Ctx, of: &Entrustment) -> Result<PanelRow> {
    let (open, due) = store::standing(c, of)?;
    let days = due.map(|due| (due - jst_date(ctx.now)).num_days());
    let (status, tone) = match (open, days) {
        (0, _) => ("finding-line-none", "good"),
        (_, Some(..0)) => ("finding-line-late", "bad"),
        _ => ("finding-line-open", "warn"),
    };
    let count = [("count", open.into())];
    Ok(PanelRow {
        title: ctx.text("finding-of-title"),
        href: format!("/entrustments/{}/findings", of.id),
        hint: locale::text_with(ctx.language, "finding-line-count", &count),
        status: ctx.text(status),
        tone,
        due,
        days,
        download: false,
    })
}
