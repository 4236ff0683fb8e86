//! What questionnaires do by themselves: once a day, the reminders.

#[cfg(test)]
mod tests;

use std::collections::HashMap;

use chrono::NaiveDate;
use serde_json::json;

use super::entity::QuestionnaireId;
use super::reminder::{self, Addressee, REACH_AHEAD, REACH_BACK, Reminder, Waiting};
use super::store::{self, Open};
use crate::account::{self, Member};
use crate::actor::{OrganisationId, Role};
use crate::database::Tx;
use crate::error::{Error, Result};
use crate::japanese::jst_date;
use crate::job::{self, Job, Registry, Round};
use crate::ledger::{self, NewEntry};
use crate::notice;
use crate::web::{Ctx, Language, Portal};

/// The daily round.
const ROUND: Round = Round::at("reminder.sweep", 8, 30);

/// Questionnaires looked at in one go.
const PAGE: i64 = 500;

/// Reminders sent in one transaction: others write between them.
const CHUNK: usize = 50;

/// The registry with what questionnaires do by themselves.
#[must_use]
pub fn jobs(registry: Registry) -> Registry {
    registry.daily(ROUND, run)
}

fn run(portal: &Portal, _: &Job) -> Result<()> {
    round(portal)
}

/// The daily round: finds the questionnaires whose deadline is near or over and reminds once each.
fn round(portal: &Portal) -> Result<()> {
    let (ctx, today) = ROUND.begin(portal)?;
    let since = ROUND.since(&ctx, today)?;
    let until = last_deadline(today);
    let mut after = (since - REACH_BACK, first_id()?);
    loop {
        let page = ctx.read_now(|c, _| store::open_page(c, after, until, PAGE))?;
        let Some(last) = page.last() else {
            return Ok(());
        };
        after = (last.deadline, last.id);
        remind_page(&ctx, &page, since, today)?;
    }
}

fn last_deadline(today: NaiveDate) -> NaiveDate {
    today + REACH_AHEAD
}

/// The id that comes before all others.
fn first_id() -> Result<QuestionnaireId> {
    uuid::Uuid::nil().to_string().parse().map_err(Error::internal)
}

/// A reminder that is due and wasn't sent.
struct Planned<'a> {
    open: &'a Open,
    reminder: Reminder,
    key: String,
    to: Vec<Addressee>,
}

fn remind_page(ctx: &Ctx, page: &[Open], since: NaiveDate, today: NaiveDate) -> Result<()> {
    let mut planned = plan(page, since, today);
    let keys: Vec<String> = planned.iter().map(|p| p.key.clone()).collect();
    let sent = ctx.read_now(|c, _| job::claimed(c, &keys))?;
    planned.retain(|p| !sent.contains(&p.key));
    let people = People::load(ctx, &planned)?;
    for each in &mut planned {
        each.to = people.addressees(each.open, each.reminder);
    }
    for chunk in planned.chunks(CHUNK) {
        ctx.write_now(|tx, ctx| remind(tx, ctx, chunk, today))?;
    }
    Ok(())
}

fn plan(page: &[Open], since: NaiveDate, today: NaiveDate) -> Vec<Planned<'_>> {
    let due = |open: &Open| {
        let waiting = Waiting {
            deadline: open.deadline,
            status: open.status,
            dispatched_on: jst_date(open.dispatched_at),
        };
        reminder::due(waiting, since, today)
    };
    page.iter()
        .flat_map(|open| due(open).into_iter().map(move |reminder| (open, reminder)))
        .map(|(open, reminder)| Planned {
            open,
            reminder,
            key: format!("reminder:{}:{}:{}", open.id, open.deadline, reminder.word()),
            to: Vec::new(),
        })
        .collect()
}

/// Sends reminders, each only if nobody did and the questionnaire still waits for that deadline.
fn remind(tx: &mut Tx<'_>, ctx: &Ctx, chunk: &[Planned<'_>], today: NaiveDate) -> Result<()> {
    let ids = chunk.iter().map(|p| p.open.id).collect();
    let still_open = store::still_open(tx.connection, ids)?;
    for Planned { open, reminder, key, to } in chunk {
        if !still_open.contains(&(open.id, open.deadline))
            || !job::claim(tx, open.tenant_id, "reminder", key)?
        {
            continue;
        }
        for addressee in to {
            let letter = reminder::letter(&ctx.portal.settings, open, *reminder, today, addressee);
            notice::enqueue(tx, &ctx.portal.settings, &letter)?;
        }
        ledger::append(
            tx,
            NewEntry {
                tenant_id: open.tenant_id,
                act: "reminder.sent",
                subject_kind: "questionnaire",
                subject_id: open.id.as_str(),
                entrustment_id: Some(open.entrustment_id.as_str()),
                details: vec![
                    ("reminder", json!(reminder.word())),
                    ("deadline", json!(open.deadline)),
                    ("recipients", json!(to.len())),
                ],
            },
        )?;
    }
    Ok(())
}

/// The people to whom a page's reminders go, read in one query.
struct People(HashMap<OrganisationId, Vec<Member>>);

impl People {
    fn load(ctx: &Ctx, planned: &[Planned<'_>]) -> Result<Self> {
        let mut organisations: Vec<OrganisationId> = planned
            .iter()
            .filter_map(|p| match p.reminder {
                Reminder::Escalation => p.open.division_email.is_none().then_some(p.open.tenant_id),
                _ => p.open.contractor_organisation,
            })
            .collect();
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

    fn addressees(&self, open: &Open, reminder: Reminder) -> Vec<Addressee> {
        match reminder {
            Reminder::Escalation => self.division(open),
            _ => self.contractor(open),
        }
    }

    /// The contractor's representatives; as long as there is none, the address in the register.
    fn contractor(&self, open: &Open) -> Vec<Addressee> {
        let representatives: Vec<Addressee> = open
            .contractor_organisation
            .into_iter()
            .flat_map(|organisation| self.of(organisation, Role::Representative))
            .map(|member| Addressee::from(&member.recipient))
            .collect();
        if !representatives.is_empty() {
            return representatives;
        }
        vec![Addressee {
            name: open.person_in_charge.clone(),
            email: open.contractor_email.clone(),
            language: Language::Ja,
        }]
    }

    /// The division's address; where it has none its officers, and without any the administrators.
    fn division(&self, open: &Open) -> Vec<Addressee> {
        if let Some(email) = &open.division_email {
            let (name, email) = (open.division.clone(), email.clone());
            return vec![Addressee { name, email, language: Language::Ja }];
        }
        let officers: Vec<Addressee> = self
            .of(open.tenant_id, Role::Officer)
            .filter(|member| member.division_id.is_none_or(|id| id == open.division_id))
            .map(|member| Addressee::from(&member.recipient))
            .collect();
        if !officers.is_empty() {
            return officers;
        }
        self.of(open.tenant_id, Role::Administrator)
            .map(|member| Addressee::from(&member.recipient))
            .collect()
    }
}
