//! What disposals do by themselves: once a day, both sides are reminded of what is held past its
//! day, and the division of what stayed by law until today.

use std::collections::HashMap;

use chrono::{Days, NaiveDate};
use serde_json::{Value, json};

use super::mail::{self, About};
use super::rules::{self, Reminder};
use super::store::{self, Late, Retained};
use crate::account::{self, Member, Recipient};
use crate::actor::{DivisionId, OrganisationId, Role};
use crate::database::Tx;
use crate::entrustment::EntrustmentId;
use crate::error::{Error, Result};
use crate::job::{self, Job, Registry, Round};
use crate::ledger::{self, NewEntry};
use crate::notice;
use crate::web::{Ctx, Language, Portal};

/// The daily round.
const ROUND: Round = Round::at("disposal.round", 8, 30);

/// Entrustments looked at in one go.
const PAGE: i64 = 500;

/// Reminders sent in one transaction: others write between them.
const CHUNK: usize = 50;

/// How many days without a round are looked back at for what stayed by law.
const LOOK_BACK: Days = Days::new(30);

/// The registry with what disposals do by themselves.
#[must_use]
pub fn jobs(registry: Registry) -> Registry {
    registry.daily(ROUND, round)
}

fn round(portal: &Portal, _: &Job) -> Result<()> {
    let (ctx, today) = ROUND.begin(portal)?;
    remind_of_late(&ctx, today)?;
    remind_of_retained(&ctx, today)
}

/// A reminder that is due and wasn't sent.
struct Planned<T> {
    of: T,
    word: String,
    key: String,
    to: Vec<(Side, Recipient)>,
}

/// To which side a letter goes.
#[derive(Clone, Copy)]
enum Side {
    Contractor,
    Division,
}

fn remind_of_late(ctx: &Ctx, today: NaiveDate) -> Result<()> {
    // No contract is older; PostgreSQL knows no day as early as `NaiveDate::MIN`.
    let mut after = (NaiveDate::default(), first_id()?);
    loop {
        let page = ctx.read_now(|c, _| store::late_page(c, after, rules::reach(today), PAGE))?;
        let Some(last) = page.last() else {
            return Ok(());
        };
        after = (last.erase_by, last.id);
        let planned = plan_late(ctx, page, today)?;
        for chunk in planned.chunks(CHUNK) {
            ctx.write_now(|tx, ctx| send_late(tx, ctx, chunk))?;
        }
    }
}

/// The id that comes before all others.
fn first_id() -> Result<EntrustmentId> {
    uuid::Uuid::nil().to_string().parse().map_err(Error::internal)
}

fn plan_late(ctx: &Ctx, page: Vec<Late>, today: NaiveDate) -> Result<Vec<Planned<Late>>> {
    let planned = page.into_iter().filter_map(|late| {
        let word = rules::reminder(late.erase_by, today).map(Reminder::word)?;
        let key = format!("disposal.late:{}:{}:{word}", late.id, late.erase_by);
        Some(Planned { of: late, word, key, to: Vec::new() })
    });
    let mut planned = unsent(ctx, planned.collect())?;
    let organisations = planned
        .iter()
        .flat_map(|p| [Some(p.of.tenant_id), p.of.contractor_organisation])
        .flatten()
        .collect();
    let people = People::load(ctx, organisations)?;
    for p in &mut planned {
        let late = &p.of;
        let contractor = people.contractor(late).into_iter().map(|to| (Side::Contractor, to));
        let division = (late.tenant_id, late.division_id, &*late.division, &late.division_email);
        let division = people.division(division).into_iter().map(|to| (Side::Division, to));
        p.to = contractor.chain(division).collect();
    }
    Ok(planned)
}

fn unsent<T>(ctx: &Ctx, mut planned: Vec<Planned<T>>) -> Result<Vec<Planned<T>>> {
    let keys: Vec<String> = planned.iter().map(|p| p.key.clone()).collect();
    let sent = ctx.read_now(|c, _| job::claimed(c, &keys))?;
    planned.retain(|p| !sent.contains(&p.key));
    Ok(planned)
}

/// Sends reminders, each only if nobody did and something is still held past the same day.
fn send_late(tx: &mut Tx<'_>, ctx: &Ctx, chunk: &[Planned<Late>]) -> Result<()> {
    let still = store::still_late(tx.connection, chunk.iter().map(|p| p.of.id).collect())?;
    for Planned { of: late, word, key, to } in chunk {
        if !still.contains(&(late.id, late.erase_by))
            || !job::claim(tx, late.tenant_id, "disposal.late", key)?
        {
            continue;
        }
        let about = About {
            tenant_id: late.tenant_id,
            principal: late.principal.clone(),
            contractor: late.contractor.clone(),
            number: late.number.clone(),
            title: late.title.clone(),
            disposal: String::new(),
            day: Some(late.erase_by),
            path: format!("/entrustments/{}/disposals", late.id),
        };
        for (side, recipient) in to {
            let stem = stem(word, *side);
            let settings = &ctx.portal.settings;
            let letter = mail::letter(settings, &about, "disposal-late", stem, recipient);
            notice::enqueue(tx, settings, &letter)?;
        }
        entry(
            tx,
            (late.tenant_id, late.id),
            ("entrustment", late.id.as_str()),
            vec![
                ("reminder", json!(word)),
                ("erase_by", json!(late.erase_by)),
                ("recipients", json!(to.len())),
            ],
        )?;
    }
    Ok(())
}

