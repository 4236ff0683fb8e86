//! What the overview shows: figures that lead to their lists, and bars beside their tables.

use serde::Serialize;
use serde_json::{Value, json};

use super::model::Certificate;
use crate::entrustment::EntrustmentId;
use crate::web::paging::Page;
use crate::web::{Language, View, locale};

/// Width of the longest bar, px.
const LONGEST: i64 = 320;

/// A number with its meaning and its list.
#[derive(Clone, Debug, Serialize)]
pub struct Figure {
    /// What it counts.
    pub label: String,
    /// How many.
    pub value: i64,
    /// The list.
    pub href: String,
    /// The tone, when there are any.
    pub tone: &'static str,
}

/// A picture with bars, and its table.
#[derive(Clone, Debug, Serialize)]
pub struct Chart {
    /// An id for the page.
    pub id: &'static str,
    /// The heading.
    pub title: String,
    /// What the groups are.
    pub head: String,
    /// What is counted.
    pub count_head: String,
    /// Whether persons are told.
    pub persons: bool,
    /// Height of the picture, px.
    pub height: i64,
    /// The bars from the top.
    pub bars: Vec<Bar>,
}

/// A bar, which is a row of the table too.
#[derive(Clone, Debug, Serialize)]
pub struct Bar {
    /// The group.
    pub label: String,
    /// How many.
    pub count: i64,
    /// Persons, all together.
    pub persons: i64,
    /// The list.
    pub href: String,
    /// How the bar is filled: neutral, warn, bad.
    pub tone: &'static str,
    /// Its length, px.
    pub width: i64,
    /// The top of its words, px.
    pub y: i64,
}

impl Bar {
    /// A bar that tells no persons.
    #[must_use]
    pub fn new(label: String, count: i64, href: String) -> Self {
        Self { label, count, persons: 0, href, tone: "neutral", width: 0, y: 0 }
    }
}

impl Chart {
    /// Gives every bar its length and place.
    #[must_use]
    pub fn new(
        id: &'static str,
        title: String,
        head: String,
        count_head: String,
        persons: bool,
        mut bars: Vec<Bar>,
    ) -> Self {
        let amount = |bar: &Bar| if persons { bar.persons } else { bar.count };
        let most = bars.iter().map(amount).max().unwrap_or_default().max(1);
        let mut y = 0;
        for bar in &mut bars {
            let part = amount(bar).saturating_mul(LONGEST) / most;
            bar.width = if amount(bar) > 0 { part.max(2) } else { 0 };
            bar.y = y;
            y += 44;
        }
        Self { id, title, head, count_head, persons, height: y, bars }
    }
}

/// The overview.
#[derive(Debug, Serialize)]
pub(super) struct OverviewView {
    /// Whether the reader belongs to a principal.
    pub is_principal: bool,
    /// The figures.
    pub figures: Vec<Figure>,
    /// The pictures.
    pub charts: Vec<Chart>,
    /// Marks that run out.
    pub certificates: Vec<Certificate>,
}

impl View for OverviewView {
    const TEMPLATE: &'static str = "dashboard/overview.html";
    const TITLE: &'static str = "dashboard-title";
}

/// A line of a figure's list.
#[derive(Debug, Serialize)]
pub(super) struct Line {
    /// The entrustment.
    pub id: EntrustmentId,
    /// 契約番号.
    pub number: String,
    /// 件名.
    pub title: String,
    /// The contractor.
    pub contractor: String,
    /// Last day of the contract.
    pub ends_on: chrono::NaiveDate,
    /// 件数.
    pub persons: i64,
    /// Where it is done.
    pub href: String,
}

/// A figure's list.
#[derive(Debug, Serialize)]
pub(super) struct ListView {
    /// What it lists.
    pub heading: String,
    /// The rows.
    #[serde(flatten)]
    pub list: Page<Line>,
}

impl View for ListView {
    const TEMPLATE: &'static str = "dashboard/list.html";
    const TITLE: &'static str = "dashboard-title";

    fn title(&self, language: Language) -> String {
        let args = [("what", self.heading.as_str().into())];
        locale::text_with(language, "dashboard-list-title", &args)
    }
}

/// A sample of each page, for the test that renders them all.
#[must_use]
pub fn samples() -> Vec<(&'static str, Value)> {
    let figure = |tone, value| json!({ "label": "今年度の検査なし", "value": value, "href": "/overview/entrustments?show=uninspected", "tone": tone });
    let bar = json!({ "label": "日本", "count": 3, "persons": 120, "href": "/overview/entrustments?country=JP", "tone": "neutral", "width": 320, "y": 0 });
    let chart = |id, persons| json!({ "id": id, "title": "国ごとの保管", "head": "国", "count_head": "保管", "persons": persons, "height": 44, "bars": [bar] });
    let row = json!({ "id": "x", "number": "令8-1", "title": "監査", "contractor": "髙橋事務所", "ends_on": "2026-05-01",
        "persons": 49, "href": "/entrustments/x" });
    let paging = json!({ "page": 1, "pages": 1, "total": 1, "first": 1, "last": 1 });
    let form = json!({ "fields": {}, "errors": [] });
    let sorting = json!({ "key": "ends_on", "descending": false });
    vec![
        (
            OverviewView::TEMPLATE,
            json!({ "is_principal": true, "figures": [figure("warn", 3), figure("bad", 0)],
                "charts": [chart("country", true), chart("severity", false)],
                "certificates": [{ "id": "x", "name": "髙橋事務所", "kind": "isms", "until": "2026-05-01", "days": -3 }] }),
        ),
        (
            OverviewView::TEMPLATE,
            json!({ "is_principal": false, "figures": [], "charts": [], "certificates": [] }),
        ),
        (
            ListView::TEMPLATE,
            json!({ "heading": "今年度の検査なし", "rows": [row], "paging": paging, "form": form, "sorting": sorting }),
        ),
        (
            ListView::TEMPLATE,
            json!({ "heading": "今年度の検査なし", "rows": [], "paging": paging, "form": form, "sorting": sorting }),
        ),
    ]
}
