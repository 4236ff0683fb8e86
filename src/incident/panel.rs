//! What the parts show on an incident's page, and the incidents on an entrustment's page.

use serde::Serialize;

use super::model::Incident;
use super::policy::RESPONDERS;
use super::store;
use crate::database::Connection;
use crate::entrustment::{Entrustment, PanelRow, PanelView};
use crate::error::Result;
use crate::web::locale::text_with;
use crate::web::{Ctx, Language};

/// A part of the response on the incident's page. All words are ready.
#[derive(Clone, Debug, Default, Serialize)]
pub(super) struct Part {
    /// What it is.
    pub title: String,
    /// Where it leads.
    pub href: String,
    /// How far it is, in words.
    pub status: String,
    /// The tone of the status: neutral, info, progress, good, warn, bad.
    pub tone: &'static str,
    /// What stands beneath, a line each.
    pub lines: Vec<String>,
}

/// Something that is to be settled before an incident can be closed.
#[derive(Clone, Copy, Debug)]
pub(super) struct Matter {
    key: &'static str,
    place: &'static str,
    count: i64,
}

impl Matter {
    /// One that is settled at a place under the incident's page, such as `/plan`; its words are the
    /// message `key`.
    pub const fn at(place: &'static str, key: &'static str) -> Self {
        Self { key, place, count: 1 }
    }

    /// So many that are settled at a place, none where there are none: the message has `$count`.
    pub fn counted(
        place: &'static str,
        key: &'static str,
        count: impl TryInto<i64>,
    ) -> Option<Self> {
        let count = count.try_into().unwrap_or(i64::MAX);
        (count > 0).then_some(Self { key, place, count })
    }

    /// Where it is settled.
    pub fn href(self, incident: &Incident) -> String {
        format!("{}{}", incident.href(), self.place)
    }

    /// Its words.
    pub fn said(self, language: Language) -> String {
        text_with(language, self.key, &[("count", self.count.into())])
    }
}

/// The incidents on an entrustment's page, and the way to report one.
///
/// # Errors
/// Those of the database.
pub fn panel(
    connection: &mut Connection,
    ctx: &Ctx,
    entrustment: &Entrustment,
) -> Result<PanelView> {
    let (all, open, unopened) = store::counts(connection, entrustment)?;
    let home = format!("/entrustments/{}/incidents", entrustment.id);
    let (status, tone) = match (open, unopened) {
        (0, _) => ("incident-panel-none-open", "good"),
        (_, 0) => ("incident-panel-open", "warn"),
        _ => ("incident-panel-unopened", "bad"),
    };
    let row = PanelRow {
        title: ctx.text("incident-of-title"),
        href: home.clone(),
        hint: text_with(ctx.language, "incident-panel-count", &[("count", all.into())]),
        status: text_with(ctx.language, status, &[("count", open.into())]),
        tone,
        ..PanelRow::default()
    };
    let mut links = Vec::new();
    if ctx.actor.member().is_some_and(|member| RESPONDERS.contains(&member.role)) {
        links.push((ctx.text("incident-report-link"), format!("{home}/new")));
    }
    Ok(PanelView {
        title: ctx.text("incident-panel-title"),
        text: ctx.text("incident-panel-text"),
        rows: if all > 0 { vec![row] } else { Vec::new() },
        links,
        acts: Vec::new(),
    })
}
