//! Pages of accesses.

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use actix_web::web::{Path, Query};

use super::model::{AuditorAccess, AuditorAccessId, Decision, NewAuditorAccess};
use super::policy::{self, ENDERS, READERS};
use super::views::{FormPage, Line, ListView, Mark, ShowView};
use super::{mail, store};
use crate::actor::Role;
use crate::database::{Connection, Tx};
use crate::entrustment::{
    self, AuditorAccessStatus as Status, DECIDERS, Entrustment, EntrustmentId, KEEPERS,
};
use crate::error::{Error, Result};
use crate::four_eyes;
use crate::japanese::jst_date;
use crate::ledger;
use crate::web::paging::ListQuery;
use crate::web::{Access, Choice, Ctx, Form, Invalid, Message, Route};

/// Entries of the history on an access's page.
const HISTORY: i64 = 20;

/// The ids of an access's address.
type Ids = (EntrustmentId, AuditorAccessId);

/// The routes of accesses.
#[must_use]
pub fn routes() -> Vec<Route> {
    const READER: Access = Access::Roles(READERS);
    const KEEPER: Access = Access::Roles(KEEPERS);
    const DECIDER: Access = Access::Roles(DECIDERS);
    const ENDER: Access = Access::Roles(ENDERS);
    vec![
        Route::get("/auditor-access", READER, index),
        Route::get("/entrustments/{id}/auditor-access/new", KEEPER, new),
        Route::post("/entrustments/{id}/auditor-access", KEEPER, create),
        Route::get("/entrustments/{id}/auditor-access/{access}", READER, show),
        Route::post("/entrustments/{id}/auditor-access/{access}/decision", DECIDER, decide)
            .stepped_up(),
        Route::post("/entrustments/{id}/auditor-access/{access}/end", ENDER, end),
    ]
}

/// Lists a page of the accesses: an auditor's own, or those to what the others see.
async fn index(ctx: Ctx, query: Query<ListQuery>) -> Result<HttpResponse> {
    let query = query.into_inner();
    let view = ctx
        .read(move |c, ctx| {
            let member = ctx.member()?;
            Ok(ListView {
                list: store::page(c, member, &query)?.map(|row| Line::of(ctx, row)),
                statuses: Choice::words(ctx.language, "auditor-access-status-", Status::ALL),
                own: member.role == Role::Auditor,
            })
        })
        .await?;
    ctx.page(&view)
}

fn form_page(
    c: &mut Connection,
    ctx: &Ctx,
    id: EntrustmentId,
    form: &Form,
    invalid: &Invalid,
) -> Result<FormPage> {
    let found = entrustment::find(c, &ctx.actor, id)?;
    let (entrustment, status) = policy::ask(c, &ctx.actor, found)?.into_inner();
    let auditors = store::auditors(c, entrustment.tenant_id)?;
    Ok(FormPage {
        form: form.view_with(ctx.language, invalid),
        auditors: auditors.into_iter().map(|(id, name)| Choice::new(id, name)).collect(),
        waits: status == Status::Asked,
        entrustment,
    })
}

/// Shows the form, from today on.
async fn new(ctx: Ctx, id: Path<EntrustmentId>) -> Result<HttpResponse> {
    let id = id.into_inner();
    let form = Form::from_pairs([
        ("from_on", jst_date(ctx.now).to_string()),
        ("with_below", "on".to_owned()),
    ]);
    let view = ctx.read(move |c, ctx| form_page(c, ctx, id, &form, &Invalid::default())).await?;
    ctx.page(&view)
}

/// Names an auditor: asked for, or given at once.
async fn create(ctx: Ctx, id: Path<EntrustmentId>, form: Form) -> Result<HttpResponse> {
    let id = id.into_inner();
    let typed = form.clone();
    let saved = ctx.write(move |tx, ctx| create_now(tx, ctx, id, &typed)).await?;
    match saved {
        Ok((access, message)) => {
            Ok(ctx.see_other(&format!("/entrustments/{id}/auditor-access/{access}"), message))
        }
        Err(invalid) => {
            let view = ctx.read(move |c, ctx| form_page(c, ctx, id, &form, &invalid)).await?;
            ctx.invalid(&view)
        }
    }
}

