//! Pages of entrustments.

use actix_web::HttpResponse;
use actix_web::web::{Data, Path, Query};

use super::api;
use super::export::List;
use super::history_export::History;
use super::items;
use super::model::{EntrustmentId, EntrustmentStatus, NewEntrustment};
use super::page::Panels;
use super::policy::{self, KEEPERS};
use super::rules;
use super::store;
use super::views::{FormPage, HistoryView, ListView, ShowView};
use crate::actor::OrganisationId;
use crate::clock::Timestamp;
use crate::database::Connection;
use crate::error::{Error, Result};
use crate::japanese::{FiscalYear, jst_date};
use crate::ledger;
use crate::organisation::{self, contractor, division};
use crate::sheet::downloads;
use crate::web::paging::{ListQuery, PAGE_SIZE, Page};
use crate::web::{Access, Choice, Ctx, Form, Invalid, Message, Route};

/// Contractors offered in the form's list.
const MOST_CHOICES: i64 = 1000;

/// How many entries the few lines of history on the page are gathered from.
const RECENT: i64 = 200;

/// The routes of entrustments.
#[must_use]
pub fn routes() -> Vec<Route> {
    const KEEPER: Access = Access::Roles(KEEPERS);
    let mut routes = downloads::<List>("/entrustments.xlsx", "/entrustments.csv", Access::Session);
    routes.extend([
        Route::get("/entrustments", Access::Session, index),
        Route::get("/entrustments/new", KEEPER, new),
        Route::post("/entrustments", KEEPER, create),
        Route::get("/entrustments/{id}", Access::Session, show),
        Route::get("/entrustments/{id}/history", Access::Session, history),
        Route::get("/entrustments/{id}/edit", KEEPER, edit),
        Route::post("/entrustments/{id}", KEEPER, update),
    ]);
    routes.extend(downloads::<History>(
        "/entrustments/{id}/history.xlsx",
        "/entrustments/{id}/history.csv",
        Access::Session,
    ));
    routes.extend(api::routes());
    routes
}

/// Lists a page of the entrustments that the member may see.
async fn index(ctx: Ctx, query: Query<ListQuery>) -> Result<HttpResponse> {
    let query = query.into_inner();
    let view = ctx
        .read(move |c, ctx| {
            let member = ctx.member()?;
            let principal = member.role.is_principal();
            Ok(ListView {
                list: store::page(c, member, &query)?,
                divisions: if principal { divisions(c, member.organisation_id)? } else { vec![] },
                years: years(ctx.now),
                statuses: Choice::words(
                    ctx.language,
                    "entrustment-status-",
                    EntrustmentStatus::ALL,
                ),
                may_manage: KEEPERS.contains(&member.role),
                today: jst_date(ctx.now),
            })
        })
        .await?;
    ctx.page(&view)
}

fn divisions(c: &mut Connection, tenant: OrganisationId) -> Result<Vec<Choice>> {
    Ok(division::list(c, tenant)?.into_iter().map(|d| Choice::new(d.id, d.name)).collect())
}

/// The fiscal years around today: next year's are registered ahead, five are looked back at.
fn years(now: Timestamp) -> Vec<Choice> {
    let this = FiscalYear::of(jst_date(now)).0;
    (this - 5..=this + 1)
        .rev()
        .map(|year| Choice::new(year, FiscalYear(year).era_label()))
        .collect()
}

/// Shows an entrustment with what every slice knows about it.
async fn show(ctx: Ctx, id: Path<EntrustmentId>, panels: Data<Panels>) -> Result<HttpResponse> {
    let id = id.into_inner();
    let view = ctx
        .read(move |c, ctx| {
            let member = ctx.member()?;
            let entrustment = store::find(c, &ctx.actor, id)?;
            let tenant = entrustment.tenant_id;
            let panels = panels
                .0
                .iter()
                .map(|panel| panel(c, ctx, &entrustment))
                .collect::<Result<Vec<_>>>()?;
            let divisions = division::list(c, tenant)?;
            Ok(ShowView {
                principal: organisation::find(c, tenant)?.name,
                contractor: contractor::find(c, tenant, entrustment.contractor_id)?,
                division: divisions
                    .into_iter()
                    .find(|d| d.id == entrustment.division_id)
                    .map(|d| d.name)
                    .unwrap_or_default(),
                fiscal_year: FiscalYear(entrustment.fiscal_year).era_label(),
                items: items::placed(&store::items(c, &entrustment)?),
                history: ledger::gathered(
                    &ledger::history_of_entrustment(c, tenant, id.as_str(), 0, RECENT)?.0,
                    ctx.language,
                    8,
                ),
                panels,
                may_manage: KEEPERS.contains(&member.role),
                is_principal: member.role.is_principal(),
                entrustment,
            })
        })
        .await?;
    ctx.page(&view)
}

/// Shows a page of the whole history.
async fn history(
    ctx: Ctx,
    id: Path<EntrustmentId>,
    query: Query<ListQuery>,
) -> Result<HttpResponse> {
    let id = id.into_inner();
    let query = query.into_inner();
    let view = ctx
        .read(move |c, ctx| {
            let entrustment = store::find(c, &ctx.actor, id)?;
            let (entries, total) = ledger::history_of_entrustment(
                c,
                entrustment.tenant_id,
                id.as_str(),
                query.offset(),
                PAGE_SIZE,
            )?;
            let list = Page::new(entries, total, &query, "").map(|entry| entry.line(ctx.language));
            Ok(HistoryView { list, entrustment })
        })
        .await?;
    ctx.page(&view)
}

