//! The overview of a year, an entrustment's inspections, and the line on its page.

use actix_web::HttpResponse;
use actix_web::web::{Path, Query};
use chrono::NaiveDate;

use super::KEEPERS;
use crate::database::Connection;
use crate::entrustment::{self, Entrustment, EntrustmentId, EntrustmentStatus, PanelRow};
use crate::error::Result;
use crate::inspection::model::Inspection;
use crate::inspection::store::duty::Standing;
use crate::inspection::store::{self, duty};
use crate::inspection::views::{self, DutyLine, DutyView, Head, OfView, Row};
use crate::japanese::{FiscalYear, jst_date};
use crate::organisation::division;
use crate::web::paging::ListQuery;
use crate::web::{Choice, Ctx, locale};

/// Lists a page of the entrustments in force with their inspections of a fiscal year.
pub(super) async fn index(ctx: Ctx, query: Query<ListQuery>) -> Result<HttpResponse> {
    let query = query.into_inner();
    let view = ctx
        .read(move |c, ctx| {
            let member = ctx.member()?;
            let today = jst_date(ctx.now);
            let this = FiscalYear::of(today);
            let year = query.year.parse().map_or(this, FiscalYear);
            let page = duty::page(c, member, &query, year)?;
            let is_principal = member.role.is_principal();
            let divisions = if is_principal && entrustment::sees_all(member) {
                division::list(c, member.organisation_id)?
            } else {
                Vec::new()
            };
            let standings =
                [Standing::Undone, Standing::Missing, Standing::Planned, Standing::Held];
            Ok(DutyView {
                list: page.map(|row| DutyLine::of(ctx.language, row, year, today)),
                year_label: views::year(ctx.language, year.0),
                years: (this.0 - 5..=this.0)
                    .rev()
                    .map(|year| Choice::new(year, views::year(ctx.language, year)))
                    .collect(),
                standings: Choice::words(ctx.language, "inspection-standing-", &standings),
                divisions: divisions.into_iter().map(|d| Choice::new(d.id, d.name)).collect(),
                is_principal,
            })
        })
        .await?;
    ctx.page(&view)
}

/// How the duty of this year stands for an entrustment, with what is planned for it.
fn standing(all: &[Inspection], year: FiscalYear) -> (Standing, Option<NaiveDate>) {
    let own = || all.iter().filter(move |inspection| inspection.fiscal_year == year.0);
    if own().any(Inspection::is_held) {
        return (Standing::Held, None);
    }
    match own().map(|inspection| inspection.planned_on).min() {
        Some(day) => (Standing::Planned, Some(day)),
        None => (Standing::Missing, None),
    }
}

/// Lists the inspections of an entrustment.
pub(super) async fn of_entrustment(ctx: Ctx, id: Path<EntrustmentId>) -> Result<HttpResponse> {
    let id = id.into_inner();
    let view = ctx
        .read(move |c, ctx| {
            let of = entrustment::find(c, &ctx.actor, id)?;
            let all = store::all(c, &of)?;
            let today = jst_date(ctx.now);
            let year = FiscalYear::of(today);
            let (stands, _) = standing(&all, year);
            Ok(OfView {
                rows: all.iter().map(|row| Row::of(ctx.language, row)).collect(),
                year: views::year(ctx.language, year.0),
                standing: views::standing(ctx.language, stands),
                due: year.end(),
                days: (year.end() - today).num_days(),
                done: stands == Standing::Held,
                may_plan: of.status == EntrustmentStatus::Active
                    && KEEPERS.contains(&ctx.member()?.role),
                of: Head::of(&of),
            })
        })
        .await?;
    ctx.page(&view)
}

/// The line on an entrustment's page: how the duty of this fiscal year stands.
///
/// # Errors
/// Those of the database.
pub fn line(c: &mut Connection, ctx: &Ctx, of: &Entrustment) -> Result<PanelRow> {
    let all = store::all(c, of)?;
    let today = jst_date(ctx.now);
    let year = FiscalYear::of(today);
    let (stands, planned) = standing(&all, year);
    let mark = views::standing(ctx.language, stands);
    let due = planned.or((stands == Standing::Missing).then(|| year.end()));
    let args = [
        ("year", views::year(ctx.language, year.0).into()),
        ("count", all.iter().filter(|row| row.is_held()).count().into()),
    ];
    Ok(PanelRow {
        title: ctx.text("inspection-of-title"),
        href: format!("/entrustments/{}/inspections", of.id),
        hint: locale::text_with(ctx.language, "inspection-line-count", &args),
        status: mark.label,
        tone: mark.tone,
        due,
        days: due.map(|due| (due - today).num_days()),
        download: false,
    })
}
