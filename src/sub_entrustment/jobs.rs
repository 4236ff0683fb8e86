//! What sub-entrustments do by themselves: a reminder before a permission ends. That it has ended is
//! seen by the rulebook, when everything is compared.

use chrono::Days;

use super::model::{Application, ApplicationId};
use super::{mail, store};
use crate::database::Tx;
use crate::entrustment::Entrustment;
use crate::error::{Error, Result};
use crate::job::{self, Job, Registry, Round};
use crate::web::{Ctx, Portal};

/// The daily round.
const ROUND: Round = Round::at("sub_entrustment.sweep", 8, 30);

/// How long before its end a permission is reminded of.
const AHEAD: Days = Days::new(30);

/// Permissions looked at in one go, and reminded of in one transaction.
const PAGE: i64 = 100;

/// The registry with what sub-entrustments do by themselves.
#[must_use]
pub fn jobs(registry: Registry) -> Registry {
    registry.daily(ROUND, round)
}

/// Reminds once of every permission that ends within the next thirty days.
fn round(portal: &Portal, _: &Job) -> Result<()> {
    let (ctx, today) = ROUND.begin(portal)?;
    let mut after = (today, first_id()?);
    loop {
        let page = ctx.read_now(|c, _| store::expiring(c, after, today + AHEAD, PAGE))?;
        let Some((last, _)) = page.last() else {
            return Ok(());
        };
        after = (last.permitted_until.unwrap_or(after.0), last.id);
        ctx.write_now(|tx, ctx| remind(tx, ctx, &page))?;
    }
}

/// The id that comes before all others.
fn first_id() -> Result<ApplicationId> {
    uuid::Uuid::nil().to_string().parse().map_err(Error::internal)
}

fn remind(tx: &mut Tx<'_>, ctx: &Ctx, page: &[(Application, Entrustment)]) -> Result<()> {
    for (application, entrustment) in page {
        let until = application.permitted_until.unwrap_or(application.ends_on);
        let key = format!("sub-entrustment:{}:{until}", application.id);
        if !job::claim(tx, entrustment.tenant_id, "sub_entrustment", &key)? {
            continue;
        }
        let letters = mail::expiring(tx, &ctx.portal.settings, entrustment, application)?;
        store::reminded(tx, entrustment, application, letters)?;
    }
    Ok(())
}
