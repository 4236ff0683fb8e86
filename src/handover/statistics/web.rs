//! The statistics and their list.

use actix_web::HttpResponse;
use actix_web::web::Query;
use chrono::NaiveDate;

use super::super::checking;
use super::model::{End, Filter, StopQuery, months};
use super::store;
use super::views::{Line, ListView, OverviewView, tone};
use crate::dashboard::{Bar, Chart, Figure};
use crate::database::Connection;
use crate::error::Result;
use crate::japanese::{Month, jst_date};
use crate::web::locale;
use crate::web::paging::Page;
use crate::web::{Access, Choice, Ctx, Route};

/// Most entrustments that are told by themselves.
const MOST: i64 = 10;
/// The list.
const LIST: &str = "/hand-over-stops/list";

/// The routes of the statistics.
#[must_use]
pub fn routes() -> Vec<Route> {
    vec![
        Route::get("/hand-over-stops", Access::Session, overview),
        Route::get("/hand-over-stops/list", Access::Session, list),
    ]
}

/// Shows what was stopped in the last twelve months, and how it ended.
async fn overview(ctx: Ctx) -> Result<HttpResponse> {
    let view = ctx
        .read(|c, ctx| {
            let today = jst_date(ctx.now);
            let filter = Filter::of(today);
            Ok(OverviewView {
                figures: figures(c, ctx, filter)?,
                charts: vec![
                    by_month(c, ctx, filter, today)?,
                    by_stop(c, ctx, filter)?,
                    by_entrustment(c, ctx, filter)?,
                ],
                total: store::count(c, ctx.member()?, &filter)?,
            })
        })
        .await?;
    ctx.page(&view)
}

fn figures(c: &mut Connection, ctx: &Ctx, filter: Filter) -> Result<Vec<Figure>> {
    let mut figures = Vec::new();
    for end in End::ALL {
        let value = store::count(c, ctx.member()?, &filter.end(*end))?;
        figures.push(Figure {
            label: ctx.text(&format!("handover-statistics-end-{end}")),
            value,
            href: format!("{LIST}?end={end}"),
            tone: if value > 0 && *end == End::Standing { tone(*end) } else { "neutral" },
        });
    }
    Ok(figures)
}

fn chart(ctx: &Ctx, id: &'static str, bars: Vec<Bar>) -> Chart {
    let say = |part: &str| ctx.text(&format!("handover-statistics-{part}"));
    let (title, head) = (say(&format!("by-{id}")), say(id));
    Chart::new(id, title, head, say("count"), false, bars)
}

fn bar(label: String, count: i64, query: &str) -> Bar {
    Bar::new(label, count, format!("{LIST}?{query}"))
}

fn by_month(c: &mut Connection, ctx: &Ctx, filter: Filter, today: NaiveDate) -> Result<Chart> {
    let mut bars = Vec::new();
    for month in months(today) {
        let count = store::count(c, ctx.member()?, &filter.month(month))?;
        bars.push(bar(locale::month(ctx.language, month), count, &format!("month={month}")));
    }
    Ok(chart(ctx, "month", bars))
}

fn by_stop(c: &mut Connection, ctx: &Ctx, filter: Filter) -> Result<Chart> {
    let found = store::by_stop(c, ctx.member()?, &filter)?;
    let one = |(stop, count): (crate::handover::Stop, i64)| {
        let label = checking::title(ctx.language, stop, "");
        bar(label, count, &format!("stop={stop}"))
    };
    Ok(chart(ctx, "stop", found.into_iter().map(one).collect()))
}

fn by_entrustment(c: &mut Connection, ctx: &Ctx, filter: Filter) -> Result<Chart> {
    let found = store::by_entrustment(c, ctx.member()?, &filter, MOST)?;
    let one = |(id, number, title, count): store::ByEntrustment| {
        bar(format!("{number} {title}"), count, &format!("entrustment={id}"))
    };
    Ok(chart(ctx, "entrustment", found.into_iter().map(one).collect()))
}

/// Lists what was stopped.
async fn list(ctx: Ctx, query: Query<StopQuery>) -> Result<HttpResponse> {
    let query = query.into_inner();
    let view = ctx
        .read(move |c, ctx| {
            let today = jst_date(ctx.now);
            let paging = query.list();
            let filter = query.filter(today);
            let (rows, total) = store::page(c, ctx.member()?, &filter, paging.offset())?;
            let page =
                Page::new(rows, total, &paging, "found_at").map(|row| Line::of(ctx.language, row));
            let choice = |month: Month| Choice::new(month, locale::month(ctx.language, month));
            let shown = months(today).into_iter().rev().map(choice).collect();
            Ok(ListView::new(ctx, page, query.form().view(ctx.language), shown))
        })
        .await?;
    ctx.page(&view)
}