fn stem(word: &str, side: Side) -> &'static str {
    match (word, side) {
        ("before", Side::Contractor) => "before",
        ("before", Side::Division) => "before-division",
        ("day", Side::Contractor) => "day",
        ("day", Side::Division) => "day-division",
        (_, Side::Contractor) => "late",
        (_, Side::Division) => "late-division",
    }
}

fn remind_of_retained(ctx: &Ctx, today: NaiveDate) -> Result<()> {
    let from = today - LOOK_BACK;
    let found = ctx.read_now(|c, _| store::retained_between(c, from, today))?;
    let planned = found.into_iter().map(|kept| {
        let word = kept.retained_until.map(|day| day.to_string()).unwrap_or_default();
        let key = format!("disposal.retained:{}:{word}", kept.id);
        Planned { of: kept, word, key, to: Vec::new() }
    });
    let mut planned = unsent(ctx, planned.collect())?;
    let people = People::load(ctx, planned.iter().map(|p| p.of.tenant_id).collect())?;
    for p in &mut planned {
        let kept = &p.of;
        let division = (kept.tenant_id, kept.division_id, &*kept.division, &kept.division_email);
        p.to = people.division(division).into_iter().map(|to| (Side::Division, to)).collect();
    }
    for chunk in planned.chunks(CHUNK) {
        ctx.write_now(|tx, ctx| send_retained(tx, ctx, chunk))?;
    }
    Ok(())
}

fn send_retained(tx: &mut Tx<'_>, ctx: &Ctx, chunk: &[Planned<Retained>]) -> Result<()> {
    for Planned { of: kept, key, to, .. } in chunk {
        if !job::claim(tx, kept.tenant_id, "disposal.retained", key)? {
            continue;
        }
        let about = About {
            tenant_id: kept.tenant_id,
            principal: kept.principal.clone(),
            contractor: kept.contractor.clone(),
            number: kept.number.clone(),
            title: kept.title.clone(),
            disposal: String::new(),
            day: kept.retained_until,
            path: format!("/entrustments/{}/disposals/{}", kept.entrustment_id, kept.id),
        };
        for (_, recipient) in to {
            let settings = &ctx.portal.settings;
            let letter = mail::letter(settings, &about, "disposal-retained", "retained", recipient);
            notice::enqueue(tx, settings, &letter)?;
        }
        entry(
            tx,
            (kept.tenant_id, kept.entrustment_id),
            ("disposal", kept.id.as_str()),
            vec![("retained_until", json!(kept.retained_until)), ("recipients", json!(to.len()))],
        )?;
    }
    Ok(())
}

fn entry(
    tx: &mut Tx<'_>,
    (tenant_id, entrustment): (OrganisationId, EntrustmentId),
    (subject_kind, subject_id): (&'static str, &str),
    details: Vec<(&'static str, Value)>,
) -> Result<()> {
    ledger::append(
        tx,
        NewEntry {
            tenant_id,
            act: "disposal.reminded",
            subject_kind,
            subject_id,
            entrustment_id: Some(entrustment.as_str()),
            details,
        },
    )
}

/// The people to whom a page's reminders go, read in one query.
struct People(HashMap<OrganisationId, Vec<Member>>);

impl People {
    fn load(ctx: &Ctx, mut organisations: Vec<OrganisationId>) -> Result<Self> {
        organisations.sort_unstable();
        organisations.dedup();
        let roles = [Role::Representative, Role::Officer, Role::Administrator];
        let members = ctx.read_now(|c, _| account::members_of(c, &organisations, &roles))?;
        let mut people = HashMap::<_, Vec<_>>::new();
        for member in members {
            people.entry(member.organisation_id).or_default().push(member);
        }
        Ok(Self(people))
    }

    fn of(&self, organisation: OrganisationId, role: Role) -> impl Iterator<Item = &Member> {
        let members = self.0.get(&organisation).into_iter().flatten();
        members.filter(move |member| member.role == role)
    }

    /// The contractor's representatives; as long as there is none, the address in the register.
    fn contractor(&self, late: &Late) -> Vec<Recipient> {
        let representatives: Vec<Recipient> = late
            .contractor_organisation
            .into_iter()
            .flat_map(|organisation| self.of(organisation, Role::Representative))
            .map(|member| member.recipient.clone())
            .collect();
        if !representatives.is_empty() {
            return representatives;
        }
        let (name, email) = (late.person_in_charge.clone(), late.contractor_email.clone());
        vec![Recipient { name, email, language: Language::Ja }]
    }

    /// The division's address; where it has none its officers, and without any the administrators.
    fn division(
        &self,
        (tenant, division, name, email): (OrganisationId, DivisionId, &str, &Option<String>),
    ) -> Vec<Recipient> {
        if let Some(email) = email {
            let (name, email) = (name.to_owned(), email.clone());
            return vec![Recipient { name, email, language: Language::Ja }];
        }
        let officers: Vec<Recipient> = self
            .of(tenant, Role::Officer)
            .filter(|member| member.division_id.is_none_or(|id| id == division))
            .map(|member| member.recipient.clone())
            .collect();
        if !officers.is_empty() {
            return officers;
        }
        self.of(tenant, Role::Administrator).map(|member| member.recipient.clone()).collect()
    }
}
