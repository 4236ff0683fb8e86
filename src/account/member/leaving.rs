//! Somebody leaves: what the person has in hand is shown, handed over, and the membership ends.

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use actix_web::web::{Data, Path};
use serde_json::json;

use super::duty::{Duties, InHand, Leaver, Successor};
use super::model::{NOBODY, successor};
use super::rules::{keeper, leaves_nobody, takes_over};
use super::show::load;
use super::store::{self, Kept};
use super::views::LeavingPage;
use super::{mail, of_side};
use crate::account::policy;
use crate::actor::{MembershipId, Role};
use crate::database::{Connection, Tx};
use crate::error::{Error, Result};
use crate::organisation::contractor;
use crate::organisation::{self, division};
use crate::web::{Access, Choice, Ctx, Form, Invalid, Message, Route};

pub(super) fn routes(manager: Access) -> Vec<Route> {
    vec![
        Route::get("/members/{id}/leaving", manager, show),
        Route::post("/members/{id}/leaving", manager, leave),
    ]
}

/// What is known about somebody who leaves.
struct Known {
    leaver: Leaver,
    in_hand: Vec<InHand>,
    /// Who may take over.
    others: Vec<Kept>,
    /// Whether something passes to a successor.
    asked: bool,
}

fn known(c: &mut Connection, ctx: &Ctx, duties: &Duties, kept: &Kept) -> Result<Known> {
    let others = store::others(c, of_side(kept.role), kept)?;
    let leaver = kept.leaver(others.iter().any(|other| other.name == kept.name));
    let mut in_hand = Vec::new();
    for duty in &duties.0 {
        in_hand.extend((duty.in_hand)(c, ctx, &leaver)?);
    }
    let place = |of: &Kept| (of.role, of.division_id);
    let others = others.into_iter().filter(|other| takes_over(place(kept), place(other)));
    let others: Vec<Kept> = others.collect();
    let asked = !others.is_empty() && in_hand.iter().any(|kind| kind.passes_on);
    Ok(Known { leaver, in_hand, others, asked })
}

/// The division of which nobody else is an officer.
fn deserted(c: &mut Connection, kept: &Kept) -> Result<Option<String>> {
    let Some(own) = kept.division_id.filter(|_| kept.role == Role::Officer) else {
        return Ok(None);
    };
    let others = store::others(c, &[Role::Officer], kept)?;
    if others.iter().any(|other| other.division_id.is_none_or(|id| id == own)) {
        return Ok(None);
    }
    let all = division::list(c, kept.tenant_id)?;
    Ok(all.into_iter().find(|division| division.id == own).map(|division| division.name))
}

/// The principals in whose registers the person is in charge at the contractor.
fn registered(c: &mut Connection, kept: &Kept) -> Result<Vec<String>> {
    if kept.role.is_principal() {
        return Ok(Vec::new());
    }
    let entries = contractor::find_for_organisation(c, kept.tenant_id)?;
    let theirs = entries.into_iter().filter(|entry| entry.email.to_lowercase() == kept.email);
    let tenants: Vec<_> = theirs.map(|entry| entry.tenant_id).collect();
    let mut names: Vec<String> =
        organisation::find_many_names(c, &tenants)?.into_values().collect();
    names.sort_unstable();
    Ok(names)
}

fn page(
    c: &mut Connection,
    ctx: &Ctx,
    (id, duties): (MembershipId, &Duties),
    typed: Option<&Form>,
    invalid: &Invalid,
) -> Result<LeavingPage> {
    let kept = policy::change(&ctx.actor, load(c, ctx, id)?)?.into_inner();
    if kept.ended_at.is_some() {
        return Err(Error::Conflict("member-error-over"));
    }
    let known = known(c, ctx, duties, &kept)?;
    let mut form = typed.cloned().unwrap_or_default();
    form.set("version", &kept.version.to_string());
    let role = |role: Role| ctx.text(&format!("role-{role}"));
    let choice =
        |other: &Kept| Choice { hint: role(other.role), ..Choice::new(other.id, &other.name) };
    let nobody = Choice::new(NOBODY, ctx.text("member-successor-nobody"));
    let others = store::others_in(c, keeper(kept.role), &kept)?;
    Ok(LeavingPage {
        form: form.view_with(ctx.language, invalid),
        successors: known.others.iter().map(choice).chain([nobody]).collect(),
        asked: known.asked,
        last: leaves_nobody(kept.role, None, others),
        in_hand: known.in_hand,
        deserted: deserted(c, &kept)?,
        registered: registered(c, &kept)?,
        invitations: store::open_invitations(c, &kept, ctx.now)?,
        kept,
    })
}

