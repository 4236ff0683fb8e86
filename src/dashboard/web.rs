//! The overview and its lists.

use actix_web::HttpResponse;
use actix_web::web::Query;
use serde::Deserialize;

use super::export::List;
use super::model::{Days60, Share, Show, Waiting};
use super::store::{self, Chosen};
use super::views::{Bar, Chart, Figure, Line, ListView, OverviewView};
use crate::database::Connection;
use crate::error::{Error, Result};
use crate::flow;
use crate::japanese::jst_date;
use crate::rulebook::Severity;
use crate::sheet;
use crate::web::paging::{ListQuery, Page};
use crate::web::{Access, Ctx, Route};

/// The figures that the home page shows too.
const AT_HOME: usize = 4;
/// Most entrustments of a group on the home page.
const MOST_WAITING: i64 = 10;

/// The routes of the overview.
#[must_use]
pub fn routes() -> Vec<Route> {
    let mut routes = vec![
        Route::get("/overview", Access::Session, overview),
        Route::get("/overview/entrustments", Access::Session, list),
    ];
    routes.extend(sheet::downloads::<List>(
        "/overview/entrustments.xlsx",
        "/overview/entrustments.csv",
        Access::Session,
    ));
    routes
}

/// A list's address: what it shows, or a country; and the page.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct ShowQuery {
    show: String,
    country: String,
    page: String,
}

/// The first figures of the overview, for the home page.
///
/// # Errors
/// Those of the database.
pub fn figures(c: &mut Connection, ctx: &Ctx) -> Result<Vec<Figure>> {
    figures_of(c, ctx, AT_HOME)
}

/// What waits for the member to act, one list after the other.
///
/// # Errors
/// Those of the database.
pub fn waiting(c: &mut Connection, ctx: &Ctx) -> Result<Vec<(Show, Vec<Waiting>)>> {
    let member = ctx.member()?;
    let days = Days60::from(jst_date(ctx.now));
    let list = |show: &Show| Ok((*show, store::waiting(c, member, *show, days, MOST_WAITING)?));
    Show::waiting_for(member.role).iter().map(list).collect()
}

fn figures_of(c: &mut Connection, ctx: &Ctx, most: usize) -> Result<Vec<Figure>> {
    let member = ctx.member()?;
    let days = Days60::from(jst_date(ctx.now));
    let (open, overdue) = store::findings(c, member, days.today)?;
    let grave = open.iter().find(|(severity, _)| *severity == Severity::High);
    let mut figures = vec![
        figure(
            ctx,
            "dashboard-findings-high",
            grave.map_or(0, |(_, n)| *n),
            "bad",
            "/findings?severity=high",
        ),
        figure(ctx, "dashboard-findings-overdue", overdue, "bad", "/findings?overdue=on"),
    ];
    for show in Show::of(member).iter().take(most.saturating_sub(figures.len())) {
        let label = format!("dashboard-show-{}", show.as_str().replace('_', "-"));
        let href = format!("/overview/entrustments?show={show}");
        figures.push(figure(
            ctx,
            &label,
            store::count(c, member, *show, days)?,
            show.tone(),
            &href,
        ));
    }
    Ok(figures)
}

fn figure(ctx: &Ctx, label: &str, value: i64, tone: &'static str, href: &str) -> Figure {
    let tone = if value > 0 { tone } else { "neutral" };
    Figure { label: ctx.text(label), value, href: href.to_owned(), tone }
}

/// Shows the figures and pictures of all that the member may see.
async fn overview(ctx: Ctx) -> Result<HttpResponse> {
    let view = ctx
        .read(|c, ctx| {
            let member = ctx.member()?;
            let days = Days60::from(jst_date(ctx.now));
            let is_principal = member.role.is_principal();
            Ok(OverviewView {
                is_principal,
                figures: figures_of(c, ctx, usize::MAX)?,
                charts: charts(c, ctx, days)?,
                certificates: if is_principal {
                    store::certificates(c, member.organisation_id, days)?
                } else {
                    vec![]
                },
            })
        })
        .await?;
    ctx.page(&view)
}

