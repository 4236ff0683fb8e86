//! What the home and help pages show.

use serde::Serialize;
use serde_json::{Value, json};

use crate::dashboard::Figure;
use crate::web::View;

/// A task: what is to be done, and where.
#[derive(Clone, Debug, Serialize)]
pub struct Task {
    /// What it is.
    pub title: String,
    /// Where it is done.
    pub href: String,
    /// A line about it.
    pub hint: String,
    /// Its status in words.
    pub status: String,
    /// The tone of the status.
    pub tone: &'static str,
    /// The deadline (ISO date).
    pub due: Option<chrono::NaiveDate>,
    /// Days left, negative when late.
    pub days: Option<i64>,
    /// What the button of the next task says.
    pub act: String,
}

/// A group of tasks.
#[derive(Clone, Debug, Serialize)]
pub struct Group {
    /// The heading.
    pub title: String,
    /// The tasks by deadline.
    pub tasks: Vec<Task>,
}

/// The home page.
#[derive(Debug, Serialize)]
pub struct HomeView {
    /// The task to begin with.
    pub next: Option<Task>,
    /// All tasks in groups; empty groups are left out.
    pub groups: Vec<Group>,
    /// Whether the member belongs to a principal.
    pub is_principal: bool,
    /// Whether the member may register entrustments.
    pub may_manage: bool,
    /// How things stand.
    pub figures: Vec<Figure>,
}

impl View for HomeView {
    const TEMPLATE: &'static str = "home/home.html";
    const TITLE: &'static str = "home-title";
}

/// The help page.
#[derive(Debug, Serialize)]
pub struct HelpView {
    /// Sections by their keys.
    pub sections: Vec<&'static str>,
}

impl View for HelpView {
    const TEMPLATE: &'static str = "home/help.html";
    const TITLE: &'static str = "help-title";
}

/// The sections of the help page; their words are `help-<key>-heading` and `help-<key>-text`.
pub(super) const HELP_SECTIONS: &[&str] =
    &["officer", "contractor", "auditor", "evidence", "keyboard", "incident"];

/// A sample of each page, for the test that renders them all.
#[must_use]
pub fn samples() -> Vec<(&'static str, Value)> {
    let task = json!({ "title": "点検票", "href": "/", "hint": "三重野県", "status": "入力中", "tone": "progress",
        "due": "2026-04-30", "days": 12, "act": "回答を続ける" });
    vec![
        (
            HomeView::TEMPLATE,
            json!({ "next": null, "groups": [], "is_principal": true, "may_manage": true,
                    "figures": [{ "label": "期限を過ぎた指摘", "value": 1, "href": "/findings", "tone": "bad" }] }),
        ),
        (
            HomeView::TEMPLATE,
            json!({ "next": task, "groups": [{ "title": "回答する", "tasks": [task] }],
                    "is_principal": false, "may_manage": false, "figures": [] }),
        ),
        (HelpView::TEMPLATE, json!({ "sections": HELP_SECTIONS })),
    ]
}
