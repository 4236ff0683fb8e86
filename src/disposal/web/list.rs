//! The list of disposals, and their line on the entrustment's page.

use actix_web::HttpResponse;
use actix_web::web::{Path, Query};

use crate::database::Connection;
use crate::disposal::model::DisposalStatus;
use crate::disposal::store;
use crate::disposal::views::{Head, ListView, Row};
use crate::entrustment::{self, Entrustment, EntrustmentId, PanelRow};
use crate::error::Result;
use crate::japanese::jst_date;
use crate::web::paging::ListQuery;
use crate::web::{Choice, Ctx, locale};

/// Lists the disposals of an entrustment.
pub(super) async fn index(
    ctx: Ctx,
    id: Path<EntrustmentId>,
    query: Query<ListQuery>,
) -> Result<HttpResponse> {
    let (id, query) = (id.into_inner(), query.into_inner());
    let view = ctx
        .read(move |c, ctx| {
            let entrustment = entrustment::find(c, &ctx.actor, id)?;
            Ok(ListView {
                list: store::page(c, &entrustment, &query)?.map(Row::from),
                head: Head::from(&entrustment),
                statuses: Choice::words(ctx.language, "disposal-status-", DisposalStatus::ALL),
                open: store::open_holdings(c, &entrustment)?.0,
                may_write: entrustment::hold(c, &ctx.actor, entrustment).is_ok(),
            })
        })
        .await?;
    ctx.page(&view)
}

/// The line of the panel: how many, how many wait, and the day of erasure while something is held.
///
/// # Errors
/// Those of the database.
pub fn line(c: &mut Connection, ctx: &Ctx, entrustment: &Entrustment) -> Result<PanelRow> {
    let counts = store::counts(c, entrustment)?;
    let of = |wanted: &[DisposalStatus]| -> i64 {
        let rows = counts.iter().filter(|(status, _)| wanted.contains(status));
        rows.map(|(_, count)| count).sum()
    };
    let accepted = of(&[DisposalStatus::Accepted]);
    let attested = of(&[DisposalStatus::Attested]);
    let written = of(&[DisposalStatus::Draft, DisposalStatus::Returned]);
    let (open, _) = store::open_holdings(c, entrustment)?;
    let args =
        [("accepted", accepted.into()), ("attested", attested.into()), ("written", written.into())];
    let (key, tone) = match (attested, written) {
        (1.., _) => ("disposal-line-attested", "info"),
        (_, 1..) => ("disposal-line-written", "progress"),
        _ if open == 0 && accepted > 0 => ("disposal-line-done", "good"),
        _ => ("disposal-line-none", "neutral"),
    };
    let due = (open > 0).then_some(entrustment.erase_by);
    Ok(PanelRow {
        title: ctx.text("disposal-list-title"),
        href: format!("/entrustments/{}/disposals", entrustment.id),
        hint: locale::text_with(ctx.language, "disposal-line-hint", &args),
        status: ctx.text(key),
        tone,
        due,
        days: due.map(|day| (day - jst_date(ctx.now)).num_days()),
        download: false,
    })
}