fn charts(c: &mut Connection, ctx: &Ctx, days: Days60) -> Result<Vec<Chart>> {
    let member = ctx.member()?;
    let countries = store::by_country(c, member)?;
    let kinds = store::by_kind(c, member)?;
    let (open, _) = store::findings(c, member, days.today)?;
    Ok(vec![
        Chart::new(
            "country",
            ctx.text("dashboard-by-country"),
            ctx.text("dashboard-country"),
            ctx.text("dashboard-holdings"),
            true,
            countries.iter().map(|share| country(ctx, share)).collect(),
        ),
        Chart::new(
            "kind",
            ctx.text("dashboard-by-kind"),
            ctx.text("dashboard-kind"),
            ctx.text("dashboard-entrustments"),
            true,
            kinds.iter().map(|share| kind(ctx, share)).collect(),
        ),
        Chart::new(
            "severity",
            ctx.text("dashboard-by-severity"),
            ctx.text("dashboard-severity"),
            ctx.text("dashboard-findings"),
            false,
            severities(ctx, &open),
        ),
    ])
}

fn bar(label: String, share: &Share, href: String, tone: &'static str) -> Bar {
    Bar { label, count: share.count, persons: share.persons, href, tone, width: 0, y: 0 }
}

fn country(ctx: &Ctx, share: &Share) -> Bar {
    let code = if share.key.is_empty() { "unknown" } else { &share.key };
    let tone = if share.key == "JP" { "neutral" } else { "warn" };
    let href = format!("/overview/entrustments?country={code}");
    bar(flow::country(ctx.language, &share.key), share, href, tone)
}

fn kind(ctx: &Ctx, share: &Share) -> Bar {
    let label = ctx.text(&format!("dashboard-show-{}", share.key.replace('_', "-")));
    let href = format!("/overview/entrustments?show={}", share.key);
    bar(label, share, href, "neutral")
}

fn severities(ctx: &Ctx, open: &[(Severity, i64)]) -> Vec<Bar> {
    let one = |severity: &Severity| {
        let count = open.iter().find(|(s, _)| s == severity).map_or(0, |(_, count)| *count);
        let share = Share { key: severity.to_string(), count, persons: 0 };
        let label = ctx.text(&format!("severity-{severity}"));
        let tone = if *severity == Severity::High { "bad" } else { "neutral" };
        bar(label, &share, format!("/findings?severity={severity}"), tone)
    };
    Severity::ALL.iter().rev().map(one).collect()
}

impl ShowQuery {
    /// Which entrustments are asked for.
    ///
    /// # Errors
    /// [`Error::NotFound`] for a figure that there isn't.
    pub(super) fn chosen(&self) -> Result<Chosen> {
        match self.country.as_str() {
            "" => Ok(Chosen::Show(self.show.parse::<Show>().map_err(|_word| Error::NotFound)?)),
            "unknown" => Ok(Chosen::Country(String::new())),
            code => Ok(Chosen::Country(code.to_owned())),
        }
    }
}

/// Lists the entrustments that a figure counts.
async fn list(ctx: Ctx, query: Query<ShowQuery>) -> Result<HttpResponse> {
    let chosen = query.chosen()?;
    let query = ListQuery { page: query.into_inner().page, ..ListQuery::default() };
    let view = ctx
        .read(move |c, ctx| {
            let member = ctx.member()?;
            let days = Days60::from(jst_date(ctx.now));
            let (heading, register) = match &chosen {
                Chosen::Show(show) => {
                    let key = format!("dashboard-show-{}", show.as_str().replace('_', "-"));
                    (ctx.text(&key), show.register())
                }
                Chosen::Country(code) => (flow::country(ctx.language, code), "/holdings"),
            };
            let (rows, total) = store::page(c, member, &chosen, days, query.offset())?;
            let line = |(id, number, title, contractor, ends_on, persons)| Line {
                href: format!("/entrustments/{id}{register}"),
                id,
                number,
                title,
                contractor,
                ends_on,
                persons,
            };
            let rows = rows.into_iter().map(line).collect();
            Ok(ListView { heading, list: Page::new(rows, total, &query, "ends_on") })
        })
        .await?;
    ctx.page(&view)
}
