//! What inspections do by themselves: in January and in March each division is told how many of
//! its entrustments were not inspected this fiscal year, once each.

use chrono::{Datelike as _, NaiveDate};
use serde_json::json;

use super::store::duty;
use crate::account::Recipient;
use crate::actor::{DivisionId, OrganisationId};
use crate::database::Tx;
use crate::entrustment::people;
use crate::error::Result;
use crate::japanese::{FiscalYear, next_open_day};
use crate::job::{self, Job, Registry, Round};
use crate::ledger::{self, NewEntry};
use crate::notice::{self, Letter, Link};
use crate::organisation;
use crate::web::{Ctx, Language, Portal, locale};

/// The daily round.
const ROUND: Round = Round::at("inspection.sweep", 8, 50);

/// Months and days on which divisions are told, and what the reminder is called in keys.
const DAYS: [(u32, u32, &str); 2] = [(1, 15, "january"), (3, 1, "march")];

/// The registry with what inspections do by themselves.
#[must_use]
pub fn jobs(registry: Registry) -> Registry {
    registry.daily(ROUND, round)
}

/// The reminder that fell due after `since` and not after `today`: on the first open day from its
/// date on.
fn due(since: NaiveDate, today: NaiveDate) -> Option<&'static str> {
    let falls = |&&(month, day, _): &&(u32, u32, &str)| {
        let day = NaiveDate::from_ymd_opt(today.year(), month, day).map(next_open_day);
        day.is_some_and(|day| since < day && day <= today)
    };
    DAYS.iter().rev().find(falls).map(|(_, _, word)| *word)
}

fn round(portal: &Portal, _: &Job) -> Result<()> {
    let (ctx, today) = ROUND.begin(portal)?;
    let since = ROUND.since(&ctx, today)?;
    let Some(word) = due(since, today) else {
        return Ok(());
    };
    let year = FiscalYear::of(today);
    for (tenant, division, count) in ctx.read_now(|c, _| duty::undone(c, year))? {
        ctx.write_now(|tx, ctx| remind(tx, ctx, (tenant, division), (year, word), count))?;
    }
    Ok(())
}

fn remind(
    tx: &mut Tx<'_>,
    ctx: &Ctx,
    (tenant, division): (OrganisationId, DivisionId),
    (year, word): (FiscalYear, &str),
    count: i64,
) -> Result<()> {
    let key = format!("inspection:{tenant}:{division}:{}:{word}", year.0);
    if !job::claim(tx, tenant, "inspection.reminder", &key)? {
        return Ok(());
    }
    let principal = organisation::find(tx.connection, tenant)?.name;
    let to = people::of_division(tx.connection, tenant, division)?;
    for recipient in &to {
        let letter = letter(ctx, (tenant, &principal), recipient, year, count);
        notice::enqueue(tx, &ctx.portal.settings, &letter)?;
    }
    ledger::append(
        tx,
        NewEntry {
            tenant_id: tenant,
            act: "inspection.reminded",
            subject_kind: "division",
            subject_id: division.as_str(),
            entrustment_id: None,
            details: vec![
                ("fiscal_year", json!(year.0)),
                ("reminder", json!(word)),
                ("entrustments", json!(count)),
                ("recipients", json!(to.len())),
            ],
        },
    )
}

fn letter(
    ctx: &Ctx,
    (tenant, principal): (OrganisationId, &str),
    to: &Recipient,
    year: FiscalYear,
    count: i64,
) -> Letter {
    let year = match to.language {
        Language::Ja => year.era_label(),
        Language::En => year.0.to_string(),
    };
    let args = [("year", year.into()), ("count", count.into())];
    let say = |part: &str| {
        locale::text_with(to.language, &format!("inspection-mail-missing-{part}"), &args)
    };
    Letter {
        tenant_id: Some(tenant),
        kind: "inspection_missing",
        to_address: to.email.clone(),
        to_name: to.name.clone(),
        language: to.language,
        subject: say("subject"),
        organisation: principal.to_owned(),
        paragraphs: vec![say("text"), say("next")],
        link: Some(Link {
            label: locale::text(to.language, "inspection-mail-missing-link"),
            href: format!("{}/inspections?status=undone", ctx.portal.settings.base_url),
        }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn due_on(since: &str, today: &str) -> Option<&'static str> {
        due(since.parse().unwrap(), today.parse().unwrap())
    }

    #[test]
    fn divisions_are_told_on_the_first_open_days() {
        assert_eq!(due_on("2027-01-14", "2027-01-15"), Some("january"));
        assert_eq!(due_on("2027-01-15", "2027-01-16"), None);
        // 28 February 2027 is a Sunday, 1 March a Monday; in 2026, 1 March is a Sunday.
        assert_eq!(due_on("2027-02-28", "2027-03-01"), Some("march"));
        assert_eq!(due_on("2026-02-28", "2026-03-01"), None);
        assert_eq!(due_on("2026-03-01", "2026-03-02"), Some("march"));
        // A round that was missed is caught up.
        assert_eq!(due_on("2027-01-10", "2027-02-05"), Some("january"));
    }
}
