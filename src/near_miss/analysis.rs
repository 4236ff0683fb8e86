//! The analysis: near misses by month, kind, cause, what stopped them and by contractor. Each figure is
//! the length of a list, and leads to it.

use actix_web::HttpResponse;
use actix_web::web::Query;

use super::query::{Filter, MONTHS, NearMissQuery};
use super::store::{self, Sight};
use super::views::AnalysisView;
use super::web::by_contractor;
use crate::dashboard::{Bar, Chart};
use crate::database::Connection;
use crate::error::Result;
use crate::japanese::{Month, jst_date};
use crate::web::locale;
use crate::web::{Access, Choice, Ctx, Form, Route};

/// The route of the analysis.
#[must_use]
pub(super) fn routes() -> Vec<Route> {
    vec![Route::get("/near-misses/analysis", Access::Session, analysis)]
}

/// What is looked at: a month, or the twelve months until now.
struct Span {
    sight: Sight,
    filter: Filter,
    /// The same in the address of a list.
    address: String,
}

/// Shows the figures of a month, or of twelve months one by one.
async fn analysis(ctx: Ctx, query: Query<NearMissQuery>) -> Result<HttpResponse> {
    let month = Month::parse(&query.month);
    let view = ctx.read(move |c, ctx| view(c, ctx, month)).await?;
    ctx.page(&view)
}

fn view(c: &mut Connection, ctx: &Ctx, month: Option<Month>) -> Result<AnalysisView> {
    let (member, language) = (ctx.member()?, ctx.language);
    let months = Month::until(jst_date(ctx.now), MONTHS);
    let (filter, address) = span(month, &months);
    let span = Span { sight: store::sight(c, member)?, filter, address };
    let mut charts = Vec::new();
    if month.is_none() {
        charts.push(by_month(c, ctx, &span, &months)?);
    }
    charts.extend(by_word(c, ctx, &span)?);
    if member.role.is_principal() {
        charts.push(contractors(c, ctx, &span)?);
    }
    Ok(AnalysisView {
        total: store::count(c, &span.sight, &span.filter)?,
        href: format!("/near-misses?{}", span.address),
        charts,
        month: month.map(|month| locale::month(language, month)),
        form: Form::from_pairs([(
            "month",
            month.map(|month| month.to_string()).unwrap_or_default(),
        )])
        .view(language),
        months: months
            .into_iter()
            .rev()
            .map(|month| Choice::new(month, locale::month(language, month)))
            .collect(),
    })
}

fn span(month: Option<Month>, months: &[Month]) -> (Filter, String) {
    let all = Filter::default();
    match (month, months.first()) {
        (Some(month), _) => (all.month(month), format!("month={month}")),
        (None, Some(first)) => {
            (Filter { from: Some(first.first_day()), ..all }, format!("since={first}"))
        }
        (None, None) => (all, String::new()),
    }
}

fn chart(ctx: &Ctx, id: &'static str, head: &str, bars: Vec<Bar>) -> Chart {
    let title = ctx.text(&format!("near-miss-by-{id}"));
    Chart::new(id, title, ctx.text(head), ctx.text("near-miss-count"), false, bars)
}

fn by_month(c: &mut Connection, ctx: &Ctx, span: &Span, months: &[Month]) -> Result<Chart> {
    let days = store::by_day(c, &span.sight, &span.filter)?;
    let bar = |month: &Month| {
        let own = days.iter().filter(|(day, _)| Month::of(*day) == *month);
        let count = own.map(|(_, count)| count).sum();
        Bar::new(locale::month(ctx.language, *month), count, format!("/near-misses?month={month}"))
    };
    Ok(chart(ctx, "month", "near-miss-month", months.iter().map(bar).collect()))
}

/// The bars of words of a closed list.
fn bars<W: ToString>(
    ctx: &Ctx,
    span: &Span,
    (field, words): (&str, &str),
    found: Vec<(W, i64)>,
) -> Vec<Bar> {
    let bar = |(word, count): (W, i64)| {
        let word = word.to_string();
        let href = format!("/near-misses?{}&{field}={word}", span.address);
        Bar::new(ctx.text(&format!("{words}-{word}")), count, href)
    };
    found.into_iter().map(bar).collect()
}

fn by_word(c: &mut Connection, ctx: &Ctx, span: &Span) -> Result<Vec<Chart>> {
    let (sight, filter) = (&span.sight, &span.filter);
    let kinds = store::by_kind(c, sight, filter)?;
    let causes = store::by_cause(c, sight, filter)?;
    let stops = store::by_stopped(c, sight, filter)?;
    let kinds = bars(ctx, span, ("kind", "near-miss-kind"), kinds);
    let causes = bars(ctx, span, ("cause", "near-miss-cause"), causes);
    let stops = bars(ctx, span, ("stopped_by", "near-miss-stopped-by"), stops);
    Ok(vec![
        chart(ctx, "kind", "near-miss-kind", kinds),
        chart(ctx, "cause", "near-miss-cause", causes),
        chart(ctx, "stopped", "near-miss-stopped-by", stops),
    ])
}

fn contractors(c: &mut Connection, ctx: &Ctx, span: &Span) -> Result<Chart> {
    let found = by_contractor(c, ctx, &span.sight, &span.filter)?;
    let bar = |(word, name, count): (String, String, i64)| {
        Bar::new(name, count, format!("/near-misses?{}&contractor={word}", span.address))
    };
    let bars = found.into_iter().map(bar).collect();
    Ok(chart(ctx, "contractor", "near-miss-contractor", bars))
}
