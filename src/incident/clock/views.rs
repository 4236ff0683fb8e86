//! What the clocks show.

use chrono::NaiveDate;
use serde::Serialize;
use serde_json::{Value, json};

use super::rules::{self, Mark, State};
use super::statistics::{OnTime, Row};
use super::store;
use crate::clock::Timestamp;
use crate::dashboard::{Bar, Chart};
use crate::database::Connection;
use crate::entrustment::Entrustment;
use crate::error::Result;
use crate::incident::model::Incident;
use crate::incident::panel::Part;
use crate::incident::policy::Case;
use crate::japanese::{FiscalYear, jst_date};
use crate::web::locale::{self, text, text_with};
use crate::web::{Choice, Ctx, FormView, Language, View};

/// The clocks of an incident, for the component `incident_clock`.
#[derive(Clone, Debug, Serialize)]
pub(in crate::incident) struct ClockView {
    /// The time since it became known, in words.
    pub elapsed: String,
    /// When the next 24 hours are full; nothing once it is closed, or days count.
    pub next_step: Option<Timestamp>,
    /// What is due.
    pub marks: Vec<MarkView>,
}

/// Something that is due.
#[derive(Clone, Debug, Serialize)]
pub(in crate::incident) struct MarkView {
    pub title: String,
    pub status: String,
    pub tone: &'static str,
    pub from: NaiveDate,
    pub last: NaiveDate,
    /// The hour, where hours count.
    pub at: Option<Timestamp>,
    /// Days left while it isn't done; negative when late.
    pub days: Option<i64>,
    pub done: Option<Timestamp>,
}

/// The last day on which hours are counted: that of the preliminary report. Then days are what counts.
const HOURS_UNTIL_DAY: i64 = 5;

/// The clocks of an incident as they stand now.
pub(in crate::incident) fn view(
    connection: &mut Connection,
    ctx: &Ctx,
    (entrustment, incident): (&Entrustment, &Incident),
) -> Result<ClockView> {
    let settled = store::settled_of(connection, incident)?;
    let marks = rules::marks(incident, entrustment.rules.0.report_hours, settled);
    Ok(clock(ctx, incident, &marks))
}

pub(super) fn clock(ctx: &Ctx, incident: &Incident, marks: &[Mark]) -> ClockView {
    let until = incident.closed_at.unwrap_or(ctx.now);
    let elapsed = rules::elapsed(incident.known_at, until);
    let args = [("hours", elapsed.hours.into()), ("day", elapsed.day.into())];
    let by_hours = elapsed.day <= HOURS_UNTIL_DAY;
    let said = if by_hours { "incident-clock-elapsed" } else { "incident-clock-elapsed-days" };
    ClockView {
        elapsed: text_with(ctx.language, said, &args),
        next_step: (incident.is_open() && by_hours).then_some(elapsed.next_step),
        marks: marks.iter().map(|mark| mark_view(ctx.language, mark, until)).collect(),
    }
}

fn mark_view(language: Language, mark: &Mark, now: Timestamp) -> MarkView {
    let state = mark.state(now);
    let days = (mark.last - jst_date(now)).num_days();
    MarkView {
        title: title(language, mark),
        status: text(language, &format!("incident-clock-state-{state}")),
        tone: tone(state),
        from: mark.from,
        last: mark.last,
        at: mark.at,
        days: mark.done.is_none().then_some(days),
        done: mark.done,
    }
}

pub(super) fn title(language: Language, mark: &Mark) -> String {
    text(language, &format!("incident-clock-{}-{}", mark.report, mark.side))
}

const fn tone(state: State) -> &'static str {
    match state {
        State::Waiting => "neutral",
        State::Due | State::DoneLate => "warn",
        State::Late => "bad",
        State::Done => "good",
    }
}

/// The clocks among the parts of the incident's page: what ends next.
pub(in crate::incident) fn part(
    connection: &mut Connection,
    ctx: &Ctx,
    (entrustment, incident): &Case,
) -> Result<Part> {
    let settled = store::settled_of(connection, incident)?;
    let marks = rules::marks(incident, entrustment.rules.0.report_hours, settled);
    let next = rules::next(&marks);
    let state = next.map_or(State::Done, |mark| mark.state(ctx.now));
    let line = |mark: &Mark| {
        let args = [
            ("what", title(ctx.language, mark).into()),
            ("day", locale::day(ctx.language, mark.last).into()),
        ];
        text_with(ctx.language, "incident-clock-until", &args)
    };
    Ok(Part {
        title: ctx.text("incident-clock-title"),
        href: format!("{}/clock", incident.href()),
        status: ctx.text(&next.map_or_else(
            || "incident-clock-nothing".to_owned(),
            |_| format!("incident-clock-state-{state}"),
        )),
        tone: tone(state),
        lines: next.into_iter().map(line).collect(),
    })
}

