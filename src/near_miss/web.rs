//! Reporting and listing near misses.

use actix_web::HttpResponse;
use actix_web::web::Query;

use super::model::{Cause, NearMissId, NearMissKind, NewNearMiss, StoppedBy};
use super::policy::{self, REPORTERS};
use super::query::{Filter, MONTHS, NearMissQuery, OWN};
use super::store::{self, Sight};
use super::views::{Line, ListView, ReportView};
use crate::actor::{Actor, Member, Role};
use crate::database::{Connection, Tx};
use crate::entrustment::{self, Entrustment, EntrustmentStatus};
use crate::error::{Error, Result};
use crate::handover::{self, HandoverId, Stop};
use crate::incident;
use crate::japanese::{Month, jst_date};
use crate::organisation::contractor;
use crate::rulebook::Party;
use crate::web::locale;
use crate::web::paging::{ListQuery, Page};
use crate::web::{Access, Choice, Ctx, Form, Invalid, Route};

/// The routes of the list and of the report.
#[must_use]
pub(super) fn routes() -> Vec<Route> {
    const REPORTER: Access = Access::Roles(REPORTERS);
    vec![
        Route::get("/near-misses", Access::Session, list),
        Route::get("/near-misses/new", REPORTER, new),
        Route::post("/near-misses", REPORTER, create),
    ]
}

/// About what a report is; each is looked up among what the actor may see.
#[derive(Debug, Default)]
struct About {
    of: Option<Entrustment>,
    /// The hand-over that was stopped.
    handover: Option<HandoverId>,
}

impl About {
    /// Looks up what `form` (or the address) names.
    fn find(c: &mut Connection, actor: &Actor, form: &Form) -> Result<Self> {
        let id = form.value("entrustment");
        if id.is_empty() {
            return Ok(Self::default());
        }
        let of = entrustment::find(c, actor, id.parse().or(Err(Error::NotFound))?)?;
        let handover = match form.value("handover") {
            "" => None,
            id => {
                let id = id.parse().or(Err(Error::NotFound))?;
                Some(handover::seen(c, actor, &of, id)?.0.id)
            }
        };
        Ok(Self { of: Some(of), handover })
    }
}

/// Shows the form, filled in with what is known.
async fn new(ctx: Ctx) -> Result<HttpResponse> {
    let from = Form::parse(ctx.query.as_bytes());
    let view = ctx.read(move |c, ctx| form_page(c, ctx, (&from, None))).await?;
    ctx.page(&view)
}

/// The form as it is opened: today, and what a stopped hand-over tells.
fn begun(ctx: &Ctx, from: &Form, about: &About) -> Form {
    let mut form = Form::from_pairs([
        ("occurred_on", jst_date(ctx.now).to_string()),
        ("share", "on".to_owned()),
    ]);
    if let Some(of) = &about.of {
        form.set("entrustment", of.id.as_str());
    }
    if let Some(handover) = &about.handover {
        form.set("handover", handover.as_str());
        form.set("stopped_by", StoppedBy::SystemStop.as_str());
        let stop = from.value("stop").parse::<Stop>().ok();
        if let Some(kind) = stop.and_then(NearMissKind::of_stop) {
            form.set("kind", kind.as_str());
        }
    }
    form
}

/// The page: with what is known, or with what was typed and what is wrong with it.
fn form_page(
    c: &mut Connection,
    ctx: &Ctx,
    (typed, invalid): (&Form, Option<&Invalid>),
) -> Result<ReportView> {
    let about = About::find(c, &ctx.actor, typed)?;
    let language = ctx.language;
    let form = match invalid {
        Some(invalid) => typed.view_with(language, invalid),
        None => begun(ctx, typed, &about).view(language),
    };
    let reporting = policy::report(&ctx.actor, about.of)?.into_inner();
    let entrustments = choices(c, ctx.member()?, reporting.of.as_ref())?;
    Ok(ReportView {
        warned: form.fields.contains_key(incident::CONFIRMED),
        form,
        kinds: Choice::words(language, "near-miss-kind-", NearMissKind::ALL),
        stops: Choice::words(language, "near-miss-stopped-by-", StoppedBy::ALL),
        causes: Choice::words(language, "near-miss-cause-", Cause::ALL),
        of: about.handover.and(reporting.of.as_ref()).map(named),
        entrustments,
        may_hide: reporting.side == Party::Contractor,
    })
}

fn named(of: &Entrustment) -> String {
    format!("{}　{}", of.number, of.title)
}