async fn form_page(
    ctx: &Ctx,
    form: &Form,
    invalid: &Invalid,
    id: Option<EntrustmentId>,
) -> Result<FormPage> {
    let choices = rules::choices(ctx.language);
    let (contractors, divisions) = ctx
        .read(|c, ctx| {
            let member = ctx.member()?;
            let tenant = member.organisation_id;
            let own = division::list(c, tenant)?
                .into_iter()
                .filter(|d| member.division_id.is_none_or(|own| own == d.id))
                .map(|d| Choice::new(d.id, d.name))
                .collect::<Vec<_>>();
            let contractors = contractor::choices(c, tenant, "", MOST_CHOICES)?
                .into_iter()
                .map(|(id, name)| Choice::new(id, name))
                .collect::<Vec<_>>();
            Ok((contractors, own))
        })
        .await?;
    Ok(FormPage {
        form: form.view_with(ctx.language, invalid),
        id: id.map(|id| id.to_string()),
        item_rows: (0..items::rows(form)).collect(),
        contractors,
        divisions,
        choices,
    })
}

/// Shows the form with a public body's usual rules.
async fn new(ctx: Ctx, query: Query<ListQuery>) -> Result<HttpResponse> {
    let mut form = NewEntrustment::empty_form();
    form.set("contractor", &query.contractor);
    let view = form_page(&ctx, &form, &Invalid::default(), None).await?;
    ctx.page(&view)
}

/// Registers an entrustment.
async fn create(ctx: Ctx, form: Form) -> Result<HttpResponse> {
    save(ctx, form, None).await
}

/// Shows the form filled in.
async fn edit(ctx: Ctx, id: Path<EntrustmentId>) -> Result<HttpResponse> {
    let id = id.into_inner();
    let form = ctx
        .read(move |c, ctx| {
            let entrustment = store::find(c, &ctx.actor, id)?;
            let items = store::items(c, &entrustment)?;
            Ok(entrustment.form(&items))
        })
        .await?;
    let view = form_page(&ctx, &form, &Invalid::default(), Some(id)).await?;
    ctx.page(&view)
}

/// Changes an entrustment.
async fn update(ctx: Ctx, id: Path<EntrustmentId>, form: Form) -> Result<HttpResponse> {
    let id = id.into_inner();
    // What isn't there is said before what is wrong with the form.
    ctx.read(move |c, ctx| store::find(c, &ctx.actor, id)).await?;
    save(ctx, form, Some(id)).await
}

/// The form with the version that is stored now: saving it again replaces what the other saved.
async fn with_current_version(
    ctx: &Ctx,
    mut form: Form,
    id: Option<EntrustmentId>,
) -> Result<Form> {
    if let Some(id) = id {
        let version = ctx.read(move |c, ctx| Ok(store::find(c, &ctx.actor, id)?.version)).await?;
        form.set("version", &version.to_string());
    }
    Ok(form)
}

/// What the store found wrong, or the id of what was saved.
enum Saved {
    Done(EntrustmentId),
    Invalid(Invalid),
}

async fn save(ctx: Ctx, form: Form, id: Option<EntrustmentId>) -> Result<HttpResponse> {
    let command = match NewEntrustment::parse(&form) {
        Ok(command) => command,
        Err(invalid) => {
            let view = form_page(&ctx, &form, &invalid, id).await?;
            return ctx.invalid(&view);
        }
    };
    let version = form.value("version").parse().unwrap_or(-1);
    let saved = ctx
        .write(move |tx, ctx| {
            let member = ctx.member()?;
            let (has_contractor, has_division) =
                store::belongs(tx.connection, member.organisation_id, &command)?;
            let division_allowed = member.division_id.is_none_or(|own| own == command.division_id);
            if !has_contractor {
                return Ok(Saved::Invalid(Invalid::at(
                    "contractor",
                    Message::new("error-choose-from-list"),
                )));
            }
            if !has_division || !division_allowed {
                return Ok(Saved::Invalid(Invalid::at(
                    "division",
                    Message::new("error-choose-from-list"),
                )));
            }
            if store::number_taken(tx.connection, member.organisation_id, &command.number, id)? {
                return Ok(Saved::Invalid(Invalid::at(
                    "number",
                    Message::new("error-number-taken"),
                )));
            }
            let id = match id {
                None => super::register(tx, &command)?,
                Some(id) => {
                    let found = store::find(tx.connection, tx.actor, id)?;
                    let entrustment = policy::manage(tx.actor, found)?;
                    policy::open(&entrustment)?;
                    store::update(tx, &entrustment, version, &command)?;
                    id
                }
            };
            Ok(Saved::Done(id))
        })
        .await;
    match saved {
        Ok(Saved::Done(id)) => Ok(ctx.see_other(&format!("/entrustments/{id}"), "done-saved")),
        Ok(Saved::Invalid(invalid)) => {
            let view = form_page(&ctx, &form, &invalid, id).await?;
            ctx.invalid(&view)
        }
        // What was typed stays on the page; the summary says that somebody else was faster.
        Err(Error::Conflict(key)) => {
            let invalid = Invalid::at("number", Message::new(key));
            let form = with_current_version(&ctx, form, id).await?;
            let view = form_page(&ctx, &form, &invalid, id).await?;
            ctx.page_with(actix_web::http::StatusCode::CONFLICT, &view)
        }
        Err(other) => Err(other),
    }
}