/// What a fiscal year is called.
pub(super) fn year(language: Language, year: i32) -> String {
    match language {
        Language::Ja => FiscalYear(year).era_label(),
        Language::En => {
            text_with(language, "incident-clock-year", &[("year", year.to_string().into())])
        }
    }
}

/// The page of an incident's clocks.
#[derive(Debug, Serialize)]
pub(super) struct ClockPage {
    pub clock: ClockView,
    pub entrustment: Entrustment,
    pub home: String,
    pub name: String,
    /// The hours of the contract.
    pub hours: i64,
}

impl View for ClockPage {
    const TEMPLATE: &'static str = "incident/clock.html";
    const TITLE: &'static str = "incident-clock-title";
}

/// A contractor in the statistics.
#[derive(Debug, Serialize)]
pub(super) struct Line {
    pub name: String,
    pub href: String,
    pub count: i64,
    pub notice: OnTime,
    pub preliminary: OnTime,
    pub last: OnTime,
}

/// The incidents of a contractor, with what was on time.
pub(super) fn line(row: Row) -> Line {
    Line {
        href: list(&row),
        name: row.name,
        count: row.count,
        notice: row.notice,
        preliminary: row.preliminary,
        last: row.last,
    }
}

fn list(row: &Row) -> String {
    format!("/incidents?contractor={}", row.id)
}

/// The incidents by contractor, as bars.
pub(super) fn chart(ctx: &Ctx, rows: &[Row]) -> Chart {
    let bars = rows.iter().map(|row| Bar::new(row.name.clone(), row.count, list(row)));
    Chart::new(
        "incidents",
        ctx.text("incident-clock-by-contractor"),
        ctx.text("incident-clock-contractor"),
        ctx.text("incident-clock-incidents"),
        false,
        bars.collect(),
    )
}

/// What was on time, by contractor.
#[derive(Debug, Serialize)]
pub(super) struct StatisticsView {
    pub form: FormView,
    pub years: Vec<Choice>,
    pub total: i64,
    pub chart: Chart,
    pub lines: Vec<Line>,
}

impl View for StatisticsView {
    const TEMPLATE: &'static str = "incident/statistics.html";
    const TITLE: &'static str = "incident-clock-statistics-title";
}

/// A sample of the clocks, for the page that shows them.
pub(in crate::incident) fn sample() -> Value {
    let mark = |tone: &str, at: Value, days: Value, done: Value| {
        json!({ "title": "委託元の速報", "status": "期間中", "tone": tone, "from": "2026-04-03", "last": "2026-04-05",
            "at": at, "days": days, "done": done })
    };
    json!({ "elapsed": "知ってから26時間（2日目）", "next_step": "2026-04-03T07:08:00", "marks": [
        mark("good", json!("2026-04-02T07:08:00"), json!(null), json!("2026-04-01T07:10:00")),
        mark("warn", json!(null), json!(2), json!(null)),
        mark("bad", json!(null), json!(-1), json!(null)),
    ] })
}

/// A sample of each page, for the test that renders them all.
#[must_use]
pub(in crate::incident) fn samples() -> Vec<(&'static str, Value)> {
    let entrustment = json!({ "id": "0", "title": "保育所等監査業務委託", "number": "令8子-12" });
    let page = |clock: Value| json!({ "clock": clock, "entrustment": entrustment, "home": "/", "name": "事故 第2号", "hours": 24 });
    let bar = json!({ "label": "髙橋事務所", "count": 2, "persons": 0, "href": "/incidents", "tone": "neutral", "width": 320, "y": 0 });
    let on_time = |on_time: i64, counted: i64| json!({ "on_time": on_time, "counted": counted });
    let line = json!({ "name": "髙橋事務所", "href": "/incidents", "count": 2, "notice": on_time(1, 2),
        "preliminary": on_time(1, 1), "last": on_time(0, 0) });
    let statistics = |bars: Value, lines: Value, total: i64| {
        json!({ "form": FormView::default(), "years": [{ "value": "2026", "label": "令和8年度", "hint": "" }], "total": total,
            "chart": { "id": "incidents", "title": "委託先ごと", "head": "委託先", "count_head": "件数", "persons": false,
                "height": 44, "bars": bars }, "lines": lines })
    };
    vec![
        (ClockPage::TEMPLATE, page(sample())),
        (
            ClockPage::TEMPLATE,
            page(json!({ "elapsed": "知ってから1時間（1日目）", "next_step": null, "marks": [] })),
        ),
        (StatisticsView::TEMPLATE, statistics(json!([bar]), json!([line]), 2)),
        (StatisticsView::TEMPLATE, statistics(json!([]), json!([]), 0)),
    ]
}
