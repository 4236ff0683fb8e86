//! The second factors of a member taken away, for whoever has lost them: the person sets up new ones
//! at the next sign-in.

use actix_web::HttpResponse;
use actix_web::web::Path;

use super::show::load;
use crate::account::factor::{self, Change};
use crate::account::model::Person;
use crate::account::policy::{self, Reset};
use crate::account::store as people;
use crate::actor::{Authorized, MembershipId, OrganisationId, PersonId};
use crate::database::{Connection, Scope, Tx};
use crate::error::{Error, Result};
use crate::web::{Access, Ctx, Form, Route, Settings};

pub(super) fn routes(manager: Access) -> Vec<Route> {
    vec![Route::post("/members/{id}/factor-reset", manager, reset).stepped_up()]
}

fn organisations_now(c: &mut Connection, person: PersonId) -> Result<Vec<OrganisationId>> {
    Ok(people::memberships(c, person)?.into_iter().map(|of| of.tenant_id).collect())
}

/// The same with everything in sight: of which organisations somebody is a member no single one
/// of them can see.
fn in_sight_of_all(ctx: &Ctx) -> Ctx {
    Ctx { scope: Scope::everything(), ..ctx.clone() }
}

/// The organisations of which somebody is a member.
pub(super) async fn organisations(ctx: &Ctx, person: PersonId) -> Result<Vec<OrganisationId>> {
    in_sight_of_all(ctx).read(move |c, _| organisations_now(c, person)).await
}

/// Takes all second factors of a member away and ends all the person's sessions.
async fn reset(ctx: Ctx, id: Path<MembershipId>, _form: Form) -> Result<HttpResponse> {
    let id = id.into_inner();
    in_sight_of_all(&ctx)
        .write(move |tx, ctx| {
            let kept = load(tx.connection, ctx, id)?;
            if kept.ended_at.is_some() {
                return Err(Error::Conflict("member-error-over"));
            }
            let everywhere = organisations_now(tx.connection, kept.person_id)?;
            let person = people::person(tx.connection, kept.person_id)?;
            take_away(tx, &ctx.portal.settings, &policy::reset(tx.actor, person, &everywhere)?)
        })
        .await?;
    Ok(ctx.see_other(&format!("/members/{id}"), "done-factors-reset"))
}

fn take_away(
    tx: &mut Tx<'_>,
    settings: &Settings,
    person: &Authorized<Person, Reset>,
) -> Result<()> {
    factor::remove_all(tx, person.id)?;
    factor::end_others(tx, person.id, None)?;
    factor::tell(tx, settings, person, Change::FactorsReset, &[])
}

/// The same for anybody, by the operator at the command line.
///
/// # Errors
/// [`Error::NotFound`] when the address has no account; [`Error::Forbidden`] for a member.
pub fn reset_factors(tx: &mut Tx<'_>, settings: &Settings, email: &str) -> Result<()> {
    let person = people::person_by_email(tx.connection, email)?.ok_or(Error::NotFound)?;
    let everywhere = organisations_now(tx.connection, person.id)?;
    take_away(tx, settings, &policy::reset(tx.actor, person, &everywhere)?)
}