type Created = Result<(AuditorAccessId, &'static str), Invalid>;

fn create_now(tx: &mut Tx<'_>, ctx: &Ctx, id: EntrustmentId, form: &Form) -> Result<Created> {
    let found = entrustment::find(tx.connection, tx.actor, id)?;
    let asking = policy::ask(tx.connection, tx.actor, found)?;
    let auditors = store::auditors(tx.connection, asking.0.tenant_id)?;
    let auditors: Vec<_> = auditors.into_iter().map(|(id, _)| id).collect();
    let command = match NewAuditorAccess::parse(form, &auditors, jst_date(tx.now)) {
        Ok(command) => command,
        Err(invalid) => return Ok(Err(invalid)),
    };
    let access = store::insert(tx, &asking, &command)?;
    let row = store::find(tx.connection, ctx.member()?, &asking.0, access)?;
    let settings = &ctx.portal.settings;
    if asking.1 == Status::Asked {
        mail::asked(tx, settings, &asking.0, &row.access)?;
        return Ok(Ok((access, "done-auditor-access-asked")));
    }
    mail::granted(tx, settings, &asking.0, &row.access)?;
    Ok(Ok((access, "done-auditor-access-granted")))
}

fn load(c: &mut Connection, ctx: &Ctx, (id, access): Ids) -> Result<(Entrustment, store::Row)> {
    let entrustment = entrustment::find(c, &ctx.actor, id)?;
    let row = store::find(c, ctx.member()?, &entrustment, access)?;
    Ok((entrustment, row))
}

fn show_view(
    c: &mut Connection,
    ctx: &Ctx,
    ids: Ids,
    form: &Form,
    invalid: &Invalid,
) -> Result<ShowView> {
    let (entrustment, row) = load(c, ctx, ids)?;
    let (access, auditor) = (row.access, row.auditor);
    let mut form = form.clone();
    form.set("version", &access.version.to_string());
    let entries = ledger::history(c, entrustment.tenant_id, access.id.as_str(), HISTORY)?;
    let decide = policy::decide(c, &ctx.actor, entrustment.clone(), access.clone());
    Ok(ShowView {
        form: form.view_with(ctx.language, invalid),
        decisions: Choice::words(ctx.language, "auditor-access-decision-", &Decision::POSSIBLE),
        may_decide: decide.is_ok(),
        own_request: four_eyes::is_own(&decide),
        may_end: policy::end(&ctx.actor, entrustment.clone(), access.clone()).is_ok(),
        standing: Mark::of(ctx, access.standing(jst_date(ctx.now))),
        history: entries.iter().map(|entry| entry.line(ctx.language)).collect(),
        entrustment,
        access,
        auditor,
    })
}

/// Shows an access.
async fn show(ctx: Ctx, ids: Path<Ids>) -> Result<HttpResponse> {
    let ids = ids.into_inner();
    let view = ctx
        .read(move |c, ctx| show_view(c, ctx, ids, &Form::default(), &Invalid::default()))
        .await?;
    ctx.page(&view)
}

/// Grants or refuses an access.
async fn decide(ctx: Ctx, ids: Path<Ids>, form: Form) -> Result<HttpResponse> {
    let ids = ids.into_inner();
    let decision = match Decision::parse(&form) {
        Ok(decision) => decision,
        Err(invalid) => {
            let view = ctx.read(move |c, ctx| show_view(c, ctx, ids, &form, &invalid)).await?;
            return ctx.invalid(&view);
        }
    };
    let decided = ctx.write(move |tx, ctx| decide_now(tx, ctx, ids, &decision)).await;
    match decided {
        Ok(()) => Ok(ctx.see_other(&href(ids), "done-auditor-access-decided")),
        Err(Error::Conflict(key @ "error-stale")) => {
            let invalid = Invalid::at("decision", Message::new(key));
            let view = ctx.read(move |c, ctx| show_view(c, ctx, ids, &form, &invalid)).await?;
            ctx.page_with(StatusCode::CONFLICT, &view)
        }
        Err(other) => Err(other),
    }
}

fn decide_now(tx: &mut Tx<'_>, ctx: &Ctx, ids: Ids, decision: &Decision) -> Result<()> {
    let (of, row) = load(tx.connection, ctx, ids)?;
    let asked = policy::decide(tx.connection, tx.actor, of, row.access)?;
    store::decide(tx, &asked, decision)?;
    if decision.status == Status::Granted {
        mail::granted(tx, &ctx.portal.settings, &asked.0, &asked.1)?;
    }
    Ok(())
}

/// Ends an access before its last day, or takes the request back.
async fn end(ctx: Ctx, ids: Path<Ids>, _: Form) -> Result<HttpResponse> {
    let ids = ids.into_inner();
    ctx.write(move |tx, ctx| {
        let (of, row) = load(tx.connection, ctx, ids)?;
        let known = policy::end(tx.actor, of, row.access)?;
        store::end(tx, &known)?;
        let told: &AuditorAccess = &known.1;
        if told.status == Status::Granted {
            mail::ended(tx, &ctx.portal.settings, &known.0, told)?;
        }
        Ok(())
    })
    .await?;
    Ok(ctx.see_other(&href(ids), "done-auditor-access-ended"))
}

fn href((id, access): Ids) -> String {
    format!("/entrustments/{id}/auditor-access/{access}")
}