/// The first entrustments that are in force, and the one that is named.
fn choices(c: &mut Connection, member: &Member, of: Option<&Entrustment>) -> Result<Vec<Choice>> {
    let active =
        ListQuery { status: EntrustmentStatus::Active.to_string(), ..ListQuery::default() };
    let rows = entrustment::page(c, member, &active)?.rows;
    let other = of.filter(|of| rows.iter().all(|row| row.id != of.id));
    let first = other.map(|of| Choice::new(of.id, named(of)));
    let rest = rows.into_iter().map(|row| {
        let label = format!("{}　{}", row.number, row.title);
        Choice::new(row.id, label)
    });
    Ok(first.into_iter().chain(rest).collect())
}

/// Takes the report.
async fn create(ctx: Ctx, form: Form) -> Result<HttpResponse> {
    let typed = form.clone();
    match ctx.write(move |tx, _| create_now(tx, &typed)).await? {
        Ok(_) => Ok(ctx.see_other("/near-misses", "done-near-miss-reported")),
        Err(invalid) => {
            let view = ctx.read(move |c, ctx| form_page(c, ctx, (&form, Some(&invalid)))).await?;
            ctx.invalid(&view)
        }
    }
}

pub(super) fn create_now(tx: &mut Tx<'_>, form: &Form) -> Result<Result<NearMissId, Invalid>> {
    let about = About::find(tx.connection, tx.actor, form)?;
    let reporting = policy::report(tx.actor, about.of)?;
    match NewNearMiss::parse(form, reporting.side, jst_date(tx.now)) {
        Ok(new) => store::insert(tx, &reporting, &new, about.handover).map(Ok),
        Err(invalid) => Ok(Err(invalid)),
    }
}

/// Lists a page of the near misses that the member may see.
async fn list(ctx: Ctx, query: Query<NearMissQuery>) -> Result<HttpResponse> {
    let query = query.into_inner();
    let view = ctx.read(move |c, ctx| list_view(c, ctx, &query)).await?;
    ctx.page(&view)
}

fn list_view(c: &mut Connection, ctx: &Ctx, query: &NearMissQuery) -> Result<ListView> {
    let (member, language) = (ctx.member()?, ctx.language);
    let paging = query.list();
    let sight = store::sight(c, member)?;
    let (rows, total) = store::page(c, &sight, &query.filter(), paging.offset())?;
    let names = store::names(c, &rows)?;
    let page = Page::new(rows, total, &paging, "occurred_on");
    let mut list = page.map(|row| Line::of(ctx, member, row, &names));
    list.form = query.form().view(language);
    let months = Month::until(jst_date(ctx.now), MONTHS).into_iter().rev();
    Ok(ListView {
        list,
        kinds: Choice::words(language, "near-miss-kind-", NearMissKind::ALL),
        stops: Choice::words(language, "near-miss-stopped-by-", StoppedBy::ALL),
        causes: Choice::words(language, "near-miss-cause-", Cause::ALL),
        months: months.map(|month| Choice::new(month, locale::month(language, month))).collect(),
        contractors: contractors(c, ctx, &sight)?,
        may_report: member.role != Role::Auditor,
        is_principal: member.role.is_principal(),
    })
}

/// The contractors that have shared something, for the principal's people.
fn contractors(c: &mut Connection, ctx: &Ctx, sight: &Sight) -> Result<Vec<Choice>> {
    if !ctx.member()?.role.is_principal() {
        return Ok(Vec::new());
    }
    let found = by_contractor(c, ctx, sight, &Filter::default())?;
    Ok(found.into_iter().map(|(value, label, _)| Choice::new(value, label)).collect())
}

/// How many each contractor shared: its word in addresses, its name, and the number.
pub(super) fn by_contractor(
    c: &mut Connection,
    ctx: &Ctx,
    sight: &Sight,
    filter: &Filter,
) -> Result<Vec<(String, String, i64)>> {
    let found = store::by_contractor(c, sight, filter)?;
    let ids: Vec<_> = found.iter().filter_map(|(id, _)| *id).collect();
    let named = contractor::by_ids(c, ctx.organisation_id()?, &ids)?;
    let one = |(id, count): (Option<contractor::ContractorId>, i64)| match id {
        None => (OWN.to_owned(), ctx.text("near-miss-own-people"), count),
        Some(id) => {
            let name = named.iter().find(|row| row.id == id).map(|row| row.name.clone());
            (id.to_string(), name.unwrap_or_default(), count)
        }
    };
    Ok(found.into_iter().map(one).collect())
}