/// Shows what somebody has in hand, and the form.
async fn show(ctx: Ctx, id: Path<MembershipId>, duties: Data<Duties>) -> Result<HttpResponse> {
    let of = (id.into_inner(), duties.get_ref().clone());
    let view =
        ctx.read(move |c, ctx| page(c, ctx, (of.0, &of.1), None, &Invalid::default())).await?;
    ctx.page(&view)
}

/// Hands over, and ends the membership: in force on the person's next request.
async fn leave(
    ctx: Ctx,
    id: Path<MembershipId>,
    duties: Data<Duties>,
    form: Form,
) -> Result<HttpResponse> {
    let id = id.into_inner();
    let duties = duties.get_ref().clone();
    let (typed, known) = (form.clone(), duties.clone());
    let left = ctx.write(move |tx, ctx| leave_now(tx, ctx, (id, &known), &typed)).await;
    let (status, invalid) = match left {
        Ok(Ok(())) => return Ok(ctx.see_other("/members", "done-member-disabled")),
        Ok(Err(invalid)) => (StatusCode::UNPROCESSABLE_ENTITY, invalid),
        // About no field: the page may ask for nothing.
        Err(Error::Conflict("error-stale")) => {
            (StatusCode::CONFLICT, Invalid::at("", Message::new("member-error-stale")))
        }
        Err(Error::Conflict(key @ "member-error-last")) => {
            (StatusCode::CONFLICT, Invalid::at("", Message::new(key)))
        }
        Err(other) => return Err(other),
    };
    let view = ctx.read(move |c, ctx| page(c, ctx, (id, &duties), Some(&form), &invalid)).await?;
    ctx.page_with(status, &view)
}

fn leave_now(
    tx: &mut Tx<'_>,
    ctx: &Ctx,
    (id, duties): (MembershipId, &Duties),
    form: &Form,
) -> Result<Result<(), Invalid>> {
    let kept = policy::change(tx.actor, load(tx.connection, ctx, id)?)?;
    let known = known(tx.connection, ctx, duties, &kept)?;
    let ids: Vec<MembershipId> = known.others.iter().map(|other| other.id).collect();
    let chosen = match successor(form, &ids, known.asked) {
        Ok(chosen) => chosen,
        Err(invalid) => return Ok(Err(invalid)),
    };
    let heir = known.others.into_iter().find(|other| Some(other.id) == chosen);
    let leaving = policy::leave(&kept, known.leaver.namesake);
    let mut handed = 0;
    if let Some(heir) = &heir {
        let to = Successor { person_id: heir.person_id, name: heir.name.clone() };
        for hand_over in duties.0.iter().filter_map(|duty| duty.hand_over) {
            handed += hand_over(tx, &leaving, &to)?;
        }
    }
    let version = form.value("version").parse().unwrap_or(-1);
    let details = vec![
        ("successor", json!(heir.as_ref().map(|heir| heir.person_id))),
        ("handed_over", json!(handed)),
    ];
    store::end(tx, &kept, version, details)?;
    let settings = &ctx.portal.settings;
    mail::tell(tx, settings, &kept, ("member_disabled", "member-disabled"), &[])?;
    if let Some(heir) = heir.filter(|_| handed > 0) {
        let words = [("name", kept.name.as_str().into()), ("count", handed.into())];
        mail::tell(tx, settings, &heir, ("duties_handed_over", "duties-handed-over"), &words)?;
    }
    Ok(Ok(()))
}
