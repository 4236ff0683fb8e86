//! Sub-entrustments on the page of an entrustment: the register's line, and the tiers.

use chrono::NaiveDate;

use super::store;
use crate::database::Connection;
use crate::entrustment::rules::SubEntrustment;
use crate::entrustment::{self, Entrustment, EntrustmentStatus, PanelRow, PanelView};
use crate::error::Result;
use crate::japanese::jst_date;
use crate::web::locale::{self, ArgValue};
use crate::web::{Ctx, Language};

/// The register's line: what waits, what was approved, and when the next permission ends.
///
/// # Errors
/// Those of the database.
pub fn line(connection: &mut Connection, ctx: &Ctx, of: &Entrustment) -> Result<PanelRow> {
    let counts = store::counts(connection, of)?;
    let open: Vec<NaiveDate> = store::facts_of_many(connection, &[of])?
        .remove(&of.id)
        .unwrap_or_default()
        .into_iter()
        .filter(|fact| fact.open)
        .map(|fact| fact.permitted_until)
        .collect();
    let today = jst_date(ctx.now);
    let next = open.iter().min().copied();
    let say =
        |key: &str, count: ArgValue| locale::text_with(ctx.language, key, &[("count", count)]);
    let forbidden = of.rules.0.sub_entrustment == SubEntrustment::Forbidden;
    let (status, tone) = if counts.applied > 0 {
        (say("sub-entrustment-line-waiting", counts.applied.into()), "info")
    } else if next.is_some_and(|day| day < today) {
        (ctx.text("sub-entrustment-line-expired"), "bad")
    } else if !open.is_empty() {
        (say("sub-entrustment-line-open", open.len().into()), "good")
    } else if forbidden {
        (ctx.text("sub-entrustment-forbidden"), "neutral")
    } else {
        (ctx.text("common-none"), "neutral")
    };
    let hint = if counts.all > 0 && !open.is_empty() && counts.applied > 0 {
        say("sub-entrustment-line-open", open.len().into())
    } else {
        String::new()
    };
    Ok(PanelRow {
        title: ctx.text("sub-entrustment-list-title"),
        href: format!("/entrustments/{}/sub-entrustments", of.id),
        hint,
        status,
        tone,
        due: next,
        days: next.map(|day| (day - today).num_days()),
        download: false,
    })
}

/// Where the entrustment stands: from whom it was re-entrusted, and all that was re-entrusted from
/// it, tier by tier. Without a heading when there is only one tier.
///
/// # Errors
/// Those of the database.
pub fn panel(connection: &mut Connection, ctx: &Ctx, of: &Entrustment) -> Result<PanelView> {
    let origin = store::origin(connection, of)?;
    let below = tiers(connection, ctx, of)?;
    if origin.is_none() && below.is_empty() {
        return Ok(PanelView::default());
    }
    let mut view =
        PanelView { title: ctx.text("sub-entrustment-tiers-title"), ..PanelView::default() };
    if let Some((parent, contractor)) = origin {
        let args = [
            ("contractor", contractor.name.into()),
            ("title", parent.title.as_str().into()),
            ("number", parent.number.as_str().into()),
        ];
        view.text = locale::text_with(ctx.language, "sub-entrustment-under", &args);
        // Who stands below knows from whom the work came, and doesn't see more of it.
        if entrustment::by_ids(connection, &ctx.actor, &[parent.id])?.len() == 1 {
            view.rows.push(row(ctx, 0, &parent, ""));
        }
    }
    view.rows.extend(below);
    Ok(view)
}

/// Everything below, each under the one from which it was re-entrusted.
///
/// # Errors
/// Those of the database.
pub(super) fn tiers(
    connection: &mut Connection,
    ctx: &Ctx,
    of: &Entrustment,
) -> Result<Vec<PanelRow>> {
    let below = store::below(connection, of)?;
    Ok(below.iter().map(|(tier, below, contractor)| row(ctx, *tier, below, contractor)).collect())
}

fn row(ctx: &Ctx, tier: i32, of: &Entrustment, contractor: &str) -> PanelRow {
    let today = jst_date(ctx.now);
    let open = of.status == EntrustmentStatus::Active;
    let (status, tone) = match (open, of.ends_on < today) {
        (false, _) => ("entrustment-status-closed", "good"),
        (true, true) => ("entrustment-status-ended", "warn"),
        (true, false) => ("entrustment-status-active", "progress"),
    };
    let title = if tier == 0 { of.title.as_str() } else { contractor };
    let args = [("tier", tier_words(ctx.language, tier).into()), ("name", ArgValue::from(title))];
    let until = locale::day(ctx.language, of.ends_on);
    let hint = [("number", ArgValue::from(of.number.as_str())), ("until", until.into())];
    PanelRow {
        title: locale::text_with(ctx.language, "sub-entrustment-tier-row", &args),
        href: format!("/entrustments/{}", of.id),
        hint: locale::text_with(ctx.language, "sub-entrustment-tier-hint", &hint),
        status: ctx.text(status),
        tone,
        due: None,
        days: None,
        download: false,
    }
}

/// What a tier is called, counted from the entrustment that is looked at: 0 is the one above.
#[must_use]
pub(super) fn tier_words(language: Language, tier: i32) -> String {
    match tier {
        0 => locale::text(language, "sub-entrustment-tier-above"),
        1 => locale::text(language, "sub-entrustment-tier-1"),
        2 => locale::text(language, "sub-entrustment-tier-2"),
        _ => locale::text_with(
            language,
            "sub-entrustment-tier-n",
            &[("tier", tier.to_string().into())],
        ),
    }
}
