//! The groups: all of them, listed, changed, taken back.

use actix_web::HttpResponse;

use super::{GroupIds, Place, all_path, load_group, one_path};
use crate::database::{Connection, Tx};
use crate::entrustment::EntrustmentId;
use crate::error::Result;
use crate::incident::model::IncidentId;
use crate::incident::person::form::GroupForm;
use crate::incident::person::model::{DataKind, Group, Way};
use crate::incident::person::views::{EditView, IndexView};
use crate::incident::person::{rules, store};
use crate::incident::web::{Ids, load, numbered};
use crate::incident::{policy, text};
use crate::web::{Choice, Ctx, Fields, Form, Invalid, Refused};

/// What was typed, and why it was refused.
type Typed<'a> = Option<(&'a Form, &'a Refused)>;

/// Shows the groups and how far each is.
pub(super) async fn index(ctx: Ctx, ids: Ids) -> Result<HttpResponse> {
    let ids = ids.into_inner();
    let view = ctx
        .read(move |c, ctx| {
            let (of, incident) = load(c, ctx, ids)?;
            let groups = store::groups(c, &incident)?;
            let may_add = policy::respond(c, &ctx.actor, of.clone(), incident.clone()).is_ok();
            Ok(IndexView::of(ctx.language, (of, incident), &groups, may_add))
        })
        .await?;
    ctx.page(&view)
}

/// Shows the form with which a group is listed.
pub(super) async fn new(ctx: Ctx, ids: Ids) -> Result<HttpResponse> {
    let ids = ids.into_inner();
    let view = ctx.read(move |c, ctx| new_view(c, ctx, ids, None)).await?;
    ctx.page(&view)
}

fn new_view(
    c: &mut Connection,
    ctx: &Ctx,
    ids: (EntrustmentId, IncidentId),
    typed: Typed<'_>,
) -> Result<EditView> {
    let (of, incident) = load(c, ctx, ids)?;
    let case = policy::respond(c, &ctx.actor, of, incident)?.into_inner();
    let groups = store::groups(c, &case.1)?;
    let empty = Form::from_pairs([("way", Way::Undecided.as_str())]);
    Ok(edit_page(ctx, case, (&groups, None), (&empty, typed)))
}

/// The page with the form: of a group, or of a new one.
fn edit_page(
    ctx: &Ctx,
    (entrustment, incident): policy::Case,
    (groups, group): (&[Group], Option<&Group>),
    (filled, typed): (&Form, Typed<'_>),
) -> EditView {
    let form = match typed {
        Some((form, refused)) => {
            let version = group.map_or(0, |group| group.version);
            refused.view(form, version, ctx.language)
        }
        None => filled.view(ctx.language),
    };
    let others = rules::sum(groups.iter().filter(|other| group.is_none_or(|g| g.id != other.id)));
    let place = (entrustment.id, incident.id);
    EditView {
        warned: form.fields.contains_key(text::CONFIRMED),
        form,
        home: incident.href(),
        name: numbered(ctx.language, &incident),
        all: all_path(place),
        action: match group {
            Some(group) => one_path((place.0, place.1, group.id)),
            None => all_path(place),
        },
        label: group.map(|group| group.label.clone()),
        data: Choice::words(ctx.language, "incident-person-data-", DataKind::ALL),
        ways: Choice::words(ctx.language, "incident-person-way-", Way::ALL),
        room: rules::most(incident.persons, incident.counted).map(|most| (most - others).max(0)),
        entrustment,
    }
}

/// Lists a group.
pub(super) async fn create(ctx: Ctx, ids: Ids, form: Form) -> Result<HttpResponse> {
    let ids = ids.into_inner();
    let typed = form.clone();
    let done = ctx.write(move |tx, ctx| create_now(tx, ctx, ids, &typed)).await;
    let Some(refused) = Refused::of(done, "persons")? else {
        return Ok(ctx.see_other(&all_path(ids), "done-incident-persons-listed"));
    };
    let status = refused.status;
    let view = ctx.read(move |c, ctx| new_view(c, ctx, ids, Some((&form, &refused)))).await?;
    ctx.page_with(status, &view)
}

pub(in crate::incident) fn create_now(
    tx: &mut Tx<'_>,
    ctx: &Ctx,
    ids: (EntrustmentId, IncidentId),
    form: &Form,
) -> Result<Result<(), Invalid>> {
    let (of, incident) = load(tx.connection, ctx, ids)?;
    let case = policy::respond(tx.connection, tx.actor, of, incident)?;
    let new = match GroupForm::parse(form, None) {
        Ok(new) => new,
        Err(invalid) => return Ok(Err(invalid)),
    };
    store::insert(tx, &case, &new)
}

/// Shows the form with which a group is changed.
pub(super) async fn edit(ctx: Ctx, ids: GroupIds) -> Result<HttpResponse> {
    let place = ids.into_inner();
    let view = ctx.read(move |c, ctx| edit_view(c, ctx, place, None)).await?;
    ctx.page(&view)
}

fn edit_view(c: &mut Connection, ctx: &Ctx, place: Place, typed: Typed<'_>) -> Result<EditView> {
    let ((of, incident), group) = load_group(c, ctx, place)?;
    let case = policy::respond(c, &ctx.actor, of, incident)?.into_inner();
    let groups = store::groups(c, &case.1)?;
    Ok(edit_page(ctx, case, (&groups, Some(&group)), (&GroupForm::form(&group), typed)))
}

/// Changes a group.
pub(super) async fn change(ctx: Ctx, ids: GroupIds, form: Form) -> Result<HttpResponse> {
    let place = ids.into_inner();
    let typed = form.clone();
    let done = ctx.write(move |tx, ctx| change_now(tx, ctx, place, &typed)).await;
    let Some(refused) = Refused::of(done, "persons")? else {
        return Ok(ctx.see_other(&one_path(place), "done-incident-persons-changed"));
    };
    let status = refused.status;
    let view = ctx.read(move |c, ctx| edit_view(c, ctx, place, Some((&form, &refused)))).await?;
    ctx.page_with(status, &view)
}

fn change_now(
    tx: &mut Tx<'_>,
    ctx: &Ctx,
    place: Place,
    form: &Form,
) -> Result<Result<(), Invalid>> {
    let ((of, incident), group) = load_group(tx.connection, ctx, place)?;
    let case = policy::respond(tx.connection, tx.actor, of, incident)?;
    let new = match GroupForm::parse(form, Some(&group)) {
        Ok(new) => new,
        Err(invalid) => return Ok(Err(invalid)),
    };
    store::change(tx, &case, (&group, Fields::of(form).version()), &new)
}

/// Takes a group back about which nothing was entered.
pub(super) async fn remove(ctx: Ctx, ids: GroupIds, form: Form) -> Result<HttpResponse> {
    let place = ids.into_inner();
    ctx.write(move |tx, ctx| {
        let ((of, incident), group) = load_group(tx.connection, ctx, place)?;
        let case = policy::respond(tx.connection, tx.actor, of, incident)?;
        store::remove(tx, &case, (&group, Fields::of(&form).version()))
    })
    .await?;
    Ok(ctx.see_other(&all_path((place.0, place.1)), "done-incident-persons-removed"))
}
