//! The page of an incident's clocks, and the statistics.

use actix_web::HttpResponse;
use actix_web::web::Query;
use chrono::NaiveTime;

use super::statistics::by_contractor;
use super::views::{self, ClockPage, StatisticsView};
use super::{rules, store};
use crate::clock::Timestamp;
use crate::error::Result;
use crate::incident::web::{Ids, load, numbered};
use crate::japanese::{FiscalYear, jst_date, jst_to_utc};
use crate::web::paging::ListQuery;
use crate::web::{Access, Choice, Ctx, Form, Route};

/// How many fiscal years can be chosen, this one among them.
const YEARS: i32 = 6;

/// The routes of the clocks.
#[must_use]
pub(in crate::incident) fn routes() -> Vec<Route> {
    vec![
        Route::get("/incidents/statistics", Access::Session, statistics),
        Route::get("/entrustments/{id}/incidents/{incident}/clock", Access::Session, show),
    ]
}

/// Shows what is due of an incident, and what is done.
async fn show(ctx: Ctx, ids: Ids) -> Result<HttpResponse> {
    let ids = ids.into_inner();
    let view = ctx
        .read(move |c, ctx| {
            let (entrustment, incident) = load(c, ctx, ids)?;
            let hours = entrustment.rules.0.report_hours;
            let marks = rules::marks(&incident, hours, store::settled_of(c, &incident)?);
            Ok(ClockPage {
                clock: views::clock(ctx, &incident, &marks),
                hours,
                home: incident.href(),
                name: numbered(ctx.language, &incident),
                entrustment,
            })
        })
        .await?;
    ctx.page(&view)
}

/// From when until when a fiscal year is; the end isn't part of it.
fn span(year: FiscalYear) -> (Timestamp, Timestamp) {
    let start = |year: FiscalYear| jst_to_utc(year.start().and_time(NaiveTime::MIN));
    (start(year), start(FiscalYear(year.0 + 1)))
}

/// Shows by contractor what was on time in a fiscal year.
async fn statistics(ctx: Ctx, query: Query<ListQuery>) -> Result<HttpResponse> {
    let query = query.into_inner();
    let view = ctx
        .read(move |c, ctx| {
            let this = FiscalYear::of(jst_date(ctx.now)).0;
            let years = (this - YEARS + 1..=this).rev();
            let asked: Option<i32> = query.year.parse().ok();
            let year = asked.filter(|year| years.clone().any(|one| one == *year)).unwrap_or(this);
            let found = store::reported(c, ctx.member()?, span(FiscalYear(year)))?;
            let counted = found.into_iter().map(|one| {
                let (id, name) = one.contractor;
                (id, name, one.marks)
            });
            let rows = by_contractor(counted.collect(), ctx.now);
            let label = |year: i32| views::year(ctx.language, year);
            Ok(StatisticsView {
                form: Form::from_pairs([("year", year.to_string())]).view(ctx.language),
                years: years.map(|year| Choice::new(year, label(year))).collect(),
                total: rows.iter().map(|row| row.count).sum(),
                chart: views::chart(ctx, &rows),
                lines: rows.into_iter().map(views::line).collect(),
            })
        })
        .await?;
    ctx.page(&view)
}
